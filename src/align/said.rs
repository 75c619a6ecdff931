//! What the reader has said of two versions: passages that he joined lie across from each other, and those that he
//! rejected do not.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::text::passage::PassageNo;

/// Pairs of a left and a right passage that the reader has judged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// Those that belong together.
    pub joined: Vec<(PassageNo, PassageNo)>,
    /// Those that do not.
    pub rejected: Vec<(PassageNo, PassageNo)>,
}

/// The same as units of both texts: what a path must go through, and what it must not.
#[derive(Debug, Default)]
pub(super) struct Fixed {
    across: BTreeMap<usize, usize>,
    back: BTreeMap<usize, usize>,
    /// Joined pairs that no path can go through together with the others.
    moved: Vec<(usize, usize)>,
    rejected: BTreeSet<(usize, usize)>,
}

impl Fixed {
    /// What was said of texts of so many passages. Of joined pairs that cross, as many as can be lie on the path.
    pub(super) fn of(said: &Said, left: usize, right: usize) -> Self {
        let unit = |passage: PassageNo, count: usize| {
            let at = (passage.0 as usize).checked_sub(1)?;
            (at < count).then_some(at)
        };
        let units = |pairs: &[(PassageNo, PassageNo)]| -> BTreeSet<(usize, usize)> {
            pairs.iter().filter_map(|&(l, r)| Some((unit(l, left)?, unit(r, right)?))).collect()
        };
        let rejected = units(&said.rejected);
        let mut fixed = Self { rejected, ..Self::default() };
        let mut joined: Vec<(usize, usize)> = Vec::new();
        for (one, other) in units(&said.joined) {
            // A passage that was joined to several lies across from the first.
            if !joined.iter().any(|&(l, r)| l == one || r == other) {
                joined.push((one, other));
            }
        }
        let chain = longest_rising(&joined);
        for (at, &(one, other)) in joined.iter().enumerate() {
            if chain.contains(&at) {
                fixed.across.insert(one, other);
                fixed.back.insert(other, one);
            } else {
                fixed.moved.push((one, other));
            }
        }
        fixed
    }

    /// Whether a left unit lies across from one that the reader named.
    pub(super) fn holds_left(&self, unit: usize) -> bool {
        self.across.contains_key(&unit)
    }

    /// Whether a right unit does.
    pub(super) fn holds_right(&self, unit: usize) -> bool {
        self.back.contains_key(&unit)
    }

    /// Whether these units may be a bead.
    pub(super) fn allows(&self, left: &Range<usize>, right: &Range<usize>) -> bool {
        if self.across.is_empty() && self.rejected.is_empty() && self.moved.is_empty() {
            return true;
        }
        let across = self.across.range(left.clone()).all(|(_, other)| right.contains(other));
        let back = self.back.range(right.clone()).all(|(_, one)| left.contains(one));
        let moved = self.moved.iter().any(|(one, other)| left.contains(one) || right.contains(other));
        across && back && !moved && !left.clone().any(|one| right.clone().any(|other| self.rejects(one, other)))
    }

    /// Whether the reader has said that these two are not across from each other.
    pub(super) fn rejects(&self, left: usize, right: usize) -> bool {
        self.rejected.contains(&(left, right))
    }

    /// The pairs that the path goes through.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.across.iter().map(|(&one, &other)| (one, other))
    }

    /// The joined pairs that lie elsewhere.
    pub(super) fn moved(&self) -> impl Iterator<Item = (usize, usize)> {
        self.moved.iter().copied()
    }
}

/// The places in `pairs`, which rise on the left, of the most that rise on the right too.
fn longest_rising(pairs: &[(usize, usize)]) -> BTreeSet<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, &(_, other)) in pairs.iter().enumerate() {
        let place = ends.partition_point(|&end| pairs[end].1 < other);
        before[at] = place.checked_sub(1).map(|last| ends[last]);
        if place == ends.len() {
            ends.push(at);
        } else {
            ends[place] = at;
        }
    }
    let mut chain = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        chain.insert(at);
        next = before[at];
    }
    chain
}
