//! Tables within rules: what stands between the lines of a grid is a cell, whatever lines it has. What the rules show is not
//! guessed from the places of letters: neither columns nor rows.
//!
//! A grid is a table where letters keep to its cells, in two rows and two columns at least. Frames, drawings and forms of
//! mostly empty fields are none.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Grid, Place};
use super::piece::{Piece, UNKNOWN};
use super::row::{Row, cluster, row};
use super::table::join;
use crate::import::lines::marks;

/// A cell of so many lines in a row where another is as long is a column of prose.
const PROSE: usize = 25;

/// Rows that no rules part are told by their lines where there are so many.
const FEWEST_LINES: usize = 3;

/// Tables of a sheet are numbered from here: those without rules have the smaller numbers.
const FIRST_NUMBER: u32 = 1_000;

/// Tells the pieces of a page which cells of tables they are.
pub(super) fn settle(pieces: &mut [Piece], grids: &[Grid]) {
    for (number, grid) in (0..u16::MAX).zip(grids) {
        let free = |i: &usize| pieces[*i].cell.is_none();
        let own: Vec<(usize, (usize, usize), bool)> = (0..pieces.len())
            .filter(free)
            .filter_map(|i| {
                let p = &pieces[i];
                grid.cell_of(p.left, p.right, p.base, p.size).map(|(cell, crosses)| (i, cell, crosses))
            })
            .collect();
        let crossing = own.iter().filter(|(.., crosses)| *crosses).count();
        let mut cells: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (i, cell, _) in &own {
            cells.entry(*cell).or_default().push(*i);
        }
        if crossing * 20 > own.len() || !is_table(pieces, grid, &cells) {
            continue;
        }
        for ((row, column), all) in cells {
            let place = Place { grid: number, row: row as u16, column: column as u16 };
            for i in all {
                pieces[i].cell = Some(place);
            }
        }
    }
}

fn is_table(pieces: &[Piece], grid: &Grid, cells: &BTreeMap<(usize, usize), Vec<usize>>) -> bool {
    let rows = by_row(cells);
    let columns: BTreeSet<usize> = cells.keys().map(|(_, column)| *column).collect();
    let lines = |all: &Vec<usize>| cluster(pieces, all).len();
    let prose = |row: &BTreeMap<usize, &Vec<usize>>| row.values().filter(|all| lines(all) > PROSE).count() > 1;
    let several = rows.values().filter(|row| row.len() > 1).count();
    let parted: usize = rows.values().map(|row| parted(pieces, row, rows.len()).map_or(1, |lines| lines.len())).sum();
    // Notes of music stand between lines too.
    let signs = cells.values().filter(|all| all.iter().any(|i| pieces[*i].text.contains(UNKNOWN))).count();
    columns.len() > 1
        && signs * 3 < cells.len()
        && parted > 1
        && several * 2 >= rows.len()
        && cells.len() * 3 >= grid.extent().0 * rows.len()
        && rows.len() * 3 >= grid.extent().1
        && (parted > rows.len() || !rows.values().any(prose))
}

/// What stands in each column of each row.
fn by_row(cells: &BTreeMap<(usize, usize), Vec<usize>>) -> BTreeMap<usize, BTreeMap<usize, &Vec<usize>>> {
    let mut rows: BTreeMap<usize, BTreeMap<usize, &Vec<usize>>> = BTreeMap::new();
    for ((row, column), all) in cells {
        rows.entry(*row).or_default().insert(*column, all);
    }
    rows
}

/// The rows that stand between two rules of a table that has none between its rows: each is one line in nearly every
/// column. `None` where the lines are those of one row. `count`: into how many rows the rules part the table.
fn parted(
    pieces: &[Piece],
    row: &BTreeMap<usize, &Vec<usize>>,
    count: usize,
) -> Option<Vec<BTreeMap<usize, Vec<usize>>>> {
    const MOST_RULED: usize = 3;
    const MANY_COLUMNS: usize = 4;
    if count > MOST_RULED || row.len() < 2 {
        return None;
    }
    let all: Vec<usize> = row.values().flat_map(|all| all.iter().copied()).collect();
    let lines = cluster(pieces, &all);
    let of = |i: &usize| row.iter().find(|(_, own)| own.contains(i)).map_or(0, |(column, _)| *column);
    let parted: Vec<BTreeMap<usize, Vec<usize>>> = lines
        .iter()
        .map(|line| {
            let mut cells: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            for i in line {
                cells.entry(of(i)).or_default().push(*i);
            }
            cells
        })
        .collect();
    let full = parted.iter().filter(|cells| cells.len() == row.len()).count();
    let goes_on = |cells: &&BTreeMap<usize, Vec<usize>>| {
        cells.values().any(|all| all.first().is_some_and(|i| marks::continues_sentence(&pieces[*i].text)))
    };
    let going_on = parted.iter().skip(1).filter(goes_on).count();
    // Cells of one row have as many lines as each other in two or three columns by chance, in more they do not.
    let even = full == parted.len() && row.len() >= MANY_COLUMNS;
    let rows = even || full * 10 >= parted.len() * 7 && going_on * 3 < parted.len();
    (parted.len() >= FEWEST_LINES && rows).then_some(parted)
}

/// Takes the tables out of the pieces of a page: for each row of one a piece without letters stands in its place, which
/// names its row. The rows, too.
pub(super) fn set_apart(pieces: Vec<Piece>) -> (Vec<Piece>, Vec<Row>) {
    let mut grids: BTreeMap<u16, BTreeMap<(usize, usize), Vec<usize>>> = BTreeMap::new();
    for (i, piece) in pieces.iter().enumerate() {
        if let Some(place) = piece.cell {
            let cell = (usize::from(place.row), usize::from(place.column));
            grids.entry(place.grid).or_default().entry(cell).or_default().push(i);
        }
    }
    let (mut stand_ins, mut rows) = (Vec::new(), Vec::new());
    for (grid, cells) in &grids {
        let columns: Vec<usize> = {
            let all: BTreeSet<usize> = cells.keys().map(|(_, column)| *column).collect();
            all.into_iter().collect()
        };
        let all = || cells.values().flatten().map(|i| &pieces[*i]);
        let left = all().map(|p| p.left).fold(f32::MAX, f32::min);
        let right = all().map(|p| p.right).fold(f32::MIN, f32::max);
        let ruled = by_row(cells);
        for own in ruled.values() {
            let whole = || vec![own.iter().map(|(column, all)| (*column, (*all).clone())).collect()];
            for cells in parted(&pieces, own, ruled.len()).unwrap_or_else(whole) {
                let set = set(&pieces, &cells, &columns);
                let set = Row { left, right, table: FIRST_NUMBER + u32::from(*grid), ..set };
                rows.push(set);
                let row = &rows[rows.len() - 1];
                stand_ins.push(Piece {
                    left,
                    right,
                    base: row.base,
                    size: row.size,
                    element: row.element,
                    row: rows.len() as u32,
                    ..Piece::default()
                });
            }
        }
    }
    let mut kept: Vec<Piece> = pieces.into_iter().filter(|piece| piece.cell.is_none()).collect();
    kept.extend(stand_ins);
    (kept, rows)
}

/// A row of a table: its cells with a tab between them, each of its lines as one.
fn set(pieces: &[Piece], cells: &BTreeMap<usize, Vec<usize>>, columns: &[usize]) -> Row {
    let mut out = Row { base: f32::MIN, ..Row::default() };
    for (n, column) in columns.iter().enumerate() {
        let mut cell = String::new();
        for line in cells.get(column).map(|all| cluster(pieces, all)).unwrap_or_default() {
            let line = row(pieces, &line);
            let said = line.said(0..line.text.len()).trim().replace('\t', " ");
            if cell.is_empty() {
                cell = said;
            } else {
                join(&mut cell, &said);
            }
            if line.base > out.base {
                (out.base, out.size, out.element) = (line.base, line.size, line.element);
            }
        }
        if n > 0 {
            out.text.push('\t');
        }
        out.text.push_str(&cell);
    }
    out
}
