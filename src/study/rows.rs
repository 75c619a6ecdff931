//! The synopsis of a topic: the treatments of two texts in rows, left against right, as in a printed gospel synopsis.
//!
//! What the reader joined comes first: a link between any passages of two treatments makes a row of them, and one that
//! names the topic makes a row even where a text was not found to treat it there. Then pairs are made best score first,
//! as long as both treatments are free and the reader has not rejected the pair; what is left over has an empty place
//! across, in its own text's order. A treatment stands in one row, unless the reader joined it to several.

use crate::link::Side;
use crate::link::calibration::Evidence;
use crate::link::judged::{Join, Judged};
use crate::link::pairing::{Counterpart, Held, Pairing};
use crate::text::passage::PassageNo;
use crate::text::{Place, Text};
use crate::topic::coverage::TopicCoverage;
use crate::topic::treatment::Treatment;

/// One row: a treatment, or two that answer each other.
#[derive(Debug, Clone, PartialEq)]
pub struct SynopsisRow {
    /// The treatment of the left text.
    pub left: Option<Treatment>,
    /// The treatment of the right text.
    pub right: Option<Treatment>,
    /// What joins them, seen from the left; `None` in a row with an empty place.
    pub counterpart: Option<Counterpart>,
    /// The reader's link that makes them a row, if one does.
    pub joined: Option<Join>,
}

/// Why two passages stand in one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// They do not: a treatment stands alone.
    Alone,
    /// The reader joined them.
    Joined,
    /// They are the closest.
    Closest,
    /// Both treat the topic, and nothing else in them is alike enough for a score worth showing.
    SameTopic,
}

/// Two treatments, or passages that the reader says are on the topic, by their places in both texts.
type Ends = [End; 2];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The treatment with this index.
    Treatment(usize),
    /// A passage in none of them.
    Passage(PassageNo),
}

/// The rows of the topic that `held` is, in the order of the left text, those of the right text alone at the end.
pub fn rows(pairing: &Pairing, held: &Held, judged: &Judged) -> Vec<SynopsisRow> {
    let (left, right) = (held.left.treatments(), held.right.treatments());
    let mut free = [vec![true; left.len()], vec![true; right.len()]];
    let mut rows = joined_rows(pairing, held, judged, &mut free);
    let mut candidates: Vec<(usize, usize, Counterpart)> = Vec::new();
    for (nth, treatment) in left.iter().enumerate().filter(|(nth, _)| free[0][*nth]) {
        for counterpart in pairing.on_topic_unreasoned(Side::Left, treatment.best, held) {
            let across = counterpart.treatment.or_else(|| index_of(&held.right, counterpart.passage));
            let across = across.filter(|at| free[1][*at] && !is_rejected(judged, treatment, &right[*at], &counterpart));
            candidates.extend(across.map(|at| (nth, at, counterpart)));
        }
    }
    candidates.sort_by(|a, b| b.2.score.total_cmp(&a.2.score).then((a.0, a.1).cmp(&(b.0, b.1))));
    for (nth, across, mut counterpart) in candidates {
        if free[0][nth] && free[1][across] {
            // Only now: of many candidates few become rows.
            pairing.give_reasons(Side::Left, left[nth].best, held, &mut counterpart);
            (free[0][nth], free[1][across]) = (false, false);
            let (left, right) = (Some(left[nth].clone()), Some(right[across].clone()));
            rows.push(SynopsisRow { left, right, counterpart: Some(counterpart), joined: None });
        }
    }
    let alone = |at: usize, all: &[Treatment]| -> Vec<Treatment> {
        all.iter().zip(&free[at]).filter(|(_, free)| **free).map(|(t, _)| t.clone()).collect()
    };
    let empty = SynopsisRow { left: None, right: None, counterpart: None, joined: None };
    rows.extend(alone(0, left).into_iter().map(|t| SynopsisRow { left: Some(t), ..empty.clone() }));
    rows.extend(alone(1, right).into_iter().map(|t| SynopsisRow { right: Some(t), ..empty.clone() }));
    let place = |t: &Option<Treatment>| t.as_ref().map(|t| t.from);
    rows.sort_by_key(|row| (row.left.is_none(), place(&row.left), place(&row.right)));
    rows
}

/// The rows that the reader's links make, each pair of treatments once; what stands in them is free no more.
fn joined_rows(pairing: &Pairing, held: &Held, judged: &Judged, free: &mut [Vec<bool>; 2]) -> Vec<SynopsisRow> {
    let mut made: Vec<Ends> = Vec::new();
    let mut rows = Vec::new();
    // One that names the topic is more to the point than one that names none.
    let (named, others): (Vec<&Join>, Vec<&Join>) = judged.joined.iter().partition(|join| join.on_topic);
    for join in named.into_iter().chain(others) {
        let ends = [(&held.left, join.left), (&held.right, join.right)]
            .map(|(coverage, passage)| index_of(coverage, passage).map_or(End::Passage(passage), End::Treatment));
        let outside = ends.iter().any(|end| matches!(end, End::Passage(_)));
        if (outside && !join.on_topic) || made.contains(&ends) {
            continue;
        }
        made.push(ends);
        for (free, end) in free.iter_mut().zip(ends) {
            if let End::Treatment(at) = end {
                free[at] = false;
            }
        }
        let treatment = |side: Side, end: End| match end {
            End::Treatment(at) => held.on(side).treatments()[at].clone(),
            End::Passage(passage) => said_to_treat(held.on(side), passage, pairing.side(side).text()),
        };
        rows.push(SynopsisRow {
            left: Some(treatment(Side::Left, ends[0])),
            right: Some(treatment(Side::Right, ends[1])),
            counterpart: Some(counterpart_of(pairing, held, join)),
            joined: Some(*join),
        });
    }
    rows
}

/// A passage that treats the topic because the reader says so.
fn said_to_treat(coverage: &TopicCoverage, passage: PassageNo, text: &Text) -> Treatment {
    let topic = coverage.topic().id.clone();
    let block = text.numbering().block_of(passage).unwrap_or(0);
    let decisive = text.blocks().get(block).map_or_else(Place::default, |b| text.place_of(b.range().start));
    Treatment { topic, from: passage, to: passage, best: passage, strength: 0.0, mentions: 0, decisive }
}

/// What joins two passages besides the reader's word: the score they have as counterparts, where they are any.
fn counterpart_of(pairing: &Pairing, held: &Held, join: &Join) -> Counterpart {
    let found = pairing.on_topic_unreasoned(Side::Left, join.left, held);
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
fn is_rejected(judged: &Judged, left: &Treatment, right: &Treatment, counterpart: &Counterpart) -> bool {
    judged.rejected.iter().any(|&(l, r)| {
        let proposed = l == left.best || r == right.best || r == counterpart.passage;
        proposed && left.contains(l) && right.contains(r) && !judged.joins(l, r)
    })
}

impl SynopsisRow {
    /// The passage that stands for the left treatment: the one that the reader joined, else its best.
    pub fn left_passage(&self) -> Option<PassageNo> {
        self.joined.map(|join| join.left).or_else(|| self.left.as_ref().map(|t| t.best))
    }

    /// The passage that stands for the right treatment: the counterpart, or where there is none, its best.
    pub fn right_passage(&self) -> Option<PassageNo> {
        self.counterpart.as_ref().map(|c| c.passage).or_else(|| self.right.as_ref().map(|t| t.best))
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
