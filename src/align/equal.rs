//! Passages that are the same in both texts, word for word and in the same order: where they are much of both, the way goes
//! through them, and only what lies between them has to be looked for.

use std::ops::Range;

use xxhash_rust::xxh3::Xxh3;

use super::judged_pairs::longest_rising;
use crate::word::hash::WordMap;

/// From this share of the shorter text on, by length, what is the same shows the way: less of it might all have been moved.
const MUCH: f32 = 0.5;

/// Runs of units that are the same, in order and apart on both sides.
#[derive(Debug, Clone, Default)]
pub(super) struct Equal {
    runs: Vec<Run>,
    share: f32,
}

/// A number of units that are the same in both texts, from a left and a right one on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub left: usize,
    pub right: usize,
    pub count: usize,
}

impl Equal {
    /// What is the same in these units: from both beginnings and both ends on, and around what stands once in either text.
    /// Nothing where that is little of either text.
    pub(super) fn of(left: &[&str], right: &[&str]) -> Self {
        let [ours, theirs] = [left, right].map(|units| units.iter().map(|unit| letters(unit)).collect::<Vec<_>>());
        let runs = runs(&ours, &theirs);
        let length = |units: &[&str]| units.iter().map(|unit| unit.len()).sum::<usize>();
        let same: usize = runs.iter().map(|run| length(&left[run.lefts()])).sum();
        let share = same as f32 / length(left).max(length(right)).max(1) as f32;
        let shorter = same as f32 / length(left).min(length(right)).max(1) as f32;
        if shorter < MUCH { Self::default() } else { Self { runs, share } }
    }

    /// The runs.
    pub(super) fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Which share of the longer text is the same, by length.
    pub(super) fn share(&self) -> f32 {
        self.share
    }

    /// Whether a left unit is the same as the right one that it lies across from.
    pub(super) fn holds(&self, unit: usize) -> bool {
        let at = self.runs.partition_point(|run| run.lefts().end <= unit);
        self.runs.get(at).is_some_and(|run| run.lefts().contains(&unit))
    }
}

impl Run {
    /// Its left units.
    pub(super) fn lefts(self) -> Range<usize> {
        self.left..self.left + self.count
    }

    /// Its right units.
    pub(super) fn rights(self) -> Range<usize> {
        self.right..self.right + self.count
    }
}

/// What a unit is known by: all of it but its blanks.
fn letters(unit: &str) -> u64 {
    let mut hash = Xxh3::new();
    for part in unit.split_whitespace() {
        hash.update(part.as_bytes());
    }
    hash.digest()
}

fn runs(ours: &[u64], theirs: &[u64]) -> Vec<Run> {
    // Where what stands once in both texts stands in each.
    let mut places: WordMap<u64, [Option<usize>; 2]> = WordMap::default();
    for (side, units) in [ours, theirs].into_iter().enumerate() {
        let mut seen: WordMap<u64, usize> = WordMap::default();
        for &unit in units {
            *seen.entry(unit).or_default() += 1;
        }
        for (at, unit) in units.iter().enumerate().filter(|(_, unit)| seen[unit] == 1) {
            places.entry(*unit).or_default()[side] = Some(at);
        }
    }
    let mut once: Vec<(usize, usize)> = places.into_values().filter_map(|[left, right]| left.zip(right)).collect();
    once.sort_unstable();
    let chain = longest_rising(&once);
    let mut found: Vec<Run> = Vec::new();
    let mut reached = (0, 0);
    // Both beginnings and both ends count as the same place.
    let beginning = std::iter::once(Run { left: 0, right: 0, count: 0 });
    let middle = chain.into_iter().map(|at| Run { left: once[at].0, right: once[at].1, count: 1 });
    let end = std::iter::once(Run { left: ours.len(), right: theirs.len(), count: 0 });
    for mut run in beginning.chain(middle).chain(end) {
        if run.left < reached.0 {
            // The run before has it already.
            continue;
        }
        while run.left > reached.0 && run.right > reached.1 && ours[run.left - 1] == theirs[run.right - 1] {
            (run.left, run.right, run.count) = (run.left - 1, run.right - 1, run.count + 1);
        }
        let next = |run: &Run| (run.lefts().end, run.rights().end);
        while let (Some(one), Some(other)) = (ours.get(next(&run).0), theirs.get(next(&run).1))
            && one == other
        {
            run.count += 1;
        }
        reached = next(&run);
        match found.last_mut().filter(|last| next(last) == (run.left, run.right)) {
            Some(last) => last.count += run.count,
            None if run.count > 0 => found.push(run),
            None => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Equal, Run, runs};

    #[test]
    fn what_is_the_same_is_found_around_what_is_not() {
        let left = ["a one", "b two", "* * *", "c three", "d four", "* * *", "e five"];
        let right = ["a one", "new", "b  two", "* * *", "c three", "d fore", "* * *", "e five"];
        let found = Equal::of(&left, &right);
        let run = |left, right, count| Run { left, right, count };
        assert_eq!(found.runs(), [run(0, 0, 1), run(1, 2, 3), run(5, 6, 2)]);
        assert!(found.holds(3) && !found.holds(4));
        assert!(Equal::of(&left, &["another", "text"]).runs().is_empty());
        assert_eq!(Equal::of(&["same", "same"], &["same", "same"]).runs(), [run(0, 0, 2)]);
        assert!(Equal::of(&[], &[]).runs().is_empty());
    }

    proptest! {
        #[test]
        fn runs_are_equal_in_order_and_apart(ours in prop::collection::vec(0u64..9, 0..30), theirs in prop::collection::vec(0u64..9, 0..30)) {
            let mut reached = (0, 0);
            for run in runs(&ours, &theirs) {
                prop_assert!(run.count > 0 && run.left >= reached.0 && run.right >= reached.1);
                prop_assert_eq!(&ours[run.lefts()], &theirs[run.rights()]);
                reached = (run.lefts().end, run.rights().end);
            }
            let whole = Run { left: 0, right: 0, count: ours.len() };
            prop_assert_eq!(runs(&ours, &ours), if ours.is_empty() { vec![] } else { vec![whole] });
        }
    }
}
