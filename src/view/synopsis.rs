//! The synopsis on the screen: two columns whose rows begin level, and between them what joins a row.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{put, put_right, rule, side_mark};
use super::passage;
use super::theme::Theme;
use crate::app::App;
use crate::app::areas::{Areas, PaneArea};
use crate::app::synopsis::{SaidLine, Synopsis, SynopsisCell, SynopsisLine};
use crate::layout::cells;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::study::rows::{Standing, SynopsisRow, said_of_empty};
use crate::text::passage::PassageNo;

pub(super) fn draw(app: &App, synopsis: &Synopsis, areas: &Areas, theme: &Theme, buffer: &mut Buffer) {
    let wide = areas.are_side_by_side();
    let laid_out = synopsis.laid_out(&app.halves, *areas);
    for side in BOTH {
        if let Some(area) = areas.panes[side].filter(|_| wide) {
            title(app, side, area, theme, buffer);
        }
    }
    let Some(first) = areas.panes.left.or(areas.panes.right) else { return };
    let top = first.text.y;
    if let Some(words) = instead(app, synopsis) {
        let x = (app.halves.screen().0.saturating_sub(cells::width(&words) as u16)) / 2;
        put(buffer, x, top + laid_out.height() / 3, app.halves.screen().0, &words, theme.faint);
        return;
    }
    if let Some(area) = areas.hinge.filter(|_| wide) {
        for y in area.top()..area.bottom() {
            put(buffer, area.left(), y, area.right(), "┊", theme.faint);
            put(buffer, area.right() - 1, y, area.right(), "┊", theme.faint);
        }
    }
    for (i, (at, line)) in laid_out.lines().into_iter().enumerate() {
        let y = top + i as u16;
        let Some(row) = synopsis.rows.as_ref().and_then(|rows| rows.get(at)) else { continue };
        let selected = at == synopsis.selected;
        match line {
            SynopsisLine::Both(left, right) => {
                for (side, cell) in [(Side::Left, left), (Side::Right, right)] {
                    if let Some(area) = areas.panes[side] {
                        draw_cell(app, (side, row), cell, (area, y), selected, theme, buffer);
                    }
                }
                if let (SynopsisCell::Label(l), SynopsisCell::Label(r), Some(hinge)) = (left, right, areas.hinge) {
                    joint((l, r), row.standing(), hinge, y, selected, theme, buffer);
                }
            }
            SynopsisLine::One(side, cell) => draw_cell(app, (side, row), cell, (first, y), selected, theme, buffer),
            SynopsisLine::Said(nth) => {
                if let Some(line) = synopsis.said.get(at).and_then(|said| said.get(nth)) {
                    said(line, first, y, selected, theme, buffer);
                }
            }
            SynopsisLine::Blank => separator(app, row, first, y, theme, buffer),
        }
    }
}

/// What is said where there are no rows.
fn instead(app: &App, synopsis: &Synopsis) -> Option<String> {
    if synopsis.rows.is_none() && app.hinge.is_given_up() {
        return Some("The two texts could not be compared.".to_owned());
    }
    let Some(held) = app.topics.held() else {
        return match &synopsis.rows {
            None if BOTH.iter().all(|side| app.halves.pane(*side).open().is_some()) => {
                Some("Looking for the links on no topic…".to_owned())
            }
            Some(rows) if !rows.is_empty() => None,
            _ => Some("No topic is held, and no passages are joined without one.".to_owned()),
        };
    };
    match &synopsis.rows {
        None => Some(format!("Comparing the treatments of {}…", held.name)),
        Some(rows) if rows.is_empty() => Some(format!("Neither text treats {}.", held.name)),
        Some(_) => None,
    }
}

fn title(app: &App, side: Side, area: PaneArea, theme: &Theme, buffer: &mut Buffer) {
    if app.halves.pane(side).open().is_none() {
        return;
    }
    let row = area.header;
    if row.height > 0 {
        let name = app.halves.name_of(side);
        let name = cells::ellipsis(&name, usize::from(row.width.saturating_sub(2)));
        put(buffer, row.x + 2, row.y, row.right(), &name, theme.strong);
    }
    if area.strip.height > 0 {
        rule(buffer, area.strip.left() + 1..area.strip.right().saturating_sub(1), area.strip.y, "─", theme.faint);
    }
}

fn draw_cell(
    app: &App,
    (side, row): (Side, &SynopsisRow),
    cell: SynopsisCell,
    (area, y): (PaneArea, u16),
    selected: bool,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let (x, end) = (area.text.x, area.text.right() + 1);
    let Some(text) = app.halves.pane(side).text() else { return };
    // Where one side has nothing, the words of the other are what is selected.
    let is_words = !matches!(cell, SynopsisCell::Empty | SynopsisCell::Silent);
    if selected && is_words && x >= area.whole.x + 2 {
        put(buffer, x - 2, y, x, "▌", theme.lead);
    }
    match cell {
        SynopsisCell::Empty => {}
        SynopsisCell::Silent => {
            let room = usize::from(end.saturating_sub(x));
            put(buffer, x, y, end, &cells::ellipsis(said_of_empty(row.topic_across), room), theme.faint);
        }
        SynopsisCell::Label(passage) => {
            let style = if selected { theme.lead } else { theme.faint };
            let mark = if app.areas().are_side_by_side() { "" } else { side_mark(side) };
            let at = put(buffer, x, y, end, &format!("{mark}¶{passage}"), style);
            let heading = text.numbering().block_of(passage).and_then(|b| text.heading_of(b));
            if let Some(heading) = heading {
                let room = usize::from(end.saturating_sub(at + 4));
                let words = cells::ellipsis(&text.heading_name(heading), room).into_owned();
                put(buffer, at, y, end, &format!(" · {words}"), theme.faint);
            }
        }
        SynopsisCell::Text(row) => {
            let study = app.halves.pane(side).study.as_ref();
            let topic = study.zip(app.topics.held_id()).and_then(|(s, t)| s.coverage.get(t));
            let layers = passage::layers(text, row, topic.map(|c| &**c), theme);
            passage::draw_row(text, row, (x, y, end), &layers, theme, buffer);
        }
    }
}

/// A line of what the reader has written, across both columns.
fn said(line: &SaidLine, area: PaneArea, y: u16, selected: bool, theme: &Theme, buffer: &mut Buffer) {
    let (x, end) = (area.text.x, buffer.area.right().saturating_sub(1));
    if selected && x >= area.whole.x + 2 {
        put(buffer, x - 2, y, x, "▌", theme.lead);
    }
    // It stands over the hinge, which is nothing but a line there.
    let width = line.indent + cells::width(&line.words) as u16;
    for x in x..(x + width + 1).min(end) {
        put(buffer, x, y, end, " ", theme.text);
    }
    put(buffer, x, y, end, &line.mark, theme.topic);
    put(buffer, x + line.indent, y, end, &line.words, theme.text);
}

fn joint(
    (left, right): (PassageNo, PassageNo),
    standing: Standing,
    area: Rect,
    y: u16,
    selected: bool,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let line = match (standing, selected) {
        (Standing::Joined, _) => "═",
        (Standing::SameTopic, _) => "┈",
        (_, true) => "━",
        (_, false) => "─",
    };
    let style = if selected { theme.lead } else { theme.across };
    for x in area.left() + 1..area.right() - 1 {
        put(buffer, x, y, area.right(), line, style);
    }
    let label = label(left, right, standing);
    let width = cells::width(&label) as u16;
    if width + 4 <= area.width {
        put(buffer, area.x + (area.width - width) / 2, y, area.right(), &label, style);
    }
}

fn label(left: PassageNo, right: PassageNo, standing: Standing) -> String {
    format!("{left}{}{right}", if standing == Standing::Joined { "⇔" } else { "⇄" })
}

/// On a narrow screen the line between two rows says how close the row above was.
fn separator(app: &App, row: &SynopsisRow, area: PaneArea, y: u16, theme: &Theme, buffer: &mut Buffer) {
    if app.areas().are_side_by_side() {
        return;
    }
    let end = area.text.right();
    rule(buffer, area.text.x..end, y, "┈", theme.faint);
    if let Some((left, right)) = row.pair() {
        let only = if row.standing() == Standing::SameTopic { " same topic only" } else { "" };
        let words = format!(" {}{only} ", label(left, right, row.standing()));
        put_right(buffer, area.text.x, y, end, &words, theme.faint);
    }
}
