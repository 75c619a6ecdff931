//! A page as columns of rows, in the order in which they are read.

use super::column;
use super::piece::Piece;
use super::row::{Row, cluster, row};
use super::structure;
use super::table;

/// A page.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    pub columns: Vec<Column>,
}

/// Rows below each other.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    pub rows: Vec<Row>,
}

impl Sheet {
    /// Sets a page's pieces in rows and columns, in the order that the structure of the document gives, else in the one
    /// that the page shows; `gutters` are those that the pages of the document prove, the commonest first.
    /// `typed`: whether most of the document is in letters of one width.
    /// `tables`: the rows that pieces stand for ([`super::ruled`]).
    pub(super) fn of(pieces: &[Piece], tables: &[Row], gutters: &[f32], typed: bool) -> Self {
        let seen = column::regions(pieces, (0..pieces.len()).collect(), gutters);
        let regions = structure::regions(pieces, seen.len()).unwrap_or(seen);
        let columns =
            regions.iter().map(|region| Column { rows: table::settle(&rows_of(pieces, region, tables), typed) });
        Self { columns: columns.filter(|c| !c.rows.is_empty()).collect() }
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.columns.iter().flat_map(|c| &c.rows)
    }
}

/// The rows of a region. A ruled table stands as a whole where its first row does; what stands beside it comes after it.
fn rows_of(pieces: &[Piece], region: &[usize], tables: &[Row]) -> Vec<Row> {
    let stands_for = |i: &usize| tables.get((pieces[*i].row as usize).wrapping_sub(1));
    let mut rows: Vec<Row> = Vec::new();
    for all in cluster(pieces, region) {
        let (set, free): (Vec<usize>, Vec<usize>) = all.into_iter().partition(|i| stands_for(i).is_some());
        for first in set.iter().filter_map(stands_for) {
            if rows.iter().any(|row| row.table == first.table) {
                continue;
            }
            let own = region.iter().filter_map(stands_for).filter(|row| row.table == first.table);
            let from = rows.len();
            rows.extend(own.cloned());
            rows[from..].sort_by(|a, b| b.base.total_cmp(&a.base));
        }
        if !free.is_empty() {
            rows.extend(Some(row(pieces, &free)).filter(Row::says));
        }
    }
    rows
}
