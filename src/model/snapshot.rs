//! What is kept of a session for the next one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::anchor::Anchor;

/// Where the reader left off, in all pairs of texts that were ever open.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Snapshot {
    /// What was open last in the left pane, as asked for.
    pub left: Option<String>,
    /// What was open last in the right pane.
    pub right: Option<String>,
    /// By what opens the left and the right text, with `" | "` between.
    pub pairs: BTreeMap<String, PairMemory>,
    /// Named spots.
    pub marks: BTreeMap<char, Marked>,
    /// The keys of the pairs, the one read last first; of those that are not among them nothing is known.
    pub recent: Vec<String>,
}

/// What is remembered of a pair of texts.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PairMemory {
    /// Where the left pane was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<Anchor>,
    /// Where the right pane was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<Anchor>,
    /// The id of the held topic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Whether the right pane led.
    pub right_leads: bool,
    /// Whether the pair was pinned.
    pub pinned: bool,
    /// By topic: the last pair of passages that was read, left and right.
    pub last_pairs: BTreeMap<String, (u32, u32)>,
    /// Whether the two are known to be versions of one work.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub one_work: bool,
    /// How many passages the left and the right text have; 0 where that is not known.
    pub of: (u32, u32),
}

/// A named spot.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Marked {
    /// What was open in the left pane.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<Place>,
    /// What was open in the right pane.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<Place>,
    /// The id of the held topic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

/// A place in a text that can be opened again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// What to ask for.
    pub text: String,
    /// The place.
    pub at: Anchor,
}

impl PartialEq for Snapshot {
    /// Whether the same is kept; in which order it was read is not asked.
    fn eq(&self, other: &Self) -> bool {
        (&self.left, &self.right, &self.pairs, &self.marks) == (&other.left, &other.right, &other.pairs, &other.marks)
    }
}

impl Snapshot {
    /// The texts that are known to be versions of one work with this one.
    pub fn versions_of<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let pairs = self.pairs.iter().filter(|(_, memory)| memory.one_work);
        pairs.filter_map(move |(texts, _)| match texts.split_once(" | ")? {
            (left, right) if left == text => Some(right),
            (left, right) if right == text => Some(left),
            _ => None,
        })
    }

    /// The pairs, the one read last first.
    pub fn last_read(&self) -> Vec<(String, PairMemory)> {
        let known = self.recent.iter().filter(|key| self.pairs.contains_key(*key));
        let rest = self.pairs.keys().filter(|key| !self.recent.contains(*key));
        known.chain(rest).filter_map(|key| Some((key.clone(), self.pairs.get(key)?.clone()))).collect()
    }

    /// Whether whoever left it has seen nothing but the beginning: no text of their own, no topic, no introduction.
    pub fn is_of_a_newcomer(&self) -> bool {
        let unread = |text: &str| text.starts_with("embedded:") && text != "embedded:introduction";
        let untouched = |(texts, memory): (&String, &PairMemory)| {
            texts.split(" | ").all(unread) && memory.topic.is_none() && memory.last_pairs.is_empty()
        };
        let open = self.left.iter().chain(&self.right);
        self.marks.is_empty() && open.map(String::as_str).all(unread) && self.pairs.iter().all(untouched)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_only_looked_in_is_a_newcomer_still() {
        let pair = "embedded:the-party-as-instrument | embedded:power-from-below";
        let held = PairMemory { topic: Some("soviets".to_owned()), ..PairMemory::default() };
        let cases = [
            (pair, PairMemory::default(), true),
            (pair, held, false),
            ("embedded:introduction | embedded:power-from-below", PairMemory::default(), false),
            ("a.md | embedded:power-from-below", PairMemory::default(), false),
        ];
        assert!(Snapshot::default().is_of_a_newcomer());
        for (texts, memory, expected) in cases {
            let pairs = BTreeMap::from([(texts.to_owned(), memory)]);
            assert_eq!(Snapshot { pairs, ..Snapshot::default() }.is_of_a_newcomer(), expected, "{texts}");
        }
    }
}
