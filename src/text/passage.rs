//! Passages: the blocks a reader can point at, and their numbers.
//!
//! Passages are numbered from 1 in the order of the text; the number is the locator in citations, JSON and notes.
//! Headings and rules are not counted. A footnote has no number of its own but its label and the passage that cites it:
//! `¶14 n3`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::block::{Block, BlockKind};

/// The number of a passage, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PassageNo(pub u32);

impl fmt::Display for PassageNo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Which blocks are passages and headings, and which passage each block belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Numbering {
    passages: Vec<u32>,
    headings: Vec<u32>,
}

impl Numbering {
    pub(super) fn of(blocks: &[Block]) -> Self {
        let pick =
            |f: fn(&Block) -> bool| blocks.iter().enumerate().filter(|(_, b)| f(b)).map(|(i, _)| i as u32).collect();
        Self { passages: pick(Block::is_passage), headings: pick(|b| b.kind == BlockKind::Heading) }
    }

    /// How many passages there are.
    pub fn count(&self) -> usize {
        self.passages.len()
    }

    /// Block indices of the headings.
    pub fn headings(&self) -> &[u32] {
        &self.headings
    }

    /// All passages in order.
    pub fn passages(&self) -> impl DoubleEndedIterator<Item = PassageNo> + use<> {
        (1..=self.passages.len() as u32).map(PassageNo)
    }

    /// The block of a passage.
    pub fn block_of(&self, passage: PassageNo) -> Option<usize> {
        let index = (passage.0 as usize).checked_sub(1)?;
        self.passages.get(index).map(|&b| b as usize)
    }

    /// The passage that block `index` is, where it is one.
    pub fn passage_of(&self, index: usize) -> Option<PassageNo> {
        self.passages.binary_search(&(index as u32)).ok().map(|i| PassageNo(i as u32 + 1))
    }

    /// The passage at or after block `index`, else the last one before it; `None` in a text without passages.
    pub fn passage_near(&self, index: usize) -> Option<PassageNo> {
        let after = self.passages.partition_point(|&b| (b as usize) < index);
        let at = after.min(self.passages.len().checked_sub(1)?);
        Some(PassageNo(at as u32 + 1))
    }

    /// The last passage at or before block `index`.
    pub fn passage_before(&self, index: usize) -> Option<PassageNo> {
        let after = self.passages.partition_point(|&b| b as usize <= index);
        (after > 0).then_some(PassageNo(after as u32))
    }
}
