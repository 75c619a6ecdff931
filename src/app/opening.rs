//! Opening texts: from a request to a text in its pane, and to the workers' first answers about it.

use std::sync::Arc;

use super::App;
use super::intent::Intent;
use super::margin::SignKind;
use super::message::{Effect, Terminal};
use super::overlay::{Ask, Asked, Overlay};
use super::pane::{Content, Reading};
use super::scene::Scene;
use super::work::drafts::FindDrafts;
use super::work::load::Load;
use super::work::pair::Pair;
use super::work::shelf::FindTexts;
use super::work::study::StudyText;
use super::work::suggest::Suggest;
use super::work::ticket::Ticket;
use super::work::topics::ReadTopics;
use crate::anchor::Anchor;
use crate::anchor::find::Finder;
use crate::app::halves::{Halves, TwoSided};
use crate::app::keys::Keys;
use crate::app::memory::{Memory, Seat};
use crate::app::out::Out;
use crate::app::scene::Screens;
use crate::app::topics::Topics;
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
        self.halves.open_at(&mut self.intent, &mut self.out, side, what, None);
    }

    /// Opens two texts side by side on a topic. Those that are open already stay, in the panes they are in.
    pub(super) fn open_pair_on(&mut self, [mut left, mut right]: [String; 2], topic: TopicId) {
        let open = BOTH.map(|side| self.halves.pane(side).open().map(|o| o.request.clone()));
        if open[0].as_ref() == Some(&right) || open[1].as_ref() == Some(&left) {
            std::mem::swap(&mut left, &mut right);
        }
        if open == [Some(left.clone()), Some(right.clone())] {
            return self.hold(Some(topic));
        }
        self.leave();
        self.topics.hold(Some(topic.clone()));
        self.search = None;
        let mut loads = Vec::new();
        for (side, text, open) in [(Side::Left, left, &open[0]), (Side::Right, right, &open[1])] {
            if open.as_ref() != Some(&text) {
                loads.push(self.halves.open_at(&mut self.intent, &mut self.out, side, &text, None));
            }
        }
        self.intent = Intent::Topic { topic, loads, left: true };
    }

    pub(super) fn reload(&mut self, side: Side) {
        if let Some(open) = self.halves.pane(side).open() {
            let what = open.request.clone();
            self.open_text(side, &what);
        }
    }

    pub(super) fn loaded(&mut self, request: u64, result: Result<Box<Loaded>, Clean>) {
        // The panes may have been exchanged since it was asked for.
        let is_read = |side: &Side| self.halves.reading(*side).is_some_and(|r| r.request == request);
        let Some(side) = BOTH.into_iter().find(is_read) else { return };
        match result {
            Ok(loaded) if loaded.open.provisional => self.place_text(side, *loaded, None),
            Ok(loaded) => {
                let seat = self.halves.take_reading(side).and_then(|reading| reading.seat);
                self.intent.loaded(request);
                self.place_text(side, *loaded, seat);
                self.go_where_it_is_read(request, side);
            }
            Err(message) => {
                let Some(Reading { what, seat, .. }) = self.halves.take_reading(side) else { return };
                self.intent.failed(request);
                if let (Some(seat), Scene::Present(present)) = (seat, self.screens.scene_mut()) {
                    // What the pane still holds is not what the stop is about.
                    present.lost[side] = Some(Clean::line(&seat.anchor.exact));
                }
                self.not_read(side, &what, message);
            }
        }
    }

    fn place_text(&mut self, side: Side, loaded: Loaded, seat: Option<Seat>) {
        let Loaded { open, at, to, codebook } = loaded;
        let open = Arc::new(open);
        if let Some(line) = self.memory.told_of(&self.keys, &self.out, side, &open) {
            self.out.notice = Some(line.into());
        }
        if let Some(codebook) = codebook {
            self.read_codebook(codebook);
        }
        self.halves.settle(self.settings.measure);
        let same = self.halves.pane(side).open().filter(|before| before.request == open.request).cloned();
        let reads_the_same = |before: &Arc<Open>| !before.provisional && before.text == open.text;
        let less = |before: &Arc<Open>| !before.provisional && open.provisional;
        if same.as_ref().is_some_and(less) {
            return;
        }
        if same.as_ref().is_some_and(reads_the_same) {
            // Nothing is new in it; where a passage was asked for, that is where the reader goes.
            if let Some(passage) = at {
                self.halves.select_passages(side, at.zip(to));
                self.halves.pane_mut(side).jump_to_passage(passage, None);
                // The pair that was in sight is left; where both places are asked for, the other text is still to come.
                self.hinge.set_pinned(false);
                self.hinge.forget_joint();
                self.moved();
            }
            return;
        }
        match same {
            Some(before) => self.replace_text(side, &before, open, at, seat),
            None => self.show_text(side, open, at, seat),
        }
        self.halves.select_passages(side, at.zip(to));
        self.screens.forget_foreseen();
        self.hinge.forget_joint();
        self.hinge.forget_pinned_pair();
        self.hinge.forget_pairing(&mut self.intent);
        self.versions.forget_alignment(&self.halves, &mut self.hinge, &self.settings, &mut self.out);
        self.halves.margin_mut(side).clear();
        self.halves.forget_places(side);
        self.halves.watch_files(&mut self.out);
        self.notes.ask_notes(&self.halves, &mut self.out);
        self.notes.tell_left(&self.halves, &self.keys, &mut self.out);
        self.notes.find_notes(&mut self.halves, &mut self.out, side);
        self.halves.find_strays(&mut self.out, side);
        self.links.forget_own(&mut self.halves, &self.made, &mut self.out);
        self.links.forget_texts();
        self.topics.forget_proposals();
        self.screens.leave_loom();
        self.halves.margin_mut(side.other()).set(SignKind::Quotation, []);
        self.halves.study_pane(&self.topics, &mut self.out, side);
        self.versions.align_unasked(&self.halves, &self.hinge, &mut self.out, false);
        if let Some(search) = &mut self.search {
            search.send(&self.halves, &mut self.out);
        }
        self.halves.pair_if_studied(&self.topics, &mut self.out);
    }

    /// A reloaded text replaces the one before, and the reader's position is kept.
    fn replace_text(
        &mut self,
        side: Side,
        before: &Arc<Open>,
        after: Arc<Open>,
        at: Option<PassageNo>,
        seat: Option<Seat>,
    ) {
        let pane = self.halves.pane_mut(side);
        let whole = before.provisional && !after.provisional;
        let anchor = Anchor::at(before.id.clone(), crate::import::IMPORTER_VERSION, &before.text, pane.place);
        let (line, at_start) = (pane.line, pane.place == Place::default());
        pane.show(after);
        if !at_start {
            self.halves.find_again(&mut self.screens, side, &anchor);
            let pane = self.halves.pane_mut(side);
            let place = pane.place;
            pane.jump(place, line);
            // The reader has begun to read: what is remembered moves nothing any more.
            self.halves.direct(side, whole);
        }
        if !whole
            && !before.provisional
            && let Some(after) = self.halves.pane(side).open()
        {
            let turned = self.keys.said_of_turned_pages(before, after);
            self.out.tell(turned.unwrap_or_else(|| format!("{} has changed on disk and was read again", after.name)));
        }
        if whole {
            self.settle_place(side, at.filter(|_| at_start), seat);
        }
        self.halves.unselect(side);
    }

    fn show_text(&mut self, side: Side, open: Arc<Open>, at: Option<PassageNo>, seat: Option<Seat>) {
        // On the way to another pair the other pane may stand where it is to be beside the new text.
        if seat.is_none() {
            self.remember();
        }
        self.halves.unselect(side);
        let (provisional, name) = (open.provisional, open.name.clone());
        self.shelf.was_opened(&open.request);
        self.halves.pane_mut(side).show(open);
        self.halves.undirect(side);
        if !provisional {
            self.settle_place(side, at, seat);
        } else if let Some(passage) = at {
            self.halves.pane_mut(side).jump_to_passage(passage, None);
        } else if self.memory.leads_further(&self.halves, side) {
            // The beginning of a text is not shown to a reader who will be taken further on in a moment.
            self.halves.pane_mut(side).content = Content::Loading(name);
        }
    }

    /// Goes to the place that was asked for in a text that is now there in full, else to where it was left.
    fn settle_place(&mut self, side: Side, at: Option<PassageNo>, seat: Option<Seat>) {
        self.halves.direct(side, at.is_some() || seat.is_some());
        if let Some(passage) = at {
            self.halves.pane_mut(side).jump_to_passage(passage, None);
        } else if let Some(seat) = seat {
            self.halves.sit(&mut self.screens, &mut self.intent, &mut self.out, side, seat);
        } else if let Some(open) = self.halves.pane(side).open().filter(|o| o.text.opens().0 > 1).cloned()
            && self.memory.remembered_in(side, &open.request).is_none()
            && self.halves.pane(side).place == Place::default()
        {
            // Whoever opens a book for the first time is shown the book, not its imprint.
            self.halves.pane_mut(side).jump(Place::new(open.text.opening() as u32, 0), 0);
        }
        if self.halves.are_whole() {
            self.halves.read_tour(&self.screens, &mut self.out);
            // Two places that were both asked for are a pair: a link, or a mark.
            if self.halves.directed() == (Sides { left: true, right: true }) && at.is_some() {
                self.hinge.set_pinned(true);
            }
            self.resume_pair(self.halves.directed());
            for side in BOTH {
                self.halves.direct(side, true);
            }
        }
    }

    pub(super) fn studied(&mut self, version: u64, study: &Study) {
        if study.codebook != self.topics.version() {
            return;
        }
        for side in BOTH {
            if self.halves.pane(side).open().is_some_and(|o| o.version == version) {
                self.halves.pane_mut(side).study = Some(study.clone());
                self.halves.note_progress(side, None);
            }
        }
        if self.halves.lead().study.is_some() {
            self.out.looked_through();
        }
        self.whole.text_studied(&self.screens, &self.halves, &self.topics, &mut self.out);
        self.halves.pair_if_studied(&self.topics, &mut self.out);
        self.refill_topics();
        if let Some(said) = self.topics.said_of_catch(&self.halves, &self.made, &self.keys) {
            self.out.tell(said);
        }
    }

    /// Exchanges the panes, with everything that hangs on them.
    pub(super) fn swap_panes(&mut self) {
        self.remember();
        self.two_sided().into_iter().for_each(TwoSided::turn);
        self.links.settle_own(&mut self.halves);
        self.hinge.turn_pairing(&mut self.intent, self.halves.studies().is_some());
        self.halves.pair_if_studied(&self.topics, &mut self.out);
        self.halves.settle(self.settings.measure);
    }

    /// The parts that know which text is the left one.
    fn two_sided(&mut self) -> impl IntoIterator<Item = &mut dyn TwoSided> {
        let search = self.search.as_mut().map(|search| search as &mut dyn TwoSided);
        let others: [&mut dyn TwoSided; 6] = [
            &mut self.halves,
            &mut self.hinge,
            &mut self.topics,
            &mut self.links,
            &mut self.versions,
            &mut self.screens,
        ];
        others.into_iter().chain(search)
    }
}

impl Out {
    /// Asks which drafts an earlier session left.
    pub fn look_for_drafts(&mut self) {
        self.ask_for(FindDrafts);
    }

    /// Asks which texts there are to open beside these.
    pub fn look_for_texts(&mut self, beside: Vec<String>) {
        self.ask_for(FindTexts(beside));
    }

    /// Asks for the topics, which were not read before the first screen.
    pub fn read_topics(&mut self) {
        self.ask_for(ReadTopics);
    }
}

impl Halves {
    /// Notes how far the reading of a text is.
    pub(super) fn reading_goes_on(&mut self, request: u64, done: usize, of: usize) {
        for side in BOTH {
            if let Some(reading) = self.reading_mut(side).filter(|r| r.request == request) {
                reading.part = Some((done.min(of), of));
            }
        }
    }

    /// How far the study of a text is, in percent; `None` where it has ended.
    pub(super) fn study_goes_on(&mut self, version: u64, percent: Option<u8>) {
        for side in BOTH {
            if self.pane(side).open().is_some_and(|o| o.version == version) {
                self.note_progress(side, percent.filter(|percent| *percent < 100));
            }
        }
    }

    /// Has the files of the open texts watched, and the files kept with them, some of which may be new.
    pub(super) fn watch_files(&mut self, out: &mut Out) {
        let texts = Sides::from_fn(|side| self.pane(side).open().map(|open| open.request.clone()));
        out.effect(Effect::Terminal(Terminal::Watch(texts)));
    }

    /// Has the workers study a pane's text, unless it is only the beginning of one that is still being read.
    pub(super) fn study_pane(&mut self, topics: &Topics, out: &mut Out, side: Side) {
        let Some(open) = self.pane(side).open().filter(|o| !o.provisional).cloned() else { return };
        let known = self.pane(side).study.clone();
        out.ask_for(StudyText { open, codebook: Arc::clone(topics.codebook()), version: topics.version(), known });
    }

    /// Has two studied texts set against each other.
    fn pair_if_studied(&mut self, topics: &Topics, out: &mut Out) {
        let studied = self.studies().filter(|(l, r)| [l, r].iter().all(|study| study.codebook == topics.version()));
        let (Some(versions), Some((left, right))) = (self.versions(), studied) else { return };
        let Some(texts) = self.both_open() else { return };
        out.ask_for(Pair { versions, left, right });
        out.ask_for(Suggest { versions, texts, codebook: Arc::clone(topics.codebook()) });
    }

    /// Brings the place that `anchor` names to the reading line. Whether it was found.
    pub(super) fn find_again(&mut self, screens: &mut Screens, side: Side, anchor: &Anchor) -> bool {
        let Some(open) = self.pane(side).open().cloned() else { return false };
        let found = Finder::new(&open.text).find(anchor);
        if let Some(hit) = found.hit() {
            self.pane_mut(side).rest_on(hit.at);
        } else if let Scene::Present(present) = screens.scene_mut() {
            present.lost[side] = Some(Clean::line(&anchor.exact));
        }
        found.hit().is_some()
    }

    fn ask_for_text(
        &mut self,
        intent: &mut Intent,
        out: &mut Out,
        side: Side,
        what: &str,
        seat: Option<Seat>,
        as_in_file: Option<bool>,
    ) -> u64 {
        let request = out.number();
        let ticket = Ticket::new();
        let by_file = seat.as_ref().is_some_and(|seat| seat.named_by.is_some());
        out.ask_while(&ticket, Load { request, what: what.to_owned(), as_in_file, begun: false, by_file });
        let reading = Reading { request, what: Clean::line(what), part: None, seat, ticket };
        let same = reading.what.clone();
        if let Some(before) = self.read_for(side, reading) {
            if before.what == same {
                intent.renumbered(before.request, request);
            } else {
                intent.failed(before.request);
            }
        }
        if self.pane(side).open().is_none() {
            self.pane_mut(side).content = Content::Loading(Clean::line(what));
        }
        request
    }

    /// Asks for a text in a pane, to go to a place in it. Answers with the number of the request.
    fn open_at(&mut self, intent: &mut Intent, out: &mut Out, side: Side, what: &str, seat: Option<Seat>) -> u64 {
        self.ask_for_text(intent, out, side, what, seat, None)
    }

    /// The reader has said that a text outside the library is to be opened.
    pub(super) fn open_outside(&mut self, intent: &mut Intent, out: &mut Out, side: Side, seat: Seat) {
        let request = seat.request.clone();
        self.open_at(intent, out, side, &request, Some(Seat { named_by: None, ..seat }));
    }

    /// The same, with its pages as they stand in the file, or in the order that the import finds.
    pub(super) fn open_with_pages(
        &mut self,
        intent: &mut Intent,
        out: &mut Out,
        side: Side,
        what: &str,
        as_in_file: bool,
    ) {
        self.ask_for_text(intent, out, side, what, None, Some(as_in_file));
    }

    /// Opens a text across from the leading pane; when it is known well enough, it goes to the counterpart of the
    /// leading passage.
    pub(super) fn bring_to_topic(&mut self, intent: &mut Intent, out: &mut Out, side: Side, what: &str) {
        let from = self.pane(side.other()).open().map_or_else(String::new, |open| open.request.clone());
        let request = self.open_at(intent, out, side, what, None);
        *intent = Intent::Across { loads: vec![request], from };
    }

    /// A file names a text that is not in the library: asks whether it is to be opened.
    pub(super) fn ask_to_open(&mut self, screens: &mut Screens, intent: &mut Intent, out: &mut Out, request: u64) {
        let is_read = |side: &Side| self.reading(*side).is_some_and(|r| r.request == request);
        let Some(side) = BOTH.into_iter().find(is_read) else { return };
        let Some(Reading { what, seat, .. }) = self.take_reading(side) else { return };
        intent.failed(request);
        let outside = seat.as_ref().map_or_else(|| what.clone(), Seat::told_outside);
        if self.pane(side).open().is_none() {
            self.pane_mut(side).content = Content::Failed(outside.clone());
        }
        match seat {
            Some(seat) if screens.overlay().is_none() => {
                screens.lay(Overlay::Asked(Asked::new(Ask::Open(side, Box::new(seat)))));
            }
            _ => out.notice = Some(outside.into()),
        }
    }

    /// Puts a pane where it was, opening the text again where another one has taken its place.
    pub(super) fn sit(&mut self, screens: &mut Screens, intent: &mut Intent, out: &mut Out, side: Side, seat: Seat) {
        if self.pane(side).open().is_some_and(|o| o.request == seat.request) {
            self.sits_in_what_is_open(intent, side, &seat);
            let is_found = self.find_again(screens, side, &seat.anchor);
            self.tell_of_lost(screens, out, side, is_found);
            if let Some(line) = seat.line {
                let pane = self.pane_mut(side);
                let place = pane.place;
                pane.jump(place, line);
            }
        } else {
            let request = seat.request.clone();
            self.open_at(intent, out, side, &request, Some(seat));
        }
    }

    /// Tells that a pane could not be put where it was: its text is not what it was. A presentation shows it as it is.
    fn tell_of_lost(&self, screens: &Screens, out: &mut Out, side: Side, is_found: bool) {
        let is_whole = self.pane(side).open().is_some_and(|open| !open.provisional);
        if !is_found && is_whole && !matches!(screens.scene(), Scene::Present(_)) {
            out.tell(format!("its passage is not in {} any more, or not for certain", self.name_of(side)));
        }
    }

    /// The reader goes to a place in the text that is open: another one that is still being read is not wanted any more, and
    /// where it is this one, it is not to be left for another place when it comes.
    fn sits_in_what_is_open(&mut self, intent: &mut Intent, side: Side, seat: &Seat) {
        let is_provisional = self.pane(side).open().is_some_and(|open| open.provisional);
        let Some(reading) = self.reading_mut(side) else { return };
        if is_provisional || reading.what.as_str() == seat.request {
            reading.seat = reading.seat.take().map(|_| seat.clone());
        } else if let Some(reading) = self.take_reading(side) {
            intent.failed(reading.request);
        }
    }
}

impl Memory {
    /// Whether the reader was further on in a pane's text than its beginning.
    fn leads_further(&self, halves: &Halves, side: Side) -> bool {
        let Some(open) = halves.pane(side).open() else { return false };
        let remembered = self.remembered_in(side, &open.request);
        let awaited = halves.reading(side).is_some_and(|reading| reading.seat.is_some());
        awaited || remembered.is_some_and(|anchor| anchor.passage > 1)
    }

    /// What to tell of a text that has been read: what is wrong in it, else what was put right, which is said of a text
    /// that is new to this pane, and in the place of nothing else.
    fn told_of(&self, keys: &Keys, out: &Out, side: Side, open: &Open) -> Option<Clean> {
        // Of moved pages the header says more than the first line of an import: the key that takes it back.
        if let Some(words) = keys.moved_pages(open).filter(|_| self.remembered_in(side, &open.request).is_none()) {
            return Some(Clean::line(&format!("{}: {words}", open.name)));
        }
        let fault = open.warnings.iter().find(|w| w.is_fault());
        let is_new = out.notice.is_none() && self.remembered_in(side, &open.request).is_none();
        let left = || open.warnings.iter().find(|w| w.is_told_to_readers());
        let told = fault.or_else(|| left().or(open.warnings.first()).filter(|_| is_new))?;
        Some(told.line().clone())
    }
}

impl Intent {
    /// Has a topic gone to as soon as the two texts are set against each other. `left`: whether where the jump began is
    /// remembered already.
    pub(super) fn go_to_topic_later(&mut self, halves: &Halves, topic: TopicId, left: bool) {
        let loads = BOTH.iter().filter_map(|side| Some(halves.reading(*side)?.request)).collect();
        *self = Intent::Topic { topic, loads, left };
    }
}
