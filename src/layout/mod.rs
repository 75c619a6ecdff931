//! A text at a width: rows, lazily, and the way between rows and places.
//!
//! Rows are computed from `(text, width)` alone, a segment at a time, and only those that are asked for: a text of
//! 100 MB costs what a page costs, and nothing ever needs invalidating. This layer knows no focus, no theme and no
//! topic.

pub mod cells;
pub mod cursor;
pub mod row;
pub(crate) mod table;
pub(crate) mod window;

mod recent;
mod segment;
mod wrap;

use crate::text::Text;

/// A text laid out at a width. Cheap to make: nothing is computed until a [`cursor::Cursor`] asks.
#[derive(Debug, Clone, Copy)]
pub struct Flow<'a> {
    /// The text.
    pub text: &'a Text,
    /// The measure: how many cells a row may take, at least 1.
    pub width: u16,
}

impl<'a> Flow<'a> {
    /// `text` at `width` cells.
    pub fn new(text: &'a Text, width: u16) -> Self {
        Self { text, width: width.max(1) }
    }
}
