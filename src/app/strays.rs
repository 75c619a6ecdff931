//! Asking whether what was made for a text under another name is to be taken over. One question at a time, and none while
//! the reader is at something else: it comes back when the text is opened again.

use std::sync::Arc;

use super::App;
use super::overlay::{Ask, Asked, Overlay};
use super::work::strays::{FindStrays, SettleStray};
use crate::link::Side;
use crate::model::open::Open;
use crate::model::strays::Stray;
use crate::text::clean::Clean;

/// A question about something that is astray.
#[derive(Debug, Clone)]
pub struct AskedOfStray {
    /// What it is.
    pub stray: Stray,
    /// The text that it is about.
    pub open: Arc<Open>,
    /// The question.
    pub question: Clean,
}

impl App {
    /// Has it looked for what was made for a pane's text under another name.
    pub(super) fn find_strays(&mut self, side: Side) {
        if let Some(open) = self.halves.pane(side).open().filter(|open| !open.provisional) {
            let open = Arc::clone(open);
            self.out.ask_for(FindStrays(open));
        }
    }

    pub(super) fn strays_found(&mut self, open: &Arc<Open>, strays: Vec<(Stray, Clean)>) {
        for (stray, question) in strays {
            // Both texts of a pair may be asked about the same things.
            let is_same = |asked: &Stray| asked.name == stray.name && asked.from == stray.from;
            let in_sight = match self.screens.overlay() {
                Some(Overlay::Asked(Asked { ask: Ask::TakeOver(asked), .. })) => is_same(&asked.stray),
                _ => false,
            };
            let known = in_sight || self.made.strays.iter().any(|asked| is_same(&asked.stray));
            if !known {
                self.made.strays.push(AskedOfStray { stray, open: Arc::clone(open), question });
            }
        }
        self.ask_of_stray();
    }

    fn ask_of_stray(&mut self) {
        if self.screens.overlay().is_none() && !self.screens.is_presenting() && !self.made.strays.is_empty() {
            let asked = self.made.strays.remove(0);
            self.screens.lay(Overlay::Asked(Asked::new(Ask::TakeOver(Box::new(asked)))));
        }
    }

    /// The reader has answered.
    pub(super) fn answer_of_stray(&mut self, asked: AskedOfStray, takes: bool) {
        self.out.ask_for(SettleStray { stray: asked.stray, open: asked.open, takes });
    }

    pub(super) fn stray_settled(&mut self, told: Clean) {
        self.out.notice = Some(told);
        self.forget_own();
        self.notes.ask_notes_again(&mut self.out);
        self.halves.read_tour(&self.screens, &mut self.out);
        self.ask_of_stray();
    }
}
