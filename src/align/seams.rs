//! Where one bead ends and the next begins, when one passage is across from many, which its words know better than the
//! likeness of the whole: of a stretch that is longer than all of its parts, one part more or less changes that little.

use std::ops::Range;

use super::Bead;
use super::beads::{confidence, is_across};
use super::beside::{wide, widened};
use super::judged_pairs::Fixed;
use super::pass::{Found, Units};
use super::path::Move;
use super::trim::{across_of_left, across_of_right};

/// A bead has so many passages on a side for its ends to be looked at.
const MANY: usize = 4;
/// So much more of what goes over to the neighbour must be there.
const MORE: f32 = 0.15;

/// Has the passages at the ends of long merges be where their words are.
pub(super) fn set_right(units: &Units, found: &Found, fixed: &Fixed, beads: &mut [Bead]) {
    for at in 1..beads.len() {
        let (before, rest) = beads.split_at_mut(at);
        let (one, next) = (&mut before[at - 1], &mut rest[0]);
        let joins = |one: &Range<u32>, next: &Range<u32>| one.end == next.start;
        if !is_across(one) || !is_across(next) || !joins(&one.left, &next.left) || !joins(&one.right, &next.right) {
            continue;
        }
        for side in [0, 1] {
            let of = |bead: &Bead| if side == 0 { bead.left.clone() } else { bead.right.clone() };
            if of(one).len().max(of(next).len()) < MANY {
                continue;
            }
            let Some(seam) = seam(units, found, side, (one, next)) else { continue };
            let mut moved = [one.clone(), next.clone()];
            for (bead, range) in moved.iter_mut().zip([of(one).start..seam, seam..of(next).end]) {
                if side == 0 {
                    bead.left = range;
                } else {
                    bead.right = range;
                }
                let step = wide(bead);
                bead.confidence = confidence(found.chance.above(&step, units.cosine_by(&step, &found.table)));
            }
            if moved.iter().map(wide).all(|step| fixed.allows(&step.left, &step.right)) {
                let [first, second] = moved;
                (*one, *next) = (first, second);
            }
        }
    }
}

/// Before which passage of a side the second of two beads begins by its words, if not where it does.
fn seam(units: &Units, found: &Found, side: usize, (one, next): (&Bead, &Bead)) -> Option<u32> {
    let of = |bead: &Bead, side: usize| if side == 0 { bead.left.clone() } else { bead.right.clone() };
    let signs = if side == 0 { units.left() } else { units.right() };
    let both = widened(&(of(one, side).start..of(next, side).end));
    let worths = [one, next].map(|bead| {
        let across = widened(&of(bead, 1 - side));
        match side {
            0 => across_of_left(units, found, &Move { left: both.clone(), right: across }),
            _ => across_of_right(units, found, &Move { left: across, right: both.clone() }),
        }
    });
    // How much more of a passage is across from the first bead than from the second.
    let leans = |at: u32| -> (f32, f32) {
        let weight = |sign: u32| signs.idf()[sign as usize].powi(2);
        signs.row(at as usize).iter().fold((0.0, 0.0), |(lean, all), &sign| {
            let [one, next] = [0, 1].map(|bead| worths[bead].get(&sign).copied().unwrap_or(0.0));
            (weight(sign).mul_add(one - next, lean), all + weight(sign))
        })
    };
    let (first, now, last) = (of(one, side).start + 1, of(next, side).start, of(next, side).end - 1);
    let mut best = (0.0, now);
    for onwards in [true, false] {
        let (mut gain, mut all) = (0.0, 0.0);
        let way: Vec<u32> = if onwards { (now..last).collect() } else { (first..now).rev().collect() };
        for at in way {
            let (lean, weight) = leans(at);
            gain += if onwards { lean } else { -lean };
            all += weight;
            if gain > best.0 && gain >= MORE * all {
                best = (gain, if onwards { at + 1 } else { at });
            }
        }
    }
    (best.1 != now).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;
    use crate::align::BeadKind;

    #[test]
    fn a_part_that_was_counted_to_the_passage_before_goes_where_its_words_are() {
        let passage = |at: usize| (0..9).map(|nth| format!("wort{}x{nth}", at * 7 % 50)).collect::<Vec<_>>().join(" ");
        let parts: Vec<String> = (0..40).map(passage).collect();
        let wholes = [&parts[..10], &parts[10..30], &parts[30..38]].map(|parts| parts.join(" "));
        let whole: Vec<&str> = wholes.iter().chain(&parts[38..]).map(String::as_str).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let beads = |ends: [u32; 3]| {
            let bead = |nth: usize, from: u32, to: u32| Bead {
                left: from..to,
                right: nth as u32..nth as u32 + 1,
                kind: BeadKind::Changed,
                confidence: 0.9,
                heading: None,
            };
            vec![bead(0, 0, ends[0]), bead(1, ends[0], ends[1]), bead(2, ends[1], ends[2])]
        };
        let turned = |beads: &[Bead]| -> Vec<Bead> {
            let turn = |bead: &Bead| Bead { left: bead.right.clone(), right: bead.left.clone(), ..bead.clone() };
            beads.iter().map(turn).collect()
        };
        for found_at in [[10, 30, 38], [14, 30, 38], [7, 35, 38], [4, 25, 38]] {
            for is_turned in [false, true] {
                let (left, right) = if is_turned { (&whole, &parts) } else { (&parts, &whole) };
                let units = Units::of(left, right);
                let found = units.passes_unless(&mut |_| true, &|_, _| ControlFlow::Continue(())).continue_value();
                let mut beads = beads(found_at);
                if is_turned {
                    beads = turned(&beads);
                }
                set_right(&units, &found.unwrap(), &Fixed::default(), &mut beads);
                let beads = if is_turned { turned(&beads) } else { beads };
                let ends: Vec<u32> = beads.iter().map(|bead| bead.left.end).collect();
                assert_eq!(ends, [10, 30, 38], "{found_at:?}, {is_turned}");
            }
        }
    }
}
