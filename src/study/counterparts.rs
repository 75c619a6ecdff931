//! The counterparts of a passage, with what the reader has judged of them.

use std::sync::Arc;

use crate::link::Side;
use crate::link::calibration::Evidence;
use crate::link::judged::Judged;
use crate::link::pairing::{Ask, Counterpart, Held, Pairing};
use crate::text::passage::PassageNo;

/// A question about the counterparts of a passage.
#[derive(Debug, Clone)]
pub struct CounterpartsOf {
    /// Whom to ask.
    pub pairing: Arc<Pairing>,
    /// The side whose passage is asked about.
    pub from: Side,
    /// The passage.
    pub passage: PassageNo,
    /// The held topic in both texts.
    pub held: Option<Held>,
    /// What the reader has judged that counts for it.
    pub judged: Judged,
}

impl CounterpartsOf {
    /// The counterparts: those that the reader joined, then the likeliest that were not rejected, at most `limit`.
    pub fn answer(&self, limit: usize) -> Vec<Counterpart> {
        let joined = self.judged.joined_to(self.from, self.passage);
        let rejected = self.judged.rejected_for(self.from, self.passage);
        let most = limit + joined.len() + rejected.len();
        let mut found = if let Some(held) = &self.held {
            self.pairing.on_topic(self.from, self.passage, held, most)
        } else {
            let ask = Ask { topic: None, limit: most, all: false, reasons: true };
            self.pairing.counterparts(self.from, self.passage, &ask)
        };
        let own = joined.iter().map(|passage| match found.iter().find(|c| c.passage == *passage) {
            Some(known) => known.clone(),
            // The reader saw what no likeness shows.
            None => Counterpart {
                passage: *passage,
                score: 0.0,
                evidence: Evidence::default(),
                because: self.pairing.because(self.from, self.passage, *passage),
                treatment: None,
            },
        });
        let own: Vec<Counterpart> = own.collect();
        found.retain(|c| !joined.contains(&c.passage) && !rejected.contains(&c.passage));
        found.truncate(limit);
        own.into_iter().chain(found).collect()
    }
}
