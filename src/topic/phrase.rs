//! Phrases that two texts both use: runs of one to three content words, counted by stems and by passages.

use std::collections::HashSet;
use std::ops::ControlFlow;

use crate::text::Text;
use crate::text::block::BlockKind;
use crate::text::passage::PassageNo;
use crate::word::fold::fold;
use crate::word::frequency::{RARE, log_frequency};
use crate::word::hash::WordMap;
use crate::word::irregular::singular;
use crate::word::language::Language;
use crate::word::stem::Stemmer;
use crate::word::stop::stop_words;
use crate::word::token::tokens;

use super::Watcher;
use super::runs::{BREAK, Runs};

/// How many bits a stem has in the key of a phrase; stems beyond that count as breaks.
const BITS: u32 = 21;
/// The longest phrase, in words.
const WORDS: usize = 3;
/// Words shorter than this, in characters, or longer than that, in bytes, are no content words.
const SHORTEST: usize = 3;
const LONGEST: usize = 48;
/// Words that go with anything and name no topic: indefinite pronouns, and what was proposed and is none.
const INDEFINITE: &str = "anybody anyone anything anywhere everybody everyone everything everywhere nobody none nothing \
nowhere somebody someone something somewhere whatever whichever whoever whomever whosoever forever manner jemand jemandem \
jemanden niemand niemandem niemanden irgendwer irgendetwas personne quelqu'un никто ничто кто-то что-то";

/// The words of two texts, with one numbering of stems.
pub(super) struct Reading<'t> {
    words: WordMap<&'t str, u32>,
    forms: Vec<Form<'t>>,
    by_stem: WordMap<String, u32>,
    stems: Vec<Stem>,
}

/// A word as it stands in a text.
struct Form<'t> {
    written: &'t str,
    stem: u32,
    count: u32,
}

struct Stem {
    /// Natural logarithm of the share of running words in general.
    general: f32,
    /// Whether the first and the second text have it alone in a heading, and speak of it under that.
    headed: [bool; 2],
}

/// A phrase that both texts use.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Phrase {
    /// Its stems, one to three.
    pub stems: Vec<u32>,
    /// In how many passages of the left and of the right text.
    pub passages: [u32; 2],
    /// Whether it is a word that both texts have a heading of, and speak of under that: such a one needs no second passage.
    pub is_headed: bool,
}

impl<'t> Reading<'t> {
    pub fn new() -> Self {
        Self { words: WordMap::default(), forms: Vec::new(), by_stem: WordMap::default(), stems: Vec::new() }
    }

    /// Reads a text, the first (0) or the second (1), into runs of stems.
    pub fn read(
        &mut self,
        (text, side): (&'t Text, usize),
        language: Language,
        watch: Watcher<'_>,
    ) -> ControlFlow<(), Runs> {
        let stemmer = Stemmer::new(language);
        let closed = stop_words(language).chain(INDEFINITE.split_ascii_whitespace());
        let stops: HashSet<String> = closed.map(|w| fold(w, language)).collect();
        let mut runs = Runs::default();
        let (mut heads, mut headed) = (Vec::new(), HashSet::new());
        let mut above = 0;
        let count = text.passage_count();
        for number in 1..=count as u32 {
            if number.is_multiple_of(256) {
                watch(number as usize, count)?;
            }
            runs.begin_passage();
            let block = text.numbering().block_of(PassageNo(number)).unwrap_or(0);
            if let Some(heading) = (above..block).rev().find(|at| matches!(text.blocks()[*at].kind, BlockKind::Heading))
            {
                heads = self.alone_in(text.block_str(heading), stemmer, &stops);
            }
            above = block;
            if matches!(text.blocks()[block].kind, BlockKind::Code | BlockKind::Table | BlockKind::Picture) {
                continue;
            }
            let string = text.block_str(block);
            let mut end = 0;
            for range in tokens(string) {
                let parted = string.as_bytes()[end..range.start].iter().any(|b| !matches!(b, b' ' | b'-' | b'\n'));
                end = range.end;
                runs.count_word();
                let stem = self.stem(&string[range], stemmer, &stops);
                if parted || stem == BREAK {
                    runs.push(BREAK);
                }
                runs.push(stem);
                if heads.contains(&stem) {
                    headed.insert(stem);
                }
            }
            runs.push(BREAK);
        }
        for stem in headed {
            self.stems[stem as usize].headed[side] = true;
        }
        ControlFlow::Continue(runs)
    }

    /// The stems that stand alone in a heading, no other content word beside them: of “Helmets and the law” both.
    fn alone_in(&mut self, heading: &'t str, stemmer: Stemmer, stops: &HashSet<String>) -> Vec<u32> {
        let stems: Vec<u32> = tokens(heading).map(|word| self.stem(&heading[word], stemmer, stops)).collect();
        let runs = stems.split(|stem| *stem == BREAK).filter(|run| !run.is_empty());
        runs.filter_map(|run| <[u32; 1]>::try_from(run).ok()).map(|[stem]| stem).collect()
    }

    fn stem(&mut self, word: &'t str, stemmer: Stemmer, stops: &HashSet<String>) -> u32 {
        let fresh = self.forms.len() as u32;
        let form = *self.words.entry(word).or_insert(fresh);
        if form == fresh {
            let stem = self.learn(word, stemmer, stops);
            self.forms.push(Form { written: word, stem, count: 0 });
        }
        let form = &mut self.forms[form as usize];
        form.count += 1;
        form.stem
    }

    fn learn(&mut self, word: &str, stemmer: Stemmer, stops: &HashSet<String>) -> u32 {
        let folded = fold(word, stemmer.language());
        let content = word.len() <= LONGEST
            && folded.chars().count() >= SHORTEST
            && !folded.starts_with(|c: char| c.is_numeric())
            && !stops.contains(&folded);
        if !content || self.stems.len() + 1 >= 1 << BITS {
            return BREAK;
        }
        let english = stemmer.language() == Language::English;
        let folded = singular(&folded).filter(|_| english).unwrap_or(folded);
        let stem = stemmer.stem_folded(&folded);
        let fresh = self.stems.len() as u32;
        let number = *self.by_stem.entry(stem.clone()).or_insert(fresh);
        if number == fresh {
            let known = if english { log_frequency(&stem) } else { None };
            self.stems.push(Stem { general: known.unwrap_or(RARE), headed: [false; 2] });
        }
        number
    }

    /// The natural logarithm of the share of running words that stem `stem` has in general.
    pub fn general(&self, stem: u32) -> f32 {
        self.stems[stem as usize].general
    }

    /// Whether a word stands in one of the texts, written just so.
    pub fn has(&self, word: &str) -> bool {
        self.words.contains_key(word)
    }

    /// For each stem the form in which it is met most, without possessives where there are others.
    pub(super) fn usual_forms(&self) -> Vec<&'t str> {
        let mut best: Vec<Option<(bool, u32, &'t str)>> = vec![None; self.stems.len()];
        for form in self.forms.iter().filter(|f| f.stem != BREAK) {
            let plain = form.written.chars().all(char::is_alphanumeric);
            let this = Some((plain, form.count, form.written));
            let slot = &mut best[form.stem as usize];
            if *slot < this {
                *slot = this;
            }
        }
        best.into_iter().map(|b| b.map_or("", |(_, _, written)| written)).collect()
    }
}

/// Phrases that stand in at least `least` passages of each text.
pub(super) fn shared(reading: &Reading<'_>, runs: [&Runs; 2], least: [u32; 2]) -> Vec<Phrase> {
    let stems = reading.stems.len();
    let counts = runs.map(|r| passages_of_stems(r, stems));
    let keep: Vec<bool> = (0..stems).map(|s| counts[0][s] >= least[0] && counts[1][s] >= least[1]).collect();
    let is_headed = |s: usize| reading.stems[s].headed == [true; 2];
    let single =
        |s: usize| Phrase { stems: vec![s as u32], passages: [counts[0][s], counts[1][s]], is_headed: is_headed(s) };
    let mut found: Vec<Phrase> = (0..stems).filter(|s| keep[*s] || is_headed(*s)).map(single).collect();
    let [left, right] = [phrases(runs[0], &keep, least[0]), phrases(runs[1], &keep, least[1])];
    let mut right = right.into_iter().peekable();
    for (key, in_left) in left {
        while right.next_if(|(k, _)| *k < key).is_some() {}
        if let Some((_, in_right)) = right.next_if(|(k, _)| *k == key) {
            found.push(Phrase { stems: unkey(key), passages: [in_left, in_right], is_headed: false });
        }
    }
    found
}

/// For each of `stems` stems, in how many passages it stands.
fn passages_of_stems(runs: &Runs, stems: usize) -> Vec<u32> {
    let mut count = vec![0; stems];
    let mut last = vec![usize::MAX; stems];
    runs.each(|passage, run| {
        for stem in run.iter().map(|s| *s as usize) {
            if last[stem] != passage {
                last[stem] = passage;
                count[stem] += 1;
            }
        }
    });
    count
}

/// Phrases of two words and more, with the number of their passages, sorted by key; stems for which `keep` does not
/// hold end a phrase.
fn phrases(runs: &Runs, keep: &[bool], least: u32) -> Vec<(u64, u32)> {
    let mut met: Vec<(u64, u32)> = Vec::new();
    runs.each(|passage, run| {
        for part in run.split(|s| !keep[*s as usize]) {
            for from in 0..part.len() {
                for len in 2..=WORDS.min(part.len() - from) {
                    met.push((key(&part[from..from + len]), passage as u32));
                }
            }
        }
    });
    met.sort_unstable();
    met.dedup();
    let counts = met.chunk_by(|a, b| a.0 == b.0).map(|c| (c[0].0, c.len() as u32));
    counts.filter(|(_, n)| *n >= least).collect()
}

/// A phrase in 63 bits. Stems are counted from 1 there, so that 0 is the end.
fn key(stems: &[u32]) -> u64 {
    stems.iter().fold(0, |key, stem| key << BITS | u64::from(stem + 1))
}

fn unkey(mut key: u64) -> Vec<u32> {
    let mut stems = Vec::new();
    while key > 0 {
        stems.push((key & ((1 << BITS) - 1)) as u32 - 1);
        key >>= BITS;
    }
    stems.reverse();
    stems
}
