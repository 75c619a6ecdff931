//! Long quotes are found by their ends.
//!
//! A quote of many paragraphs is not laid beside the text as a whole: that would cost much, and an insertion somewhere
//! in it would lose half of it. Its beginning and its end are looked for like short quotes.

use super::{Anchor, context_after, context_before, word_end, word_start};

/// From how many bytes on a quote is long.
const LONG: usize = 3000;
/// How much of either end is looked for.
const END: usize = 800;

/// The beginning and the end of a long quote as anchors of their own; `None` for other quotes.
pub(super) fn ends(anchor: &Anchor) -> Option<(Anchor, Anchor)> {
    let quote = anchor.exact.as_str();
    if quote.len() < LONG {
        return None;
    }
    let head = word_end(quote, END, quote.len());
    let tail = word_start(quote, quote.len() - END);
    let breaks = quote[..tail].matches('\n').count() as u32;
    Some((
        Anchor {
            exact: quote[..head].to_owned(),
            suffix: quote[head..context_after(quote, head)].to_owned(),
            ..anchor.clone()
        },
        Anchor {
            passage: anchor.passage.saturating_add(breaks),
            exact: quote[tail..].to_owned(),
            prefix: quote[context_before(quote, tail)..tail].to_owned(),
            ..anchor.clone()
        },
    ))
}
