//! What a bead takes in and what not, beyond what the path says.
//!
//! What does not belong to a bead though the path took it in: a short passage that only one text has costs the path less
//! beside its neighbour than alone. In one language its words tell: the other side has hardly any of them, and it has those
//! of its neighbour. What is known of the words of two languages is too little for that.

use std::collections::BTreeMap;
use std::ops::Range;

use super::pass::{Found, Units};
use super::path::Move;
use super::signs::Signs;

/// Fewer signs than this say nothing.
const FEWEST: usize = 4;
/// So much less of an outer unit than of the others must be on the other side.
const LESS: f32 = 0.3;
/// So much of a unit beside a bead must be on its other side, where it has nothing across yet, to belong to it.
const MOST: f32 = 0.6;
/// A sign that has less than this across has nothing.
const NOTHING: f32 = 0.3;

/// The step without what does not belong to it, from the outside inwards.
pub(super) fn trimmed(units: &Units, found: &Found, step: &Move) -> Move {
    let mut kept = step.clone();
    while let Some(shorter) = shorter(units, found, &kept) {
        kept = shorter;
    }
    kept
}

/// Whether a unit of the left text that stands alone belongs to this step beside it: its words are on the other side, and
/// nothing else here says them.
pub(super) fn takes_in_left(units: &Units, found: &Found, step: &Move, unit: usize) -> bool {
    let said = across_of_right(units, found, step);
    let unsaid = |sign: &u32| said.get(sign).is_none_or(|worth| *worth < NOTHING);
    let mut there: Vec<u32> =
        step.right.clone().flat_map(|unit| units.right().row(unit)).copied().filter(unsaid).collect();
    there.sort_unstable();
    is_there(units.left(), unit, |sign| best(found.table.of(sign), &there))
}

/// Whether a unit of the right text that stands alone belongs to this step beside it.
pub(super) fn takes_in_right(units: &Units, found: &Found, step: &Move, unit: usize) -> bool {
    let unsaid = across_of_left(units, found, step).into_iter().filter(|(_, worth)| *worth < NOTHING);
    let here = said_by(found, unsaid.map(|(sign, _)| sign));
    is_there(units.right(), unit, |sign| here.get(&sign).copied().unwrap_or(0.0))
}

fn is_there(signs: &Signs, unit: usize, across: impl Fn(u32) -> f32) -> bool {
    let weight = |sign: u32| signs.idf()[sign as usize].powi(2);
    let row = signs.row(unit);
    let all: f32 = row.iter().map(|&sign| weight(sign)).sum();
    let there: f32 = row.iter().map(|&sign| weight(sign) * across(sign)).sum();
    row.len() >= FEWEST && there >= MOST * all
}

/// The step with one unit less, if one of its outer units does not belong to it.
fn shorter(units: &Units, found: &Found, step: &Move) -> Option<Move> {
    if step.left.len() > 1 {
        let there = across_of_left(units, found, step);
        let left = without(units.left(), &step.left, |sign| there.get(&sign).copied().unwrap_or(0.0));
        if let Some(left) = left {
            return Some(Move { left, right: step.right.clone() });
        }
    }
    if step.right.len() > 1 {
        let here = across_of_right(units, found, step);
        let right = without(units.right(), &step.right, |sign| here.get(&sign).copied().unwrap_or(0.0))?;
        return Some(Move { left: step.left.clone(), right });
    }
    None
}

/// A run of units without its first or its last, if that has far less across than the others by what each sign has there.
fn without(signs: &Signs, run: &Range<usize>, across: impl Fn(u32) -> f32) -> Option<Range<usize>> {
    let weighed = |unit: usize| -> (f32, f32) {
        let weight = |sign: u32| signs.idf()[sign as usize].powi(2);
        let row = signs.row(unit).iter();
        row.fold((0.0, 0.0), |(had, all), &sign| (weight(sign).mul_add(across(sign), had), all + weight(sign)))
    };
    let share = |(had, all): (f32, f32)| had / all.max(f32::MIN_POSITIVE);
    let of: Vec<(f32, f32)> = run.clone().map(weighed).collect();
    let whole = of.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let stands_out = |at: usize| {
        let others = (whole.0 - of[at].0, whole.1 - of[at].1);
        signs.row(run.start + at).len() >= FEWEST && share(of[at]) < LESS * share(others)
    };
    match (stands_out(0), stands_out(of.len() - 1)) {
        (true, true) if share(of[0]) < share(of[of.len() - 1]) => Some(run.start + 1..run.end),
        (_, true) => Some(run.start..run.end - 1),
        (true, false) => Some(run.start + 1..run.end),
        (false, false) => None,
    }
}

/// For each sign of the left units how much of it the right ones have.
pub(super) fn across_of_left(units: &Units, found: &Found, step: &Move) -> BTreeMap<u32, f32> {
    let mut there: Vec<u32> = step.right.clone().flat_map(|unit| units.right().row(unit)).copied().collect();
    there.sort_unstable();
    let signs = step.left.clone().flat_map(|unit| units.left().row(unit));
    signs.map(|&sign| (sign, best(found.table.of(sign), &there))).collect()
}

/// What the best of some signs is worth that are among these, which are in order.
fn best(known: &[(u32, f32)], there: &[u32]) -> f32 {
    let known = known.iter().filter(|(other, _)| there.binary_search(other).is_ok());
    known.map(|(_, worth)| *worth).fold(0.0, f32::max)
}

/// For each sign of the right units how much of it the left ones have.
pub(super) fn across_of_right(units: &Units, found: &Found, step: &Move) -> BTreeMap<u32, f32> {
    said_by(found, step.left.clone().flat_map(|unit| units.left().row(unit)).copied())
}

/// For each right sign that these left ones say, what the best of them is worth.
fn said_by(found: &Found, signs: impl Iterator<Item = u32>) -> BTreeMap<u32, f32> {
    let mut said: BTreeMap<u32, f32> = BTreeMap::new();
    for &(other, worth) in signs.flat_map(|sign| found.table.of(sign)) {
        let best = said.entry(other).or_default();
        *best = best.max(worth);
    }
    said
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;

    #[test]
    fn a_step_of_several_on_both_sides_is_trimmed_on_either() {
        let passage = |at: usize| (0..12).map(|nth| format!("wort{at}x{nth}")).collect::<Vec<_>>().join(" ");
        let common: Vec<String> = (0..30).map(passage).collect();
        let mut more = common.clone();
        more.insert(2, passage(90));
        let [common, more] = [&common, &more].map(|all| all.iter().map(String::as_str).collect::<Vec<_>>());
        let trimmed_of = |left: &[&str], right: &[&str], step: Move| {
            let units = Units::of(left, right);
            let found = units.passes_unless(&mut |_| true, &|_, _| ControlFlow::Continue(())).continue_value().unwrap();
            trimmed(&units, &found, &step)
        };
        let both = Move { left: 0..2, right: 0..2 };
        assert_eq!(trimmed_of(&common, &more, Move { left: 0..2, right: 0..3 }), both);
        assert_eq!(trimmed_of(&more, &common, Move { left: 0..3, right: 0..2 }), both);
    }
}
