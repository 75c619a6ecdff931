//! Whose closest a pair is: one that is the closest of neither of its passages is right less often than its evidence says.
//!
//! A point is answered in one place, or in a run of a few. What stands beside a better answer on both sides shares its
//! words because of that answer, and the evidence of a pair alone cannot tell. So the score of such a pair is lowered, by
//! how many answers stand before it from the side where these are fewer. The same from both sides.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Side;

/// The best two scores that a passage has in the other text, whatever is held.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Top {
    best: f32,
    next: f32,
}

/// The best scores of the passages of two texts, each found when it is first asked for, by whatever thread asks.
#[derive(Debug, Default)]
pub(super) struct Tops {
    /// For each side, before and after their shared quotations are known: these raise scores.
    kept: [[OnceLock<Box<[AtomicU64]>>; 2]; 2],
}

/// A pair's score differs by rounding with the side it is asked from; by less than this, two are the same.
const ROUNDED: f32 = 1e-4;
/// Scores below this stay as they are: lowered or not, they are far below what is worth showing.
pub(super) const LOWERED_FROM: f32 = 0.2;
/// By how much the logarithm of the odds is lowered of a pair that one answer stands before, and more than one. Fitted by
/// `tools/fit_scores.py` with the weights of the evidence.
const SECOND: f32 = 0.6;
const LATER: f32 = 1.0;

impl Top {
    /// With one more score.
    pub(super) fn see(&mut self, score: f32) {
        self.next = self.next.max(score.min(self.best));
        self.best = self.best.max(score);
    }

    /// Of a passage whose candidates have these scores.
    pub(super) fn of(scores: impl Iterator<Item = f32>) -> Self {
        scores.fold(Self::default(), |mut top, score| {
            top.see(score);
            top
        })
    }

    /// How many stand before a pair of this score; two may be more.
    pub(super) fn before(self, score: f32) -> usize {
        [self.best, self.next].iter().filter(|better| score + ROUNDED < **better).count()
    }
}

impl Tops {
    /// What is known of a passage.
    pub(super) fn get(&self, side: Side, quoted: bool, passage: usize) -> Option<Top> {
        let bits = self.kept[side as usize][usize::from(quoted)].get()?[passage].load(Ordering::Relaxed);
        let half = |bits: u64| f32::from_bits(bits as u32);
        (bits != u64::MAX).then(|| Top { best: half(bits >> 32), next: half(bits) })
    }

    /// Notes what a passage has, among so many: the same whoever finds it.
    pub(super) fn note(&self, side: Side, quoted: bool, passage: usize, count: usize, top: Top) {
        let unknown = || (0..count).map(|_| AtomicU64::new(u64::MAX)).collect();
        let kept = self.kept[side as usize][usize::from(quoted)].get_or_init(unknown);
        let bits = u64::from(top.best.to_bits()) << 32 | u64::from(top.next.to_bits());
        kept[passage].store(bits, Ordering::Relaxed);
    }
}

/// What is left of a score where so many answers stand before the pair.
pub(super) fn lowered(score: f32, before: usize) -> f32 {
    let by = match before {
        0 => return score,
        1 => SECOND,
        _ => LATER,
    };
    score / (score + (1.0 - score) * by.exp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Top, Tops, lowered};
    use crate::link::Side;

    proptest! {
        #[test]
        fn a_score_is_lowered_the_more_the_more_stand_before_it(score in 0.0_f32..=1.0, before in 0_usize..5) {
            let [here, further] = [before, before + 1].map(|before| lowered(score, before));
            prop_assert!((0.0..=1.0).contains(&here) && further <= here && here <= score, "{score}: {here}, {further}");
        }

        #[test]
        fn the_best_two_are_kept_in_whatever_order_they_come(scores in prop::collection::vec(0.0_f32..=1.0, 0..6)) {
            let top = Top::of(scores.iter().copied());
            for score in &scores {
                let better = scores.iter().filter(|other| **other > score + 1e-4).count();
                prop_assert_eq!(top.before(*score), better.min(2));
            }
            let tops = Tops::default();
            prop_assert_eq!(tops.get(Side::Right, false, 1), None);
            tops.note(Side::Right, false, 1, 3, top);
            prop_assert_eq!(tops.get(Side::Right, false, 1), Some(top));
            prop_assert_eq!((tops.get(Side::Right, false, 0), tops.get(Side::Right, true, 1)), (None, None));
        }
    }
}
