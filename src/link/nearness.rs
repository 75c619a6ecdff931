//! Nearness: how near in meaning two passages are, by the table of related words or by the reader's sentence model, and how
//! far that stands out among what either is to the rest of the other text.
//!
//! By itself a cosine tells little, since some texts are alike in everything and some passages like all others. So it is
//! counted in deviations from the mean that each of the two has across, as an even sample of the other text tells it.

use std::sync::Arc;

use crate::word::related::Meanings;

use super::Side;
use super::index::PassageIndex;
use super::spread::{Spread, Spreads};

/// How near two passages are, and who says so.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// How far it stands out for both together: 0 where it is what is usual.
    pub above: f32,
    /// Whether a sentence model says so, and not the table of related words.
    pub by_model: bool,
}

/// What is known of the meanings of two texts.
#[derive(Debug)]
pub(super) struct Nearness {
    meanings: [Arc<Meanings>; 2],
    spreads: [Spreads; 2],
    by_model: bool,
}

/// How many passages across tell what is usual.
const SAMPLED: usize = 32;
/// Cosines spread so little that a step of this size says nothing yet.
const LEAST: f32 = 0.02;
/// Standing out by more than this adds nothing.
const MOST: f32 = 5.0;

impl Nearness {
    /// Of two texts whose words a table knows; `None` where one of them has none.
    pub(super) fn of_words(left: &PassageIndex, right: &PassageIndex) -> Option<Self> {
        let meanings = [&left.meanings, &right.meanings].map(Arc::clone);
        let known = meanings.iter().all(|m| !m.is_empty());
        known.then(|| Self::of(meanings, false))
    }

    /// Of two texts of which a model said what each passage means.
    pub(super) fn by_model(meanings: [Arc<Meanings>; 2]) -> Self {
        Self::of(meanings, true)
    }

    /// Whether a model has spoken.
    pub(super) fn is_by_model(&self) -> bool {
        self.by_model
    }

    fn of(meanings: [Arc<Meanings>; 2], by_model: bool) -> Self {
        let spreads = [Spreads::new(meanings[0].len()), Spreads::new(meanings[1].len())];
        Self { meanings, spreads, by_model }
    }

    /// How near `here`, a passage of `side`, is to `there` across. The same from both sides.
    pub(super) fn between(&self, side: Side, here: usize, there: usize) -> Near {
        let across = side.other();
        let cosine = self.meanings[side as usize].cosine(here, &self.meanings[across as usize], there);
        let out = |spread: Spread| ((cosine - spread.mean) / (spread.deviation + LEAST)).clamp(-MOST, MOST);
        let above = out(self.spread(side, here)) + out(self.spread(across, there));
        Near { above, by_model: self.by_model }
    }

    fn spread(&self, side: Side, passage: usize) -> Spread {
        let spreads = &self.spreads[side as usize];
        spreads.get(passage).unwrap_or_else(|| {
            let (mine, across) = (&self.meanings[side as usize], &self.meanings[side.other() as usize]);
            let samples = across.len().min(SAMPLED);
            let cosine = |nth| mine.cosine(passage, across, nth * across.len() / samples);
            let row: Vec<f32> = (0..samples).map(cosine).collect();
            spreads.note(passage, Spread::of(&row))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{MOST, Nearness};
    use crate::link::Side;
    use crate::word::related::Meanings;
    use proptest::prelude::*;

    fn meanings(directions: &[[f32; 3]]) -> Arc<Meanings> {
        let mut all = Meanings::default();
        for direction in directions {
            all.push_direction(direction);
        }
        Arc::new(all)
    }

    proptest! {
        #[test]
        fn nearness_is_a_number_and_the_same_from_both_sides(
            left in prop::collection::vec(prop::array::uniform3(-1.0_f32..1.0), 1..40),
            right in prop::collection::vec(prop::array::uniform3(-1.0_f32..1.0), 1..40),
            (l, r) in (0..40_usize, 0..40_usize),
        ) {
            let near = Nearness::by_model([meanings(&left), meanings(&right)]);
            let (l, r) = (l % left.len(), r % right.len());
            let (one, other) = (near.between(Side::Left, l, r), near.between(Side::Right, r, l));
            prop_assert!((one.above - other.above).abs() < 1e-3);
            prop_assert!(one.above.abs() <= 2.0 * MOST && one.by_model);
        }
    }
}
