//! Where a text begins a part: a unit right behind a heading. Headings have no numbers and no path goes through them, but
//! where both versions begin a part the path does well to pass, and a bead hardly ever goes on from one part to the next.

use super::signs::GREATEST_ROMAN;
use crate::text::Text;
use crate::word::roman;
use crate::word::token::tokens;

/// By which word of a heading its number must have come: `XIV`, `Chapter 14`.
const FIRST_WORDS: usize = 2;

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

fn number(heading: &str) -> Option<u32> {
    let mut words = tokens(heading).take(FIRST_WORDS).map(|range| &heading[range]);
    words.find_map(|word| word.parse().ok().or_else(|| roman::number(word, GREATEST_ROMAN)))
}

#[cfg(test)]
mod tests {
    use super::number;

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
