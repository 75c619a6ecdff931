//! The pair in one column, for readers who hear the screen or feel it: each passage under a label in words, the left one
//! first. No lines, no signs, nothing that has to be seen beside something else; the cursor stands on the row that is
//! read, so that a screen reader finds it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::ink::{put, put_own, put_right};
use super::pane;
use super::theme::Theme;
use crate::app::App;
use crate::app::pane::{Content, Pane};
use crate::layout::cursor::rows_of_block;
use crate::layout::row::{Row, RowKind};
use crate::layout::{Flow, cells};
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::open::Open;
use crate::text::block::{BlockKind, Marker};
use crate::text::clean::clean_text;

/// Rows of a passage that are laid out at most.
pub(super) const TALLEST: usize = 2000;
/// With fewer rows than this, only the passage of the pane that leads is shown.
const ROOM_FOR_BOTH: usize = 7;

/// A passage with its label, and the row that is read.
struct Part {
    side: Side,
    label: Vec<String>,
    rows: Vec<Row>,
    /// Instead of rows, where there is no text.
    message: Vec<String>,
    /// An index into `rows`.
    reading: usize,
    /// The reader's notes on the passage, where they are shown beside it.
    notes: Vec<String>,
}

/// Draws both passages into `area`. Returns where the cursor is to stand.
pub(super) fn draw(app: &App, area: Rect, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    let width = usize::from(area.width.min(app.settings.measure)).max(1);
    let mut parts: Vec<Part> = BOTH.map(|side| part(app, side, width)).into();
    let height = usize::from(area.height);
    if height < ROOM_FOR_BOTH {
        parts.retain(|part| part.side == app.halves.focus());
    }
    share(&mut parts, height, app.halves.focus());
    let (mut y, mut cursor) = (area.y, None);
    for part in &parts {
        for words in part.label.iter().chain(&part.message) {
            if y < area.bottom() {
                put(buffer, area.x, y, area.right(), words, theme.text);
                y += 1;
            }
        }
        for (at, row) in part.rows.iter().enumerate() {
            if y < area.bottom() {
                draw_row(app, part.side, *row, (area.x, y, area.right()), theme, buffer);
                if part.side == app.halves.focus() && at == part.reading {
                    cursor = Some(Position::new(area.x + row.indent.min(area.width.saturating_sub(1)), y));
                }
                y += 1;
            }
        }
        for words in &part.notes {
            if y < area.bottom() {
                put(buffer, area.x, y, area.right(), words, theme.text);
                y += 1;
            }
        }
        y += 1;
    }
    cursor
}

/// Cuts what does not fit to the rows around the one that is read: the passage that leads has at least half the room.
fn share(parts: &mut [Part], height: usize, lead: Side) {
    // Of notes there are as many rows as leave the passages a third of the room.
    for part in &mut *parts {
        part.notes.truncate(height / 3);
    }
    let labels: usize = parts.iter().map(|p| p.label.len() + p.message.len() + p.notes.len()).sum();
    let room = height.saturating_sub(labels + parts.len().saturating_sub(1));
    let wanted = |parts: &[Part], is: bool| parts.iter().filter(|p| (p.side == lead) == is).map(|p| p.rows.len()).sum();
    let (of_lead, of_other): (usize, usize) = (wanted(parts, true), wanted(parts, false));
    let other = of_other.min((room / 2).max(room.saturating_sub(of_lead)));
    let lead_room = room - other;
    for part in parts {
        let room = if part.side == lead { lead_room } else { other };
        let from = part.reading.saturating_sub(room / 3).min(part.rows.len().saturating_sub(room));
        part.rows.drain(..from);
        part.rows.truncate(room);
        part.reading -= from;
    }
}

fn part(app: &App, side: Side, width: usize) -> Part {
    let pane = app.halves.pane(side);
    let wrap = |words: &str| -> Vec<String> {
        textwrap::wrap(words, width).into_iter().map(std::borrow::Cow::into_owned).collect()
    };
    let empty = |label: &str, message: String| Part {
        side,
        label: wrap(&format!("{label}.")),
        rows: Vec::new(),
        message: wrap(&message),
        reading: 0,
        notes: Vec::new(),
    };
    let name = side_name(app, side);
    let open = match &pane.content {
        Content::Open(open) => open,
        Content::Empty => return empty(&name, "No text here yet.".to_owned()),
        Content::Loading(text) => return empty(&name, format!("Reading {text}.")),
        Content::Failed(why) => return empty(&name, format!("This side has no text: {why}")),
    };
    let block = pane.place.block as usize;
    let rows = rows_of_block(Flow::new(&open.text, width as u16), block, TALLEST);
    let is_read = |row: &Row| row.start <= pane.place.offset;
    let reading = rows.iter().rposition(is_read).unwrap_or(0);
    let notes = if app.notes.wants_beside() && app.halves.focus() == side {
        app.notes.notes_here(&app.halves, side)
    } else {
        Vec::new()
    };
    let notes = notes.iter().flat_map(|note| wrap(&format!("Note: {}", clean_text(note.note.body.trim())))).collect();
    Part { side, label: wrap(&label(app, side, pane, open)), rows, message: Vec::new(), reading, notes }
}

/// The label of a pane, or why there is no text in it, on one line.
pub(super) fn said(app: &App, side: Side) -> String {
    let pane = app.halves.pane(side);
    match &pane.content {
        Content::Open(open) => label(app, side, pane, open),
        Content::Empty => format!("{}: no text here yet.", side_name(app, side)),
        Content::Loading(text) => format!("{}: reading {text}.", side_name(app, side)),
        Content::Failed(why) => format!("{}: no text: {why}", side_name(app, side)),
    }
}

/// `Left`, and of the pane that leads `Left, leading`.
fn side_name(app: &App, side: Side) -> String {
    let name = if side == Side::Left { "Left" } else { "Right" };
    if app.halves.focus() == side { format!("{name}, leading") } else { name.to_owned() }
}

/// Which passage of which text it is, whose words, what stands on it, and what it has to do with the topic and with
/// the passage of the other side: all that the margin, the hinge and the footer show otherwise.
fn label(app: &App, side: Side, pane: &Pane, open: &Open) -> String {
    let text = &open.text;
    let block = pane.place.block as usize;
    let passage = pane.current();
    let kind = text.blocks().get(block).map(|b| b.kind);
    let number = passage.map_or_else(String::new, |p| format!("passage {p} of {}", text.passage_count()));
    let place = match kind {
        Some(BlockKind::Heading) => format!("heading before {number}"),
        Some(BlockKind::Footnote) => "a footnote".to_owned(),
        _ => number,
    };
    let mut said = vec![format!("{}: {}, {place}", side_name(app, side), app.halves.name_of(side))];
    if kind != Some(BlockKind::Heading)
        && let Some(heading) = text.heading_of(block)
    {
        said.push(format!("Section {}", text.heading_name(heading)));
    }
    said.extend(text.cite_voice(block));
    match app.notes.notes_here(&app.halves, side).len() {
        0 => {}
        1 => said.push("1 note".to_owned()),
        n => said.push(format!("{n} notes")),
    }
    said.extend(if app.halves.focus() == side { on_topic(app) } else { across(app, side) });
    let said: Vec<&str> = said.iter().map(|s| s.trim_end_matches(['.', ' '])).collect();
    cells::cells(&format!("{}.", said.join(". "))).map(|cell| cell.shown).collect()
}

/// What the trail says of the passage that leads.
fn on_topic(app: &App) -> Option<String> {
    if let Some(search) = &app.search {
        return Some(format!("Searching for {}", search.words()));
    }
    let held = app.topics.held()?;
    let count = app.halves.treatments(app.halves.focus(), &held.id).len();
    Some(match (app.halves.treatment_here(&app.topics, app.halves.focus()), count) {
        _ if !app.halves.is_studied_on(app.halves.focus(), &held.id) => {
            let how_far = if app.hinge.is_given_up() { "not looked through" } else { "still looking" };
            format!("Topic {}, {how_far}", held.name)
        }
        (Some(at), _) => format!("Topic {}, treatment {} of {count}", held.name, at + 1),
        (None, 0) if app.hinge.languages_apart().is_some() => format!("No term of {} is met in this text", held.name),
        (None, 0) => format!("This text is silent on {}", held.name),
        (None, 1) => format!("Topic {}, treated elsewhere in this text", held.name),
        (None, _) => format!("Topic {}, treated at {count} places of this text", held.name),
    })
}

/// How the passage of the other side answers.
fn across(app: &App, side: Side) -> Option<String> {
    if let Some(held) = app.topics.held().filter(|held| app.halves.treatments(side, &held.id).is_empty())
        && app.halves.is_studied_on(side, &held.id)
    {
        let checked =
            if app.links.topic_silence_checked(&app.halves, side, &held.id) { ", as you checked" } else { "" };
        let nothing = if app.hinge.languages_apart().is_some() { "No term of" } else { "Silent on" };
        return Some(format!("{nothing} {}{checked}", held.name));
    }
    if app.versions.keeps_level(&app.hinge) && !app.hinge.pinned() {
        return Some(match app.versions.said_across(&app.halves) {
            Some(said) => {
                // Said of the other text: "here" is not there.
                let only = if side == Side::Right { "only left" } else { "only right" };
                let said = said.replace("only here", only).replace('⇄', "across from").replace('?', "perhaps");
                format!("Place sync, {said}")
            }
            None => "Place sync, the same place".to_owned(),
        });
    }
    let joint = app.hinge.joint()?;
    let Some(found) = &joint.found else { return Some("Still comparing".to_owned()) };
    if joint.is_silent() {
        let checked = app.links.silence_checked(&app.halves, joint.lead, joint.from, joint.topic.as_ref()).is_some();
        let words = match app.hinge.languages_apart() {
            _ if checked => "Silent to that, as you checked".to_owned(),
            _ if app.halves.awaits_study(&app.topics) => "Still looking".to_owned(),
            _ if app.hinge.is_off_topic(&app.halves) => "The passage is off topic".to_owned(),
            _ if app.is_all_rejected() => "No counterpart but what was rejected".to_owned(),
            Some(languages) => format!("Not compared: the texts are in {languages}"),
            None => app.links.close_in_meaning(&app.halves, &app.hinge, &app.topics).map_or_else(
                || "No counterpart was found".to_owned(),
                |close| format!("Close in meaning, by a model: {}", close.passage),
            ),
        };
        return (!app.hinge.fresh()).then_some(words);
    }
    if !app.hinge.is_level(&app.halves) {
        return Some(match found.len() {
            1 => "1 counterpart, not shown".to_owned(),
            n => format!("{n} counterparts, not shown"),
        });
    }
    let what = if app.hinge.is_same_topic_only(&app.links, &app.versions) { "Same topic only," } else { "Counterpart" };
    let mut words = vec![format!("{what} {} of {}", joint.at + 1, found.len())];
    if let Some(link) = joint.pair().and_then(|(left, right)| app.links.own().link_between(left, right)) {
        let by = link.made_by(app.settings.author());
        words.push(format!("joined by {by}: {}", app.topics.said_of_link(link)));
    }
    let reasons = joint.counterpart().map(|c| c.because.iter().take(4).map(|r| r.text.trim().to_lowercase()));
    let reasons = reasons.map_or_else(Vec::new, Iterator::collect);
    if !reasons.is_empty() {
        let lead = if app.hinge.is_same_topic_only(&app.links, &app.versions) { "both have" } else { "because of" };
        words.push(format!("{lead} {}", reasons.join(", ")));
    }
    Some(words.join(", "))
}

fn draw_row(app: &App, side: Side, row: Row, (x, y, end): (u16, u16, u16), theme: &Theme, buffer: &mut Buffer) {
    let Some(text) = app.halves.pane(side).text() else { return };
    let block = &text.blocks()[row.block as usize];
    if let (RowKind::First, Marker::Number(n)) = (row.kind, block.marker) {
        put_right(buffer, x, y, x + row.indent, &format!("{n}. "), theme.text);
    }
    let selected = app.halves.selection().into_iter().filter(|s| s.side == side).map(|s| s.range.clone());
    let selected: Vec<_> = selected.chain(app.screens.written_about(&app.halves, side)).collect();
    let layers = pane::layers(app, side, text, row, &selected, theme);
    let start = block.range().start;
    for (column, bytes) in row.pieces(text) {
        let words = &text.block_str(row.block as usize)[bytes.clone()];
        put_own(buffer, (x + row.indent + column, y, end), words, |at| layers.at(start + bytes.start + at, theme.text));
    }
}
