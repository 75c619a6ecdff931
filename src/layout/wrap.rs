//! Wrapping one segment into rows, by Unicode's line breaking rules.

use std::ops::Range;

use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::word_splitters::{WordSplitter, split_words};
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_segmentation::UnicodeSegmentation as _;

use super::cells;

/// A word with the white space after it: a piece that may end a row.
#[derive(Debug)]
struct Piece {
    start: usize,
    end: usize,
    columns: usize,
    space: usize,
}

impl Fragment for Piece {
    fn width(&self) -> f64 {
        self.columns as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.space as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// The byte ranges of the rows of `segment` at `width` columns. They cover it exactly once; a row includes the white
/// space and the line feed that end it. There is always at least one row.
pub(super) fn wrap(segment: &str, width: u16) -> Vec<Range<usize>> {
    let width = usize::from(width.max(1));
    let mut rows = Vec::new();
    let mut at = 0;
    for line in segment.split_inclusive('\n') {
        wrap_line(line, at, width, &mut rows);
        at += line.len();
    }
    if rows.is_empty() {
        rows.push(0..0);
    }
    rows
}

fn wrap_line(line: &str, base: usize, width: usize, rows: &mut Vec<Range<usize>>) {
    let whole = base..base + line.len();
    if cells::width(line.trim_end()) <= width {
        rows.push(whole);
        return;
    }
    let pieces = pieces(line, width);
    let first = rows.len();
    for row in wrap_first_fit(&pieces, &[width as f64]) {
        let (Some(a), Some(b)) = (row.first(), row.last()) else { continue };
        rows.push(base + a.start..base + b.end);
    }
    // Leading white space is its own, empty word to textwrap; a row of it alone would be a blank line.
    if rows.len() > first + 1 && line[..rows[first].end - base].trim().is_empty() {
        rows[first + 1].start = base;
        rows.remove(first);
    }
}

fn pieces(line: &str, width: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    // The separator leaves hyphens to the splitter.
    let words = WordSeparator::UnicodeBreakProperties.find_words(line);
    for word in split_words(words, &WordSplitter::HyphenSplitter) {
        let end = at + word.len() + word.whitespace.len();
        let columns = cells::width(word.word);
        let space = cells::width(word.whitespace);
        if columns <= width {
            pieces.push(Piece { start: at, end, columns, space });
        } else {
            break_word(word.word, at, width, &mut pieces);
            if let Some(last) = pieces.last_mut() {
                last.end = end;
                last.space = space;
            }
        }
        at = end;
    }
    pieces
}

/// Breaks a word that is wider than a row between grapheme clusters.
fn break_word(word: &str, base: usize, width: usize, pieces: &mut Vec<Piece>) {
    let (mut start, mut columns) = (0, 0);
    for (at, cluster) in word.grapheme_indices(true) {
        let w = usize::from(cells::cluster_width(cluster));
        if columns + w > width && at > start {
            pieces.push(Piece { start: base + start, end: base + at, columns, space: 0 });
            (start, columns) = (at, 0);
        }
        columns += w;
    }
    pieces.push(Piece { start: base + start, end: base + word.len(), columns, space: 0 });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(segment: &str, width: u16, expected: &[&str]) {
        let rows: Vec<_> = wrap(segment, width).into_iter().map(|r| segment[r].trim_end()).collect();
        assert_eq!(rows, expected, "{segment:?} at {width}");
    }

    #[test]
    fn breaks_where_unicode_allows() {
        check("", 10, &[""]);
        check("one two three", 8, &["one two", "three"]);
        check("a well-known fact", 8, &["a well-", "known", "fact"]);
        check("kept\nlines", 20, &["kept", "lines"]);
        check("first\n\nthird", 20, &["first", "", "third"]);
        check("日本語日本語", 6, &["日本語", "日本語"]);
        check("incomprehensibility", 6, &["incomp", "rehens", "ibilit", "y"]);
        check("no\u{a0}break here", 9, &["no\u{a0}break", "here"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn rows_cover_the_segment_once_and_fit(segment in "[a-z é語\u{301}\t\n—-]{0,300}", width in 1u16..90) {
            let mut at = 0;
            for row in wrap(&segment, width) {
                prop_assert_eq!(row.start, at);
                let shown = segment[row.clone()].trim_end();
                // One cluster may be wider than a very narrow row; it then has the row to itself.
                // and so may the indentation of a preformatted line, which is then clipped.
                let letters = shown.trim_start();
                let alone = letters.graphemes(true).count() <= 1;
                prop_assert!(cells::width(letters) <= usize::from(width) || alone, "{shown:?} at {width}");
                at = row.end;
            }
            prop_assert_eq!(at, segment.len());
        }
    }
}
