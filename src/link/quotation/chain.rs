//! Chains: seeds that follow each other in both texts, and not far apart. Where a long chain is, a quotation may be.

use super::seed::Seed;

/// How many content words on the next seed of a chain is at most, in both texts.
const APART: u32 = 40;
/// How many seeds before one are tried as its predecessor.
const BACK: usize = 48;

/// Seeds in the order of both texts.
#[derive(Debug, PartialEq)]
pub(super) struct Chain {
    /// What its words tell, in nats, each word once.
    pub told: f32,
    /// Positions of the first and the last seed in the left stream, and in the right one.
    pub here: (u32, u32),
    pub there: (u32, u32),
}

/// The chain of `seeds` (in order) that tells most; `tells` is what the first word of a seed does.
pub(super) fn best_chain(seeds: &[Seed], tells: impl Fn(Seed) -> f32) -> Option<Chain> {
    let mut chains: Vec<Chain> = Vec::with_capacity(seeds.len());
    for (at, &seed) in seeds.iter().enumerate() {
        let own = tells(seed);
        let mut chain = Chain { told: own, here: (seed.here, seed.here), there: (seed.there, seed.there) };
        for before in &chains[at.saturating_sub(BACK)..] {
            let (last, last_there) = (before.here.1, before.there.1);
            let follows = seed.there > last_there && seed.there - last_there <= APART && seed.here - last <= APART;
            // A word that begins several seeds tells nothing new.
            if follows && seed.here > last && before.told + own > chain.told {
                chain.told = before.told + own;
                (chain.here.0, chain.there.0) = (before.here.0, before.there.0);
            }
        }
        chains.push(chain);
    }
    chains.into_iter().max_by(|a, b| a.told.total_cmp(&b.told))
}

#[cfg(test)]
mod tests {
    use super::{Chain, best_chain};
    use crate::link::quotation::seed::Seed;

    #[test]
    fn a_chain_keeps_the_order_of_both_texts() {
        let seeds = [(1, 70), (2, 71), (3, 10), (4, 72), (90, 73), (91, 74)].map(|(here, there)| Seed { here, there });
        let best = best_chain(&seeds, |_| 1.0);
        assert_eq!(best, Some(Chain { told: 3.0, here: (1, 4), there: (70, 72) }));
        assert_eq!(best_chain(&[], |_| 1.0), None);
    }
}
