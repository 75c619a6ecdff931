//! `diptych passages`: a text's numbered passages, with its headings and footnotes in their place.

use std::io::{self, Write};

use serde::Serialize;

use super::columns::{padded, rows_of};
use super::json::line;
use crate::layout::cells;
use crate::text::Text;
use crate::text::block::BlockKind;
use crate::text::span::SpanKind;

/// What a block is cited by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The number of a passage; `None` of a heading and of a footnote.
    pub passage: Option<u32>,
    /// Of a footnote, the passage that cites it and its own label: `14 n3`.
    pub note: Option<String>,
}

impl Label {
    /// As it is printed: `¶14`, `¶14 n3`, or `§` for a heading.
    pub fn shown(&self) -> String {
        match (self.passage, &self.note) {
            (Some(number), _) => format!("¶{number}"),
            (None, Some(note)) => format!("¶{note}"),
            (None, None) => "§".to_owned(),
        }
    }
}

/// What block `index` is cited by.
pub fn label(text: &Text, index: usize) -> Label {
    let passage = text.numbering().passage_of(index).map(|p| p.0);
    let is_note = text.blocks().get(index).is_some_and(|b| b.kind == BlockKind::Footnote);
    let note = if is_note { note_label(text, index) } else { None };
    Label { passage, note }
}

/// `14 n3`: the passage that first cites the note, and the note's label; without a citing passage, `n3`.
fn note_label(text: &Text, index: usize) -> Option<String> {
    let number = text.notes().iter().position(|n| n.blocks.contains(&index))?;
    let cited = text.spans().iter().find(|s| s.kind == SpanKind::NoteRef(number as u32));
    let citing = cited.and_then(|s| text.numbering().passage_near(text.block_at(s.start())?));
    let label = &text.notes()[number].label;
    Some(citing.map_or_else(|| format!("n{label}"), |p| format!("{p} n{label}")))
}

/// Writes the text with the number of each passage before it: each passage in one line, or with `width`, wrapped to so
/// many columns.
pub fn write_text(out: &mut dyn Write, text: &Text, width: Option<u16>) -> io::Result<()> {
    let margin = format!("¶{}", text.passage_count()).chars().count().max(4) + 2;
    for (index, block) in printed(text) {
        let label = label(text, index).shown();
        let Some(width) = width else {
            writeln!(out, "{label}\t{}", text.block_str(index).replace(['\n', '\t'], " "))?;
            continue;
        };
        let rows = rows_of(text, index, width.saturating_sub(margin as u16).max(10));
        if block == BlockKind::Heading {
            writeln!(out)?;
        }
        for (nth, row) in rows.iter().enumerate() {
            let first = if nth == 0 { label.as_str() } else { "" };
            let gap = if cells::width(first) >= margin { " " } else { "" };
            writeln!(out, "{}", format!("{}{gap}{row}", padded(first, margin)).trim_end())?;
        }
        writeln!(out)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct BlockJson<'a> {
    /// `null` for headings and footnotes.
    passage: Option<u32>,
    /// Of a footnote: `14 n3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    kind: &'static str,
    /// The heading it stands under, empty before the first; of a heading, itself.
    section: &'a str,
    text: &'a str,
    /// Whose words it is, where they are not simply the author's.
    #[serde(skip_serializing_if = "Option::is_none")]
    voice: Option<String>,
}

/// Writes a line for each passage, heading and footnote: `{"passage","kind","section","text"}`.
pub fn write_jsonl(out: &mut dyn Write, text: &Text) -> io::Result<()> {
    let author = text.meta().author.as_deref();
    for (index, kind) in printed(text) {
        let Label { passage, note } = label(text, index);
        let section = text.heading_of(index).map_or("", |h| text.block_str(h));
        let voice = text.voice_of(index).map(|v| v.cite(author));
        let text = text.block_str(index);
        line(out, &BlockJson { passage, note, kind: kind.name(), section, text, voice })?;
    }
    Ok(())
}

/// The blocks that have words.
fn printed(text: &Text) -> impl Iterator<Item = (usize, BlockKind)> {
    text.blocks().iter().enumerate().filter(|(_, b)| b.kind != BlockKind::Rule).map(|(i, b)| (i, b.kind))
}
