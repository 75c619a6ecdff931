//! Rows: one line of a block at a width, and the white space that sets blocks apart.

use std::ops::Range;

use super::cells::cells;
use super::table::{columns, line_at, pieces};
use crate::text::Text;
use crate::text::block::{Block, BlockKind, Marker};

/// One row of a text at a width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Index of the block it belongs to.
    pub block: u32,
    /// What it shows of the block.
    pub kind: RowKind,
    /// First byte within the block.
    pub start: u32,
    /// First byte after it within the block; white space at the row's end is not drawn.
    pub end: u32,
    /// Columns left free before it.
    pub indent: u16,
    /// Where it is one of a table whose cells stand in columns.
    pub table: Option<InTable>,
}

/// A row of a table whose cells stand in the columns of [`super::table::columns`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InTable {
    /// The room for all columns.
    pub room: u16,
    /// Which row it is of those that the line of the table takes, from 0.
    pub nth: u16,
}

/// What a row shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// A blank row before a block; the number counts down to 1 next to the block.
    Gap(u8),
    /// The first row of a block: a list item's marker stands before it.
    First,
    /// Any later row of a block.
    Rest,
}

impl Row {
    /// Whether the row has letters (a gap has none).
    pub fn is_text(&self) -> bool {
        !matches!(self.kind, RowKind::Gap(_))
    }

    /// The row's string, without the white space at its end.
    pub fn str<'t>(&self, text: &'t Text) -> &'t str {
        text.block_str(self.block as usize)[self.start as usize..self.end as usize].trim_end()
    }
}

impl Row {
    /// The byte of the block that is drawn at a column of the row, counted from where rows begin without indentation:
    /// the first or the last where the column is before or after the row's letters.
    pub fn offset_at(&self, text: &Text, column: u16) -> u32 {
        let column = column.saturating_sub(self.indent);
        let pieces = self.pieces(text);
        let near = pieces.iter().rev().find(|(from, _)| *from <= column).or(pieces.first());
        let Some((from, range)) = near else { return self.start };
        let string = &text.block_str(self.block as usize)[range.clone()];
        let mut at = *from;
        for drawn in cells(string) {
            at += drawn.width;
            if at > column {
                return (range.start + drawn.at) as u32;
            }
        }
        range.end as u32
    }

    /// What is drawn of the row: columns from where rows begin, its indentation not counted, and bytes of its block.
    pub fn pieces(&self, text: &Text) -> Vec<(u16, Range<usize>)> {
        let block = text.block_str(self.block as usize);
        let start = self.start as usize;
        let Some(table) = self.table else { return vec![(0, start..start + self.str(text).len())] };
        let Some(columns) = columns(block, table.room) else { return Vec::new() };
        let line = line_at(block, start);
        let of_row =
            pieces(&block[line.clone()], &columns).into_iter().zip(columns.starts).filter_map(|(rows, column)| {
                let piece = rows.get(usize::from(table.nth))?;
                let shown = block[line.start + piece.start..line.start + piece.end].trim_end();
                Some((column, line.start + piece.start..line.start + piece.start + shown.len()))
            });
        of_row.collect()
    }

    /// The bytes of the block that the row draws some of: those of its line where it is of a table.
    pub fn drawn_from(&self, text: &Text) -> Range<usize> {
        match self.table {
            None => self.start as usize..self.end as usize,
            Some(_) => line_at(text.block_str(self.block as usize), self.start as usize),
        }
    }
}

/// How many blank rows stand before block `index`.
pub fn gap_before(text: &Text, index: usize) -> u8 {
    let blocks = text.blocks();
    let (Some(before), Some(here)) = (index.checked_sub(1).and_then(|i| blocks.get(i)), blocks.get(index)) else {
        return 0;
    };
    let long_items = |b: &Block| b.len() > 240;
    match (before.kind, here.kind) {
        (_, BlockKind::Heading) => 2,
        (BlockKind::Item, BlockKind::Item) if here.marker == Marker::None => 1,
        (BlockKind::Item, BlockKind::Item) => u8::from(long_items(before) || long_items(here)),
        (BlockKind::Footnote, BlockKind::Footnote) => 0,
        (BlockKind::Quotation, BlockKind::Quotation) if is_attribution(text.block_str(index)) => 0,
        _ => 1,
    }
}

fn is_attribution(block: &str) -> bool {
    block.starts_with(['—', '―'])
}

/// Columns of indentation of a block's rows, at most a third of the measure.
pub fn indent(block: &Block, width: u16) -> u16 {
    let list = match block.depth {
        depth if depth > 0 && block.kind != BlockKind::Heading => u16::from(depth - 1) * 2 + marker_columns(block),
        _ => 0,
    };
    let quotation = u16::from(block.quoted.min(4)) * 3;
    let kind = match block.kind {
        BlockKind::Verse | BlockKind::Code | BlockKind::Table => 2,
        BlockKind::Footnote => 8,
        _ => 0,
    };
    (list + quotation + kind).min(width / 3)
}

fn marker_columns(block: &Block) -> u16 {
    match block.marker {
        Marker::Number(n) if n >= 100 => 5,
        _ => 4,
    }
}
