//! Asking whether two texts are versions of one work, and what comes of the answer: place sync is chosen, offered, or
//! refused.

use std::sync::Arc;

use super::{KnownPair, Laid};
use crate::align::Alignment;
use crate::align::judged_pairs::JudgedPairs;
use crate::align::one_work::{LEAST_PASSAGES, Verdict};
use crate::app::App;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::out::Out;
use crate::app::versions::Versions;
use crate::app::work::align::{Align, Tell};
use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::settings::Sync;

/// An alignment that is under way.
#[derive(Debug)]
pub(super) struct Asked {
    pub percent: u8,
    /// As long as it is held, the worker goes on.
    #[expect(dead_code, reason = "held")]
    ticket: Ticket,
}

/// Texts of which the one has so many passages for each of the other are laid along each other at once; others when
/// everything else is known of them.
const SOON: usize = 4_000_000;

impl App {
    /// Other texts are open, or others are about to be: nothing is known of them.
    pub(in crate::app) fn forget_alignment(&mut self) {
        (self.versions.known, self.versions.asked, self.versions.put) = (None, None, None);
        if std::mem::take(&mut self.versions.by_itself) && self.hinge.sync() == Sync::Place {
            self.hinge.set_sync(self.settings.sync);
        }
    }

    /// Has two texts laid along each other that have just been opened: at once where the reader waits for it or it is
    /// soon done, `late` where it is not.
    pub(in crate::app) fn align_unasked(&mut self, late: bool) {
        if !self.halves.are_whole() || self.versions.known.is_some() || self.versions.asked.is_some() {
            return;
        }
        let counts = BOTH.map(|side| self.halves.pane(side).text().map_or(0, crate::text::Text::passage_count));
        let requests = BOTH.map(|side| self.halves.pane(side).open().map(|open| &open.request));
        let waits = self.hinge.sync() == Sync::Place;
        // Whoever opens one text twice wants to be at two places of it.
        let worth = counts.iter().all(|count| *count >= LEAST_PASSAGES) && requests[0] != requests[1];
        if waits || worth && (late || counts[0].saturating_mul(counts[1]) <= SOON) {
            self.align();
        }
    }

    fn align(&mut self) {
        let Some((left, right)) = self.halves.both_open() else { return };
        let ticket = Ticket::new();
        let versions = (left.version, right.version);
        let (texts, awaited) = ((left.text.clone(), right.text.clone()), self.hinge.sync() == Sync::Place);
        self.out.ask_while(&ticket, Align { versions, texts, awaited });
        self.versions.asked = Some(Asked { percent: 0, ticket });
    }

    /// It is known whether two texts are one work.
    pub(in crate::app) fn aligned(&mut self, (left, right): (u64, u64), score: f32, alignment: Arc<Alignment>) {
        let turned = match self.halves.versions() {
            Some(now) if now == (left, right) => false,
            // The panes were exchanged meanwhile.
            Some(now) if now == (right, left) => true,
            _ => return,
        };
        self.versions.asked = None;
        let counts = BOTH.map(|side| self.halves.pane(side).text().map_or(0, crate::text::Text::passage_count));
        let versions = if turned { (right, left) } else { (left, right) };
        let passages = counts[0].min(counts[1]);
        self.versions.known = Some(KnownPair { versions, turned, score, passages, laid: None });
        let verdict = self.versions.score().map_or(Verdict::NotOne, |(_, verdict)| verdict);
        if verdict != Verdict::NotOne
            && let Some(known) = &mut self.versions.known
        {
            known.laid = Some(Laid::new(alignment));
        }
        self.count_reworded();
        self.tell_alignment();
        self.choose_place(verdict);
    }

    /// Chooses place sync, offers it, or ends it.
    fn choose_place(&mut self, verdict: Verdict) {
        let key = self.keys.key_of(command!("sync"));
        let score = self.versions.score().map_or(0.0, |(score, _)| score);
        match verdict {
            Verdict::NotOne if self.hinge.sync() == Sync::Place => {
                self.hinge.set_sync(Sync::Topic);
                let refusal = self.halves.refusal(score);
                self.tell(refusal);
            }
            Verdict::NotOne => {}
            _ if self.hinge.sync() == Sync::Place => {
                self.out.tell_place();
                self.level_what_was_not_read();
            }
            Verdict::OneWork if !self.versions.chosen => {
                self.hinge.set_sync(Sync::Place);
                self.versions.by_itself = true;
                if self.out.notice.is_none() {
                    self.tell(format!(
                        "two versions of one work ({score:.2}): place sync keeps them level; {key} changes that"
                    ));
                }
                self.level_what_was_not_read();
            }
            Verdict::OneWork | Verdict::Perhaps if self.out.notice.is_none() => {
                let sure = if verdict == Verdict::OneWork { "these are" } else { "these may be" };
                let steps = self.hinge.steps_to_place();
                let keys = vec![key; steps].join(" ");
                self.tell(format!("{sure} two versions of one work ({score:.2}): {keys} for place sync"));
            }
            Verdict::OneWork | Verdict::Perhaps => {}
        }
        if verdict == Verdict::OneWork {
            // What answers a passage is known better now.
            self.ask_joint_again();
        }
    }

    /// Sets the other pane level where it is still at its beginning: a reader who comes back, or was sent to a passage, or has
    /// a part of a work beside the whole, finds the same place across.
    fn level_what_was_not_read(&mut self) {
        let there = self.halves.pane(self.halves.focus().other());
        if there.current().is_none_or(|passage| passage.0 <= 1) && !self.hinge.pinned() {
            self.level();
        }
    }

    /// The reader steps to the next way in which the other pane follows.
    pub(in crate::app) fn step_sync(&mut self) {
        self.versions.chosen = true;
        self.versions.by_itself = false;
        self.hinge.set_sync(self.hinge.sync().next());
        let what = match self.hinge.sync() {
            Sync::Place => return self.begin_place(),
            Sync::Topic => "the other pane follows to the counterpart",
            Sync::Scroll => "both panes scroll together, as far apart as now",
            Sync::Off => "each pane moves by itself",
        };
        self.tell(format!("{}: {what}", self.hinge.sync().shown()));
    }

    fn begin_place(&mut self) {
        match self.versions.score() {
            Some((score, Verdict::NotOne)) => {
                self.hinge.set_sync(Sync::Topic);
                let refusal = self.halves.refusal(score);
                self.tell(refusal);
            }
            Some(_) => self.out.tell_place(),
            None if BOTH.iter().any(|side| self.halves.pane(*side).open().is_none()) => {
                self.hinge.set_sync(Sync::Topic);
                self.tell(format!("place sync needs a text in both panes; {} instead", Sync::Topic.shown()));
            }
            None => {
                if self.versions.asked.is_none() && self.halves.are_whole() {
                    self.align();
                }
                if self.versions.awaited_alignment(&self.hinge).is_some() {
                    // How far it is, and how to stop it, is said where this would be.
                    self.out.notice = None;
                } else {
                    self.tell(format!("{}: the two texts are being laid along each other", Sync::Place.shown()));
                }
            }
        }
    }

    /// Why there is nothing to be said of the two texts as versions of one work.
    pub(super) fn why_not_laid(&self) -> String {
        let keys = vec![self.keys.key_of(command!("sync")); self.hinge.steps_to_place()].join(" ");
        match (self.versions.score(), self.versions.percent()) {
            (Some((score, _)), _) => {
                let [left, right] = BOTH.map(|side| self.halves.name_of(side));
                format!("{left} and {right} are not versions of one work, as far as can be told ({score:.2})")
            }
            (None, Some(percent)) => format!("the two texts are still being laid along each other: {percent}%"),
            (None, None) => format!("the two texts are not laid along each other: {keys} does that"),
        }
    }

    /// Gives up the alignment that the reader waits for; says whether there was one.
    pub(in crate::app) fn stop_aligning(&mut self) -> bool {
        if self.versions.awaited_alignment(&self.hinge).is_none() {
            return false;
        }
        self.versions.not_aligned(&mut self.hinge);
        let key = self.keys.key_of(command!("sync"));
        let keys = vec![key; self.hinge.steps_to_place()].join(" ");
        self.tell(format!("the alignment was stopped; {keys} begins it again"));
        true
    }

    /// Has the alignment go by what the reader has judged, where that has changed.
    pub(in crate::app) fn tell_alignment(&mut self) {
        let said = self.links.own().said();
        let said = if self.versions.is_first(Side::Left) { said } else { said.turned() };
        let Some(laid) = self.versions.laid_mut().filter(|laid| laid.said != said) else { return };
        laid.said = said.clone();
        let base = Arc::clone(&laid.base);
        self.out.ask_for(Tell { base, said });
    }

    /// The alignment goes by what was said, if that is still what was said.
    pub(in crate::app) fn alignment_told(&mut self, base: &Arc<Alignment>, said: &JudgedPairs, told: Arc<Alignment>) {
        let Some(laid) = self.versions.laid_mut() else { return };
        if !Arc::ptr_eq(&laid.base, base) || laid.said != *said {
            return;
        }
        laid.tell(told);
        self.versions.stepped = None;
        self.count_reworded();
        if !self.hinge.pinned() {
            self.level();
        }
        self.ask_joint_again();
    }
}

impl Out {
    fn tell_place(&mut self) {
        self.tell(format!("{}: the other pane stays at the same place of the work", Sync::Place.shown()));
    }
}

impl Hinge {
    /// How often the reader has to step from the sync of now to place sync.
    fn steps_to_place(&self) -> usize {
        let mut sync = self.sync();
        let steps = (1..=4).find(|_| {
            sync = sync.next();
            sync == Sync::Place
        });
        steps.unwrap_or(1)
    }
}

impl Halves {
    fn refusal(&self, score: f32) -> String {
        format!(
            "{} and {} are not versions of one work, as far as can be told ({score:.2}); {} instead",
            self.name_of(Side::Left),
            self.name_of(Side::Right),
            Sync::Topic.shown()
        )
    }
}

impl Versions {
    /// How far the alignment is, in percent.
    pub(in crate::app) fn alignment_goes_on(&mut self, percent: u8) {
        if let Some(asked) = &mut self.asked {
            asked.percent = percent;
        }
    }

    /// How far the alignment is that the reader waits for, in percent.
    pub fn awaited_alignment(&self, hinge: &Hinge) -> Option<u8> {
        self.percent().filter(|_| hinge.sync() == Sync::Place)
    }

    /// There will be no alignment: nothing waits for it any more.
    pub(in crate::app) fn not_aligned(&mut self, hinge: &mut Hinge) {
        self.asked = None;
        if hinge.sync() == Sync::Place {
            hinge.set_sync(Sync::Topic);
        }
    }
}
