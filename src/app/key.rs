//! Keys and chords, as they are written in keymap.toml and shown to the reader.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::word::nearest::nearest;

/// One key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// Control was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
}

/// Which key. Shift is part of the character; a shifted Tab is [`KeyCode::BackTab`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyCode {
    /// A character; the space bar is `' '`.
    Char(char),
    /// A function key, from 1.
    Function(u8),
    /// Any other key, by its place in [`NAMED`].
    Named(Named),
}

/// The keys that have a name and no character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the key that has its name on it")]
pub enum Named {
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Insert,
    Delete,
}

/// Written name, shown name.
const NAMED: &[(Named, &str, &str)] = &[
    (Named::Enter, "enter", "Enter"),
    (Named::Esc, "esc", "Esc"),
    (Named::Tab, "tab", "Tab"),
    (Named::BackTab, "backtab", "Shift-Tab"),
    (Named::Backspace, "backspace", "Backspace"),
    (Named::Up, "up", "↑"),
    (Named::Down, "down", "↓"),
    (Named::Left, "left", "←"),
    (Named::Right, "right", "→"),
    (Named::Home, "home", "Home"),
    (Named::End, "end", "End"),
    (Named::PageUp, "pageup", "PgUp"),
    (Named::PageDown, "pagedown", "PgDn"),
    (Named::Insert, "insert", "Ins"),
    (Named::Delete, "delete", "Del"),
];

/// Why a key's name is not a key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Nothing is written.
    #[error("no key is named; write a character or a name such as `space`, `ctrl-d`, `pagedown`")]
    Empty,
    /// No key has this name.
    #[error("`{written}` is not a key{}", .nearest.map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
    Unknown {
        /// What was written.
        written: String,
        /// The name that is spelled most like it.
        nearest: Option<&'static str>,
    },
}

impl Key {
    /// A plain character.
    pub const fn char(c: char) -> Self {
        Self { code: KeyCode::Char(c), ctrl: false, alt: false }
    }

    /// A key with a name.
    pub const fn named(named: Named) -> Self {
        Self { code: KeyCode::Named(named), ctrl: false, alt: false }
    }

    /// Control and a character.
    pub const fn ctrl(c: char) -> Self {
        Self { code: KeyCode::Char(c), ctrl: true, alt: false }
    }

    /// The key as terminals send it: some have two names.
    #[must_use]
    pub fn as_sent(self) -> Self {
        match self.code {
            KeyCode::Char('/') if self.ctrl => Self { code: KeyCode::Char('_'), ..self },
            KeyCode::Char('@') if self.ctrl => Self { code: KeyCode::Char(' '), ..self },
            _ => self,
        }
    }

    /// What most terminals send for this key instead, where they do not know it: only those with the kitty keyboard
    /// protocol do.
    pub(super) fn mistaken_for(self) -> Option<&'static str> {
        match self.as_sent().code {
            KeyCode::Char('i') if self.ctrl => Some("as Tab"),
            KeyCode::Char('m') if self.ctrl => Some("as Enter"),
            KeyCode::Char('[') if self.ctrl => Some("as Esc"),
            KeyCode::Char('?') if self.ctrl => Some("as Backspace"),
            KeyCode::Char(c) if self.ctrl && !c.is_ascii_lowercase() && !" \\]^_".contains(c) => {
                Some("without Ctrl, or not at all")
            }
            KeyCode::Char('[' | ']' | 'O' | 'P') if self.alt => Some("as the beginning of another key"),
            KeyCode::Named(Named::Enter | Named::Tab | Named::Esc | Named::Backspace) if self.ctrl => {
                Some("without Ctrl")
            }
            KeyCode::Named(Named::BackTab) if self.ctrl || self.alt => Some("without Ctrl and Alt"),
            _ => None,
        }
    }

    /// The character that this key types, where it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// As the reader sees it: `^D`, `Space`, `PgDn`.
    pub fn shown(self) -> String {
        let name = match self.code {
            KeyCode::Char(' ') => "Space".to_owned(),
            KeyCode::Char(c) if self.ctrl => return format!("^{}", c.to_uppercase()),
            KeyCode::Char(c) => c.to_string(),
            KeyCode::Function(n) => format!("F{n}"),
            KeyCode::Named(named) => named_row(named).2.to_owned(),
        };
        let ctrl = if self.ctrl { "^" } else { "" };
        let alt = if self.alt { "Alt-" } else { "" };
        format!("{ctrl}{alt}{name}")
    }
}

fn named_row(named: Named) -> &'static (Named, &'static str, &'static str) {
    NAMED.iter().find(|(n, ..)| *n == named).unwrap_or(&NAMED[0])
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            write!(f, "ctrl-")?;
        }
        if self.alt {
            write!(f, "alt-")?;
        }
        match self.code {
            KeyCode::Char(' ') => write!(f, "space"),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::Function(n) => write!(f, "f{n}"),
            KeyCode::Named(named) => write!(f, "{}", named_row(named).1),
        }
    }
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(written: &str) -> Result<Self, KeyError> {
        let (mut ctrl, mut alt, mut rest) = (false, false, written);
        loop {
            if let Some(r) = rest.strip_prefix("ctrl-").filter(|r| !r.is_empty()) {
                (ctrl, rest) = (true, r);
            } else if let Some(r) = rest.strip_prefix("alt-").filter(|r| !r.is_empty()) {
                (alt, rest) = (true, r);
            } else {
                break;
            }
        }
        let mut chars = rest.chars();
        let code = match (chars.next(), chars.next()) {
            (None, _) => return Err(KeyError::Empty),
            (Some(c), None) => KeyCode::Char(if ctrl { c.to_ascii_lowercase() } else { c }),
            _ => named(rest).ok_or_else(|| unknown(written, rest))?,
        };
        Ok(Self { code, ctrl, alt })
    }
}

fn named(name: &str) -> Option<KeyCode> {
    let lower = name.to_ascii_lowercase();
    let plain = match lower.as_str() {
        "pgup" => "pageup",
        "pgdn" => "pagedown",
        "return" => "enter",
        "escape" => "esc",
        "del" => "delete",
        "ins" => "insert",
        "shift-tab" => "backtab",
        other => other,
    };
    if plain == "space" {
        return Some(KeyCode::Char(' '));
    }
    if let Some(n) = plain.strip_prefix('f').and_then(|n| n.parse().ok()).filter(|n| (1..=24).contains(n)) {
        return Some(KeyCode::Function(n));
    }
    NAMED.iter().find(|(_, written, _)| *written == plain).map(|(n, ..)| KeyCode::Named(*n))
}

fn unknown(written: &str, name: &str) -> KeyError {
    let names = NAMED.iter().map(|(_, n, _)| *n).chain(["space"]);
    KeyError::Unknown { written: written.to_owned(), nearest: nearest(&name.to_ascii_lowercase(), names) }
}

/// One or more keys pressed after each other: `g g`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chord(Vec<Key>);

impl Chord {
    /// The keys, at least one.
    pub fn keys(&self) -> &[Key] {
        &self.0
    }

    /// As the reader sees it: `gg`, `^D`, `z Enter`.
    pub fn shown(&self) -> String {
        let parts: Vec<_> = self.0.iter().map(|k| k.shown()).collect();
        let short = parts.iter().all(|p| p.chars().count() == 1);
        parts.join(if short { "" } else { " " })
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, key) in self.0.iter().enumerate() {
            write!(f, "{}{key}", if i > 0 { " " } else { "" })?;
        }
        Ok(())
    }
}

impl FromStr for Chord {
    type Err = KeyError;

    fn from_str(written: &str) -> Result<Self, KeyError> {
        let keys: Vec<Key> = written.split_ascii_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(KeyError::Empty) } else { Ok(Self(keys)) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_and_shows_keys() {
        let cases = [
            ("j", "j", "j"),
            ("G", "G", "G"),
            ("g g", "g g", "gg"),
            ("ctrl-D", "ctrl-d", "^D"),
            ("space", "space", "Space"),
            ("PgDn", "pagedown", "PgDn"),
            ("-", "-", "-"),
            ("alt-x", "alt-x", "Alt-x"),
            ("z enter", "z enter", "z Enter"),
            ("f10", "f10", "F10"),
            ("ctrl--", "ctrl--", "^-"),
        ];
        for (written, printed, shown) in cases {
            let chord: Chord = written.parse().unwrap();
            assert_eq!((chord.to_string().as_str(), chord.shown().as_str()), (printed, shown), "{written}");
        }
    }

    #[test]
    fn names_the_nearest_key() {
        let said = |s: &str| s.parse::<Chord>().unwrap_err().to_string();
        assert_eq!(said("pagedwn"), "`pagedwn` is not a key; did you mean `pagedown`?");
        assert_eq!(said("xylophone"), "`xylophone` is not a key");
        assert!(said("").starts_with("no key is named"));
    }

    fn any_key() -> impl Strategy<Value = Key> {
        let code = prop_oneof![
            any::<char>().prop_filter("typed", |c| !c.is_whitespace() && !c.is_control()).prop_map(KeyCode::Char),
            Just(KeyCode::Char(' ')),
            (1u8..=24).prop_map(KeyCode::Function),
            (0..NAMED.len()).prop_map(|i| KeyCode::Named(NAMED[i].0)),
        ];
        (code, any::<bool>(), any::<bool>()).prop_map(|(code, ctrl, alt)| match code {
            KeyCode::Char(c) if ctrl => Key { code: KeyCode::Char(c.to_ascii_lowercase()), ctrl, alt },
            _ => Key { code, ctrl, alt },
        })
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(keys in proptest::collection::vec(any_key(), 1..4)) {
            let chord = Chord(keys);
            prop_assert_eq!(chord.to_string().parse::<Chord>().unwrap(), chord);
        }
    }
}
