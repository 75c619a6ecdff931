//! A cursor walks the rows of a text, up and down, wrapping a segment when it enters it.

use super::row::{Row, RowKind, gap_before, indent};
use super::{Flow, recent, segment, table};
use crate::text::block::BlockKind;
use crate::text::{Place, Text};

/// A position among the rows of a text at a width.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    flow: Flow<'a>,
    block: usize,
    segment: usize,
    /// Rows of the current segment, gap rows before a block's first segment included.
    rows: Vec<Row>,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// At the row that shows `place`; `None` where the text has no block there.
    pub fn at(flow: Flow<'a>, place: Place) -> Option<Self> {
        let block = (place.block as usize).min(flow.text.blocks().len().checked_sub(1)?);
        let offset = if block == place.block as usize { place.offset as usize } else { usize::MAX };
        let segment = segment::of_offset(flow.text.block_str(block), offset);
        let mut cursor = Self { flow, block, segment, rows: Vec::new(), at: 0 };
        cursor.fill();
        let offset = offset.min(u32::MAX as usize) as u32;
        let texts = cursor.rows.iter().position(Row::is_text).unwrap_or(0);
        let after = cursor.rows[texts..].partition_point(|r| r.start <= offset);
        cursor.at = texts + after.saturating_sub(1);
        Some(cursor)
    }

    /// The row the cursor is at.
    pub fn row(&self) -> Row {
        self.rows[self.at]
    }

    /// The place where the row begins.
    pub fn place(&self) -> Place {
        let row = self.row();
        Place::new(row.block, row.start)
    }

    /// One row on; `false` (and nothing moved) at the end of the text.
    pub fn down(&mut self) -> bool {
        if self.at + 1 < self.rows.len() {
            self.at += 1;
            return true;
        }
        let text = self.flow.text;
        if self.segment + 1 < segment::count(text.block_str(self.block).len()) {
            self.segment += 1;
        } else if self.block + 1 < text.blocks().len() {
            self.block += 1;
            self.segment = 0;
        } else {
            return false;
        }
        self.fill();
        self.at = 0;
        true
    }

    /// One row back; `false` (and nothing moved) at the start of the text.
    pub fn up(&mut self) -> bool {
        if self.at > 0 {
            self.at -= 1;
            return true;
        }
        if self.segment > 0 {
            self.segment -= 1;
        } else if self.block > 0 {
            self.block -= 1;
            self.segment = segment::count(self.flow.text.block_str(self.block).len()) - 1;
        } else {
            return false;
        }
        self.fill();
        self.at = self.rows.len() - 1;
        true
    }

    /// How many rows follow, counted to at most `limit`.
    pub fn rows_below(&self, limit: usize) -> usize {
        let mut probe = self.clone();
        (0..limit).take_while(|_| probe.down()).count()
    }

    /// How many rows come before, counted to at most `limit`.
    pub fn rows_above(&self, limit: usize) -> usize {
        let mut probe = self.clone();
        (0..limit).take_while(|_| probe.up()).count()
    }

    fn fill(&mut self) {
        let text = self.flow.text;
        let string = text.block_str(self.block);
        let segment = segment::range(string, self.segment);
        let block = &text.blocks()[self.block];
        let indent = indent(block, self.flow.width);
        let number = self.block as u32;
        self.rows.clear();
        if self.segment == 0 {
            let gaps = (1..=gap_before(text, self.block)).rev();
            let gap = |n| Row { block: number, kind: RowKind::Gap(n), start: 0, end: 0, indent, tabular: false };
            self.rows.extend(gaps.map(gap));
        }
        let tabular = is_tabular(text, self.block, self.flow.width - indent);
        let width = if tabular { u16::MAX } else { self.flow.width - indent };
        for r in recent::rows(&string[segment.clone()], width).iter() {
            let (start, end) = ((segment.start + r.start) as u32, (segment.start + r.end) as u32);
            let kind = if start == 0 { RowKind::First } else { RowKind::Rest };
            self.rows.push(Row { block: number, kind, start, end, indent, tabular });
        }
    }
}

/// Whether a block is a table that has room for its columns: then each of its lines is one row, however many cells wide
/// the tabs in it are.
fn is_tabular(text: &Text, block: usize, width: u16) -> bool {
    text.blocks()[block].kind == BlockKind::Table
        && table::columns(text.block_str(block)).is_some_and(|columns| columns.width <= width)
}

/// The rows of a block, without the gap before it; at most `limit` of them.
pub fn rows_of_block(flow: Flow<'_>, block: usize, limit: usize) -> Vec<Row> {
    let Some(mut cursor) = Cursor::at(flow, Place::new(block as u32, 0)) else { return Vec::new() };
    let mut rows = vec![cursor.row()];
    while rows.len() < limit && cursor.down() && cursor.row().block as usize == block {
        rows.push(cursor.row());
    }
    rows
}

/// Which of a block's rows shows byte `offset`, counted from 1, and how many rows the block has at this width.
/// `None` for a block so long that counting would be felt.
pub fn row_of_block(flow: Flow<'_>, block: usize, offset: u32) -> Option<(usize, usize)> {
    const COUNTED: usize = 64 << 10;
    let string = flow.text.block_str(block);
    if string.len() > COUNTED {
        return None;
    }
    let width = flow.width - indent(flow.text.blocks().get(block)?, flow.width);
    let width = if is_tabular(flow.text, block, width) { u16::MAX } else { width };
    let (mut row, mut rows) = (0, 0);
    for s in 0..segment::count(string.len()) {
        let r = segment::range(string, s);
        for w in recent::rows(&string[r.clone()], width).iter() {
            rows += 1;
            if r.start + w.start <= offset as usize {
                row = rows;
            }
        }
    }
    Some((row, rows))
}
