//! The head of a pane: the title with the number of the passage, and under it the rule: section, whose voice, and the strip
//! that shows where in the text the topic is treated.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

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

pub(super) fn draw(app: &App, side: Side, area: PaneArea, rows: &Rows, theme: &Theme, buffer: &mut Buffer) {
    let pane = app.halves.pane(side);
    let Some(open) = pane.open() else { return };
    if area.header.height > 0 {
        title_row(app, side, (pane, open), area, theme, buffer);
    }
    if area.strip.height > 0 {
        rule(app, side, (pane, open), (area, rows), theme, buffer);
    }
}

/// The title, and at the edge of the column the number of the passage: a long title gives way to it.
fn title_row(app: &App, side: Side, (pane, open): (&Pane, &Open), area: PaneArea, theme: &Theme, buffer: &mut Buffer) {
    let leads = app.halves.focus() == side;
    let (x, y, end) = (area.header.x, area.header.y, area.text.right());
    let style = if leads { theme.strong } else { theme.faint };
    let number = pane.current().map_or_else(String::new, |p| format!("¶{p}/{}", open.text.passage_count()));
    let until = put_right(buffer, x, y, end, &number, if leads { theme.text } else { theme.faint });
    let mut at = put(buffer, x, y, until, if leads { "▸ " } else { "  " }, theme.lead);
    let room = usize::from(until.saturating_sub(at + 1));
    at = put(buffer, at, y, until, &cells::ellipsis(&app.halves.name_of(side), room), style);
    // Where there is no row for it below.
    let voice = pane.current().and_then(|p| voice_words(open, p)).filter(|_| area.strip.height == 0);
    let room = usize::from(until.saturating_sub(at + 4));
    if let Some(voice) = voice.filter(|_| room >= LEAST) {
        at = put(buffer, at, y, until, " · ", theme.faint);
        put(buffer, at, y, until, &cells::ellipsis(&voice, room), theme.topic);
    }
}

/// Words of fewer columns are not begun.
const LEAST: usize = 8;
/// Columns that the strip keeps to itself at least.
const STRIP: u16 = 14;

/// The rule under the title: what is to be known of the place at its beginning, and at its end the strip; all of it is
/// strip where nothing is to be said.
fn rule(
    app: &App,
    side: Side,
    (pane, open): (&Pane, &Open),
    (area, rows): (PaneArea, &Rows),
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let (x, y, end) = (area.text.x, area.strip.y, area.text.right());
    let width = end.saturating_sub(x);
    let strip_width = (width / 3).max(STRIP).min(width);
    let said = said_on_rule(app, side, (pane, open), (rows, width.saturating_sub(strip_width + 1)), theme);
    let silent = silent_words(app, side);
    let wanted = silent.as_ref().map_or(strip_width, |words| (cells::width(words) as u16 + 2).min(width));
    let has_words = !said.is_empty() || open.text.heading_of(open.text.blocks().len().saturating_sub(1)).is_some();
    let from = if has_words { end - wanted.max(strip_width) } else { x };
    let mut at = x;
    for (words, style) in said {
        let separator = if at == x { "" } else { " · " };
        let room = usize::from(from.saturating_sub(at + 1)).saturating_sub(cells::width(separator));
        if room < LEAST.min(cells::width(&words)) {
            break;
        }
        at = put(buffer, at, y, from, separator, theme.faint);
        at = put(buffer, at, y, from, &cells::ellipsis(&words, room), style);
    }
    // A text of a few columns has its strip to itself.
    let from = if at == x { x } else { from };
    strip(app, side, (pane, &open.text), (from, y, end), theme, buffer);
    if let Some(words) = silent {
        put_right(buffer, x.saturating_sub(1), y, end, &format!(" {words}"), theme.silent);
    }
}

/// What the rule says, the most needed first: what is under way, whose words these are, which rows of a tall passage are
/// seen, and the section.
fn said_on_rule(
    app: &App,
    side: Side,
    (pane, open): (&Pane, &Open),
    (rows, room): (&Rows, u16),
    theme: &Theme,
) -> Vec<(String, Style)> {
    let read_next = app.halves.reading(side).filter(|_| !open.provisional);
    let read_next = read_next.and_then(|reading| reading_words(reading, usize::from(room)));
    let under_way = if let Some(words) = read_next {
        Some((words, theme.topic))
    } else if open.provisional {
        Some(("reading the rest…".to_owned(), theme.faint))
    } else {
        app.halves.progress(side).map(|percent| (progress_words(percent, usize::from(room)), theme.faint))
    };
    let moved = app.halves.moved_pages_words(&app.keys, side).map(|words| (words, theme.strong));
    let voice = pane.current().and_then(|p| voice_words(open, p)).map(|words| (words, theme.topic));
    let part = part_words(pane, &open.text, rows).map(|words| (words, theme.faint));
    let language = app.hinge.language_apart(side).map(|words| (words, theme.faint));
    let section = section_words(pane, &open.text).map(|words| (words, theme.faint));
    [under_way, moved, voice, part, language, section].into_iter().flatten().collect()
}

/// What is being read for a pane that still shows another text, once it takes a while: `reading book.epub 45%`; where
/// there is no room for its name, `reading 45%`.
fn reading_words(reading: &Reading, room: usize) -> Option<String> {
    let (done, of) = reading.part?;
    let name = reading.what.as_str().rsplit('/').next().unwrap_or_default();
    let far = (done * 100).checked_div(of).map_or_else(|| "…".to_owned(), |percent| format!(" {percent}%"));
    let whole = format!("reading {}{far}", cells::ellipsis(name, 24));
    Some(if cells::width(&whole) <= room { whole } else { format!("reading{far}") })
}

/// How far a text has been looked through for topics; the number is what may not be cut.
fn progress_words(percent: u8, room: usize) -> String {
    let whole = format!("looking through {percent}%");
    if cells::width(&whole) <= room { whole } else { format!("looking {percent}%") }
}

/// `rows 30–52/88` of a passage that is taller than the pane.
fn part_words(pane: &Pane, text: &Text, rows: &Rows) -> Option<String> {
    pane.current()?;
    let shown: Vec<_> = rows.iter().flatten().filter(|r| r.block == pane.place.block && r.is_text()).collect();
    let (first, last) = (shown.first()?, shown.last()?);
    let flow = Flow::new(text, pane.viewport.width);
    let block = pane.place.block as usize;
    let length = text.block_str(block).len();
    let whole = first.start == 0 && last.end as usize >= length;
    if whole || shown.len() + 2 < usize::from(pane.viewport.height) {
        return None;
    }
    Some(match (row_of_block(flow, block, first.start), row_of_block(flow, block, last.start)) {
        (Some((from, rows)), Some((to, _))) => format!("rows {from}–{to}/{rows}"),
        _ => format!("{}%", u64::from(last.end) * 100 / length.max(1) as u64),
    })
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

/// That the text is silent on the held topic.
fn silent_words(app: &App, side: Side) -> Option<String> {
    let held = app.topics.held()?;
    let silent = app.halves.is_studied_on(side, &held.id) && app.halves.treatments(side, &held.id).is_empty();
    silent.then(|| {
        let checked = if app.links.topic_silence_checked(&app.halves, side, &held.id) { "✓ " } else { "" };
        // A term of one language is not met in another, whatever is said there.
        let nothing = if app.hinge.languages_apart().is_some() { "no term of" } else { "silent on" };
        format!("{checked}{nothing} {}", held.name)
    })
}

/// A line through the whole text from left to right: heavy where the topic is treated, a diamond where the reader is.
fn strip(
    app: &App,
    side: Side,
    (pane, text): (&Pane, &Text),
    (x, y, end): (u16, u16, u16),
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let width = usize::from(end.saturating_sub(x));
    let length = text.string().len().max(1);
    if width == 0 {
        return;
    }
    let column = |offset: usize| (offset * (width - 1) / length).min(width - 1) as u16;
    for i in 0..width as u16 {
        put(buffer, x + i, y, end, "─", theme.faint);
    }
    let topic = app.topics.held_id();
    for treatment in topic.map_or(&[][..], |t| app.halves.treatments(side, t)) {
        let numbering = text.numbering();
        let first = numbering.block_of(treatment.from).map_or(0, |b| text.blocks()[b].range().start);
        let last = numbering.block_of(treatment.to).map_or(first, |b| text.blocks()[b].range().end);
        for i in column(first)..=column(last.saturating_sub(1).max(first)) {
            put(buffer, x + i, y, end, "━", theme.topic);
        }
    }
    let here = text.offset_of(pane.place);
    put(buffer, x + column(here), y, end, "◆", if app.halves.focus() == side { theme.lead } else { theme.across });
}
