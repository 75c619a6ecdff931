//! Seeds: two content stems that stand close to each other in both texts, and seldom in either.
//!
//! The left text is taken a stretch at a time, so that the table of its pairs stays small however long the texts are; the
//! right text is run through it.

use std::ops::Range;

use super::stream::Stream;

/// How many words after the first the second word of a pair is looked for among.
const REACH: usize = 3;
/// How many content words of the left text are taken at once.
pub(super) const STRETCH: usize = 50_000;
/// A pair that a stretch holds more often is a common phrase.
const MOST_HERE: usize = 6;
/// So is one that the other text holds more often.
const MOST_THERE: u8 = 12;

/// A pair of words in both texts: the positions of its first word in the two streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seed {
    pub here: u32,
    pub there: u32,
}

/// The pairs of a stretch, by their hashes.
struct PairsByHash {
    /// Sorted: the hash, and where the pair stands.
    pairs: Vec<(u32, u32)>,
    /// For each value of the upper bits of a hash the first pair that has it.
    starts: Vec<u32>,
    /// How often the other text has a pair.
    there: Vec<u8>,
}

/// The upper bits of a hash that [`PairsByHash::starts`] goes by.
const BITS: u32 = 17;

/// The seeds of a stretch of the left text (entries of its blocks), in order.
pub(super) fn seeds(left: &Stream, stretch: Range<usize>, right: &Stream) -> Vec<Seed> {
    let mut table = PairsByHash::of(left, stretch);
    let mut seeds = Vec::new();
    each_pair(right, 0..right.blocks.len(), |hash, there| {
        let Some(same) = table.find(hash) else { return };
        let seen = &mut table.there[same.start];
        *seen = seen.saturating_add(1);
        if *seen <= MOST_THERE {
            seeds.extend(same.map(|pair| (pair as u32, there)));
        }
    });
    // Which pairs the other text has too often is known only now.
    seeds.retain(|(pair, _)| table.there[table.first_of(*pair as usize)] <= MOST_THERE);
    let mut seeds: Vec<Seed> =
        seeds.into_iter().map(|(pair, there)| Seed { here: table.pairs[pair as usize].1, there }).collect();
    seeds.sort_unstable();
    seeds.dedup();
    seeds
}

/// The pairs of some blocks: their hash and the position of the first word.
fn each_pair(stream: &Stream, entries: Range<usize>, mut take: impl FnMut(u32, u32)) {
    for entry in entries {
        let range = stream.range_of(entry);
        let stems = &stream.stems[range.start as usize..range.end as usize];
        for (at, first) in stems.iter().enumerate() {
            for second in stems[at + 1..].iter().take(REACH).filter(|s| *s != first) {
                let mixed = (u64::from(*first) << 32 | u64::from(*second)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                take((mixed >> 32) as u32, range.start + at as u32);
            }
        }
    }
}

impl PairsByHash {
    fn of(left: &Stream, stretch: Range<usize>) -> Self {
        let mut pairs = Vec::new();
        each_pair(left, stretch, |hash, at| pairs.push((hash, at)));
        pairs.sort_unstable();
        let mut kept: Vec<(u32, u32)> = Vec::with_capacity(pairs.len());
        for same in pairs.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() <= MOST_HERE) {
            kept.extend_from_slice(same);
        }
        let mut starts = vec![0_u32; (1 << BITS) + 1];
        for (hash, _) in &kept {
            starts[(hash >> (32 - BITS)) as usize + 1] += 1;
        }
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        let there = vec![0; kept.len()];
        Self { pairs: kept, starts, there }
    }

    /// The pairs with this hash.
    fn find(&self, hash: u32) -> Option<Range<usize>> {
        let bucket = (hash >> (32 - BITS)) as usize;
        let (from, to) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
        let first = from + self.pairs[from..to].iter().position(|p| p.0 == hash)?;
        let same = self.pairs[first..to].iter().take_while(|p| p.0 == hash).count();
        Some(first..first + same)
    }

    /// The first of the pairs that have the same hash as this one.
    fn first_of(&self, pair: usize) -> usize {
        let same = |other: &&(u32, u32)| other.0 == self.pairs[pair].0;
        pair - self.pairs[..pair].iter().rev().take_while(same).count()
    }
}
