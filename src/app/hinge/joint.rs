//! The joint: what the hinge draws between the two panes.
//!
//! A joint says which passage was asked about, which counterparts it has, and which of them is shown. While it is
//! pinned, scrolling moves nothing but the pane that is scrolled.

use crate::link::Side;
use crate::link::pairing::Counterpart;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// A passage and its counterparts.
#[derive(Debug, Clone, PartialEq)]
pub struct Joint {
    /// The pane whose passage was asked about.
    pub lead: Side,
    /// The passage.
    pub from: PassageNo,
    /// The topic that was held, if any.
    pub topic: Option<TopicId>,
    /// The counterparts, best first; `None` until they are known.
    pub found: Option<Vec<Counterpart>>,
    /// Which of them is shown.
    pub at: usize,
}

impl Joint {
    /// The counterpart that is shown.
    pub fn counterpart(&self) -> Option<&Counterpart> {
        self.found.as_ref()?.get(self.at)
    }

    /// The joined passages, left and right.
    pub fn pair(&self) -> Option<(PassageNo, PassageNo)> {
        let to = self.counterpart()?.passage;
        Some(match self.lead {
            Side::Left => (self.from, to),
            Side::Right => (to, self.from),
        })
    }

    /// Whether it is known that there is no counterpart.
    pub fn is_silent(&self) -> bool {
        self.found.as_ref().is_some_and(Vec::is_empty)
    }
}

/// What is to happen when counterparts become known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Only show that there are some.
    Tell,
    /// The other pane follows to the best one, without pinning.
    Follow,
    /// The pair is set level and pinned, at this one of the counterparts (negative: from the end).
    Pin(i64),
}
