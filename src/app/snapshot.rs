//! Remembering the session for the next one, and taking up what an earlier one has left.

use std::time::Duration;

use super::App;
use super::history::{Seat, Spot, Standing};
use super::message::{Effect, Timer};
use super::work::remember::Remember;
use crate::anchor::Anchor;
use crate::app::halves::Halves;
use crate::app::history::Memory;
use crate::link::Side;
use crate::link::sides::Sides;
use crate::model::snapshot::{Marked, PairMemory, Place, Snapshot};
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// How much of reading may be lost.
const SOON: Duration = Duration::from_secs(1);

impl App {
    /// What is to be kept of this session now.
    pub fn snapshot(&mut self) -> Snapshot {
        self.remember();
        let mut kept = self.memory.snapshot.clone();
        if let (Some(left), Some(right)) = (self.halves.left.pane.open(), self.halves.right.pane.open()) {
            kept.left = Some(left.request.clone());
            kept.right = Some(right.request.clone());
        }
        kept.marks = self.memory.history.marks.iter().map(|(letter, spot)| (*letter, marked(spot))).collect();
        kept
    }

    /// Keeps where the reader is in the pair that is open.
    pub(super) fn remember(&mut self) {
        let Some(key) = self.halves.pair_key().filter(|_| self.halves.are_whole()) else { return };
        let Spot { panes, topic, focus } = self.spot();
        let memory = PairMemory {
            left: panes.left.map(|s| s.anchor),
            right: panes.right.map(|s| s.anchor),
            topic: topic.map(|t| t.to_string()),
            right_leads: focus == Side::Right,
            pinned: self.hinge.pinned,
            last_pairs: std::mem::take(&mut self.hinge.last_pairs),
            one_work: self.versions.are_one_work().unwrap_or(self.memory_of_pair().is_some_and(|known| known.one_work)),
            of: (self.passages(Side::Left), self.passages(Side::Right)),
        };
        self.hinge.last_pairs.clone_from(&memory.last_pairs);
        self.memory.snapshot.recent.retain(|known| *known != key);
        self.memory.snapshot.recent.insert(0, key.clone());
        self.memory.snapshot.pairs.insert(key, memory);
    }

    fn passages(&self, side: Side) -> u32 {
        self.halves[side].pane.text().map_or(0, |text| text.passage_count() as u32)
    }

    /// Has everything kept that this session would be missed for.
    pub(super) fn save(&mut self) {
        let snapshot = self.snapshot();
        self.ask_for(Remember(Box::new(snapshot)));
    }

    /// Sees to it that where the reader stands is kept soon, where that has changed: a session may end at any moment.
    pub(super) fn settle_standing(&mut self) {
        let at = |side: Side| {
            let pane = &self.halves[side].pane;
            pane.open().map(|open| (open.version, pane.place))
        };
        let standing = Standing {
            panes: Sides::from_fn(at),
            topic: self.topics.held.clone(),
            focus: self.halves.focus,
            pinned: self.hinge.pinned,
        };
        if standing.panes == Sides::default() || self.memory.standing.as_ref() == Some(&standing) {
            return;
        }
        self.memory.standing = Some(standing);
        if !std::mem::replace(&mut self.memory.is_due, true) {
            self.effect(Effect::Later(SOON, Timer::Place));
        }
    }

    /// Has it kept.
    pub(super) fn place_due(&mut self) {
        self.memory.is_due = false;
        self.save();
    }

    /// What is remembered of the open pair: by its name, or where its texts have others by now, by their words.
    fn memory_of_pair(&self) -> Option<PairMemory> {
        let pairs = &self.memory.snapshot.pairs;
        let of = |side: Side, anchor: &Option<Anchor>| {
            let (Some(open), Some(anchor)) = (self.halves[side].pane.open(), anchor) else { return false };
            anchor.hash != 0 && anchor.hash == open.text.hash()
        };
        let moved = || pairs.values().find(|m| of(Side::Left, &m.left) && of(Side::Right, &m.right));
        pairs.get(&self.halves.pair_key()?).or_else(moved).cloned()
    }

    /// Puts the panes where the reader left off in this pair, but for those that are directed elsewhere.
    pub(super) fn resume_pair(&mut self, directed: Sides<bool>) {
        let memory = self.memory_of_pair().unwrap_or_default();
        self.hinge.last_pairs = memory.last_pairs;
        let anchors = Sides { left: memory.left, right: memory.right };
        for (side, anchor) in [(Side::Left, anchors.left), (Side::Right, anchors.right)] {
            if let Some(anchor) = anchor.filter(|_| !directed[side]) {
                self.find_again(side, &anchor);
            }
        }
        if directed == (Sides { left: false, right: false }) {
            let remembered = memory.topic.and_then(|id| self.topics.codebook.get(&id)).map(|t| t.id.clone());
            self.topics.held = self.intent.topic().cloned().or(remembered).or(self.topics.held.take());
            self.halves.focus = if memory.right_leads { Side::Right } else { self.halves.focus };
            self.hinge.pinned = memory.pinned;
        }
    }

    /// The pair of passages that was last read on a topic.
    pub(super) fn last_pair(&self, topic: &str) -> Option<(PassageNo, PassageNo)> {
        let (left, right) = *self.hinge.last_pairs.get(topic)?;
        let inside = |side: Side, n: u32| {
            self.halves[side].pane.text().is_some_and(|t| n >= 1 && n as usize <= t.passage_count())
        };
        (inside(Side::Left, left) && inside(Side::Right, right)).then_some((PassageNo(left), PassageNo(right)))
    }
}

impl Memory {
    /// Takes over what an earlier session kept.
    pub fn recall(&mut self, snapshot: Snapshot) {
        let marks = snapshot.marks.iter().map(|(letter, marked)| (*letter, spot(marked)));
        self.history.marks.extend(marks);
        self.snapshot = snapshot;
    }

    /// A place where the reader left a text that was in this pane, beside whichever other.
    pub(super) fn remembered_in(&self, side: Side, request: &str) -> Option<&Anchor> {
        let pairs = self.snapshot.pairs.iter().filter_map(|(texts, memory)| Some((texts.split_once(" | ")?, memory)));
        let mut places = pairs.map(|((left, right), memory)| match side {
            Side::Left => (left, &memory.left),
            Side::Right => (right, &memory.right),
        });
        places.find_map(|(text, place)| place.as_ref().filter(|_| text == request))
    }
}

impl Halves {
    fn pair_key(&self) -> Option<String> {
        Some(format!("{} | {}", self.left.pane.open()?.request, self.right.pane.open()?.request))
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
