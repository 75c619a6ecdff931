//! Spread: how far a likeness stands out among those of its row and of its column.
//!
//! Some passages are like everything (hubs), and being like them says little; a likeness counts for as much as it stands
//! above what either passage reaches elsewhere in the other text.

use std::sync::atomic::{AtomicU64, Ordering};

/// Mean and standard deviation of the likenesses that one passage has in the other text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    pub mean: f32,
    pub deviation: f32,
}

/// The spreads of many passages, each computed when it is first needed, by whatever thread needs it.
#[derive(Debug)]
pub(super) struct Spreads(Vec<AtomicU64>);

/// The spreads of columns, while rows go by.
#[derive(Debug)]
pub(super) struct Columns {
    sum: Vec<f32>,
    squares: Vec<f32>,
    rows: usize,
}

/// Likenesses spread so little that a step of this size says nothing yet.
const LEAST: f32 = 0.004;

/// Among this many passages a deviation counts half of what it does among very many; and the scale is that of a hundred.
const FEW: f32 = 12.0;
const MANY: f32 = 1.12;

impl Spread {
    /// Of a whole row.
    pub(super) fn of(row: &[f32]) -> Self {
        let (mut sum, mut squares) = ([0.0_f32; 8], [0.0_f32; 8]);
        let parts = row.chunks_exact(8);
        let rest = parts.remainder();
        for part in parts {
            for ((sum, squares), value) in sum.iter_mut().zip(&mut squares).zip(part) {
                *sum += value;
                *squares += value * value;
            }
        }
        let sum = sum.iter().chain(rest).sum::<f32>();
        let squares = squares.iter().sum::<f32>() + rest.iter().map(|v| v * v).sum::<f32>();
        Self::from_sums(sum, squares, row.len())
    }

    fn from_sums(sum: f32, squares: f32, count: usize) -> Self {
        let count = count.max(1) as f32;
        let mean = sum / count;
        Self { mean, deviation: (squares / count - mean * mean).max(0.0).sqrt() }
    }

    /// By how many deviations `value` stands out among `count`, over what the best of so many reaches by chance. 0 where
    /// it does not stand out at all. Among few nothing can stand out far (by `√(count - 1)` at most), which is allowed
    /// for.
    pub(super) fn above(self, value: f32, count: usize) -> f32 {
        let count = count.max(1) as f32;
        let chance = (2.0 * (count + 2.0).ln() * MANY * count / (count + FEW)).sqrt();
        ((value - self.mean) / (self.deviation + LEAST)).max(0.0) / chance
    }
}

impl Spreads {
    /// For so many passages, none of them known.
    pub(super) fn new(count: usize) -> Self {
        Self((0..count).map(|_| AtomicU64::new(u64::MAX)).collect())
    }

    /// What is known of a passage.
    pub(super) fn get(&self, passage: usize) -> Option<Spread> {
        let bits = self.0[passage].load(Ordering::Relaxed);
        let half = |bits: u64| f32::from_bits(bits as u32);
        (bits != u64::MAX).then(|| Spread { mean: half(bits >> 32), deviation: half(bits) })
    }

    /// Notes the spread of a passage: the same whoever computes it, so the order of threads does not matter.
    pub(super) fn note(&self, passage: usize, spread: Spread) -> Spread {
        let bits = u64::from(spread.mean.to_bits()) << 32 | u64::from(spread.deviation.to_bits());
        self.0[passage].store(bits, Ordering::Relaxed);
        spread
    }
}

impl Columns {
    /// For so many columns.
    pub(super) fn new(count: usize) -> Self {
        Self { sum: vec![0.0; count], squares: vec![0.0; count], rows: 0 }
    }

    /// Shows each column its value of a row.
    pub(super) fn see(&mut self, row: &[f32]) {
        self.rows += 1;
        for ((sum, squares), value) in self.sum.iter_mut().zip(&mut self.squares).zip(row) {
            *sum += value;
            *squares += value * value;
        }
    }

    /// The spread of each column.
    pub(super) fn spreads(&self) -> impl Iterator<Item = Spread> {
        self.sum.iter().zip(&self.squares).map(|(sum, squares)| Spread::from_sums(*sum, *squares, self.rows))
    }
}

#[cfg(test)]
mod tests {
    use super::{Columns, Spread, Spreads};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_and_columns_agree_and_are_numbers(row in prop::collection::vec(0.0_f32..1.5, 0..90), at in 0.0_f32..1.5) {
            let spread = Spread::of(&row);
            let mut column = Columns::new(1);
            for value in &row {
                column.see(&[*value]);
            }
            let other = column.spreads().next().unwrap();
            prop_assert!((spread.mean - other.mean).abs() < 1e-4 && (spread.deviation - other.deviation).abs() < 1e-2);
            prop_assert!(spread.above(at, row.len()).is_finite() && spread.above(at, row.len()) >= 0.0);
            let spreads = Spreads::new(2);
            prop_assert_eq!(spreads.get(0), None);
            spreads.note(1, spread);
            prop_assert_eq!(spreads.get(1), Some(spread));
        }
    }
}
