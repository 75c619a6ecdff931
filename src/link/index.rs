//! The index of one text: which stems stand in which passage, as compactly as ranking needs.
//!
//! No list of words is kept. A vocabulary holds one 64-bit key a stem; the passages hold the numbers of their stems in
//! order (`forward`); and each stem holds the passages it stands in with its impact there (`postings`). Entries are
//! packed into 32 bits, so that a text of 10 MB takes about 10 MiB besides its string.

use std::ops::Range;
use std::sync::Arc;

use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::word::language::Language;
use crate::word::related::Meanings;

/// The stem statistics of one text. Immutable; shared between threads in an `Arc`.
#[derive(Debug)]
pub struct PassageIndex {
    pub(super) text: Arc<Text>,
    pub(super) language: Language,
    pub(super) vocabulary: Vocabulary,
    /// For each passage its stems in order, each a stem number and flags: see [`STEM`].
    pub(super) forward: Lists,
    /// For each stem the passages it stands in: passage index in the upper 24 bits, impact in the lower 8.
    pub(super) postings: Lists,
    /// For each passage the denominator's part of an impact: see [`impact`].
    pub(super) saturation: Vec<f32>,
    /// For each passage how many words it has, stop words included and footnotes not.
    pub(super) words: Vec<u16>,
    /// For each passage what its words mean by the table of related words; empty where its language has none.
    pub(super) meanings: Arc<Meanings>,
}

/// The stems of a text. Sorted by key, so that two vocabularies are joined in one pass, and so that the stems of one
/// root (see [`crate::word::variant`]) stand together.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Upper half: hash of the root; lower half: hash of the stem.
    pub keys: Vec<u64>,
    /// Natural logarithm of the share in general English, times -10, at most 255; 255 where unknown.
    pub general: Vec<u8>,
    /// Whether it is usually written with a capital inside sentences.
    pub name: Vec<bool>,
    /// For each stem the number of its root.
    pub root_of: Vec<u32>,
    /// For each root its first stem, and the count of stems at the end.
    pub root_start: Vec<u32>,
    /// For each root the number of passages it stands in.
    pub root_passages: Vec<u32>,
    /// Whether the stem has a root at all; numbers stand alone.
    pub rooted: Vec<bool>,
}

/// Lists of 32-bit entries behind one another (compressed sparse rows).
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub starts: Vec<u32>,
    pub entries: Vec<u32>,
}

/// The bits of a forward entry that hold the number of the stem.
pub(super) const STEM: u32 = 0x00ff_ffff;
/// Set where the stem follows the one before without a stop word or a full stop between.
pub(super) const FOLLOWS: u32 = 1 << 31;
/// Set where the stem stands among the first words of its passage.
pub(super) const LEADS: u32 = 1 << 30;
/// Set where the stem is the first of a sentence.
pub(super) const BEGINS: u32 = 1 << 29;

/// Passages past this one are not indexed: no text that a person reads has sixteen million.
pub(super) const MAX_PASSAGES: usize = 1 << 24;

/// How fast a repeated stem stops to count more (BM25's k1; Robertson & Zaragoza 2009).
const K1: f32 = 4.0;
/// How much a long passage must repeat a stem for the same effect (BM25's b).
const B: f32 = 0.3;
/// Stems among the first words of a passage count so often: they say what it is about.
const LEAD_WEIGHT: f32 = 1.6;

impl PassageIndex {
    /// The text it is of.
    pub fn text(&self) -> &Arc<Text> {
        &self.text
    }

    /// The language its words were stemmed in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// How many passages it holds.
    pub fn passage_count(&self) -> usize {
        self.saturation.len()
    }

    /// Bytes it takes besides the text's string.
    pub fn bytes(&self) -> usize {
        let v = &self.vocabulary;
        let words = v.root_of.len() + v.root_start.len() + v.root_passages.len() + self.saturation.len();
        let lists = self.forward.starts.len() + self.forward.entries.len();
        let postings = self.postings.starts.len() + self.postings.entries.len();
        v.keys.len() * 11 + (words + lists + postings) * 4 + self.words.len() * 2 + self.meanings.bytes()
    }

    /// The index of `passage`, where there is such a passage.
    pub(super) fn position(&self, passage: PassageNo) -> Option<usize> {
        (passage.0 as usize).checked_sub(1).filter(|i| *i < self.passage_count())
    }

    /// How many passages stem `stem` stands in.
    pub(super) fn passages_with(&self, stem: usize) -> u32 {
        self.postings.range(stem).len() as u32
    }

    /// The distinct stems of a passage with their impacts, in the order of the vocabulary, into `bag`.
    pub(super) fn bag(&self, passage: usize, bag: &mut Vec<(u32, f32)>) {
        bag.clear();
        let weight = |e: &u32| if e & LEADS == 0 { 1.0 } else { LEAD_WEIGHT };
        bag.extend(self.forward.list(passage).iter().map(|e| (e & STEM, weight(e))));
        bag.sort_unstable_by_key(|(stem, _)| *stem);
        bag.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        for (_, count) in bag {
            *count = impact(*count, self.saturation[passage]);
        }
    }
}

/// What a stem that occurs `count` times adds to a passage, 0 to 1, in steps of 1/255: BM25's saturation `tf / (tf + K)`.
pub(super) fn impact(count: f32, saturation: f32) -> f32 {
    (255.0 * count / (count + saturation)).round().max(1.0) / 255.0
}

/// `K` of [`impact`]: `k1 (1 - b + b length / mean length)`.
pub(super) fn saturation(length: usize, mean: f32) -> f32 {
    K1 * (1.0 - B + B * length as f32 / mean.max(1.0))
}

impl Vocabulary {
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The stems of root `root`.
    pub(super) fn stems_of(&self, root: usize) -> Range<usize> {
        self.root_start[root] as usize..self.root_start[root + 1] as usize
    }

    /// The root part of a key.
    pub(super) fn root_key(key: u64) -> u32 {
        (key >> 32) as u32
    }
}

impl Lists {
    /// Where list `index` stands among the entries.
    pub(super) fn range(&self, index: usize) -> Range<usize> {
        self.starts[index] as usize..self.starts[index + 1] as usize
    }

    /// List `index`.
    pub(super) fn list(&self, index: usize) -> &[u32] {
        &self.entries[self.range(index)]
    }
}
