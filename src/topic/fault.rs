//! Faults of a topics file: where, what, and what to do about it.

use std::fmt;

use crate::word::token::floor_boundary;

/// One thing wrong with a topics file. The rest of the file is used all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line of the file, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The field it is in, as `topic "soviets", the 3rd term`; empty where the file is no TOML there.
    pub field: String,
    /// What is wrong.
    pub what: String,
    /// What the reader can do about it.
    pub advice: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: ", self.line, self.column)?;
        if !self.field.is_empty() {
            write!(f, "{}: ", self.field)?;
        }
        f.write_str(&self.what)?;
        if self.advice.is_empty() { Ok(()) } else { write!(f, "; {}", self.advice) }
    }
}

/// 1st, 2nd, 3rd, 4th … 11th … 21st.
pub(crate) fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// How many faults of a file are listed; further ones are more of the same.
pub(crate) const MOST: usize = 500;

/// Where the lines of a file begin, to say of many places where they are.
#[derive(Debug, Default)]
pub(crate) struct LineStarts<'s> {
    source: &'s str,
    starts: Vec<usize>,
}

impl<'s> LineStarts<'s> {
    /// The lines of `source`.
    pub(crate) fn of(source: &'s str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', source.as_bytes()).map(|at| at + 1);
        Self { source, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// The line of byte `offset`, from 1.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        self.starts.partition_point(|start| *start <= offset) as u32
    }

    /// Line and column of byte `offset`, as [`line_column`] has them.
    pub(crate) fn at(&self, offset: usize) -> (u32, u32) {
        let offset = floor_boundary(self.source, offset);
        let line = self.line(offset);
        let start = self.starts.get(line as usize - 1).copied().unwrap_or_default();
        (line, self.source[start..offset].chars().count() as u32 + 1)
    }
}

/// Line and column (both from 1, the column in characters) of byte `offset` in `source`.
pub(crate) fn line_column(source: &str, offset: usize) -> (u32, u32) {
    let before = &source[..floor_boundary(source, offset)];
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    (before.matches('\n').count() as u32 + 1, before[start..].chars().count() as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_same_counted_at_once_or_one_by_one() {
        let source = "one\n\nthé\r\nlast";
        let lines = LineStarts::of(source);
        for offset in 0..=source.len() + 2 {
            assert_eq!(lines.at(offset), line_column(source, offset), "{offset}");
        }
    }

    #[test]
    fn numbers_are_counted_in_words() {
        let said: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 103, 111].map(ordinal).into();
        assert_eq!(said, ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "103rd", "111th"]);
    }
}
