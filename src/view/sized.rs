//! Letters that are larger than a cell, for terminals that can draw such (kitty's text sizing protocol, OSC 66). They are not
//! in the buffer of cells: what is under them there is empty.

use ratatui::style::Style;

/// A row of large letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizedRow {
    /// The cell of its upper left corner.
    pub at: (u16, u16),
    /// How many rows its letters take.
    pub scale: u16,
    /// Its words, each stretch with its looks.
    pub parts: Vec<(String, Style)>,
}
