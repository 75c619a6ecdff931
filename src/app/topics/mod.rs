//! The topics of the session: all of them, the one that is held, those that are proposed.

mod catching;
mod forms;
mod holding;
mod listing;
mod terms;

use std::sync::Arc;

use crate::app::halves::{Halves, TwoSided};
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::study::proposal::Proposal;
use crate::text::Place;
use crate::text::passage::PassageNo;
use crate::topic::codebook::{Codebook, Topic, TopicId};
use crate::topic::treatment::Treatment;

/// The topics of the session.
#[derive(Debug)]
pub struct Topics {
    /// All of them.
    codebook: Arc<Codebook>,
    /// Incremented with every change of the topics.
    version: u64,
    /// The held one; it is always one of the codebook.
    held: Option<TopicId>,
    /// Those proposed from the two texts, not accepted yet.
    proposals: Vec<Proposal>,
    /// All proposals, including those the codebook has a topic for by now.
    suggested: Vec<Proposal>,
    /// Whether it is known what can be proposed for the two texts, or that it cannot be found out.
    is_sought: bool,
    /// The one the reader has just made or changed, of which it is still to be told what it catches.
    catching: Option<TopicId>,
}

impl Topics {
    /// With these, none of them held.
    pub(in crate::app) fn new(codebook: Arc<Codebook>) -> Self {
        Self {
            codebook,
            version: 1,
            held: None,
            proposals: Vec::new(),
            suggested: Vec::new(),
            is_sought: false,
            catching: None,
        }
    }

    /// All topics.
    pub fn codebook(&self) -> &Arc<Codebook> {
        &self.codebook
    }

    /// The held topic.
    pub fn held(&self) -> Option<&Topic> {
        self.codebook.get(self.held.as_ref()?.as_str()).map(|topic| &**topic)
    }

    /// The id of the held topic.
    pub fn held_id(&self) -> Option<&TopicId> {
        self.held.as_ref()
    }

    /// Those proposed from the two texts, not accepted yet.
    pub fn proposals(&self) -> &[Proposal] {
        &self.proposals
    }

    /// All topics; with `proposed`, those that are proposed before them.
    pub fn charted(&self, proposed: bool) -> Arc<Codebook> {
        if !proposed {
            return Arc::clone(&self.codebook);
        }
        Arc::new(self.codebook.led_by(self.proposals.iter().map(|proposal| proposal.topic.clone())))
    }

    /// Which of the proposals this is, if it is one.
    pub fn proposal_of(&self, id: &TopicId) -> Option<usize> {
        self.proposals.iter().position(|proposal| proposal.topic.id == *id)
    }

    /// Whether the topics known here were made for other texts, and none of them is treated by both of these: then what
    /// is proposed comes first everywhere.
    pub fn leads_with_proposals(&self, halves: &Halves) -> bool {
        let treated = |id: &TopicId| BOTH.iter().all(|side| !halves.treatments(*side, id).is_empty());
        self.codebook.borrows() && !self.codebook.topics().iter().any(|topic| treated(&topic.id))
    }

    /// The id by which the codebook knows the topic that `id` means.
    pub fn known(&self, id: &TopicId) -> Option<TopicId> {
        self.codebook.get(id.as_str()).map(|topic| topic.id.clone())
    }

    /// The name of a topic, or its id if it is gone.
    pub fn name(&self, id: &TopicId) -> String {
        self.codebook.get(id.as_str()).map_or_else(|| id.to_string(), |topic| topic.name.clone())
    }

    /// Whether it is still to be found out what can be proposed for the two texts.
    pub fn awaits_proposals(&self) -> bool {
        !self.is_sought
    }

    /// Whether topics that the two open texts share are still being looked for.
    pub fn is_looking(&self, halves: &Halves) -> bool {
        self.awaits_proposals() && BOTH.iter().all(|side| halves.pane(*side).open().is_some())
    }

    /// Another text is open: what was proposed for the two before is not for these.
    pub(in crate::app) fn forget_proposals(&mut self) {
        self.is_sought = false;
        self.suggested.clear();
        self.propose();
    }

    /// Proposes what was suggested, leaving out topics that the codebook has by now.
    fn propose(&mut self) {
        let free = |p: &&Proposal| self.codebook.entry(p.topic.id.as_str()).is_none();
        self.proposals = self.suggested.iter().filter(free).cloned().collect();
    }

    /// Switches to another codebook. The held topic stays held if it still exists.
    fn replace(&mut self, codebook: Arc<Codebook>) {
        self.codebook = codebook;
        self.version += 1;
        self.held = self.held.take().and_then(|id| self.known(&id));
        self.propose();
    }

    /// Incremented with every change of the topics.
    pub(super) fn version(&self) -> u64 {
        self.version
    }

    /// Holds another topic of the codebook, or none.
    pub(super) fn hold(&mut self, topic: Option<TopicId>) {
        self.held = topic;
    }

    /// Drops the report on a topic whose making is being undone.
    pub(super) fn forget_catch(&mut self) {
        self.catching = None;
    }
}

impl Halves {
    /// The treatments of a topic in a pane's text; empty while they are not known.
    pub fn treatments(&self, side: Side, topic: &TopicId) -> &[Treatment] {
        let study = self.pane(side).study.as_ref();
        study.and_then(|s| s.coverage.get(topic)).map_or(&[], |c| c.treatments())
    }

    /// Whether it is known where a pane's text treats a topic: a topic that is new is still looked for.
    pub fn is_studied_on(&self, side: Side, topic: &TopicId) -> bool {
        self.pane(side).study.as_ref().is_some_and(|study| study.coverage.get(topic).is_some())
    }

    /// The topics that a pane's current passage treats.
    pub fn topics_here(&self, side: Side) -> Vec<TopicId> {
        let (Some(here), Some(study)) = (self.pane(side).current(), &self.pane(side).study) else {
            return Vec::new();
        };
        study.coverage.topics_of(here).into_iter().map(|t| t.topic.clone()).collect()
    }

    /// The sentence that says most about the held topic, where a passage is the best one of a treatment.
    pub(in crate::app) fn decisive(&self, topics: &Topics, side: Side, passage: PassageNo) -> Option<Place> {
        self.treatments(side, topics.held.as_ref()?).iter().find(|t| t.best == passage).map(|t| t.decisive)
    }

    /// The treatment of the held topic that the pane's current passage is in, counted from 0.
    pub fn treatment_here(&self, topics: &Topics, side: Side) -> Option<usize> {
        let here = self.pane(side).current()?;
        self.treatments(side, topics.held.as_ref()?).iter().position(|t| t.contains(here))
    }
}

impl TwoSided for Topics {
    fn turn(&mut self) {
        for proposal in self.proposals.iter_mut().chain(&mut self.suggested) {
            proposal.caught.swap();
        }
    }
}
