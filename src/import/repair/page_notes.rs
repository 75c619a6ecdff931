//! Footnotes at the ends of pages: `1 https://…` under the text that cites it as `way:1`.

use std::collections::HashSet;

use super::furniture;
use crate::import::lines::edit::Edits;
use crate::import::lines::{Line, Lines};

/// A note that stood at the end of a page.
#[derive(Debug, Clone)]
pub(in crate::import) struct PageNote {
    /// Where its first line begins in the source.
    pub start: u32,
    /// Bytes of its label and the white space after it.
    pub skip: u16,
    pub label: Box<str>,
    /// Where the digits that cite it stand in the source.
    pub(super) mark: (u32, u32),
}

impl PageNote {
    /// Where the digits that cite it stand in the source.
    pub(crate) fn mark(&self) -> std::ops::Range<u32> {
        self.mark.0..self.mark.0 + self.mark.1
    }

    /// Sets the digits that cite the note in brackets.
    pub(super) fn set_mark(&self, edits: &mut Edits) {
        edits.add(self.mark.0, self.mark.1, &format!("[{}]", self.label));
    }
}

/// Takes the notes out of their pages: the notes, and the lines of each.
pub(super) fn take(lines: &mut Lines<'_>) -> (Vec<PageNote>, Vec<Vec<Line>>) {
    let pages = furniture::pages(lines);
    if pages.len() < 2 {
        return (Vec::new(), Vec::new());
    }
    let mut notes = Vec::new();
    let mut moved: Vec<Vec<Line>> = Vec::new();
    let mut gone = HashSet::new();
    for page in pages {
        let mut end = page.end;
        // The last blocks of the page, from below.
        while let Some(start) = (page.start + 1..end).rev().find(|i| lines.all[*i].gap > 0) {
            let Some((label, skip)) = opens_note(lines.str(start)) else { break };
            let Some(mark) = cited(lines, page.start..start, label) else { break };
            notes.push(PageNote { start: lines.all[start].start, skip: skip as u16, label: label.into(), mark });
            let mut rows = lines.all[start..end].to_vec();
            rows[0].gap = 1;
            rows[0].page = false;
            moved.push(rows);
            gone.extend(start..end);
            end = start;
        }
    }
    if !gone.is_empty() {
        lines.drop_lines(|i| gone.contains(&i));
    }
    (notes, moved)
}

/// Gives each note the number of its place among all, once the pages stand in order, orders the notes by it, and puts
/// their lines at the end.
pub(super) fn number(notes: &mut [PageNote], mut rows: Vec<Vec<Line>>, lines: &mut Lines<'_>) {
    if notes.is_empty() {
        return;
    }
    // The lines may have been moved: where each begins in the source, and where it stands now.
    let mut starts: Vec<(u32, usize)> = lines.all.iter().enumerate().map(|(i, l)| (l.start, i)).collect();
    starts.sort_unstable();
    let place = |mark: u32| starts[..starts.partition_point(|(s, _)| *s <= mark)].last().map_or(0, |(_, i)| *i);
    notes.sort_by_cached_key(|n| (place(n.mark.0), n.mark.0));
    for (i, note) in notes.iter_mut().enumerate() {
        note.label = (i + 1).to_string().into();
    }
    rows.sort_by_key(|r| notes.iter().position(|n| n.start == r[0].start));
    lines.all.extend(rows.into_iter().flatten());
}

/// `3 Text of the note`, and how many bytes its label takes.
fn opens_note(line: &str) -> Option<(&str, usize)> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let text = line[digits..].trim_start();
    let spaced = line[digits..].len() > text.len();
    let capital =
        text.starts_with("http") || text.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘' | '('));
    ((1..=3).contains(&digits) && spaced && capital).then_some((&line[..digits], line.len() - text.len()))
}

/// Where the page cites the label: digits that stick to the end of a word or to a mark.
pub(super) fn cited(lines: &Lines<'_>, rows: std::ops::Range<usize>, label: &str) -> Option<(u32, u32)> {
    for i in rows.rev() {
        let (line, start) = (lines.str(i), lines.all[i].start);
        for (at, _) in line.match_indices(label) {
            let before = line[..at].chars().next_back();
            let after = line[at + label.len()..].chars().next();
            let sticks = before.is_some_and(|c| {
                c.is_alphabetic() || matches!(c, '.' | ',' | ':' | ';' | '”' | '’' | '"' | ')' | '?' | '!')
            });
            let decimal = matches!(before, Some('.' | ',' | ':'))
                && line[..at].trim_end_matches(['.', ',', ':']).ends_with(|c: char| c.is_ascii_digit());
            if sticks && !decimal && after.is_none_or(|c| !c.is_alphanumeric()) {
                return Some((start + at as u32, label.len() as u32));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_taken_and_numbered_in_order() {
        let source = "He put it so:1 as\nall do.\n\n1 Where he did\n\x0cAs she2 says and\nI1 do.\n\n1 Mine\n\n2 Hers\n";
        let mut lines = Lines::of(source, 0, 0);
        let (mut notes, rows) = take(&mut lines);
        number(&mut notes, rows, &mut lines);
        let said: Vec<_> = lines.all.iter().map(|l| lines.of_line(l)).collect();
        assert_eq!(
            said,
            ["He put it so:1 as", "all do.", "As she2 says and", "I1 do.", "1 Where he did", "2 Hers", "1 Mine"]
        );
        let labels: Vec<_> = notes.iter().map(|n| &*n.label).collect();
        assert_eq!(labels, ["1", "2", "3"]);
    }
}
