//! A row of a passage: its letters with what is laid over them, and what stands in its indentation.
//!
//! Panes, synopsis and presentation draw a text through here, so that it looks the same wherever it is read.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use super::ink::{Layers, put, put_own, put_right};
use super::theme::Theme;
use crate::layout::cells;
use crate::layout::row::{Row, RowKind};
use crate::text::Text;
use crate::text::block::{BlockKind, Marker};
use crate::text::span::SpanKind;
use crate::topic::coverage::TopicCoverage;

/// Draws a row from column `x`, at most to column `end`.
pub(super) fn draw_row(
    text: &Text,
    row: Row,
    (x, y, end): (u16, u16, u16),
    layers: &Layers,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    margin(text, row, (x, y), theme, buffer);
    let base = base_style(text, row, theme);
    let start = text.blocks()[row.block as usize].range().start;
    for (column, bytes) in row.pieces(text) {
        let x = x.saturating_add(row.indent).saturating_add(column);
        let words = &text.block_str(row.block as usize)[bytes.clone()];
        let layers = layers.within(&(start + bytes.start..start + bytes.end));
        // Letters come in their order, and most are as the one before.
        let (mut style, mut until) = (base, 0);
        put_own(buffer, (x, y, end), words, |at| {
            let at = start + bytes.start + at;
            if at >= until {
                (style, until) = layers.until(at, base);
            }
            style
        });
    }
}

/// What the text itself has laid over the letters of a row, and the mentions of a topic.
pub(super) fn layers(text: &Text, row: Row, topic: Option<&TopicCoverage>, theme: &Theme) -> Layers {
    let mut layers = Layers::default();
    let base = text.blocks()[row.block as usize].range().start;
    let drawn = row.drawn_from(text);
    for span in text.spans_in(base + drawn.start..base + drawn.end) {
        layers.add(span.range(), span_style(span.kind, theme));
    }
    for mention in topic.map_or(&[][..], |t| t.mentions_in(row.block as usize)) {
        let r = mention.range();
        layers.add(base + r.start..base + r.end, theme.mention);
    }
    layers
}

/// What stands in a row's indentation: markers, quotation bars, note labels.
pub(super) fn margin(text: &Text, row: Row, (x, y): (u16, u16), theme: &Theme, buffer: &mut Buffer) {
    let block = &text.blocks()[row.block as usize];
    let edge = x + row.indent;
    quotation_bars(text, row, (x, y), theme, buffer);
    if row.kind != RowKind::First {
        return;
    }
    let marker = match (block.kind, block.marker) {
        (BlockKind::Footnote, _) => note_label(text, row.block as usize).unwrap_or_default(),
        (_, Marker::Bullet) if block.depth.is_multiple_of(2) => "– ".to_owned(),
        (_, Marker::Bullet) => "• ".to_owned(),
        (_, Marker::Number(n)) => format!("{n}. "),
        (_, Marker::None) => return,
    };
    put_right(buffer, x, y, edge, &marker, theme.faint);
}

/// A bar for each quotation that a row is in.
pub(super) fn quotation_bars(text: &Text, row: Row, (x, y): (u16, u16), theme: &Theme, buffer: &mut Buffer) {
    let quoted = u16::from(text.blocks()[row.block as usize].quoted);
    if quoted > 0 && row.indent >= 2 {
        for level in 0..quoted.min(row.indent / 3).max(1) {
            put(buffer, x + level * 3, y, x + row.indent, "│", theme.faint);
        }
    }
}

/// Columns that a note's label may take in the indentation of its first row.
const LABEL: usize = 7;

/// The label of the note that begins with block `index`.
fn note_label(text: &Text, index: usize) -> Option<String> {
    let note = text.notes().iter().find(|n| n.blocks.start == index && !n.blocks.is_empty())?;
    Some(format!("{} ", cells::ellipsis(&note.label, LABEL)))
}

fn base_style(text: &Text, row: Row, theme: &Theme) -> Style {
    let index = row.block as usize;
    match text.blocks()[index].kind {
        // The first row of a table names its columns.
        BlockKind::Table if row.drawn_from(text).start == 0 && row.table.is_some() => theme.strong,
        BlockKind::Table if row.kind == RowKind::First => theme.strong,
        BlockKind::Heading => theme.heading,
        BlockKind::Picture | BlockKind::Footnote => theme.faint,
        _ if text.block_str(index).starts_with('—') => theme.faint,
        _ => theme.text,
    }
}

fn span_style(kind: SpanKind, theme: &Theme) -> Style {
    match kind {
        SpanKind::Emphasis => Style::new().add_modifier(Modifier::ITALIC),
        SpanKind::Strong => Style::new().add_modifier(Modifier::BOLD),
        SpanKind::Code => theme.code,
        SpanKind::Strike => Style::new().add_modifier(Modifier::CROSSED_OUT),
        SpanKind::Link(_) => Style::new().add_modifier(Modifier::UNDERLINED),
        SpanKind::NoteRef(_) => theme.faint,
    }
}
