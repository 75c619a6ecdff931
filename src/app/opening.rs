//! Opening texts: from a request to a pane, and what the workers find out about it.

use std::sync::Arc;

use super::App;
use super::history::Seat;
use super::joint::{Joint, Then};
use super::message::{Effect, Loaded};
use super::pane::{Content, Open, Study};
use super::side::BOTH;
use crate::anchor::Anchor;
use crate::anchor::find::Finder;
use crate::anchor::found::Found;
use crate::link::Side;
use crate::text::Place;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;

impl App {
    /// Asks for a text in a pane. What is shown there stays until the text has come.
    pub fn open_text(&mut self, side: Side, what: &str) {
        let request = self.numbers.next();
        self.requests[side] = request;
        if self.panes[side].open().is_none() {
            self.panes[side].content = Content::Loading(Clean::line(what));
        }
        self.effect(Effect::Load { side, request, what: what.to_owned(), begun: false });
    }

    /// Asks which texts there are to open beside these.
    pub fn look_for_texts(&mut self, beside: Vec<String>) {
        self.effect(Effect::Shelf(beside));
    }

    /// Opens a text across from the leading pane; when it is known well enough, it goes to the counterpart of the
    /// leading passage.
    pub(super) fn bring_to_topic(&mut self, side: Side, what: &str) {
        self.bringing = true;
        self.open_text(side, what);
    }

    /// Has the effects that are due carried out without a message: for the first requests of a session.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    pub(super) fn reload(&mut self, side: Side) {
        if let Some(open) = self.panes[side].open() {
            let what = open.request.clone();
            self.open_text(side, &what);
        }
    }

    pub(super) fn loaded(&mut self, side: Side, request: u64, result: Result<Box<Loaded>, Clean>) {
        if request != self.requests[side] {
            return;
        }
        match result {
            Ok(loaded) => self.place_text(side, *loaded),
            Err(message) => {
                self.arriving[side] = None;
                if self.panes[side].open().is_some() {
                    self.notice = Some(message);
                } else {
                    self.panes[side].content = Content::Failed(message);
                }
            }
        }
    }

    fn place_text(&mut self, side: Side, loaded: Loaded) {
        let Loaded { open, at, codebook } = loaded;
        let open = Arc::new(open);
        if let Some(warning) = open.warnings.first() {
            self.notice = Some(warning.clone());
        }
        if let Some(codebook) = codebook {
            self.replace_codebook(codebook);
        }
        self.settle_areas();
        let same = self.panes[side].open().filter(|before| before.id == open.id).cloned();
        let reads_the_same = |before: &Arc<Open>| !before.provisional && before.text == open.text;
        if same.as_ref().is_some_and(reads_the_same) && at.is_none() {
            return;
        }
        match same {
            Some(before) => self.replace_text(side, &before, open),
            None => self.show_text(side, open, at),
        }
        self.joint = None;
        self.asked = None;
        self.pairing = None;
        self.study_pane(side);
        self.search_again();
        self.pair_if_studied();
        if !self.pinned {
            self.moved();
        }
    }

    /// A text that is read anew takes the place of the one before, and the reader stays where he or she was.
    fn replace_text(&mut self, side: Side, before: &Arc<Open>, after: Arc<Open>) {
        let pane = &mut self.panes[side];
        let anchor = Anchor::at(before.id.clone(), crate::import::IMPORTER_VERSION, &before.text, pane.place);
        let (line, at_start) = (pane.line, pane.place == Place::default());
        pane.show(after);
        if !at_start {
            self.find_again(side, &anchor);
            let pane = &mut self.panes[side];
            let place = pane.place;
            pane.jump(place, line);
        }
        if self.selection.as_ref().is_some_and(|s| s.side == side) {
            self.selection = None;
        }
    }

    fn show_text(&mut self, side: Side, open: Arc<Open>, at: Option<PassageNo>) {
        self.remember();
        self.selection = None;
        let (provisional, name) = (open.provisional, open.name.clone());
        self.panes[side].show(open);
        let seat = self.arriving[side].take();
        self.directed[side] = at.is_some() || seat.is_some();
        if let Some(passage) = at {
            self.panes[side].jump_to_passage(passage, None);
        } else if let Some(seat) = seat
            && !self.sit(side, seat.clone())
            && provisional
        {
            self.arriving[side] = Some(seat);
            self.panes[side].content = Content::Loading(name);
        }
        if self.versions().is_some() {
            let found = self.resume_pair(self.directed);
            for side in BOTH {
                // The beginning of a text is not shown to a reader who will be taken further on in a moment.
                let beginning =
                    self.panes[side].open().filter(|o| o.provisional && !found[side]).map(|o| o.name.clone());
                self.directed[side] = beginning.is_none();
                if let Some(name) = beginning {
                    self.panes[side].content = Content::Loading(name);
                }
            }
        }
    }

    /// Puts a pane where it was, opening the text again where another one has taken its place. Says whether it is there.
    pub(super) fn sit(&mut self, side: Side, seat: Seat) -> bool {
        if self.panes[side].open().is_some_and(|o| o.request == seat.request) {
            if !self.find_again(side, &seat.anchor) {
                return false;
            }
            if let Some(line) = seat.line {
                let pane = &mut self.panes[side];
                let place = pane.place;
                pane.jump(place, line);
            }
            true
        } else {
            let request = seat.request.clone();
            self.arriving[side] = Some(seat);
            self.open_text(side, &request);
            false
        }
    }

    /// Brings the place that `anchor` names to the reading line. Says whether it was found.
    pub(super) fn find_again(&mut self, side: Side, anchor: &Anchor) -> bool {
        let Some(open) = self.panes[side].open().cloned() else { return false };
        let found = Finder::new(&open.text).find(anchor);
        // Words that stand elsewhere in the beginning of a text may stand at their place in the rest.
        let certain = !open.provisional || matches!(found, Found::Exact(_));
        let Some(hit) = found.hit().filter(|_| certain) else { return false };
        self.panes[side].jump_to(hit.at);
        true
    }

    /// Has the workers study what is in a pane; not a beginning, which the whole is about to replace.
    pub(super) fn study_pane(&mut self, side: Side) {
        let Some(open) = self.panes[side].open().filter(|o| !o.provisional).cloned() else { return };
        self.effect(Effect::Study {
            open,
            codebook: Arc::clone(&self.codebook),
            version: self.codebook_version,
            known: self.panes[side].study.clone(),
        });
    }

    pub(super) fn studied(&mut self, version: u64, study: Study) {
        if study.codebook != self.codebook_version {
            return;
        }
        for side in BOTH {
            if self.panes[side].open().is_some_and(|o| o.version == version) {
                self.panes[side].study = Some(study.clone());
                self.progress[side] = None;
            }
        }
        self.pair_if_studied();
        self.refill_topics();
    }

    /// Has two studied texts set against each other.
    fn pair_if_studied(&mut self) {
        let (Some(versions), Some((left, right))) = (self.versions(), self.studies()) else { return };
        let (Some(a), Some(b)) = (self.panes.left.open().cloned(), self.panes.right.open().cloned()) else { return };
        self.effect(Effect::Pair { versions, left, right });
        self.effect(Effect::Suggest { versions, texts: (a, b), codebook: Arc::clone(&self.codebook) });
    }

    /// Exchanges the panes, with everything that hangs on them.
    pub(super) fn swap_panes(&mut self) {
        self.remember();
        self.panes.swap();
        self.requests.swap();
        self.arriving.swap();
        self.progress.swap();
        self.focus = self.focus.other();
        if let Some(search) = &mut self.search {
            search.found.swap();
            search.origin.swap();
        }
        if let Some(selection) = &mut self.selection {
            selection.side = selection.side.other();
        }
        if let Some(joint) = &mut self.joint {
            joint.lead = joint.lead.other();
        }
        for pair in self.last_pairs.values_mut() {
            *pair = (pair.1, pair.0);
        }
        self.asked = None;
        self.pairing = None;
        self.pair_if_studied();
        self.settle_areas();
    }

    /// Asks again what the joint said, where a changed codebook has made it stale.
    pub(super) fn ask_joint_again(&mut self) {
        if let Some(Joint { from, lead, .. }) = self.joint.take()
            && lead == self.focus
        {
            self.ask(from, Then::Tell);
        }
    }
}
