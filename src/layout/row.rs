//! Rows: one line of a block at a width, and the white space that sets blocks apart.

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
    /// It is a row of a table whose cells stand in the columns of [`super::table::columns`].
    pub tabular: bool,
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
