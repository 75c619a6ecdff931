//! Which topics and texts the map shows, and in what order.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::{Column, Map, Progress};
use crate::app::memory::Memory;
use crate::app::topics::Topics;
use crate::topic::codebook::{Topic, TopicId};
use crate::word::letter::plain;

/// How the topics are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// As in topics.toml.
    #[default]
    Codebook,
    /// What most texts treat first.
    Widest,
    /// What is left to be compared first.
    Open,
}

/// Which topics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// All.
    #[default]
    All,
    /// Those that two texts or more treat, so that there is something to compare.
    Shared,
    /// Those that one text treats, or none.
    Gaps,
}

/// How the texts are put in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum TextOrder {
    /// As on the shelf.
    #[default]
    Shelf,
    /// Those that treat most topics first.
    Fullest,
    /// Those that say most on this topic first.
    Strongest(TopicId),
}

/// What was typed to narrow the map: words that a topic's name or one of its terms must have, and after `text:` words
/// that a text's title must have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Narrowing {
    typed: String,
    topics: Vec<String>,
    texts: Vec<String>,
}

impl Order {
    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Codebook => Self::Widest,
            Self::Widest => Self::Open,
            Self::Open => Self::Codebook,
        }
    }

    /// As the footer says it.
    pub fn shown(self) -> &'static str {
        match self {
            Self::Codebook => "in the order of topics.toml",
            Self::Widest => "what most texts treat first",
            Self::Open => "what is not compared first",
        }
    }
}

impl Show {
    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::All => Self::Shared,
            Self::Shared => Self::Gaps,
            Self::Gaps => Self::All,
        }
    }

    /// As the footer says it.
    pub fn shown(self) -> &'static str {
        match self {
            Self::All => "all topics",
            Self::Shared => "topics of two texts or more",
            Self::Gaps => "topics of one text or none",
        }
    }

    fn has(self, texts: usize) -> bool {
        match self {
            Self::All => true,
            Self::Shared => texts >= 2,
            Self::Gaps => texts < 2,
        }
    }
}

impl Narrowing {
    /// What was typed.
    pub fn of(typed: &str) -> Self {
        let lower = plain(typed);
        let (texts, topics): (Vec<&str>, Vec<&str>) = lower.split_whitespace().partition(|w| w.starts_with(TEXT));
        let texts = texts.into_iter().map(|w| w[TEXT.len()..].to_owned()).filter(|w| !w.is_empty()).collect();
        Self { typed: typed.to_owned(), topics: topics.into_iter().map(str::to_owned).collect(), texts }
    }

    /// The words as they were typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// Whether it leaves nothing out.
    pub fn is_empty(&self) -> bool {
        self.topics.is_empty() && self.texts.is_empty()
    }

    fn has_topic(&self, topic: &Topic) -> bool {
        let name = plain(&topic.name);
        let in_terms = |word: &str| topic.terms.iter().any(|t| plain(t.as_str()).contains(word));
        self.topics.iter().all(|word| name.contains(word.as_str()) || in_terms(word))
    }

    fn has_text(&self, name: &str) -> bool {
        let name = plain(name);
        self.texts.iter().all(|word| name.contains(word.as_str()))
    }
}

/// What is typed before words of a title.
const TEXT: &str = "text:";

impl Map {
    /// In how many texts each topic is treated.
    fn counts(&self) -> HashMap<&TopicId, usize> {
        let mut counts = HashMap::new();
        for topic in self.columns.iter().filter_map(|c| c.chart()).flat_map(|chart| chart.treated.keys()) {
            *counts.entry(topic).or_default() += 1;
        }
        counts
    }

    /// The texts that are shown, in their order: indices of columns.
    pub fn shown_columns(&self) -> Vec<usize> {
        let on = |at: &usize| {
            let column = &self.columns[*at];
            let treats = self.only_on.as_ref().is_none_or(|topic| column.treated(topic).is_some());
            treats && self.narrowing.has_text(column.name.as_str())
        };
        let mut shown: Vec<usize> = (0..self.columns.len()).filter(on).collect();
        match &self.text_order {
            TextOrder::Shelf => {}
            TextOrder::Fullest => {
                shown.sort_by_key(|at| Reverse(self.columns[*at].chart().map_or(0, |chart| chart.treated.len())));
            }
            TextOrder::Strongest(topic) => {
                let strength = |at: usize| self.columns[at].treated(topic).map_or(0.0, |t| t.strength);
                shown.sort_by(|a, b| strength(*b).total_cmp(&strength(*a)));
            }
        }
        shown
    }
}

impl Map {
    /// The topics in their order.
    pub fn rows<'a>(&self, topics: &'a Topics, memory: &Memory) -> Vec<&'a Topic> {
        let counts = self.counts();
        let texts = |topic: &Topic| counts.get(&topic.id).copied().unwrap_or(0);
        let shown = |topic: &&Topic| self.show.has(texts(topic)) && self.narrowing.has_topic(topic);
        let known = topics.codebook().topics().iter().map(|t| &**t).filter(|topic| !self.is_folded(topic, topics));
        let proposed = topics.proposals().iter().map(|proposal| &proposal.topic).filter(|_| self.proposes);
        let mut rows: Vec<&Topic> = proposed.chain(known).filter(shown).collect();
        match self.order {
            Order::Codebook => {}
            Order::Widest => rows.sort_by_key(|t| Reverse(texts(t))),
            Order::Open => {
                let compared = memory.compared(self);
                rows.sort_by_key(|t| (texts(t) < 2, compared.get(&t.id).copied().unwrap_or(0)));
            }
        }
        rows
    }

    /// How many topics of the bundled library have no row, none of the texts treating them.
    pub fn folded(&self, topics: &Topics) -> usize {
        let is_shown = |topic: &&Arc<Topic>| self.show.has(0) && self.narrowing.has_topic(topic);
        topics.codebook().topics().iter().filter(is_shown).filter(|topic| self.is_folded(topic, topics)).count()
    }

    /// Of how many texts it is known that they treat none of these: of all of them, else of none, as long as one is not
    /// charted or where one cannot be.
    pub fn texts_without_folded(&self, topics: &Topics) -> usize {
        let all = topics.codebook().topics().iter();
        let folded: Vec<&TopicId> = all.filter(|topic| self.is_folded(topic, topics)).map(|topic| &topic.id).collect();
        let is_silent =
            |column: &Column| column.chart().is_some_and(|chart| folded.iter().all(|id| chart.sought.contains(*id)));
        if self.columns.iter().all(is_silent) { self.columns.len() } else { 0 }
    }

    fn is_folded(&self, topic: &Topic, topics: &Topics) -> bool {
        let is_treated = || self.columns.iter().any(|column| column.treated(&topic.id).is_some());
        let is_checked = || self.checked.keys().any(|(_, checked)| *checked == topic.id);
        let is_sought = !self.narrowing.is_empty() || self.unfolded || topics.held_id() == Some(&topic.id);
        !is_sought && topics.codebook().is_borrowed(&topic.id) && !is_treated() && !is_checked()
    }

    /// How much of the library was compared.
    pub fn progress(&self, topics: &Topics, memory: &Memory) -> Progress {
        let (counts, compared) = (self.counts(), memory.compared(self));
        let mut progress = Progress::default();
        for topic in topics.codebook().topics() {
            let texts = counts.get(&topic.id).copied().unwrap_or(0);
            if texts < 2 {
                continue;
            }
            let compared = compared.get(&topic.id).copied().unwrap_or(0);
            progress.of_topics += 1;
            progress.topics += usize::from(compared > 0);
            progress.of_pairs += texts * (texts - 1) / 2;
            progress.pairs += compared;
        }
        progress
    }
}

impl Memory {
    /// In how many pairs of texts each topic was read, of those that both treat it.
    pub fn compared(&self, map: &Map) -> HashMap<TopicId, usize> {
        let columns: HashMap<&str, usize> =
            map.columns.iter().enumerate().map(|(at, c)| (c.request.as_str(), at)).collect();
        let mut read: Vec<(TopicId, usize, usize)> = Vec::new();
        for (texts, pair) in self.pairs() {
            let (Some(&a), Some(&b)) = (columns.get(&*texts.left), columns.get(&*texts.right)) else { continue };
            if a == b {
                continue;
            }
            for topic in pair.last_pairs.keys() {
                if [a, b].iter().all(|at| map.columns[*at].treated(topic).is_some()) {
                    read.push((topic.clone(), a.min(b), a.max(b)));
                }
            }
        }
        read.sort_unstable();
        read.dedup();
        let mut counts = HashMap::new();
        for (topic, ..) in read {
            *counts.entry(topic).or_default() += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_narrow_topics_by_name_and_term_and_texts_by_title() {
        let soviets = Topic::of_terms("soviets", "The soviets", &["soviet*", "workers' councils"]);
        let state = Topic::of_terms("state", "The state", &["state"]);
        for (typed, topics, bread) in [
            ("", [true, true], true),
            ("SOV", [true, false], true),
            ("council", [true, false], true),
            ("the s", [true, true], true),
            ("the x", [false, false], true),
            ("text:bread stat", [false, true], true),
            ("text:soup", [true, true], false),
            ("text:", [true, true], true),
        ] {
            let narrowing = Narrowing::of(typed);
            assert_eq!([&soviets, &state].map(|t| narrowing.has_topic(t)), topics, "{typed}");
            assert_eq!(narrowing.has_text("On Bread"), bread, "{typed}");
        }
    }
}
