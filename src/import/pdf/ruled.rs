//! Tables within rules: upright and level lines that meet are a grid, and what stands between them is a cell, whatever
//! lines it has. What the rules show is not guessed from the places of letters: neither columns nor rows.
//!
//! A grid is a table where letters keep to its cells, in two rows and two columns at least. Frames, drawings and forms of
//! mostly empty fields are none.

use std::collections::BTreeMap;

use super::piece::Piece;
use super::row::{Row, cluster, row};
use super::rules::Rule;
use super::table::join;
use crate::import::lines::marks;

/// Lines so near to each other are one, in points: a line is often drawn piece by piece.
const LEVEL: f32 = 1.5;

/// Lines that end so near to each other meet; and columns are no narrower.
const TOUCH: f32 = 3.0;
const NARROWEST: f32 = 6.0;

/// Shorter lines are none of a table.
const SHORTEST: f32 = 5.0;

/// Lines of a page that are compared with each other at most, upright ones times level ones.
const MOST_PAIRS: usize = 400_000;

/// A page of more grids than this is a drawing for the most part.
const MOST_GRIDS: usize = 200;

/// A cell of so many lines in a row where another is as long is a column of prose.
const PROSE: usize = 25;

/// Rows that no rules part are told by their lines where there are so many.
const FEWEST_LINES: usize = 3;

/// Tables of a sheet are numbered from here: those without rules have the smaller numbers.
const FIRST_NUMBER: u32 = 1_000;

/// Where in which table of its page a piece stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    grid: u16,
    row: u16,
    column: u16,
}

/// A line without its thickness: where it stands, and from where to where it goes.
#[derive(Debug, Clone, Copy)]
struct Line {
    at: f32,
    from: f32,
    to: f32,
}

impl Line {
    fn covers(&self, place: f32) -> bool {
        self.from - 1.0 <= place && place <= self.to + 1.0
    }
}

/// Lines that meet.
#[derive(Debug)]
pub(super) struct Grid {
    /// The edges of its columns from the left, and of its rows from the top down.
    xs: Vec<f32>,
    ys: Vec<f32>,
    upright: Vec<Line>,
    level: Vec<Line>,
}

/// The grids that the lines of a page make.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let lines = |upright: bool| {
        let own = rules.iter().filter(|rule| rule.is_upright() == upright);
        merged(own.map(|r| if upright { line(r.left, r.low, r.high) } else { line(r.low, r.left, r.right) }).collect())
    };
    let (upright, level) = (lines(true), lines(false));
    if upright.len() * level.len() > MOST_PAIRS {
        return Vec::new();
    }
    // Which lines meet, each with the least of those that it meets.
    let mut of: Vec<usize> = (0..upright.len() + level.len()).collect();
    for (i, up) in upright.iter().enumerate() {
        for (j, flat) in level.iter().enumerate() {
            let near = |place: f32, line: &Line| line.from - TOUCH <= place && place <= line.to + TOUCH;
            if near(flat.at, up) && near(up.at, flat) {
                let (a, b) = (root(&mut of, i), root(&mut of, upright.len() + j));
                of[a.max(b)] = a.min(b);
            }
        }
    }
    let mut parts: BTreeMap<usize, (Vec<Line>, Vec<Line>)> = BTreeMap::new();
    for n in 0..of.len() {
        let part = parts.entry(root(&mut of, n)).or_default();
        match n.checked_sub(upright.len()) {
            Some(j) => part.1.push(level[j]),
            None => part.0.push(upright[n]),
        }
    }
    parts.into_values().filter_map(|(upright, level)| Grid::of(upright, level)).take(MOST_GRIDS).collect()
}

fn line(at: f32, from: f32, to: f32) -> Line {
    Line { at, from, to }
}

fn root(of: &mut [usize], mut n: usize) -> usize {
    while of[n] != n {
        of[n] = of[of[n]];
        n = of[n];
    }
    n
}

/// Lines in one place whose ends meet, each as one.
fn merged(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out: Vec<Line> = Vec::new();
    for near in lines.chunk_by(|a, b| b.at - a.at < LEVEL) {
        let mut near = near.to_vec();
        near.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut whole: Option<Line> = None;
        for line in near {
            match &mut whole {
                Some(whole) if line.from <= whole.to + TOUCH => whole.to = whole.to.max(line.to),
                _ => out.extend(whole.replace(line)),
            }
        }
        out.extend(whole);
    }
    out.retain(|line| line.to - line.from >= SHORTEST);
    out
}

/// Places in rising order, those near to each other told once.
fn apart(mut places: Vec<f32>) -> Vec<f32> {
    places.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for place in places {
        if out.last().is_none_or(|last| place - last > NARROWEST) {
            out.push(place);
        }
    }
    out
}

impl Grid {
    fn of(upright: Vec<Line>, level: Vec<Line>) -> Option<Self> {
        if upright.is_empty() || level.len() < 2 {
            return None;
        }
        // A table that has no rule at its sides goes as far as its level rules.
        let ends =
            |lines: &[Line]| lines.iter().fold((f32::MAX, f32::MIN), |(from, to), l| (from.min(l.from), to.max(l.to)));
        let edges = |own: &[Line], other: &[Line]| {
            let (from, to) = ends(other);
            apart(own.iter().map(|l| l.at).chain([from, to]).collect())
        };
        let xs = edges(&upright, &level);
        let mut ys = edges(&level, &upright);
        ys.reverse();
        let most = usize::from(u16::MAX);
        (xs.len() > 2 && ys.len() > 1 && xs.len() < most && ys.len() < most).then_some(Self { xs, ys, upright, level })
    }

    /// The row and the column between whose edges a place is.
    fn cell(&self, x: f32, y: f32) -> Option<(usize, usize)> {
        let column = self.xs.partition_point(|edge| *edge <= x).checked_sub(1)?;
        let row = self.ys.partition_point(|edge| *edge >= y).checked_sub(1)?;
        (column + 1 < self.xs.len() && row + 1 < self.ys.len()).then_some((row, column))
    }

    /// Whether a rule parts a column from the one before it, at a height.
    fn parts_columns(&self, column: usize, y: f32) -> bool {
        let edge = self.xs[column];
        self.upright.iter().any(|line| (line.at - edge).abs() <= NARROWEST && line.covers(y))
    }

    /// Whether a rule parts a row from the one above it, in a place.
    fn parts_rows(&self, row: usize, x: f32) -> bool {
        let edge = self.ys[row];
        self.level.iter().any(|line| (line.at - edge).abs() <= NARROWEST && line.covers(x))
    }

    /// Whether an upright rule stands between two letters of one line.
    pub fn stands_between(&self, left: f32, right: f32, base: f32, size: f32) -> bool {
        let y = base + size * 0.3;
        self.upright.iter().any(|line| line.at > left - 0.5 && line.at < right + 0.5 && line.covers(y))
    }

    /// The cell of a piece; `None` where it is outside. The second value: whether it lies across a rule.
    fn cell_of(&self, piece: &Piece) -> Option<((usize, usize), bool)> {
        let (x, y) = (piece.middle(), piece.base + piece.size * 0.3);
        let (mut row, mut column) = self.cell(x, y)?;
        let crosses =
            self.upright.iter().any(|line| piece.left < line.at - 2.0 && piece.right > line.at + 2.0 && line.covers(y));
        // A cell that goes over several columns, or rows, begins in the first of them.
        while column > 0 && piece.left < self.xs[column] - 1.0 && !self.parts_columns(column, y) {
            column -= 1;
        }
        while row > 0 && !self.parts_rows(row, x) {
            row -= 1;
        }
        Some(((row, column), crosses))
    }
}

/// Tells the pieces of a page which cells of tables they are.
pub(super) fn settle(pieces: &mut [Piece], grids: &[Grid]) {
    for (number, grid) in (0..u16::MAX).zip(grids) {
        let free = |i: &usize| pieces[*i].cell.is_none();
        let own: Vec<(usize, (usize, usize), bool)> = (0..pieces.len())
            .filter(free)
            .filter_map(|i| grid.cell_of(&pieces[i]).map(|(cell, crosses)| (i, cell, crosses)))
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
    let columns: std::collections::BTreeSet<usize> = cells.keys().map(|(_, column)| *column).collect();
    let lines = |all: &Vec<usize>| cluster(pieces, all).len();
    let prose = |row: &BTreeMap<usize, &Vec<usize>>| row.values().filter(|all| lines(all) > PROSE).count() > 1;
    let several = rows.values().filter(|row| row.len() > 1).count();
    let parted: usize = rows.values().map(|row| parted(pieces, row, rows.len()).map_or(1, |lines| lines.len())).sum();
    columns.len() > 1
        && parted > 1
        && several * 2 >= rows.len()
        && cells.len() * 3 >= (grid.xs.len() - 1) * rows.len()
        && rows.len() * 3 >= grid.ys.len() - 1
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
            let all: std::collections::BTreeSet<usize> = cells.keys().map(|(_, column)| *column).collect();
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
