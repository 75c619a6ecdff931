//! Sanitising: nothing from a file reaches a terminal raw.
//!
//! Control characters, escape sequences, bidirectional controls and tag characters can make a terminal lie, so they are
//! taken out once, when a text is imported ([`clean_text`]), and on the way out of everything that is not a text
//! ([`Clean`]: paths, error messages, window titles, clipboard). Where such a character meant something it is replaced
//! by a visible stand-in; where it was invisible decoration it is dropped.
//!
//! Tabs and piled-up combining marks are layout's business: the text keeps them.

use std::borrow::Cow;
use std::fmt;

/// A single line that is safe to print anywhere: no control, bidirectional or tag character is in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Clean(String);

impl Clean {
    /// Cleans `raw`; line breaks and tabs become spaces.
    pub fn line(raw: &str) -> Self {
        let cleaned = clean_text(raw);
        if cleaned.contains(['\n', '\t']) {
            return Self(cleaned.replace(['\n', '\t'], " "));
        }
        Self(cleaned.into_owned())
    }

    /// The clean string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Clean {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for Clean {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// `raw` without what could mislead a terminal; keeps `\n` and `\t`. Borrows where nothing had to change.
pub fn clean_text(raw: &str) -> Cow<'_, str> {
    let Some(first) = first_unclean(raw) else { return Cow::Borrowed(raw) };
    let mut out = String::with_capacity(raw.len());
    out.push_str(&raw[..first]);
    let mut chars = raw[first..].chars().peekable();
    while let Some(c) = chars.next() {
        match stand_in(c) {
            Fate::Keep => out.push(c),
            Fate::Drop => {}
            Fate::Break => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push('\n');
            }
            Fate::Show(shown) => out.push(shown),
        }
    }
    Cow::Owned(out)
}

/// `words` without what no screen shows of them: soft hyphens and zero-width spaces, which a text keeps and another program
/// has no use for.
pub fn without_unseen(words: &str) -> Cow<'_, str> {
    const UNSEEN: [char; 3] = ['\u{ad}', '\u{200b}', '\u{feff}'];
    if words.contains(UNSEEN) { Cow::Owned(words.replace(UNSEEN, "")) } else { Cow::Borrowed(words) }
}

/// Whether nothing in `words` could mislead a terminal.
pub fn is_clean(words: &str) -> bool {
    first_unclean(words).is_none()
}

/// The contents of a screen cell, cleaned without a change of width.
pub fn clean_cell(symbol: &str) -> Option<String> {
    first_unclean(symbol).filter(|_| symbol != "\n")?;
    let kept: String =
        symbol.chars().filter(|c| matches!(stand_in(*c), Fate::Keep) && !matches!(c, '\n' | '\t')).collect();
    Some(if kept.is_empty() { "\u{fffd}".to_owned() } else { kept })
}

enum Fate {
    Keep,
    Drop,
    Break,
    Show(char),
}

fn first_unclean(raw: &str) -> Option<usize> {
    // Almost every text is clean, and most bytes are printable ASCII: check them in chunks first.
    const RUN: usize = 32;
    let bytes = raw.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(run) = bytes.get(at..at + RUN)
            && run.iter().all(|b| (0x20..0x7f).contains(b))
        {
            at += RUN;
            continue;
        }
        match bytes[at] {
            b'\n' | b'\t' | 0x20..=0x7e => at += 1,
            // None of these bytes begins a character to replace, except D8, which begins U+061C.
            0xc3..=0xd7 | 0xd9..=0xdf => at += 2,
            0xe0 | 0xe1 | 0xe3..=0xee => at += 3,
            0x80.. => {
                let c = raw[at..].chars().next()?;
                if !matches!(stand_in(c), Fate::Keep) {
                    return Some(at);
                }
                at += c.len_utf8();
            }
            _ => return Some(at),
        }
    }
    None
}

fn stand_in(c: char) -> Fate {
    match c {
        '\n' | '\t' => Fate::Keep,
        '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Fate::Break,
        // The escape character is shown by its picture, so that a forged sequence is seen for what it is.
        '\u{1b}' => Fate::Show('\u{241b}'),
        // Controls; and overrides and isolates, which reorder what is read (marks only nudge).
        '\0'..='\u{1f}' | '\u{7f}' | '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Fate::Show('\u{fffd}')
        }
        '\u{200e}'
        | '\u{200f}'
        | '\u{61c}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}'
        | '\u{206a}'..='\u{206f}' => Fate::Drop,
        _ => Fate::Keep,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shows_what_meant_something_and_drops_decoration() {
        let cases = [
            ("plain", "plain"),
            ("a\x1b[31mred", "a␛[31mred"),
            ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
            ("user\u{202e}nimda", "user\u{fffd}nimda"),
            ("x\u{e0041}\u{feff}y\u{200f}", "xy"),
            ("bell\x07 del\x7f c1\u{9b}", "bell\u{fffd} del\u{fffd} c1\u{fffd}"),
            ("tab\tkept\n", "tab\tkept\n"),
        ];
        for (raw, expected) in cases {
            assert_eq!(clean_text(raw), expected, "{raw:?}");
        }
        assert_eq!(Clean::line("two\nlines\tof it").as_str(), "two lines of it");
    }

    proptest! {
        #[test]
        fn looking_by_the_dozen_sees_every_character(lead in "[a-zé日]{0,70}", c in any::<char>(), tail in "[ -~]{0,40}") {
            let raw = format!("{lead}{c}{tail}");
            let kept = matches!(stand_in(c), Fate::Keep);
            prop_assert_eq!(first_unclean(&raw).is_none(), kept);
        }

        #[test]
        fn cleaning_is_idempotent_and_leaves_no_control(raw in any::<String>()) {
            let once = clean_text(&raw).into_owned();
            prop_assert!(!once.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
            prop_assert_eq!(clean_text(&once).into_owned(), once.clone());
        }
    }
}
