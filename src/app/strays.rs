//! Asking whether what was made for a text under another name is to be taken over. One question at a time, and none while
//! the reader is at something else: it comes back when the text is opened again.

use std::sync::Arc;

use super::App;
use super::overlay::{Ask, Asked, Overlay};
use super::work::strays::{FindStrays, SettleStray};
use crate::app::halves::Halves;
use crate::app::made::{AskedOfStray, Made};
use crate::app::out::Out;
use crate::app::scene::Screens;
use crate::link::Side;
use crate::model::open::Open;
use crate::model::strays::Stray;
use crate::text::clean::Clean;

impl App {
    pub(super) fn stray_settled(&mut self, told: Clean) {
        self.out.notice = Some(told.into());
        self.links.forget_own(&mut self.halves, &self.made, &mut self.out);
        self.notes.ask_notes_again(&mut self.out);
        self.halves.read_tour(&self.screens, &mut self.out);
        // What else was to be asked may be the same by another text of it: it is looked for anew.
        let mut opens: Vec<Arc<Open>> = Vec::new();
        for asked in std::mem::take(&mut self.made.strays) {
            if opens.iter().all(|open| open.request != asked.open.request) {
                opens.push(asked.open);
            }
        }
        for open in opens {
            self.out.ask_for(FindStrays(open));
        }
    }
}

impl Screens {
    pub(super) fn strays_found(&mut self, made: &mut Made, open: &Arc<Open>, strays: Vec<(Stray, Clean)>) {
        for (stray, question) in strays {
            // Both texts of a pair may be asked about the same things.
            let is_same = |asked: &Stray| asked.name == stray.name && asked.from == stray.from;
            let in_sight = match self.overlay() {
                Some(Overlay::Asked(Asked { ask: Ask::TakeOver(asked), .. })) => is_same(&asked.stray),
                _ => false,
            };
            let known = in_sight || made.strays.iter().any(|asked| is_same(&asked.stray));
            if !known {
                made.strays.push(AskedOfStray { stray, open: Arc::clone(open), question });
            }
        }
        made.ask_of_stray(self);
    }
}

impl Out {
    /// The reader has answered.
    pub(super) fn answer_of_stray(&mut self, asked: AskedOfStray, takes: bool) {
        self.ask_for(SettleStray { stray: asked.stray, open: asked.open, takes });
    }
}

impl Made {
    fn ask_of_stray(&mut self, screens: &mut Screens) {
        if screens.overlay().is_none() && !screens.is_presenting() && !self.strays.is_empty() {
            let asked = self.strays.remove(0);
            screens.lay(Overlay::Asked(Asked::new(Ask::TakeOver(Box::new(asked)))));
        }
    }
}

impl Halves {
    /// Has it looked for what was made for a pane's text under another name.
    pub(super) fn find_strays(&self, out: &mut Out, side: Side) {
        if let Some(open) = self.pane(side).open().filter(|open| !open.provisional) {
            let open = Arc::clone(open);
            out.ask_for(FindStrays(open));
        }
    }
}
