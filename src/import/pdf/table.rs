//! Tables: rows whose cells stand below each other, with an upright strip between them that no letter crosses.
//!
//! What is no table: a list, whose first cells are its marks; contents, whose dots lead to a page; two columns of prose;
//! program text, which keeps its grid by itself. Where it is not plain, rows stay lines.

use super::cell_lines;
use super::row::{Cell, Row};
use crate::import::lines::list;
use crate::import::lines::marks;
use crate::import::repair::words;

/// How many rows of several cells a table has at least.
const FEWEST: usize = 3;

/// How near to each other rows stand, in sizes of their type.
const NEAR: f32 = 2.9;

/// How wide the strip between two columns is, in sizes of their type.
const STRIP: f32 = 0.8;

/// Edges that differ by less than this, in sizes of the type, stand below each other.
const LEVEL: f32 = 0.35;

/// Cells that are wider than this, in sizes of their type, are prose.
const PROSE: f32 = 14.0;

/// Words of one cell stand at most this far apart where it is filled to its edge, in sizes of their type.
const FILLED: f32 = 2.0;

/// Nor do words so far apart make a column that no other row has.
const NARROW: f32 = 1.3;

/// Rows of one cell that may follow each other below a first column.
const LABELS: usize = 1;

/// Columns, each with its left and right edge.
pub(super) type Columns = Vec<(f32, f32)>;

/// Sets the tables among rows that stand below each other: of each row one with a tab between its cells, and with the
/// number of its table. `typed`: whether most of the document is in letters of one width.
pub(super) fn settle(rows: &[Row], typed: bool) -> Vec<Row> {
    let mut out = Vec::with_capacity(rows.len());
    // Rows from `free` on are of no table yet.
    let (mut at, mut free, mut number) = (0, 0, 0);
    while at < rows.len() {
        let found = table(rows, at, typed).and_then(|(end, columns)| {
            let (from, whole) =
                cell_lines::rows(rows, at, end, free, &columns).unwrap_or_else(|| (at, rows[at..end].to_vec()));
            is_table(&whole, &columns).then_some((from, end, whole, columns))
        });
        if let Some((from, end, whole, columns)) = found {
            number += 1;
            out.truncate(out.len() - (at - from));
            out.extend(rows_of(&whole, &columns, number));
            (at, free) = (end, end);
        } else {
            out.push(rows[at].clone());
            at += 1;
        }
    }
    out
}

/// Where the table that may begin with row `from` ends, and its columns.
fn table(rows: &[Row], from: usize, typed: bool) -> Option<(usize, Columns)> {
    let first = rows.get(from).filter(|row| row.cells.len() > 1 && is_of_table(row, typed))?;
    let mut columns: Columns = Vec::new();
    add(&mut columns, first)?;
    let (mut end, mut labels) = (from + 1, 0);
    let mut kept = columns.clone();
    for i in from + 1..rows.len() {
        let (above, row) = (&rows[i - 1], &rows[i]);
        let distance = above.base - row.base;
        let near = distance > 0.0 && distance < above.size.max(row.size) * NEAR;
        if !near || !is_of_table(row, typed) || add(&mut columns, row).is_none() {
            break;
        }
        let below_first = row.cells.len() == 1 && row.cells[0].left < columns[0].1;
        labels = if below_first { labels + 1 } else { 0 };
        if labels > LABELS {
            break;
        }
        if !below_first {
            end = i + 1;
            kept.clone_from(&columns);
        }
    }
    Some((end, kept))
}

/// Leaders lead to a page, and program text has its own grid.
fn is_of_table(row: &Row, typed: bool) -> bool {
    let mono: usize = row.faces.iter().filter(|(_, face)| face.mono).map(|(range, _)| range.len()).sum();
    !row.cells.is_empty()
        && (typed || mono * 2 < row.text.len())
        && !row.text.contains("....")
        && !row.text.contains(". . .")
}

/// Adds the cells of a row to the columns; `None` where one of them would stand in two columns, or two in one.
fn add(columns: &mut Columns, row: &Row) -> Option<()> {
    let mut taken: Vec<usize> = Vec::with_capacity(row.cells.len());
    let mut wider = columns.clone();
    let mut before = None;
    for cell in &row.cells {
        let near = |most: f32| before.is_some_and(|before: f32| cell.left - before < row.size * most);
        let mut over = (0..wider.len()).filter(|n| cell.left < wider[*n].1 && cell.right > wider[*n].0);
        let at = match (over.next(), over.next()) {
            (Some(n), None) => {
                wider[n] = (wider[n].0.min(cell.left), wider[n].1.max(cell.right));
                n
            }
            (None, _) if !columns.is_empty() && near(NARROW) => {
                let n = taken[taken.len() - 1];
                wider[n].1 = wider[n].1.max(cell.right);
                n
            }
            (None, _) => {
                let n = wider.partition_point(|(left, _)| *left < cell.left);
                wider.insert(n, (cell.left, cell.right));
                taken.iter_mut().filter(|t| **t >= n).for_each(|t| *t += 1);
                n
            }
            _ => return None,
        };
        if taken.contains(&at) {
            // The words of a cell that is filled to its edge stand far apart.
            if taken.last() != Some(&at) || !near(FILLED) {
                return None;
            }
        } else {
            taken.push(at);
        }
        before = Some(cell.right);
    }
    let apart = wider.windows(2).all(|w| w[1].0 - w[0].1 > row.size * STRIP);
    apart.then(|| *columns = wider)
}

/// The column that a cell stands in.
pub(super) fn column_of(columns: &Columns, cell: &Cell) -> usize {
    columns.iter().position(|(left, right)| cell.left < *right && cell.right > *left).unwrap_or(0)
}

fn is_table(rows: &[Row], columns: &Columns) -> bool {
    let several = rows.iter().filter(|row| row.cells.len() > 1).count();
    // Below a head in bold type one row is a table.
    let headed =
        rows.len() > 1 && is_bold(&rows[0]) && !is_bold(&rows[1]) && rows[1].cells.len() == rows[0].cells.len();
    let fewest = if headed { 2 } else { FEWEST };
    if columns.len() < 2 || several < fewest || several * 2 < rows.len() {
        return false;
    }
    let of_column = |n: usize| -> Vec<(&Row, &Cell)> {
        let cells = rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell)));
        cells.filter(|(_, cell)| column_of(columns, cell) == n).collect()
    };
    let all: Vec<Vec<(&Row, &Cell)>> = (0..columns.len()).map(of_column).collect();
    if all.iter().filter(|cells| cells.len() * 2 >= rows.len()).count() < 2 {
        return false;
    }
    let size = rows[0].size;
    let aligned = all[1..].iter().filter(|cells| is_aligned(cells, size)).count();
    let wide = |cells: &Vec<(&Row, &Cell)>| {
        let mut widths: Vec<f32> = cells.iter().map(|(_, cell)| cell.right - cell.left).collect();
        widths.sort_by(f32::total_cmp);
        widths.get(widths.len() / 2).is_some_and(|width| *width > size * PROSE)
    };
    let marks = all[0].iter().filter(|(row, cell)| is_mark(&row.text[cell.range.clone()])).count();
    let listed = marks * 3 >= all[0].len() * 2 && columns.len() == 2;
    aligned * 2 >= columns.len() - 1 && !listed && all.iter().filter(|cells| wide(cells)).count() < 2
}

fn is_bold(row: &Row) -> bool {
    let bold: usize = row.faces.iter().filter(|(_, face)| face.bold).map(|(range, _)| range.len()).sum();
    bold * 10 >= row.text.len() * 9
}

/// Whether the cells of a column begin, or end, or have their middle below each other.
fn is_aligned(cells: &[(&Row, &Cell)], size: f32) -> bool {
    let level = |place: fn(&Cell) -> f32| {
        let mut places: Vec<f32> = cells.iter().map(|(_, cell)| place(cell)).collect();
        places.sort_by(f32::total_cmp);
        let middle = places[places.len() / 2];
        places.iter().filter(|p| (**p - middle).abs() < size * LEVEL).count() * 5 >= cells.len() * 3
    };
    cells.len() > 1 && (level(|c| c.left) || level(|c| c.right) || level(|c| f32::midpoint(c.left, c.right)))
}

/// Whether a cell is what a list, a bibliography or a section counts by.
fn is_mark(cell: &str) -> bool {
    let cell = cell.trim();
    let section = cell.len() < 10
        && cell.starts_with(|c: char| c.is_ascii_digit())
        && cell.contains('.')
        && cell.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let line = format!("{cell} x");
    section
        || list::opens(&line).is_some()
        || list::is_enumerated(&line)
        || cell.starts_with('[') && cell.ends_with(']')
        || cell.len() <= 2 && cell.bytes().all(|b| b.is_ascii_digit())
        || cell.chars().all(|c| !c.is_alphanumeric())
}

/// The rows of a table, each with as many cells. What goes on under a cell is put to it.
fn rows_of(rows: &[Row], columns: &Columns, number: u32) -> Vec<Row> {
    let mut grid: Vec<(&Row, Vec<String>)> = Vec::with_capacity(rows.len());
    for row in rows {
        let mut cells = vec![String::new(); columns.len()];
        for cell in &row.cells {
            let of_column = &mut cells[column_of(columns, cell)];
            of_column.push_str(if of_column.is_empty() { "" } else { " " });
            of_column.push_str(row.said(cell.range.clone()).trim());
        }
        if let Some((above, before)) = grid.last_mut() {
            let goes_on = |cell: &Cell| {
                let n = column_of(columns, cell);
                let wide = above.cells.iter().find(|c| column_of(columns, c) == n);
                let full = wide.is_some_and(|c| c.right - c.left > (columns[n].1 - columns[n].0) * 0.8);
                n > 0 && !before[n].is_empty() && (full || marks::continues_sentence(&cells[n]))
            };
            if !row.cells.is_empty() && row.cells.iter().all(goes_on) {
                for (before, cell) in before.iter_mut().zip(&cells).filter(|(_, cell)| !cell.is_empty()) {
                    join(before, cell);
                }
                continue;
            }
        }
        grid.push((row, cells));
    }
    let set = |(row, cells): (&Row, Vec<String>)| Row {
        text: cells.iter().map(|cell| cell.replace('\t', " ")).collect::<Vec<_>>().join("\t"),
        faces: Vec::new(),
        raised: Vec::new(),
        tight: Vec::new(),
        cells: Vec::new(),
        table: number,
        ..row.clone()
    };
    grid.into_iter().map(set).collect()
}

/// Adds the next line of a cell to it; a known word that the end of a line has cut is whole again.
pub(super) fn join(cell: &mut String, line: &str) {
    if cell.ends_with('-') {
        let letters = |c: char| !c.is_alphabetic();
        let left = cell.trim_end_matches('-').rsplit(letters).next().unwrap_or("");
        let right = line.split(letters).next().unwrap_or("");
        if marks::continues_sentence(line) && words::is_listed(&format!("{left}{right}").to_lowercase()) {
            cell.pop();
        }
    } else {
        cell.push(' ');
    }
    cell.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of cells, each with where it begins; a letter is half as wide as its size of 10.
    fn rows(all: &[&[(f32, &str)]]) -> Vec<Row> {
        let row = |(n, cells): (usize, &&[(f32, &str)])| {
            let mut row = Row { base: 700.0 - 12.0 * n as f32, size: 10.0, left: cells[0].0, ..Row::default() };
            for (left, said) in *cells {
                if !row.text.is_empty() {
                    row.text.push(' ');
                }
                let start = row.text.len();
                row.text.push_str(said);
                let right = left + 5.0 * said.len() as f32;
                row.cells.push(Cell { range: start..row.text.len(), left: *left, right });
                row.right = right;
            }
            row
        };
        all.iter().enumerate().map(row).collect()
    }

    fn said(all: &[&[(f32, &str)]]) -> Vec<String> {
        settle(&rows(all), false).into_iter().map(|row| row.text).collect()
    }

    #[test]
    fn rows_of_cells_that_stand_below_each_other_are_a_table() {
        let prices = said(&[
            &[(0.0, "Grain"), (100.0, "Price"), (160.0, "Sold by")],
            &[(0.0, "Wheat"), (110.0, "4s"), (160.0, "the sack, or what")],
            &[(160.0, "is left of it and some-")],
            &[(160.0, "thing more")],
            &[(0.0, "Oats"), (105.0, "12s"), (160.0, "the pound")],
        ]);
        assert_eq!(
            prices,
            [
                "Grain\tPrice\tSold by",
                "Wheat\t4s\tthe sack, or what is left of it and something more",
                "Oats\t12s\tthe pound"
            ]
        );
    }

    #[test]
    fn a_cell_of_no_width_breaks_no_table() {
        let found = said(&[
            &[(0.0, "Wheat"), (100.0, "4s"), (160.0, "")],
            &[(0.0, "Barley"), (100.0, "25s")],
            &[(0.0, "Oats"), (100.0, "12s")],
        ]);
        assert_eq!(found.len(), 3);
        assert!(found[1].starts_with("Barley\t25s"), "{found:?}");
    }

    #[test]
    fn lists_contents_and_prose_are_none() {
        let list: [&[(f32, &str)]; 3] = [
            &[(0.0, "1."), (20.0, "the mill")],
            &[(0.0, "2."), (20.0, "the road")],
            &[(0.0, "3."), (20.0, "the town")],
        ];
        let gaps: [&[(f32, &str)]; 3] = [
            &[(0.0, "and so it"), (60.0, "was said by all")],
            &[(0.0, "who had"), (52.0, "been at the mill")],
            &[(0.0, "that day and the next"), (120.0, "one")],
        ];
        let contents: [&[(f32, &str)]; 3] = [
            &[(0.0, "The mill ......"), (200.0, "1")],
            &[(0.0, "The road ....."), (200.0, "4")],
            &[(0.0, "The town ...."), (200.0, "9")],
        ];
        for rows in [list, gaps, contents] {
            assert!(said(&rows).iter().all(|row| !row.contains('\t')), "{rows:?}");
        }
    }
}
