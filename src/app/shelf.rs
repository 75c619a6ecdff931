//! The shelf: the texts to choose from, the pairs read before, and the screen that lists them.

use std::collections::HashSet;

use super::App;
use super::command::Context;
use super::commands::command;
use super::overlay::{Ask, Asked, Overlay};
use super::picker::{Choice, Item, Picker, PickerKind};
use super::work::begin::Begin;
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::keys::Keys;
use crate::app::memory::Memory;
use crate::app::out::Out;
use crate::app::topics::Topics;
use crate::app::versions::Versions;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::open::{ReadPair, Shelved};
use crate::text::clean::Clean;
use crate::word::counted::counted;

/// What is on the shelf.
#[derive(Debug, Default)]
pub struct Shelf {
    /// The texts, in the order of their library.
    texts: Vec<Shelved>,
    /// What their folder has only by links that lead out of it: nothing reads these before the reader has said so.
    linked: Vec<Shelved>,
    /// The one that a newcomer is invited to open; none once it was open.
    invitation: Option<Shelved>,
    /// The pairs that were read, the last first.
    pairs: Vec<ReadPair>,
    /// Whether the session waits for the reader to choose what to begin with.
    begins: bool,
    /// Texts to be read in the page order of their file, even where the import would move pages.
    in_file_order: HashSet<String>,
}

impl Shelf {
    /// The texts, in the order of their library.
    pub fn texts(&self) -> &[Shelved] {
        &self.texts
    }

    /// Puts other texts on it.
    pub fn fill(&mut self, texts: Vec<Shelved>) {
        (self.linked, self.texts) = texts.into_iter().partition(|text| text.leads_to.is_some());
    }

    /// The texts, and after them the links that lead out of their folder.
    pub fn with_links(&self) -> impl Iterator<Item = &Shelved> {
        self.texts.iter().chain(&self.linked)
    }

    /// What is to be asked before this is opened, where it is a link that leads out.
    fn asked_of_link(&self, request: &str) -> Option<Clean> {
        let link = self.linked.iter().find(|text| text.request == request)?;
        let there = link.leads_to.as_ref()?;
        Some(Clean::line(&format!("{} is a link to {there}, which", link.title)))
    }

    /// The text that a newcomer is invited to open.
    pub fn invitation(&self) -> Option<&Shelved> {
        self.invitation.as_ref()
    }

    /// Invites a newcomer to open a text, or nobody to anything.
    pub fn invite(&mut self, text: Option<Shelved>) {
        self.invitation = text;
    }

    /// A text was opened: nobody has to be invited to it any more.
    pub(super) fn was_opened(&mut self, request: &str) {
        self.invitation.take_if(|text| text.request == request);
    }

    /// Whether a text is read with its pages as they stand in the file.
    pub(super) fn is_in_file_order(&self, request: &str) -> bool {
        self.in_file_order.contains(request)
    }

    /// Sets whether a text's pages are read as they stand in the file, or in the order that the import finds.
    pub(super) fn set_in_file_order(&mut self, request: &str, in_file_order: bool) {
        if in_file_order {
            self.in_file_order.insert(request.to_owned());
        } else {
            self.in_file_order.remove(request);
        }
    }

    /// Nothing is open, and the list was closed: how to get it back.
    pub(super) fn tell_of_shelf(&self, halves: &Halves, keys: &Keys, out: &mut Out) {
        if self.begins && BOTH.into_iter().all(|side| halves.is_vacant(side)) {
            let key = keys.keymap().first_key(Context::Reading, command!("shelf")).unwrap_or_default();
            out.tell(format!("nothing is open yet; {key} shows your texts"));
        }
    }
}

impl App {
    /// Opens the shelf, for the reader to choose what to begin with.
    pub fn begin_at_shelf(&mut self) {
        self.shelf.begins = true;
        self.show_shelf();
    }

    /// Shows the shelf, and asks the workers what is on it now.
    pub(super) fn show_shelf(&mut self) {
        let picker = Picker::new(PickerKind::Shelf, self.shelf_items(), 0);
        self.screens.lay(Overlay::Picker(picker));
        self.remember();
        let pairs = self.memory.last_read();
        self.out.ask_for(Begin(pairs));
        if self.shelf.begins {
            self.out.look_for_texts(Vec::new());
        }
    }

    pub(super) fn pairs_found(&mut self, pairs: Vec<ReadPair>) {
        self.shelf.pairs = pairs;
        self.refill_shelf();
    }

    pub(super) fn texts_found(&mut self, texts: Vec<Shelved>) {
        self.shelf.fill(texts);
        self.refill_shelf();
    }

    fn refill_shelf(&mut self) {
        let items = self.shelf_items();
        if let Some(Overlay::Picker(picker)) = self.screens.overlay_mut()
            && picker.kind == PickerKind::Shelf
        {
            let untouched = picker.selected == 0;
            picker.refill(items);
            if untouched {
                picker.selected = 0;
            }
        }
    }

    fn shelf_items(&self) -> Vec<Item> {
        let pairs = self.shelf.pairs.iter().map(|pair| Item {
            label: format!("{} ⇄ {}", pair.titles[0], pair.titles[1]),
            detail: pair.place.clone(),
            about: self.versions.said_of_pair(&self.halves, &self.hinge, &self.topics, &self.memory, pair),
            depth: 0,
            dim: false,
            choice: Choice::Pair(pair.texts.clone()),
        });
        let texts = self.shelf.with_links().map(|text| Item {
            label: text.title.to_string(),
            detail: self.said_versions(&text.request),
            about: text.about.to_string(),
            depth: 0,
            dim: false,
            choice: Choice::Begin(text.request.clone()),
        });
        pairs.chain(texts).collect()
    }

    /// Opens a pair from the shelf, where it was left.
    pub(super) fn open_pair(&mut self, [left, right]: &[String; 2]) {
        self.shelf.begins = false;
        self.leave();
        let Some((spot, pinned)) = self.memory.left_in_pair(left, right) else {
            self.open_text(Side::Left, left);
            return self.open_text(Side::Right, right);
        };
        self.restore(spot);
        self.hinge.set_pinned(pinned);
    }

    /// Opens a text that was chosen from a list, `begins` as the first of a session; a link that leads out of its folder is
    /// asked about first.
    pub(super) fn open_chosen(&mut self, request: &str, begins: bool) {
        if let Some(question) = self.shelf.asked_of_link(request) {
            let ask = Ask::Linked { request: request.to_owned(), begins, question };
            return self.screens.lay(Overlay::Asked(Asked::new(ask)));
        }
        self.open_allowed(request, begins);
    }

    /// The same, of what needs no question any more.
    pub(super) fn open_allowed(&mut self, request: &str, begins: bool) {
        if begins {
            return self.begin_with_text(request);
        }
        self.leave();
        let focus = self.halves.focus();
        self.open_text(focus, request);
    }

    /// Opens a text from the shelf in the pane that leads; beside it, where nothing is there, the next text.
    fn begin_with_text(&mut self, request: &str) {
        self.shelf.begins = false;
        self.leave();
        let (focus, across) = (self.halves.focus(), self.halves.focus().other());
        let is_empty = self.halves.is_vacant(across);
        self.open_text(focus, request);
        let others = self.shelf.texts.iter().map(|text| &text.request);
        let at = others.clone().position(|other| other == request).map_or(0, |at| at + 1);
        if is_empty
            && let Some(next) = others.clone().cycle().skip(at).take(others.count()).find(|other| *other != request)
        {
            let next = next.clone();
            self.open_text(across, &next);
        }
    }
}

impl Versions {
    /// What was made of a pair, and the topic it was left on.
    fn said_of_pair(
        &self,
        halves: &Halves,
        hinge: &Hinge,
        topics: &Topics,
        memory: &Memory,
        pair: &ReadPair,
    ) -> String {
        let some = |n: usize, noun: &str| (n > 0).then(|| counted(n, noun));
        let topic = pair.topic.as_ref().map(|id| topics.name(id));
        let [left, right] = &pair.texts;
        let versions = self
            .known_versions(halves, hinge, memory, left)
            .contains(&right.as_str())
            .then(|| "versions of one work".to_owned());
        let said = [versions, topic, some(pair.notes, "note"), some(pair.links, "link")];
        let said: Vec<String> = said.into_iter().flatten().collect();
        said.join(" · ")
    }
}
