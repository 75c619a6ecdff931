//! The alignment of two versions of one work: which passages of one are which of the other, what only one has, and
//! what was moved; and whether two texts are one work at all.
//!
//! An alignment knows no topics and no language. It goes by words that are the same or spelt alike in both texts, by
//! numbers and marks, by lengths, and by translations that it learns from the pair itself: a first path through both
//! texts gives a table of words, with which the next path is found (Gale and Church 1993 for lengths; Brown et al. 1993
//! and Moore 2002 for the table; Thompson and Koehn 2019 for coarse to fine).

pub(crate) mod changed;
pub(crate) mod judged_pairs;
pub(crate) mod one_work;
pub(crate) mod sentences;

mod band;
mod beads;
mod beside;
mod breaks;
mod dots;
mod equal;
mod even;
mod foreign;
mod headings;
mod in_place;
mod moved;
mod notes;
mod pass;
mod path;
mod seams;
mod signs;
mod table;
mod titles;
mod told;
mod trim;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_parts;

use std::ops::{ControlFlow, Range};
use std::sync::Arc;

use self::judged_pairs::JudgedPairs;
use self::pass::{Found, Units, passages};
use self::sentences::Sentences;
use crate::text::Text;
use crate::text::passage::PassageNo;

/// How a long alignment tells how far it is (`done` of `of`), and learns that nobody waits for it any more.
pub(crate) type Progress<'a> = &'a dyn Fn(usize, usize) -> ControlFlow<()>;

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
    /// What stands across from a passage is a heading of the other text, which has no number there: its block. The other side
    /// of the bead is then empty, where the heading stands.
    pub heading: Option<u32>,
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
    units: Arc<Units>,
    found: Arc<Found>,
    beads: Vec<Bead>,
    /// For each passage the index of its bead.
    of_left: Vec<u32>,
    of_right: Vec<u32>,
    /// For each gap the passages around it that the same text has alone, and how many of the other text stand before.
    gaps: Vec<Option<Gap>>,
    tally: Tally,
}

/// Where something is that only one text has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// All that this text has alone there, counted from 0.
    pub run: Range<u32>,
    /// Before which passage of the other text it would stand, counted from 0.
    pub point: u32,
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
    /// Lays two texts along each other, passage by passage.
    ///
    /// # Errors
    /// Breaks where `progress` does.
    pub fn of(left: &Arc<Text>, right: &Arc<Text>, progress: Progress<'_>) -> ControlFlow<(), Self> {
        let units = Units::of_texts([left, right]);
        let found = units.passes(progress)?;
        let texts = [Arc::clone(left), Arc::clone(right)];
        ControlFlow::Continue(Self::along(texts, Arc::new(units), Arc::new(found), &JudgedPairs::default()))
    }

    /// The same two texts, going by what the reader has said of them: between the neighbours of a passage of which
    /// something was said it is laid anew, elsewhere it stays. What was said before is forgotten.
    #[must_use]
    pub fn told(&self, said: &JudgedPairs) -> Self {
        Self::along(self.texts.clone(), Arc::clone(&self.units), Arc::clone(&self.found), said)
    }

    fn along(texts: [Arc<Text>; 2], units: Arc<Units>, found: Arc<Found>, said: &JudgedPairs) -> Self {
        let (of_left, of_right) = (passages(&texts[0]), passages(&texts[1]));
        let (way, fixed) = told::way(&units, &found, said);
        let way = even::evened(&units, &found, &fixed, &way);
        let mut beads = beads::beads(&units, &found, &way, &fixed);
        seams::set_right(&units, &found, &fixed, &mut beads);
        let mut beads = headings::with_headings((&units, &found, &fixed), [&texts[0], &texts[1]], beads);
        beads::doubt_beside_gaps(&mut beads);
        beads::doubt_far_from_others(&mut beads);
        let beads: Vec<Bead> = beads.into_iter().map(|bead| judged(bead, &of_left, &of_right)).collect();
        let (mut at_left, mut at_right) = (vec![0; of_left.len()], vec![0; of_right.len()]);
        for (at, bead) in beads.iter().enumerate() {
            at_left[bead.left.start as usize..bead.left.end as usize].fill(at as u32);
            at_right[bead.right.start as usize..bead.right.end as usize].fill(at as u32);
        }
        let gaps = gaps(&beads, [&at_left, &at_right]);
        let tally = Tally::of(&beads, (at_left.len(), at_right.len()));
        Self { of_left: at_left, of_right: at_right, texts, units, found, beads, gaps, tally }
    }

    /// Where what is in a gap would stand in the other text; `None` of a bead that is none.
    pub fn gap(&self, bead: usize) -> Option<&Gap> {
        self.gaps.get(bead)?.as_ref()
    }

    /// The two texts.
    pub fn texts(&self) -> (&Text, &Text) {
        (&self.texts[0], &self.texts[1])
    }

    /// The beads, in the order of the left text; what only the right one has stands where it stands there.
    pub fn beads(&self) -> &[Bead] {
        &self.beads
    }

    /// The bead of a passage of the left text, by its place among them.
    pub fn of_left(&self, passage: PassageNo) -> Option<usize> {
        self.of_left.get((passage.0 as usize).checked_sub(1)?).map(|at| *at as usize)
    }

    /// The bead of a passage of the right text, by its place among them.
    pub fn of_right(&self, passage: PassageNo) -> Option<usize> {
        self.of_right.get((passage.0 as usize).checked_sub(1)?).map(|at| *at as usize)
    }

    /// The sentences of a bead laid along each other.
    pub fn sentences(&self, bead: &Bead) -> Vec<Sentences> {
        sentences::align(&self.units, &self.found, (&self.texts[0], &self.texts[1]), (&bead.left, &bead.right))
    }

    /// How much of both texts has something across.
    pub fn tally(&self) -> Tally {
        self.tally
    }
}

impl Tally {
    /// That of these beads of texts of so many passages.
    fn of(beads: &[Bead], (left, right): (usize, usize)) -> Self {
        let mut tally = Self { left: (left, 0), right: (right, 0), moved: 0, same: 0 };
        for bead in beads.iter().filter(|bead| !bead.is_gap()) {
            tally.left.1 += bead.left.len();
            tally.right.1 += bead.right.len();
            tally.moved += usize::from(bead.kind == BeadKind::Moved);
            tally.same += usize::from(bead.kind == BeadKind::Same);
        }
        tally
    }
}

impl Bead {
    /// Whether it is no more alike than chance would have it: to be shown with a question mark.
    pub fn is_unsure(&self) -> bool {
        !self.is_gap() && self.confidence < beads::confidence(1.0)
    }

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

/// For each bead that is a gap where it is.
fn gaps(beads: &[Bead], of: [&[u32]; 2]) -> Vec<Option<Gap>> {
    // For each passage of a text that has it alone the run it is in.
    let runs = of.map(|of| {
        let mut runs: Vec<Range<u32>> = vec![0..0; of.len()];
        let mut from = 0;
        for at in 0..=of.len() {
            let is_alone = of.get(at).is_some_and(|bead| beads[*bead as usize].is_gap());
            if !is_alone {
                runs[from..at].fill(from as u32..at as u32);
                from = at + 1;
            }
        }
        runs
    });
    let mut reached = [0, 0];
    let gap = |bead: &Bead| match bead.kind {
        BeadKind::OnlyLeft => Some(Gap { run: runs[0][bead.left.start as usize].clone(), point: reached[1] }),
        BeadKind::OnlyRight => Some(Gap { run: runs[1][bead.right.start as usize].clone(), point: reached[0] }),
        BeadKind::Moved => None,
        BeadKind::Same | BeadKind::Changed => {
            reached = [bead.left.end, bead.right.end];
            None
        }
    };
    beads.iter().map(gap).collect()
}

/// A bead whose sides are word for word the same says so.
fn judged(mut bead: Bead, left: &[&str], right: &[&str]) -> Bead {
    if bead.kind == BeadKind::Changed && bead.heading.is_none() {
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
