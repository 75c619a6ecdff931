//! How a line begins and ends: as a sentence does, or within one.

use super::width::is_wide;

/// Whether `s` ends as a sentence does: with a full stop, a question or exclamation mark, a colon or an ellipsis, before
/// any closing quotation marks, brackets and marks of notes.
pub(in crate::import) fn ends_sentence(s: &str) -> bool {
    const ENDS: &[char] = &[
        '.', '!', '?', '…', ':', '。', '！', '？', '：', '．', '؟', '۔', '।', '॥', '։', '።', '၊', '။', '។', '\u{37e}',
    ];
    last_sign(s).is_some_and(|c| ENDS.contains(&c))
}

/// The last character before closing marks.
pub(in crate::import) fn last_sign(s: &str) -> Option<char> {
    before_closers(s).chars().next_back()
}

/// `s` without closing quotation marks, brackets, stars and marks of notes (`[3]`, `²`) at its end.
fn before_closers(s: &str) -> &str {
    let mut s = s.trim_end();
    loop {
        let cut = s.trim_end_matches([
            '"', '\'', '”', '’', '»', ')', '」', '』', '）', '》', '】', '*', '_', '¹', '²', '³', '\u{2070}',
        ]);
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
    is_label(label).then_some(before)
}

/// Whether a note may be cited by this: `3`, `iv`.
pub(in crate::import) fn is_label(label: &str) -> bool {
    !label.is_empty() && label.len() <= 4 && label.chars().all(char::is_alphanumeric)
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
fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '‘' | '«' | '„' | '(' | '[' | '「' | '『' | '（' | '《' | '【' | '¿' | '¡' | '*' | '_'
    )
}

/// Letters of scripts that have no case begin sentences as they are.
fn is_uncased(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

/// Whether `s` begins as lines of verse do: with a capital, before it no more than marks; a digit is none.
pub(in crate::import) fn begins_line(s: &str) -> bool {
    let first = s.chars().find(|c| !is_opener(*c) && !matches!(c, '-' | '—' | '–' | '.'));
    first.is_some_and(|c| c.is_uppercase() || is_uncased(c))
}

/// The first word, with the punctuation that sticks to it; in Chinese and Japanese, which part no words, a letter.
pub(in crate::import) fn first_word(s: &str) -> &str {
    match s.chars().next() {
        Some(c) if is_dense_letter(c) => &s[..c.len_utf8()],
        _ => s.split([' ', '\t']).next().unwrap_or(s),
    }
}

/// Whether two lines go on without a blank between them: both are of a script that has none.
pub(in crate::import) fn is_dense(before: &str, this: &str) -> bool {
    before.chars().next_back().is_some_and(is_dense_letter) && this.chars().next().is_some_and(is_dense_letter)
}

/// Letters and signs of scripts without blanks between words; Korean has them.
fn is_dense_letter(c: char) -> bool {
    is_wide(c) && !matches!(c, '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}')
        || matches!(c, '\u{3000}'..='\u{30ff}' | '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
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
