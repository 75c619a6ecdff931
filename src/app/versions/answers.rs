//! What answers a passage where the two texts are one work: the same place of it, before whatever else is on the same point.

use crate::app::App;
use crate::link::Side;
use crate::link::calibration::Evidence;
use crate::link::pairing::Counterpart;
use crate::link::sides::BOTH;
use crate::model::settings::Sync;
use crate::text::passage::PassageNo;

impl App {
    /// Whether the two texts are read as versions of one work: they are, or place sync is on.
    pub fn is_one_work(&self) -> bool {
        let sure = self.versions.are_one_work() == Some(true);
        self.versions.is_laid() && (sure || self.hinge.sync() == Sync::Place)
    }

    /// The open texts of which a text is known to be a version, from this session or an earlier one.
    pub(in crate::app) fn open_versions_of(&self, text: &str) -> Vec<Side> {
        let is_version = |side: &Side| {
            let open = self.halves.pane(*side).open().map(|open| open.request.as_str());
            let other = self.halves.pane(side.other()).open().map(|open| open.request.as_str());
            let now = other == Some(text) && self.versions.are_one_work() == Some(true);
            open.is_some_and(|open| open != text && (now || self.memory.versions_of(open).any(|v| v == text)))
        };
        BOTH.into_iter().filter(is_version).collect()
    }

    /// Whether a passage of the other text is at the same place of the work as one of this side.
    pub fn is_same_place(&self, side: Side, passage: PassageNo, there: PassageNo) -> bool {
        let across = self.versions.across(side, passage).filter(|_| self.is_one_work());
        across.is_some_and(|across| across.there.contains(&(there.0 - 1)))
    }

    /// Whether only one of two versions has a passage.
    pub fn is_only_here(&self, side: Side, passage: PassageNo) -> bool {
        let across = self.versions.across(side, passage).filter(|_| self.is_one_work());
        across.is_some_and(|across| across.is_only_here())
    }

    /// Counterparts with those at the same place of the work before the others. To what only one version has nothing
    /// answers but what treats the held topic too, and what the reader has joined to it.
    pub(in crate::app) fn with_place(&self, side: Side, from: PassageNo, found: Vec<Counterpart>) -> Vec<Counterpart> {
        let Some(across) = self.versions.across(side, from).filter(|_| self.is_one_work()) else { return found };
        let joined = self.links.judged_for(&self.topics, self.topics.held_id()).joined_to(side, from);
        if across.is_only_here() && self.topics.held_id().is_none() {
            return found.into_iter().filter(|c| joined.contains(&c.passage)).collect();
        }
        let confidence = across.bead.confidence;
        let here = across.there.clone().map(|at| PassageNo(at + 1));
        let (own, mut others): (Vec<_>, Vec<_>) = found.into_iter().partition(|c| joined.contains(&c.passage));
        let mut all = own;
        for passage in here.filter(|passage| !joined.contains(passage)) {
            let known = others.iter().position(|c| c.passage == passage).map(|at| others.remove(at));
            let unknown = Counterpart {
                passage,
                score: 0.0,
                evidence: Evidence::default(),
                because: Vec::new(),
                treatment: None,
            };
            let known = known.unwrap_or(unknown);
            all.push(Counterpart { score: known.score.max(confidence), ..known });
        }
        all.append(&mut others);
        all
    }
}
