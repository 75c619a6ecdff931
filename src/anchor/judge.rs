//! How sure it is that a place found is the place meant.

use super::align::{Alignment, Fate};
use super::query::Query;

/// What speaks for a candidate, counted in words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Evidence {
    /// Words of the quote.
    pub words: f32,
    /// How many of them are there, forms of a word counting in part.
    pub kept: f32,
    /// Words that came in between them.
    pub new: f32,
    /// Bits that the words kept say.
    pub bits: f32,
    /// Words of the prefix, and how many are there.
    pub before: (f32, f32),
    /// Words of the suffix, and how many are there.
    pub after: (f32, f32),
}

impl Evidence {
    pub(super) fn of(query: &Query, alignment: &Alignment) -> Self {
        let kept = |range: std::ops::Range<usize>| -> f32 { alignment.fates[range].iter().map(|f| f.likeness()).sum() };
        let quoted = query.quoted.clone();
        let all = query.words.len();
        let fates = &alignment.fates[quoted.clone()];
        let bits = query.words[quoted.clone()].iter().zip(fates).map(|(w, f)| w.bits * f.likeness()).sum();
        let taken = fates.iter().filter(|f| matches!(f, Fate::Kept { .. })).count() as f32;
        let span = alignment.span(quoted.clone()).map_or(0, |s| s.len()) as f32;
        Self {
            words: quoted.len() as f32,
            kept: kept(quoted.clone()),
            new: (span - taken).max(0.0),
            bits,
            before: (quoted.start as f32, kept(0..quoted.start)),
            after: ((all - quoted.end) as f32, kept(quoted.end..all)),
        }
    }

    /// The share of the quote that is still there.
    pub(super) fn score(&self) -> f32 {
        share((self.words, self.kept))
    }

    /// The share of quote and context together.
    fn whole(&self) -> f32 {
        share((self.words + self.before.0 + self.after.0, self.kept + self.before.1 + self.after.1))
    }

    /// How alike the candidate is to what the anchor remembers, 0..1: the measure of [`super::Anchor::rival`].
    pub(super) fn likeness(&self) -> f32 {
        f32::midpoint(self.score(), self.whole())
    }

    /// The log-odds that the candidate is the place meant, when another place of the text it was made in was `rival`
    /// alike, and the candidate is `away` passages from where it was.
    ///
    /// A logistic regression on anchors in random edits of eight texts (words changed, blocks moved, deleted, set
    /// anew; see benches/reattach.rs), fitted on four of them. `lesser` has a negative weight because `whole` counts
    /// that context too: a moved block keeps its context on one side only.
    pub(super) fn log_odds(&self, rival: f32, away: u32) -> f32 {
        let lesser = share(self.before).min(share(self.after));
        let near = 1.0 / (1.0 + away as f32);
        -17.5 + 10.0 * self.score() + 15.9 * self.whole() - 2.9 * lesser + 4.6 * near - 5.6 * rival * rival
    }
}

fn share((words, kept): (f32, f32)) -> f32 {
    if words > 0.0 { kept / words } else { 0.0 }
}
