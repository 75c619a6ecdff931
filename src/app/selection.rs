//! A selection, made and stretched by keys.

use std::ops::Range;

use crate::app::halves::Halves;
use crate::link::Side;
use crate::text::block::Block;
use crate::text::passage::PassageNo;
use crate::text::{Place, Text};
use crate::word::sentence::sentences;
use crate::word::token::tokens;

/// A stretch of one pane's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Which pane.
    pub side: Side,
    /// The selected bytes of the text's string, on character boundaries.
    pub range: Range<usize>,
    /// Whether stretching moves the start instead of the end.
    pub at_start: bool,
    /// Whether it is as it was made, so that it may begin elsewhere.
    pub is_fresh: bool,
}

/// What a selection is stretched by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A word.
    Word,
    /// A sentence.
    Sentence,
    /// A whole passage.
    Passage,
}

/// The sentence that byte `offset` of the text's string is in, as bytes of the string.
pub(crate) fn sentence_at(text: &Text, offset: usize) -> Option<Range<usize>> {
    let block = &text.blocks()[text.block_at(offset)?];
    ranges(text, block, Unit::Sentence)
        .into_iter()
        .find(|r| offset < r.end)
        .or_else(|| ranges(text, block, Unit::Sentence).pop())
}

/// The sentences of a block, as bytes of the text's string.
pub(super) fn sentences_of(text: &Text, block: usize) -> Vec<Range<usize>> {
    text.blocks().get(block).map_or_else(Vec::new, |block| ranges(text, block, Unit::Sentence))
}

fn ranges(text: &Text, block: &Block, unit: Unit) -> Vec<Range<usize>> {
    let base = block.range().start;
    let string = &text.string()[block.range()];
    let shift = |r: Range<usize>| base + r.start..base + r.end;
    match unit {
        Unit::Word => tokens(string).map(shift).collect(),
        Unit::Sentence => sentences(string).into_iter().map(shift).collect(),
        Unit::Passage => vec![block.range()],
    }
}

impl Halves {
    /// Selects the passages that a deep link names, where the pane that leads has them.
    pub(super) fn select_passages(&mut self, side: Side, passages: Option<(PassageNo, PassageNo)>) {
        let Some((first, last)) = passages.filter(|_| self.focus() == side) else { return };
        let Some(text) = self.pane(side).text() else { return };
        let range = |passage| Some(text.blocks()[text.numbering().block_of(passage)?].range());
        if let (Some(first), Some(last)) = (range(first), range(last)) {
            let range = first.start..last.end;
            self.select(Some(Selection { side, range, at_start: false, is_fresh: true }));
        }
    }
}

impl Selection {
    /// Moves the free end outward (or inward, for `outward` false) by one unit. It stays at least one unit long, and
    /// within passages: headings and notes between two passages are passed over.
    pub fn stretch(&mut self, text: &Text, unit: Unit, outward: bool) {
        self.is_fresh = false;
        let forward = outward != self.at_start;
        let edge = if self.at_start { self.range.start } else { self.range.end };
        let Some(target) = next_edge(text, edge, unit, forward, !self.at_start) else { return };
        let stretched = if self.at_start { target..self.range.end } else { self.range.start..target };
        if stretched.start < stretched.end {
            self.range = stretched;
        }
    }

    /// Restarts the selection with the first word at or after byte `offset`.
    pub(super) fn begin_at_word(&mut self, text: &Text, offset: usize) {
        self.is_fresh = false;
        let Some(block) = text.block_at(offset).and_then(|at| text.blocks().get(at)) else { return };
        let words = ranges(text, block, Unit::Word);
        let word = words.iter().find(|word| word.end > offset).or(words.last());
        if let Some(word) = word {
            self.range = word.clone();
        }
    }

    /// The passages it touches, first and last.
    pub fn passages(&self, text: &Text) -> Option<(PassageNo, PassageNo)> {
        let numbering = text.numbering();
        let first = numbering.passage_near(text.block_at(self.range.start)?)?;
        let last = numbering.passage_before(text.block_at(self.range.end.saturating_sub(1))?)?;
        Some((first.min(last), last))
    }

    /// The place of the free end, for keeping it in sight.
    pub fn head(&self, text: &Text) -> Place {
        text.place_of(if self.at_start { self.range.start } else { self.range.end.saturating_sub(1) })
    }
}

/// The next end (`ends`) or start of a unit after or before `edge`.
fn next_edge(text: &Text, edge: usize, unit: Unit, forward: bool, ends: bool) -> Option<usize> {
    let here = text.block_at(if ends { edge.saturating_sub(1) } else { edge })?;
    let pick = |r: Range<usize>| if ends { r.end } else { r.start };
    let mut block = here;
    loop {
        let b = &text.blocks()[block];
        if b.is_passage() || block == here {
            let mut edges = ranges(text, b, unit).into_iter().map(pick);
            let found = if forward { edges.find(|&e| e > edge) } else { edges.rfind(|&e| e < edge) };
            if found.is_some() {
                return found;
            }
        }
        block = if forward { block + 1 } else { block.checked_sub(1)? };
        if block >= text.blocks().len() {
            return None;
        }
    }
}
