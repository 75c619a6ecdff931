//! How a line begins and ends: as a sentence does, or within one.

/// Whether `s` ends as a sentence does: with a full stop, a question or exclamation mark, a colon or an ellipsis, before
/// any closing quotation marks, brackets and marks of notes.
pub(in crate::import) fn ends_sentence(s: &str) -> bool {
    last_sign(s).is_some_and(|c| matches!(c, '.' | '!' | '?' | '…' | ':' | '。' | '！' | '？'))
}

/// The last character before closing marks.
pub(in crate::import) fn last_sign(s: &str) -> Option<char> {
    before_closers(s).chars().next_back()
}

/// `s` without closing quotation marks, brackets, stars and marks of notes (`[3]`, `²`) at its end.
pub(in crate::import) fn before_closers(s: &str) -> &str {
    let mut s = s.trim_end();
    loop {
        let cut = s.trim_end_matches(['"', '\'', '”', '’', '»', ')', '*', '_', '¹', '²', '³', '\u{2070}']);
        let cut = without_mark(cut).unwrap_or(cut);
        if cut.len() == s.len() {
            return s;
        }
        s = cut;
    }
}

/// `s` without the mark of a note at its end: `[3]`, `[iv]`.
fn without_mark(s: &str) -> Option<&str> {
    let inner = s.strip_suffix(']')?;
    let (before, label) = inner.rsplit_once('[')?;
    let short = !label.is_empty() && label.len() <= 4 && label.chars().all(char::is_alphanumeric);
    short.then_some(before)
}

/// Whether `s` begins as a sentence does: with a capital, a digit, or an opening quotation mark or bracket before one.
pub(in crate::import) fn begins_sentence(s: &str) -> bool {
    let first = s.chars().find(|c| !is_opener(*c));
    first.is_some_and(|c| c.is_uppercase() || c.is_numeric() || is_uncased(c))
}

/// Whether `s` goes on within a sentence: its first letter is small.
pub(in crate::import) fn continues_sentence(s: &str) -> bool {
    s.chars().next().is_some_and(char::is_lowercase)
}

/// Quotation marks and brackets that open.
pub(in crate::import) fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '„' | '(' | '[' | '¿' | '¡' | '*' | '_')
}

/// Letters of scripts that have no case begin sentences as they are.
fn is_uncased(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

/// The first word, with the punctuation that sticks to it.
pub(in crate::import) fn first_word(s: &str) -> &str {
    s.split([' ', '\t']).next().unwrap_or(s)
}

/// A line of nothing but signs that part sections: `***`, `* * *`, `-----`, `___`.
pub(in crate::import) fn is_rule(s: &str) -> bool {
    let Some(sign) =
        s.chars().next().filter(|c| matches!(c, '*' | '-' | '_' | '=' | '~' | '•' | '–' | '—' | '⁂' | '#'))
    else {
        return false;
    };
    s == "⁂" || (s.chars().all(|c| c == sign || c == ' ') && s.chars().filter(|c| *c == sign).count() >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_before_closing_marks() {
        for s in ["done.", "done.”", "(done!)", "“done?”[2]", "so:", "and so…”*", "end.[12]"] {
            assert!(ends_sentence(s), "{s}");
        }
        for s in ["done", "Dr", "of [the", "so,", "an or-", "a [word]"] {
            assert!(!ends_sentence(s), "{s}");
        }
        for s in ["The", "“The", "(1) x", "*“The", "日本"] {
            assert!(begins_sentence(s), "{s}");
        }
        assert!(!begins_sentence("the") && continues_sentence("the") && !continues_sentence("“the"));
        assert!(is_rule("* * *") && is_rule("---") && !is_rule("--") && !is_rule("- x -"));
    }
}
