//! Titles in other words: where each text has a title, and none but those stand between the same two neighbours, they are
//! one title, however little they have in common. That little is said: such a pair has the confidence of its likeness.

use std::ops::Range;

use super::headings::{Heading, SHORT, likeness};
use super::judged_pairs::Fixed;
use super::pass::{Found, Units};
use super::path::Move;
use super::signs::Signs;
use super::{Bead, BeadKind, beads};
use crate::text::Text;
use crate::text::passage::PassageNo;

/// So many titles in a row may be one after the other what they are across from; more are a list.
const MOST: usize = 3;

/// A title between two beads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Title {
    /// A passage that is one, by the place of its gap among the beads.
    Passage(usize),
    /// A heading: its block, and before which passage it stands.
    Heading(u32, u32),
}

/// The titles right before what follows the gaps, or right behind what they follow, are set level where both texts have as
/// many there. `between`: the headings there of each side; `place`: which passages of each side lie there; `are_entitled`:
/// which texts have their titles as passages.
pub(super) fn level(
    (units, found, fixed): (&Units, &Found, &Fixed),
    texts: [&Text; 2],
    between: [&[Heading]; 2],
    place: &[Range<u32>; 2],
    are_entitled: [bool; 2],
    gaps: &mut [Bead],
) {
    for at_end in [true, false] {
        let runs = [0, 1].map(|side| run(units, (side, texts[side]), between[side], &place[side], gaps, at_end));
        let [Some(left), Some(right)] = &runs else { continue };
        let Some((left, right)) = as_many((units, found), texts, gaps, (left, right)) else { continue };
        for pair in left.iter().zip(right) {
            match pair {
                (&Title::Passage(one), &Title::Passage(other)) => {
                    join((units, found, fixed), (one, other), at_end, gaps);
                }
                (&Title::Passage(one), &Title::Heading(block, before)) => {
                    let at = gaps[one].left.start;
                    let title = std::iter::once(texts[1].block_str(block as usize));
                    let cosine = likeness(found, (units.left(), at), units.right(), title, 0)[0];
                    if are_entitled[0] || is_title(found, (units.left(), at), cosine) {
                        gaps[one].right = before..before;
                        with_heading(found, &mut gaps[one], block, cosine);
                    }
                }
                (&Title::Heading(block, before), &Title::Passage(other)) => {
                    let at = gaps[other].right.start;
                    let title = std::iter::once(texts[0].block_str(block as usize));
                    let cosine = likeness(found, (units.right(), at), units.left(), title, 1)[0];
                    if are_entitled[1] || is_title(found, (units.right(), at), cosine) {
                        gaps[other].left = before..before;
                        with_heading(found, &mut gaps[other], block, cosine);
                    }
                }
                (Title::Heading(..), Title::Heading(..)) => {}
            }
        }
    }
}

/// The two runs with as many titles: a number that one text has as a heading of its own, `V`, may stand in one heading with
/// the title in the other, `V. The Storm`.
fn as_many<'a>(
    (units, found): (&Units, &Found),
    texts: [&Text; 2],
    gaps: &[Bead],
    (left, right): (&'a [Title], &'a [Title]),
) -> Option<(&'a [Title], &'a [Title])> {
    if left.len() == right.len() {
        return Some((left, right));
    }
    let alike = |side: usize, passage: usize, block: u32| {
        let (signs, others) = if side == 0 { (units.left(), units.right()) } else { (units.right(), units.left()) };
        let at = if side == 0 { gaps[passage].left.start } else { gaps[passage].right.start };
        let title = std::iter::once(texts[1 - side].block_str(block as usize));
        likeness(found, (signs, at), others, title, side)[0] > found.chance.high
    };
    match (left, right) {
        ([Title::Heading(..), Title::Passage(passage)], [Title::Heading(block, _)]) if alike(0, *passage, *block) => {
            Some((&left[1..], right))
        }
        ([Title::Heading(block, _)], [Title::Heading(..), Title::Passage(passage)]) if alike(1, *passage, *block) => {
            Some((left, &right[1..]))
        }
        _ => None,
    }
}

/// The titles of a side in a row at the end of what lies there, or at its beginning, in their order; `None` where these are
/// none, a list, or already level with something.
fn run(
    units: &Units,
    (side, text): (usize, &Text),
    headings: &[Heading],
    place: &Range<u32>,
    gaps: &[Bead],
    at_end: bool,
) -> Option<Vec<Title>> {
    let (signs, kind) =
        if side == 0 { (units.left(), BeadKind::OnlyLeft) } else { (units.right(), BeadKind::OnlyRight) };
    let of = |bead: &Bead| if side == 0 { bead.left.start } else { bead.right.start };
    // What stands right behind a heading, `V`, is a title where the other text has as many headings there.
    let is_under_heading = |at: u32| {
        headings.iter().any(|heading| heading.before == at) && text.passage_str(PassageNo(at + 1)).len() <= SHORT
    };
    let is_taken = |block: u32| gaps.iter().any(|bead| bead.heading == Some(block) && !bead.is_gap());
    let passage = |at: u32| gaps.iter().position(|bead| bead.kind == kind && of(bead) == at);
    let heading = |before: u32, nth: usize| {
        let mut there = headings.iter().filter(|heading| heading.before == before);
        let heading = if at_end { there.rev().nth(nth) } else { there.nth(nth) };
        heading.map(|heading| Title::Heading(heading.block, heading.before))
    };
    // Before which passage the next heading would stand, how many there were already, and which titles were met.
    let (mut at, mut nth) = (if at_end { place.end } else { place.start }, 0);
    let mut run = Vec::new();
    loop {
        let next = match heading(at, nth) {
            Some(heading) => {
                nth += 1;
                heading
            }
            None if !place.contains(&if at_end { at.wrapping_sub(1) } else { at }) => break,
            None => {
                let unit = if at_end { at - 1 } else { at };
                at = if at_end { at - 1 } else { at + 1 };
                nth = 0;
                match passage(unit) {
                    Some(bead) if signs.headings()[unit as usize] || is_under_heading(unit) => Title::Passage(bead),
                    _ => break,
                }
            }
        };
        if matches!(next, Title::Heading(block, _) if is_taken(block)) || run.len() == MOST {
            return None;
        }
        run.push(next);
    }
    if at_end {
        run.reverse();
    }
    Some(run).filter(|run| !run.is_empty())
}

/// Makes one bead of two gaps, where both texts have come to it.
fn join(
    (units, found, fixed): (&Units, &Found, &Fixed),
    (one, other): (usize, usize),
    at_end: bool,
    gaps: &mut [Bead],
) {
    let wide = |range: &Range<u32>| range.start as usize..range.end as usize;
    let step = Move { left: wide(&gaps[one].left), right: wide(&gaps[other].right) };
    if !fixed.allows(&step.left, &step.right) {
        return;
    }
    let cosine = units.cosine_by(&step, &found.table);
    let (left, right) = (gaps[one].left.start, gaps[other].right.start);
    if !is_title(found, (units.left(), left), cosine) || !is_title(found, (units.right(), right), cosine) {
        return;
    }
    let (left, right) = (gaps[one].left.clone(), gaps[other].right.clone());
    for gap in [one, other] {
        gaps[gap] = Bead { left: 0..0, right: 0..0, kind: BeadKind::Changed, confidence: 0.0, heading: None };
    }
    let place = if at_end { other } else { one };
    let confidence = confidence(found, cosine);
    gaps[place] = Bead { left, right, kind: BeadKind::Changed, confidence, heading: None };
}

/// Whether a passage is a title: by its look, or for what it has in common with the one across.
fn is_title(found: &Found, (signs, at): (&Signs, u32), cosine: f32) -> bool {
    signs.headings()[at as usize] || confidence(found, cosine) >= beads::confidence(1.0)
}

fn with_heading(found: &Found, gap: &mut Bead, block: u32, cosine: f32) {
    gap.kind = BeadKind::Changed;
    gap.confidence = confidence(found, cosine);
    gap.heading = Some(block);
}

fn confidence(found: &Found, cosine: f32) -> f32 {
    beads::confidence((cosine - found.chance.mean) / found.chance.spread)
}
