//! Tokens: where words begin and end.
//!
//! A word is a run of letters, digits and marks. An apostrophe between letters belongs to it (`workers’` loses its own,
//! `don’t` keeps it), a full stop or comma between digits does too (`3.5`, `10,000`). Hyphens and dashes part words, so
//! that `trade-union` and `trade union` are the same two. Scripts written without spaces (Han, kana, Thai …) yield one
//! token a character, which makes their words phrases: found all the same.

use std::ops::Range;

/// The words of a string, as byte ranges, in order.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    string: &'a str,
    at: usize,
}

/// The words of `string`, as byte ranges, in order.
pub fn tokens(string: &str) -> Tokens<'_> {
    Tokens { string, at: 0 }
}

/// What is counted and compared of a string: its words, and of scripts written without spaces every two characters that
/// stand together, which overlap. One character says as little there as a letter does.
pub fn units(string: &str) -> impl Iterator<Item = Range<usize>> {
    let alone = |range: &Range<usize>| string[range.start..].chars().next().is_some_and(is_alone);
    let mut all = tokens(string).peekable();
    // The last character of a run is in the pair with the one before it.
    let mut told = false;
    std::iter::from_fn(move || {
        loop {
            let this = all.next()?;
            let next = all.peek().filter(|next| next.start == this.end && alone(&this) && alone(next));
            match next {
                Some(next) => {
                    told = true;
                    return Some(this.start..next.end);
                }
                None if std::mem::take(&mut told) => {}
                None => return Some(this),
            }
        }
    })
}

/// The last character boundary of `string` at or before `at`.
pub fn floor_boundary(string: &str, at: usize) -> usize {
    (0..=at.min(string.len())).rev().find(|&i| string.is_char_boundary(i)).unwrap_or(0)
}

/// Whether `c` is one of the characters that writers use as an apostrophe.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{201b}' | '\u{ff07}')
}

/// Whether `c` joins two words into a compound: a hyphen or a dash of any length.
pub fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// Invisible characters inside words: soft hyphen, zero-width space and joiners.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}'
        | '\u{93a}'..='\u{94f}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

fn starts(c: char) -> bool {
    c.is_alphanumeric()
}

fn continues(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || is_invisible(c)
}

/// Letters of scripts that put no space between words.
fn is_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

impl Tokens<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        self.string[at..].chars().next()
    }

    /// The end of the word whose first character ends at `at`.
    fn end_of(&self, mut at: usize) -> usize {
        let bytes = self.string.as_bytes();
        loop {
            while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
                at += 1;
            }
            if at >= bytes.len() {
                return at;
            }
            let Some(c) = self.char_at(at) else { return at };
            let after = at + c.len_utf8();
            let joins = match c {
                '.' | ',' => bytes[at - 1].is_ascii_digit() && bytes.get(after).is_some_and(u8::is_ascii_digit),
                c if c.is_ascii() && c != '\'' => false,
                c if is_apostrophe(c) => self.char_at(after).is_some_and(|n| starts(n) && !is_alone(n)),
                c => continues(c) && !is_alone(c),
            };
            if !joins {
                return at;
            }
            at = after;
        }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let bytes = self.string.as_bytes();
        loop {
            while self.at < bytes.len() && bytes[self.at].is_ascii() && !bytes[self.at].is_ascii_alphanumeric() {
                self.at += 1;
            }
            let c = self.char_at(self.at)?;
            let begin = self.at;
            if !starts(c) {
                self.at += c.len_utf8();
                continue;
            }
            self.at += c.len_utf8();
            if is_alone(c) {
                while let Some(m) = self.char_at(self.at).filter(|m| is_mark(*m)) {
                    self.at += m.len_utf8();
                }
            } else {
                self.at = self.end_of(self.at);
            }
            return Some(begin..self.at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{continues, is_alone, is_mark, tokens};
    use proptest::prelude::*;

    /// Whether a word may begin or end between the bytes before and from `at`.
    fn is_boundary(string: &str, at: usize) -> bool {
        let before = string[..at].chars().rev().find(|c| !is_mark(*c));
        let after = string[at..].chars().next();
        match (before, after) {
            (Some(b), Some(a)) => !(continues(b) && continues(a)) || is_alone(a) || (is_alone(b) && !is_mark(a)),
            _ => true,
        }
    }

    fn words(s: &str) -> Vec<&str> {
        tokens(s).map(|r| &s[r]).collect()
    }

    #[test]
    fn words_end_where_a_reader_says_so() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("  …—  ", &[]),
            ("trade-union consciousness", &["trade", "union", "consciousness"]),
            ("one—two–three", &["one", "two", "three"]),
            ("the workers’ councils", &["the", "workers", "councils"]),
            ("don’t 'quote' O'Brien", &["don’t", "quote", "O'Brien"]),
            ("‘All power’", &["All", "power"]),
            ("10,000 men, 3.5 each, 1917. Then", &["10,000", "men", "3.5", "each", "1917", "Then"]),
            ("V. I. Lenin", &["V", "I", "Lenin"]),
            ("вся власть советам", &["вся", "власть", "советам"]),
            ("re\u{ad}peat e\u{301}tat", &["re\u{ad}peat", "e\u{301}tat"]),
            ("说明书 and カナ", &["说", "明", "书", "and", "カ", "ナ"]),
            ("note[^1] x_y", &["note", "1", "x", "y"]),
        ];
        for (s, expected) in cases {
            assert_eq!(words(s), *expected, "{s:?}");
        }
    }

    #[test]
    fn scripts_without_spaces_are_compared_by_twos() {
        let units = |s: &str| super::units(s).map(|r| s[r].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            units("工場委員会、党 と the 労働 end"),
            ["工場", "場委", "委員", "員会", "党", "と", "the", "労働", "end"]
        );
        assert_eq!(units("two words"), ["two", "words"]);
    }

    proptest! {
        #[test]
        fn tokens_are_ordered_apart_and_on_boundaries(s in "[ a-z'’.,0-9\u{300}é说\\-]{0,40}") {
            let mut last = 0;
            for r in tokens(&s) {
                prop_assert!(r.start >= last && r.end > r.start);
                prop_assert!(s.is_char_boundary(r.start) && s.is_char_boundary(r.end));
                prop_assert!(s[r.clone()].chars().any(char::is_alphanumeric));
                prop_assert!(is_boundary(&s, r.end));
                last = r.end;
            }
        }
    }
}
