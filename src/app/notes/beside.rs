//! The notes on the passages being read, shown under them.

use std::sync::Arc;

use crate::app::halves::Halves;
use crate::app::notes::Notes;
use crate::app::out::Out;
use crate::app::overlay::Overlay;
use crate::app::scene::{Scene, Screens};
use crate::link::Side;
use crate::model::notes::FiledNote;

impl Notes {
    /// The notes to be shown under the passages that are read, each with the pane it is of: those of the pane that leads,
    /// then those of the other one alone.
    pub fn beside(&self, halves: &Halves, screens: &Screens) -> Vec<(Side, Arc<FiledNote>)> {
        let is_covered = matches!(
            screens.overlay(),
            Some(Overlay::Editor(_) | Overlay::Picker(_) | Overlay::Page(_) | Overlay::Form(_))
        );
        let shown = self.beside && !is_covered && matches!(screens.scene(), Scene::Reading);
        if !shown {
            return Vec::new();
        }
        let mut notes: Vec<(Side, Arc<FiledNote>)> = Vec::new();
        for side in [halves.focus(), halves.focus().other()] {
            let here = self.notes_here(halves, side);
            let others = here.into_iter().filter(|note| notes.iter().all(|(_, known)| known.file != note.file));
            let others: Vec<_> = others.map(|note| (side, note)).collect();
            notes.extend(others);
        }
        notes
    }

    /// Shows the notes on the current passage beside it from now on, or no more.
    pub(in crate::app) fn toggle_beside(&mut self, halves: &Halves, out: &mut Out) {
        self.beside = !self.beside;
        match (self.beside, self.notes_here(halves, halves.focus()).len()) {
            (true, 0) => out.tell("notes are shown beside their passages; there is none on this one"),
            (false, _) => out.tell("notes are no longer shown beside their passages"),
            (true, _) => {}
        }
    }
}
