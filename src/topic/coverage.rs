//! Coverage: which topics a text treats, and where. Each topic is computed by itself, so that a new term costs one topic.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::slice;
use std::sync::Arc;

use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::word::language::Language;

use super::Watcher;
use super::belonging::Belonging;
use super::codebook::{Codebook, Topic, TopicId};
use super::continued::{Known, Question, continued, questions};
use super::hint::{Found, found_of_all};
use super::matcher::Mention;
use super::treatment::{Treatment, joined, treatments};

/// One topic in one text.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicCoverage {
    topic: Arc<Topic>,
    mentions: Vec<Mention>,
    treatments: Vec<Treatment>,
}

/// Every topic of a codebook in one text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coverage {
    topics: Vec<Arc<TopicCoverage>>,
    by_id: HashMap<TopicId, usize>,
}

impl TopicCoverage {
    /// Finds `topic` in `text`, by itself: what goes on about it in other words is only found beside other topics
    /// ([`Coverage::of`]).
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn of(text: &Text, topic: &Arc<Topic>, language: Language, watch: Watcher<'_>) -> ControlFlow<(), Self> {
        let mut found = found_of_all(text, slice::from_ref(topic), language, watch)?;
        let found = found.pop().unwrap_or_default();
        let treatments = treatments(text, topic, language, &Belonging::of(text), &found);
        ControlFlow::Continue(Self { topic: Arc::clone(topic), mentions: found.mentions, treatments })
    }

    /// A topic that is said nowhere: what stands under it does so by the reader's word alone.
    pub fn silent(topic: &Arc<Topic>) -> Self {
        Self { topic: Arc::clone(topic), mentions: Vec::new(), treatments: Vec::new() }
    }

    /// The topic.
    pub fn topic(&self) -> &Arc<Topic> {
        &self.topic
    }

    /// Where its terms occur, in text order.
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// The mentions in block `index`, for emphasis on the screen.
    pub fn mentions_in(&self, index: usize) -> &[Mention] {
        let index = index as u32;
        let from = self.mentions.partition_point(|m| m.place.block < index);
        let len = self.mentions[from..].partition_point(|m| m.place.block == index);
        &self.mentions[from..from + len]
    }

    /// Its treatments, in text order.
    pub fn treatments(&self) -> &[Treatment] {
        &self.treatments
    }

    /// The treatment that `passage` belongs to, and its index.
    pub fn treatment_at(&self, passage: PassageNo) -> Option<(usize, &Treatment)> {
        let at = self.treatments.partition_point(|t| t.to < passage);
        self.treatments.get(at).filter(|t| t.contains(passage)).map(|t| (at, t))
    }

    /// The strength of the strongest treatment; 0 where the text is silent.
    pub fn strength(&self) -> f32 {
        self.treatments.iter().map(|t| t.strength).fold(0.0, f32::max)
    }

    /// Whether the text does not treat the topic.
    pub fn is_silent(&self) -> bool {
        self.treatments.is_empty()
    }
}

impl Coverage {
    /// Finds every topic of `codebook` in `text`, in one pass over its string.
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn of(text: &Text, codebook: &Codebook, language: Language, watch: Watcher<'_>) -> ControlFlow<(), Self> {
        let mut coverage = Self::default();
        let belonging = Belonging::of(text);
        let by_terms = ByTerms::of(text, codebook, language, &belonging, watch)?;
        let continued = continued(text, language, &belonging, &known(&by_terms));
        for (at, (ByTerms { topic, found, treatments }, also)) in by_terms.into_iter().zip(continued).enumerate() {
            coverage.by_id.insert(topic.id.clone(), at);
            let treatments = joined(text, &topic, language, &belonging, &found, treatments, &also);
            coverage.topics.push(Arc::new(TopicCoverage { topic, mentions: found.mentions, treatments }));
        }
        ControlFlow::Continue(coverage)
    }

    /// All passages of which [`Self::of`] asks whether they go on about a topic in other words than its terms, and what speaks
    /// for it: for those who fit the weights.
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn questions(
        text: &Text,
        codebook: &Codebook,
        language: Language,
        watch: Watcher<'_>,
    ) -> ControlFlow<(), Vec<Question>> {
        let belonging = Belonging::of(text);
        let by_terms = ByTerms::of(text, codebook, language, &belonging, watch)?;
        ControlFlow::Continue(questions(text, language, &belonging, &known(&by_terms)))
    }

    /// The topics, in the order of the codebook, silent ones included.
    pub fn topics(&self) -> &[Arc<TopicCoverage>] {
        &self.topics
    }

    /// One topic.
    pub fn get(&self, id: &TopicId) -> Option<&Arc<TopicCoverage>> {
        self.by_id.get(id).map(|&at| &self.topics[at])
    }

    /// The topics that `passage` treats, the strongest first.
    pub fn topics_of(&self, passage: PassageNo) -> Vec<&Treatment> {
        let mut found: Vec<&Treatment> =
            self.topics.iter().filter_map(|t| t.treatment_at(passage)).map(|(_, t)| t).collect();
        found.sort_by(|a, b| b.strength.total_cmp(&a.strength));
        found
    }
}

/// A topic in a text, as its terms tell.
struct ByTerms {
    topic: Arc<Topic>,
    found: Found,
    treatments: Vec<Treatment>,
}

impl ByTerms {
    fn of(
        text: &Text,
        codebook: &Codebook,
        language: Language,
        belonging: &Belonging,
        watch: Watcher<'_>,
    ) -> ControlFlow<(), Vec<Self>> {
        let found = found_of_all(text, codebook.topics(), language, watch)?;
        let topics = codebook.topics().iter().zip(found);
        let by_terms = topics.map(|(topic, found)| {
            let treatments = treatments(text, topic, language, belonging, &found);
            Self { topic: Arc::clone(topic), found, treatments }
        });
        ControlFlow::Continue(by_terms.collect())
    }
}

fn known(by_terms: &[ByTerms]) -> Vec<Known<'_>> {
    by_terms
        .iter()
        .map(|by| Known { topic: &by.topic, mentions: &by.found.mentions, treatments: &by.treatments })
        .collect()
}
