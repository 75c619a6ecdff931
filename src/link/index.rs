//! The index of one text: which stems stand in which passage, as compactly as ranking needs.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::text::Text;
use crate::word::fold::fold;
use crate::word::language::Language;
use crate::word::stem::Stemmer;
use crate::word::stop::is_stop;
use crate::word::token::tokens;

use super::Watch;

/// The stem statistics of one text. Immutable; shared between threads in an `Arc`.
#[derive(Debug)]
pub struct PassageIndex {
    text: Arc<Text>,
    language: Language,
    pub(super) passages: Vec<HashMap<String, u32>>,
}

impl PassageIndex {
    /// Indexes `text`.
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn of(text: &Arc<Text>, language: Language, watch: Watch<'_>) -> ControlFlow<(), Self> {
        let stemmer = Stemmer::new(language);
        let mut passages = Vec::new();
        for p in text.numbering().passages() {
            watch(passages.len(), text.passage_count())?;
            let string = text.passage_str(p);
            let mut counts = HashMap::new();
            for r in tokens(string) {
                let folded = fold(&string[r], language);
                if !is_stop(&folded, language) {
                    *counts.entry(stemmer.stem_folded(&folded)).or_default() += 1;
                }
            }
            passages.push(counts);
        }
        ControlFlow::Continue(Self { text: Arc::clone(text), language, passages })
    }

    /// The text it is of.
    pub fn text(&self) -> &Arc<Text> {
        &self.text
    }

    /// The language its words were stemmed in.
    pub fn language(&self) -> Language {
        self.language
    }
}
