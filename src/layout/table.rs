//! Tables: the cells of a row side by side, in columns that all rows of the table share, where the measure has room.

use super::cells;

/// Columns left free between two cells.
const APART: usize = 3;
/// A table longer than this, in bytes, is laid out as any other block: its columns would have to be sought too far away.
const LONGEST: usize = 8 << 10;

/// At which column each cell of a row begins, and how wide the whole is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// First column of each cell, from the left.
    pub starts: Vec<u16>,
    /// Columns from the first letter to the end of the longest row.
    pub width: u16,
}

/// The columns of `table`, whose cells are separated by tabs and its rows by line feeds. `None` for a table that is too
/// long or too wide to be set so.
pub fn columns(table: &str) -> Option<Columns> {
    if table.len() > LONGEST {
        return None;
    }
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
    let mut at = 0;
    let mut starts = Vec::with_capacity(widest.len());
    for width in &widest {
        starts.push(u16::try_from(at).ok()?);
        at += width + APART;
    }
    let width = u16::try_from(at.saturating_sub(APART)).ok()?;
    Some(Columns { starts, width })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let cases = [
            ("", (vec![], 0)),
            ("one", (vec![0], 3)),
            ("a\tbb\tc\nlonger\t\t日本", (vec![0, 9, 14], 18)),
            ("a\tb\nc", (vec![0, 4], 5)),
        ];
        for (table, (starts, width)) in cases {
            assert_eq!(columns(table), Some(Columns { starts, width }), "{table:?}");
        }
        assert_eq!(columns(&"x".repeat(LONGEST + 1)), None);
        assert_eq!(columns(&"x\t".repeat(LONGEST / 2)).map(|c| c.starts.len()), Some(LONGEST / 2 + 1));
    }
}
