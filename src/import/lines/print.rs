//! How the lines of printed pages were set: what a page shows of a line besides its letters.
//!
//! A plain text's lines say nothing of this; what can be told of them is guessed from their letters ([`super::measure`]).

use std::ops::Range;

use crate::text::span::SpanKind;

/// Sizes of type that differ by more than this share are different sizes.
pub(in crate::import) const OTHER_SIZE: f32 = 0.08;

/// The setting of all lines, and of stretches of the source.
#[derive(Debug, Clone, Default)]
pub(in crate::import) struct Print {
    /// One a line; the first is that of line number 1.
    pub settings: Vec<Setting>,
    /// Bold and slanted stretches of the source, in order.
    pub styles: Vec<(Range<u32>, SpanKind)>,
    /// Stretches set small and high, in order: marks of notes, powers.
    pub raised: Vec<Range<u32>>,
    /// Places, in order, at which letters stand apart and yet too near for a space.
    pub tight: Vec<u32>,
}

/// How a line was set. Widths are in cells: half the size of the type that most of the text is set in.
#[derive(Debug, Clone, Copy, PartialEq)]
// Four things that are so or not, and none excludes another.
#[allow(clippy::struct_excessive_bools)]
pub(in crate::import) struct Setting {
    /// From its first letter to its last.
    pub width: f32,
    /// From its last letter to the right edge of its column.
    pub room: f32,
    /// The width of its first word.
    pub word: f32,
    /// Size of its type, as a share of that of most of the text.
    pub size: f32,
    /// Whether lines of its column are filled to the right edge.
    pub filled: bool,
    /// Whether the whole line is bold.
    pub bold: bool,
    /// Whether the whole line is in letters of one width: program text.
    pub mono: bool,
    /// Whether it is the first of a column.
    pub head: bool,
    /// Whether it is a row of a table, with a tab between its cells.
    pub table: bool,
    /// The number of the element of the document's structure that it belongs to; 0 where it is of none.
    pub element: u32,
    /// Its level where it is a heading by the document's structure; 0 where it is none.
    pub heading: u8,
}

impl Print {
    /// The stretches of a list that overlap `range`.
    pub(crate) fn within<T>(all: &[T], range: &Range<u32>, of: impl Fn(&T) -> Range<u32>) -> Range<usize> {
        let first = all.partition_point(|item| of(item).end <= range.start);
        let end = first + all[first..].partition_point(|item| of(item).start < range.end);
        first..end
    }

    /// Whether `at` is the one place within a word of the source where letters stand apart, and yet too near for a space.
    /// Where they do so at others too, the word is spaced out, as in listings.
    pub(crate) fn is_alone_tight(&self, word: &Range<u32>, at: u32) -> bool {
        let within = Self::within(&self.tight, word, |place| *place..*place);
        self.tight[within] == [at]
    }

    /// Whether the byte `at` of the source begins a stretch that is set high; and where that ends.
    pub(crate) fn raised_at(&self, at: u32) -> Option<u32> {
        let found = self.raised.binary_search_by_key(&at, |r| r.start).ok()?;
        Some(self.raised[found].end)
    }
}

/// Whether two sizes of type are one.
pub(in crate::import) fn same_size(a: f32, b: f32) -> bool {
    (a - b).abs() <= OTHER_SIZE * a.max(b)
}
