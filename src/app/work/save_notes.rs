//! Saving drafts as notes in a folder that the reader names.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::model::notes::Draft;
use crate::text::clean::Clean;
use crate::word::counted::counted;

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
        for number in numbers {
            app.notes.drop_draft(&mut app.made, &mut app.out, number);
        }
        app.out.notice = Some(line.into());
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
    let count = counted(numbers.len(), "note");
    (numbers, Clean::line(&format!("{count} saved in {path}")))
}
