//! The map on the screen: a row for each topic, a column for each text, heat by strength.
//!
//! Heat is the number of treatments and a bar: the longer, the more of them, the darker, the stronger the strongest. Each
//! kind of silence has a sign of its own, so that all of it reads without colour.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::ink::{put, put_right, rule};
use super::theme::Theme;
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::map::{Charted, Column, Map};
use crate::layout::cells;
use crate::link::score::told;
use crate::link::sides::BOTH;
use crate::study::grid::{CHECKED, GridCell, NOT_FOUND, said_of_folded, shade, treatments};
use crate::text::clean::Clean;
use crate::topic::codebook::Topic;
use crate::word::counted::counted;

/// What stands above the topics.
const TITLE: &str = "Topics and texts";
/// The sign of a text that is a version of another one of the map.
const VERSION: &str = "=";
/// Columns of a text at least and at most.
const NARROWEST: u16 = 5;
const WIDEST: u16 = 22;
/// Rows of the titles, where there is room.
const HEAD: u16 = 3;
/// Rows below the table: a rule, the selection, and what two texts say on it, or a word about it; what Enter does.
const BELOW: u16 = 7;
/// The same on a screen that is lower.
const LOW: u16 = 4;
/// Columns that a bar takes at most.
const BAR: u16 = 5;

/// The parts of the screen.
struct MapAreas {
    /// Where the columns are named.
    head: Rect,
    /// The rows of topics.
    table: Rect,
    /// What is said about the selection.
    below: Rect,
    /// Columns that the names of topics take.
    names: u16,
    /// Columns that a text takes.
    width: u16,
    /// The texts that there is room for, from the left; and how many are hidden on either side.
    columns: Vec<usize>,
    hidden: (usize, usize),
}

pub(super) fn draw(app: &App, map: &Map, theme: &Theme, buffer: &mut Buffer) {
    let topics = map.rows(&app.topics, &app.memory);
    let parts = divide(app, map, &topics);
    if parts.table.height == 0 || map.columns.is_empty() {
        let words = if map.columns.is_empty() { "This library has no texts." } else { "The screen is too small." };
        put(buffer, 1, 0, app.halves.screen().0, words, theme.faint);
        return;
    }
    head(app, map, &parts, theme, buffer);
    let folded = map.folded(&app.topics);
    if topics.is_empty() && folded == 0 {
        let words =
            if app.topics.codebook().topics().is_empty() { "There are no topics yet." } else { "No such topic." };
        put(buffer, parts.table.x + 2, parts.table.y + 1, parts.table.right(), words, theme.faint);
    }
    if parts.columns.is_empty() {
        put(buffer, parts.names, parts.head.y, parts.head.right(), "No such text.", theme.faint);
    }
    let height = usize::from(parts.table.height);
    let all = topics.len() + usize::from(folded > 0);
    let first = map.row.saturating_sub(height / 2).min(all.saturating_sub(height));
    for (i, topic) in topics.iter().enumerate().skip(first).take(height) {
        let y = parts.table.y + (i - first) as u16;
        row(app, (map, topic), (i == map.row, y), &parts, theme, buffer);
    }
    let on_fold = folded > 0 && map.row >= topics.len();
    if folded > 0 && topics.len() < first + height {
        let y = parts.table.y + (topics.len() - first) as u16;
        fold(app, map, (folded, on_fold), Rect { y, height: 1, ..parts.table }, theme, buffer);
    }
    if parts.below.height > 0 {
        below(app, map, (topics.get(map.row).copied(), on_fold), parts.below, theme, buffer);
    }
}

/// The line that stands for the topics of the bundled library that none of the texts treats.
fn fold(app: &App, map: &Map, (folded, selected): (usize, bool), area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let texts = map.texts_without_folded(&app.topics);
    let key = app.keys.keymap().first_key(Context::Map, command!("open-cell")).unwrap_or_default();
    let words = format!("{} · {key} shows them", said_of_folded(folded, texts));
    put(buffer, area.x, area.y, area.right(), if selected { "▸ " } else { "  " }, theme.lead);
    let words = cells::ellipsis(&words, usize::from(area.width.saturating_sub(3)));
    put(buffer, area.x + 2, area.y, area.right(), &words, if selected { theme.selected } else { theme.faint });
}

fn divide(app: &App, map: &Map, topics: &[&Topic]) -> MapAreas {
    let (columns, rows) = app.halves.screen();
    let footer = u16::from(rows >= 3);
    let head = Rect::new(0, 0, columns, if rows >= 20 { HEAD } else { 2 }.min(rows - footer));
    let rest = rows - footer - head.height;
    let below =
        [BELOW, LOW].into_iter().find(|below| rest >= below + if *below == BELOW { 10 } else { 4 }).unwrap_or(0);
    // What is said of the selection stands under the rows, not at the foot of a screen that is much taller; it stays where it
    // is while they are narrowed.
    let most = topics.len().max(app.topics.codebook().topics().len()) + 1;
    let table = Rect { y: head.bottom(), height: (rest - below).min((most as u16).max(8)), ..head };
    let longest = topics
        .iter()
        .map(|t| cells::width(&t.name) + cells::width(mark_of(app, t)))
        .fold(cells::width(TITLE), usize::max) as u16;
    let names = (longest + 4).min(columns / 3).max(columns.min(12));
    let room = columns.saturating_sub(names + 1).max(1);
    let mut shown = map.shown_columns();
    let texts = shown.len().max(1);
    let width = (room / texts as u16).clamp(NARROWEST, WIDEST);
    let count = usize::from(room / width).clamp(1, texts);
    let here = map.column.and_then(|c| shown.iter().position(|s| *s == c)).unwrap_or(0);
    let first = here.saturating_sub(count / 2).min(texts - count);
    let hidden = (first, shown.len().saturating_sub(first + count));
    let columns = shown.drain(first.min(shown.len())..).take(count).collect();
    MapAreas { head, table, below: Rect { y: table.bottom(), height: below, ..head }, names, width, columns, hidden }
}

/// Titles where there is room for them, else numbers; a sign for those that are open.
fn head(app: &App, map: &Map, parts: &MapAreas, theme: &Theme, buffer: &mut Buffer) {
    let last = parts.head.bottom().saturating_sub(1);
    put(buffer, parts.head.x + 2, last, parts.names, TITLE, theme.strong);
    for (x, i, column) in shown(map, parts) {
        let style = if map.column == Some(i) { theme.lead } else { theme.faint };
        let version = if is_version(app, map, column) { VERSION } else { " " };
        let sign = match BOTH.map(|s| app.halves.pane(s).open().is_some_and(|o| o.request == column.request)) {
            [true, _] => "◧",
            [_, true] => "◨",
            _ => " ",
        };
        if parts.width >= 10 {
            // They stand on the table, as a heading on its column.
            let rows = heading_rows(column, map, usize::from(parts.width) - 4, usize::from(parts.head.height));
            for (row, y) in rows.iter().zip(parts.head.bottom() - rows.len() as u16..) {
                put(buffer, x + 2, y, x + parts.width, row, style);
            }
            let first = parts.head.bottom() - rows.len() as u16;
            put(buffer, x, first, x + 2, &format!("{sign}{version}"), style);
        } else {
            let number = format!("{sign}{}{}", i + 1, version.trim());
            put(buffer, x, last.saturating_sub(1), x + parts.width, &number, style);
            let name = in_short(column, map, usize::from(parts.width.saturating_sub(2)));
            put(buffer, x + 1, last, x + parts.width, &name, style);
        }
    }
    let end = parts.head.right();
    for (there, sign, x) in
        [(parts.hidden.0 > 0, "‹", parts.names.saturating_sub(1)), (parts.hidden.1 > 0, "›", end - 1)]
    {
        if there {
            put(buffer, x, parts.head.y, end, sign, theme.strong);
        }
    }
}

/// Whether a text is known to be a version of another one of the map.
fn is_version(app: &App, map: &Map, column: &Column) -> bool {
    let known = app.versions.known_versions(&app.halves, &app.hinge, &app.memory, &column.request);
    !known.is_empty() && map.columns.iter().any(|other| known.contains(&other.request.as_str()))
}

/// The first word of a title that says something.
fn first_word(title: &str) -> &str {
    let mut words = title.split_whitespace();
    let first = words.next().unwrap_or("");
    let is_article = ["the", "a", "an", "der", "die", "das", "le", "la", "les", "el", "los", "las"];
    if is_article.contains(&first.to_lowercase().as_str()) { words.next().unwrap_or(first) } else { first }
}

/// The name of a text in a few columns: how it begins, or where that is how others begin too, how it ends.
fn in_short(column: &Column, map: &Map, room: usize) -> String {
    let beginning = |column: &Column| {
        let name = file_of(column, map).map_or_else(|| first_word(column.name.as_str()), |(_, file)| file);
        cells::ellipsis(name, room).into_owned()
    };
    let short = beginning(column);
    let is_shared = |other: &Column| other.request != column.request && beginning(other) == short;
    if !map.columns.iter().any(is_shared) {
        return short;
    }
    let name = column.name.as_str().trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut end = String::new();
    for c in name.chars().rev() {
        if cells::width(&end) + cells::width(c.encode_utf8(&mut [0; 4])) + 1 > room {
            break;
        }
        end.insert(0, c);
    }
    format!("…{}", end.trim_start())
}

/// The title and the file in the name of a text whose title another one has too: by that the two are told apart.
fn file_of<'c>(column: &'c Column, map: &Map) -> Option<(&'c str, &'c str)> {
    let (title, file) = column.name.as_str().strip_suffix(')')?.rsplit_once(" (")?;
    let is_shared = |other: &Column| {
        other.request != column.request && other.name.as_str().strip_prefix(title).is_some_and(|n| n.starts_with(" ("))
    };
    map.columns.iter().any(is_shared).then_some((title, file))
}

/// What stands above a column: the title in at most so many rows, and under it the file where only that tells two apart.
fn heading_rows(column: &Column, map: &Map, width: usize, most: usize) -> Vec<String> {
    let Some((title, file)) = file_of(column, map) else { return title_rows(column.name.as_str(), width, most) };
    let mut rows = title_rows(title, width, most.saturating_sub(1));
    rows.push(cells::ellipsis(file, width).into_owned());
    rows
}

/// A title in at most so many rows; what does not fit is cut.
fn title_rows(title: &str, width: usize, most: usize) -> Vec<String> {
    let rows = textwrap::wrap(title, textwrap::Options::new(width.max(1)).break_words(false));
    let (first, rest) = rows.split_at(rows.len().min(most.saturating_sub(1)));
    let rest = rest.iter().map(|r| r.trim()).collect::<Vec<_>>().join(" ");
    let rows = first.iter().map(|row| row.trim_end()).chain(Some(rest.as_str()).filter(|rest| !rest.is_empty()));
    // A word that is wider than its column is cut where it ends.
    rows.map(|row| cells::ellipsis(row, width).into_owned()).collect()
}

/// The texts that are on the screen: where each begins, its index, and it itself.
fn shown<'a>(map: &'a Map, parts: &MapAreas) -> impl Iterator<Item = (u16, usize, &'a Column)> {
    let x = |nth: usize| parts.names + nth as u16 * parts.width;
    parts.columns.iter().enumerate().filter_map(move |(nth, at)| Some((x(nth), *at, map.columns.get(*at)?)))
}

/// What stands after the name of a topic that is nobody's yet.
fn mark_of(app: &App, topic: &Topic) -> &'static str {
    if app.topics.proposal_of(&topic.id).is_some() { " proposed" } else { "" }
}

fn row(
    app: &App,
    (map, topic): (&Map, &Topic),
    (selected, y): (bool, u16),
    parts: &MapAreas,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let texts = map.texts_on(&topic.id);
    let on_name = selected && map.column.is_none();
    let style = match (on_name, selected, texts) {
        (true, _, _) => theme.selected,
        (_, true, _) => theme.strong,
        (_, _, 0 | 1) => theme.faint,
        _ => theme.text,
    };
    let more = mark_of(app, topic);
    let name =
        cells::ellipsis(&topic.name, usize::from(parts.names.saturating_sub(4)).saturating_sub(cells::width(more)));
    let mark = if selected { "▸ " } else { "  " };
    put(buffer, parts.table.x, y, parts.names, mark, theme.lead);
    let end = put(buffer, parts.table.x + 2, y, parts.names, &name, style);
    put(buffer, end, y, parts.names, more, theme.faint);
    for (x, i, column) in shown(map, parts) {
        let here = selected && map.column == Some(i);
        let chosen = selected && map.chosen == Some(i);
        cell(map, column, topic, (here, chosen), Rect::new(x, y, parts.width, 1), theme, buffer);
    }
}

fn cell(
    map: &Map,
    column: &Column,
    topic: &Topic,
    (here, chosen): (bool, bool),
    area: Rect,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let (count, sign, style) = match (map.cell(column, &topic.id), &column.chart) {
        (GridCell::Treated { count, strength }, _) => (
            format!("{count:>2} "),
            bar(count, strength, usize::from(area.width.saturating_sub(4).clamp(1, BAR))),
            theme.topic,
        ),
        (GridCell::Checked, _) => (" ".to_owned(), CHECKED.to_owned(), theme.text),
        (GridCell::NotFound, _) => (" ".to_owned(), NOT_FOUND.to_owned(), theme.faint),
        (GridCell::Unknown, Charted::Failed(_)) => (" ".to_owned(), "×".to_owned(), theme.silent),
        (GridCell::Unknown, _) => (" ".to_owned(), "…".to_owned(), theme.faint),
    };
    let (x, y, end) = (area.x + u16::from(area.width > NARROWEST + 1), area.y, area.right());
    let (style, plain) = if here { (theme.selected, theme.selected) } else { (style, theme.text) };
    if here {
        put(buffer, x.saturating_sub(1), y, end, "          ", style);
    }
    let at = put(buffer, x, y, end, &count, plain);
    let at = put(buffer, at, y, end, &sign, style);
    if chosen {
        put(buffer, at, y, end, " ◆", theme.lead);
    }
}

/// The heat of a cell: a block for one treatment, one more for twice as many each, dark where the strongest is strong.
fn bar(count: usize, strength: f32, most: usize) -> String {
    let length = 1 + count.max(1).ilog2() as usize;
    shade(strength).chars().take(1).cycle().take(length.min(most)).collect()
}

/// What the signs of the table mean, as many as there is room for.
fn legend(app: &App, map: &Map, area: Rect, theme: &Theme, buffer: &mut Buffer) -> u16 {
    let mut parts = vec![("3 ▓▓", "treatments, weak ░ to strong █"), (NOT_FOUND, "not found")];
    if map.checked.is_empty() {
        parts.push(("…", "not charted yet"));
    } else {
        parts.push((CHECKED, "checked silent"));
    }
    if map.columns.iter().any(|column| is_version(app, map, column)) {
        parts.push((VERSION, "version of another"));
    }
    let waits = map.charted() < map.columns.len();
    let mut x = area.x + 1;
    for (sign, words) in parts.into_iter().filter(|(sign, _)| *sign != "…" || waits) {
        let width = (cells::width(sign) + cells::width(words) + 5) as u16;
        if x + width > area.right() {
            break;
        }
        let style = if sign.starts_with('3') { theme.topic } else { theme.text };
        x = put(buffer, x, area.y, area.right(), &format!(" {sign} "), style);
        x = put(buffer, x, area.y, area.right(), &format!("{words} "), theme.faint);
    }
    x
}

/// What is selected: the topic, the sentences that two texts have on it, and what Enter makes of them.
fn below(
    app: &App,
    map: &Map,
    (topic, on_fold): (Option<&Topic>, bool),
    area: Rect,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let end = area.right().saturating_sub(1);
    rule(buffer, area.x + 1..end, area.y, "─", theme.faint);
    let used = legend(app, map, Rect { width: end.saturating_sub(area.x), ..area }, theme, buffer);
    if map.charted() < map.columns.len() {
        let words = format!(" charting {} of {} ", map.charted() + 1, map.columns.len());
        put_right(buffer, used, area.y, end - 1, &words, theme.faint);
    }
    let x = area.x + 1;
    let Some(topic) = topic else {
        let words = "They come with Diptych and were made for its own texts.";
        if on_fold {
            put(buffer, x, area.y + 1, end, words, theme.faint);
        }
        return;
    };
    let width = usize::from(end.saturating_sub(x));
    let (title, said) = match map.column.and_then(|c| map.columns.get(c)) {
        None => {
            let texts = map.texts_on(&topic.id);
            let pairs = texts * texts.saturating_sub(1) / 2;
            let compared = app.memory.compared(map).get(&topic.id).copied().unwrap_or(0);
            let texts = counted(texts, "text");
            let name = format!("{}{}", topic.name, if mark_of(app, topic).is_empty() { "" } else { " · proposed" });
            (format!("{name} · {texts} · {compared} of {pairs} pairs compared"), topic.about.clone())
        }
        Some(column) => match (&column.chart, column.treated(&topic.id)) {
            (_, Some(treated)) => {
                let count = treatments(treated.count);
                (
                    format!("{} · {} · {count}, the strongest {}", column.name, topic.name, told(treated.strength)),
                    treated.sentence.to_string(),
                )
            }
            (Charted::Waiting, None) => (format!("{} · still being charted", column.name), String::new()),
            (Charted::Failed(why), None) => (format!("{} · cannot be read", column.name), why.to_string()),
            (Charted::Known(chart), None) if !chart.sought.contains(&topic.id) => {
                (format!("{} · still being charted", column.name), String::new())
            }
            (Charted::Known(_), None) => silence(app, map, column, topic),
        },
    };
    let version = map.column.and_then(|c| map.columns.get(c)).map(|column| app.said_versions(&column.request));
    let title = match version.filter(|version| !version.is_empty()) {
        Some(version) => format!("{title} · {version}"),
        None => title,
    };
    put(buffer, x, area.y + 1, end, &cells::ellipsis(&title, width), theme.text);
    let plan = app.screens.pair_of_map(&app.halves, &app.topics, &app.memory);
    if let Some(plan) = plan.as_ref().filter(|_| area.height == BELOW) {
        let y = area.bottom() - 1;
        let key = app.keys.keymap().first_key(Context::Map, command!("open-cell")).unwrap_or_default();
        put(buffer, x, y, end, &cells::ellipsis(&format!("{key} {}", plan.said), width), theme.lead);
        let selected = map.column.and_then(|c| map.columns.get(c));
        if selected.is_some_and(|column| column.treated(&topic.id).is_none()) {
            in_rows(&said, Rect { x, y: area.y + 2, width: end.saturating_sub(x), height: 3 }, theme, buffer);
            return;
        }
        let mut y = area.y + 2;
        for (mark, at) in ["◧ ", "◨ "].into_iter().zip(plan.columns) {
            let said = map.columns.get(at).map_or_else(String::new, |column| match column.treated(&topic.id) {
                Some(treated) => treated.sentence.to_string(),
                None => format!("nothing on it was found in {}", column.name),
            });
            let from = put(buffer, x, y, end, mark, theme.across);
            y += in_rows(&said, Rect { x: from, y, width: end - from, height: 2 }, theme, buffer).max(1);
        }
        return;
    }
    let height = area.height - 2;
    in_rows(&said, Rect { x, y: area.y + 2, width: end.saturating_sub(x), height }, theme, buffer);
}

/// Words in at most as many rows as there are; what is more is cut. Returns how many they take.
fn in_rows(words: &str, area: Rect, theme: &Theme, buffer: &mut Buffer) -> u16 {
    let width = usize::from(area.width).clamp(1, 100);
    let rows = textwrap::wrap(words, width);
    let height = usize::from(area.height);
    for (i, words) in rows.iter().take(height).enumerate() {
        let cut = i + 1 == height && rows.len() > height;
        let words = if cut { format!("{}…", cells::fit(words.trim_end(), width - 1).0) } else { words.to_string() };
        put(buffer, area.x, area.y + i as u16, area.right(), &words, theme.faint);
    }
    rows.len().min(height) as u16
}

/// That a text is silent on a topic: found so, or checked.
fn silence(app: &App, map: &Map, column: &Column, topic: &Topic) -> (String, String) {
    let (name, topic_name) = (&column.name, &topic.name);
    let key = app.keys.keymap().first_key(Context::Map, command!("check-silence")).unwrap_or_default();
    match map.silence(column, &topic.id) {
        None => (
            format!("{name} · {topic_name} was not found"),
            format!("None of its terms, or too few. {key} notes that you have checked that the text is silent."),
        ),
        Some(judgement) => {
            let day = judgement.made.as_deref().and_then(|m| m.split('T').next()).unwrap_or("");
            let on = if day.is_empty() { String::new() } else { format!(" on {}", Clean::line(day)) };
            let note = Clean::line(&judgement.note.replace('\n', " "));
            let words = if note.as_str().is_empty() { format!("{key} undoes that.") } else { note.to_string() };
            (format!("{name} is silent on {topic_name}, as you checked{on}"), words)
        }
    }
}
