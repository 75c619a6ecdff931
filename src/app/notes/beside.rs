//! The notes on the current passage, shown beside it.

use std::sync::Arc;

use crate::app::App;
use crate::app::overlay::Overlay;
use crate::app::scene::Scene;
use crate::link::Side;
use crate::model::notes::FiledNote;

impl App {
    /// Shows the notes on the current passage beside it from now on, or no more.
    pub(in crate::app) fn toggle_beside(&mut self) {
        self.notes.beside = !self.notes.beside;
        match (self.notes.beside, self.notes_here(self.halves.focus).len()) {
            (true, 0) => self.tell("notes are shown beside their passages; there is none on this one"),
            (false, _) => self.tell("notes are no longer shown beside their passages"),
            (true, _) => {}
        }
    }

    /// The notes to be shown beside the passage that is read in the pane that leads, and that pane.
    pub fn beside(&self) -> Option<(Side, Vec<Arc<FiledNote>>)> {
        let is_covered = matches!(
            self.screens.overlay,
            Some(Overlay::Editor(_) | Overlay::Picker(_) | Overlay::Page(_) | Overlay::Form(_))
        );
        let shown = self.notes.beside && !is_covered && matches!(self.screens.scene, Scene::Reading);
        let notes = if shown { self.notes_here(self.halves.focus) } else { Vec::new() };
        (!notes.is_empty()).then_some((self.halves.focus, notes))
    }
}
