//! Two versions of one work laid along each other: which passages of one are which of the other, what only one has, and
//! what was moved; and whether two texts are one work at all.
//!
//! An alignment knows no topics and no language. It goes by words that are the same or spelt alike in both texts, by
//! numbers and marks, by lengths, and by translations that it learns from the pair itself: a first path through both
//! texts gives a table of words, with which the next path is found (Gale and Church 1993 for lengths; Brown et al. 1993
//! and Moore 2002 for the table; Thompson and Koehn 2019 for coarse to fine).

pub mod one_work;
pub mod said;
pub mod sentences;

mod band;
mod dots;
mod moved;
mod pass;
mod path;
mod signs;
mod table;

#[cfg(test)]
mod tests;

use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use self::pass::{Found, Units};
use self::said::Said;
use self::sentences::Sentences;
use crate::text::Text;
use crate::text::passage::PassageNo;

/// How a long alignment tells how far it is (`done` of `of`), and learns that nobody waits for it any more.
pub type Progress<'a> = &'a dyn Fn(usize, usize) -> ControlFlow<()>;

/// What lies across from what: passages of both texts, or of one alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Bead {
    /// The passages of the left text, counted from 0; empty where only the right one has this.
    pub left: Range<u32>,
    /// The passages of the right text, counted from 0; empty where only the left one has this.
    pub right: Range<u32>,
    /// What the two sides are to each other.
    pub kind: BeadKind,
    /// How sure that is, 0 to 1: the share of such beads that were right where it was measured, and 1 for what the reader
    /// has joined. 0 in a gap, of which nothing is claimed but that nothing was found.
    pub confidence: f32,
}

/// What the two sides of a bead are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BeadKind {
    /// Word for word the same.
    Same,
    /// The same passages in other words, or another language.
    Changed,
    /// The same, but elsewhere in the order of the right text.
    Moved,
    /// Only the left text has it.
    OnlyLeft,
    /// Only the right text has it.
    OnlyRight,
}

/// Two texts laid along each other: beads in the order of the left text, each passage in one.
#[derive(Debug)]
pub struct Alignment {
    texts: [Arc<Text>; 2],
    units: Units,
    found: Found,
    beads: Vec<Bead>,
    /// For each passage the index of its bead.
    of_left: Vec<u32>,
    of_right: Vec<u32>,
}

/// How many passages and beads of each kind there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Passages of the left text, and how many of them have something across.
    pub left: (usize, usize),
    /// Passages of the right text, and how many of them have something across.
    pub right: (usize, usize),
    /// Beads that were moved.
    pub moved: usize,
    /// Beads whose words are the same.
    pub same: usize,
}

impl Alignment {
    /// Lays two texts along each other, passage by passage, going by what the reader has said of them.
    ///
    /// # Errors
    /// Breaks where `progress` does.
    pub fn of(left: &Arc<Text>, right: &Arc<Text>, said: &Said, progress: Progress<'_>) -> ControlFlow<(), Self> {
        let (of_left, of_right) = (passages(left), passages(right));
        let units = Units::of(&of_left, &of_right, said);
        let found = units.passes(progress)?;
        let beads = units.beads(&found).into_iter().map(|bead| judged(bead, &of_left, &of_right)).collect();
        let mut all = Self {
            of_left: vec![0; of_left.len()],
            of_right: vec![0; of_right.len()],
            texts: [Arc::clone(left), Arc::clone(right)],
            units,
            found,
            beads,
        };
        for (at, bead) in all.beads.iter().enumerate() {
            all.of_left[bead.left.start as usize..bead.left.end as usize].fill(at as u32);
            all.of_right[bead.right.start as usize..bead.right.end as usize].fill(at as u32);
        }
        ControlFlow::Continue(all)
    }

    /// The beads, in the order of the left text; what only the right one has stands where it stands there.
    pub fn beads(&self) -> &[Bead] {
        &self.beads
    }

    /// The bead of a passage of the left text.
    pub fn of_left(&self, passage: PassageNo) -> Option<&Bead> {
        let at = self.of_left.get((passage.0 as usize).checked_sub(1)?)?;
        self.beads.get(*at as usize)
    }

    /// The bead of a passage of the right text.
    pub fn of_right(&self, passage: PassageNo) -> Option<&Bead> {
        let at = self.of_right.get((passage.0 as usize).checked_sub(1)?)?;
        self.beads.get(*at as usize)
    }

    /// The sentences of a bead laid along each other.
    pub fn sentences(&self, bead: &Bead) -> Vec<Sentences> {
        sentences::align(&self.units, &self.found, (&self.texts[0], &self.texts[1]), (&bead.left, &bead.right))
    }

    /// How much of both texts has something across.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally { left: (self.of_left.len(), 0), right: (self.of_right.len(), 0), moved: 0, same: 0 };
        for bead in self.beads.iter().filter(|bead| !bead.is_gap()) {
            tally.left.1 += bead.left.len();
            tally.right.1 += bead.right.len();
            tally.moved += usize::from(bead.kind == BeadKind::Moved);
            tally.same += usize::from(bead.kind == BeadKind::Same);
        }
        tally
    }
}

impl Bead {
    /// Whether only one text has it.
    pub fn is_gap(&self) -> bool {
        matches!(self.kind, BeadKind::OnlyLeft | BeadKind::OnlyRight)
    }

    /// The passages of the left text.
    pub fn left_passages(&self) -> impl Iterator<Item = PassageNo> + use<> {
        self.left.clone().map(|at| PassageNo(at + 1))
    }

    /// The passages of the right text.
    pub fn right_passages(&self) -> impl Iterator<Item = PassageNo> + use<> {
        self.right.clone().map(|at| PassageNo(at + 1))
    }
}

/// The words of every passage.
fn passages(text: &Text) -> Vec<&str> {
    text.numbering().passages().map(|passage| text.passage_str(passage)).collect()
}

/// A bead whose sides are word for word the same says so.
fn judged(mut bead: Bead, left: &[&str], right: &[&str]) -> Bead {
    if bead.kind == BeadKind::Changed {
        let letters = |all: &[&str], range: &Range<u32>| -> String {
            let units = &all[range.start as usize..range.end as usize];
            units.iter().flat_map(|unit| unit.chars()).filter(|c| !c.is_whitespace()).collect()
        };
        if letters(left, &bead.left) == letters(right, &bead.right) {
            bead.kind = BeadKind::Same;
        }
    }
    bead
}
