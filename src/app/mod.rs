//! The state of a reading session, the commands that change it, and the keys that call them.
//!
//! [`App`] is a plain value. [`App::update`] takes a message and answers with effects; it reads no file, asks no clock
//! and draws nothing, so that a test can press keys and look at what came of it.

pub mod areas;
pub mod citation;
pub mod command;
pub mod commands;
pub mod foreseen;
pub mod form;
pub mod history;
pub mod joint;
pub mod keeping;
pub mod key;
pub mod keymap;
pub mod map;
pub mod margin;
pub mod message;
pub mod notes;
pub mod overlay;
pub mod own;
pub mod pages;
pub mod pane;
pub mod picker;
pub mod present;
pub mod quotations;
pub mod remarks;
pub mod scene;
pub mod search;
pub mod selection;
pub mod snapshot;
pub mod synopsis;
pub mod tour;

mod following;
mod intent;
mod journal;
mod judging;
mod keys;
pub mod links_list;
mod opening;
mod sensing;
mod terms_list;
mod third;
mod topic_forms;
mod topic_work;
mod topics;
mod update;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::areas::{Areas, Arrangement, divide};
use self::command::{Command, Context};
use self::following::Question;
use self::foreseen::Foreseen;
use self::history::History;
use self::intent::Intent;
use self::joint::Joint;
use self::journal::Journal;
use self::keeping::Keeping;
use self::key::Key;
use self::keymap::Keymap;
use self::map::Map;
use self::margin::Margin;
use self::message::Effect;
use self::notes::Notes;
use self::overlay::Overlay;
use self::own::OwnRead;
use self::pane::{Pane, Reading, Viewport};
use self::quotations::Seeking;
use self::scene::Scene;
use self::search::Search;
use self::selection::Selection;
use crate::link::Side;
use crate::link::judgement::Relation;
use crate::link::pairing::Pairing;
use crate::link::quotation::SharedQuotation;
use crate::link::sides::{BOTH, Sides};
use crate::model::open::Shelved;
use crate::model::settings::{Settings, Sync};
use crate::model::snapshot::Snapshot;
use crate::model::touring::Touring;
use crate::study::own::Own;
use crate::study::proposal::Proposal;
use crate::text::clean::Clean;
use crate::topic::codebook::{Codebook, Topic, TopicId};

/// The session.
#[derive(Debug)]
pub struct App {
    /// Columns and rows of the screen.
    pub screen: (u16, u16),
    /// The panes.
    pub panes: Sides<Pane>,
    /// The pane that leads.
    pub focus: Side,
    /// How the panes are arranged.
    pub arrangement: Arrangement,
    /// How the other pane follows.
    pub sync: Sync,
    /// Whether the pair stays as it is while one scrolls.
    pub pinned: bool,
    /// What the hinge draws.
    pub joint: Option<Joint>,
    /// The topics.
    pub codebook: Arc<Codebook>,
    /// The held topic; it is always one of the codebook.
    pub topic: Option<TopicId>,
    /// Topics proposed from the two texts, not accepted yet.
    pub proposals: Vec<Proposal>,
    /// What fills the screen.
    pub scene: Scene,
    /// What lies over it.
    pub overlay: Option<Overlay>,
    /// The search that is on.
    pub search: Option<Search>,
    /// The tour of the open texts.
    pub touring: Touring,
    /// The selection.
    pub selection: Option<Selection>,
    /// The keys of a half-typed chord.
    pub chord: Vec<Key>,
    /// The count typed so far.
    pub count: Option<u32>,
    /// The command that waits for a letter.
    pub awaiting: Option<&'static Command>,
    /// The way back, and marks.
    pub history: History,
    /// One line to tell the reader, until the next key.
    pub notice: Option<Clean>,
    /// Which keys call what.
    pub keymap: Keymap,
    /// What the reader has set.
    pub settings: Settings,
    /// The texts there are to open.
    pub shelf: Vec<Shelved>,
    /// The text that a newcomer is invited to open; none once it was open.
    pub invitation: Option<Shelved>,
    /// What the reader has judged of the two texts.
    pub own: Own,
    own_read: OwnRead,
    /// The quotations that both texts have, in the order of the left one; `None` until they are known.
    pub quotations: Option<Vec<SharedQuotation>>,
    /// The search for quotations that is under way.
    seeking_quotations: Option<Seeking>,
    /// The signs beside each pane's text.
    pub margin: Sides<Margin>,
    /// What is being read for each pane.
    pub reading: Sides<Option<Reading>>,
    /// The reader's notes.
    pub notes: Notes,
    /// How far the study of each pane's text is, in percent.
    pub progress: Sides<Option<u8>>,
    /// Whether nothing has been jumped to yet: the footer then says how to begin.
    pub fresh: bool,
    pairing: Option<((u64, u64), Arc<Pairing>)>,
    codebook_version: u64,
    last_pairs: BTreeMap<String, (u32, u32)>,
    memory: Snapshot,
    asked: Option<Question>,
    intent: Intent,
    /// What the open form would catch.
    pub foreseen: Foreseen,
    /// The topic the reader has just made or changed, of which it is still to be told what it catches.
    catching: Option<TopicId>,
    /// The map as it was left.
    last_map: Map,
    suggested: Vec<Proposal>,
    journal: Journal,
    last_relation: Relation,
    keeping: Keeping,
    numbers: Numbers,
    /// Whether where a pane is was said by a link, a mark or the reader: what is remembered then does not move it.
    directed: Sides<bool>,
    effects: Vec<Effect>,
}

/// Counters that tell answers apart.
#[derive(Debug, Default)]
struct Numbers {
    last: u64,
    settle: u64,
}

impl Numbers {
    fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }
}

impl App {
    /// A session without texts.
    pub fn new(keymap: Keymap, settings: Settings, codebook: Arc<Codebook>) -> Self {
        let sync = settings.sync;
        let arrangement = if settings.linear { Arrangement::Linear } else { Arrangement::default() };
        Self {
            screen: (0, 0),
            panes: Sides::default(),
            focus: Side::Left,
            arrangement,
            sync,
            pinned: false,
            joint: None,
            codebook,
            topic: None,
            proposals: Vec::new(),
            scene: Scene::default(),
            touring: Touring::default(),
            overlay: None,
            search: None,
            selection: None,
            chord: Vec::new(),
            count: None,
            awaiting: None,
            history: History::default(),
            notice: None,
            keymap,
            settings,
            shelf: Vec::new(),
            invitation: None,
            own: Own::default(),
            own_read: OwnRead::default(),
            quotations: None,
            seeking_quotations: None,
            margin: Sides::default(),
            reading: Sides::default(),
            notes: Notes::default(),
            progress: Sides::default(),
            fresh: true,
            pairing: None,
            codebook_version: 1,
            last_pairs: BTreeMap::new(),
            memory: Snapshot::default(),
            asked: None,
            intent: Intent::default(),
            catching: None,
            foreseen: Foreseen::default(),
            last_map: Map::default(),
            suggested: Vec::new(),
            journal: Journal::default(),
            last_relation: Relation::Contrasts,
            keeping: Keeping::default(),
            numbers: Numbers::default(),
            directed: Sides::default(),
            effects: Vec::new(),
        }
    }

    /// Where things are on the screen.
    pub fn areas(&self) -> Areas {
        divide(self.screen.0, self.screen.1, self.arrangement, self.focus, self.settings.measure)
    }

    /// Whether the pair is shown in one column of words.
    pub fn is_linear(&self) -> bool {
        self.arrangement == Arrangement::Linear
    }

    /// The pane that leads.
    pub fn lead(&self) -> &Pane {
        &self.panes[self.focus]
    }

    /// The held topic.
    pub fn held(&self) -> Option<&Topic> {
        self.codebook.get(self.topic.as_ref()?.as_str()).map(|t| &**t)
    }

    /// The sections of the keymap that answer a key now, the first that knows it.
    pub fn contexts(&self) -> &'static [Context] {
        match &self.overlay {
            Some(Overlay::Picker(picker)) if picker.kind.is_of_notes() => &[Context::Notes, Context::Picker],
            Some(Overlay::Picker(_)) => &[Context::Picker],
            Some(Overlay::Editor(_)) => &[Context::Note],
            Some(Overlay::Page(_)) => &[Context::Page],
            Some(Overlay::Prompt(_) | Overlay::Asked(_)) => &[Context::Prompt],
            Some(Overlay::Form(_)) => &[Context::Form],
            None if self.selection.is_some() => &[Context::Selecting, Context::Reading],
            None => self.scene.contexts(),
        }
    }

    /// Tells the reader something, until the next key.
    fn tell(&mut self, words: impl AsRef<str>) {
        self.notice = Some(Clean::line(words.as_ref()));
    }

    fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Gives each pane the cells that the arrangement leaves it.
    fn settle_areas(&mut self) {
        let areas = self.areas();
        for side in BOTH {
            // A pane that does not show keeps a plausible size, so that moving it means something.
            let area = areas.panes[side].or(areas.panes[side.other()]).unwrap_or_default();
            let viewport = Viewport { width: area.text.width.max(1), height: area.text.height.max(1) };
            if self.panes[side].viewport != viewport {
                self.panes[side].resize(viewport);
            }
        }
    }
}
