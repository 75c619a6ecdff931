//! Opening texts: from a request to a pane, and what the workers find out about it.

use std::sync::Arc;

use super::App;
use super::history::Seat;
use super::intent::Intent;
use super::joint::{Joint, Then};
use super::margin::SignKind;
use super::message::Effect;
use super::pane::{Content, Reading};
use super::scene::Scene;
use crate::anchor::Anchor;
use crate::anchor::find::Finder;
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::model::open::{Loaded, Open};
use crate::study::text::Study;
use crate::text::Place;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

impl App {
    /// Asks for a text in a pane. What is shown there stays until the text has come.
    pub fn open_text(&mut self, side: Side, what: &str) {
        self.open_at(side, what, None);
    }

    /// Asks for a text in a pane, to go to a place in it. Answers with the number of the request.
    fn open_at(&mut self, side: Side, what: &str, seat: Option<Seat>) -> u64 {
        let request = self.numbers.next();
        let reading = Reading { request, what: Clean::line(what), part: None, seat };
        let same = reading.what.clone();
        if let Some(before) = self.reading[side].replace(reading) {
            if before.what == same {
                self.intent.renumbered(before.request, request);
            } else {
                self.intent.failed(before.request);
            }
            self.effect(Effect::Forget(before.request));
        }
        if self.panes[side].open().is_none() {
            self.panes[side].content = Content::Loading(Clean::line(what));
        }
        self.effect(Effect::Load { side, request, what: what.to_owned(), begun: false });
        request
    }

    /// Asks which texts there are to open beside these.
    pub fn look_for_texts(&mut self, beside: Vec<String>) {
        self.effect(Effect::Shelf(beside));
    }

    /// Asks which drafts an earlier session left.
    pub fn look_for_drafts(&mut self) {
        self.effect(Effect::FindDrafts);
    }

    /// Opens a text across from the leading pane; when it is known well enough, it goes to the counterpart of the
    /// leading passage.
    pub(super) fn bring_to_topic(&mut self, side: Side, what: &str) {
        let request = self.open_at(side, what, None);
        self.intent = Intent::Across { loads: vec![request] };
    }

    /// Opens two texts side by side on a topic. Those that are open already stay, in the panes they are in.
    pub(super) fn open_pair_on(&mut self, [mut left, mut right]: [String; 2], topic: TopicId) {
        let open = BOTH.map(|side| self.panes[side].open().map(|o| o.request.clone()));
        if open[0].as_ref() == Some(&right) || open[1].as_ref() == Some(&left) {
            std::mem::swap(&mut left, &mut right);
        }
        if open == [Some(left.clone()), Some(right.clone())] {
            return self.hold(Some(topic));
        }
        self.leave();
        self.topic = Some(topic.clone());
        self.search = None;
        let mut loads = Vec::new();
        for (side, text, open) in [(Side::Left, left, &open[0]), (Side::Right, right, &open[1])] {
            if open.as_ref() != Some(&text) {
                loads.push(self.open_at(side, &text, None));
            }
        }
        self.intent = Intent::Topic { topic, loads, left: true };
    }

    /// Has a topic gone to as soon as the two texts are set against each other. `left`: whether where the jump began is
    /// remembered already.
    pub(super) fn go_to_topic_later(&mut self, topic: TopicId, left: bool) {
        let loads = BOTH.iter().filter_map(|side| Some(self.reading[*side].as_ref()?.request)).collect();
        self.intent = Intent::Topic { topic, loads, left };
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

    /// Notes how far the reading of a text is.
    pub(super) fn reading_goes_on(&mut self, request: u64, done: usize, of: usize) {
        for side in BOTH {
            if let Some(reading) = self.reading[side].as_mut().filter(|r| r.request == request) {
                reading.part = Some((done.min(of), of));
            }
        }
    }

    pub(super) fn loaded(&mut self, request: u64, result: Result<Box<Loaded>, Clean>) {
        // The panes may have been exchanged since it was asked for.
        let is_read = |side: &Side| self.reading[*side].as_ref().is_some_and(|r| r.request == request);
        let Some(side) = BOTH.into_iter().find(is_read) else { return };
        match result {
            Ok(loaded) if loaded.open.provisional => self.place_text(side, *loaded, None),
            Ok(loaded) => {
                let seat = self.reading[side].take().and_then(|reading| reading.seat);
                self.intent.loaded(request);
                self.place_text(side, *loaded, seat);
            }
            Err(message) => {
                let seat = self.reading[side].take().and_then(|reading| reading.seat);
                self.intent.failed(request);
                if let (Some(seat), Scene::Present(present)) = (seat, &mut self.scene) {
                    // What the pane still holds is not what the stop is about.
                    present.lost[side] = Some(Clean::line(&seat.anchor.exact));
                }
                if self.panes[side].open().is_some() {
                    self.notice = Some(message);
                } else {
                    self.panes[side].content = Content::Failed(message);
                }
            }
        }
    }

    fn place_text(&mut self, side: Side, loaded: Loaded, seat: Option<Seat>) {
        let Loaded { open, at, codebook } = loaded;
        let open = Arc::new(open);
        if let Some(line) = self.told_of(side, &open) {
            self.notice = Some(line);
        }
        if let Some(codebook) = codebook {
            self.read_codebook(codebook);
        }
        self.settle_areas();
        let same = self.panes[side].open().filter(|before| before.request == open.request).cloned();
        let reads_the_same = |before: &Arc<Open>| !before.provisional && before.text == open.text;
        let less = |before: &Arc<Open>| !before.provisional && open.provisional;
        if same.as_ref().is_some_and(|before| less(before) || (reads_the_same(before) && at.is_none())) {
            return;
        }
        match same {
            Some(before) => self.replace_text(side, &before, open, at, seat),
            None => self.show_text(side, open, at, seat),
        }
        self.foresee_again();
        self.joint = None;
        self.forget_pairing();
        self.margin[side].clear();
        self.forget_places(side);
        self.ask_notes();
        self.find_notes(side);
        self.forget_own();
        self.forget_quotations();
        self.margin[side.other()].set(SignKind::Quotation, []);
        self.study_pane(side);
        self.search_again();
        self.pair_if_studied();
    }

    /// What to tell of a text that has been read: what is wrong in it, else what was put right, which is said of a text
    /// that is new to this pane, and in the place of nothing else.
    fn told_of(&self, side: Side, open: &Open) -> Option<Clean> {
        let fault = open.warnings.iter().find(|w| w.is_fault());
        let is_new = self.notice.is_none() && self.remembered_in(side, &open.request).is_none();
        let told = fault.or_else(|| open.warnings.first().filter(|_| is_new))?;
        Some(told.line().clone())
    }

    /// A text that is read anew takes the place of the one before, and the reader stays where he or she was.
    fn replace_text(
        &mut self,
        side: Side,
        before: &Arc<Open>,
        after: Arc<Open>,
        at: Option<PassageNo>,
        seat: Option<Seat>,
    ) {
        let pane = &mut self.panes[side];
        let whole = before.provisional && !after.provisional;
        let anchor = Anchor::at(before.id.clone(), crate::import::IMPORTER_VERSION, &before.text, pane.place);
        let (line, at_start) = (pane.line, pane.place == Place::default());
        pane.show(after);
        if !at_start {
            self.find_again(side, &anchor);
            let pane = &mut self.panes[side];
            let place = pane.place;
            pane.jump(place, line);
            // The reader has begun to read: what is remembered moves nothing any more.
            self.directed[side] |= whole;
        }
        if !whole && !before.provisional {
            self.tell(format!(
                "{} has changed on disk and was read again",
                self.panes[side].open().map_or("", |o| o.name.as_str())
            ));
        }
        if whole {
            self.settle_place(side, at.filter(|_| at_start), seat);
        }
        if self.selection.as_ref().is_some_and(|s| s.side == side) {
            self.selection = None;
        }
    }

    fn show_text(&mut self, side: Side, open: Arc<Open>, at: Option<PassageNo>, seat: Option<Seat>) {
        self.remember();
        self.selection = None;
        let (provisional, name) = (open.provisional, open.name.clone());
        self.invitation = self.invitation.take().filter(|text| text.request != open.request);
        self.panes[side].show(open);
        self.directed[side] = false;
        if !provisional {
            self.settle_place(side, at, seat);
        } else if let Some(passage) = at {
            self.panes[side].jump_to_passage(passage, None);
        } else if self.leads_further(side) {
            // The beginning of a text is not shown to a reader who will be taken further on in a moment.
            self.panes[side].content = Content::Loading(name);
        }
    }

    /// Whether the reader was further on in a pane's text than its beginning.
    fn leads_further(&self, side: Side) -> bool {
        let Some(open) = self.panes[side].open() else { return false };
        let remembered = self.remembered_in(side, &open.request);
        let awaited = self.reading[side].as_ref().is_some_and(|reading| reading.seat.is_some());
        awaited || remembered.is_some_and(|anchor| anchor.passage > 1)
    }

    /// Goes to the place that was asked for in a text that is now there in full, else to where it was left.
    fn settle_place(&mut self, side: Side, at: Option<PassageNo>, seat: Option<Seat>) {
        self.directed[side] |= at.is_some() || seat.is_some();
        if let Some(passage) = at {
            self.panes[side].jump_to_passage(passage, None);
        } else if let Some(seat) = seat {
            self.sit(side, seat);
        }
        if self.is_whole() {
            self.read_tour();
            // Two places that were both asked for are a pair: a link, or a mark.
            self.pinned |= self.directed == (Sides { left: true, right: true }) && at.is_some();
            self.resume_pair(self.directed);
            self.directed = Sides { left: true, right: true };
        }
    }

    /// Whether both panes have a text, each in full.
    pub(super) fn is_whole(&self) -> bool {
        [&self.panes.left, &self.panes.right].into_iter().all(|p| p.open().is_some_and(|o| !o.provisional))
    }

    /// Puts a pane where it was, opening the text again where another one has taken its place.
    pub(super) fn sit(&mut self, side: Side, seat: Seat) {
        if self.panes[side].open().is_some_and(|o| o.request == seat.request) {
            self.find_again(side, &seat.anchor);
            if let Some(line) = seat.line {
                let pane = &mut self.panes[side];
                let place = pane.place;
                pane.jump(place, line);
            }
        } else {
            let request = seat.request.clone();
            self.open_at(side, &request, Some(seat));
        }
    }

    /// Brings the place that `anchor` names to the reading line, where it can be found.
    pub(super) fn find_again(&mut self, side: Side, anchor: &Anchor) {
        let Some(open) = self.panes[side].open().cloned() else { return };
        let found = Finder::new(&open.text).find(anchor);
        if let Some(hit) = found.hit() {
            self.panes[side].rest_on(hit.at);
        } else if let Scene::Present(present) = &mut self.scene {
            present.lost[side] = Some(Clean::line(&anchor.exact));
        }
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

    pub(super) fn studied(&mut self, version: u64, study: &Study) {
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
        self.tell_catch();
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
        self.reading.swap();
        self.directed.swap();
        self.progress.swap();
        self.margin.swap();
        self.notes.swap();
        self.swap_own();
        self.forget_quotations();
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
        self.forget_pairing();
        self.pair_if_studied();
        self.settle_areas();
    }

    /// The two texts are others than those that were set against each other, or stand the other way round.
    fn forget_pairing(&mut self) {
        self.pairing = None;
        self.asked = None;
        self.intent.texts_changed();
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
