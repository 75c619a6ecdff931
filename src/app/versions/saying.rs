//! What is said of a bead: of the place where the reader is, and of a difference between the two versions.

use std::ops::Range;

use super::Across;
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::versions::Versions;
use crate::link::Side;
use crate::text::passage::PassageNo;

impl Versions {
    /// The passages, counted from 0, that are level with each other in two versions of one work where this pair is: one may
    /// have in two passages what the other has in one. Nothing where the two are not level.
    pub(in crate::app) fn level_with(
        &self,
        hinge: &Hinge,
        (left, right): (PassageNo, PassageNo),
    ) -> Option<[Range<u32>; 2]> {
        let bead = self.across(Side::Left, left).filter(|bead| self.is_one_work(hinge) && bead.heading().is_none())?;
        let is_of = bead.here.contains(&(left.0 - 1)) && bead.there.contains(&(right.0 - 1));
        is_of.then_some([bead.here, bead.there])
    }

    /// Which passages are level.
    pub fn said_level(&self, halves: &Halves) -> Option<String> {
        let lead = halves.focus();
        let across = self.across(lead, halves.lead().current()?).filter(|across| !across.is_only_here())?;
        let there = across.heading().map_or_else(|| numbers(&across.there), |_| "§".to_owned());
        let here = numbers(&across.here);
        Some(if lead == Side::Left { format!("{here} ⇄ {there}") } else { format!("{there} ⇄ {here}") })
    }

    /// What is across from the passage that leads, where that is out of the ordinary: nothing, more or fewer passages, a
    /// passage from elsewhere.
    pub fn said_across(&self, halves: &Halves) -> Option<String> {
        let lead = halves.focus();
        let across = self.across(lead, halves.lead().current()?)?;
        let unsure = if across.bead.is_unsure() { "? " } else { "" };
        if across.is_only_here() {
            let run = self.run(across.at);
            return Some(match run.len() {
                1 => format!("¶{} only here", run.end),
                count => format!("{count} passages only here, {}", numbers(&run)),
            });
        }
        let arrow = self.said_level(halves)?;
        match shape(&across) {
            Some(shape) => Some(format!("{unsure}{arrow} {shape}")),
            None if across.bead.is_unsure() => Some(format!("? {arrow}")),
            None => None,
        }
    }

    /// Whether the other pane waits: at the place of the pane that leads its text has nothing.
    pub fn waits(&self, halves: &Halves, hinge: &Hinge, side: Side) -> bool {
        let lead = halves.focus();
        let alone = |passage| self.across(lead, passage).is_some_and(|across| across.is_only_here());
        side != lead && self.keeps_level(hinge) && !hinge.pinned() && halves.lead().current().is_some_and(alone)
    }
}

/// What a bead's passages have become on the other side; `None` where one is across from one at its place.
pub(super) fn shape(across: &Across<'_>) -> Option<String> {
    match (across.here.len(), across.there.len()) {
        _ if across.is_moved() => Some("moved".to_owned()),
        _ if across.bead.heading.is_some() => None,
        (_, 0) => Some("only here".to_owned()),
        (0, _) => Some("only there".to_owned()),
        (1, 1) => None,
        (1, parts) => Some(format!("split into {parts}")),
        (parts, 1) => Some(format!("{parts} merged")),
        (here, there) => Some(format!("{here} for {there}")),
    }
}

/// `¶4`, `¶¶4–6`; nothing of no passages.
pub(super) fn numbers(range: &Range<u32>) -> String {
    match range.len() {
        0 => String::new(),
        1 => format!("¶{}", range.end),
        _ => format!("¶¶{}–{}", range.start + 1, range.end),
    }
}
