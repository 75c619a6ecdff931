//! The extent of a quotation: from the words that are the same to the sentences, or to the quotation marks.

use std::ops::Range;

use crate::text::Text;
use crate::word::sentence::sentences;
use crate::word::token::tokens;

use super::marks::quoted;

/// By how many words a quotation is widened at most on either side; where the sentence goes on longer, to its clause.
const WIDEST: usize = 30;
/// How much of a quotation must stand between the marks to be marked by them.
const INSIDE: f32 = 0.6;

/// Where a quotation stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Extent {
    /// Bytes of the text's string, within one block.
    pub range: Range<usize>,
    /// Whether the text marks it as a quotation.
    pub marked: bool,
}

/// The quotation around `range` (bytes of the text's string) of block `block`.
pub(super) fn extent(text: &Text, block: usize, range: &Range<usize>) -> Extent {
    let string = text.block_str(block);
    let base = text.blocks()[block].range().start;
    let core = range.start - base..range.end - base;
    let overlap = |r: &Range<usize>| r.end.min(core.end).saturating_sub(r.start.max(core.start));
    let quotes = quoted(string);
    let enough = INSIDE * core.len() as f32;
    // The innermost that holds it; of one that is broken off and goes on, the larger part.
    let whole = quotes.iter().rfind(|quote| overlap(quote) as f32 >= enough);
    let quote = whole.or_else(|| {
        let outermost =
            quotes.iter().filter(|q| !quotes.iter().any(|r| r != *q && r.start <= q.start && q.end <= r.end));
        let parts: Vec<&Range<usize>> = outermost.filter(|quote| overlap(quote) > 0).collect();
        let together: usize = parts.iter().map(|part| overlap(part)).sum();
        parts.into_iter().max_by_key(|part| overlap(part)).filter(|_| together as f32 >= enough)
    });
    // What is marked goes no further than its marks, whatever words around them are the same too.
    let core = quote.map_or(core.clone(), |quote| core.start.max(quote.start)..core.end.min(quote.end));
    let all = sentences(string);
    let first = all.partition_point(|s| s.end <= core.start).min(all.len().saturating_sub(1));
    let last = all.partition_point(|s| s.start < core.end).saturating_sub(1);
    let (mut begin, mut end) = match (all.get(first), all.get(last)) {
        (Some(first), Some(last)) => (first.start.min(core.start), last.end.max(core.end)),
        _ => (core.start, core.end),
    };
    if let Some(quote) = quote {
        begin = begin.max(quote.start);
        end = end.min(quote.end);
    }
    // Quotations before and after it in the same sentence are others.
    for other in &quotes {
        if other.end <= core.start {
            begin = begin.max(other.end);
        } else if other.start >= core.end {
            end = end.min(other.start);
        }
    }
    // A clause of its own, and what follows an omission, is another matter.
    let parts = |c: char| matches!(c, ';' | '…');
    begin += string[begin..core.start].rfind(parts).unwrap_or(0);
    end = core.end + string[core.end..end].find(parts).unwrap_or(end - core.end);
    begin = narrowed(string, begin..core.start).unwrap_or(begin);
    end = core.end + clause_end(&string[core.end..end]);
    let around = |c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"' | '«' | '»' | '„' | '—' | '–' | '…');
    let part = &string[begin..end];
    begin += part.len() - part.trim_start_matches(|c| around(c) || matches!(c, ',' | ';' | ':' | '.' | ')')).len();
    end -= part.len() - part.trim_end_matches(|c| around(c) || matches!(c, '(' | '[')).len();
    let range = base + begin.min(core.start)..base + end.max(core.end);
    Extent { range, marked: quote.is_some() || text.blocks()[block].quoted > 0 }
}

/// Where the last clause of `lead` begins, if it is too long to be taken in whole.
fn narrowed(string: &str, lead: Range<usize>) -> Option<usize> {
    let words = &string[lead.clone()];
    if tokens(words).count() <= WIDEST {
        return None;
    }
    let clause = words.rfind([',', ';', ':', '—', '–', '(', '…']).filter(|at| tokens(&words[*at..]).count() <= WIDEST);
    Some(clause.map_or(lead.end, |at| lead.start + at))
}

/// The end of the first clause of `rest`, if it is too long to be taken in whole; else of all of it.
fn clause_end(rest: &str) -> usize {
    if tokens(rest).count() <= WIDEST {
        return rest.len();
    }
    rest.find([',', ';', ':', '—', '–', ')', '…']).filter(|at| tokens(&rest[..*at]).count() <= WIDEST).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Extent, Range, extent, quoted};
    use crate::text::Builder;
    use crate::text::block::BlockKind;
    use crate::word::token::tokens;

    proptest! {
        #[test]
        fn an_extent_holds_the_words_it_is_of_or_stays_within_its_marks(
            string in "[“”\"„«».;,…()a-cé ]{0,60}( [a-c]{1,3}[.;,…”\"“ ]{1,2}){30,50}",
            (one, other) in (0..80_usize, 0..80_usize),
        ) {
            let mut builder = Builder::new();
            builder.begin(BlockKind::Paragraph, 1).push("Before.");
            builder.begin(BlockKind::Paragraph, 2).push(&string);
            let text = builder.finish();
            let words: Vec<_> = tokens(text.block_str(1)).collect();
            let (first, last) = (one.min(other) % words.len(), one.max(other) % words.len());
            let base = text.blocks()[1].range().start;
            let core = base + words[first.min(last)].start..base + words[first.max(last)].end;
            let Extent { range: found, marked } = extent(&text, 1, &core);
            let holds = found.start <= core.start && core.end <= found.end;
            let within = |q: Range<usize>| base + q.start <= found.start && found.end <= base + q.end;
            prop_assert!(holds || (marked && quoted(text.block_str(1)).into_iter().any(within)));
            prop_assert!(text.string().get(found).is_some());
        }
    }

    #[test]
    fn what_is_marked_goes_no_further_than_its_marks() {
        let words = "safety in numbers protects the others too";
        for (string, wanted, is_marked) in [
            (format!("She wrote \"{words},\" as the surgeon put it."), format!("{words},"), true),
            (format!("The \"old claim. \"{words}\" is fine, he says."), words.to_owned(), true),
            (format!("The \"old claim. So {words} is fine, he says."), format!("So {words} is fine, he says."), false),
            (
                "\"safety in numbers protects,\" he said, \"the others too\"".to_owned(),
                "safety in numbers protects,".to_owned(),
                true,
            ),
        ] {
            let mut builder = Builder::new();
            builder.begin(BlockKind::Paragraph, 1).push(&string);
            let text = builder.finish();
            let (from, to) = (string.find("safety").unwrap(), string.find("others too").unwrap() + "others too".len());
            let found = extent(&text, 0, &(from..to));
            assert_eq!((&text.string()[found.range], found.marked), (wanted.as_str(), is_marked), "{string}");
        }
    }
}
