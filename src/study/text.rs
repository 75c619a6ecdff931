//! A text studied: which passages treat which topics, and the statistics of its words.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::link::index::PassageIndex;
use crate::link::pairing::Pairing;
use crate::text::Text;
use crate::topic::Watcher;
use crate::topic::codebook::{Codebook, Topic};
use crate::topic::coverage::{Coverage, TopicCoverage};
use crate::word::language::Language;

/// What was found out about a text.
#[derive(Debug, Clone)]
pub struct Study {
    /// Which passages treat which topics.
    pub coverage: Arc<Coverage>,
    /// Statistics of its words.
    pub index: Arc<PassageIndex>,
    /// The version of the codebook that `coverage` was made with.
    pub codebook: u64,
}

impl Study {
    /// Studies a text on the topics of `codebook`, which has this version. Statistics that are `known` already are kept.
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn of(
        text: &Arc<Text>,
        codebook: &Codebook,
        version: u64,
        known: Option<Self>,
        watch: Watcher<'_>,
    ) -> ControlFlow<(), Self> {
        // The two parts of the work take about as long as each other.
        let part = |nth: usize, done: usize, of: usize| watch(nth * 50 + done * 50 / of.max(1), 100);
        let coverage = coverage(text, codebook, &|done, of| part(0, done, of))?;
        let index = match known {
            Some(known) => known.index,
            None => Arc::new(PassageIndex::of(text, Language::of(text), &|done, of| part(1, done, of))?),
        };
        ControlFlow::Continue(Self { coverage: Arc::new(coverage), index, codebook: version })
    }

    /// This text, the left one, set against another that was studied on the same topics.
    pub fn paired_with(&self, right: &Self) -> Pairing {
        Pairing::new(Arc::clone(&self.index), Arc::clone(&right.index)).with_topics(&self.coverage, &right.coverage)
    }
}

/// Which passages of a text treat which topics of `codebook`.
///
/// # Errors
/// Breaks where `watch` does.
pub(crate) fn coverage(text: &Text, codebook: &Codebook, watch: Watcher<'_>) -> ControlFlow<(), Coverage> {
    Coverage::of(text, codebook, Language::of(text), watch)
}

/// Whether a text treats a topic.
pub(crate) fn treats(text: &Text, topic: &Arc<Topic>) -> bool {
    let go_on = |_, _| ControlFlow::Continue(());
    let coverage = TopicCoverage::of(text, topic, Language::of(text), &go_on);
    matches!(coverage, ControlFlow::Continue(coverage) if !coverage.is_silent())
}
