//! What the reader has judged of the open pair.
//!
//! A worker reads the files and finds the places; what is made in the session is found at once, because it is made of the
//! text that is open.

use super::App;
use super::joint::Then;
use super::margin::SignKind;
use super::work::own::FindOwn;
use crate::app::halves::Halves;
use crate::app::topics::Topics;
use crate::link::Side;
use crate::link::judged::Judged;
use crate::link::judgement::{Judgement, JudgementId, Verdict};
use crate::link::sides::{BOTH, Sides};
use crate::model::keeping::Record;
use crate::model::open::{Open, called};
use crate::study::own::{FoundOwn, Own, find_places, passage_of};
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// How the reading of what was judged stands.
#[derive(Debug, Default)]
pub(super) struct OwnRead {
    /// Goes up with every change, so that what was read before it is recognised.
    stamp: u64,
    /// What was told already.
    told: Vec<Clean>,
}

impl App {
    /// Has the files of the open pair read again.
    pub(super) fn find_own(&mut self) {
        if !self.halves.are_whole() {
            return;
        }
        let (Some(left), Some(right)) = (self.halves.left.pane.open().cloned(), self.halves.right.pane.open().cloned())
        else {
            return;
        };
        let wished = self.wished_judgements().into_iter().filter_map(|(_, judgement)| judgement).collect();
        self.ask_for(FindOwn { stamp: self.links.own_read.stamp, texts: (left, right), wished });
    }

    /// The texts of the pair have changed: nothing is known of it until the files are read again.
    pub(super) fn forget_own(&mut self) {
        self.links.own_read.stamp += 1;
        self.links.own = Own::default();
        self.settle_own();
        self.find_own();
    }

    pub(super) fn found_own(&mut self, versions: (u64, u64), stamp: u64, found: FoundOwn) {
        if Some(versions) != self.halves.versions() {
            return;
        }
        if stamp != self.links.own_read.stamp {
            // Something was made while the files were read: what was read may lack it.
            return self.find_own();
        }
        let new = found.faults.iter().find(|fault| !self.links.own_read.told.contains(fault));
        if let Some(fault) = new {
            self.notice = Some(fault.clone());
        }
        self.links.own_read.told.clone_from(&found.faults);
        self.links.own = Own::found_at(found);
        for (id, judgement) in self.wished_judgements() {
            self.set_judgement(&id, judgement);
        }
        self.settle_own();
        self.judged();
    }

    /// What is to be in the files, and not known to be there.
    fn wished_judgements(&self) -> Vec<(JudgementId, Option<Judgement>)> {
        let of_pair = self.halves.texts_of_pair();
        let wanted = |record| match record {
            Record::Judgement { texts, id, judgement } if Some(&texts) == of_pair.as_ref() => Some((id, judgement)),
            _ => None,
        };
        self.made.unkept().into_iter().filter_map(|order| wanted(order.record)).collect()
    }

    /// Has a judgement be so from now on, or not be there.
    pub(super) fn change_judgement(&mut self, id: &JudgementId, judgement: Option<Judgement>) {
        self.links.own_read.stamp += 1;
        self.set_judgement(id, judgement);
        self.settle_own();
        self.judged();
    }

    fn set_judgement(&mut self, id: &JudgementId, judgement: Option<Judgement>) {
        if let (Some(judgement), Some(left), Some(right)) =
            (&judgement, self.halves.left.pane.open(), self.halves.right.pane.open())
        {
            let as_made = |open: &Open| judgement.places().iter().any(|p| p.hash == open.text.hash());
            // What is made of the texts as they are is found at once; anything else is a worker's to find.
            if !self.links.own.knows(judgement) && (as_made(left) || as_made(right)) {
                let found = find_places(std::slice::from_ref(judgement), called(left, right));
                self.links.own.know(found);
            }
        }
        self.links.own.set(id, judgement);
    }

    /// What the reader has judged that counts while a topic is held, or none.
    pub fn judged_for(&self, topic: Option<&TopicId>) -> Judged {
        topic.map_or_else(|| self.links.own.judged(), |topic| self.links.own.judged_on(topic, &self.topics.codebook))
    }

    /// The link that joins the two current passages, whatever it is about.
    pub fn link_in_sight(&self) -> Option<&Judgement> {
        self.links.own.link_between(self.halves.left.pane.current()?, self.halves.right.pane.current()?)
    }

    /// Works out which passages are joined, and sets the signs beside them.
    fn settle_own(&mut self) {
        let texts = Sides::from_fn(|side| self.halves[side].pane.open().cloned());
        let mut signs = self.links.own.settle(BOTH.map(|side| texts[side].as_ref().map(|open| &*open.text)));
        for side in BOTH {
            self.halves[side].margin.set(SignKind::Link, std::mem::take(&mut signs[side]));
        }
    }

    /// Whether the reader has checked that the other text says nothing: on the topic, or to the passage. What was
    /// checked of a topic before it was merged was not checked of the other.
    pub fn silence_checked(&self, lead: Side, from: PassageNo, topic: Option<&TopicId>) -> Option<&Judgement> {
        let across = self.halves[lead.other()].pane.open()?;
        let here = self.halves[lead].pane.open()?;
        let name = across.name_beside(here);
        self.links.own.all().iter().find(|judgement| match &judgement.verdict {
            Verdict::Silent(text, None) => *text == name && topic.is_some() && judgement.topic.as_ref() == topic,
            Verdict::Silent(text, Some(_)) => {
                let found = self.links.own.found(judgement, 0, lead);
                *text == name && found.and_then(|f| passage_of(f, &here.text)) == Some(from)
            }
            _ => false,
        })
    }

    /// Whether a pane's text was found silent on a topic, and the reader has checked it.
    pub fn topic_silence_checked(&self, side: Side, topic: &TopicId) -> bool {
        let Some(open) = self.halves[side].pane.open() else { return false };
        let name = match self.halves[side.other()].pane.open() {
            Some(other) => open.name_beside(other),
            None => open.id.clone(),
        };
        self.links.own.all().iter().any(|judgement| match &judgement.verdict {
            Verdict::Silent(text, None) => *text == name && judgement.topic.as_ref() == Some(topic),
            _ => false,
        })
    }

    /// What was judged has changed: what the joint says of the passage may have too.
    fn judged(&mut self) {
        self.refill_links();
        self.tell_alignment();
        self.compare_for_synopsis();
        if self.hinge.asked.is_some() {
            self.ask_again();
        } else if let Some((lead, from)) = self.hinge.joint.as_ref().map(|j| (j.lead, j.from))
            && lead == self.halves.focus
        {
            self.ask(from, Then::Tell);
        }
    }

    /// The panes have changed sides, and with them everything that is beside their texts.
    pub(super) fn swap_own(&mut self) {
        self.links.own.swap();
        self.settle_own();
    }
}

impl Topics {
    /// How a link joins its passages; of one on another topic than the held one, on which.
    pub fn said_of_link(&self, link: &Judgement) -> String {
        let relation = link.relation().map_or("", |r| r.word());
        match (&link.topic, &self.held) {
            (Some(topic), Some(held)) if self.codebook.meant(topic) != held => {
                format!("{relation} on {}", self.name(topic))
            }
            _ => relation.to_owned(),
        }
    }
}

impl Halves {
    /// What opens the two texts of the pair, in an order of their own.
    pub(super) fn texts_of_pair(&self) -> Option<[String; 2]> {
        let mut texts = [self.left.pane.open()?.request.clone(), self.right.pane.open()?.request.clone()];
        texts.sort();
        Some(texts)
    }
}
