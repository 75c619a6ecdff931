//! The hinge: the strip between the panes, and the joint it draws between two passages.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::put;
use super::theme::Theme;
use crate::app::App;
use crate::app::areas::Areas;
use crate::app::joint::Joint;
use crate::app::side::Sides;
use crate::layout::cells;
use crate::layout::row::Row;
use crate::link::Side;
use crate::text::passage::PassageNo;
use crate::text::voice::Voice;

pub fn draw(app: &App, shown: &Sides<Vec<Option<Row>>>, areas: &Areas, theme: &Theme, buffer: &mut Buffer) {
    let Some(area) = areas.hinge else { return };
    if areas.stacked {
        lying(app, area, theme, buffer);
        return;
    }
    let top = areas.panes.left.map_or(area.y, |p| p.text.y);
    for y in area.top()..area.bottom() {
        put(buffer, area.left(), y, area.right(), "┊", theme.faint);
        put(buffer, area.right() - 1, y, area.right(), "┊", theme.faint);
    }
    let Some(joint) = &app.joint else { return };
    if joint.is_silent() {
        silence(app, joint, area, top, theme, buffer);
    }
    let Some((left, right)) = joint.pair() else { return };
    let row = |side: Side, passage| row_of(app, side, passage, &shown[side], areas).map(|r| r.min(area.bottom()));
    let rows = [row(Side::Left, left), row(Side::Right, right)];
    match rows {
        [Some(l), Some(r)] if l == r => straight(&label(app, left, right), area, l, theme, buffer),
        [Some(l), Some(r)] => bent(&label(app, left, right), area, (l, r), theme, buffer),
        _ => {}
    }
}

/// Which screen row a passage begins on; of one that has begun above the screen, the first row it shows.
fn row_of(app: &App, side: Side, passage: PassageNo, rows: &[Option<Row>], areas: &Areas) -> Option<u16> {
    let block = app.panes[side].text()?.numbering().block_of(passage)? as u32;
    let top = areas.panes[side]?.text.y;
    rows.iter().position(|r| r.is_some_and(|r| r.block == block && r.is_text())).map(|i| top + i as u16)
}

/// `14⇄22`; a quotation mark beside a number says that the passage is someone else's words.
fn label(app: &App, left: PassageNo, right: PassageNo) -> String {
    let mark = |side: Side, passage| if voice(app, side, passage).is_some() { "”" } else { "" };
    format!("{}{left}⇄{right}{}", mark(Side::Left, left), mark(Side::Right, right))
}

fn voice(app: &App, side: Side, passage: PassageNo) -> Option<&Voice> {
    let text = app.panes[side].text()?;
    text.voice_of(text.numbering().block_of(passage)?)
}

fn straight(label: &str, area: Rect, y: u16, theme: &Theme, buffer: &mut Buffer) {
    for x in area.left() + 1..area.right() - 1 {
        put(buffer, x, y, area.right(), "━", theme.lead);
    }
    write_label(label, area, y, theme, buffer);
}

/// A joint between rows that are not level: out of one pane, along the middle, into the other.
fn bent(label: &str, area: Rect, (l, r): (u16, u16), theme: &Theme, buffer: &mut Buffer) {
    let middle = area.x + area.width / 2;
    for x in area.left() + 1..middle {
        put(buffer, x, l, area.right(), "━", theme.lead);
    }
    for x in middle + 1..area.right() - 1 {
        put(buffer, x, r, area.right(), "━", theme.lead);
    }
    for y in l.min(r) + 1..l.max(r) {
        put(buffer, middle, y, area.right(), "┃", theme.lead);
    }
    let (out, into) = if l < r { ("┓", "┗") } else { ("┛", "┏") };
    put(buffer, middle, l, area.right(), out, theme.lead);
    put(buffer, middle, r, area.right(), into, theme.lead);
    if l.abs_diff(r) >= 2 {
        write_label(label, area, (l + r) / 2, theme, buffer);
    }
}

fn write_label(label: &str, area: Rect, y: u16, theme: &Theme, buffer: &mut Buffer) {
    let width = cells::width(label) as u16;
    if width + 4 <= area.width {
        put(buffer, area.x + (area.width - width) / 2, y, area.right(), label, theme.lead);
    }
}

/// At the asking passage's row: that the other text says nothing to it.
fn silence(app: &App, joint: &Joint, area: Rect, top: u16, theme: &Theme, buffer: &mut Buffer) {
    let pane = &app.panes[joint.lead];
    if pane.current() != Some(joint.from) {
        return;
    }
    let y = (top + pane.line).min(area.bottom().saturating_sub(1));
    let words = if area.width >= 9 { "silent" } else { "∅" };
    let width = cells::width(words) as u16;
    put(buffer, area.x + (area.width - width) / 2, y, area.right(), words, theme.silent);
}

/// The hinge between panes that are one above the other.
fn lying(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    for x in area.left()..area.right() {
        put(buffer, x, area.y, area.right(), "┈", theme.faint);
    }
    let Some(joint) = &app.joint else { return };
    let words = match joint.pair() {
        Some((left, right)) => format!(" {} ", label(app, left, right)),
        None if joint.is_silent() => " silent ".to_owned(),
        None => return,
    };
    let style = if joint.is_silent() { theme.silent } else { theme.lead };
    let width = cells::width(&words) as u16;
    put(buffer, area.x + area.width.saturating_sub(width) / 2, area.y, area.right(), &words, style);
}
