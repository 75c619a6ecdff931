//! What quotations are marked by: quotation marks, and the dots that stand for what is left out.

use std::ops::Range;

/// Whether what stands between two words says that words are left out there.
pub(super) fn is_ellipsis(between: &str) -> bool {
    let dots = between.chars().filter(|c| *c == '.').count();
    between.contains('…') || (dots >= 3 && (between.contains("...") || between.contains(". . .")))
}

/// What stands between quotation marks in `string`, the marks left out, in order; nested quotations within others. A
/// quotation that is not closed goes to the end. A straight mark is told by what it touches: one that opens stands before
/// a word and after none, one that closes after one. Where one opens that was not closed, the earlier was none; and one that
/// is never closed is a quotation only where it begins the passage, or is introduced.
pub(super) fn quoted(string: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut before = ' ';
    for (at, c) in string.char_indices() {
        let after = at + c.len_utf8();
        if c == '"' && begins(before, &string[after..]) {
            open.retain(|(o, _)| *o != '"');
        }
        if let Some(place) = open.iter().rposition(|(o, _)| closes(*o, c)) {
            found.push(open[place].1..at);
            open.truncate(place);
        } else if matches!(c, '“' | '„' | '«') || (c == '"' && !before.is_alphanumeric()) {
            open.push((c, after));
        }
        before = c;
    }
    let goes_on = |(mark, begin): &(char, usize)| {
        let lead = string[..*begin].strip_suffix('"').map_or("", str::trim_end);
        *mark != '"' || lead.is_empty() || lead.ends_with([':', ','])
    };
    found.extend(open.into_iter().filter(goes_on).map(|(_, begin)| begin..string.len()));
    found.sort_unstable_by_key(|r| (r.start, std::cmp::Reverse(r.end)));
    found
}

/// Whether a straight mark between these can only open: a blank before it, none after it.
fn begins(before: char, after: &str) -> bool {
    before.is_whitespace()
        && after.chars().next().is_some_and(|c| !c.is_whitespace() && !matches!(c, '.' | ',' | ';' | ')'))
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
        // A mark that was never closed takes in nothing of what is quoted later.
        assert_eq!(of("He said \"no and left. Later: \"yes,\" he wrote."), ["yes,"]);
        assert_eq!(of("A board 5\" wide, \"good wood\" said he; a 6\" nail"), ["good wood"]);
        assert_eq!(of("The \"great one is open."), [""; 0]);
        assert_eq!(of("\"It went on"), ["It went on"]);
        assert_eq!(of("(\"so\")—\"then\""), ["so", "then"]);
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
