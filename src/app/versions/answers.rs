//! What answers a passage where the two texts are one work: the same place of it, before whatever else is on the same point.
//!
//! This is the screen's own. Shell and exports list counterparts as of any two texts, and alignments apart from them.

use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::links::Links;
use crate::app::topics::Topics;
use crate::app::versions::Versions;
use crate::link::Side;
use crate::link::calibration::Evidence;
use crate::link::pairing::Counterpart;
use crate::model::settings::Sync;
use crate::text::passage::PassageNo;

impl Versions {
    /// Whether the two texts are read as versions of one work: they are, or place sync is on.
    pub fn is_one_work(&self, hinge: &Hinge) -> bool {
        let sure = self.are_one_work() == Some(true);
        self.is_laid() && (sure || hinge.sync() == Sync::Place)
    }

    /// Whether only one of two versions has a passage.
    pub fn is_only_here(&self, hinge: &Hinge, side: Side, passage: PassageNo) -> bool {
        let across = self.across(side, passage).filter(|_| self.is_one_work(hinge));
        across.is_some_and(|across| across.is_only_here())
    }

    /// Whether a passage of the other text is at the same place of the work as one of this side.
    pub fn is_same_place(&self, hinge: &Hinge, side: Side, passage: PassageNo, there: PassageNo) -> bool {
        let across = self.across(side, passage).filter(|_| self.is_one_work(hinge));
        across.is_some_and(|across| across.there.contains(&(there.0 - 1)))
    }

    /// The current passages, where they share a quotation that says something of them: of two versions of one work every
    /// passage is one of the other.
    pub fn quoted_pair(&self, links: &Links, halves: &Halves, hinge: &Hinge) -> Option<(PassageNo, PassageNo)> {
        links.quoted_pair(halves, hinge).filter(|_| !self.is_one_work(hinge))
    }

    /// Whether these passages do.
    pub fn share_quotation(
        &self,
        links: &Links,
        halves: &Halves,
        hinge: &Hinge,
        (left, right): (PassageNo, PassageNo),
    ) -> bool {
        !self.is_one_work(hinge) && links.share_quotation(halves, left, right)
    }

    /// Counterparts with those at the same place of the work before the others. To what only one version has nothing
    /// answers but what treats the held topic too, and what the reader has joined to it.
    pub(in crate::app) fn with_place(
        &self,
        hinge: &Hinge,
        links: &Links,
        topics: &Topics,
        side: Side,
        from: PassageNo,
        found: Vec<Counterpart>,
    ) -> Vec<Counterpart> {
        let Some(across) = self.across(side, from).filter(|_| self.is_one_work(hinge)) else {
            return found;
        };
        let joined = links.judged_for(topics, topics.held_id()).joined_to(side, from);
        if across.there.is_empty() && topics.held_id().is_none() {
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
