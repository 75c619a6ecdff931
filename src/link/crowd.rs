//! Crowding: some passages are like everything, and being like them says little.
//!
//! A likeness is weighed against what each of the two passages reaches elsewhere: from it is taken, for both, a soft
//! maximum `T ln Σ exp(likeness / T)` over the other text (as in the softmax of both directions that cross-lingual
//! retrieval uses against hubs: Smith et al. 2017, "inverted softmax"; Conneau et al. 2018, CSLS).

/// The temperature: how far below the best a likeness still counts as a rival.
const T: f32 = 0.1;
/// So many of the highest likenesses are counted one by one; the others are taken for 0, which most of them are near.
pub(super) const RIVALS: usize = 32;

/// The highest likenesses that a passage reaches in the other text.
#[derive(Debug, Clone, Default)]
pub(super) struct Rivals {
    /// Unordered until full, then a heap with the least in front.
    highest: Vec<f32>,
}

impl Rivals {
    /// What a likeness must exceed to be kept.
    pub fn least(&self) -> f32 {
        if self.highest.len() < RIVALS { 0.0 } else { self.highest[0] }
    }

    /// Keeps `likeness` if it is among the highest.
    pub fn see(&mut self, likeness: f32) {
        if self.highest.len() < RIVALS {
            self.highest.push(likeness);
            if self.highest.len() == RIVALS {
                self.highest.sort_unstable_by(f32::total_cmp);
            }
        } else if likeness > self.highest[0] {
            self.highest[0] = likeness;
            self.sink();
        }
    }

    fn sink(&mut self) {
        let mut at = 0;
        loop {
            let child = 2 * at + 1;
            let Some(mut least) = self.highest.get(child).map(|_| child) else { return };
            if child + 1 < self.highest.len() && self.highest[child + 1] < self.highest[child] {
                least = child + 1;
            }
            if self.highest[at] <= self.highest[least] {
                return;
            }
            self.highest.swap(at, least);
            at = least;
        }
    }

    /// The mean soft maximum over `passages` passages: 0 where nothing is like this one, 1 where everything is the same.
    pub fn crowding(&self, passages: usize) -> f32 {
        let counted: f32 = self.highest.iter().map(|l| (l / T).exp()).sum();
        let rest = passages.saturating_sub(self.highest.len()) as f32;
        T * ((counted + rest) / passages.max(1) as f32).ln()
    }

    /// Of a whole row.
    pub fn of(row: &[f32]) -> Self {
        let mut rivals = Self::default();
        for likeness in row {
            if *likeness > rivals.least() {
                rivals.see(*likeness);
            }
        }
        rivals
    }
}

/// The rivals of many passages, seen a row at a time.
#[derive(Debug)]
pub(super) struct Columns {
    rivals: Vec<Rivals>,
    /// What each passage's next rival must exceed, apart from the rest: most of a row is refused by it.
    least: Vec<f32>,
}

impl Columns {
    /// For so many passages.
    pub fn new(count: usize) -> Self {
        Self { rivals: vec![Rivals::default(); count], least: vec![0.0; count] }
    }

    /// Shows each passage its value of a row.
    pub fn see(&mut self, row: &[f32]) {
        for (at, (likeness, least)) in row.iter().zip(&mut self.least).enumerate() {
            if likeness > least {
                self.rivals[at].see(*likeness);
                *least = self.rivals[at].least();
            }
        }
    }

    /// The rivals of each passage.
    pub fn rivals(&self) -> &[Rivals] {
        &self.rivals
    }
}

#[cfg(test)]
mod tests {
    use super::{RIVALS, Rivals};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_highest_are_kept(row in prop::collection::vec(0.001_f32..1.0, 0..120)) {
            let mut kept = Rivals::of(&row).highest;
            kept.sort_by(|a, b| b.total_cmp(a));
            let mut all = row.clone();
            all.sort_by(|a, b| b.total_cmp(a));
            all.truncate(RIVALS);
            prop_assert_eq!(kept, all);
        }

        #[test]
        fn crowding_lies_between_none_and_all(row in prop::collection::vec(0.0_f32..1.0, 1..120)) {
            let crowding = Rivals::of(&row).crowding(row.len());
            prop_assert!((-1e-6..=1.0).contains(&crowding), "{}", crowding);
        }
    }
}
