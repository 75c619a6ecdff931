//! Questions answered in one line: the words of a quick note, a folder for what could not be saved.

use std::sync::Arc;

use crate::app::App;
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::links::Links;
use crate::app::out::Out;
use crate::app::overlay::{Ask, Asked, Followed, Overlay};
use crate::app::scene::Scene;
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::app::work::export::Export as ExportWork;
use crate::link::Side;
use crate::model::exporting::{Export, Exporting, Studied};
use crate::model::notes::Draft;
use crate::text::clean::Clean;

impl App {
    /// Takes the answer to an open question; `false` where none is open.
    pub(in crate::app) fn answer_asked(&mut self) -> bool {
        let Some(Overlay::Asked(_)) = self.screens.overlay() else { return false };
        let Some(Overlay::Asked(asked)) = self.screens.take_overlay() else { return false };
        let answer = asked.input.value().to_owned();
        match asked.ask {
            Ask::Jot(draft) => {
                let draft = Draft { body: answer, ..*draft };
                if draft.says_something() {
                    self.notes.save_draft(&self.screens, &mut self.made, &mut self.out, draft);
                } else {
                    self.notes.drop_draft(&mut self.made, &mut self.out, draft.number);
                    self.out.tell("no words, so no note");
                }
            }
            Ask::SaveNotesTo => self.notes.save_notes_to(&self.screens, &mut self.out, &answer),
            Ask::Export(what) if answer.trim().is_empty() => {
                let name = self.halves.usual_file(what);
                self.export(what, &name, false);
            }
            Ask::Export(what) => self.export(what, answer.trim(), false),
            Ask::Replace(what, path) if is_yes(&answer) => self.export(what, &path, true),
            Ask::Replace(_, path) => self.out.tell(format!("{path} is as it was")),
            Ask::Narrow => self.screens.narrow_map(&answer, &self.topics, &self.memory),
            Ask::TakeApart(id) if is_yes(&answer) => {
                let link = self.links.own().get(&id);
                self.carry_out(link.and_then(|link| self.halves.taking_back(&self.keys, link)));
            }
            Ask::TakeApart(_) => self.out.tell("the link is as it was"),
            Ask::TakeOver(stray) => self.out.answer_of_stray(*stray, is_yes(&answer)),
            Ask::SearchAll => self.search_library(&answer),
            Ask::Follow(asked, _) if is_yes(&answer) => {
                self.intent.find_referenced(&mut self.out, Followed { allowed: true, ..*asked });
            }
            Ask::Follow(_, what) => self.out.tell(format!("{what} stays closed")),
            Ask::Linked { request, begins, .. } if is_yes(&answer) => self.open_allowed(&request, begins),
            Ask::Linked { request, .. } => self.out.tell(format!("{request} stays closed")),
            Ask::Open(side, seat) if is_yes(&answer) => {
                self.halves.open_outside(&mut self.intent, &mut self.out, side, *seat);
            }
            Ask::Open(_, seat) => self.out.tell(format!("{} stays closed", seat.request)),
        }
        true
    }

    /// Has what is asked for written into a file.
    fn export(&mut self, what: Export, path: &str, replace: bool) {
        let grid = match self.screens.scene() {
            Scene::Map(map) if what == Export::Map => {
                Some(map.grid(&map.rows(&self.topics, &self.memory), &self.topics))
            }
            _ => None,
        };
        let texts = [Side::Left, Side::Right].into_iter().filter_map(|side| self.halves.pane(side).open());
        let texts = texts.map(|open| open.request.clone()).collect();
        let codebook = Arc::clone(self.topics.codebook());
        let path = path.to_owned();
        let studied = self.hinge.studied_pair(&self.halves, &self.topics, &self.links);
        let tour = (what == Export::Tour).then(|| self.touring.clone());
        let quotations = self.links.quotations().filter(|_| what == Export::Quotations).unwrap_or_default().to_vec();
        let exporting = Exporting { what, path, replace, texts, codebook, grid, tour, quotations, studied };
        self.out.ask_for(ExportWork(Box::new(exporting)));
    }

    /// A question was closed without an answer. Words that were typed are kept as a draft.
    pub(in crate::app) fn unanswered(&mut self, asked: Asked) {
        match asked.ask {
            Ask::Jot(draft) => {
                let draft = Draft { body: asked.input.value().to_owned(), ..*draft };
                self.screens.edit_draft(&mut self.notes, &mut self.made, draft);
                self.put_note_aside();
            }
            Ask::Narrow => self.screens.narrow_map("", &self.topics, &self.memory),
            Ask::Replace(_, path) => self.out.tell(format!("{path} is as it was")),
            Ask::TakeApart(_) => self.out.tell("the link is as it was"),
            Ask::Linked { request, .. } => self.out.tell(format!("{request} stays closed")),
            Ask::Open(_, seat) => self.out.tell(format!("{} stays closed", seat.request)),
            Ask::Follow(_, what) => self.out.tell(format!("{what} stays closed")),
            Ask::TakeOver(stray) => self.out.answer_of_stray(*stray, false),
            Ask::SaveNotesTo | Ask::Export(_) | Ask::SearchAll => {}
        }
    }
}

impl Halves {
    /// What a file of this is called where the reader gives no name: after the texts that it is about.
    pub fn usual_file(&self, what: Export) -> String {
        let stem = |side: Side| {
            let request = &self.pane(side).open()?.request;
            let file = request.rsplit(['/', '\\', ':']).next().unwrap_or(request);
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            // Nothing that hides the file, or that a program takes for an option.
            let stem = Clean::line(stem.trim_start_matches(['.', '-'])).to_string();
            Some(stem).filter(|stem| stem.contains(char::is_alphanumeric))
        };
        let texts: Vec<String> = [Side::Left, Side::Right].into_iter().filter_map(stem).collect();
        // A disk takes names of 255 bytes, with the ending and with what stands before it while it is written.
        let room = LONGEST_NAME / texts.len().max(1);
        let texts: Vec<&str> = texts.iter().map(|stem| stem[..stem.floor_char_boundary(room)].trim_end()).collect();
        what.usual_file(&if texts.is_empty() { "diptych".to_owned() } else { texts.join("-") })
    }
}

impl Screens {
    /// Something has the name that was given: asks whether it is to be replaced.
    pub(in crate::app) fn ask_to_replace(&mut self, out: &mut Out, what: Export, path: String) {
        if self.overlay().is_none() {
            self.lay(Overlay::Asked(Asked::new(Ask::Replace(what, path))));
        } else {
            // The reader is at something else by now.
            out.tell(format!("{path} exists already, and is as it was"));
        }
    }
}

impl Hinge {
    /// What is known of the open pair, once it is known with the topics in use.
    fn studied_pair(&self, halves: &Halves, topics: &Topics, links: &Links) -> Option<Studied> {
        let (left, right) = halves.both_open()?;
        Some(Studied { texts: [left, right], comparison: self.comparison(halves, topics, links)? })
    }
}

/// The names of the texts take so many bytes in the name of a file that is proposed.
const LONGEST_NAME: usize = 120;

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}
