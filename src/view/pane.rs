//! The text of a pane, row by row.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::Rows;
use super::ink::{Layers, put};
use super::theme::Theme;
use super::{gutter, passage};
use crate::app::App;
use crate::app::areas::PaneArea;
use crate::app::commands::command;
use crate::app::margin::SignKind;
use crate::app::overlay::{Overlay, PageKind};
use crate::app::pane::Content;
use crate::app::room::led::Lit;
use crate::layout::cells;
use crate::layout::row::Row;
use crate::link::Side;
use crate::text::Text;

pub(super) fn draw(app: &App, side: Side, area: PaneArea, rows: &Rows, theme: &Theme, buffer: &mut Buffer) {
    let pane = app.halves.pane(side);
    match &pane.content {
        Content::Empty => message(area, &["No text here yet.", "", &open_hint(app)], theme, buffer),
        Content::Loading(name) => {
            let bar = bar(app, side);
            message(area, &["Reading", name.as_str(), bar.as_deref().unwrap_or("…")], theme, buffer);
        }
        Content::Failed(why) => {
            message(area, &["This pane has no text.", "", why.as_str(), "", &open_hint(app)], theme, buffer);
        }
        Content::Open(open) => text(app, side, &open.text, (area, rows), theme, buffer),
    }
}

/// Cells of the bar that shows how far the reading of a text is.
const BAR: usize = 24;

/// How far the reading of a pane's text is, where that is known.
fn bar(app: &App, side: Side) -> Option<String> {
    let (done, of) = app.halves.reading(side)?.part.filter(|(_, of)| *of > 0)?;
    let full = done * BAR / of;
    Some(format!("{}{} {done} of {of}", "━".repeat(full), "─".repeat(BAR - full)))
}

fn open_hint(app: &App) -> String {
    let key = app.keys.keymap().first_key(crate::app::command::Context::Reading, command!("open-text"));
    key.map_or_else(String::new, |k| format!("{k} opens one."))
}

/// A few lines in the middle of an otherwise empty pane.
fn message(area: PaneArea, lines: &[&str], theme: &Theme, buffer: &mut Buffer) {
    let width = usize::from(area.text.width.max(1));
    let rows: Vec<String> =
        lines.iter().flat_map(|l| textwrap::wrap(l, width)).map(std::borrow::Cow::into_owned).collect();
    let top = area.text.y + area.text.height.saturating_sub(rows.len() as u16) / 3;
    for (i, row) in rows.iter().enumerate() {
        let y = top + i as u16;
        if y < area.text.bottom() {
            let x = area.text.x + (area.text.width.saturating_sub(cells::width(row) as u16)) / 2;
            put(buffer, x, y, area.text.right(), row, theme.faint);
        }
    }
}

fn text(app: &App, side: Side, text: &Text, (area, rows): (PaneArea, &Rows), theme: &Theme, buffer: &mut Buffer) {
    let current = app.halves.pane(side).current().filter(|_| !app.versions.waits(&app.halves, &app.hinge, side));
    let current = current.and_then(|p| text.numbering().block_of(p));
    let (level, one_work) = (app.versions.keeps_level(&app.hinge), app.versions.is_one_work(&app.hinge));
    let selection = app.halves.selection().filter(|s| s.side == side).map(|s| s.range.clone());
    let selected = selection.into_iter().chain(app.screens.written_about(&app.halves, side)).collect::<Vec<_>>();
    let lit = app.led.lit_in(&app.halves, side);
    let mut rows_of_text = 0;
    let last = rows.iter().rposition(Option::is_some).filter(|last| last + 2 < usize::from(area.text.height));
    let ends = |row: Row| row.is_text() && row.block as usize + 1 == text.blocks().len();
    if let Some(last) = last.filter(|last| level && rows[*last].is_some_and(ends))
        && let Some(words) = gutter::end_words(app, side)
    {
        put(buffer, area.text.x, area.text.y + last as u16 + 2, area.text.right(), &words, theme.silent);
    }
    // Signs of one passage stand below each other, one a row.
    let mut waiting: Vec<(u32, SignKind)> = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        if let Some(words) =
            row.as_ref().filter(|_| level).and_then(|row| gutter::gap_words(app, side, row, area.text.width))
        {
            put(buffer, area.text.x, area.text.y + i as u16, area.text.right(), &words, theme.silent);
        }
        let Some(row) = row.filter(Row::is_text) else { continue };
        rows_of_text += 1;
        let y = area.text.y + i as u16;
        if current == Some(row.block as usize) && area.text.x >= area.whole.x + 2 {
            // The full block is the reading line, which moves even where the text does not.
            let glyph = if i == usize::from(app.halves.pane(side).line) { "█" } else { "▌" };
            let (glyph, style) = if app.halves.focus() == side { (glyph, theme.lead) } else { ("▎", theme.across) };
            put(buffer, area.text.x - 2, y, area.text.x, glyph, style);
        }
        let mut layers = layers(app, side, text, row, &selected, theme);
        if let Some(lit) = &lit {
            spotlight(&mut layers, lit, theme);
        }
        let (x, end) = (area.text.x, area.text.right() + 1);
        passage::draw_row(text, row, (x, y, end), &layers, theme, buffer);
        waiting.retain(|(block, _)| *block == row.block);
        let signs = app.halves.margin(side).beginning_in(&span_of(text, row)).iter().map(|s| s.kind);
        // Of two versions of one work every passage is a quotation of the other.
        let told = signs.filter(|kind| *kind != SignKind::Quotation || !one_work);
        waiting.extend(told.map(|kind| (row.block, kind)));
        if !waiting.is_empty() && area.text.right() + 1 < area.whole.right() {
            let (_, kind) = waiting.remove(0);
            put(buffer, area.text.right() + 1, y, area.whole.right(), kind.glyph(), sign_style(kind, theme));
        }
    }
    if rows_of_text == 0 {
        message(area, &["This text has no words."], theme, buffer);
    }
}

/// The bytes of the text's string from the start of a row to that of the next.
fn span_of(text: &Text, row: Row) -> std::ops::Range<usize> {
    let block = text.blocks()[row.block as usize].range();
    let end = block.start + row.end as usize;
    // What stands at the very end of a passage is beside its last row.
    block.start + row.start as usize..if end >= block.end { block.end + 1 } else { end }
}

fn sign_style(kind: SignKind, theme: &Theme) -> Style {
    match kind {
        SignKind::Note => theme.strong,
        SignKind::Link => theme.lead,
        SignKind::Quotation => theme.across,
    }
}

/// Everything that is laid over the plain letters of a row: spans, mentions, hits, what is selected or written about.
pub(super) fn layers(
    app: &App,
    side: Side,
    text: &Text,
    row: Row,
    selected: &[std::ops::Range<usize>],
    theme: &Theme,
) -> Layers {
    let coverage = app.halves.pane(side).study.as_ref().zip(app.topics.held_id()).and_then(|(s, t)| s.coverage.get(t));
    let mut layers = passage::layers(text, row, coverage.map(|c| &**c), theme);
    let pointed_at = matches!(app.screens.overlay(), Some(Overlay::Page(page)) if page.kind == PageKind::Why);
    for shared in app.versions.shared_words(&app.halves, &app.hinge, side) {
        if pointed_at {
            // Over what else the word is: a mention's colour would not be seen on that of a hit.
            layers.add(shared, theme.hit);
        } else {
            layers.add_under(shared, theme.shared);
        }
    }
    if let Some(found) = app.search.as_ref().and_then(|s| s.hits(side)) {
        let base = text.blocks()[row.block as usize].range().start;
        let here = text.offset_of(app.halves.pane(side).place);
        let drawn = row.drawn_from(text);
        for hit in found.in_range(&(base + drawn.start..base + drawn.end)) {
            let style = if hit.0 as usize == here { theme.selected } else { theme.hit };
            layers.add(hit.0 as usize..hit.1 as usize, style);
        }
    }
    if app.versions.marks_words()
        && let Some(passage) = text.numbering().passage_of(row.block as usize)
    {
        let base = text.blocks()[row.block as usize].range().start;
        for changed in app.versions.changed_words(side, passage) {
            layers.add(base + changed.start..base + changed.end, theme.changed);
        }
    }
    for selected in selected {
        layers.add(selected.clone(), theme.selected);
    }
    layers
}

/// What the leader's spotlight is on stands out here too: the rest of the passage recedes.
fn spotlight(layers: &mut Layers, lit: &Lit, theme: &Theme) {
    let Lit { passage, sentence } = lit;
    for around in [passage.start..sentence.start, sentence.end..passage.end] {
        layers.add(around, theme.faint);
    }
    layers.add(sentence.clone(), theme.strong);
}
