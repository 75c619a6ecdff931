//! Terms: words and phrases that signal a topic.

use std::fmt;

use thiserror::Error;

use crate::word::token::{is_apostrophe, is_dash, tokens};

/// A word or phrase. Matched on stems, in any case, with any apostrophe, hyphen or dash.
///
/// Written as the reader writes it: `worker control`, `trade-union`, and `soviet*` for every word that begins so.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    written: Box<str>,
    words: Box<[TermWord]>,
}

/// One word of a term.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TermWord {
    /// The word as written, without its star.
    pub text: Box<str>,
    /// Whether any word that begins so is meant.
    pub prefix: bool,
}

/// Why a string is no term.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TermError {
    /// Nothing but punctuation.
    #[error("has no word in it")]
    Empty,
    /// A star elsewhere than after a word.
    #[error("a star stands only at the end of a word, as in `soviet*`")]
    Star,
    /// `a*`: would match a good part of any text.
    #[error("`{0}*` would match too much: write at least two letters before the star")]
    Short(Box<str>),
    /// Too long to be a term.
    #[error("is longer than a term can be: at most 16 words")]
    Long,
}

/// The longest term, in words.
const MAX_WORDS: usize = 16;

impl Term {
    /// Reads a term as a reader writes it.
    pub fn parse(written: &str) -> Result<Self, TermError> {
        let mut words = Vec::new();
        let mut stars = 0;
        for range in tokens(written) {
            let text = &written[range.clone()];
            let prefix = written[range.end..].starts_with('*');
            if prefix {
                if written[range.end + 1..].starts_with(char::is_alphanumeric) {
                    return Err(TermError::Star);
                }
                stars += 1;
                if text.chars().count() < 2 {
                    return Err(TermError::Short(text.into()));
                }
            }
            words.push(TermWord { text: text.into(), prefix });
        }
        if words.is_empty() {
            return Err(TermError::Empty);
        }
        if written.matches('*').count() != stars {
            return Err(TermError::Star);
        }
        if words.len() > MAX_WORDS {
            return Err(TermError::Long);
        }
        Ok(Self { written: written.trim().into(), words: words.into() })
    }

    /// The term as written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Its words in order, at least one.
    pub fn words(&self) -> &[TermWord] {
        &self.words
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// Whether `between`, what stands between two words of a text, may stand between two words of a phrase: white space,
/// dashes, the apostrophe of a plural's possessive, or nothing (scripts without spaces). A comma or a full stop may not.
pub(super) fn joins(between: &str) -> bool {
    let between = between.strip_prefix(is_apostrophe).unwrap_or(between);
    between.chars().all(|c| c.is_whitespace() || is_dash(c) || matches!(c, '*' | '_' | '/' | '\u{ad}' | '\u{200b}'))
}

#[cfg(test)]
mod tests {
    use super::{Term, TermError};

    #[test]
    fn terms_are_words_with_stars() {
        let words = |s: &str| {
            let t = Term::parse(s).unwrap();
            t.words().iter().map(|w| format!("{}{}", w.text, if w.prefix { "*" } else { "" })).collect::<Vec<_>>()
        };
        assert_eq!(words("soviet*"), ["soviet*"]);
        assert_eq!(words(" trade-union conscious* "), ["trade", "union", "conscious*"]);
        assert_eq!(words("workers’ control"), ["workers", "control"]);
        for (s, error) in [
            ("", TermError::Empty),
            ("*", TermError::Empty),
            ("—", TermError::Empty),
            ("a*", TermError::Short("a".into())),
            ("*ism", TermError::Star),
            ("so*viet", TermError::Star),
        ] {
            assert_eq!(Term::parse(s), Err(error), "{s}");
        }
    }
}
