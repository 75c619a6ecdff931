//! Where across to look: a corridor around the path that a coarse alignment takes, so that two long texts cost what their
//! length costs and not its square.
//!
//! Both texts are first laid in some four hundred large units, aligned one to one, and the corridor is that path widened
//! by a few of them (vecalign's coarse to fine, Thompson and Koehn 2019, with one step).

use super::dots::{Dots, cosine, cosines_of};
use super::equal::Equal;
use super::judged_pairs::Fixed;
use super::path::{Costs, Move, best_path};
use super::signs::Signs;
use super::table::Table;

/// How many large units a text is laid in at most.
const UNITS: usize = 400;
/// Larger units than of so many passages are laid in smaller ones first, and how many times smaller.
const LARGE: usize = 48;
const SMALLER: usize = 6;
/// From how many pairs of units chance is told where not all are looked at.
const SAMPLED: usize = 4000;
/// By how many of them the path is widened on either side.
const MARGIN: usize = 2;

/// For each left unit the right ones that may lie across from it.
#[derive(Debug, Clone)]
pub(super) struct Band {
    low: Vec<u32>,
    high: Vec<u32>,
    /// Where the cells of each row begin.
    starts: Vec<usize>,
}

impl Band {
    /// The corridor that leaves nothing out.
    pub(super) fn whole(left: usize, right: usize) -> Self {
        Self::of(vec![0; left], vec![right as u32; left])
    }

    fn of(low: Vec<u32>, high: Vec<u32>) -> Self {
        let mut starts = Vec::with_capacity(low.len() + 1);
        let mut at = 0;
        starts.push(0);
        for (low, high) in low.iter().zip(&high) {
            at += (high - low) as usize;
            starts.push(at);
        }
        Self { low, high, starts }
    }

    /// The right units that may lie across from a left one, as a half-open range.
    pub(super) fn row(&self, unit: usize) -> (usize, usize) {
        (self.low[unit] as usize, self.high[unit] as usize)
    }

    /// The number of the cell of two units, where it is in the corridor.
    pub(super) fn cell(&self, left: usize, right: usize) -> Option<usize> {
        let (low, high) = self.row(left);
        (low <= right && right < high).then(|| self.starts[left] + right - low)
    }

    /// How many cells there are.
    pub(super) fn cells(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// How many left units there are.
    pub(super) fn rows(&self) -> usize {
        self.low.len()
    }
}

/// The corridor for two texts of which some is the same: one unit wide there, and a corridor of its own for each part that
/// lies between.
pub(super) fn corridor_along(left: &Signs, right: &Signs, equal: &Equal, table: &Table, lengths: (f32, f32)) -> Band {
    let (rows, columns) = (left.count(), right.count());
    let free = Fixed::default();
    if equal.runs().is_empty() {
        return corridor(left, right, table, lengths, &free);
    }
    let (mut low, mut high) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let runs = equal.runs().iter().map(|run| (run.lefts(), run.rights()));
    for (lefts, rights) in runs.chain(std::iter::once((rows..rows, columns..columns))) {
        let (from, to) = (low.len(), lefts.start);
        let reached = high.last().map_or(0, |last| *last as usize);
        if from < to && reached < rights.start {
            let (l, r) = (left.of_units(from..to), right.of_units(reached..rights.start));
            let band = corridor(&l, &r, table, lengths, &free);
            low.extend(band.low.iter().map(|at| at + reached as u32));
            high.extend(band.high.iter().map(|at| at + reached as u32));
        } else {
            low.resize(to, reached as u32);
            high.resize(to, reached as u32);
        }
        // What only the right text has before the run is left out on the way from the row before.
        if let Some(last) = high.last_mut() {
            *last = rights.start as u32;
        }
        low.extend(rights.clone().map(|at| at as u32));
        high.extend(rights.map(|at| at as u32 + 1));
    }
    if let Some(first) = low.first_mut() {
        *first = 0;
    }
    Band::of(low, high)
}

/// The corridor for two texts, wide enough for what is fixed.
pub(super) fn corridor(
    left: &Signs,
    right: &Signs,
    table: &Table,
    (ratio, variance): (f32, f32),
    fixed: &Fixed,
) -> Band {
    let mut size = left.count().max(right.count()).div_ceil(UNITS);
    if size <= 1 {
        return Band::whole(left.count(), right.count());
    }
    let mut last = size;
    let mut steps = 1;
    while last > LARGE {
        steps *= SMALLER;
        last = size.div_ceil(steps);
    }
    size = last * steps;
    let mut band = Band::whole(left.count().div_ceil(size), right.count().div_ceil(size));
    loop {
        let (l, r) = (left.coarse(size), right.coarse(size));
        let dots = Dots::of(&l, &r, table, &band);
        let costs = coarse_costs(&l, &r, table, &dots, (ratio, variance));
        let mut path = best_path(&l, &r, &dots, &costs, &Fixed::default());
        let step = |unit: usize| unit / size..unit / size + 1;
        path.extend(fixed.pairs().map(|(one, other)| Move { left: step(one), right: step(other) }));
        let coarse = (l.count(), r.count());
        if size == last {
            return widened(&path, size, coarse, (left.count(), right.count()));
        }
        let next = size / SMALLER;
        let fine = (left.count().div_ceil(next), right.count().div_ceil(next));
        band = widened(&path, SMALLER, coarse, fine);
        size = next;
    }
}

/// What counts how much between large units: their likeness in units of its own noise, told from all pairs where all were
/// looked at, else from some of any two places.
fn coarse_costs(l: &Signs, r: &Signs, table: &Table, dots: &Dots<'_>, (ratio, variance): (f32, f32)) -> Costs {
    let mut cosines: Vec<f32> = Vec::new();
    if dots.band().cells() == l.count() * r.count() {
        for one in 0..l.count() {
            cosines.extend((0..r.count()).map(|other| cosine(dots.at(one, other), l.norms()[one], r.norms()[other])));
        }
    } else {
        // Two steps that have nothing in common with the counts go all over both texts.
        let pair = |nth: usize| ((nth * 7919 % l.count()) as u32, (nth * 104_729 % r.count()) as u32);
        let mut pairs: Vec<(u32, u32)> = (1..=SAMPLED).map(pair).collect();
        cosines = cosines_of(l, r, table, &mut pairs);
    }
    let mean = cosines.iter().sum::<f32>() / cosines.len() as f32;
    let spread = (cosines.iter().map(|c| (c - mean).powi(2)).sum::<f32>() / cosines.len() as f32).sqrt() + 1e-6;
    let middle = cosines.len() / 2;
    let median = *cosines.select_nth_unstable_by(middle, f32::total_cmp).1;
    Costs::coarse(median, spread, ratio, variance)
}

fn widened(path: &[Move], size: usize, (rows, columns): (usize, usize), (left, right): (usize, usize)) -> Band {
    let mut coarse = vec![(columns, 0); rows];
    for step in path {
        let from = step.left.start.saturating_sub(MARGIN);
        let to = (step.left.end.max(step.left.start + 1) + MARGIN).min(rows);
        let low = step.right.start.saturating_sub(MARGIN);
        let high = (step.right.end.max(step.right.start + 1) + MARGIN).min(columns);
        for (least, most) in &mut coarse[from..to] {
            *least = low.min(*least);
            *most = high.max(*most);
        }
    }
    let mut low: Vec<u32> = (0..left).map(|unit| (coarse[unit / size].0 * size) as u32).collect();
    let mut high: Vec<u32> = (0..left).map(|unit| (coarse[unit / size].1 * size).min(right) as u32).collect();
    // A corridor that never turns back: what a path needs.
    for unit in (0..left.saturating_sub(1)).rev() {
        low[unit] = low[unit].min(low[unit + 1]);
    }
    for unit in 1..left {
        high[unit] = high[unit].max(high[unit - 1]);
    }
    if let (Some(first), Some(last)) = (low.first_mut(), high.last_mut()) {
        (*first, *last) = (0, right as u32);
    }
    Band::of(low, high)
}
