//! Marks of list items at the start of a line.

use crate::text::block::Marker;

/// What a line opens with, and how many bytes of it, white space after the mark included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) struct Opening {
    pub marker: Marker,
    pub length: usize,
    /// Whether the sign means nothing but a bullet; a hyphen or a star may mean something else.
    pub sure: bool,
}

impl Opening {
    /// Whether it is surely a bullet.
    pub(crate) fn is_bullet(&self) -> bool {
        self.marker == Marker::Bullet && self.sure
    }
}

/// The mark that a line opens with.
pub(in crate::import) fn opens(line: &str) -> Option<Opening> {
    let first = line.chars().next()?;
    let spaced = |length: usize| {
        let rest = &line[length..];
        let space = rest.len() - rest.trim_start_matches([' ', '\t', '\u{a0}']).len();
        (space > 0 && space < rest.len()).then_some(length + space)
    };
    match first {
        '•' | '◦' | '▪' | '●' | '○' | '■' | '‣' | '⁃' | '·' | '\u{f0b7}' => {
            spaced(first.len_utf8()).map(|length| Opening { marker: Marker::Bullet, length, sure: true })
        }
        // The last is a sign that its font does not tell: what opens with a mark after it is no item.
        '-' | '*' | '+' | '–' | '\u{fffd}' => {
            let length = spaced(first.len_utf8())?;
            let said = &line[length..];
            let word = said.starts_with(char::is_alphanumeric)
                || first != '\u{fffd}'
                    && said.starts_with(['“', '"', '‘', '(', '[', '<', '#', '@', '/', '$', '&', '`'])
                    && said.contains(char::is_alphanumeric);
            word.then_some(Opening { marker: Marker::Bullet, length, sure: false })
        }
        '0'..='9' => {
            let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let sign = line[digits..].starts_with(['.', ')']) && digits <= 3;
            let length = if sign { spaced(digits + 1)? } else { return None };
            let number = line[..digits].parse().ok()?;
            Some(Opening { marker: Marker::Number(number), length, sure: false })
        }
        _ => None,
    }
}

/// Whether a line opens with a letter, a numeral or a number that counts points: `a)`, `(iv)`, `12.`.
pub(in crate::import) fn is_enumerated(line: &str) -> bool {
    let (bracket, inner) = line.strip_prefix('(').map_or((false, line), |rest| (true, rest));
    let label = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_alphanumeric()).len();
    let count = inner[..label].bytes();
    let short = label == 1
        || label <= 4
            && (label <= 3 && count.clone().all(|b| b.is_ascii_digit())
                || count.clone().all(|b| b"ivxlc".contains(&b)));
    let sign = inner[label..].starts_with(')') || !bracket && inner[label..].starts_with('.');
    label > 0 && short && sign && inner[label + 1..].starts_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_told_from_words() {
        for line in ["a) one", "(iv) two", "12. three", "(b) four", "B. five"] {
            assert!(is_enumerated(line), "{line}");
        }
        for line in ["as) one", "(or two)", "end. three", "1917. four", "(see) five"] {
            assert!(!is_enumerated(line), "{line}");
        }
    }

    #[test]
    fn marks_are_told_from_words() {
        let cases = [
            ("• one", Some((Marker::Bullet, 4))),
            ("- one", Some((Marker::Bullet, 2))),
            ("12. one", Some((Marker::Number(12), 4))),
            ("3)  one", Some((Marker::Number(3), 4))),
            ("1917. The year", None),
            ("1.5 per cent", None),
            ("-- so", None),
            ("* * *", None),
            ("•", None),
            ("\u{fffd} one", Some((Marker::Bullet, 4))),
            ("\u{fffd}\u{fffd} one", None),
        ];
        for (line, expected) in cases {
            assert_eq!(opens(line).map(|o| (o.marker, o.length)), expected, "{line}");
        }
    }
}
