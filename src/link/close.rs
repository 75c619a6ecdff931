//! A closer look at a pair that may be shown: what it shares may be too little to tell, or lie scattered over both.
//!
//! A passage answers another in a sentence or two. What two passages share in one sentence each is on one point; the same
//! words scattered over a long passage are on the same broad subject, and a few words or names of a lead-in on nothing yet.
//! The evidence of a pair is sums over whole passages, which cannot tell these apart, so a pair worth a look is looked at
//! sentence by sentence. The same from both sides.

use super::index::{BEGINS, PassageIndex, STEM};
use super::weight::{NONE, SideWeights};

/// What two passages share, looked at closely.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Close {
    /// What the words weigh that they share, each root once, and half as much where it is a name or a number.
    pub weight: f32,
    /// What those weigh of them that stand in one sentence of either: the most that two sentences share.
    pub together: f32,
    /// What part they are of all words of the passage that they are the lesser part of.
    pub part: f32,
}

/// A name says who is spoken of, not what is said: it counts so much of another word.
const NAME: f32 = 0.5;
/// Weights below this are no measure of what a passage says.
const LITTLE: f32 = 5.0;
/// No more sentences are told apart; what follows counts as the last.
const SENTENCES: usize = 200;

/// A word of a passage that the other text has too.
struct Spot {
    /// The number of its root in the text across.
    root: u32,
    sentence: usize,
    weight: f32,
    name: bool,
}

/// One passage, as another sees it.
pub(super) struct Seen {
    /// Sorted by root, then by sentence; each once.
    spots: Vec<Spot>,
    /// What all its words weigh.
    total: f32,
    sentences: usize,
}

impl Close {
    /// Of two passages, each as the text of the other sees it.
    pub(super) fn of(one: &Seen, two: &Seen) -> Self {
        let mut both = vec![0.0_f32; one.sentences * two.sentences];
        let mut close = Self::default();
        let (mut left, mut right) = (&one.spots[..], &two.spots[..]);
        while let (Some(l), Some(r)) = (left.first(), right.first()) {
            if l.root != r.root {
                if l.root < r.root {
                    left = &left[1..];
                } else {
                    right = &right[1..];
                }
                continue;
            }
            let group = |spots: &[Spot]| spots.iter().take_while(|s| s.root == l.root).count();
            let (ours, after) = left.split_at(group(left));
            let (theirs, then) = right.split_at(group(right));
            (left, right) = (after, then);
            let named = ours.iter().chain(theirs).any(|spot| spot.name);
            let weight = if named { NAME * l.weight } else { l.weight };
            close.weight += weight;
            for (nth, spot) in ours.iter().enumerate() {
                if nth > 0 && ours[nth - 1].sentence == spot.sentence {
                    continue;
                }
                for (nth, across) in theirs.iter().enumerate() {
                    if nth == 0 || theirs[nth - 1].sentence != across.sentence {
                        both[spot.sentence * two.sentences + across.sentence] += weight;
                    }
                }
            }
        }
        close.together = both.into_iter().fold(0.0, f32::max);
        close.part = close.weight / one.total.max(two.total).max(LITTLE);
        close
    }

    /// The logarithm of the odds after a look, where it was `odds` before: of passages of so many words, in texts of so many
    /// passages together.
    pub(super) fn odds(&self, odds: f32, words: [u16; 2], passages: [usize; 2]) -> f32 {
        let parts = self.parts(words, passages);
        BEGIN + ODDS * odds + WEIGHTS.iter().zip(parts).map(|(weight, part)| weight * part).sum::<f32>()
    }

    /// What was seen, as the numbers that are summed, all of them finite.
    #[must_use]
    pub fn parts(&self, words: [u16; 2], passages: [usize; 2]) -> [f32; 5] {
        let least = f32::from(words[0].min(words[1]));
        let all = passages[0].saturating_add(passages[1]).clamp(FEW, MANY);
        [
            self.together.min(TOGETHER) / TOGETHER,
            self.weight.min(ENOUGH) / ENOUGH,
            (self.part + 0.02).ln(),
            (all as f32).ln(),
            least.clamp(SHORT, LONG).ln(),
        ]
    }
}

/// What two sentences share, and two passages, is enough at this; more tells no more.
const TOGETHER: f32 = 16.0;
const ENOUGH: f32 = 25.0;
/// How few and how many passages the two texts of a fitted set have together, and words the shorter passage of a pair.
const FEW: usize = 60;
const MANY: usize = 600;
const SHORT: f32 = 15.0;
const LONG: f32 = 150.0;

/// Fitted by `tools/fit_close.py`; what it is fitted to is told there.
const WEIGHTS: [f32; 5] = [1.013, 0.546, -0.620, -0.588, 0.510];
const ODDS: f32 = 0.880;
const BEGIN: f32 = -1.764;

impl Seen {
    /// `number` chooses which number of a root stands for it, of its own and that across.
    pub(super) fn of(
        passage: usize,
        (index, weights): (&PassageIndex, &SideWeights),
        other: &PassageIndex,
        number: impl Fn(u32, u32) -> u32,
    ) -> Self {
        let mut sentences = 0;
        let mut roots = Vec::new();
        let mut spots = Vec::new();
        for entry in index.forward.list(passage) {
            if entry & BEGINS != 0 || sentences == 0 {
                sentences = (sentences + 1).min(SENTENCES);
            }
            let stem = (entry & STEM) as usize;
            let root = index.vocabulary.root_of[stem];
            let weight = weights.of_root(root as usize).unwrap_or(weights.stem[stem]);
            let twin = weights.twin[stem];
            let name = !index.vocabulary.rooted[stem]
                || (twin != NONE && index.vocabulary.name[stem] && other.vocabulary.name[twin as usize]);
            roots.push((root, name, weight));
            let across = weights.twin_root[root as usize];
            if across != NONE {
                spots.push(Spot { root: number(root, across), sentence: sentences - 1, weight, name });
            }
        }
        spots.sort_unstable_by_key(|spot| (spot.root, spot.sentence));
        // Names first, so that a root that is one anywhere in the passage is one.
        roots.sort_unstable_by_key(|(root, name, _)| (*root, !name));
        roots.dedup_by_key(|(root, ..)| *root);
        let total = roots.iter().map(|(_, name, weight)| if *name { NAME * weight } else { *weight }).sum();
        Self { spots, total, sentences }
    }
}

#[cfg(test)]
mod tests;
