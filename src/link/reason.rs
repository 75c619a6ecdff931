//! Reasons: what made two passages counterparts, so that a reader can check it.

use std::ops::Range;

/// What kind of likeness it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReasonKind {
    /// A sentence, or a good part of one, that both passages quote or that one quotes from the other.
    Quotation,
    /// Words that both passages have in the same order.
    Phrase,
    /// A person, a place, an organisation.
    Name,
    /// A year or a date.
    Date,
    /// A word, or two variants of one.
    Word,
    /// A mention of the topic that is held.
    Topic,
}

/// One thing both passages have in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// What kind of likeness.
    pub kind: ReasonKind,
    /// As the asking passage writes it; of two variants both, `democracy ~ democratic`; of a quotation what both have.
    pub text: String,
    /// Where the asking passage first says it: bytes of its text's string.
    pub here: Range<usize>,
    /// Where the counterpart first says it: bytes of its text's string.
    pub there: Range<usize>,
    /// Its part of the likeness, 0 to 1; all reasons together make at most 1.
    pub share: f32,
}
