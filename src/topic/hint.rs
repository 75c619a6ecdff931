//! Hints: the words by which a topic is named and described. One alone says nothing, several together say that a passage
//! is about it in words that are none of its terms.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::text::Text;
use crate::word::fold::fold;
use crate::word::frequency::{RARE, log_frequency};
use crate::word::language::Language;
use crate::word::stem::Stemmer;
use crate::word::stop::is_stop;
use crate::word::token::tokens;

use super::Watcher;
use super::codebook::Topic;
use super::matcher::{Mention, mentions_of_all};
use super::term::Term;

/// What was found of a topic in a text, both in text order.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Where its terms occur.
    pub mentions: Vec<Mention>,
    /// Where words of its name and description occur, as terms of [`hints`].
    pub hints: Vec<Mention>,
}

/// How many different words of a description are looked for: it is a sentence or two.
const MOST: usize = 48;
/// Shorter words say too little.
const SHORTEST: usize = 4;

/// For each of `topics` its mentions in `text` and its hints, in one pass over the text.
///
/// # Errors
/// Breaks where `watch` does.
pub(super) fn found_of_all(
    text: &Text,
    topics: &[Arc<Topic>],
    language: Language,
    watch: Watcher<'_>,
) -> ControlFlow<(), Vec<Found>> {
    let hinting = topics.iter().map(|topic| Arc::new(hints(topic, language)));
    let all: Vec<Arc<Topic>> = topics.iter().cloned().chain(hinting).collect();
    let mut found = mentions_of_all(text, &all, language, watch)?;
    let hints = found.split_off(topics.len());
    let both = found.into_iter().zip(hints);
    ControlFlow::Continue(both.map(|(mentions, hints)| Found { mentions, hints }).collect())
}

/// The words of a topic's name and description that are none of its terms, as terms of a topic of their own.
pub(super) fn hints(topic: &Topic, language: Language) -> Topic {
    let stemmer = Stemmer::new(language);
    let of_terms = topic.terms.iter().filter(|t| t.words().len() == 1);
    let mut known: HashSet<String> = of_terms.map(|t| stemmer.stem(&t.words()[0].text)).collect();
    let mut terms = Vec::new();
    for string in [&topic.name, &topic.about] {
        for word in tokens(string).map(|range| &string[range]) {
            let folded = fold(word, language);
            let says = folded.chars().count() >= SHORTEST && !is_stop(&folded, language);
            if says && terms.len() < MOST && known.insert(stemmer.stem_folded(&folded)) {
                terms.extend(Term::parse(word).ok());
            }
        }
    }
    Topic { terms, ..Topic::of_terms(topic.id.as_str(), "", &[]) }
}

/// Terms for a topic that has none: the telling words of its name and description, at most [`PROPOSED`].
pub(super) fn proposed(topic: &Topic) -> Vec<Term> {
    let said = format!("{} {}", topic.name, topic.about);
    let language = Language::detect(&said);
    let stemmer = Stemmer::new(language);
    // A word that is common in general is in every text, whatever that is about.
    let tells = |term: &Term| {
        let stem = stemmer.stem(&term.words()[0].text);
        language != Language::English || log_frequency(&stem).unwrap_or(RARE) < COMMON
    };
    let words = hints(topic, language).terms.into_iter().filter(|term| term.words().len() == 1 && tells(term));
    words.take(PROPOSED).collect()
}

/// How many proposed terms are enough for a topic.
const PROPOSED: usize = 12;
/// The natural logarithm of the share of running words of those that tell nothing.
const COMMON: f32 = -8.6;

#[cfg(test)]
mod tests {
    use super::{hints, proposed};
    use crate::topic::codebook::Topic;
    use crate::word::language::Language;

    #[test]
    fn the_words_of_a_description_that_are_no_terms_hint() {
        let mut topic = Topic::of_terms("canals", "Canals and barges", &["canal*", "towpath"]);
        topic.about = "What the towpaths cost, and who paid for the locks and barges; the locks above all.".to_owned();
        let found = hints(&topic, Language::English);
        let words: Vec<&str> = found.terms.iter().map(crate::topic::term::Term::as_str).collect();
        assert_eq!(words, ["barges", "cost", "paid", "locks"]);
    }

    #[test]
    fn a_topic_without_terms_is_looked_for_by_the_telling_words_of_its_description() {
        let mut topic = Topic::of_terms("canals", "Canals and barges", &[]);
        topic.about = "What the people said of the towpaths and the time it took.".to_owned();
        let found = proposed(&topic);
        let words: Vec<&str> = found.iter().map(crate::topic::term::Term::as_str).collect();
        assert_eq!(words, ["Canals", "barges", "towpaths"]);
        assert!(proposed(&Topic::of_terms("it", "That", &[])).is_empty());
    }
}
