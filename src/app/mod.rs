//! The state of a reading session, the commands that change it, and the keys that call them.
//!
//! [`App`] is a plain value. [`App::update`] takes a message and answers with effects; it reads no file, asks no clock
//! and draws nothing, so that a test can press keys and look at what came of it.

pub(crate) mod areas;
pub(crate) mod citation;
pub(crate) mod colon;
pub mod command;
pub mod commands;
pub(crate) mod dispute;
pub(crate) mod elsewhere;
pub(crate) mod foreseen;
pub(crate) mod form;
pub(crate) mod glosses;
pub(crate) mod halves;
mod help;
pub mod hinge;
mod hooks;
pub mod key;
pub mod keymap;
pub mod keys;
pub(crate) mod links;
pub(crate) mod loom;
pub(crate) mod made;
pub mod map;
pub mod margin;
pub(crate) mod memory;
pub mod message;
pub(crate) mod notes;
pub(crate) mod out;
pub mod overlay;
pub mod page_line;
pub(crate) mod pages;
pub mod pane;
pub(crate) mod picker;
pub(crate) mod present;
pub(crate) mod projection;
pub(crate) mod recall;
pub(crate) mod references;
pub mod room;
pub mod scene;
pub mod search;
pub(crate) mod selection;
pub(crate) mod shelf;
mod sieve;
pub(crate) mod stops;
pub(crate) mod strays;
pub(crate) mod synopsis;
pub(crate) mod topics;
pub(crate) mod tour;
pub(crate) mod versions;

mod common;
mod following;
mod going;
mod intent;
mod making;
mod mouse;
mod opening;
mod page_order;
mod paired;
mod palette;
mod sensing;
mod third;
mod update;
pub mod work;

use std::sync::Arc;

use ratatui::layout::Rect;

use self::areas::{Areas, Arrangement, page_area};
use self::command::{Command, Context};
use self::elsewhere::WholeLibrary;
use self::halves::Halves;
use self::hinge::Hinge;
use self::hooks::Hooks;
use self::intent::Intent;
use self::keymap::Keymap;
use self::keys::Keys;
use self::links::Links;
use self::made::Made;
use self::memory::Memory;
use self::notes::Notes;
use self::out::Out;
use self::overlay::{Overlay, PageKind};
use self::room::Led;
use self::scene::{Scene, Screens};
use self::search::Search;
use self::shelf::Shelf;
use self::topics::Topics;
use self::versions::Versions;
use crate::model::settings::Settings;
use crate::model::touring::Touring;
use crate::topic::codebook::Codebook;

/// The session: its parts, each of which owns what belongs to it.
#[derive(Debug)]
pub struct App {
    /// The two halves of the screen.
    pub halves: Halves,
    /// What joins them.
    pub hinge: Hinge,
    /// The topics.
    pub topics: Topics,
    /// What the reader has judged of the two texts, and the quotations they share.
    pub links: Links,
    /// The two texts as versions of one work.
    pub versions: Versions,
    /// The reader's notes.
    pub notes: Notes,
    /// What fills the screen, and what lies over it.
    pub screens: Screens,
    /// The search that is on.
    pub search: Option<Search>,
    /// The tour of the open texts.
    pub touring: Touring,
    /// The session that this one follows.
    pub led: Led,
    /// The keys: which call what, and what is half typed.
    pub keys: Keys,
    /// The reader's own commands.
    pub hooks: Hooks,
    /// The texts there are to open.
    pub shelf: Shelf,
    /// What was asked of the whole library.
    pub whole: WholeLibrary,
    /// What the reader has set.
    pub settings: Settings,
    /// Where the reader has been.
    pub memory: Memory,
    /// What the reader makes: what can be unmade, and what is still to be kept.
    pub made: Made,
    /// What is to be told and done.
    pub out: Out,
    intent: Intent,
}

impl App {
    /// A session without texts.
    pub fn new(keymap: Keymap, settings: Settings, codebook: Arc<Codebook>) -> Self {
        let arrangement = if settings.linear { Arrangement::Linear } else { Arrangement::default() };
        Self {
            halves: Halves::new(arrangement),
            hinge: Hinge::new(settings.sync),
            topics: Topics::new(codebook),
            links: Links::default(),
            versions: Versions::new(settings.sync),
            notes: Notes::default(),
            screens: Screens::default(),
            search: None,
            touring: Touring::default(),
            led: Led::default(),
            keys: Keys::new(keymap),
            hooks: Hooks::default(),
            shelf: Shelf::default(),
            whole: WholeLibrary::default(),
            settings,
            memory: Memory::default(),
            made: Made::default(),
            out: Out::default(),
            intent: Intent::default(),
        }
    }

    /// Where things are on the screen.
    pub fn areas(&self) -> Areas {
        self.halves.areas(self.settings.measure)
    }

    /// Runs a command with the count typed before it.
    fn run(&mut self, command: &'static Command, letter: Option<char>) {
        let call = self.keys.call(letter);
        (command.run)(self, call);
    }
}

impl Screens {
    /// The sections of the keymap that answer a key now, the first that knows it.
    pub fn contexts(&self, halves: &Halves) -> &'static [Context] {
        match self.overlay() {
            Some(Overlay::Picker(picker)) if picker.kind.is_of_notes() => &[Context::Notes, Context::Picker],
            Some(Overlay::Picker(_)) => &[Context::Picker],
            Some(Overlay::Editor(_)) => &[Context::Note],
            Some(Overlay::Page(page)) if page.kind == PageKind::Help => &[Context::Help],
            Some(Overlay::Page(_)) => &[Context::Page],
            Some(Overlay::Prompt(_) | Overlay::Asked(_)) => &[Context::Prompt],
            Some(Overlay::Form(_)) => &[Context::Form],
            None if halves.selection().is_some() => &[Context::Selecting, Context::Reading],
            None => self.scene().contexts(),
        }
    }

    /// Where a list over the panes stands, its border included; and where it is a drawer beside the pane that leads, the
    /// hinge that it takes with it.
    pub fn list_area(&self, halves: &Halves, settings: &Settings) -> (Rect, Option<Rect>) {
        let (columns, rows) = halves.screen();
        let is_reading = matches!(self.scene(), Scene::Reading) && !halves.is_linear();
        match halves.areas(settings.measure).drawer(halves.focus()).filter(|_| is_reading) {
            Some((drawer, hinge)) => (drawer, Some(hinge)),
            None => (page_area(columns, rows), None),
        }
    }
}
