//! Footnotes: paragraphs that begin with a label in brackets which the text before them cites.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::import::lines::Lines;
use crate::import::lines::draft::Draft;
use crate::import::lines::edit::Edits;
use crate::import::repair::page_notes::PageNote;

/// A paragraph that begins as a note does.
#[derive(Debug, Clone, Copy)]
struct Opened {
    draft: usize,
    number: u32,
    skip: usize,
}

/// Marks the notes and gives their labels. Labels must count up from 1, in each chapter anew or through all of them, and
/// each must be cited as `[1]` in the text before its note, after the notes before it. Chapters that each count from 1
/// are counted through.
pub(in crate::import) fn recognise(
    lines: &Lines<'_>,
    drafts: &mut [Draft],
    pages: &[PageNote],
    edits: &mut Edits,
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
    let opens = |(draft, d): (usize, &Draft)| {
        let (number, skip) = opens_note(d.first_line(lines)).filter(|_| d.is_prose())?;
        Some(Opened { draft, number, skip })
    };
    let found: Vec<Opened> = drafts.iter().enumerate().filter_map(opens).collect();
    let Some(groups) = groups(lines, drafts, &found).filter(|_| labels.is_empty()) else { return labels };
    let anew = groups[1..].iter().any(|group| found[group.start].number == 1);
    let mut body = 0;
    let mut marks = Vec::new();
    for group in &groups {
        let (first, last) = (found[group.start].draft, found[group.end - 1].draft);
        let cites = cites_in(lines, &drafts[body..first]);
        let known = |number: u32| cites.iter().any(|cite| cite.number == number);
        if group.clone().filter(|n| known(found[*n].number)).count() * 10 < group.len() * 8 {
            return labels;
        }
        // Where chapters count anew, a number without its note would lead to that of another chapter.
        let own = found[group.start].number..=found[group.end - 1].number;
        if anew && cites.iter().any(|cite| !own.contains(&cite.number) && cite.number as usize <= found.len()) {
            return labels;
        }
        let within = cites_in(lines, &drafts[first..=last]).into_iter().filter(|cite| own.contains(&cite.number));
        let shift = group.start as u32 + 1 - found[group.start].number;
        marks.extend(cites.into_iter().chain(within).filter(|cite| own.contains(&cite.number)).map(|c| (c, shift)));
        body = last + 1;
    }
    for (cite, shift) in marks.iter().filter(|(_, shift)| *shift > 0) {
        edits.add(cite.start, cite.length, &(cite.number + shift).to_string());
    }
    for group in groups {
        // What stands between two notes goes on with the first of them.
        for draft in &mut drafts[found[group.start].draft..=found[group.end - 1].draft] {
            draft.make_note();
        }
    }
    for (n, opened) in found.iter().enumerate() {
        let label: Box<str> = (n + 1).to_string().into();
        drafts[opened.draft].label = Some(label.clone());
        drafts[opened.draft].skip = opened.skip as u16;
        labels.insert(label, n as u32);
    }
    labels
}

/// The notes that stand together: the text between two groups cites the first of the next. `None` where they are no notes.
fn groups(lines: &Lines<'_>, drafts: &[Draft], found: &[Opened]) -> Option<Vec<Range<usize>>> {
    found.first().filter(|first| first.number == 1)?;
    let mut starts = vec![0];
    for (n, pair) in found.windows(2).enumerate() {
        let (before, this) = (pair[0], pair[1]);
        let cited = || cites_in(lines, &drafts[before.draft + 1..this.draft]).iter().any(|c| c.number == this.number);
        match this.number {
            1 => starts.push(n + 1),
            number if number != before.number + 1 => return None,
            _ if cited() => starts.push(n + 1),
            _ => {}
        }
    }
    starts.push(found.len());
    Some(starts.windows(2).map(|w| w[0]..w[1]).collect())
}

/// A number in brackets: where its digits stand in the source.
#[derive(Debug, Clone, Copy)]
struct Cite {
    start: u32,
    length: u32,
    number: u32,
}

/// The numbers that stand in brackets in some paragraphs, but for those that begin them.
fn cites_in(lines: &Lines<'_>, drafts: &[Draft]) -> Vec<Cite> {
    let mut found = Vec::new();
    for draft in drafts {
        for i in draft.first..draft.end {
            let (line, start) = (lines.str(i as usize), lines.all[i as usize].start);
            let cite = |at: usize| {
                let inner = &line[at + 1..];
                let label = &inner[..inner.bytes().take(5).position(|b| b == b']')?];
                let number = label.parse().ok()?;
                Some(Cite { start: start + at as u32 + 1, length: label.len() as u32, number })
            };
            let begins = |at: &usize| i == draft.first && *at == 0;
            found.extend(memchr::memchr_iter(b'[', line.as_bytes()).filter(|at| !begins(at)).filter_map(cite));
        }
    }
    found
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

/// `[12]. `, `[12] `, `[12]: ` at the start of a note.
fn opens_note(line: &str) -> Option<(u32, usize)> {
    let inner = line.strip_prefix('[')?;
    let (label, rest) = inner.split_once(']')?;
    let number = label.parse().ok().filter(|n| *n < 10_000)?;
    let after = rest.strip_prefix(['.', ':']).unwrap_or(rest);
    let text = after.trim_start();
    (text.len() < after.len() && !text.is_empty()).then_some((number, line.len() - text.len()))
}
