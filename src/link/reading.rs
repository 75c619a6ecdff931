//! A close reading of a passage: its words in order, with what each of them is.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use crate::text::passage::PassageNo;
use crate::word::fold::fold;
use crate::word::hash::WordMap;
use crate::word::sentence::sentences;
use crate::word::stem::Stemmer;
use crate::word::stop::is_stop;

use super::build::{key_of, words_of};
use super::index::{PassageIndex, Vocabulary};

/// One word of a passage.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Bytes of the text's string.
    pub range: Range<usize>,
    /// The key of its stem.
    pub key: u64,
    /// The key of its root, where it has one.
    pub root: Option<u32>,
    pub stop: bool,
    /// Whether it is written with a capital where its sentence does not ask for one.
    pub name: bool,
    pub date: Date,
    /// Which sentence of the passage it stands in.
    pub sentence: u32,
}

/// What part of a date a word can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Date {
    No,
    Year,
    Month,
    Number,
}

/// Reads passages, and remembers the words it has met.
#[derive(Debug)]
pub(super) struct Readings {
    stemmer: Stemmer,
    /// By the hash of the word as it is written, as stems are known by theirs.
    known: WordMap<u64, KnownWord>,
    /// For each passage read where its sentences end: it may answer many others, and is read again for each.
    ends: WordMap<u32, Box<[usize]>>,
}

#[derive(Debug, Clone, Copy)]
struct KnownWord {
    key: u64,
    rooted: bool,
    stop: bool,
    date: Date,
}

/// How many different words are remembered at once, and passages; a whole library need not be.
const MOST_KNOWN: usize = 50_000;

impl Readings {
    /// For passages of `index`'s text.
    pub(super) fn new(index: &PassageIndex) -> Self {
        Self { stemmer: Stemmer::new(index.language), known: WordMap::default(), ends: WordMap::default() }
    }

    /// The words of a passage. Its footnotes are left out: a reason should be seen where the reader looks.
    pub(super) fn read(&mut self, index: &PassageIndex, passage: PassageNo) -> Vec<Word> {
        let Some(block) = index.text.numbering().block_of(passage) else { return Vec::new() };
        let string = index.text.block_str(block);
        let base = index.text.blocks()[block].range().start;
        let ends = self.ends.remove(&passage.0);
        let ends = ends.unwrap_or_else(|| sentences(string).into_iter().map(|sentence| sentence.end).collect());
        let (mut sentence, mut starts) = (0, true);
        // A word takes some six bytes in most languages.
        let mut words = Vec::with_capacity(string.len() / 6 + 1);
        for range in words_of(&index.text, block) {
            while sentence + 1 < ends.len() && range.start >= ends[sentence] {
                sentence += 1;
                starts = true;
            }
            let word = &string[range.clone()];
            let known = self.know(word);
            words.push(Word {
                range: base + range.start..base + range.end,
                key: known.key,
                root: known.rooted.then_some(Vocabulary::root_key(known.key)),
                stop: known.stop,
                name: !known.stop && !starts && word.starts_with(char::is_uppercase),
                date: known.date,
                sentence: sentence as u32,
            });
            starts = false;
        }
        if self.ends.len() < MOST_KNOWN {
            self.ends.insert(passage.0, ends);
        }
        words
    }

    fn know(&mut self, word: &str) -> KnownWord {
        let hash = xxh3_64(word.as_bytes());
        if let Some(known) = self.known.get(&hash) {
            return *known;
        }
        let folded = fold(word, self.stemmer.language());
        let (key, rooted) = key_of(&self.stemmer.stem_folded(&folded), self.stemmer.language());
        let stop = is_stop(&folded, self.stemmer.language());
        let known = KnownWord { key, rooted, stop, date: date_part(&folded) };
        if self.known.len() < MOST_KNOWN {
            self.known.insert(hash, known);
        }
        known
    }
}

fn date_part(folded: &str) -> Date {
    #[rustfmt::skip]
    const MONTHS: &[&str] = &[
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember", "января", "февраля",
        "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря", "janvier",
        "février", "mars", "avril", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ];
    match folded.parse::<u32>() {
        Ok(1000..2100) => Date::Year,
        Ok(_) => Date::Number,
        Err(_) if MONTHS.contains(&folded) => Date::Month,
        Err(_) => Date::No,
    }
}
