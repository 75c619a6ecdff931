//! Counterparts while a topic is held: the other text's treatments of it, the likeliest answer first.
//!
//! That both passages treat the topic is known already, so no treatment is too unlike to be shown; likeness only says
//! which of them answers best, and a score below the threshold that the topic is all they share (see
//! [`Counterpart::is_likely`]). A passage that does not treat the topic is answered by silence.

use std::ops::Range;

use super::Side;
use super::calibration::Evidence;
use super::judged::Judged;
use super::pairing::{Ask, Counterpart, Held, Pairing};
use super::reason::{Reason, ReasonKind};
use super::window::Candidate;
use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::topic::coverage::TopicCoverage;
use crate::topic::treatment::Treatment;

/// The first pair of a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstPair {
    /// Passage of the left text.
    pub left: PassageNo,
    /// Passage of the right text.
    pub right: PassageNo,
    /// The score of the two as counterparts.
    pub score: f32,
}

/// Of each text, so many of the strongest treatments are tried for the first pair of a topic.
const STRONGEST: usize = 12;
/// What a pair is worth, for the first pair of a topic, where nothing in it is alike: then strength decides.
const UNLIKE: f32 = 0.1;
/// A passage in another voice than the author's is worth so much as the first one shown.
const OTHER_VOICE: f32 = 0.8;
/// A passage that shares a quotation is sought among so many counterparts.
const QUOTED_AMONG: usize = 24;
/// How many words of the topic are named as reasons.
const NAMED: usize = 3;

impl Pairing {
    /// The treatments of the held topic across from `passage`, the best score first and of the same score the strongest:
    /// one counterpart for each, the passage of it that is most like. Empty where `passage` does not treat the topic, or
    /// the other text is silent.
    pub fn on_topic(&self, side: Side, passage: PassageNo, held: &Held, limit: usize) -> Vec<Counterpart> {
        let mut found = self.on_topic_unreasoned(side, passage, held);
        found.truncate(limit);
        let mut reasoner = self.reasoner(side);
        for counterpart in &mut found {
            counterpart.because = reasoner.reasons(passage, counterpart.passage);
            self.name_topic(side, passage, held, counterpart);
        }
        found
    }

    /// The same, all of them and without reasons: for who will show but a few, and asks for theirs with
    /// [`Self::give_reasons`].
    pub fn on_topic_unreasoned(&self, side: Side, passage: PassageNo, held: &Held) -> Vec<Counterpart> {
        if held.on(side).treatment_at(passage).is_none() {
            return Vec::new();
        }
        let mut found = self.answers(side, passage, held);
        let across = held.on(side.other()).treatments();
        let strength = |c: &Counterpart| c.treatment.map_or(0.0, |t| across[t].strength);
        found.sort_by(|a, b| {
            let closer = b.score.total_cmp(&a.score).then(strength(b).total_cmp(&strength(a)));
            closer.then(a.passage.cmp(&b.passage))
        });
        found
    }

    /// Gives a counterpart on the topic its reasons.
    pub fn give_reasons(&self, side: Side, passage: PassageNo, held: &Held, counterpart: &mut Counterpart) {
        counterpart.because = self.because(side, passage, counterpart.passage);
        self.name_topic(side, passage, held, counterpart);
    }

    /// The pair of passages to show first for a topic: the one worth most, ties by the order of the left text, then of
    /// the right. Worth is the score times the strengths of both treatments; a quotation that both treatments share is
    /// worth as much as a certain counterpart, and what is said in another voice than the author's a little less. What
    /// the reader rejected is no pair. `None` where one of the texts is silent, or every pair rejected.
    pub fn first_pair(&self, held: &Held, judged: &Judged) -> Option<FirstPair> {
        let mut best: Option<(f32, FirstPair)> = None;
        let mut weigh = |pair: FirstPair, score: f32, strengths: f32| {
            let worth =
                (score + UNLIKE) * strengths * self.voice(Side::Left, pair.left) * self.voice(Side::Right, pair.right);
            if !judged.rejects(pair.left, pair.right) && best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, pair));
            }
        };
        for here in strongest(&held.left) {
            for there in self.answers(Side::Left, here.best, held) {
                let Some(across) = there.treatment.and_then(|t| held.right.treatments().get(t)) else { continue };
                let pair = FirstPair { left: here.best, right: there.passage, score: there.score };
                weigh(pair, there.score, here.strength * across.strength);
                let shared = self.quoted.get().and_then(|q| q.within(here.from..=here.to, across.from..=across.to));
                if let Some((left, right)) = shared {
                    let all = Ask { all: true, reasons: false, limit: QUOTED_AMONG, topic: None };
                    let found = self.counterparts(Side::Left, left, &all).into_iter().find(|c| c.passage == right);
                    let score = found.map_or(there.score, |c| c.score);
                    weigh(FirstPair { left, right, score }, 1.0, here.strength * across.strength);
                }
            }
        }
        best.map(|(_, pair)| pair)
    }

    /// How much what a passage says is the author's own.
    fn voice(&self, side: Side, passage: PassageNo) -> f32 {
        let text = self.side(side).text();
        let other = text.numbering().block_of(passage).is_some_and(|b| text.voice_of(b).is_some());
        if other { OTHER_VOICE } else { 1.0 }
    }

    /// One counterpart for each treatment across, in text order and without reasons: the passage of it that is most
    /// like, or where none is like at all, the one that says most on the topic.
    fn answers(&self, side: Side, passage: PassageNo, held: &Held) -> Vec<Counterpart> {
        let across = held.on(side.other()).treatments();
        let Some(here) = self.side(side).position(passage) else { return Vec::new() };
        let mut window = self.window(side, here);
        let candidates = window.candidates(self.neighbours, 1);
        let likest = window.best_of(across.iter().map(|t| t.from.0 as usize - 1..t.to.0 as usize));
        let row = &mut window.before;
        let weighed = self.weigh_up(side, here, candidates, row);
        let odds = self.odds(side, here, &weighed);
        let answer = |(at, likest): (usize, Option<Candidate>)| {
            let weighed = self.weigh_up(side, here, likest.into_iter().collect(), row);
            let silent = (across[at].best, 0.0, Evidence::default());
            let found = weighed.first().zip(odds.as_ref());
            let (passage, score, evidence) =
                found.map_or(silent, |(w, odds)| (PassageNo(w.passage + 1), odds.score(w), w.evidence));
            Counterpart { passage, score, evidence, because: Vec::new(), treatment: Some(at) }
        };
        likest.into_iter().enumerate().map(answer).collect()
    }

    /// Adds to the reasons the words of the topic that both passages have.
    fn name_topic(&self, side: Side, here: PassageNo, held: &Held, counterpart: &mut Counterpart) {
        let mine = mentions(self.side(side).text(), held.on(side), here);
        let theirs = mentions(self.side(side.other()).text(), held.on(side.other()), counterpart.passage);
        let mut named = 0;
        for (term, place) in &mine {
            let Some((_, across)) = theirs.iter().find(|(other, _)| other == term) else { continue };
            let text = &self.side(side).text().string()[place.clone()];
            let known = counterpart.because.iter().any(|r| r.text.to_lowercase().contains(&text.to_lowercase()));
            let again = mine.iter().find(|(other, _)| other == term).is_some_and(|(_, first)| first != place);
            if known || again || named == NAMED {
                continue;
            }
            named += 1;
            let (here, there) = (place.clone(), across.clone());
            counterpart.because.push(Reason {
                kind: ReasonKind::Topic,
                text: text.to_owned(),
                here,
                there,
                share: 0.0,
            });
        }
    }
}

fn strongest(coverage: &TopicCoverage) -> Vec<&Treatment> {
    let mut all: Vec<&Treatment> = coverage.treatments().iter().collect();
    all.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    all.truncate(STRONGEST);
    all.sort_by_key(|t| t.from);
    all
}

/// The mentions of a topic in a passage: which term, and the bytes of the text's string.
fn mentions(text: &Text, coverage: &TopicCoverage, passage: PassageNo) -> Vec<(u32, Range<usize>)> {
    let Some(block) = text.numbering().block_of(passage) else { return Vec::new() };
    let base = text.blocks()[block].range().start;
    let whole = |r: Range<usize>| base + r.start..base + r.end;
    coverage.mentions_in(block).iter().map(|m| (m.term, whole(m.range()))).collect()
}
