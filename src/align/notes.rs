//! Which units are the notes of an edition: a mark in the text, `ailleurs[1]`, and further on a unit that begins with it,
//! `[1] Homélie…`. One edition has them and the other has not, so that a note is hardly ever what a sentence is across.

use std::collections::{BTreeMap, BTreeSet};

/// How many stars or daggers in a row may be a mark.
const MOST_STARS: usize = 3;
/// How long a mark may be in letters, brackets included.
const LONGEST: usize = 6;

/// For each unit whether it is a note.
pub(super) fn are_notes<'a>(units: impl Iterator<Item = &'a str>) -> Vec<bool> {
    let mut called: BTreeSet<&'a str> = BTreeSet::new();
    let mut announces = false;
    units
        .map(|unit| {
            let string = unit.trim_start();
            let first = mark_at(string, 0).filter(|mark| string.len() > mark.len());
            // A note that calls for another one of its own mark is still one.
            let begins = first.filter(|mark| called.remove(mark));
            call_in(string, begins.map_or(0, str::len), &mut called);
            // What a note quotes is of it.
            let is_note = begins.is_some() || announces;
            announces = is_note && string.trim_end().ends_with([':', '：']);
            is_note
        })
        .collect()
}

/// Adds the marks that a unit has from some byte on: each right behind what it is about. A star that stands there twice is
/// no mark but stresses what lies between.
fn call_in<'a>(string: &'a str, from: usize, called: &mut BTreeSet<&'a str>) {
    // How often each star stands here, and whether once right behind what it is about.
    let mut stars: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
    let mut at = from;
    while let Some(found) = string[at..].find(is_sign) {
        at += found;
        let Some(mark) = mark_at(string, at) else {
            // A row of stars is none of its stars either.
            let first = string[at..].chars().next().map_or(1, char::len_utf8);
            at += run(&string[at..]).max(first);
            continue;
        };
        let before = string[..at].chars().next_back();
        let after = string[at + mark.len()..].chars().next();
        at += mark.len();
        if mark.starts_with(is_star) {
            let (count, calls) = stars.entry(mark).or_default();
            *count += 1;
            // As in the name of a file, `lib*`, `*/`, a star has a letter or a stroke on its other side.
            *calls |= before.is_some_and(is_said) && after.is_none_or(|c| c.is_whitespace() || is_stop(c));
        } else if before.is_some_and(|c| !c.is_whitespace()) {
            called.insert(mark);
        }
    }
    called.extend(stars.into_iter().filter(|(_, (count, calls))| *count == 1 && *calls).map(|(star, _)| star));
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '"' | '\'' | '”' | '’' | '»')
}

fn is_said(c: char) -> bool {
    c.is_alphanumeric() || is_stop(c)
}

fn is_sign(c: char) -> bool {
    matches!(c, '[' | '(' | '{') || is_star(c) || is_raised(c)
}

fn is_star(c: char) -> bool {
    matches!(c, '*' | '†' | '‡')
}

fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// How many bytes of stars, or of raised digits, a string begins with.
fn run(string: &str) -> usize {
    let kind = if string.starts_with(is_star) { is_star } else { is_raised };
    string.chars().take_while(|c| kind(*c)).map(char::len_utf8).sum()
}

/// The mark of a note that stands at a byte: `[12]`, `{4}`, `(*)`, `[a]`, `**`, `†`, `¹²`.
fn mark_at(string: &str, at: usize) -> Option<&str> {
    let rest = &string[at..];
    let first = rest.chars().next()?;
    let close = match first {
        '[' => ']',
        '(' => ')',
        '{' => '}',
        _ => {
            let length = run(rest);
            let mark = &rest[..length];
            return (length > 0 && mark.chars().count() <= MOST_STARS).then_some(mark);
        }
    };
    let length = rest.char_indices().take(LONGEST).find(|(_, c)| *c == close)?.0;
    let inside = &rest[first.len_utf8()..length];
    // A number in round brackets counts what is listed, or names a manual's section.
    let is_number = first != '(' && !inside.is_empty() && inside.chars().all(|c| c.is_ascii_digit());
    let is_letter = first != '(' && inside.chars().count() == 1 && inside.chars().all(char::is_alphanumeric);
    (is_number || is_letter || !inside.is_empty() && inside.chars().all(is_star))
        .then(|| &rest[..length + close.len_utf8()])
}

#[cfg(test)]
mod tests {
    use super::are_notes;

    fn notes(units: &[&str]) -> Vec<bool> {
        are_notes(units.iter().copied())
    }

    #[test]
    fn a_note_begins_with_a_mark_that_was_called() {
        assert_eq!(notes(&["He said[1] so[2].", "[1] Elsewhere.", "More.", "[2] Here."]), [false, true, false, true]);
        assert_eq!(notes(&["He said* so.", "* Elsewhere.", "* Twice."]), [false, true, false]);
        assert_eq!(notes(&["He said* so.", "a *word* here", "* Else."]), [false, false, true]);
        assert_eq!(notes(&["*Word* here", "* Two."]), [false, false]);
        assert_eq!(notes(&["Gesagt.¹² Und", "¹² Dort."]), [false, true]);
        assert_eq!(notes(&["so[a](*), and", "(*) It was.", "[a] So."]), [false, true, true]);
    }

    #[test]
    fn what_a_note_announces_is_of_it() {
        let found = notes(&["He said[1] so:", "This.", "[1] He wrote :", "Verses.", "More.", "[2] So:", "And so."]);
        assert_eq!(found, [false, false, true, true, false, false, false]);
    }

    #[test]
    fn what_was_never_called_is_none() {
        assert_eq!(notes(&["[1] In the beginning", "[2] And the earth", "[3] And God"]), [false; 3]);
        assert_eq!(notes(&["two things: (1) one and (2) two", "(1) One.", "[", "[12", "* * *"]), [false; 5]);
        assert_eq!(notes(&["see ls(1), lib/*", "(1) One.", "* One.", "a *word* here", "* Two."]), [false; 5]);
        assert_eq!(notes(&[&"*".repeat(200_000), &"* ".repeat(100_000), "*"]), [false; 3]);
        assert_eq!(notes(&["", "as they say [sic]", "(2023)"]), [false; 3]);
    }
}
