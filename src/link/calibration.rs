//! Calibration: from what speaks for a pair to the share of such pairs that were right.
//!
//! A score is the product of two shares, each a logistic function fitted to measured sets:
//!
//! 1. that the passage has a counterpart at all: how like it is to the passage that fits best, over how many stems
//!    that likeness is spread, and among how many passages it is the best (the best of many is like by chance);
//! 2. that this passage is the one: how far it is ahead of its rivals, or behind the first.
//!
//! Fitted in November 2026 on 2,900 points of debates with the counter that answers each, the verses of eight books of the
//! Bible in two translations, the verses of Mark with those of Matthew (as related, whichever is first), and 19,000
//! passages of 120 pairs of texts on unrelated subjects out of Debian packages (`tools/false_links.py` says which). Fitted
//! on one half of these and measured on the other, of the pairs with a score of
//!
//! | about | were right |
//! | --- | --- |
//! | 0.15 | 11% |
//! | 0.25 | 23% |
//! | 0.35 | 36% |
//! | 0.45 | 41% |
//! | 0.55 | 50% |
//! | 0.65 | 61% |
//! | 0.75 | 68% |
//! | 0.85 | 88% |
//! | 0.95 | 97% |

/// What speaks for two passages being on the same point.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence {
    /// How alike they are, their phrases and their neighbours' part included: 0 to a little over 1.
    pub likeness: f32,
    /// How much the asking passage, and how much the counterpart, is like the rest of the other text: 0 to 1.
    pub crowding: [f32; 2],
}

/// Below this score two passages are no counterparts, unless the reader asks for all. On the half of the
/// unrelated texts that was not fitted to, 0.9% of passages reach it; of the right counterparts of the debates 95% do, of
/// the verses 99%.
pub const THRESHOLD: f32 = 0.35;

/// A crowded counterpart loses a little more than what it is like elsewhere.
const CROWDED: f32 = 1.1;

impl Evidence {
    /// What the counterparts of one passage are ranked by.
    pub(super) fn rank(&self) -> f32 {
        self.likeness - self.crowding[0] - CROWDED * self.crowding[1]
    }
}

/// The share of passages that had a counterpart among `passages`, when the best was so like over so many stems
/// (`breadth`, see [`super::pairing::Pairing`]).
pub(super) fn share_related(best: &Evidence, breadth: f32, passages: usize) -> f32 {
    let size = (passages as f32 + 2.0).ln();
    let spread = (breadth + 0.5).ln();
    // One word or two may be like by chance; among so few a further one hardly matters.
    let narrow = (1.504 - spread).max(0.0);
    logistic(8.80 * (best.likeness + 0.02).ln() + 6.90 * spread + 4.79 * narrow - 1.68 * size + 12.29)
}

/// The share of counterparts that were the right one, when they were `ahead` of the best other one (behind it, where
/// negative), `best` being the first of all.
pub(super) fn share_first(ahead: f32, best: &Evidence, passages: usize) -> f32 {
    let relative = ahead.clamp(-0.5, 0.5) / (best.likeness + 0.05);
    let margin = relative.signum() * (relative.abs() * 10.0).ln_1p();
    let size = (passages as f32 + 2.0).ln();
    logistic(2.74 * margin + 1.28 * (best.likeness + 0.02).ln() - 0.10 * size + 1.29)
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::{Evidence, share_first, share_related};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn more_speaks_for_more(like in 0.01_f32..1.0, more in 0.01_f32..0.5, breadth in 1.0_f32..40.0, n in 1_usize..20_000) {
            let at = |likeness| Evidence { likeness, crowding: [0.0; 2] };
            let (low, high) = (share_related(&at(like), breadth, n), share_related(&at(like + more), breadth, n));
            prop_assert!((0.0..=1.0).contains(&low) && low <= high);
            prop_assert!(share_related(&at(like), breadth + 1.0, n) >= low);
            let (behind, ahead) = (share_first(-more, &at(like), n), share_first(more, &at(like), n));
            prop_assert!((0.0..=1.0).contains(&behind) && behind < ahead);
        }
    }
}
