//! A window of rows: a point is made by a run of passages, so a passage is also judged by what stands around it.

use std::ops::Range;

use super::likeness::Likeness;

/// How many passages are looked at closely for each, unless very many are asked for.
pub(super) const CANDIDATES: usize = 32;
/// How many rows are looked at before and after the one that is asked about.
const REACH: usize = 2;
const ROWS: usize = 2 * REACH + 1;
/// How much of its neighbours' likeness a candidate is lent when candidates are chosen.
const LENT: f32 = 0.6;

/// A passage that may be a counterpart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// Its index.
    pub passage: u32,
    /// How like the two are, 0 to about 1.
    pub likeness: f32,
    /// How like the passages around the one are to those around the other, in the mean; those in step count most.
    pub around: f32,
}

/// Rows of neighbouring passages; the middle one is asked about. A row is empty where there is no such passage.
#[derive(Debug, Default)]
pub(super) struct Window {
    rows: [Likeness; ROWS],
    smooth: Vec<f32>,
}

impl Window {
    /// The rows of the passages around `here` among `count`, filled by `fill`.
    pub(super) fn around(here: usize, count: usize, mut fill: impl FnMut(usize, &mut Likeness)) -> Self {
        let mut window = Self::default();
        for (at, row) in window.rows.iter_mut().enumerate() {
            if let Some(passage) = (here + at).checked_sub(REACH).filter(|p| *p < count) {
                fill(passage, row);
            }
        }
        window
    }

    /// Moves the window one passage on.
    pub(super) fn advance(&mut self, here: usize, count: usize, mut fill: impl FnMut(usize, &mut Likeness)) {
        self.rows.rotate_left(1);
        let last = &mut self.rows[ROWS - 1];
        if here + REACH < count {
            fill(here + REACH, last);
        } else {
            last.likeness.clear();
        }
    }

    /// The row of the middle passage.
    pub(super) fn here(&self) -> &Likeness {
        &self.rows[REACH]
    }

    /// Room for a row, once this window is done with.
    pub(super) fn into_row(self) -> Likeness {
        self.rows.into_iter().next().unwrap_or_default()
    }

    /// The passages most like the middle one, the most like first. `run` is how much of a text the neighbours of a
    /// passage speak for it, 0 to 1, and `usual` the likeness to expect of any two passages.
    pub(super) fn candidates(&mut self, run: f32, usual: f32, limit: usize) -> Vec<Candidate> {
        self.smooth(run);
        let found = self.highest(CANDIDATES.max(limit.saturating_mul(2)));
        found.into_iter().map(|at| self.candidate(at, run, usual)).collect()
    }

    /// Of each of these runs of passages those that are most like the middle one, at most so many and at least one.
    /// [`Self::candidates`] must have been asked before.
    pub(super) fn best_of(&self, passages: Range<usize>, most: usize, run: f32, usual: f32) -> Vec<Candidate> {
        let mut best: Vec<usize> = passages.filter(|at| *at < self.smooth.len()).collect();
        best.sort_by(|a, b| self.smooth[*b].total_cmp(&self.smooth[*a]).then(a.cmp(b)));
        best.truncate(most);
        best.into_iter().map(|at| self.candidate(at, run, usual)).collect()
    }

    fn candidate(&self, at: usize, run: f32, usual: f32) -> Candidate {
        let around = usual + run * (self.mean_around(at) - usual);
        Candidate { passage: at as u32, likeness: self.here().likeness[at], around }
    }

    /// The mean likeness of the passages around the middle one to those around `at`, itself and `at` left out.
    fn mean_around(&self, at: usize) -> f32 {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (row, here) in self.rows.iter().enumerate() {
            if here.likeness.is_empty() {
                continue;
            }
            for (column, weight) in AROUND[row].iter().enumerate() {
                let there = (at + column).checked_sub(REACH).and_then(|there| here.likeness.get(there));
                if let Some(value) = there {
                    sum += weight * value;
                    weights += weight;
                }
            }
        }
        if weights > 0.0 { sum / weights } else { 0.0 }
    }

    fn smooth(&mut self, run: f32) {
        let [_, before, here, after, _] = &self.rows;
        self.smooth.clear();
        self.smooth.extend_from_slice(&here.likeness);
        if run > 0.0 {
            let lent = run * LENT / 3.0;
            lend(&mut self.smooth, &before.likeness, [lent, lent / 2.0, 0.0]);
            lend(&mut self.smooth, &here.likeness, [lent / 2.0, 0.0, lent / 2.0]);
            lend(&mut self.smooth, &after.likeness, [0.0, lent / 2.0, lent]);
        }
    }

    fn highest(&self, keep: usize) -> Vec<usize> {
        let mut found: Vec<(f32, usize)> = Vec::new();
        let mut least = 0.0;
        let order = |a: &(f32, usize), b: &(f32, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        for (at, (likeness, own)) in self.smooth.iter().zip(&self.here().likeness).enumerate() {
            // What only its neighbours would lend is nothing a reader could check.
            if *likeness > least && *own > 0.0 {
                found.push((*likeness, at));
                if found.len() >= keep.saturating_mul(2) {
                    found.select_nth_unstable_by(keep - 1, order);
                    found.truncate(keep);
                    least = found.last().map_or(0.0, |c| c.0);
                }
            }
        }
        found.sort_unstable_by(order);
        found.truncate(keep);
        found.into_iter().map(|(_, at)| at).collect()
    }
}

/// How much each of the passages around two counts: `exp(-(d² + e² - d e) / 2)` for one that stands `d` from the one
/// and `e` from the other, so that those in step count more than those at the same distance on different sides.
const AROUND: [[f32; ROWS]; ROWS] = [
    [0.135, 0.223, 0.135, 0.030, 0.002],
    [0.223, 0.607, 0.607, 0.223, 0.030],
    [0.135, 0.607, 0.000, 0.607, 0.135],
    [0.030, 0.223, 0.607, 0.607, 0.223],
    [0.002, 0.030, 0.135, 0.223, 0.135],
];

/// Adds to each value the row's values before, at and after it, by these parts.
fn lend(smooth: &mut [f32], row: &[f32], [before, level, after]: [f32; 3]) {
    if row.is_empty() {
        return;
    }
    for (value, row) in smooth.iter_mut().zip(row) {
        *value += level * row;
    }
    for (value, row) in smooth.iter_mut().skip(1).zip(row) {
        *value += before * row;
    }
    for (value, row) in smooth.iter_mut().zip(row.iter().skip(1)) {
        *value += after * row;
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidate, Window};

    const ROWS: [[f32; 4]; 3] = [[0.5, 0.0, 0.0, 0.0], [0.0, 0.2, 0.0, 0.21], [0.0, 0.0, 0.5, 0.0]];

    fn window(here: usize) -> Window {
        Window::around(here, ROWS.len(), |passage, row| row.likeness = ROWS[passage].to_vec())
    }

    fn order(found: &[Candidate]) -> Vec<u32> {
        found.iter().map(|c| c.passage).collect()
    }

    #[test]
    fn neighbours_lend_only_to_what_is_like_at_all() {
        let mut window = window(1);
        assert_eq!(order(&window.candidates(0.0, 0.1, 5)), [3, 1]);
        let found = window.candidates(1.0, 0.1, 5);
        assert!(found[0].around > found[1].around, "{found:?}");
        assert_eq!(order(&found), [1, 3]);
        assert_eq!(order(&window.candidates(1.0, 0.1, 1)).len(), 2, "a small limit cuts later, after weighing");
        assert_eq!(order(&window.best_of(1..9, 2, 1.0, 0.1)), [1, 3]);
    }

    #[test]
    fn a_window_that_advances_is_the_window_of_the_next() {
        let mut moved = window(0);
        moved.advance(1, ROWS.len(), |passage, row| row.likeness = ROWS[passage].to_vec());
        let mut fresh = window(1);
        let all = |window: &mut Window| {
            window.candidates(1.0, 0.1, 5).iter().map(|c| (c.passage, c.around)).collect::<Vec<_>>()
        };
        assert_eq!(all(&mut moved), all(&mut fresh));
    }
}
