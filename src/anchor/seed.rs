//! Where in a text an anchor may be: windows in which several of its words stand in the order they had.

use std::ops::Range;

use super::index::Index;
use super::query::Query;

/// How many occurrences of its words are looked at for one anchor, the rarest words first.
const HITS: usize = 2000;
/// How many windows are worth a closer look.
const WINDOWS: usize = 6;

/// A word of the query at a place of the text: the difference of their positions, and what that says (bits).
#[derive(Debug, Clone, Copy)]
struct Seed {
    diagonal: i64,
    bits: f32,
}

/// Windows of the text's units, the likeliest first.
pub(super) fn windows(query: &Query, index: &Index) -> Vec<Range<usize>> {
    let mut seeds = seeds(query, index);
    seeds.sort_unstable_by_key(|s| s.diagonal);
    // Words that came in or went shift the diagonal; so do a few words changed in a long stretch.
    let breadth = 3 + query.words.len() as i64 / 8;
    let mut peaks = peaks(&seeds, breadth);
    peaks.sort_unstable_by(|a, b| b.bits.total_cmp(&a.bits));
    let slack = 4 + breadth;
    let mut windows: Vec<Range<usize>> = Vec::new();
    let mut taken: Vec<i64> = Vec::new();
    let best = peaks.first().map_or(0.0, |p| p.bits);
    for peak in peaks {
        if windows.len() == WINDOWS || peak.bits < best * 0.3 {
            break;
        }
        if taken.iter().all(|d| (d - peak.diagonal).abs() > breadth) {
            taken.push(peak.diagonal);
            let start = (peak.diagonal - slack).clamp(0, index.units().len() as i64);
            let end = (peak.diagonal + query.words.len() as i64 + slack).clamp(start, index.units().len() as i64);
            windows.push(start as usize..end as usize);
        }
    }
    windows
}

fn seeds(query: &Query, index: &Index) -> Vec<Seed> {
    let mut order: Vec<usize> = (0..query.words.len()).collect();
    order.sort_by_key(|&w| index.places(query.words[w].unit.key).len());
    let mut seeds = Vec::new();
    for at in order {
        let word = &query.words[at];
        let places = index.places(word.unit.key);
        if seeds.len() + places.len() > HITS && !seeds.is_empty() {
            break;
        }
        let next = query.words.get(at + 1);
        seeds.extend(places.iter().take(10 * HITS).map(|&place| {
            // Two words in a row say more than each by itself.
            let goes_on = next.filter(|n| index.units().get(place as usize + 1).is_some_and(|u| u.key == n.unit.key));
            let bits = word.bits + goes_on.map_or(0.0, |n| n.bits);
            Seed { diagonal: i64::from(place) - at as i64, bits }
        }));
    }
    seeds
}

/// For each stretch of `breadth` diagonals that begins with a seed, its middle and what its seeds say together.
fn peaks(seeds: &[Seed], breadth: i64) -> Vec<Seed> {
    let mut peaks = Vec::new();
    let mut end = 0;
    let mut sum = 0.0;
    for (at, seed) in seeds.iter().enumerate() {
        while end < seeds.len() && seeds[end].diagonal <= seed.diagonal + breadth {
            sum += seeds[end].bits;
            end += 1;
        }
        let is_first = at == 0 || seeds[at - 1].diagonal < seed.diagonal;
        if is_first {
            peaks.push(Seed { diagonal: i64::midpoint(seed.diagonal, seeds[end - 1].diagonal), bits: sum });
        }
        sum -= seed.bits;
    }
    peaks
}
