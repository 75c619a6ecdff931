//! Two versions of one work on paper and in pipes: two columns kept level, what only one has, what was moved, and at the
//! end an apparatus of the differences.

mod apparatus;
pub(crate) mod html;
pub(crate) mod jsonl;
pub(crate) mod text;
pub(crate) mod tmx;

use std::ops::Range;

use crate::align::changed::Marks;
use crate::align::{Alignment, Bead, BeadKind};
use crate::link::Side;
use crate::model::open::Open;
use crate::text::passage::PassageNo;
use crate::word::language::Language;

/// Two open texts and how they lie along each other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Aligned<'a> {
    /// The left text.
    pub left: &'a Open,
    /// The right text.
    pub right: &'a Open,
    /// The beads.
    pub alignment: &'a Alignment,
}

impl Aligned<'_> {
    /// Whether both texts are in one language, so that their words can be compared.
    fn one_language(&self) -> bool {
        Language::of(&self.left.text) == Language::of(&self.right.text)
    }

    /// How much of both has something across, in a sentence.
    pub(crate) fn tally(&self) -> String {
        let tally = self.alignment.tally();
        let only = |(all, across): (usize, usize)| all - across;
        let moved = if tally.moved > 0 { format!(", {} moved", tally.moved) } else { String::new() };
        format!(
            "{} of {} passages aligned with {} of {}{moved}; {} only left, {} only right",
            tally.left.1,
            tally.left.0,
            tally.right.1,
            tally.right.0,
            only(tally.left),
            only(tally.right)
        )
    }

    /// The headings, as blocks, that stand before a passage counted from 0, but for those that a passage of the other text is
    /// level with.
    fn headings_before(&self, side: Side, passage: u32) -> Vec<usize> {
        let numbering = if side == Side::Left { self.left.text.numbering() } else { self.right.text.numbering() };
        let block = |number: u32| numbering.block_of(PassageNo(number)).map(|block| block as u32);
        let (from, to) = (block(passage).unwrap_or(0), block(passage + 1).unwrap_or(0));
        let is_level = |block: usize| self.alignment.beads().iter().any(|bead| heading_on(bead, side) == Some(block));
        let between = numbering.headings().iter().filter(|&&heading| (from..to).contains(&heading));
        between.map(|heading| *heading as usize).filter(|block| !is_level(*block)).collect()
    }

    /// The words that differ between the sides of a bead, passage by passage; nothing where they cannot be compared.
    fn changed(&self, bead: &Bead) -> [Marks; 2] {
        if self.one_language() {
            return self.alignment.changed(bead);
        }
        [vec![Vec::new(); bead.left.len()], vec![Vec::new(); bead.right.len()]]
    }
}

/// What differs at a bead, in a few words; `None` where it is one passage across from one, moved nowhere.
fn difference(bead: &Bead) -> Option<String> {
    let shape = (bead.left.len(), bead.right.len());
    match bead.kind {
        _ if bead.heading.is_some() => None,
        BeadKind::OnlyLeft => Some("only left".to_owned()),
        BeadKind::OnlyRight => Some("only right".to_owned()),
        BeadKind::Moved => Some("moved".to_owned()),
        BeadKind::Same | BeadKind::Changed => match shape {
            (1, 1) => None,
            (1, parts) => Some(format!("split into {parts}")),
            (parts, 1) => Some(format!("{parts} merged")),
            (left, right) => Some(format!("{left} for {right}")),
        },
    }
}

/// The heading of the other text that the passage of a bead is level with: its block in the left or in the right one.
fn heading_on(bead: &Bead, side: Side) -> Option<usize> {
    let is_empty = if side == Side::Left { bead.left.is_empty() } else { bead.right.is_empty() };
    bead.heading.filter(|_| is_empty).map(|block| block as usize)
}

/// `¶4`, `¶¶4–6`; nothing of no passages.
fn numbers(range: &Range<u32>) -> String {
    match range.len() {
        0 => String::new(),
        1 => format!("¶{}", range.end),
        _ => format!("¶¶{}–{}", range.start + 1, range.end),
    }
}
