//! From the path to beads: gaps where sides are far less alike than others of the same texts, what was moved, and how sure
//! each bead is.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::beside::take_in_beside;
use super::foreign::foreign;
use super::in_place::in_place;
use super::judged_pairs::Fixed;
use super::moved::moved;
use super::pass::{Found, Units, median};
use super::path::Move;
use super::signs::Signs;
use super::trim::{takes_in_left, takes_in_right, trimmed};
use super::{Bead, BeadKind};

/// How much less alike than the median bead a weak one is, and from how many signs on that means something.
const WEAK: (f32, usize) = (0.15, 8);
/// A passage of which less than this is in the other text is of another language than that.
const KNOWN: f32 = 0.5;
/// How many beads no more alike than chance were wrong, and within how many deviations that fades: measured on twelve pairs
/// of versions, beads below 1 were right in 91 of 100 cases, above 10 in 998 of 1000.
const UNSURE: f32 = 0.11;
const FADES: f32 = 3.5;
/// Beside what only one text has, so many times as many beads are wrong: measured on the same twelve, of those below 6
/// 37 of 45 were right there, and 492 of 504 elsewhere.
const BESIDE_GAP: f32 = 4.0;
/// So many beads, between gaps of so many passages, stand alone; how sure they are then. In seven cuts of one novel set
/// against the whole of its translation, more of them were wrong than right.
const FEW: usize = 6;
const FAR: usize = 20;
const LONE: f32 = 0.5;
/// How many deviations above the mean of chance a bead must be to stand by itself between gaps.
const NOTHING: f32 = 0.1;
/// How many of the units that were called moved had been.
const MOVED: f32 = 0.93;
/// A passage right behind a heading that is no longer than this may be a title.
const TITLE: f32 = 160.0;

/// A way through both texts, and how alike the sides of each step are.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub path: Vec<Move>,
    /// For each step of the path the cosine of its sides; 0 in a gap.
    pub cosines: Vec<f32>,
}

/// The beads of a way, in the order of the left text: gaps where sides are far less alike than others of the same texts,
/// and what was moved across them.
pub(super) fn beads(units: &Units, found: &Found, way: &Way, fixed: &Fixed) -> Vec<Bead> {
    let chance = found.chance;
    let likeness = |step: &Move, cosine: f32| chance.above(step, cosine);
    let full = |(step, _): &(&Move, &f32)| step.is_full();
    let all = || way.path.iter().zip(&way.cosines);
    let usual = median(all().filter(full).map(|(step, cosine)| likeness(step, *cosine)).collect());
    // There a bead that is far less alike than others is dropped.
    let strict = units.is_one_language();
    let shared = strict.then(|| units.shared());
    let signs =
        |signs: &Signs, range: &Range<usize>| -> usize { range.clone().map(|unit| signs.row(unit).len()).sum() };
    // A passage that is in another language than its text is known by it: hardly a word of it is in the other text.
    let tells = |step: &Move| {
        shared.as_ref().is_some_and(|[of_left, of_right]| {
            (signs(units.left(), &step.left) >= WEAK.1 || signs(units.right(), &step.right) >= WEAK.1)
                && is_of_one(units.left(), &step.left, of_left)
                && is_of_one(units.right(), &step.right, of_right)
        })
    };
    let only = |side: Range<usize>, kind: BeadKind| side.map(move |at| alone(at, kind));
    let foreign = foreign(units, way, usual, likeness);
    let mut beads = Vec::with_capacity(way.path.len());
    for ((step, cosine), is_foreign) in all().zip(foreign) {
        let likeness = likeness(step, *cosine);
        let both = step.is_full();
        let said = step.left.clone().any(|unit| fixed.holds_left(unit));
        let is_weak = || likeness < WEAK.0 * usual && tells(step);
        if both && (said || !is_foreign && !is_weak()) {
            let kept = if strict && !said { trimmed(units, found, step) } else { step.clone() };
            let confidence = if said { 1.0 } else { confidence(likeness) };
            beads.extend(only(step.left.start..kept.left.start, BeadKind::OnlyLeft));
            beads.extend(only(step.right.start..kept.right.start, BeadKind::OnlyRight));
            let (left, right) = (narrow(&kept.left), narrow(&kept.right));
            beads.push(Bead { left, right, kind: BeadKind::Changed, confidence, heading: None });
            beads.extend(only(kept.left.end..step.left.end, BeadKind::OnlyLeft));
            beads.extend(only(kept.right.end..step.right.end, BeadKind::OnlyRight));
        } else {
            beads.extend(only(step.left.clone(), BeadKind::OnlyLeft));
            beads.extend(only(step.right.clone(), BeadKind::OnlyRight));
        }
    }
    if strict {
        take_in(units, found, fixed, &mut beads);
    }
    take_in_beside(units, found, fixed, &mut beads);
    with_moved(units, found, fixed, without_remnants(beads))
}

/// Whether enough of the signs of these units are in the other text, too, for one to miss them where they are not across.
fn is_of_one(signs: &Signs, units: &Range<usize>, shared: &[bool]) -> bool {
    let (mut had, mut all) = (0, 0);
    for &sign in units.clone().flat_map(|unit| signs.row(unit)) {
        had += usize::from(shared[sign as usize]);
        all += 1;
    }
    had as f32 >= KNOWN * all as f32
}

/// Has beads take in what stands alone beside them and is said on their other side.
fn take_in(units: &Units, found: &Found, fixed: &Fixed, beads: &mut Vec<Bead>) {
    let wide = |range: &Range<u32>| range.start as usize..range.end as usize;
    // Whatever stands between two beads: each of them is tried with what is next to it.
    for back in [false, true] {
        let mut last: Option<usize> = None;
        let order: Vec<usize> = if back { (0..beads.len()).rev().collect() } else { (0..beads.len()).collect() };
        for at in order {
            if !beads[at].is_gap() {
                last = Some(at);
                continue;
            }
            let Some(beside) = last else { continue };
            let (alone, bead) = (&beads[at], &beads[beside]);
            let joined = |one: &Range<u32>, other: &Range<u32>| match other.is_empty() {
                true => Some(one.clone()),
                false if one.end == other.start => Some(one.start..other.end),
                false if other.end == one.start => Some(other.start..one.end),
                false => None,
            };
            let Some(left) = joined(&bead.left, &alone.left) else { continue };
            let Some(right) = joined(&bead.right, &alone.right) else { continue };
            let step = Move { left: wide(&bead.left), right: wide(&bead.right) };
            let belongs = match alone.kind {
                BeadKind::OnlyLeft => takes_in_left(units, found, &step, alone.left.start as usize),
                _ => takes_in_right(units, found, &step, alone.right.start as usize),
            };
            if belongs && fixed.allows(&wide(&left), &wide(&right)) {
                (beads[beside].left, beads[beside].right) = (left, right);
                (beads[at].left, beads[at].right) = (0..0, 0..0);
            }
        }
    }
    beads.retain(|bead| !bead.left.is_empty() || !bead.right.is_empty());
}

/// The beads without those that have nothing in common and stand by themselves among what only one text has: there the path
/// took them for one another since two gaps cost it more.
fn without_remnants(beads: Vec<Bead>) -> Vec<Bead> {
    let is_alone = |at: Option<usize>| at.and_then(|at| beads.get(at)).is_none_or(Bead::is_gap);
    let are_remnants: Vec<bool> = beads
        .iter()
        .enumerate()
        .map(|(at, bead)| {
            let (before, after) = (at.checked_sub(1), Some(at + 1));
            let is_whole = before.is_none() && at + 1 == beads.len();
            let is_nothing = !bead.is_gap() && bead.confidence < confidence(NOTHING);
            is_nothing && !is_whole && is_alone(before) && is_alone(after)
        })
        .collect();
    let only = |range: &Range<u32>, kind| range.clone().map(move |at| alone(at as usize, kind)).collect::<Vec<_>>();
    let split = |(bead, is_remnant): (Bead, bool)| {
        if is_remnant {
            [only(&bead.left, BeadKind::OnlyLeft), only(&bead.right, BeadKind::OnlyRight)].concat()
        } else {
            vec![bead]
        }
    };
    beads.into_iter().zip(are_remnants).flat_map(split).collect()
}

/// Adds the beads of what was moved, taken out of the units that were left over.
fn with_moved(units: &Units, found: &Found, fixed: &Fixed, beads: Vec<Bead>) -> Vec<Bead> {
    let over = |kind: BeadKind| -> Vec<usize> {
        let of_kind = beads.iter().filter(|bead| bead.kind == kind);
        of_kind.map(|bead| bead.left.start.max(bead.right.start) as usize).collect()
    };
    let (left_over, right_over) = (over(BeadKind::OnlyLeft), over(BeadKind::OnlyRight));
    let chance = (found.chance.mean, found.chance.spread);
    let matches = moved(units.left(), units.right(), &found.table, (&left_over, &right_over), chance);
    let by_reader = fixed.moved().map(|(one, other)| (one, other, 1.0));
    // The line of a table of contents is not the title that has left its place.
    let is_listed = |one: usize, other: usize| {
        let [left, right] = [(units.left(), one), (units.right(), other)];
        let begins = |(signs, at): (&Signs, usize)| signs.breaks()[at].is_one();
        let is_title = |(signs, at): (&Signs, usize)| signs.breaks()[at].is_one() && signs.lengths()[at] <= TITLE;
        begins(left) != begins(right) && (is_title(left) || is_title(right))
    };
    let likely = matches.into_iter().filter(|(one, other, _)| !fixed.rejects(*one, *other) && !is_listed(*one, *other));
    let [left_over, right_over]: [BTreeSet<usize>; 2] = [left_over, right_over].map(|all| all.into_iter().collect());
    // What the reader has moved may be among what was found to be moved: it comes first.
    let mut across: BTreeMap<usize, (usize, f32)> = BTreeMap::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for (one, other, confidence) in by_reader.chain(likely.map(|(one, other, _)| (one, other, MOVED))) {
        let is_over = left_over.contains(&one) && right_over.contains(&other);
        if is_over && !across.contains_key(&one) && taken.insert(other) {
            across.insert(one, (other, confidence));
        }
    }
    let with_moved = beads.into_iter().filter_map(|bead| match bead.kind {
        BeadKind::OnlyRight if taken.contains(&(bead.right.start as usize)) => None,
        BeadKind::OnlyLeft => match across.get(&(bead.left.start as usize)) {
            Some(&(other, confidence)) => {
                let right = narrow(&(other..other + 1));
                Some(Bead { right, kind: BeadKind::Moved, confidence, ..bead })
            }
            None => Some(bead),
        },
        _ => Some(bead),
    });
    let said: BTreeSet<(usize, usize)> = fixed.moved().collect();
    let is_said = |one: u32, other: u32| said.contains(&(one as usize, other as usize));
    let sure = |one: u32, other: u32| {
        let step = Move { left: one as usize..one as usize + 1, right: other as usize..other as usize + 1 };
        confidence(found.chance.above(&step, units.cosine_by(&step, &found.table)))
    };
    let mut beads = in_place(with_moved.collect(), units.right().count() as u32, &is_said, &sure);
    // What was set in its place has neighbours that are of it.
    take_in_beside(units, found, fixed, &mut beads);
    beads
}

/// Whether a bead's sides lie across from each other, at one place of the order of both texts.
pub(super) fn is_across(bead: &Bead) -> bool {
    matches!(bead.kind, BeadKind::Same | BeadKind::Changed)
}

/// How many of the beads this far above chance were right, where it was measured (see `benches/README.md`).
pub(super) fn confidence(likeness: f32) -> f32 {
    1.0 - UNSURE * (-likeness.max(0.0) / FADES).exp()
}

/// Has the beads beside what only one text has say how much less sure they are.
pub(super) fn doubt_beside_gaps(beads: &mut [Bead]) {
    for at in 0..beads.len() {
        let is_gap = |at: Option<usize>| at.and_then(|at| beads.get(at)).is_some_and(Bead::is_gap);
        if is_across(&beads[at]) && (is_gap(at.checked_sub(1)) || is_gap(Some(at + 1))) {
            beads[at].confidence = 1.0 - BESIDE_GAP * (1.0 - beads[at].confidence);
        }
    }
}

/// Has beads that stand alone, far from others on both sides, say that they are not sure: beside a long part that only one
/// text has, the path takes any two passages for one another that are a little alike, and they may be anywhere.
pub(super) fn doubt_far_from_others(beads: &mut [Bead]) {
    let ends = |from: usize, across: bool, beads: &[Bead]| {
        (from..beads.len()).find(|at| is_across(&beads[*at]) != across).unwrap_or(beads.len())
    };
    let is_long = |gap: &[Bead]| {
        let only = |kind: BeadKind| gap.iter().filter(|bead| bead.kind == kind).count();
        only(BeadKind::OnlyLeft).max(only(BeadKind::OnlyRight)) >= FAR
    };
    let mut from = ends(0, false, beads);
    let mut is_far = is_long(&beads[..from]);
    while from < beads.len() {
        let to = ends(from, true, beads);
        let next = ends(to, false, beads);
        let is_far_behind = is_long(&beads[to..next]);
        if to - from < FEW && is_far && is_far_behind {
            // What is the same word for word, or was said by the reader, is sure wherever it stands.
            let doubted = beads[from..to].iter_mut().filter(|b| b.kind != BeadKind::Same && b.confidence < 1.0);
            doubted.for_each(|bead| bead.confidence = bead.confidence.min(LONE));
        }
        (from, is_far) = (next, is_far_behind);
    }
}

fn alone(at: usize, kind: BeadKind) -> Bead {
    let range = narrow(&(at..at + 1));
    match kind {
        BeadKind::OnlyRight => Bead { left: 0..0, right: range, kind, confidence: 0.0, heading: None },
        _ => Bead { left: range, right: 0..0, kind, confidence: 0.0, heading: None },
    }
}

/// A range of units, as beads have it.
pub(super) fn narrow(range: &Range<usize>) -> Range<u32> {
    range.start as u32..range.end as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bead_far_from_others_is_not_sure_and_those_that_follow_each_other_are() {
        let across = |left: u32, right: u32, kind: BeadKind, confidence: f32| Bead {
            left: left..left + 1,
            right: right..right + 1,
            kind,
            confidence,
            heading: None,
        };
        let only = |right: Range<usize>| right.map(|at| alone(at, BeadKind::OnlyRight));
        let mut beads: Vec<Bead> = only(0..40).collect();
        beads.push(across(0, 40, BeadKind::Changed, 0.99));
        beads.extend(only(41..80));
        beads.push(across(1, 80, BeadKind::Same, 0.99));
        beads.extend(only(81..120));
        beads.extend((0..8).map(|nth| across(2 + nth, 120 + nth, BeadKind::Changed, 0.99)));
        beads.extend(only(128..168));
        doubt_far_from_others(&mut beads);
        let unsure: Vec<u32> = beads.iter().filter(|bead| bead.is_unsure()).map(|bead| bead.left.start).collect();
        assert_eq!(unsure, [0]);
    }
}
