//! Likeness: how like one passage is to every passage of the other text.

use super::index::PassageIndex;
use super::weight::{NONE, SideWeights};

/// Room for one row and the bag of its passage, used again and again.
#[derive(Debug, Default)]
pub(super) struct Likeness {
    /// For each passage of the other text its likeness, 0 to about 1.
    pub likeness: Vec<f32>,
    bag: Vec<(u32, f32)>,
}

impl Likeness {
    /// Fills the row of passage `passage` of `mine` against `other`.
    pub(super) fn fill(
        &mut self,
        passage: usize,
        (mine, weights): (&PassageIndex, &SideWeights),
        (other, others): (&PassageIndex, &SideWeights),
    ) {
        self.likeness.clear();
        self.likeness.resize(other.passage_count(), 0.0);
        mine.bag(passage, &mut self.bag);
        let mut rest = &self.bag[..];
        while let Some(&(first, _)) = rest.first() {
            let root = mine.vocabulary.root_of[first as usize];
            let end = mine.vocabulary.root_start[root as usize + 1];
            let (group, after) = rest.split_at(rest.iter().take_while(|e| e.0 < end).count());
            rest = after;
            let there = weights.twin_root[root as usize];
            if there == NONE {
                continue;
            }
            // Every stem of the root lends its part; the same stem adds its own.
            let of_root = weights.root[root as usize] * group.iter().map(|e| e.1).sum::<f32>();
            let mut mates = group.iter();
            let mut mate = mates.next();
            for stem in other.vocabulary.stems_of(there as usize) {
                let mut push = of_root;
                while let Some((own, impact)) = mate {
                    let twin = weights.twin[*own as usize];
                    if twin != NONE && twin as usize > stem {
                        break;
                    }
                    if twin as usize == stem {
                        push += weights.stem[*own as usize] * impact;
                    }
                    mate = mates.next();
                }
                if push > 0.0 {
                    spread(other.postings.list(stem), push, &mut self.likeness);
                }
            }
        }
        let scale = weights.scale[passage] / 255.0;
        for (value, other_scale) in self.likeness.iter_mut().zip(&others.scale) {
            *value *= scale * other_scale;
        }
    }
}

fn spread(postings: &[u32], push: f32, likeness: &mut [f32]) {
    for entry in postings {
        likeness[(entry >> 8) as usize] += push * (entry & 0xff) as f32;
    }
}
