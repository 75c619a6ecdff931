//! The text of a pane, row by row.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use super::ink::{Layers, put, put_right, put_with};
use super::theme::Theme;
use crate::app::App;
use crate::app::areas::PaneArea;
use crate::app::pane::Content;
use crate::layout::cells;
use crate::layout::row::{Row, RowKind};
use crate::link::Side;
use crate::text::Text;
use crate::text::block::{Block, BlockKind, Marker};
use crate::text::span::SpanKind;

pub fn draw(app: &App, side: Side, rows: &[Option<Row>], area: PaneArea, theme: &Theme, buffer: &mut Buffer) {
    let pane = &app.panes[side];
    match &pane.content {
        Content::Empty => message(area, &["No text here yet.", "", &open_hint(app)], theme, buffer),
        Content::Loading(name) => message(area, &["Reading", name.as_str(), "…"], theme, buffer),
        Content::Failed(why) => {
            message(area, &["This pane has no text.", "", why.as_str(), "", &open_hint(app)], theme, buffer)
        }
        Content::Open(open) => text(app, side, rows, &open.text, area, theme, buffer),
    }
}

fn open_hint(app: &App) -> String {
    let key = app.keymap.first_key(crate::app::command::Context::Reading, "open-text");
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

fn text(app: &App, side: Side, rows: &[Option<Row>], text: &Text, area: PaneArea, theme: &Theme, buffer: &mut Buffer) {
    let current = app.panes[side].current().and_then(|p| text.numbering().block_of(p));
    let selection = app.selection.as_ref().filter(|s| s.side == side);
    let mut rows_of_text = 0;
    for (i, row) in rows.iter().copied().enumerate() {
        let Some(row) = row.filter(Row::is_text) else { continue };
        rows_of_text += 1;
        let y = area.text.y + i as u16;
        let block = &text.blocks()[row.block as usize];
        if current == Some(row.block as usize) && area.text.x >= area.whole.x + 2 {
            let (glyph, style) = if app.focus == side { ("▌", theme.lead) } else { ("▎", theme.across) };
            put(buffer, area.text.x - 2, y, area.text.x, glyph, style);
        }
        margin(text, row, block, area, y, theme, buffer);
        let base = base_style(text, row.block as usize, theme);
        let layers = layers(app, side, text, row, selection.map(|s| s.range.clone()), theme);
        let x = area.text.x + row.indent;
        let start = block.range().start + row.start as usize;
        put_with(buffer, x, y, area.text.right() + 1, row.str(text), |at| layers.at(start + at, base));
    }
    if rows_of_text == 0 {
        message(area, &["This text has no words."], theme, buffer);
    }
}

/// What stands in a row's indentation: markers, quotation bars, note labels.
fn margin(text: &Text, row: Row, block: &Block, area: PaneArea, y: u16, theme: &Theme, buffer: &mut Buffer) {
    let edge = area.text.x + row.indent;
    if block.quoted > 0 && row.indent >= 2 {
        for level in 0..u16::from(block.quoted).min(row.indent / 3).max(1) {
            put(buffer, area.text.x + level * 3, y, edge, "│", theme.faint);
        }
    }
    if row.kind != RowKind::First {
        return;
    }
    let marker = match (block.kind, block.marker) {
        (BlockKind::Footnote, _) => note_label(text, row.block as usize).unwrap_or_default(),
        (_, Marker::Bullet) if block.depth % 2 == 0 => "– ".to_owned(),
        (_, Marker::Bullet) => "• ".to_owned(),
        (_, Marker::Number(n)) => format!("{n}. "),
        (_, Marker::None) => return,
    };
    put_right(buffer, area.text.x, y, edge, &marker, theme.faint);
}

/// The label of the note that begins with block `index`.
fn note_label(text: &Text, index: usize) -> Option<String> {
    let note = text.notes().iter().find(|n| n.blocks.start == index && !n.blocks.is_empty())?;
    Some(format!("{} ", cells::ellipsis(&note.label, 3)))
}

fn base_style(text: &Text, index: usize, theme: &Theme) -> Style {
    match text.blocks()[index].kind {
        BlockKind::Heading => theme.heading,
        BlockKind::Picture | BlockKind::Footnote => theme.faint,
        _ if text.block_str(index).starts_with('—') => theme.faint,
        _ => theme.text,
    }
}

/// Everything that is laid over the plain letters of a row: spans, mentions, hits, selection.
fn layers(
    app: &App,
    side: Side,
    text: &Text,
    row: Row,
    selected: Option<std::ops::Range<usize>>,
    theme: &Theme,
) -> Layers {
    let mut layers = Layers::default();
    let base = text.blocks()[row.block as usize].range().start;
    let range = base + row.start as usize..base + row.end as usize;
    for span in text.spans_in(range.clone()) {
        layers.add(span.range(), span_style(span.kind, theme));
    }
    let coverage = app.panes[side].study.as_ref().zip(app.topic.as_ref()).and_then(|(s, t)| s.coverage.get(t));
    if let Some(coverage) = coverage {
        for mention in coverage.mentions_in(row.block as usize) {
            let r = mention.range();
            layers.add(base + r.start..base + r.end, theme.mention);
        }
    }
    if let Some(found) = app.search.as_ref().and_then(|s| s.hits(side)) {
        for hit in found.in_range(&range) {
            layers.add(hit.0 as usize..hit.1 as usize, theme.hit);
        }
    }
    if let Some(selected) = selected {
        layers.add(selected, theme.selected);
    }
    layers
}

fn span_style(kind: SpanKind, theme: &Theme) -> Style {
    match kind {
        SpanKind::Emphasis => Style::new().add_modifier(Modifier::ITALIC),
        SpanKind::Strong => Style::new().add_modifier(Modifier::BOLD),
        SpanKind::Code => theme.across,
        SpanKind::Strike => Style::new().add_modifier(Modifier::CROSSED_OUT),
        SpanKind::Link(_) => Style::new().add_modifier(Modifier::UNDERLINED),
        SpanKind::NoteRef(_) => theme.faint,
    }
}
