//! Treatments: the runs of passages that discuss a topic, and how strongly.
//!
//! Each passage is scored by its mentions ([`super::weight`]). A run begins where a score is high enough; weaker
//! neighbours that name the topic belong to it, and so do one or two passages in between that do not, and what is
//! announced ([`super::announced`]). A run ends with its section. A weak mention alone is a mention in passing: no treatment.
//! What goes on about the topic in other words ([`super::continued`]) is joined to that.

use std::ops::Range;

use crate::text::passage::PassageNo;
use crate::text::{Place, Text};
use crate::word::language::Language;
use crate::word::sentence::sentences;
use crate::word::token::floor_boundary;

use super::announced::carry;
use super::belonging::Belonging;
use super::codebook::{Topic, TopicId};
use super::hint::Found;
use super::matcher::Mention;
use super::weight::{Scored, Weights, hinted};

/// A run of one or more passages of a text that discuss a topic: what a reader jumps between.
#[derive(Debug, Clone, PartialEq)]
pub struct Treatment {
    /// The topic it treats.
    pub topic: TopicId,
    /// First passage.
    pub from: PassageNo,
    /// Last passage, included.
    pub to: PassageNo,
    /// How much of it is about the topic, 0 to 1.
    pub strength: f32,
    /// How many mentions are in it, its footnotes and its heading included.
    pub mentions: u32,
    /// Where the sentence begins that says most about the topic: a jump lands there.
    pub decisive: Place,
    /// The passage that says most about it.
    pub best: PassageNo,
}

impl Treatment {
    /// Whether `passage` belongs to it.
    pub fn contains(&self, passage: PassageNo) -> bool {
        (self.from..=self.to).contains(&passage)
    }
}

/// A passage with this score is about the topic. Where no passage of a text reaches twice as much, half of the best one's
/// score is enough, down to [`LEAST`].
const ENOUGH: f32 = 0.8;
const LEAST: f32 = 0.7;
/// A passage beside a treatment belongs to it with this part of the score that it would need alone.
const BESIDE: f32 = 0.5;
/// Neighbours of one section add this part of their score to one that mentions the topic itself.
const SUPPORT: f32 = 0.25;
/// A treatment has a passage that scores this part of what is needed by itself: mentions in passing do not make one by
/// standing close together.
const OWN: f32 = 0.7;
/// How much of what is needed the treatments on both sides must score for passages between them that do not name the
/// topic to be bridged: one passage, two passages.
const BRIDGED: [f32; 2] = [1.0, 1.6];
/// A treatment of more passages than this is split where it says least.
const LONGEST: usize = 8;

/// The treatments that what was found of a topic makes up, in text order.
pub(super) fn treatments(
    text: &Text,
    topic: &Topic,
    language: Language,
    belonging: &Belonging,
    found: &Found,
) -> Vec<Treatment> {
    let mentions = &found.mentions;
    let (weights, scored) = scored(text, topic, language, belonging, found);
    let supported = supported(&scored);
    let best = supported.iter().copied().fold(0.0, f32::max);
    let needed = (best / 2.0).clamp(LEAST, ENOUGH);
    let mut found = Vec::new();
    for run in runs(&scored, &supported, needed) {
        split(&scored[run], &mut |part| {
            // What was only carried along by its neighbours is nothing once it is cut off from them.
            if part.iter().any(|s| s.score >= BESIDE * needed) {
                found.push(treatment(text, topic, &weights, mentions, part));
            }
        });
    }
    found
}

/// `treatments`, and the passages `also` that go on about the topic: what stands beside a treatment is part of it.
pub(super) fn joined(
    text: &Text,
    topic: &Topic,
    language: Language,
    belonging: &Belonging,
    found: &Found,
    treatments: Vec<Treatment>,
    also: &[u32],
) -> Vec<Treatment> {
    if also.is_empty() {
        return treatments;
    }
    let (weights, mut scored) = scored(text, topic, language, belonging, found);
    let section = |passage| text.numbering().block_of(PassageNo(passage)).and_then(|b| text.heading_of(b));
    for &passage in also {
        match scored.binary_search_by_key(&passage, |s| s.passage) {
            Ok(at) => scored[at].score = scored[at].score.max(TOUCH),
            Err(at) => scored.insert(at, Scored { passage, score: TOUCH, mentions: 0, section: section(passage) }),
        }
    }
    // From, to, and whether the last passage is one of those that go on.
    let mut runs: Vec<(u32, u32, bool)> = treatments.iter().map(|t| (t.from.0, t.to.0, false)).collect();
    runs.extend(also.iter().map(|p| (*p, *p, true)));
    runs.sort_unstable();
    let mut parts: Vec<(u32, u32, bool)> = Vec::with_capacity(runs.len());
    for next in runs {
        match parts.last_mut() {
            Some(last)
                if (last.2 || next.2)
                    && last.1 + 1 == next.0
                    && ((next.1 - last.0) as usize) < LONGEST
                    && section(last.1) == section(next.0) =>
            {
                (last.1, last.2) = (next.1, next.2);
            }
            _ => parts.push(next),
        }
    }
    let as_it_was = |(from, to, _): &(u32, u32, bool)| treatments.iter().find(|t| (t.from.0, t.to.0) == (*from, *to));
    let made = |part: &(u32, u32, bool)| {
        as_it_was(part).cloned().unwrap_or_else(|| {
            let begin = scored.partition_point(|s| s.passage < part.0);
            let end = scored.partition_point(|s| s.passage <= part.1);
            treatment(text, topic, &weights, &found.mentions, &scored[begin..end])
        })
    };
    parts.iter().map(made).collect()
}

/// What a passage scores at least that goes on about a topic: it is no subject of it, but touches it.
const TOUCH: f32 = 0.4;

/// The weights of what was found, and what the passages score.
fn scored(
    text: &Text,
    topic: &Topic,
    language: Language,
    belonging: &Belonging,
    found: &Found,
) -> (Weights, Vec<Scored>) {
    let mentions = &found.mentions;
    let weights = Weights::of(text, topic, language, belonging, mentions);
    let mut scored =
        weights.passages(text, belonging, mentions, &hinted(text, topic, language, belonging, &found.hints));
    scored.retain(|s| !belonging.is_label(s.passage));
    carry(text, &mut scored, BESIDE * ENOUGH);
    (weights, scored)
}

/// The scores, raised by those of the neighbours in the same section.
fn supported(scored: &[Scored]) -> Vec<f32> {
    let lent = |here: &Scored, other: Option<&Scored>| {
        let other = other.filter(|o| o.section == here.section && o.passage.abs_diff(here.passage) == 1);
        other.map_or(0.0, |o| SUPPORT * o.score.min(1.5 * ENOUGH))
    };
    let of = |(at, here): (usize, &Scored)| {
        here.score + lent(here, at.checked_sub(1).map(|b| &scored[b])) + lent(here, scored.get(at + 1))
    };
    scored.iter().enumerate().map(of).collect()
}

/// Runs of scored passages that are one treatment, as ranges of `scored`. What lies between two passages of a run is
/// bridged.
fn runs(scored: &[Scored], supported: &[f32], needed: f32) -> Vec<Range<usize>> {
    let joined = |at: usize| {
        let (here, next) = (&scored[at], &scored[at + 1]);
        let weaker = supported[at].min(supported[at + 1]);
        let enough = match next.passage - here.passage {
            1 => BESIDE * needed,
            gap @ 2..=3 => BRIDGED[gap as usize - 2] * needed,
            _ => return false,
        };
        here.section == next.section && weaker >= enough
    };
    let mut runs = Vec::new();
    let mut start = 0;
    for end in 1..=scored.len() {
        if end < scored.len() && joined(end - 1) {
            continue;
        }
        if (start..end).any(|at| supported[at] >= needed && scored[at].score >= OWN * needed) {
            runs.push(start..end);
        }
        start = end;
    }
    runs
}

/// Hands on `run`, in parts no longer than a reader can take as one, cut where least is said.
fn split<'s>(run: &'s [Scored], each: &mut impl FnMut(&'s [Scored])) {
    let [first, .., last] = run else { return each(run) };
    if ((last.passage - first.passage) as usize) < LONGEST {
        return each(run);
    }
    // Not near the ends: that keeps the parts alike in size, and the work small on a run without end.
    let quarter = (run.len() / 4).max(1);
    let said = |at: &usize| run[at - 1].score + run[*at].score - (run[*at].passage - run[at - 1].passage) as f32;
    let cut = (quarter..=run.len() - quarter).min_by(|a, b| said(a).total_cmp(&said(b))).unwrap_or(run.len() / 2);
    split(&run[..cut], each);
    split(&run[cut..], each);
}

fn treatment(text: &Text, topic: &Topic, weights: &Weights, mentions: &[Mention], part: &[Scored]) -> Treatment {
    let best = part.iter().reduce(|best, s| if s.score > best.score { s } else { best });
    let best = best.copied().unwrap_or_default();
    let others: f32 = part.iter().map(|s| s.score).sum::<f32>() - best.score;
    let said = best.score + 0.5 * others.max(0.0).sqrt();
    let passage = |s: Option<&Scored>| PassageNo(s.map_or(best.passage, |s| s.passage));
    Treatment {
        topic: topic.id.clone(),
        from: passage(part.first()),
        to: passage(part.last()),
        strength: 1.0 - (-said / 2.0).exp(),
        mentions: part.iter().map(|s| s.mentions).sum(),
        decisive: decisive(text, weights, mentions, PassageNo(best.passage)),
        best: PassageNo(best.passage),
    }
}

/// Where the sentence of `passage` begins that says most about the topic; its beginning, where it does not name it.
fn decisive(text: &Text, weights: &Weights, mentions: &[Mention], passage: PassageNo) -> Place {
    let Some(block) = text.numbering().block_of(passage) else { return Place::default() };
    let from = mentions.partition_point(|m| (m.place.block as usize) < block);
    let len = mentions[from..].partition_point(|m| m.place.block as usize == block);
    let here = &mentions[from..from + len];
    let Some(first) = here.first() else { return Place::new(block as u32, 0) };
    // A passage may be a whole book on one line.
    let string = text.block_str(block);
    let begin = floor_boundary(string, (first.place.offset as usize).saturating_sub(WINDOW / 4));
    let window = &string[begin..floor_boundary(string, begin + WINDOW)];
    let mut best = (0.0, first.place.offset);
    for sentence in sentences(window) {
        let (from, to) = (begin + sentence.start, begin + sentence.end);
        let first = here.partition_point(|m| (m.place.offset as usize) < from);
        let within = here[first..].iter().take_while(|m| (m.place.offset as usize) < to);
        let mut terms: Vec<u32> = within.map(|m| m.term).collect();
        let repeated = 0.2 * terms.len() as f32;
        terms.sort_unstable();
        terms.dedup();
        let said = terms.iter().map(|t| weights.of_term(*t)).sum::<f32>();
        let said = if terms.is_empty() { 0.0 } else { said + repeated };
        if said > best.0 {
            best = (said, from as u32);
        }
    }
    Place::new(block as u32, best.1)
}

/// In how many bytes the sentence is looked for.
const WINDOW: usize = 16 << 10;

#[cfg(test)]
mod tests;
