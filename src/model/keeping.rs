//! What the reader makes, as it is to be kept.
//!
//! An order says what the file is to have, not what is to be done to it: so asking twice does no harm, and of two
//! orders about one thing only the later counts.

use super::notes::{NoteChange, NoteChanged, NoteFile};
use crate::link::judgement::{Judgement, JudgementId};
use crate::text::clean::Clean;
use crate::topic::codebook::{Topic, TopicId};
use crate::tour::{StopId, Tour};

/// Something the reader made, as its file is to have it.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
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
    /// What is to become of a note.
    Note(Box<NoteChange>),
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

/// What a record is about: of two about the same thing, the later counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RecordKey {
    /// The tour of two texts.
    Tour([String; 2]),
    /// A topic.
    Topic(TopicId),
    /// The draft of this number.
    Draft(u64),
    /// A note.
    Note(NoteFile),
    /// A judgement on two texts.
    Judgement([String; 2], JudgementId),
}

impl Record {
    /// What it is about.
    pub fn key(&self) -> RecordKey {
        match self {
            Self::Tour { texts, .. } => RecordKey::Tour(texts.clone()),
            Self::Topic { id, .. } => RecordKey::Topic(id.clone()),
            Self::Note(change) => change.key(),
            Self::Judgement { texts, id, .. } => RecordKey::Judgement(texts.clone(), id.clone()),
        }
    }
}

/// An order to keep something.
#[derive(Debug, Clone, PartialEq)]
pub struct KeepOrder {
    /// Later orders have higher numbers.
    pub number: u64,
    /// What is to be kept.
    pub record: Record,
}

/// What came of an order that was carried out.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    /// It is kept.
    Plain,
    /// It is kept in another place than it belongs to, and this line says where and why.
    Aside(Clean),
    /// It is kept, and this is what came of a note's file.
    Note(Box<NoteChanged>),
}
