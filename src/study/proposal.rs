//! Topics proposed from two texts: those that both treat and the codebook does not have.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::link::Watch;
use crate::link::sides::Sides;
use crate::text::Text;
use crate::topic::catch::{Catch, catches};
use crate::topic::codebook::{Codebook, Topic};
use crate::topic::suggest::suggest;

/// A topic proposed from the two texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The topic.
    pub topic: Topic,
    /// What it catches in the text of each pane.
    pub caught: Sides<Catch>,
}

/// At most `limit` topics that both texts treat and `known` does not have, the best first. What one of them only names in
/// passing, it would be silent on.
///
/// # Errors
/// Breaks where `watch` does.
pub fn proposals(
    [left, right]: [&Text; 2],
    known: &Codebook,
    limit: usize,
    watch: Watch<'_>,
) -> ControlFlow<(), Vec<Proposal>> {
    let found = suggest(left, right, known, 2 * limit, watch)?;
    // What it is about is the reader's to say; how often it is named is told beside it.
    let bare = |topic: Topic| Arc::new(Topic { about: String::new(), ..topic });
    let topics: Vec<Arc<Topic>> = found.into_iter().map(|s| bare(s.topic)).collect();
    let (in_left, in_right) = (catches(left, &topics, watch)?, catches(right, &topics, watch)?);
    let caught = in_left.into_iter().zip(in_right).map(|(left, right)| Sides { left, right });
    let all = topics.iter().zip(caught).map(|(t, caught)| Proposal { topic: Topic::clone(t), caught });
    let treated = |p: &Proposal| p.caught.left.treatments > 0 && p.caught.right.treatments > 0;
    ControlFlow::Continue(all.filter(treated).take(limit).collect())
}
