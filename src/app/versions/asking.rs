//! Asks whether two texts are versions of one work, and acts on the answer: place sync is chosen, offered, or
//! refused.

use std::sync::Arc;

use super::{Aligning, Chosen, KnownPair, Laid};
use crate::align::Alignment;
use crate::align::judged_pairs::JudgedPairs;
use crate::align::one_work::{LEAST_PASSAGES, Verdict};
use crate::app::App;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::keys::Keys;
use crate::app::links::Links;
use crate::app::out::Out;
use crate::app::versions::Versions;
use crate::app::work::align::{Align, Tell};
use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::settings::Settings;
use crate::model::settings::Sync;

/// Texts of up to so many pairs of passages are aligned at once; others when everything else is known of them.
const SOON: usize = 4_000_000;

impl App {
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
        self.versions.count_reworded(&self.halves, &mut self.out);
        self.versions.tell_alignment(&self.links, &mut self.out);
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
                self.out.tell(refusal);
            }
            Verdict::NotOne => {}
            _ if self.hinge.sync() == Sync::Place => {
                self.out.tell_place();
                self.versions.level_unless_pinned(&mut self.halves, &self.hinge, &mut self.out);
            }
            Verdict::OneWork if matches!(self.versions.chosen, Chosen::Nobody) => {
                self.hinge.set_sync(Sync::Place);
                self.versions.chosen = Chosen::Itself;
                self.out.tell_after(format!(
                    "two versions of one work ({score:.2}): place sync keeps them level; {key} changes that"
                ));
                self.versions.level_unless_pinned(&mut self.halves, &self.hinge, &mut self.out);
            }
            Verdict::OneWork | Verdict::Perhaps => {
                let sure = if verdict == Verdict::OneWork { "these are" } else { "these may be" };
                let steps = self.hinge.steps_to_place();
                let keys = vec![key; steps].join(" ");
                self.out.tell_after(format!("{sure} two versions of one work ({score:.2}): {keys} for place sync"));
            }
        }
        if verdict == Verdict::OneWork {
            // What answers a passage is known better now.
            self.ask_joint_again();
        }
    }

    /// Takes the alignment that follows the reader's judgements, unless those have changed since it was asked for.
    pub(in crate::app) fn alignment_told(&mut self, base: &Arc<Alignment>, said: JudgedPairs, told: Arc<Alignment>) {
        let Some(laid) = self.versions.laid_mut() else { return };
        if !Arc::ptr_eq(&laid.base, base) || laid.asked.as_ref() != Some(&said) {
            return;
        }
        laid.tell(told, said);
        self.versions.stepped = None;
        self.versions.count_reworded(&self.halves, &mut self.out);
        self.versions.level_unless_pinned(&mut self.halves, &self.hinge, &mut self.out);
        self.ask_joint_again();
        self.weave();
    }
}

impl Out {
    fn tell_place(&mut self) {
        self.tell(format!("{}: the other pane stays at the same place of the work", Sync::Place.shown()));
    }
}

impl Hinge {
    /// How many presses of the sync key lead from the current mode to place sync.
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

    /// Other texts are open or about to be opened; nothing is known about them yet.
    pub(in crate::app) fn forget_alignment(
        &mut self,
        halves: &Halves,
        hinge: &mut Hinge,
        settings: &Settings,
        out: &mut Out,
    ) {
        out.forget_what_waited();
        (self.known, self.asked, self.put) = (None, None, None);
        match &mut self.chosen {
            Chosen::Nobody | Chosen::Settings => return,
            Chosen::Reader(pair @ None) => {
                *pair = halves.pair_key();
                return;
            }
            Chosen::Reader(pair) if *pair == halves.pair_key() => return,
            Chosen::Itself | Chosen::Reader(_) => {}
        }
        hinge.set_sync(settings.sync);
        self.chosen = Chosen::before_the_reader(settings.sync);
    }

    /// The other pane of a pair that was read before follows as the reader has chosen for it then, where that is known.
    pub(in crate::app) fn follow_as_before(&mut self, halves: &Halves, hinge: &mut Hinge, sync: Option<Sync>) {
        let here = halves.pair_key();
        // What was chosen for these two since they were opened is newer.
        let has_chosen = matches!(&self.chosen, Chosen::Reader(pair) if pair.is_none() || *pair == here);
        if let Some(sync) = sync.filter(|_| !has_chosen) {
            hinge.set_sync(sync);
            self.chosen = Chosen::Reader(here);
        }
    }

    /// Why there is nothing to be said of the two texts as versions of one work.
    pub(super) fn why_not_laid(&self, halves: &Halves, hinge: &Hinge, keys: &Keys) -> String {
        match (self.score(), self.percent()) {
            (Some((score, _)), _) => {
                let [left, right] = BOTH.map(|side| halves.name_of(side));
                format!("{left} and {right} are not versions of one work, as far as can be told ({score:.2})")
            }
            (None, Some(percent)) => format!("the two texts are still being aligned: {percent}%"),
            (None, None) => {
                let keys = vec![keys.key_of(command!("sync")); hinge.steps_to_place()].join(" ");
                format!("the two texts are not aligned: {keys} does that")
            }
        }
    }

    /// Realigns the texts by the reader's judgements, if those have changed.
    pub(in crate::app) fn tell_alignment(&mut self, links: &Links, out: &mut Out) {
        let said = links.own().said();
        let said = if self.is_first(Side::Left) { said } else { said.turned() };
        let Some(laid) = self.laid_mut() else { return };
        if *laid.newest() == said {
            return;
        }
        laid.asked = Some(said.clone());
        let base = Arc::clone(&laid.base);
        out.ask_for(Tell { base, said });
    }

    /// The alignment will not follow these judgements; it is asked for again with the next.
    pub(in crate::app) fn alignment_not_told(&mut self, said: &JudgedPairs) {
        if let Some(laid) = self.laid_mut() {
            laid.asked.take_if(|asked| *asked == *said);
        }
    }

    fn align(&mut self, halves: &Halves, hinge: &Hinge, out: &mut Out) {
        let Some((left, right)) = halves.both_open() else { return };
        let ticket = Ticket::new();
        let versions = (left.version, right.version);
        let (texts, awaited) = ((left.text.clone(), right.text.clone()), hinge.sync() == Sync::Place);
        if awaited {
            // How far it is, is said instead.
            out.looked_through();
        }
        out.ask_while(&ticket, Align { versions, texts, awaited });
        self.asked = Some(Aligning { percent: 0, awaited, ticket });
    }

    /// Has two texts aligned that have just been opened: at once where the reader waits for it or it is
    /// soon done, `late` where it is not.
    pub(in crate::app) fn align_unasked(&mut self, halves: &Halves, hinge: &Hinge, out: &mut Out, late: bool) {
        if !halves.are_whole() || self.known.is_some() || self.asked.is_some() {
            return;
        }
        let counts = BOTH.map(|side| halves.pane(side).text().map_or(0, crate::text::Text::passage_count));
        let requests = BOTH.map(|side| halves.pane(side).open().map(|open| &open.request));
        let waits = hinge.sync() == Sync::Place;
        // Whoever opens one text twice wants to be at two places of it.
        let worth = counts.iter().all(|count| *count >= LEAST_PASSAGES) && requests[0] != requests[1];
        if waits || worth && (late || counts[0].saturating_mul(counts[1]) <= SOON) {
            self.align(halves, hinge, out);
        }
    }

    /// The reader has chosen place sync: a pair that was held before is held no longer.
    fn begin_place(&mut self, halves: &mut Halves, hinge: &mut Hinge, out: &mut Out) {
        hinge.set_pinned(false);
        match self.score() {
            Some((score, Verdict::NotOne)) => {
                hinge.set_sync(Sync::Topic);
                let refusal = halves.refusal(score);
                out.tell(refusal);
            }
            Some(_) => {
                out.tell_place();
                self.level(halves, hinge, out);
            }
            None if BOTH.iter().any(|side| halves.pane(*side).open().is_none()) => {
                hinge.set_sync(Sync::Topic);
                out.tell(format!("place sync needs a text in both panes; {} instead", Sync::Topic.shown()));
            }
            None => {
                // One that was begun unasked gives way to everything else: now it is waited for.
                if self.asked.as_ref().is_none_or(|asked| !asked.awaited) && halves.are_whole() {
                    self.align(halves, hinge, out);
                }
                if self.awaited_alignment(hinge).is_some() {
                    // How far it is, and how to stop it, is said where this would be.
                    out.notice = None;
                } else {
                    out.tell_meanwhile(&format!(
                        "{}: the two texts are aligned as soon as both are read",
                        Sync::Place.shown()
                    ));
                }
            }
        }
    }

    /// The reader steps to the next way in which the other pane follows.
    pub(in crate::app) fn step_sync(&mut self, halves: &mut Halves, hinge: &mut Hinge, out: &mut Out) {
        out.forget_what_waited();
        self.chosen = Chosen::Reader(halves.pair_key());
        hinge.set_sync(hinge.sync().next());
        let what = match hinge.sync() {
            Sync::Place => return self.begin_place(halves, hinge, out),
            Sync::Topic => "the other pane follows to the counterpart",
            Sync::Scroll => "both panes scroll together, as far apart as now",
            Sync::Off => "each pane moves by itself",
        };
        out.tell(format!("{}: {what}", hinge.sync().shown()));
    }

    /// Gives up the alignment that the reader waits for; says whether there was one.
    pub(in crate::app) fn stop_aligning(&mut self, hinge: &mut Hinge, keys: &Keys, out: &mut Out) -> bool {
        if self.awaited_alignment(hinge).is_none() {
            return false;
        }
        self.not_aligned(hinge);
        let key = keys.key_of(command!("sync"));
        let keys = vec![key; hinge.steps_to_place()].join(" ");
        out.tell(format!("the alignment was stopped; {keys} begins it again"));
        true
    }

    /// Sets the other pane level as soon as that is possible, unless it holds a pair.
    pub(in crate::app) fn level_unless_pinned(&mut self, halves: &mut Halves, hinge: &Hinge, out: &mut Out) {
        if !hinge.pinned() {
            self.level(halves, hinge, out);
        }
    }
}
