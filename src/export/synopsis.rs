//! The synopsis of a topic: the treatments of two texts in rows, left against right, as in a printed gospel synopsis.
//!
//! Each treatment stands in one row. Pairs are made best score first, as long as both are free; what is left over has
//! an empty place across, in its own text's order.

use crate::link::Side;
use crate::link::pairing::{Counterpart, Held, Pairing};
use crate::text::passage::PassageNo;
use crate::topic::coverage::TopicCoverage;
use crate::topic::treatment::Treatment;

/// One row: a treatment, or two that answer each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The treatment of the left text.
    pub left: Option<Treatment>,
    /// The treatment of the right text.
    pub right: Option<Treatment>,
    /// What joins them, seen from the left; `None` in a row with an empty place.
    pub counterpart: Option<Counterpart>,
}

/// The rows of the topic that `held` is, in the order of the left text, those of the right text alone at the end.
pub fn rows(pairing: &Pairing, held: &Held) -> Vec<Row> {
    let (left, right) = (held.left.treatments(), held.right.treatments());
    let mut candidates: Vec<(usize, usize, Counterpart)> = Vec::new();
    for (nth, treatment) in left.iter().enumerate() {
        for counterpart in pairing.on_topic_unreasoned(Side::Left, treatment.best, held) {
            if let Some(across) = counterpart.treatment.or_else(|| index_of(&held.right, counterpart.passage)) {
                candidates.push((nth, across, counterpart));
            }
        }
    }
    candidates.sort_by(|a, b| b.2.score.total_cmp(&a.2.score).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut across: Vec<Option<(usize, Counterpart)>> = vec![None; left.len()];
    let mut taken = vec![false; right.len()];
    for (nth, other, counterpart) in candidates {
        if across[nth].is_none() && !taken[other] {
            taken[other] = true;
            across[nth] = Some((other, counterpart));
        }
    }
    let of_left = left.iter().zip(across).map(|(treatment, mut pair)| {
        if let Some((_, counterpart)) = &mut pair {
            // Only now: of many candidates few become rows.
            pairing.give_reasons(Side::Left, treatment.best, held, counterpart);
        }
        Row {
            left: Some(treatment.clone()),
            right: pair.as_ref().map(|(other, _)| right[*other].clone()),
            counterpart: pair.map(|(_, counterpart)| counterpart),
        }
    });
    let alone = right.iter().zip(taken).filter(|(_, taken)| !taken);
    let of_right = alone.map(|(t, _)| Row { left: None, right: Some(t.clone()), counterpart: None });
    of_left.chain(of_right).collect()
}

impl Row {
    /// The passage that stands for the left treatment.
    pub fn left_passage(&self) -> Option<PassageNo> {
        self.left.as_ref().map(|t| t.best)
    }

    /// The passage that stands for the right treatment: the counterpart, or where there is none, its best.
    pub fn right_passage(&self) -> Option<PassageNo> {
        self.counterpart.as_ref().map(|c| c.passage).or_else(|| self.right.as_ref().map(|t| t.best))
    }
}

fn index_of(coverage: &TopicCoverage, passage: PassageNo) -> Option<usize> {
    coverage.treatment_at(passage).map(|(at, _)| at)
}
