//! The form in which an import leaves its process, and in which the cache keeps it.
//!
//! ```text
//! diptych-import 1 <xxh3 of what follows, 16 hex digits>\n
//! <JSON: the format and the warnings, or why there is no text>\n
//! <canonical Markdown>
//! ```
//!
//! Before it, a process that works may write lines `reading <done> <of>\n` and `alive\n`. Whoever reads this trusts nothing of it: the
//! Markdown goes through the importer of Markdown, and the warnings are cleaned again.

use std::io::{self, BufRead, Read as _, Write};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::import::format::Format;
use crate::import::to_markdown::to_markdown;
use crate::import::warning::{self, Warning};
use crate::import::{self, Imported};

const MARK: &str = "diptych-import 1 ";
const READING: &str = "reading ";
const ALIVE: &str = "alive";

/// Lines before the text itself are short; a longer one is none of ours.
const LONGEST_LINE: u64 = 64;

/// What an import came to: a text, or one line that says why there is none and what to do.
pub type Outcome = Result<Imported, String>;

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    format: Option<Format>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<(WarningKind, String)>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WarningKind {
    Told,
    Left,
    Fault,
    Moved,
}

/// Says how far an import is.
pub(super) fn write_reading(out: &mut impl Write, done: usize, of: usize) -> io::Result<()> {
    writeln!(out, "{READING}{done} {of}")
}

/// Says that an import is at work.
pub(super) fn write_alive(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{ALIVE}")
}

/// An import as bytes.
pub fn to_bytes(outcome: &Outcome) -> Vec<u8> {
    let (head, markdown) = match outcome {
        Ok(imported) => {
            let kind = |w: &Warning| match w.kind() {
                warning::WarningKind::Told => WarningKind::Told,
                warning::WarningKind::Left => WarningKind::Left,
                warning::WarningKind::Fault => WarningKind::Fault,
                warning::WarningKind::Moved => WarningKind::Moved,
            };
            let warnings = imported.warnings.iter().map(|w| (kind(w), w.as_str().to_owned())).collect();
            (Head { refused: None, format: Some(imported.format), warnings }, to_markdown(&imported.text))
        }
        Err(why) => (Head { refused: Some(why.clone()), format: None, warnings: Vec::new() }, String::new()),
    };
    // The head is strings and names: it has nothing that JSON could not say.
    let mut body = serde_json::to_vec(&head).unwrap_or_default();
    body.push(b'\n');
    body.extend_from_slice(markdown.as_bytes());
    let mut bytes = format!("{MARK}{:016x}\n", xxh3_64(&body)).into_bytes();
    bytes.extend_from_slice(&body);
    bytes
}

/// The import that these bytes are; `None` where they are damaged, or something else.
pub fn from_bytes(bytes: &[u8]) -> Option<Outcome> {
    let (line, body) = cut_line(bytes)?;
    let hash = u64::from_str_radix(std::str::from_utf8(line).ok()?.strip_prefix(MARK)?, 16).ok()?;
    if hash != xxh3_64(body) {
        return None;
    }
    let (head, markdown) = cut_line(body)?;
    let head: Head = serde_json::from_slice(head).ok()?;
    if let Some(why) = head.refused {
        return Some(Err(why));
    }
    let warnings = head.warnings.iter().map(|(kind, line)| match kind {
        WarningKind::Told => Warning::new(line),
        WarningKind::Left => Warning::left(line),
        WarningKind::Fault => Warning::fault(line),
        WarningKind::Moved => Warning::moved(line),
    });
    let text = import::of_markdown(std::str::from_utf8(markdown).ok()?);
    Some(Ok(Imported { text, warnings: warnings.collect(), format: head.format?, provisional: false }))
}

/// Reads what a process says while it works, then the bytes of its import, at most `limit` of them (and one, which says
/// that there were more). `alive` hears of each sign of life, and of the progress that it tells.
pub(super) fn read_all(
    from: &mut impl BufRead,
    limit: u64,
    mut alive: impl FnMut(Option<(usize, usize)>),
) -> io::Result<Vec<u8>> {
    loop {
        let mut bytes = Vec::new();
        from.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes)?;
        let line = std::str::from_utf8(&bytes).map_or("", str::trim_end);
        if line == ALIVE {
            alive(None);
            continue;
        }
        let Some((done, of)) = line.strip_prefix(READING).and_then(|line| line.split_once(' ')) else {
            from.take(limit.saturating_sub(bytes.len() as u64) + 1).read_to_end(&mut bytes)?;
            return Ok(bytes);
        };
        if let (Ok(done), Ok(of)) = (done.parse(), of.parse()) {
            alive(Some((done, of)));
        }
    }
}

fn cut_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = memchr::memchr(b'\n', bytes)?;
    Some((&bytes[..end], &bytes[end + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Hint;

    fn imported() -> Imported {
        let source = "# A title\n\nWords, and a note.[^1]\n\n- an item\n\n[^1]: The note.\n";
        let mut imported = import::import(source.as_bytes(), &Hint::named("a.md")).unwrap();
        imported.warnings = vec![Warning::new("joined 3 lines"), Warning::fault("2 pages have no text")];
        imported.format = Format::Pdf;
        imported
    }

    #[test]
    fn what_is_written_is_read() {
        for outcome in [Ok(imported()), Err("it is empty".to_owned())] {
            let bytes = to_bytes(&outcome);
            let (Some(Ok(mut read)), Ok(written)) = (from_bytes(&bytes), &outcome) else {
                assert_eq!(from_bytes(&bytes), Some(outcome));
                continue;
            };
            // The lines of the source are those of the Markdown.
            assert!(to_markdown(&read.text) == to_markdown(&written.text) && read.text.passage_count() == 2);
            read.text = written.text.clone();
            assert_eq!(read, *written);
        }
    }

    #[test]
    fn damage_is_seen() {
        let bytes = to_bytes(&Ok(imported()));
        for cut in 0..bytes.len() {
            assert_eq!(from_bytes(&bytes[..cut]), None, "cut at {cut}");
            let mut damaged = bytes.clone();
            damaged[cut] ^= 0x20;
            // A digit of the hash in capitals is the same digit.
            assert!(from_bytes(&damaged).is_none() || damaged[cut].is_ascii_hexdigit(), "damaged at {cut}");
        }
        assert_eq!(from_bytes(b""), None);
    }

    #[test]
    fn what_is_said_on_the_way_is_heard() {
        let mut said = Vec::new();
        let bytes = to_bytes(&Ok(imported()));
        let mut stream = Vec::new();
        for done in [1, 2, 120] {
            write_reading(&mut stream, done, 120).unwrap();
            write_alive(&mut stream).unwrap();
        }
        stream.extend_from_slice(&bytes);
        let read = read_all(&mut stream.as_slice(), 1 << 20, |told| said.push(told)).unwrap();
        let told = [Some((1, 120)), None, Some((2, 120)), None, Some((120, 120)), None];
        assert_eq!((read, said), (bytes.clone(), told.to_vec()));
        let short = read_all(&mut bytes.as_slice(), 100, |_| {}).unwrap();
        assert_eq!(short.len(), 101);
        for nonsense in [&b""[..], b"reading", b"reading x y\n", b"\xff\n\n", &[b'x'; 500]] {
            let read = read_all(&mut &nonsense[..], 1000, |_| panic!("nothing was said")).unwrap();
            assert_eq!(from_bytes(&read), None);
        }
    }
}
