//! Cells: how many columns a stretch of text takes, and what is put into them.
//!
//! One grapheme cluster is one unit of one or two columns. What has no width of its own is left out, tabs become
//! spaces, and a pile of combining marks is cut, so that no text can push a pane's border out of its column.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

/// Columns that a tab takes.
const TAB: u16 = 4;

/// The longest cluster that is drawn whole, in bytes; the longest emoji sequence in Unicode is 35.
const LONGEST_CLUSTER: usize = 40;

/// A grapheme cluster as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'a> {
    /// What to print.
    pub shown: Cow<'a, str>,
    /// Columns it takes, at least 1.
    pub width: u16,
    /// Byte offset of the cluster in the string it came from.
    pub at: usize,
}

/// The cells of `s`, in order. Line feeds and clusters without width are left out.
pub fn cells(s: &str) -> impl Iterator<Item = Cell<'_>> {
    clusters(s).filter_map(|(at, cluster)| {
        let width = cluster_width(cluster);
        (width > 0).then(|| Cell { shown: shown(cluster), width, at })
    })
}

/// The grapheme clusters of `s` and where they begin. Of simple letters, which most rows are of, each is one.
fn clusters(s: &str) -> impl Iterator<Item = (usize, &str)> {
    let plain = s.chars().all(is_simple);
    let (simple, others) = if plain { (s, "") } else { ("", s) };
    let letters = simple.char_indices().map(|(at, c)| (at, &s[at..at + c.len_utf8()]));
    letters.chain(others.grapheme_indices(true))
}

/// Whether a character is a cluster of one column whatever stands beside it: letters of Latin, Greek and Russian, the marks of
/// print, lines and blocks. None of these joins the one before it, and none has a width that is uncertain.
fn is_simple(c: char) -> bool {
    matches!(c,
        ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{17f}' | '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{44f}'
        | '\u{2010}'..='\u{2027}' | '\u{2500}'..='\u{259f}')
}

/// How many columns `s` takes.
pub fn width(s: &str) -> usize {
    if s.is_ascii() {
        let tabs = memchr::memchr_iter(b'\t', s.as_bytes()).count();
        let breaks = memchr::memchr_iter(b'\n', s.as_bytes()).count();
        return s.len() + tabs * (TAB as usize - 1) - breaks;
    }
    clusters(s).map(|(_, cluster)| cluster_width(cluster) as usize).sum()
}

/// The longest start of `s` that fits `columns`, and the columns it takes.
pub fn fit(s: &str, columns: usize) -> (&str, usize) {
    let mut used = 0;
    for (at, cluster) in clusters(s) {
        let w = cluster_width(cluster) as usize;
        if used + w > columns {
            return (&s[..at], used);
        }
        used += w;
    }
    (s, used)
}

/// `s` cut to `columns`, with an ellipsis where something was cut.
pub fn ellipsis(s: &str, columns: usize) -> Cow<'_, str> {
    if width(s) <= columns {
        return Cow::Borrowed(s);
    }
    match columns {
        0 => Cow::Borrowed(""),
        _ => Cow::Owned(format!("{}…", fit(s, columns - 1).0.trim_end())),
    }
}

/// Columns of one grapheme cluster: 0, 1, 2, or [`TAB`].
pub(super) fn cluster_width(cluster: &str) -> u16 {
    match cluster {
        "\t" => TAB,
        "\n" | "\r\n" => 0,
        _ if cluster.len() == 1 => 1,
        _ if cluster.chars().next().is_some_and(|c| c.len_utf8() == cluster.len() && is_simple(c)) => 1,
        _ => cap(cluster).width().min(2) as u16,
    }
}

fn shown(cluster: &str) -> Cow<'_, str> {
    if cluster == "\t" { Cow::Borrowed("    ") } else { Cow::Borrowed(cap(cluster)) }
}

fn cap(cluster: &str) -> &str {
    if cluster.len() <= LONGEST_CLUSTER {
        return cluster;
    }
    &cluster[..cluster.floor_char_boundary(LONGEST_CLUSTER)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_letters_are_clusters_of_one_column_beside_whatever() {
        let simple = ('\u{20}'..'\u{2600}').filter(|c| is_simple(*c));
        for c in simple {
            for other in ["", "a", "\u{301}", "\u{200d}", "日", "«"] {
                let s = format!("{c}{c}{other}");
                let first = s.graphemes(true).next().unwrap();
                assert_eq!((first, first.width()), (&s[..c.len_utf8()], 1), "{c:?}");
            }
        }
    }

    #[test]
    fn counts_columns_by_cluster() {
        let cases = [
            ("abc", 3),
            ("日本", 4),
            ("e\u{301}", 1),
            ("\u{301}", 0),
            ("a\tb", 6),
            ("👩‍👩‍👧‍👦", 2),
            ("🏴", 2),
            ("a\u{200b}b", 2),
            ("a\nb", 2),
        ];
        assert!(clusters("abc é").eq("abc é".grapheme_indices(true)));
        assert!(clusters("abc ~").eq("abc ~".grapheme_indices(true)));
        for (s, expected) in cases {
            assert_eq!(width(s), expected, "{s:?}");
            assert_eq!(cells(s).map(|c| c.width as usize).sum::<usize>(), expected, "cells of {s:?}");
        }
    }

    #[test]
    fn a_pile_of_marks_is_cut_but_counts_once() {
        let zalgo = format!("a{}", "\u{301}".repeat(1000));
        let drawn: Vec<_> = cells(&zalgo).collect();
        assert_eq!(drawn.len(), 1);
        assert_eq!(drawn[0].width, 1);
        assert!(drawn[0].shown.len() <= LONGEST_CLUSTER);
    }

    #[test]
    fn cuts_at_cluster_boundaries() {
        assert_eq!(fit("日本語", 5), ("日本", 4));
        assert_eq!(ellipsis("democratic centralism", 12), "democratic…");
        assert_eq!(ellipsis("short", 12), "short");
        assert_eq!(ellipsis("any", 0), "");
    }
}
