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
        /// As it was before this change; `None` where that is not known.
        before: Option<Tour>,
    },
    /// A topic of topics.toml.
    Topic {
        /// Its id.
        id: TopicId,
        /// The topic; `None` where there is to be none of this id.
        topic: Option<Topic>,
        /// As it was before this change; `None` where it was not there.
        before: Option<Topic>,
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
        /// As it was before this change; `None` where it was not there.
        before: Option<Judgement>,
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
    /// The same change, begun when its thing was as it was before another one that was not kept.
    #[must_use]
    pub fn since(self, earlier: &Self) -> Self {
        match (self, earlier) {
            (Self::Tour { texts, tour, seen, .. }, Self::Tour { before, .. }) => {
                Self::Tour { texts, tour, seen, before: before.clone() }
            }
            (Self::Topic { id, topic, .. }, Self::Topic { before, .. }) => {
                Self::Topic { id, topic, before: before.clone() }
            }
            (Self::Judgement { texts, id, judgement, .. }, Self::Judgement { before, .. }) => {
                Self::Judgement { texts, id, judgement, before: before.clone() }
            }
            (record, _) => record,
        }
    }

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
    /// It is kept, and this line says what is to be known of that: that it is in another place than it belongs to, or
    /// what others have changed of it meanwhile.
    Told(Clean),
    /// It is kept, and this is what came of a note's file.
    Note(Box<NoteChanged>),
}
