//! Tables: the cells of a row side by side, in columns that all rows of the table share, where the measure has room.

use std::ops::Range;

use super::cells;
use super::wrap::wrap;

/// How a table is set: under how many columns none of its cells is narrowed, and how many are left free between two. Where
/// there is no room for the first, the next: cells as wide as they are, then narrower ones, down to such in which words are
/// broken. A table that has no room then is none any more.
const SETTINGS: [(usize, usize); 9] =
    [(usize::MAX, 3), (usize::MAX, 2), (usize::MAX, 1), (8, 3), (8, 2), (8, 1), (6, 1), (4, 1), (3, 1)];
/// A table longer than this, in bytes, is laid out as any other block: its columns would have to be sought too far away.
const LONGEST: usize = 8 << 10;

/// At which column each cell of a row begins, and how wide the whole is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Columns {
    /// First column of each cell, from the left.
    pub starts: Vec<u16>,
    /// How many columns each has.
    pub widths: Vec<u16>,
    /// Columns from the first letter to the end of the longest row.
    pub width: u16,
}

/// The columns of `table`, whose cells are separated by tabs and its rows by line feeds, where there is `room`: each as
/// wide as its widest cell, or where that is too much, the widest ones as wide as there is room, so that their cells are
/// wrapped. `None` for a table that is too long, or has too many columns for the room.
pub(crate) fn columns(table: &str, room: u16) -> Option<Columns> {
    if table.len() > LONGEST {
        return None;
    }
    let (widths, room) = (natural(table), usize::from(room));
    SETTINGS.iter().find_map(|(narrowest, apart)| set(widths.clone(), room, *apart, *narrowest))
}

/// Columns of these widths at most, where there is `room`, so far apart.
fn set(mut widths: Vec<usize>, room: usize, apart: usize, narrowest: usize) -> Option<Columns> {
    let room = room.checked_sub(apart * widths.len().saturating_sub(1))?;
    while widths.iter().sum::<usize>() > room {
        // The widest give way first, evenly.
        let most = widths.iter().copied().max().unwrap_or(0);
        let next = widths.iter().copied().filter(|w| *w < most).max().unwrap_or(0).max(narrowest);
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
        at += width + apart;
    }
    let width = u16::try_from(at.saturating_sub(apart)).ok()?;
    Some(Columns { starts, widths: widths.into_iter().map(|w| w as u16).collect(), width })
}

/// The rows of each cell of a line of a table, as bytes of the line.
pub(crate) fn pieces(line: &str, columns: &Columns) -> Vec<Vec<Range<usize>>> {
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
        assert_eq!(columns(&"long words in each\t".repeat(12), 40), None, "too many columns for the room");
        // Four columns and more in half a terminal: narrower cells, nearer to each other.
        for (count, room) in [(4, 33), (5, 33), (6, 33), (7, 33), (4, 20)] {
            let set = columns(&vec!["a few long words in each"; count].join("\t"), room).unwrap();
            assert!(set.width <= room && set.starts.len() == count, "{count} in {room}: {set:?}");
        }
    }
}
