//! Building a text, block by block.

use std::collections::HashMap;
use std::ops::Range;

use super::block::{Block, BlockKind, Marker};
use super::meta::Meta;
use super::passage::{Numbering, PassageNo};
use super::span::{self, Span, SpanKind};
use super::voice::{self, Voice};
use super::{Note, Text};

/// Collects blocks and spans, and makes the [`Text`].
///
/// Strings are expected to be clean already ([`super::clean`]); the importers see to that.
#[derive(Debug, Default)]
pub struct Builder {
    meta: Meta,
    string: String,
    blocks: Vec<Block>,
    spans: Vec<Span>,
    addresses: Vec<Box<str>>,
    notes: Vec<Note>,
    voices: Vec<Voice>,
    /// Voices given by the numbers of their passages, which are known at the end.
    numbered_voices: Vec<(Range<u32>, Voice)>,
    open: Option<Block>,
    /// What the open block says of itself, and what the finished ones said.
    detail: Box<str>,
    details: Vec<(u32, Box<str>)>,
    /// Where the text itself begins: a block, or a passage by its number.
    opens_at: Option<usize>,
    opens: u32,
    address_numbers: HashMap<Box<str>, u32>,
    note_numbers: HashMap<Box<str>, u32>,
}

impl Builder {
    /// An empty text.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes room for `bytes` of string, so that a large text is not copied while it grows.
    pub fn reserve(&mut self, bytes: usize) {
        self.string.reserve(bytes);
    }

    /// Sets what the document says about itself.
    pub fn meta(&mut self, meta: Meta) {
        self.meta = meta;
    }

    /// The metadata so far.
    pub fn meta_mut(&mut self) -> &mut Meta {
        &mut self.meta
    }

    /// Begins a block, ending the one before.
    pub fn begin(&mut self, kind: BlockKind, line: u32) -> &mut Self {
        self.end();
        if !self.string.is_empty() {
            self.string.push('\n');
        }
        let start = self.string.len() as u32;
        let quoted = u8::from(kind == BlockKind::Quotation);
        self.open = Some(Block { kind, depth: 0, quoted, marker: Marker::None, line, start, end: start });
        self
    }

    /// Sets the level of the heading or the nesting of the list of the block just begun.
    pub fn depth(&mut self, depth: u8) -> &mut Self {
        if let Some(b) = &mut self.open {
            b.depth = depth;
        }
        self
    }

    /// Sets how deep in quotations the block just begun is.
    pub fn quoted(&mut self, quoted: u8) -> &mut Self {
        if let Some(b) = &mut self.open {
            b.quoted = quoted;
        }
        self
    }

    /// Sets the marker of the block just begun.
    pub fn marker(&mut self, marker: Marker) -> &mut Self {
        if let Some(b) = &mut self.open {
            b.marker = marker;
        }
        self
    }

    /// Says what [`Text::detail`] tells of the block just begun.
    pub fn detail(&mut self, detail: &str) -> &mut Self {
        self.detail = detail.into();
        self
    }

    /// Changes what the open block is, where that shows only at its end.
    pub fn kind(&mut self, kind: BlockKind) -> &mut Self {
        if let Some(b) = &mut self.open {
            b.kind = kind;
        }
        self
    }

    /// Adds to the open block's string.
    pub fn push(&mut self, s: &str) -> &mut Self {
        self.string.push_str(s);
        self
    }

    /// Where the string ends now: the start of a span to come.
    pub fn here(&self) -> usize {
        self.string.len()
    }

    /// What the open block holds so far.
    pub fn open_str(&self) -> &str {
        self.open.as_ref().map_or("", |b| &self.string[b.start as usize..])
    }

    /// Whether a block is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Marks the bytes from `start` to here; an empty stretch is no span.
    pub fn span(&mut self, kind: SpanKind, start: usize) {
        let end = self.string.len();
        if start < end {
            self.spans.push(Span { kind, start: start as u32, end: end as u32 });
        }
    }

    /// Marks a stretch of the open block that lies behind.
    pub fn span_of(&mut self, kind: SpanKind, range: Range<usize>) {
        if range.start < range.end && range.end <= self.string.len() {
            self.spans.push(Span { kind, start: range.start as u32, end: range.end as u32 });
        }
    }

    /// The number of an address, for [`SpanKind::Link`].
    pub fn address(&mut self, address: &str) -> u32 {
        if let Some(&number) = self.address_numbers.get(address) {
            return number;
        }
        let number = self.addresses.len() as u32;
        self.addresses.push(address.into());
        self.address_numbers.insert(address.into(), number);
        number
    }

    /// The number of the note with this label, for [`SpanKind::NoteRef`]; made where it is new.
    pub fn note(&mut self, label: &str) -> u32 {
        if let Some(&number) = self.note_numbers.get(label) {
            return number;
        }
        let number = self.notes.len() as u32;
        self.notes.push(Note { label: label.into(), blocks: 0..0 });
        self.note_numbers.insert(label.into(), number);
        number
    }

    /// The notes so far.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Says that note `number` is in the blocks from `first` to the last one so far.
    pub fn define_note(&mut self, number: u32, first: usize) {
        self.end();
        let end = self.blocks.len();
        if let Some(n) = self.notes.get_mut(number as usize)
            && n.blocks.is_empty()
        {
            n.blocks = first..end;
        }
    }

    /// Says that the text itself begins with the block to come: what stands before it is about the text.
    pub fn opens_here(&mut self) {
        self.end();
        self.opens_at = Some(self.blocks.len());
    }

    /// The same, by the number of its first passage.
    pub fn opens_with(&mut self, passage: u32) {
        self.opens = passage;
    }

    /// Marks blocks as someone else's words.
    pub fn voice(&mut self, voice: Voice) {
        self.voices.push(voice);
    }

    /// Marks the passages with these numbers (from 1, the end excluded) as someone else's words; `voice.blocks` is set
    /// when the text is finished, and a range that holds no passage is dropped.
    pub fn voice_of_passages(&mut self, passages: Range<u32>, voice: Voice) {
        self.numbered_voices.push((passages, voice));
    }

    /// The finished blocks.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The spans so far, in no order.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The string so far.
    pub fn string(&self) -> &str {
        &self.string
    }

    /// How many blocks are finished.
    pub fn block_count(&self) -> usize {
        self.blocks.len()
    }

    /// Ends the open block. White space at its ends is dropped, and so is a block with nothing in it.
    pub fn end(&mut self) {
        let Some(mut block) = self.open.take() else { return };
        let detail = std::mem::take(&mut self.detail);
        let body = &self.string[block.start as usize..];
        let lead = match block.kind {
            // The indentation of verse is kept, a blank line before it is not.
            BlockKind::Verse => body[..body.len() - body.trim_start().len()].rfind('\n').map_or(0, |at| at + 1),
            BlockKind::Code | BlockKind::Table => 0,
            _ => body.len() - body.trim_start().len(),
        };
        if lead > 0 && !body.trim().is_empty() {
            let at = block.start as usize;
            self.string.replace_range(at..at + lead, "");
            self.shift_spans(at, lead);
        }
        let kept = self.string[block.start as usize..].trim_end().len();
        let end = block.start as usize + kept;
        self.string.truncate(end);
        block.end = end as u32;
        while self.spans.last().is_some_and(|s| s.start >= block.end && s.start >= block.start) {
            self.spans.pop();
        }
        for s in self.spans.iter_mut().rev().take_while(|s| s.end >= block.start) {
            s.end = s.end.min(block.end);
        }
        if block.is_empty() && block.kind != BlockKind::Rule {
            // The separator that `begin` wrote goes too.
            if block.start > 0 {
                self.string.truncate(block.start as usize - 1);
            }
            return;
        }
        if !detail.is_empty() {
            self.details.push((self.blocks.len() as u32, detail));
        }
        self.blocks.push(block);
    }

    fn shift_spans(&mut self, at: usize, by: usize) {
        let (at, by) = (at as u32, by as u32);
        for s in self.spans.iter_mut().rev().take_while(|s| s.end > at) {
            s.start = s.start.saturating_sub(by).max(at);
            s.end = s.end.saturating_sub(by).max(at);
        }
    }

    /// The finished text.
    pub fn finish(mut self) -> Text {
        self.end();
        let spans = span::normalized(std::mem::take(&mut self.spans));
        self.string.shrink_to_fit();
        let numbering = Numbering::of(&self.blocks);
        let hash = xxhash_rust::xxh3::xxh3_64(self.string.as_bytes());
        voice::trim_to_passages(&self.blocks, &mut self.voices);
        for (passages, mut voice) in std::mem::take(&mut self.numbered_voices) {
            let block = |n: u32| numbering.block_of(PassageNo(n)).map(|b| b as u32);
            let last = passages.end.saturating_sub(1).min(numbering.count() as u32);
            if let (Some(first), Some(last)) = (block(passages.start), block(last)) {
                voice.blocks = first..last + 1;
                self.voices.push(voice);
            }
        }
        let first =
            self.opens_at.and_then(|block| numbering.passages().find(|p| numbering.block_of(*p) >= Some(block)));
        let opens = first.map_or(self.opens, |p| p.0).min(numbering.count() as u32).max(1);
        voice::attribute_quotations(&self.blocks, &self.string, &mut self.voices);
        self.voices.sort_by_key(|v| (v.blocks.start, v.blocks.end));
        Text {
            meta: self.meta,
            string: self.string.into_boxed_str(),
            blocks: self.blocks,
            spans,
            addresses: self.addresses,
            notes: self.notes,
            voices: self.voices,
            details: self.details,
            opens: PassageNo(opens),
            numbering,
            hash,
        }
    }
}
