//! What the reader makes, as it is to be kept.
//!
//! What a file is to have is said, not what is to be done to it: so asking twice does no harm, and of two wishes about
//! one thing only the later counts.

use super::notes::{self, Wish as NoteWish};
use crate::link::judgement::{Judgement, JudgementId};
use crate::topic::codebook::{Topic, TopicId};
use crate::tour::{StopId, Tour};

/// Something the reader made, as its file is to have it.
#[derive(Debug, Clone, PartialEq)]
pub enum Made {
    /// The stops of a tour.
    Tour {
        /// The texts whose home is the tour's.
        texts: [String; 2],
        /// The tour.
        tour: Tour,
        /// Every stop that was ever in it; others in the file are somebody else's, and stay.
        seen: Vec<StopId>,
    },
    /// A topic of topics.toml.
    Topic {
        /// Its id.
        id: TopicId,
        /// The topic; `None` where there is to be none of this id.
        topic: Option<Topic>,
    },
    /// A note.
    Note(Box<NoteWish>),
    /// A judgement on two texts.
    Judgement {
        /// What opens the two texts, in the order of these words.
        texts: [String; 2],
        /// Its name.
        id: JudgementId,
        /// The judgement; `None` where there is to be none of this name.
        judgement: Option<Judgement>,
    },
}

impl Made {
    /// What it is about: of two that say the same here, the later counts.
    pub fn subject(&self) -> String {
        match self {
            Self::Topic { id, .. } => format!("topic {id}"),
            Self::Note(wish) => wish.subject(),
            Self::Tour { texts, .. } => tour_of(texts),
            Self::Judgement { texts: [one, other], id, .. } => format!("judgement {id} of {one} and {other}"),
        }
    }
}

/// What the tour of two texts is about, as [`Made::subject`] says it.
pub fn tour_of(texts: &[String; 2]) -> String {
    format!("tour of {} | {}", texts[0], texts[1])
}

/// A wish to have something kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Keep {
    /// Later wishes have higher numbers.
    pub number: u64,
    /// What is to be kept.
    pub made: Made,
}

/// What came of a wish that came true.
#[derive(Debug, Clone, PartialEq)]
pub enum Done {
    /// It is kept.
    Kept,
    /// It is kept, and this is what came of a note's file.
    Note(Box<notes::Done>),
}
