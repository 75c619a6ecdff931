//! Passages that were found in a whole library.

use crate::text::clean::Clean;
use crate::text::passage::PassageNo;

/// The counterpart that a passage has in another text of the library.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    /// What opens the text.
    pub request: String,
    /// What it is called.
    pub title: Clean,
    /// The passage.
    pub passage: PassageNo,
    /// How likely the two are on the same point, as between texts side by side.
    pub score: f32,
    /// What they share, the weightiest first.
    pub because: Vec<String>,
    /// The words of the passage.
    pub words: Clean,
}

/// A passage with the words that were searched for.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchHit {
    /// What opens the text.
    pub request: String,
    /// What it is called.
    pub title: Clean,
    /// The passage.
    pub passage: PassageNo,
    /// How much it says of the words, within one answer.
    pub score: f32,
    /// The words of the passage.
    pub words: String,
}
