//! What is kept of a session for the next one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::App;
use super::history::{Seat, Spot};
use super::message::Effect;
use super::side::Sides;
use crate::anchor::Anchor;
use crate::link::Side;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// Where the reader left off, in all pairs of texts that were ever open.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
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

impl Snapshot {
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

impl App {
    /// Takes over what an earlier session kept.
    pub fn recall(&mut self, snapshot: Snapshot) {
        let marks = snapshot.marks.iter().map(|(letter, marked)| (*letter, spot(marked)));
        self.history.marks.extend(marks);
        self.memory = snapshot;
    }

    /// What is to be kept of this session now.
    pub fn snapshot(&mut self) -> Snapshot {
        self.remember();
        let mut kept = self.memory.clone();
        if let (Some(left), Some(right)) = (self.panes.left.open(), self.panes.right.open()) {
            kept.left = Some(left.request.clone());
            kept.right = Some(right.request.clone());
        }
        kept.marks = self.history.marks.iter().map(|(letter, spot)| (*letter, marked(spot))).collect();
        kept
    }

    /// Keeps where the reader is in the pair that is open.
    pub(super) fn remember(&mut self) {
        let Some(key) = self.pair_key().filter(|_| self.is_whole()) else { return };
        let Spot { panes, topic, focus } = self.spot();
        let memory = PairMemory {
            left: panes.left.map(|s| s.anchor),
            right: panes.right.map(|s| s.anchor),
            topic: topic.map(|t| t.to_string()),
            right_leads: focus == Side::Right,
            pinned: self.pinned,
            last_pairs: std::mem::take(&mut self.last_pairs),
        };
        self.last_pairs.clone_from(&memory.last_pairs);
        self.memory.pairs.insert(key, memory);
    }

    /// Has everything kept that this session would be missed for.
    pub(super) fn save(&mut self) {
        let snapshot = self.snapshot();
        self.effect(Effect::Remember(Box::new(snapshot)));
    }

    fn pair_key(&self) -> Option<String> {
        Some(format!("{} | {}", self.panes.left.open()?.request, self.panes.right.open()?.request))
    }

    /// What is remembered of the open pair: by its name, or where its library has been moved, by its words.
    fn memory_of_pair(&self) -> Option<PairMemory> {
        let pairs = &self.memory.pairs;
        let of = |side: Side, anchor: &Option<Anchor>| {
            let (Some(open), Some(anchor)) = (self.panes[side].open(), anchor) else { return false };
            anchor.text == open.id && anchor.hash == open.text.hash()
        };
        let moved = || pairs.values().find(|m| of(Side::Left, &m.left) && of(Side::Right, &m.right));
        pairs.get(&self.pair_key()?).or_else(moved).cloned()
    }

    /// Puts the panes where the reader left off in this pair, but for those that are directed elsewhere.
    pub(super) fn resume_pair(&mut self, directed: Sides<bool>) {
        let memory = self.memory_of_pair().unwrap_or_default();
        self.last_pairs = memory.last_pairs;
        let anchors = Sides { left: memory.left, right: memory.right };
        for (side, anchor) in [(Side::Left, anchors.left), (Side::Right, anchors.right)] {
            if let Some(anchor) = anchor.filter(|_| !directed[side]) {
                self.find_again(side, &anchor);
            }
        }
        if directed == (Sides { left: false, right: false }) {
            let remembered = memory.topic.and_then(|id| self.codebook.get(&id)).map(|t| t.id.clone());
            self.topic = self.wanted_topic.clone().or(remembered).or(self.topic.take());
            self.focus = if memory.right_leads { Side::Right } else { self.focus };
            self.pinned = memory.pinned;
        }
    }

    /// A place where the reader left a text that was in this pane, beside whichever other.
    pub(super) fn remembered_in(&self, side: Side, request: &str) -> Option<&Anchor> {
        let pairs = self.memory.pairs.iter().filter_map(|(texts, memory)| Some((texts.split_once(" | ")?, memory)));
        let mut places = pairs.map(|((left, right), memory)| match side {
            Side::Left => (left, &memory.left),
            Side::Right => (right, &memory.right),
        });
        places.find_map(|(text, place)| place.as_ref().filter(|_| text == request))
    }

    /// The pair of passages that was last read on a topic.
    pub(super) fn last_pair(&self, topic: &str) -> Option<(PassageNo, PassageNo)> {
        let (left, right) = *self.last_pairs.get(topic)?;
        let inside =
            |side: Side, n: u32| self.panes[side].text().is_some_and(|t| n >= 1 && n as usize <= t.passage_count());
        (inside(Side::Left, left) && inside(Side::Right, right)).then_some((PassageNo(left), PassageNo(right)))
    }
}

fn marked(spot: &Spot) -> Marked {
    let place = |seat: &Option<Seat>| seat.as_ref().map(|s| Place { text: s.request.clone(), at: s.anchor.clone() });
    Marked {
        left: place(&spot.panes.left),
        right: place(&spot.panes.right),
        topic: spot.topic.as_ref().map(ToString::to_string),
    }
}

fn spot(marked: &Marked) -> Spot {
    let seat =
        |p: &Option<Place>| p.as_ref().map(|p| Seat { request: p.text.clone(), anchor: p.at.clone(), line: None });
    Spot {
        panes: Sides { left: seat(&marked.left), right: seat(&marked.right) },
        topic: marked.topic.as_deref().map(TopicId::new),
        focus: Side::Left,
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
