//! Continuation: passages that go on about a topic in other words than its terms.
//!
//! Asked of each passage that names the topic or stands near a treatment of it: is it, by the meaning of its words
//! ([`crate::word::related`]), nearer to this topic than to the others that the text treats? A topic is known by the words of its
//! name and description, and by the passages that treat it already. So there is nothing to say of a topic that the text
//! does not treat, of a text with hardly a topic, or in a language without a table.

use ndarray::{Array2, ArrayView1, ArrayViewMut1, Axis};

use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::word::fold::fold;
use crate::word::hash::WordMap;
use crate::word::language::Language;
use crate::word::related::{Related, WordNo};
use crate::word::stem::Stemmer;
use crate::word::stop::is_stop;
use crate::word::token::tokens;

use super::belonging::Belonging;
use super::codebook::Topic;
use super::matcher::Mention;
use super::treatment::Treatment;

/// What is known of a topic in a text.
pub(super) struct Known<'a> {
    pub topic: &'a Topic,
    pub mentions: &'a [Mention],
    pub treatments: &'a [Treatment],
}

/// How many topics must be treated to compare them, and are at most.
const TOPICS: std::ops::RangeInclusive<usize> = 3..=64;
/// In longer texts a topic is found by its terms alone.
const PASSAGES: usize = 4096;
/// How far from a treatment a passage may stand that does not name the topic.
const NEAR: u32 = 3;
/// In how many bytes at the beginning of a passage a mention says more.
const OPENING: u32 = 150;
/// Words less alike than this say nothing of each other.
const ALIKE: f32 = 0.5;

/// The names of what speaks for a continuation, in order: words near to those of the topic, against all topics; likeness to what
/// treats it, and to its description, each against the best other topic; the strength of what treats it beside the passage, and
/// next to that; the logarithm of one more than the number of mentions; whether one is in the opening.
pub const NAMES: [&str; 7] = ["words", "treated", "described", "beside", "next", "mentions", "opening"];
/// Their weights, fitted by `tools/fit_continued.py` to six sets of texts of which readers marked what treats what; each was
/// also predicted from the five others.
const WEIGHTS: [f32; 7] = [5.6, 2.1, 1.2, 0.9, 1.0, 1.5, 1.1];
/// What all this must outweigh: the odds of a passage with nothing to say for it, against those asked for.
const NEEDED: f32 = 2.1 - 0.7;

/// A passage of which it is asked whether it goes on about a topic.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// The passage.
    pub passage: u32,
    /// The topic, as a place among those asked about.
    pub topic: usize,
    /// What speaks for it: see [`NAMES`].
    pub parts: [f32; 7],
}

/// For each of `topics` the passages that go on about it though its treatments do not have them, in order.
pub(super) fn continued(text: &Text, language: Language, belonging: &Belonging, topics: &[Known<'_>]) -> Vec<Vec<u32>> {
    let mut found = vec![Vec::new(); topics.len()];
    for Question { passage, topic, parts } in questions(text, language, belonging, topics) {
        if parts.iter().zip(WEIGHTS).map(|(part, weight)| part * weight).sum::<f32>() >= NEEDED {
            found[topic].push(passage);
        }
    }
    found
}

/// All that is asked, by passage, then by topic.
pub(super) fn questions(text: &Text, language: Language, belonging: &Belonging, topics: &[Known<'_>]) -> Vec<Question> {
    let treated: Vec<usize> = (0..topics.len()).filter(|t| !topics[*t].treatments.is_empty()).collect();
    let Some(related) = Related::of(language) else { return Vec::new() };
    if text.passage_count() > PASSAGES || !TOPICS.contains(&treated.len()) {
        return Vec::new();
    }
    let known: Vec<&Known<'_>> = treated.iter().map(|t| &topics[*t]).collect();
    let said = Said::of(text, belonging, &known);
    let means = Means::of(text, language, related, &known, &said.strengths);
    let mut asked = Vec::new();
    for passage in 1..=text.passage_count() {
        if belonging.is_label(passage as u32) {
            continue;
        }
        for (nth, topic) in treated.iter().enumerate() {
            if let Some([beside, next, mentions, opening]) = said.for_it(passage - 1, nth) {
                let [words, treated, described] = means.for_it(passage - 1, nth);
                let parts = [words, treated, described, beside, next, mentions, opening];
                asked.push(Question { passage: passage as u32, topic: *topic, parts });
            }
        }
    }
    asked
}

/// What mentions and treatments say of each passage, a row, and topic, a column.
struct Said {
    strengths: Array2<f32>,
    mentions: Array2<f32>,
    opening: Array2<f32>,
}

impl Said {
    fn of(text: &Text, belonging: &Belonging, topics: &[&Known<'_>]) -> Self {
        let empty = Array2::zeros((text.passage_count(), topics.len()));
        let mut said = Self { strengths: empty.clone(), mentions: empty.clone(), opening: empty };
        for (nth, topic) in topics.iter().enumerate() {
            for treatment in topic.treatments {
                for passage in treatment.from.0..=treatment.to.0 {
                    said.strengths[[passage as usize - 1, nth]] = treatment.strength;
                }
            }
            for mention in topic.mentions {
                let block = mention.place.block as usize;
                let Some(passage) = belonging.owner(block) else { continue };
                let at = [passage.0 as usize - 1, nth];
                said.mentions[at] += 1.0;
                if mention.place.offset < OPENING && text.numbering().block_of(passage) == Some(block) {
                    said.opening[at] = 1.0;
                }
            }
        }
        said
    }

    /// What speaks for it that the passage (counted from 0) goes on about the topic; `None` where that is no question.
    fn for_it(&self, passage: usize, topic: usize) -> Option<[f32; 4]> {
        let strength = |at: Option<usize>| at.and_then(|at| self.strengths.get([at, topic])).copied().unwrap_or(0.0);
        let around = |by: u32| strength(passage.checked_sub(by as usize)).max(strength(Some(passage + by as usize)));
        let mentions = self.mentions[[passage, topic]];
        let asked = mentions > 0.0 || (1..=NEAR).any(|by| around(by) > 0.0);
        (asked && self.strengths[[passage, topic]] <= 0.0)
            .then(|| [around(1), around(2), mentions.ln_1p(), self.opening[[passage, topic]]])
    }
}

/// How near each passage is to each topic by what its words mean.
struct Means {
    /// To the words of its name and description, word by word.
    words: Array2<f32>,
    /// To these words as a whole.
    described: Array2<f32>,
    /// To the passages that treat it.
    treated: Array2<f32>,
}

impl Means {
    fn of(
        text: &Text,
        language: Language,
        related: &Related<'_>,
        topics: &[&Known<'_>],
        strengths: &Array2<f32>,
    ) -> Self {
        let mut reader = Reader::new(language, related);
        let numbers = (1..=text.passage_count() as u32).map(PassageNo);
        let bags: Vec<Bag> = numbers.map(|passage| reader.bag(text.passage_str(passage))).collect();
        let about: Vec<String> = topics.iter().map(|t| format!("{} {}", t.topic.name, t.topic.about)).collect();
        let described: Vec<Bag> = about.iter().map(|about| reader.bag(about)).collect();
        let vectors = Vectors::of(related, &reader.found);
        // Seen from the middle of the text, what all of it speaks of tells nothing.
        let mut passages = vectors.sums(bags.iter().map(Bag::damped));
        let middle = passages.mean_axis(Axis(0)).unwrap_or_default();
        let mut asked = vectors.sums(described.iter().map(|bag| bag.0.clone()));
        for mut row in passages.rows_mut().into_iter().chain(asked.rows_mut()) {
            row -= &middle;
            normalize(row);
        }
        let treating = strengths.t().dot(&passages);
        let mut treated = passages.dot(&treating.t());
        let lengths: Vec<f32> = treating.rows().into_iter().map(|row| row.dot(&row)).collect();
        for ((passage, topic), alike) in treated.indexed_iter_mut() {
            // Without the passage itself.
            let own = strengths[[passage, topic]];
            let length = (lengths[topic] - 2.0 * own * *alike + own * own).max(0.0).sqrt();
            *alike = if length > 1e-3 { (*alike - own) / length } else { 0.0 };
        }
        Self { words: words_alike(&vectors, &bags, &described), described: passages.dot(&asked.t()), treated }
    }

    /// What speaks for it that the passage (counted from 0) goes on about the topic.
    fn for_it(&self, passage: usize, topic: usize) -> [f32; 3] {
        let words = self.words.row(passage);
        [
            words[topic] - words.mean().unwrap_or(0.0),
            lead(&self.treated.row(passage), topic),
            lead(&self.described.row(passage), topic),
        ]
    }
}

/// How far the topic is before the best other one.
fn lead(row: &ArrayView1<'_, f32>, topic: usize) -> f32 {
    let others = row.indexed_iter().filter(|(at, _)| *at != topic);
    row[topic] - others.map(|(_, x)| *x).fold(f32::NEG_INFINITY, f32::max)
}

/// For each passage and topic how much of the passage is said in words near to those of the topic, rare words more.
fn words_alike(vectors: &Vectors, bags: &[Bag], described: &[Bag]) -> Array2<f32> {
    let words = vectors.units.nrows();
    let mut having = vec![0.0_f32; words];
    for (word, _) in bags.iter().flat_map(|bag| &bag.0) {
        having[*word as usize] += 1.0;
    }
    let all = bags.len() as f32 + 1.0;
    let mut alike = Array2::zeros((words, described.len()));
    for (topic, bag) in described.iter().enumerate() {
        let rows: Vec<usize> = bag.0.iter().map(|(word, _)| *word as usize).collect();
        let near = vectors.units.dot(&vectors.units.select(Axis(0), &rows).t());
        for (word, near) in near.rows().into_iter().enumerate() {
            let nearest = near.iter().copied().fold(ALIKE, f32::max) - ALIKE;
            alike[[word, topic]] = nearest * (all / (having[word] + 0.5)).ln();
        }
    }
    let mut sums = Array2::zeros((bags.len(), described.len()));
    for (bag, mut sum) in bags.iter().zip(sums.rows_mut()) {
        for (word, _) in &bag.0 {
            sum += &alike.row(*word as usize);
        }
        sum /= (MIDDLING + bag.0.len() as f32).sqrt();
    }
    sums
}

/// Passages of so few words are not taken for shorter.
const MIDDLING: f32 = 20.0;

/// Words, by their places in [`Reader::found`], and how often each is there.
struct Bag(Vec<(u32, f32)>);

impl Bag {
    /// The same word again says less.
    fn damped(&self) -> Vec<(u32, f32)> {
        self.0.iter().map(|(word, times)| (*word, times.sqrt())).collect()
    }
}

/// Reads strings into bags of words of the table.
struct Reader<'s> {
    language: Language,
    stemmer: Stemmer,
    related: &'s Related<'s>,
    words: WordMap<String, Option<u32>>,
    numbers: WordMap<u32, u32>,
    found: Vec<WordNo>,
}

impl<'s> Reader<'s> {
    fn new(language: Language, related: &'s Related<'s>) -> Self {
        let (words, numbers) = (WordMap::default(), WordMap::default());
        Self { language, stemmer: Stemmer::new(language), related, words, numbers, found: Vec::new() }
    }

    fn bag(&mut self, string: &str) -> Bag {
        let mut words: Vec<u32> = tokens(string).filter_map(|range| self.number(&string[range])).collect();
        words.sort_unstable();
        Bag(words.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f32)).collect())
    }

    fn number(&mut self, word: &str) -> Option<u32> {
        if let Some(known) = self.words.get(word) {
            return *known;
        }
        let folded = fold(word, self.language);
        let in_table = || self.related.word(&self.stemmer.stem_folded(&folded));
        let number = if is_stop(&folded, self.language) { None } else { in_table() }.map(|no| {
            let found = &mut self.found;
            *self.numbers.entry(no.0).or_insert_with(|| {
                found.push(no);
                found.len() as u32 - 1
            })
        });
        self.words.insert(word.to_owned(), number);
        number
    }
}

/// The vectors of the words found.
struct Vectors {
    /// A row each, of length 1.
    units: Array2<f32>,
    lengths: Vec<f32>,
}

impl Vectors {
    fn of(related: &Related<'_>, words: &[WordNo]) -> Self {
        let width = related.width();
        let mut units = Array2::from_shape_vec((words.len(), width), related.vectors(words)).unwrap_or_default();
        let lengths = units.rows_mut().into_iter().map(normalize).collect();
        Self { units, lengths }
    }

    /// The directions that bags point in: a row each.
    fn sums(&self, bags: impl ExactSizeIterator<Item = Vec<(u32, f32)>>) -> Array2<f32> {
        let mut sums = Array2::zeros((bags.len(), self.units.ncols()));
        for (bag, mut sum) in bags.zip(sums.rows_mut()) {
            for (word, times) in bag {
                let word = word as usize;
                sum.scaled_add(times * self.lengths[word], &self.units.row(word));
            }
            normalize(sum);
        }
        sums
    }
}

/// Gives a direction the length 1, and tells which it had; what has none stays so.
fn normalize(mut row: ArrayViewMut1<'_, f32>) -> f32 {
    let length = row.dot(&row).sqrt();
    if length > 0.0 {
        row /= length;
    }
    length
}

#[cfg(test)]
mod tests;
