//! Opening the loom, finding its threads, and moving the cursor on it.

use std::ops::Range;
use std::sync::Arc;

use crate::app::App;
use crate::app::following::NOT_COMPARED;
use crate::app::halves::{Halves, TwoSided};
use crate::app::links::Links;
use crate::app::loom::{Loom, Thread, Woven};
use crate::app::out::Out;
use crate::app::scene::{Scene, Screens};
use crate::app::topics::Topics;
use crate::app::versions::Versions;
use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::link::judged::Judged;
use crate::link::pairing::Pairing;
use crate::link::sides::BOTH;
use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::topic::treatment::Treatment;

impl App {
    /// Shows the loom of the two texts, with the cursor where the reader is.
    pub(in crate::app) fn open_loom(&mut self) {
        if self.settings.lines {
            return self.out.tell(
                "the loom is a drawing; the list of counterparts of a passage is under w, the rows of a topic under gs",
            );
        }
        if self.hinge.is_given_up() && self.hinge.comparison(&self.halves, &self.topics, &self.links).is_none() {
            return self.out.tell(NOT_COMPARED);
        }
        if BOTH.iter().any(|side| self.halves.pane(*side).text().is_none_or(|text| text.passage_count() == 0)) {
            return self.out.tell("the loom needs a text in both panes");
        }
        let at = self.halves.lead().current().unwrap_or(PassageNo(1));
        let loom = Loom {
            threads: None,
            percent: Some(0),
            at,
            number: self.out.number(),
            ticket: Ticket::new(),
            grows: true,
            judged: None,
            by: None,
        };
        self.screens.show(Scene::Loom(Box::new(loom)));
        self.weave();
    }

    /// Reads where the cursor is: the pair of the thread, else the passage alone.
    pub(in crate::app) fn read_from_loom(&mut self) {
        let lead = self.halves.focus();
        let Scene::Loom(loom) = self.screens.scene() else { return };
        let (at, thread) = (loom.at, loom.here(lead).first().copied());
        self.screens.show(Scene::Reading);
        if let Some(thread) = thread {
            // A thread is of the passages, whatever they are about: on a topic on which they are no pair it would be none.
            let of_thread = thread.topic.and_then(|at| self.topics.codebook().topics().get(at)).map(|topic| &topic.id);
            let is_pair = |topic| self.links.is_pair_on(&self.halves, &self.topics, topic, thread.left, thread.right);
            let held = self.topics.held().filter(|held| of_thread != Some(&held.id) && !is_pair(&held.id));
            let held = held.map(|held| held.name.clone());
            let is_known = !self.halves.awaits_study(&self.topics) && !self.versions.is_one_work(&self.hinge);
            if let Some(name) = held.filter(|_| is_known) {
                self.topics.hold(None);
                self.out.tell(format!("not both of these treat {name}, so it is let go"));
            }
            return self.go_to_pair(thread.left, thread.right);
        }
        self.leave();
        self.halves.pane_mut(lead).jump_to_passage(at, None);
        self.moved();
    }
}

impl Links {
    /// Adds the reader's own links, which replace computed threads between the same passages.
    fn with_own(&self, mut threads: Vec<Thread>) -> Vec<Thread> {
        for ((left, right), _) in self.own().links() {
            threads.retain(|thread| (thread.left, thread.right) != (left, right));
            threads.push(Thread { left, right, strength: 1.0, own: true, topic: None });
        }
        threads.sort_by_key(ends);
        threads
    }
}

impl Versions {
    /// In two versions of one work, the threads are the beads with passages on both sides.
    pub(in crate::app) fn beads_as_threads(&self) -> Vec<Thread> {
        let beads = (0..self.count()).filter_map(|at| self.bead(Side::Left, at));
        let beads = beads.filter(|bead| !bead.here.is_empty() && !bead.there.is_empty());
        let threads = beads.flat_map(|bead| {
            let strength = if bead.bead.is_unsure() { 0.3 } else { 1.0 };
            // Every passage of the bead has a thread: the last of the shorter side has those that are over.
            let nth = |passages: &Range<u32>, n: u32| PassageNo(passages.start + n.min(passages.len() as u32 - 1) + 1);
            let count = bead.here.len().max(bead.there.len()) as u32;
            (0..count).map(move |n| {
                let (left, right) = (nth(&bead.here, n), nth(&bead.there, n));
                Thread { left, right, strength, own: false, topic: None }
            })
        });
        threads.collect()
    }
}

/// For each passage number, whether one of the treatments contains it. Empty without treatments.
fn treats(halves: &Halves, side: Side, treatments: &[Treatment]) -> Vec<bool> {
    if treatments.is_empty() {
        return Vec::new();
    }
    let count = halves.pane(side).text().map_or(0, Text::passage_count);
    let mut of = vec![false; count + 1];
    for treatment in treatments {
        let (from, to) = (treatment.from.0 as usize, (treatment.to.0 as usize).min(count));
        of[from.min(to)..=to].fill(true);
    }
    of
}

impl Topics {
    /// The topics by their places in the codebook, the held one first.
    fn held_first(&self) -> Vec<usize> {
        let topics = self.codebook().topics();
        let mut all: Vec<usize> = (0..topics.len()).collect();
        all.sort_by_key(|at| Some(&topics[*at].id) != self.held_id());
        all
    }

    fn with_topics(&self, halves: &Halves, mut threads: Vec<Thread>) -> Vec<Thread> {
        for thread in &mut threads {
            thread.topic = None;
        }
        for at in self.held_first() {
            let topic = &self.codebook().topics()[at].id;
            let treated = |side: Side| treats(halves, side, halves.treatments(side, topic));
            let [left, right] = BOTH.map(treated);
            if left.is_empty() || right.is_empty() {
                continue;
            }
            let holds = |of: &[bool], PassageNo(n): PassageNo| of.get(n as usize).copied().unwrap_or(false);
            for thread in threads.iter_mut().filter(|thread| thread.topic.is_none()) {
                if holds(&left, thread.left) && holds(&right, thread.right) {
                    thread.topic = Some(at);
                }
            }
        }
        threads
    }
}

impl Screens {
    /// Leaves the loom or the dispute page, which show texts that are no longer open.
    pub(in crate::app) fn leave_loom(&mut self) {
        if matches!(self.scene(), Scene::Loom(_) | Scene::Dispute(_)) {
            self.show(Scene::Reading);
        }
    }

    fn loom_of(&mut self, number: u64) -> Option<&mut Loom> {
        match self.scene_mut() {
            Scene::Loom(loom) if loom.number == number => Some(loom),
            _ => None,
        }
    }

    /// The search for threads has come so far, and has found these meanwhile.
    pub(in crate::app) fn weaving(
        &mut self,
        halves: &Halves,
        links: &Links,
        topics: &Topics,
        (number, percent): (u64, u8),
        found: Vec<Thread>,
    ) {
        let Some(loom) = self.loom_of(number) else { return };
        loom.percent = Some(percent.max(loom.percent.unwrap_or(0)));
        if !loom.grows || found.is_empty() {
            return;
        }
        let mut threads = loom.threads.take().unwrap_or_default();
        // A passage may have been asked before its turn.
        let is_new = |thread: &Thread| threads.binary_search_by_key(&ends(thread), ends).is_err();
        let found: Vec<Thread> = found.into_iter().filter(is_new).collect();
        threads.extend(found);
        loom.threads = Some(topics.with_topics(halves, links.with_own(threads)));
    }

    /// The threads will not be known: a loom that shows none, or only some of them, is left.
    pub(in crate::app) fn not_woven(&mut self, number: u64) {
        let Some(loom) = self.loom_of(number) else { return };
        loom.percent = None;
        if loom.grows {
            self.leave_loom();
        }
    }

    /// The same, whatever was sought.
    pub(in crate::app) fn nothing_woven(&mut self) {
        if let Scene::Loom(loom) = self.scene() {
            let number = loom.number;
            self.not_woven(number);
        }
    }

    /// Goes over to the other column, along the thread at the cursor.
    pub(in crate::app) fn cross_loom(&mut self, halves: &mut Halves) {
        let lead = halves.focus();
        let Scene::Loom(loom) = self.scene_mut() else { return };
        let across = loom.here(lead).first().map(|thread| thread.end(lead.other()));
        let there = across.or_else(|| halves.pane(lead.other()).current());
        loom.at = there.unwrap_or(PassageNo(1));
        halves.lead_with(lead.other());
    }

    /// Moves the cursor by passages.
    pub(in crate::app) fn step_on_loom(&mut self, halves: &Halves, by: i64) {
        let count = halves.lead().text().map_or(1, |text| text.passage_count().max(1));
        if let Scene::Loom(loom) = self.scene_mut() {
            let at = (i64::from(loom.at.0) + by).clamp(1, count as i64);
            loom.at = PassageNo(u32::try_from(at).unwrap_or(1));
        }
    }

    /// Recomputes the topics of the threads after a change of the codebook.
    pub(in crate::app) fn dye_loom(&mut self, halves: &Halves, topics: &Topics) {
        let Scene::Loom(loom) = self.scene_mut() else { return };
        loom.threads = loom.threads.take().map(|threads| topics.with_topics(halves, threads));
    }

    /// Moves the cursor to the next passage that has a thread.
    pub(in crate::app) fn step_thread(&mut self, halves: &Halves, out: &mut Out, by: i64) {
        let lead = halves.focus();
        let Scene::Loom(loom) = self.scene_mut() else { return };
        let is_sought = loom.percent.is_some();
        if loom.threads.is_none() {
            return out.tell("the threads are still being found");
        }
        let mut ends: Vec<PassageNo> = loom.threads.iter().flatten().map(|thread| thread.end(lead)).collect();
        ends.sort_unstable();
        ends.dedup();
        let target = if by > 0 {
            ends.get(ends.partition_point(|end| *end <= loom.at))
        } else {
            ends.partition_point(|end| *end < loom.at).checked_sub(1).and_then(|at| ends.get(at))
        };
        match target {
            Some(target) => loom.at = *target,
            None if is_sought => out.tell("no thread further on is found yet"),
            None => out.tell(if by > 0 { "no thread further down" } else { "no thread further up" }),
        }
    }

    /// Where the loom is shown, the number of its threads now sought; `None` where it is not, or where it has those that
    /// would be found `by` this pairing, which knows the quotations or does not.
    pub(in crate::app) fn begin_weaving(
        &mut self,
        out: &mut Out,
        judged: Judged,
        by: Option<(&Arc<Pairing>, bool)>,
    ) -> Option<(u64, Ticket)> {
        let woven = self.woven_before(by, &judged).map(<[Thread]>::to_vec);
        let Scene::Loom(loom) = self.scene_mut() else { return None };
        // What is still sought is not wanted any more; what was found stays until there is better.
        (loom.number, loom.ticket) = (out.number(), Ticket::new());
        if let Some(threads) = &mut loom.threads {
            threads.retain(|thread| !judged.rejects(thread.left, thread.right));
        }
        loom.grows = loom.threads.is_none();
        loom.by = by.map(|(by, quoted)| (Arc::downgrade(by), quoted));
        loom.judged = Some(judged);
        if let Some(threads) = woven {
            (loom.threads, loom.percent, loom.grows) = (Some(threads), None, false);
            return None;
        }
        loom.percent = Some(0);
        Some((loom.number, loom.ticket.clone()))
    }

    /// The threads that were found last, where they are those that this pairing would find.
    fn woven_before(&self, by: Option<(&Arc<Pairing>, bool)>, judged: &Judged) -> Option<&[Thread]> {
        let ((by, quoted), woven) = (by?, self.last_woven()?);
        let is_same = woven.by.ptr_eq(&Arc::downgrade(by)) && woven.quoted == quoted;
        (is_same && woven.judged == *judged).then_some(woven.threads.as_slice())
    }

    /// Whether the loom is shown, and its threads were sought when other things were judged than these.
    pub(in crate::app) fn is_woven_otherwise(&self, judged: &Judged) -> bool {
        matches!(self.scene(), Scene::Loom(loom) if loom.judged.as_ref() != Some(judged))
    }

    /// The threads are known.
    pub(in crate::app) fn woven(
        &mut self,
        halves: &Halves,
        links: &Links,
        topics: &Topics,
        number: u64,
        threads: Vec<Thread>,
    ) {
        let threads = topics.with_topics(halves, links.with_own(threads));
        let Some(loom) = self.loom_of(number) else { return };
        let (by, judged) = (loom.by.take(), loom.judged.clone());
        (loom.percent, loom.grows) = (None, false);
        loom.threads = Some(threads.clone());
        if let (Some((by, quoted)), Some(judged)) = (by, judged) {
            self.keep_woven(Woven { by, quoted, judged, threads });
        }
    }
}

/// The passages that a thread joins.
fn ends(thread: &Thread) -> (PassageNo, PassageNo) {
    (thread.left, thread.right)
}

impl TwoSided for Screens {
    fn turn(&mut self) {
        self.leave_loom();
    }
}
