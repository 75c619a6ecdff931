//! From a key to a command: counts, chords, letters, and what is typed into a list or a prompt.

use super::App;
use super::command::{Call, Command, Takes};
use super::commands::command;
use super::key::{Key, KeyCode, Named};
use super::keymap::Lookup;
use super::overlay::Overlay;

impl App {
    pub(super) fn key(&mut self, key: Key) {
        self.notice = None;
        if let Some(command) = self.awaiting.take() {
            let letter = key.typed();
            if letter.is_some() {
                self.run(command, letter);
            } else if key != Key::named(Named::Esc) {
                self.tell(format!("{} needs a letter", command.name));
            }
            self.count = None;
            return;
        }
        if self.chord.is_empty() && self.counts(key) {
            return;
        }
        let half_typed = !self.chord.is_empty() || self.count.is_some();
        if half_typed && key == Key::named(Named::Esc) {
            self.chord.clear();
            self.count = None;
            return;
        }
        self.chord.push(key);
        match self.keymap.look_up(self.contexts(), &self.chord) {
            Lookup::Pending => {}
            Lookup::Command(command) => {
                self.chord.clear();
                if command.takes == Takes::Letter {
                    self.awaiting = Some(command);
                } else {
                    self.run(command, None);
                    self.count = None;
                }
            }
            Lookup::Unbound => self.unbound(key),
        }
    }

    /// Takes a digit as part of a count, where digits are not typed as letters or bound to something.
    fn counts(&mut self, key: Key) -> bool {
        let KeyCode::Char(c) = key.code else { return false };
        let Some(digit) = c.to_digit(10) else { return false };
        let typing = matches!(
            self.overlay,
            Some(Overlay::Picker(_) | Overlay::Prompt(_) | Overlay::Asked(_) | Overlay::Form(_) | Overlay::Editor(_))
        );
        let leading_zero = digit == 0 && self.count.is_none();
        let bound = self.keymap.look_up(self.contexts(), &[key]) != Lookup::Unbound;
        if typing || key.ctrl || key.alt || leading_zero || bound {
            return false;
        }
        self.count = Some(self.count.unwrap_or(0).saturating_mul(10).saturating_add(digit).min(9_999_999));
        true
    }

    fn unbound(&mut self, key: Key) {
        let chord = std::mem::take(&mut self.chord);
        self.count = None;
        if let (Some(c), 1) = (key.typed(), chord.len())
            && self.type_text(c.encode_utf8(&mut [0; 4]))
        {
            return;
        }
        let keys: Vec<_> = chord.iter().map(|k| k.shown()).collect();
        let help = self.keymap.first_key(super::command::Context::Reading, command!("help"));
        let hint = help.map_or(String::new(), |k| format!("; {k} shows all keys"));
        self.tell(format!("{} does nothing here{hint}", keys.join(" ")));
    }

    /// Runs a command with the count typed before it.
    pub(super) fn run(&mut self, command: &'static Command, letter: Option<char>) {
        let call = Call { count: self.count.take(), letter };
        (command.run)(self, call);
    }
}
