//! The two texts are set against each other: what waited for that goes on.

use std::sync::Arc;

use super::App;
use crate::app::hinge::joint::Then;
use crate::app::intent::Arrived;
use crate::app::work::weave::Weave;
use crate::link::pairing::Pairing;

impl App {
    pub(super) fn paired(&mut self, versions: (u64, u64), codebook: u64, pairing: Arc<Pairing>) {
        if Some(versions) != self.halves.versions() || codebook != self.topics.version() {
            return;
        }
        let pairing = self.links.with_what_is_meant(versions, pairing);
        self.hinge.improve(versions, pairing);
        match self.intent.arrived() {
            // Where the reader has gone over to the other pane meanwhile, nothing in it moves.
            Some(Arrived::Across(from)) if self.halves.side_of(&from) == Some(self.halves.focus()) => {
                if let Some(passage) = self.halves.lead().current() {
                    self.ask(passage, Then::Pin(0));
                }
            }
            Some(Arrived::Topic(topic, left)) => self.go_to_topic(&topic, left),
            None if self.hinge.is_asking() => {
                self.ask_again();
            }
            Some(Arrived::Across(_)) | None => self.tell_counterparts(),
        }
        self.versions.align_unasked(&self.halves, &self.hinge, &mut self.out, true);
        self.compare_for_synopsis();
        self.weave();
        self.links.look_for_quotations(&self.halves, &self.hinge, &mut self.out, false);
        self.ask_the_model();
    }

    /// The two texts could not be set against each other: no screen says any more that it waits for that.
    pub(super) fn texts_not_compared(&mut self) {
        self.hinge.texts_not_compared(&mut self.intent);
        self.screens.nothing_woven();
    }

    /// Finds the threads of an open loom, once the texts are set against each other: those of two versions of one work at
    /// once, others by a worker.
    pub(super) fn weave(&mut self) {
        let judged = self.links.own().judged();
        if self.versions.is_one_work(&self.hinge) {
            if let Some((number, _)) = self.screens.begin_weaving(&mut self.out, judged, None) {
                let threads = self.versions.beads_as_threads();
                self.screens.woven(&self.halves, &self.links, &self.topics, number, threads);
            }
        } else if let Some(comparison) = self.hinge.comparison(&self.halves, &self.topics, &self.links)
            && let Some(pairing) = self.hinge.current_pairing(&self.halves)
        {
            let by = (&pairing, self.links.quotations().is_some());
            match self.screens.begin_weaving(&mut self.out, judged, Some(by)) {
                Some((number, ticket)) => self.out.ask_while(&ticket, Weave { number, comparison }),
                // What was found before is still so; its colours may be others.
                None => self.screens.dye_loom(&self.halves, &self.topics),
            }
        }
    }

    /// Finds them again, where something else is judged since.
    pub(super) fn weave_as_judged(&mut self) {
        if self.screens.is_woven_otherwise(&self.links.own().judged()) {
            self.weave();
        }
    }
}
