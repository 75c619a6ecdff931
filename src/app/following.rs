//! Following: how the other pane finds the counterpart, and how both go to a pair and back. It moves the panes, the hinge,
//! topics and versions at once.

use std::sync::Arc;

use super::App;
use super::halves::Halves;
use super::hinge::Hinge;
use super::hinge::joint::{Joint, Then};
use super::intent::Intent;
use super::links::Links;
use super::memory::{BothPanes, Seat};
use super::pane::Pane;
use super::topics::Topics;
use super::versions::Versions;
use super::work::counterparts::Counterparts;
use crate::link::Side;
use crate::link::pairing::Counterpart;
use crate::link::sides::{BOTH, Sides};
use crate::model::settings::Sync;
use crate::study::comparison::Comparison;
use crate::text::Place;
use crate::text::passage::PassageNo;

/// What is said of two texts that could not be set against each other.
pub(super) const NOT_COMPARED: &str = "the two texts could not be compared";

impl App {
    /// To be called after the leading pane has moved by scrolling.
    pub(super) fn moved(&mut self) {
        self.intent.read_on();
        if self.versions.keeps_level(&self.hinge) {
            // What stands level by the work is level again with the next step.
            self.hinge.set_pinned(false);
            self.versions.level(&mut self.halves, &self.hinge, &mut self.out);
        }
        self.hinge.moved(&mut self.out);
    }

    /// Asks for the counterparts of the leading pane's passage.
    pub(super) fn ask(&mut self, passage: PassageNo, then: Then) {
        if self.hinge.is_given_up() && !self.can_answer() {
            self.hinge.forget_joint();
            if matches!(then, Then::Pin(_)) {
                self.out.tell(NOT_COMPARED);
            }
            return;
        }
        let joint = Joint {
            lead: self.halves.focus(),
            from: passage,
            topic: self.topics.held_id().cloned(),
            found: None,
            at: 0,
        };
        let number = self.out.number();
        self.intent.ask(number, then);
        self.hinge.begin_question(number, joint, then);
        self.ask_again();
    }

    /// Whether a question about the held topic, or none, can be answered now.
    fn can_answer(&self) -> bool {
        let known = self.hinge.comparison(&self.halves, &self.topics, &self.links);
        known.is_some_and(|known| self.topics.held_id().is_none_or(|topic| known.is_studied_on(topic)))
    }

    /// Sends the question that is out, once both texts are set against each other.
    pub(super) fn ask_again(&mut self) {
        let known = self.hinge.comparison(&self.halves, &self.topics, &self.links);
        let (Some((question, joint)), Some(comparison)) = (self.hinge.question(), known) else { return };
        let topic = joint.topic.clone();
        // Until both texts are looked through for a new topic, nothing is known of it: the question waits.
        if topic.as_ref().is_some_and(|topic| !comparison.is_studied_on(topic)) {
            return;
        }
        let (from, passage) = (joint.lead, joint.from);
        self.out.ask_for(Counterparts { question, comparison, from, passage, topic });
    }

    /// Asks again what the joint said, where a changed codebook has made it stale.
    pub(super) fn ask_joint_again(&mut self) {
        if let Some(Joint { from, lead, .. }) = self.hinge.take_joint()
            && lead == self.halves.focus()
        {
            self.ask(from, Then::Tell);
        }
    }

    /// Finds out the counterparts of the leading passage without moving anything.
    pub(super) fn tell_counterparts(&mut self) {
        if let Some(passage) = self.halves.lead().current() {
            self.ask(passage, Then::Tell);
        }
    }

    pub(super) fn ranked(&mut self, number: u64, found: Vec<Counterpart>) {
        let Some(mut joint) = self.hinge.take_question(number) else { return };
        let then = self.intent.counterpart(number);
        let found = self.versions.with_place(&self.hinge, &self.links, &self.topics, joint.lead, joint.from, found);
        let count = found.len() as i64;
        let across = self.halves.pane(joint.lead.other()).current();
        joint.at = match then {
            Then::Pin(at) if count > 0 => at.rem_euclid(count) as usize,
            // The one that is there already, where it is one of them.
            _ => found.iter().position(|c| Some(c.passage) == across).unwrap_or(0),
        };
        joint.found = Some(found);
        self.hinge.join(joint);
        match then {
            Then::Tell => {}
            Then::Follow => self.hinge.follow(&mut self.halves),
            Then::Pin(_) => self.pin_joint(),
        }
    }

    /// Goes to a passage of the leading pane as a jump along the trail; in topic sync the other pane follows to the
    /// counterpart.
    pub(super) fn jump_on_trail(&mut self, passage: PassageNo, place: Place) {
        self.leave();
        self.halves.lead_mut().jump_to_passage(passage, Some(place));
        self.hinge.begin();
        if self.hinge.sync() == Sync::Topic {
            self.hinge.set_pinned(true);
            self.ask(passage, Then::Pin(0));
        } else {
            self.versions.level(&mut self.halves, &self.hinge, &mut self.out);
            self.ask(passage, Then::Tell);
        }
    }

    /// Goes to both passages of a pair, and asks what joins them.
    pub(super) fn go_to_pair(&mut self, left: PassageNo, right: PassageNo) {
        self.leave();
        self.arrive_at_pair(left, right);
    }

    /// As above, for a jump whose start is already remembered.
    pub(super) fn arrive_at_pair(&mut self, left: PassageNo, right: PassageNo) {
        for (side, passage) in [(Side::Left, left), (Side::Right, right)] {
            let sentence = self.halves.decisive(&self.topics, side, passage);
            self.halves.pane_mut(side).jump_to_passage(passage, sentence);
        }
        self.hinge.set_pinned(true);
        self.hinge.begin();
        let lead = if self.halves.focus() == Side::Left { left } else { right };
        self.ask(lead, Then::Tell);
    }

    /// Shows the next counterpart of the leading pane's passage (the one before for a negative number).
    pub(super) fn step_counterpart(&mut self, by: i64) {
        self.screens.digress();
        let Some(passage) = self.halves.lead().current() else { return };
        let here =
            |j: &Joint| j.lead == self.halves.focus() && j.from == passage && j.topic.as_ref() == self.topics.held_id();
        let count = if let Some(found) = self.hinge.joint().filter(|j| here(j)).and_then(|j| j.found.as_ref()) {
            found.len() as i64
        } else {
            self.leave();
            self.ask(passage, Then::Pin(if by > 0 { 0 } else { by }));
            return;
        };
        if count == 0 {
            let name = self.halves.name_of(self.halves.focus().other());
            self.out.tell(format!("{name} has no counterpart to ¶{passage}"));
            return;
        }
        let shown = self.hinge.is_level(&self.halves);
        self.leave();
        if shown {
            self.hinge.turn_to(by);
        }
        self.pin_joint();
    }

    /// Takes the counterpart that was looked at as the pair.
    pub(super) fn take_counterpart(&mut self) {
        if !self.hinge.is_level(&self.halves) {
            self.leave();
        }
        // The page may be about a pinned pair that the reader has scrolled on from.
        let from = self.hinge.joint().filter(|joint| joint.lead == self.halves.focus()).map(|joint| joint.from);
        if let Some(from) = from.filter(|from| self.halves.lead().current() != Some(*from)) {
            self.halves.lead_mut().jump_to_passage(from, None);
        }
        self.pin_joint();
    }

    /// Remembers where a jump begins. What else was to be gone to is overtaken by it.
    pub(super) fn leave(&mut self) {
        self.intent = Intent::None;
        let spot = self.halves.spot(&self.topics);
        self.memory.history().leave(spot);
    }

    /// Puts both panes back as they were, opening texts that are not open any more.
    pub(super) fn restore(&mut self, spot: BothPanes) {
        self.remember();
        let BothPanes { panes, topic, focus } = spot;
        self.topics.hold(topic.and_then(|id| self.topics.known(&id)));
        self.halves.lead_with(focus);
        self.hinge.forget_joint();
        self.hinge.forget_question();
        self.intent = Intent::None;
        self.hinge.set_pinned(true);
        for (side, seat) in [(Side::Left, panes.left), (Side::Right, panes.right)] {
            if let Some(seat) = seat {
                self.halves.sit(&mut self.screens, &mut self.intent, &mut self.out, side, seat);
            }
        }
        self.tell_counterparts();
    }

    /// Sets the pair of the joint level and pins it.
    fn pin_joint(&mut self) {
        if let Some(pair) = self.hinge.pin(&mut self.halves)
            && self.hinge.joint().is_some_and(|joint| joint.topic.as_ref() == self.topics.held_id())
        {
            self.remember_pair(pair);
        }
    }

    /// Remembers a pair as the one that was last read on the held topic.
    pub(super) fn remember_pair(&mut self, (left, right): (PassageNo, PassageNo)) {
        if let Some(topic) = self.topics.held().map(|topic| topic.id.clone())
            && self.links.is_pair_on(&self.halves, &self.topics, &topic, left, right)
        {
            self.hinge.read_last(topic, (left, right));
        }
    }
}

impl Halves {
    /// Both panes as they are.
    pub(super) fn spot(&self, topics: &Topics) -> BothPanes {
        BothPanes {
            panes: Sides::from_fn(|side| seat(self.pane(side))),
            topic: topics.held_id().cloned(),
            focus: self.focus(),
        }
    }

    /// Whether the held topic is still looked for in a text: what is not found is not missing yet.
    pub fn awaits_study(&self, topics: &Topics) -> bool {
        let is_open = |side: Side| self.pane(side).open().is_some();
        topics
            .held_id()
            .is_some_and(|held| BOTH.into_iter().any(|side| is_open(side) && !self.is_studied_on(side, held)))
    }
}

impl Hinge {
    /// The two texts that are open now, with all that is known of them; `None` until they are set against each other.
    pub(super) fn comparison(&self, halves: &Halves, topics: &Topics, links: &Links) -> Option<Comparison> {
        let (pairing, studies) = (self.current_pairing(halves)?, halves.studies()?);
        Some(Comparison::known(studies, pairing, Arc::clone(topics.codebook()), Arc::clone(links.own())))
    }

    /// Whether nothing but the held topic joins the passage to this counterpart of the joint: no score, no link, and not
    /// its place in another version of the work.
    pub fn treats_topic_only(&self, links: &Links, versions: &Versions, counterpart: &Counterpart) -> bool {
        let Some(joint) = self.joint().filter(|joint| joint.topic.is_some()) else { return false };
        let (left, right) = match joint.lead {
            Side::Left => (joint.from, counterpart.passage),
            Side::Right => (counterpart.passage, joint.from),
        };
        !counterpart.is_likely()
            && links.own().link_between(left, right).is_none()
            && !versions.is_same_place(self, joint.lead, joint.from, counterpart.passage)
    }

    /// Whether the counterpart that the joint names only treats the same topic: nothing else is worth a score, and the
    /// reader has not joined the two.
    pub fn is_same_topic_only(&self, links: &Links, versions: &Versions) -> bool {
        self.joint().and_then(Joint::counterpart).is_some_and(|c| self.treats_topic_only(links, versions, c))
    }
}

fn seat(pane: &Pane) -> Option<Seat> {
    Some(Seat { line: Some(pane.line), ..Seat::of(pane.open()?, pane.place) })
}
