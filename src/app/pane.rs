//! A pane: a text, and where the reader is in it.
//!
//! The position is a place in the text and the screen row on which that place is shown, never a row number: so it
//! survives a resize, a re-reading and a restart. The row is the *reading line*, a third down the pane; near the ends
//! of the text it slides to the edge instead of the text moving on.

use std::sync::Arc;

use super::work::ticket::Ticket;
use crate::app::memory::Seat;
use crate::layout::Flow;
use crate::layout::cursor::Cursor;
use crate::layout::row::{Row, RowKind};
use crate::layout::window::window;
use crate::model::open::Open;
use crate::study::text::Study;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::text::{Place, Text};

/// The cells a pane has for its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Viewport {
    /// The measure, in columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

impl Viewport {
    /// The screen row of the reading line: a third down.
    fn reading_line(self) -> u16 {
        self.height / 3
    }
}

/// What a pane holds.
#[derive(Debug, Clone, Default)]
pub enum Content {
    /// Nothing was asked for.
    #[default]
    Empty,
    /// A text is being read.
    Loading(Clean),
    /// A text could not be read; the message says which and why.
    Failed(Clean),
    /// A text.
    Open(Arc<Open>),
}

/// A text that is being read for a pane.
#[derive(Debug)]
pub struct Reading {
    /// The number of the request.
    pub request: u64,
    /// What was asked for.
    pub what: Clean,
    /// How many of its pages or chapters were read, and how many there are; of 0 where that is not known. `None` while
    /// it has not taken long enough to be spoken of.
    pub part: Option<(usize, usize)>,
    /// The place to go to in it, where one was asked for.
    pub(super) seat: Option<Seat>,
    /// As long as it is held, the text is read.
    #[expect(dead_code, reason = "held")]
    pub(super) ticket: Ticket,
}

/// A pane: content and position.
#[derive(Debug, Clone, Default)]
pub struct Pane {
    /// What it holds.
    pub content: Content,
    /// What is known about its text; `None` while workers are reading it.
    pub study: Option<Study>,
    /// The place at the reading line.
    pub place: Place,
    /// How many blank rows above that place's row the reading line is.
    pub gap: u8,
    /// The screen row of the reading line now.
    pub line: u16,
    /// The cells there are.
    pub viewport: Viewport,
}

impl Pane {
    /// The open text.
    pub fn open(&self) -> Option<&Arc<Open>> {
        match &self.content {
            Content::Open(open) => Some(open),
            _ => None,
        }
    }

    /// The open text's text.
    pub fn text(&self) -> Option<&Text> {
        self.open().map(|o| &*o.text)
    }

    /// Puts a text into the pane, at its start.
    pub fn show(&mut self, open: Arc<Open>) {
        self.content = Content::Open(open);
        self.study = None;
        self.rewind();
    }

    /// The current passage: the one under the reading line. Under a heading it is the one that follows; within a
    /// footnote the one before.
    pub fn current(&self) -> Option<PassageNo> {
        let text = self.text()?;
        let block = self.place.block as usize;
        let is_note = text.blocks().get(block).is_some_and(|b| b.kind == crate::text::block::BlockKind::Footnote);
        let numbering = text.numbering();
        if is_note { numbering.passage_before(block) } else { numbering.passage_near(block) }
    }

    /// The rows on screen, from the top; `None` beyond the ends of the text.
    pub fn rows(&self) -> Vec<Option<Row>> {
        match self.flow() {
            Some(flow) => {
                let line = i32::from(self.line) + i32::from(self.gap);
                let height = self.viewport.height;
                if line < i32::from(height) {
                    window(flow, self.place, line as u16, height)
                } else {
                    // The reading line is on a gap at the very bottom: its text row is just below the screen.
                    let mut rows = window(flow, self.place, line as u16, line as u16 + 1);
                    rows.truncate(usize::from(height));
                    rows
                }
            }
            None => vec![None; usize::from(self.viewport.height)],
        }
    }

    fn flow(&self) -> Option<Flow<'_>> {
        Some(Flow::new(self.text()?, self.viewport.width))
    }

    fn cursor(&self) -> Option<Cursor<'_>> {
        let mut cursor = Cursor::at(self.flow()?, self.place)?;
        for _ in 0..self.gap {
            cursor.up();
        }
        Some(cursor)
    }

    /// Of the rows above the reading line that belong to no other passage the one that is `up` rows higher, or as near to
    /// that as there is one.
    pub(super) fn row_above(&self, up: u16) -> Option<Row> {
        let (mut cursor, text) = (self.cursor()?, self.text()?);
        let mut row = cursor.row();
        for _ in 0..up {
            let is_free = cursor.up() && {
                let above = cursor.row();
                !above.is_text() || text.numbering().passage_of(above.block as usize).is_none()
            };
            if !is_free {
                break;
            }
            row = cursor.row();
        }
        Some(row)
    }

    /// How many rows it is from the reading line down to the first of a block, counted no further than the screen is high.
    pub(super) fn rows_to(&self, block: u32) -> u16 {
        let Some(mut cursor) = self.cursor() else { return 0 };
        let far = |row: Row| row.block < block || (row.block == block && !row.is_text());
        (0..self.viewport.height).take_while(|_| far(cursor.row()) && cursor.down()).count() as u16
    }

    /// Whether a place is on screen at most `rows` from the reading line.
    pub(super) fn is_near(&self, place: Place, rows: u16) -> bool {
        let shows = |r: &Row| r.block == place.block && r.is_text() && r.start <= place.offset && place.offset <= r.end;
        let at = self.rows().iter().position(|row| row.as_ref().is_some_and(shows));
        at.is_some_and(|at| (at as u16).abs_diff(self.line) <= rows)
    }

    pub(super) fn rest_at(&mut self, row: Row) {
        self.place = Place::new(row.block, row.start);
        self.gap = match row.kind {
            RowKind::Gap(n) => n,
            _ => 0,
        };
    }

    /// Moves the reading line by `rows`, down for a positive number. Near the ends of the text the line slides, else
    /// the text moves. Returns how many rows it moved.
    pub fn scroll(&mut self, rows: i32) -> i32 {
        let height = usize::from(self.viewport.height.max(1));
        let rest = usize::from(self.viewport.reading_line());
        let mut line = usize::from(self.line);
        let Some(mut cursor) = self.cursor() else { return 0 };
        // Counted as far as it will matter on the way.
        let far = height + rows.unsigned_abs() as usize;
        let (mut above, mut below) = if rows > 0 {
            (cursor.rows_above(height), cursor.rows_below(far))
        } else {
            (cursor.rows_above(far), cursor.rows_below(height))
        };
        let mut moved = 0;
        for _ in 0..rows.unsigned_abs() {
            if rows > 0 {
                if !cursor.down() {
                    break;
                }
                let top_shows = above <= line;
                let end_shows = below < height - line;
                if (top_shows && line < rest || end_shows) && line + 1 < height {
                    line += 1;
                }
                (above, below) = (above + 1, below.saturating_sub(1));
                moved += 1;
            } else {
                if !cursor.up() {
                    break;
                }
                let top_shows = above <= line;
                if line > rest || (top_shows && line > 0) {
                    line -= 1;
                }
                (above, below) = (above.saturating_sub(1), below + 1);
                moved -= 1;
            }
        }
        let row = cursor.row();
        self.line = line as u16;
        self.rest_at(row);
        moved
    }

    /// To the start of the text, the reading line at the top edge.
    pub(super) fn rewind(&mut self) {
        (self.place, self.gap, self.line) = (Place::default(), 0, 0);
    }

    /// To the end of the text, the reading line at the bottom edge.
    pub fn to_end(&mut self) {
        let Some(text) = self.text() else { return };
        let Some(last) = text.blocks().len().checked_sub(1) else { return };
        let end = Place::new(last as u32, text.block_str(last).len() as u32);
        let Some(cursor) = self.flow().and_then(|f| Cursor::at(f, end)) else { return };
        let height = usize::from(self.viewport.height.max(1));
        let above = cursor.rows_above(height);
        let row = cursor.row();
        self.rest_at(row);
        self.line = above.min(height - 1) as u16;
    }

    /// Brings `place` to screen row `line`, even if that leaves blank rows above: so that two panes can be set level.
    pub fn jump(&mut self, place: Place, line: u16) {
        (self.place, self.gap) = (place, 0);
        self.line = line.min(self.viewport.height.saturating_sub(1));
    }

    /// Brings `place` to screen row `line`, but leaves no more blank above the text than a jump does: a joint that is
    /// not level is better than a pane with nothing in it.
    pub(super) fn jump_level(&mut self, place: Place, line: u16) {
        self.jump(place, line);
        let Some(cursor) = self.cursor() else { return };
        let above = cursor.rows_above(usize::from(self.viewport.height)) as u16;
        self.line = self.line.min(above + self.viewport.reading_line());
    }

    /// Brings `place` to the reading line, a third down.
    pub fn jump_to(&mut self, place: Place) {
        self.jump(place, self.viewport.reading_line());
    }

    /// Brings `place` to the reading line, or as near to it as leaves no blank above the text.
    pub(super) fn rest_on(&mut self, place: Place) {
        self.jump_to(place);
        self.close_up();
    }

    /// Brings a passage to the reading line; of one that is taller than the pane, `sentence` rather than its start.
    pub(super) fn jump_to_passage(&mut self, passage: PassageNo, sentence: Option<Place>) {
        let Some(block) = self.text().and_then(|t| t.numbering().block_of(passage)) else { return };
        let start = Place::new(block as u32, 0);
        let place = match sentence {
            Some(s) if s.block as usize == block && self.is_tall(block, s.offset) => s,
            _ => start,
        };
        self.jump_to(place);
    }

    /// Whether byte `offset` of a block would be below the pane when the block's start is at the reading line.
    fn is_tall(&self, block: usize, offset: u32) -> bool {
        let room = usize::from(self.viewport.height - self.viewport.reading_line());
        self.flow()
            .and_then(|f| crate::layout::cursor::row_of_block(f, block, offset))
            .is_none_or(|(row, rows)| row > room.saturating_sub(2) && rows > room)
    }

    /// Moves the reading line to the start of the passage `by` passages on (back for a negative number).
    pub(super) fn step_passages(&mut self, by: i32) {
        let (Some(text), Some(here)) = (self.text(), self.current()) else { return };
        let count = text.passage_count() as i64;
        let start_of_here = text.numbering().block_of(here);
        // Going back from the middle of a passage goes to its start first.
        let inside = start_of_here.is_some_and(|b| self.place > Place::new(b as u32, 0));
        let back = i64::from(by < 0 && inside);
        let target = PassageNo((i64::from(here.0) + i64::from(by) + back).clamp(1, count.max(1)) as u32);
        let Some(block) = text.numbering().block_of(target) else { return };
        self.glide(Place::new(block as u32, 0));
    }

    /// Moves the reading line to `place`: by scrolling where it is near, else by a jump.
    pub(super) fn glide(&mut self, place: Place) {
        let near = 2 * usize::from(self.viewport.height.max(1));
        let Some(here) = self.cursor() else { return };
        let Some(there) = self.flow().and_then(|f| Cursor::at(f, place)) else { return };
        let (from, to) = (here.row(), there.row());
        let down = (to.block, to.start) >= (from.block, from.start);
        let mut probe = here;
        let rows = (0..near).find(|_| {
            let arrived = probe.row() == to;
            if !arrived {
                if down {
                    probe.down()
                } else {
                    probe.up()
                };
            }
            arrived
        });
        match rows {
            Some(n) => {
                self.scroll(if down { n as i32 } else { -(n as i32) });
            }
            None => self.jump_to(place),
        }
    }

    /// Keeps the reading line within a viewport that has changed.
    pub fn resize(&mut self, viewport: Viewport) {
        let before = self.viewport;
        self.viewport = viewport;
        if before.height == viewport.height {
            return;
        }
        let slid = self.line != before.reading_line();
        let line = if slid && before.height > 0 {
            (u32::from(self.line) * u32::from(viewport.height) / u32::from(before.height)) as u16
        } else {
            viewport.reading_line()
        };
        self.line = line.min(viewport.height.saturating_sub(1));
        self.close_up();
    }

    /// Takes back blank rows before the start of the text that the line's new position would leave.
    fn close_up(&mut self) {
        let Some(cursor) = self.cursor() else { return };
        let above = cursor.rows_above(usize::from(self.viewport.height)) as u16;
        self.line = self.line.min(above);
    }
}
