//! Phrases: two stems that follow each other in both passages say more than each of them alone.

use super::index::{FOLLOWS, PassageIndex, STEM, impact};
use super::weight::{NONE, SideWeights};

/// A shared pair of neighbouring stems counts so much of what its two stems do.
const PHRASE: f32 = 0.1;

/// The phrases of one passage, in the stem numbers of the other text.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    pairs: Vec<(u32, u32)>,
    /// One bit for each pair, by a hash: most pairs of other passages are refused by it.
    filter: [u64; 16],
    /// What each pair weighs.
    weights: Vec<f32>,
    scale: f32,
}

fn bit(pair: (u32, u32)) -> (usize, u64) {
    let hash = (pair.0.wrapping_mul(0x9e37_79b1) ^ pair.1.wrapping_mul(0x85eb_ca6b)) >> 16;
    ((hash as usize >> 6) % 16, 1 << (hash % 64))
}

/// Neighbouring stems of a passage.
fn pairs(index: &PassageIndex, passage: usize) -> impl Iterator<Item = (u32, u32)> {
    let list = index.forward.list(passage);
    list.windows(2).filter(|w| w[1] & FOLLOWS != 0).map(|w| (w[0] & STEM, w[1] & STEM))
}

impl Phrases {
    /// Takes the phrases of `passage` of `mine` that the other text could have.
    pub fn take(&mut self, passage: usize, mine: &PassageIndex, weights: &SideWeights) {
        self.pairs.clear();
        self.weights.clear();
        self.filter = [0; 16];
        let twin = |stem: u32| weights.twin[stem as usize];
        let weight = |stem: u32| weights.stem[stem as usize];
        let mut found: Vec<((u32, u32), f32)> = pairs(mine, passage)
            .filter(|(a, b)| twin(*a) != NONE && twin(*b) != NONE)
            .map(|(a, b)| ((twin(a), twin(b)), weight(a) + weight(b)))
            .collect();
        found.sort_unstable_by_key(|f| f.0);
        found.dedup_by_key(|f| f.0);
        for (pair, weight) in found {
            let (word, mask) = bit(pair);
            self.filter[word] |= mask;
            self.pairs.push(pair);
            self.weights.push(weight);
        }
        self.scale = PHRASE * weights.scale[passage] * impact(1.0, mine.saturation[passage]);
    }

    /// What the phrases that passage `passage` of `other` shares add to the likeness.
    pub fn shared(&self, passage: usize, other: &PassageIndex, weights: &SideWeights) -> f32 {
        let mut sum = 0.0;
        let mut seen = 0_u128;
        for pair in pairs(other, passage) {
            let (word, mask) = bit(pair);
            if self.filter[word] & mask == 0 {
                continue;
            }
            if let Ok(at) = self.pairs.binary_search(&pair) {
                // Each phrase once; past 128 of them in a passage a repetition no longer matters.
                let flag = 1_u128 << (at % 128);
                if seen & flag == 0 {
                    seen |= flag;
                    sum += self.weights[at];
                }
            }
        }
        sum * self.scale * weights.scale[passage] * impact(1.0, other.saturation[passage])
    }
}
