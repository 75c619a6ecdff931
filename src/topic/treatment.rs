//! Treatments: the runs of passages that discuss a topic, and how strongly.

use crate::text::passage::PassageNo;
use crate::text::{Place, Text};

use super::codebook::TopicId;
use super::matcher::Mention;

/// A run of one or more passages of a text that discuss a topic: what a reader jumps between.
#[derive(Debug, Clone, PartialEq)]
pub struct Treatment {
    /// The topic it treats.
    pub topic: TopicId,
    /// First passage.
    pub from: PassageNo,
    /// Last passage, included.
    pub to: PassageNo,
    /// How much of it is about the topic, 0 to 1.
    pub strength: f32,
    /// How many mentions are in it, its footnotes and its heading included.
    pub mentions: u32,
    /// Where the sentence begins that says most about the topic: a jump lands there.
    pub decisive: Place,
    /// The passage that says most about it.
    pub best: PassageNo,
}

impl Treatment {
    /// Whether `passage` belongs to it.
    pub fn contains(&self, passage: PassageNo) -> bool {
        (self.from..=self.to).contains(&passage)
    }

    /// How many passages it covers, at least 1.
    pub fn len(&self) -> usize {
        (self.to.0 - self.from.0) as usize + 1
    }

    /// Never: a treatment has at least one passage.
    pub fn is_empty(&self) -> bool {
        false
    }
}

/// The treatments that `mentions` (in text order) make up, in text order.
pub(super) fn treatments(text: &Text, topic: &TopicId, mentions: &[Mention]) -> Vec<Treatment> {
    let mut found: Vec<Treatment> = Vec::new();
    for mention in mentions {
        let Some(passage) = text.numbering().passage_near(mention.place.block as usize) else { continue };
        match found.last_mut() {
            Some(last) if last.to.0 + 1 >= passage.0 => {
                last.to = passage.max(last.to);
                last.mentions += 1;
                last.strength = (last.strength + 0.1).min(1.0);
            }
            _ => found.push(Treatment {
                topic: topic.clone(),
                from: passage,
                to: passage,
                strength: 0.3,
                mentions: 1,
                decisive: mention.place,
                best: passage,
            }),
        }
    }
    found
}
