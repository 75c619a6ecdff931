//! Following: how the other pane finds the counterpart, and how a pair is set level and pinned.

use std::sync::Arc;
use std::time::Duration;

use crate::app::App;
use crate::app::halves::Halves;
use crate::app::hinge::joint::{Joint, Then};
use crate::app::hinge::{Hinge, Question};
use crate::app::intent::Intent;
use crate::app::links::Links;
use crate::app::memory::{BothPanes, Seat};
use crate::app::message::{Effect, Timer};
use crate::app::out::Out;
use crate::app::overlay::{Overlay, PageKind};
use crate::app::pane::Pane;
use crate::app::scene::Screens;
use crate::app::selection::sentence_at;
use crate::app::topics::Topics;
use crate::app::versions::Versions;
use crate::app::work::counterparts::Counterparts;
use crate::link::Side;
use crate::link::pairing::{Counterpart, Pairing};
use crate::link::sides::BOTH;
use crate::link::sides::Sides;
use crate::model::open::{Open, told_apart};
use crate::model::settings::Sync;
use crate::study::comparison::Comparison;
use crate::study::text::Study;
use crate::text::Place;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// How long scrolling must rest before the other pane follows.
const REST: Duration = Duration::from_millis(90);

impl App {
    /// To be called after the leading pane has moved by scrolling.
    pub(in crate::app) fn moved(&mut self) {
        self.intent.read_on();
        if self.versions.keeps_level(&self.hinge) {
            // What stands level by the work is level again with the next step.
            self.hinge.set_pinned(false);
            self.versions.level(&mut self.halves, &self.hinge, &mut self.out);
        }
        self.hinge.moved(&mut self.out);
    }

    /// Asks for the counterparts of the leading pane's passage.
    pub(in crate::app) fn ask(&mut self, passage: PassageNo, then: Then) {
        let joint = Joint {
            lead: self.halves.focus(),
            from: passage,
            topic: self.topics.held_id().cloned(),
            found: None,
            at: 0,
        };
        let number = self.out.number();
        self.intent.ask(number, then);
        self.hinge.asked = Some(Question { number, joint: joint.clone() });
        if then != Then::Tell || self.hinge.joint.as_ref().is_none_or(|j| j.lead != joint.lead || j.from != passage) {
            self.hinge.joint = Some(joint);
        }
        self.ask_again();
    }

    /// Sends the question that is out, once both texts are set against each other.
    pub(in crate::app) fn ask_again(&mut self) {
        let known = self.hinge.comparison(&self.halves, &self.topics, &self.links);
        let (Some(Question { number, joint }), Some(comparison)) = (&self.hinge.asked, known) else { return };
        let topic = joint.topic.clone();
        // Until both texts are looked through for a new topic, nothing is known of it: the question waits.
        if topic.as_ref().is_some_and(|topic| !comparison.is_studied_on(topic)) {
            return;
        }
        let (from, passage) = (joint.lead, joint.from);
        self.out.ask_for(Counterparts { question: *number, comparison, from, passage, topic });
    }

    /// Asks again what the joint said, where a changed codebook has made it stale.
    pub(in crate::app) fn ask_joint_again(&mut self) {
        if let Some(Joint { from, lead, .. }) = self.hinge.take_joint()
            && lead == self.halves.focus()
        {
            self.ask(from, Then::Tell);
        }
    }

    /// Finds out the counterparts of the leading passage without moving anything.
    pub(in crate::app) fn tell_counterparts(&mut self) {
        if let Some(passage) = self.halves.lead().current() {
            self.ask(passage, Then::Tell);
        }
    }

    pub(in crate::app) fn ranked(&mut self, number: u64, found: Vec<Counterpart>) {
        if self.hinge.asked.as_ref().is_none_or(|q| q.number != number) {
            return;
        }
        let Some(Question { mut joint, .. }) = self.hinge.asked.take() else { return };
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
        self.hinge.joint = Some(joint);
        match then {
            Then::Tell => {}
            Then::Follow => self.hinge.follow(&mut self.halves),
            Then::Pin(_) => self.hinge.pin(&mut self.halves, &self.links, &self.topics),
        }
    }

    /// Goes to a passage of the leading pane as a jump along the trail; in topic sync the other pane follows to the
    /// counterpart.
    pub(in crate::app) fn jump_on_trail(&mut self, passage: PassageNo, place: Place) {
        self.leave();
        self.halves.lead_mut().jump_to_passage(passage, Some(place));
        self.hinge.fresh = false;
        if self.hinge.sync == Sync::Topic {
            self.hinge.set_pinned(true);
            self.ask(passage, Then::Pin(0));
        } else {
            self.versions.level(&mut self.halves, &self.hinge, &mut self.out);
            self.ask(passage, Then::Tell);
        }
    }

    /// Goes to both passages of a pair, and asks what joins them.
    pub(in crate::app) fn go_to_pair(&mut self, left: PassageNo, right: PassageNo) {
        self.leave();
        self.arrive_at_pair(left, right);
    }

    /// As above, for a jump whose start is already remembered.
    pub(in crate::app) fn arrive_at_pair(&mut self, left: PassageNo, right: PassageNo) {
        for (side, passage) in [(Side::Left, left), (Side::Right, right)] {
            let sentence = self.halves.decisive(&self.topics, side, passage);
            self.halves.pane_mut(side).jump_to_passage(passage, sentence);
        }
        self.hinge.set_pinned(true);
        self.hinge.fresh = false;
        let lead = if self.halves.focus() == Side::Left { left } else { right };
        self.ask(lead, Then::Tell);
    }

    /// Shows the next counterpart of the leading pane's passage (the one before for a negative number).
    pub(in crate::app) fn step_counterpart(&mut self, by: i64) {
        self.screens.digress();
        let Some(passage) = self.halves.lead().current() else { return };
        let here =
            |j: &Joint| j.lead == self.halves.focus() && j.from == passage && j.topic.as_ref() == self.topics.held_id();
        let count = if let Some(found) = self.hinge.joint.as_ref().filter(|j| here(j)).and_then(|j| j.found.as_ref()) {
            found.len() as i64
        } else {
            self.leave();
            self.ask(passage, Then::Pin(if by > 0 { 0 } else { by }));
            return;
        };
        if count == 0 {
            let name = self.halves.name_of(self.halves.focus().other());
            self.tell(format!("{name} has no counterpart to ¶{passage}"));
            return;
        }
        let shown = self.hinge.is_level(&self.halves);
        self.leave();
        if let Some(joint) = &mut self.hinge.joint
            && shown
        {
            joint.at = (joint.at as i64 + by).rem_euclid(count) as usize;
        }
        self.hinge.pin(&mut self.halves, &self.links, &self.topics);
    }

    /// Takes the counterpart that was looked at as the pair.
    pub(in crate::app) fn take_counterpart(&mut self) {
        if !self.hinge.is_level(&self.halves) {
            self.leave();
        }
        // The page may be about a pinned pair that the reader has scrolled on from.
        let from = self.hinge.joint().filter(|joint| joint.lead == self.halves.focus()).map(|joint| joint.from);
        if let Some(from) = from.filter(|from| self.halves.lead().current() != Some(*from)) {
            self.halves.lead_mut().jump_to_passage(from, None);
        }
        self.hinge.pin(&mut self.halves, &self.links, &self.topics);
    }

    /// Remembers where a jump begins. What else was to be gone to is overtaken by it.
    pub(in crate::app) fn leave(&mut self) {
        self.intent = Intent::None;
        let spot = self.halves.spot(&self.topics);
        self.memory.history().leave(spot);
    }

    /// Puts both panes back as they were, opening texts that are not open any more.
    pub(in crate::app) fn restore(&mut self, spot: BothPanes) {
        self.remember();
        let BothPanes { panes, topic, focus } = spot;
        self.topics.hold(topic.and_then(|id| self.topics.known(&id)));
        self.halves.lead_with(focus);
        self.hinge.joint = None;
        self.hinge.asked = None;
        self.intent = Intent::None;
        self.hinge.set_pinned(true);
        for (side, seat) in [(Side::Left, panes.left), (Side::Right, panes.right)] {
            if let Some(seat) = seat {
                self.halves.sit(&mut self.screens, &mut self.intent, &mut self.out, side, seat);
            }
        }
        self.tell_counterparts();
    }
}

impl Halves {
    /// Both panes as they are.
    pub(in crate::app) fn spot(&self, topics: &Topics) -> BothPanes {
        BothPanes {
            panes: Sides::from_fn(|side| seat(self.pane(side))),
            topic: topics.held_id().cloned(),
            focus: self.focus(),
        }
    }

    /// The two current passages.
    pub(in crate::app) fn pair_in_sight(&self) -> Option<(PassageNo, PassageNo)> {
        Some((self.pane(Side::Left).current()?, self.pane(Side::Right).current()?))
    }

    /// The versions of the two open texts.
    pub(in crate::app) fn versions(&self) -> Option<(u64, u64)> {
        Some((self.pane(Side::Left).open()?.version, self.pane(Side::Right).open()?.version))
    }

    /// The two open texts.
    pub(in crate::app) fn both_open(&self) -> Option<(Arc<Open>, Arc<Open>)> {
        let open = |side: Side| self.pane(side).open().cloned();
        Some((open(Side::Left)?, open(Side::Right)?))
    }

    /// What was found out about both texts.
    pub(in crate::app) fn studies(&self) -> Option<(Study, Study)> {
        Some((self.pane(Side::Left).study.clone()?, self.pane(Side::Right).study.clone()?))
    }

    /// The screen row on which the leading pane's current passage begins, where that is on screen; else its reading
    /// line.
    fn row_of_current(&self, side: Side) -> u16 {
        let pane = self.pane(side);
        let block = pane.place.block;
        let first = pane.rows().iter().position(|r| r.is_some_and(|r| r.block == block && r.is_text()));
        first.map_or(pane.line, |row| row as u16)
    }

    /// The title of a pane's text, with its file where the other one has the same title.
    pub fn name_of(&self, side: Side) -> String {
        let Some(open) = self.pane(side).open() else { return "the other pane".to_owned() };
        let both = [Some(open), self.pane(side.other()).open()];
        let both: Vec<_> = both.into_iter().flatten().map(|open| open.called()).collect();
        told_apart(&both).first().unwrap_or(&open.name).to_string()
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
    /// Remembers a pair as the one that was last read on the held topic.
    pub(in crate::app) fn remember_pair_of(
        &mut self,
        halves: &Halves,
        links: &Links,
        topics: &Topics,
        (left, right): (PassageNo, PassageNo),
    ) {
        if let Some(topic) =
            topics.held().map(|topic| topic.id.clone()).filter(|t| links.is_pair_on(halves, topics, t, left, right))
        {
            self.last_pairs.insert(topic, (left, right));
        }
    }

    /// The languages of the two texts, where they are two, so that nothing was looked for by words and nothing found is no
    /// silence.
    pub fn languages_apart(&self) -> Option<String> {
        self.pairing.as_ref()?.1.comparable().languages()
    }

    /// The language of the text at a side, where the two are in two.
    pub fn language_apart(&self, side: Side) -> Option<String> {
        self.pairing.as_ref()?.1.comparable().language(side)
    }

    /// How many counterparts the open page lets one choose from.
    pub(in crate::app) fn choices(&self, screens: &Screens) -> usize {
        let is_why = matches!(screens.overlay(), Some(Overlay::Page(page)) if page.kind == PageKind::Why);
        let found = self.joint.as_ref().and_then(|j| j.found.as_ref());
        found.filter(|_| is_why).map_or(0, Vec::len)
    }

    /// Shows another counterpart on the page. The panes stay until the reader takes it.
    pub(in crate::app) fn look_at_counterpart(&mut self, screens: &Screens, by: i64) {
        let count = self.choices(screens) as i64;
        if let Some(joint) = self.joint.as_mut().filter(|_| count > 0) {
            joint.at = (joint.at as i64 + by).rem_euclid(count) as usize;
        }
    }

    /// What answers questions about the two texts that are open now.
    pub(in crate::app) fn current_pairing(&self, halves: &Halves) -> Option<Arc<Pairing>> {
        let (versions, pairing) = self.pairing.as_ref()?;
        (Some(*versions) == halves.versions()).then(|| Arc::clone(pairing))
    }

    /// The two texts that are open now, with all that is known of them; `None` until they are set against each other.
    pub(in crate::app) fn comparison(&self, halves: &Halves, topics: &Topics, links: &Links) -> Option<Comparison> {
        let (pairing, studies) = (self.current_pairing(halves)?, halves.studies()?);
        Some(Comparison::known(studies, pairing, Arc::clone(topics.codebook()), Arc::clone(links.own())))
    }

    /// Whether the counterpart that the joint names is the other pane's current passage.
    pub fn is_level(&self, halves: &Halves) -> bool {
        self.joint
            .as_ref()
            .is_some_and(|j| j.counterpart().is_some_and(|c| halves.pane(j.lead.other()).current() == Some(c.passage)))
    }

    /// To be called after the leading pane has moved by scrolling.
    pub(in crate::app) fn moved(&mut self, out: &mut Out) {
        if self.pinned {
            return;
        }
        self.settles = out.number();
        out.effect(Effect::Later(REST, Timer::Settled(self.settles)));
    }

    /// The question with the workers will not be answered.
    pub(in crate::app) fn not_ranked(&mut self, intent: &mut Intent, number: u64) {
        if self.asked.as_ref().is_some_and(|question| question.number == number) {
            self.asked = None;
            self.joint = None;
            intent.counterpart(number);
        }
    }

    /// Moves the other pane so that the joint is level. Without a counterpart it stays where it is.
    fn follow(&mut self, halves: &mut Halves) {
        let Some((lead, counterpart)) = self.joint.as_ref().and_then(|j| Some((j.lead, j.counterpart()?.clone())))
        else {
            return;
        };
        let line = halves.row_of_current(lead);
        let other = halves.pane_mut(lead.other());
        other.jump_to_passage(counterpart.passage, sentence_of(other, &counterpart));
        let place = other.place;
        other.jump_level(place, line);
    }

    /// The pinned pair, where a passage of it is not read any more: what is known of the joint is not about what is read.
    pub fn pinned_elsewhere(&self, halves: &Halves) -> Option<(PassageNo, PassageNo)> {
        // Until it is known what answers the passage, that is what is told.
        self.joint().filter(|joint| self.pinned() && joint.found.is_some())?;
        self.pinned_pair.filter(|pair| halves.pair_in_sight() != Some(*pair))
    }

    /// Whether nothing answers the joint's passage because that does not treat the held topic, which the other text does.
    pub fn is_off_topic(&self, halves: &Halves) -> bool {
        self.joint().filter(|joint| joint.is_silent()).is_some_and(|joint| {
            joint.topic.as_ref().is_some_and(|topic| {
                !halves.treatments(joint.lead.other(), topic).is_empty()
                    && !halves.treatments(joint.lead, topic).iter().any(|treatment| treatment.contains(joint.from))
            })
        })
    }

    /// Whether nothing but the held topic joins the passage to this counterpart of the joint: no score, no link, and not
    /// its place in another version of the work.
    pub fn treats_topic_only(&self, links: &Links, versions: &Versions, counterpart: &Counterpart) -> bool {
        let Some(joint) = self.joint.as_ref().filter(|joint| joint.topic.is_some()) else { return false };
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
        self.joint.as_ref().and_then(Joint::counterpart).is_some_and(|c| self.treats_topic_only(links, versions, c))
    }

    fn remember_pair(&mut self, halves: &Halves, links: &Links, topics: &Topics) {
        if let Some(pair) = self.joint.as_ref().filter(|j| j.topic.as_ref() == topics.held_id()).and_then(Joint::pair) {
            self.remember_pair_of(halves, links, topics, pair);
        }
    }

    /// Sets the pair of the joint level, a third down, and pins it.
    fn pin(&mut self, halves: &mut Halves, links: &Links, topics: &Topics) {
        let Some(joint) = self.joint.clone() else { return };
        self.set_pinned(true);
        self.fresh = false;
        let Some(counterpart) = joint.counterpart() else { return };
        let other = halves.pane_mut(joint.lead.other());
        other.jump_to_passage(counterpart.passage, sentence_of(other, counterpart));
        // Both at the reading line of their own pane, which is the same row side by side.
        self.remember_pair(halves, links, topics);
    }
}

impl Links {
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
}

/// The sentence of a counterpart that carries the likeness, for a passage taller than its pane.
fn sentence_of(pane: &Pane, counterpart: &Counterpart) -> Option<Place> {
    let text = pane.text()?;
    let reason = counterpart.because.first()?;
    Some(text.place_of(sentence_at(text, reason.there.start)?.start))
}

fn seat(pane: &Pane) -> Option<Seat> {
    Some(Seat { line: Some(pane.line), ..Seat::of(pane.open()?, pane.place) })
}
