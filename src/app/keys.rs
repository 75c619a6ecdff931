//! From a key to a command: counts, chords, letters, and what is typed into a list or a prompt.

use crate::app::halves::Halves;
use crate::app::scene::Screens;
use std::cell::RefCell;
use std::rc::Rc;

use super::App;
use super::command::{Call, Command, Context, Takes};
use super::commands::command;
use super::key::{Key, KeyCode, Named};
use super::keymap::{Keymap, Lookup};
use super::overlay::Overlay;
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
    pub(super) fn new(keymap: Keymap) -> Self {
        Self { keymap, chord: Vec::new(), count: None, awaiting: None, laid: RefCell::default() }
    }

    /// Which keys call what.
    pub fn keymap(&self) -> &Keymap {
        &self.keymap
    }

    /// The same, to be changed without a file.
    pub fn keymap_mut(&mut self) -> &mut Keymap {
        self.laid.take();
        &mut self.keymap
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

    /// Takes a digit as part of a count.
    fn take_digit(&mut self, digit: u32) {
        let count = self.count.unwrap_or(0).saturating_mul(10).saturating_add(digit);
        self.count = Some(count.min(9_999_999));
    }

    /// Takes a digit as part of a count, where digits are not typed as letters or bound to something.
    fn counts(&mut self, halves: &Halves, screens: &Screens, key: Key) -> bool {
        let KeyCode::Char(c) = key.code else { return false };
        let Some(digit) = c.to_digit(10) else { return false };
        let typing = matches!(
            screens.overlay(),
            Some(Overlay::Picker(_) | Overlay::Prompt(_) | Overlay::Asked(_) | Overlay::Form(_) | Overlay::Editor(_))
        ) || screens.contexts(halves) == [Context::Help];
        let leading_zero = digit == 0 && self.count.is_none();
        let bound = self.keymap.look_up(screens.contexts(halves), &[key]) != Lookup::Unbound;
        if typing || key.ctrl || key.alt || leading_zero || bound {
            return false;
        }
        self.take_digit(digit);
        true
    }
}

impl App {
    pub(super) fn key(&mut self, key: Key) {
        self.out.notice = None;
        if let Some(command) = self.keys.awaiting.take() {
            let letter = key.typed();
            if letter.is_some() {
                self.run(command, letter);
            } else if key != Key::named(Named::Esc) {
                self.tell(format!("{} needs a letter", command.name));
            }
            self.keys.count = None;
            return;
        }
        if self.keys.chord.is_empty() && self.keys.counts(&self.halves, &self.screens, key) {
            return;
        }
        let half_typed = !self.keys.chord.is_empty() || self.keys.count.is_some();
        if half_typed && key == Key::named(Named::Esc) {
            self.keys.chord.clear();
            self.keys.count = None;
            return;
        }
        self.keys.chord.push(key);
        match self.keys.keymap.look_up(self.screens.contexts(&self.halves), &self.keys.chord) {
            Lookup::Pending => {}
            Lookup::Command(command) => {
                self.keys.chord.clear();
                if command.takes != Takes::Itself {
                    self.screens.end_number();
                }
                if command.takes == Takes::Letter {
                    self.keys.awaiting = Some(command);
                } else {
                    let itself = key.typed().filter(|_| command.takes == Takes::Itself);
                    self.run(command, itself);
                    self.keys.count = None;
                }
            }
            Lookup::Hook(hook) => {
                self.keys.chord.clear();
                self.keys.count = None;
                self.run_hook(hook);
            }
            Lookup::Unbound => self.unbound(key),
        }
    }

    fn unbound(&mut self, key: Key) {
        let chord = std::mem::take(&mut self.keys.chord);
        self.keys.count = None;
        if let (Some(c), 1) = (key.typed(), chord.len())
            && self.type_text(c.encode_utf8(&mut [0; 4]))
        {
            return;
        }
        let keys: Vec<_> = chord.iter().map(|k| k.shown()).collect();
        // Where letters are typed, `?` is one of them.
        let mut contexts = self.screens.contexts(&self.halves).iter();
        let help = contexts.find_map(|context| self.keys.keymap.first_key(*context, command!("help")));
        let hint = help.map_or(String::new(), |k| format!("; {k} shows all keys"));
        self.tell(format!("{} does nothing here{hint}", keys.join(" ")));
    }

    /// Runs a command with the count typed before it.
    pub(super) fn run(&mut self, command: &'static Command, letter: Option<char>) {
        let call = Call { count: self.keys.count.take(), letter };
        (command.run)(self, call);
    }
}
