//! Lines one after another, and how far they are set in.

use std::collections::HashSet;

use crate::import::looked::looked;
use crate::word::roman;

/// Items are counted up to here in Roman numerals; beyond are words (`mix`).
const GREATEST_ROMAN: u32 = 399;

/// A line that is set in further is set in by this much.
const DEEPEST: usize = 400;

/// After so many different ends that do not come none is looked for: there may be as many as there are lines.
const MOST_UNENDED: usize = 64;

/// The lines of a source.
pub(super) struct LineCursor<'s> {
    all: Vec<&'s str>,
    at: usize,
    /// The ends that were looked for and do not come any more.
    never: HashSet<String>,
}

impl<'s> LineCursor<'s> {
    pub(super) fn of(source: &'s str) -> Self {
        Self {
            all: source.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect(),
            at: 0,
            never: HashSet::new(),
        }
    }

    /// The next line.
    pub(super) fn peek(&self) -> Option<&'s str> {
        self.all.get(self.at).copied()
    }

    /// The line so many after the next one.
    pub(super) fn ahead(&self, by: usize) -> Option<&'s str> {
        self.all.get(self.at + by).copied()
    }

    pub(super) fn next(&mut self) -> Option<&'s str> {
        let line = self.peek()?;
        self.at += 1;
        Some(line)
    }

    /// The lines up to the first that `is_end`, which is passed over; nothing where there is none. `end` tells this end from
    /// others.
    pub(super) fn until(&mut self, end: &str, is_end: impl Fn(&str) -> bool) -> Option<Vec<&'s str>> {
        if self.never.contains(end) || self.never.len() >= MOST_UNENDED {
            return None;
        }
        let found = self.all[self.at..].iter().position(|line| is_end(line));
        looked(found.unwrap_or(self.all.len() - self.at));
        let Some(length) = found else {
            self.never.insert(end.to_owned());
            return None;
        };
        let found = self.all[self.at..self.at + length].to_vec();
        self.at += length + 1;
        Some(found)
    }

    /// The next lines as long as `goes_on`.
    pub(super) fn while_(&mut self, goes_on: impl Fn(&str) -> bool) -> Vec<&'s str> {
        let length = self.all[self.at..].iter().take_while(|line| goes_on(line)).count();
        self.at += length;
        self.all[self.at - length..self.at].to_vec()
    }
}

/// How far a line is set in; a tab reaches to the next multiple of eight.
pub(super) fn indent(line: &str) -> usize {
    let mut width = 0;
    for c in line.chars() {
        match c {
            ' ' => width += 1,
            '\t' => width = (width / 8 + 1) * 8,
            _ => break,
        }
    }
    width.min(DEEPEST)
}

/// A line without so much of its indentation.
pub(super) fn cut(line: &str, by: usize) -> &str {
    let mut width = 0;
    for (at, c) in line.char_indices() {
        if width >= by || !matches!(c, ' ' | '\t') {
            return &line[at..];
        }
        width = if c == ' ' { width + 1 } else { (width / 8 + 1) * 8 };
    }
    ""
}

/// Lines without what all of them are set in by.
pub(super) fn dedented<'s>(lines: &[&'s str]) -> Vec<&'s str> {
    let by = lines.iter().filter(|l| !l.trim().is_empty()).map(|l| indent(l)).min().unwrap_or(0);
    let all: Vec<&str> = lines.iter().map(|line| cut(line, by)).collect();
    let first = all.iter().position(|l| !l.is_empty()).unwrap_or(all.len());
    let last = all.iter().rposition(|l| !l.is_empty()).map_or(first, |at| at + 1);
    all[first..last].to_vec()
}

/// The number of an item: `3`, `c`, `iv`.
pub(super) fn number(written: &str) -> Option<u32> {
    if let Ok(number) = written.parse::<u32>() {
        return (written.len() < 9).then_some(number);
    }
    match written.as_bytes() {
        [b @ (b'a'..=b'h' | b'j'..=b'z')] => Some(u32::from(b - b'a') + 1),
        [b @ (b'A'..=b'H' | b'J'..=b'Z')] => Some(u32::from(b - b'A') + 1),
        _ => roman::number(written, GREATEST_ROMAN),
    }
}

/// A marker of an item at the beginning of a line: its number (nothing for a bullet), and how long it is with its blank.
pub(super) fn marker(line: &str, bullets: &[char]) -> Option<(Option<u32>, usize)> {
    let first = line.chars().next()?;
    let blank = |at: usize| {
        let rest = line.get(at..)?;
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        (blanks > 0 || rest.is_empty()).then_some(at + blanks)
    };
    if bullets.contains(&first) {
        return blank(first.len_utf8()).map(|length| (None, length));
    }
    let inner = line.strip_prefix('(').unwrap_or(line);
    let opened = line.len() - inner.len();
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let written = &inner[..length];
    let end = inner[length..].chars().next()?;
    let closes = if opened > 0 { end == ')' } else { matches!(end, '.' | ')') };
    let number = number(written).filter(|_| closes)?;
    blank(opened + length + 1).map(|length| (Some(number), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_of_items_have_numbers() {
        let cases = [
            ("- a", Some((None, 2))),
            ("-a", None),
            ("12. a", Some((Some(12), 4))),
            ("c) a", Some((Some(3), 3))),
            ("(iv)  a", Some((Some(4), 6))),
            ("iv. a", Some((Some(4), 4))),
            ("word. a", None),
            ("1917", None),
            ("3.", Some((Some(3), 2))),
        ];
        for (line, expected) in cases {
            assert_eq!(marker(line, &['-']), expected, "{line}");
        }
        assert_eq!(dedented(&["", "   a", "     b", ""]), ["a", "  b"]);
        assert_eq!(cut("\ta", 4), "a");
    }
}
