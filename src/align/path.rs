//! The best way through both texts at once, bead by bead: dynamic programming over one to one, splits, merges and gaps.
//!
//! A bead gains by how much its sides have in common beyond what chance gives, and loses by how unlike its lengths are
//! (Gale and Church 1993) and by how seldom beads of its shape are.

mod long_runs;

use std::ops::Range;

use self::long_runs::{ONE_TO, TO_ONE};
use super::breaks::Break;
use super::dots::{Dots, cosine};
use super::judged_pairs::Fixed;
use super::signs::Signs;

/// How many units of each side a bead may have, and what the shape costs.
const SHAPES: [(usize, usize, f32); 11] = [
    (1, 1, 0.0),
    (1, 2, 2.0),
    (2, 1, 2.0),
    (2, 2, 5.0),
    (1, 3, 4.0),
    (3, 1, 4.0),
    (2, 3, 7.0),
    (3, 2, 7.0),
    (3, 3, 9.0),
    (1, 4, 6.0),
    (4, 1, 6.0),
];
/// The largest side of a bead of these shapes.
const LARGEST: usize = 4;
/// Of more units than this a bead has no more in common by chance, nor by what it is: all the words there are.
pub(super) const MANY: usize = 32;
/// A bead of more units gains by the harmonic mean of its sides, to this power: less than in proportion.
const GROWTH: f32 = 0.7;
/// Where as many units as this, for each bead, are a further part of one that the other text has as one, splits are the rule:
/// they cost as much less as there are more of them.
const RULE: f32 = 0.35;
/// What gaps and unlike lengths cost in one language, as shares of what they do in two.
const ONE_LANGUAGE: (f32, f32) = (0.5, 0.6);
/// In one language a sentence that was drawn out begins with the same words: its length counts so much less.
const SENTENCES: f32 = 0.5;
/// How many times as much as of any two headings is gained where both texts begin a part of one number.
const ONE_NUMBER: f32 = 5.0;
/// How many times as much as one heading alone costs it loses to go on over the beginning of a part.
const OVER: f32 = 2.0;
/// What is in the way of a step.
const NEVER: f32 = -1e18;
/// Marks of steps that leave out a unit of the left or of the right text.
const LEFT_ONLY: u16 = 100;
const RIGHT_ONLY: u16 = 101;
const NONE: u16 = u16::MAX;

/// One step of the path: what of each text it takes; one side is empty in a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Move {
    pub left: Range<usize>,
    pub right: Range<usize>,
}

impl Move {
    /// Whether it takes something of both texts.
    pub(super) fn is_full(&self) -> bool {
        !self.left.is_empty() && !self.right.is_empty()
    }
}

/// What counts how much.
#[derive(Debug, Clone)]
pub(super) struct Costs {
    /// What a cosine of 1 above chance gains.
    pub likeness: f32,
    /// The cosine that chance gives to two single units.
    pub chance: f32,
    /// What a unit without any across costs.
    pub gap: f32,
    /// What an unlike length costs, per half squared deviation.
    pub length: f32,
    /// The most half squared deviations that count.
    pub length_most: f32,
    /// Characters of the right text for one of the left.
    pub ratio: f32,
    /// The variance of that, per character.
    pub variance: f32,
    /// Gained by two headings across, lost by one heading alone; gained where both texts begin a part, lost where a part
    /// begins within a bead.
    pub heading: f32,
    /// Lost where one side has a note of its edition and the other has none.
    pub note: f32,
    /// How much of what they would cost otherwise splits cost, where one text splits what the other has as one: beads of one
    /// left unit and of one right unit.
    split: [f32; 2],
    /// How much of what unlike lengths of passages cost those of sentences do.
    sentence_length: f32,
    /// How many of the shapes are tried.
    pub shapes: usize,
    growth: f32,
}

impl Costs {
    /// For the units of the texts themselves.
    pub(super) fn fine(likeness: f32, chance: f32, ratio: f32, variance: f32) -> Self {
        Self {
            likeness,
            chance,
            gap: 2.5,
            length: 0.9,
            length_most: 6.0,
            ratio,
            variance,
            heading: 1.0,
            note: 6.0,
            split: [1.0; 2],
            sentence_length: 1.0,
            shapes: SHAPES.len(),
            growth: GROWTH,
        }
    }

    /// For large units: one to one only, the likeness counted in units of its own noise.
    pub(super) fn coarse(chance: f32, spread: f32, ratio: f32, variance: f32) -> Self {
        Self {
            likeness: 1.0 / spread,
            chance,
            gap: 0.6,
            length: 0.1,
            length_most: 4.0,
            ratio,
            variance: variance * 40.0,
            heading: 0.0,
            note: 0.0,
            split: [1.0; 2],
            sentence_length: 1.0,
            shapes: 1,
            growth: 1.0,
        }
    }

    /// These costs, with what a path says of how often one text splits what the other has as one.
    pub(super) fn with_splits_of(mut self, path: &[Move]) -> Self {
        let beads = || path.iter().filter(|step| step.is_full());
        let further = |parts: &dyn Fn(&Move) -> (usize, usize)| -> f32 {
            let all = beads().map(parts).filter(|(one, _)| *one == 1).map(|(_, many)| many - 1);
            all.sum::<usize>() as f32 / beads().count().max(1) as f32
        };
        let share = |further: f32| RULE / further.max(RULE);
        self.split = [
            share(further(&|step| (step.left.len(), step.right.len()))),
            share(further(&|step| (step.right.len(), step.left.len()))),
        ];
        self
    }

    /// These costs, where both texts are in one language: there words tell more, and neither a gap nor an unlike length has
    /// to keep the path from taking what is not alike.
    pub(super) fn in_one_language(self) -> Self {
        Self {
            gap: ONE_LANGUAGE.0 * self.gap,
            length: ONE_LANGUAGE.1 * self.length,
            sentence_length: SENTENCES,
            ..self
        }
    }

    /// The same for sentences: how often passages are split says nothing of those.
    pub(super) fn of_sentences(&self) -> Self {
        Self { split: [1.0; 2], length: self.sentence_length * self.length, ..self.clone() }
    }

    /// What lengths so far apart cost: half the squared deviation from the expected length, less its mean.
    fn of_lengths(&self, left: f32, right: f32) -> f32 {
        let expected = self.ratio * left;
        let deviation = (right - expected) / (self.variance * (right + expected) / 2.0).sqrt();
        (0.5 * deviation * deviation).min(self.length_most) - 0.5
    }
}

/// The scores of the ways to each pair of places, row by row as wide as the corridor.
struct PathScores {
    low: Vec<usize>,
    starts: Vec<usize>,
    scores: Vec<f32>,
    steps: Vec<u16>,
}

impl PathScores {
    fn new(dots: &Dots<'_>, left: usize, right: usize) -> Self {
        let (mut low, mut starts) = (Vec::with_capacity(left + 1), vec![0]);
        for place in 0..=left {
            let (least, most) = match place.checked_sub(1) {
                Some(unit) => dots.band().row(unit),
                None => (0, if left == 0 { right } else { dots.band().row(0).1 }),
            };
            low.push(least);
            starts.push(starts[place] + most - least + 1);
        }
        let cells = starts[left + 1];
        Self { low, starts, scores: vec![NEVER; cells], steps: vec![NONE; cells] }
    }

    fn cell(&self, left: usize, right: usize) -> Option<usize> {
        let at = self.starts[left] + right.checked_sub(self.low[left])?;
        (at < self.starts[left + 1]).then_some(at)
    }

    fn score(&self, left: usize, right: usize) -> f32 {
        self.cell(left, right).map_or(NEVER, |cell| self.scores[cell])
    }
}

/// Sums over the first so many units, so that those of a run are a difference.
struct Sums {
    norms: Vec<f64>,
    lengths: Vec<f64>,
    headings: Vec<u32>,
    notes: Vec<u32>,
    breaks: Vec<u32>,
}

impl Sums {
    fn of(signs: &Signs) -> Self {
        let sum = |all: &[f32]| {
            let mut sum = 0.0;
            std::iter::once(0.0)
                .chain(all.iter().map(|one| {
                    sum += f64::from(*one);
                    sum
                }))
                .collect()
        };
        let count = |which: &mut dyn Iterator<Item = bool>| {
            let mut count = 0;
            let counts = which.map(|is_one| {
                count += u32::from(is_one);
                count
            });
            std::iter::once(0).chain(counts).collect()
        };
        Self {
            norms: sum(signs.norms()),
            lengths: sum(signs.lengths()),
            headings: count(&mut signs.headings().iter().copied()),
            notes: count(&mut signs.notes().iter().copied()),
            breaks: count(&mut signs.breaks().iter().map(|part| part.is_one())),
        }
    }

    fn norm(&self, run: Range<usize>) -> f32 {
        (self.norms[run.end] - self.norms[run.start]) as f32
    }

    fn length(&self, run: Range<usize>) -> f32 {
        (self.lengths[run.end] - self.lengths[run.start]) as f32
    }

    fn has_heading(&self, run: &Range<usize>) -> bool {
        self.headings[run.end] > self.headings[run.start]
    }

    /// Whether a part begins behind the first unit of a run.
    fn goes_over(&self, run: &Range<usize>) -> bool {
        run.len() > 1 && self.breaks[run.end] > self.breaks[run.start + 1]
    }

    fn has_note(&self, run: &Range<usize>) -> bool {
        self.notes[run.end] > self.notes[run.start]
    }
}

/// The path that gains most, through what is fixed and past what is rejected.
pub(super) fn best_path(left: &Signs, right: &Signs, dots: &Dots<'_>, costs: &Costs, fixed: &Fixed) -> Vec<Move> {
    scored_path(left, right, dots, costs, fixed).0
}

/// The best path together with its gain.
pub(super) fn scored_path(
    left: &Signs,
    right: &Signs,
    dots: &Dots<'_>,
    costs: &Costs,
    fixed: &Fixed,
) -> (Vec<Move>, f32) {
    let (rows, columns) = (left.count(), right.count());
    let mut table = PathScores::new(dots, rows, columns);
    let ways = Ways::new((left, right), dots, costs, fixed);
    for i in 0..=rows {
        let (from, to) = (table.low[i], table.low[i] + table.starts[i + 1] - table.starts[i]);
        for j in from..to {
            let Some(cell) = table.cell(i, j) else { continue };
            if i == 0 && j == 0 {
                table.scores[cell] = 0.0;
                continue;
            }
            let mut best = (NEVER, NONE);
            if i > 0 && !fixed.holds_left(i - 1) {
                best = better(best, table.score(i - 1, j) - costs.gap, LEFT_ONLY);
            }
            if j > 0 && !fixed.holds_right(j - 1) {
                best = better(best, table.score(i, j - 1) - costs.gap, RIGHT_ONLY);
            }
            // Dot products of the last units, summed as far as a bead may reach: sums[a][b] is that of the last a left
            // units with the last b right ones.
            let sums = corner_sums(dots, i, j, if costs.shapes == 1 { 1 } else { LARGEST });
            for (nth, &(a, b, prior)) in SHAPES.iter().take(costs.shapes).enumerate() {
                if a <= i && b <= j {
                    let prior = match (a, b) {
                        (1, _) => costs.split[0] * prior,
                        (_, 1) => costs.split[1] * prior,
                        _ => prior,
                    };
                    let score = ways.score(&table, (i - a..i, j - b..j), sums[a][b], prior);
                    best = better(best, score, nth as u16);
                }
            }
            if costs.shapes > 1 {
                best = ways.with_long_runs(&table, (i, j), &sums, best);
            }
            let met = if best.1 == NONE { 0.0 } else { costs.heading * meeting(left, right, i, j) };
            (table.scores[cell], table.steps[cell]) = (best.0 + met, best.1);
        }
    }
    (walk_back(&table, rows, columns), table.score(rows, columns))
}

/// What it says for two places to be one that a part begins at each.
fn meeting(left: &Signs, right: &Signs, i: usize, j: usize) -> f32 {
    match (left.breaks().get(i), right.breaks().get(j)) {
        (Some(Break::Numbered(one)), Some(Break::Numbered(other))) if one == other => ONE_NUMBER,
        (Some(Break::Numbered(_)), Some(Break::Numbered(_))) => 0.0,
        (Some(one), Some(other)) if one.is_one() && other.is_one() => 1.0,
        _ => 0.0,
    }
}

/// What is looked up for each step.
struct Ways<'a> {
    dots: &'a Dots<'a>,
    costs: &'a Costs,
    fixed: &'a Fixed,
    of_left: Sums,
    of_right: Sums,
    /// By how many times as much a bead of so many units on both sides counts as one of two, and the cosine that chance
    /// gives it.
    weights: Vec<[(f32, f32); LARGEST + 1]>,
}

impl<'a> Ways<'a> {
    fn new((left, right): (&Signs, &Signs), dots: &'a Dots<'a>, costs: &'a Costs, fixed: &'a Fixed) -> Self {
        let weighed = |a: usize, b: usize| {
            let mean = 2.0 * (a * b) as f32 / (a + b).max(1) as f32;
            (mean.powf(costs.growth), costs.chance * ((a * b) as f32).sqrt())
        };
        let weights = (0..=MANY).map(|a| std::array::from_fn(|b| weighed(a, b))).collect();
        Self { dots, costs, fixed, of_left: Sums::of(left), of_right: Sums::of(right), weights }
    }

    /// The score of the way that ends with a bead of these units, whose dot product is `dot`.
    fn score(&self, table: &PathScores, (l, r): (Range<usize>, Range<usize>), dot: f32, prior: f32) -> f32 {
        let before = table.score(l.start, r.start);
        if before <= NEVER / 2.0 || !self.fixed.allows(&l, &r) {
            return NEVER;
        }
        let costs = self.costs;
        let (weight, chance) = self.weights[l.len().max(r.len()).min(MANY)][l.len().min(r.len())];
        let like = cosine(dot, self.of_left.norm(l.clone()), self.of_right.norm(r.clone()));
        let lengths = costs.of_lengths(self.of_left.length(l.clone()), self.of_right.length(r.clone()));
        let mut gain = costs.likeness * weight * (like - chance) - prior - costs.length * weight * lengths;
        let are_single = l.len() == 1 && r.len() == 1;
        let (heads_left, heads_right) = (self.of_left.has_heading(&l), self.of_right.has_heading(&r));
        if heads_left || heads_right {
            let level = are_single && heads_left && heads_right;
            gain += if level { costs.heading } else { -costs.heading };
        }
        if self.of_left.has_note(&l) != self.of_right.has_note(&r) {
            gain -= costs.note;
        }
        if self.of_left.goes_over(&l) || self.of_right.goes_over(&r) {
            gain -= OVER * costs.heading;
        }
        before + gain
    }
}

fn better(best: (f32, u16), score: f32, step: u16) -> (f32, u16) {
    if score > best.0 { (score, step) } else { best }
}

/// The dot products of the last units before `i` and `j`, summed from the corner: `[a][b]` is that of the last `a` and the
/// last `b`.
fn corner_sums(dots: &Dots<'_>, i: usize, j: usize, largest: usize) -> [[f32; LARGEST + 1]; LARGEST + 1] {
    let mut sums = [[0.0f32; LARGEST + 1]; LARGEST + 1];
    for a in 1..=largest.min(i) {
        let above = sums[a - 1];
        let mut row = 0.0;
        for (b, sum) in sums[a].iter_mut().enumerate().take(largest.min(j) + 1).skip(1) {
            row += dots.at(i - a, j - b);
            *sum = row + above[b];
        }
    }
    sums
}

fn walk_back(table: &PathScores, rows: usize, columns: usize) -> Vec<Move> {
    let (mut i, mut j) = (rows, columns);
    let mut path = Vec::new();
    while i > 0 || j > 0 {
        let step = table.cell(i, j).map_or(NONE, |cell| table.steps[cell]);
        let (a, b) = match step {
            LEFT_ONLY => (1, 0),
            RIGHT_ONLY => (0, 1),
            NONE => {
                // Nothing leads here: what is left stands alone.
                path.extend((0..j).rev().map(|at| Move { left: i..i, right: at..at + 1 }));
                path.extend((0..i).rev().map(|at| Move { left: at..at + 1, right: 0..0 }));
                break;
            }
            many if many >= TO_ONE => (usize::from(many - TO_ONE), 1),
            many if many >= ONE_TO => (1, usize::from(many - ONE_TO)),
            nth => (SHAPES[usize::from(nth)].0, SHAPES[usize::from(nth)].1),
        };
        path.push(Move { left: i - a..i, right: j - b..j });
        (i, j) = (i - a, j - b);
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::{Costs, Move};

    #[test]
    fn splits_cost_less_where_they_are_the_rule() {
        let path = |parts: usize| -> Vec<Move> {
            (0..9).map(|at| Move { left: at..at + 1, right: at * parts..(at + 1) * parts }).collect()
        };
        let costs = |path: &[Move]| Costs::fine(1.0, 0.0, 1.0, 7.0).with_splits_of(path).split;
        assert!(costs(&path(1)).iter().all(|cost| (cost - 1.0).abs() < 1e-6));
        assert!(costs(&path(3))[0] < 0.2);
        assert!((costs(&path(3))[1] - 1.0).abs() < 1e-6);
        let merged: Vec<Move> = path(3).into_iter().map(|s| Move { left: s.right, right: s.left }).collect();
        assert!(costs(&merged)[1] < 0.2);
    }
}
