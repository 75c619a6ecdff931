//! Footnotes: paragraphs that begin with a label in brackets which the text before them cites.

use std::collections::{HashMap, HashSet};

use crate::import::lines::Lines;
use crate::import::lines::draft::Draft;
use crate::import::lines::edit::Edits;
use crate::import::repair::page_notes::PageNote;

/// Marks the notes and gives their labels. Labels must count up from 1, each must be cited before its note in the text
/// as `[1]`, and no label may come twice: a text whose chapters each count from 1 keeps its notes as paragraphs.
pub(in crate::import) fn recognise(
    lines: &Lines<'_>,
    drafts: &mut [Draft],
    pages: &[PageNote],
) -> HashMap<Box<str>, u32> {
    let mut labels = HashMap::new();
    for draft in drafts.iter_mut() {
        let Some(line) = lines.all.get(draft.first as usize) else { continue };
        if let Some(note) = pages.iter().find(|n| n.start == line.start) {
            // Its number has not begun an item.
            draft.make_note();
            draft.label = Some(note.label.clone());
            draft.skip = note.skip;
            labels.insert(note.label.clone(), labels.len() as u32);
        }
    }
    let mut found: Vec<(usize, u32, usize)> = Vec::new();
    for (i, draft) in drafts.iter().enumerate() {
        if let Some((number, skip)) = opens_note(draft.first_line(lines)).filter(|_| draft.is_prose()) {
            found.push((i, number, skip));
        }
    }
    let counts_up = found.iter().enumerate().all(|(i, (_, n, _))| *n == i as u32 + 1);
    if found.is_empty() || !counts_up || !labels.is_empty() {
        return labels;
    }
    let first_note = lines.all[drafts[found[0].0].first as usize].start as usize;
    let begin = lines.all.first().map_or(0, |l| l.start as usize);
    let cites = labels_in(&lines.source[begin.min(first_note)..first_note]);
    if found.iter().filter(|(_, n, _)| cites.contains(n)).count() * 10 < found.len() * 8 {
        return labels;
    }
    let (first, last) = (found[0].0, found[found.len() - 1].0);
    // What stands between two notes goes on with the first of them.
    for draft in &mut drafts[first..=last] {
        draft.make_note();
    }
    for (i, number, skip) in found {
        let label: Box<str> = number.to_string().into();
        drafts[i].label = Some(label.clone());
        drafts[i].skip = skip as u16;
        labels.insert(label, number - 1);
    }
    labels
}

/// Marks the notes that programs write which turn pages into plain text: `^[1]` in a sentence, and a paragraph that begins
/// so, at the end of its chapter or of the text. The signs give way to those of notes.
pub(in crate::import) fn raised(lines: &Lines<'_>, drafts: &mut [Draft], edits: &mut Edits) -> HashMap<Box<str>, u32> {
    let mut labels = HashMap::new();
    let mut cited = HashSet::new();
    let mut found = Vec::new();
    for (i, draft) in drafts.iter().enumerate() {
        if draft.is_prose()
            && let Some((number, skip)) = draft.first_line(lines).strip_prefix('^').and_then(opens_note)
        {
            found.push((i, number, skip + 1));
        }
        let note = found.last().is_some_and(|(note, ..)| *note == i);
        let marks = (draft.first + u32::from(note)..draft.end).flat_map(|n| marks_in(lines, n as usize));
        cited.extend(marks.map(|(_, number)| number));
    }
    let mut once = HashSet::new();
    let known = found.iter().filter(|(_, number, _)| cited.contains(number)).count();
    if known == 0 || known * 10 < found.len() * 8 || !found.iter().all(|(_, number, _)| once.insert(*number)) {
        return labels;
    }
    for (i, number, skip) in found {
        let label: Box<str> = number.to_string().into();
        drafts[i].make_note();
        drafts[i].skip = skip as u16;
        labels.insert(label.clone(), labels.len() as u32);
        drafts[i].label = Some(label);
    }
    for draft in drafts.iter() {
        let begins = |n: u32| n == draft.first && draft.label.is_some();
        for n in (draft.first..draft.end).filter(|n| !begins(*n)) {
            for (at, _) in marks_in(lines, n as usize).into_iter().filter(|(_, number)| once.contains(number)) {
                let blank = lines.source[..at as usize].ends_with(' ') && at > lines.all[n as usize].start;
                edits.add(at - u32::from(blank), 1 + u32::from(blank), "");
            }
        }
    }
    labels
}

/// Where `^[1]` stands in a line, and which number.
fn marks_in(lines: &Lines<'_>, n: usize) -> Vec<(u32, u32)> {
    let (line, start) = (lines.str(n), lines.all[n].start);
    let mark = |at: usize| {
        let number = line[at + 2..].split_once(']').filter(|(label, _)| label.len() <= 4)?.0.parse().ok()?;
        Some((start + at as u32, number))
    };
    memchr::memmem::find_iter(line.as_bytes(), b"^[").filter_map(mark).collect()
}

/// The numbers that stand in brackets in a text.
fn labels_in(body: &str) -> HashSet<u32> {
    let label = |at: usize| {
        let inner = &body[at + 1..];
        inner[..inner.bytes().take(5).position(|b| b == b']')?].parse().ok()
    };
    memchr::memchr_iter(b'[', body.as_bytes()).filter_map(label).collect()
}

/// `[12]. `, `[12] `, `[12]: ` at the start of a note.
fn opens_note(line: &str) -> Option<(u32, usize)> {
    let inner = line.strip_prefix('[')?;
    let (label, rest) = inner.split_once(']')?;
    let number = label.parse().ok().filter(|n| *n < 10_000)?;
    let after = rest.strip_prefix(['.', ':']).unwrap_or(rest);
    let text = after.trim_start();
    (text.len() < after.len() && !text.is_empty()).then_some((number, line.len() - text.len()))
}
