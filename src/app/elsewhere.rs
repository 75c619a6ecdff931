//! All texts of the library on the passage that is read, and a search in all of them.
//!
//! What the index in the cache knows is shown at once; it is brought up to date meanwhile, and where that finds something
//! new, it is asked again.

use std::sync::Arc;

use super::App;
use super::overlay::{Ask, Asked, Overlay};
use super::picker::{Choice, Item, Picker, PickerKind};
use super::work::elsewhere::{FindElsewhere, Freshen, Freshening, SearchAll};
use super::work::ticket::Ticket;
use crate::app::halves::Halves;
use crate::app::out::Out;
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::link::score::told;
use crate::model::elsewhere::{Elsewhere, SearchHit};
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;

/// What was asked of the whole library.
#[derive(Debug, Default)]
pub struct WholeLibrary {
    question: Option<Question>,
    /// Held as long as the answer is wanted.
    ticket: Ticket,
    found: Vec<Elsewhere>,
    hits: Vec<SearchHit>,
    /// How many texts of how many were looked at.
    looked: Option<(usize, usize)>,
    /// How far the index is.
    index: Index,
}

#[derive(Debug, Clone)]
enum Question {
    Passage(String, PassageNo),
    Words(String, String),
}

/// How the index of the library stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Index {
    #[default]
    NotAsked,
    UnderWay(usize, usize),
    Fresh,
}

impl App {
    /// Opens a passage that was found, across from the text that is read; that of a search, in its place.
    pub(super) fn open_found(&mut self, request: &str, across: bool) {
        self.leave();
        let focus = self.halves.focus();
        let side = if across { focus.other() } else { focus };
        self.open_text(side, request);
    }
}

impl WholeLibrary {
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

    /// What stands in the list of answers where there are none.
    pub fn no_answers(&self) -> &'static str {
        match (self.index, self.looked) {
            (_, None) | (Index::UnderWay(..), _) => "looking…",
            (_, Some((done, of))) if done < of => "looking…",
            _ => "nothing in your other texts",
        }
    }

    /// What the list of answers is of, and how far they are.
    pub fn title_of_whole(&self) -> String {
        let what = match &self.question {
            Some(Question::Words(_, words)) => format!("“{}” in all your texts", Clean::line(words)),
            _ => "On this passage in all your texts".to_owned(),
        };
        let index = match self.index {
            Index::UnderWay(done, of) if of > 0 => format!(" · index {done}/{of}"),
            _ => String::new(),
        };
        match self.looked {
            Some((done, of)) if done < of => format!("{what} · {done}/{of} texts{index}"),
            _ => format!("{what}{index}"),
        }
    }

    pub(super) fn found_elsewhere(&mut self, screens: &mut Screens, found: Option<Elsewhere>, done: usize, of: usize) {
        self.looked = Some((done, of));
        if let Some(found) = found {
            let at = self.found.partition_point(|known| known.score >= found.score);
            self.found.insert(at, found);
        }
        self.refill_whole(screens, PickerKind::Elsewhere);
    }

    pub(super) fn found_in_all(&mut self, screens: &mut Screens, found: Vec<SearchHit>) {
        self.looked = Some((0, 0));
        self.hits = found;
        self.refill_whole(screens, PickerKind::FoundInAll);
    }

    /// Asks what was asked of the library, of the index as it is.
    fn ask_library_again(&mut self, halves: &Halves, topics: &Topics, out: &mut Out) {
        self.ticket = Ticket::new();
        self.looked = None;
        self.found.clear();
        self.hits.clear();
        let ticket = self.ticket.clone();
        match self.question.clone() {
            Some(Question::Passage(text, passage)) => {
                let Some(open) = halves.lead().open().filter(|open| open.request == text).cloned() else { return };
                match halves.lead().study.clone() {
                    Some(study) => {
                        let codebook = Arc::clone(topics.codebook());
                        out.ask_while(&ticket, FindElsewhere { open, study, codebook, passage });
                    }
                    None => out.tell("this text is still being studied; in a moment"),
                }
            }
            Some(Question::Words(text, words)) => out.ask_while(&ticket, SearchAll { text, words }),
            None => {}
        }
    }

    fn ask_of_library(
        &mut self,
        screens: &mut Screens,
        out: &mut Out,
        question: Question,
        text: &str,
        kind: PickerKind,
    ) {
        self.question = Some(question);
        screens.lay(Overlay::Picker(Picker::new(kind, Vec::new(), 0)));
        if !matches!(self.index, Index::UnderWay(..)) {
            self.index = Index::UnderWay(0, 0);
            out.ask_for(Freshen(text.to_owned()));
        }
    }

    pub(super) fn index_freshened(
        &mut self,
        halves: &Halves,
        topics: &Topics,
        screens: &Screens,
        out: &mut Out,
        freshening: Freshening,
    ) {
        match freshening {
            Freshening::Part(done, of) => self.index = Index::UnderWay(done, of),
            Freshening::Done(changed, told) => {
                self.index = Index::Fresh;
                if let Some(line) = told {
                    out.notice = Some(line);
                }
                if changed && screens.shows_library() {
                    self.ask_library_again(halves, topics, out);
                }
            }
        }
    }

    /// Shows what the other texts of the library have on the current passage.
    pub(super) fn look_elsewhere(&mut self, halves: &Halves, topics: &Topics, screens: &mut Screens, out: &mut Out) {
        let Some(open) = halves.lead().open().cloned() else { return out.tell("there is no text here") };
        let Some(passage) = halves.lead().current() else { return out.tell("there is no passage here") };
        let question = Question::Passage(open.request.clone(), passage);
        self.ask_of_library(screens, out, question, &open.request, PickerKind::Elsewhere);
        self.ask_library_again(halves, topics, out);
    }

    pub(super) fn search_library(
        &mut self,
        halves: &Halves,
        topics: &Topics,
        screens: &mut Screens,
        out: &mut Out,
        words: &str,
    ) {
        let Some(open) = halves.lead().open().cloned() else { return };
        if words.trim().is_empty() {
            return out.tell("no words, so no search");
        }
        let question = Question::Words(open.request.clone(), words.trim().to_owned());
        self.ask_of_library(screens, out, question, &open.request, PickerKind::FoundInAll);
        self.ask_library_again(halves, topics, out);
    }
}

impl Screens {
    /// Whether the answer to what was asked of the library is in sight.
    fn shows_library(&self) -> bool {
        matches!(self.overlay(), Some(Overlay::Picker(p)) if matches!(p.kind, PickerKind::Elsewhere | PickerKind::FoundInAll))
    }

    /// Asks for the words to search the library for.
    pub(super) fn ask_for_words(&mut self, halves: &Halves, out: &mut Out) {
        if halves.lead().open().is_none() {
            return out.tell("there is no text here");
        }
        self.lay(Overlay::Asked(Asked::new(Ask::SearchAll)));
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
