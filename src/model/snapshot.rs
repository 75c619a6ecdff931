//! What is kept of a session for the next one.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::anchor::Anchor;
use crate::link::Side;
use crate::model::address::is_bundled;
use crate::model::settings::Sync;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// Where the reader left off, in all pairs of texts that were ever open.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Snapshot {
    /// What was open last in the left pane, as asked for.
    pub left: Option<String>,
    /// What was open last in the right pane.
    pub right: Option<String>,
    /// What is remembered of each pair of texts.
    pub pairs: BTreeMap<TextPair, PairMemory>,
    /// Named spots.
    pub marks: BTreeMap<char, Marked>,
    /// The keys of the pairs, the one read last first; of those that are not among them nothing is known.
    pub recent: Vec<TextPair>,
}

/// Two texts, by what opens them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "[String; 2]")]
pub struct TextPair {
    /// The left one.
    pub left: String,
    /// The right one.
    pub right: String,
}

impl TextPair {
    /// These two.
    pub fn new(left: &str, right: &str) -> Self {
        Self { left: left.to_owned(), right: right.to_owned() }
    }

    /// The one on a side.
    pub fn on(&self, side: Side) -> &str {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }
}

impl From<TextPair> for [String; 2] {
    fn from(pair: TextPair) -> Self {
        [pair.left, pair.right]
    }
}

/// How a file may write a pair.
#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenPair {
    Two([String; 2]),
    /// Until version 1 of state.toml, with `" | "` between.
    Line(String),
}

impl<'de> Deserialize<'de> for TextPair {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match WrittenPair::deserialize(deserializer)? {
            WrittenPair::Two([left, right]) => Self { left, right },
            WrittenPair::Line(line) => {
                let (left, right) = line.split_once(" | ").unwrap_or((&line, ""));
                Self::new(left, right)
            }
        })
    }
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
    pub topic: Option<TopicId>,
    /// Whether the right pane led.
    pub right_leads: bool,
    /// Whether the pair was pinned.
    pub pinned: bool,
    /// By topic: the last pair of passages that was read, left and right.
    pub last_pairs: BTreeMap<TopicId, (PassageNo, PassageNo)>,
    /// Whether the two are known to be versions of one work.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub one_work: bool,
    /// How the other pane follows, where the reader has chosen that for this pair.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sync: Option<Sync>,
    /// How many passages the left and the right text have; 0 where that is not known.
    pub of: (u32, u32),
}

/// A named spot.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Marked {
    /// What was open in the left pane.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<SavedPlace>,
    /// What was open in the right pane.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<SavedPlace>,
    /// The id of the held topic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<TopicId>,
}

/// A place in a text that can be opened again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedPlace {
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
        pairs.filter_map(move |(texts, _)| match (texts.on(Side::Left), texts.on(Side::Right)) {
            (left, right) if left == text => Some(right),
            (left, right) if right == text => Some(left),
            _ => None,
        })
    }

    /// The pairs, the one read last first.
    pub fn last_read(&self) -> Vec<(TextPair, PairMemory)> {
        let known = self.recent.iter().filter(|key| self.pairs.contains_key(*key));
        let rest = self.pairs.keys().filter(|key| !self.recent.contains(*key));
        known.chain(rest).filter_map(|key| Some((key.clone(), self.pairs.get(key)?.clone()))).collect()
    }

    /// Whether the reader had seen nothing but the beginning: no text of their own, no topic, no introduction.
    pub fn is_of_a_newcomer(&self) -> bool {
        let unread = |text: &str| is_bundled(text) && text != "embedded:introduction";
        let untouched = |(texts, memory): (&TextPair, &PairMemory)| {
            [&texts.left, &texts.right].into_iter().all(|text| unread(text))
                && memory.topic.is_none()
                && memory.last_pairs.is_empty()
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
        let with = |left| TextPair::new(left, "embedded:power-from-below");
        let held = PairMemory { topic: Some(TopicId::new("soviets")), ..PairMemory::default() };
        let cases = [
            (with("embedded:the-party-as-instrument"), PairMemory::default(), true),
            (with("embedded:the-party-as-instrument"), held, false),
            (with("embedded:introduction"), PairMemory::default(), false),
            (with("a.md"), PairMemory::default(), false),
        ];
        assert!(Snapshot::default().is_of_a_newcomer());
        for (texts, memory, expected) in cases {
            let told = format!("{texts:?}");
            let pairs = BTreeMap::from([(texts, memory)]);
            assert_eq!(Snapshot { pairs, ..Snapshot::default() }.is_of_a_newcomer(), expected, "{told}");
        }
    }
}
