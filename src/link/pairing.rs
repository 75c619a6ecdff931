//! The pairing of two texts: for any passage of either, the ranked passages of the other on the same point.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::text::passage::PassageNo;
use crate::topic::coverage::TopicCoverage;

use super::index::PassageIndex;
use super::reason::Reason;
use super::{Side, Watch};

/// A passage of the other text on the same point.
#[derive(Debug, Clone, PartialEq)]
pub struct Counterpart {
    /// The passage.
    pub passage: PassageNo,
    /// How likely the two are on the same point, 0 to 1: the share of links at this score that were right.
    pub score: f32,
    /// What carried it, the weightiest first.
    pub because: Vec<Reason>,
    /// With a topic held, the treatment that the passage stands for, as an index into
    /// [`TopicCoverage::treatments`] of the other side.
    pub treatment: Option<usize>,
}

/// The topic the reader holds, as each text treats it.
#[derive(Debug, Clone)]
pub struct Held {
    /// The topic in the left text.
    pub left: Arc<TopicCoverage>,
    /// The topic in the right text.
    pub right: Arc<TopicCoverage>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Only treatments of this topic, one counterpart for each; with `None`, any passage.
    pub topic: Option<Held>,
    /// At most so many.
    pub limit: usize,
    /// Also those below the threshold, which are not worth showing unasked.
    pub all: bool,
}

/// The first pair of a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstPair {
    /// Passage of the left text.
    pub left: PassageNo,
    /// Passage of the right text.
    pub right: PassageNo,
    /// The score of the two as counterparts.
    pub score: f32,
}

/// Two indexed texts, side by side. Immutable; shared between threads in an `Arc`.
#[derive(Debug)]
pub struct Pairing {
    left: Arc<PassageIndex>,
    right: Arc<PassageIndex>,
}

/// Below this score two passages are no counterparts, unless the reader asks for all.
pub const THRESHOLD: f32 = 0.3;

impl Default for Ask {
    fn default() -> Self {
        Self { topic: None, limit: 5, all: false }
    }
}

impl Held {
    /// The topic in the text of `side`.
    pub fn on(&self, side: Side) -> &Arc<TopicCoverage> {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }
}

impl Pairing {
    /// Lays two indexed texts side by side.
    pub fn new(left: Arc<PassageIndex>, right: Arc<PassageIndex>) -> Self {
        Self { left, right }
    }

    /// The index of one side.
    pub fn side(&self, side: Side) -> &Arc<PassageIndex> {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    /// The counterparts of `passage` of `side` in the other text, the best first. Empty where there is none worth
    /// showing, or no such passage.
    pub fn counterparts(&self, side: Side, passage: PassageNo, ask: &Ask) -> Vec<Counterpart> {
        let Some(mine) = self.side(side).passages.get((passage.0 as usize).wrapping_sub(1)) else { return Vec::new() };
        let held = ask.topic.as_ref().map(|h| h.on(side.other()));
        let mut found: Vec<Counterpart> = Vec::new();
        for (index, other) in self.side(side.other()).passages.iter().enumerate() {
            let number = PassageNo(index as u32 + 1);
            let treatment = held.map(|h| h.treatment_at(number).map(|(at, _)| at));
            if treatment == Some(None) {
                continue;
            }
            let shared = mine.keys().filter(|k| other.contains_key(*k)).count() as f32;
            let score = shared / (1.0 + ((mine.len() * other.len()) as f32).sqrt());
            if ask.all || score > THRESHOLD {
                found.push(Counterpart { passage: number, score, because: Vec::new(), treatment: treatment.flatten() });
            }
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found.truncate(ask.limit);
        found
    }

    /// The counterparts of every passage of `side`, in text order.
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn all(&self, side: Side, ask: &Ask, watch: Watch<'_>) -> ControlFlow<(), Vec<Vec<Counterpart>>> {
        let count = self.side(side).passages.len();
        let mut found = Vec::with_capacity(count);
        for number in 1..=count as u32 {
            watch(number as usize, count)?;
            found.push(self.counterparts(side, PassageNo(number), ask));
        }
        ControlFlow::Continue(found)
    }

    /// What the two passages have in common, the weightiest first.
    pub fn because(&self, side: Side, here: PassageNo, there: PassageNo) -> Vec<Reason> {
        let _ = (side, here, there);
        Vec::new()
    }

    /// The pair of passages to show first for a topic: the best score times the weaker strength of the two treatments,
    /// ties by the order of the left text, then of the right. `None` where one of the texts is silent.
    pub fn first_pair(&self, held: &Held) -> Option<FirstPair> {
        let (left, right) = (held.left.treatments().first()?, held.right.treatments().first()?);
        Some(FirstPair { left: left.best, right: right.best, score: 0.0 })
    }
}
