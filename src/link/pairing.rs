//! The pairing of two texts: for any passage of either, the ranked passages of the other on the same point.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use crate::text::passage::PassageNo;
use crate::topic::coverage::TopicCoverage;

use super::calibration::{Evidence, THRESHOLD, share_first, share_related};
use super::crowd::{Columns, Rivals};
use super::index::PassageIndex;
use super::phrase::Phrases;
use super::quotation::SharedQuotation;
use super::quoted::Quoted;
use super::reason::Reason;
use super::reasoner::Reasoner;
use super::row::Row;
use super::weight::{NONE, SideWeights, coherence, weigh};
use super::window::{Candidate, Window};
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
    /// Whether to say why; it costs more than the ranking.
    pub reasons: bool,
}

/// Two indexed texts, side by side. Immutable; shared between threads in an `Arc`.
#[derive(Debug)]
pub struct Pairing {
    left: Arc<PassageIndex>,
    right: Arc<PassageIndex>,
    weights: [SideWeights; 2],
    /// How much of its neighbours' likeness a passage is lent.
    pub(super) neighbours: f32,
    /// For each side and passage its crowding, computed when first needed; not a number before.
    crowding: [Vec<AtomicU32>; 2],
    /// The quotations that both texts have, once they are known.
    pub(super) quoted: OnceLock<Quoted>,
}

/// Neighbours count at most so much in texts that run on.
const MOST_NEIGHBOURS: f32 = 0.45;
/// The rank of an imagined rival, where the other text has but one passage.
const NO_RIVAL: f32 = -0.3;

/// A candidate whose evidence is complete.
pub(super) struct Weighed {
    /// Its index.
    pub passage: u32,
    pub evidence: Evidence,
    /// What candidates are put in order by.
    pub rank: f32,
}

/// What the score of one passage's candidates depends on besides themselves.
pub(super) struct Odds {
    /// The evidence of the best one.
    best: Evidence,
    /// Index and rank of the best one.
    first: (u32, f32),
    /// Rank of the next.
    second: f32,
    /// Whether there is a counterpart at all.
    related: f32,
    passages: usize,
}

/// What ranking works with, kept from one passage to the next.
struct Desk<'a> {
    row: Row,
    reasoner: Reasoner<'a>,
}

impl Default for Ask {
    fn default() -> Self {
        Self { topic: None, limit: 5, all: false, reasons: true }
    }
}

impl Counterpart {
    /// Whether its score is worth showing unasked. With a topic held, others are shown too, as what they are: passages
    /// that treat the same topic.
    pub fn is_likely(&self) -> bool {
        self.score >= THRESHOLD
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

impl Odds {
    /// The score of a candidate.
    pub fn score(&self, candidate: &Weighed) -> f32 {
        let rival = if candidate.passage == self.first.0 { self.second } else { self.first.1 };
        self.related * share_first(candidate.rank - rival, &self.best, self.passages)
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
        Self { left, right, weights: [on_left, on_right], neighbours, crowding, quoted: OnceLock::new() }
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
        if let Some(held) = &ask.topic {
            return self.on_topic(side, passage, held, ask.limit);
        }
        let Some(here) = self.side(side).position(passage) else { return Vec::new() };
        let mut window = self.window(side, here);
        let candidates = window.candidates(self.neighbours, ask.limit);
        self.ranked(side, here, candidates, ask, &mut Desk { row: window.before, reasoner: self.reasoner(side) })
    }

    /// The counterparts of every passage of `side`, in text order. Of two long texts they take more room than the texts:
    /// [`Self::each`] hands them out one by one.
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn all(&self, side: Side, ask: &Ask, watch: Watch<'_>) -> ControlFlow<(), Vec<Vec<Counterpart>>> {
        let mut found = Vec::with_capacity(self.side(side).passage_count());
        self.each(side, ask, watch, &mut |_, counterparts| {
            found.push(counterparts);
            ControlFlow::Continue(())
        })?;
        ControlFlow::Continue(found)
    }

    /// Hands the counterparts of every passage of `side` to `take`, in text order.
    ///
    /// # Errors
    /// Breaks where `watch` or `take` does.
    pub fn each(
        &self,
        side: Side,
        ask: &Ask,
        watch: Watch<'_>,
        take: &mut dyn FnMut(PassageNo, Vec<Counterpart>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let candidates = self.candidates(side, ask.limit, watch)?;
        let mut desk = Desk { row: Row::default(), reasoner: self.reasoner(side) };
        for (here, found) in candidates.into_iter().enumerate() {
            if here.is_multiple_of(64) {
                watch(here, self.side(side).passage_count())?;
            }
            take(PassageNo(here as u32 + 1), self.ranked(side, here, found, ask, &mut desk))?;
        }
        ControlFlow::Continue(())
    }

    /// Tells the pairing which quotations its two texts share (see [`super::quotation::shared_quotations`]), so that they
    /// are given as reasons. Only the first time counts.
    pub fn know_quotations(&self, found: &[SharedQuotation]) {
        self.quoted.get_or_init(|| Quoted::of(found, self.left.text(), self.right.text()));
    }

    /// What the two passages have in common, the weightiest first.
    pub fn because(&self, side: Side, here: PassageNo, there: PassageNo) -> Vec<Reason> {
        self.reasoner(side).reasons(here, there)
    }

    /// The candidates of every passage of `side`; notes the crowding of every passage of both texts.
    fn candidates(&self, side: Side, limit: usize, watch: Watch<'_>) -> ControlFlow<(), Vec<Vec<Candidate>>> {
        let count = self.side(side).passage_count();
        let mut columns = Columns::new(self.side(side.other()).passage_count());
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
            columns.see(&window.here.likeness);
            candidates.push(window.candidates(self.neighbours, limit));
        }
        for (passage, rivals) in columns.rivals().iter().enumerate() {
            self.note_crowding(side.other(), passage, rivals);
        }
        ControlFlow::Continue(candidates)
    }

    pub(super) fn reasoner(&self, side: Side) -> Reasoner<'_> {
        Reasoner::new(self.weighed(side), self.side(side.other()), self.quoted.get().map(|q| (q, side)))
    }

    fn weighed(&self, side: Side) -> (&PassageIndex, &SideWeights) {
        (self.side(side), &self.weights[side as usize])
    }

    fn fill(&self, side: Side, passage: usize, row: &mut Row) {
        row.fill(passage, self.weighed(side), self.weighed(side.other()));
    }

    /// The crowding of a passage: as noted before, or from a row of its own.
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

    /// The rows of a passage and its neighbours; notes its crowding.
    pub(super) fn window(&self, side: Side, here: usize) -> Window {
        let mut window = Window::default();
        if here > 0 {
            self.fill(side, here - 1, &mut window.before);
        }
        self.fill(side, here, &mut window.here);
        if here + 1 < self.side(side).passage_count() {
            self.fill(side, here + 1, &mut window.after);
        }
        self.note_crowding(side, here, &Rivals::of(&window.here.likeness));
        window
    }

    /// Candidates weighed, ranked, cut to what was asked for, and given their reasons.
    fn ranked(
        &self,
        side: Side,
        here: usize,
        candidates: Vec<Candidate>,
        ask: &Ask,
        desk: &mut Desk<'_>,
    ) -> Vec<Counterpart> {
        let weighed = self.weigh_up(side, here, candidates, &mut desk.row);
        let Some(odds) = self.odds(side, here, &weighed) else { return Vec::new() };
        let mut found = Vec::new();
        for candidate in weighed.iter().take(ask.limit) {
            let score = odds.score(candidate);
            if !ask.all && score < THRESHOLD {
                break;
            }
            let passage = PassageNo(candidate.passage + 1);
            let number = PassageNo(here as u32 + 1);
            let because = if ask.reasons { desk.reasoner.reasons(number, passage) } else { Vec::new() };
            found.push(Counterpart { passage, score, evidence: candidate.evidence, because, treatment: None });
        }
        found
    }

    /// How the candidates of one passage, the best first, are scored; `None` where there is none.
    pub(super) fn odds(&self, side: Side, here: usize, weighed: &[Weighed]) -> Option<Odds> {
        let first = weighed.first()?;
        let passages = self.side(side.other()).passage_count();
        let breadth = self.breadth(side, here, first.passage as usize);
        let related = share_related(&first.evidence, breadth, passages);
        let no_rival = if passages > 1 { -first.evidence.crowding[0] } else { NO_RIVAL };
        let second = weighed.get(1).map_or(no_rival, |w| w.rank);
        Some(Odds { best: first.evidence, first: (first.passage, first.rank), second, related, passages })
    }

    /// Candidates with all that speaks for and against them, the best first.
    pub(super) fn weigh_up(&self, side: Side, here: usize, candidates: Vec<Candidate>, row: &mut Row) -> Vec<Weighed> {
        let mine = self.crowding(side, here, row);
        let (index, weights) = self.weighed(side.other());
        let mut phrases = Phrases::default();
        phrases.take(here, self.side(side), &self.weights[side as usize]);
        let mut weighed: Vec<Weighed> = candidates
            .into_iter()
            .map(|candidate| {
                let theirs = self.crowding(side.other(), candidate.passage as usize, row);
                let likeness = candidate.likeness + phrases.shared(candidate.passage as usize, index, weights);
                let evidence = Evidence { likeness, crowding: [mine, theirs] };
                Weighed { passage: candidate.passage, evidence, rank: evidence.rank() }
            })
            .collect();
        weighed.sort_by(|a, b| b.rank.total_cmp(&a.rank).then(a.passage.cmp(&b.passage)));
        weighed
    }

    /// Over how many stems the likeness of two passages is spread: `(Σ part)² / Σ part²`, 1 where a single stem
    /// carries it all.
    fn breadth(&self, side: Side, here: usize, there: usize) -> f32 {
        let (mine, weights) = self.weighed(side);
        let (mut one, mut other) = (Vec::new(), Vec::new());
        mine.bag(here, &mut one);
        self.side(side.other()).bag(there, &mut other);
        let (mut sum, mut squares, mut at) = (0.0, 0.0, 0);
        for (stem, impact) in one {
            let twin = weights.twin[stem as usize];
            if twin == NONE {
                continue;
            }
            at += other[at..].iter().take_while(|e| e.0 < twin).count();
            if let Some(same) = other.get(at).filter(|e| e.0 == twin) {
                let part = weights.stem[stem as usize] * impact * same.1;
                sum += part;
                squares += part * part;
            }
        }
        if squares > 0.0 { sum * sum / squares } else { 0.0 }
    }
}
