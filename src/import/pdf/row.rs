//! Joins pieces into rows: what is on one base line, from left to right, with its spaces.

use std::ops::Range;

use super::font::Face;
use super::piece::{GAP, Piece, UNKNOWN, add_face, is_apart};

/// A line of a column.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub base: f32,
    /// Size of most of its letters.
    pub size: f32,
    /// Width of its first word.
    pub word: f32,
    /// Stretches of its text that are not in the plain face, in their order.
    pub faces: Vec<(Range<usize>, Face)>,
    /// Stretches that are set small and high: marks of notes, powers.
    pub raised: Vec<Range<usize>>,
    /// Where in its text letters stand apart, and yet too near for a space.
    pub tight: Vec<u32>,
    /// What stands far from each other in it.
    pub cells: Vec<Cell>,
    /// The number of its table, within its column; 0 where it is of none.
    pub table: u32,
    /// The number of the element of the document's structure that most of it belongs to; 0 where it is of none.
    pub element: u32,
}

/// A part of a row, with a wide gap on either side.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    /// In the row's text.
    pub range: Range<usize>,
    pub left: f32,
    pub right: f32,
}

impl Row {
    /// What stands in a stretch of it; raised digits after others are no part of their number.
    pub(super) fn said(&self, range: Range<usize>) -> String {
        const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
        let mut out = String::with_capacity(range.len());
        let mut number = false;
        for (at, c) in self.text.get(range.clone()).unwrap_or("").char_indices() {
            let raised = self.raised.iter().any(|r| r.contains(&(range.start + at)));
            if let Some(digit) = c.to_digit(10).filter(|_| raised && number) {
                out.push(RAISED[digit as usize]);
            } else {
                out.push(c);
                number = c.is_ascii_digit();
            }
        }
        out
    }

    /// Whether there is anything in it that can be read.
    pub(super) fn says(&self) -> bool {
        let unknown = self.text.contains(UNKNOWN);
        !self.text.trim().is_empty() && (!unknown || self.text.contains(char::is_alphanumeric))
    }
}

/// How far marks of notes and powers stand from the base line of their row at most, in sizes of their own type.
const HIGH: f32 = 0.95;

/// Below which share of the size of the type around it a piece is small: what is raised is set at eight ninths by some.
const SMALL: f32 = 0.9;

/// The pieces that stand on one base line each, from the top of the page down; each row from left to right.
pub(super) fn cluster(pieces: &[Piece], among: &[usize]) -> Vec<Vec<usize>> {
    let mut sorted = among.to_vec();
    sorted.sort_by(|a, b| pieces[*b].base.total_cmp(&pieces[*a].base));
    // A row's base line is that of its largest type.
    let mut rows: Vec<(f32, f32, Vec<usize>)> = Vec::new();
    for i in sorted {
        let piece = &pieces[i];
        let row = rows.iter_mut().rev().take(3).find(|(base, size, _)| {
            let (large, small) = (size.max(piece.size), size.min(piece.size));
            let reach = if small < large * SMALL { large * 0.55 } else { large * 0.4 };
            // A letter as high as several lines reaches over its neighbours; its own line is that of its base.
            (*base - piece.base).abs() < reach.min(small * HIGH)
        });
        match row {
            Some((base, size, all)) => {
                all.push(i);
                if piece.size > *size * 1.02 {
                    (*base, *size) = (piece.base, piece.size);
                }
            }
            None => rows.push((piece.base, piece.size, vec![i])),
        }
    }
    let left = |a: &usize, b: &usize| pieces[*a].left.total_cmp(&pieces[*b].left);
    rows.into_iter()
        .map(|(_, _, mut all)| {
            all.sort_by(left);
            all
        })
        .collect()
}

/// The row that some pieces make, which stand from left to right.
pub(super) fn row(pieces: &[Piece], all: &[usize]) -> Row {
    let weight = |p: &&Piece| (p.width() * 100.0) as i64;
    let of_row = || all.iter().map(|i| &pieces[*i]);
    let Some(main) = of_row().max_by_key(weight) else { return Row::default() };
    let mut row = Row {
        left: f32::MAX,
        right: f32::MIN,
        base: main.base,
        size: main.size,
        element: main.element,
        ..Row::default()
    };
    let mut word: Option<f32> = None;
    let mut before: Option<&Piece> = None;
    for piece in of_row() {
        let gap = piece.left - row.right;
        let spaced = before.is_some_and(|b| b.spaced.1 || piece.spaced.0) && gap > -piece.size * 0.3;
        if before.is_some() && (spaced || gap > piece.space * piece.size) {
            word.get_or_insert(row.right);
            row.text.push(' ');
        } else if before.is_some() && is_apart(gap, piece.size) {
            row.tight.push(row.text.len() as u32);
        }
        let start = row.text.len();
        row.text.push_str(&piece.text);
        row.tight.extend(piece.tight.iter().map(|at| at + start as u32));
        for (range, face) in &piece.faces {
            add_face(&mut row.faces, start + range.start..start + range.end, *face);
        }
        if let Some(end) = piece.word {
            word.get_or_insert(end);
        }
        match row.cells.last_mut().filter(|_| gap < piece.size.max(row.size) * GAP) {
            Some(cell) => (cell.range.end, cell.right) = (row.text.len(), cell.right.max(piece.right)),
            None => row.cells.push(Cell { range: start..row.text.len(), left: piece.left, right: piece.right }),
        }
        row.left = row.left.min(piece.left);
        row.right = row.right.max(piece.right);
        if piece.size < row.size * SMALL && piece.base > row.base + row.size * 0.12 {
            row.raised.push(start..row.text.len());
        }
        before = Some(piece);
    }
    row.word = word.unwrap_or(row.right) - row.left;
    row
}
