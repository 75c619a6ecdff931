//! The list of stops.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{put, put_right, rule};
use super::theme::Theme;
use crate::anchor::Anchor;
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::scene::StopList;
use crate::layout::cells;
use crate::model::notes::Draft;
use crate::text::clean::Clean;
use crate::tour::Stop;

/// Columns under which the numbers of the passages are left out.
const NARROW: u16 = 50;

/// Rows below the list for the selected stop, at least.
const BELOW: u16 = 9;

/// Rows of a list that show two of each stop: what it is about, and which passages of which texts.
const ROOMY: u16 = 4;

pub(super) fn draw(app: &App, list: &StopList, theme: &Theme, buffer: &mut Buffer) {
    let (columns, rows) = app.halves.screen();
    let rows = rows - u16::from(rows >= 3);
    let tour = &app.touring.tour;
    let title = if tour.title.is_empty() { "Tour" } else { &tour.title };
    put(buffer, 1, 0, columns, &cells::ellipsis(title, usize::from(columns.saturating_sub(2))), theme.strong);
    let stop = tour.stops.get(list.selected);
    let width = usize::from(columns.saturating_sub(2)).clamp(1, 100);
    let most = (rows / 2).max(BELOW);
    let wanted = stop.map_or(BELOW, |stop| rows_of(stop, width)).clamp(BELOW, most);
    let below = if rows >= BELOW + 8 { wanted } else { 0 };
    let most = rows.saturating_sub(2 + below);
    // What is said of the selected stop stands under the stops, not at the foot of a screen that is much taller.
    let listed =
        if tour.stops.is_empty() { most } else { (tour.stops.len() as u16).saturating_mul(2).saturating_add(1) };
    let area = Rect::new(0, 2.min(rows), columns, most.min(listed.max(ROOMY)));
    if tour.stops.is_empty() {
        return empty(app, area, theme, buffer);
    }
    let each = if area.height >= ROOMY { 2 } else { 1 };
    let height = usize::from(area.height / each);
    let first = list.selected.saturating_sub(height / 2).min(tour.stops.len().saturating_sub(height));
    for ((at, stop), nth) in tour.stops.iter().enumerate().skip(first).zip(0..area.height / each) {
        let row_of = Rect { y: area.y + nth * each, height: each, ..area };
        row(app, at, stop, at == list.selected, row_of, theme, buffer);
    }
    if below > 0
        && let Some(stop) = stop
    {
        detail(app, stop, Rect { y: area.bottom(), height: below, ..area }, theme, buffer);
    }
}

/// How many rows a stop takes below the list: a rule, its remark in full, and the beginnings of its passages.
fn rows_of(stop: &Stop, width: usize) -> u16 {
    let remark: usize = stop.remark.lines().map(|line| textwrap::wrap(line, width).len()).sum();
    (1 + remark + 6).try_into().unwrap_or(u16::MAX)
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
    let until = put_right(buffer, area.x, y, end, &minutes, faint).min(end.saturating_sub(8));
    let x = put(buffer, area.x + 2, y, until, &format!("{:>2}  ", at + 1), faint);
    if area.height > 1 {
        let room = usize::from(end.saturating_sub(x));
        put(buffer, x, y + 1, end, &sides(app, stop, room), theme.faint);
    }
    let name = app.topics.name_among(stop, &app.touring.tour.stops);
    let x = put(buffer, x, y, until, &cells::ellipsis(&name, usize::from(until.saturating_sub(x + 1))), style);
    let room = usize::from(until.saturating_sub(x + 4));
    let remark = match unsaved(app, stop) {
        Some(left) => {
            Clean::line(&format!("✎ not saved: {}", left.body.split_whitespace().collect::<Vec<_>>().join(" ")))
        }
        None => stop.remark_line(),
    };
    if room >= 12 && !remark.as_str().is_empty() {
        put(buffer, x, y, until, &format!("  {}", cells::ellipsis(remark.as_str(), room)), faint);
    }
}

/// Both passages with the names of their texts, in so many columns: `The Party ¶14 ⇄ Power from Below ¶22`.
fn sides(app: &App, stop: &Stop, room: usize) -> String {
    let number = |anchor: &Option<Anchor>| anchor.as_ref().map_or_else(|| "silent".to_owned(), Anchor::locator);
    let name = |anchor: &Option<Anchor>| {
        anchor.as_ref().map_or_else(String::new, |anchor| {
            format!("{} ", app.touring.name_of_stops_text(&app.halves, &anchor.text))
        })
    };
    let numbers = [&stop.left, &stop.right].map(number);
    let rest = room.saturating_sub(numbers.iter().map(|n| cells::width(n)).sum::<usize>() + 3);
    let [left, right] = [&stop.left, &stop.right].map(name);
    // What one name leaves of its half is the other's.
    let half = rest / 2;
    let left_room = half.max(rest.saturating_sub(cells::width(&right)));
    let right_room = half.max(rest.saturating_sub(cells::width(&left)));
    let cut = |name: &str, room: usize| {
        if cells::width(name) <= room {
            name.to_owned()
        } else {
            format!("{} ", cells::ellipsis(name.trim_end(), room.saturating_sub(1)))
        }
    };
    format!("{}{} ⇄ {}{}", cut(&left, left_room), numbers[0], cut(&right, right_room), numbers[1])
}

/// The words for a stop that an earlier session left, where they are others than its remark.
fn unsaved<'a>(app: &'a App, stop: &Stop) -> Option<&'a Draft> {
    app.notes.draft_for(&stop.id).filter(|draft| draft.body.trim() != stop.remark.trim())
}

/// The selected stop: its remark, and how both passages begin.
fn detail(app: &App, stop: &Stop, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let (x, end) = (area.x + 1, area.right().saturating_sub(1));
    rule(buffer, x..end, area.y, "─", theme.faint);
    let total = app.touring.tour.minutes();
    if total > 0 {
        put_right(buffer, x, area.y, end.saturating_sub(1), &format!(" {total} min planned "), theme.faint);
    }
    let width = usize::from(end.saturating_sub(x)).clamp(1, 100);
    let mut y = area.y + 1;
    let key = app.keys.keymap().first_key(Context::Tour, command!("remark")).unwrap_or_default();
    let left = unsaved(app, stop).map(|draft| format!("✎ not saved; {key} goes on with it:\n{}", draft.body));
    let none = format!("no remark yet; {key} writes one");
    let (words, style) = match &left {
        Some(left) => (left.as_str(), theme.silent),
        None if stop.remark.is_empty() => (none.as_str(), theme.faint),
        None => (stop.remark.as_str(), theme.text),
    };
    // A row for each passage is kept below it.
    let most = usize::from(area.height.saturating_sub(3).max(1));
    let lines: Vec<Clean> = words.lines().map(Clean::line).collect();
    let rows: Vec<_> = lines.iter().flat_map(|line| textwrap::wrap(line.as_str(), width)).collect();
    for (nth, row) in rows.iter().take(most).enumerate() {
        let cut = nth + 1 == most && rows.len() > most;
        let row = if cut {
            format!("{} … {key} shows all", cells::ellipsis(row, width.saturating_sub(14)))
        } else {
            row.to_string()
        };
        put(buffer, x, y, end, &row, style);
        y += 1;
    }
    for (mark, anchor) in [("◧ ", &stop.left), ("◨ ", &stop.right)] {
        let Some(anchor) = anchor else {
            put(buffer, x, y, end, &format!("{mark}silent"), theme.silent);
            y += 1;
            continue;
        };
        let at = put(buffer, x, y, end, mark, theme.lead);
        let words = Clean::line(&anchor.exact);
        let rows = textwrap::wrap(words.as_str(), width.saturating_sub(2).max(1));
        // The row of the right passage is not the left one's.
        let last = area.bottom().saturating_sub(u16::from(mark == "◧ "));
        for (i, row) in rows.iter().take(3).enumerate() {
            let row = if (i == 2 || y + 1 == last) && rows.len() > i + 1 {
                format!("{}…", row.trim_end())
            } else {
                row.to_string()
            };
            if y < last {
                put(buffer, at, y, end, &row, theme.faint);
                y += 1;
            }
        }
    }
}
