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
    pub fn of(pieces: &[Piece], gutters: &[f32], typed: bool) -> Self {
        let seen = column::regions(pieces, (0..pieces.len()).collect(), gutters);
        let regions = structure::regions(pieces, seen.len()).unwrap_or(seen);
        let columns = regions.iter().map(|region| {
            let rows = cluster(pieces, region).into_iter().map(|all| row(pieces, &all));
            Column { rows: table::settle(&rows.filter(Row::says).collect::<Vec<_>>(), typed) }
        });
        Self { columns: columns.filter(|c| !c.rows.is_empty()).collect() }
    }

    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.columns.iter().flat_map(|c| &c.rows)
    }
}
