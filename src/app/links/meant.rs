//! What the reader's sentence model says of the two texts. It is asked in the background once they are paired, and what it
//! says improves what is asked from then on; what is on the screen stays as it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::App;
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::links::{Links, Meant};
use crate::app::topics::Topics;
use crate::app::work::meaning::Meaning;
use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::link::pairing::Pairing;
use crate::link::sides::Sides;
use crate::meaning::close::CloseTo;
use crate::text::passage::PassageNo;
use crate::word::related::Meanings;

impl App {
    /// Asks the reader's model about the open pair, once.
    pub(in crate::app) fn ask_the_model(&mut self) {
        let (Some(versions), Some(texts)) = (self.halves.versions(), self.halves.both_open()) else { return };
        let Some(comparison) = self.hinge.comparison(&self.halves, &self.topics, &self.links) else { return };
        if self.links.meant.as_ref().is_some_and(|meant| meant.versions == versions) {
            return;
        }
        let read = self.halves.lead().current().map(|passage| (self.halves.focus(), passage));
        let ticket = Ticket::new();
        self.out.ask_while(&ticket, Meaning { versions, comparison, texts, read });
        self.links.meant = Some(Meant { versions, said: None, close: Sides::default(), ticket });
    }
}

impl Links {
    /// The pairing, enriched with what the model has said about its texts so far.
    pub(in crate::app) fn with_what_is_meant(&self, versions: (u64, u64), pairing: Arc<Pairing>) -> Arc<Pairing> {
        let meant = self.meant.as_ref().filter(|meant| meant.versions == versions);
        match meant.and_then(|meant| meant.said.clone()) {
            Some(said) => Arc::new(pairing.with_model(said)),
            None => pairing,
        }
    }

    pub(in crate::app) fn model_holds_close(
        &mut self,
        versions: (u64, u64),
        side: Side,
        close: BTreeMap<PassageNo, CloseTo>,
    ) {
        if let Some(meant) = self.meant.as_mut().filter(|meant| meant.versions == versions) {
            meant.close[side].extend(close);
        }
    }

    pub(in crate::app) fn model_said(
        &mut self,
        halves: &Halves,
        hinge: &mut Hinge,
        versions: (u64, u64),
        said: [Arc<Meanings>; 2],
    ) {
        let Some(meant) = self.meant.as_mut().filter(|meant| meant.versions == versions) else { return };
        meant.said = Some(said);
        if let Some(pairing) = hinge.current_pairing(halves) {
            let pairing = self.with_what_is_meant(versions, pairing);
            hinge.improve(versions, pairing);
        }
    }

    /// What a model holds to be close to the passage of the joint, where that has no counterpart and no topic is held.
    pub fn close_in_meaning(&self, halves: &Halves, hinge: &Hinge, topics: &Topics) -> Option<&CloseTo> {
        let joint = hinge.joint().filter(|joint| joint.is_silent() && joint.topic.is_none())?;
        let meant = self.meant.as_ref().filter(|meant| Some(meant.versions) == halves.versions())?;
        let close = meant.close[joint.lead].get(&joint.from)?;
        let (here, there) = (joint.from, close.passage);
        let pair = if joint.lead == Side::Left { (here, there) } else { (there, here) };
        let rejected = self.judged_for(topics, None).rejected;
        (!rejected.contains(&pair)).then_some(close)
    }
}
