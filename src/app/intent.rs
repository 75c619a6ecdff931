//! The intent: where the reader is to be taken once the texts are read, or a worker has answered.
//!
//! There is one at a time. Whatever becomes of what it waits for uses it up: success carries it out, failure drops it,
//! and so does whatever else the reader goes to meanwhile. So nothing that was meant for an earlier moment moves the
//! reader at a later one.

use super::work::ticket::Ticket;
use crate::app::hinge::joint::Then;
use crate::topic::codebook::TopicId;

/// Where the reader is to be taken.
#[derive(Debug, Default)]
pub(super) enum Intent {
    /// Nothing.
    #[default]
    None,
    /// The pair of a topic, once the two texts are set against each other.
    Topic {
        /// The topic.
        topic: TopicId,
        /// The texts that are still being read for it, by the numbers of their requests.
        loads: Vec<u64>,
        /// Whether where the jump began is remembered already.
        left: bool,
    },
    /// The counterpart of the leading passage in a text that is brought across from it.
    Across {
        /// The text that is still being read, as for a topic.
        loads: Vec<u64>,
        /// What opens the text whose passage is meant.
        from: String,
    },
    /// The first pair of a topic, which a worker looks for.
    FirstPair {
        /// The number of the question.
        question: u64,
        /// The topic.
        topic: TopicId,
        /// As for a topic.
        left: bool,
    },
    /// A counterpart that a worker ranks.
    Counterpart {
        /// The number of the question.
        question: u64,
        /// What is to happen then.
        then: Then,
    },
    /// The first hit of a search that was accepted before it was answered.
    Hit {
        /// The number of the search.
        search: u64,
    },
    /// A passage of a text that is still being read, or its end.
    Passage {
        /// The number of the request.
        load: u64,
        /// Where in it.
        aim: Aim,
    },
    /// A third text that a worker looks for.
    Text {
        /// The number of the question.
        question: u64,
        /// What opens the text that it is to stand across from.
        from: String,
        /// The worker continues as long as this is held.
        #[expect(dead_code, reason = "held")]
        ticket: Ticket,
    },
}

/// A place in a text that is still to come.
#[derive(Debug, Clone, Copy)]
pub(super) enum Aim {
    /// The passage of this number.
    Passage(u32),
    /// Its end.
    End,
}

/// What the two texts were awaited for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Arrived {
    /// The pair of a topic, and whether where the jump began is remembered already.
    Topic(TopicId, bool),
    /// The counterpart of the passage that is read in this text, by what opens it.
    Across(String),
}

impl Intent {
    /// A text has been read in full.
    pub(super) fn loaded(&mut self, request: u64) {
        if let Self::Topic { loads, .. } | Self::Across { loads, .. } = self {
            loads.retain(|load| *load != request);
        }
    }

    /// A text could not be read, or is not wanted any more.
    pub(super) fn failed(&mut self, request: u64) {
        let awaits = match self {
            Self::Topic { loads, .. } | Self::Across { loads, .. } => loads.contains(&request),
            Self::Passage { load, .. } => *load == request,
            _ => false,
        };
        if awaits {
            *self = Self::None;
        }
    }

    /// A text is there in full: where in it is to be gone to; `None` where nowhere is.
    pub(super) fn is_read(&mut self, request: u64) -> Option<Aim> {
        let Self::Passage { load, aim } = self else { return None };
        let aim = (*load == request).then_some(*aim)?;
        *self = Self::None;
        Some(aim)
    }

    /// A text is read from the start again, under another number.
    pub(super) fn renumbered(&mut self, before: u64, after: u64) {
        if let Self::Passage { load, .. } = self
            && *load == before
        {
            *load = after;
        }
        if let Self::Topic { loads, .. } | Self::Across { loads, .. } = self {
            loads.iter_mut().filter(|load| **load == before).for_each(|load| *load = after);
        }
    }

    /// Two texts are set against each other: what they were awaited for, where these are the ones.
    pub(super) fn arrived(&mut self) -> Option<Arrived> {
        if !matches!(self, Self::Topic { loads, .. } | Self::Across { loads, .. } if loads.is_empty()) {
            return None;
        }
        match std::mem::take(self) {
            Self::Topic { topic, left, .. } => Some(Arrived::Topic(topic, left)),
            Self::Across { from, .. } => Some(Arrived::Across(from)),
            _ => None,
        }
    }

    /// The first pair of a topic was found, or that there is none: whether where the jump began is remembered already.
    /// `None` where it is not what the session waits for.
    pub(super) fn first_pair(&mut self, answered: u64) -> Option<bool> {
        let Self::FirstPair { question, left, .. } = self else { return None };
        let left = (*question == answered).then_some(*left)?;
        *self = Self::None;
        Some(left)
    }

    /// Counterparts were ranked: what is to happen.
    pub(super) fn counterpart(&mut self, answered: u64) -> Then {
        match *self {
            Self::Counterpart { question, then } if question == answered => {
                *self = Self::None;
                then
            }
            _ => Then::Tell,
        }
    }

    /// A third text was found, or that there is none: what opens the text that it is to stand across from. `None` where it
    /// is not what the session waits for.
    pub(super) fn text(&mut self, answered: u64) -> Option<String> {
        let Self::Text { question, from, .. } = self else { return None };
        let from = (*question == answered).then(|| std::mem::take(from))?;
        *self = Self::None;
        Some(from)
    }

    /// Whether the session waits for the hits of this search.
    pub(super) fn is_for_hit(&self, number: u64) -> bool {
        matches!(self, Self::Hit { search } if *search == number)
    }

    /// The reader reads on: a hit or a passage that comes later moves nothing.
    pub(super) fn read_on(&mut self) {
        if matches!(self, Self::Hit { .. } | Self::Passage { .. }) {
            *self = Self::None;
        }
    }

    /// Another text or another order of the panes makes void what was asked about the two texts. A topic is gone to all
    /// the same, once they are set against each other again.
    pub(super) fn texts_changed(&mut self) {
        *self = match std::mem::take(self) {
            Self::FirstPair { topic, left, .. } => Self::Topic { topic, loads: Vec::new(), left },
            Self::Counterpart { .. } | Self::Hit { .. } => Self::None,
            other => other,
        };
    }

    /// Counterparts are asked for: an earlier question of the kind is overtaken. That the other pane follows overtakes
    /// nothing else.
    pub(super) fn ask(&mut self, question: u64, then: Then) {
        let free = matches!(self, Self::None | Self::Counterpart { .. });
        match then {
            Then::Pin(_) => *self = Self::Counterpart { question, then },
            Then::Follow if free => *self = Self::Counterpart { question, then },
            Then::Tell if free => *self = Self::None,
            Then::Follow | Then::Tell => {}
        }
    }

    /// The topic that is to be gone to.
    pub(super) fn topic(&self) -> Option<&TopicId> {
        match self {
            Self::Topic { topic, .. } | Self::FirstPair { topic, .. } => Some(topic),
            Self::None
            | Self::Across { .. }
            | Self::Counterpart { .. }
            | Self::Hit { .. }
            | Self::Passage { .. }
            | Self::Text { .. } => None,
        }
    }

    /// The codebook has changed: a topic is what `known` says of it, and gone where that is nothing.
    pub(super) fn rename(&mut self, known: impl Fn(&TopicId) -> Option<TopicId>) {
        if let Self::Topic { topic, .. } | Self::FirstPair { topic, .. } = self {
            match known(topic) {
                Some(now) => *topic = now,
                None => *self = Self::None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic(loads: &[u64]) -> Intent {
        Intent::Topic { topic: TopicId::new("bread"), loads: loads.to_vec(), left: true }
    }

    #[test]
    fn a_topic_waits_for_its_texts_and_is_dropped_with_any_of_them() {
        let mut intent = topic(&[1, 2]);
        assert_eq!(intent.arrived(), None, "two other texts were set against each other");
        intent.loaded(2);
        intent.renumbered(1, 3);
        intent.failed(1);
        assert_eq!(intent.arrived(), None);
        intent.loaded(3);
        assert_eq!(intent.arrived(), Some(Arrived::Topic(TopicId::new("bread"), true)));
        assert_eq!(intent.arrived(), None, "once only");

        let mut intent = topic(&[1, 2]);
        intent.loaded(1);
        intent.failed(2);
        assert!(matches!(intent, Intent::None));
    }

    #[test]
    fn answers_to_other_questions_leave_it_as_it_is() {
        let mut intent = Intent::FirstPair { question: 7, topic: TopicId::new("bread"), left: false };
        assert_eq!(intent.first_pair(6), None);
        assert_eq!(intent.counterpart(7), Then::Tell);
        intent.ask(8, Then::Follow);
        assert_eq!(intent.text(7), None);
        assert_eq!(intent.first_pair(7), Some(false));
        assert_eq!(intent.first_pair(7), None);
        intent.ask(9, Then::Follow);
        assert_eq!(intent.counterpart(8), Then::Tell);
        assert_eq!(intent.counterpart(9), Then::Follow);
        assert_eq!(intent.counterpart(9), Then::Tell);
    }

    #[test]
    fn what_was_asked_of_other_texts_is_void_but_a_topic_is_gone_to() {
        let mut intent = Intent::FirstPair { question: 7, topic: TopicId::new("bread"), left: true };
        intent.texts_changed();
        assert_eq!(intent.arrived(), Some(Arrived::Topic(TopicId::new("bread"), true)));
        let mut intent = Intent::Counterpart { question: 7, then: Then::Pin(0) };
        intent.texts_changed();
        assert!(matches!(intent, Intent::None));
        let mut intent = topic(&[]);
        intent.rename(|_| None);
        assert!(matches!(intent, Intent::None), "the topic is gone");
    }
}
