//! Whether two texts are versions of one work.
//!
//! The share of both texts that lies in beads more alike than 99 of 100 random pairs, less the same share when the right
//! text is read backwards: order is what two texts on one subject do not have in common.

use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::thread;

use super::pass::{Found, Units};
use super::path::Move;
use super::{Alignment, Progress};
use crate::text::Text;
use crate::word::sentence::sentences;

/// At this score or above two texts are taken for versions of one work without asking.
pub(super) const CHOSEN: f32 = 0.40;
/// At this score or above it is offered to read two texts as versions of one work.
pub(super) const OFFERED: f32 = 0.18;
/// Texts of fewer passages are never taken for one work without asking.
pub(crate) const LEAST_PASSAGES: usize = 60;

/// From here on the first of the paths through the text read backwards is enough to know: the others have found .1 more at
/// most.
const BEYOND_DOUBT: f32 = 0.5;

/// Of texts of fewer passages than this the sentences are asked too.
const FEW: usize = 8;

/// What a score says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The two texts are versions of one work.
    OneWork,
    /// They may be versions of one work; the reader decides.
    Perhaps,
    /// They are not versions of one work, as far as can be told.
    NotOne,
}

/// How sure it is that two texts are one work, about 0 to 1; it can be below 0.
///
/// # Errors
/// Breaks where `progress` does.
pub(crate) fn score(alignment: &Alignment, progress: Progress<'_>) -> ControlFlow<(), f32> {
    let (left, right) = alignment.texts();
    if alignment.units.equal().share() >= CHOSEN {
        // So much of both is the same, in the same order: nothing of it is chance.
        return ControlFlow::Continue(share(&alignment.units, &alignment.found));
    }
    let are_few = left.passage_count().min(right.passage_count()) < FEW;
    // Of so few passages it is soon known: their sentences take all the time.
    let soon = |_: usize, _: usize| progress(0, 1);
    let told: Progress<'_> = if are_few { &soon } else { progress };
    let by_passages = beyond_reversed(&alignment.units, &alignment.found, told)?;
    if !are_few {
        return ControlFlow::Continue(by_passages);
    }
    // So few have no order to speak of: their sentences may.
    let units = Units::of(&sentences_of(left), &sentences_of(right));
    let found = units.passes(&|done, of| progress(done, 2 * of))?;
    let by_sentences = beyond_reversed(&units, &found, &|done, of| progress(of + done, 2 * of))?;
    ControlFlow::Continue(by_passages.max(by_sentences))
}

/// The score of two texts that are not one work, as far as can be told; `None` where they may be. That is known without
/// reading one of them backwards where much of both lies in beads that are more alike than chance.
///
/// # Errors
/// Breaks where `progress` does.
pub(crate) fn refused(alignment: &Alignment, progress: Progress<'_>) -> ControlFlow<(), Option<f32>> {
    if share(&alignment.units, &alignment.found) >= CHOSEN {
        return ControlFlow::Continue(None);
    }
    ControlFlow::Continue(Some(score(alignment, progress)?).filter(|score| *score < OFFERED))
}

fn sentences_of(text: &Text) -> Vec<&str> {
    let strings = text.numbering().passages().map(|passage| text.passage_str(passage));
    strings.flat_map(|string| sentences(string).into_iter().map(move |range| &string[range])).collect()
}

fn beyond_reversed(units: &Units, found: &Found, progress: Progress<'_>) -> ControlFlow<(), f32> {
    // The reader waits for both: they have nothing to do with each other.
    thread::scope(|threads| {
        let mut under_way = Some(threads.spawn(|| share(units, found)));
        let backwards = units.backwards();
        let (mut forwards, mut glance) = (0.0, None);
        let mut is_enough = |first: &Found| {
            let by_first = share(&backwards, first);
            if let Some(under_way) = under_way.take() {
                forwards = under_way.join().unwrap_or_else(|panic| resume_unwind(panic));
            }
            glance = Some(by_first).filter(|glance| forwards - glance >= BEYOND_DOUBT);
            glance.is_some()
        };
        let last = backwards.passes_unless(&mut is_enough, progress)?;
        ControlFlow::Continue(forwards - glance.unwrap_or_else(|| share(&backwards, &last)))
    })
}

/// What a score says of texts whose shorter one has so many passages.
pub(crate) fn verdict(score: f32, passages: usize) -> Verdict {
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
    let beads: Vec<&Move> = found.way.path.iter().filter(|step| step.is_full()).collect();
    let mut good = 0.0;
    for half in [0, 1] {
        let teaching = beads.iter().skip(1 - half).step_by(2).copied();
        let (table, chance) = units.taught_by(teaching);
        for step in beads.iter().skip(half).step_by(2) {
            if units.equal().holds(step.left.start) || units.cosine_by(step, &table) > chance.high {
                good += left[step.left.clone()].iter().sum::<f32>();
                good += scale * right[step.right.clone()].iter().sum::<f32>();
            }
        }
    }
    good / all.max(1.0)
}
