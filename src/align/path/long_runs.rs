//! Steps from one unit to many: a paragraph that the other text has in speeches, a poem in stanzas, a text that is one
//! paragraph as a whole.

use std::ops::Range;

use super::{LARGEST, PathScores, Ways, better};

/// One unit may lie across from up to so many.
const MOST: usize = 4000;
/// What the first of them cost; each further one costs as much as leaving it out does.
const FIRST: f32 = 6.0;
/// They are looked at only where together they are between so many times as long as is to be expected.
const LIKE_LENGTH: (f32, f32) = (0.6, 1.5);
/// Where the one has as much as this of all that they have, each costs so much less.
const HELD: f32 = 0.5;
const LESS: f32 = 0.5;

/// Marks of steps from one left unit to so many right ones, and of those from so many to one.
pub(super) const ONE_TO: u16 = 1000;
pub(super) const TO_ONE: u16 = 10_000;

impl Ways<'_> {
    /// The best step to a pair of places, of `best` and those from one unit to more than the shapes have on the other side.
    pub(super) fn with_long_runs(
        &self,
        table: &PathScores,
        (i, j): (usize, usize),
        sums: &[[f32; LARGEST + 1]; LARGEST + 1],
        mut best: (f32, u16),
    ) -> (f32, u16) {
        if i == 0 || j == 0 {
            return best;
        }
        let expected = self.costs.ratio * self.of_left.length(i - 1..i);
        let mut dot = sums[1][LARGEST];
        for count in LARGEST + 1..=MOST.min(j) {
            let many = j - count..j;
            let length = self.of_right.length(many.clone());
            if length > LIKE_LENGTH.1 * expected {
                break;
            }
            dot += self.dots.at(i - 1, j - count);
            if length >= LIKE_LENGTH.0 * expected {
                let prior = self.costs.split[0] * self.prior(&many, dot, self.of_right.norm(many.clone()));
                let score = self.score(table, (i - 1..i, many), dot, prior);
                best = better(best, score, ONE_TO + count as u16);
            }
        }
        let expected = self.of_right.length(j - 1..j) / self.costs.ratio;
        let mut dot = sums[LARGEST][1];
        for count in LARGEST + 1..=MOST.min(i) {
            let many = i - count..i;
            let length = self.of_left.length(many.clone());
            if length > LIKE_LENGTH.1 * expected {
                break;
            }
            dot += self.dots.at(i - count, j - 1);
            if length >= LIKE_LENGTH.0 * expected {
                let prior = self.costs.split[1] * self.prior(&many, dot, self.of_left.norm(many.clone()));
                let score = self.score(table, (many, j - 1..j), dot, prior);
                best = better(best, score, TO_ONE + count as u16);
            }
        }
        best
    }

    /// What it costs that one unit is so many, which have `dot` in common with it, of `norm` in all.
    fn prior(&self, many: &Range<usize>, dot: f32, norm: f32) -> f32 {
        let each = if dot >= HELD * norm { LESS * self.costs.gap } else { self.costs.gap };
        FIRST + each * (many.len() - LARGEST) as f32
    }
}
