//! The list of stops.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{put, put_right};
use super::theme::Theme;
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::scene::StopList;
use crate::layout::cells;
use crate::tour::Stop;

/// Columns under which the numbers of the passages are left out.
const NARROW: u16 = 50;

/// Rows below the list for the selected stop.
const BELOW: u16 = 9;

pub fn draw(app: &App, list: &StopList, theme: &Theme, buffer: &mut Buffer) {
    let (columns, rows) = app.halves.screen();
    let rows = rows - u16::from(rows >= 3);
    let tour = &app.touring.tour;
    let title = if tour.title.is_empty() { "Tour" } else { &tour.title };
    put(buffer, 1, 0, columns, &cells::ellipsis(title, usize::from(columns.saturating_sub(2))), theme.strong);
    let below = if rows >= BELOW + 8 { BELOW } else { 0 };
    let area = Rect::new(0, 2.min(rows), columns, rows.saturating_sub(2 + below));
    if tour.stops.is_empty() {
        return empty(app, area, theme, buffer);
    }
    let height = usize::from(area.height);
    let first = list.selected.saturating_sub(height / 2).min(tour.stops.len().saturating_sub(height));
    for ((at, stop), y) in tour.stops.iter().enumerate().skip(first).zip(area.top()..area.bottom()) {
        row(app, at, stop, at == list.selected, Rect { y, height: 1, ..area }, theme, buffer);
    }
    if below > 0
        && let Some(stop) = tour.stops.get(list.selected)
    {
        detail(app, stop, Rect { y: area.bottom(), height: below, ..area }, theme, buffer);
    }
}

fn empty(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let key = app.keys.keymap().first_key(Context::Reading, command!("add-stop")).unwrap_or_default();
    let words = ["No stops yet.", "", &format!("While reading, {key} adds the pair you are on.")];
    for (words, y) in words.iter().zip(area.top()..area.bottom()) {
        put(buffer, area.x + 3, y, area.right(), words, theme.faint);
    }
}

fn row(app: &App, at: usize, stop: &Stop, selected: bool, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let (y, end) = (area.y, area.right().saturating_sub(1));
    let (style, faint) = if selected { (theme.selected, theme.selected) } else { (theme.text, theme.faint) };
    if selected {
        for x in area.left()..area.right() {
            put(buffer, x, y, area.right(), " ", style);
        }
        put(buffer, area.x, y, end, "▸", style);
    }
    let minutes = stop.minutes.map(|m| format!("{m} min"));
    // Who added it is said where there is room.
    let author = stop.author.clone().filter(|_| area.width >= NARROW);
    let minutes = author.into_iter().chain(minutes).collect::<Vec<_>>().join("  ");
    let until = put_right(buffer, area.x, y, end, &minutes, faint);
    // On a narrow screen the name of the stop comes first.
    let numbers = if area.width < NARROW { String::new() } else { format!("{}  ", stop.numbers()) };
    let until = put_right(buffer, area.x, y, until.min(end.saturating_sub(8)), &numbers, faint);
    let x = put(buffer, area.x + 2, y, until, &format!("{:>2}  ", at + 1), faint);
    let name = app.topics.name_of_stop(stop);
    let x = put(buffer, x, y, until, &cells::ellipsis(&name, usize::from(until.saturating_sub(x + 1))), style);
    let room = usize::from(until.saturating_sub(x + 4));
    let remark = stop.remark_line();
    if room >= 12 && !remark.as_str().is_empty() {
        put(buffer, x, y, until, &format!("  {}", cells::ellipsis(remark.as_str(), room)), faint);
    }
}

/// The selected stop: its remark, and how both passages begin.
fn detail(app: &App, stop: &Stop, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let (x, end) = (area.x + 1, area.right().saturating_sub(1));
    for x in x..end {
        put(buffer, x, area.y, end, "─", theme.faint);
    }
    let total = app.touring.tour.minutes();
    if total > 0 {
        put_right(buffer, x, area.y, end.saturating_sub(1), &format!(" {total} min planned "), theme.faint);
    }
    let width = usize::from(end.saturating_sub(x)).clamp(1, 100);
    let mut y = area.y + 1;
    let remark = stop.remark_line();
    let key = app.keys.keymap().first_key(Context::Tour, command!("remark")).unwrap_or_default();
    let none = format!("no remark yet; {key} writes one");
    let (words, style) = match remark.as_str() {
        "" => (none.as_str(), theme.faint),
        words => (words, theme.text),
    };
    for row in textwrap::wrap(words, width).iter().take(2) {
        put(buffer, x, y, end, row, style);
        y += 1;
    }
    for (mark, anchor) in [("◧ ", &stop.left), ("◨ ", &stop.right)] {
        let Some(anchor) = anchor else {
            put(buffer, x, y, end, &format!("{mark}silent"), theme.silent);
            y += 1;
            continue;
        };
        let at = put(buffer, x, y, end, mark, theme.lead);
        let words = crate::text::clean::Clean::line(&anchor.exact);
        let rows = textwrap::wrap(words.as_str(), width.saturating_sub(2).max(1));
        for (i, row) in rows.iter().take(3).enumerate() {
            let row = if i == 2 && rows.len() > 3 { format!("{}…", row.trim_end()) } else { row.to_string() };
            if y < area.bottom() {
                put(buffer, at, y, end, &row, theme.faint);
                y += 1;
            }
        }
    }
}
