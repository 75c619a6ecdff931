//! Inside a bead: which sentences of one side are which of the other, so that long passages keep level line by line.

use std::ops::Range;

use super::band::corridor;
use super::dots::Dots;
use super::judged_pairs::Fixed;
use super::pass::{Found, Units};
use super::path::best_path;
use crate::text::Text;
use crate::text::block::BlockKind;
use crate::text::passage::PassageNo;
use crate::word::sentence::sentences;

/// A stretch of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The passage.
    pub passage: PassageNo,
    /// Its bytes.
    pub range: Range<usize>,
}

/// Sentences of both sides that say the same; one side is empty where only the other says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentences {
    /// Sentences of the left text.
    pub left: Vec<Stretch>,
    /// Sentences of the right text.
    pub right: Vec<Stretch>,
}

/// Lays the sentences of two runs of passages along each other, by what is known of the words of both texts.
pub(super) fn align(
    units: &Units,
    found: &Found,
    texts: (&Text, &Text),
    passages: (&Range<u32>, &Range<u32>),
) -> Vec<Sentences> {
    let (left, right) = (stretches(texts.0, passages.0), stretches(texts.1, passages.1));
    let words = |text: &'_ Text, all: &[Stretch]| -> Vec<String> {
        all.iter().map(|s| text.passage_str(s.passage)[s.range.clone()].to_owned()).collect()
    };
    let (left_words, right_words) = (words(texts.0, &left), words(texts.1, &right));
    let of_left = units.left().of_parts(left_words.iter().map(String::as_str));
    let of_right = units.right().of_parts(right_words.iter().map(String::as_str));
    let costs = &found.costs.of_sentences();
    let band = corridor(&of_left, &of_right, &found.table, (costs.ratio, costs.variance), &Fixed::default());
    let dots = Dots::of(&of_left, &of_right, &found.table, &band);
    let path = best_path(&of_left, &of_right, &dots, costs, &Fixed::default());
    let steps =
        path.into_iter().map(|step| Sentences { left: left[step.left].to_vec(), right: right[step.right].to_vec() });
    steps.collect()
}

fn stretches(text: &Text, passages: &Range<u32>) -> Vec<Stretch> {
    let all = passages.clone().map(|at| PassageNo(at + 1));
    all.flat_map(|passage| {
        let string = text.passage_str(passage);
        let kind = text.numbering().block_of(passage).map(|block| text.blocks()[block].kind);
        // What a table or a program says, it says line by line.
        let ranges = match kind {
            Some(BlockKind::Table | BlockKind::Code) => lines(string),
            _ => sentences(string),
        };
        ranges.into_iter().map(move |range| Stretch { passage, range })
    })
    .collect()
}

/// The lines of a string that have something.
fn lines(string: &str) -> Vec<Range<usize>> {
    let mut from = 0;
    let line = |line: &str| {
        let range = from..from + line.trim_end().len();
        from += line.len();
        range
    };
    string.split_inclusive('\n').map(line).filter(|line| !line.is_empty()).collect()
}
