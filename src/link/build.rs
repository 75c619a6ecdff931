//! Building the index of a text: one pass over its words, then a counting sort.

use std::collections::HashSet;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::topic::belonging::Belonging;
use crate::topic::source::is_source;
use crate::word::fold::fold;
use crate::word::frequency::log_frequency;
use crate::word::hash::WordMap;
use crate::word::language::Language;
use crate::word::related::{Meanings, Related, WordNo};
use crate::word::sentence::is_stop;
use crate::word::stem::Stemmer;
use crate::word::stop::stop_words;
use crate::word::token::units;
use crate::word::variant::root;

use super::index::{BEGINS, FOLLOWS, LEADS, Lists, MAX_PASSAGES, PassageIndex, STEM, Vocabulary, saturation};
use crate::topic::Watcher;

/// How many words at the beginning of a passage say what it is about.
const LEAD_WORDS: usize = 16;
/// Stands for a stop word among stem numbers.
const STOP: u32 = STEM;

impl PassageIndex {
    /// Indexes `text`, whose words are in `language`.
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn of(text: &Arc<Text>, language: Language, watch: Watcher<'_>) -> ControlFlow<(), Self> {
        let count = text.passage_count().min(MAX_PASSAGES);
        let notes = Belonging::of(text).notes(text);
        let mut reader = Reader::new(language);
        let mut words = Vec::with_capacity(count);
        let mut forward = Lists { starts: Vec::with_capacity(count + 1), entries: Vec::new() };
        forward.entries.reserve(text.string().len() / 12);
        forward.starts.push(0);
        for number in 1..=count as u32 {
            if number.is_multiple_of(256) {
                watch(number as usize, count)?;
            }
            let passage = PassageNo(number);
            let string = text.passage_str(passage);
            // A line that only names a source is on no point.
            let mut read = 0;
            if !is_source(string)
                && let Some(block) = text.numbering().block_of(passage)
            {
                read = reader.read(text, block, &mut forward.entries, true);
            }
            words.push(u16::try_from(read).unwrap_or(u16::MAX));
            for block in notes.get(&passage).into_iter().flatten() {
                reader.read(text, *block, &mut forward.entries, false);
            }
            forward.starts.push(forward.entries.len() as u32);
        }
        forward.entries.shrink_to_fit();
        let meanings = reader.meanings(&forward);
        let (mut vocabulary, number_of) = reader.finish();
        for entry in &mut forward.entries {
            *entry = (*entry & !STEM) | number_of[(*entry & STEM) as usize];
        }
        let mean = forward.entries.len() as f32 / count.max(1) as f32;
        let saturation = (0..count).map(|p| saturation(forward.range(p).len(), mean)).collect();
        let mut index = Self {
            text: Arc::clone(text),
            language,
            vocabulary: Vocabulary::default(),
            forward,
            postings: Lists::default(),
            saturation,
            words,
            meanings: Arc::new(meanings),
        };
        index.invert(&mut vocabulary);
        index.vocabulary = vocabulary;
        ControlFlow::Continue(index)
    }

    /// Fills the postings, and counts the passages of each root.
    fn invert(&mut self, vocabulary: &mut Vocabulary) {
        let mut bag = Vec::new();
        let mut starts = vec![0_u32; vocabulary.len() + 1];
        let passages = self.passage_count();
        for passage in 0..passages {
            self.bag(passage, &mut bag);
            let mut last_root = u32::MAX;
            for (stem, _) in &bag {
                starts[*stem as usize + 1] += 1;
                let root = vocabulary.root_of[*stem as usize];
                if root != last_root {
                    vocabulary.root_passages[root as usize] += 1;
                    last_root = root;
                }
            }
        }
        for stem in 0..vocabulary.len() {
            starts[stem + 1] += starts[stem];
        }
        let mut next = starts.clone();
        let mut entries = vec![0_u32; starts.last().map_or(0, |n| *n as usize)];
        for passage in 0..passages {
            self.bag(passage, &mut bag);
            for (stem, impact) in &bag {
                let at = &mut next[*stem as usize];
                // An impact is between 0 and 1, in steps of 1/255.
                #[allow(clippy::cast_sign_loss)]
                let level = (impact * 255.0).round() as u32;
                entries[*at as usize] = (passage as u32) << 8 | level;
                *at += 1;
            }
        }
        self.postings = Lists { starts, entries };
    }
}

/// The words of a block without the marks of notes in it: that both cite their twelfth note joins no passages.
pub(super) fn words_of(text: &Text, block: usize) -> impl Iterator<Item = Range<usize>> {
    let within = text.blocks()[block].range();
    let base = within.start;
    let mut marks = text.note_marks_in(within).into_iter().peekable();
    units(text.block_str(block)).filter(move |word| {
        let at = base + word.start;
        while marks.next_if(|mark| mark.end <= at).is_some() {}
        marks.peek().is_none_or(|mark| !mark.contains(&at))
    })
}

/// Reads words into numbers of stems, in the order in which the stems are first seen.
struct Reader<'a> {
    stemmer: Stemmer,
    stops: HashSet<String>,
    /// Words as they stand in the text, and the stems they have.
    words: WordMap<&'a str, u32>,
    /// Keys of stems.
    numbers: WordMap<u64, u32>,
    stems: Vec<Seen>,
    related: Option<&'static Related<'static>>,
}

/// What is noted of a stem while reading.
struct Seen {
    key: u64,
    general: u8,
    rooted: bool,
    related: Option<WordNo>,
    /// How often it stands inside a sentence, and how often of these with a capital.
    inside: u32,
    capital: u32,
}

impl<'a> Reader<'a> {
    fn new(language: Language) -> Self {
        let stops = stop_words(language).map(|w| fold(w, language)).collect();
        let (words, numbers, stems) = (WordMap::default(), WordMap::default(), Vec::new());
        Self { stemmer: Stemmer::new(language), stops, words, numbers, stems, related: Related::of(language) }
    }

    /// The number of the stem of a word not met before in this form.
    fn learn(&mut self, word: &'a str) -> u32 {
        let language = self.stemmer.language();
        let folded = fold(word, language);
        if self.stops.contains(&folded) || (folded.len() == 1 && folded.is_ascii()) {
            self.words.insert(word, STOP);
            return STOP;
        }
        let stem = self.stemmer.stem_folded(&folded);
        let (key, rooted) = key_of(&stem, language);
        let fresh = self.stems.len() as u32;
        let number = *self.numbers.entry(key).or_insert(fresh.min(STOP - 1));
        if number == fresh {
            let known = if language == Language::English { log_frequency(&stem) } else { None };
            // Between 0 and 255: the table ends at -12.2.
            #[allow(clippy::cast_sign_loss)]
            let general = known.map_or(u8::MAX, |l| (l * -10.0).round().clamp(0.0, 254.0) as u8);
            let related = self.related.and_then(|table| table.word(&stem));
            self.stems.push(Seen { key, general, rooted, related, inside: 0, capital: 0 });
        }
        self.words.insert(word, number);
        number
    }

    /// Reads a block without the marks of notes in it; how many words it has, stop words included.
    fn read(&mut self, text: &'a Text, block: usize, entries: &mut Vec<u32>, leads: bool) -> usize {
        let string = text.block_str(block);
        let mut follows = false;
        let mut end = 0;
        let mut count = 0;
        let (mut begins, mut initial) = (true, false);
        for (nth, range) in words_of(text, block).enumerate() {
            let word = &string[range.clone()];
            // Nothing, where this one overlaps the last.
            let between = string.get(end..range.start).unwrap_or_default();
            let starts_sentence = nth == 0 || between.contains(['.', '!', '?', ':', '…', '“', '"', '\n']);
            follows &= !between.contains(['.', '!', '?', ':', ';', ',', '(', ')', '…', '\n']);
            // A full stop after one letter is an initial's.
            let stopped = between.contains(|c: char| c != '.' && is_stop(c)) || (!initial && between.contains('.'));
            begins |= stopped && !word.starts_with(char::is_lowercase);
            (end, initial) = (range.end, word.chars().nth(1).is_none());
            count = nth + 1;
            let number = match self.words.get(word) {
                Some(&known) => known,
                None => self.learn(word),
            };
            if number == STOP {
                follows = false;
                continue;
            }
            let stem = &mut self.stems[number as usize];
            if !starts_sentence {
                stem.inside += 1;
                stem.capital += u32::from(word.starts_with(char::is_uppercase));
            }
            let mut entry = number;
            if follows {
                entry |= FOLLOWS;
            }
            if std::mem::take(&mut begins) {
                entry |= BEGINS;
            }
            if leads && nth < LEAD_WORDS {
                entry |= LEADS;
            }
            entries.push(entry);
            follows = true;
        }
        count
    }

    /// What the words of each passage mean, where there is a table for them.
    fn meanings(&self, forward: &Lists) -> Meanings {
        let mut meanings = Meanings::default();
        let Some(related) = self.related else { return meanings };
        let mut bag = Vec::new();
        for passage in forward.starts.windows(2) {
            let stems = &forward.entries[passage[0] as usize..passage[1] as usize];
            bag.clear();
            bag.extend(stems.iter().filter_map(|e| Some((self.stems[(e & STEM) as usize].related?, 1.0))));
            meanings.push(related, &bag);
        }
        meanings
    }

    /// The vocabulary, and for each number given so far its number there.
    fn finish(self) -> (Vocabulary, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.stems.len() as u32).collect();
        order.sort_unstable_by_key(|n| self.stems[*n as usize].key);
        let mut number_of = vec![0; order.len()];
        let mut vocabulary = Vocabulary::default();
        for (number, seen) in order.iter().enumerate() {
            let stem = &self.stems[*seen as usize];
            number_of[*seen as usize] = number as u32;
            let root = Vocabulary::root_key(stem.key);
            if vocabulary.keys.last().is_none_or(|k| Vocabulary::root_key(*k) != root) {
                vocabulary.root_start.push(number as u32);
                vocabulary.root_passages.push(0);
            }
            vocabulary.rooted.push(stem.rooted);
            vocabulary.keys.push(stem.key);
            vocabulary.general.push(stem.general);
            // Mostly capitals, and not only once by chance.
            vocabulary.name.push(stem.inside >= 1 && stem.capital * 4 >= stem.inside * 3);
            vocabulary.root_of.push(vocabulary.root_start.len() as u32 - 1);
        }
        vocabulary.root_start.push(order.len() as u32);
        (vocabulary, number_of)
    }
}

/// The key of a stem, and whether it has a root: numbers have none, and stand alone in theirs.
pub(super) fn key_of(stem: &str, language: Language) -> (u64, bool) {
    let whole = xxh3_64(stem.as_bytes());
    if stem.starts_with(|c: char| c.is_ascii_digit()) {
        return (whole, false);
    }
    let root = xxh3_64(root(stem, language).as_bytes()) >> 32;
    (root << 32 | whole & u64::from(u32::MAX), true)
}
