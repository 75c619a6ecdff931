//! `diptych passages`: a text's numbered passages, with its headings and footnotes in their place.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use serde::Serialize;

use super::columns::{padded, rows_of};
use super::json::line;
use crate::layout::cells;
use crate::text::Text;
use crate::text::block::BlockKind;
use crate::text::passage::PassageNo;
use crate::text::span::SpanKind;
use crate::text::voice::Voice;

/// What a block is cited by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    /// The number of a passage; `None` of a heading and of a footnote.
    pub passage: Option<u32>,
    /// Of a footnote, the passage that cites it and its own label: `14 n3`.
    pub note: Option<String>,
}

impl Label {
    /// As it is printed: `¶14`, `¶14 n3`, or `§` for a heading.
    pub(crate) fn shown(&self) -> String {
        match (self.passage, &self.note) {
            (Some(number), _) => format!("¶{number}"),
            (None, Some(note)) => format!("¶{note}"),
            (None, None) => "§".to_owned(),
        }
    }
}

/// What each block of a text is cited by.
#[derive(Debug)]
pub(crate) struct Labels<'a> {
    text: &'a Text,
    /// The note that each block of a note belongs to.
    notes: HashMap<usize, usize>,
    /// The first passage that cites each note.
    citing: HashMap<u32, PassageNo>,
}

impl<'a> Labels<'a> {
    /// The labels of `text`.
    pub(crate) fn of(text: &'a Text) -> Self {
        let blocks = text.notes().iter().enumerate().flat_map(|(n, note)| note.blocks.clone().map(move |b| (b, n)));
        let mut citing = HashMap::new();
        for span in text.spans() {
            if let SpanKind::NoteRef(note) = span.kind
                && let Some(passage) = text.block_at(span.start()).and_then(|b| text.numbering().passage_near(b))
            {
                citing.entry(note).or_insert(passage);
            }
        }
        Self { text, notes: blocks.collect(), citing }
    }

    /// What block `index` is cited by.
    pub(crate) fn label(&self, index: usize) -> Label {
        let passage = self.text.numbering().passage_of(index).map(|p| p.0);
        let note = self.notes.get(&index).map(|&n| {
            let label = &self.text.notes()[n].label;
            self.citing.get(&(n as u32)).map_or_else(|| format!("n{label}"), |p| format!("{p} n{label}"))
        });
        Label { passage, note }
    }
}

/// Writes the text with the number of each passage before it: each passage in one line, or with `width`, wrapped to so
/// many columns. With `only`, that passage and the notes it cites.
pub(crate) fn write_text(
    out: &mut dyn Write,
    text: &Text,
    only: Option<PassageNo>,
    width: Option<u16>,
) -> io::Result<()> {
    let margin = format!("¶{}", text.passage_count()).chars().count().max(4) + 2;
    let labels = Labels::of(text);
    for (nth, (index, block)) in printed(text, only).enumerate() {
        let label = labels.label(index).shown();
        let Some(width) = width else {
            writeln!(out, "{label}\t{}", text.block_str(index).replace(['\n', '\t'], " "))?;
            continue;
        };
        let rows = rows_of(text, index, width.saturating_sub(margin as u16).max(10));
        if block == BlockKind::Heading && nth > 0 {
            writeln!(out)?;
        }
        for (line, row) in rows.iter().enumerate() {
            let first = if line == 0 { label.as_str() } else { "" };
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

/// Writes a line for each passage, heading and footnote: `{"passage","kind","section","text"}`. With
/// `only`, for that passage and the notes it cites.
pub(crate) fn write_jsonl(out: &mut dyn Write, text: &Text, only: Option<PassageNo>) -> io::Result<()> {
    let author = text.meta().author.as_deref();
    let labels = Labels::of(text);
    let mut speaking = Speaking { voices: text.voices(), at: 0, open: Vec::new() };
    for (index, kind) in printed(text, only) {
        let Label { passage, note } = labels.label(index);
        let section = text.heading_of(index).map_or(Cow::Borrowed(""), |h| text.heading_name(h));
        let voice = speaking.at(index as u32).map(|v| v.cite(author));
        let text = text.block_str(index);
        line(out, &BlockJson { passage, note, kind: kind.name(), section: &section, text, voice })?;
    }
    Ok(())
}

/// The blocks that have words; of one passage, its own and those of the notes it cites.
fn printed(text: &Text, only: Option<PassageNo>) -> impl Iterator<Item = (usize, BlockKind)> {
    let chosen = only.map(|passage| with_notes(text, passage));
    let worded = text.blocks().iter().enumerate().filter(|(_, b)| b.kind != BlockKind::Rule);
    worded.filter(move |(i, _)| chosen.as_ref().is_none_or(|c| c.contains(i))).map(|(i, b)| (i, b.kind))
}

fn with_notes(text: &Text, passage: PassageNo) -> Vec<usize> {
    let own = text.numbering().block_of(passage);
    let cited = text.spans().iter().filter_map(|span| match span.kind {
        SpanKind::NoteRef(note) if own.is_some() && text.block_at(span.start()) == own => {
            text.notes().get(note as usize)
        }
        _ => None,
    });
    own.into_iter().chain(cited.flat_map(|note| note.blocks.clone())).collect()
}

/// The voices of a text, asked for block after block, so that a long text of quotations takes no longer than another.
struct Speaking<'a> {
    voices: &'a [Voice],
    /// How many have begun.
    at: usize,
    /// Those that have begun and not ended.
    open: Vec<&'a Voice>,
}

impl<'a> Speaking<'a> {
    /// The innermost voice of a block; blocks are to be asked for in their order.
    fn at(&mut self, block: u32) -> Option<&'a Voice> {
        self.open.retain(|v| v.blocks.end > block);
        while let Some(voice) = self.voices.get(self.at).filter(|v| v.blocks.start <= block) {
            self.at += 1;
            if voice.blocks.end > block {
                self.open.push(voice);
            }
        }
        self.open.iter().copied().min_by_key(|v| v.blocks.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Hint, import};

    #[test]
    fn voices_and_notes_are_those_of_the_text() {
        let source = "One.[^a]\n\n> Quoted.\n> — Someone\n\nTwo.[^b]\n\n> Again[^a].\n\n[^a]: A note.\n\n    More of it.\n\n\
                      [^b]: Another.\n\n[^c]: Cited nowhere.\n";
        let text = import(source.as_bytes(), &Hint::named("x.md")).unwrap().text;
        let mut speaking = Speaking { voices: text.voices(), at: 0, open: Vec::new() };
        for index in 0..text.blocks().len() {
            assert_eq!(speaking.at(index as u32), text.voice_of(index), "block {index}");
        }
        let labels = Labels::of(&text);
        let shown: Vec<String> = (0..text.blocks().len()).map(|b| labels.label(b).shown()).collect();
        assert_eq!(shown[..4], ["¶1", "¶2", "¶3", "¶4"]);
        assert_eq!(shown[4..7], ["¶1 na", "¶1 na", "¶3 nb"]);
    }
}
