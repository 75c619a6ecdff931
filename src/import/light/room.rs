//! How much a document may grow by what its own names stand for.
//!
//! A name of three letters may stand for thousands, and these may be names again: without a bound a small file would
//! make a text that fills the memory.

use std::cell::Cell;

use crate::import::warning::Warning;

/// What names stand for is together no more than so many times the document, and this much besides.
const TIMES: usize = 4;
const BESIDES: usize = 64 * 1024;

/// The room that is left.
#[derive(Debug)]
pub(super) struct Room {
    left: Cell<usize>,
    /// Names for which there was none.
    refused: Cell<usize>,
}

impl Room {
    /// The room in a document.
    pub(super) fn beside(source: &str) -> Self {
        Self { left: Cell::new(source.len().saturating_mul(TIMES).saturating_add(BESIDES)), refused: Cell::new(0) }
    }

    /// Takes this much of it; whether there was so much.
    pub(super) fn take(&self, bytes: usize) -> bool {
        if let Some(left) = self.left.get().checked_sub(bytes) {
            self.left.set(left);
            return true;
        }
        self.refused.set(self.refused.get() + 1);
        false
    }

    /// Says that some names stand in the text as they are written.
    pub(super) fn tell(&self, warnings: &mut Vec<Warning>) {
        if self.refused.get() > 0 {
            warnings.push(Warning::fault(
                "the document's own names stand for far more letters than it has: some of them are left as they are written",
            ));
        }
    }
}
