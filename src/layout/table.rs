//! Tables: the cells of a row side by side, in columns that all rows of the table share, where the measure has room.

use std::ops::Range;

use super::cells;
use super::wrap::wrap;

/// Columns left free between two cells.
const APART: usize = 3;
/// A table longer than this, in bytes, is laid out as any other block: its columns would have to be sought too far away.
const LONGEST: usize = 8 << 10;

/// At which column each cell of a row begins, and how wide the whole is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// First column of each cell, from the left.
    pub starts: Vec<u16>,
    /// How many columns each has.
    pub widths: Vec<u16>,
    /// Columns from the first letter to the end of the longest row.
    pub width: u16,
}

/// Columns under which a cell of a wide table is not set: its words would stand one below the other.
const NARROWEST: usize = 8;

/// The columns of `table`, whose cells are separated by tabs and its rows by line feeds, where there is `room`: each as
/// wide as its widest cell, or where that is too much, the widest ones as wide as there is room, so that their cells are
/// wrapped. `None` for a table that is too long, or has too many columns for the room.
pub fn columns(table: &str, room: u16) -> Option<Columns> {
    if table.len() > LONGEST {
        return None;
    }
    let mut widths = natural(table);
    let apart = APART * widths.len().saturating_sub(1);
    let room = usize::from(room).checked_sub(apart)?;
    while widths.iter().sum::<usize>() > room {
        // The widest give way first, evenly.
        let most = widths.iter().copied().max().unwrap_or(0);
        let next = widths.iter().copied().filter(|w| *w < most).max().unwrap_or(0).max(NARROWEST);
        let over = widths.iter().sum::<usize>() - room;
        let count = widths.iter().filter(|w| **w == most).count();
        let give = over.div_ceil(count).min(most.saturating_sub(next));
        if give == 0 {
            return None;
        }
        widths.iter_mut().filter(|w| **w == most).for_each(|w| *w -= give);
    }
    let mut at = 0;
    let mut starts = Vec::with_capacity(widths.len());
    for width in &widths {
        starts.push(u16::try_from(at).ok()?);
        at += width + APART;
    }
    let width = u16::try_from(at.saturating_sub(APART)).ok()?;
    Some(Columns { starts, widths: widths.into_iter().map(|w| w as u16).collect(), width })
}

/// The rows of each cell of a line of a table, as bytes of the line.
pub fn pieces(line: &str, columns: &Columns) -> Vec<Vec<Range<usize>>> {
    let mut at = 0;
    let mut cells = Vec::new();
    for (cell, width) in line.split('\t').zip(&columns.widths) {
        let rows = wrap(cell.trim_end(), *width);
        cells.push(rows.into_iter().map(|r| at + r.start..at + r.end).collect());
        at += cell.len() + 1;
    }
    cells
}

/// Where each row of a line of a table begins, as bytes of the line: its tallest cell says so for all.
pub(super) fn row_starts(line: &str, columns: &Columns) -> Vec<usize> {
    let cells = pieces(line, columns);
    let tallest = cells.iter().rev().max_by_key(|rows| rows.len());
    let below = tallest.into_iter().flatten().skip(1).map(|piece| piece.start);
    std::iter::once(0).chain(below).collect()
}

/// The line of a table that byte `at` is in.
pub(super) fn line_at(table: &str, at: usize) -> Range<usize> {
    let start = table[..at.min(table.len())].rfind('\n').map_or(0, |feed| feed + 1);
    start..table[start..].find('\n').map_or(table.len(), |feed| start + feed)
}

/// The widths of the widest cells.
fn natural(table: &str) -> Vec<usize> {
    let mut widest: Vec<usize> = Vec::new();
    for row in table.lines() {
        for (at, cell) in row.split('\t').enumerate() {
            let width = cells::width(cell.trim_end());
            match widest.get_mut(at) {
                Some(most) => *most = width.max(*most),
                None => widest.push(width),
            }
        }
    }
    widest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let cases = [
            ("", vec![], 0),
            ("one", vec![0], 3),
            ("a\tbb\tc\nlonger\t\t日本", vec![0, 9, 14], 18),
            ("a\tb\nc", vec![0, 4], 5),
        ];
        for (table, starts, width) in cases {
            let columns = columns(table, 200).unwrap();
            assert_eq!((columns.starts, columns.width), (starts, width), "{table:?}");
        }
        assert_eq!(columns(&"x".repeat(LONGEST + 1), u16::MAX), None);
    }

    #[test]
    fn a_table_that_is_too_wide_is_wrapped_within_its_cells() {
        let table = "no\ta cell of many words that go on\tand another one of many words\n1\tshort\tshort";
        let set = columns(table, 40).unwrap();
        assert!(set.width <= 40 && set.widths[0] == 2, "{set:?}");
        let line = line_at(table, 5);
        let cells = pieces(&table[line.clone()], &set);
        let shown = |cell: usize| cells[cell].iter().map(|r| table[r.clone()].trim_end()).collect::<Vec<_>>();
        assert_eq!(shown(0), ["no"]);
        assert_eq!(shown(1), ["a cell of many", "words that go on"]);
        assert_eq!(shown(2), ["and another one", "of many words"]);
        assert_eq!(row_starts(&table[line], &set), [0, 18]);
        assert_eq!(&table[line_at(table, table.len() - 1)], "1\tshort\tshort");
        assert_eq!(columns(&"long words in each\t".repeat(9), 40), None, "too many columns for the room");
    }
}
