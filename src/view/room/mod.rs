//! What the leader of a room shows, drawn from what is sent: both passages with their surroundings, at the reader's own
//! width.

pub(crate) mod lectern;

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::ink::{put, put_own, put_right};
use super::theme::Theme;
use crate::app::App;
use crate::app::room::Role;
use crate::app::room::rows::{Line, Rows, body_of, divided};
use crate::app::scene::Scene;
use crate::layout::cells;
use crate::topic::codebook::TopicId;
use crate::wire::message::{Shown, ShownText};

pub(super) fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) {
    let (columns, rows) = app.halves.screen();
    let height = rows - u16::from(rows >= 3);
    let Some(shown) = app.led.in_view() else {
        put(buffer, 2, height / 3, columns, "waiting for the leader…", theme.faint);
        return;
    };
    let stop = stop_of(shown);
    let until = put_right(buffer, 1, 0, columns.saturating_sub(1), &stop, theme.faint);
    let until = if stop.is_empty() { columns } else { until };
    let title = shown.topic.as_ref().map_or(&shown.title, |topic| &topic.name);
    put(buffer, 1, 0, until, &cells::ellipsis(title, usize::from(until.saturating_sub(3))), theme.topic);
    let texts = [(&shown.left, "left"), (&shown.right, "right")];
    for ((text, side), area) in texts.into_iter().zip(divided((columns, rows), shown, app.halves.is_linear())) {
        let leads = shown.leads == side;
        match text {
            Some(text) => draw_text(app, shown, text, leads, area, theme, buffer),
            None => _ = put(buffer, area.x + 2, area.y, area.right(), "no text here", theme.silent),
        }
    }
}

/// What the footer says: whether one follows, and what the leader is at.
pub(super) fn state(app: &App, theme: &Theme) -> Vec<(String, Style)> {
    let Some(role) = app.led.role() else { return Vec::new() };
    if app.led.gone().is_some() {
        return vec![("the leader has gone".to_owned(), theme.silent)];
    }
    if role == Role::Speaker {
        return Vec::new();
    }
    let follows = app.led.follows();
    let mut parts =
        vec![if follows { ("following".to_owned(), theme.topic) } else { ("looking around".to_owned(), theme.silent) }];
    let texts = app.led.in_view().map(|shown| [&shown.left, &shown.right]);
    for text in texts.into_iter().flatten().flatten().filter(|text| follows && text.silent) {
        let said = if text.lost.is_some() { "has lost its passage" } else { "is silent" };
        parts.push((format!("{} {said} at this stop", text.title), theme.silent));
    }
    let Some(newest) = app.led.newest() else { return parts };
    let (stop, elsewhere) = (stop_of(newest), elsewhere(newest));
    // Drawn from what travels along, the stop stands above.
    let is_said = follows && matches!(app.screens.scene(), Scene::Room);
    if !stop.is_empty() && !is_said {
        parts.push((if follows { stop } else { format!("the leader is at {stop}") }, theme.text));
    }
    if let Some(elsewhere) = elsewhere {
        parts.push((elsewhere.to_owned(), theme.text));
    }
    let unknown = newest.topic.as_ref().filter(|topic| app.topics.known(&TopicId::new(&topic.id)).is_none());
    if let Some(topic) = unknown.filter(|_| follows && !is_said) {
        parts.push((format!("the leader is on {}", topic.name), theme.topic));
    }
    parts
}

/// What the leader's screen shows, where that is not the pair.
fn elsewhere(shown: &Shown) -> Option<&'static str> {
    let present = shown.present.as_ref();
    match shown.screen.as_str() {
        _ if present.is_some_and(|present| present.blank) => Some("the leader's screen is dark"),
        "map" => Some("the leader shows the map"),
        "loom" => Some("the leader shows the loom"),
        "synopsis" => Some("the leader shows the synopsis"),
        "dispute" => Some("the leader shows a quotation"),
        "tour" => Some("the leader is in the tour's list"),
        _ if present.is_some_and(|present| present.shown == "title") => Some("the leader shows the title"),
        _ => None,
    }
}

/// What is said of a text that has no passage at this stop.
fn said_instead(text: &ShownText) -> String {
    text.lost.as_ref().map_or_else(
        || "is silent here.".to_owned(),
        |words| format!("This passage is not there any more. It read: “{words}”"),
    )
}

/// `stop 3 of 8`; empty where there is none.
pub(super) fn stop_of(shown: &Shown) -> String {
    let Some(tour) = &shown.tour else { return String::new() };
    let away = if shown.present.as_ref().is_some_and(|p| p.away) { ", on a digression" } else { "" };
    tour.stop.map_or_else(String::new, |stop| format!("stop {stop} of {}{away}", tour.of))
}

fn draw_text(app: &App, shown: &Shown, text: &ShownText, leads: bool, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let style = if leads { theme.lead } else { theme.across };
    let section = text.section.as_deref().filter(|_| area.width >= 40).map(|s| format!(" · {s}")).unwrap_or_default();
    let missing = app.led.is_not_here(text).map(|said| format!(" · {said}")).unwrap_or_default();
    let head = match text.passage.filter(|_| !text.silent) {
        Some(passage) => format!("{} · ¶{passage}/{}{missing}{section}", text.title, text.of),
        None => format!("{}{missing}", text.title),
    };
    let room = usize::from(area.width.saturating_sub(2));
    put(buffer, area.x + 1, area.y, area.right(), &cells::ellipsis(&head, room), style);
    let body = body_of(area);
    if text.silent {
        let said = said_instead(text);
        let width = usize::from(body.width.saturating_sub(4).max(1));
        for (row, y) in textwrap::wrap(&said, width).iter().zip(body.top()..body.bottom()) {
            put(buffer, body.x + 3, y, body.right(), row, theme.silent);
        }
        return;
    }
    let rows = Rows::of(text, body, app.settings.measure);
    let lit = shown.present.as_ref().and_then(|p| p.lit.as_deref());
    for (line, y) in rows.shown(app.led.scrolled).zip(body.top()..body.bottom()) {
        if let Some(line) = line {
            draw_line(line, lit, (body, y), (style, theme), buffer);
        }
    }
}

fn draw_line(
    line: &Line<'_>,
    lit: Option<&str>,
    (body, y): (Rect, u16),
    (bar, theme): (Style, &Theme),
    buffer: &mut Buffer,
) {
    if line.is_current {
        put(buffer, body.x + 1, y, body.right(), "▌", bar);
    }
    let base = match line.block.kind.as_str() {
        "heading" => theme.heading,
        _ if line.is_current => theme.text,
        _ => theme.faint,
    };
    let lit = lit.and_then(|lit| range_of(&line.block.words, lit));
    put_own(buffer, (body.x + 3, y, body.right()), line.words, |at| {
        let is_lit = lit.as_ref().is_some_and(|lit| lit.contains(&(line.from + at)));
        if is_lit { base.patch(theme.strong) } else { base }
    });
}

fn range_of(words: &str, part: &str) -> Option<Range<usize>> {
    let part = part.trim();
    words.find(part).filter(|_| !part.is_empty()).map(|at| at..at + part.len())
}
