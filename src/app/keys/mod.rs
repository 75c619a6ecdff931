//! The keys: which call what, and what is half typed.

pub(super) mod pressing;

use std::cell::RefCell;
use std::rc::Rc;

use super::command::{Call, Command, Context};
use super::key::Key;
use super::keymap::Keymap;
use super::page_line::PageLine;

/// The keys: which call what, and what is half typed.
#[derive(Debug)]
pub struct Keys {
    /// Which keys call what.
    keymap: Keymap,
    /// The keys of a half-typed chord.
    chord: Vec<Key>,
    /// The count typed so far.
    count: Option<u32>,
    /// The command that waits for a letter.
    awaiting: Option<&'static Command>,
    /// The page of keys as it was laid out last: it takes longer than a frame may.
    pub(super) laid: RefCell<Option<LaidOut>>,
}

/// The page of keys, laid out where some keys were in force, for a width, narrowed by what was typed.
#[derive(Debug)]
pub(super) struct LaidOut {
    pub(super) by: (Context, u16, String),
    pub(super) lines: Rc<[PageLine]>,
}

impl Keys {
    /// With these, nothing typed yet.
    pub fn new(keymap: Keymap) -> Self {
        Self { keymap, chord: Vec::new(), count: None, awaiting: None, laid: RefCell::default() }
    }

    /// Which keys call what.
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// The keys of a half-typed chord.
    pub fn chord(&self) -> &[Key] {
        &self.chord
    }

    /// The count typed so far.
    pub fn count(&self) -> Option<u32> {
        self.count
    }

    /// The command that waits for a letter.
    pub fn awaiting(&self) -> Option<&'static Command> {
        self.awaiting
    }

    /// Whether something is half typed.
    pub fn is_half_typed(&self) -> bool {
        !self.chord.is_empty() || self.count.is_some() || self.awaiting.is_some()
    }

    /// A call with what was typed before it.
    pub(super) fn call(&mut self, letter: Option<char>) -> Call {
        Call { count: self.count.take(), letter }
    }

    /// Takes a digit as part of a count.
    fn take_digit(&mut self, digit: u32) {
        let count = self.count.unwrap_or(0).saturating_mul(10).saturating_add(digit);
        self.count = Some(count.min(9_999_999));
    }
}
