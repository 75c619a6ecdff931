//! Spans: what a stretch of a block is besides its letters.

use std::ops::Range;

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SpanKind {
    /// Stressed, usually printed in italics.
    Emphasis,
    /// Strongly stressed, usually printed bold.
    Strong,
    /// Program text within a sentence.
    Code,
    /// Struck out.
    Strike,
    /// A link; the number of its address in the text.
    Link(u32),
    /// The mark that cites a footnote; the number of the note in the text. The mark's letters are part of the string.
    NoteRef(u32),
}

/// A stretch of the text's string. A span never crosses the end of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// What it is.
    pub kind: SpanKind,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Span {
    /// First byte in the text's string.
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// First byte after it.
    pub fn end(&self) -> usize {
        self.end as usize
    }

    /// The bytes it covers.
    pub fn range(&self) -> Range<usize> {
        self.start()..self.end()
    }
}
