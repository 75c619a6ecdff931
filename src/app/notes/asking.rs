//! Questions that are answered in one line: the words of a quick note, a folder for what is not saved.

use std::sync::Arc;

use crate::app::App;
use crate::app::message::{Effect, Export};
use crate::app::notes::kept::Draft;
use crate::app::overlay::{Ask, Asked, Overlay};
use crate::link::Side;

impl App {
    /// Takes the answer to an open question; `false` where none is open.
    pub(in crate::app) fn answer_asked(&mut self) -> bool {
        let Some(Overlay::Asked(_)) = &self.overlay else { return false };
        let Some(Overlay::Asked(asked)) = self.overlay.take() else { return false };
        let answer = asked.input.value().to_owned();
        match asked.ask {
            Ask::Jot(draft) => {
                let draft = Draft { body: answer, ..*draft };
                if draft.says_something() {
                    self.save_draft(draft);
                } else {
                    self.tell("no words, so no note");
                }
            }
            Ask::SaveNotesTo => self.save_notes_to(&answer),
            Ask::Export(what) => self.export(what, answer.trim()),
        }
        true
    }

    /// Has what is asked for written into a file.
    fn export(&mut self, what: Export, path: &str) {
        if path.is_empty() {
            return self.tell("no name, so no file");
        }
        let texts = [Side::Left, Side::Right].into_iter().filter_map(|side| self.panes[side].open());
        let texts = texts.map(|open| open.request.clone()).collect();
        let codebook = Arc::clone(&self.codebook);
        self.effect(Effect::Export { what, path: path.to_owned(), texts, codebook });
    }

    /// A question was closed without an answer. Words that were typed are kept as a draft.
    pub(in crate::app) fn unanswered(&mut self, asked: Asked) {
        if let Ask::Jot(draft) = asked.ask {
            let draft = Draft { body: asked.input.value().to_owned(), ..*draft };
            self.edit_draft(draft);
            self.put_note_aside();
        }
    }
}
