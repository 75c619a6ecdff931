//! What a note's file is called: when it was made, then its first words. `20260803-121503-centralism-left-the-base.md`
//!
//! So a folder lists its notes in the order in which they were made, and a name tells which is which. A note keeps its
//! name when its words change.

use std::ffi::OsStr;
use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::note::stamp::Stamp;

/// The ending of notes' files.
pub const ENDING: &str = "md";

/// Bytes that the words in a name take at most.
const WORDS: usize = 40;

/// The name without the ending; `nth` is 1 for the first that is tried, and counts up where a name is taken.
pub fn stem(created: Stamp, body: &str, nth: u32) -> String {
    let words = slug(body);
    let mut stem = created.compact();
    if !words.is_empty() {
        stem = format!("{stem}-{words}");
    }
    if nth > 1 { format!("{stem}-{nth}") } else { stem }
}

/// The id of a note that has none of its own: its name. Bytes in it that are no UTF-8 stand there each by its number after a
/// sign that no letter is, so that two names have two ids.
pub fn id(stem: &OsStr) -> String {
    let mut id = String::with_capacity(stem.len());
    for part in stem.as_encoded_bytes().utf8_chunks() {
        id.push_str(part.valid());
        part.invalid().iter().for_each(|byte| _ = write!(id, "\u{fffd}{byte:02x}"));
    }
    id
}

/// Whether a file of this name is called as notes are: by the moment it was made.
pub fn is_stem(name: &str) -> bool {
    let digits = |part: Option<&[u8]>| part.is_some_and(|p| p.iter().all(u8::is_ascii_digit));
    let bytes = name.as_bytes();
    digits(bytes.get(..8))
        && bytes.get(8) == Some(&b'-')
        && digits(bytes.get(9..15))
        && matches!(bytes.get(15), None | Some(b'-' | b'.'))
}

/// The first words of `body` as a name has them: small letters and digits with `-` between. Tags are passed over where
/// there are other words.
fn slug(body: &str) -> String {
    let words = |with_tags: bool| {
        let mut slug = String::new();
        let all = body.split_whitespace().filter(|w| with_tags || !w.starts_with('#'));
        for word in all.flat_map(|w| w.split(|c: char| !c.is_alphanumeric())).filter(|w| !w.is_empty()) {
            let plain = word.nfkd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric());
            let word: String = plain.flat_map(char::to_lowercase).collect();
            if slug.len() + word.len() >= WORDS {
                break;
            }
            if !slug.is_empty() {
                slug.push('-');
            }
            slug.push_str(&word);
        }
        slug
    };
    let plain = words(false);
    if plain.is_empty() { words(true) } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn two_names_are_two_ids_whatever_their_bytes() {
        use std::os::unix::ffi::OsStrExt as _;
        let id = |bytes: &[u8]| id(OsStr::from_bytes(bytes));
        let names: [&[u8]; 6] = [b"a\xff", b"a\xfe", b"a\xff\xfe", b"a\xe2\x82", b"\xffa", b"a"];
        for (n, one) in names.iter().enumerate() {
            assert_eq!(id(one), id(one));
            assert!(names[n + 1..].iter().all(|other| id(other) != id(one)), "{one:?}");
        }
        assert_eq!((id(b"a"), id("é-日".as_bytes())), ("a".to_owned(), "é-日".to_owned()));
    }

    #[test]
    fn a_name_says_when_and_what() {
        let cases = [
            ("Centralism left the base only the right to be informed.", 1, "-centralism-left-the-base-only-the-right"),
            ("#vote  **Où** est l’été?", 2, "-ou-est-l-ete-2"),
            ("#vote", 1, "-vote"),
            ("…", 1, ""),
            (&"x".repeat(500), 3, "-3"),
        ];
        for (body, nth, expected) in cases {
            let name = stem(Stamp::of_seconds(1_785_759_303), body, nth);
            assert_eq!(name, format!("20260803-121503{expected}"), "{body}");
        }
    }
}
