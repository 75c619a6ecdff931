//! Asking the whole library, and what it answers.

use std::sync::Arc;

use super::{Index, Question, WholeLibrary};
use crate::app::App;
use crate::app::halves::Halves;
use crate::app::out::Out;
use crate::app::overlay::{Ask, Asked, Overlay};
use crate::app::picker::{Choice, Item, Picker, PickerKind};
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::app::work::elsewhere::{FindElsewhere, Freshening, LookAtIndex, SearchAll};
use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::link::score::told;
use crate::model::elsewhere::{Elsewhere, SearchHit};
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;

impl App {
    /// Shows what the other texts of the library have on the current passage.
    pub(in crate::app) fn look_elsewhere(&mut self) {
        let Some(open) = self.halves.lead().open().cloned() else { return self.out.tell("there is no text here") };
        let Some(passage) = self.halves.lead().current() else { return self.out.tell("there is no passage here") };
        let question = Question::Passage(open.request.clone(), passage);
        self.ask_of_library(question, &open.request, PickerKind::Elsewhere);
    }

    /// Searches the whole library for words.
    pub(in crate::app) fn search_library(&mut self, words: &str) {
        let Some(open) = self.halves.lead().open().cloned() else { return };
        if words.trim().is_empty() {
            return self.out.tell("nothing typed, so nothing was searched");
        }
        let question = Question::Words(open.request.clone(), words.trim().to_owned());
        self.ask_of_library(question, &open.request, PickerKind::FoundInAll);
    }

    /// Asks for the words to search the library for. The index is looked after while they are typed, so that the first answer
    /// need not wait for it.
    pub(in crate::app) fn ask_for_words(&mut self) {
        let Some(open) = self.halves.lead().open().cloned() else { return self.out.tell("there is no text here") };
        self.screens.lay(Overlay::Asked(Asked::new(Ask::SearchAll)));
        self.whole.freshen(&open.request, &mut self.out);
    }

    /// Opens a passage that was found, across from the text that is read; that of a search, in its place.
    pub(in crate::app) fn open_found(&mut self, request: &str, across: bool) {
        self.leave();
        let focus = self.halves.focus();
        // A text that is open is gone to where it is: it is not put beside itself.
        let is_in = |side: Side, text: &str| self.halves.pane(side).open().is_some_and(|open| open.request == text);
        let found = request.rsplit_once(':').and_then(|(text, passage)| Some((text, passage.parse::<u32>().ok()?)));
        if let Some((text, passage)) = found.filter(|(text, _)| is_in(focus, text) || is_in(focus.other(), text)) {
            self.halves.lead_with(if is_in(focus, text) { focus } else { focus.other() });
            self.halves.lead_mut().jump_to_passage(PassageNo(passage), None);
            return self.moved();
        }
        let side = if across { focus.other() } else { focus };
        self.open_text(side, request);
    }

    /// The index was brought up to date, or is a step nearer to it.
    pub(in crate::app) fn index_freshened(&mut self, freshening: Freshening) {
        match freshening {
            Freshening::Part(done, of) => self.whole.index = Index::UnderWay(done, of),
            Freshening::Done { changed, told, left } => {
                (self.whole.index, self.whole.left) = (Index::Fresh, left);
                if let Some(line) = told {
                    self.out.notice = Some(line.into());
                }
                if changed && self.screens.shows_library() {
                    self.whole.ask_again(&self.halves, &self.topics, &mut self.out);
                }
                self.whole.tell_left(&self.screens, &mut self.out);
            }
        }
    }

    fn ask_of_library(&mut self, question: Question, text: &str, kind: PickerKind) {
        self.whole.question = Some(question);
        self.screens.lay(Overlay::Picker(Picker::new(kind, Vec::new(), 0)));
        self.whole.freshen(text, &mut self.out);
        self.whole.ask_again(&self.halves, &self.topics, &mut self.out);
    }
}

impl WholeLibrary {
    /// Has the index of a text's library brought up to date, unless that is being done.
    fn freshen(&mut self, text: &str, out: &mut Out) {
        if !matches!(self.index, Index::UnderWay(..)) {
            self.index = Index::UnderWay(0, 0);
            out.ask_for(LookAtIndex(text.to_owned()));
        }
    }

    /// Says what was not looked through, once all the rest was.
    pub(in crate::app) fn tell_left(&self, screens: &Screens, out: &mut Out) {
        let is_answered = self.index == Index::Fresh && self.looked.is_some_and(|(done, of)| done >= of);
        if let Some(left) = self.left.as_ref().filter(|_| is_answered && screens.shows_library()) {
            out.tell(left.as_str());
        }
    }

    /// Asks what was asked of the library, of the index as it is.
    fn ask_again(&mut self, halves: &Halves, topics: &Topics, out: &mut Out) {
        let ticket = self.begin();
        match self.question.clone() {
            Some(Question::Passage(text, passage)) => {
                let lead = halves.lead();
                self.awaits_study = lead.study.is_none();
                let Some(open) = lead.open().filter(|open| open.request == text).cloned() else { return };
                match lead.study.clone() {
                    Some(study) => {
                        let codebook = Arc::clone(topics.codebook());
                        out.ask_while(&ticket, FindElsewhere { open, study, codebook, passage });
                    }
                    None => out.tell_still_looking(),
                }
            }
            Some(Question::Words(text, words)) => out.ask_while(&ticket, SearchAll { text, words }),
            None => {}
        }
    }

    /// Begins anew: what was found is dropped, and what is still under way is not wanted any more.
    fn begin(&mut self) -> Ticket {
        self.ticket = Ticket::new();
        (self.looked, self.has_failed, self.awaits_study) = (None, false, false);
        self.found.clear();
        self.hits.clear();
        self.ticket.clone()
    }

    /// A text was studied: what waited for that is asked.
    pub(in crate::app) fn text_studied(&mut self, screens: &Screens, halves: &Halves, topics: &Topics, out: &mut Out) {
        if self.awaits_study && screens.shows_library() && halves.lead().study.is_some() {
            self.ask_again(halves, topics, out);
        }
    }

    /// A text could not be studied: what waited for that will not be answered.
    pub(in crate::app) fn text_not_studied(&mut self) {
        if std::mem::take(&mut self.awaits_study) {
            self.has_failed = true;
        }
    }

    /// What was asked will not be answered.
    pub(in crate::app) fn not_answered(&mut self) {
        self.has_failed = true;
    }

    /// The index could not be brought up to date: that is tried again with the next question.
    pub(in crate::app) fn not_freshened(&mut self) {
        (self.index, self.has_failed) = (Index::NotAsked, true);
    }

    pub(in crate::app) fn found_elsewhere(
        &mut self,
        screens: &mut Screens,
        found: Option<Elsewhere>,
        done: usize,
        of: usize,
    ) {
        self.looked = Some((done, of));
        if let Some(found) = found {
            let at = self.found.partition_point(|known| known.score >= found.score);
            self.found.insert(at, found);
        }
        self.refill_whole(screens, PickerKind::Elsewhere);
    }

    pub(in crate::app) fn found_in_all(
        &mut self,
        screens: &mut Screens,
        (found, done, of): (Vec<SearchHit>, usize, usize),
    ) {
        self.looked = Some((done, of));
        self.hits = found;
        self.refill_whole(screens, PickerKind::FoundInAll);
    }

    fn refill_whole(&mut self, screens: &mut Screens, kind: PickerKind) {
        let items = match kind {
            PickerKind::Elsewhere => self.found.iter().map(item_of).collect(),
            _ => self.hits.iter().map(item_of_hit).collect(),
        };
        if let Some(Overlay::Picker(picker)) = screens.overlay_mut()
            && picker.kind == kind
        {
            picker.refill(items);
        }
    }
}

impl Screens {
    /// Whether the answer to what was asked of the library is in sight.
    fn shows_library(&self) -> bool {
        matches!(self.overlay(), Some(Overlay::Picker(p)) if matches!(p.kind, PickerKind::Elsewhere | PickerKind::FoundInAll))
    }
}

fn item_of(found: &Elsewhere) -> Item {
    Item {
        label: found.title.to_string(),
        // A long title may be cut, the number of the passage not.
        detail: format!("¶{}  {}", found.passage, told(found.score)),
        about: format!("because: {} · {}", found.because.join(", "), found.words),
        depth: 0,
        dim: false,
        choice: Choice::Found { request: format!("{}:{}", found.request, found.passage), across: true },
    }
}

fn item_of_hit(hit: &SearchHit) -> Item {
    Item {
        label: hit.title.to_string(),
        detail: format!("¶{}", hit.passage),
        about: Clean::line(&hit.words).as_str().to_owned(),
        depth: 0,
        dim: false,
        choice: Choice::Found { request: format!("{}:{}", hit.request, hit.passage), across: false },
    }
}
