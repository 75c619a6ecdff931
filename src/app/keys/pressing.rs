//! From a key to what it calls: counts, chords, letters. What is called, and what is typed, is for the session to do.

use crate::app::command::{Call, Command, Context, Takes};
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::key::{Key, KeyCode, Named};
use crate::app::keymap::Lookup;
use crate::app::keys::Keys;
use crate::app::overlay::Overlay;
use crate::app::scene::Screens;

/// What a key came to.
#[derive(Debug)]
pub(in crate::app) enum Pressed {
    /// More is to be typed, or nothing is half typed any more.
    Nothing,
    /// A command.
    Command(&'static Command, Call),
    /// A command of the reader's own.
    Hook(usize),
    /// It needed something else, which is to be told.
    Told(String),
    /// These keys call nothing. Where it is one, the letter that it types.
    Unbound(Vec<Key>, Option<char>),
}

impl Keys {
    /// Takes a key.
    pub(in crate::app) fn press(&mut self, halves: &Halves, screens: &mut Screens, key: Key) -> Pressed {
        if let Some(command) = self.awaiting.take() {
            let count = self.count.take();
            return match key.typed() {
                Some(letter) => Pressed::Command(command, Call { count, letter: Some(letter) }),
                None if key == Key::named(Named::Esc) => Pressed::Nothing,
                None => Pressed::Told(format!("{} needs a letter", command.name)),
            };
        }
        if self.chord.is_empty() && self.counts(halves, screens, key) {
            return Pressed::Nothing;
        }
        let half_typed = !self.chord.is_empty() || self.count.is_some();
        if half_typed && key == Key::named(Named::Esc) {
            self.chord.clear();
            self.count = None;
            return Pressed::Nothing;
        }
        self.chord.push(key);
        let found = self.keymap.look_up(screens.contexts(halves), &self.chord);
        if found == Lookup::Pending {
            return Pressed::Nothing;
        }
        let chord = std::mem::take(&mut self.chord);
        match found {
            Lookup::Command(command) => {
                if command.takes != Takes::Itself {
                    screens.end_number();
                }
                if command.takes == Takes::Letter {
                    self.awaiting = Some(command);
                    return Pressed::Nothing;
                }
                Pressed::Command(command, self.call(key.typed().filter(|_| command.takes == Takes::Itself)))
            }
            Lookup::Hook(hook) => {
                self.count = None;
                Pressed::Hook(hook)
            }
            Lookup::Unbound | Lookup::Pending => {
                self.count = None;
                let typed = key.typed().filter(|_| chord.len() == 1);
                Pressed::Unbound(chord, typed)
            }
        }
    }

    /// The letter that a key types where the reader is, and nothing else.
    pub(in crate::app) fn letter(&self, halves: &Halves, screens: &Screens, key: Key) -> Option<char> {
        let is_free = self.awaiting.is_none() && self.chord.is_empty() && self.count.is_none();
        key.typed().filter(|_| is_free && self.keymap.look_up(screens.contexts(halves), &[key]) == Lookup::Unbound)
    }

    /// What is told of keys that call nothing.
    pub(in crate::app) fn said_of_unbound(&self, halves: &Halves, screens: &Screens, chord: &[Key]) -> String {
        let keys: Vec<_> = chord.iter().map(|k| k.shown()).collect();
        // Where letters are typed, `?` is one of them.
        let mut contexts = screens.contexts(halves).iter();
        let help = contexts.find_map(|context| self.keymap.first_key(*context, command!("help")));
        let hint = help.map_or(String::new(), |k| format!("; {k} shows all keys"));
        format!("{} does nothing here{hint}", keys.join(" "))
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
