//! The front matter of a note, entry by entry.
//!
//! It is YAML, but taken apart by lines first: each top-level `key:` with what is indented below it is an entry, read by
//! itself. So one entry that makes no sense spoils no other, and an edit replaces the bytes of one entry and leaves
//! comments, unknown keys and the reader's own layout as they are.

use std::ops::Range;

use serde::de::DeserializeOwned;

use crate::note::fault::Fault;

/// A front matter block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Front {
    /// The bytes between the fences.
    pub inner: Range<usize>,
    /// The first byte after the closing fence and its line break.
    pub end: usize,
    /// The entries, in their order.
    pub entries: Vec<Entry>,
}

/// One top-level key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The key, without quotes.
    pub key: String,
    /// The line it begins on, from 1.
    pub line: usize,
    /// Its bytes, whole lines, the last line break included.
    pub range: Range<usize>,
}

/// One line of the source: its number from 1, its bytes with the line break, and its words without.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'s> {
    pub number: usize,
    pub start: usize,
    pub end: usize,
    pub words: &'s str,
}

/// The lines of `source` from byte `from` on, which begins line `number`.
pub(super) fn lines(source: &str, from: usize, number: usize) -> impl Iterator<Item = Line<'_>> {
    let mut at = from;
    source[from..].split_inclusive('\n').zip(number..).map(move |(line, number)| {
        let start = at;
        at += line.len();
        Line { number, start, end: at, words: line.trim_end_matches(['\n', '\r']) }
    })
}

/// The front matter that `source` begins with; `None` where it begins with none. What is no entry is told and passed
/// over.
pub(super) fn read(source: &str, faults: &mut Vec<Fault>) -> Option<Front> {
    let begin = source.len() - source.trim_start_matches('\u{feff}').len();
    let mut all = lines(source, begin, 1);
    let open = all.next().filter(|line| line.words.trim_end() == "---")?;
    let mut entries: Vec<Entry> = Vec::new();
    let mut grows = false;
    for line in all {
        let words = line.words;
        if matches!(words.trim_end(), "---" | "...") {
            return Some(Front { inner: open.end..line.start, end: line.end, entries });
        }
        let is_blank = words.trim().is_empty() || words.starts_with('#');
        if let Some(key) = key_of(words) {
            entries.push(Entry { key, line: line.number, range: line.start..line.end });
            grows = true;
        } else if is_blank {
            // It belongs to the entry only where more of that follows.
        } else if words.starts_with([' ', '\t', '-', ']', '}']) && grows {
            if let Some(last) = entries.last_mut() {
                last.range.end = line.end;
            }
        } else {
            faults.push(Fault::new(line.number, "this is no `key: value`; it is left as it is"));
            grows = false;
        }
    }
    faults.clear();
    faults.push(Fault::new(1, "the front matter has no end; close it with a line of ---"));
    None
}

/// The key that a line begins with.
fn key_of(line: &str) -> Option<String> {
    let (key, rest) = match line.chars().next()? {
        quote @ ('"' | '\'') => {
            let (key, rest) = line[1..].split_once(quote)?;
            (key, rest.trim_start().strip_prefix(':')?)
        }
        c if c.is_alphanumeric() || c == '_' => line.split_once(':')?,
        _ => return None,
    };
    let ends = rest.is_empty() || rest.starts_with([' ', '\t']);
    (ends && !key.trim().is_empty()).then(|| key.trim().to_owned())
}

impl Front {
    /// The first entry of this key. Later ones are faults.
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.key == key)
    }

    /// Tells of keys that stand twice.
    pub(super) fn tell_twins(&self, faults: &mut Vec<Fault>) {
        for (i, entry) in self.entries.iter().enumerate() {
            if let Some(first) = self.entries[..i].iter().find(|e| e.key == entry.key) {
                let what = format!("`{}` stands here again; the one of line {} counts", entry.key, first.line);
                faults.push(Fault::new(entry.line, what));
            }
        }
    }
}

/// A piece of YAML as a value; where it is no YAML, a fault with its line. `line` is that of the piece's first line.
pub(super) fn value<T: DeserializeOwned>(yaml: &str, line: usize) -> Result<T, Fault> {
    serde_saphyr::from_str::<T>(yaml).map_err(|e| {
        let inside = e.location().map_or(1, |at| at.line().max(1) as usize);
        let said = e.without_snippet().to_string();
        let said = said.lines().next().unwrap_or("").trim().to_owned();
        Fault::new(line + inside - 1, format!("not understood: {said}"))
    })
}
