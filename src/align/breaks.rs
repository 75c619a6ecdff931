//! Where a text begins a part: a unit right behind a heading. Headings have no numbers and no path goes through them, but
//! where both versions begin a part the path does well to pass, and a bead hardly ever goes on from one part to the next.

use std::collections::BTreeSet;

use super::signs::GREATEST_ROMAN;
use crate::text::Text;
use crate::word::roman;
use crate::word::token::tokens;

/// By which word of a heading its number must have come: `XIV`, `Chapter 14`.
const FIRST_WORDS: usize = 2;

/// The entry of a table of contents is no longer than this.
const LONGEST_ENTRY: usize = 240;

/// What begins before a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Break {
    /// Nothing: it goes on.
    #[default]
    None,
    /// A part of some name.
    Named,
    /// A part of this number.
    Numbered(u32),
}

impl Break {
    /// Whether something begins.
    pub(super) fn is_one(self) -> bool {
        self != Self::None
    }

    /// Whether it is counted.
    pub(super) fn is_numbered(self) -> bool {
        matches!(self, Self::Numbered(_))
    }
}

/// What begins before each passage of a text.
pub(super) fn breaks(text: &Text) -> Vec<Break> {
    let mut breaks = vec![Break::None; text.passage_count()];
    for &block in text.numbering().headings() {
        let before = text.numbering().passage_before(block as usize).map_or(0, |passage| passage.0);
        let Some(found) = breaks.get_mut(before as usize) else { continue };
        // Of several headings in a row the first number counts: `III`, `The Storm`.
        if !matches!(found, Break::Numbered(_)) {
            *found = number(text.block_str(block as usize)).map_or(Break::Named, Break::Numbered);
        }
    }
    breaks
}

/// Which passages of a text say what one of its headings says: the entries of a table of contents, which are across from no
/// title.
pub(super) fn entries(text: &Text) -> Vec<bool> {
    let headings: BTreeSet<String> =
        text.numbering().headings().iter().map(|&block| letters(text.block_str(block as usize))).collect();
    let is_entry = |string: &str| {
        let string = string.trim();
        // Its number may stand above the heading: `II The Storm`.
        let behind = string.split_once(char::is_whitespace).filter(|(first, _)| number(first).is_some());
        let said = |string: &str| {
            let words = letters(string);
            !words.is_empty() && headings.contains(&words)
        };
        string.len() <= LONGEST_ENTRY && (said(string) || behind.is_some_and(|(_, title)| said(title)))
    };
    text.numbering().passages().map(|passage| is_entry(text.passage_str(passage))).collect()
}

/// Letters and digits of a title, whatever its case.
pub(super) fn letters(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn number(heading: &str) -> Option<u32> {
    let mut words = tokens(heading).take(FIRST_WORDS).map(|range| &heading[range]);
    words.find_map(|word| word.parse().ok().or_else(|| roman::number(word, GREATEST_ROMAN)))
}

#[cfg(test)]
mod tests {
    use super::{entries, number};
    use crate::text::Builder;
    use crate::text::block::BlockKind;

    #[test]
    fn what_says_the_same_as_a_heading_is_an_entry_of_the_contents() {
        let mut builder = Builder::new();
        let blocks =
            [(false, "II The Storm"), (false, "A storm"), (true, "II"), (true, "THE STORM"), (false, "It rose.")];
        for (line, (is_heading, words)) in blocks.into_iter().enumerate() {
            builder.begin(if is_heading { BlockKind::Heading } else { BlockKind::Paragraph }, line as u32);
            builder.push(words);
            builder.end();
        }
        assert_eq!(entries(&builder.finish()), [true, false, false]);
    }

    #[test]
    fn headings_have_numbers_at_their_beginning() {
        for heading in ["XIV", "14. On the Road", "Chapter XIV", "CHAPTER 14"] {
            assert_eq!(number(heading), Some(14), "{heading}");
        }
        for heading in ["The Year 1814", "On the Road", ""] {
            assert_eq!(number(heading), None, "{heading}");
        }
    }
}
