//! The margin: signs beside the text where something of the reader's own is, or a quotation that both texts have.
//!
//! Each kind of sign is set as a whole by what knows of it; the drawing asks for those that begin in a row.

use std::ops::Range;

/// The meaning of a sign in the margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignKind {
    /// The reader's words.
    Note,
    /// A passage that the reader joined to one of the other text.
    Link,
    /// A quotation that both texts have.
    Quotation,
}

/// A sign beside a stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// Bytes of the text's string.
    pub range: Range<usize>,
    /// Its meaning.
    pub kind: SignKind,
}

/// The signs beside one text, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Margin {
    signs: Vec<Sign>,
}

impl SignKind {
    /// All of them, in the order in which they stand below each other.
    pub const ALL: [Self; 3] = [Self::Note, Self::Link, Self::Quotation];

    /// The sign itself, one column wide.
    pub fn glyph(self) -> &'static str {
        match self {
            Self::Note => "✎",
            Self::Link => "⇔",
            Self::Quotation => "”",
        }
    }
}

impl Margin {
    /// Replaces the signs of one kind; the others stay.
    pub fn set(&mut self, kind: SignKind, ranges: impl IntoIterator<Item = Range<usize>>) {
        self.signs.retain(|s| s.kind != kind);
        self.signs.extend(ranges.into_iter().map(|range| Sign { range, kind }));
        self.signs.sort_by_key(|s| (s.range.start, s.kind));
        self.signs.dedup_by_key(|s| (s.range.start, s.kind));
    }

    /// Takes all signs away: the text they were beside is gone.
    pub fn clear(&mut self) {
        self.signs.clear();
    }

    /// The signs that begin in a stretch of the text.
    pub fn beginning_in(&self, range: &Range<usize>) -> &[Sign] {
        let from = self.signs.partition_point(|s| s.range.start < range.start);
        let to = self.signs.partition_point(|s| s.range.start < range.end);
        &self.signs[from..to.max(from)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_set_by_itself_and_found_by_where_it_begins() {
        let mut margin = Margin::default();
        margin.set(SignKind::Link, [30..40, 5..9, 5..12]);
        margin.set(SignKind::Note, std::iter::once(5..6));
        let at = |margin: &Margin, range: Range<usize>| -> Vec<_> {
            margin.beginning_in(&range).iter().map(|s| (s.range.start, s.kind)).collect()
        };
        assert_eq!(at(&margin, 0..30), [(5, SignKind::Note), (5, SignKind::Link)]);
        assert_eq!(at(&margin, 30..31), [(30, SignKind::Link)]);
        margin.set(SignKind::Link, []);
        assert_eq!(at(&margin, 0..99), [(5, SignKind::Note)]);
    }
}
