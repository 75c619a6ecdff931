//! The hinge: what joins the two halves, and how the other one follows the one that leads.

pub mod joint;

mod level;
mod shown;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::joint::{Joint, Then};
use crate::app::halves::{Halves, TwoSided};
use crate::app::intent::Intent;
use crate::link::Side;
use crate::link::pairing::Pairing;
use crate::model::settings::Sync;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// What is between the two halves.
#[derive(Debug)]
pub struct Hinge {
    /// What is drawn.
    joint: Option<Joint>,
    /// Whether the pair stays as it is while one scrolls.
    pinned: bool,
    /// The passages that stood beside each other when the pair was pinned; `None` until that is settled.
    pinned_pair: Option<(PassageNo, PassageNo)>,
    /// How the other pane follows.
    sync: Sync,
    /// Whether the reader has not jumped anywhere yet; the footer then says how to begin.
    fresh: bool,
    /// The pairing of the two texts in these versions; it answers questions about them.
    pairing: Option<((u64, u64), Arc<Pairing>)>,
    /// Whether the texts were to be set against each other, and that failed: nothing waits for it.
    given_up: bool,
    /// The question about counterparts now with the workers.
    asked: Option<Question>,
    /// By topic: the last pair of passages that was read.
    last_pairs: BTreeMap<TopicId, (PassageNo, PassageNo)>,
    /// The number of the latest scroll movement, to tell when it has settled.
    settles: u64,
}

/// A question that is out.
#[derive(Debug)]
struct Question {
    number: u64,
    joint: Joint,
}

impl Hinge {
    /// Nothing is joined yet.
    pub(in crate::app) fn new(sync: Sync) -> Self {
        Self {
            joint: None,
            pinned: false,
            pinned_pair: None,
            sync,
            fresh: true,
            pairing: None,
            given_up: false,
            asked: None,
            last_pairs: BTreeMap::new(),
            settles: 0,
        }
    }

    /// What is drawn.
    pub fn joint(&self) -> Option<&Joint> {
        self.joint.as_ref()
    }

    /// Whether the pair stays as it is while one scrolls.
    pub fn pinned(&self) -> bool {
        self.pinned
    }

    /// How the other pane follows.
    pub fn sync(&self) -> Sync {
        self.sync
    }

    /// Whether the reader has not jumped anywhere yet.
    pub fn fresh(&self) -> bool {
        self.fresh
    }

    /// One of the two texts has changed: the pair being read now becomes the pinned one.
    pub(in crate::app) fn forget_pinned_pair(&mut self) {
        self.pinned_pair = None;
    }

    /// The texts that were paired have changed: others are.
    pub(in crate::app) fn forget_pairing(&mut self, intent: &mut Intent) {
        (self.pairing, self.asked, self.given_up) = (None, None, false);
        intent.texts_changed();
    }

    /// The texts that were paired have swapped sides. Where one of them could not be studied, they still are not paired.
    pub(in crate::app) fn turn_pairing(&mut self, intent: &mut Intent, are_studied: bool) {
        let given_up = self.given_up && !are_studied;
        self.forget_pairing(intent);
        self.given_up = given_up;
    }

    /// The texts are studied anew: they will be set against each other.
    pub(in crate::app) fn take_up(&mut self) {
        self.given_up = false;
    }

    /// Answers further questions from a better pairing of the same texts. What is drawn stays.
    pub(in crate::app) fn improve(&mut self, versions: (u64, u64), pairing: Arc<Pairing>) {
        (self.pairing, self.given_up) = (Some((versions, pairing)), false);
    }

    /// The two texts will not be paired: nothing waits for that any more, and nothing says that it does.
    pub(in crate::app) fn texts_not_compared(&mut self, intent: &mut Intent) {
        (self.asked, self.given_up) = (None, true);
        self.joint.take_if(|joint| joint.found.is_none());
        *intent = Intent::None;
    }

    /// Whether the two texts could not be set against each other.
    pub fn is_given_up(&self) -> bool {
        self.given_up
    }

    /// Removes the joint.
    pub(super) fn forget_joint(&mut self) {
        self.joint = None;
    }

    /// Takes the joint away, so that its counterparts can be asked for again.
    pub(super) fn take_joint(&mut self) -> Option<Joint> {
        self.joint.take()
    }

    /// Pins the pair, or unpins it. Which passages it consists of is settled once both panes have arrived.
    pub(super) fn set_pinned(&mut self, pinned: bool) {
        (self.pinned, self.pinned_pair) = (pinned, None);
    }

    /// Keeps which pair was pinned, where it was just now.
    pub(super) fn settle_pinned(&mut self, halves: &Halves) {
        if self.pinned && self.pinned_pair.is_none() {
            self.pinned_pair = halves.pair_in_sight();
        }
    }

    /// Sets how the other pane follows.
    pub(super) fn set_sync(&mut self, sync: Sync) {
        self.sync = sync;
    }

    /// The reader has jumped somewhere.
    pub(super) fn begin(&mut self) {
        self.fresh = false;
    }

    /// Whether nothing has scrolled since.
    pub(super) fn is_settled(&self, number: u64) -> bool {
        self.settles == number
    }

    /// A question about counterparts is out. What it will say is drawn at once where a pane moves for it, or where nothing was
    /// known of the passage.
    pub(super) fn begin_question(&mut self, number: u64, joint: Joint, then: Then) {
        let is_new = self.joint.as_ref().is_none_or(|known| known.lead != joint.lead || known.from != joint.from);
        if then != Then::Tell || is_new {
            self.joint = Some(joint.clone());
        }
        self.asked = Some(Question { number, joint });
    }

    /// The question that is out: its number, and the joint whose counterparts it asks for.
    pub(super) fn question(&self) -> Option<(u64, &Joint)> {
        self.asked.as_ref().map(|asked| (asked.number, &asked.joint))
    }

    /// The joint of the question of this number, where it is the one that is out; it is not any more.
    pub(super) fn take_question(&mut self, number: u64) -> Option<Joint> {
        self.asked.take_if(|asked| asked.number == number).map(|asked| asked.joint)
    }

    /// Draws this.
    pub(super) fn join(&mut self, joint: Joint) {
        self.joint = Some(joint);
    }

    /// Turns to another counterpart of the joint, around the ends.
    pub(super) fn turn_to(&mut self, by: i64) {
        if let Some(joint) = &mut self.joint {
            let count = joint.found.as_ref().map_or(0, Vec::len) as i64;
            joint.at = (joint.at as i64 + by).checked_rem_euclid(count).unwrap_or(0) as usize;
        }
    }

    /// Keeps a pair as the last that was read on a topic.
    pub(super) fn read_last(&mut self, topic: TopicId, pair: (PassageNo, PassageNo)) {
        self.last_pairs.insert(topic, pair);
    }

    /// Whether the joint is of this pair.
    pub(super) fn is_joint_of(&self, pair: (PassageNo, PassageNo)) -> bool {
        self.joint.as_ref().and_then(Joint::pair) == Some(pair)
    }

    /// Whether a question about counterparts is out.
    pub(super) fn is_asking(&self) -> bool {
        self.asked.is_some()
    }

    /// What is out is not waited for.
    pub(super) fn forget_question(&mut self) {
        self.asked = None;
    }

    /// By topic the last pair of passages that was read.
    pub(super) fn last_pairs(&self) -> &BTreeMap<TopicId, (PassageNo, PassageNo)> {
        &self.last_pairs
    }

    /// The same, as an earlier session left it.
    pub(super) fn set_last_pairs(&mut self, pairs: BTreeMap<TopicId, (PassageNo, PassageNo)>) {
        self.last_pairs = pairs;
    }

    /// The pair of passages that was last read on a topic.
    pub(in crate::app) fn last_pair(&self, halves: &Halves, topic: &TopicId) -> Option<(PassageNo, PassageNo)> {
        let (left, right) = *self.last_pairs.get(topic)?;
        let inside = |side: Side, PassageNo(n): PassageNo| {
            halves.pane(side).text().is_some_and(|t| n >= 1 && n as usize <= t.passage_count())
        };
        (inside(Side::Left, left) && inside(Side::Right, right)).then_some((left, right))
    }
}

impl TwoSided for Hinge {
    fn turn(&mut self) {
        if let Some(joint) = &mut self.joint {
            joint.lead = joint.lead.other();
        }
        self.pinned_pair = self.pinned_pair.map(|(left, right)| (right, left));
        for pair in self.last_pairs.values_mut() {
            *pair = (pair.1, pair.0);
        }
    }
}
