//! Drafts are written as notes into a folder that the reader names.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::model::notes::Draft;
use crate::text::clean::Clean;

/// Write drafts as notes into a folder.
#[derive(Debug)]
pub struct SaveNotesTo {
    /// The folder, as the reader wrote it.
    pub path: String,
    /// The drafts.
    pub drafts: Vec<Draft>,
}

impl Work for SaveNotesTo {
    /// The numbers of the drafts that are notes now, and what to tell the reader.
    type Answer = (Vec<u64>, Clean);
    const CREW: Crew = Crew::Keeping;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        reply.say(save(library, &self.path, &self.drafts));
    }

    fn heard(app: &mut App, (numbers, line): Self::Answer) {
        app.notes.notes_saved_to(
            &app.halves,
            &app.topics,
            &mut app.screens,
            &mut app.made,
            &mut app.out,
            &numbers,
            line,
        );
    }
}

fn save(library: &Library, path: &str, drafts: &[Draft]) -> (Vec<u64>, Clean) {
    let mut numbers = Vec::new();
    for draft in drafts {
        match library.save_note_to(path, draft) {
            Ok(()) => numbers.push(draft.number),
            Err(line) => return (numbers, line),
        }
    }
    let count = if numbers.len() == 1 { "1 note".to_owned() } else { format!("{} notes", numbers.len()) };
    (numbers, Clean::line(&format!("{count} saved in {path}")))
}
