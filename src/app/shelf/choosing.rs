//! The list of what can be read, and opening what is chosen from it.

use super::Shelf;
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::keys::Keys;
use crate::app::out::Out;
use crate::app::overlay::{Ask, Asked, Overlay};
use crate::app::pane::Content;
use crate::app::picker::{Choice, Item, Picker, PickerKind};
use crate::app::work::begin::Begin;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::open::{ReadPair, Shelved};
use crate::text::clean::Clean;
use crate::word::counted::counted;

impl App {
    /// Opens the shelf, for the reader to choose what to begin with.
    pub fn begin_at_shelf(&mut self) {
        self.shelf.begins = true;
        self.show_shelf();
    }

    /// Shows the shelf, and asks the workers what is on it now.
    pub(in crate::app) fn show_shelf(&mut self) {
        let picker = Picker::new(PickerKind::Shelf, self.shelf_items(), 0);
        self.screens.lay(Overlay::Picker(picker));
        self.remember();
        let pairs = self.memory.last_read();
        self.out.ask_for(Begin(pairs));
        if self.shelf.begins {
            self.out.look_for_texts(Vec::new());
        }
    }

    /// Brings the open list up to date where it is behind.
    pub(in crate::app) fn settle_shelf(&mut self) {
        if !std::mem::take(&mut self.shelf.changed) {
            return;
        }
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
            about: self.said_of_pair(pair),
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

    /// What was made of a pair, and the topic it was left on.
    fn said_of_pair(&self, pair: &ReadPair) -> String {
        let some = |n: usize, noun: &str| (n > 0).then(|| counted(n, noun));
        let [left, right] = &pair.texts;
        let known = self.versions.known_versions(&self.halves, &self.hinge, &self.memory, left);
        let versions = known.contains(&right.as_str()).then(|| "versions of one work".to_owned());
        let topic = pair.topic.as_ref().map(|id| self.topics.name(id));
        let said = [versions, topic, some(pair.notes, "note"), some(pair.links, "link")];
        said.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// Opens a pair from the shelf, where it was left.
    pub(in crate::app) fn open_pair(&mut self, [left, right]: &[String; 2]) {
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
    pub(in crate::app) fn open_chosen(&mut self, request: &str, begins: bool) {
        if let Some(question) = self.shelf.asked_of_link(request) {
            let ask = Ask::Linked { request: request.to_owned(), begins, question };
            return self.screens.lay(Overlay::Asked(Asked::new(ask)));
        }
        self.open_allowed(request, begins);
    }

    /// The same, of what needs no question any more.
    pub(in crate::app) fn open_allowed(&mut self, request: &str, begins: bool) {
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
        let beside = others.clone().cycle().skip(at).take(others.count()).filter(|other| *other != request);
        self.shelf.beside = beside.filter(|_| is_empty).cloned().collect();
        if let Some(next) = self.shelf.beside.front().cloned() {
            self.open_text(across, &next);
        }
    }
}

impl App {
    /// A text cannot be read for a pane, which keeps the one it has.
    pub(in crate::app) fn not_read(&mut self, side: Side, what: &Clean, why: Clean) {
        if self.halves.pane(side).open().is_some() {
            self.out.notice = Some(why.into());
        } else if let Some(next) = self.shelf.next_beside(what) {
            self.out.notice = Some(why.into());
            self.open_text(side, &next);
        } else {
            self.halves.pane_mut(side).content = Content::Failed(why);
        }
    }
}

impl Shelf {
    /// A text cannot be read: where it was to stand beside the one that was chosen, the next that may.
    fn next_beside(&mut self, unreadable: &Clean) -> Option<String> {
        self.beside.front().filter(|first| Clean::line(first) == *unreadable)?;
        self.beside.pop_front();
        self.beside.front().cloned()
    }

    pub(in crate::app) fn pairs_found(&mut self, pairs: Vec<ReadPair>) {
        (self.pairs, self.changed) = (pairs, true);
    }

    pub(in crate::app) fn texts_found(&mut self, texts: Vec<Shelved>) {
        self.fill(texts);
        self.changed = true;
    }

    /// Nothing is open, and the list was closed: how to get it back.
    pub(in crate::app) fn tell_of_shelf(&self, halves: &Halves, keys: &Keys, out: &mut Out) {
        if self.begins && BOTH.into_iter().all(|side| halves.is_vacant(side)) {
            let key = keys.keymap().first_key(Context::Reading, command!("shelf")).unwrap_or_default();
            out.tell(format!("nothing is open yet; {key} shows your texts"));
        }
    }
}
