//! A text as lines: ranges of its source, with what the page says about each.
//!
//! What a plain text and the pages of a PDF have in common. Repair ([`super::repair`]) works on lines: it drops them,
//! moves them, cuts them, and says how each joins the one before; what they become is told by [`super::compose`]. No
//! letter is copied until the text is made.

pub(super) mod draft;
pub(super) mod edit;
pub(super) mod list;
pub(super) mod marks;
pub(super) mod measure;
pub(super) mod names;
pub(super) mod print;
pub(super) mod width;

use memchr::memchr3;

use self::print::{Print, Setting};

/// How a line goes on from the line before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Join {
    /// The line begins a paragraph.
    Start,
    /// In the same paragraph, after a space.
    Space,
    /// In the same word: a hyphen between them was the printer's, or has been kept.
    Glue,
    /// In the same block, on a line of its own: verse.
    Break,
    /// In the same block, as a row of cells that stand below those of the line before.
    Row,
}

/// One line that is not blank.
#[derive(Debug, Clone, Copy)]
pub(in crate::import) struct Line {
    /// First byte in the source that is not white space.
    pub start: u32,
    /// First byte after the last that is not white space.
    pub end: u32,
    /// Its number in the file, from 1.
    pub number: u32,
    /// Cells of white space before it.
    pub indent: u16,
    /// Blank lines before it.
    pub gap: u8,
    /// Whether it is the first of a page.
    pub page: bool,
    pub join: Join,
}

/// The lines of a source.
#[derive(Debug, Clone)]
pub(in crate::import) struct Lines<'a> {
    pub source: &'a str,
    pub all: Vec<Line>,
    /// How they were set, where the file says so.
    pub print: Option<&'a Print>,
}

impl<'a> Lines<'a> {
    /// The lines from byte `body` on; `before` lines stand above it.
    pub(super) fn of(source: &'a str, body: usize, before: u32) -> Self {
        let bytes = source.as_bytes();
        let mut all = Vec::with_capacity((bytes.len() - body) / 64);
        let (mut at, mut number, mut gap, mut page) = (body, before, 0u8, false);
        while at < bytes.len() {
            let end = memchr3(b'\n', b'\r', 0xc, &bytes[at..]).map_or(bytes.len(), |e| at + e);
            number += 1;
            match trimmed(source, at, end) {
                Some((start, last, indent)) => {
                    let (start, end) = (start as u32, last as u32);
                    all.push(Line { start, end, number, indent, gap, page, join: Join::Start });
                    (gap, page) = (0, false);
                }
                // A line with nothing but a form feed is no blank line.
                None if bytes.get(end) != Some(&0xc) || end > at => gap = gap.saturating_add(1),
                None => {}
            }
            at = end + 1;
            match bytes.get(end) {
                Some(0xc) => {
                    page = true;
                    number -= 1;
                }
                Some(b'\r') if bytes.get(at) == Some(&b'\n') => at += 1,
                _ => {}
            }
        }
        Self { source, all, print: None }
    }

    /// How line `index` was set, where the file says so.
    pub(super) fn setting(&self, index: usize) -> Option<&'a Setting> {
        let number = self.all.get(index)?.number as usize;
        self.print?.settings.get(number.checked_sub(1)?)
    }

    /// The first lines, as many as hold `bytes` bytes.
    pub(super) fn first(&self, bytes: u32) -> &[Line] {
        let mut held = 0u32;
        let beyond = self.all.iter().position(|l| {
            held = held.saturating_add(l.end - l.start + 1);
            held > bytes
        });
        &self.all[..beyond.map_or(self.all.len(), |at| at.max(1))]
    }

    /// What line `index` says.
    pub(super) fn str(&self, index: usize) -> &'a str {
        self.all.get(index).map_or("", |l| self.of_line(l))
    }

    /// What a line says.
    pub(super) fn of_line(&self, line: &Line) -> &'a str {
        &self.source[line.start as usize..line.end as usize]
    }

    /// Drops the lines for which `gone` says so. What followed them keeps its distance from what came before them.
    pub(super) fn drop_lines(&mut self, gone: impl Fn(usize) -> bool) {
        let (mut gap, mut page, mut index) = (0u8, false, 0);
        self.all.retain_mut(|line| {
            let drop = gone(index);
            index += 1;
            if drop {
                gap = gap.max(line.gap);
                page |= line.page;
            } else {
                line.gap = line.gap.max(gap);
                line.page |= page;
                (gap, page) = (0, false);
            }
            !drop
        });
    }
}

/// The range of a line without the white space at its ends, and the cells before it; `None` where it is blank.
fn trimmed(source: &str, at: usize, end: usize) -> Option<(usize, usize, u16)> {
    let line = &source[at..end];
    let body = line.trim_start();
    if body.is_empty() {
        return None;
    }
    let lead = line.len() - body.len();
    let mut indent = 0u16;
    for c in line[..lead].chars() {
        indent = match c {
            '\t' => (indent / 8 + 1).saturating_mul(8),
            // A mark of byte order, or of direction, is not there.
            '\u{feff}' | '\u{200b}' => indent,
            _ => indent.saturating_add(1),
        };
    }
    Some((at + lead, at + lead + body.trim_end().len(), indent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_distance_their_page_and_their_number() {
        let lines = Lines::of("a\r\n\r\n  b c \rd\n\x0ce\n\n\x0c\n\tf", 0, 0);
        let said: Vec<_> = lines.all.iter().map(|l| (lines.of_line(l), l.number, l.indent, l.gap, l.page)).collect();
        assert_eq!(
            said,
            [
                ("a", 1, 0, 0, false),
                ("b c", 3, 2, 1, false),
                ("d", 4, 0, 0, false),
                ("e", 5, 0, 0, true),
                ("f", 8, 8, 2, true),
            ]
        );
    }

    #[test]
    fn dropping_lines_keeps_the_distance() {
        let mut lines = Lines::of("a\n\n7\n\x0cHEAD\nb\n", 0, 0);
        lines.drop_lines(|i| i == 1 || i == 2);
        let said: Vec<_> = lines.all.iter().map(|l| (lines.of_line(l), l.gap, l.page)).collect();
        assert_eq!(said, [("a", 0, false), ("b", 1, true)]);
    }
}
