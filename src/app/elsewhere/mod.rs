//! All texts of the library on the passage that is read, and a search in all of them.
//!
//! What the index in the cache knows is shown at once; it is brought up to date meanwhile, and where that finds something
//! new, it is asked again.

mod asking;

use crate::app::work::ticket::Ticket;
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
    /// Whether nothing more will be answered, since the work for it has failed.
    has_failed: bool,
    /// Whether it is asked once the text is studied.
    awaits_study: bool,
    /// How far the index is.
    index: Index,
    /// What is to be said of files that it does not know.
    left: Option<Clean>,
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

impl WholeLibrary {
    /// What stands in the list of answers where there are none.
    pub fn no_answers(&self) -> &'static str {
        match (self.index, self.looked) {
            _ if self.has_failed => "not found out: looking failed",
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
            Some((done, of)) if done < of && !self.has_failed => format!("{what} · {done}/{of} texts{index}"),
            _ => format!("{what}{index}"),
        }
    }
}
