//! Where in a text an anchor may be: windows in which several of its words stand in the order they had.
//!
//! A word of the query at a place of the text votes for a diagonal: the difference of the two positions, plus the
//! number of words in the query, so that it is never negative. Words that stayed together vote for the same one, give
//! or take what came in or went between them.

use std::ops::{Range, RangeInclusive};

use super::index::Index;
use super::query::Query;

/// How many occurrences of its words are looked at for one anchor, the rarest words first.
const HITS: usize = 1000;
/// How many windows are worth a closer look.
const WINDOWS: usize = 6;
/// A window is worth it when its words say this much of what those of the best window say …
const WORTH: f32 = 0.3;
/// … and this much of what all that were looked for would say.
const LEAST_WORTH: f32 = 0.15;
/// How many more are looked at where the quote alone seems to be, and how much of what it says must be there.
const QUOTE_WINDOWS: usize = 2;
const QUOTE_WORTH: f32 = 0.6;
/// The most that words coming in or going are allowed to shift a long quote.
const MOST_BREADTH: usize = 48;

/// Where to align a query: the diagonals on which its words may lie.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Window {
    pub diagonals: RangeInclusive<usize>,
}

#[derive(Debug, Clone, Copy)]
struct Vote {
    diagonal: usize,
    bits: f32,
    is_quoted: bool,
}

/// Windows, the likeliest first; none of them at the units `except`, where the quote is known to be.
pub(super) fn windows(query: &Query, index: &Index, except: &Range<usize>) -> Vec<Window> {
    let (mut votes, possible) = votes(query, index);
    let known = except.start + query.words.len()..except.end + query.words.len();
    votes.retain(|v| v.diagonal + query.quoted.start >= known.end || v.diagonal + query.quoted.end <= known.start);
    votes.sort_unstable_by_key(|v| v.diagonal);
    let breadth = (3 + query.words.len() / 8).min(MOST_BREADTH);
    let mut chosen: Vec<usize> = Vec::new();
    choose(&mut chosen, peaks(&votes, breadth), breadth, WINDOWS, possible * LEAST_WORTH);
    let best = chosen.first().copied();
    // A few words that went without their context are outvoted by the context that stayed.
    votes.retain(|v| v.is_quoted);
    let whole: f32 = query.words[query.quoted.clone()].iter().map(|w| w.bits).sum();
    choose(&mut chosen, peaks(&votes, breadth), breadth, QUOTE_WINDOWS, whole * QUOTE_WORTH);
    let slack = 4 + breadth;
    let mut windows: Vec<Window> =
        chosen.iter().map(|d| Window { diagonals: d.saturating_sub(slack)..=d + slack }).collect();
    // A sentence that came in, or went, leaves two peaks near each other: look at both at once too.
    let reach = (40 + query.words.len() / 2).min(4 * MOST_BREADTH);
    let near = chosen.iter().filter(|d| best.is_some_and(|best| d.abs_diff(best) <= reach));
    let (low, high) = near.fold((usize::MAX, 0), |(low, high), &d| (low.min(d), high.max(d)));
    if low < high {
        windows.push(Window { diagonals: low.saturating_sub(slack)..=high + slack });
    }
    windows
}

/// Adds the diagonals of the `most` best peaks that are not near one chosen already, and have at least `least` bits and
/// a good part of those of the best.
fn choose(chosen: &mut Vec<usize>, mut peaks: Vec<Vote>, breadth: usize, most: usize, least: f32) {
    let best = peaks.iter().map(|p| p.bits).fold(0.0, f32::max);
    peaks.retain(|p| p.bits >= least.max(best * WORTH));
    peaks.sort_unstable_by(|a, b| b.bits.total_cmp(&a.bits));
    let full = chosen.len() + most;
    for peak in peaks {
        if chosen.len() < full && chosen.iter().all(|d| d.abs_diff(peak.diagonal) > breadth) {
            chosen.push(peak.diagonal);
        }
    }
}

/// The votes of the rarer words, and how many bits they come to where all of them stand as in the query.
fn votes(query: &Query, index: &Index) -> (Vec<Vote>, f32) {
    let mut order: Vec<usize> = (0..query.words.len()).collect();
    order.sort_by_key(|&w| index.places(query.words[w].unit.key).len());
    let mut votes = Vec::new();
    let mut possible = 0.0;
    for at in order {
        let word = &query.words[at];
        let places = index.places(word.unit.key);
        if votes.len() + places.len() > HITS && !votes.is_empty() {
            break;
        }
        let next = query.words.get(at + 1);
        possible += word.bits + next.map_or(0.0, |n| n.bits);
        votes.extend(places.iter().take(10 * HITS).map(|&place| {
            // Two words in a row say more than each by itself.
            let goes_on = next.filter(|n| index.units().get(place as usize + 1).is_some_and(|u| u.key == n.unit.key));
            let bits = word.bits + goes_on.map_or(0.0, |n| n.bits);
            let diagonal = place as usize + query.words.len() - at;
            Vote { diagonal, bits, is_quoted: query.quoted.contains(&at) }
        }));
    }
    (votes, possible)
}

/// For each stretch of `breadth` diagonals that begins with a vote, its middle and the sum of its votes.
fn peaks(votes: &[Vote], breadth: usize) -> Vec<Vote> {
    let mut peaks = Vec::new();
    let mut end = 0;
    let mut sum = 0.0;
    for (at, vote) in votes.iter().enumerate() {
        while end < votes.len() && votes[end].diagonal <= vote.diagonal + breadth {
            sum += votes[end].bits;
            end += 1;
        }
        let is_first = at == 0 || votes[at - 1].diagonal < vote.diagonal;
        if is_first {
            let diagonal = usize::midpoint(vote.diagonal, votes[end - 1].diagonal);
            peaks.push(Vote { diagonal, bits: sum, is_quoted: vote.is_quoted });
        }
        sum -= vote.bits;
    }
    peaks
}
