//! The title of a text that names none: its first heading, if that is of the first level. Where no heading is, a heading
//! of the second level that the text opens with: many a chapter is a file of its own and begins so.

use std::borrow::Cow;

use crate::text::Builder;
use crate::text::block::{Block, BlockKind};
use crate::text::meta::Meta;
use crate::text::span::{Span, without_marks};

/// Sets the title where it is missing. The heading stays a block of the text.
pub(super) fn from_first_heading(builder: &mut Builder) {
    if builder.meta_mut().title.is_none() {
        let mut spans = builder.spans().to_vec();
        spans.sort_by_key(Span::start);
        builder.meta_mut().title = implied(builder.blocks(), builder.string(), &spans).map(Cow::into_owned);
    }
}

/// What a program writes where nobody has said how a text is called, or by whom it is.
const UNSAID: &[&str] = &[
    "title",
    "titel",
    "titre",
    "untitled",
    "no title",
    "document",
    "document title",
    "unknown",
    "unknown author",
    "author",
    "none",
    "null",
    "default",
    "anonymous user",
    "[unknown]",
];

/// What a file says of itself, without what its program has put where nothing was said.
pub(super) fn said(meta: &Meta) -> Option<Meta> {
    let says = |s: &Option<String>| s.as_ref().is_none_or(|s| !UNSAID.contains(&s.trim().to_lowercase().as_str()));
    let known = meta.language.as_ref().is_none_or(|l| !matches!(l.as_str(), "und" | "zxx" | "mul" | "mis"));
    if says(&meta.title) && says(&meta.author) && known {
        return None;
    }
    let mut meta = meta.clone();
    if !says(&meta.title) {
        meta.title = None;
    }
    if !says(&meta.author) {
        meta.author = None;
    }
    meta.language = meta.language.filter(|_| known);
    Some(meta)
}

/// The title that the blocks imply, without the marks of notes. The spans are in the order of their beginnings.
pub(super) fn implied<'a>(blocks: &[Block], string: &'a str, spans: &[Span]) -> Option<Cow<'a, str>> {
    let mut headings = blocks.iter().filter(|b| b.kind == BlockKind::Heading);
    let first = headings.next()?;
    let opens = first.depth == 2 && blocks.first() == Some(first) && headings.all(|h| h.depth > 1);
    (first.depth == 1 || opens).then(|| without_marks(string, first.range(), spans))
}
