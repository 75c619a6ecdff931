//! Where notes are in a text.

use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::anchor::find::Finder;
use crate::app::App;
use crate::library::Library;
use crate::model::notes::{FiledNote, PlacedNote};
use crate::model::open::Open;

/// Find the places of notes in a text.
#[derive(Debug)]
pub struct FindNotes {
    /// The text.
    pub open: Arc<Open>,
    /// The notes.
    pub notes: Vec<Arc<FiledNote>>,
}

impl Work for FindNotes {
    /// The version of the text, and the places, found or not.
    type Answer = (u64, Vec<PlacedNote>);
    const CREW: Crew = Crew::Study;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let finder = Finder::new(&self.open.text);
        let found = self.notes.iter().flat_map(|note| placed(note, &self.open, &finder)).collect();
        reply.say((self.open.version, found));
    }

    fn heard(app: &mut App, (version, found): Self::Answer) {
        app.notes.found(&mut app.halves, version, &found);
    }
}

fn placed(note: &FiledNote, open: &Open, finder: &Finder<'_>) -> Vec<PlacedNote> {
    let here = note.requests.iter().enumerate().filter(|(_, request)| **request == open.request);
    let found = here.filter_map(|(target, _)| Some((target, finder.find(&note.note.targets.get(target)?.anchor))));
    found.map(|(target, found)| PlacedNote { file: note.file.clone(), target, found }).collect()
}
