//! Feeding a target: its seeds first, then what the dice make of them.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use super::Target;
use super::mutate::{Dice, mutated};

/// What came of feeding a target.
#[derive(Debug)]
pub struct Fed {
    /// How many inputs it was fed.
    pub count: u64,
    /// The inputs on which it panicked.
    pub failed: Vec<Vec<u8>>,
    /// The longest that one input took.
    pub slowest: Duration,
}

/// So many failures end it.
const ENOUGH: usize = 5;

/// Feeds a target with the seeds in its folder below `seeds` and with others that are made of them, as long as `goes_on`
/// says of the number of inputs so far.
pub fn feed(target: &Target, seeds: &Path, dice: &mut Dice, goes_on: &dyn Fn(u64) -> bool) -> Fed {
    let mut files: Vec<_> = fs::read_dir(seeds.join(target.seeds))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    let mut seeds: Vec<Vec<u8>> = files.iter().filter_map(|file| fs::read(file).ok()).collect();
    seeds.push(Vec::new());
    let mut fed = Fed { count: 0, failed: Vec::new(), slowest: Duration::ZERO };
    while fed.failed.len() < ENOUGH && goes_on(fed.count) {
        let data = seeds.get(fed.count as usize).cloned().unwrap_or_else(|| mutated(&seeds, dice));
        let start = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| (target.run)(&data))).is_err() {
            fed.failed.push(data);
        }
        fed.slowest = fed.slowest.max(start.elapsed());
        fed.count += 1;
    }
    fed
}
