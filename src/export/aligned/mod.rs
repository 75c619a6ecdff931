//! Two versions of one work on paper and in pipes: two columns kept level, what only one has, what was moved, and at the
//! end an apparatus of the differences.

pub mod html;
pub mod jsonl;
pub mod text;
pub mod tmx;

use std::ops::Range;

use crate::align::{Alignment, Bead, BeadKind};
use crate::link::quotation::{Fate, compare};
use crate::model::open::Open;
use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::word::language::Language;

/// A bead that is less sure than this is shown with a question mark.
const UNSURE: f32 = 0.93;
/// Longer passages are not compared word by word: it would take longer than all the rest.
const LONGEST: usize = 40_000;

/// Two open texts and how they lie along each other.
#[derive(Debug, Clone, Copy)]
pub struct Aligned<'a> {
    /// The left text.
    pub left: &'a Open,
    /// The right text.
    pub right: &'a Open,
    /// The beads.
    pub alignment: &'a Alignment,
}

/// Changed words of the passages of a bead: for each passage stretches of its string.
type Marks = Vec<Vec<Range<usize>>>;

impl Aligned<'_> {
    /// Whether both texts are in one language, so that their words can be compared.
    fn one_language(&self) -> bool {
        Language::of(&self.left.text) == Language::of(&self.right.text)
    }

    /// How much of both has something across, in a sentence.
    pub fn tally(&self) -> String {
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

    /// The words that differ between the sides of a bead, passage by passage; nothing where they cannot be compared.
    fn changed(&self, bead: &Bead) -> [Marks; 2] {
        let nothing = || [vec![Vec::new(); bead.left.len()], vec![Vec::new(); bead.right.len()]];
        if bead.kind == BeadKind::Same || bead.is_gap() || !self.one_language() {
            return nothing();
        }
        let (left, right) = (joined(&self.left.text, &bead.left), joined(&self.right.text, &bead.right));
        if left.0.len() + right.0.len() > LONGEST {
            return nothing();
        }
        let steps = compare(&left.0, &right.0);
        let differing = || steps.iter().filter(|step| step.fate != Fate::Kept);
        [
            spread(differing().map(|step| step.left.clone()), &left.1),
            spread(differing().map(|step| step.right.clone()), &right.1),
        ]
    }
}

/// What differs at a bead, in a few words; `None` where it is one passage across from one, moved nowhere.
fn difference(bead: &Bead) -> Option<String> {
    let shape = (bead.left.len(), bead.right.len());
    match bead.kind {
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

/// Whether a bead is shown with a question mark.
fn is_unsure(bead: &Bead) -> bool {
    !bead.is_gap() && bead.confidence < UNSURE
}

/// `¶4`, `¶¶4–6`; nothing of no passages.
fn numbers(range: &Range<u32>) -> String {
    match range.len() {
        0 => String::new(),
        1 => format!("¶{}", range.end),
        _ => format!("¶¶{}–{}", range.start + 1, range.end),
    }
}

/// The passages of a run with a line's end between them, and where each begins.
fn joined(text: &Text, range: &Range<u32>) -> (String, Vec<Range<usize>>) {
    let mut all = String::new();
    let mut places = Vec::new();
    for at in range.clone() {
        if !all.is_empty() {
            all.push('\n');
        }
        let from = all.len();
        all.push_str(text.passage_str(PassageNo(at + 1)));
        places.push(from..all.len());
    }
    (all, places)
}

/// Stretches of joined passages as stretches of each, without the blanks at their ends.
fn spread(stretches: impl Iterator<Item = Range<usize>>, places: &[Range<usize>]) -> Marks {
    let mut marks: Marks = vec![Vec::new(); places.len()];
    for stretch in stretches {
        for (place, marks) in places.iter().zip(&mut marks) {
            let (from, to) = (stretch.start.max(place.start), stretch.end.min(place.end));
            if from < to {
                marks.push(from - place.start..to - place.start);
            }
        }
    }
    marks
}
