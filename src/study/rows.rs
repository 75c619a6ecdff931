//! The rows of a topic: the treatments of two texts, left against right, as in a printed gospel synopsis; and which of
//! them is read first.
//!
//! What the reader joined comes first: a link between any passages of two treatments makes a row of them, and one that
//! names the topic makes a row even where a text was not found to treat it there. Then every two passages that are
//! likely counterparts whatever is held have a row of their own, so that nothing the program shows elsewhere is missing
//! here. What has no row yet is paired best score first, as long as both treatments are free and the pair is not a mere
//! guess; but a topic that both treat has one row at least. What is left over has an empty place across, in its own text's
//! order. What the reader has rejected is no row.

use std::collections::HashSet;
use std::sync::Arc;

use super::counterparts::{likely_on, on_topic};
use crate::link::Side;
use crate::link::calibration::Evidence;
use crate::link::held::TreatmentPair;
use crate::link::judged::{Join, Judged};
use crate::link::pairing::{Counterpart, Pairing, TopicInBoth};
use crate::text::passage::PassageNo;
use crate::text::{Place, Text};
use crate::topic::codebook::Topic;
use crate::topic::coverage::TopicCoverage;
use crate::topic::treatment::Treatment;

/// One row: a treatment, or two that answer each other.
#[derive(Debug, Clone, PartialEq)]
pub struct SynopsisRow {
    /// What stands on the left.
    pub left: Option<Part>,
    /// What stands on the right.
    pub right: Option<Part>,
    /// What joins them, seen from the left; `None` in a row with an empty place.
    pub counterpart: Option<Counterpart>,
    /// The reader's link that makes them a row, if one does.
    pub joined: Option<Join>,
    /// Of a row with an empty place: whether something across treats the topic too, and nothing else in it is like this.
    /// Where the passage is read, that is shown as a pair of the same topic only.
    pub topic_across: bool,
}

/// What stands in the empty place of a row, where both texts treat the topic.
pub fn said_of_empty(topic_across: bool) -> &'static str {
    if topic_across { "nothing across but the topic" } else { "nothing across" }
}

/// What stands in a row on one side.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The treatment.
    pub treatment: Treatment,
    /// The passage that stands for it in this row.
    pub passage: PassageNo,
}

/// Why two passages stand in one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// No passage answers: a treatment stands alone.
    Alone,
    /// The reader joined them.
    Joined,
    /// They are the closest of those across.
    Closest,
    /// Both treat the topic, and nothing else in them is alike enough for a score worth showing.
    SameTopic,
}

/// What a pair is worth, for the first pair of a topic, where nothing in it is alike: then strength decides.
const UNLIKE: f32 = 0.1;
/// A passage in another voice than the author's counts this much when the first pair is chosen.
const OTHER_VOICE: f32 = 0.8;

/// The rows of the topic that `held` is, in the order of the left text, those of the right text alone at the end.
pub(super) fn rows(pairing: &Pairing, held: &TopicInBoth, judged: &Judged) -> Vec<SynopsisRow> {
    let mut table = RowsSoFar::new(pairing, held, judged);
    table.add_joined();
    table.add_likely();
    table.add_closest();
    table.finish()
}

/// What stands for the topic of links that name none: its id is no topic's.
pub fn no_topic() -> Topic {
    Topic { about: "Joined by hand, without a topic.".to_owned(), ..Topic::of_terms("", "On no topic", &[]) }
}

/// The rows of links that name no topic, in the order of the left text, and that topic in both texts.
pub(super) fn rows_on_no_topic(pairing: &Pairing, judged: &Judged) -> (TopicInBoth, Vec<SynopsisRow>) {
    let silent = Arc::new(TopicCoverage::silent(&Arc::new(no_topic())));
    let held = TopicInBoth { left: Arc::clone(&silent), right: silent };
    let rows = rows(pairing, &held, judged);
    (held, rows)
}

/// The row to read first: the reader's own link, those that name the topic before others; else the one worth most, ties
/// by the order of the rows. Worth is the score times the weaker of both strengths; what is said in another voice than the
/// author's is worth a little less. `None` where no row has two sides.
fn first_of<'r>(rows: &'r [SynopsisRow], pairing: &Pairing) -> Option<&'r SynopsisRow> {
    let joined = |on_topic: bool| rows.iter().find(|row| row.joined.is_some_and(|join| join.on_topic == on_topic));
    let mut best: Option<(f32, &SynopsisRow)> = None;
    for row in rows {
        let (Some(left), Some(right), Some(counterpart)) = (&row.left, &row.right, &row.counterpart) else { continue };
        let voices = voice(pairing, Side::Left, left.passage) * voice(pairing, Side::Right, right.passage);
        let worth = (counterpart.score + UNLIKE) * left.treatment.strength.min(right.treatment.strength) * voices;
        if best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, row));
        }
    }
    joined(true).or_else(|| joined(false)).or(best.map(|(_, row)| row))
}

/// The pair of passages to read first on a topic, left and right; see [`first_of`].
pub(super) fn first_pair(pairing: &Pairing, held: &TopicInBoth, judged: &Judged) -> Option<(PassageNo, PassageNo)> {
    first_of(&rows(pairing, held, judged), pairing).and_then(SynopsisRow::pair)
}

/// How much what a passage says is the author's own.
fn voice(pairing: &Pairing, side: Side, passage: PassageNo) -> f32 {
    let text = pairing.side(side).text();
    let other = text.numbering().block_of(passage).is_some_and(|b| text.voice_of(b).is_some());
    if other { OTHER_VOICE } else { 1.0 }
}

/// Rows being made, and which treatments have none yet.
struct RowsSoFar<'a> {
    pairing: &'a Pairing,
    held: &'a TopicInBoth,
    judged: &'a Judged,
    rows: Vec<SynopsisRow>,
    free: [Vec<bool>; 2],
}

impl<'a> RowsSoFar<'a> {
    fn new(pairing: &'a Pairing, held: &'a TopicInBoth, judged: &'a Judged) -> Self {
        let free = [&held.left, &held.right].map(|coverage| vec![true; coverage.treatments().len()]);
        Self { pairing, held, judged, rows: Vec::new(), free }
    }

    /// The rows that the reader's links make, each pair of treatments once.
    fn add_joined(&mut self) {
        let mut made: Vec<[End; 2]> = Vec::new();
        // One that names the topic is more to the point than one that names none.
        let (named, others): (Vec<&Join>, Vec<&Join>) = self.judged.joined.iter().partition(|join| join.on_topic);
        for join in named.into_iter().chain(others) {
            let ends = [(&self.held.left, join.left), (&self.held.right, join.right)]
                .map(|(coverage, passage)| index_of(coverage, passage).map_or(End::Passage(passage), End::Treatment));
            let outside = ends.iter().any(|end| matches!(end, End::Passage(_)));
            if (outside && !join.on_topic) || made.contains(&ends) {
                continue;
            }
            made.push(ends);
            for (free, end) in self.free.iter_mut().zip(ends) {
                if let End::Treatment(at) = end {
                    free[at] = false;
                }
            }
            let treatment = |side: Side, end: End| match end {
                End::Treatment(at) => self.held.on(side).treatments()[at].clone(),
                End::Passage(passage) => said_to_treat(self.held.on(side), passage, self.pairing.side(side).text()),
            };
            let row = SynopsisRow {
                left: Some(Part { treatment: treatment(Side::Left, ends[0]), passage: join.left }),
                right: Some(Part { treatment: treatment(Side::Right, ends[1]), passage: join.right }),
                counterpart: Some(counterpart_of(self.pairing, self.held, join)),
                joined: Some(*join),
                topic_across: false,
            };
            self.rows.push(row);
        }
    }

    /// A row for every two passages that are likely counterparts whatever is held.
    fn add_likely(&mut self) {
        let joined: HashSet<(PassageNo, PassageNo)> =
            self.rows.iter().filter_map(|row| row.joined).map(|join| (join.left, join.right)).collect();
        for (nth, treatment) in self.held.left.treatments().iter().enumerate() {
            for passage in (treatment.from.0..=treatment.to.0).map(PassageNo) {
                let likely = likely_on(self.pairing, Side::Left, passage, self.held);
                if likely.is_empty() {
                    continue;
                }
                let on_topic = on_topic(self.pairing, Side::Left, passage, self.held, likely.clone());
                let is_likely = |c: &Counterpart| likely.iter().any(|known| known.passage == c.passage);
                for counterpart in on_topic.into_iter().filter(is_likely) {
                    let pair = (passage, counterpart.passage);
                    if !joined.contains(&pair) && !self.judged.rejects(pair.0, pair.1) {
                        self.add(nth, passage, counterpart);
                    }
                }
            }
        }
    }

    /// Rows of what has none yet, best score first, one for each treatment: of every two treatments the passages that
    /// answer each other best. Where that is no likely answer each stands alone, for few such pairs are right; only a topic
    /// that has no pair at all keeps its best one, as what it is, so that there is a place to compare from.
    fn add_closest(&mut self) {
        let (left, right) = (self.held.left.treatments(), self.held.right.treatments());
        let mut candidates = self.pairing.treatment_pairs(self.held);
        candidates.retain(|pair| {
            let [l, r] = pair.treatments;
            self.free[0][l] && self.free[1][r] && !is_rejected(self.judged, (&left[l], &right[r]), pair)
        });
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.treatments.cmp(&b.treatments)));
        for pair in candidates {
            let [l, r] = pair.treatments;
            let paired = self.rows.iter().any(|row| row.counterpart.is_some());
            let counterpart = Counterpart {
                passage: pair.right,
                score: pair.score,
                evidence: pair.evidence,
                because: Vec::new(),
                treatment: Some(r),
            };
            if self.free[0][l] && self.free[1][r] && (counterpart.is_likely() || !paired) {
                self.add(l, pair.left, counterpart);
            }
        }
    }

    /// A row of a passage of the left treatment with this index and its counterpart, whose reasons are found only now: of
    /// many candidates few become rows.
    fn add(&mut self, left: usize, passage: PassageNo, mut counterpart: Counterpart) {
        let Some(right) = counterpart.treatment else { return };
        self.pairing.give_reasons(Side::Left, passage, self.held, &mut counterpart);
        (self.free[0][left], self.free[1][right]) = (false, false);
        let part = |side: Side, at: usize, passage| {
            Some(Part { treatment: self.held.on(side).treatments()[at].clone(), passage })
        };
        let (left, right) = (part(Side::Left, left, passage), part(Side::Right, right, counterpart.passage));
        self.rows.push(SynopsisRow { left, right, counterpart: Some(counterpart), joined: None, topic_across: false });
    }

    /// Whether something across has the topic in common with a passage, as it is found where that is read.
    fn has_topic_across(&self, side: Side, passage: PassageNo) -> bool {
        let (pairing, held) = (self.pairing, self.held);
        let found = on_topic(pairing, side, passage, held, likely_on(pairing, side, passage, held));
        let rejected = self.judged.rejected_for(side, passage);
        found.iter().any(|counterpart| !rejected.contains(&counterpart.passage))
    }

    /// All rows in order, with what stands alone.
    fn finish(mut self) -> Vec<SynopsisRow> {
        let alone = |side: Side| {
            let all = self.held.on(side).treatments().iter().zip(&self.free[side as usize]).filter(|(_, free)| **free);
            let row = |(treatment, _): (&Treatment, &bool)| {
                let part = Some(Part { passage: treatment.best, treatment: treatment.clone() });
                let (left, right) = if side == Side::Left { (part, None) } else { (None, part) };
                let topic_across = self.has_topic_across(side, treatment.best);
                SynopsisRow { left, right, counterpart: None, joined: None, topic_across }
            };
            all.map(row).collect::<Vec<_>>()
        };
        let of_one_text = [alone(Side::Left), alone(Side::Right)].concat();
        let mut rows = std::mem::take(&mut self.rows);
        rows.extend(of_one_text);
        let place = |part: &Option<Part>| part.as_ref().map(|part| (part.treatment.from, part.passage));
        // What the reader joined stands before what is closer.
        rows.sort_by_key(|row| (row.left.is_none(), place(&row.left), row.joined.is_none(), place(&row.right)));
        rows
    }
}

/// An end of a link, by its place in one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The treatment with this index.
    Treatment(usize),
    /// A passage in none of them.
    Passage(PassageNo),
}

/// A passage that treats the topic because the reader says so.
fn said_to_treat(coverage: &TopicCoverage, passage: PassageNo, text: &Text) -> Treatment {
    let topic = coverage.topic().id.clone();
    let block = text.numbering().block_of(passage).unwrap_or(0);
    let decisive = text.blocks().get(block).map_or_else(Place::default, |b| text.place_of(b.range().start));
    Treatment { topic, from: passage, to: passage, best: passage, strength: 0.0, mentions: 0, decisive }
}

/// What joins two passages besides the reader's word: the score they have as counterparts, where they are any.
fn counterpart_of(pairing: &Pairing, held: &TopicInBoth, join: &Join) -> Counterpart {
    let likely = likely_on(pairing, Side::Left, join.left, held);
    let found = on_topic(pairing, Side::Left, join.left, held, likely);
    let mut counterpart = found.into_iter().find(|c| c.passage == join.right).unwrap_or_else(|| Counterpart {
        passage: join.right,
        score: 0.0,
        evidence: Evidence::default(),
        because: Vec::new(),
        treatment: index_of(&held.right, join.right),
    });
    pairing.give_reasons(Side::Left, join.left, held, &mut counterpart);
    counterpart
}

/// Whether the reader has rejected this pair, or the one that either treatment proposes seen from its best passage.
fn is_rejected(judged: &Judged, (left, right): (&Treatment, &Treatment), pair: &TreatmentPair) -> bool {
    judged.rejected.iter().any(|&(l, r)| {
        let proposed = l == pair.left || r == pair.right || l == left.best || r == right.best;
        proposed && left.contains(l) && right.contains(r) && !judged.joins(l, r)
    })
}

impl SynopsisRow {
    /// What stands on a side.
    pub fn on(&self, side: Side) -> Option<&Part> {
        match side {
            Side::Left => self.left.as_ref(),
            Side::Right => self.right.as_ref(),
        }
    }

    /// The passage that stands for a side.
    pub fn passage(&self, side: Side) -> Option<PassageNo> {
        self.on(side).map(|part| part.passage)
    }

    /// Both passages, left and right.
    pub fn pair(&self) -> Option<(PassageNo, PassageNo)> {
        Some((self.passage(Side::Left)?, self.passage(Side::Right)?))
    }

    /// Why its passages stand in one row.
    pub fn standing(&self) -> Standing {
        match (&self.counterpart, self.joined) {
            (_, Some(_)) => Standing::Joined,
            (None, _) => Standing::Alone,
            (Some(counterpart), _) if counterpart.is_likely() => Standing::Closest,
            (Some(_), _) => Standing::SameTopic,
        }
    }

    /// The score of its passages; `None` where one of them stands alone, or only the reader saw that they belong
    /// together.
    pub fn score(&self) -> Option<f32> {
        let score = self.counterpart.as_ref()?.score;
        (self.joined.is_none() || score > 0.0).then_some(score)
    }
}

fn index_of(coverage: &TopicCoverage, passage: PassageNo) -> Option<usize> {
    coverage.treatment_at(passage).map(|(at, _)| at)
}
