//! The gutter: in place sync, what the hinge says of the passages in sight. Level passages have their numbers beside each
//! other, what only one text has a line along its edge, what was moved the number of where it stands, and what is no more
//! than likely a question mark. At the reading line both texts are level.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Rows;
use super::ink::put;
use super::theme::Theme;
use crate::app::App;
use crate::app::areas::Areas;
use crate::app::versions::Across;
use crate::layout::cells;
use crate::layout::row::{Row, RowKind};
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::text::passage::PassageNo;
use crate::word::counted::counted;

/// Draws it between the edges of the hinge.
pub(super) fn draw(
    app: &App,
    areas: &Areas,
    area: Rect,
    rows: &Sides<Vec<Option<Row>>>,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    for side in BOTH {
        if let Some(pane) = areas.panes[side] {
            edge(app, side, area, pane.text.y, &rows[side], theme, buffer);
        }
    }
    let mut beside: Sides<Vec<Tag>> = Sides::default();
    for side in BOTH {
        if let Some(pane) = areas.panes[side] {
            let top = areas.panes[side.other()].map_or(pane.text.y, |other| other.text.y);
            beside[side] = tags(app, side, area, (pane.text.y, top), rows, theme, buffer);
        }
    }
    set_beside(area, app.halves.focus(), &beside, buffer);
    reading(app, areas, area, theme, buffer);
}

/// What is said at the edge towards a pane, on one row.
struct Tag {
    y: u16,
    words: String,
    style: Style,
}

/// So many columns a gutter has where there is room for a bracket beside its edge and for the numbers of both sides.
const ROOMY: u16 = 11;

/// The passage of which a row shows something, as it lies across.
fn across<'a>(app: &'a App, side: Side, row: &Row) -> Option<(PassageNo, Across<'a>)> {
    let passage = app.halves.pane(side).text()?.numbering().passage_of(row.block as usize)?;
    Some((passage, app.versions.across(side, passage)?))
}

/// Along the edge towards a pane: a heavy line beside what only that text has, a bracket around passages that are one
/// passage, or others, on the other side.
fn edge(app: &App, side: Side, area: Rect, top: u16, rows: &Rows, theme: &Theme, buffer: &mut Buffer) {
    let x = if side == Side::Left { area.left() } else { area.right() - 1 };
    let inner = match side {
        _ if area.width < ROOMY => x,
        Side::Left => x + 1,
        Side::Right => x - 1,
    };
    for (row, y) in rows.iter().zip(top..area.bottom()) {
        let Some(row) = row else { continue };
        let Some((passage, across)) = across(app, side, row) else {
            if let Some(glyph) = goes_on(app, side, row) {
                let (x, style) = if glyph == "┃" { (x, theme.silent) } else { (inner, theme.faint) };
                put(buffer, x, y, area.right(), glyph, style);
            }
            continue;
        };
        let number = passage.0 - 1;
        if across.is_only_here() {
            let goes_on = row.is_text() || app.versions.run(across.at).start < number;
            if goes_on {
                put(buffer, x, y, area.right(), "┃", theme.silent);
            }
        } else if across.here.len() > 1 {
            let (first, last) = (across.here.start == number, across.here.end == number + 1);
            let ends = app
                .halves
                .pane(side)
                .text()
                .is_some_and(|text| row.end as usize >= text.block_str(row.block as usize).len());
            let corners = if side == Side::Left { ("┐", "┘") } else { ("┌", "└") };
            let glyph = match row.kind {
                RowKind::First if first => corners.0,
                _ if last && row.is_text() && ends => corners.1,
                RowKind::Gap(_) if first => continue,
                _ => "│",
            };
            put(buffer, inner, y, area.right(), glyph, theme.faint);
        }
    }
}

/// What the edge has beside a row that is of no passage, a heading or the rows around it, between two that lie across
/// together, or that only this text has.
fn goes_on(app: &App, side: Side, row: &Row) -> Option<&'static str> {
    let before = app.halves.pane(side).text()?.numbering().passage_before(row.block as usize)?;
    let [before, after] = [before, PassageNo(before.0 + 1)].map(|passage| app.versions.across(side, passage));
    let (before, after) = (before?, after?);
    if before.at == after.at {
        return Some("│");
    }
    let are_alone = before.is_only_here() && after.is_only_here();
    (are_alone && app.versions.run(before.at) == app.versions.run(after.at)).then_some("┃")
}

/// At the row where a passage begins its number, and where the passage across begins on the same row, both numbers in the
/// middle. Answers with those that stand at the edge.
fn tags(
    app: &App,
    side: Side,
    area: Rect,
    (top, other_top): (u16, u16),
    rows: &Sides<Vec<Option<Row>>>,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Vec<Tag> {
    let mut beside = Vec::new();
    let mut aside = |words: String, y: u16, style: Style| beside.push(Tag { y, words, style });
    for (row, y) in rows[side].iter().zip(top..area.bottom()) {
        let Some(row) = row.as_ref().filter(|row| row.kind == RowKind::First) else { continue };
        let Some((passage, across)) = across(app, side, row) else { continue };
        let at_start = across.here.start == passage.0 - 1;
        if across.is_only_here() {
            let run = app.versions.run(across.at);
            if run.start == passage.0 - 1 {
                aside(alone(run.len(), area), y, theme.silent);
            }
            continue;
        }
        let sign = if across.bead.is_unsure() { "?" } else { "" };
        let answer = across.there.start + 1;
        if across.is_moved() {
            aside(format!("{sign}↷{answer}"), y, theme.lead);
            continue;
        }
        let other = app.halves.pane(side.other()).text();
        let block = across.heading().or_else(|| other?.numbering().block_of(PassageNo(answer)).map(|b| b as u32));
        let level = block.and_then(|block| begins(block, &rows[side.other()], other_top)) == Some(y);
        match (at_start && level, side) {
            (true, Side::Left) => {
                let between = if across.bead.is_unsure() { "?" } else { "─" };
                let answer = named(&across, answer);
                middle(&format!("{passage}{between}{answer}"), between, area, y, theme.faint, buffer);
            }
            // Said from the left, which has no number where it has a heading.
            (true, Side::Right) if across.heading().is_none() => {}
            (true, Side::Right) => {
                middle(&format!("§─{passage}"), "─", area, y, theme.faint, buffer);
            }
            (false, _) => aside(format!("{sign}{passage}"), y, theme.faint),
        }
    }
    beside
}

/// What answers a passage: its number, or that it is a heading.
fn named(across: &Across<'_>, number: u32) -> String {
    across.heading().map_or_else(|| number.to_string(), |_| "§".to_owned())
}

/// On which row a block begins.
fn begins(block: u32, rows: &Rows, top: u16) -> Option<u16> {
    let is_first = |row: &Option<Row>| row.is_some_and(|row| row.block == block && row.kind == RowKind::First);
    rows.iter().position(is_first).map(|at| top + at as u16)
}

/// How many passages only one side has, in so many words as there is room for: the line along the edge says it too.
fn alone(count: usize, area: Rect) -> String {
    let words = [format!("{count} only here"), format!("{count} only"), "∅".to_owned()];
    let room = usize::from(area.width.saturating_sub(3));
    words.into_iter().find(|words| cells::width(words) <= room).unwrap_or_default()
}

/// Puts what is said at both edges. Where there is not room for both on a row, what the leading side has to say is said,
/// and of the other only the sign.
fn set_beside(area: Rect, lead: Side, beside: &Sides<Vec<Tag>>, buffer: &mut Buffer) {
    let all = usize::from(area.width.saturating_sub(2));
    let apart = |words: &str, room: usize| usize::from(area.width >= ROOMY && cells::width(words) < room);
    for side in BOTH {
        for tag in &beside[side] {
            let across = beside[side.other()].iter().find(|other| other.y == tag.y).filter(|_| side != lead);
            let taken = across.map_or(0, |other| {
                let words = shortened(&other.words, all);
                cells::width(&words) + apart(&words, all) + 1
            });
            let room = all.saturating_sub(taken);
            let words = shortened(&tag.words, room);
            // A column apart from the edge, where there is one.
            let from_edge = (1 + apart(&words, room)) as u16;
            let x = match side {
                Side::Left => area.left() + from_edge,
                Side::Right => area.right().saturating_sub(from_edge + cells::width(&words) as u16),
            };
            put(buffer, x, tag.y, area.right(), &words, tag.style);
        }
    }
}

/// The words, or where there is no room for them, the sign among them: nothing of a number.
fn shortened(words: &str, room: usize) -> String {
    if cells::width(words) <= room {
        return words.to_owned();
    }
    words.chars().find(|c| !c.is_ascii_digit()).filter(|_| room > 0).map_or_else(String::new, String::from)
}

/// In the middle; where there is no room, only what is between the numbers.
fn middle(words: &str, between: &str, area: Rect, y: u16, style: Style, buffer: &mut Buffer) {
    let words = if cells::width(words) as u16 + 2 <= area.width { words } else { between };
    let width = cells::width(words) as u16;
    put(buffer, area.x + (area.width.saturating_sub(width)) / 2, y, area.right(), words, style);
}

/// At the reading line: the passages that are level there, or that the other text has nothing.
fn reading(app: &App, areas: &Areas, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let lead = app.halves.focus();
    let pane = app.halves.pane(lead);
    let (Some(at), Some(passage)) = (areas.panes[lead], pane.current()) else { return };
    let Some(across) = app.versions.across(lead, passage) else { return };
    let y = at.text.y + pane.line;
    if pane.gap > 0 || app.hinge.pinned() || y >= area.bottom() {
        return;
    }
    if across.is_only_here() {
        let room = usize::from(area.width.saturating_sub(2));
        let words = ["only here", "only", "∅"].into_iter().find(|words| cells::width(words) <= room).unwrap_or("∅");
        wipe(area, y..y + 1, buffer);
        return middle(words, words, area, y, theme.silent, buffer);
    }
    if !is_beside(app, lead, &across) {
        return;
    }
    let beside = named(&across, nearest(app, lead, &across));
    let sign = match (across.is_moved(), across.bead.is_unsure()) {
        (_, true) => "?",
        (true, false) => "↷",
        (false, false) => "⇄",
    };
    let line = if across.bead.is_unsure() { "┈" } else { "━" };
    for x in area.left() + 1..area.right() - 1 {
        put(buffer, x, y, area.right(), line, theme.lead);
    }
    // Where there is no room for both numbers, the one that is not at the reader's own place.
    let words = match lead {
        Side::Left => [format!("{passage}{sign}{beside}"), format!("{sign}{beside}")],
        Side::Right => [format!("{beside}{sign}{passage}"), format!("{beside}{sign}")],
    };
    if let Some(words) = words.iter().find(|words| cells::width(words) as u16 + 2 <= area.width) {
        middle(words, sign, area, y, theme.lead, buffer);
    } else if sign != "⇄" {
        middle(sign, sign, area, y, theme.lead, buffer);
    }
}

/// Whether the other pane is where a bead lies across, or right beside it: the reader may have gone elsewhere with it.
fn is_beside(app: &App, lead: Side, across: &Across<'_>) -> bool {
    let current = app.halves.pane(lead.other()).current();
    across.heading().is_some()
        || current.is_none_or(|current| current.0 >= across.there.start && current.0 <= across.there.end + 1)
}

/// The passage of a bead that the other pane is at, else the first one.
fn nearest(app: &App, lead: Side, across: &Across<'_>) -> u32 {
    let current = app.halves.pane(lead.other()).current().map_or(0, |p| p.0);
    if across.there.contains(&current.saturating_sub(1)) { current } else { across.there.start + 1 }
}

/// Takes what stands between the edges away.
pub(super) fn wipe(area: Rect, rows: Range<u16>, buffer: &mut Buffer) {
    for (x, y) in rows.flat_map(|y| (area.left() + 1..area.right() - 1).map(move |x| (x, y))) {
        put(buffer, x, y, area.right(), " ", Style::reset());
    }
}

/// What the blank row before a passage says: how many passages only this text has from here on, and how many only the other
/// one has at this place, where there is room for both.
pub(super) fn gap_words(app: &App, side: Side, row: &Row, room: u16) -> Option<String> {
    if row.kind != RowKind::Gap(1) {
        return None;
    }
    let (passage, across) = across(app, side, row)?;
    let versions = &app.versions;
    let other = if side == Side::Left { "right" } else { "left" };
    if across.is_only_here() {
        let run = versions.run(across.at);
        if run.start != passage.0 - 1 {
            return None;
        }
        let (from, to) = place(app, side, across.at);
        let there =
            (from..to).filter(|at| versions.bead(side, *at).is_some_and(|across| across.is_only_there())).count();
        // The first run at this place says it of the other text too.
        let is_first = (from..across.at).all(|at| versions.bead(side, at).is_none_or(|before| !before.is_only_here()));
        let here = counted(run.len(), "passage");
        let both = [
            format!("╌╌ {here} only here, {there} only {other} ╌╌"),
            format!("╌╌ {here} only here · {there} {other} ╌╌"),
        ];
        let both =
            both.into_iter().filter(|_| there > 0 && is_first).find(|words| cells::width(words) <= usize::from(room));
        return Some(both.unwrap_or_else(|| format!("╌╌ {here} only here ╌╌")));
    }
    if across.here.start != passage.0 - 1 || across.is_moved() {
        return None;
    }
    only_there_before(app, side, across.at)
}

/// What the row behind the end of a text says: how many passages only the other one has there.
pub(super) fn end_words(app: &App, side: Side) -> Option<String> {
    only_there_before(app, side, app.versions.count())
}

/// How many passages only the other text has right before a bead, unless that is said beside what only this one has.
fn only_there_before(app: &App, side: Side, at: usize) -> Option<String> {
    let before = (0..at).rev().map_while(|at| app.versions.bead(side, at).filter(|before| !before.is_across()));
    let before: Vec<Across<'_>> = before.collect();
    let is_said = before.iter().any(Across::is_only_here);
    let there = before.iter().filter(|before| before.is_only_there()).count();
    let other = if side == Side::Left { "right" } else { "left" };
    (there > 0 && !is_said).then(|| format!("╌╌ {} only {other} ╌╌", counted(there, "passage")))
}

/// The beads at the place of one that is across from nothing there: all up to what is across before and after it.
fn place(app: &App, side: Side, at: usize) -> (usize, usize) {
    let is_across = |at: &usize| app.versions.bead(side, *at).is_none_or(|bead| bead.is_across());
    let from = (0..at).rev().find(is_across).map_or(0, |before| before + 1);
    (from, (at..app.versions.count()).find(is_across).unwrap_or_else(|| app.versions.count()))
}
