//! Which word of one text stands for which of the other: the same word, one spelt alike, or, learned from the pair itself,
//! its translation.
//!
//! Translations are learned by IBM model 1 (Brown, Della Pietra, Della Pietra and Mercer 1993) from the units that an
//! earlier pass laid across from each other, in both directions; what both directions agree on counts (Moore 2002 learns a
//! table from a first alignment by length in the same way).

use std::ops::Range;

use super::signs::{GREATEST_ROMAN, SignKind, Signs, kind};
use crate::word::hash::WordMap;
use crate::word::roman;

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
/// Of two units that have so much in common one is the other, edited: its words say what they are by themselves, and
/// something is to be learned only from the others.
const EDITED: f32 = 0.75;
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

    /// This table merged with one learned from the pair; where both have a value, the better counts.
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

/// Whether how a word is spelt tells of its kin; of Roman numerals it does not.
fn is_spelt(word: &str) -> bool {
    kind(word) == SignKind::Word && word.chars().count() >= SPELT && roman::number(word, GREATEST_ROMAN).is_none()
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
    let lessons = Lessons::of(left, right, across);
    let likely = lessons.model_one(left.kinds(), right.kinds());
    let found = lessons.pairs().zip(likely).filter(|((.., uses), likely)| uses.len() >= 2 && *likely >= LIKELY);
    found.map(|((one, other, _), likely)| (one, other, (LIFT * likely).min(1.0))).collect()
}

/// What is learned from: the words that lie across from each other. A word takes a place in each pair of units that it
/// stands in.
struct Lessons {
    /// The words of each side by their places.
    words: [Vec<u32>; 2],
    /// The distinct pairs of words in order, each with where its uses end.
    pairs: Vec<(u32, u32, u32)>,
    /// The left and the right place of each use of a pair, one pair after the other.
    uses: Vec<[u32; 2]>,
}

impl Lessons {
    fn of(left: &Signs, right: &Signs, across: &[(u32, u32)]) -> Self {
        // What stands in every seventh unit says nothing about the words across.
        let common = |signs: &Signs| (0.15 * signs.count() as f32).max(20.0) as u32;
        let (common_left, common_right) = (common(left), common(right));
        // Of what is too much to learn from, a part from all over the texts.
        let weight = |signs: &Signs, unit: u32| signs.row(unit as usize).len().min(MOST_WORDS);
        let all: usize = across.iter().map(|&(l, r)| weight(left, l) * weight(right, r)).sum();
        let twins = Twins::of(left, right);
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        let mut words = [Vec::new(), Vec::new()];
        // For each left place the right ones across from it.
        let mut places_across: Vec<Range<u32>> = Vec::new();
        let mut count = 0;
        for &(l, r) in across.iter().step_by(all / MOST_PAIRS + 1) {
            twins.others(left.row(l as usize), right.row(r as usize), &mut ours, &mut theirs);
            rarest(left, common_left, &mut ours);
            rarest(right, common_right, &mut theirs);
            count += ours.len() * theirs.len();
            if count > MOST_PAIRS {
                count -= ours.len() * theirs.len();
                break;
            }
            let first = words[1].len() as u32;
            words[0].extend_from_slice(&ours);
            words[1].extend_from_slice(&theirs);
            places_across.resize(words[0].len(), first..words[1].len() as u32);
        }
        let mut by_word: Vec<(u32, u32)> = words[0].iter().copied().zip(0..).collect();
        by_word.sort_unstable();
        let (mut pairs, mut uses) = (Vec::new(), Vec::with_capacity(count));
        // One left word after the other, so that only what lies across from one has to be put in order.
        let mut of_word: Vec<(u32, [u32; 2])> = Vec::new();
        for same in by_word.chunk_by(|a, b| a.0 == b.0) {
            of_word.clear();
            for &(_, place) in same {
                of_word.extend(places_across[place as usize].clone().map(|at| (words[1][at as usize], [place, at])));
            }
            of_word.sort_unstable();
            for pair in of_word.chunk_by(|a, b| a.0 == b.0) {
                uses.extend(pair.iter().map(|(_, places)| *places));
                pairs.push((same[0].0, pair[0].0, uses.len() as u32));
            }
        }
        Self { words, pairs, uses }
    }

    /// The distinct pairs of a left and a right word, with their uses.
    fn pairs(&self) -> impl Iterator<Item = (u32, u32, &[[u32; 2]])> {
        let mut from = 0;
        self.pairs.iter().map(move |&(one, other, to)| {
            let uses = &self.uses[from..to as usize];
            from = to as usize;
            (one, other, uses)
        })
    }

    /// IBM model 1 with one pseudo-count: for each pair of words how likely one stands where the other does, the geometric
    /// mean of both directions.
    fn model_one(&self, left: usize, right: usize) -> Vec<f32> {
        // Of each direction: the source is the left word of a pair and the target the right one, or the other way round.
        let mut likely = vec![[1.0f32; 2]; self.pairs.len()];
        let mut per_place = [vec![0.0f32; self.words[1].len()], vec![0.0f32; self.words[0].len()]];
        let mut of_source = [vec![0.0f32; left], vec![0.0f32; right]];
        for _ in 0..ROUNDS {
            for all in &mut per_place {
                all.fill(0.0);
            }
            for ((_, _, uses), likely) in self.pairs().zip(&likely) {
                for &[one, other] in uses {
                    per_place[0][other as usize] += likely[0];
                    per_place[1][one as usize] += likely[1];
                }
            }
            for total in per_place.iter_mut().flatten() {
                *total = 1.0 / (*total + 1e-12);
            }
            for all in &mut of_source {
                all.fill(0.0);
            }
            for ((one, other, uses), likely) in self.pairs().zip(&mut likely) {
                let mut shares = [0.0; 2];
                for &[one, other] in uses {
                    shares[0] += per_place[0][other as usize];
                    shares[1] += per_place[1][one as usize];
                }
                *likely = [likely[0] * shares[0], likely[1] * shares[1]];
                of_source[0][one as usize] += likely[0];
                of_source[1][other as usize] += likely[1];
            }
            for (&(one, other, _), likely) in self.pairs.iter().zip(&mut likely) {
                likely[0] /= of_source[0][one as usize] + 1.0;
                likely[1] /= of_source[1][other as usize] + 1.0;
            }
        }
        likely.into_iter().map(|[forth, back]| (forth * back).sqrt()).collect()
    }
}

/// The right sign that is written as a left one is, by the number of that.
struct Twins(Vec<u32>);

impl Twins {
    fn of(left: &Signs, right: &Signs) -> Self {
        let mut twins = vec![u32::MAX; left.kinds()];
        for (word, number) in left.written() {
            twins[number as usize] = right.number_of(word).unwrap_or(u32::MAX);
        }
        Self(twins)
    }

    /// The signs of two units; where they are the same for the most part, only those that one of them has.
    fn others(&self, left: &[u32], right: &[u32], ours: &mut Vec<u32>, theirs: &mut Vec<u32>) {
        theirs.clear();
        theirs.extend_from_slice(right);
        theirs.sort_unstable();
        ours.clear();
        let mut both: Vec<u32> = Vec::new();
        for &sign in left {
            match theirs.binary_search(&self.0[sign as usize]) {
                Ok(at) => both.push(theirs[at]),
                Err(_) => ours.push(sign),
            }
        }
        if (both.len() as f32) < EDITED * left.len().max(right.len()) as f32 {
            ours.clear();
            ours.extend_from_slice(left);
            return;
        }
        both.sort_unstable();
        theirs.retain(|sign| both.binary_search(sign).is_err());
    }
}

/// Of these signs those that are not common, the rarest where there are too many.
fn rarest(signs: &Signs, common: u32, found: &mut Vec<u32>) {
    found.retain(|&sign| signs.df(sign) < common);
    if found.len() > MOST_WORDS {
        found.sort_by_key(|&sign| (signs.df(sign), sign));
        found.truncate(MOST_WORDS);
    }
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
    fn numerals_are_no_kin() {
        let (l, r) = (Signs::of(["tome xxxiii"].into_iter()), Signs::of(["xxiii tome"].into_iter()));
        let table = Table::spelt(&l, &r);
        assert!(table.of(l.number_of("xxxiii").unwrap()).is_empty());
        assert_eq!(table.of(l.number_of("tome").unwrap()).len(), 1);
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
