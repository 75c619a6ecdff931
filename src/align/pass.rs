//! The passes of an alignment: a path by what is known of the words so far, then what that path teaches of them.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::Progress;
use super::band::{Band, corridor_along};
use super::beads::Way;
use super::breaks::{breaks, entries};
use super::dots::{Dots, cosine, cosines_of};
use super::equal::Equal;
use super::judged_pairs::Fixed;
use super::path::{Costs, MANY, Move, best_path};
use super::signs::{SignKind, Signs, kind};
use super::table::{Table, learn};

use crate::text::Text;

/// How often a path is found, and in how many steps.
const PASSES: usize = 3;
const STEPS: usize = 4;
/// What the whole likeness of a typical bead gains.
const LIKENESS: f32 = 3.5;
/// The variance of a translation's length per character of one language (Gale and Church 1993), for sentences; longer
/// units vary more.
const VARIANCE: f32 = 6.8;
/// Random pairs from which chance is told, and how far from the diagonal they must be.
const RANDOM: (usize, f32) = (3000, 0.12);

/// Texts that share this much of their words count as being in one language.
const ONE_LANGUAGE: f32 = 0.6;
/// By how many of the commonest words it is told whether two texts are in one language, and how many times rarer one may be
/// in the other text.
const COMMONEST: usize = 120;
const RARER: f32 = 4.0;

/// Two texts in units, ready to be aligned.
#[derive(Debug)]
pub(super) struct Units {
    left: Arc<Signs>,
    right: Arc<Signs>,
    /// What is known of the words without having seen what lies across.
    spelt: Arc<Table>,
    /// What is the same in both.
    equal: Equal,
    /// Whether the right text is read backwards. Then nothing is level, and the costs of one language, which let a path leave out
    /// what is not alike, would have it pick what happens to be.
    are_backwards: bool,
}

/// The likeness that chance gives.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chance {
    /// Its mean cosine.
    pub mean: f32,
    /// Its standard deviation.
    pub spread: f32,
    /// The cosine that one random pair in a hundred has.
    pub high: f32,
}

impl Chance {
    /// How many deviations above the mean of chance the sides of a bead are alike. The more units it has, the more do its
    /// sides have in common by chance.
    pub(super) fn above(&self, step: &Move, cosine: f32) -> f32 {
        let units = (step.left.len().max(1) * step.right.len().max(1)).min(MANY) as f32;
        (cosine - self.mean * units.sqrt()) / self.spread
    }
}

/// What the last pass found.
#[derive(Debug)]
pub(super) struct Found {
    pub way: Way,
    pub chance: Chance,
    pub table: Table,
    /// What counted how much.
    pub costs: Costs,
}

impl Units {
    pub(super) fn of(left: &[&str], right: &[&str]) -> Self {
        Self::with(left, right, |_, signs| signs)
    }

    /// The passages of two texts.
    pub(super) fn of_texts(texts: [&Text; 2]) -> Self {
        let [left, right] = texts.map(passages);
        Self::with(&left, &right, |side, signs| signs.with_parts(breaks(texts[side]), &entries(texts[side])))
    }

    fn with(left: &[&str], right: &[&str], known: impl Fn(usize, Signs) -> Signs) -> Self {
        let equal = Equal::of(left, right);
        let signs = |side: usize, units: &[&str]| Arc::new(known(side, Signs::of(units.iter().copied())));
        let (left, right) = (signs(0, left), signs(1, right));
        let spelt = Arc::new(Table::spelt(&left, &right));
        Self { left, right, spelt, equal, are_backwards: false }
    }

    /// These units with the right text read backwards.
    pub(super) fn backwards(&self) -> Self {
        let right = self.right.of_units((0..self.right.count()).rev());
        let (left, spelt) = (Arc::clone(&self.left), Arc::clone(&self.spelt));
        Self { left, right: Arc::new(right), spelt, equal: Equal::default(), are_backwards: true }
    }

    /// What is the same in both.
    pub(super) fn equal(&self) -> &Equal {
        &self.equal
    }

    pub(super) fn left(&self) -> &Signs {
        &self.left
    }

    pub(super) fn right(&self) -> &Signs {
        &self.right
    }

    /// Finds the path, teaching the table between the passes.
    pub(super) fn passes(&self, progress: Progress<'_>) -> ControlFlow<(), Found> {
        self.passes_unless(&mut |_| false, progress)
    }

    /// The same, or the path by what is known of the words without having seen what lies across, where that is `enough`.
    pub(super) fn passes_unless(
        &self,
        enough: &mut dyn FnMut(&Found) -> bool,
        progress: Progress<'_>,
    ) -> ControlFlow<(), Found> {
        let (left, right) = (&*self.left, &*self.right);
        let free = Fixed::default();
        let is_one_language = !self.are_backwards && self.is_one_language();
        let mut table = Table::clone(&self.spelt);
        let sum = |all: &[f32]| all.iter().sum::<f32>().max(1.0);
        let mut ratio = sum(right.lengths()) / sum(left.lengths());
        let mut variance = VARIANCE * (median(left.lengths().to_vec()) / 200.0).max(1.0);
        let mut likeness = None;
        let mut before: Option<Vec<Move>> = None;
        for pass in 1.. {
            let step = |nth: usize| progress((pass - 1) * STEPS + nth, PASSES * STEPS);
            step(0)?;
            let band = if left.count() == 0 || right.count() == 0 {
                Band::whole(left.count(), right.count())
            } else {
                corridor_along(left, right, &self.equal, &table, (ratio, variance))
            };
            step(1)?;
            let dots = Dots::of(left, right, &table, &band);
            step(2)?;
            let chance = self.chance(&table);
            let gains = likeness.unwrap_or_else(|| LIKENESS / (4.0 * chance.spread + chance.mean).max(0.08));
            let mut costs = Costs::fine(gains, chance.mean, ratio, variance);
            if is_one_language {
                costs = costs.in_one_language();
            }
            if let Some(before) = &before {
                costs = costs.with_splits_of(before);
            }
            let path = best_path(left, right, &dots, &costs, &free);
            step(3)?;
            let cosines: Vec<f32> = path.iter().map(|step| self.cosine(step, &dots)).collect();
            let found = Found { way: Way { path, cosines }, chance, table, costs };
            if pass == PASSES || pass == 1 && enough(&found) {
                return ControlFlow::Continue(found);
            }
            let Way { path, cosines } = &found.way;
            let single = || path.iter().zip(cosines).filter(|(step, _)| step.left.len() == 1 && step.right.len() == 1);
            if single().count() > 10 {
                let lengths: Vec<(f32, f32)> = single()
                    .map(|(step, _)| (left.lengths()[step.left.start], right.lengths()[step.right.start]))
                    .collect();
                ratio = lengths.iter().map(|l| l.1).sum::<f32>() / lengths.iter().map(|l| l.0).sum::<f32>();
                let off = |(l, r): &(f32, f32)| ((r - ratio * l) / ((r + ratio * l) / 2.0).sqrt()).abs();
                // The median of absolute deviations, as a standard deviation; a little wider, for what was not found.
                variance = 1.2 * (1.48 * median(lengths.iter().map(off).collect())).powi(2).max(1.0);
                let usual = median(single().map(|(_, cosine)| *cosine).collect());
                likeness = Some(LIKENESS / (usual - chance.mean).max(3.0 * chance.spread).max(0.02));
            }
            table = self.spelt.and(learn(left, right, &small(path.iter())));
            before = Some(found.way.path);
        }
        unreachable!("the last pass returns")
    }

    /// What some beads teach of the words, and what chance gives by that.
    pub(super) fn taught_by<'a>(&self, beads: impl Iterator<Item = &'a Move>) -> (Table, Chance) {
        let learned = learn(&self.left, &self.right, &small(beads));
        let table = self.spelt.and(learned);
        let chance = self.chance(&table);
        (table, chance)
    }

    /// The cosine of the sides of a bead by some table.
    pub(super) fn cosine_by(&self, step: &Move, table: &Table) -> f32 {
        let mut pairs: Vec<(u32, u32)> = pairs_of(step).collect();
        let cosines = cosines_of(&self.left, &self.right, table, &mut pairs);
        let norms = |&(l, r): &(u32, u32)| (self.left.norms()[l as usize] * self.right.norms()[r as usize]).sqrt();
        let dot = pairs.iter().zip(cosines).map(|(pair, cosine)| cosine * norms(pair)).sum();
        cosine(dot, norm(&self.left, &step.left), norm(&self.right, &step.right))
    }

    fn cosine(&self, step: &Move, dots: &Dots<'_>) -> f32 {
        if !step.is_full() {
            return 0.0;
        }
        let dot = pairs_of(step).map(|(l, r)| dots.at(l as usize, r as usize)).sum();
        cosine(dot, norm(&self.left, &step.left), norm(&self.right, &step.right))
    }

    /// What random pairs have in common. Drawn the same way each time, so that one pair of texts has one alignment.
    fn chance(&self, table: &Table) -> Chance {
        let (rows, columns) = (self.left.count() as u64, self.right.count() as u64);
        if rows == 0 || columns == 0 {
            return Chance { mean: 0.0, spread: 1e-4, high: 0.0 };
        }
        let mut state = 1u64;
        let mut draw = |below: u64| {
            // SplitMix64 (Steele, Lea and Flood 2014).
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) % below) as u32
        };
        let far = |&(l, r): &(u32, u32)| (l as f32 / rows as f32 - r as f32 / columns as f32).abs() > RANDOM.1;
        let mut pairs: Vec<(u32, u32)> = (0..RANDOM.0).map(|_| (draw(rows), draw(columns))).filter(far).collect();
        let mut cosines = cosines_of(&self.left, &self.right, table, &mut pairs);
        if cosines.is_empty() {
            return Chance { mean: 0.0, spread: 1e-4, high: 0.0 };
        }
        cosines.sort_by(f32::total_cmp);
        let high = cosines[(cosines.len() - 1) * 99 / 100];
        // The highest may be no chance.
        let usual = &cosines[..=(cosines.len() - 1) * 99 / 100];
        let mean = usual.iter().sum::<f32>() / usual.len() as f32;
        let spread = (usual.iter().map(|c| (c - mean).powi(2)).sum::<f32>() / usual.len() as f32).sqrt() + 1e-4;
        Chance { mean, spread, high }
    }

    /// Whether the two texts are in one language: what is not alike there is not the same.
    pub(super) fn is_one_language(&self) -> bool {
        self.common() > ONE_LANGUAGE
    }

    /// What share of the right text's words the left one has too, mentions counted.
    ///
    /// Only the commonest words are asked, and only those count that are about as common in both: names, numbers and program
    /// text can be most of two texts in two languages.
    fn common(&self) -> f32 {
        let mut commonest: Vec<(u32, &str)> = self
            .right
            .written()
            .filter(|(word, _)| matches!(kind(word), SignKind::Word | SignKind::Character))
            .map(|(word, number)| (self.right.df(number), word))
            .collect();
        commonest.sort_unstable_by(|a, b| b.cmp(a));
        commonest.truncate(COMMONEST);
        let often = |df: u32, signs: &Signs| df as f32 / signs.count().max(1) as f32;
        let (mut same, mut all) = (0.0, 0.0);
        for (df, word) in commonest {
            let here = often(df, &self.right);
            let there = self.left.number_of(word).map_or(0.0, |number| often(self.left.df(number), &self.left));
            all += here;
            same += if there * RARER >= here { here } else { 0.0 };
        }
        same / all.max(f32::MIN_POSITIVE)
    }

    /// Which of the signs of both texts the other text has as well.
    pub(super) fn shared(&self) -> [Vec<bool>; 2] {
        let mut shared = [vec![false; self.left.kinds()], vec![false; self.right.kinds()]];
        for (word, number) in self.left.written() {
            if let Some(other) = self.right.number_of(word) {
                (shared[0][number as usize], shared[1][other as usize]) = (true, true);
            }
        }
        shared
    }
}

/// The words of every passage.
pub(super) fn passages(text: &Text) -> Vec<&str> {
    text.numbering().passages().map(|passage| text.passage_str(passage)).collect()
}

/// All pairs of a left and a right unit of a bead.
fn pairs_of(step: &Move) -> impl Iterator<Item = (u32, u32)> + use<> {
    let right = step.right.clone();
    step.left.clone().flat_map(move |l| right.clone().map(move |r| (l as u32, r as u32)))
}

/// The pairs of the small beads, from which words are learned.
fn small<'a>(path: impl Iterator<Item = &'a Move>) -> Vec<(u32, u32)> {
    path.filter(|step| (1..=2).contains(&(step.left.len() * step.right.len()))).flat_map(pairs_of).collect()
}

/// The sum of the squared weights of some units.
fn norm(signs: &Signs, units: &std::ops::Range<usize>) -> f32 {
    signs.norms()[units.clone()].iter().sum()
}

/// The middle one of some values; 0 of none.
pub(super) fn median(mut values: Vec<f32>) -> f32 {
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}
