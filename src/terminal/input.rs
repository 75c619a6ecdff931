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

/// How long an escape may be alone; after that it was the Esc key.
const ALONE: Duration = Duration::from_millis(60);
/// How long an introducer alone is one: after that, what follows it and makes no sense with it is a key by itself.
const LATE: Duration = Duration::from_secs(1);
/// How long a paste or a string of the terminal may be quiet before its end.
const QUIET: Duration = Duration::from_millis(1500);

/// Bytes that are not a whole sequence yet.
#[derive(Debug, Default)]
pub(super) struct Input {
    pending: Vec<u8>,
    /// When the last of them came.
    since: Option<Instant>,
    /// When the escape came that is the last that was heard, and was taken for the Esc key.
    escaped: Option<Instant>,
    /// Whether a paste was taken before its end came.
    is_cut: bool,
    /// How much of a paste has been searched for its end.
    searched: usize,
    /// Whether the terminal was asked where the cursor is. Its answer may look like a key (`F3` with others).
    awaits_cursor: bool,
}

/// Something that arrived.
#[derive(Debug)]
pub(super) enum Arrival {
    /// For the session.
    Message(Msg),
    /// The terminal's answer to a question (an OSC string, without what opens and closes it).
    Answer(String),
}

impl Input {
    /// The terminal was asked where the cursor is: the next answer to that is one.
    pub(super) fn await_cursor(&mut self) {
        self.awaits_cursor = true;
    }

    /// Takes in bytes.
    pub(super) fn take(&mut self, bytes: &[u8], now: Instant, arrivals: &mut Vec<Arrival>) {
        let late = self.since.is_some_and(|since| now >= since + LATE);
        let bytes = self.without_late_rest(bytes, now);
        let bytes = self.without_cut_paste(bytes, arrivals);
        let begun = self.pending.len();
        self.pending.extend_from_slice(bytes);
        let mut at = 0;
        while let Some(length) = self.sequence(at) {
            let whole = &self.pending[at..at + length];
            let is_cursor = self.awaits_cursor && is_cursor(whole);
            self.awaits_cursor &= !is_cursor;
            match if is_cursor { Some(cursor(whole)) } else { meaning(whole) } {
                // An introducer alone was a key with Alt, and this is another key.
                None if at == 0 && late && begun == 2 && length == 3 => {
                    arrivals.push(with_alt(whole[1]));
                    arrivals.extend(meaning(&whole[2..]));
                }
                meant => arrivals.extend(meant),
            }
            at += length;
            self.searched = 0;
        }
        self.pending.drain(..at);
        self.since = (!self.pending.is_empty()).then_some(now);
    }

    /// When to give up waiting for the rest of a sequence. What was begun by a sign that nothing else begins with is
    /// waited for without end.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let patience = match self.pending.as_slice() {
            [ESC] => ALONE,
            [ESC, b'O' | b'[' | b']'] => return None,
            bytes if bytes.starts_with(PASTE) || is_string(bytes) => QUIET,
            [ESC, b'[' | b'O', ..] => return None,
            _ => LATE,
        };
        self.since.map(|since| since + patience)
    }

    /// Takes what is pending for what it is by itself, if it has waited long enough.
    pub(super) fn give_up(&mut self, now: Instant, arrivals: &mut Vec<Arrival>) {
        if self.deadline().is_none_or(|at| now < at) {
            return;
        }
        let since = self.since.take();
        self.searched = 0;
        let pending = std::mem::take(&mut self.pending);
        match pending.as_slice() {
            [ESC] => {
                self.escaped = since;
                arrivals.push(Arrival::Message(Msg::Key(Key::named(Named::Esc))));
            }
            [ESC, second] if second.is_ascii_graphic() => arrivals.push(with_alt(*second)),
            bytes if bytes.starts_with(PASTE) => {
                self.is_cut = true;
                arrivals.push(pasted(&bytes[PASTE.len()..]));
            }
            // Half of a sequence means nothing.
            _ => {}
        }
    }

    /// Where an escape was taken for the Esc key, and what is new is the rest of its sequence: without that. What no hand
    /// types at once is such a rest however late it comes; two keys may be one behind the other on a slow line.
    fn without_late_rest<'b>(&mut self, bytes: &'b [u8], now: Instant) -> &'b [u8] {
        let Some(escaped) = self.escaped.take() else { return bytes };
        // Where the mouse is, in three bytes after the letter (X10).
        if let [b'[', b'M', _, _, _, after @ ..] = bytes {
            return after;
        }
        let whole: Vec<u8> = std::iter::once(ESC).chain(bytes.iter().copied()).collect();
        let is_rest = match bytes {
            [b'[', b'<' | b'0'..=b'9', _, ..] => true,
            [b']', ..] => is_string(&whole),
            [b'[' | b'O', _, ..] => now < escaped + LATE,
            _ => false,
        };
        let length = if is_rest { sequence(&whole, &mut 0) } else { None };
        length.map_or(bytes, |length| &bytes[length - 1..])
    }

    /// The rest of a paste that was taken before it had ended is pasted too, where it is one: more than a hand types, or
    /// with the end of the paste.
    fn without_cut_paste<'b>(&mut self, bytes: &'b [u8], arrivals: &mut Vec<Arrival>) -> &'b [u8] {
        if !self.is_cut || !self.pending.is_empty() {
            return bytes;
        }
        if let Some(end) = memchr::memmem::find(bytes, PASTED) {
            self.is_cut = false;
            arrivals.extend((end > 0).then(|| pasted(&bytes[..end])));
            return &bytes[end + PASTED.len()..];
        }
        let is_typed = bytes.len() < TYPED_AT_ONCE || bytes.starts_with(&[ESC]);
        if is_typed {
            return bytes;
        }
        arrivals.push(pasted(bytes));
        &[]
    }

    /// The length of the sequence that begins at `at`.
    fn sequence(&mut self, at: usize) -> Option<usize> {
        sequence(&self.pending[at..], &mut self.searched)
    }
}

/// A key pressed with Alt.
fn with_alt(byte: u8) -> Arrival {
    Arrival::Message(Msg::Key(Key { code: KeyCode::Char(char::from(byte)), ctrl: false, alt: true }))
}

/// Fewer bytes than this may come from a hand at once.
const TYPED_AT_ONCE: usize = 32;

const ESC: u8 = 0x1b;
const PASTE: &[u8] = b"\x1b[200~";
const PASTED: &[u8] = b"\x1b[201~";

/// The length of the sequence that `bytes` begin with (ECMA-48, xterm's control sequences); `None` where more is to
/// come. Of a paste, `searched` bytes have no end in them.
fn sequence(bytes: &[u8], searched: &mut usize) -> Option<usize> {
    match bytes {
        [] | [ESC] | [ESC, b'O' | b']' | b'P' | b'_'] => None,
        [ESC, b'[', b'[', ..] => (bytes.len() >= 4).then_some(4),
        [ESC, b'[', ..] if bytes.starts_with(PASTE) => {
            let from = (*searched).max(PASTE.len());
            let end = memchr::memmem::find(&bytes[from..], PASTED).map(|at| from + at + PASTED.len());
            *searched = bytes.len().saturating_sub(PASTED.len());
            end
        }
        // A control character ends what it stands in, and is heard by itself.
        [ESC, b'[', rest @ ..] => {
            let end = rest.iter().position(|b| !(0x20..0x40).contains(b))?;
            Some(end + if rest[end] < 0x20 || rest[end] == 0x7f { 2 } else { 3 })
        }
        [ESC, b'O', third, ..] => Some(if *third < 0x20 { 2 } else { 3 }),
        _ if is_string(bytes) => {
            let rest = &bytes[2..];
            let bell = rest.iter().position(|b| *b == 7).map(|at| at + 3);
            let string = memchr::memmem::find(rest, b"\x1b\\").map(|at| at + 4);
            bell.into_iter().chain(string).min()
        }
        [ESC, ESC, ..] => Some(1),
        [ESC, second, ..] => character(*second, bytes.len() - 1).map(|n| n + 1),
        [first, ..] => character(*first, bytes.len()),
    }
}

/// Whether these bytes begin a string of the terminal, and not a key that was pressed with Alt: the terminals' own begin
/// with a digit or one of a few letters.
fn is_string(bytes: &[u8]) -> bool {
    match bytes {
        [ESC, b']', first, ..] => first.is_ascii_digit() || matches!(first, b'l' | b'L' | b'I'),
        [ESC, b'P', first, ..] => first.is_ascii_digit() || matches!(first, b'>' | b'=' | b'!' | b'$' | b'+' | b'|'),
        [ESC, b'_', first, ..] => *first == b'G',
        _ => false,
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

/// Whether it says where the cursor is: `CSI row ; column R`.
fn is_cursor(sequence: &[u8]) -> bool {
    let [ESC, b'[', rest @ .., b'R'] = sequence else { return false };
    rest.contains(&b';') && rest.iter().all(|b| b.is_ascii_digit() || *b == b';')
}

fn cursor(sequence: &[u8]) -> Arrival {
    Arrival::Answer(String::from_utf8_lossy(&sequence[2..]).into_owned())
}

fn meaning(sequence: &[u8]) -> Option<Arrival> {
    if is_string(sequence) {
        let said = String::from_utf8_lossy(&sequence[2..]);
        let is_answer = sequence[1] == b']';
        return is_answer.then(|| Arrival::Answer(said.trim_end_matches(['\x07', '\\', '\x1b']).to_owned()));
    }
    if let [ESC, b'[', rest @ ..] = sequence
        && rest.starts_with(b"?")
    {
        return Some(Arrival::Answer(String::from_utf8_lossy(rest).into_owned()));
    }
    if let Some(words) = sequence.strip_prefix(PASTE) {
        return Some(pasted(words.strip_suffix(PASTED).unwrap_or(words)));
    }
    // What the keys of control characters without a letter are called.
    if let [byte @ (0 | 0x1c..=0x1f)] = sequence {
        let c = if *byte == 0 { ' ' } else { char::from(byte + 0x40) };
        return Some(Arrival::Message(Msg::Key(Key::ctrl(c))));
    }
    let message = match Event::parse_from(sequence).ok()?? {
        Event::Key(key) if key.kind != KeyEventKind::Release => Msg::Key(translate(key)?),
        Event::Mouse(mouse) => {
            let act = match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseAct::Click,
                MouseEventKind::Drag(MouseButton::Left) => MouseAct::Drag,
                MouseEventKind::Up(_) => MouseAct::Release,
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

/// What was pasted. Terminals send the ends of its lines as the Enter key does.
fn pasted(words: &[u8]) -> Arrival {
    let words = String::from_utf8_lossy(words);
    Arrival::Message(Msg::Paste(words.replace("\r\n", "\n").replace('\r', "\n")))
}

/// The session's key for a terminal's, where it has one.
fn translate(event: KeyEvent) -> Option<Key> {
    let ctrl = event.modifiers.contains(KeyModifiers::CTRL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    let shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let code = match event.code {
        // The kitty protocol names the key, not what it types: an underscore is typed with Shift.
        Code::Char('-') if ctrl && shift => KeyCode::Char('_'),
        Code::Char(c) if ctrl => KeyCode::Char(c.to_ascii_lowercase()),
        Code::Char(c) if shift && alt => KeyCode::Char(c.to_ascii_uppercase()),
        Code::Char(c) => KeyCode::Char(c),
        Code::F(n) => KeyCode::Function(n),
        Code::Tab if shift => KeyCode::Named(Named::BackTab),
        other => KeyCode::Named(named(other)?),
    };
    Some(Key { code, ctrl, alt }.as_sent())
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

    /// Milliseconds of a pause, and what comes after it.
    type Piece<'b> = (u64, &'b [u8]);

    /// What arrives when the pieces come, each after a pause of so many milliseconds; and long after.
    fn heard_after(pieces: &[Piece]) -> Vec<String> {
        let mut input = Input::default();
        let mut arrivals = Vec::new();
        let mut now = Instant::now();
        for (pause, piece) in pieces {
            now += Duration::from_millis(*pause);
            // As the loop does it, which wakes at the deadline.
            if let Some(deadline) = input.deadline().filter(|at| *at <= now) {
                input.give_up(deadline, &mut arrivals);
            }
            input.take(piece, now, &mut arrivals);
        }
        input.give_up(now + 2 * QUIET, &mut arrivals);
        let word = |a: Arrival| match a {
            Arrival::Message(Msg::Key(key)) => key.to_string(),
            Arrival::Message(Msg::Paste(text)) => format!("paste {text}"),
            Arrival::Message(other) => format!("{other:?}"),
            Arrival::Answer(said) => format!("answer {said}"),
        };
        arrivals.into_iter().map(word).collect()
    }

    /// What arrives when the pieces come at once.
    fn heard(pieces: &[&[u8]]) -> Vec<String> {
        heard_after(&pieces.iter().map(|piece| (0, *piece)).collect::<Vec<_>>())
    }

    #[test]
    fn where_the_cursor_is_is_an_answer_once_and_only_where_it_was_asked() {
        let mut input = Input::default();
        let mut arrivals = Vec::new();
        input.await_cursor();
        input.take(b"\x1b[1;3R\x1b[1;3R", Instant::now(), &mut arrivals);
        assert!(matches!(&arrivals[0], Arrival::Answer(said) if said == "1;3R"));
        assert!(matches!(&arrivals[1], Arrival::Message(Msg::Key(_))));
    }

    #[test]
    fn reads_keys_pastes_mouse_and_answers() {
        let cases: &[(&[u8], &[&str])] = &[
            (b"jG \x1b", &["j", "G", "space", "esc"]),
            (b"\x1b[A\x1bOB\x1b[6~\x1b[Z\x7f\r\t", &["up", "down", "pagedown", "backtab", "backspace", "enter", "tab"]),
            (b"\x04\x1bx\x1b[1;5C", &["ctrl-d", "alt-x", "ctrl-right"]),
            ("é日".as_bytes(), &["é", "日"]),
            (b"\x1b[200~two\nlines\x1b[201~k", &["paste two\nlines", "k"]),
            // Terminals send the ends of pasted lines as Enter.
            (b"\x1b[200~one\rtwo\r\nthree\x1b[201~", &["paste one\ntwo\nthree"]),
            (b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\j", &["answer 11;rgb:1e1e/1e1e/1e1e", "j"]),
            (b"\x1b]11;rgb:ff/ff/ff\x07k", &["answer 11;rgb:ff/ff/ff", "k"]),
            (b"\x1b[<64;10;5Mq", &["Mouse { act: WheelUp, column: 9, row: 4 }", "q"]),
            // Answers nobody asked for and keys nobody knows are no letters.
            (b"\x1b[?62;22c\x1b[>1;10;0c\x1bP1$r0m\x1b\\j", &["answer ?62;22c", "j"]),
            (b"\x1b\x1b", &["esc", "esc"]),
            (b"\x1b]x", &["alt-]", "x"]),
            (b"\xff\xfe", &[]),
            // By the names that keyboards have for them; the kitty protocol says them plainly.
            (b"\x00\x1c\x1d\x1e\x1f", &["ctrl-space", "ctrl-\\", "ctrl-]", "ctrl-^", "ctrl-_"]),
            (b"\x1b[105;5u\x1b[47;5u\x1b[27u\x1b[13;5u", &["ctrl-i", "ctrl-_", "esc", "ctrl-enter"]),
            (b"\x1b[45;6u\x1b[95;6u\x1b[45;5u", &["ctrl-_", "ctrl-_", "ctrl--"]),
            (b"\x1b[120;4u\x1b[97;133u", &["alt-X", "ctrl-a"]),
            // A control character counts in the middle of anything.
            (b"\x1b[12\x03\x1bO\x03", &["ctrl-c", "ctrl-c"]),
        ];
        for (bytes, expected) in cases {
            assert_eq!(heard(&[bytes]), *expected, "{:?}", String::from_utf8_lossy(bytes));
            let pieces: Vec<&[u8]> = bytes.chunks(1).collect();
            assert_eq!(heard(&pieces), *expected, "in single bytes: {:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn the_rest_of_a_sequence_is_none_however_late_it_comes() {
        let cases: &[(&[Piece], &[&str])] = &[
            (&[(0, b"\x1b["), (50, b"A"), (0, b"j")], &["up", "j"]),
            (&[(0, b"\x1b["), (9000, b"A")], &["up"]),
            (&[(0, b"\x1b[<0;30;1"), (3000, b"0m"), (0, b"j")], &["Mouse { act: Release, column: 29, row: 9 }", "j"]),
            (&[(0, b"\x1b"), (50, b"[D")], &["left"]),
            (&[(0, b"\x1b"), (300, b"[D"), (0, b"j")], &["esc", "j"]),
            (&[(0, b"\x1b"), (300, b"j")], &["esc", "j"]),
            (&[(0, b"\x1b"), (900, b"[D")], &["esc"]),
            (&[(0, b"\x1b"), (20_000, b"[1;5D"), (0, b"j")], &["esc", "j"]),
            (&[(0, b"\x1b"), (20_000, b"[M !!"), (0, b"j")], &["esc", "j"]),
            (&[(0, b"\x1b"), (20_000, b"]11;rgb:0/0/0\x07j")], &["esc", "j"]),
            // Two keys that come together long after Esc.
            (&[(0, b"\x1b"), (1500, b"[D")], &["esc", "[", "D"]),
            (&[(0, b"\x1b"), (1500, b"Oj")], &["esc", "O", "j"]),
            (&[(0, b"\x1b"), (1500, b"[[")], &["esc", "[", "["]),
            (&[(0, b"\x1b"), (1500, b"]j")], &["esc", "]", "j"]),
            (&[(0, b"\x1b"), (20_000, b"[<0;30;10m"), (0, b"j")], &["esc", "j"]),
            (&[(0, b"\x1b"), (1500, b"["), (300, b"D")], &["esc", "[", "D"]),
            (&[(0, b"\x1b"), (300, b"j"), (0, b"[D")], &["esc", "j", "[", "D"]),
            (&[(0, b"\x1b]"), (500, b"11;rgb:0/0/0\x07"), (0, b"j")], &["answer 11;rgb:0/0/0", "j"]),
            // Alt and a bracket, and much later a key.
            (&[(0, b"\x1b["), (4000, b"j")], &["alt-[", "j"]),
            (&[(0, b"\x1b]11;rgb"), (4000, b"j")], &["j"]),
            (&[(0, b"\xc3"), (50, b"\xa9"), (0, b"j")], &["é", "j"]),
        ];
        for (pieces, expected) in cases {
            assert_eq!(heard_after(pieces), *expected, "{pieces:?}");
        }
    }

    #[test]
    fn a_paste_without_an_end_is_taken_as_it_is() {
        let long = b"and the rest of it, which is longer than a hand types";
        let cases: &[(&[Piece], &[&str])] = &[
            (&[(0, b"\x1b[200~hello"), (2000, b"j"), (100, b"\x03")], &["paste hello", "j", "ctrl-c"]),
            (&[(0, b"\x1b[200~hel"), (1000, b"lo\x1b[20"), (1000, b"1~j")], &["paste hello", "j"]),
            (&[(0, b"\x1b[200~one "), (4000, b"two\x1b[201~j"), (0, b"k")], &["paste one ", "paste two", "j", "k"]),
            (
                &[(0, b"\x1b[200~one "), (4000, long), (0, b"\x1b[201~j")],
                &["paste one ", "paste and the rest of it, which is longer than a hand types", "j"],
            ),
        ];
        for (pieces, expected) in cases {
            assert_eq!(heard_after(pieces), *expected, "{pieces:?}");
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
