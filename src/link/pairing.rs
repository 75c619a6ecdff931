//! The pairing of two texts: for any passage of either, the ranked passages of the other on the same point.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::text::passage::PassageNo;
use crate::topic::coverage::TopicCoverage;

use super::calibration::{Evidence, share_right};
use super::crowd::Rivals;
use super::index::PassageIndex;
use super::phrase::Phrases;
use super::reason::{Reason, reasons};
use super::row::Row;
use super::weight::{SideWeights, coherence, weigh};
use super::{Side, Watch};

/// A passage of the other text on the same point.
#[derive(Debug, Clone, PartialEq)]
pub struct Counterpart {
    /// The passage.
    pub passage: PassageNo,
    /// How likely the two are on the same point, 0 to 1: the share of links at this score that were right.
    pub score: f32,
    /// What the score was made of.
    pub evidence: Evidence,
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
    /// Also those below [`THRESHOLD`], which are not worth showing unasked.
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
    weights: [SideWeights; 2],
    /// How much of its neighbours' likeness a passage is lent.
    neighbours: f32,
    /// For each side and passage its crowding, computed when first needed; not a number before.
    crowding: [Vec<AtomicU32>; 2],
}

/// Below this score two passages are no counterparts, unless the reader asks for all.
pub const THRESHOLD: f32 = 0.3;

/// So many passages are looked at closely for each.
const CANDIDATES: usize = 48;
/// Neighbours count at most so much in texts that run on.
const MOST_NEIGHBOURS: f32 = 0.45;
/// The part of it that goes to the neighbours in step (both next, both before); the rest to those of one side.
const IN_STEP: f32 = 0.5;

/// A passage that may be a counterpart.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    passage: u32,
    likeness: f32,
}

/// Three rows of neighbouring passages; the middle one is asked about.
#[derive(Debug, Default)]
struct Window {
    before: Row,
    here: Row,
    after: Row,
    smooth: Vec<f32>,
}

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
        let (on_left, on_right) = weigh(&left, &right);
        let running = coherence(&left, &on_left).min(coherence(&right, &on_right));
        let unknown = |count| (0..count).map(|_| AtomicU32::new(f32::NAN.to_bits())).collect();
        let crowding = [unknown(left.passage_count()), unknown(right.passage_count())];
        let neighbours = running.min(MOST_NEIGHBOURS);
        Self { left, right, weights: [on_left, on_right], neighbours, crowding }
    }

    /// The index of one side.
    pub fn side(&self, side: Side) -> &Arc<PassageIndex> {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    fn weighed(&self, side: Side) -> (&PassageIndex, &SideWeights) {
        (self.side(side), &self.weights[side as usize])
    }

    fn fill(&self, side: Side, passage: usize, row: &mut Row) {
        row.fill(passage, self.weighed(side), self.weighed(side.other()));
    }

    /// The crowding of a passage: from the table, or from a row of its own.
    fn crowding(&self, side: Side, passage: usize, row: &mut Row) -> f32 {
        let known = f32::from_bits(self.crowding[side as usize][passage].load(Ordering::Relaxed));
        if !known.is_nan() {
            return known;
        }
        self.fill(side, passage, row);
        self.note_crowding(side, passage, &Rivals::of(&row.likeness))
    }

    fn note_crowding(&self, side: Side, passage: usize, rivals: &Rivals) -> f32 {
        let crowding = rivals.crowding(self.side(side.other()).passage_count());
        // The same value whoever computes it, so the order of threads does not matter.
        self.crowding[side as usize][passage].store(crowding.to_bits(), Ordering::Relaxed);
        crowding
    }

    /// The counterparts of `passage` of `side` in the other text, the best first. Empty where there is none worth
    /// showing, or no such passage.
    pub fn counterparts(&self, side: Side, passage: PassageNo, ask: &Ask) -> Vec<Counterpart> {
        let Some(here) = self.side(side).position(passage) else { return Vec::new() };
        let mut window = Window::default();
        let count = self.side(side).passage_count();
        if here > 0 {
            self.fill(side, here - 1, &mut window.before);
        }
        self.fill(side, here, &mut window.here);
        if here + 1 < count {
            self.fill(side, here + 1, &mut window.after);
        }
        self.note_crowding(side, here, &Rivals::of(&window.here.likeness));
        let candidates = window.candidates(self.neighbours, ask.limit);
        self.ranked(side, here, candidates, ask, &mut window.before)
    }

    /// The counterparts of every passage of `side`, in text order.
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn all(&self, side: Side, ask: &Ask, watch: Watch<'_>) -> ControlFlow<(), Vec<Vec<Counterpart>>> {
        let count = self.side(side).passage_count();
        let mut columns = vec![Rivals::default(); self.side(side.other()).passage_count()];
        let mut window = Window::default();
        let mut candidates = Vec::with_capacity(count);
        if count > 0 {
            self.fill(side, 0, &mut window.after);
        }
        for here in 0..count {
            if here.is_multiple_of(64) {
                watch(here, count)?;
            }
            std::mem::swap(&mut window.before, &mut window.here);
            std::mem::swap(&mut window.here, &mut window.after);
            if here + 1 < count {
                self.fill(side, here + 1, &mut window.after);
            } else {
                window.after.likeness.clear();
            }
            self.note_crowding(side, here, &Rivals::of(&window.here.likeness));
            for (column, likeness) in columns.iter_mut().zip(&window.here.likeness) {
                if *likeness > column.least() {
                    column.see(*likeness);
                }
            }
            candidates.push(window.candidates(self.neighbours, ask.limit));
        }
        for (passage, rivals) in columns.iter().enumerate() {
            self.note_crowding(side.other(), passage, rivals);
        }
        let row = &mut window.before;
        let ranked = candidates.into_iter().enumerate();
        ControlFlow::Continue(ranked.map(|(here, found)| self.ranked(side, here, found, ask, row)).collect())
    }

    /// Candidates weighed, ranked and given their reasons.
    fn ranked(
        &self,
        side: Side,
        here: usize,
        candidates: Vec<Candidate>,
        ask: &Ask,
        row: &mut Row,
    ) -> Vec<Counterpart> {
        let mine = self.crowding(side, here, row);
        let (index, weights) = self.weighed(side.other());
        let mut phrases = Phrases::default();
        phrases.take(here, self.side(side), &self.weights[side as usize]);
        let mut found: Vec<(f32, u32, Evidence)> = Vec::with_capacity(candidates.len());
        for candidate in candidates {
            let theirs = self.crowding(side.other(), candidate.passage as usize, row);
            let likeness = candidate.likeness + phrases.shared(candidate.passage as usize, index, weights);
            let evidence = Evidence { likeness, crowding: [mine, theirs] };
            let score = share_right(&evidence);
            if ask.all || score >= THRESHOLD {
                found.push((score, candidate.passage, evidence));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(ask.limit);
        let number = |index: u32| PassageNo(index + 1);
        found
            .into_iter()
            .map(|(score, passage, evidence)| Counterpart {
                passage: number(passage),
                score,
                evidence,
                because: self.because(side, number(here as u32), number(passage)),
                treatment: None,
            })
            .collect()
    }

    /// What the two passages have in common, the weightiest first.
    pub fn because(&self, side: Side, here: PassageNo, there: PassageNo) -> Vec<Reason> {
        reasons(self.side(side), self.side(side.other()), here, there)
    }
}

impl Window {
    /// The passages most like the middle one, with what their neighbours lend them.
    fn candidates(&mut self, neighbours: f32, limit: usize) -> Vec<Candidate> {
        let count = self.here.likeness.len();
        self.smooth.clear();
        self.smooth.extend_from_slice(&self.here.likeness);
        if neighbours > 0.0 {
            let (step, side) = (neighbours * IN_STEP, neighbours * (1.0 - IN_STEP) / 2.0);
            for (row, ahead, level) in [(&self.before, 1, side), (&self.after, 0, side), (&self.here, 2, 0.0)] {
                if row.likeness.is_empty() {
                    continue;
                }
                for at in 0..count {
                    let before = if at > 0 { row.likeness[at - 1] } else { 0.0 };
                    let after = row.likeness.get(at + 1).copied().unwrap_or(0.0);
                    self.smooth[at] += match ahead {
                        1 => step * before,
                        0 => step * after,
                        _ => side * (before + after),
                    } + level * row.likeness[at];
                }
            }
        }
        let keep = CANDIDATES.max(limit.saturating_mul(2));
        let mut found: Vec<Candidate> = Vec::new();
        let mut least = 0.0;
        for (at, (likeness, own)) in self.smooth.iter().zip(&self.here.likeness).enumerate() {
            // What only its neighbours would lend is nothing a reader could check.
            if *own > 0.0 && *likeness > least {
                found.push(Candidate { passage: at as u32, likeness: *likeness });
                if found.len() >= keep.saturating_mul(2) {
                    found.select_nth_unstable_by(keep - 1, |a, b| b.likeness.total_cmp(&a.likeness));
                    found.truncate(keep);
                    least = found.iter().map(|c| c.likeness).fold(f32::MAX, f32::min);
                }
            }
        }
        found.sort_unstable_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.passage.cmp(&b.passage)));
        found.truncate(keep);
        found
    }
}
