//! A page as columns of rows, in the order in which they are read.

use super::column;
use super::piece::Piece;
use super::row::{Row, cluster, row};

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
    /// Sets a page's pieces in rows and columns; `gutters` are those that the pages of the document prove, the commonest
    /// first.
    pub fn of(pieces: &[Piece], gutters: &[f32]) -> Self {
        let regions = column::regions(pieces, (0..pieces.len()).collect(), gutters);
        let columns = regions.iter().map(|region| {
            let rows = cluster(pieces, region).into_iter().map(|all| row(pieces, &all));
            Column { rows: rows.filter(Row::says).collect() }
        });
        Self { columns: columns.filter(|c| !c.rows.is_empty()).collect() }
    }

    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.columns.iter().flat_map(|c| &c.rows)
    }
}
