//! Spans: what a stretch of a block is besides its letters.

use std::borrow::Cow;
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

/// A stretch of a text's string without the marks of notes in it.
pub(crate) fn without_marks<'s>(string: &'s str, range: Range<usize>, spans: &[Span]) -> Cow<'s, str> {
    let first = spans.partition_point(|s| s.start() < range.start);
    let within = spans[first..].iter().take_while(|s| s.start() < range.end);
    let marks: Vec<&Span> = within.filter(|s| matches!(s.kind, SpanKind::NoteRef(_))).collect();
    if marks.is_empty() {
        return Cow::Borrowed(&string[range]);
    }
    let mut out = String::with_capacity(range.len());
    let mut at = range.start;
    for mark in marks {
        out.push_str(&string[at..mark.start().max(at)]);
        at = mark.end().max(at);
    }
    out.push_str(&string[at..range.end.max(at)]);
    Cow::Owned(out.trim().to_owned())
}

/// Spans in the order of [`crate::text::Text::spans`]. Stretches of one style that touch or overlap become one, since
/// nobody can see the seam; links and marks stay apart.
pub(super) fn normalized(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|s| s.start < s.end);
    spans.sort_by_key(|s| (s.kind, s.start, std::cmp::Reverse(s.end)));
    spans.dedup_by(|next, kept| {
        let style = !matches!(next.kind, SpanKind::Link(_) | SpanKind::NoteRef(_));
        let joins = kept.kind == next.kind && if style { next.start <= kept.end } else { next.end <= kept.end };
        if joins {
            kept.end = kept.end.max(next.end);
        }
        joins
    });
    spans.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end), s.kind));
    spans
}
