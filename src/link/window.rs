//! A window of three rows: a passage that says little itself is helped by what its neighbours are like.

use std::ops::Range;

use super::row::Row;

/// So many passages are looked at closely for each.
const CANDIDATES: usize = 48;
/// The part of what neighbours lend that goes to those in step (both next, both before); the rest to those of one side.
const IN_STEP: f32 = 0.6;

/// A passage that may be a counterpart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// Its index.
    pub passage: u32,
    /// How like it is, its neighbours' part included.
    pub likeness: f32,
}

/// Rows of neighbouring passages; the middle one is asked about. A row is empty where there is no such passage.
#[derive(Debug, Default)]
pub(super) struct Window {
    pub before: Row,
    pub here: Row,
    pub after: Row,
    smooth: Vec<f32>,
}

impl Window {
    /// The passages most like the middle one, the most like first; `neighbours` is how much of their likeness the
    /// neighbours lend.
    pub fn candidates(&mut self, neighbours: f32, limit: usize) -> Vec<Candidate> {
        self.smooth(neighbours);
        self.highest(CANDIDATES.max(limit.saturating_mul(2)))
    }

    /// Of each of these runs of passages the one that is most like the middle one; `None` where none is like it at all.
    /// [`Self::candidates`] must have been asked before.
    pub fn best_of(&self, runs: impl Iterator<Item = Range<usize>>) -> Vec<Option<Candidate>> {
        let best = |run: Range<usize>| {
            let like = run.filter(|at| self.here.likeness.get(*at).is_some_and(|own| *own > 0.0));
            let all = like.map(|at| Candidate { passage: at as u32, likeness: self.smooth[at] });
            all.max_by(|a, b| a.likeness.total_cmp(&b.likeness).then(b.passage.cmp(&a.passage)))
        };
        runs.map(best).collect()
    }

    fn smooth(&mut self, neighbours: f32) {
        self.smooth.clear();
        self.smooth.extend_from_slice(&self.here.likeness);
        if neighbours > 0.0 {
            let (step, side) = (neighbours * IN_STEP, neighbours * (1.0 - IN_STEP) / 2.0);
            lend(&mut self.smooth, &self.before.likeness, [step, side, 0.0]);
            lend(&mut self.smooth, &self.here.likeness, [side, 0.0, side]);
            lend(&mut self.smooth, &self.after.likeness, [0.0, side, step]);
        }
    }

    fn highest(&self, keep: usize) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        let mut least = 0.0;
        for (at, (likeness, own)) in self.smooth.iter().zip(&self.here.likeness).enumerate() {
            // What only its neighbours would lend is nothing a reader could check.
            if *likeness > least && *own > 0.0 {
                found.push(Candidate { passage: at as u32, likeness: *likeness });
                if found.len() >= keep.saturating_mul(2) {
                    found.select_nth_unstable_by(keep - 1, |a, b| b.likeness.total_cmp(&a.likeness));
                    found.truncate(keep);
                    least = found.last().map_or(0.0, |c| c.likeness);
                }
            }
        }
        found.sort_unstable_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.passage.cmp(&b.passage)));
        found.truncate(keep);
        found.shrink_to_fit();
        found
    }
}

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
    use super::Window;

    #[test]
    fn neighbours_lend_only_to_what_is_like_at_all() {
        let mut window = Window::default();
        window.before.likeness = vec![0.5, 0.0, 0.0, 0.0];
        window.here.likeness = vec![0.0, 0.2, 0.0, 0.21];
        window.after.likeness = vec![0.0, 0.0, 0.5, 0.0];
        let order = |found: Vec<super::Candidate>| found.iter().map(|c| c.passage).collect::<Vec<_>>();
        assert_eq!(order(window.candidates(0.0, 5)), [3, 1]);
        assert_eq!(order(window.candidates(0.4, 5)), [1, 3]);
        assert_eq!(order(window.candidates(0.4, 1)).len(), 2, "a small limit cuts later, after weighing");
    }
}
