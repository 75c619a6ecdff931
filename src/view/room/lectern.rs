//! The speaker's second screen: the remark at the stop, the time, both passages in short, and what comes next.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{said_instead, stop_of};
use crate::app::App;
use crate::app::room::rows::{LecternParts, remark_rows};
use crate::layout::cells;
use crate::view::ink::{put, put_own, put_right, rule};
use crate::view::theme::Theme;
use crate::wire::message::{Shown, ShownText, ShownTour};

/// What is said where there are more rows than room.
const MORE: &str = " ▾ more";

pub(crate) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) {
    let (columns, rows) = app.halves.screen();
    let (x, end) = (1, columns.saturating_sub(1));
    let Some(shown) = app.led.newest() else {
        put(buffer, x, rows / 3, end, "waiting for the presenting screen…", theme.faint);
        return;
    };
    head(app, shown, (x, end), theme, buffer);
    let parts = LecternParts::of((columns, rows));
    next(shown, parts.next, theme, buffer);
    if let Some(area) = parts.passages {
        rule(buffer, x..end, area.y.saturating_sub(1), "─", theme.faint);
        for (text, area) in [&shown.left, &shown.right].into_iter().zip(halves(area)) {
            passage(text.as_ref(), shown.present.is_some(), area, theme, buffer);
        }
        rule(buffer, x..end, parts.next.y.saturating_sub(1), "─", theme.faint);
    }
    remark(app, shown, parts.remark, theme, buffer);
}

/// Title and stop, name and time.
fn head(app: &App, shown: &Shown, (x, end): (u16, u16), theme: &Theme, buffer: &mut Buffer) {
    let stop = stop_of(shown);
    let until = if stop.is_empty() { end } else { put_right(buffer, x, 0, end, &stop, theme.faint) };
    put(buffer, x, 0, until, &cells::ellipsis(&shown.title, usize::from(until.saturating_sub(x + 1))), theme.faint);
    let (time, late) = time(app, shown.tour.as_ref());
    let style = if late { theme.silent } else { theme.text };
    let until = if time.is_empty() { end } else { put_right(buffer, x, 1, end, &time, style) };
    let name = shown.tour.as_ref().map(|tour| tour.name.as_str()).filter(|name| !name.is_empty());
    let name = name.or(shown.topic.as_ref().map(|topic| topic.name.as_str())).unwrap_or_default();
    let at = put(buffer, x, 1, until, &cells::ellipsis(name, usize::from(until.saturating_sub(x + 1))), theme.topic);
    let on_screen = on_screen(shown);
    // It is said whole or not at all.
    if at + 2 + cells::width(&on_screen) as u16 <= until.saturating_sub(1) {
        put(buffer, at + 2, 1, until, &on_screen, theme.faint);
    }
}

/// What the room sees.
fn on_screen(shown: &Shown) -> String {
    let Some(present) = &shown.present else { return "nothing is presented".to_owned() };
    let elsewhere = shown.topic.as_ref().filter(|_| present.away).map(|topic| &topic.name);
    match present.shown.as_str() {
        _ if present.blank => "the screen is dark".to_owned(),
        _ if shown.screen == "map" => "the map is shown".to_owned(),
        _ if elsewhere.is_some_and(|name| shown.tour.as_ref().is_none_or(|tour| tour.name != *name)) => {
            elsewhere.map_or_else(String::new, |name| format!("{name} is shown"))
        }
        "title" => "the title is shown".to_owned(),
        "left" => "the left passage is shown".to_owned(),
        _ => String::new(),
    }
}

/// `2:10 of 6 min · 14:40 of 40 in all`, and whether the stop takes longer than was planned.
fn time(app: &App, tour: Option<&ShownTour>) -> (String, bool) {
    let (Some(all), Some(here)) = app.led.seconds() else { return (String::new(), false) };
    let of = |seconds: u64, planned: u64| {
        let taken = format!("{}:{:02}", seconds / 60, seconds % 60);
        if planned > 0 { format!("{taken} of {planned} min") } else { taken }
    };
    let minutes = tour.and_then(|tour| tour.minutes).map_or(0, u64::from);
    let planned = tour.map_or(0, |tour| tour.planned);
    let late = minutes > 0 && here > minutes * 60;
    let over = if late { " (over)" } else { "" };
    (format!("{}{over} · {} in all", of(here, minutes), of(all, planned)), late)
}

fn halves(area: Rect) -> [Rect; 2] {
    let width = area.width / 2;
    [
        Rect { width: width.saturating_sub(2), ..area },
        Rect { x: area.x + width + 1, width: area.width.saturating_sub(width + 1), ..area },
    ]
}

/// A passage in short: as much of its beginning as there are rows.
fn passage(text: Option<&ShownText>, presented: bool, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let Some(text) = text else {
        put(buffer, area.x, area.y, area.right(), "no text", theme.silent);
        return;
    };
    let number = text.passage.filter(|_| !text.silent).map_or_else(String::new, |passage| format!("¶{passage} · "));
    let head = format!("{number}{}", text.title);
    let not_there = said_instead(text);
    put(buffer, area.x, area.y, area.right(), &cells::ellipsis(&head, usize::from(area.width)), theme.lead);
    let words = if presented {
        // The passage, and what it announces.
        text.blocks.iter().map(|block| block.words.as_str()).collect::<Vec<_>>().join("\n")
    } else {
        let block = text.blocks.iter().find(|block| block.passage.is_some() && block.passage == text.passage);
        block.map_or_else(String::new, |block| block.words.clone())
    };
    let (words, style) = if text.silent { (not_there.as_str(), theme.silent) } else { (words.as_str(), theme.text) };
    let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    rows(words, 0, body, (style, theme), buffer);
}

fn remark(app: &App, shown: &Shown, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let remark = shown.tour.as_ref().and_then(|tour| tour.remark.as_deref());
    match remark {
        Some(remark) => rows(remark, app.led.scrolled, area, (theme.strong, theme), buffer),
        None if shown.tour.is_some() => rows("No remark at this stop.", 0, area, (theme.faint, theme), buffer),
        None => rows("There is no tour.", 0, area, (theme.faint, theme), buffer),
    }
}

/// Words in as many rows as there are; that there are more is said at the end.
fn rows(words: &str, skip: usize, area: Rect, (style, theme): (Style, &Theme), buffer: &mut Buffer) {
    let wrapped = remark_rows(words, area);
    let height = usize::from(area.height);
    let skip = skip.min(wrapped.len().saturating_sub(height.max(1)));
    for (row, y) in wrapped.iter().skip(skip).zip(area.top()..area.bottom()) {
        put_own(buffer, (area.x, y, area.right()), row, |_| style);
    }
    // Where there is hardly room for the words themselves, they say by themselves that there are more.
    if wrapped.len() > skip + height && height > 1 {
        let y = area.bottom() - 1;
        let at = put_right(buffer, area.x, y, area.right(), MORE, theme.faint);
        // No word is cut to make room for that.
        let row = wrapped.get(skip + height - 1).map_or("", |row| row.as_ref());
        let room = usize::from(at.saturating_sub(area.x));
        let kept = textwrap::wrap(row, room.max(1)).first().map_or(0, |kept| cells::width(kept)).min(room);
        put(buffer, area.x + kept as u16, y, at, &" ".repeat(room - kept), style);
    }
}

fn next(shown: &Shown, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let Some(tour) = &shown.tour else { return };
    let words = match &tour.next {
        Some(next) => {
            let number = tour.stop.map_or(1, |stop| stop.saturating_add(1));
            let minutes = next.minutes.map_or_else(String::new, |minutes| format!(" · {minutes} min"));
            format!("next: {number} · {} · {}{minutes}", next.name, next.passages)
        }
        None => "this is the last stop".to_owned(),
    };
    put(buffer, area.x, area.y, area.right(), &cells::ellipsis(&words, usize::from(area.width)), theme.text);
}
