//! The notes of the open texts.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::model::notes::NotesRead;
use crate::text::clean::Clean;

/// Read the notes of these texts.
#[derive(Debug)]
pub struct ReadNotes(pub Vec<String>);

impl Work for ReadNotes {
    type Answer = NotesRead;
    const CREW: Crew = Crew::Reading;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        reply.say(library.notes_of(&self.0));
    }

    fn heard(app: &mut App, read: NotesRead) {
        app.notes.read(&mut app.halves, &mut app.out, read);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        |app: &mut App, _: &Clean| app.notes.notes_not_read()
    }
}
