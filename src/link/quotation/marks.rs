//! What quotations are marked by: quotation marks, and the dots that stand for what is left out.

use std::ops::Range;

/// Whether what stands between two words says that words are left out there.
pub(super) fn is_ellipsis(between: &str) -> bool {
    let dots = between.chars().filter(|c| *c == '.').count();
    between.contains('…') || (dots >= 3 && (between.contains("...") || between.contains(". . .")))
}

/// What stands between quotation marks in `string`, the marks left out, in order; nested quotations within others. A
/// quotation that is not closed goes to the end.
pub(super) fn quoted(string: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut before = ' ';
    for (at, c) in string.char_indices() {
        let after = at + c.len_utf8();
        if let Some(place) = open.iter().rposition(|(o, _)| closes(*o, c)) {
            found.push(open[place].1..at);
            open.truncate(place);
        } else if matches!(c, '“' | '„' | '«') || (c == '"' && !before.is_alphanumeric()) {
            open.push((c, after));
        }
        before = c;
    }
    found.extend(open.into_iter().map(|(_, begin)| begin..string.len()));
    found.sort_unstable_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    found
}

fn closes(open: char, c: char) -> bool {
    match open {
        '“' => c == '”',
        '„' => matches!(c, '“' | '”'),
        '«' => c == '»',
        _ => c == '"',
    }
}

#[cfg(test)]
mod tests {
    use super::{is_ellipsis, quoted};

    #[test]
    fn marks_enclose_quotations() {
        let of = |s: &'static str| quoted(s).into_iter().map(|r| &s[r]).collect::<Vec<_>>();
        assert_eq!(of("He said “no” and “yes”."), ["no", "yes"]);
        assert_eq!(of("\"All of it,\" he said, \"and more"), ["All of it,", "and more"]);
        assert_eq!(of("“a „b“ c”"), ["a „b“ c", "b"]);
        assert_eq!(of("«да»"), ["да"]);
        assert_eq!(of("none’s here"), [""; 0]);
    }

    #[test]
    fn dots_stand_for_words() {
        for (between, gap) in [("… ", true), (" ... ", true), (". . . ", true), (". ", false), (", ", false)] {
            assert_eq!(is_ellipsis(between), gap, "{between}");
        }
    }
}
