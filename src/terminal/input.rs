//! Input: from the terminal's bytes to messages.
//!
//! Bytes are cut into whole sequences here, so that one that arrives in two pieces, or an answer nobody asked for, never
//! becomes letters; what a sequence means is read by terminput. crossterm's own reader is not used: it loses keys that
//! arrive together with a change of size.

use std::time::{Duration, Instant};

use terminput::{
    Event, KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind, ScrollDirection,
};

use crate::app::key::{Key, KeyCode, Named};
use crate::app::message::{MouseAct, Msg};

/// How long the rest of a sequence may take. After that, an escape was the Esc key.
const PATIENCE: Duration = Duration::from_millis(25);

/// Bytes that are not a whole sequence yet.
#[derive(Debug, Default)]
pub struct Input {
    pending: Vec<u8>,
    since: Option<Instant>,
}

/// Something that arrived.
#[derive(Debug)]
pub enum Arrival {
    /// For the session.
    Message(Msg),
    /// The terminal's answer to a question (an OSC string, without what opens and closes it).
    Answer(String),
}

impl Input {
    /// Takes in bytes.
    pub fn take(&mut self, bytes: &[u8], arrivals: &mut Vec<Arrival>) {
        self.pending.extend_from_slice(bytes);
        let mut at = 0;
        while let Some(length) = sequence(&self.pending[at..]) {
            arrivals.extend(meaning(&self.pending[at..at + length]));
            at += length;
        }
        self.pending.drain(..at);
        self.since = (!self.pending.is_empty()).then(Instant::now);
    }

    /// When to give up waiting for the rest of a sequence.
    pub fn deadline(&self) -> Option<Instant> {
        self.since.map(|since| since + PATIENCE)
    }

    /// Takes what is pending for what it is by itself, if it has waited long enough.
    pub fn give_up(&mut self, now: Instant, arrivals: &mut Vec<Arrival>) {
        let pasting = self.pending.starts_with(PASTE);
        if pasting || self.deadline().is_none_or(|at| now < at) {
            return;
        }
        self.since = None;
        let pending = std::mem::take(&mut self.pending);
        match pending.as_slice() {
            [ESC] => arrivals.push(Arrival::Message(Msg::Key(Key::named(Named::Esc)))),
            [ESC, second] if second.is_ascii_graphic() => {
                let code = KeyCode::Char(char::from(*second));
                arrivals.push(Arrival::Message(Msg::Key(Key { code, ctrl: false, alt: true })));
            }
            // Half of a sequence means nothing.
            _ => {}
        }
    }
}

const ESC: u8 = 0x1b;
const PASTE: &[u8] = b"\x1b[200~";
const PASTED: &[u8] = b"\x1b[201~";

/// The length of the sequence that `bytes` begin with (ECMA-48, xterm's control sequences); `None` where more is to
/// come.
fn sequence(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [] | [ESC] => None,
        [ESC, b'[', b'[', ..] => (bytes.len() >= 4).then_some(4),
        [ESC, b'[', ..] if bytes.starts_with(PASTE) => memchr::memmem::find(bytes, PASTED).map(|at| at + PASTED.len()),
        [ESC, b'[', rest @ ..] => rest.iter().position(|b| (0x40..=0x7e).contains(b)).map(|at| at + 3),
        [ESC, b'O', ..] => (bytes.len() >= 3).then_some(3),
        [ESC, b']' | b'P' | b'_' | b'^', rest @ ..] => {
            let bell = rest.iter().position(|b| *b == 7).map(|at| at + 3);
            let string = memchr::memmem::find(rest, b"\x1b\\").map(|at| at + 4);
            bell.into_iter().chain(string).min()
        }
        [ESC, ESC, ..] => Some(1),
        [ESC, second, ..] => character(*second, bytes.len() - 1).map(|n| n + 1),
        [first, ..] => character(*first, bytes.len()),
    }
}

/// The length of the UTF-8 character that begins with `first`, where `have` bytes are there.
fn character(first: u8, have: usize) -> Option<usize> {
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    (have >= length).then_some(length)
}

fn meaning(sequence: &[u8]) -> Option<Arrival> {
    if let [ESC, b']', rest @ ..] = sequence {
        let said = String::from_utf8_lossy(rest);
        return Some(Arrival::Answer(said.trim_end_matches(['\x07', '\\', '\x1b']).to_owned()));
    }
    if let [ESC, b'P' | b'_' | b'^', _, ..] = sequence {
        return None;
    }
    let message = match Event::parse_from(sequence).ok()?? {
        Event::Key(key) if key.kind != KeyEventKind::Release => Msg::Key(translate(key)?),
        Event::Paste(text) => Msg::Paste(text),
        Event::Mouse(mouse) => {
            let act = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseAct::Click,
                MouseEventKind::Scroll(ScrollDirection::Up) => MouseAct::WheelUp,
                MouseEventKind::Scroll(ScrollDirection::Down) => MouseAct::WheelDown,
                _ => return None,
            };
            Msg::Mouse { act, column: mouse.column, row: mouse.row }
        }
        _ => return None,
    };
    Some(Arrival::Message(message))
}

/// The session's key for a terminal's, where it has one.
fn translate(event: KeyEvent) -> Option<Key> {
    let ctrl = event.modifiers.contains(KeyModifiers::CTRL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    let shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let code = match event.code {
        Code::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
        Code::Char(c) => KeyCode::Char(c),
        Code::F(n) => KeyCode::Function(n),
        Code::Tab if shift => KeyCode::Named(Named::BackTab),
        other => KeyCode::Named(named(other)?),
    };
    Some(Key { code, ctrl, alt })
}

fn named(code: Code) -> Option<Named> {
    Some(match code {
        Code::Enter => Named::Enter,
        Code::Esc => Named::Esc,
        Code::Tab => Named::Tab,
        Code::Backspace => Named::Backspace,
        Code::Up => Named::Up,
        Code::Down => Named::Down,
        Code::Left => Named::Left,
        Code::Right => Named::Right,
        Code::Home => Named::Home,
        Code::End => Named::End,
        Code::PageUp => Named::PageUp,
        Code::PageDown => Named::PageDown,
        Code::Insert => Named::Insert,
        Code::Delete => Named::Delete,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What arrives when `bytes` come in the given pieces, in words.
    fn heard(pieces: &[&[u8]]) -> Vec<String> {
        let mut input = Input::default();
        let mut arrivals = Vec::new();
        for piece in pieces {
            input.take(piece, &mut arrivals);
        }
        input.give_up(Instant::now() + PATIENCE, &mut arrivals);
        let word = |a: Arrival| match a {
            Arrival::Message(Msg::Key(key)) => key.to_string(),
            Arrival::Message(Msg::Paste(text)) => format!("paste {text}"),
            Arrival::Message(other) => format!("{other:?}"),
            Arrival::Answer(said) => format!("answer {said}"),
        };
        arrivals.into_iter().map(word).collect()
    }

    #[test]
    fn reads_keys_pastes_mouse_and_answers() {
        let cases: &[(&[u8], &[&str])] = &[
            (b"jG \x1b", &["j", "G", "space", "esc"]),
            (b"\x1b[A\x1bOB\x1b[6~\x1b[Z\x7f\r\t", &["up", "down", "pagedown", "backtab", "backspace", "enter", "tab"]),
            (b"\x04\x1bx\x1b[1;5C", &["ctrl-d", "alt-x", "ctrl-right"]),
            ("é日".as_bytes(), &["é", "日"]),
            (b"\x1b[200~two\nlines\x1b[201~k", &["paste two\nlines", "k"]),
            (b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\j", &["answer 11;rgb:1e1e/1e1e/1e1e", "j"]),
            (b"\x1b]11;rgb:ff/ff/ff\x07k", &["answer 11;rgb:ff/ff/ff", "k"]),
            (b"\x1b[<64;10;5Mq", &["Mouse { act: WheelUp, column: 9, row: 4 }", "q"]),
            // Answers nobody asked for and keys nobody knows are no letters.
            (b"\x1b[?62;22c\x1b[>1;10;0c\x1bP1$r0m\x1b\\j", &["j"]),
            (b"\x1b\x1b", &["esc", "esc"]),
            (b"\x1b]", &["alt-]"]),
            (b"\xff\xfe", &[]),
        ];
        for (bytes, expected) in cases {
            assert_eq!(heard(&[bytes]), *expected, "{:?}", String::from_utf8_lossy(bytes));
            let pieces: Vec<&[u8]> = bytes.chunks(1).collect();
            assert_eq!(heard(&pieces), *expected, "in single bytes: {:?}", String::from_utf8_lossy(bytes));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_pieces_mean_the_same(bytes in proptest::collection::vec(any::<u8>(), 0..60), cut in 0usize..60) {
            let cut = cut.min(bytes.len());
            prop_assert_eq!(heard(&[&bytes]), heard(&[&bytes[..cut], &bytes[cut..]]));
        }
    }
}
