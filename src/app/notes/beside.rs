//! The notes on the current passage, shown beside it.

use std::sync::Arc;

use crate::app::halves::Halves;
use crate::app::notes::Notes;
use crate::app::out::Out;
use crate::app::overlay::Overlay;
use crate::app::scene::{Scene, Screens};
use crate::link::Side;
use crate::model::notes::FiledNote;

impl Notes {
    /// The notes to be shown beside the passage that is read in the pane that leads, and that pane.
    pub fn beside(&self, halves: &Halves, screens: &Screens) -> Option<(Side, Vec<Arc<FiledNote>>)> {
        let is_covered = matches!(
            screens.overlay(),
            Some(Overlay::Editor(_) | Overlay::Picker(_) | Overlay::Page(_) | Overlay::Form(_))
        );
        let shown = self.beside && !is_covered && matches!(screens.scene(), Scene::Reading);
        let notes = if shown { self.notes_here(halves, halves.focus()) } else { Vec::new() };
        (!notes.is_empty()).then_some((halves.focus(), notes))
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
