//! How sure it is that a place found is the place meant.

use std::ops::Range;

use super::align::{Alignment, Fate};
use super::query::Query;

/// A quote of at most this many words is found again by its context rather than by itself.
const FEW: f32 = 4.0;

/// What speaks for a candidate, counted in words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Evidence {
    /// Words of the quote.
    pub words: f32,
    /// How many of them are there, forms of a word counting in part.
    pub kept: f32,
    /// Words that came in between them.
    pub new: f32,
    /// Words of the prefix, and how many are there.
    pub before: (f32, f32),
    /// Words of the suffix, and how many are there.
    pub after: (f32, f32),
}

impl Evidence {
    pub(super) fn of(query: &Query, alignment: &Alignment) -> Self {
        let kept = |range: Range<usize>| -> f32 { alignment.fates[range].iter().copied().map(Fate::likeness).sum() };
        let quoted = query.quoted.clone();
        let all = query.words.len();
        let fates = &alignment.fates[quoted.clone()];
        let taken = fates.iter().filter(|f| matches!(f, Fate::Kept { .. })).count() as f32;
        let span = alignment.span(quoted.clone()).map_or(0, |s| s.len()) as f32;
        Self {
            words: quoted.len() as f32,
            kept: kept(quoted.clone()),
            new: (span - taken).max(0.0),
            before: (quoted.start as f32, kept(0..quoted.start)),
            after: ((all - quoted.end) as f32, kept(quoted.end..all)),
        }
    }

    /// The share of the quote that is still there.
    pub(super) fn score(&self) -> f32 {
        share((self.words, self.kept))
    }

    /// Whether the quote is so short that its context decides.
    pub(super) fn is_few(&self) -> bool {
        self.words <= FEW
    }

    /// Whether every word of quote and context is there, and no other.
    pub(super) fn is_complete(&self) -> bool {
        self.new == 0.0 && self.kept + self.before.1 + self.after.1 >= self.all()
    }

    /// The share of quote and context together.
    fn whole(&self) -> f32 {
        share((self.all(), self.kept + self.before.1 + self.after.1))
    }

    /// How alike the candidate is to what the anchor remembers.
    pub(super) fn likeness(&self) -> Likeness {
        let quote = share((2.0 * self.words + self.new, 2.0 * self.kept));
        Likeness { quote, whole: self.whole() }
    }

    /// The log-odds that the candidate is the place meant, when nothing else in the text that the anchor was made in was
    /// more alike than `rival`, and the candidate is `away` passages from where the anchor was.
    ///
    /// A logistic regression over anchors in randomly edited texts (words changed, blocks moved, blocks deleted),
    /// fitted on half of ten texts from made-up prose to the gospels and held against the other half: benches/README.md.
    /// What decides is by how many words the candidate beats the rival: in a text that repeats itself a similar
    /// place proves nothing, elsewhere a few words are proof.
    pub(super) fn log_odds(&self, rival: Likeness, away: u32) -> f32 {
        let Likeness { quote, whole } = self.likeness();
        let near = 1.0 / (1.0 + away as f32);
        let beats = ((quote - rival.quote) * self.words).max((whole - rival.whole) * self.all()).max(0.0);
        let is_verbatim = self.kept >= self.words && self.new == 0.0;
        let lead = match (is_verbatim, self.is_few()) {
            (true, false) => 6.6 * beats.min(2.0),
            (true, true) => 2.4 * beats.min(4.0),
            (false, _) => 0.9 * beats.min(5.0),
        };
        3.4 * self.score() + 8.2 * whole + 5.1 * near + lead - 13.8
    }

    /// What speaks for two parts of one quote together.
    pub(super) fn and(&self, other: &Self) -> Self {
        let sum = |a: (f32, f32), b: (f32, f32)| (a.0 + b.0, a.1 + b.1);
        Self {
            words: self.words + other.words,
            kept: self.kept + other.kept,
            new: self.new + other.new,
            before: sum(self.before, other.before),
            after: sum(self.after, other.after),
        }
    }

    fn all(&self) -> f32 {
        self.words + self.before.0 + self.after.0
    }
}

/// How alike two places are, each 0..1: by their quotes (Dice's coefficient), and by quote and context together.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Likeness {
    pub quote: f32,
    pub whole: f32,
}

fn share((words, kept): (f32, f32)) -> f32 {
    if words > 0.0 { kept / words } else { 0.0 }
}
