//! Prose in columns of letters: wrapped by the reader's own layout, one text beside another.

use std::io::{self, Write};

use crate::layout::Flow;
use crate::layout::cells;
use crate::layout::cursor::Cursor;
use crate::text::block::{BlockKind, Marker};
use crate::text::{Builder, Place, Text};

/// Where two columns would be narrower than this, the right text stands below the left one.
const NARROWEST: u16 = 24;

/// What stands between two columns.
const RULE: &str = " │ ";

/// The rows of one block at `width` columns, its list marker included.
pub(crate) fn rows_of(text: &Text, block: usize, width: u16) -> Vec<String> {
    let Some(mut cursor) = Cursor::at(Flow::new(text, width), Place::new(block as u32, 0)) else { return Vec::new() };
    let mut rows = Vec::new();
    while cursor.row().block as usize == block {
        let row = cursor.row();
        if row.is_text() {
            let indent = usize::from(row.indent);
            let margin = if row.start == 0 { marker(text.blocks()[block].marker) } else { String::new() };
            let drawn: String = cells::cells(row.str(text)).map(|c| c.shown).collect();
            rows.push(format!("{margin:>indent$}{drawn}").trim_end().to_owned());
        }
        if !cursor.down() {
            break;
        }
    }
    rows
}

/// The rows of a string, as of a paragraph.
pub(crate) fn wrapped(string: &str, width: u16) -> Vec<String> {
    let mut builder = Builder::new();
    builder.begin(BlockKind::Paragraph, 0).push(string);
    rows_of(&builder.finish(), 0, width)
}

fn marker(marker: Marker) -> String {
    match marker {
        Marker::None => String::new(),
        Marker::Bullet => "• ".to_owned(),
        Marker::Number(n) => format!("{n}. "),
    }
}

/// The columns each of two texts has in `width`; `None` where they had better stand below each other.
pub(crate) fn halves(width: u16) -> Option<u16> {
    let half = width.saturating_sub(RULE.chars().count() as u16) / 2;
    (half >= NARROWEST).then_some(half)
}

/// Writes two lists of rows beside each other, each `half` columns wide.
pub(super) fn side_by_side(out: &mut dyn Write, half: u16, left: &[String], right: &[String]) -> io::Result<()> {
    for row in 0..left.len().max(right.len()) {
        let (left, right) = (left.get(row).map_or("", |r| r), right.get(row).map_or("", |r| r));
        let line = format!("{}{RULE}{right}", padded(left, usize::from(half)));
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// `s` with spaces after it up to `columns`.
pub(super) fn padded(s: &str, columns: usize) -> String {
    let missing = columns.saturating_sub(cells::width(s));
    format!("{s}{}", " ".repeat(missing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_keep_their_border_whatever_is_in_them() {
        let rows = |s: &str| wrapped(s, 24);
        let (left, right) = (rows("日本語 and a\tcafe\u{301} with words that wrap around"), rows("short"));
        let mut out = Vec::new();
        side_by_side(&mut out, 24, &left, &right).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert!(out.lines().count() >= 2);
        for line in out.lines() {
            let (before, _) = line.split_once('│').unwrap();
            assert_eq!(cells::width(before), 25, "{line}");
        }
    }

    #[test]
    fn two_columns_need_room() {
        assert_eq!(halves(80), Some(38));
        assert_eq!(halves(40), None);
    }
}
