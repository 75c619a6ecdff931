//! What the reader has said, worked into a path that was found without it: only what lies around those passages is laid
//! anew.

use std::ops::Range;

use super::band::corridor;
use super::beads::Way;
use super::dots::Dots;
use super::judged_pairs::{Fixed, JudgedPairs};
use super::pass::{Found, Units};
use super::path::{Move, scored_path};

/// How many steps on either side of a passage that the reader has judged may change.
const AROUND: usize = 30;
/// How far from the path a pair that the reader has joined must be to have been moved.
const FAR: usize = 12;
/// How much the path must lose by going through such a pair for it to count as moved: a dozen passages left alone on
/// either side.
const LOSS: f32 = 60.0;

/// The path with what was said, and what was said as it lies on it.
pub(super) fn way(units: &Units, found: &Found, said: &JudgedPairs) -> (Way, Fixed) {
    let fixed = Fixed::of(said, units.left().count(), units.right().count(), &|pair| is_moved(units, found, pair));
    if fixed.is_empty() {
        return (found.way.clone(), fixed);
    }
    let old = &found.way;
    let mut way = Way { path: Vec::with_capacity(old.path.len()), cosines: Vec::with_capacity(old.path.len()) };
    let mut from = 0;
    for stretch in stretches(&found.way.path, &fixed) {
        way.path.extend_from_slice(&old.path[from..stretch.start]);
        way.cosines.extend_from_slice(&old.cosines[from..stretch.start]);
        for step in again(units, found, &old.path[stretch.clone()], &fixed).0 {
            way.cosines.push(units.cosine_by(&step, &found.table));
            way.path.push(step);
        }
        from = stretch.end;
    }
    way.path.extend_from_slice(&old.path[from..]);
    way.cosines.extend_from_slice(&old.cosines[from..]);
    (way, fixed)
}

/// The stretches of a path around what was said, in order and apart.
fn stretches(path: &[Move], fixed: &Fixed) -> Vec<Range<usize>> {
    let left = |unit: usize| path.partition_point(|step| step.left.end <= unit);
    let right = |unit: usize| path.partition_point(|step| step.right.end <= unit);
    let together = fixed.pairs().chain(fixed.rejected()).map(|(one, other)| {
        let (one, other) = (left(one), right(other));
        one.min(other)..one.max(other) + 1
    });
    // What was moved is taken out where it stands in either text.
    let apart = fixed.moved().flat_map(|(one, other)| [left(one), right(other)]).map(|at| at..at + 1);
    let wide = |at: Range<usize>| at.start.saturating_sub(AROUND)..(at.end + AROUND).min(path.len());
    let mut all: Vec<Range<usize>> = together.chain(apart).map(wide).collect();
    all.sort_by_key(|stretch| stretch.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for stretch in all {
        match merged.last_mut() {
            Some(last) if last.end >= stretch.start => last.end = last.end.max(stretch.end),
            _ => merged.push(stretch),
        }
    }
    merged
}

/// A stretch of the path laid anew, and what it gains.
fn again(units: &Units, found: &Found, old: &[Move], fixed: &Fixed) -> (Vec<Move>, f32) {
    let (Some(first), Some(last)) = (old.first(), old.last()) else { return (Vec::new(), 0.0) };
    let (from, to) = ((first.left.start, first.right.start), (last.left.end, last.right.end));
    let (left, right) = (units.left().of_units(from.0..to.0), units.right().of_units(from.1..to.1));
    let fixed = fixed.within(from.0..to.0, from.1..to.1);
    let band = corridor(&left, &right, &found.table, (found.costs.ratio, found.costs.variance), &fixed);
    let dots = Dots::of(&left, &right, &found.table, &band);
    let (path, gain) = scored_path(&left, &right, &dots, &found.costs, &fixed);
    let shifted = |range: Range<usize>, by: usize| range.start + by..range.end + by;
    let path = path.into_iter().map(|s| Move { left: shifted(s.left, from.0), right: shifted(s.right, from.1) });
    (path.collect(), gain)
}

/// Whether two passages that the reader has joined lie elsewhere in the order of both texts: the path would lose much by
/// going through them.
fn is_moved(units: &Units, found: &Found, (one, other): (usize, usize)) -> bool {
    let path = &found.way.path;
    let at = path.partition_point(|step| step.left.end <= one);
    let Some(step) = path.get(at) else { return false };
    if step.right.start.abs_diff(other) <= FAR || step.right.end.abs_diff(other) <= FAR {
        return false;
    }
    let there = path.partition_point(|step| step.right.end <= other);
    let stretch = at.min(there).saturating_sub(AROUND)..(at.max(there) + 1 + AROUND).min(path.len());
    let gain = |fixed: &Fixed| again(units, found, &path[stretch.clone()], fixed).1;
    gain(&Fixed::default()) - gain(&Fixed::at(one, other)) > LOSS
}
