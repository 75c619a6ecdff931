//! The hinge: the strip between the panes, and the joint it draws between two passages.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::put;
use super::theme::Theme;
use super::{Rows, gutter};
use crate::app::App;
use crate::app::areas::Areas;
use crate::app::hinge::joint::Joint;
use crate::layout::cells;
use crate::layout::row::Row;
use crate::link::Side;
use crate::link::sides::Sides;
use crate::text::passage::PassageNo;
use crate::text::voice::Voice;

pub fn draw(app: &App, areas: &Areas, rows: &Sides<Vec<Option<Row>>>, theme: &Theme, buffer: &mut Buffer) {
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
    if app.keeps_level() {
        gutter::draw(app, areas, area, rows, theme, buffer);
        // A pair that the reader went to stands over it, as long as both its passages are where one reads.
        if !app.hinge.pinned() || !app.hinge.is_level(&app.halves) {
            return;
        }
    }
    let quoted = app.links.quoted_pair(&app.halves, &app.hinge).filter(|_| !app.keeps_level());
    if let Some(joint) = silent(app, quoted) {
        let y = row_of(app, joint.lead, joint.from, areas, &rows[joint.lead]);
        let checked = app.links.silence_checked(&app.halves, joint.lead, joint.from, joint.topic.as_ref()).is_some();
        silence(area, y.unwrap_or(top), silence_words(app, checked, area.width), theme, buffer);
    }
    let Some((left, right)) = pair(app, quoted) else { return };
    let rows = [(Side::Left, left), (Side::Right, right)]
        .map(|(s, p)| row_of(app, s, p, areas, &rows[s]).map(|r| r.min(area.bottom())));
    match rows {
        [Some(l), Some(r)] if l == r => straight(app, (left, right), area, l, theme, buffer),
        [Some(l), Some(r)] => bent(app, (left, right), area, (l, r), theme, buffer),
        _ => {}
    }
}

/// The passages to be joined: the current ones where they share a quotation, else those that were found to belong together.
fn pair(app: &App, quoted: Option<(PassageNo, PassageNo)>) -> Option<(PassageNo, PassageNo)> {
    quoted.or_else(|| app.hinge.joint()?.pair())
}

/// The joint that came to nothing, where that is to be said.
fn silent(app: &App, quoted: Option<(PassageNo, PassageNo)>) -> Option<&Joint> {
    app.hinge.joint().filter(|joint| joint.is_silent() && !app.hinge.fresh() && quoted.is_none())
}

/// Which screen row a passage begins on; of one that has begun above the screen, the first row it shows.
fn row_of(app: &App, side: Side, passage: PassageNo, areas: &Areas, rows: &Rows) -> Option<u16> {
    let pane = app.halves.pane(side);
    let block = pane.text()?.numbering().block_of(passage)? as u32;
    let top = areas.panes[side]?.text.y;
    rows.iter().position(|r| r.is_some_and(|r| r.block == block && r.is_text())).map(|i| top + i as u16)
}

/// The lines of a joint: single for what was computed, double for what the reader joined, dotted for what has nothing
/// but the topic in common.
struct Lines {
    across: &'static str,
    down: &'static str,
    /// Turning down and on, where the left end is higher; turning up and on, where it is lower.
    falling: (&'static str, &'static str),
    rising: (&'static str, &'static str),
}

const COMPUTED: Lines = Lines { across: "━", down: "┃", falling: ("┓", "┗"), rising: ("┛", "┏") };
const JOINED: Lines = Lines { across: "═", down: "║", falling: ("╗", "╚"), rising: ("╝", "╔") };
const SAME_TOPIC: Lines = Lines { across: "┈", down: "┊", falling: ("┐", "└"), rising: ("┘", "┌") };

fn lines(app: &App, (left, right): (PassageNo, PassageNo)) -> &'static Lines {
    let is_joint = app.hinge.joint().and_then(Joint::pair) == Some((left, right));
    if app.links.own().link_between(left, right).is_some() {
        &JOINED
    } else if is_joint && app.is_same_topic_only() {
        &SAME_TOPIC
    } else {
        &COMPUTED
    }
}

/// `14⇄22`, or `14⇔22` for a link of the reader's own; a quotation mark beside a number says that the passage is
/// someone else's words.
fn label(app: &App, left: PassageNo, right: PassageNo) -> String {
    let mark = |side: Side, passage| if voice(app, side, passage).is_some() { "”" } else { "" };
    let sign = match app.links.own().link_between(left, right) {
        Some(_) => "⇔",
        None if app.links.share_quotation(&app.halves, left, right) => "”",
        None => "⇄",
    };
    format!("{}{left}{sign}{right}{}", mark(Side::Left, left), mark(Side::Right, right))
}

fn voice(app: &App, side: Side, passage: PassageNo) -> Option<&Voice> {
    let text = app.halves.pane(side).text()?;
    text.voice_of(text.numbering().block_of(passage)?)
}

fn straight(app: &App, pair: (PassageNo, PassageNo), area: Rect, y: u16, theme: &Theme, buffer: &mut Buffer) {
    for x in area.left() + 1..area.right() - 1 {
        put(buffer, x, y, area.right(), lines(app, pair).across, theme.lead);
    }
    write_label(&label(app, pair.0, pair.1), area, y, theme, buffer);
}

/// A joint between rows that are not level: out of one pane, along the middle, into the other.
fn bent(app: &App, pair: (PassageNo, PassageNo), area: Rect, (l, r): (u16, u16), theme: &Theme, buffer: &mut Buffer) {
    let lines = lines(app, pair);
    let middle = area.x + area.width / 2;
    gutter::wipe(area, l.min(r)..l.max(r) + 1, buffer);
    for x in area.left() + 1..middle {
        put(buffer, x, l, area.right(), lines.across, theme.lead);
    }
    for x in middle + 1..area.right() - 1 {
        put(buffer, x, r, area.right(), lines.across, theme.lead);
    }
    for y in l.min(r) + 1..l.max(r) {
        put(buffer, middle, y, area.right(), lines.down, theme.lead);
    }
    let (out, into) = if l < r { lines.falling } else { lines.rising };
    put(buffer, middle, l, area.right(), out, theme.lead);
    put(buffer, middle, r, area.right(), into, theme.lead);
    if l.abs_diff(r) >= 2 {
        write_label(&label(app, pair.0, pair.1), area, u16::midpoint(l, r), theme, buffer);
    }
}

fn write_label(label: &str, area: Rect, y: u16, theme: &Theme, buffer: &mut Buffer) {
    let width = cells::width(label) as u16;
    if width + 4 <= area.width {
        put(buffer, area.x + (area.width - width) / 2, y, area.right(), label, theme.lead);
    }
}

/// That the other text says nothing to a passage, and whether the reader has checked that; of texts of two languages, that
/// they were not compared.
fn silence_words(app: &App, checked: bool, width: u16) -> &'static str {
    match (checked, width) {
        (true, 11..) => "✓ silent",
        (true, 9..) => "✓silent",
        (true, _) => "✓",
        (false, 14..) if app.hinge.languages_apart().is_some() => "not compared",
        (false, _) if app.hinge.languages_apart().is_some() => "≠",
        (false, 9..) => "silent",
        (false, _) => "∅",
    }
}

/// At the asking passage's first row: that it has no counterpart.
fn silence(area: Rect, y: u16, words: &str, theme: &Theme, buffer: &mut Buffer) {
    let width = cells::width(words) as u16;
    put(buffer, area.x + (area.width.saturating_sub(width)) / 2, y, area.right(), words, theme.silent);
}

/// The hinge between panes that are one above the other.
fn lying(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    for x in area.left()..area.right() {
        put(buffer, x, area.y, area.right(), "┈", theme.faint);
    }
    if app.keeps_level() && !app.hinge.pinned() {
        let (words, style) = match app.said_across() {
            Some(said) => (format!(" {said} "), theme.lead),
            None => (app.said_level().map_or_else(String::new, |said| format!(" {said} ")), theme.faint),
        };
        let width = cells::width(&words) as u16;
        put(buffer, area.x + area.width.saturating_sub(width) / 2, area.y, area.right(), &words, style);
        return;
    }
    let quoted = app.links.quoted_pair(&app.halves, &app.hinge);
    let (words, style) = match (pair(app, quoted), silent(app, quoted)) {
        (Some((left, right)), _) => (format!(" {} ", label(app, left, right)), theme.lead),
        (None, Some(joint)) => {
            let checked =
                app.links.silence_checked(&app.halves, joint.lead, joint.from, joint.topic.as_ref()).is_some();
            (format!(" {} ", silence_words(app, checked, area.width)), theme.silent)
        }
        (None, None) => return,
    };
    let width = cells::width(&words) as u16;
    put(buffer, area.x + area.width.saturating_sub(width) / 2, area.y, area.right(), &words, style);
}
