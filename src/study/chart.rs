//! The chart of a text: which topics it treats, how much, and in which sentence most.

use std::collections::{BTreeMap, BTreeSet};

use crate::anchor::TextId;
use crate::link::judgement::Judgement;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::topic::codebook::TopicId;
use crate::topic::coverage::Coverage;
use crate::word::sentence::sentence_at;

/// Which topics a text treats.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The text.
    pub id: TextId,
    /// By topic; those it is silent on are missing.
    pub treated: BTreeMap<TopicId, Treated>,
    /// The topics that it was looked through for: of others nothing is known.
    pub sought: BTreeSet<TopicId>,
}

/// How a text treats a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Treated {
    /// In how many treatments.
    pub count: usize,
    /// The strength of the strongest, 0 to 1.
    pub strength: f32,
    /// The sentence that says most about it.
    pub sentence: Clean,
}

/// The judgements that a text is silent on a topic, by what opens the text and the topic.
pub type CheckedSilences = BTreeMap<(String, TopicId), Judgement>;

/// Bytes of a sentence that are kept.
const SENTENCE: usize = 300;

impl Chart {
    /// What `coverage` says of `text`.
    pub fn of(id: TextId, text: &Text, coverage: &Coverage) -> Self {
        let treated = coverage.topics().iter().filter(|t| !t.is_silent()).map(|topic| {
            let treatments = topic.treatments();
            let strongest = treatments.iter().max_by(|a, b| a.strength.total_cmp(&b.strength));
            let sentence = strongest.map_or("", |t| {
                let block = text.block_str(t.decisive.block as usize);
                let sentence = &block[sentence_at(block, t.decisive.offset as usize)];
                &sentence[..sentence.floor_char_boundary(SENTENCE)]
            });
            let treated =
                Treated { count: treatments.len(), strength: topic.strength(), sentence: Clean::line(sentence) };
            (topic.topic().id.clone(), treated)
        });
        let sought = coverage.topics().iter().map(|topic| topic.topic().id.clone()).collect();
        Self { id, treated: treated.collect(), sought }
    }
}
