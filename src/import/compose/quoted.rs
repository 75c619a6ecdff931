//! Lines that a letter or a note quotes, each after a `>`, as mail has them.

use std::collections::HashMap;

use crate::import::lines::Lines;
use crate::import::lines::draft::Draft;
use crate::text::block::BlockKind;

/// Fewer lines after each other are a prompt, or a sign of less and more.
const FEWEST: usize = 2;

/// Deeper quotations are as deep as this.
const DEEPEST: u8 = 6;

/// Takes the signs off quoted lines; says of each such line, by its first byte, how deep it is quoted.
pub(super) fn unmark(lines: &mut Lines<'_>) -> HashMap<u32, u8> {
    let mut found = HashMap::new();
    if lines.print.is_some() || !lines.source.contains('>') {
        return found;
    }
    let marks: Vec<Option<(u8, usize)>> = (0..lines.all.len()).map(|i| mark(lines.str(i))).collect();
    let mut at = 0;
    let mut empty = Vec::new();
    while at < marks.len() {
        let end = at + marks[at..].iter().take_while(|m| m.is_some()).count();
        if end == at {
            at += 1;
            continue;
        }
        let run = at..end;
        at = end;
        // Three signs are a prompt of Python's, where no other line has one or two.
        let prompt = marks[run.clone()].iter().flatten().all(|(depth, _)| *depth >= 3);
        // What a program is told at its prompt has more signs than words.
        let (mut letters, mut all) = (0, 0);
        for c in run.clone().filter_map(|i| Some(lines.str(i).get(marks[i]?.1..)?.chars())).flatten() {
            all += 1;
            letters += usize::from(c.is_alphabetic() || c == ' ');
        }
        if run.len() < FEWEST || prompt || letters * 10 < all * 8 {
            continue;
        }
        let mut before = 0;
        for i in run {
            let Some((depth, length)) = marks[i] else { continue };
            let line = &mut lines.all[i];
            line.start += length as u32;
            line.indent = 0;
            if depth != before {
                line.gap = line.gap.max(1);
            }
            before = depth;
            if line.start >= line.end {
                empty.push(i);
                before = 0;
            } else {
                found.insert(line.start, depth.min(DEEPEST));
            }
        }
        if let Some(next) = lines.all.get_mut(end) {
            next.gap = next.gap.max(1);
        }
    }
    lines.drop_lines(|i| empty.binary_search(&i).is_ok());
    found
}

/// How deep a line is quoted, and how long its signs are.
fn mark(line: &str) -> Option<(u8, usize)> {
    let (mut depth, mut length) = (0u8, 0);
    while let Some(rest) = line[length..].strip_prefix('>') {
        depth = depth.saturating_add(1);
        length = line.len() - rest.strip_prefix(' ').unwrap_or(rest).len();
    }
    // An arrow or a number is no quotation.
    let says = !line[length..].starts_with(['=', '-', '<']);
    (depth > 0 && says).then_some((depth, length))
}

/// Makes quotations of the paragraphs of these lines.
pub(super) fn recognise(lines: &Lines<'_>, drafts: &mut [Draft], found: &HashMap<u32, u8>) {
    if found.is_empty() {
        return;
    }
    for draft in drafts {
        let Some(depth) = found.get(&lines.all[draft.first as usize].start) else { continue };
        draft.quoted = *depth;
        if draft.is_prose() {
            draft.kind = BlockKind::Quotation;
        }
    }
}
