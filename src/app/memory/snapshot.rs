//! Remembering the session for the next one, and taking up what an earlier one has left.

use std::time::Duration;

use crate::anchor::Anchor;
use crate::app::App;
use crate::app::halves::Halves;
use crate::app::memory::{BothPanes, Memory, Seat, Standing};
use crate::app::message::{Effect, Timer};
use crate::app::work::remember::Remember;
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::model::snapshot::{Marked, PairMemory, SavedPlace, Snapshot, TextPair};

/// How much of reading may be lost.
const SOON: Duration = Duration::from_secs(1);

impl App {
    /// What is to be kept of this session now.
    pub fn snapshot(&mut self) -> Snapshot {
        self.remember();
        let mut kept = self.memory.snapshot.clone();
        if let (Some(left), Some(right)) = (self.halves.pane(Side::Left).open(), self.halves.pane(Side::Right).open()) {
            kept.left = Some(left.request.clone());
            kept.right = Some(right.request.clone());
        }
        kept.marks = self.memory.history.marks.iter().map(|(letter, spot)| (*letter, marked(spot))).collect();
        kept
    }

    /// Keeps where the reader is in the pair that is open.
    pub(in crate::app) fn remember(&mut self) {
        let is_on_the_way = |side: Side| self.halves.reading(side).is_some_and(|reading| reading.seat.is_some());
        if BOTH.into_iter().any(is_on_the_way) {
            return;
        }
        let Some(key) = self.halves.pair_key().filter(|_| self.halves.are_whole()) else { return };
        let BothPanes { panes, topic, focus } = self.halves.spot(&self.topics);
        let known = self.memory.memory_of_pair(&self.halves).is_some_and(|known| known.one_work);
        let memory = PairMemory {
            left: panes.left.map(|s| s.anchor),
            right: panes.right.map(|s| s.anchor),
            topic,
            right_leads: focus == Side::Right,
            // Of a pair that was scrolled away from another would be taken for it.
            pinned: self.hinge.pinned() && self.hinge.pinned_elsewhere(&self.halves).is_none(),
            last_pairs: self.hinge.last_pairs().clone(),
            one_work: self.versions.known_as_one_work(known, self.versions.keeps_level(&self.hinge)),
            sync: self.versions.chosen_sync(self.hinge.sync()),
            of: (self.halves.passages(Side::Left), self.halves.passages(Side::Right)),
        };
        self.memory.snapshot.recent.retain(|known| *known != key);
        self.memory.snapshot.recent.insert(0, key.clone());
        self.memory.snapshot.pairs.insert(key, memory);
    }

    /// If the reader's position has changed, schedules keeping it: a session may end at any moment.
    pub(in crate::app) fn settle_standing(&mut self) {
        let at = |side: Side| {
            let pane = self.halves.pane(side);
            pane.open().map(|open| (open.version, pane.place))
        };
        let standing = Standing {
            panes: Sides::from_fn(at),
            topic: self.topics.held_id().cloned(),
            focus: self.halves.focus(),
            pinned: self.hinge.pinned(),
            sync: self.hinge.sync(),
        };
        if standing.panes == Sides::default() || self.memory.standing.as_ref() == Some(&standing) {
            return;
        }
        self.memory.standing = Some(standing);
        if !std::mem::replace(&mut self.memory.is_due, true) {
            self.out.effect(Effect::Later(SOON, Timer::Place));
        }
    }

    /// Has everything kept that this session would be missed for.
    pub(in crate::app) fn save(&mut self) {
        let snapshot = self.snapshot();
        self.out.ask_for(Remember(Box::new(snapshot)));
    }

    /// Has it kept.
    pub(in crate::app) fn place_due(&mut self) {
        self.memory.is_due = false;
        self.save();
    }

    /// Puts the panes where the reader left off in this pair, but for those that are directed elsewhere.
    pub(in crate::app) fn resume_pair(&mut self, directed: Sides<bool>) {
        let memory = self.memory.memory_of_pair(&self.halves).unwrap_or_default();
        self.hinge.set_last_pairs(memory.last_pairs);
        self.versions.follow_as_before(&self.halves, &mut self.hinge, memory.sync);
        let anchors = Sides { left: memory.left, right: memory.right };
        for (side, anchor) in [(Side::Left, anchors.left), (Side::Right, anchors.right)] {
            if let Some(anchor) = anchor.filter(|_| !directed[side]) {
                self.halves.find_again(&mut self.screens, side, &anchor);
            }
        }
        if directed == (Sides { left: false, right: false }) {
            let remembered = memory.topic.and_then(|id| self.topics.known(&id));
            self.topics.hold(self.intent.topic().cloned().or(remembered).or(self.topics.held_id().cloned()));
            self.halves.lead_with(if memory.right_leads { Side::Right } else { self.halves.focus() });
            self.hinge.set_pinned(memory.pinned);
        }
    }
}

/// How long a place and what is beside it must be, in bytes, to tell which text they are of.
const TELLING: usize = 100;

impl Memory {
    /// The pairs that were read, the last first.
    pub(in crate::app) fn last_read(&self) -> Vec<(TextPair, PairMemory)> {
        self.snapshot.last_read()
    }

    /// Takes over what an earlier session kept.
    pub fn recall(&mut self, snapshot: Snapshot) {
        let marks = snapshot.marks.iter().map(|(letter, marked)| (*letter, spot(marked)));
        self.history.marks.extend(marks);
        self.snapshot = snapshot;
    }

    /// A place where the reader left a text that was in this pane, beside whichever other.
    pub(in crate::app) fn remembered_in(&self, side: Side, request: &str) -> Option<&Anchor> {
        let here = self.snapshot.pairs.iter().filter(|(texts, _)| texts.on(side) == request);
        here.map(|(_, memory)| memory).find_map(|memory| match side {
            Side::Left => memory.left.as_ref(),
            Side::Right => memory.right.as_ref(),
        })
    }

    /// Where the reader left two texts beside each other, and whether they were pinned there; `None` where that is known of
    /// one of them only.
    pub(in crate::app) fn left_in_pair(&self, left: &str, right: &str) -> Option<(BothPanes, bool)> {
        let memory = self.snapshot.pairs.get(&TextPair::new(left, right))?;
        let seat = |request: &str, anchor: &Option<Anchor>| {
            let anchor = anchor.clone()?;
            Some(Seat { request: request.to_owned(), anchor, line: None, named_by: None })
        };
        let panes = Sides { left: Some(seat(left, &memory.left)?), right: Some(seat(right, &memory.right)?) };
        let focus = if memory.right_leads { Side::Right } else { Side::Left };
        Some((BothPanes { panes, topic: memory.topic.clone(), focus }, memory.pinned))
    }

    /// What is remembered of the open pair: by its name, or where its texts have others by now, by their words.
    fn memory_of_pair(&self, halves: &Halves) -> Option<PairMemory> {
        let pairs = &self.snapshot.pairs;
        let is_known = |side: Side, texts: &TextPair, anchor: Option<&Anchor>| {
            let Some(open) = halves.pane(side).open() else { return false };
            texts.on(side) == open.request || anchor.is_some_and(|a| a.hash != 0 && a.hash == open.text.hash())
        };
        // One that was renamed and changed, beside one that is known.
        let has_words = |side: Side, anchor: Option<&Anchor>| {
            let (Some(open), Some(anchor)) = (halves.pane(side).open(), anchor) else { return false };
            let words = [&*anchor.prefix, &*anchor.exact, &*anchor.suffix].concat();
            words.len() >= TELLING && open.text.string().contains(&words)
        };
        let is_pair = |(texts, memory): &(&TextPair, &PairMemory)| {
            let (left, right) = (memory.left.as_ref(), memory.right.as_ref());
            match (is_known(Side::Left, texts, left), is_known(Side::Right, texts, right)) {
                (true, true) => true,
                (true, false) => has_words(Side::Right, right),
                (false, true) => has_words(Side::Left, left),
                (false, false) => false,
            }
        };
        let moved = || pairs.iter().find(is_pair).map(|(_, memory)| memory);
        pairs.get(&halves.pair_key()?).or_else(moved).cloned()
    }
}

impl Halves {
    fn passages(&self, side: Side) -> u32 {
        self.pane(side).text().map_or(0, |text| text.passage_count() as u32)
    }

    /// By what the open pair is remembered.
    pub(in crate::app) fn pair_key(&self) -> Option<TextPair> {
        Some(TextPair::new(&self.pane(Side::Left).open()?.request, &self.pane(Side::Right).open()?.request))
    }
}

fn marked(spot: &BothPanes) -> Marked {
    let place =
        |seat: &Option<Seat>| seat.as_ref().map(|s| SavedPlace { text: s.request.clone(), at: s.anchor.clone() });
    Marked { left: place(&spot.panes.left), right: place(&spot.panes.right), topic: spot.topic.clone() }
}

fn spot(marked: &Marked) -> BothPanes {
    let seat = |p: &Option<SavedPlace>| {
        p.as_ref().map(|p| Seat { request: p.text.clone(), anchor: p.at.clone(), line: None, named_by: None })
    };
    BothPanes {
        panes: Sides { left: seat(&marked.left), right: seat(&marked.right) },
        topic: marked.topic.clone(),
        focus: Side::Left,
    }
}
