//! Reading in lines: what is new since the last line, in words, for a screen that nothing is drawn on twice. Each line says
//! what it is before it says what it has, as in one column ([`super::linear`]), so that it can be spoken as it stands.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::signs::Signs;
use super::theme::{Depth, Ground, Theme};
use super::{linear, map_said};
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::commands;
use crate::app::overlay::{Overlay, Prompt};
use crate::app::picker::Picker;
use crate::app::scene::Scene;
use crate::app::search::SearchHits;
use crate::layout::Flow;
use crate::layout::cursor::rows_of_block;
use crate::link::Side;
use crate::link::sides::Sides;
use crate::text::clean::Clean;

/// No more letters of a passage are said in one line.
const LONGEST: usize = 4000;

/// What was said already.
#[derive(Debug, Default)]
pub struct Heard {
    /// With which signs other screens are written.
    signs: Signs,
    /// Whether the first keys were said: there is no last row to show them.
    is_greeted: bool,
    panes: Sides<Option<Pane>>,
    notice: Option<Clean>,
    /// The selected line of an open list, or what was typed at a search.
    line: String,
    /// The rows of any other screen, and whether each is the selected one.
    rows: Vec<(String, bool)>,
}

/// A pane as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Pane {
    label: String,
    /// What is open, and the block and the offset that are read.
    place: Option<(String, u32, u32)>,
    words: String,
    row: String,
}

impl Heard {
    /// Nothing yet; to be written with these signs.
    pub fn with(signs: Signs) -> Self {
        Self { signs, ..Self::default() }
    }

    /// What there is to say now, and was not said before; after a key, what is told counts as new.
    pub fn news(&mut self, app: &App, pressed: bool) -> Vec<String> {
        let mut news = Vec::new();
        if !std::mem::replace(&mut self.is_greeted, true) {
            news.push(greeting(app));
        }
        match (app.screens.overlay(), app.screens.scene()) {
            (Some(Overlay::Picker(picker)), _) => self.one(picked(app, picker), &mut news),
            (Some(Overlay::Prompt(prompt)), _) => self.one(sought(app, prompt), &mut news),
            (None, Scene::Map(map)) => self.one(map_said::said(app, map), &mut news),
            (None, Scene::Reading) => {
                self.line.clear();
                self.rows.clear();
                self.read(app, &mut news);
            }
            _ => self.look(app, &mut news),
        }
        let told = app.out.notice.as_ref().map(|notice| notice.line().clone());
        if let Some(line) = told.as_ref().filter(|line| pressed || self.notice.as_ref() != Some(line)) {
            news.push(line.to_string());
        }
        self.notice = told;
        news
    }

    fn one(&mut self, line: String, news: &mut Vec<String>) {
        if self.line != line {
            self.line.clone_from(&line);
            news.push(line);
        }
    }

    /// The pane that leads, then the other one once it is known what the two have to do with each other.
    fn read(&mut self, app: &App, news: &mut Vec<String>) {
        let lead = app.halves.focus();
        let compares = app.hinge.joint().is_some_and(|joint| joint.found.is_none());
        for side in [lead, lead.other()] {
            if side != lead && compares {
                continue;
            }
            let now = pane(app, side);
            let line = match &self.panes[side] {
                Some(before) if *before == now => None,
                Some(before) if before.place != now.place && same_block(before, &now) => {
                    // The other pane's rows are read where one leads there.
                    (side == lead).then(|| now.row.clone())
                }
                Some(before) if same_block(before, &now) => Some(now.label.clone()),
                _ => Some(format!("{} {}", now.label, now.words)),
            };
            news.extend(line.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()));
            self.panes[side] = Some(now);
        }
    }

    /// Any other screen: the rows that were not there, and the one that is selected now.
    fn look(&mut self, app: &App, news: &mut Vec<String>) {
        let (columns, rows) = app.halves.screen();
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        let theme = Theme { signs: self.signs, ..Theme::new(Ground::Dark, Depth::Mono) };
        if matches!(app.screens.scene(), Scene::Reading) {
            // The passages under a page were said when they were read.
            super::draw_over(app, &theme, &mut buffer);
        } else {
            super::draw(app, &theme, &mut buffer);
        }
        // The last row has keys, but where a question is asked in it.
        let last = if matches!(app.screens.overlay(), Some(Overlay::Asked(_))) { rows } else { rows.saturating_sub(1) };
        let row = |y: u16| {
            let cells = (0..columns).map(|x| &buffer[(x, y)]);
            let words: String = cells.clone().map(ratatui::buffer::Cell::symbol).collect();
            let is_selected = cells.clone().filter(|cell| cell.modifier.contains(Modifier::REVERSED)).count() > 2;
            (words.split_whitespace().collect::<Vec<_>>().join(" "), is_selected)
        };
        let now: Vec<(String, bool)> = (0..last).map(row).filter(|(words, _)| !words.is_empty()).collect();
        let is_new = |row: &&(String, bool)| {
            let before = self.rows.iter().find(|(words, _)| *words == row.0);
            before.is_none_or(|(_, was_selected)| row.1 && !was_selected)
        };
        news.extend(now.iter().filter(is_new).map(|(words, _)| words.clone()));
        self.rows = now;
    }
}

/// The first keys, with what they do.
fn greeting(app: &App) -> String {
    let first = commands!["next-passage", "topics", "next-counterpart", "other-pane", "palette", "help", "quit"];
    let said = first.iter().filter_map(|command| {
        Some(format!("{} {}", app.keys.keymap().first_key(Context::Reading, command)?, command.hint))
    });
    format!("Keys: {}.", said.collect::<Vec<_>>().join(", "))
}

fn same_block(before: &Pane, now: &Pane) -> bool {
    let block = |pane: &Pane| pane.place.as_ref().map(|(text, block, _)| (text.clone(), *block));
    block(before) == block(now)
}

fn pane(app: &App, side: Side) -> Pane {
    let pane = app.halves.pane(side);
    let Some(open) = pane.open() else {
        return Pane { label: linear::said(app, side), place: None, words: String::new(), row: String::new() };
    };
    let block = pane.place.block as usize;
    let words = open.text.blocks().get(block).map_or("", |_| open.text.block_str(block));
    let width = app.settings.measure.min(app.halves.screen().0).max(1);
    let rows = rows_of_block(Flow::new(&open.text, width), block, linear::TALLEST);
    let row = rows.iter().rfind(|row| row.start <= pane.place.offset).map_or("", |row| row.str(&open.text));
    Pane {
        label: linear::said(app, side),
        place: Some((open.request.clone(), pane.place.block, pane.place.offset)),
        words: on_one_line(words),
        row: on_one_line(row),
    }
}

/// Words without line breaks, cut where they are very long.
fn on_one_line(words: &str) -> String {
    let line = Clean::line(words);
    match line.as_str().char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line.as_str()[..end]),
        None => line.as_str().trim().to_owned(),
    }
}

/// `3 ┊ 4` as `3 left, 4 right`: what is heard has no columns.
fn in_words(detail: &str) -> String {
    let words = |part: &str| part.replace('–', "none").split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((left, right)) = detail.split_once('┊') else {
        return detail.split_whitespace().collect::<Vec<_>>().join(" ");
    };
    let sides = [(words(left), "left"), (words(right), "right")];
    let said = sides.iter().filter(|(count, _)| !count.is_empty()).map(|(count, side)| format!("{count} {side}"));
    said.collect::<Vec<_>>().join(", ")
}

/// `Topics, 3 of 16: Dual power. 3 left, 4 right. About it.`
fn picked(app: &App, picker: &Picker) -> String {
    let typed = picker.input.value().trim();
    let typed = if typed.is_empty() { String::new() } else { format!(", typed {typed}") };
    let title = super::picker::title(app, picker);
    let Some(item) = picker.chosen() else { return format!("{title}{typed}: {}", super::picker::nothing(app, picker)) };
    let parts = [item.label.trim().to_owned(), in_words(&item.detail), item.about.trim().to_owned()];
    let parts: Vec<&str> = parts.iter().map(|part| part.trim_end_matches('.')).filter(|p| !p.is_empty()).collect();
    let (at, count) = (picker.selected + 1, picker.matching.len());
    format!("{title}{typed}, {at} of {count}: {}.", parts.join(". "))
}

/// `Search for soviet: 12 hits left, 3 right`.
fn sought(app: &App, prompt: &Prompt) -> String {
    let typed = prompt.input.value();
    let count = |side| app.search.as_ref().and_then(|search| search.hits(side)).map(SearchHits::count);
    match (count(Side::Left), count(Side::Right)) {
        _ if typed.is_empty() => "Search both texts:".to_owned(),
        (Some(left), Some(right)) => {
            let noun = if left == "1" { "hit" } else { "hits" };
            format!("Search for {typed}: {left} {noun} left, {right} right")
        }
        _ => format!("Search for {typed}"),
    }
}
