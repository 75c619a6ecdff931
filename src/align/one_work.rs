//! Whether two texts are versions of one work.
//!
//! The share of both texts that lies in beads more alike than 99 of 100 random pairs, less the same share when the right
//! text is read backwards: order is what two texts on one subject do not have in common.

use std::ops::ControlFlow;

use super::pass::{Found, Units};
use super::path::Move;
use super::{Alignment, Progress};

/// At this score or above two texts are taken for versions of one work unasked.
pub(super) const CHOSEN: f32 = 0.40;
/// At this score or above it is offered.
pub(super) const OFFERED: f32 = 0.18;
/// Texts of fewer passages are never taken for one work unasked.
pub const LEAST_PASSAGES: usize = 60;

/// What a score says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They are versions of one work.
    OneWork,
    /// They may be: the reader can say so.
    Perhaps,
    /// They are not, as far as can be told.
    NotOne,
}

/// How sure it is that two texts are one work, about 0 to 1; it can be below 0.
///
/// # Errors
/// Breaks where `progress` does.
pub fn score(alignment: &Alignment, progress: Progress<'_>) -> ControlFlow<(), f32> {
    let backwards = alignment.units.backwards();
    let reversed = backwards.passes(progress)?;
    ControlFlow::Continue(share(&alignment.units, &alignment.found) - share(&backwards, &reversed))
}

/// What a score says of texts whose shorter one has so many passages.
pub fn verdict(score: f32, passages: usize) -> Verdict {
    match score {
        _ if passages == 0 => Verdict::NotOne,
        score if score >= CHOSEN && passages >= LEAST_PASSAGES => Verdict::OneWork,
        score if score >= OFFERED => Verdict::Perhaps,
        _ => Verdict::NotOne,
    }
}

/// The share of both texts, by their lengths, in beads that are more alike than chance.
///
/// What the beads themselves have taught of the words would speak for any path through any two texts. So half of the
/// beads are judged by what the other half has taught.
fn share(units: &Units, found: &Found) -> f32 {
    let (left, right) = (units.left().lengths(), units.right().lengths());
    let scale = left.iter().sum::<f32>() / right.iter().sum::<f32>().max(1.0);
    let all = left.iter().sum::<f32>() + scale * right.iter().sum::<f32>();
    let beads: Vec<&Move> =
        found.way.path.iter().filter(|step| !step.left.is_empty() && !step.right.is_empty()).collect();
    let mut good = 0.0;
    for half in [0, 1] {
        let teaching = beads.iter().skip(1 - half).step_by(2).copied();
        let (table, chance) = units.taught_by(teaching);
        for step in beads.iter().skip(half).step_by(2) {
            if units.cosine_by(step, &table) > chance.high {
                good += left[step.left.clone()].iter().sum::<f32>();
                good += scale * right[step.right.clone()].iter().sum::<f32>();
            }
        }
    }
    good / all.max(1.0)
}
