//! Shared quotations: sentences that both texts quote, or that one quotes from the other.

use std::ops::{ControlFlow, Range};

use crate::text::Text;

use super::Watch;

/// A sentence that stands in both texts, perhaps cut, re-ordered or translated differently.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedQuotation {
    /// Where the left text has it: bytes of its string.
    pub left: Range<usize>,
    /// Where the right text has it: bytes of its string.
    pub right: Range<usize>,
    /// How sure it is, 0 to 1.
    pub score: f32,
}

/// The shared quotations of two texts, in the order of the left one.
///
/// # Errors
/// Breaks where `watch` does.
pub fn shared_quotations(left: &Text, right: &Text, watch: Watch<'_>) -> ControlFlow<(), Vec<SharedQuotation>> {
    let _ = (left, right);
    watch(0, 1)?;
    ControlFlow::Continue(Vec::new())
}

/// What became of a run of words between two wordings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// In both.
    Kept,
    /// Only in the left one.
    OnlyLeft,
    /// Only in the right one.
    OnlyRight,
    /// Other words stand in its place.
    Changed,
}

/// One step of a word-by-word comparison: byte ranges of the two strings compared, either may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What became of the words.
    pub fate: Fate,
    /// The words in the left wording.
    pub left: Range<usize>,
    /// The words in the right wording.
    pub right: Range<usize>,
}

/// Compares two wordings word by word: what each kept, cut or changed, in order.
pub fn compare(left: &str, right: &str) -> Vec<Step> {
    if left == right {
        return vec![Step { fate: Fate::Kept, left: 0..left.len(), right: 0..right.len() }];
    }
    vec![Step { fate: Fate::Changed, left: 0..left.len(), right: 0..right.len() }]
}
