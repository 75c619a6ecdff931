//! The words that two versions in one language do not have in common: how many of each passage, and which, for those in
//! sight.

use std::ops::Range;
use std::sync::Arc;

use super::Versions;
use crate::align::changed::Marks;
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::keys::Keys;
use crate::app::out::Out;
use crate::app::work::changes::{Changes as AskChanges, Reworded};
use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::text::passage::PassageNo;
use crate::word::language::Language;

/// Of so many beads the changed words are kept.
const KEPT: usize = 256;

impl Versions {
    /// Marks the words that differ, or marks them no longer; says which, or why it cannot.
    pub(in crate::app) fn mark_changed_words(&mut self, halves: &Halves, hinge: &Hinge, keys: &Keys) -> String {
        if !self.is_laid() {
            return self.why_not_laid(halves, hinge, keys);
        }
        if !halves.is_one_language() {
            return "the two texts are in different languages: their words cannot be compared".to_owned();
        }
        self.words = !self.words;
        let what = if self.words { "are underlined" } else { "are not marked any more" };
        format!("words that only one version has {what}")
    }

    /// The beads compared so far, in order, each with the share of its words found on one side only.
    pub(super) fn reworded(&self) -> &[(usize, f32)] {
        self.laid().and_then(|laid| laid.wording.reworded.as_deref()).unwrap_or_default()
    }

    /// Whether it is still being found out how much of each passage was reworded.
    pub(super) fn is_comparing_words(&self) -> bool {
        self.laid().is_some_and(|laid| laid.wording.counted.is_some())
    }

    /// Whether changed words are marked in the texts.
    pub fn marks_words(&self) -> bool {
        self.words
    }

    /// The changed words of a passage, as stretches of it; none where they are not marked, or not known yet.
    pub fn changed_words(&self, side: Side, passage: PassageNo) -> &[Range<usize>] {
        let found = || {
            let across = self.across(side, passage).filter(|_| self.words)?;
            let wording = &self.laid()?.wording;
            let (_, marks) = wording.known.iter().find(|(at, _)| *at == across.at)?;
            let marks = &marks[usize::from(!self.is_first(side))];
            marks.get((passage.0 - 1 - across.here.start) as usize)
        };
        found().map_or(&[], Vec::as_slice)
    }

    pub(in crate::app) fn counted_reworded(&mut self, found: Vec<(usize, f32)>) {
        let last = self.last_stepped();
        if let Some(laid) = self.laid_mut() {
            (laid.wording.reworded, laid.wording.counted) = (Some(found), None);
            laid.differences = [None, None];
        }
        self.step_again(last);
    }

    /// How much was reworded will not be known.
    pub(in crate::app) fn not_counted(&mut self) {
        if let Some(laid) = self.laid_mut() {
            laid.wording.counted = None;
        }
    }

    /// Has the wording of all passages compared, if both texts are in one language.
    pub(super) fn count_reworded(&mut self, halves: &Halves, out: &mut Out) {
        if !halves.is_one_language() {
            return;
        }
        let Some(laid) = self.laid_mut() else { return };
        let ticket = Ticket::new();
        laid.wording.counted = Some(ticket.clone());
        let alignment = Arc::clone(&laid.told);
        out.ask_while(&ticket, Reworded(alignment));
    }

    /// Has the words of the visible passages compared, if changed words are to be marked.
    pub(in crate::app) fn settle_wording(&mut self, halves: &Halves, out: &mut Out) {
        if !self.words || !self.is_laid() {
            return;
        }
        let mut beads: Vec<usize> = Vec::new();
        for side in BOTH {
            let pane = halves.pane(side);
            let Some(text) = pane.text() else { return };
            for row in pane.rows().into_iter().flatten() {
                let passage = text.numbering().passage_of(row.block as usize);
                beads.extend(passage.and_then(|p| self.across(side, p)).map(|across| across.at));
            }
        }
        beads.sort_unstable();
        beads.dedup();
        let Some(laid) = self.laid_mut().filter(|laid| laid.wording.asked.is_none()) else { return };
        beads.retain(|bead| !laid.wording.known.iter().any(|(at, _)| at == bead));
        if beads.is_empty() {
            return;
        }
        let ticket = Ticket::new();
        laid.wording.asked = Some(ticket.clone());
        let alignment = Arc::clone(&laid.told);
        out.ask_while(&ticket, AskChanges { alignment, beads });
    }

    /// The words of some beads are compared; of those for which that failed nothing is marked.
    pub(in crate::app) fn words_compared(&mut self, halves: &Halves, out: &mut Out, found: Vec<(usize, [Marks; 2])>) {
        let Some(laid) = self.laid_mut() else { return };
        let wording = &mut laid.wording;
        wording.asked = None;
        for (bead, marks) in found {
            if wording.known.len() >= KEPT {
                wording.known.pop_front();
            }
            wording.known.push_back((bead, Arc::new(marks)));
        }
        self.settle_wording(halves, out);
    }
}

impl Halves {
    /// Whether the two texts are in one language: only then words can be compared.
    pub(in crate::app) fn is_one_language(&self) -> bool {
        let [left, right] = BOTH.map(|side| self.pane(side).text().map(Language::of));
        left == right
    }
}
