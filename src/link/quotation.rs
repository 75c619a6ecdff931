//! Shared quotations: sentences that both texts quote, or that one quotes from the other.
//!
//! A quotation is seldom the same twice: it is cut, re-ordered, or translated differently. What stays is most of its rare
//! words, in nearly the same order. So the search goes in three steps, each for fewer places than the one before:
//!
//! 1. [`seed`]: pairs of content stems that stand close to each other in both texts and are rare in each;
//! 2. [`chain`], [`align`]: where seeds crowd and go on in the order of both texts, the words of both places are laid
//!    along each other (local alignment: Smith & Waterman 1981), each common word counting as many nats as it is
//!    unlikely there (`info`), each word left out against it; what an ellipsis stands for is left out for nothing;
//! 3. [`extent`]: the aligned words are widened to the sentences, or what stands between quotation marks.
//!
//! What is found must be less likely by chance than one in the number of places compared (the significance of local
//! alignments: Karlin & Altschul 1990); quotation marks on either side make up for some of it.

use std::ops::{ControlFlow, Range};

use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::word::language::Language;

use super::sides::Sides;
use crate::topic::Watcher;

mod align;
mod chain;
mod extent;
mod find;
mod info;
mod marks;
mod seed;
mod stream;
mod wording;

#[cfg(test)]
mod tests;

/// A sentence that stands in both texts, perhaps cut, re-ordered or translated differently.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedQuotation {
    /// Where the left text has it: bytes of its string, within one block.
    pub left: Range<usize>,
    /// Where the right text has it: bytes of its string, within one block.
    pub right: Range<usize>,
    /// How sure it is, 0 to 1.
    pub score: f32,
    /// Whether the left text, and whether the right text, marks it as a quotation: by quotation marks, or by setting it
    /// apart. Where only one does, it quotes the other, or both have it from elsewhere.
    pub marked: [bool; 2],
}

impl SharedQuotation {
    /// Whether it is within both texts; one that was read anew since may be shorter, or have other words there.
    pub fn is_within(&self, texts: Sides<&Text>) -> bool {
        let within = |text: &Text, range: &Range<usize>| text.string().get(range.clone()).is_some();
        within(texts.left, &self.left) && within(texts.right, &self.right)
    }
}

/// Texts of up to this many bytes together are looked through for shared quotations unasked: a second or two. Beyond
/// that it takes longer than everything else there is to find out.
pub const UNASKED: usize = 4 << 20;

/// The shared quotations of two texts, in the order of the left one.
///
/// # Errors
/// Breaks where `watch` does.
pub fn shared_quotations(left: &Text, right: &Text, watch: Watcher<'_>) -> ControlFlow<(), Vec<SharedQuotation>> {
    let languages = [Language::of(left), Language::of(right)];
    find::find(left, right, languages, watch)
}

/// Those of the shared quotations that a passage of the left text has, and those that the passages of the right text have which
/// `across` names, once it has seen the former: the same that [`shared_quotations`] finds there, in far less time.
pub(crate) fn quotations_around(
    [left, right]: [&Text; 2],
    here: PassageNo,
    across: &mut dyn FnMut(&[SharedQuotation]) -> Vec<PassageNo>,
) -> Vec<SharedQuotation> {
    let Some(block) = left.numbering().block_of(here) else { return Vec::new() };
    let languages = [Language::of(left), Language::of(right)];
    find::find_around([left, right], languages, block, &mut |found| {
        across(found).into_iter().filter_map(|there| right.numbering().block_of(there)).collect()
    })
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
    /// Other words stand in its place, or another form of the same word.
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

/// Compares two wordings word by word: what each kept, cut or changed, in order. The steps cover both strings; a word
/// has the punctuation and the blanks beside it with it.
pub fn compare(left: &str, right: &str) -> Vec<Step> {
    wording::compare(left, right)
}
