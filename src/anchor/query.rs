//! An anchor made ready to be looked for: its quote and context as units.

use std::ops::Range;

use super::index::Index;
use super::units::{Unit, fold, gap_before, units};
use super::{Anchor, CONTEXT};

/// How many characters of context are looked at on either side.
const MOST_CONTEXT: usize = 4 * CONTEXT;

/// The words of an anchor: prefix, quote and suffix in one.
#[derive(Debug)]
pub(super) struct Query {
    /// Prefix, quote and suffix, joined.
    pub string: String,
    /// Bytes of `string` that are the quote.
    pub quote: Range<usize>,
    pub words: Vec<Word>,
    /// Which of `words` are in the quote, even if in part.
    pub quoted: Range<usize>,
}

/// A unit of a query, with what is needed to compare it.
#[derive(Debug)]
pub(super) struct Word {
    pub unit: Unit,
    pub folded: String,
    /// Kind of the gap before it.
    pub gap: u64,
    /// How much it says, by how rare it is in the text searched.
    pub bits: f32,
}

impl Query {
    pub(super) fn new(anchor: &Anchor, index: &Index) -> Self {
        // A context written by others may be of any length.
        let prefix = &anchor.prefix[anchor.prefix.char_indices().rev().nth(MOST_CONTEXT).map_or(0, |(i, _)| i)..];
        let suffix =
            &anchor.suffix[..anchor.suffix.char_indices().nth(MOST_CONTEXT).map_or(anchor.suffix.len(), |(i, _)| i)];
        let string = [prefix, &anchor.exact, suffix].concat();
        let quote = prefix.len()..prefix.len() + anchor.exact.len();
        let units: Vec<Unit> = units(&string).collect();
        let first = units.partition_point(|u| u.end() <= quote.start);
        let last = units.partition_point(|u| u.start() < quote.end).max(first);
        let word = |(at, unit): (usize, &Unit)| Word {
            unit: *unit,
            folded: fold(&string[unit.start()..unit.end()]),
            gap: gap_before(&string, &units, at),
            bits: index.bits(unit.key),
        };
        let words = units.iter().enumerate().map(word).collect();
        Self { string, quote, words, quoted: first..last }
    }

    pub(super) fn raw(&self, word: usize) -> &str {
        let unit = self.words[word].unit;
        &self.string[unit.start()..unit.end()]
    }
}
