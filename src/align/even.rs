//! Stretches of the path that go unevenly where they could go evenly: one passage across from two, and a few steps on one
//! that is left alone, since the first is long, or the last short, for what it is across from. Lengths have bought that;
//! where one passage after the other has more in common, they lie across one after the other.

use std::ops::Range;

use super::beads::Way;
use super::judged_pairs::Fixed;
use super::pass::{Found, Units};
use super::path::Move;

/// How many steps such a stretch has at most.
const LONGEST: usize = 12;

/// The way with such stretches laid evenly.
pub(super) fn evened(units: &Units, found: &Found, fixed: &Fixed, way: &Way) -> Way {
    let path = &way.path;
    let mut even = Way { path: Vec::with_capacity(path.len()), cosines: Vec::with_capacity(path.len()) };
    let mut at = 0;
    while at < path.len() {
        let Some(to) = end_of_uneven(path, at) else {
            even.path.push(path[at].clone());
            even.cosines.push(way.cosines[at]);
            at += 1;
            continue;
        };
        let steps = one_by_one(&path[at..to]);
        let cosines: Vec<f32> = steps.iter().map(|step| units.cosine_by(step, &found.table)).collect();
        let is_better = cosines.iter().sum::<f32>() > way.cosines[at..to].iter().sum::<f32>();
        if is_better && steps.iter().all(|step| fixed.allows(&step.left, &step.right)) {
            even.path.extend(steps);
            even.cosines.extend(cosines);
        } else {
            even.path.extend_from_slice(&path[at..to]);
            even.cosines.extend_from_slice(&way.cosines[at..to]);
        }
        at = to;
    }
    even
}

/// Behind which step a stretch ends that begins here with one to two, or with one alone, and has as many units of both texts.
fn end_of_uneven(path: &[Move], from: usize) -> Option<usize> {
    let surplus = |step: &Move| match (step.left.len(), step.right.len()) {
        (1, 1) => Some(0),
        (1, 2) | (0, 1) => Some(1),
        (2, 1) | (1, 0) => Some(-1),
        _ => None,
    };
    let first = surplus(path.get(from)?).filter(|first| *first != 0)?;
    let begins_alone = !path[from].is_full();
    for (at, step) in path.iter().enumerate().skip(from + 1).take(LONGEST) {
        match surplus(step)? {
            0 => {}
            // One of the two ends is one to two, and the other stands alone.
            other if other == -first && step.is_full() == begins_alone => return Some(at + 1),
            _ => return None,
        }
    }
    None
}

/// What a stretch has, one after the other.
fn one_by_one(stretch: &[Move]) -> Vec<Move> {
    let over = |side: fn(&Move) -> &Range<usize>| -> Vec<usize> {
        stretch.iter().flat_map(|step| side(step).clone()).collect()
    };
    let (left, right) = (over(|step| &step.left), over(|step| &step.right));
    left.into_iter().zip(right).map(|(one, other)| Move { left: one..one + 1, right: other..other + 1 }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Move, end_of_uneven, one_by_one};

    #[test]
    fn an_uneven_stretch_has_as_many_of_both() {
        let step = |left: (usize, usize), right: (usize, usize)| Move { left: left.0..left.1, right: right.0..right.1 };
        let path = [
            step((0, 1), (0, 1)),
            step((1, 2), (1, 3)),
            step((2, 3), (3, 4)),
            step((3, 4), (4, 4)),
            step((4, 5), (4, 5)),
        ];
        assert_eq!(end_of_uneven(&path, 0), None);
        assert_eq!(end_of_uneven(&path, 1), Some(4));
        let even: Vec<Move> = (1..4).map(|at| step((at, at + 1), (at, at + 1))).collect();
        assert_eq!(one_by_one(&path[1..4]), even);
        assert_eq!(end_of_uneven(&path[..3], 1), None);
        // Two that stand alone are two gaps.
        assert_eq!(end_of_uneven(&[step((0, 1), (0, 0)), step((1, 1), (0, 1))], 0), None);
    }
}
