//! Positions in characters, as other programs count: bytes of a long text counted once.

use std::ops::Range;

use crate::text::{Place, Text};

/// How many bytes lie between two counts.
const STEP: usize = 4096;

/// A text's string, ready to say which character begins at a byte.
#[derive(Debug)]
pub(super) struct Characters<'a> {
    text: &'a Text,
    /// How many characters begin before each multiple of [`STEP`] bytes.
    counts: Vec<usize>,
}

impl<'a> Characters<'a> {
    /// Counts a text.
    pub(super) fn of(text: &'a Text) -> Self {
        let mut counts = vec![0];
        for chunk in text.string().as_bytes().chunks(STEP) {
            let begun = counts.last().copied().unwrap_or(0);
            counts.push(begun + chunk.iter().filter(|b| !is_continuation(**b)).count());
        }
        Self { text, counts }
    }

    /// The Unicode characters of a stretch, from 0, the end excluded.
    pub(super) fn range(&self, range: &Range<Place>) -> Range<usize> {
        self.at(self.text.offset_of(range.start))..self.at(self.text.offset_of(range.end))
    }

    fn at(&self, byte: usize) -> usize {
        let bytes = self.text.string().as_bytes();
        let step = byte / STEP;
        let rest = &bytes[(step * STEP).min(bytes.len())..byte.min(bytes.len())];
        self.counts.get(step).copied().unwrap_or(0) + rest.iter().filter(|b| !is_continuation(**b)).count()
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}
