//! A pair for a room: a large title, the passages with their decisive sentences lit and the rest receding.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::{Color, Style};
use ratatui::text::Line;
use ratatui::widgets::Widget as _;
use tui_big_text::{BigText, PixelSize};

use super::ink::{Layers, put, put_own, put_right};
use super::passage::{margin, quotation_bars};
use super::signs::Signs;
use super::sized::SizedRow;
use super::theme::Theme;
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::present::{Present, Shown};
use crate::app::projection::{HEAD, ProjectedAreas, is_alone, rows_of_passage, shown_alone, title_of};
use crate::layout::cells;
use crate::layout::row::Row;
use crate::link::Side;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;

/// Letters larger than a cell are put into `sized`.
pub(super) fn draw(
    app: &App,
    present: &Present,
    theme: &Theme,
    buffer: &mut Buffer,
    sized: Option<&mut Vec<SizedRow>>,
) {
    if present.blank {
        // Dark on a light ground too: a white screen would light the room.
        if theme.ground.is_some() {
            buffer.set_style(buffer.area, Style::new().bg(Color::Black));
        }
        return;
    }
    let title = title_of(app, present);
    let parts = ProjectedAreas::of(app, present);
    draw_title(&title, parts.big, parts.title, theme, buffer);
    let tour = app.touring.tour.title.as_str();
    if present.shown == Shown::Title && present.stop.is_some() && present.stop == present.first && !tour.is_empty() {
        // What the whole tour is called stands on its first screen, where there is room before the passages come.
        let y = (parts.title.bottom() + 2).min(buffer.area.bottom().saturating_sub(1));
        draw_title(Clean::line(tour).as_str(), false, Rect { y, height: 1, ..parts.title }, theme, buffer);
    }
    let alone = is_alone(app, present);
    let mut sized = sized;
    for (side, shown) in [(Side::Left, Shown::Left), (Side::Right, Shown::Both)] {
        // One at a time: the one turned to, else the one shown last.
        let hidden = alone && side != shown_alone(app, present);
        if present.shown >= shown && !hidden {
            passage(app, present, side, &parts, theme, buffer, sized.as_deref_mut());
            if alone && present.shown == Shown::Both {
                beside(app, present, side, parts.columns[side as usize], theme, buffer);
            }
        }
    }
    corner(app, present, parts.corner, theme, buffer);
}

fn draw_title(title: &str, big: bool, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    if area.height == 0 {
        return;
    }
    // What stands for halves of blocks in ASCII cannot be read as letters.
    if big && theme.signs == Signs::Unicode {
        let letters = BigText::builder()
            .pixel_size(PixelSize::Quadrant)
            .style(theme.topic)
            .alignment(Alignment::Center)
            .lines(vec![Line::from(title.to_owned())])
            .build();
        return letters.render(area, buffer);
    }
    let spaced = title.chars().flat_map(|c| [c, ' ']).collect::<String>();
    let title = if big { spaced.trim_end().to_owned() } else { title.to_owned() };
    let title = cells::ellipsis(&title, usize::from(area.width.saturating_sub(2)));
    let x = area.x + area.width.saturating_sub(cells::width(&title) as u16) / 2;
    put(buffer, x, area.y + area.height / 3, area.right(), &title, theme.topic);
}

/// What a side is called: its passage and its text.
fn label(app: &App, present: &Present, side: Side) -> String {
    let stop = present.stop.filter(|_| !present.away).and_then(|at| app.touring.tour.stops.get(at));
    let anchor = stop.map(|stop| if side == Side::Left { &stop.left } else { &stop.right });
    if let (Some(_), Some(Some(anchor))) = (&present.lost[side], anchor) {
        // The pane may hold another text by now, or none.
        let open = app.halves.pane(side).open().filter(|open| open.id == anchor.text);
        let name = open.map_or_else(|| Clean::line(anchor.text.as_str()), |open| open.name.clone());
        return name.as_str().to_owned();
    }
    let passage = app.halves.pane(side).current().filter(|_| anchor.is_none_or(Option::is_some));
    let number = passage.map_or_else(String::new, |passage| format!("¶{passage} · "));
    if app.halves.pane(side).open().is_none() { String::new() } else { format!("{number}{}", app.halves.name_of(side)) }
}

/// Where the other passage of the pair is, and the key that turns to it.
fn beside(app: &App, present: &Present, side: Side, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let other = label(app, present, side.other());
    let used = cells::width(&label(app, present, side)) as u16 + 3;
    if area.height == 0 || other.is_empty() {
        return;
    }
    let key = app.keys.keymap().first_key(Context::Present, command!("other-side"));
    let with_key = key.map_or_else(|| other.clone(), |key| format!("{key} {other}"));
    let start = area.x + used.min(area.width);
    for words in [with_key, other] {
        if put_right(buffer, start, area.y, area.right(), &words, theme.faint) < area.right() {
            return;
        }
    }
}

fn passage(
    app: &App,
    present: &Present,
    side: Side,
    parts: &ProjectedAreas,
    theme: &Theme,
    buffer: &mut Buffer,
    sized: Option<&mut Vec<SizedRow>>,
) {
    let area = parts.columns[side as usize];
    let pane = app.halves.pane(side);
    let stop = present.stop.filter(|_| !present.away).and_then(|at| app.touring.tour.stops.get(at));
    let anchor = stop.map(|stop| if side == Side::Left { &stop.left } else { &stop.right });
    head(&label(app, present, side), app.halves.focus() == side, area, theme, buffer);
    let body = Rect { y: area.y + HEAD, height: area.height.saturating_sub(HEAD), ..area };
    if let (Some(words), Some(Some(_))) = (&present.lost[side], anchor) {
        return lost(words, body, theme, buffer);
    }
    let Some(open) = pane.open() else {
        return message("no text here", area, theme, buffer);
    };
    if anchor.is_some_and(Option::is_none) {
        return message("is silent here.", body, theme, buffer);
    }
    let Some(passage) = pane.current() else { return };
    let Some(block) = open.text.numbering().block_of(passage) else { return };
    let lit = lit(app, present, side, passage);
    let rows = rows_of_passage(&open.text, block, body.width / parts.scale);
    // Both passages are scrolled together; the shorter one stays in sight.
    let shown = usize::from(body.height / parts.scale).max(1);
    let skip = present.scrolled.min(rows.len().saturating_sub(shown));
    let tops = (body.top()..body.bottom().saturating_sub(parts.scale - 1)).step_by(parts.spacing);
    let mut sized = sized;
    for (row, y) in rows.iter().skip(skip).zip(tops) {
        let Some(row) = row else { continue };
        let layers = layers(&open.text, *row, &lit, theme);
        let block = row.block as usize;
        let start = open.text.blocks()[block].range().start;
        let drawn = start + row.start as usize..start + row.start as usize + row.str(&open.text).len();
        // For screens that dim nothing, and eyes that see no colour.
        if lit.decisive && body.x >= 2 && lit.sentences.iter().any(|s| s.start < drawn.end && drawn.start < s.end) {
            let glyph = if is_spotlit(present, side) { "▌" } else { "▎" };
            for y in y..y + parts.scale {
                put(buffer, body.x - 2, y, body.x, glyph, theme.lead);
            }
        }
        if let Some(sized) = sized.as_deref_mut().filter(|_| parts.scale > 1) {
            let style = |at| on_ground(layers.at(at, theme.faint), theme);
            sized.push(large(&open.text, *row, (body.x, y), parts.scale, style));
            for y in y..y + parts.scale {
                quotation_bars(&open.text, *row, (body.x, y), theme, buffer);
            }
            continue;
        }
        margin(&open.text, *row, (body.x, y), theme, buffer);
        for (column, bytes) in row.pieces(&open.text) {
            let words = &open.text.block_str(block)[bytes.clone()];
            put_own(buffer, (body.x + row.indent + column, y, body.right() + 1), words, |at| {
                layers.at(start + bytes.start + at, theme.faint)
            });
        }
    }
    if rows.len() > skip + shown {
        put_right(buffer, body.x, body.bottom(), body.right(), "▾ more", theme.faint);
    }
}

/// A style on the theme's own ground, where it has one: large letters are not in the buffer that is given it last.
fn on_ground(style: Style, theme: &Theme) -> Style {
    let Some((letters, paper)) = theme.ground else { return style };
    let or = |color: Option<Color>, other| color.filter(|color| *color != Color::Reset).or(Some(other));
    Style { fg: or(style.fg, letters), bg: or(style.bg, paper), ..style }
}

/// A row in letters of so many rows.
fn large(text: &Text, row: Row, (x, y): (u16, u16), scale: u16, style: impl Fn(usize) -> Style) -> SizedRow {
    let base = text.blocks()[row.block as usize].range().start;
    let mut parts: Vec<(String, Style)> = Vec::new();
    for (_, bytes) in row.pieces(text) {
        let words = &text.block_str(row.block as usize)[bytes.clone()];
        for cell in cells::cells(words) {
            let style = style(base + bytes.start + cell.at);
            match parts.last_mut().filter(|(_, before)| *before == style) {
                Some((words, _)) => words.push_str(&cell.shown),
                None => parts.push((cell.shown.into_owned(), style)),
            }
        }
    }
    SizedRow { at: (x + row.indent * scale, y), scale, parts }
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

/// What is lit of a passage.
struct Lit {
    sentences: Vec<Range<usize>>,
    /// Whether they stand out from others; else all are lit alike.
    decisive: bool,
    /// The words of the passage that carry the point.
    words: Vec<(Range<usize>, Carries)>,
}

/// The sentence under the spotlight, else the one that carries the point; where none does, all.
fn lit(app: &App, present: &Present, side: Side, passage: PassageNo) -> Lit {
    let sentences = app.halves.presented_sentences(side);
    let words = decisive(app, side, passage);
    if let Some((lit, at)) = present.spotlight {
        let here = if lit == side { sentences.into_iter().nth(at) } else { None };
        return Lit { sentences: here.into_iter().collect(), decisive: true, words };
    }
    // What is said of the topic carries the point before any number of words that both passages happen to have.
    let carried = |carries: &Carries| if *carries == Carries::Shared { 1 } else { MANY };
    let weight = |s: &Range<usize>| -> usize {
        words.iter().filter(|(w, _)| w.start < s.end && s.start < w.end).map(|(_, carries)| carried(carries)).sum()
    };
    let mut best: Option<(usize, &Range<usize>)> = None;
    for sentence in &sentences {
        let weight = weight(sentence);
        if weight > 0 && best.is_none_or(|(most, _)| most < weight) {
            best = Some((weight, sentence));
        }
    }
    match best.map(|(_, sentence)| sentence.clone()) {
        Some(sentence) if sentences.len() > 1 => Lit { sentences: vec![sentence], decisive: true, words },
        _ => Lit { sentences: app.halves.presented_passage(side), decisive: false, words },
    }
}

/// Whether a spotlight is on a side.
fn is_spotlit(present: &Present, side: Side) -> bool {
    present.spotlight.is_some_and(|(of, _)| of == side)
}

/// More than the words that a pair is said to share.
const MANY: usize = 100;

/// What a word is that carries the point.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Carries {
    /// A term of the topic.
    Term,
    /// What both passages have.
    Shared,
    /// What was searched for.
    Hit,
}

/// The words that carry the point: what was searched for, else mentions of the topic and what the two passages have in
/// common.
fn decisive(app: &App, side: Side, passage: PassageNo) -> Vec<(Range<usize>, Carries)> {
    let pane = app.halves.pane(side);
    let blocks = pane.text().and_then(|text| Some((text, text.with_announced(text.numbering().block_of(passage)?))));
    let Some((text, blocks)) = blocks else { return Vec::new() };
    let start_of = |block: usize| text.blocks()[block].range().start;
    let here = start_of(blocks.start)..text.blocks()[blocks.end - 1].range().end;
    if let Some(found) = app.search.as_ref().and_then(|search| search.hits(side)) {
        let hits = found.in_range(&here).iter();
        return hits.map(|(start, end)| (*start as usize..*end as usize, Carries::Hit)).collect();
    }
    let mut words: Vec<(Range<usize>, Carries)> = Vec::new();
    let shared = app.versions.telling_words(&app.halves, &app.hinge, side).into_iter();
    words.extend(shared.filter(|w| here.start <= w.start && w.end <= here.end).map(|w| (w, Carries::Shared)));
    let study = pane.study.as_ref().zip(app.topics.held_id());
    if let Some(coverage) = study.and_then(|(study, topic)| study.coverage.get(topic)) {
        for block in blocks {
            let start = start_of(block);
            let mentions = coverage.mentions_in(block).iter();
            words.extend(mentions.map(|m| (start + m.range().start..start + m.range().end, Carries::Term)));
        }
    }
    words
}

fn layers(text: &Text, row: Row, lit: &Lit, theme: &Theme) -> Layers {
    let mut layers = Layers::default();
    let base = text.blocks()[row.block as usize].range().start;
    let whole = base + row.start as usize..base + row.end as usize;
    let within = |r: &Range<usize>| r.start.max(whole.start)..r.end.min(whole.end);
    for sentence in &lit.sentences {
        layers.add(within(sentence), Style::reset().patch(if lit.decisive { theme.strong } else { theme.text }));
    }
    for (word, carries) in &lit.words {
        if lit.sentences.iter().any(|s| s.start <= word.start && word.end <= s.end) {
            let style = match carries {
                Carries::Term => theme.mention,
                Carries::Shared => theme.shared,
                Carries::Hit => theme.hit,
            };
            layers.add(within(word), style);
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
    // What was asked for, and the way back, come before the time; where one stands is always there.
    let fits = |words: &str| cells::width(&said) + 2 + cells::width(words) <= usize::from(end.saturating_sub(start));
    let right = if said.is_empty() || fits(&all) { all } else { stop };
    let style = if is_late(app, present) { theme.topic } else { theme.faint };
    let until = put_right(buffer, start, area.y, end, &right, style);
    let room = usize::from(until.saturating_sub(start + 1));
    // The first thing that is said before all of it in half.
    let said = if cells::width(&said) > room { said.split(" · ").next().unwrap_or_default() } else { said.as_str() };
    put(buffer, start, area.y, until, &cells::ellipsis(said, room), theme.faint);
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
    let begins = present.shown == Shown::Title && present.stop == present.first;
    let stop = present.stop.and_then(|at| app.touring.tour.stops.get(at)).filter(|_| present.shown == Shown::Title);
    let remark = stop.filter(|stop| !stop.remark.trim().is_empty());
    let remark = remark.map_or_else(String::new, |_| format!("{} your remark", key(command!("show-remark"))));
    if begins {
        let remark = if remark.is_empty() { remark } else { format!("{remark} · ") };
        let keys = format!(
            "{} shows the passages · {remark}{} all keys",
            key(command!("present-next")),
            key(command!("help"))
        );
        let count = app.touring.tour.stops.len();
        match present.stop.filter(|at| *at > 0) {
            Some(at) => format!("begins at stop {} of {count} · {keys}", at + 1),
            None => keys,
        }
    } else {
        remark
    }
}

/// `2/6`; empty where no tour is presented.
pub(super) fn stop_of(app: &App, present: &Present) -> String {
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
        None if whole > 0 => format!("{} min in all", of(all, whole)),
        None => format!("{all} min"),
    }
}

fn is_late(app: &App, present: &Present) -> bool {
    let here = present.minutes().filter(|_| present.clock).map(|(_, here)| here);
    here.zip(planned(app, present)).is_some_and(|(here, planned)| here >= planned)
}
