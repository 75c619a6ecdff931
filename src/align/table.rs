//! Which word of one text stands for which of the other: the same word, one spelt alike, or, learned from the pair itself,
//! its translation.
//!
//! Translations are learned by IBM model 1 (Brown, Della Pietra, Della Pietra and Mercer 1993) from the units that an
//! earlier pass laid across from each other, in both directions; what both directions agree on counts (Moore 2002 learns a
//! table from a first alignment by length in the same way).

use super::signs::{SignKind, Signs, kind};
use crate::word::hash::WordMap;

/// How many letters a word must have to be compared by its spelling.
const SPELT: usize = 5;
/// What being spelt alike is worth beside being the same.
const ALIKE: f32 = 0.6;
/// A beginning that more words have than this tells nothing.
const COMMON: usize = 64;
/// Rounds of learning.
const ROUNDS: usize = 6;
/// A translation below this likelihood (the geometric mean of both directions) is none.
const LIKELY: f32 = 0.08;
/// What a likelihood is multiplied by: the geometric mean of both directions is low where a word has several translations.
const LIFT: f32 = 1.3;
/// From longer units only the rarest words are learned.
const MOST_WORDS: usize = 120;
/// How many pairs of words are learned from at most: more only cost time.
const MOST_PAIRS: usize = 6_000_000;

/// For each sign of the left text, signs of the right one with what they are worth, 0 to 1.
#[derive(Debug, Clone)]
pub(super) struct Table {
    starts: Vec<u32>,
    entries: Vec<(u32, f32)>,
}

impl Table {
    /// The right signs that a left one can stand for.
    pub(super) fn of(&self, sign: u32) -> &[(u32, f32)] {
        &self.entries[self.starts[sign as usize] as usize..self.starts[sign as usize + 1] as usize]
    }

    /// What can be told without having seen the pair: same words, numbers and marks, and words spelt alike.
    pub(super) fn spelt(left: &Signs, right: &Signs) -> Self {
        let mut alike: WordMap<String, Vec<u32>> = WordMap::default();
        for (word, number) in right.written().filter(|(word, _)| is_spelt(word)) {
            alike.entry(beginning(word)).or_default().push(number);
        }
        let mut found = Vec::new();
        for (word, number) in left.written() {
            let same = right.number_of(word);
            found.extend(same.map(|same| (number, same, 1.0)));
            if is_spelt(word) {
                let others = alike.get(&beginning(word)).filter(|all| all.len() <= COMMON).map_or(&[][..], |all| all);
                found.extend(others.iter().filter(|&&o| Some(o) != same).map(|&other| (number, other, ALIKE)));
            }
        }
        Self::from(left.kinds(), found)
    }

    /// The same with what was learned of the pair beside it; the better of two values counts.
    pub(super) fn and(&self, learned: Vec<(u32, u32, f32)>) -> Self {
        let known = (0..self.starts.len() as u32 - 1)
            .flat_map(|sign| self.of(sign).iter().map(move |&(other, worth)| (sign, other, worth)));
        Self::from(self.starts.len() - 1, known.chain(learned).collect())
    }

    fn from(kinds: usize, mut found: Vec<(u32, u32, f32)>) -> Self {
        found.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
        found.dedup_by_key(|&mut (sign, other, _)| (sign, other));
        let mut starts = vec![0u32; kinds + 1];
        for &(sign, ..) in &found {
            starts[sign as usize + 1] += 1;
        }
        for at in 0..kinds {
            starts[at + 1] += starts[at];
        }
        Self { starts, entries: found.into_iter().map(|(_, other, worth)| (other, worth)).collect() }
    }
}

fn is_spelt(word: &str) -> bool {
    kind(word) == SignKind::Word && word.chars().count() >= SPELT
}

/// How words that came into two languages from one begin: sounds that are spelt in several ways are spelt in one.
fn beginning(word: &str) -> String {
    let mut plain = word.to_owned();
    for (spelt, plainly) in [("ph", "f"), ("th", "t"), ("ck", "k"), ("sch", "s"), ("qu", "k")] {
        if plain.contains(spelt) {
            plain = plain.replace(spelt, plainly);
        }
    }
    let mut letters = String::new();
    let mut last = None;
    for c in plain.chars() {
        let c = match c {
            'c' => 'k',
            'z' => 's',
            'y' => 'i',
            'w' => 'v',
            c => c,
        };
        if last != Some(c) {
            letters.push(c);
        }
        last = Some(c);
        if letters.chars().count() == SPELT {
            break;
        }
    }
    letters
}

/// Learns which words translate which from units that lie across from each other.
pub(super) fn learn(left: &Signs, right: &Signs, across: &[(u32, u32)]) -> Vec<(u32, u32, f32)> {
    // What stands in every seventh unit says nothing about the words across.
    let common = |signs: &Signs| (0.15 * signs.count() as f32).max(20.0) as u32;
    let (common_left, common_right) = (common(left), common(right));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    // For each pair of words that lie across: left sign, right sign, and the bead.
    let mut seen: Vec<(u64, u32)> = Vec::new();
    // Of what is too much to learn from, a part from all over the texts.
    let weight = |signs: &Signs, unit: u32| signs.row(unit as usize).len().min(MOST_WORDS);
    let all: usize = across.iter().map(|&(l, r)| weight(left, l) * weight(right, r)).sum();
    for (bead, &(l, r)) in across.iter().enumerate().step_by(all / MOST_PAIRS + 1) {
        rarest(left, l as usize, common_left, &mut ours);
        rarest(right, r as usize, common_right, &mut theirs);
        if seen.len() + ours.len() * theirs.len() > MOST_PAIRS {
            break;
        }
        for &one in &ours {
            seen.extend(theirs.iter().map(|&other| (u64::from(one) << 32 | u64::from(other), bead as u32)));
        }
    }
    // The distinct pairs, each with a number, in place of the pairs.
    seen.sort_unstable();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    let mut often: Vec<u32> = Vec::new();
    let mut uses: Vec<(u32, u32)> = Vec::with_capacity(seen.len());
    let mut last = None;
    for &(pair, bead) in &seen {
        if last != Some(pair) {
            last = Some(pair);
            pairs.push(((pair >> 32) as u32, pair as u32));
            often.push(0);
        }
        let number = pairs.len() - 1;
        often[number] += 1;
        uses.push((number as u32, bead));
    }
    drop(seen);
    let forth = model_one(&pairs, &uses, left.kinds(), false);
    let back = model_one(&pairs, &uses, right.kinds(), true);
    let likely = forth.iter().zip(&back).map(|(f, b)| (f * b).sqrt());
    let found = pairs.iter().zip(likely).zip(&often).filter(|((_, likely), often)| **often >= 2 && *likely >= LIKELY);
    found.map(|((&(one, other), likely), _)| (one, other, (LIFT * likely).min(1.0))).collect()
}

/// The signs of a unit that are not common, the rarest where there are too many.
fn rarest(signs: &Signs, unit: usize, common: u32, found: &mut Vec<u32>) {
    found.clear();
    found.extend(signs.row(unit).iter().copied().filter(|&sign| signs.df(sign) < common));
    if found.len() > MOST_WORDS {
        found.sort_by_key(|&sign| (signs.df(sign), sign));
        found.truncate(MOST_WORDS);
    }
}

/// IBM model 1 with one pseudo-count: for each pair of words how likely the target is where the source stands. The source
/// is the left word of a pair, or where `back`, the right one.
fn model_one(pairs: &[(u32, u32)], uses: &[(u32, u32)], sources: usize, back: bool) -> Vec<f32> {
    let source = |pair: (u32, u32)| if back { pair.1 } else { pair.0 } as usize;
    let target = |pair: (u32, u32)| if back { pair.0 } else { pair.1 };
    // The places that a target word takes: one in each bead it stands in.
    let mut places: Vec<(u64, u32)> = uses
        .iter()
        .enumerate()
        .map(|(at, &(n, bead))| (u64::from(bead) << 32 | u64::from(target(pairs[n as usize])), at as u32))
        .collect();
    places.sort_unstable();
    let mut place_of = vec![0u32; uses.len()];
    let mut count = 0u32;
    let mut last = None;
    for &(place, at) in &places {
        if last != Some(place) {
            last = Some(place);
            count += 1;
        }
        place_of[at as usize] = count - 1;
    }
    drop(places);
    let mut likely = vec![1.0f32; pairs.len()];
    let mut total = vec![0.0f32; count as usize];
    let mut share = vec![0.0f32; pairs.len()];
    let mut of_source = vec![0.0f32; sources];
    for _ in 0..ROUNDS {
        total.fill(0.0);
        for (&(n, _), &place) in uses.iter().zip(&place_of) {
            total[place as usize] += likely[n as usize];
        }
        share.fill(0.0);
        for (&(n, _), &place) in uses.iter().zip(&place_of) {
            share[n as usize] += likely[n as usize] / (total[place as usize] + 1e-12);
        }
        of_source.fill(0.0);
        for (&pair, share) in pairs.iter().zip(&share) {
            of_source[source(pair)] += share;
        }
        for ((likely, &pair), share) in likely.iter_mut().zip(pairs).zip(&share) {
            *likely = share / (of_source[source(pair)] + 1.0);
        }
    }
    likely
}

#[cfg(test)]
mod tests {
    use super::{Signs, Table, beginning, learn};

    #[test]
    fn words_from_one_root_begin_alike() {
        for (one, other) in [("philosophie", "filosofia"), ("capital", "kapital"), ("committee", "komitee")] {
            assert_eq!(beginning(one), beginning(other));
        }
    }

    #[test]
    fn translations_are_learned_from_what_lies_across() {
        let left = ["the red house", "the red door", "a green house", "a green door", "the old tree", "an old bridge"];
        let right = ["rotes haus", "rote tuer rotes", "gruenes haus", "gruenes tuer", "alter baum", "alter steg"];
        let (l, r) = (Signs::of(left.into_iter()), Signs::of(right.into_iter()));
        let across: Vec<(u32, u32)> = (0..left.len() as u32).map(|n| (n, n)).collect();
        let learned = learn(&l, &r, &across);
        let worth = |one: &str, other: &str| {
            let (one, other) = (l.number_of(one).unwrap(), r.number_of(other).unwrap());
            learned.iter().find(|(a, b, _)| (*a, *b) == (one, other)).map_or(0.0, |(.., worth)| *worth)
        };
        assert!(worth("house", "haus") > worth("house", "rotes"));
        assert!(worth("old", "alter") > 0.3);
        let table = Table::spelt(&l, &r).and(learned.clone());
        let house = table.of(l.number_of("house").unwrap());
        assert!(house.iter().any(|(other, _)| *other == r.number_of("haus").unwrap()));
    }
}
