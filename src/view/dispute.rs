//! The dispute page on the screen: the quotation in a frame in the middle; beside it, or on a narrow screen above and
//! below it, how each text leads into it and what it infers. The joint from either text to the frame says what became of
//! the wording there.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{frame, put, put_right};
use super::page::wording_style;
use super::theme::Theme;
use crate::app::App;
use crate::app::dispute::DisputePage;
use crate::app::links::quotations::{WordingRow, wording_rows};
use crate::layout::cells;
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::study::dispute::{Dispute, Reading, told_marks};

/// Rows of the head: what it is, and a rule.
const HEAD: u16 = 2;
/// Columns from which on the quotation stands between the two texts.
const WIDE: u16 = 110;
/// Columns under which everything is in one column.
const NARROW: u16 = 50;
/// No more rows than this are laid out.
const TALLEST: usize = 400;
/// With less room, what is around the quotation is not cut any further: the page is scrolled.
const LEAST: usize = 3;

pub fn draw(app: &App, page: &DisputePage, theme: &Theme, buffer: &mut Buffer) {
    let (columns, rows) = app.halves.screen();
    let height = rows.saturating_sub(HEAD + u16::from(rows >= 3));
    if height == 0 || columns < 20 {
        put(buffer, 0, 0, columns, "The screen is too small.", theme.faint);
        return;
    }
    head(app, page, columns, theme, buffer);
    let body = Rect::new(0, HEAD, columns, height);
    // What does not fit is cut around the quotation; whoever scrolls sees all of it.
    let whole = layout(app, &page.dispute, columns, usize::MAX, theme);
    let fits = whole.area.height <= height;
    let (shown, scroll) = if fits {
        (whole, 0)
    } else if page.scroll == 0 {
        (layout(app, &page.dispute, columns, usize::from(height), theme), 0)
    } else {
        let scroll = page.scroll.min(whole.area.height - height);
        (whole, scroll)
    };
    // A short page stands a little above the middle.
    let above = height.saturating_sub(shown.area.height) / 4;
    for y in 0..height.min(shown.area.height.saturating_sub(scroll)) {
        for x in 0..columns {
            buffer[(x, body.y + above + y)] = shown[(x, y + scroll)].clone();
        }
    }
    if !fits && page.scroll + height < shown.area.height.max(height + 1) {
        put_right(buffer, 2, body.bottom() - 1, columns.saturating_sub(1), " ▾ more ", theme.faint);
    }
}

fn head(app: &App, page: &DisputePage, columns: u16, theme: &Theme, buffer: &mut Buffer) {
    let count = app.links.quotations().map_or(0, <[_]>::len);
    let title = format!("” Shared quotation {} of {count}", page.at + 1);
    let x = put(buffer, 2, 0, columns, &cells::ellipsis(&title, usize::from(columns.saturating_sub(4))), theme.topic);
    put(buffer, x, 0, columns.saturating_sub(1), &format!(" · {}", told_marks(page.dispute.marked)), theme.faint);
    for x in 1..columns.saturating_sub(1) {
        put(buffer, x, 1, columns, "─", theme.faint);
    }
}

/// The rows of one text: above the joint, and below it.
struct Around {
    above: Vec<String>,
    below: Vec<String>,
}

impl Around {
    fn of(reading: &Reading, width: u16) -> Self {
        let wrap = |words: &str| {
            let rows = textwrap::wrap(words, usize::from(width.max(8)));
            rows.into_iter().map(Cow::into_owned).take(TALLEST).collect::<Vec<_>>()
        };
        Self { above: wrap(&reading.leads_in), below: wrap(&reading.goes_on) }
    }

    /// Leaves the last rows before the quotation and the first ones after it.
    fn cut(&mut self, above: usize, below: usize, width: u16) {
        if self.above.len() > above {
            self.above.drain(..self.above.len() - above);
            if let Some(first) = self.above.first_mut() {
                *first = cells::ellipsis(&format!("…{first}"), usize::from(width)).into_owned();
            }
        }
        if self.below.len() > below {
            self.below.truncate(below);
            if let Some(last) = self.below.last_mut() {
                *last = format!("{}…", cells::fit(last, usize::from(width).saturating_sub(1)).0);
            }
        }
    }
}

/// The page as tall as it is, or cut to `height` rows as far as that goes.
fn layout(app: &App, dispute: &Dispute, columns: u16, height: usize, theme: &Theme) -> Buffer {
    if app.halves.is_linear() {
        // Whoever listens hears one thing after another.
        in_one_column(app, dispute, columns, theme)
    } else if columns >= WIDE {
        beside(app, dispute, columns, height, theme)
    } else if columns >= NARROW {
        above_and_below(app, dispute, columns, height, theme)
    } else {
        in_one_column(app, dispute, columns, theme)
    }
}

/// The quotation between the two texts.
fn beside(app: &App, dispute: &Dispute, columns: u16, height: usize, theme: &Theme) -> Buffer {
    let middle = (columns / 3).clamp(36, 60);
    let side = ((columns - middle) / 2).saturating_sub(6).min(62);
    let x = (columns - middle) / 2;
    let lefts = Sides { left: x - side - 3, right: x + middle + 3 };
    let inner = Inner::of(dispute, middle - 4);
    let mut around = Sides::from_fn(|at| Around::of(&dispute.readings[at], side));
    if height != usize::MAX {
        let room = height.saturating_sub(6);
        let above = around.left.above.len().max(around.right.above.len()).min((room * 2 / 5).max(LEAST));
        for at in BOTH {
            around[at].cut(above, room.saturating_sub(above).max(LEAST), side);
        }
    }
    let above = around.left.above.len().max(around.right.above.len());
    let below = around.left.below.len().max(around.right.below.len());
    let frame_height = inner.height() + 2;
    // The frame is as high above the joint as it is below, as far as there is room.
    let joint = (4 + above).max(frame_height.div_ceil(2).min(above + 8));
    let top = joint.saturating_sub(frame_height / 2).max(1);
    let tall = (joint + 2 + below).max(top + frame_height);
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, tall as u16));
    let area = Rect::new(x, top as u16, middle, frame_height as u16);
    inner.draw(area, theme, &mut buffer);
    let joint = joint as u16;
    for at in BOTH {
        let (from, reading) = (lefts[at], &dispute.readings[at]);
        names(app, at, reading, Rect::new(from, 0, side, 2), theme, &mut buffer);
        let first = joint - 1 - around[at].above.len() as u16;
        paragraph(&around[at].above, (from, first), side, theme, &mut buffer);
        let said = changes(dispute, reading, usize::from(side.saturating_sub(1)));
        if at == Side::Left {
            let until = put(&mut buffer, from, joint, x, &said, theme.lead);
            line(&mut buffer, until + 1..x, joint, theme);
        } else {
            let start = put_right(&mut buffer, from, joint, from + side, &said, theme.lead);
            line(&mut buffer, x + middle..start.saturating_sub(1), joint, theme);
        }
        paragraph(&around[at].below, (from, joint + 2), side, theme, &mut buffer);
    }
    buffer
}

/// The quotation in the full width, the texts beside each other above and below it.
fn above_and_below(app: &App, dispute: &Dispute, columns: u16, height: usize, theme: &Theme) -> Buffer {
    let side = (columns - 6) / 2;
    let lefts = Sides { left: 1, right: columns - 1 - side };
    let inner = Inner::of(dispute, columns.min(100) - 6);
    let mut around = Sides::from_fn(|at| Around::of(&dispute.readings[at], side));
    // Two rows of names, one for what became of the wording.
    let fixed = inner.height() + 2 + 3;
    if height != usize::MAX {
        let room = height.saturating_sub(fixed);
        let above = around.left.above.len().max(around.right.above.len()).min((room * 2 / 5).max(LEAST));
        for at in BOTH {
            around[at].cut(above, room.saturating_sub(above).max(LEAST), side);
        }
    }
    let above = around.left.above.len().max(around.right.above.len());
    let below = around.left.below.len().max(around.right.below.len());
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, (fixed + above + below) as u16));
    let top = 2 + above as u16;
    let width = columns.min(100) - 2;
    let area = Rect::new((columns - width) / 2, top, width, inner.height() as u16 + 2);
    inner.draw(area, theme, &mut buffer);
    for at in BOTH {
        let (from, reading) = (lefts[at], &dispute.readings[at]);
        names(app, at, reading, Rect::new(from, 0, side, 2), theme, &mut buffer);
        let first = top - around[at].above.len() as u16;
        paragraph(&around[at].above, (from, first), side, theme, &mut buffer);
        put(&mut buffer, from, area.bottom(), from + side, &changes(dispute, reading, usize::from(side)), theme.lead);
        paragraph(&around[at].below, (from, area.bottom() + 1), side, theme, &mut buffer);
    }
    buffer
}

/// Everything below each other.
fn in_one_column(app: &App, dispute: &Dispute, columns: u16, theme: &Theme) -> Buffer {
    let width = columns - 2;
    let around = Sides::from_fn(|at| Around::of(&dispute.readings[at], width));
    let inner = Inner::of(dispute, width - 4);
    let rows = |side: Side| around[side].above.len() + around[side].below.len();
    let tall = rows(Side::Left) + rows(Side::Right) + inner.height() + 14;
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, tall as u16));
    let mut y = 0;
    for at in BOTH {
        names(app, at, &dispute.readings[at], Rect::new(1, y, width, 2), theme, &mut buffer);
        y = paragraph(&around[at].above, (1, y + 2), width, theme, &mut buffer) + 1;
    }
    let area = Rect::new(1, y, width, inner.height() as u16 + 2);
    inner.draw(area, theme, &mut buffer);
    y = area.bottom();
    for (at, mark) in BOTH.into_iter().zip(["◧ ", "◨ "]) {
        let x = put(&mut buffer, 1, y, columns, mark, theme.lead);
        let said = changes(dispute, &dispute.readings[at], usize::from(width - 2));
        put(&mut buffer, x, y, columns, &said, theme.lead);
        y = paragraph(&around[at].below, (1, y + 1), width, theme, &mut buffer) + 1;
    }
    buffer
}

/// Which text it is, and where in it the quotation stands.
fn names(app: &App, side: Side, reading: &Reading, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let mark = if side == Side::Left { "◧ " } else { "◨ " };
    let x = put(buffer, area.x, area.y, area.right(), mark, theme.lead);
    let name = app.halves.name_of(side);
    let room = usize::from(area.right().saturating_sub(x));
    put(buffer, x, area.y, area.right(), &cells::ellipsis(&name, room), theme.strong);
    let place = [Some(reading.place()), reading.voice.clone(), reading.section.clone()];
    let place = place.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    put(buffer, x, area.y + 1, area.right(), &cells::ellipsis(&place, room), theme.faint);
}

fn changes(dispute: &Dispute, reading: &Reading, room: usize) -> String {
    let said = if dispute.is_same() { "the same words".to_owned() } else { reading.told_changes() };
    let said = if said.is_empty() { "all of it".to_owned() } else { said };
    cells::ellipsis(&said, room).into_owned()
}

fn line(buffer: &mut Buffer, columns: std::ops::Range<u16>, y: u16, theme: &Theme) {
    for x in columns {
        put(buffer, x, y, x + 1, "━", theme.lead);
    }
}

/// Returns the row after it.
fn paragraph(rows: &[String], (x, y): (u16, u16), width: u16, theme: &Theme, buffer: &mut Buffer) -> u16 {
    for (row, y) in rows.iter().zip(y..) {
        put(buffer, x, y, x + width, row, theme.text);
    }
    y + rows.len() as u16
}

/// What stands in the frame: one wording where both have the same, else both, and what the signs mean.
struct Inner {
    wordings: Vec<(&'static str, Vec<WordingRow>)>,
    legend: Vec<String>,
}

/// What the signs of a wording mean.
const LEGEND: &str = "[only here] · {put otherwise} · ^ the other has words here";

impl Inner {
    fn of(dispute: &Dispute, width: u16) -> Self {
        let width = usize::from(width.max(8));
        let rows = |side: Side| wording_rows(&dispute.readings[side].wording, width - 2);
        if dispute.is_same() {
            return Self { wordings: vec![("” ", rows(Side::Left))], legend: Vec::new() };
        }
        let wordings = vec![("◧ ", rows(Side::Left)), ("◨ ", rows(Side::Right))];
        let legend = textwrap::wrap(LEGEND, width).into_iter().map(Cow::into_owned).collect();
        Self { wordings, legend }
    }

    fn height(&self) -> usize {
        let rows: usize = self.wordings.iter().map(|(_, rows)| rows.len() + 1).sum();
        rows.min(TALLEST) + self.legend.len() - usize::from(self.legend.is_empty())
    }

    fn draw(&self, area: Rect, theme: &Theme, buffer: &mut Buffer) {
        let inside = frame(buffer, area, "The quotation", (theme.faint, theme.strong));
        let mut y = inside.y;
        for (mark, rows) in &self.wordings {
            put(buffer, inside.x, y, inside.right(), mark, theme.lead);
            for row in rows {
                if y >= inside.bottom() {
                    return;
                }
                let mut x = inside.x + 2;
                for (words, standing) in row {
                    x = put(buffer, x, y, inside.right(), words, wording_style(*standing, theme));
                }
                y += 1;
            }
            y += 1;
        }
        for (row, y) in self.legend.iter().zip(y..inside.bottom()) {
            put(buffer, inside.x, y, inside.right(), row, theme.faint);
        }
    }
}
