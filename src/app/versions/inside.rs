//! Inside a bead: pairs of places on both sides, by which long passages are set level sentence by sentence.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::align::Alignment;
use crate::align::sentences::Stretch;
use crate::app::work::ticket::Ticket;
use crate::text::Text;

/// A place of the alignment's left text and the one of its right text across from it: bytes of the texts' strings.
pub(crate) type Tie = (usize, usize);

/// Of so many beads the ties are kept.
const KEPT: usize = 64;

/// The ties of the beads that were read last.
#[derive(Debug, Default)]
pub(super) struct Inside {
    known: VecDeque<(usize, Arc<[Tie]>)>,
    /// As long as it is held, a worker is at some.
    pub asked: Option<Ticket>,
}

impl Inside {
    /// Those of a bead, by its place among them.
    pub(super) fn of(&self, bead: usize) -> Option<&Arc<[Tie]>> {
        self.known.iter().find(|(at, _)| *at == bead).map(|(_, ties)| ties)
    }

    pub(super) fn learn(&mut self, found: Vec<(usize, Vec<Tie>)>) {
        for (bead, ties) in found {
            if self.known.len() >= KEPT {
                self.known.pop_front();
            }
            self.known.push_back((bead, ties.into()));
        }
        self.asked = None;
    }
}

/// The ties of a bead by its sentences: where each begins, or what is only there would.
pub(crate) fn ties(alignment: &Alignment, (left, right): (&Text, &Text), bead: usize) -> Vec<Tie> {
    let Some(bead) = alignment.beads().get(bead) else { return Vec::new() };
    let offsets = |text: &Text, stretch: &Stretch| {
        let block = text.numbering().block_of(stretch.passage)?;
        let base = text.blocks()[block].range().start;
        Some((base + stretch.range.start, base + stretch.range.end))
    };
    let mut ties: Vec<Tie> = Vec::new();
    let mut reached: Option<Tie> = None;
    for step in alignment.sentences(bead) {
        let span = |text: &Text, side: &[Stretch]| {
            let (first, last) = (offsets(text, side.first()?)?, offsets(text, side.last()?)?);
            Some((first.0, last.1))
        };
        let (l, r) = (span(left, &step.left), span(right, &step.right));
        let Some(start) = l.map(|l| l.0).or(reached.map(|t| t.0)).zip(r.map(|r| r.0).or(reached.map(|t| t.1))) else {
            continue;
        };
        ties.push(start);
        reached = Some((l.map_or(start.0, |l| l.1), r.map_or(start.1, |r| r.1)));
    }
    ties
}

/// Sorts the ties so that both sides only ever move forward.
pub(super) fn in_order(ties: &mut [Tie]) {
    ties.sort_unstable();
    let mut reached = 0;
    for tie in ties {
        reached = tie.1.max(reached);
        tie.1 = reached;
    }
}

/// Where one is across by these ties, as far between two of them there as here.
pub(super) fn along(ties: &[Tie], at: usize) -> usize {
    let next = ties.partition_point(|tie| tie.0 <= at);
    match (next.checked_sub(1).map(|before| ties[before]), ties.get(next)) {
        (None, None) => 0,
        (None, Some(first)) => first.1,
        (Some(last), None) => last.1,
        (Some(a), Some(b)) => a.1 + (at - a.0) * b.1.saturating_sub(a.1) / (b.0 - a.0),
    }
}

#[cfg(test)]
mod tests {
    use super::along;

    #[test]
    fn between_two_ties_one_is_as_far_and_past_what_is_only_there() {
        let ties = [(10, 100), (20, 120), (30, 120), (30, 150), (40, 160)];
        let across: Vec<usize> = [0, 10, 15, 20, 25, 29, 30, 35, 40, 99].map(|at| along(&ties, at)).into();
        assert_eq!(across, [100, 100, 110, 120, 120, 120, 150, 155, 160, 160]);
        assert_eq!(along(&[], 7), 0);
    }
}
