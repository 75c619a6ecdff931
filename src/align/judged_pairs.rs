//! What the reader has said of two versions: passages that he joined lie across from each other, and those that he
//! rejected do not.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::text::passage::PassageNo;

/// Pairs of a left and a right passage that the reader has judged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JudgedPairs {
    /// Pairs that belong together, wherever they stand.
    pub joined: Vec<(PassageNo, PassageNo)>,
    /// Pairs joined because one speaks of the other: the same place where they stand near it in both texts. Far
    /// from it the reader has set two places of a work against each other, and moved neither.
    pub related: Vec<(PassageNo, PassageNo)>,
    /// Pairs that do not belong together.
    pub rejected: Vec<(PassageNo, PassageNo)>,
}

impl JudgedPairs {
    /// These judgements with the two texts exchanged.
    #[must_use]
    pub fn turned(self) -> Self {
        let turned = |all: Vec<(PassageNo, PassageNo)>| all.into_iter().map(|(left, right)| (right, left)).collect();
        Self { joined: turned(self.joined), related: turned(self.related), rejected: turned(self.rejected) }
    }

    /// All pairs that the reader has joined.
    pub fn pairs(&self) -> impl Iterator<Item = (PassageNo, PassageNo)> {
        self.joined.iter().chain(&self.related).copied()
    }
}

/// The reader's judgements as units of both texts: what a path must go through, and what it must not.
#[derive(Debug, Default)]
pub(super) struct Fixed {
    across: BTreeMap<usize, usize>,
    back: BTreeMap<usize, usize>,
    /// Joined pairs that no path can go through together with the others.
    moved: Vec<(usize, usize)>,
    rejected: BTreeSet<(usize, usize)>,
}

impl Fixed {
    /// What was said of two texts with these numbers of passages. Of joined pairs that were not moved as many as can be
    /// lie on the path.
    pub(super) fn of(said: &JudgedPairs, left: usize, right: usize, is_moved: &dyn Fn((usize, usize)) -> bool) -> Self {
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
        let related: BTreeSet<_> = units(&said.related).into_iter().filter(|pair| !is_moved(*pair)).collect();
        for (one, other) in units(&said.joined).into_iter().chain(related.iter().copied()) {
            // A passage that was joined to several lies across from the first.
            if !joined.iter().any(|&(l, r)| l == one || r == other) {
                joined.push((one, other));
            }
        }
        joined.sort_unstable();
        let (moved, joined): (Vec<_>, Vec<_>) = joined.into_iter().partition(|pair| is_moved(*pair));
        fixed.moved = moved;
        let chain = longest_rising(&joined);
        for (at, &(one, other)) in joined.iter().enumerate() {
            if chain.contains(&at) {
                fixed.across.insert(one, other);
                fixed.back.insert(other, one);
            } else if !related.contains(&(one, other)) {
                fixed.moved.push((one, other));
            }
        }
        fixed
    }

    /// One pair that lies across, and no other judgement.
    pub(super) fn at(left: usize, right: usize) -> Self {
        Self { across: [(left, right)].into(), back: [(right, left)].into(), ..Self::default() }
    }

    /// What was said of a part of both texts, counted from where that begins.
    pub(super) fn within(&self, left: Range<usize>, right: Range<usize>) -> Self {
        let inside = |(one, other): &(usize, usize)| left.contains(one) && right.contains(other);
        let shifted = |(one, other): (usize, usize)| (one - left.start, other - right.start);
        let across: BTreeMap<usize, usize> = self.pairs().filter(inside).map(shifted).collect();
        let back = across.iter().map(|(&one, &other)| (other, one)).collect();
        // What was moved out of the part, or into it, lies across from nothing in it.
        let moved = self.moved.iter().filter(|(one, other)| left.contains(one) || right.contains(other));
        let place = |at: usize, range: &Range<usize>| if range.contains(&at) { at - range.start } else { usize::MAX };
        let moved = moved.map(|(one, other)| (place(*one, &left), place(*other, &right))).collect();
        let rejected = self.rejected.iter().copied().filter(|pair| inside(pair)).map(shifted).collect();
        Self { across, back, moved, rejected }
    }

    /// Whether nothing was said.
    pub(super) fn is_empty(&self) -> bool {
        self.across.is_empty() && self.rejected.is_empty() && self.moved.is_empty()
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
        if self.is_empty() {
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

    /// The pairs that are not across from each other.
    pub(super) fn rejected(&self) -> impl Iterator<Item = (usize, usize)> {
        self.rejected.iter().copied()
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
pub(super) fn longest_rising(pairs: &[(usize, usize)]) -> BTreeSet<usize> {
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
