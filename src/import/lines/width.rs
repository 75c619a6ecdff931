//! How wide a line is, on the page it was set for.
//!
//! Whether a line ends where it does because the next word found no room shows where paragraphs end, even where neither
//! a blank line nor an indent says so. For a text that was typed the width is its characters; for one that was set in
//! a proportional face it is nearer the truth to add up the widths of the letters. Those of Times (Adobe's font metrics,
//! in thousandths of an em) stand for all book faces: only their proportions matter.

/// How to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Metric {
    /// Each character is one cell.
    Cells,
    /// Each character is as wide as in a book face, in cells of an average letter.
    Face,
}

/// Widths of U+0020..U+007E in Times Roman.
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
];

/// Width of an average letter of running English, spaces included, in the same thousandths.
const AVERAGE: f32 = 417.0;

impl Metric {
    /// The width of a string, in cells.
    pub(crate) fn width(self, s: &str) -> f32 {
        match self {
            Self::Cells => s.chars().map(|c| if is_wide(c) { 2.0 } else { 1.0 }).sum(),
            Self::Face => s.chars().map(in_face).sum::<f32>() / AVERAGE,
        }
    }
}

/// How many cells a letter takes.
pub(in crate::import) fn cells_of(c: char) -> usize {
    if is_wide(c) { 2 } else { 1 }
}

/// The width of a letter, in thousandths of the size of its type.
pub(in crate::import) fn in_face(c: char) -> f32 {
    let width = match c {
        ' '..='~' => TIMES[c as usize - 32],
        '‘' | '’' => 333,
        '“' | '”' => 444,
        '—' | '…' => 1000,
        _ if is_wide(c) => 1000,
        _ if c.is_uppercase() => 680,
        _ => 480,
    };
    f32::from(width)
}

/// Letters of East Asian scripts are two cells wide.
pub(in crate::import) fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}
