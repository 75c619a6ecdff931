//! A table's string, from the signs before its rows and cells to rows of as many cells each.

use super::shape::{CELL, ROW};
use super::{ContainerId, Kind, Marked, Piece};

/// A cell of a table has no more letters than this; what has more is a layout.
const LONGEST_CELL: usize = 800;

/// The pieces of a table: what stood before its first row, as a paragraph, and its rows. Rows without letters are left
/// out; short ones are filled with empty cells.
pub(in crate::import) fn squared(piece: &Piece) -> Vec<Piece> {
    let (caption, grid) = parts(&piece.string);
    let columns = grid.iter().map(Vec::len).max().unwrap_or(0);
    let mut string = String::with_capacity(piece.string.len());
    // Each cell: where it was, and where it is.
    let mut moved = Vec::new();
    for row in &grid {
        if !string.is_empty() {
            string.push('\n');
        }
        for column in 0..columns {
            if column > 0 {
                string.push('\t');
            }
            if let Some((at, letters)) = row.get(column) {
                moved.push((*at, string.len(), letters.len()));
                string.push_str(letters);
            }
        }
    }
    let marks = piece.marks.iter().filter_map(|m| {
        let (from, to, length) = *moved[..moved.partition_point(|(from, ..)| *from <= m.range.start)].last()?;
        let range = m.range.start - from + to..m.range.end.min(from + length).checked_sub(from)? + to;
        (!range.is_empty()).then(|| Marked { mark: m.mark.clone(), range })
    });
    let table = Piece { kind: Kind::Table, within: piece.within, marks: marks.collect(), string };
    let mut pieces = Vec::new();
    if !caption.is_empty() {
        pieces.push(Piece { kind: Kind::Prose, within: piece.within, string: caption.to_owned(), marks: Vec::new() });
    }
    if columns > 0 {
        pieces.push(table);
    }
    pieces
}

/// One table of the pieces of each cell of each row, or the pieces themselves where they only lay out a page.
pub(in crate::import) fn of_cells(rows: Vec<Vec<Vec<Piece>>>, within: ContainerId) -> Vec<Piece> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let data = |cell: &Vec<Piece>| {
        cell.len() <= 3
            && cell.iter().map(|p| p.string.len()).sum::<usize>() <= LONGEST_CELL
            && cell.iter().all(|p| matches!(p.kind, Kind::Prose))
    };
    if columns < 2 || rows.len() < 2 || !rows.iter().flatten().all(data) {
        return rows.into_iter().flatten().flatten().collect();
    }
    let mut whole = Piece { kind: Kind::Table, within, string: String::new(), marks: Vec::new() };
    for row in rows {
        whole.string.push(ROW);
        for cell in row {
            whole.string.push(CELL);
            for (n, piece) in cell.into_iter().enumerate() {
                if n > 0 {
                    whole.string.push(' ');
                }
                let at = whole.string.len();
                whole.string.push_str(&piece.string.replace(['\n', '\t'], " "));
                whole.marks.extend(piece.marks.into_iter().map(|mut m| {
                    m.range = m.range.start + at..m.range.end + at;
                    m
                }));
            }
        }
    }
    squared(&whole)
}

type Cell<'s> = (usize, &'s str);

/// What stands before the first row, and the cells of each row with their places.
fn parts(string: &str) -> (&str, Vec<Vec<Cell<'_>>>) {
    let mut rows = string.split(ROW);
    let first = rows.next().unwrap_or("");
    let (caption, rest) = first.split_once(CELL).map_or((first, None), |(c, _)| (c, Some(c.len())));
    let mut grid = Vec::new();
    if let Some(from) = rest {
        grid.push(cells(&first[from..], from));
    }
    let mut at = first.len() + 1;
    for row in rows {
        grid.push(cells(row, at));
        at += row.len() + 1;
    }
    grid.retain(|row| row.iter().any(|(_, letters)| !letters.is_empty()));
    (caption.trim(), grid)
}

/// The cells of a row that begins at `from`, trimmed, with their places.
fn cells(row: &str, from: usize) -> Vec<Cell<'_>> {
    let mut at = from;
    let mut found = Vec::new();
    for (n, cell) in row.split(CELL).enumerate() {
        let lead = cell.len() - cell.trim_start().len();
        // What stands between a row and its first cell is a cell too, if there is something.
        if n > 0 || !cell.trim().is_empty() {
            found.push((at + lead, cell.trim()));
        }
        at += cell.len() + 1;
    }
    found
}
