//! The hinge: what joins the two halves, and how the other one follows the one that leads.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::following::Question;
use super::intent::Intent;
use super::joint::Joint;
use crate::link::pairing::Pairing;
use crate::model::settings::Sync;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// What is between the two halves.
#[derive(Debug)]
pub struct Hinge {
    /// What is drawn.
    pub(in crate::app) joint: Option<Joint>,
    /// Whether the pair stays as it is while one scrolls.
    pub(in crate::app) pinned: bool,
    /// How the other pane follows.
    pub(in crate::app) sync: Sync,
    /// Whether nothing has been jumped to yet: the footer then says how to begin.
    pub(in crate::app) fresh: bool,
    /// What answers questions about the two texts of these versions.
    pub(in crate::app) pairing: Option<((u64, u64), Arc<Pairing>)>,
    /// The question about counterparts that is out.
    pub(in crate::app) asked: Option<Question>,
    /// By topic: the last pair of passages that was read.
    pub(in crate::app) last_pairs: BTreeMap<TopicId, (PassageNo, PassageNo)>,
    /// The number of the last scrolling that is to settle.
    pub(in crate::app) settles: u64,
}

impl Hinge {
    /// Nothing is joined yet.
    pub(super) fn new(sync: Sync) -> Self {
        Self {
            joint: None,
            pinned: false,
            sync,
            fresh: true,
            pairing: None,
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

    /// Whether nothing has been jumped to yet.
    pub fn fresh(&self) -> bool {
        self.fresh
    }

    /// The panes are exchanged: what is between them is turned round.
    pub(super) fn turn(&mut self) {
        if let Some(joint) = &mut self.joint {
            joint.lead = joint.lead.other();
        }
        for pair in self.last_pairs.values_mut() {
            *pair = (pair.1, pair.0);
        }
    }

    /// The two texts are others than those that were set against each other, or stand the other way round.
    pub(super) fn forget_pairing(&mut self, intent: &mut Intent) {
        (self.pairing, self.asked) = (None, None);
        intent.texts_changed();
    }

    /// The two texts will not be set against each other: nothing waits for that any more.
    pub(super) fn texts_not_compared(&mut self, intent: &mut Intent) {
        self.asked = None;
        *intent = Intent::None;
    }
}
