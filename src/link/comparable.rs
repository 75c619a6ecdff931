//! Whether two texts can be compared by their words at all. Where they cannot, no passage is silent: nothing is known.

use std::fmt;

use crate::word::language::Language;

use super::Side;
use super::index::PassageIndex;
use super::weight::SideWeights;

/// What can be said of two texts side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparable {
    /// A passage without a counterpart is silent on the other's points.
    Yes,
    /// The texts are in two languages: names and numbers can match, other words cannot.
    TwoLanguages(Language, Language),
}

/// Texts of which this part of the smaller vocabulary stands in the other are of one language, whatever was said
/// of them.
const ONE_LANGUAGE: f32 = 0.35;

impl Comparable {
    pub(super) fn of(left: &PassageIndex, right: &PassageIndex, weights: &SideWeights) -> Self {
        let shared = weights.twin.iter().filter(|twin| **twin != super::weight::NONE).count() as f32;
        let smaller = left.vocabulary.len().min(right.vocabulary.len()).max(1) as f32;
        if left.language == right.language || shared / smaller >= ONE_LANGUAGE {
            return Self::Yes;
        }
        Self::TwoLanguages(left.language, right.language)
    }

    /// Whether a passage without a counterpart may be called silent.
    #[must_use]
    pub fn is_comparable(self) -> bool {
        self == Self::Yes
    }

    /// The language of the text on a side, where words cannot be compared.
    #[must_use]
    pub fn language(self, side: Side) -> Option<String> {
        match (self, side) {
            (Self::Yes, _) => None,
            (Self::TwoLanguages(left, _), Side::Left) => Some(left.name()),
            (Self::TwoLanguages(_, right), Side::Right) => Some(right.name()),
        }
    }

    /// The two languages, where words cannot be compared: `English and German`.
    #[must_use]
    pub fn languages(self) -> Option<String> {
        match self {
            Self::Yes => None,
            Self::TwoLanguages(left, right) => Some(format!("{} and {}", left.name(), right.name())),
        }
    }
}

impl fmt::Display for Comparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yes => f.write_str("the texts can be compared by their words"),
            Self::TwoLanguages(left, right) => {
                write!(f, "the texts are in {} and {}: words cannot be compared", left.name(), right.name())
            }
        }
    }
}
