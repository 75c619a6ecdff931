//! Two columns side by side, as a page's layout is kept by `pdftotext -layout`: cut along the gutter between them.

use std::ops::Range;

use super::furniture;
use crate::import::lines::marks;
use crate::import::lines::{Line, Lines};

/// Fewer lines than this on both sides of a gutter prove none.
const FEWEST: usize = 8;

/// Cuts pages of two columns, and says how many there were.
pub(super) fn split(lines: &mut Lines<'_>) -> usize {
    let pages = furniture::pages(lines);
    let mut gutters: Vec<Option<usize>> = pages.iter().map(|p| gutter_of(lines, p.clone(), true)).collect();
    let sure = gutters.iter().flatten().count();
    // One page with a table is no text in columns.
    if sure == 0 || sure * 10 < pages.len() * 3 {
        return 0;
    }
    for (page, gutter) in pages.iter().zip(&mut gutters).filter(|(_, g)| g.is_none()) {
        *gutter = gutter_of(lines, page.clone(), false);
    }
    let found = gutters.iter().flatten().count();
    let mut all = Vec::with_capacity(lines.all.len() * 2);
    for (page, gutter) in pages.into_iter().zip(gutters) {
        match gutter {
            Some(gutter) => cut(lines, page, gutter, &mut all),
            None => all.extend_from_slice(&lines.all[page]),
        }
    }
    lines.all = all;
    found
}

/// The cell of the gutter: the end of the widest upright band in which hardly any line has a letter. `strict` asks for
/// rows that have both columns.
fn gutter_of(lines: &Lines<'_>, page: Range<usize>, strict: bool) -> Option<usize> {
    let count = page.len();
    let mut ink: Vec<usize> = Vec::new();
    for i in page.clone() {
        let line = &lines.all[i];
        let mut spaces = 0;
        for (cell, c) in (usize::from(line.indent)..400).zip(lines.of_line(line).chars()) {
            spaces = if c == ' ' { spaces + 1 } else { 0 };
            // One space is a space between words; more are a gap.
            if spaces >= 2 {
                continue;
            }
            if ink.len() <= cell {
                ink.resize(cell + 1, 0);
            }
            ink[cell] += 1;
        }
    }
    let width = ink.len();
    if width < 40 {
        return None;
    }
    let few = count / 30;
    let middle = width * 3 / 10..width * 7 / 10;
    let mut best: Option<(usize, usize)> = None;
    let mut from = None;
    for cell in middle.clone() {
        if ink[cell] <= few {
            let start = *from.get_or_insert(cell);
            if best.is_none_or(|(length, _)| cell - start + 1 > length) {
                best = Some((cell - start + 1, start));
            }
        } else {
            from = None;
        }
    }
    let (length, start) = best.filter(|(length, _)| *length >= 2)?;
    let gutter = start + length - 1;
    let (mut left, mut right, mut both) = (0, 0, 0);
    for i in page.clone() {
        let line = &lines.all[i];
        let end = usize::from(line.indent) + lines.of_line(line).chars().count();
        let (l, r) = (usize::from(line.indent) < start, end > gutter + 4);
        left += usize::from(l);
        right += usize::from(r);
        both += usize::from(l && r);
    }
    // Where the columns' lines do not stand beside each other, few rows have both.
    let shared = if strict { both >= FEWEST && both * 10 >= count * 4 } else { left >= FEWEST && right >= FEWEST };
    (shared && is_prose_beside_prose(lines, page, start, gutter)).then_some(gutter)
}

/// Whether the lines on both sides of a gutter are filled as columns of prose are: a table's cells are as long as what is
/// in them.
fn is_prose_beside_prose(lines: &Lines<'_>, page: Range<usize>, start: usize, gutter: usize) -> bool {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in &lines.all[page] {
        let (indent, str) = (usize::from(line.indent), lines.of_line(line));
        let cut = |cell: usize| str.char_indices().nth(cell.saturating_sub(indent)).map_or(str.len(), |(at, _)| at);
        let (a, b) = if indent > gutter { ("", str) } else { (&str[..cut(start)], &str[cut(gutter)..]) };
        left.extend(Some(a.trim()).filter(|a| !a.is_empty()));
        right.extend(Some(b.trim()).filter(|b| !b.is_empty()));
    }
    is_filled(&left) && is_filled(&right)
}

/// Whether most rows of a column end where they do because the next word found no room, and sentences run over them.
fn is_filled(rows: &[&str]) -> bool {
    let mut widths: Vec<usize> = rows.iter().map(|r| r.chars().count()).collect();
    widths.sort_unstable();
    let Some(full) = widths.get(widths.len() * 9 / 10).copied() else { return false };
    let word = |row: &str| row.split(' ').next().map_or(0, |w| w.chars().count());
    let filled = rows.windows(2).filter(|w| w[0].chars().count() + 1 + word(w[1]) > full).count();
    let goes_on = rows.windows(2).filter(|w| !marks::ends_sentence(w[0]) && marks::continues_sentence(w[1])).count();
    let breaks = rows.len().saturating_sub(1);
    filled * 2 >= breaks && goes_on * 4 >= breaks
}

/// Adds the lines of the left column, then those of the right one. The first line of each counts as a page's.
fn cut(lines: &Lines<'_>, page: Range<usize>, gutter: usize, out: &mut Vec<Line>) {
    let mut right = Vec::new();
    let (mut left_gap, mut right_gap) = (0u8, 0u8);
    let mut left_first = true;
    // Which columns the next row is without, if rows alternate.
    let mut alternates: Option<(bool, bool)> = None;
    for i in page {
        let line = lines.all[i];
        left_gap = left_gap.saturating_add(line.gap);
        right_gap = right_gap.saturating_add(line.gap);
        let str = lines.of_line(&line);
        let lead = usize::from(line.indent);
        let at = str.char_indices().nth(gutter.saturating_sub(lead)).map_or(str.len(), |(at, _)| at);
        let at = if lead > gutter { 0 } else { at };
        // The band may be a cell off for this line: cut in its nearest gap.
        let at = str[..at].rfind("  ").filter(|gap| at - gap < 12).map_or(at, |gap| gap + 2);
        let (a, b) = (str[..at].trim_end(), str[at..].trim_start());
        // Where the columns' lines do not stand beside each other, each has a row to itself: that is no blank line.
        let blank = u8::from(alternates != Some((a.is_empty(), b.is_empty())));
        alternates = Some((b.is_empty(), a.is_empty())).filter(|(l, r)| *l || *r);
        if a.is_empty() {
            left_gap = left_gap.saturating_add(blank);
        } else {
            out.push(Line { end: line.start + a.len() as u32, gap: left_gap, page: left_first, ..line });
            (left_gap, left_first) = (0, false);
        }
        if b.is_empty() {
            right_gap = right_gap.saturating_add(blank);
        } else {
            let start = line.start + (str.len() - b.len()) as u32;
            let cells = lead + str[..str.len() - b.len()].chars().count();
            right.push(Line { start, gap: right_gap, page: right.is_empty(), indent: cells as u16, ..line });
            right_gap = 0;
        }
    }
    let margin = right.iter().map(|l| l.indent).min().unwrap_or(0);
    out.extend(right.into_iter().map(|l| Line { indent: l.indent - margin, ..l }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_one_after_the_other() {
        let left = [
            "The first column has",
            "lines of its own that",
            "go down the page and",
            "   do not care for",
            "what is beside them",
            "at all, because they",
            "are read first, all",
            "of them.",
            "And more.",
        ];
        let right = [
            "while the second",
            "stands to the right",
            "of them, and begins",
            "when the first has",
            "ended.",
            "  A new paragraph",
            "begins here, and is",
            "set in a little,",
            "as it should be.",
        ];
        let rows: Vec<String> = left.iter().zip(right).map(|(l, r)| format!("{l:28}{r}")).collect();
        let page = rows.join("\n");
        let mut lines = Lines::of(&page, 0, 0);
        assert_eq!(split(&mut lines), 1);
        let said: Vec<_> = lines.all.iter().map(|l| (lines.of_line(l), l.indent)).collect();
        let trimmed: Vec<_> =
            left.iter().chain(&right).map(|s| (s.trim(), (s.len() - s.trim_start().len()) as u16)).collect();
        assert_eq!(said, trimmed);
    }

    #[test]
    fn a_table_is_not_cut() {
        let row =
            |n: usize| format!("-rw-r--r--  1 1005  100   {:>9}  Feb {:>2}  1998 sack{n:02}.txt\n", n * 7919, n % 28);
        let listing: String = (1..30).map(row).collect();
        let words = ["a", "stood", "of", "household", "its"];
        let glossary: String = (0..30)
            .map(|n| format!("{:<30}{}\n", words[n % 5], "what it is said of, here and there ".repeat(1 + n % 3)))
            .collect();
        for source in [listing, glossary] {
            assert_eq!(split(&mut Lines::of(&source, 0, 0)), 0, "{source}");
        }
    }

    #[test]
    fn prose_is_not_cut() {
        let prose =
            "A line of prose that goes on and on without a gap\nand another one that has none in the same place, too\n"
                .repeat(10);
        let mut lines = Lines::of(&prose, 0, 0);
        assert_eq!(split(&mut lines), 0);
    }
}
