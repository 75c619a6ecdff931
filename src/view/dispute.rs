//! The dispute page on the screen: the quotation in a frame in the middle; beside it, or on a narrow screen above and
//! below it, how each text leads into it and what it infers. The joint from either text to the frame says what became of
//! the wording there.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{frame, put, put_right, rule, side_mark};
use super::page::wording_style;
use super::theme::Theme;
use crate::app::App;
use crate::app::dispute::rows::{HEAD, Inner, Rows, Shape, room};
use crate::app::scene::DisputePage;
use crate::layout::cells;
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::study::dispute::{Dispute, Reading, told_marks};

pub(super) fn draw(app: &App, page: &DisputePage, theme: &Theme, buffer: &mut Buffer) {
    let (columns, height) = room(app.halves.screen());
    if height == 0 || columns < 20 {
        put(buffer, 0, 0, columns, "The screen is too small.", theme.faint);
        return;
    }
    head(app, page, columns, theme, buffer);
    let body = Rect::new(0, HEAD, columns, height);
    // What does not fit is cut around the quotation; whoever scrolls sees all of it.
    let mut rows = Rows::of(app, &page.dispute, columns);
    let fits = rows.height() <= usize::from(height);
    if !fits && page.scroll == 0 {
        rows.cut(usize::from(height));
    }
    let shown = drawn(app, &page.dispute, &rows, columns, theme);
    let scroll = page.scroll.min(shown.area.height.saturating_sub(height));
    // A short page stands a little above the middle.
    let above = height.saturating_sub(shown.area.height) / 4;
    for y in 0..height.min(shown.area.height.saturating_sub(scroll)) {
        for x in 0..columns {
            buffer[(x, body.y + above + y)] = shown[(x, y + scroll)].clone();
        }
    }
    if !fits && scroll + height < shown.area.height.max(height + 1) {
        put_right(buffer, 2, body.bottom() - 1, columns.saturating_sub(1), " ▾ more ", theme.faint);
    }
}

fn head(app: &App, page: &DisputePage, columns: u16, theme: &Theme, buffer: &mut Buffer) {
    let count = app.links.quotations().map_or(0, <[_]>::len);
    let title = format!("” Shared quotation {} of {count}", page.at + 1);
    let x = put(buffer, 2, 0, columns, &cells::ellipsis(&title, usize::from(columns.saturating_sub(4))), theme.topic);
    put(buffer, x, 0, columns.saturating_sub(1), &format!(" · {}", told_marks(page.dispute.marked)), theme.faint);
    rule(buffer, 1..columns.saturating_sub(1), 1, "─", theme.faint);
}

/// The page as tall as it is.
fn drawn(app: &App, dispute: &Dispute, rows: &Rows, columns: u16, theme: &Theme) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows.height() as u16));
    match rows.shape {
        Shape::Beside => beside(app, dispute, rows, theme, &mut buffer),
        Shape::AboveAndBelow => above_and_below(app, dispute, rows, theme, &mut buffer),
        Shape::OneColumn => in_one_column(app, dispute, rows, theme, &mut buffer),
    }
    buffer
}

/// The quotation between the two texts.
fn beside(app: &App, dispute: &Dispute, rows: &Rows, theme: &Theme, buffer: &mut Buffer) {
    let Rows { side, frame: middle, around, inner, .. } = rows;
    let (side, middle) = (*side, *middle);
    let x = (buffer.area.width - middle) / 2;
    let lefts = Sides { left: x - side - 3, right: x + middle + 3 };
    let (joint, top) = rows.joint();
    let area = Rect::new(x, top as u16, middle, inner.height() as u16 + 2);
    in_frame(inner, area, theme, buffer);
    let joint = joint as u16;
    for at in BOTH {
        let (from, reading) = (lefts[at], &dispute.readings[at]);
        names(app, at, reading, Rect::new(from, 0, side, 2), theme, buffer);
        let first = joint - 1 - around[at].above.len() as u16;
        paragraph(&around[at].above, (from, first), side, theme, buffer);
        let said = changes(dispute, reading, usize::from(side.saturating_sub(1)));
        if at == Side::Left {
            let until = put(buffer, from, joint, x, &said, theme.lead);
            rule(buffer, until + 1..x, joint, "━", theme.lead);
        } else {
            let start = put_right(buffer, from, joint, from + side, &said, theme.lead);
            rule(buffer, x + middle..start.saturating_sub(1), joint, "━", theme.lead);
        }
        paragraph(&around[at].below, (from, joint + 2), side, theme, buffer);
    }
}

/// The quotation in the full width, the texts beside each other above and below it.
fn above_and_below(app: &App, dispute: &Dispute, rows: &Rows, theme: &Theme, buffer: &mut Buffer) {
    let Rows { side, frame: width, around, inner, .. } = rows;
    let (side, width, columns) = (*side, *width, buffer.area.width);
    let lefts = Sides { left: 1, right: columns - 1 - side };
    let top = 2 + rows.around().0 as u16;
    let area = Rect::new((columns - width) / 2, top, width, inner.height() as u16 + 2);
    in_frame(inner, area, theme, buffer);
    for at in BOTH {
        let (from, reading) = (lefts[at], &dispute.readings[at]);
        names(app, at, reading, Rect::new(from, 0, side, 2), theme, buffer);
        let first = top - around[at].above.len() as u16;
        paragraph(&around[at].above, (from, first), side, theme, buffer);
        put(buffer, from, area.bottom(), from + side, &changes(dispute, reading, usize::from(side)), theme.lead);
        paragraph(&around[at].below, (from, area.bottom() + 1), side, theme, buffer);
    }
}

/// Everything below each other.
fn in_one_column(app: &App, dispute: &Dispute, rows: &Rows, theme: &Theme, buffer: &mut Buffer) {
    let Rows { side: width, around, inner, .. } = rows;
    let (width, columns) = (*width, buffer.area.width);
    let mut y = 0;
    for at in BOTH {
        names(app, at, &dispute.readings[at], Rect::new(1, y, width, 2), theme, buffer);
        y = paragraph(&around[at].above, (1, y + 2), width, theme, buffer) + 1;
    }
    let area = Rect::new(1, y, width, inner.height() as u16 + 2);
    in_frame(inner, area, theme, buffer);
    y = area.bottom();
    for (at, mark) in BOTH.into_iter().zip(["◧ ", "◨ "]) {
        let x = put(buffer, 1, y, columns, mark, theme.lead);
        let said = changes(dispute, &dispute.readings[at], usize::from(width - 2));
        put(buffer, x, y, columns, &said, theme.lead);
        y = paragraph(&around[at].below, (1, y + 1), width, theme, buffer) + 1;
    }
}

/// Which text it is, and where in it the quotation stands.
fn names(app: &App, side: Side, reading: &Reading, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let x = put(buffer, area.x, area.y, area.right(), side_mark(side), theme.lead);
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

/// Returns the row after it.
fn paragraph(rows: &[String], (x, y): (u16, u16), width: u16, theme: &Theme, buffer: &mut Buffer) -> u16 {
    for (row, y) in rows.iter().zip(y..) {
        put(buffer, x, y, x + width, row, theme.text);
    }
    y + rows.len() as u16
}

/// What stands in the frame.
fn in_frame(inner: &Inner, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let inside = frame(buffer, area, "The quotation", (theme.faint, theme.strong));
    let mut y = inside.y;
    for (mark, rows) in &inner.wordings {
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
    for (row, y) in inner.legend.iter().zip(y..inside.bottom()) {
        put(buffer, inside.x, y, inside.right(), row, theme.faint);
    }
}
