//! What the reader's sentence model says of the two texts. It is asked in the background once they are paired, and what it
//! says improves what is asked from then on; what is on the screen stays as it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::App;
use crate::app::links::Links;
use crate::app::work::meaning::Meaning;
use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::link::pairing::Pairing;
use crate::link::sides::Sides;
use crate::meaning::close::CloseTo;
use crate::text::passage::PassageNo;
use crate::word::related::Meanings;

/// What a model says of two texts, as far as it has answered.
#[derive(Debug)]
pub(super) struct Meant {
    /// The versions of the texts.
    versions: (u64, u64),
    /// What each passage means.
    said: Option<[Arc<Meanings>; 2]>,
    /// What is close to passages without a counterpart.
    close: Sides<BTreeMap<PassageNo, CloseTo>>,
    /// As long as it is held, the model is asked.
    #[expect(dead_code, reason = "held")]
    ticket: Ticket,
}

impl App {
    /// Has the reader's model asked of the open pair, unless that was done.
    pub(in crate::app) fn ask_the_model(&mut self) {
        let (Some(versions), Some(texts)) = (self.halves.versions(), self.halves.both_open()) else { return };
        let Some(pairing) = self.hinge.current_pairing(&self.halves) else { return };
        if self.links.meant.as_ref().is_some_and(|meant| meant.versions == versions) {
            return;
        }
        let read = self.halves.lead().current().map(|passage| (self.halves.focus(), passage));
        let rejected = self.links.judged_for(&self.topics, None).rejected;
        let ticket = Ticket::new();
        self.out.ask_while(&ticket, Meaning { versions, pairing, texts, read, rejected });
        self.links.meant = Some(Meant { versions, said: None, close: Sides::default(), ticket });
    }

    pub(in crate::app) fn model_said(&mut self, versions: (u64, u64), said: [Arc<Meanings>; 2]) {
        let Some(meant) = self.links.meant.as_mut().filter(|meant| meant.versions == versions) else { return };
        meant.said = Some(said);
        if let Some(pairing) = self.hinge.current_pairing(&self.halves) {
            let pairing = self.links.with_what_is_meant(versions, pairing);
            self.hinge.improve(versions, pairing);
        }
    }

    pub(in crate::app) fn model_holds_close(
        &mut self,
        versions: (u64, u64),
        side: Side,
        close: BTreeMap<PassageNo, CloseTo>,
    ) {
        if let Some(meant) = self.links.meant.as_mut().filter(|meant| meant.versions == versions) {
            meant.close[side].extend(close);
        }
    }

    /// What a model holds to be close to the passage of the joint, where that has no counterpart and no topic is held.
    pub fn close_in_meaning(&self) -> Option<&CloseTo> {
        let joint = self.hinge.joint().filter(|joint| joint.is_silent() && joint.topic.is_none())?;
        let meant = self.links.meant.as_ref().filter(|meant| Some(meant.versions) == self.halves.versions())?;
        let close = meant.close[joint.lead].get(&joint.from)?;
        let (here, there) = (joint.from, close.passage);
        let pair = if joint.lead == Side::Left { (here, there) } else { (there, here) };
        let rejected = self.links.judged_for(&self.topics, None).rejected;
        (!rejected.contains(&pair)).then_some(close)
    }
}

impl Links {
    /// A pairing with what the model said of its texts, as far as that is known.
    pub(in crate::app) fn with_what_is_meant(&self, versions: (u64, u64), pairing: Arc<Pairing>) -> Arc<Pairing> {
        let meant = self.meant.as_ref().filter(|meant| meant.versions == versions);
        match meant.and_then(|meant| meant.said.clone()) {
            Some(said) => Arc::new(pairing.with_model(said)),
            None => pairing,
        }
    }
}
