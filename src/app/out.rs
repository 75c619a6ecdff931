//! What the session puts out while it handles a message: a line for the reader, and effects for others to perform.

use super::message::Effect;
use super::work::ticket::{Ticket, Wanted};
use super::work::{Job, Work};
use crate::text::clean::Clean;

/// What comes out of the session.
#[derive(Debug, Default)]
pub struct Out {
    /// One line to tell the reader, until the next key.
    pub notice: Option<Clean>,
    effects: Vec<Effect>,
    last_number: u64,
}

impl Out {
    /// Tells the reader something, until the next key.
    pub(super) fn tell(&mut self, words: impl AsRef<str>) {
        self.notice = Some(Clean::line(words.as_ref()));
    }

    /// Has something done by others.
    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Asks the workers something whose answer is always wanted.
    pub(super) fn ask_for(&mut self, work: impl Work) {
        self.effect(Effect::Work(Job::new(work, Wanted::always())));
    }

    /// Asks the workers something whose answer is wanted only while the ticket is held.
    pub(super) fn ask_while(&mut self, ticket: &Ticket, work: impl Work) {
        self.effect(Effect::Work(Job::new(work, ticket.wanted())));
    }

    /// A number that tells an answer from others.
    pub(super) fn number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }

    /// What others are to do, since this was asked last: before the first message, too.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }
}
