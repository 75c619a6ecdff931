//! What a text is: one string, and byte ranges over it.
//!
//! A [`Text`] holds every visible character of a document in one string. Blocks (headings, paragraphs, list items …)
//! and spans (emphasis, links, note references) are ranges over that string, so memory stays near the file's size and a
//! place in the text is a pair of numbers. A `Text` is immutable: a repaired or re-read document is a new `Text`, and
//! places are carried over by anchors.
//!
//! This layer knows no files, no widths, no colours and no topics.

pub(crate) mod address;
pub mod block;
pub mod clean;
pub(crate) mod door;
pub(crate) mod meta;
pub mod passage;
pub(crate) mod reference;
pub mod span;
pub(crate) mod voice;

mod announced;
mod builder;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::text::block::{Block, BlockKind};
pub use crate::text::builder::Builder;
use crate::text::meta::Meta;
use crate::text::passage::{Numbering, PassageNo};
use crate::text::span::{Span, SpanKind};
use crate::text::voice::Voice;

/// One document: its metadata, its string, and what the parts of the string are.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    meta: Meta,
    string: Box<str>,
    blocks: Vec<Block>,
    spans: Vec<Span>,
    addresses: Vec<Box<str>>,
    notes: Vec<Note>,
    voices: Vec<Voice>,
    /// By block, in order: few blocks have any.
    details: Vec<(u32, Box<str>)>,
    opens: PassageNo,
    numbering: Numbering,
    hash: u64,
}

/// A footnote: the label it is cited by, and the blocks that hold its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The label as the author wrote it, without brackets: `1`, `rabochee`.
    pub label: Box<str>,
    /// Indices of the note's blocks; empty where a reference has no definition.
    pub blocks: Range<usize>,
}

/// A place between two characters: a block, and a byte offset within that block's string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// Index into [`Text::blocks`].
    pub block: u32,
    /// Byte offset from the start of the block, on a character boundary.
    pub offset: u32,
}

impl Place {
    /// The place at `offset` bytes into block number `block`.
    pub const fn new(block: u32, offset: u32) -> Self {
        Self { block, offset }
    }
}

impl Text {
    /// Title, author, date and source, as far as the document says them.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The same text, of which something else is known.
    #[must_use]
    pub fn with_meta(self, meta: Meta) -> Self {
        Self { meta, ..self }
    }

    /// Every visible character of the document; blocks are separated by one `\n`.
    pub fn string(&self) -> &str {
        &self.string
    }

    /// The blocks, in the order of the document.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// All spans, sorted by start, then by end (the longer first).
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The marks of notes in `range`, in order: what stands there is no word of the text.
    pub(crate) fn note_marks_in(&self, range: Range<usize>) -> Vec<Range<usize>> {
        self.spans_in(range).filter(|s| matches!(s.kind, SpanKind::NoteRef(_))).map(Span::range).collect()
    }

    /// The footnotes, in the order in which they are first cited or defined.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Parts of the text that are not in its author's voice, sorted by first block.
    pub fn voices(&self) -> &[Voice] {
        &self.voices
    }

    /// xxh3 of the string: two texts with the same hash read the same.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// The address (of a link or a picture) that a span refers to by number.
    pub fn address(&self, number: u32) -> &str {
        self.addresses.get(number as usize).map_or("", |a| a)
    }

    /// The string of block `index`; empty where there is no such block.
    pub fn block_str(&self, index: usize) -> &str {
        self.blocks.get(index).map_or("", |b| &self.string[b.range()])
    }

    /// What block `index` says of itself besides its kind: the language of program text, or a letter for each column of a
    /// table (`l`, `c`, `r` as it is aligned, `-` where it does not say). Empty for all others.
    pub fn detail(&self, index: usize) -> &str {
        let found = self.details.binary_search_by_key(&(index as u32), |(block, _)| *block);
        found.map_or("", |at| &self.details[at].1)
    }

    /// The spans that touch the byte range `range` of the whole string.
    pub fn spans_in(&self, range: Range<usize>) -> impl Iterator<Item = &Span> {
        // Spans nest only a few deep and stay inside one block, so a bounded step back finds the enclosing ones.
        let begin = self.spans.partition_point(|s| s.start() < range.start);
        let block_start = self.block_at(range.start).map_or(0, |b| self.blocks[b].range().start);
        let first = self.spans[..begin].partition_point(|s| s.start() < block_start);
        self.spans[first..].iter().take_while(move |s| s.start() < range.end).filter(move |s| s.end() > range.start)
    }

    /// The block that holds byte `offset` of the whole string.
    pub fn block_at(&self, offset: usize) -> Option<usize> {
        let after = self.blocks.partition_point(|b| b.range().start <= offset);
        after.checked_sub(1)
    }

    /// The byte offset of `place` in the whole string.
    pub fn offset_of(&self, place: Place) -> usize {
        match self.blocks.get(place.block as usize) {
            Some(b) => (b.range().start + place.offset as usize).min(b.range().end),
            None => self.string.len(),
        }
    }

    /// The place of byte `offset` of the whole string.
    pub fn place_of(&self, offset: usize) -> Place {
        let Some(block) = self.block_at(offset) else { return Place::default() };
        let range = self.blocks[block].range();
        Place::new(block as u32, (offset.min(range.end) - range.start) as u32)
    }

    /// The passage with which the text itself begins; before it stands what is about the text, as an imprint.
    pub fn opens(&self) -> PassageNo {
        self.opens
    }

    /// The block that a reader who opens the text is to see first: the passage that it begins with, and its headings.
    pub fn opening(&self) -> usize {
        let first = self.numbering.block_of(self.opens).filter(|_| self.opens.0 > 1).unwrap_or(0);
        let headings = self.blocks[..first].iter().rev().take_while(|b| b.kind == BlockKind::Heading).count();
        first - headings
    }

    /// How passages, headings and notes are counted.
    pub fn numbering(&self) -> &Numbering {
        &self.numbering
    }

    /// How many passages there are.
    pub fn passage_count(&self) -> usize {
        self.numbering.count()
    }

    /// The string of a passage; empty where there is no such passage.
    pub fn passage_str(&self, passage: PassageNo) -> &str {
        self.numbering.block_of(passage).map_or("", |b| self.block_str(b))
    }

    /// The heading that block `index` stands under, as a block index.
    pub fn heading_of(&self, index: usize) -> Option<usize> {
        self.numbering
            .headings()
            .partition_point(|&h| h as usize <= index)
            .checked_sub(1)
            .map(|i| self.numbering.headings()[i] as usize)
    }

    /// What a heading is called where it stands for what is under it: without the marks of notes that it cites.
    pub fn heading_name(&self, index: usize) -> Cow<'_, str> {
        self.blocks.get(index).map_or(Cow::Borrowed(""), |b| span::without_marks(&self.string, b.range(), &self.spans))
    }

    /// Whose voice block `index` is in, where it is not simply the author's. The innermost voice wins.
    pub fn voice_of(&self, index: usize) -> Option<&Voice> {
        self.voices.iter().filter(|v| v.blocks.contains(&(index as u32))).min_by_key(|v| v.blocks.len())
    }

    /// Block `index` without the line that names the source of a quotation (`— V. I. Lenin, 1905`), as bytes of the string;
    /// nothing of it where it is that line.
    pub fn without_source(&self, index: usize) -> Range<usize> {
        voice::without_source(&self.blocks, &self.string, index)
    }

    /// How block `index` is cited where it is not simply the author's: "Kvidal, comment on Lih", "Smith quoting Pipes",
    /// and within a comment "Kvidal quoting Lenin".
    pub fn cite_voice(&self, index: usize) -> Option<String> {
        let voice = self.voice_of(index)?;
        let around =
            self.voices.iter().filter(|v| v.blocks.contains(&(index as u32)) && v.blocks.len() > voice.blocks.len());
        let host = around.min_by_key(|v| v.blocks.len()).and_then(|v| v.by.as_deref());
        Some(voice.cite(host.or(self.meta.author.as_deref())))
    }

    /// The voices that block quotations do not already imply by standing as they do: what front matter has to say.
    pub fn stated_voices(&self) -> Vec<&Voice> {
        let implied: HashMap<_, _> =
            voice::of_quotations(&self.blocks, &self.string).into_iter().map(|v| (v.blocks.clone(), v)).collect();
        self.voices.iter().filter(|v| implied.get(&v.blocks) != Some(v)).collect()
    }
}
