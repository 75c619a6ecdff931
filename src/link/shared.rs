//! What two passages share, counted: roots, names, phrases, and how the weight is spread over them.

use super::index::{FOLLOWS, PassageIndex, STEM};
use super::weight::{NONE, SideWeights};

/// What two passages have in common.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Shared {
    /// How many roots: a word and its variants count once.
    pub roots: u32,
    /// Over how many of them their weight is spread: `(Σ weight)² / Σ weight²`, 1 where a single one carries it all.
    pub breadth: f32,
    /// What those of them weigh that are names or numbers.
    pub names: f32,
    /// What the pairs of neighbouring words weigh that both have.
    pub phrases: f32,
}

/// The roots of one passage, marked among those of the other text.
#[derive(Debug, Default)]
pub(super) struct Sharing {
    /// For each root of the other text 0, or one more than its place in `roots`.
    marks: Vec<u32>,
    roots: Vec<Root>,
    /// Neighbours in the asking passage, as places in `roots`; sorted.
    pairs: Vec<(u32, u32)>,
    /// Counts the candidates, so that nothing has to be unmarked between two.
    turn: u32,
}

#[derive(Debug, Clone, Copy)]
struct Root {
    there: u32,
    weight: f32,
    /// Its stem in the other text that is a name or a number on both sides, or [`NONE`].
    name: u32,
    /// The candidate that it was last met in, and that its name was.
    met: u32,
    named: u32,
}

impl Sharing {
    /// Takes the passage that is asked about.
    pub(super) fn take(
        &mut self,
        passage: usize,
        (mine, weights): (&PassageIndex, &SideWeights),
        other: &PassageIndex,
    ) {
        for root in &self.roots {
            self.marks[root.there as usize] = 0;
        }
        self.roots.clear();
        self.pairs.clear();
        self.marks.resize(other.vocabulary.root_passages.len(), 0);
        let mut before = None;
        for entry in mine.forward.list(passage) {
            let stem = (entry & STEM) as usize;
            let there = weights.twin_root[mine.vocabulary.root_of[stem] as usize];
            if there == NONE {
                before = None;
                continue;
            }
            let root = mine.vocabulary.root_of[stem] as usize;
            let mark = &mut self.marks[there as usize];
            if *mark == 0 {
                let weight = weights.of_root(root).unwrap_or(weights.stem[stem]);
                self.roots.push(Root { there, weight, name: NONE, met: 0, named: 0 });
                *mark = self.roots.len() as u32;
            }
            let place = *mark - 1;
            let twin = weights.twin[stem];
            // A name is no name where the other text writes it small.
            let name = || mine.vocabulary.name[stem] && other.vocabulary.name[twin as usize];
            if twin != NONE && (!mine.vocabulary.rooted[stem] || name()) {
                self.roots[place as usize].name = twin;
            }
            if entry & FOLLOWS != 0
                && let Some(before) = before
            {
                self.pairs.push((before, place));
            }
            before = Some(place);
        }
        self.pairs.sort_unstable();
        self.pairs.dedup();
        self.turn = 0;
    }

    /// What it shares with a passage of the other text.
    pub(super) fn with(&mut self, passage: usize, other: &PassageIndex) -> Shared {
        self.turn += 1;
        let (mut sum, mut squares) = (0.0, 0.0);
        let mut shared = Shared::default();
        let mut before = None;
        let mut phrases: Vec<(u32, u32)> = Vec::new();
        for entry in other.forward.list(passage) {
            let mark = self.marks[other.vocabulary.root_of[(entry & STEM) as usize] as usize];
            let Some(place) = mark.checked_sub(1) else {
                before = None;
                continue;
            };
            let root = &mut self.roots[place as usize];
            if root.met != self.turn {
                root.met = self.turn;
                shared.roots += 1;
                sum += root.weight;
                squares += root.weight * root.weight;
            }
            if root.name == entry & STEM && root.named != self.turn {
                root.named = self.turn;
                shared.names += root.weight;
            }
            if entry & FOLLOWS != 0
                && let Some(before) = before
                && self.pairs.binary_search(&(before, place)).is_ok()
                && !phrases.contains(&(before, place))
            {
                phrases.push((before, place));
                shared.phrases += self.roots[before as usize].weight + self.roots[place as usize].weight;
            }
            before = Some(place);
        }
        shared.breadth = if squares > 0.0 { sum * sum / squares } else { 0.0 };
        shared
    }
}
