//! What a topic or a term would catch, told in its form before it is taken.
//!
//! Whatever the form says is looked for in both open texts by a worker, while the reader types on; what was asked before
//! is not answered any more. Where the form cannot be taken as it stands, it says why instead.

use crate::app::halves::Halves;
use std::sync::Arc;

use super::App;
use super::form::Form;
use super::overlay::Overlay;
use super::work::catch::Catch as CatchWork;
use super::work::ticket::Ticket;
use crate::app::scene::Screens;
use crate::link::Side;
use crate::link::sides::Sides;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::catch::Catch;
use crate::topic::codebook::Topic;
use crate::topic::matcher::Mention;

/// A change of the codebook that a form describes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Planned {
    /// The topic as it is; `None` where there is none yet.
    pub now: Option<Topic>,
    /// As it would be.
    pub then: Topic,
    /// What comes to it, as a topic of its own.
    pub comes: Option<(Topic, Comes)>,
}

/// What comes to a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comes {
    /// A term.
    Term,
    /// Words that cancel what they cover.
    Exception,
    /// Another topic.
    Topic,
}

/// What the open form would catch.
#[derive(Debug, Default)]
pub struct Foreseen {
    number: u64,
    /// As long as it is held, it is looked for.
    #[expect(dead_code, reason = "held")]
    ticket: Option<Ticket>,
    planned: Option<Planned>,
    /// For each pane the answer: as it is, as it would be, the term alone, as far as there is such a thing.
    found: Sides<Option<Vec<Catch>>>,
    /// Why the form cannot be taken as it stands.
    pub wrong: Option<String>,
}

/// What is said of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// How much is caught, in words.
    pub words: String,
    /// Whether anything is.
    pub caught: bool,
    /// The first place.
    pub first: Option<(Mention, PassageNo)>,
}

impl App {
    /// Has what the open form describes looked for, if that has changed.
    pub(super) fn foresee(&mut self) {
        let planned = match self.screens.overlay() {
            Some(Overlay::Form(form)) => self.planned(form),
            _ => None,
        };
        match planned {
            Some(Ok(planned)) if self.screens.foreseen().planned.as_ref() == Some(&planned) => {
                self.screens.foreseen_mut().wrong = None;
            }
            Some(Ok(planned)) => {
                let number = self.out.number();
                let topics = planned.now.iter().chain([&planned.then]).chain(planned.comes.iter().map(|(t, _)| t));
                let topics = topics.cloned().map(Arc::new).collect();
                let texts = Sides::from_fn(|side| self.halves[side].pane.open().cloned());
                let ticket = Ticket::new();
                self.out.ask_while(&ticket, CatchWork { number, topics, texts });
                let (planned, ticket) = (Some(planned), Some(ticket));
                *self.screens.foreseen_mut() = Foreseen { number, ticket, planned, ..Foreseen::default() };
            }
            Some(Err(why)) => *self.screens.foreseen_mut() = Foreseen { wrong: Some(why), ..Foreseen::default() },
            None => *self.screens.foreseen_mut() = Foreseen::default(),
        }
    }

    /// The open texts have changed: what was found of them counts no more.
    pub(super) fn foresee_again(&mut self) {
        *self.screens.foreseen_mut() = Foreseen::default();
        self.foresee();
    }

    /// What the form would change, where it is about topics and says enough; else why it cannot be taken.
    fn planned(&self, form: &Form) -> Option<Result<Planned, String>> {
        form.plan(self).filter(|_| !form.is_empty())
    }
}

impl Screens {
    pub(super) fn caught(&mut self, number: u64, side: Side, found: Vec<Catch>) {
        if self.foreseen().number == number {
            self.foreseen_mut().found[side] = Some(found);
        }
    }

    /// What the open form would catch cannot be found out.
    pub(super) fn not_caught(&mut self, number: u64, why: &Clean) {
        if self.foreseen().number == number {
            self.foreseen_mut().wrong = Some(why.as_str().to_owned());
        }
    }

    /// What is to be said of a pane's text; `None` where there is no text, or nothing was asked.
    pub fn foreseen_in(&self, halves: &Halves, side: Side) -> Option<Said> {
        let planned = self.foreseen().planned.as_ref()?;
        let open = halves[side].pane.open()?;
        let Some(found) = &self.foreseen().found[side] else {
            return Some(Said { words: "counting…".to_owned(), caught: false, first: None });
        };
        let mut found = found.iter();
        let now = planned.now.as_ref().and_then(|_| found.next());
        let then = found.next()?;
        let alone = found.next();
        let caught = alone.unwrap_or(then);
        let so_far = if open.provisional { ", so far" } else { "" };
        let words = match (now, alone, &planned.comes) {
            (_, _, comes) if caught.passages == 0 && !matches!(comes, Some((_, Comes::Topic))) => {
                format!("caught nowhere{so_far}")
            }
            (Some(now), Some(alone), Some((_, Comes::Term))) => {
                let new = match then.passages.saturating_sub(now.passages) {
                    0 => "none new".to_owned(),
                    new if new == alone.passages => "all new".to_owned(),
                    new => format!("{new} new"),
                };
                let passages = counted(alone.passages, "passage");
                format!("{passages}, {new} · {}{so_far}", change(now.treatments, then.treatments, "treatment"))
            }
            (Some(now), ..) => {
                let treatments = change(now.treatments, then.treatments, "treatment");
                format!("{} · {treatments}{so_far}", change(now.passages, then.passages, "passage"))
            }
            (None, ..) => told(then),
        };
        Some(Said { words, caught: caught.passages > 0, first: caught.first })
    }
}

/// What a topic catches, in words.
pub fn told(catch: &Catch) -> String {
    match (catch.passages, catch.treatments) {
        (0, _) => "caught nowhere".to_owned(),
        (passages, 0) => format!("{}, in passing: no treatment", counted(passages, "passage")),
        (passages, treatments) => format!("{} · {}", counted(passages, "passage"), counted(treatments, "treatment")),
    }
}

/// `no passages`, `1 passage`, `12 passages`.
fn counted(count: usize, noun: &str) -> String {
    match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    }
}

/// `4 treatments as now`, `4 → 6 treatments`.
fn change(now: usize, then: usize, noun: &str) -> String {
    if now == then {
        return format!("{} as now", counted(then, noun));
    }
    let plural = if then == 1 { "" } else { "s" };
    format!("{now} → {then} {noun}{plural}")
}
