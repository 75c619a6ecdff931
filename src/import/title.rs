//! The title of a text that names none: its first heading, if that is of the first level. Where no heading is, a heading
//! of the second level that the text opens with: many a chapter is a file of its own and begins so.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text::Builder;
use crate::text::block::{Block, BlockKind};
use crate::text::meta::Meta;
use crate::text::span::{Span, without_marks as without_notes};

/// A title without the marks of Markdown that front matter has in it (`On *Capital*`), and which stretches they set apart:
/// `true` for what is strong. A title that has other things in it is hardly meant as Markdown, and stays as it is.
pub(crate) fn without_marks(title: &str) -> (String, Vec<(Range<usize>, bool)>) {
    let as_it_is = || (title.to_owned(), Vec::new());
    // A single tilde is hardly ever one: it stands for "about", and for the home folder.
    let is_struck = title.contains("~~");
    if !is_struck && !title.contains(['*', '_', '`', '[']) {
        return as_it_is();
    }
    let mut plain = String::with_capacity(title.len());
    let mut marked = Vec::new();
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut is_marked = false;
    // A letter before it, so that nothing in it begins a heading, a list or a rule.
    let source = format!("x {title}");
    let options = if is_struck { Options::ENABLE_STRIKETHROUGH } else { Options::empty() };
    for event in Parser::new_ext(&source, options) {
        is_marked |= !matches!(event, Event::Text(_) | Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph));
        match event {
            Event::Start(Tag::Emphasis) => open.push((plain.len(), false)),
            Event::Start(Tag::Strong) => open.push((plain.len(), true)),
            Event::End(TagEnd::Emphasis | TagEnd::Strong) => {
                marked.extend(open.pop().map(|(start, strong)| (start..plain.len(), strong)));
            }
            Event::Text(words) | Event::Code(words) => plain.push_str(&words),
            Event::Start(Tag::Paragraph | Tag::Strikethrough | Tag::Link { .. })
            | Event::End(TagEnd::Paragraph | TagEnd::Strikethrough | TagEnd::Link) => {}
            _ => return as_it_is(),
        }
    }
    let Some(plain) = plain.strip_prefix("x ").filter(|plain| is_marked && !plain.trim().is_empty()) else {
        return as_it_is();
    };
    let mut marked: Vec<_> =
        marked.into_iter().map(|(range, strong)| (range.start - 2..range.end - 2, strong)).collect();
    marked.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    (plain.to_owned(), marked)
}

/// The title that a text says it has, without the marks of Markdown in it.
pub(crate) fn plain_title(meta: &Meta) -> Option<String> {
    meta.title.as_deref().map(|title| without_marks(title).0)
}

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
    (first.depth == 1 || opens).then(|| without_notes(string, first.range(), spans))
}

#[cfg(test)]
mod tests {
    use super::without_marks;

    #[test]
    fn what_is_struck_out_in_a_title_is_shown_without_its_marks() {
        for (title, plain) in [
            ("The ~~old~~ new lock", "The old new lock"),
            ("~~Draft~~ *On Locks*", "Draft On Locks"),
            ("~5 to ~6 locks", "~5 to ~6 locks"),
            ("~/notes and ~/texts", "~/notes and ~/texts"),
            ("A ~~ B", "A ~~ B"),
        ] {
            assert_eq!(without_marks(title).0, plain);
        }
    }
}
