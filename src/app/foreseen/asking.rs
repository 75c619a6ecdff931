//! Asks the workers what the open form's topic or term would catch, and shows the answer.

use std::sync::Arc;

use crate::app::App;
use crate::app::foreseen::{Comes, Foreseen, Planned, TextForecast, change, counted_or_none, told};
use crate::app::form::Form;
use crate::app::halves::Halves;
use crate::app::overlay::Overlay;
use crate::app::scene::Screens;
use crate::app::work::catch::Catch as CatchWork;
use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::link::sides::Sides;
use crate::text::clean::Clean;
use crate::topic::catch::Catch;

impl App {
    /// Has what the open form describes looked for, if that has changed.
    pub(in crate::app) fn foresee(&mut self) {
        let planned = match self.screens.overlay() {
            Some(Overlay::Form(form)) => self.planned(form),
            _ => None,
        };
        match planned {
            Some(Ok(planned)) if self.screens.foreseen().planned.as_ref() == Some(&planned) => {}
            Some(Ok(planned)) => {
                let number = self.out.number();
                let topics = planned.now.iter().chain([&planned.then]).chain(planned.comes.iter().map(|(t, _)| t));
                let topics = topics.cloned().map(Arc::new).collect();
                let texts = Sides::from_fn(|side| self.halves.pane(side).open().cloned());
                let ticket = Ticket::new();
                self.out.ask_while(&ticket, CatchWork { number, topics, texts });
                let (planned, ticket) = (Some(planned), Some(ticket));
                *self.screens.foreseen_mut() = Foreseen { number, ticket, planned, ..Foreseen::default() };
            }
            Some(Err(why)) => *self.screens.foreseen_mut() = Foreseen { wrong: Some(why), ..Foreseen::default() },
            None => *self.screens.foreseen_mut() = Foreseen::default(),
        }
    }

    /// What the form would change, where it is about topics and says enough; else why it cannot be taken.
    fn planned(&self, form: &Form) -> Option<Result<Planned, String>> {
        form.plan(self).filter(|_| !form.is_empty())
    }
}

impl Screens {
    /// The open texts have changed: results for the old ones are dropped.
    pub(in crate::app) fn forget_foreseen(&mut self) {
        *self.foreseen_mut() = Foreseen::default();
    }

    pub(in crate::app) fn caught(&mut self, number: u64, side: Side, found: Vec<Catch>) {
        if self.foreseen().number == number {
            self.foreseen_mut().found[side] = Some(found);
        }
    }

    /// What the open form would catch cannot be found out.
    pub(in crate::app) fn not_caught(&mut self, number: u64, why: &Clean) {
        if self.foreseen().number == number {
            self.foreseen_mut().wrong = Some(why.as_str().to_owned());
        }
    }

    /// What is to be said of a pane's text; `None` where there is no text, or nothing was asked.
    pub fn foreseen_in(&self, halves: &Halves, side: Side) -> Option<TextForecast> {
        let planned = self.foreseen().planned.as_ref()?;
        let open = halves.pane(side).open()?;
        let Some(found) = &self.foreseen().found[side] else {
            return Some(TextForecast { words: "counting…".to_owned(), caught: false, has_none: false, first: None });
        };
        let mut found = found.iter();
        let now = planned.now.as_ref().and_then(|_| found.next());
        let then = found.next()?;
        let alone = found.next();
        let caught = alone.unwrap_or(then);
        let so_far = if open.provisional { ", so far" } else { "" };
        let words = match (now, alone, &planned.comes) {
            (_, _, comes) if caught.passages == 0 && !matches!(comes, Some((_, Comes::Topic))) => {
                format!("no match{so_far}")
            }
            (Some(now), Some(alone), Some((_, Comes::Term))) => {
                let new = match then.passages.saturating_sub(now.passages) {
                    0 => "none new".to_owned(),
                    new if new == alone.passages => "all new".to_owned(),
                    new => format!("{new} new"),
                };
                let passages = counted_or_none(alone.passages, "passage");
                format!("{passages}, {new} · {}{so_far}", change(now.treatments, then.treatments, "treatment"))
            }
            (Some(now), ..) => {
                let treatments = change(now.treatments, then.treatments, "treatment");
                format!("{} · {treatments}{so_far}", change(now.passages, then.passages, "passage"))
            }
            (None, ..) => told(then),
        };
        let has_none = caught.passages == 0;
        Some(TextForecast { words, caught: !has_none, has_none, first: caught.first })
    }
}
