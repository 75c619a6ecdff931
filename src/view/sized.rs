//! Letters that are larger than a cell, for terminals that can draw such (kitty's text sizing protocol, OSC 66). They are not
//! in the buffer of cells: what is under them there is empty.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::layout::cells;

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

impl SizedRow {
    /// Whether nothing is drawn in the cells that it takes.
    pub(super) fn lies_open(&self, buffer: &Buffer) -> bool {
        let letters: usize = self.parts.iter().map(|(words, _)| cells::width(words)).sum();
        let width = (letters * usize::from(self.scale)).min(usize::from(u16::MAX)) as u16;
        let area = Rect::new(self.at.0, self.at.1, width, self.scale).intersection(buffer.area);
        area.positions().all(|position| buffer[position].symbol() == " ")
    }
}
