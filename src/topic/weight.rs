//! How much the mentions of a topic say about a passage.
//!
//! A term tells the more, the fewer passages of the text have it, the rarer its words are in general and the more words
//! it has. Different terms add up; the same one again adds little. A mention in the opening sentence or in the heading
//! says more, one in a footnote less, and one in a long passage is easily made in passing.

use std::collections::HashMap;

use crate::text::Text;
use crate::text::block::BlockKind;
use crate::text::passage::PassageNo;
use crate::word::frequency::{RARE, log_frequency};
use crate::word::language::Language;
use crate::word::stem::Stemmer;

use super::belonging::{Belonging, Opening};
use super::codebook::Topic;
use super::matcher::Mention;
use super::term::Term;

/// How telling each term of a topic is in one text: about 1 for a rare word found in one passage.
pub(super) struct Weights {
    terms: Vec<f32>,
    /// Where each mention counts, sorted by passage and term.
    entries: Vec<PlacedMention>,
}

/// What the mentions say about a passage.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Scored {
    /// The number of the passage.
    pub passage: u32,
    /// About 1 where a telling term stands in a passage of middling length.
    pub score: f32,
    /// How many mentions: its own, and those of its footnotes and heading.
    pub mentions: u32,
    /// The heading it stands under, as a block index.
    pub section: Option<usize>,
}

/// A mention, where it counts.
#[derive(Debug, Clone, Copy)]
struct PlacedMention {
    passage: u32,
    term: u32,
    /// How much by its place.
    place: f32,
}

/// How much a term tells that is in every passage.
const FLOOR: f32 = 0.35;
/// A mention in the opening sentence, in a heading, in a footnote.
const OPENING: f32 = 1.4;
const HEADING: f32 = 1.2;
const NOTE: f32 = 0.6;
/// In a line that only names a source.
const SOURCE: f32 = 0.2;
/// How many bytes a passage of middling length has.
const MIDDLING: f32 = 600.0;
/// A heading that names the topic lends this to the first passage under it, and to each next one less by a factor.
const LENT: f32 = 0.9;
const LESS: f32 = 0.65;
/// How many passages a heading lends to.
const LENT_TO: u32 = 6;
/// What a repeated term adds: this part for each doubling of its count.
const AGAIN: f32 = 0.35;

impl Weights {
    /// Weighs the terms of `topic` by where they are found in `text`.
    pub(super) fn of(
        text: &Text,
        topic: &Topic,
        language: Language,
        belonging: &Belonging,
        mentions: &[Mention],
    ) -> Self {
        let mut entries = Vec::with_capacity(mentions.len());
        for mention in mentions {
            let block = mention.place.block as usize;
            let Some(PassageNo(passage)) = belonging.owner(block) else { continue };
            let place = match text.blocks()[block].kind {
                BlockKind::Heading => HEADING,
                BlockKind::Footnote => NOTE,
                _ => match belonging.opening(text, block) {
                    Opening { source: true, .. } => SOURCE,
                    Opening { end, .. } if (mention.place.offset as usize) < end => OPENING,
                    Opening { .. } => 1.0,
                },
            };
            entries.push(PlacedMention { passage, term: mention.term, place });
        }
        entries.sort_by_key(|e| (e.passage, e.term));
        let mut passages = vec![0_u32; topic.terms.len()];
        let mut last = (0, u32::MAX);
        for e in &entries {
            if (e.passage, e.term) != last {
                last = (e.passage, e.term);
                passages[e.term as usize] += 1;
            }
        }
        let count = text.passage_count();
        let weight = |(term, having): (&Term, u32)| telling(having, count) * in_general(term, language);
        Self { terms: topic.terms.iter().zip(passages).map(weight).collect(), entries }
    }

    /// How telling a term is.
    pub(super) fn of_term(&self, term: u32) -> f32 {
        self.terms.get(term as usize).copied().unwrap_or(0.0)
    }

    /// The passages that the topic is mentioned in, whose heading names it, or that are `hinted` to be about it, in order.
    pub(super) fn passages(
        &self,
        text: &Text,
        belonging: &Belonging,
        mentions: &[Mention],
        hinted: &HashMap<u32, f32>,
    ) -> Vec<Scored> {
        let mut scored: Vec<Scored> =
            self.entries.chunk_by(|a, b| a.passage == b.passage).map(|of| self.score(text, of)).collect();
        let mut lent = self.lent(text, belonging, mentions);
        for (passage, hint) in hinted {
            *lent.entry(*passage).or_insert(0.0) += hint;
        }
        if !lent.is_empty() {
            for s in &mut scored {
                s.score += lent.remove(&s.passage).unwrap_or(0.0);
            }
            let only = |(passage, score)| Scored { passage, score, mentions: 0, section: None };
            scored.extend(lent.into_iter().map(only));
            scored.sort_by_key(|s| s.passage);
        }
        for s in &mut scored {
            s.section = text.numbering().block_of(PassageNo(s.passage)).and_then(|b| text.heading_of(b));
        }
        scored
    }

    /// The score of one passage by its own mentions.
    fn score(&self, text: &Text, mentions: &[PlacedMention]) -> Scored {
        let passage = mentions.first().map_or(0, |m| m.passage);
        let mut score = 0.0;
        for same in mentions.chunk_by(|a, b| a.term == b.term) {
            let place = same.iter().map(|m| m.place).fold(0.0, f32::max);
            score += self.of_term(same[0].term) * place * (1.0 + AGAIN * (same.len() as f32).log2());
        }
        let length = text.passage_str(PassageNo(passage)).len().max(1) as f32;
        let by_length = (MIDDLING / length).powf(0.35).clamp(0.4, 1.1);
        Scored { passage, score: score * by_length, mentions: mentions.len() as u32, section: None }
    }

    /// What headings that name the topic lend to the passages under them, up to the next heading.
    fn lent(&self, text: &Text, belonging: &Belonging, mentions: &[Mention]) -> HashMap<u32, f32> {
        let mut lent = HashMap::new();
        let numbering = text.numbering();
        for mention in mentions {
            let block = mention.place.block as usize;
            if text.blocks()[block].kind != BlockKind::Heading {
                continue;
            }
            let Some(PassageNo(first)) = belonging.owner(block) else { continue };
            let mut lends = LENT * self.of_term(mention.term);
            for passage in first..first.saturating_add(LENT_TO) {
                let under = numbering.block_of(PassageNo(passage)).and_then(|b| text.heading_of(b));
                if under != Some(block) {
                    break;
                }
                let most: &mut f32 = lent.entry(passage).or_insert(0.0);
                *most = most.max(lends);
                lends *= LESS;
            }
        }
        lent
    }
}

/// About what a single hint says; only more than that counts.
const ALONE: f32 = 0.8;
/// How much of what a term says a hint says, and how much all hints of a passage say together at most.
const HINT: f32 = 0.3;
const HINTED: f32 = 0.6;

/// What hints (mentions of the terms of [`super::hint::hints`]) add to the score of each passage: nothing where there is
/// one alone, and never so much that they make a treatment by themselves.
pub(super) fn hinted(
    text: &Text,
    topic: &Topic,
    language: Language,
    belonging: &Belonging,
    hints: &[Mention],
) -> HashMap<u32, f32> {
    let hinting = super::hint::hints(topic, language);
    let weights = Weights::of(text, &hinting, language, belonging, hints);
    let by_passage = weights.entries.chunk_by(|a, b| a.passage == b.passage);
    let said = by_passage.filter_map(|entries| {
        let different = entries.chunk_by(|a, b| a.term == b.term).map(|same| weights.of_term(same[0].term));
        let passage = entries.first()?.passage;
        let length = text.passage_str(PassageNo(passage)).len().max(1) as f32;
        let by_length = (MIDDLING / length).powf(0.35).clamp(0.4, 1.1);
        let more = different.sum::<f32>() * by_length - ALONE;
        (more > 0.0).then_some((passage, (HINT * more).min(HINTED)))
    });
    said.collect()
}

/// How telling a term is that `having` of `count` passages have: 1 for one alone, [`FLOOR`] for one in all of them.
fn telling(having: u32, count: usize) -> f32 {
    let all = (count as f32 + 1.0).max(10.0);
    let rarity = (all / (having as f32 + 0.5).max(1.0)).ln() / all.ln();
    // A term in two or three passages of a short text tells no less than in one.
    (rarity * 1.25).clamp(FLOOR, 1.0)
}

/// How telling a term is in general: phrases more than words, rare words more than common ones.
fn in_general(term: &Term, language: Language) -> f32 {
    let words = term.words();
    if words.len() > 1 {
        return if words.len() == 2 { 1.15 } else { 1.3 };
    }
    if language != Language::English {
        return 0.9;
    }
    let known = log_frequency(&Stemmer::new(language).stem(&words[0].text)).unwrap_or(RARE);
    // From exp(-7) of all words (`people`) to those hardly ever met.
    let common = ((known + 11.0) / 4.0).clamp(0.0, 1.0);
    1.0 - 0.4 * common
}
