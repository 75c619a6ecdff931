//! Where the reader was: the way back in this session, marks, and what is kept of every pair of texts for the next one.

mod snapshot;

use std::collections::BTreeMap;

use crate::anchor::Anchor;
use crate::import::IMPORTER_VERSION;
use crate::link::Side;
use crate::link::sides::Sides;
use crate::model::open::Open;
use crate::model::settings::Sync;
use crate::model::snapshot::{PairMemory, Snapshot, TextPair};
use crate::text::Place;
use crate::text::clean::Clean;
use crate::topic::codebook::TopicId;

/// A position to return to: a place in each pane, and the held topic.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BothPanes {
    /// Where each pane was; `None` for an empty pane.
    pub panes: Sides<Option<Seat>>,
    /// The held topic.
    pub topic: Option<TopicId>,
    /// The pane that led.
    pub focus: Side,
}

/// A place in a text, which may be closed by now.
#[derive(Debug, Clone, PartialEq)]
pub struct Seat {
    /// What to ask for to open the text.
    pub request: String,
    /// The place.
    pub anchor: Anchor,
    /// The screen row it was on; `None` for the reading line.
    pub line: Option<u16>,
    /// The file that named it, which may be a stranger's; `None` if the reader went there.
    pub named_by: Option<Clean>,
}

impl Seat {
    /// A place of an open text, for the reading line.
    pub(in crate::app) fn of(open: &Open, place: Place) -> Self {
        let anchor = Anchor::at(open.id.clone(), IMPORTER_VERSION, &open.text, place);
        Self { request: open.request.clone(), anchor, line: None, named_by: None }
    }

    /// Says that its text lies outside the library, and which file wants it opened.
    pub fn told_outside(&self) -> Clean {
        let by = self.named_by.as_ref().map_or("a file", Clean::as_str);
        let what = if self.request == "-" { "standard input" } else { &self.request };
        Clean::line(&format!("{by} names {what}, which is outside the library"))
    }
}

/// The positions jumped from, and those gone back from.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    back: Vec<BothPanes>,
    forward: Vec<BothPanes>,
    /// Named positions.
    pub marks: BTreeMap<char, BothPanes>,
}

/// The reader's position, which would be lost if the session ended now.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Standing {
    /// The version of the text of each pane, and the place in it.
    pub(super) panes: Sides<Option<(u64, Place)>>,
    /// The held topic.
    pub(super) topic: Option<TopicId>,
    /// The pane that leads.
    pub(super) focus: Side,
    /// Whether the pair is pinned.
    pub(super) pinned: bool,
    /// How the other pane follows.
    pub(super) sync: Sync,
}

/// Where the reader has been.
#[derive(Debug, Default)]
pub struct Memory {
    /// In this session.
    history: History,
    /// In all pairs of texts that were ever open.
    snapshot: Snapshot,
    /// The position last handed over to be kept, or about to be.
    standing: Option<Standing>,
    /// Whether it will be.
    is_due: bool,
}

impl Memory {
    /// The way back.
    pub(super) fn history(&mut self) -> &mut History {
        &mut self.history
    }

    /// The texts that are known to be versions of one work with this one.
    pub(super) fn versions_of<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        self.snapshot.versions_of(text)
    }

    /// What is remembered of each pair of texts.
    pub(super) fn pairs(&self) -> &BTreeMap<TextPair, PairMemory> {
        &self.snapshot.pairs
    }
}

/// How many positions are kept.
const DEPTH: usize = 200;

impl History {
    /// Remembers where a jump began, and forgets the way forward.
    pub(crate) fn leave(&mut self, spot: BothPanes) {
        self.forward.clear();
        if self.back.last() != Some(&spot) {
            self.back.push(spot);
        }
        if self.back.len() > DEPTH {
            self.back.remove(0);
        }
    }

    /// The position before this one; `here` is where `forward` leads back to.
    pub(crate) fn back(&mut self, here: BothPanes) -> Option<BothPanes> {
        let spot = self.back.pop()?;
        self.forward.push(here);
        Some(spot)
    }

    /// The position at which `back` was called.
    pub(crate) fn forward(&mut self, here: BothPanes) -> Option<BothPanes> {
        let spot = self.forward.pop()?;
        self.back.push(here);
        Some(spot)
    }
}
