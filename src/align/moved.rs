//! What both texts have, but not in the same order: among what the path leaves over, chains of units that are each other's
//! best.

use std::collections::{BTreeMap, BTreeSet};

use super::signs::Signs;
use super::table::Table;

/// A left unit, a right one, and the cosine of the two.
pub(super) type Match = (usize, usize, f32);

/// What a neighbour that was moved along adds.
const BESIDE: f32 = 0.7;
/// How far above chance a chain must be, in cosines and in deviations.
const SURE: (f32, f32) = (0.22, 8.0);
/// How far above chance each of its pairs must be.
const LIKELY: (f32, f32) = (0.10, 5.0);
/// A unit of fewer signs than this has moved only together with its neighbour.
const FEW: usize = 5;
/// About how many places of signs are looked at in all; where more is left over, only the rarest signs are looked up.
const LOOKED_AT: usize = 100_000_000;
/// A sign in at most this many places is always looked up.
const FEWEST: usize = 8;

/// The moved units among those that are left over in both texts.
pub(super) fn moved(
    left: &Signs,
    right: &Signs,
    table: &Table,
    (left_over, right_over): (&[usize], &[usize]),
    (chance, spread): (f32, f32),
) -> Vec<Match> {
    let mut having: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for &unit in right_over {
        for &sign in right.row(unit) {
            having.entry(sign).or_default().push(unit);
        }
    }
    let signs: usize = left_over.iter().map(|&unit| left.row(unit).len()).sum();
    let most = (LOOKED_AT / signs.max(1)).max(FEWEST);
    let common = (0.1 * left.count() as f32) as u32 + 2;
    let common = common.min(u32::try_from(most).unwrap_or(u32::MAX));
    let least = chance + LIKELY.0.max(LIKELY.1 * spread);
    let mut likely: BTreeMap<(usize, usize), f32> = BTreeMap::new();
    // Those that have but one sign in common.
    let mut thin: BTreeSet<(usize, usize)> = BTreeSet::new();
    for &unit in left_over {
        let mut weights: BTreeMap<u32, f32> = BTreeMap::new();
        for &sign in left.row(unit).iter().filter(|&&sign| left.df(sign) <= common) {
            for &(other, worth) in table.of(sign) {
                let weight = weights.entry(other).or_default();
                *weight = weight.max(worth * left.idf()[sign as usize]);
            }
        }
        // The dot product with each other unit, and of how many signs it is made.
        let mut dots: BTreeMap<usize, (f32, usize)> = BTreeMap::new();
        for (sign, weight) in weights {
            for &other in having.get(&sign).filter(|all| all.len() <= most).map_or(&[][..], |all| all) {
                let (dot, signs) = dots.entry(other).or_default();
                *dot += weight * right.idf()[sign as usize];
                *signs += 1;
            }
        }
        for (other, (dot, signs)) in dots {
            let cosine = super::dots::cosine(dot, left.norms()[unit], right.norms()[other]);
            // The number of a note, or a name in it, is not what a sentence says.
            if cosine > least && left.notes()[unit] == right.notes()[other] {
                likely.insert((unit, other), cosine);
                if signs < 2 {
                    thin.insert((unit, other));
                }
            }
        }
    }
    let mut chains: Vec<(f32, usize, usize)> =
        likely.iter().map(|(&(one, other), &cosine)| (cosine + beside(&likely, one, other), one, other)).collect();
    chains.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_left, mut used_right) = (BTreeSet::new(), BTreeSet::new());
    let mut found = Vec::new();
    for (strength, one, other) in chains {
        // Two numbers and a word, as in an index, may stand anywhere, and so may whatever has one number in common.
        let says_much = left.row(one).len().min(right.row(other).len()) >= FEW && !thin.contains(&(one, other));
        let tells = says_much || strength > likely[&(one, other)];
        let sure = tells && strength >= chance + SURE.0.max(SURE.1 * spread);
        if sure && !used_left.contains(&one) && !used_right.contains(&other) {
            used_left.insert(one);
            used_right.insert(other);
            found.push((one, other, likely[&(one, other)]));
        }
    }
    found.sort_by_key(|&(one, ..)| one);
    found
}

/// What the neighbours on both sides add, one for one or over one that was split.
fn beside(likely: &BTreeMap<(usize, usize), f32>, one: usize, other: usize) -> f32 {
    let at = |l: isize, r: isize| {
        let near = (one.checked_add_signed(l)?, other.checked_add_signed(r)?);
        likely.get(&near).map(|cosine| BESIDE * cosine)
    };
    let towards = |d: isize| at(d, d).or_else(|| at(2 * d, d)).or_else(|| at(d, 2 * d)).unwrap_or(0.0);
    towards(1) + towards(-1)
}
