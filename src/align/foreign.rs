//! Stretches of the path on which the sides have nothing in common: a preface, notes or a table that each text has of its
//! own, which the path has taken for one another because leaving them out costs it more.
//!
//! One bead that is no more alike than chance may well be right; a long run of them is not, where the others of the same
//! two texts are far more alike than that.

use std::ops::Range;

use super::beads::Way;
use super::pass::Units;
use super::path::Move;

/// A bead less alike than this share of the middle one speaks against its neighbours being across from each other, one more
/// alike speaks for it.
const LITTLE: f32 = 0.25;
/// Beyond so many times the middle likeness a bead speaks no louder.
const LOUDEST: f32 = 1.5;
/// What they say is weighed by the root of their lengths: together it must come to as much as this, in so many beads. On
/// twelve pairs of versions what was right came to 11 at most, in the prefaces of two editions of one novel to 41.
const SURE: f32 = 20.0;
const LEAST: usize = 5;

/// For each step of the path whether it is in such a stretch; `usual` is the middle likeness of the beads, `likeness` that of
/// a cosine.
pub(super) fn foreign(units: &Units, way: &Way, usual: f32, likeness: impl Fn(&Move, f32) -> f32) -> Vec<bool> {
    let mut foreign = vec![false; way.path.len()];
    let full: Vec<usize> = (0..way.path.len()).filter(|at| way.path[*at].is_full()).collect();
    let against: Vec<f32> = full
        .iter()
        .map(|&at| {
            let step = &way.path[at];
            let length = |lengths: &[f32], side: &Range<usize>| lengths[side.clone()].iter().sum::<f32>();
            let (l, r) = (length(units.left().lengths(), &step.left), length(units.right().lengths(), &step.right));
            let alike = likeness(step, way.cosines[at]) / usual.max(f32::MIN_POSITIVE);
            l.min(r).sqrt() * (LITTLE - alike.min(LOUDEST))
        })
        .collect();
    for stretch in stretches(&against).into_iter().filter(|stretch| stretch.len() >= LEAST) {
        foreign[full[stretch.start]..=full[stretch.end - 1]].fill(true);
    }
    foreign
}

/// The stretches whose sums are greatest, one after the other and apart, as long as those come to enough.
fn stretches(values: &[f32]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = Vec::from([Range { start: 0, end: values.len() }]);
    while let Some(part) = open.pop() {
        let (mut best, mut best_sum) = (part.start..part.start, 0.0);
        let (mut from, mut sum) = (part.start, 0.0);
        for at in part.clone() {
            sum += values[at];
            if sum <= 0.0 {
                (from, sum) = (at + 1, 0.0);
            } else if sum > best_sum {
                (best, best_sum) = (from..at + 1, sum);
            }
        }
        if best_sum >= SURE {
            open.extend([part.start..best.start, best.end..part.end]);
            found.push(best);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::stretches;

    #[test]
    fn what_comes_to_enough_is_found_wherever_it_stands() {
        let mut values = vec![-3.0; 40];
        values[0..4].fill(6.0);
        values[10..12].fill(6.0);
        values[20..26].fill(4.0);
        values[22] = -2.0;
        let mut found = stretches(&values);
        found.sort_by_key(|stretch| stretch.start);
        assert_eq!((found.len(), found[0].clone()), (1, 0..4));
        values[23] = 20.0;
        let mut found = stretches(&values);
        found.sort_by_key(|stretch| stretch.start);
        assert_eq!(found, [0..4, 20..26]);
        assert!(stretches(&[]).is_empty());
    }
}
