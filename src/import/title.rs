//! The title of a text that names none: its first heading, if that is of the first level. Where no heading is, a heading
//! of the second level that the text opens with: many a chapter is a file of its own and begins so.

use std::borrow::Cow;

use crate::text::Builder;
use crate::text::block::{Block, BlockKind};
use crate::text::span::{Span, without_marks};

/// Sets the title where it is missing. The heading stays a block of the text.
pub(super) fn from_first_heading(builder: &mut Builder) {
    if builder.meta_mut().title.is_none() {
        let mut spans = builder.spans().to_vec();
        spans.sort_by_key(Span::start);
        builder.meta_mut().title = implied(builder.blocks(), builder.string(), &spans).map(Cow::into_owned);
    }
}

/// The title that the blocks imply, without the marks of notes. The spans are in the order of their beginnings.
pub(super) fn implied<'a>(blocks: &[Block], string: &'a str, spans: &[Span]) -> Option<Cow<'a, str>> {
    let mut headings = blocks.iter().filter(|b| b.kind == BlockKind::Heading);
    let first = headings.next()?;
    let opens = first.depth == 2 && blocks.first() == Some(first) && headings.all(|h| h.depth > 1);
    (first.depth == 1 || opens).then(|| without_marks(string, first.range(), spans))
}
