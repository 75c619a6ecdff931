//! How much a word tells: minus the logarithm of how likely it was to stand there anyway.
//!
//! A word is as likely as it is frequent in both texts and in general; after the word before it, as likely as it follows
//! that one elsewhere in the two texts. So `dictatorship of the proletariat` tells little in texts that are full of it, and
//! formulas that every chapter repeats tell next to nothing. (A bigram model with back-off: Jelinek & Mercer 1980.)

use super::stream::{Stems, Stream};

/// How many words general language counts as beside those of the texts.
const PRIOR: f32 = 20_000.0;
/// The logarithmic share of a word that the general table does not hold.
const RARE: f32 = -12.5;
/// The part that the words before have in what is expected; the rest is what is frequent anyway.
const FOLLOWING: f32 = 0.85;
/// The most that a single word tells, in nats: a misprint is unlikely too.
const MOST: f32 = 9.0;

/// What words tell, in nats.
#[derive(Debug)]
pub(super) struct Info {
    alone: Vec<f32>,
    count: Vec<u32>,
    following: Followers,
}

/// How often one stem follows another, counted by hashes into few bytes: never less than it is.
#[derive(Debug)]
struct Followers {
    counts: Vec<u8>,
}

impl Info {
    /// Of the words of two texts.
    pub(super) fn of(stems: &Stems, streams: [&Stream; 2], table_known: bool) -> Self {
        let total: u32 = stems.count.iter().sum();
        let total = total as f32;
        let prior = if table_known { PRIOR } else { 0.0 };
        let alone = stems.count.iter().zip(&stems.general).map(|(count, general)| {
            // The two places that are compared are not what the word is expected by.
            let elsewhere = count.saturating_sub(2) as f32 + 0.5;
            let share = (elsewhere + prior * general.unwrap_or(RARE).exp()) / (total + prior);
            -share.min(1.0).ln()
        });
        let alone = alone.map(|nats| nats.clamp(0.0, MOST)).collect();
        let words = streams.iter().map(|s| s.stems.len()).sum();
        let mut following = Followers::with_room_for(words);
        for stream in streams {
            for entry in 0..stream.blocks.len() {
                let range = stream.range_of(entry);
                let stems = &stream.stems[range.start as usize..range.end as usize];
                stems.windows(2).for_each(|w| following.see(w[0], w[1]));
            }
        }
        Self { alone, count: stems.count.clone(), following }
    }

    /// What `stem` tells by itself.
    pub(super) fn alone(&self, stem: u32) -> f32 {
        self.alone.get(stem as usize).copied().unwrap_or(MOST)
    }

    /// What `stem` tells after `before`.
    pub(super) fn after(&self, before: u32, stem: u32) -> f32 {
        let again = self.following.count(before, stem).saturating_sub(2);
        if again == 0 {
            return self.alone(stem);
        }
        let befores = self.count.get(before as usize).map_or(1, |n| (*n).saturating_sub(2).max(1));
        let expected = FOLLOWING * f32::from(again) / befores as f32;
        let anyway = (1.0 - FOLLOWING) * (-self.alone(stem)).exp();
        (-(expected + anyway).min(1.0).ln()).min(self.alone(stem))
    }
}

impl Followers {
    /// Two slots for each of `words`, so that few share theirs; at most 4 MiB.
    fn with_room_for(words: usize) -> Self {
        let slots = (words * 8).next_power_of_two().clamp(1 << 12, 1 << 22);
        Self { counts: vec![0; slots] }
    }

    fn slots(&self, one: u32, other: u32) -> [usize; 2] {
        let hash = (u64::from(one) << 32 | u64::from(other)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mask = self.counts.len() - 1;
        [(hash >> 40) as usize & mask, (hash.wrapping_mul(0xc2b2_ae3d_27d4_eb4f) >> 38) as usize & mask]
    }

    fn see(&mut self, one: u32, other: u32) {
        let slots = self.slots(one, other);
        let least = self.counts[slots[0]].min(self.counts[slots[1]]);
        for slot in slots {
            // Only what is the least is raised: a slot that others share stays as it is.
            if self.counts[slot] == least {
                self.counts[slot] = least.saturating_add(1);
            }
        }
    }

    fn count(&self, one: u32, other: u32) -> u8 {
        let [a, b] = self.slots(one, other);
        self.counts[a].min(self.counts[b])
    }
}
