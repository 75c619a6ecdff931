//! The string of a piece while it grows: white space collapses as a browser collapses it, marks open and close.

use crate::text::clean::clean_text;

use super::{Mark, Marked};

/// Stands before a row of a table; no letter of a text is the same, since texts are cleaned.
pub(in crate::import) const ROW: char = '\u{1e}';

/// Stands before a cell of a table.
pub(in crate::import) const CELL: char = '\u{1f}';

/// So many marks are open at once.
const MOST_OPEN: usize = 64;

/// A piece's string and marks so far.
#[derive(Debug, Default)]
pub(in crate::import) struct Shaper {
    string: String,
    marks: Vec<Marked>,
    open: Vec<(Mark, usize)>,
    /// How many more are open than are kept.
    beyond: usize,
    /// White space has come that shows only if letters follow.
    space: bool,
    /// White space is kept as it is.
    exact: bool,
}

impl Shaper {
    /// Whether nothing has come that shows.
    pub(crate) fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// What has come so far.
    pub(crate) fn string(&self) -> &str {
        &self.string
    }

    /// Keeps white space as it is from here on, or collapses it.
    pub(crate) fn exact(&mut self, exact: bool) {
        self.exact = exact;
    }

    /// Adds letters, with their entities decoded; they are cleaned here.
    pub(crate) fn push(&mut self, letters: &str) {
        let clean = clean_text(letters);
        if self.exact {
            self.string.push_str(&clean);
            return;
        }
        for word in clean.split_inclusive(collapses) {
            let bare = word.trim_end_matches(collapses);
            if !bare.is_empty() {
                self.flush();
                self.string.push_str(bare);
            }
            self.space |= bare.len() < word.len();
        }
    }

    /// White space, shown if letters follow on the same line.
    pub(crate) fn space(&mut self) {
        self.space = true;
    }

    /// Takes back white space that does not show yet.
    pub(crate) fn close_up(&mut self) {
        self.space = false;
    }

    /// A sign that is no white space to collapse: the line feed between lines, or [`ROW`] and [`CELL`].
    pub(crate) fn sign(&mut self, sign: char) {
        self.space = false;
        self.string.push(sign);
    }

    /// Opens a mark. Of those that nest deeper than any text has them nothing is kept: each goes on in every piece until it is
    /// closed.
    pub(crate) fn open(&mut self, mark: Mark) {
        self.flush();
        if self.open.len() < MOST_OPEN {
            self.open.push((mark, self.string.len()));
        } else {
            self.beyond += 1;
        }
    }

    /// Closes the innermost open mark.
    pub(crate) fn close(&mut self) {
        if let Some(beyond) = self.beyond.checked_sub(1) {
            self.beyond = beyond;
        } else if let Some((mark, start)) = self.open.pop() {
            self.mark(mark, start);
        }
    }

    /// Ends the piece: its string and marks. Marks that are open go on in the next piece.
    pub(crate) fn take(&mut self) -> (String, Vec<Marked>) {
        for at in 0..self.open.len() {
            let (mark, start) = self.open[at].clone();
            self.mark(mark, start);
            self.open[at].1 = 0;
        }
        self.space = false;
        let mut string = std::mem::take(&mut self.string);
        let mut marks = std::mem::take(&mut self.marks);
        let end = string.trim_end().len();
        string.truncate(end);
        marks.retain_mut(|m| {
            m.range.end = m.range.end.min(end);
            !m.range.is_empty()
        });
        (string, marks)
    }

    fn flush(&mut self) {
        if std::mem::take(&mut self.space) && !self.string.is_empty() && !self.string.ends_with(['\n', ROW, CELL]) {
            self.string.push(' ');
        }
    }

    fn mark(&mut self, mark: Mark, start: usize) {
        let end = self.string.len();
        if start < end {
            self.marks.push(Marked { mark, range: start..end });
        }
    }
}

/// White space that a browser shows as one blank; a no-break space is a letter to it.
fn collapses(c: char) -> bool {
    c.is_ascii_whitespace()
}
