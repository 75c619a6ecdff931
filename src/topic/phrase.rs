//! Phrases that two texts both use: runs of one to three content words, counted by stems and by passages.

use std::collections::{HashMap, HashSet};
use std::ops::{ControlFlow, Range};

use crate::text::Text;
use crate::text::block::BlockKind;
use crate::text::passage::PassageNo;
use crate::word::closed::{Class, closed_words};
use crate::word::fold::{elision, fold};
use crate::word::frequency::{RARE, log_frequency};
use crate::word::hash::WordMap;
use crate::word::irregular::singular;
use crate::word::language::Language;
use crate::word::stem::Stemmer;
use crate::word::token::tokens;

use super::Watcher;
use super::nouns::{Beside, FormMet, Frame, Nouns, Told};
use super::runs::{BREAK, Runs};

/// How many bits a stem has in the key of a phrase; stems beyond that count as breaks.
const BITS: u32 = 21;
/// Into so many parts a text is cut to see how evenly a word is spread over it.
pub(super) const PARTS: u32 = 32;
/// The longest phrase, in words.
const WORDS: usize = 3;
/// Words shorter than this, in characters, or longer than that, in bytes, are no content words.
const SHORTEST: usize = 3;
const LONGEST: usize = 48;
/// The words of two texts, with one numbering of stems.
pub(super) struct Reading<'t> {
    languages: [Language; 2],
    closed: [HashMap<String, Class>; 2],
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
    /// What it is in the first and in the second text, where it is of a closed class.
    class: [Option<Class>; 2],
    /// What it stood for in them.
    told: [Told; 2],
    /// What it mostly stands between.
    frame: Frame,
}

struct Stem {
    /// Natural logarithm of the share of running words in general.
    general: f32,
    /// Whether the first and the second text have it alone in a heading, and speak of it under that.
    headed: [bool; 2],
}

/// What stands beside a word: of a word of a closed class also which it is, counted from 1.
#[derive(Debug, Clone, Copy)]
struct Neighbour {
    is: Beside,
    word: u32,
}

const NONE: Neighbour = Neighbour { is: Beside::Nothing, word: 0 };

/// A phrase that both texts use.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Phrase {
    /// Its stems, one to three.
    pub stems: Vec<u32>,
    /// In how many passages of the left and of the right text.
    pub passages: [u32; 2],
    /// Of a single word, into how many of [`PARTS`] parts of each text these fall; of several words 0.
    pub parts: [u32; 2],
    /// Whether it is a word that both texts have a heading of, and speak of under that: such a one needs no second passage.
    pub is_headed: bool,
}

impl<'t> Reading<'t> {
    /// For texts in these two languages.
    pub(super) fn new(languages: [Language; 2]) -> Self {
        let closed = languages.map(closed_words);
        Self {
            languages,
            closed,
            words: WordMap::default(),
            forms: Vec::new(),
            by_stem: WordMap::default(),
            stems: Vec::new(),
        }
    }

    /// Reads a text, the first (0) or the second (1), into runs of stems.
    pub(super) fn read(&mut self, (text, side): (&'t Text, usize), watch: Watcher<'_>) -> ControlFlow<(), Runs> {
        let stemmer = Stemmer::new(self.languages[side]);
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
                heads = self.alone_in(text.block_str(heading), stemmer);
            }
            above = block;
            if matches!(text.blocks()[block].kind, BlockKind::Code | BlockKind::Table | BlockKind::Picture) {
                continue;
            }
            let string = text.block_str(block);
            let mut end = 0;
            // The word before, until it is known what stands after it.
            let mut last: Option<(usize, Neighbour)> = None;
            for range in tokens(string) {
                let parted = string.as_bytes()[end..range.start].iter().any(|b| !matches!(b, b' ' | b'-' | b'\n'));
                end = range.end;
                runs.count_word();
                let is_path = is_in_path(string, &range);
                let form = self.form(&string[range], stemmer);
                let stem = if is_path { BREAK } else { self.forms[form].stem };
                if parted || stem == BREAK {
                    runs.push(BREAK);
                }
                runs.push(stem);
                if heads.contains(&stem) {
                    headed.insert(stem);
                }
                let this = self.neighbour(form, side);
                if let Some((form, before)) = last {
                    self.tell(form, side, [before, if parted { NONE } else { this }]);
                }
                let before = last.filter(|_| !parted).map_or(NONE, |(form, _)| self.neighbour(form, side));
                last = (!is_path).then_some((form, before));
            }
            if let Some((form, before)) = last {
                self.tell(form, side, [before, NONE]);
            }
            runs.push(BREAK);
        }
        for stem in headed {
            self.stems[stem as usize].headed[side] = true;
        }
        ControlFlow::Continue(runs)
    }

    /// The stems that stand alone in a heading, no other content word beside them: of “Helmets and the law” both.
    fn alone_in(&mut self, heading: &'t str, stemmer: Stemmer) -> Vec<u32> {
        let forms: Vec<usize> = tokens(heading).map(|word| self.form(&heading[word], stemmer)).collect();
        let stems: Vec<u32> = forms.into_iter().map(|form| self.forms[form].stem).collect();
        let runs = stems.split(|stem| *stem == BREAK).filter(|run| !run.is_empty());
        runs.filter_map(|run| <[u32; 1]>::try_from(run).ok()).map(|[stem]| stem).collect()
    }

    /// What a word is to the one beside it.
    fn neighbour(&self, form: usize, side: usize) -> Neighbour {
        match self.forms[form].class[side] {
            Some(class) => Neighbour { is: Beside::Closed(class), word: form as u32 + 1 },
            None => Neighbour { is: Beside::Content, word: 0 },
        }
    }

    /// Counts what a word stands for between two others.
    fn tell(&mut self, form: usize, side: usize, [before, after]: [Neighbour; 2]) {
        if self.forms[form].stem == BREAK {
            return;
        }
        let elided = elision(self.forms[form].written, self.languages[side]);
        let article = elided.and_then(|(article, _)| self.closed[side].get(&article.to_lowercase()).copied());
        let form = &mut self.forms[form];
        let is_before = article.map_or(before.is, Beside::Closed);
        form.told[side].add(self.languages[side], form.written, [is_before, after.is]);
        // `in favour`, `on the contrary,`; that an article stands before a noun says nothing by itself.
        form.frame.add(match before.is {
            Beside::Closed(Class::Preposition) => before.word * 2,
            Beside::Closed(Class::Determiner) if after.is == Beside::Nothing => before.word * 2 + 1,
            _ => 0,
        });
    }

    fn form(&mut self, word: &'t str, stemmer: Stemmer) -> usize {
        let fresh = self.forms.len() as u32;
        let form = *self.words.entry(word).or_insert(fresh);
        if form == fresh {
            let class = self.class(word);
            let stem = if class == [None; 2] { self.learn(word, stemmer) } else { BREAK };
            self.forms.push(Form {
                written: word,
                stem,
                count: 0,
                class,
                told: [Told::default(); 2],
                frame: Frame::default(),
            });
        }
        self.forms[form as usize].count += 1;
        form as usize
    }

    /// What a word is in either text. What only the other's language makes sentences with is no content here.
    fn class(&self, word: &str) -> [Option<Class>; 2] {
        let class = |side: usize| self.closed[side].get(&fold(word, self.languages[side])).copied();
        if self.languages[0] == self.languages[1] {
            return [class(0); 2];
        }
        match [class(0), class(1)] {
            [None, None] => [None; 2],
            classes => classes.map(|class| class.or(Some(Class::Other))),
        }
    }

    fn learn(&mut self, word: &str, stemmer: Stemmer) -> u32 {
        let folded = fold(word, stemmer.language());
        let content = word.len() <= LONGEST
            && folded.chars().count() >= SHORTEST
            && !folded.starts_with(|c: char| c.is_numeric());
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

    /// What the stems `of` name by the way the texts use their forms.
    pub(super) fn nouns(&self, of: &HashSet<u32>) -> Nouns<'t> {
        let known = [0, 1].map(|side| !self.closed[side].is_empty());
        let forms = self.forms.iter().filter(|form| of.contains(&form.stem));
        let bare = |form: &Form<'t>| {
            let elided = self.languages.iter().find_map(|language| elision(form.written, *language));
            elided.map_or(form.written, |(_, rest)| rest)
        };
        let met = |form: &Form<'t>| FormMet {
            stem: form.stem,
            written: bare(form),
            count: form.count,
            told: form.told,
            frame: form.frame,
        };
        Nouns::told(forms.map(met), self.languages, known)
    }

    /// The natural logarithm of the share of running words that stem `stem` has in general.
    pub(super) fn general(&self, stem: u32) -> f32 {
        self.stems[stem as usize].general
    }

    /// Whether a word stands in one of the texts, written just so.
    pub(super) fn has(&self, word: &str) -> bool {
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

/// Whether a word is a part of an address or a path, which no space ends: `https://…`, `/usr/share`, `name.conf`.
fn is_in_path(string: &str, word: &Range<usize>) -> bool {
    let joins = |c: char| matches!(c, '/' | '\\' | '@' | '_' | '=' | '.' | ':');
    let mut before = string[..word.start].chars().rev();
    let comes_from = match (before.next(), before.next()) {
        (Some('/' | '\\' | '@'), _) => true,
        // `_so_` is a word that is set off.
        (Some(mark), Some(earlier)) => joins(mark) && earlier.is_alphanumeric(),
        _ => false,
    };
    let after = &string[word.end..];
    comes_from || (after.starts_with(joins) && after.trim_start_matches(joins).starts_with(char::is_alphanumeric))
}

/// Phrases that stand in at least `least` passages of each text.
pub(super) fn shared(reading: &Reading<'_>, runs: [&Runs; 2], least: [u32; 2]) -> Vec<Phrase> {
    let stems = reading.stems.len();
    let met = runs.map(|r| passages_of_stems(r, stems));
    let [counts, parts] = [met.each_ref().map(|(counts, _)| counts), met.each_ref().map(|(_, parts)| parts)];
    let keep: Vec<bool> = (0..stems).map(|s| counts[0][s] >= least[0] && counts[1][s] >= least[1]).collect();
    let is_headed = |s: usize| reading.stems[s].headed == [true; 2];
    let single = |s: usize| Phrase {
        stems: vec![s as u32],
        passages: [counts[0][s], counts[1][s]],
        parts: [parts[0][s].count_ones(), parts[1][s].count_ones()],
        is_headed: is_headed(s),
    };
    let mut found: Vec<Phrase> = (0..stems).filter(|s| keep[*s] || is_headed(*s)).map(single).collect();
    let [left, right] = [phrases(runs[0], &keep, least[0]), phrases(runs[1], &keep, least[1])];
    let mut right = right.into_iter().peekable();
    for (key, in_left) in left {
        while right.next_if(|(k, _)| *k < key).is_some() {}
        if let Some((_, in_right)) = right.next_if(|(k, _)| *k == key) {
            found.push(Phrase { stems: unkey(key), passages: [in_left, in_right], parts: [0; 2], is_headed: false });
        }
    }
    found
}

/// For each of `stems` stems, in how many passages it stands, and in which parts of the text, a bit each.
fn passages_of_stems(runs: &Runs, stems: usize) -> (Vec<u32>, Vec<u32>) {
    let mut count = vec![0; stems];
    let mut parts = vec![0; stems];
    let mut last = vec![usize::MAX; stems];
    let all = runs.passage_count().max(1);
    runs.each(|passage, run| {
        for stem in run.iter().map(|s| *s as usize) {
            if last[stem] != passage {
                last[stem] = passage;
                count[stem] += 1;
                parts[stem] |= 1 << (passage * PARTS as usize / all);
            }
        }
    });
    (count, parts)
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
