//! Counterparts while a topic is held: the other text's treatments of it, the likeliest answer first.
//!
//! That both passages treat the topic is known already; the score says how likely they are on the same point of it, and
//! one below the threshold that the topic is all they share (see [`Counterpart::is_likely`]). A passage that does not
//! treat the topic is answered by silence. Two treatments are represented by the passages of them that answer each other
//! best, whichever of their passages says most on the topic.

use std::ops::Range;

use super::Side;
use super::calibration::Evidence;
use super::pairing::{Counterpart, Desk, Pairing, TopicInBoth, Weighed};
use super::reason::{Reason, ReasonKind};
use super::window::{Candidate, Window};
use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::topic::coverage::TopicCoverage;
use crate::topic::treatment::Treatment;

/// How many passages of a treatment are looked at closely as answers to one passage.
const CLOSELY: usize = 3;
/// How many treatments across are kept for each, the best answers.
const ANSWERS: usize = 48;
/// How many words of the topic are named as reasons.
const NAMED: usize = 3;

/// Two treatments of a topic, and the passages that stand for them.
#[derive(Debug, Clone, PartialEq)]
pub struct TreatmentPair {
    /// The treatments, as indices into [`TopicCoverage::treatments`] of the left and of the right text.
    pub treatments: [usize; 2],
    /// The passage of the left treatment.
    pub left: PassageNo,
    /// The passage of the right treatment.
    pub right: PassageNo,
    /// How likely the two are on the same point.
    pub score: f32,
    /// What the score was made of.
    pub evidence: Evidence,
}

impl Pairing {
    /// The treatments of the held topic across from `passage`, the best score first and of the same score the strongest:
    /// one counterpart for each, the passage of it that is most like. Empty where `passage` does not treat the topic, or
    /// the other text is silent.
    pub fn on_topic(&self, side: Side, passage: PassageNo, held: &TopicInBoth, limit: usize) -> Vec<Counterpart> {
        let mut found = self.on_topic_unreasoned(side, passage, held);
        found.truncate(limit);
        let mut reasoner = self.reasoner(side);
        for counterpart in &mut found {
            counterpart.because = reasoner.reasons(passage, counterpart.passage);
            self.name_topic(side, passage, held, counterpart);
        }
        found
    }

    /// All of these counterparts, without reasons: for callers that show only a few and then ask for their reasons
    /// with
    /// [`Self::give_reasons`].
    pub fn on_topic_unreasoned(&self, side: Side, passage: PassageNo, held: &TopicInBoth) -> Vec<Counterpart> {
        if held.on(side).treatment_at(passage).is_none() {
            return Vec::new();
        }
        let mut found = self.answers(side, passage, held);
        held.closest_first(side, &mut found);
        found
    }

    /// Gives a counterpart on the topic its reasons.
    pub fn give_reasons(&self, side: Side, passage: PassageNo, held: &TopicInBoth, counterpart: &mut Counterpart) {
        counterpart.because = self.because(side, passage, counterpart.passage);
        self.name_topic(side, passage, held, counterpart);
    }

    /// The treatments of the two texts in pairs, each with the passages of them that answer each other best; in the order
    /// of the left text, then of the right. Of very many treatments only the best answers to each are there.
    pub fn treatment_pairs(&self, held: &TopicInBoth) -> Vec<TreatmentPair> {
        let mut found = Vec::new();
        let mut desk = Desk::default();
        let count = self.left.passage_count();
        for (left, treatment) in held.left.treatments().iter().enumerate() {
            let mut best: Vec<Option<TreatmentPair>> = vec![None; held.right.treatments().len()];
            let mut window: Option<Window> = None;
            for here in treatment.from.0 as usize - 1..(treatment.to.0 as usize).min(count) {
                match &mut window {
                    Some(window) => window.advance(here, count, |passage, row| self.fill(Side::Left, passage, row)),
                    none => *none = Some(self.window(Side::Left, here)),
                }
                let Some(window) = &mut window else { continue };
                for answer in self.answers_in(Side::Left, here, window, held, &mut desk) {
                    let Some(right) = answer.treatment else { continue };
                    if best[right].as_ref().is_none_or(|b| answer.score > b.score) {
                        let (from, to) = (PassageNo(here as u32 + 1), answer.passage);
                        best[right] = Some(TreatmentPair {
                            treatments: [left, right],
                            left: from,
                            right: to,
                            score: answer.score,
                            evidence: answer.evidence,
                        });
                    }
                }
            }
            let mut best: Vec<TreatmentPair> = best.into_iter().flatten().collect();
            if best.len() > ANSWERS {
                best.select_nth_unstable_by(ANSWERS, |a, b| b.score.total_cmp(&a.score));
                best.truncate(ANSWERS);
                best.sort_by_key(|pair| pair.treatments);
            }
            found.extend(best);
        }
        found
    }

    /// One counterpart for each treatment across, in text order and without reasons: the passage of it that answers best.
    fn answers(&self, side: Side, passage: PassageNo, held: &TopicInBoth) -> Vec<Counterpart> {
        let Some(here) = self.side(side).position(passage) else { return Vec::new() };
        let mut window = self.window(side, here);
        self.answers_in(side, here, &mut window, held, &mut Desk::default())
    }

    fn answers_in(
        &self,
        side: Side,
        here: usize,
        window: &mut Window,
        held: &TopicInBoth,
        desk: &mut Desk,
    ) -> Vec<Counterpart> {
        self.choose(window, 1);
        let across = held.on(side.other()).treatments();
        let passages = |t: &Treatment| self.best_of(window, t.from.0 as usize - 1..t.to.0 as usize, CLOSELY);
        let candidates: Vec<Candidate> = across.iter().flat_map(passages).collect();
        let mut weighed = self.weigh_up(side, here, candidates, desk, true);
        self.lower(side, here, &mut weighed, desk);
        let mut answers: Vec<Option<Counterpart>> = vec![None; across.len()];
        for Weighed { passage, evidence, score } in weighed {
            let passage = PassageNo(passage + 1);
            let Some((treatment, _)) = held.on(side.other()).treatment_at(passage) else { continue };
            let answer = Counterpart { passage, score, evidence, because: Vec::new(), treatment: Some(treatment) };
            answers[treatment].get_or_insert(answer);
        }
        answers.into_iter().flatten().collect()
    }

    /// Adds to the reasons the words of the topic that both passages have.
    fn name_topic(&self, side: Side, here: PassageNo, held: &TopicInBoth, counterpart: &mut Counterpart) {
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

/// The mentions of a topic in a passage: which term, and the bytes of the text's string.
fn mentions(text: &Text, coverage: &TopicCoverage, passage: PassageNo) -> Vec<(u32, Range<usize>)> {
    let Some(block) = text.numbering().block_of(passage) else { return Vec::new() };
    let base = text.blocks()[block].range().start;
    let whole = |r: Range<usize>| base + r.start..base + r.end;
    coverage.mentions_in(block).iter().map(|m| (m.term, whole(m.range()))).collect()
}
