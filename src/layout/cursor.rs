//! A cursor walks the rows of a text, up and down, wrapping a segment when it enters it.

use super::row::{InTable, Row, RowKind, gap_before, indent};
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
            let gap = |n| Row { block: number, kind: RowKind::Gap(n), start: 0, end: 0, indent, table: None };
            self.rows.extend(gaps.map(gap));
        }
        let width = self.flow.width - indent;
        if let Some(rows) = rows_of_table(text, self.block, width) {
            self.rows.extend(rows.into_iter().map(|(start, end, nth)| {
                let kind = if start == 0 { RowKind::First } else { RowKind::Rest };
                let table = Some(InTable { room: width, nth });
                Row { block: number, kind, start: start as u32, end: end as u32, indent, table }
            }));
            return;
        }
        for r in recent::rows(&string[segment.clone()], width).iter() {
            let (start, end) = ((segment.start + r.start) as u32, (segment.start + r.end) as u32);
            let kind = if start == 0 { RowKind::First } else { RowKind::Rest };
            self.rows.push(Row { block: number, kind, start, end, indent, table: None });
        }
    }
}

/// The rows of a table that has room for its columns: the bytes of each, and which it is of the rows of its line.
fn rows_of_table(text: &Text, block: usize, width: u16) -> Option<Vec<(usize, usize, u16)>> {
    if text.blocks()[block].kind != BlockKind::Table {
        return None;
    }
    let table = text.block_str(block);
    let columns = table::columns(table, width)?;
    let mut rows: Vec<(usize, usize, u16)> = Vec::new();
    let mut at = 0;
    for line in table.split_inclusive('\n') {
        let starts = table::row_starts(line.trim_end_matches('\n'), &columns);
        let ends = starts.iter().skip(1).copied().chain([line.len()]);
        rows.extend(starts.iter().zip(ends).zip(0..).map(|((start, end), nth)| (at + start, at + end, nth)));
        at += line.len();
    }
    if rows.is_empty() {
        rows.push((0, 0, 0));
    }
    Some(rows)
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
    if let Some(rows) = rows_of_table(flow.text, block, width) {
        return Some((rows.iter().filter(|(start, ..)| *start <= offset as usize).count(), rows.len()));
    }
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
