//! What the session puts out while it handles a message: a line for the reader, and effects for others to perform.

use std::fmt;

use super::message::Effect;
use super::work::ticket::{Ticket, Wanted};
use super::work::{Job, Work};
use crate::text::clean::Clean;

/// One line to tell the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    line: Clean,
    /// Whether it says that something is still awaited, which it may not be any more before the next key.
    is_of_looking: bool,
}

/// What comes out of the session.
#[derive(Debug, Default)]
pub struct Out {
    /// One line to tell the reader, until the next key.
    pub notice: Option<Notice>,
    /// What is to be told once the reader has read that line.
    later: Option<Clean>,
    effects: Vec<Effect>,
    last_number: u64,
}

impl Notice {
    /// The line.
    pub fn line(&self) -> &Clean {
        &self.line
    }

    /// The words of the line.
    pub fn as_str(&self) -> &str {
        self.line.as_str()
    }
}

impl From<Clean> for Notice {
    fn from(line: Clean) -> Self {
        Self { line, is_of_looking: false }
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.line.fmt(f)
    }
}

impl Out {
    /// Tells the reader something, until the next key.
    pub(super) fn tell(&mut self, words: impl AsRef<str>) {
        self.notice = Some(Clean::line(words.as_ref()).into());
    }

    /// Tells the reader something that takes the place of nothing else: after a key, where something is told already.
    pub(super) fn tell_after(&mut self, words: impl AsRef<str>) {
        let line = Clean::line(words.as_ref());
        if self.notice.is_some() {
            self.later = Some(line);
        } else {
            self.notice = Some(line.into());
        }
    }

    /// Tells what was kept for later, where a key has told nothing itself.
    pub(super) fn tell_what_waited(&mut self) {
        if self.notice.is_none() {
            self.notice = self.later.take().map(Notice::from);
        }
    }

    /// What was kept for later is not so any more.
    pub(super) fn forget_what_waited(&mut self) {
        self.later = None;
    }

    /// Tells the reader that the text which leads has not been looked through for topics yet.
    pub(super) fn tell_still_looking(&mut self) {
        let line = Clean::line("still looking through this text");
        self.notice = Some(Notice { line, is_of_looking: true });
    }

    /// Tells the reader something that is so until what is awaited begins.
    pub(super) fn tell_meanwhile(&mut self, words: &str) {
        self.notice = Some(Notice { line: Clean::line(words), is_of_looking: true });
    }

    /// The text which leads has been looked through, or what was awaited has begun: that it is still being done is no longer so.
    pub(super) fn looked_through(&mut self) {
        self.notice.take_if(|notice| notice.is_of_looking);
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
