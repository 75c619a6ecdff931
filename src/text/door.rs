//! The door that all output goes through: to a terminal, through a pipe, into a page or a file for others.
//!
//! What a text says was cleaned when it was read ([`super::clean`]). Names, notes, topics and whatever else a file of a
//! library says was not, since it is kept as it is; so it is cleaned here, on the way out, whoever writes it. In JSON such a
//! character is written as an escape, by which nothing is lost.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::clean::{clean_text, is_clean};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text of any kind: also pages, XML and columns.
    Text,
    /// JSON.
    Json,
}

/// A writer in front of another one; what comes out of it is UTF-8 in which nothing misleads a terminal or a reader.
/// It holds the beginning of a character back until the rest comes.
pub(crate) struct Door<W: Write> {
    out: W,
    kind: Kind,
    /// The beginning of a character, or a carriage return that may be half of a line break.
    held: Vec<u8>,
}

impl<W: Write> Door<W> {
    /// A door to `out` for text.
    pub(crate) fn text(out: W) -> Self {
        Self { out, kind: Kind::Text, held: Vec::new() }
    }

    /// A door to `out` for JSON.
    pub(crate) fn json(out: W) -> Self {
        Self { out, kind: Kind::Json, held: Vec::new() }
    }

    /// Writes what is held back: there is nothing more to come.
    pub(crate) fn close(&mut self) -> io::Result<()> {
        let held = std::mem::take(&mut self.held);
        self.pass(&String::from_utf8_lossy(&held))
    }

    fn pass(&mut self, words: &str) -> io::Result<()> {
        if is_clean(words) {
            return self.out.write_all(words.as_bytes());
        }
        match self.kind {
            // A line break of two characters is one that some formats ask for.
            Kind::Text => {
                for (nth, line) in words.split("\r\n").enumerate() {
                    if nth > 0 {
                        self.out.write_all(b"\r\n")?;
                    }
                    self.out.write_all(clean_text(line).as_bytes())?;
                }
                Ok(())
            }
            Kind::Json => self.out.write_all(escaped(words).as_bytes()),
        }
    }
}

/// With every such character as JSON writes it in a string.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 16);
    let mut letter = [0; 4];
    for c in words.chars() {
        let own = c.encode_utf8(&mut letter);
        if c == '\r' || is_clean(own) {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a string never fails.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out
}

impl<W: Write> Write for Door<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let whole;
        let all = if self.held.is_empty() {
            bytes
        } else {
            self.held.extend_from_slice(bytes);
            whole = std::mem::take(&mut self.held);
            &whole
        };
        let mut rest = all;
        loop {
            let (valid, bad) = match std::str::from_utf8(rest) {
                Ok(valid) => (valid, None),
                Err(e) => (std::str::from_utf8(&rest[..e.valid_up_to()]).unwrap_or_default(), Some(e.error_len())),
            };
            match bad {
                None => {
                    let held = usize::from(valid.ends_with('\r'));
                    self.pass(&valid[..valid.len() - held])?;
                    self.held.extend_from_slice(&valid.as_bytes()[valid.len() - held..]);
                    break;
                }
                Some(None) => {
                    self.pass(valid)?;
                    self.held.extend_from_slice(&rest[valid.len()..]);
                    break;
                }
                Some(Some(length)) => {
                    self.pass(valid)?;
                    self.pass("\u{fffd}")?;
                    rest = &rest[valid.len() + length..];
                }
            }
        }
        Ok(bytes.len())
    }

    /// What is held back stays so: more may come.
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn through(door: fn(Vec<u8>) -> Door<Vec<u8>>, parts: &[&[u8]]) -> String {
        let mut door = door(Vec::new());
        for part in parts {
            door.write_all(part).unwrap();
        }
        door.close().unwrap();
        String::from_utf8(door.out).unwrap()
    }

    #[test]
    fn text_shows_what_was_meant_and_json_loses_nothing() {
        let raw = "a\x1b[31m\u{9b}b\u{202e}\u{e0041}\r\nc\rd";
        assert_eq!(through(Door::text, &[raw.as_bytes()]), "a␛[31m\u{fffd}b\u{fffd}\r\nc\nd");
        let json = serde_json::to_string(raw).unwrap();
        let written = through(Door::json, &[json.as_bytes()]);
        assert!(written.is_ascii(), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), raw);
    }

    proptest! {
        #[test]
        fn however_it_is_cut_the_same_comes_out_and_it_is_clean(
            raw in prop::collection::vec(prop_oneof![any::<u8>(), Just(0x9b), Just(b'\r'), Just(b'\n'), Just(0xc2)], 0..60),
            words in ".{0,20}",
            cut in any::<prop::sample::Index>(),
        ) {
            let all = [&raw[..], words.as_bytes()].concat();
            let (head, tail) = all.split_at(cut.index(all.len() + 1));
            for door in [Door::text as fn(Vec<u8>) -> Door<Vec<u8>>, Door::json] {
                let whole = through(door, &[&all]);
                prop_assert_eq!(&through(door, &[head, tail]), &whole);
                prop_assert!(is_clean(&whole.replace(['\r', '\n'], "")), "{:?}", whole);
            }
            let words = through(Door::text, &[words.as_bytes()]);
            prop_assert!(is_clean(&words.replace("\r\n", "")));
        }
    }
}
