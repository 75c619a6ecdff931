//! The joint: what the hinge draws between the two panes.
//!
//! A joint says which passage was asked about, which counterparts it has, and which of them is shown. While it is
//! pinned, scrolling moves nothing but the pane that is scrolled.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::link::Side;
use crate::link::pairing::{Counterpart, Held, Pairing};
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// How the other pane follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sync {
    /// To the counterpart of the current passage.
    #[default]
    Topic,
    /// By as many rows.
    Scroll,
    /// Not at all.
    Off,
}

impl Sync {
    /// The next mode.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Topic => Self::Scroll,
            Self::Scroll => Self::Off,
            Self::Off => Self::Topic,
        }
    }

    /// For the footer.
    pub fn shown(self) -> &'static str {
        match self {
            Self::Topic => "topic sync",
            Self::Scroll => "scroll sync",
            Self::Off => "sync off",
        }
    }
}

/// A question about the counterparts of a passage.
#[derive(Debug, Clone)]
pub struct Rank {
    /// The number of the question.
    pub question: u64,
    /// Whom to ask.
    pub pairing: Arc<Pairing>,
    /// The pane whose passage is asked about.
    pub from: Side,
    /// The passage.
    pub passage: PassageNo,
    /// The held topic in both texts.
    pub held: Option<Held>,
    /// Passages that the reader joined to it: they come first.
    pub joined: Vec<PassageNo>,
    /// Passages that the reader rejected: they do not come at all.
    pub rejected: Vec<PassageNo>,
}

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
