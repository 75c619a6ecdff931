//! What was left over on both sides at one place, and found to be the same: it has not moved, but was rewritten until the
//! path took it for something else. Only what crosses other passages has moved.

use std::collections::BTreeSet;
use std::ops::Range;

use super::beads::is_across;
use super::judged_pairs::longest_rising;
use super::{Bead, BeadKind};

/// What is asked of a left and a right passage.
type OfPair<'a, T> = &'a dyn Fn(u32, u32) -> T;

/// The beads with those that are called moved, but have not left their place, where they are; but for those `said` to have
/// been moved by the reader; `confidence`: how sure two are that lie across. Between two that are across, what only the left text has comes before what only the right one has.
pub(super) fn in_place(
    beads: Vec<Bead>,
    right_count: u32,
    said: OfPair<'_, bool>,
    confidence: OfPair<'_, f32>,
) -> Vec<Bead> {
    let mut all = Vec::with_capacity(beads.len());
    let mut between: Vec<Bead> = Vec::new();
    let mut reached = 0;
    for bead in beads {
        if !is_across(&bead) {
            between.push(bead);
            continue;
        }
        settle(&mut between, reached..bead.right.start, (said, confidence), &mut all);
        reached = bead.right.end;
        all.push(bead);
    }
    settle(&mut between, reached..right_count, (said, confidence), &mut all);
    all
}

/// Moves the beads between two that are across to `all`, in their order.
fn settle(
    between: &mut Vec<Bead>,
    rights: Range<u32>,
    (said, confidence): (OfPair<'_, bool>, OfPair<'_, f32>),
    all: &mut Vec<Bead>,
) {
    let stays = |bead: &Bead| {
        bead.kind == BeadKind::Moved && rights.contains(&bead.right.start) && !said(bead.left.start, bead.right.start)
    };
    let places: Vec<usize> = (0..between.len()).filter(|&at| stays(&between[at])).collect();
    let pairs: Vec<(usize, usize)> =
        places.iter().map(|&at| (between[at].left.start as usize, between[at].right.start as usize)).collect();
    let chain: BTreeSet<usize> = longest_rising(&pairs).into_iter().map(|nth| places[nth]).collect();
    let mut of_left: Vec<Bead> = Vec::new();
    let mut of_right: Vec<Bead> = Vec::new();
    for (at, mut bead) in std::mem::take(between).into_iter().enumerate() {
        if chain.contains(&at) {
            bead.kind = BeadKind::Changed;
            bead.confidence = confidence(bead.left.start, bead.right.start);
        }
        if bead.kind == BeadKind::OnlyRight { of_right.push(bead) } else { of_left.push(bead) }
    }
    let mut of_right = of_right.into_iter().peekable();
    for bead in of_left {
        // What only the right text has before it comes first.
        while is_across(&bead) && of_right.peek().is_some_and(|only| only.right.start < bead.right.start) {
            all.extend(of_right.next());
        }
        all.push(bead);
    }
    all.extend(of_right);
}

#[cfg(test)]
mod tests {
    use super::in_place;
    use crate::align::{Bead, BeadKind};

    #[test]
    fn only_what_crosses_something_has_moved() {
        let bead = |l: (u32, u32), r: (u32, u32), kind| Bead {
            left: l.0..l.1,
            right: r.0..r.1,
            kind,
            confidence: 0.5,
            heading: None,
        };
        let beads = vec![
            bead((0, 1), (0, 1), BeadKind::Same),
            bead((1, 2), (0, 0), BeadKind::OnlyLeft),
            bead((2, 3), (2, 3), BeadKind::Moved),
            bead((3, 4), (5, 6), BeadKind::Moved),
            bead((0, 0), (1, 2), BeadKind::OnlyRight),
            bead((0, 0), (3, 4), BeadKind::OnlyRight),
            bead((4, 5), (4, 5), BeadKind::Changed),
        ];
        let kinds = |said: bool| -> Vec<(u32, u32, BeadKind)> {
            let found = in_place(beads.clone(), 6, &|_, _| said, &|_, _| 0.5);
            found.iter().map(|bead| (bead.left.start, bead.right.start, bead.kind)).collect()
        };
        let (l, r, moved) = (BeadKind::OnlyLeft, BeadKind::OnlyRight, BeadKind::Moved);
        let settled = [
            (0, 0, BeadKind::Same),
            (1, 0, l),
            (0, 1, r),
            (2, 2, BeadKind::Changed),
            (3, 5, moved),
            (0, 3, r),
            (4, 4, BeadKind::Changed),
        ];
        assert_eq!(kinds(false), settled);
        assert_eq!(kinds(true)[2], (2, 2, moved));
    }
}
