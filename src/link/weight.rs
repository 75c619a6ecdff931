//! The weights of stems when two texts are laid side by side: a stem counts the more, the fewer passages have it.
//!
//! Rarity is judged by both texts together and, as if by a few more passages, by general English, so that a short text
//! knows which of its words are rare.

use super::index::{PassageIndex, Vocabulary};
use crate::word::frequency::RARE;
use crate::word::language::Language;

/// The weights of one side.
#[derive(Debug)]
pub(super) struct SideWeights {
    /// For each stem, minus the logarithm of the share of passages that have it, to the power [`SHARPNESS`].
    pub stem: Vec<f32>,
    /// For each root the same, times [`ROOT`]; 0 where it is none.
    pub root: Vec<f32>,
    /// For each stem its number in the other text, or [`NONE`].
    pub twin: Vec<u32>,
    /// For each root its number in the other text, or [`NONE`].
    pub twin_root: Vec<u32>,
    /// For each passage one over the length of its vector; 0 for an empty one.
    pub scale: Vec<f32>,
    /// Whether only words count that texts in two languages both write: see [`write_alike`].
    pub alike_only: bool,
}

impl SideWeights {
    /// What a word of the asking text weighs that the other has too, or a variant of it.
    pub(super) fn of_word(&self, stem: usize) -> f32 {
        if self.alike_only && self.twin[stem] == NONE { 0.0 } else { self.stem[stem] }
    }

    /// What a root weighs as a word, the same from both sides; `None` for what has none.
    pub(super) fn of_root(&self, root: usize) -> Option<f32> {
        let weight = self.root[root] / ROOT;
        (weight > 0.0).then_some(weight)
    }
}

/// Not in the other text.
pub(super) const NONE: u32 = u32::MAX;

/// How many passages general English counts as.
const PRIOR: f32 = 30.0;
/// The least share of passages of general English that a word is taken to stand in.
const FLOOR: f32 = 3e-4;
/// The power of a weight: a little more for the rare than the logarithm gives.
const SHARPNESS: f32 = 1.3;
/// A shared root, of variants or of the same word, counts this part of a shared stem.
const ROOT: f32 = 0.5;
/// Letter level of a stem whose frequency in general is not known.
const UNKNOWN: u8 = u8::MAX;

/// The weights of both sides, the left one first.
pub(super) fn weigh(left: &PassageIndex, right: &PassageIndex) -> (SideWeights, SideWeights) {
    let (twin_left, twin_right) = join(&left.vocabulary.keys, &right.vocabulary.keys);
    let (root_left, root_right) = join(&root_keys(&left.vocabulary), &root_keys(&right.vocabulary));
    let both = Both::of(left, right);
    let side = |mine: &PassageIndex, other: &PassageIndex, twin: Vec<u32>, twin_root: Vec<u32>| {
        let v = &mine.vocabulary;
        let stem = (0..v.len())
            .map(|s| {
                let there = if twin[s] == NONE { 0 } else { other.passages_with(twin[s] as usize) };
                both.weight((mine.passages_with(s) + there) as f32, general_share(v.general[s]))
            })
            .collect();
        let root = (0..twin_root.len())
            .map(|r| {
                let stems = v.stems_of(r);
                if !v.rooted[stems.start] {
                    return 0.0;
                }
                let there =
                    if twin_root[r] == NONE { 0 } else { other.vocabulary.root_passages[twin_root[r] as usize] };
                let mine = v.general[stems].iter().map(|g| general_share(*g)).sum::<f32>();
                // With the variants that only the other text has, so that the weight is the same from both sides.
                let strangers = |there: usize| {
                    let stems = other.vocabulary.stems_of(there);
                    let strange = stems.filter(|s| v.keys.binary_search(&other.vocabulary.keys[*s]).is_err());
                    strange.map(|s| general_share(other.vocabulary.general[s])).sum::<f32>()
                };
                let theirs = if twin_root[r] == NONE { 0.0 } else { strangers(twin_root[r] as usize) };
                let general = mine + theirs;
                ROOT * both.weight((v.root_passages[r] + there) as f32, general)
            })
            .collect();
        let mut weights = SideWeights { stem, root, twin, twin_root, scale: Vec::new(), alike_only: false };
        weights.scale = scales(mine, &weights);
        weights
    };
    (side(left, right, twin_left, root_left), side(right, left, twin_right, root_right))
}

/// What both texts together tell of passages.
struct Both {
    passages: f32,
    /// Mean length of a passage, in words of a kind that the general table counts.
    length: f32,
    general: bool,
}

impl Both {
    fn of(left: &PassageIndex, right: &PassageIndex) -> Self {
        let passages = left.passage_count() + right.passage_count();
        let words = left.forward.entries.len() + right.forward.entries.len();
        let known = |i: &PassageIndex| i.vocabulary.general.iter().any(|g| *g != UNKNOWN);
        // About half of running words are stop words, which the lists do not hold.
        let length = 2.0 * words as f32 / passages.max(1) as f32;
        Self { passages: passages as f32, length, general: known(left) || known(right) }
    }

    /// Minus the logarithm of the share of passages with a stem that stands in `having` of these and, in general,
    /// makes up `share` of running words.
    fn weight(&self, having: f32, share: f32) -> f32 {
        let prior = if self.general { PRIOR } else { 1.0 };
        let expected = if self.general { (1.0 - (-share * self.length).exp()).max(FLOOR) } else { 0.5 };
        let part = (having + prior * expected) / (self.passages + prior);
        (-part.min(0.999).ln()).powf(SHARPNESS)
    }
}

fn general_share(level: u8) -> f32 {
    if level == UNKNOWN { 0.0 } else { (f32::from(level) / -10.0).exp() }
}

fn root_keys(vocabulary: &Vocabulary) -> Vec<u64> {
    let first = |start: &u32| u64::from(Vocabulary::root_key(vocabulary.keys[*start as usize]));
    vocabulary.root_start.iter().take(vocabulary.root_passages.len()).map(first).collect()
}

/// Lets only that count of texts in two languages which both write alike: names, numbers, and words that are no everyday
/// English. `list` is another word in Italian, and what two languages make roots of only looks alike.
pub(super) fn write_alike(
    (left, on_left): (&PassageIndex, &mut SideWeights),
    (right, on_right): (&PassageIndex, &mut SideWeights),
) {
    let everyday = |index: &PassageIndex, stem: usize| index.vocabulary.general[stem] != UNKNOWN;
    let tells = |one: usize, other: usize| {
        let (l, r) = (&left.vocabulary, &right.vocabulary);
        !l.rooted[one] || (l.name[one] && r.name[other]) || !(everyday(left, one) || everyday(right, other))
    };
    for (stem, twin) in on_left.twin.iter_mut().enumerate().filter(|(_, twin)| **twin != NONE) {
        if !tells(stem, *twin as usize) {
            on_right.twin[*twin as usize] = NONE;
            *twin = NONE;
        }
    }
    for (index, weights) in [(left, on_left), (right, on_right)] {
        weights.alike_only = true;
        for (root, twin) in weights.twin_root.iter_mut().enumerate() {
            weights.root[root] = 0.0;
            if index.vocabulary.stems_of(root).all(|stem| weights.twin[stem] == NONE) {
                *twin = NONE;
            }
        }
    }
}

/// For two sorted lists, where each entry stands in the other.
fn join(left: &[u64], right: &[u64]) -> (Vec<u32>, Vec<u32>) {
    let (mut from_left, mut from_right) = (vec![NONE; left.len()], vec![NONE; right.len()]);
    let (mut l, mut r) = (0, 0);
    while l < left.len() && r < right.len() {
        match left[l].cmp(&right[r]) {
            std::cmp::Ordering::Less => l += 1,
            std::cmp::Ordering::Greater => r += 1,
            std::cmp::Ordering::Equal => {
                (from_left[l], from_right[r]) = (r as u32, l as u32);
                (l, r) = (l + 1, r + 1);
            }
        }
    }
    (from_left, from_right)
}

fn scales(index: &PassageIndex, weights: &SideWeights) -> Vec<f32> {
    let mut bag = Vec::new();
    (0..index.passage_count())
        .map(|passage| {
            index.bag(passage, &mut bag);
            let square = likeness(&bag, &bag, index, weights);
            if square > 0.0 { square.sqrt().recip() } else { 0.0 }
        })
        .collect()
}

/// The product of two bags of one text, not scaled.
pub(super) fn likeness(one: &[(u32, f32)], other: &[(u32, f32)], index: &PassageIndex, weights: &SideWeights) -> f32 {
    let root = |entry: &(u32, f32)| index.vocabulary.root_of[entry.0 as usize];
    let (mut a, mut b, mut sum) = (0, 0, 0.0);
    while a < one.len() && b < other.len() {
        let (root_a, root_b) = (root(&one[a]), root(&other[b]));
        if root_a != root_b {
            if root_a < root_b {
                a += 1;
            } else {
                b += 1;
            }
            continue;
        }
        let end_a = a + one[a..].iter().take_while(|e| root(e) == root_a).count();
        let end_b = b + other[b..].iter().take_while(|e| root(e) == root_a).count();
        let total = |bag: &[(u32, f32)]| bag.iter().map(|e| e.1).sum::<f32>();
        sum += weights.root[root_a as usize] * total(&one[a..end_a]) * total(&other[b..end_b]);
        for x in &one[a..end_a] {
            for y in other[b..end_b].iter().filter(|y| y.0 == x.0) {
                sum += weights.stem[x.0 as usize] * x.1 * y.1;
            }
        }
        (a, b) = (end_a, end_b);
    }
    sum
}

/// How much more alike neighbouring passages of a text are than any two of it, 0 (not at all, as in a list of unrelated
/// points) towards 1. `(near - far) / (near + far)`, drawn towards 0 in texts of few passages.
pub(super) fn coherence(index: &PassageIndex, weights: &SideWeights) -> f32 {
    const SAMPLES: usize = 300;
    let count = index.passage_count();
    if count < 3 {
        return 0.0;
    }
    let (mut one, mut other) = (Vec::new(), Vec::new());
    let mut alike = |a: usize, b: usize| {
        index.bag(a, &mut one);
        index.bag(b, &mut other);
        likeness(&one, &other, index, weights) * weights.scale[a] * weights.scale[b]
    };
    let (mut near, mut far) = (0.0, 0.0);
    for n in 0..SAMPLES {
        // Steps of two golden ratios visit the pairs evenly and always the same way.
        let a = (n * 0x9e37_79b1) % (count - 1);
        let b = (a + 2 + (n * 0x85eb_ca6b) % (count - 2).max(1)) % count;
        near += alike(a, a + 1);
        far += if a.abs_diff(b) < 2 { alike(a, (a + count / 2) % count) } else { alike(a, b) };
    }
    let raw = (near - far) / (near + far).max(1e-6);
    (raw * count as f32 / (count as f32 + 8.0)).clamp(0.0, 1.0)
}

/// How far two English texts are from being on one subject: how much is missing from the likeness of their vocabularies,
/// 0 from [`AKIN`] on. 0 too where how rare words are in general is not known.
pub(super) fn strange(left: &PassageIndex, right: &PassageIndex, weights: &SideWeights) -> f32 {
    if [left, right].iter().any(|index| index.language != Language::English) {
        return 0.0;
    }
    let [one, other] = [left, right].map(|index| index.vocabulary.len());
    missing(kin(left, right, weights), one.min(other), one.max(other))
}

/// How much is missing from the likeness of two vocabularies, where one has so `few` different stems and the other so
/// `many`. A short text leaves most unsaid of what it is about, so that less is asked of it, by the same measure. Found on
/// excerpts of two to thirty passages from ten pairs of texts on one subject, and from twelve across subjects.
fn missing(kin: f32, few: usize, many: usize) -> f32 {
    let part = |stems: usize, all: usize| (stems as f32 / all as f32).min(1.0).sqrt();
    let said = if few < ENOUGH { part(few, ENOUGH) * part(many, MANY) } else { 1.0 };
    (AKIN - kin / said.max(f32::MIN_POSITIVE)).max(0.0)
}

/// How alike the words of two whole texts are, 0 to 1: the cosine of how many passages have each stem, by how rare it is
/// in general.
fn kin(left: &PassageIndex, right: &PassageIndex, weights: &SideWeights) -> f32 {
    let rare = |vocabulary: &Vocabulary, stem: usize| {
        let level = vocabulary.general[stem];
        // Levels are tenths below nothing; what is not known is about as rare as the rarest that are.
        let logarithm = if level == UNKNOWN { -RARE } else { f32::from(level) / 10.0 };
        (logarithm - COMMON).max(0.0)
    };
    let said =
        |index: &PassageIndex, stem: usize| (index.passages_with(stem) as f32).ln_1p() * rare(&index.vocabulary, stem);
    let square = |index: &PassageIndex| (0..index.vocabulary.len()).map(|s| said(index, s).powi(2)).sum::<f32>();
    let (mine, theirs) = (square(left), square(right));
    let shared = weights.twin.iter().enumerate().filter(|(_, twin)| **twin != NONE);
    let product: f32 = shared.map(|(stem, twin)| said(left, stem) * said(right, *twin as usize)).sum();
    if mine > 0.0 && theirs > 0.0 { product / (mine * theirs).sqrt() } else { 0.0 }
}

/// How alike texts on one subject are in their words; those on different subjects have .27 to .39.
const AKIN: f32 = 0.45;
/// How many different stems it takes to say what a text is about, and to leave nothing of it unsaid beside a shorter one.
const ENOUGH: usize = 550;
const MANY: usize = 600;
/// Minus the logarithm of the share of the commonest content words.
const COMMON: f32 = 4.0;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{AKIN, missing};

    proptest! {
        #[test]
        fn the_more_alike_two_vocabularies_are_the_less_is_missing(
            (kin, more) in (0.0_f32..1.0, 0.0_f32..1.0),
            (few, many) in (0_usize..2_000, 0_usize..20_000),
        ) {
            let (here, nearer) = (missing(kin, few, few + many), missing(kin + more, few, few + many));
            prop_assert!((0.0..=AKIN).contains(&here) && nearer <= here, "{here} {nearer}");
            // Of a shorter text no more is asked.
            prop_assert!(missing(kin, few / 2, few + many) <= here + 1e-6);
        }
    }

    #[test]
    fn a_page_beside_a_book_may_be_told_from_one_on_its_subject() {
        // As excerpts of books are, beside a book on their subject and beside another.
        for (few, many, akin, strange) in [(90, 1_900, 0.19, 0.09), (160, 1_900, 0.25, 0.12), (300, 400, 0.28, 0.12)] {
            assert!(missing(akin, few, many) < 0.01, "{few} {many}");
            assert!(missing(strange, few, many) > 0.1, "{few} {many}");
        }
    }
}
