//! The head of a pane: title, passage, section, whose voice; and the strip that shows where the topic is treated.

use ratatui::buffer::Buffer;

use super::Rows;
use super::ink::{put, put_right};
use super::theme::Theme;
use crate::app::App;
use crate::app::areas::PaneArea;
use crate::app::pane::{Pane, Reading};
use crate::layout::cursor::row_of_block;
use crate::layout::{Flow, cells};
use crate::link::Side;
use crate::model::open::Open;
use crate::text::Text;
use crate::text::passage::PassageNo;

pub fn draw(app: &App, side: Side, area: PaneArea, rows: &Rows, theme: &Theme, buffer: &mut Buffer) {
    let pane = app.halves.pane(side);
    let Some(open) = pane.open() else { return };
    if area.header.height > 0 {
        title_row(app, side, (pane, open), (area, rows), theme, buffer);
    }
    if area.strip.height > 0 {
        strip(app, side, pane, &open.text, area, theme, buffer);
    }
}

fn title_row(
    app: &App,
    side: Side,
    (pane, open): (&Pane, &Open),
    (area, rows): (PaneArea, &Rows),
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let leads = app.halves.focus() == side;
    let (x, y, end) = (area.header.x, area.header.y, area.header.right());
    let style = if leads { theme.strong } else { theme.faint };
    let place = place_words(pane, &open.text, rows);
    let place_width = cells::width(&place) + 3;
    let voice = pane.current().and_then(|p| voice_words(open, p));
    let moved = app.halves.moved_pages_words(&app.keys, side);
    let language = app.hinge.language_apart(side);
    let voice_width = [&voice, &moved, &language].into_iter().flatten().map(|words| cells::width(words) + 3).sum();
    // Whose words these are matters more than the end of a long title.
    let room = usize::from(area.header.width).saturating_sub(3 + place_width);
    let room = room.saturating_sub(voice_width).max(room.min(12));
    let name = app.halves.name_of(side);
    let title = cells::ellipsis(&name, room.max(6));
    let at = put(buffer, x, y, end, if leads { "▸ " } else { "  " }, theme.lead);
    let mut at = put(buffer, at, y, end, &title, style);
    if !place.is_empty() {
        at = put(buffer, at, y, end, " · ", theme.faint);
        at = put(buffer, at, y, end, &place, if leads { theme.text } else { theme.faint });
    }
    let section = section_words(pane, &open.text);
    for (words, style) in [(moved, theme.strong), (voice, theme.topic), (language, theme.faint), (section, theme.faint)]
    {
        let room = usize::from(end.saturating_sub(at + 1));
        if let Some(words) = words
            && room >= 12.min(cells::width(&words) + 3)
        {
            at = put(buffer, at, y, end, " · ", theme.faint);
            at = put(buffer, at, y, end, &cells::ellipsis(&words, room - 3), style);
        }
    }
    let room = usize::from(end.saturating_sub(at + 1));
    let read_next = app.halves.reading(side).filter(|_| !open.provisional);
    if let Some(words) = read_next.and_then(|reading| reading_words(reading, room)) {
        put_right(buffer, at + 1, y, end, &words, theme.topic);
    } else if open.provisional {
        put_right(buffer, at + 1, y, end, "reading the rest… ", theme.faint);
    } else if let Some(percent) = app.halves.progress(side) {
        put_right(buffer, at + 1, y, end, &format!("looking through {percent}% "), theme.faint);
    }
}

/// What is being read for a pane that still shows another text, once it takes a while: `reading book.epub 45%`; where
/// there is no room for its name, `reading 45%`.
fn reading_words(reading: &Reading, room: usize) -> Option<String> {
    let (done, of) = reading.part?;
    let name = reading.what.as_str().rsplit('/').next().unwrap_or_default();
    let far = (done * 100).checked_div(of).map_or_else(|| "…".to_owned(), |percent| format!(" {percent}%"));
    let whole = format!("reading {}{far} ", cells::ellipsis(name, 24));
    Some(if cells::width(&whole) <= room { whole } else { format!("reading{far} ") })
}

/// `¶14/61`, and the rows of a passage that is taller than the pane: `¶3/20 rows 30–52/88`.
fn place_words(pane: &Pane, text: &Text, rows: &Rows) -> String {
    let Some(passage) = pane.current() else { return String::new() };
    let words = format!("¶{passage}/{}", text.passage_count());
    let shown: Vec<_> = rows.iter().flatten().filter(|r| r.block == pane.place.block && r.is_text()).collect();
    if let (Some(first), Some(last)) = (shown.first(), shown.last()) {
        let flow = Flow::new(text, pane.viewport.width);
        let block = pane.place.block as usize;
        let length = text.block_str(block).len();
        let whole = first.start == 0 && last.end as usize >= length;
        if !whole && shown.len() + 2 >= usize::from(pane.viewport.height) {
            return match (row_of_block(flow, block, first.start), row_of_block(flow, block, last.start)) {
                (Some((from, rows)), Some((to, _))) => words + &format!(" rows {from}–{to}/{rows}"),
                _ => words + &format!(" {}%", u64::from(last.end) * 100 / length.max(1) as u64),
            };
        }
    }
    words
}

fn section_words(pane: &Pane, text: &Text) -> Option<String> {
    let heading = text.heading_name(text.heading_of(pane.place.block as usize)?);
    let is_title = text.meta().title.as_deref().is_some_and(|t| t.trim() == heading.trim());
    (!is_title).then(|| format!("§ {heading}"))
}

fn voice_words(open: &Open, passage: PassageNo) -> Option<String> {
    let block = open.text.numbering().block_of(passage)?;
    let voice = open.text.voice_of(block)?;
    Some(voice.short())
}

/// A line through the whole text from left to right: heavy where the topic is treated, a diamond where the reader is.
fn strip(app: &App, side: Side, pane: &Pane, text: &Text, area: PaneArea, theme: &Theme, buffer: &mut Buffer) {
    let (x, y) = (area.strip.x + 1, area.strip.y);
    let width = usize::from(area.strip.width.saturating_sub(2));
    let end = area.strip.right();
    let length = text.string().len().max(1);
    if width == 0 {
        return;
    }
    let column = |offset: usize| (offset * (width - 1) / length).min(width - 1) as u16;
    for i in 0..width as u16 {
        put(buffer, x + i, y, end, "─", theme.faint);
    }
    let topic = app.topics.held_id();
    let treatments = topic.map_or(&[][..], |t| app.halves.treatments(side, t));
    for treatment in treatments {
        let numbering = text.numbering();
        let first = numbering.block_of(treatment.from).map_or(0, |b| text.blocks()[b].range().start);
        let last = numbering.block_of(treatment.to).map_or(first, |b| text.blocks()[b].range().end);
        for i in column(first)..=column(last.saturating_sub(1).max(first)) {
            put(buffer, x + i, y, end, "━", theme.topic);
        }
    }
    let here = text.offset_of(pane.place);
    put(buffer, x + column(here), y, end, "◆", if app.halves.focus() == side { theme.lead } else { theme.across });
    // That it is silent is said whole, also where the place is marked.
    let silent = pane.study.is_some() && treatments.is_empty();
    if silent && let Some(held) = app.topics.held() {
        let checked = if app.links.topic_silence_checked(&app.halves, side, &held.id) { "✓ " } else { "" };
        // A term of one language is not met in another, whatever is said there.
        let nothing = if app.hinge.languages_apart().is_some() { "no term of" } else { "silent on" };
        put_right(buffer, x, y, end - 1, &format!(" {checked}{nothing} {} ", held.name), theme.silent);
    }
}
