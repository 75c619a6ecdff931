//! What the reader has judged of the open pair.
//!
//! A worker reads the files and finds the places; what is made in the session is found at once, because it is made of the
//! text that is open.

use std::sync::Arc;

use crate::app::App;
use crate::app::halves::Halves;
use crate::app::hinge::joint::{Joint, Then};
use crate::app::links::Links;
use crate::app::made::Made;
use crate::app::margin::SignKind;
use crate::app::out::Out;
use crate::app::topics::Topics;
use crate::app::work::own::FindOwn;
use crate::link::Side;
use crate::link::judged::Judged;
use crate::link::judgement::{Judgement, JudgementId, Verdict};
use crate::link::sides::{BOTH, Sides};
use crate::model::keeping::Record;
use crate::model::open::{Open, called};
use crate::study::own::{FoundJudgements, PlacedJudgements, find_places, passage_of};
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::{Codebook, TopicId};

impl App {
    /// Whether all that answers the joint's passage was rejected.
    pub fn is_all_rejected(&self) -> bool {
        let rejected = |joint| !self.links.rejected_of(&self.halves, &self.topics, joint).is_empty();
        self.hinge.joint().is_some_and(rejected)
    }

    pub(in crate::app) fn found_own(&mut self, versions: (u64, u64), stamp: u64, found: FoundJudgements) {
        if Some(versions) != self.halves.versions() {
            return;
        }
        if stamp != self.links.own_read.stamp {
            // Something was made while the files were read: what was read may lack it.
            return self.links.find_own(&self.halves, &self.made, &mut self.out);
        }
        let new = found.faults.iter().find(|fault| !self.links.own_read.told.contains(fault));
        if let Some(fault) = new {
            self.out.notice = Some(fault.clone().into());
        }
        self.links.own_read.told.clone_from(&found.faults);
        self.links.own = Arc::new(PlacedJudgements::found_at(found));
        for (id, judgement) in self.made.wished_judgements(&self.halves) {
            self.links.set_judgement(&self.halves, &id, judgement);
        }
        self.links.settle_own(&mut self.halves);
        self.judged();
    }

    /// Replaces a judgement, or removes it.
    pub(in crate::app) fn change_judgement(&mut self, id: &JudgementId, judgement: Option<Judgement>) {
        self.links.own_read.stamp += 1;
        self.links.set_judgement(&self.halves, id, judgement);
        self.links.settle_own(&mut self.halves);
        self.judged();
    }

    /// What was judged has changed: what the joint says of the passage may have too.
    fn judged(&mut self) {
        self.links.refill_links(&self.halves, &self.topics, &mut self.screens);
        self.screens.drop_gone_cards(&self.links);
        self.versions.tell_alignment(&self.links, &mut self.out);
        self.compare_for_synopsis();
        self.weave_as_judged();
        if self.hinge.is_asking() {
            self.ask_again();
        } else if let Some((lead, from)) = self.hinge.joint().map(|j| (j.lead, j.from))
            && lead == self.halves.focus()
        {
            self.ask(from, Then::Tell);
        }
    }
}

impl Judgement {
    /// Who made a link, for a reader of this name: `you`, or those who are named.
    pub fn made_by(&self, reader: Option<&str>) -> String {
        if self.is_by(reader) { "you".to_owned() } else { Clean::line(&self.authors.join(", ")).to_string() }
    }

    /// What a link is called for a reader of this name: `your link`, or the link of those who are named.
    pub fn called(&self, reader: Option<&str>) -> String {
        if self.is_by(reader) { "your link".to_owned() } else { format!("the link of {}", self.made_by(reader)) }
    }
}

impl Topics {
    /// How a link joins its passages; of one on another topic than the held one, on which.
    pub fn said_of_link(&self, link: &Judgement) -> String {
        let relation = link.relation().map_or("", |r| r.word());
        match (&link.topic, self.held_id()) {
            (Some(topic), Some(held)) if self.codebook().meant(topic) != held => {
                format!("{relation} on {}", self.name(topic))
            }
            _ => relation.to_owned(),
        }
    }
}

impl Halves {
    /// What opens the two texts of the pair, in an order of their own.
    pub(in crate::app) fn texts_of_pair(&self) -> Option<[String; 2]> {
        let mut texts = [self.pane(Side::Left).open()?.request.clone(), self.pane(Side::Right).open()?.request.clone()];
        texts.sort();
        Some(texts)
    }
}

impl Links {
    /// Rereads the judgements of the open pair from disk.
    pub(in crate::app) fn find_own(&self, halves: &Halves, made: &Made, out: &mut Out) {
        if !halves.are_whole() {
            return;
        }
        let Some(texts) = halves.both_open() else { return };
        let wished = made.wished_judgements(halves).into_iter().filter_map(|(_, judgement)| judgement).collect();
        out.ask_for(FindOwn { stamp: self.own_read.stamp, texts, wished });
    }

    /// What the reader has judged that counts while a topic is held, or none.
    pub fn judged_for(&self, topics: &Topics, topic: Option<&TopicId>) -> Judged {
        topic.map_or_else(|| self.own.judged(), |topic| self.own.judged_on(topic, topics.codebook()))
    }

    /// Whether the reader has joined passages of these texts without naming a topic.
    pub(in crate::app) fn are_some_on_none(&self, codebook: &Codebook) -> bool {
        !self.own.judged_on_none(codebook).joined.is_empty()
    }

    /// Whether two passages are a pair on a topic: both treat it, or the reader joined them on it, and has not rejected
    /// the pair.
    pub(in crate::app) fn is_pair_on(
        &self,
        halves: &Halves,
        topics: &Topics,
        topic: &TopicId,
        left: PassageNo,
        right: PassageNo,
    ) -> bool {
        let treats = |side: Side, passage| halves.treatments(side, topic).iter().any(|t| t.contains(passage));
        let judged = self.judged_for(topics, Some(topic));
        let both_treat = treats(Side::Left, left) && treats(Side::Right, right);
        (both_treat && !judged.rejects(left, right)) || judged.joins(left, right)
    }

    fn set_judgement(&mut self, halves: &Halves, id: &JudgementId, judgement: Option<Judgement>) {
        if let (Some(judgement), Some(left), Some(right)) =
            (&judgement, halves.pane(Side::Left).open(), halves.pane(Side::Right).open())
        {
            let as_made = |open: &Open| judgement.places().iter().any(|p| p.hash == open.text.hash());
            // What is made of the texts as they are is found at once; anything else is a worker's to find.
            if !self.own.knows(judgement) && (as_made(left) || as_made(right)) {
                let found = find_places(std::slice::from_ref(judgement), called(left, right));
                Arc::make_mut(&mut self.own).know(found);
            }
        }
        Arc::make_mut(&mut self.own).set(id, judgement);
    }

    /// The passages that were rejected as answers to the joint's, where no other is left: that is no silence of the other
    /// text. None where the topic alone keeps anything from answering it, whatever was rejected.
    pub(in crate::app) fn rejected_of(&self, halves: &Halves, topics: &Topics, joint: &Joint) -> Vec<PassageNo> {
        let may_be_answered = |topic: &TopicId| {
            !halves.treatments(joint.lead.other(), topic).is_empty()
                && halves.treatments(joint.lead, topic).iter().any(|treatment| treatment.contains(joint.from))
        };
        if !joint.is_silent() || joint.topic.as_ref().is_some_and(|topic| !may_be_answered(topic)) {
            return Vec::new();
        }
        self.judged_for(topics, joint.topic.as_ref()).rejected_for(joint.lead, joint.from)
    }

    /// Whether the reader has checked that the other text says nothing: on the topic, or to the passage. What was
    /// checked of a topic before it was merged was not checked of the other.
    pub fn silence_checked(
        &self,
        halves: &Halves,
        lead: Side,
        from: PassageNo,
        topic: Option<&TopicId>,
    ) -> Option<&Judgement> {
        let across = halves.pane(lead.other()).open()?;
        let here = halves.pane(lead).open()?;
        let name = across.name_beside(here);
        self.own.all().iter().find(|judgement| match &judgement.verdict {
            Verdict::Silent(text, None) => *text == name && topic.is_some() && judgement.topic.as_ref() == topic,
            Verdict::Silent(text, Some(_)) => {
                let found = self.own.found(judgement, 0, lead);
                *text == name && found.and_then(|f| passage_of(f, &here.text)) == Some(from)
            }
            _ => false,
        })
    }

    /// Whether a pane's text was found silent on a topic, and the reader has checked it.
    pub fn topic_silence_checked(&self, halves: &Halves, side: Side, topic: &TopicId) -> bool {
        let Some(open) = halves.pane(side).open() else { return false };
        let name = match halves.pane(side.other()).open() {
            Some(other) => open.name_beside(other),
            None => open.id.clone(),
        };
        self.own.all().iter().any(|judgement| match &judgement.verdict {
            Verdict::Silent(text, None) => *text == name && judgement.topic.as_ref() == Some(topic),
            _ => false,
        })
    }

    /// Works out which passages are joined, and sets the signs beside them.
    pub(in crate::app) fn settle_own(&mut self, halves: &mut Halves) {
        let texts = Sides::from_fn(|side| halves.pane(side).open().cloned());
        let mut signs =
            Arc::make_mut(&mut self.own).settle(BOTH.map(|side| texts[side].as_ref().map(|open| &*open.text)));
        for side in BOTH {
            halves.margin_mut(side).set(SignKind::Link, std::mem::take(&mut signs[side]));
        }
    }

    /// The texts of the pair have changed: its judgements are unknown until the files have been read again.
    pub(in crate::app) fn forget_own(&mut self, halves: &mut Halves, made: &Made, out: &mut Out) {
        self.own_read.stamp += 1;
        self.own = Arc::default();
        self.settle_own(halves);
        self.find_own(halves, made, out);
    }
}

impl Made {
    /// What is to be in the files, and not known to be there.
    fn wished_judgements(&self, halves: &Halves) -> Vec<(JudgementId, Option<Judgement>)> {
        let of_pair = halves.texts_of_pair();
        let wanted = |record| match record {
            Record::Judgement { texts, id, judgement, .. } if Some(&texts) == of_pair.as_ref() => Some((id, judgement)),
            _ => None,
        };
        self.unkept().into_iter().filter_map(|order| wanted(order.record)).collect()
    }
}
