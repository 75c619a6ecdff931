//! A page as columns of rows, in the order in which they are read, and what stands at its head and foot.

use super::column;
use super::content::Page;
use super::piece::{Piece, pieces, space_of};
use super::row::{Row, cluster, row};

/// Rows at the head or the foot of a page that may be its furniture.
const EDGE: usize = 2;

/// A row is at the edge where so many times the usual distance parts it from the rest.
const APART: f32 = 1.3;

/// A page.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    /// Its number in the file, from 1.
    pub number: usize,
    pub columns: Vec<Column>,
    /// What stands apart at its head, and at its foot: perhaps a running head, perhaps text.
    pub head: Vec<Edge>,
    pub foot: Vec<Edge>,
}

/// Rows below each other.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    pub rows: Vec<Row>,
}

/// A row at the edge of a page, and the parts of it that a wide gap parts.
#[derive(Debug, Clone)]
pub(super) struct Edge {
    pub row: Row,
    pub parts: Vec<Row>,
}

impl Sheet {
    /// Sets a page's letters in rows and columns. `gutters` are those that pages before have proved; its own are added.
    pub fn of(number: usize, mut page: Page, gutters: &mut Vec<f32>) -> Self {
        let pieces = pieces(&mut page);
        let space = space_of(&page);
        let all: Vec<usize> = (0..pieces.len()).collect();
        let rows = cluster(&pieces, &all);
        let (from, to) = edges(&pieces, &rows);
        let edge = |all: &Vec<usize>| Edge {
            row: row(&page, &pieces, all, space),
            parts: parts(&pieces, all).iter().map(|part| row(&page, &pieces, part, space)).collect(),
        };
        let head = rows[..from].iter().map(edge).filter(|e| e.row.says()).collect();
        let foot = rows[to..].iter().map(edge).filter(|e| e.row.says()).collect();
        let body: Vec<usize> = rows[from..to].iter().flatten().copied().collect();
        for x in column::gutters(&pieces, &body) {
            gutters.retain(|g| (g - x).abs() > 4.0);
            gutters.insert(0, x);
            gutters.truncate(4);
        }
        let regions = column::regions(&pieces, body, gutters);
        let columns = regions.iter().map(|region| {
            let rows = cluster(&pieces, region).into_iter().map(|all| row(&page, &pieces, &all, space));
            Column { rows: rows.filter(Row::says).collect() }
        });
        Self { number, columns: columns.filter(|c| !c.rows.is_empty()).collect(), head, foot }
    }

    /// Puts an edge that is no furniture back: at the head it is a column of its own, at the foot it goes to the column
    /// that it stands under.
    pub fn put_back(&mut self, edge: Edge, at_head: bool) {
        if at_head {
            match self.columns.first_mut().filter(|c| c.rows.first().is_some_and(|r| spans(r, &edge.row))) {
                Some(column) => column.rows.insert(0, edge.row),
                None => self.columns.insert(0, Column { rows: vec![edge.row] }),
            }
            return;
        }
        let under = |part: &Row, c: &Column| {
            c.rows.last().is_some_and(|last| last.base > part.base)
                && c.rows.iter().any(|r| r.left < part.right && r.right > part.left)
        };
        let crossed = self.columns.iter().filter(|c| under(&edge.row, c)).count() > 1;
        let parts = if crossed && edge.parts.len() > 1 { edge.parts } else { vec![edge.row] };
        for part in parts {
            match self.columns.iter_mut().rev().find(|c| under(&part, c)) {
                Some(column) => column.rows.push(part),
                None => self.columns.push(Column { rows: vec![part] }),
            }
        }
    }

    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.columns.iter().flat_map(|c| &c.rows)
    }
}

/// Whether one row stands over the other in a column.
fn spans(below: &Row, above: &Row) -> bool {
    below.left < above.right
        && below.right > above.left
        && (below.right - below.left) > (above.right - above.left) * 0.9
}

/// The rows that are not at an edge.
fn edges(pieces: &[Piece], rows: &[Vec<usize>]) -> (usize, usize) {
    let base = |i: usize| {
        rows[i].iter().map(|p| &pieces[*p]).max_by(|a, b| a.width().total_cmp(&b.width())).map_or(0.0, |p| p.base)
    };
    let bases: Vec<f32> = (0..rows.len()).map(base).collect();
    let mut steps: Vec<f32> = bases.windows(2).map(|w| w[0] - w[1]).filter(|d| *d > 2.0).collect();
    steps.sort_by(f32::total_cmp);
    let mut sizes: Vec<f32> = pieces.iter().map(|p| p.size).collect();
    sizes.sort_by(f32::total_cmp);
    // The lines of two columns may stand between each other, but no line stands nearer to the next than its size.
    let least = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
    let usual = steps.get(steps.len() * 2 / 5).copied().unwrap_or(0.0).max(least);
    let apart = |i: usize| bases[i] - bases[i + 1] > usual * APART;
    let count = rows.len();
    if count < 2 {
        // A page of one row may be a page number.
        return if count == 1 { (0, 0) } else { (0, count) };
    }
    let from = (0..EDGE.min(count - 1)).rev().find(|i| apart(*i)).map_or(0, |i| i + 1);
    let to = (0..EDGE.min(count - 1 - from)).rev().find(|n| apart(count - 2 - n)).map_or(count, |n| count - 1 - n);
    (from, to.max(from))
}

/// The parts of a row between wide gaps.
fn parts(pieces: &[Piece], row: &[usize]) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut end = f32::MAX;
    for i in row {
        let piece = &pieces[*i];
        match out.last_mut().filter(|_| piece.left - end < piece.size * 0.8) {
            Some(part) => part.push(*i),
            None => out.push(vec![*i]),
        }
        end = piece.right;
    }
    out
}
