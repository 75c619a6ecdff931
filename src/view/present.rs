//! A pair for a room: a large title, the passages with their decisive sentences lit and the rest receding.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::{Color, Style};
use ratatui::text::Line;
use ratatui::widgets::Widget as _;
use tui_big_text::{BigText, PixelSize};

use super::ink::{Layers, put, put_own, put_right};
use super::theme::Theme;
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::present::{Present, Shown};
use crate::app::projection::{NARROW, Parts, TALLEST, divide, is_big, shown_alone, spacing, title_of};
use crate::layout::Flow;
use crate::layout::cells;
use crate::layout::cursor::rows_of_block;
use crate::layout::row::Row;
use crate::link::Side;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;

pub fn draw(app: &App, present: &Present, theme: &Theme, buffer: &mut Buffer) {
    if present.blank {
        // Dark on a light ground too: a white screen would light the room.
        if theme.ground.is_some() {
            buffer.set_style(buffer.area, Style::new().bg(Color::Black));
        }
        return;
    }
    let title = title_of(app, present);
    let big = !app.halves.is_linear() && is_big(app, &title);
    let parts = divide(app.halves.screen(), big);
    draw_title(&title, big, parts.title, theme, buffer);
    let narrow = app.halves.screen().0 < NARROW;
    for (side, shown) in [(Side::Left, Shown::Left), (Side::Right, Shown::Both)] {
        // One at a time: the one turned to, else the one shown last.
        let hidden = narrow && side != shown_alone(app, present);
        if present.shown >= shown && !hidden {
            passage(app, present, side, &parts, theme, buffer);
        }
    }
    corner(app, present, parts.corner, theme, buffer);
}

fn draw_title(title: &str, big: bool, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    if big {
        let letters = BigText::builder()
            .pixel_size(PixelSize::Quadrant)
            .style(theme.topic)
            .alignment(Alignment::Center)
            .lines(vec![Line::from(title.to_owned())])
            .build();
        return letters.render(area, buffer);
    }
    let title = cells::ellipsis(title, usize::from(area.width.saturating_sub(2)));
    let x = area.x + area.width.saturating_sub(cells::width(&title) as u16) / 2;
    put(buffer, x, area.y, area.right(), &title, theme.topic);
}

fn passage(app: &App, present: &Present, side: Side, parts: &Parts, theme: &Theme, buffer: &mut Buffer) {
    let area = parts.columns[side as usize];
    let pane = app.halves.pane(side);
    let stop = present.stop.filter(|_| !present.away).and_then(|at| app.touring.tour.stops.get(at));
    let anchor = stop.map(|stop| if side == Side::Left { &stop.left } else { &stop.right });
    if let (Some(words), Some(Some(anchor))) = (&present.lost[side], anchor) {
        // The pane may hold another text by now, or none.
        let name = pane.open().filter(|open| open.id == anchor.text).map(|open| open.name.clone());
        let name = name.unwrap_or_else(|| Clean::line(anchor.text.as_str()));
        head(name.as_str(), app.halves.focus() == side, area, theme, buffer);
        return lost(words, Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area }, theme, buffer);
    }
    let Some(open) = pane.open() else {
        return message("no text here", area, theme, buffer);
    };
    let label = |words: &str| format!("{words}{}", app.halves.name_of(side));
    if anchor.is_some_and(Option::is_none) {
        head(&label(""), app.halves.focus() == side, area, theme, buffer);
        return message("is silent here.", Rect { y: area.y + 2, ..area }, theme, buffer);
    }
    let Some(passage) = pane.current() else { return };
    head(&label(&format!("¶{passage} · ")), app.halves.focus() == side, area, theme, buffer);
    let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
    let Some(block) = open.text.numbering().block_of(passage) else { return };
    let lit = lit(app, present, side, passage);
    let rows = rows_of_block(Flow::new(&open.text, body.width), block, TALLEST);
    // Both passages are scrolled together; the shorter one stays in sight.
    let skip = present.scrolled.min(rows.len().saturating_sub(usize::from(body.height.max(1))));
    let spacing = spacing(app, parts);
    for (row, y) in rows.iter().skip(skip).zip((body.top()..body.bottom()).step_by(spacing)) {
        let layers = layers(app, side, &open.text, *row, &lit, theme);
        let start = open.text.blocks()[block].range().start;
        let drawn = start + row.start as usize..start + row.start as usize + row.str(&open.text).len();
        if is_spotlit(present, side, &lit, drawn) && body.x >= 2 {
            put(buffer, body.x - 2, y, body.x, "▌", theme.lead);
        }
        for (column, bytes) in row.pieces(&open.text) {
            let words = &open.text.block_str(block)[bytes.clone()];
            put_own(buffer, (body.x + row.indent + column, y, body.right() + 1), words, |at| {
                layers.at(start + bytes.start + at, theme.faint)
            });
        }
    }
    if rows.len() > skip + usize::from(body.height) {
        put_right(buffer, body.x, body.bottom(), body.right(), "▾ more", theme.faint);
    }
}

fn head(words: &str, focused: bool, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    if area.height > 0 {
        let words = cells::ellipsis(words, usize::from(area.width));
        put(buffer, area.x, area.y, area.right(), &words, if focused { theme.lead } else { theme.across });
    }
}

fn message(words: &str, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    if area.height > 0 {
        put(buffer, area.x, area.y, area.right(), words, theme.silent);
    }
}

/// What a passage read that is not in its text any more.
fn lost(words: &Clean, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let said = format!("This passage is not there any more. It read: “{words}”");
    for (row, y) in textwrap::wrap(&said, usize::from(area.width.max(1))).iter().zip(area.top()..area.bottom()) {
        put(buffer, area.x, y, area.right(), row, theme.silent);
    }
}

/// The sentences that are lit: the one under the spotlight, else those that carry the point, else all.
fn lit(app: &App, present: &Present, side: Side, passage: PassageNo) -> Vec<Range<usize>> {
    let sentences = app.halves.presented_sentences(side);
    if let Some((lit, at)) = present.spotlight {
        let here = if lit == side { sentences.into_iter().nth(at) } else { None };
        return here.into_iter().collect();
    }
    let words = decisive(app, side, passage);
    let carries = |s: &Range<usize>| words.iter().any(|w| w.start < s.end && s.start < w.end);
    let carrying: Vec<Range<usize>> = sentences.iter().filter(|s| carries(s)).cloned().collect();
    if carrying.is_empty() { sentences } else { carrying }
}

/// Whether the sentence under the spotlight is in a row: then a bar stands beside it, for screens that dim nothing.
fn is_spotlit(present: &Present, side: Side, lit: &[Range<usize>], row: Range<usize>) -> bool {
    present.spotlight.is_some_and(|(of, _)| of == side) && lit.iter().any(|s| s.start < row.end && row.start < s.end)
}

/// The words that carry the point: mentions of the topic, and what the two passages have in common.
fn decisive(app: &App, side: Side, passage: PassageNo) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let pane = app.halves.pane(side);
    let block = pane.text().and_then(|text| Some((text, text.numbering().block_of(passage)?)));
    let Some((text, block)) = block else { return words };
    let base = text.blocks()[block].range().start;
    let study = pane.study.as_ref().zip(app.topics.held_id());
    if let Some(coverage) = study.and_then(|(study, topic)| study.coverage.get(topic)) {
        words.extend(coverage.mentions_in(block).iter().map(|m| base + m.range().start..base + m.range().end));
    }
    if let Some((joint, counterpart)) = app.hinge.joint().and_then(|j| Some((j, j.counterpart()?)))
        && app.hinge.is_level(&app.halves)
    {
        let place = |reason: &crate::link::reason::Reason| {
            if joint.lead == side { reason.here.clone() } else { reason.there.clone() }
        };
        let here = text.blocks()[block].range();
        words.extend(counterpart.because.iter().map(place).filter(|w| here.start <= w.start && w.end <= here.end));
    }
    words
}

fn layers(app: &App, side: Side, text: &Text, row: Row, lit: &[Range<usize>], theme: &Theme) -> Layers {
    let mut layers = Layers::default();
    let base = text.blocks()[row.block as usize].range().start;
    let whole = base + row.start as usize..base + row.end as usize;
    let within = |r: &Range<usize>| r.start.max(whole.start)..r.end.min(whole.end);
    for sentence in lit {
        layers.add(within(sentence), Style::reset().patch(theme.text));
    }
    let Some(passage) = text.numbering().passage_of(row.block as usize) else { return layers };
    for word in decisive(app, side, passage) {
        if lit.iter().any(|s| s.start <= word.start && word.end <= s.end) {
            layers.add(within(&word), theme.mention);
        }
    }
    layers
}

/// In the last row: a digression and the way back from it, at the very beginning the first key; the stop, the time.
fn corner(app: &App, present: &Present, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    let (start, end) = (area.x + 1, area.right().saturating_sub(1));
    let said = said(app, present);
    let (stop, time) = (stop_of(app, present), time(app, present));
    let all: Vec<&str> = [stop.as_str(), time.as_str()].into_iter().filter(|w| !w.is_empty()).collect();
    let all = all.join(" · ");
    // What was asked for, and the way back, come before the time.
    let needed = cells::width(&said) + 2;
    let fits = |words: &str| needed + cells::width(words) <= usize::from(end.saturating_sub(start));
    let right = if said.is_empty() || fits(&all) { all } else { stop };
    let style = if is_late(app, present) { theme.topic } else { theme.faint };
    let until =
        if said.is_empty() || fits(&right) { put_right(buffer, start, area.y, end, &right, style) } else { end };
    let room = usize::from(until.saturating_sub(start));
    put(buffer, start, area.y, until, &cells::ellipsis(&said, room), theme.faint);
}

/// What is said at the left of the last row.
fn said(app: &App, present: &Present) -> String {
    let key = |command| app.keys.keymap().first_key(Context::Present, command).unwrap_or_default();
    if let Some(notice) = &app.out.notice {
        return notice.as_str().to_owned();
    }
    if present.away {
        let to = present.stop.and_then(|at| app.touring.tour.stops.get(at));
        let to = to.map_or_else(|| "the pair".to_owned(), |stop| app.topics.name_of_stop(stop));
        return format!("{} back to {to}", key(command!("return")));
    }
    // Before anything is shown there is room for it.
    let begins = present.shown == Shown::Title && present.stop.is_none_or(|at| at == 0);
    if begins {
        format!("{} shows the passages · {} all keys", key(command!("present-next")), key(command!("help")))
    } else {
        String::new()
    }
}

/// `2/6`.
fn stop_of(app: &App, present: &Present) -> String {
    present.stop.map_or_else(String::new, |at| format!("{}/{}", at + 1, app.touring.tour.stops.len()))
}

fn planned(app: &App, present: &Present) -> Option<u64> {
    let stop = present.stop.and_then(|at| app.touring.tour.stops.get(at));
    stop.and_then(|stop| stop.minutes).map(u64::from)
}

/// Minutes of the stop, and in all, each with those that are planned; empty where the time is not shown.
fn time(app: &App, present: &Present) -> String {
    let Some((all, here)) = present.minutes().filter(|_| present.clock) else { return String::new() };
    let whole = app.touring.tour.minutes();
    let of = |done: u64, planned: u64| if planned > 0 { format!("{done}/{planned}") } else { done.to_string() };
    match planned(app, present) {
        Some(planned) => format!("{} min · {} in all", of(here, planned), of(all, whole)),
        None => format!("{} min", of(all, whole)),
    }
}

fn is_late(app: &App, present: &Present) -> bool {
    let here = present.minutes().filter(|_| present.clock).map(|(_, here)| here);
    here.zip(planned(app, present)).is_some_and(|(here, planned)| here >= planned)
}
