//! Which passages of two texts a model holds to be close in meaning, and by which of their sentences.

use std::ops::Range;

use crate::text::passage::PassageNo;
use crate::word::related::Meanings;

/// The passage of the other text that is closest to one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Close {
    /// Its position in the other text, from 0.
    pub passage: usize,
    /// The share of such pairs that careful readers called right.
    pub score: f32,
}

/// What a sentence model holds to be close in meaning to a passage for which the words show nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct CloseTo {
    /// The passage of the other text.
    pub passage: PassageNo,
    /// The share of such pairs that careful readers called right.
    pub score: f32,
    /// The sentences of both that are closest.
    pub sentences: CloseSentences,
}

/// Two sentences, one of each of two passages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloseSentences {
    /// Of the passage that was asked about.
    pub here: String,
    /// Of the other.
    pub there: String,
}

/// Pairs that score less are not said to be close.
pub(crate) const LEAST: f32 = 0.5;
/// The logistic curve of a score, fitted on 498 passages of two pairs of subjects with all-MiniLM-L6-v2 (benches/README.md):
/// how much a cosine above [`MIDDLE`] counts, what it adds that each is the other's closest, and what is added to all.
const SLOPE: f32 = 10.5;
const MUTUAL: f32 = 0.73;
const SHIFT: f32 = -1.15;
const MIDDLE: f32 = 0.5;

/// For each passage of the left text the closest of the right one, where it is close enough to be told.
pub(crate) fn closest(left: &Meanings, right: &Meanings) -> Vec<Option<Close>> {
    let mut best_of_right = vec![(f32::MIN, 0); right.len()];
    let mut best_of_left = vec![(f32::MIN, 0); left.len()];
    for (l, best_left) in best_of_left.iter_mut().enumerate() {
        for (r, best_right) in best_of_right.iter_mut().enumerate() {
            let cosine = left.cosine(l, right, r);
            if cosine > best_left.0 {
                *best_left = (cosine, r);
            }
            if cosine > best_right.0 {
                *best_right = (cosine, l);
            }
        }
    }
    let close = |(l, (cosine, r)): (usize, &(f32, usize))| {
        let mutual = best_of_right.get(*r)?.1 == l;
        let score = score(*cosine, mutual);
        (score >= LEAST).then_some(Close { passage: *r, score })
    };
    best_of_left.iter().enumerate().map(close).collect()
}

/// The two sentences that are closest, one of each range of what was said; `None` where one of them is empty.
pub(crate) fn closest_pair(said: &Meanings, one: Range<usize>, other: Range<usize>) -> Option<(usize, usize)> {
    let pairs = one.flat_map(|l| other.clone().map(move |r| (l, r)));
    let cosine = |(l, r): &(usize, usize)| said.cosine(*l, said, *r);
    pairs.max_by(|a, b| cosine(a).total_cmp(&cosine(b)))
}

fn score(cosine: f32, mutual: bool) -> f32 {
    let evidence = SLOPE * (cosine - MIDDLE) + if mutual { MUTUAL } else { 0.0 } + SHIFT;
    (1.0 + (-evidence).exp()).recip()
}

#[cfg(test)]
mod tests {
    use super::{LEAST, closest};
    use crate::word::related::Meanings;
    use proptest::prelude::*;

    fn meanings(directions: &[[f32; 3]]) -> Meanings {
        let mut all = Meanings::default();
        for direction in directions {
            all.push_direction(direction);
        }
        all
    }

    #[test]
    fn what_is_far_has_no_closest_and_who_agree_score_more() {
        let left = meanings(&[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.9, 0.5, 0.0]]);
        let right = meanings(&[[1.0, 0.1, 0.0], [0.0, 0.0, 1.0]]);
        let found = closest(&left, &right);
        assert_eq!(found[0].map(|c| c.passage), Some(0));
        assert_eq!(found[1], None);
        assert!(found[0].unwrap().score > found[2].unwrap().score);
        assert!(closest(&left, &Meanings::default()).iter().all(Option::is_none));
    }

    proptest! {
        #[test]
        fn scores_are_shares(
            left in prop::collection::vec(prop::array::uniform3(-1.0_f32..1.0), 0..6),
            right in prop::collection::vec(prop::array::uniform3(-1.0_f32..1.0), 0..6),
        ) {
            let found = closest(&meanings(&left), &meanings(&right));
            prop_assert_eq!(found.len(), left.len());
            for close in found.into_iter().flatten() {
                prop_assert!(close.passage < right.len() && (LEAST..=1.0).contains(&close.score));
            }
        }
    }
}
