//! Notes that stand between the paragraphs of a text, each in brackets: `[Footnote 1: …]`, `[Fußnote 2: …]`, and are cited
//! before as `[1]`.
//!
//! The word is any, but one; what makes them notes is that the text cites them. Chapters may each count from the
//! beginning: then notes are counted through.

use std::collections::HashMap;

use crate::import::lines::Lines;
use crate::import::lines::draft::Draft;
use crate::import::lines::edit::Edits;
use crate::import::lines::marks::is_label;
use crate::text::block::BlockKind;

/// A note has at most so many paragraphs.
const LONGEST: usize = 40;

/// Bytes that a label has at most.
const LONGEST_LABEL: usize = 16;

/// A note in brackets.
struct Bracketed<'a> {
    /// Its paragraphs.
    drafts: std::ops::Range<usize>,
    word: &'a str,
    label: &'a str,
    skip: usize,
    /// Where the text cites it: the byte after the bracket.
    cited: Option<usize>,
}

/// Marks the notes, and gives their labels.
pub(super) fn recognise(lines: &Lines<'_>, drafts: &mut [Draft], edits: &mut Edits) -> HashMap<Box<str>, u32> {
    let mut found: Vec<Bracketed<'_>> = Vec::new();
    let mut at = 0;
    while at < drafts.len() {
        let note = bracketed(lines, drafts, at);
        at = note.as_ref().map_or(at + 1, |n| n.drafts.end);
        found.extend(note);
    }
    let mut words: HashMap<&str, usize> = HashMap::new();
    for note in &found {
        *words.entry(note.word).or_default() += 1;
    }
    let Some(word) = words.iter().max_by_key(|(word, count)| (**count, **word)).map(|(word, _)| *word) else {
        return HashMap::new();
    };
    found.retain(|note| note.word == word);
    cite(lines, drafts, &mut found);
    if found.iter().filter(|note| note.cited.is_some()).count() * 10 < found.len() * 8 {
        return HashMap::new();
    }
    let mut labels = HashMap::new();
    for (n, note) in found.iter().enumerate() {
        let label: Box<str> = (n + 1).to_string().into();
        if let Some(cited) = note.cited.filter(|_| *label != *note.label) {
            edits.add(cited as u32, note.label.len() as u32, &label);
        }
        for draft in &mut drafts[note.drafts.clone()] {
            draft.make_note();
        }
        let last = lines.all[drafts[note.drafts.end - 1].end as usize - 1].end;
        edits.add(last - 1, 1, "");
        drafts[note.drafts.start].skip = note.skip as u16;
        drafts[note.drafts.start].label = Some(label.clone());
        labels.insert(label, n as u32);
    }
    labels
}

/// The note that begins with a paragraph, to the bracket that closes it.
fn bracketed<'a>(lines: &Lines<'a>, drafts: &[Draft], at: usize) -> Option<Bracketed<'a>> {
    let draft = drafts.get(at).filter(|d| d.is_prose() || d.kind == BlockKind::Verse)?;
    let line = lines.str(draft.first as usize);
    let (word, rest) = line.strip_prefix('[')?.split_once(' ')?;
    let (label, said) = rest.split_once(':')?;
    if !is_label(label) || word.chars().count() < 3 || !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let mut depth = 0i32;
    for (n, draft) in drafts[at..].iter().enumerate().take(LONGEST) {
        let string = draft.string(lines);
        depth += string.matches('[').count() as i32 - string.matches(']').count() as i32;
        if depth <= 0 {
            let skip = line.len() - said.trim_start().len();
            let closed = depth == 0 && string.ends_with(']') && skip < line.len();
            return closed.then_some(Bracketed { drafts: at..at + n + 1, word, label, skip, cited: None });
        }
    }
    None
}

/// Finds where each note is cited: the last such label before it, and after the note of the same label before.
fn cite(lines: &Lines<'_>, drafts: &[Draft], found: &mut [Bracketed<'_>]) {
    // Where each label stands in brackets, looked for once.
    let mut marks: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in memchr::memchr_iter(b'[', lines.source.as_bytes()) {
        let rest = &lines.source[at + 1..];
        let label = rest[..rest.floor_char_boundary(LONGEST_LABEL + 1)].split_once(']');
        if let Some((label, _)) = label.filter(|(label, _)| is_label(label)) {
            marks.entry(label).or_default().push(at);
        }
    }
    let mut before: HashMap<&str, usize> = HashMap::new();
    let begin = lines.all.first().map_or(0, |l| l.start as usize);
    for note in found {
        let start = lines.all[drafts[note.drafts.start].first as usize].start as usize;
        let from = before.get(note.label).copied().unwrap_or(begin).min(start);
        let all = marks.get(note.label).map_or(&[][..], Vec::as_slice);
        // The label and its brackets stand before the note.
        let ends = all.partition_point(|at| at + note.label.len() + "[]".len() <= start);
        note.cited = all[..ends].last().filter(|at| **at >= from).map(|at| at + 1);
        before.insert(note.label, start);
    }
}
