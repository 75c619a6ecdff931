//! Topics proposed from two texts: those that both treat and the codebook does not have.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::link::sides::Sides;
use crate::text::Text;
use crate::topic::Watcher;
use crate::topic::catch::{Catch, catches};
use crate::topic::codebook::{Codebook, Topic};
use crate::topic::suggest::{Suggestion, suggest};

/// A topic proposed from the two texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The topic.
    pub topic: Topic,
    /// What it catches in each text.
    pub caught: Sides<Catch>,
    /// How much it is worth proposing, 0 to 1.
    pub score: f32,
}

/// How many topics are proposed where nobody asks for more.
pub(crate) const PROPOSALS: usize = 12;

/// At most `limit` topics that both texts treat and `known` does not have, the best first; a smaller `limit` gets the first of
/// the same. What a text only names in passing it does not treat.
///
/// # Errors
/// Breaks where `watch` does.
pub(super) fn proposals(
    [left, right]: [&Text; 2],
    known: &Codebook,
    limit: usize,
    watch: Watcher<'_>,
) -> ControlFlow<(), Vec<Proposal>> {
    let found = suggest(left, right, known, 2 * limit.max(PROPOSALS), watch)?;
    // What it is about is the reader's to say; how often it is named is told beside it.
    let bare = |topic: &Topic| Arc::new(Topic { about: String::new(), ..topic.clone() });
    let topics: Vec<Arc<Topic>> = found.iter().map(|suggestion| bare(&suggestion.topic)).collect();
    let (in_left, in_right) = (catches(left, &topics, watch)?, catches(right, &topics, watch)?);
    let caught = in_left.into_iter().zip(in_right).map(|(left, right)| Sides { left, right });
    let all = topics.iter().zip(found).zip(caught);
    let all =
        all.map(|((topic, Suggestion { score, .. }), caught)| Proposal { topic: Topic::clone(topic), caught, score });
    let treated = |p: &Proposal| p.caught.left.treatments > 0 && p.caught.right.treatments > 0;
    ControlFlow::Continue(all.filter(treated).take(limit).collect())
}
