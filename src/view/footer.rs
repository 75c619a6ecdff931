//! The footer: where the reader is on the trail, and which key comes next.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::asked::asked_line;
use super::ink::{put, put_right, wipe};
use super::news::with_short_names;
use super::theme::Theme;
use super::{chord, first, line, present, room, scenes};
use crate::app::App;
use crate::app::command::{Command, Context};
use crate::app::commands::{command, commands};
use crate::app::out::Notice;
use crate::app::overlay::{Overlay, Prompt};
use crate::app::scene::Scene;
use crate::layout::cells;
use crate::link::Side;
use crate::link::pairing::Counterpart;
use crate::text::clean::Clean;
use crate::word::counted::counted;
use crate::word::token::tokens;

pub(super) fn draw(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    if area.height == 0 {
        return None;
    }
    // The corner is the stop's, whatever lies over it.
    let area = Rect { width: where_one_stands(app, area, theme, buffer) - area.x, ..area };
    let (x, y, end) = (area.x + 1, area.y, area.right());
    if let Some(Overlay::Prompt(prompt)) = app.screens.overlay() {
        return Some(prompt_line(app, prompt, area, theme, buffer));
    }
    if let Some(Overlay::Asked(asked)) = app.screens.overlay() {
        return Some(asked_line(app, asked, area, theme, buffer));
    }
    let hints = if has_own_keys(app) { Vec::new() } else { hints(app) };
    if app.keys.is_half_typed() {
        chord::draw(app, area, theme, buffer);
        return None;
    }
    let state = state(app, theme);
    let reserved = hints_width(&hints).min(share_of_keys(app, &state, area.width)) as u16;
    let left = Rect { x, width: area.width.saturating_sub(reserved + 3), ..area };
    let told = app.out.notice.as_ref().map(Notice::as_str);
    let used = match told {
        Some(news) if cells::width(news) <= usize::from(left.width) => put(buffer, x, y, end, news, theme.text),
        // News that is longer has rows of its own above the keys, where there are rows to spare.
        Some(news) if !hints.is_empty() && tell_above(news, area, theme, buffer) => {
            state_line(state, left, theme, buffer)
        }
        Some(news) => {
            let room = usize::from(if hints.is_empty() { area.width.saturating_sub(2) } else { left.width });
            put(buffer, x, y, end, &cells::ellipsis(&with_short_names(news, room), room), theme.text)
        }
        None => state_line(state, left, theme, buffer),
    };
    draw_hints(&hints, used + 2, area, theme, buffer);
    None
}

/// Columns that the keys may take: the right half, less of it where the beginning of what is said at the left would be
/// cut.
fn share_of_keys(app: &App, state: &[(String, Style)], width: u16) -> usize {
    let width = usize::from(width);
    if app.halves.selection().is_some() {
        // The keys of a selection are what it is made for.
        return width - width / 4;
    }
    let told = app.out.notice.as_ref().map(|news| cells::width(news.as_str()));
    let said = told.unwrap_or_else(|| state.iter().take(3).map(|(words, _)| cells::width(words) + 3).sum());
    // A narrow screen has little to spare on either side.
    let most = if width < 100 { width * 3 / 5 } else { width / 2 };
    width.saturating_sub(said + 3).clamp(width / 3, most)
}

/// With fewer rows above it, the last row takes all that is told.
const ROWS_TO_TELL: u16 = 10;

/// Rows that news may take above the keys.
const ABOVE: usize = 3;

/// Tells what has no room beside the keys, whole, over the last rows of what is shown. `false` where there is no room for
/// that either.
fn tell_above(news: &str, area: Rect, theme: &Theme, buffer: &mut Buffer) -> bool {
    if area.y < ROWS_TO_TELL {
        return false;
    }
    let width = usize::from(area.width.saturating_sub(2)).max(1);
    // Names give way only where these rows have no room for all of it.
    let short = with_short_names(news, (ABOVE - 1) * width);
    let fits = [news, short.as_str()].map(|news| textwrap::wrap(news, width)).into_iter().find(|r| r.len() <= ABOVE);
    let Some(rows) = fits else { return false };
    let height = rows.len() as u16;
    let above = Rect { y: area.y - height, height, ..area };
    wipe(buffer, above);
    for (row, y) in rows.iter().zip(above.y..) {
        put(buffer, area.x + 1, y, area.right(), row, theme.text);
    }
    true
}

/// Whether what lies over the panes says itself which keys it has; those of reading do nothing meanwhile.
fn has_own_keys(app: &App) -> bool {
    matches!(app.screens.overlay(), Some(Overlay::Picker(_) | Overlay::Page(_) | Overlay::Form(_) | Overlay::Editor(_)))
}

/// Topic · treatment 3/7 · counterpart 2/5 · topic sync · because: …; what has no room is left out from the end.
fn state_line(state: Vec<(String, Style)>, area: Rect, theme: &Theme, buffer: &mut Buffer) -> u16 {
    let mut at = area.x;
    for (i, (words, style)) in state.into_iter().enumerate() {
        let room = usize::from(area.right().saturating_sub(at));
        let separator = if i == 0 { 0 } else { 3 };
        let wanted = cells::width(&words) + separator;
        let fits = wanted <= room
            || (room >= separator + 14 && (i == 0 || words.starts_with("because") || words.starts_with("both have")));
        if !fits {
            continue;
        }
        if i > 0 {
            at = put(buffer, at, area.y, area.right(), " · ", theme.faint);
        }
        let words = cells::ellipsis(&words, room - separator);
        at = put(buffer, at, area.y, area.right(), &words, style);
    }
    at
}

fn state(app: &App, theme: &Theme) -> Vec<(String, Style)> {
    match app.screens.scene() {
        Scene::Reading => reading(app, theme),
        Scene::Synopsis(synopsis) => scenes::synopsis(app, synopsis, theme),
        Scene::Map(map) => scenes::map(app, map, theme),
        Scene::Loom(loom) => scenes::loom(app, loom, theme),
        Scene::Dispute(page) => scenes::dispute(app, page, theme),
        Scene::Tour(list) => scenes::tour(app, list, theme),
        Scene::Cards(_) | Scene::Present(_) => Vec::new(),
        Scene::Lectern | Scene::Room => room::state(app, theme),
    }
}

fn reading(app: &App, theme: &Theme) -> Vec<(String, Style)> {
    if let Some(words) = selected(app) {
        return vec![(words, theme.topic)];
    }
    if let Some(words) = first::words(app).filter(|_| app.hooks.running().is_none()) {
        return vec![(words, theme.topic)];
    }
    let mut parts = room::state(app, theme);
    match app.made.unsaved() {
        0 => {}
        count => parts.push((format!("{count} not saved"), theme.silent)),
    }
    if let Some(seeking) = app.links.awaited_quotations(&app.halves) {
        // First of all: the reader waits for it.
        let stop = app.keys.keymap().first_key(Context::Reading, command!("clear")).unwrap_or_default();
        parts.push((format!("looking for shared quotations… {}%, {stop} stops it", seeking.percent), theme.topic));
    }
    if let Some(name) = app.hooks.running() {
        let stop = app.keys.keymap().first_key(Context::Reading, command!("clear")).unwrap_or_default();
        parts.push((format!("{name}… {stop} stops it"), theme.topic));
    }
    if app.halves.is_linear() {
        // The labels of the passages say the rest.
        return parts;
    }
    if let Some(percent) = app.versions.awaited_alignment(&app.hinge) {
        let stop = app.keys.keymap().first_key(Context::Reading, command!("clear")).unwrap_or_default();
        parts.push((format!("aligning the texts… {percent}%, {stop} stops it"), theme.topic));
    }
    trail(app, theme, &mut parts);
    if app.versions.keeps_level(&app.hinge) {
        place(app, theme, &mut parts);
    }
    if let Some(link) = app.link_in_sight().filter(|_| app.hinge.joint().is_some()) {
        parts.push((format!("⇔ {}", Clean::line(&app.topics.said_of_link(link))), theme.topic));
    }
    if let Some(joint) = app.hinge.joint()
        && let Some(found) = &joint.found
    {
        if app.versions.keeps_level(&app.hinge) && !app.hinge.pinned() && app.topics.held_id().is_none() {
            // The place says it.
        } else if let Some((left, right)) = app.pinned_in_sight() {
            // What keys act on is said first: it is not what a narrow screen leaves out.
            parts.insert(0, (format!("pinned ¶{left}⇄{right} is the pair"), theme.text));
        } else if let (Some((left, right)), Some(read)) = (app.pinned_and_left(), app.shown_pair()) {
            parts.insert(0, (format!("the pair is ¶{} ¶{}, as read", read.0, read.1), theme.text));
            parts.push((format!("pinned ¶{left}⇄{right} is elsewhere"), theme.faint));
        } else if app.versions.quoted_pair(&app.links, &app.halves, &app.hinge).is_some() {
            parts.push(("shared quotation".to_owned(), theme.text));
        } else if let Some((left, right)) = app.hinge.pinned_elsewhere(&app.halves) {
            // In two versions of one work what is level is the pair; the pinned one is only named.
            parts.push((format!("pinned ¶{left}⇄{right}"), theme.faint));
        } else if found.is_empty() && app.hinge.fresh() {
            // Nothing was asked yet: a session does not begin with a failure.
        } else if found.is_empty() {
            let checked =
                app.links.silence_checked(&app.halves, joint.lead, joint.from, joint.topic.as_ref()).is_some();
            let words = match app.hinge.languages_apart() {
                _ if checked => "silent, as you checked".to_owned(),
                _ if app.halves.awaits_study(&app.topics) => "looking…".to_owned(),
                _ if app.hinge.is_off_topic(&app.halves) => "off topic".to_owned(),
                _ if app.is_all_rejected() => "rejected, no other counterpart".to_owned(),
                Some(languages) => format!("not compared: {languages}"),
                None => app.links.close_in_meaning(&app.halves, &app.hinge, &app.topics).map_or_else(
                    || "no counterpart".to_owned(),
                    |close| format!("close in meaning, by a model: ¶{}", close.passage),
                ),
            };
            parts.push((words, theme.silent));
        } else if app.hinge.is_level(&app.halves) {
            let (what, style) = if app.hinge.is_same_topic_only(&app.links, &app.versions) {
                ("same topic only", theme.silent)
            } else {
                ("counterpart", theme.text)
            };
            parts.push((format!("{what} {}/{}", joint.at + 1, found.len()), style));
        } else {
            parts.push((counterparts(app, found), theme.faint));
        }
    } else if app.hinge.joint().is_some() {
        parts.push(("comparing…".to_owned(), theme.faint));
    }
    let pinned = app.hinge.pinned() && app.hinge.joint().is_some_and(|joint| joint.counterpart().is_some());
    let elsewhere = app.hinge.pinned_elsewhere(&app.halves).is_some();
    if elsewhere {
        // Said already.
    } else if pinned || !app.versions.keeps_level(&app.hinge) {
        parts.push((if pinned { "pinned" } else { app.hinge.sync().shown() }.to_owned(), theme.faint));
    }
    let silent = app.versions.keeps_level(&app.hinge) && !app.hinge.pinned() && app.topics.held_id().is_none();
    // What makes the pinned pair one says nothing of another passage.
    let silent = silent || elsewhere;
    let reasons = app.hinge.joint().filter(|_| !silent).and_then(|j| j.counterpart()).map(|c| &c.because);
    if let Some(reasons) = reasons.filter(|r| !r.is_empty()) {
        let words: Vec<_> = reasons.iter().take(4).map(|r| r.text.trim().to_lowercase()).collect();
        let lead = if app.hinge.is_same_topic_only(&app.links, &app.versions) { "both have" } else { "because" };
        parts.push((format!("{lead}: {}", words.join(", ")), theme.text));
    }
    let also = also(app);
    if !also.is_empty() {
        let treats_held = app.halves.treatment_here(&app.topics, app.halves.focus()).is_some();
        let lead = match app.topics.held_id() {
            Some(_) if treats_held => "also",
            Some(_) => "here",
            None => "on",
        };
        parts.push((format!("{lead}: {}", also.join(", ")), theme.faint));
    }
    parts
}

/// Place sync: what is across from where the reader is, where that is out of the ordinary, and how much of both texts is.
fn place(app: &App, theme: &Theme, parts: &mut Vec<(String, Style)>) {
    if let Some(words) = app.versions.said_across(&app.halves) {
        parts.push((words, theme.topic));
    }
    parts.push((app.hinge.sync().shown().to_owned(), theme.text));
    let Some(tally) = app.versions.tally() else { return };
    parts.push((format!("{} of {} aligned", tally.left.1, tally.left.0), theme.text));
    let counted = [
        (tally.moved, "moved"),
        (tally.left.0 - tally.left.1, "only left"),
        (tally.right.0 - tally.right.1, "only right"),
    ];
    parts.extend(counted.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| (format!("{n} {what}"), theme.faint)));
}

/// How many counterparts there are that are not in sight; those that only treat the same topic are not called so.
fn counterparts(app: &App, found: &[Counterpart]) -> String {
    let likely = found.iter().filter(|c| !app.hinge.treats_topic_only(&app.links, &app.versions, c)).count();
    match (likely, found.len()) {
        (0, all) => format!("{all} on the same topic only"),
        (1, _) => "1 counterpart".to_owned(),
        (likely, _) => format!("{likely} counterparts"),
    }
}

/// Selections of more bytes are not counted in words.
const COUNTED: usize = 8 << 10;

/// What is selected: where, and how many words.
fn selected(app: &App) -> Option<String> {
    let selection = app.halves.selection()?;
    let text = app.halves.pane(selection.side).text()?;
    let (first, last) = selection.passages(text)?;
    let on = if first == last { format!("¶{first}") } else { format!("¶{first}–{last}") };
    if selection.range.len() > COUNTED {
        return Some(on);
    }
    match tokens(&text.string()[selection.range.clone()]).count() {
        1 => Some(format!("{on} · 1 word")),
        count => Some(format!("{on} · {count} words")),
    }
}

/// What the reader is on: the hits of a search, or the treatments of a topic.
fn trail(app: &App, theme: &Theme, parts: &mut Vec<(String, Style)>) {
    if let Some(search) = &app.search {
        parts.push((format!("“{}”", search.words()), theme.topic));
        let count =
            |side: Side| search.hits(side).map_or_else(|| "…".to_owned(), crate::app::search::SearchHits::count);
        let at = search.all_hits(app.halves.focus()).and_then(|found| {
            let pane = app.halves.lead();
            let offset = pane.text()?.offset_of(pane.place);
            let here = found.hits.partition_point(|h| (h.0 as usize) < offset).min(found.hits.len().checked_sub(1)?);
            Some(format!("hit {}/{}", here + 1, found.count()))
        });
        parts.push((at.unwrap_or_else(|| format!("{} ┊ {}", count(Side::Left), count(Side::Right))), theme.text));
        return;
    }
    let Some(held) = app.topics.held() else { return };
    parts.push((held.name.clone(), theme.topic));
    let treatments = app.halves.treatments(app.halves.focus(), &held.id).len();
    if !app.halves.is_studied_on(app.halves.focus(), &held.id) {
        let words = if app.hinge.is_given_up() { "not looked through" } else { "looking…" };
        parts.push((words.to_owned(), theme.faint));
    } else if treatments == 0 {
        let words = if app.hinge.languages_apart().is_some() { "none of its terms here" } else { "silent here" };
        parts.push((words.to_owned(), theme.silent));
    } else if let Some(here) = app.halves.treatment_here(&app.topics, app.halves.focus()) {
        parts.push((format!("treatment {}/{treatments}", here + 1), theme.text));
    } else {
        let words = counted(treatments, "treatment");
        parts.push((words, theme.faint));
    }
}

/// The other topics of the leading passage.
fn also(app: &App) -> Vec<String> {
    app.halves
        .topics_here(app.halves.focus())
        .into_iter()
        .filter(|t| Some(t) != app.topics.held_id())
        .filter_map(|t| app.topics.codebook().get(t.as_str()).map(|t| t.name.clone()))
        .take(3)
        .collect()
}

/// The keys that matter now, with what they do.
fn hints(app: &App) -> Vec<(String, &'static str)> {
    let (context, shown): (Context, &[&Command]) = if let Some(shown) = scenes::hints(app.screens.scene()) {
        (app.screens.scene().context(), shown)
    } else if app.halves.selection().is_some() {
        (
            Context::Selecting,
            commands![
                "extend-word",
                "shrink-word",
                "other-end",
                "note",
                "add-term",
                "new-topic",
                "extend-sentence",
                "copy-selection",
            ],
        )
    } else if app.halves.pane(Side::Left).open().is_none() && app.halves.pane(Side::Right).open().is_none() {
        (Context::Reading, commands!["open-text", "help", "quit"])
    } else if app.hinge.fresh() && app.topics.held_id().is_none() && app.search.is_none() {
        if is_cramped(app) && app.shelf.invitation().is_none() {
            (Context::Reading, commands!["topics", "stack", "next-counterpart", "help"])
        } else {
            (Context::Reading, commands!["topics", "next-counterpart", "help"])
        }
    } else if app.search.is_some() {
        (Context::Reading, commands!["next-on-trail", "previous-on-trail", "clear", "help"])
    } else if app.topics.held_id().is_none() {
        (Context::Reading, commands!["topics", "next-counterpart", "why", "help"])
    } else {
        (Context::Reading, commands!["next-on-trail", "next-counterpart", "why", "topics", "help"])
    };
    // While something is selected, the keys of reading work too.
    let key = |command| {
        let of_reading =
            || app.keys.keymap().first_key(Context::Reading, command).filter(|_| context == Context::Selecting);
        app.keys.keymap().first_key(context, command).or_else(of_reading)
    };
    shown.iter().filter_map(|command| Some((key(command)?, command.hint))).collect()
}

/// With fewer columns than this, two panes side by side read worse than one above the other.
const CRAMPED: u16 = 90;

fn is_cramped(app: &App) -> bool {
    app.halves.screen().0 < CRAMPED && app.areas().are_side_by_side()
}

fn hints_width(hints: &[(String, &str)]) -> usize {
    hints.iter().map(|(k, h)| cells::width(k) + cells::width(h) + 3).sum()
}

/// At the right, as many as there is room for: the last one, which leads to all others, then the first ones.
fn draw_hints(hints: &[(String, &'static str)], from: u16, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let mut end = area.right().saturating_sub(1);
    let mut room = end.saturating_sub(from);
    let width = |(key, hint): &(String, &str)| (cells::width(key) + cells::width(hint) + 3) as u16;
    let Some((help, others)) = hints.split_last() else { return };
    room = room.saturating_sub(width(help));
    let mut shown = Vec::new();
    for hint in others {
        // A shorter one may still have room.
        if width(hint) <= room {
            room -= width(hint);
            shown.push(hint);
        }
    }
    shown.push(help);
    for (key, hint) in shown.into_iter().rev() {
        let width = (cells::width(key) + cells::width(hint) + 1) as u16;
        if from + width > end {
            break;
        }
        let x = put(buffer, end - width, area.y, end, key, theme.strong);
        put(buffer, x, area.y, end, &format!(" {hint}"), theme.faint);
        end = (end - width).saturating_sub(2);
    }
}

/// The stop of a presentation stays in its corner while words are typed and whatever lies over it, with the key that comes
/// back to it. Returns the column where that begins.
fn where_one_stands(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) -> u16 {
    let Some(present) = app.screens.presented() else { return area.right() };
    let stop = present::stop_of(app, present);
    if stop.is_empty() {
        return area.right();
    }
    let (start, end) = (area.x + COUNTS.min(area.width / 2), area.right().saturating_sub(1));
    let is_covered = app.screens.overlay().is_some() || !matches!(app.screens.scene(), Scene::Present(_));
    let mut contexts = app.screens.contexts(&app.halves).iter().filter(|_| is_covered);
    let key = contexts.find_map(|context| app.keys.keymap().first_key(*context, command!("return")));
    let words = key.map_or_else(|| stop.clone(), |key| format!("{key} back to {stop}"));
    // What the presentation itself says in its last row is not for now.
    wipe(buffer, Rect { height: 1, ..area });
    put_right(buffer, start, area.y, end, &words, theme.faint).saturating_sub(1)
}

/// The columns of `1234 ┊ 5678 hits`, and of a gap before it.
const COUNTS: u16 = 28;

fn prompt_line(app: &App, prompt: &Prompt, area: Rect, theme: &Theme, buffer: &mut Buffer) -> Position {
    let (y, end) = (area.y, area.right());
    let start = put(buffer, area.x, y, end, if prompt.regex { " pattern /" } else { " /" }, theme.strong);
    let value = prompt.input.value();
    // A long query leaves the counts their room.
    let (shown, column) = line::typed(&prompt.input, end.saturating_sub(start + COUNTS.min(end / 2)));
    let from = put(buffer, start, y, end, &shown, theme.text) + 2;
    let cursor = start + column;
    if let Some(search) = &app.search
        && !value.is_empty()
    {
        let error = search.hits(Side::Left).or(search.hits(Side::Right)).and_then(|f| f.error.clone());
        let count =
            |side: Side| search.hits(side).map_or_else(|| "…".to_owned(), crate::app::search::SearchHits::count);
        if let Some(error) = error {
            let room = usize::from(end.saturating_sub(from + 1));
            put_right(buffer, from, y, end - 1, &cells::ellipsis(&error, room), theme.silent);
        } else {
            let (left, right) = (count(Side::Left), count(Side::Right));
            let noun = if right == "1" { "hit" } else { "hits" };
            put_right(buffer, from, y, end - 1, &format!("{left} ┊ {right} {noun}"), theme.faint);
        }
    } else {
        let key = app.keys.keymap().first_key(Context::Prompt, command!("regex")).unwrap_or_default();
        put_right(buffer, from, y, end - 1, &format!("searches both texts · {key} pattern"), theme.faint);
    }
    Position::new(cursor.min(end.saturating_sub(1)), y)
}
