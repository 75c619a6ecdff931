//! How an anchor was found again, or that it was not.

use std::ops::Range;

use crate::text::Place;

/// What became of an anchor's place in the text as it is now.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// The same words at the same position.
    Exact(Hit),
    /// The same words at another position.
    Moved(Hit),
    /// Other words, recognised as the same place.
    Changed {
        /// Where.
        hit: Hit,
        /// How much of the quote is still there, 0..1; 1 where only its typography differs.
        score: f32,
    },
    /// Places that could be it, but too like each other, or too little like it; a person has to choose.
    Ambiguous {
        /// The likeliest first. Often only one, which may be a lookalike of a place that is gone.
        candidates: Vec<Hit>,
    },
    /// Nowhere.
    Orphaned,
}

/// One place that an anchor may mean now.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The stretch of the text.
    pub range: Range<Place>,
    /// The place itself: that of a bookmark, or the beginning of the stretch.
    pub at: Place,
    /// How sure it is, 0..1.
    pub confidence: f32,
}

impl Found {
    /// Where the anchor is attached; `None` when it is not.
    pub fn hit(&self) -> Option<&Hit> {
        match self {
            Self::Exact(hit) | Self::Moved(hit) | Self::Changed { hit, .. } => Some(hit),
            Self::Ambiguous { .. } | Self::Orphaned => None,
        }
    }

    /// The state in one word, as `diptych notes check` prints it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Exact(_) => "exact",
            Self::Moved(_) => "moved",
            Self::Changed { .. } => "changed",
            Self::Ambiguous { .. } => "ambiguous",
            Self::Orphaned => "orphaned",
        }
    }

    /// Whether a person has to say where the anchor belongs.
    pub fn needs_person(&self) -> bool {
        self.hit().is_none()
    }
}
