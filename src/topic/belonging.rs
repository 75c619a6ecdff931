//! Which passage every block of a text belongs to, when the question is what a passage is about, and which is none to ask.
//!
//! A passage belongs to itself. A heading belongs to the passage that follows it, a footnote to the passage that cites it.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::text::Text;
use crate::text::block::{Block, BlockKind};
use crate::text::passage::PassageNo;
use crate::text::span::SpanKind;

use crate::word::sentence::first_sentence;
use crate::word::token::floor_boundary;

use super::label::labels;
use super::source::is_source;

/// The passage of each block; `None` only in a text without passages, and for rules.
#[derive(Debug, Clone)]
pub(crate) struct Belonging {
    owners: Vec<Option<PassageNo>>,
    labels: Vec<u32>,
    /// What is known of the opening of each block: every topic asks for it.
    openings: Vec<OnceCell<Opening>>,
}

/// How a block begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening {
    /// Where its first sentence ends.
    pub end: usize,
    /// Whether it is a line that only names a source.
    pub source: bool,
}

/// In how many bytes an opening sentence is looked for.
const OPENING_BYTES: usize = 400;

impl Opening {
    fn of(block: &str) -> Self {
        let beginning = &block[..floor_boundary(block, OPENING_BYTES)];
        Self { end: first_sentence(beginning).map_or(0, |s| s.end), source: is_source(block) }
    }
}

impl Belonging {
    /// Finds it for every block of `text`.
    pub(crate) fn of(text: &Text) -> Self {
        let numbering = text.numbering();
        let citing = citing_blocks(text);
        let owner = |(index, block): (usize, &Block)| match block.kind {
            BlockKind::Rule => None,
            BlockKind::Footnote => {
                let cited = citing.get(&index).and_then(|&b| numbering.passage_near(b));
                cited.or_else(|| numbering.passage_before(index)).or_else(|| numbering.passage_near(index))
            }
            _ => numbering.passage_near(index),
        };
        let owners: Vec<Option<PassageNo>> = text.blocks().iter().enumerate().map(owner).collect();
        Self { openings: vec![OnceCell::new(); owners.len()], owners, labels: labels(text) }
    }

    /// The passage that block `index` belongs to.
    pub(crate) fn owner(&self, index: usize) -> Option<PassageNo> {
        self.owners.get(index).copied().flatten()
    }

    /// How block `index` of `text` begins.
    pub(super) fn opening(&self, text: &Text, index: usize) -> Opening {
        let of = || Opening::of(text.block_str(index));
        self.openings.get(index).map_or_else(of, |known| *known.get_or_init(of))
    }

    /// Whether a passage is no prose, but a title, a byline or the like.
    pub(super) fn is_label(&self, passage: u32) -> bool {
        self.labels.binary_search(&passage).is_ok()
    }

    /// The footnote blocks that belong to each passage that has any.
    pub(crate) fn notes(&self, text: &Text) -> HashMap<PassageNo, Vec<usize>> {
        let mut notes: HashMap<PassageNo, Vec<usize>> = HashMap::new();
        for (index, block) in text.blocks().iter().enumerate() {
            if block.kind == BlockKind::Footnote
                && let Some(owner) = self.owner(index)
            {
                notes.entry(owner).or_default().push(index);
            }
        }
        notes
    }
}

/// For each footnote block, the block outside footnotes that cites it first, however deep notes cite notes.
fn citing_blocks(text: &Text) -> HashMap<usize, usize> {
    let mut citing: HashMap<usize, usize> = HashMap::new();
    for span in text.spans() {
        let SpanKind::NoteRef(number) = span.kind else { continue };
        let (Some(at), Some(note)) = (text.block_at(span.start()), text.notes().get(number as usize)) else { continue };
        for block in note.blocks.clone() {
            citing.entry(block).or_insert(at);
        }
    }
    let resolve = |mut at: usize| {
        // Notes may cite each other in a circle.
        for _ in 0..8 {
            match citing.get(&at) {
                Some(&next) if next != at => at = next,
                _ => break,
            }
        }
        at
    };
    citing.iter().map(|(&note, &at)| (note, resolve(at))).collect()
}

#[cfg(test)]
mod tests {
    use super::Belonging;
    use crate::text::Builder;
    use crate::text::block::BlockKind;
    use crate::text::passage::PassageNo;
    use crate::text::span::SpanKind;

    #[test]
    fn headings_look_ahead_and_notes_to_who_cites_them() {
        let mut b = Builder::new();
        b.begin(BlockKind::Heading, 1).push("One");
        b.begin(BlockKind::Paragraph, 3).push("First");
        let at = b.here();
        b.push("[1]");
        let note = b.note("1");
        b.span(SpanKind::NoteRef(note), at);
        b.begin(BlockKind::Paragraph, 5).push("Second");
        b.end();
        let first = b.block_count();
        b.begin(BlockKind::Footnote, 7).push("A note.");
        b.define_note(note, first);
        let text = b.finish();
        let belonging = Belonging::of(&text);
        let owners: Vec<_> = (0..text.blocks().len()).map(|i| belonging.owner(i).map(|p| p.0)).collect();
        assert_eq!(owners, [Some(1), Some(1), Some(2), Some(1)]);
        assert_eq!(belonging.notes(&text)[&PassageNo(1)], [3]);
        assert_eq!(belonging.owner(99), None);
    }
}
