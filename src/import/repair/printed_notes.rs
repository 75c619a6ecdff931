//! Footnotes of printed pages: in smaller type at the end of a page or a column, after a mark that the page has set high
//! in its text.

use std::collections::HashSet;
use std::ops::Range;

use super::furniture;
use super::page_notes::{PageNote, cited};
use crate::import::lines::print::Print;
use crate::import::lines::{Line, Lines};

/// Notes are set smaller than the text by at least this share.
const SMALLER: f32 = 0.94;

/// Takes the notes out of their pages: the notes, and the lines of each.
pub(super) fn take(lines: &mut Lines<'_>) -> (Vec<PageNote>, Vec<Vec<Line>>) {
    let mut notes: Vec<PageNote> = Vec::new();
    let mut moved: Vec<Vec<Line>> = Vec::new();
    let mut gone = HashSet::new();
    let Some(print) = lines.print else { return (notes, moved) };
    for page in furniture::pages(lines) {
        let mut marked = HashSet::new();
        for column in columns(lines, page.clone()) {
            let foot = foot_of(lines, column.clone());
            let mut at = foot.start;
            let opens: Vec<usize> = foot.clone().filter(|i| label(lines, print, *i).is_some()).collect();
            let first = opens.first().copied().unwrap_or(foot.end);
            // What stands before the first mark goes on with the last note of the page before.
            let goes_on = first > at && at > page.start && opens.len() + usize::from(moved.is_empty()) > 0;
            if goes_on
                && let Some(last) = moved.last_mut()
                && crate::import::lines::marks::continues_sentence(lines.str(at))
            {
                last.extend(rows(lines, at..first));
                gone.extend(at..first);
            }
            at = first;
            while at < foot.end {
                let end = opens.iter().copied().find(|i| *i > at).unwrap_or(foot.end);
                let Some((name, skip)) = label(lines, print, at) else { break };
                if let Some(mark) = mark_of(lines, print, page.start..at, name, &marked) {
                    marked.insert(mark.0);
                    let start = lines.all[at].start;
                    notes.push(PageNote { start, skip, label: name.into(), mark });
                    moved.push(rows(lines, at..end));
                    gone.extend(at..end);
                }
                at = end;
            }
        }
    }
    if !gone.is_empty() {
        lines.drop_lines(|i| gone.contains(&i));
    }
    (notes, moved)
}

/// The lines of a note, as a paragraph that nothing parts.
fn rows(lines: &Lines<'_>, range: Range<usize>) -> Vec<Line> {
    let mut rows = lines.all[range].to_vec();
    for (i, row) in rows.iter_mut().enumerate() {
        (row.gap, row.page) = (u8::from(i == 0), false);
    }
    rows
}

/// The columns of a page.
fn columns(lines: &Lines<'_>, page: Range<usize>) -> Vec<Range<usize>> {
    let heads = page.clone().filter(|i| *i > page.start && lines.setting(*i).is_some_and(|s| s.head));
    let mut starts: Vec<usize> = std::iter::once(page.start).chain(heads).collect();
    starts.push(page.end);
    starts.windows(2).map(|w| w[0]..w[1]).collect()
}

/// The lines in small type at the end of a column.
fn foot_of(lines: &Lines<'_>, column: Range<usize>) -> Range<usize> {
    let small = |i: &usize| lines.setting(*i).is_some_and(|s| s.size < SMALLER && !s.mono && !s.table);
    let count = column.clone().rev().take_while(small).count();
    column.end - count..column.end
}

/// The mark that a line opens with, and its length with what follows it: digits set high, digits before a blank, or a
/// star.
fn label<'a>(lines: &Lines<'a>, print: &Print, i: usize) -> Option<(&'a str, u16)> {
    let (line, start) = (lines.str(i), lines.all[i].start);
    let high = print.raised_at(start).map(|end| (end - start) as usize);
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let sign = line.chars().next().filter(|c| matches!(c, '*' | '†' | '‡' | '§')).map_or(0, char::len_utf8);
    let length = high.unwrap_or(if sign > 0 { sign } else { digits });
    let name = line.get(..length)?.trim();
    let counts = name.bytes().all(|b| b.is_ascii_digit()) && name.len() <= 3;
    let rest = line.get(length..)?;
    let after = rest.trim_start_matches(['.', ')', ' ']);
    // Some faces have small digits of their own, and the page does not set them high.
    let begins = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '‘' | '"' | '('));
    let spaced = begins || rest.starts_with([' ', '.', ')']) || high.is_some() || sign > 0;
    let says = !name.is_empty() && (counts || sign > 0 || high.is_some() && name.chars().count() <= 2);
    (says && spaced && !after.is_empty()).then_some((name, (line.len() - after.len()) as u16))
}

/// Where the page cites a label: set high, or else stuck to the end of a word.
fn mark_of(
    lines: &Lines<'_>,
    print: &Print,
    rows: Range<usize>,
    label: &str,
    marked: &HashSet<u32>,
) -> Option<(u32, u32)> {
    for i in rows.clone() {
        let line = &lines.all[i];
        let all = line.start..line.end;
        for high in &print.raised[Print::within(&print.raised, &all, Clone::clone)] {
            let said = &lines.source[high.start as usize..high.end as usize];
            if said.trim() == label && high.start > line.start && !marked.contains(&high.start) {
                return Some((high.start, high.end - high.start));
            }
        }
    }
    cited(lines, rows, label).filter(|mark| !marked.contains(&mark.0))
}
