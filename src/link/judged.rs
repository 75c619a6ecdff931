//! What the reader has judged of two texts, as passages: what every pairing of them honours, on the screen and on paper.
//!
//! A link comes before anything computed, a rejected pair does not come at all. A link that names a topic speaks of that
//! topic; while another one is held it pairs nothing.

use std::collections::HashMap;

use super::Side;
use crate::text::passage::PassageNo;

/// The judgements that count for a topic, or where none is held, all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// The links, in the order of the left text.
    pub joined: Vec<Join>,
    /// Left and right passages that are not to be shown as a pair.
    pub rejected: Vec<(PassageNo, PassageNo)>,
}

/// Two passages that the reader joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Join {
    /// The passage of the left text.
    pub left: PassageNo,
    /// The passage of the right text.
    pub right: PassageNo,
    /// Whether the link names the topic that is asked about.
    pub on_topic: bool,
}

impl Judged {
    /// Whether these two passages are joined.
    pub fn joins(&self, left: PassageNo, right: PassageNo) -> bool {
        self.joined.iter().any(|join| (join.left, join.right) == (left, right))
    }

    /// Whether these two passages are not to be shown as a pair. What is joined is not rejected.
    pub fn rejects(&self, left: PassageNo, right: PassageNo) -> bool {
        self.rejected.contains(&(left, right)) && !self.joins(left, right)
    }

    /// So many judgements at most are of one passage of a side: as many counterparts may have to make way for others.
    pub fn most_of_one(&self, side: Side) -> usize {
        let joined = self.joined.iter().map(|join| (join.left, join.right));
        let mut of: HashMap<PassageNo, usize> = HashMap::new();
        for (left, right) in joined.chain(self.rejected.iter().copied()) {
            *of.entry(if side == Side::Left { left } else { right }).or_default() += 1;
        }
        of.into_values().max().unwrap_or(0)
    }

    /// The passages across that are joined to this one, in text order.
    pub fn joined_to(&self, side: Side, passage: PassageNo) -> Vec<PassageNo> {
        across(self.joined.iter().map(|join| (join.left, join.right)), side, passage)
    }

    /// The passages across that are rejected as counterparts of this one, in text order.
    pub fn rejected_for(&self, side: Side, passage: PassageNo) -> Vec<PassageNo> {
        across(self.rejected.iter().copied(), side, passage)
    }
}

fn across(pairs: impl Iterator<Item = (PassageNo, PassageNo)>, side: Side, passage: PassageNo) -> Vec<PassageNo> {
    let of = |(left, right): (PassageNo, PassageNo)| match side {
        Side::Left => (left == passage).then_some(right),
        Side::Right => (right == passage).then_some(left),
    };
    let mut found: Vec<PassageNo> = pairs.filter_map(of).collect();
    found.sort_unstable();
    found.dedup();
    found
}
