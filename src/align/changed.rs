//! Which words differ between the sides of a bead, in two texts of one language.

use std::ops::Range;

use super::{Alignment, Bead, BeadKind};
use crate::link::quotation::{Fate, compare};
use crate::text::Text;
use crate::text::passage::PassageNo;

/// Longer passages are not compared word by word: it would take longer than all the rest.
const LONGEST: usize = 40_000;

/// Changed words of the passages of a side of a bead: for each passage stretches of its string.
pub(crate) type Marks = Vec<Vec<Range<usize>>>;

impl Alignment {
    /// The words that differ between the sides of a bead, passage by passage; nothing where there is nothing to compare.
    pub fn changed(&self, bead: &Bead) -> [Marks; 2] {
        let Some([left, right]) = self.to_compare(bead) else {
            return [vec![Vec::new(); bead.left.len()], vec![Vec::new(); bead.right.len()]];
        };
        let steps = compare(&left.0, &right.0);
        let differing = || steps.iter().filter(|step| step.fate != Fate::Kept);
        [
            spread(differing().map(|step| step.left.clone()), &left),
            spread(differing().map(|step| step.right.clone()), &right),
        ]
    }

    /// The share of a bead's words that only one side has, 0 to 1, weighed by their letters.
    pub fn share_changed(&self, bead: &Bead) -> f32 {
        let [left, right] = self.changed(bead);
        let changed: usize = left.iter().chain(&right).flatten().map(ExactSizeIterator::len).sum();
        changed as f32 / self.length(bead).max(1) as f32
    }

    /// How long the passages of a bead are together, in bytes.
    pub fn length(&self, bead: &Bead) -> usize {
        let length = |text: &Text, range: &Range<u32>| -> usize {
            range.clone().map(|at| text.passage_str(PassageNo(at + 1)).len()).sum()
        };
        length(&self.texts[0], &bead.left) + length(&self.texts[1], &bead.right)
    }

    /// Whether the words of a bead are too many to be compared.
    pub fn is_too_long(&self, bead: &Bead) -> bool {
        let length = |text: &Text, range: &Range<u32>| joined(text, range).0.len();
        length(&self.texts[0], &bead.left) + length(&self.texts[1], &bead.right) > LONGEST
    }

    /// The places where the wordings of the sides of a bead differ, in order: what the left text has there, and what the right
    /// one. Nothing of a bead that is too long to be compared.
    pub fn variants(&self, bead: &Bead) -> Vec<[String; 2]> {
        let Some([(left, _), (right, _)]) = self.to_compare(bead) else { return Vec::new() };
        let mut places: Vec<[Range<usize>; 2]> = Vec::new();
        for step in compare(&left, &right).into_iter().filter(|step| step.fate != Fate::Kept) {
            match places.last_mut().filter(|last| last[0].end == step.left.start && last[1].end == step.right.start) {
                Some(last) => (last[0].end, last[1].end) = (step.left.end, step.right.end),
                None => places.push([step.left, step.right]),
            }
        }
        let words = |of: &str, place: &Range<usize>| {
            of.get(place.clone()).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let variants = places.iter().map(|[here, there]| [words(&left, here), words(&right, there)]);
        variants.filter(|[here, there]| here != there).collect()
    }

    /// Both sides of a bead, joined; nothing where they are the same, where there is but one, or where they are too long.
    fn to_compare(&self, bead: &Bead) -> Option<[(String, Vec<Range<usize>>); 2]> {
        if bead.kind == BeadKind::Same || bead.is_gap() || bead.heading.is_some() {
            return None;
        }
        let sides = [joined(&self.texts[0], &bead.left), joined(&self.texts[1], &bead.right)];
        (sides[0].0.len() + sides[1].0.len() <= LONGEST).then_some(sides)
    }
}

/// The passages of a run with a line feed between them, and where each begins.
pub(crate) fn joined(text: &Text, range: &Range<u32>) -> (String, Vec<Range<usize>>) {
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
fn spread(stretches: impl Iterator<Item = Range<usize>>, (words, places): &(String, Vec<Range<usize>>)) -> Marks {
    let mut marks: Marks = vec![Vec::new(); places.len()];
    for stretch in stretches {
        for (place, marks) in places.iter().zip(&mut marks) {
            let (from, to) = (stretch.start.max(place.start), stretch.end.min(place.end));
            let Some(marked) = words.get(from..to) else { continue };
            let (from, to) = (to - marked.trim_start().len(), from + marked.trim_end().len());
            if from < to {
                marks.push(from - place.start..to - place.start);
            }
        }
    }
    marks
}
