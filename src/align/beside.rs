//! What stands alone beside a bead whose other side says it.
//!
//! One passage more makes a bead less likely by its shape, and of two languages its words are hardly known: the path leaves
//! out what a translator has put into the paragraph beside it. That a single passage was left out is rare, and it has
//! something in common with the other side if it was not: of 89 that the path left alone
//! beside a bead, in six pairs of two languages with gold, 83 were there.

use std::ops::Range;

use super::beads::{confidence, is_across, narrow};
use super::breaks::Break;
use super::judged_pairs::Fixed;
use super::pass::{Found, Units};
use super::path::Move;
use super::{Bead, BeadKind};

/// So far above chance it must be like the other side of the bead.
const ALIKE: f32 = 3.0;
/// By so much the whole may be less above chance than the bead was without it.
const LESS: f32 = 1.0;
/// So many times as long as the other side, by the ratio of both texts, its side may be then; a translator who abridges
/// makes more of it, where what was alone is the more like the other side.
const LONGEST: f32 = 1.7;
const MUCH_ALIKE: f32 = 4.5;
const ABRIDGED: f32 = 2.2;

/// Has beads take in a single passage beside them.
pub(super) fn take_in_beside(units: &Units, found: &Found, fixed: &Fixed, beads: &mut Vec<Bead>) {
    for at in 0..beads.len() {
        let is_single = beads[at].is_gap() && beads[at].left.len() + beads[at].right.len() == 1;
        if !is_single {
            continue;
        }
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter(|beside| *beside < beads.len());
        let best = beside
            .filter_map(|beside| Some((gain(units, found, fixed, [&beads[at], &beads[beside]])?, beside)))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, beside)) = best {
            let whole = together(&beads[at], &beads[beside]);
            let bead = &mut beads[beside];
            (bead.left, bead.right) = (narrow(&whole.left), narrow(&whole.right));
            let above = found.chance.above(&whole, units.cosine_by(&whole, &found.table));
            bead.confidence = bead.confidence.max(confidence(above));
            (beads[at].left, beads[at].right) = (0..0, 0..0);
        }
    }
    beads.retain(|bead| !bead.left.is_empty() || !bead.right.is_empty());
}

/// How much further above chance the bead is with what is alone beside it; `None` where that does not belong to it.
pub(super) fn gain(units: &Units, found: &Found, fixed: &Fixed, [alone, bead]: [&Bead; 2]) -> Option<f32> {
    let joins =
        |one: &Range<u32>, other: &Range<u32>| one.is_empty() || one.end == other.start || other.end == one.start;
    if !is_across(bead) || !joins(&alone.left, &bead.left) || !joins(&alone.right, &bead.right) {
        return None;
    }
    let (before, whole) = (wide(bead), together(alone, bead));
    let is_left = alone.kind == BeadKind::OnlyLeft;
    let step = if is_left {
        Move { left: wide(alone).left, right: before.right.clone() }
    } else {
        Move { left: before.left.clone(), right: wide(alone).right }
    };
    let goes_over = |whole: &Range<usize>, breaks: &[Break]| whole.clone().skip(1).any(|unit| breaks[unit].is_one());
    let goes_over = goes_over(&whole.left, units.left().breaks()) || goes_over(&whole.right, units.right().breaks());
    let above = |step: &Move| found.chance.above(step, units.cosine_by(step, &found.table));
    let length = |lengths: &[f32], side: &Range<usize>| lengths[side.clone()].iter().sum::<f32>();
    let left = found.costs.ratio * length(units.left().lengths(), &whole.left);
    let right = length(units.right().lengths(), &whole.right);
    let longer = if is_left { left / right } else { right / left };
    let gain = above(&whole) - above(&before);
    let alike = above(&step);
    let longest = if alike >= MUCH_ALIKE { ABRIDGED } else { LONGEST };
    let belongs = longer <= longest && gain >= -LESS && !goes_over && alike >= ALIKE;
    (belongs && fixed.allows(&whole.left, &whole.right)).then_some(gain)
}

fn together(one: &Bead, other: &Bead) -> Move {
    let joined = |one: &Range<u32>, other: &Range<u32>| match (one.is_empty(), other.is_empty()) {
        (true, _) => other.clone(),
        (_, true) => one.clone(),
        _ => one.start.min(other.start)..one.end.max(other.end),
    };
    Move { left: widened(&joined(&one.left, &other.left)), right: widened(&joined(&one.right, &other.right)) }
}

/// The sides of a bead as a step of the path.
pub(super) fn wide(bead: &Bead) -> Move {
    Move { left: widened(&bead.left), right: widened(&bead.right) }
}

/// A range of units, as the path has it.
pub(super) fn widened(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}
