//! Something is written into a file that the reader names.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::library::exports::NotExported;
use crate::model::exporting::{Export as Kind, Exporting};

/// Write something into a file.
#[derive(Debug)]
pub struct Export(pub Box<Exporting>);

impl Work for Export {
    /// What was to be written has a name that something has already: what, and the name as the reader wrote it.
    type Answer = (Kind, String);
    const CREW: Crew = Crew::Reading;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        match library.export(&self.0) {
            Ok(line) | Err(NotExported::Failed(line)) => reply.notice(line),
            Err(NotExported::Taken) => reply.say((self.0.what, self.0.path)),
        }
    }

    fn heard(app: &mut App, (what, path): Self::Answer) {
        app.screens.ask_to_replace(&mut app.out, what, path);
    }
}
