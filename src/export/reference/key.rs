//! Keys: what an entry is called where it is cited, as `lih2014power`.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;

use super::Reference;
use super::date::Date;
use super::person::Person;
use crate::word::token::tokens;

/// Words that titles begin with and that say nothing.
const SMALL: &[&str] =
    &["a", "an", "the", "of", "on", "in", "to", "and", "what", "der", "die", "das", "le", "la", "les"];

/// The references with their keys: the first author's family name, the year, the first word of the title that says
/// something, in plain lower-case letters; then `b`, `c` … where two would be the same.
pub(crate) fn with_keys(mut references: Vec<Reference>) -> Vec<Reference> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for reference in &mut references {
        let base = key_of(reference);
        let nth = seen.entry(base.clone()).or_insert(0);
        *nth += 1;
        reference.key = match *nth {
            1 => base,
            nth @ 2..=26 => format!("{base}{}", char::from(b'a' + nth as u8 - 1)),
            nth => format!("{base}-{nth}"),
        };
    }
    references
}

fn key_of(reference: &Reference) -> String {
    let author = reference.authors.first().map_or("", Person::family);
    // A particle and the first word of a group's name say less than the word after.
    let author =
        author.split_whitespace().next_back().filter(|_| !matches!(reference.authors.first(), Some(Person::Whole(_))));
    let author = author.or_else(|| reference.authors.first().and_then(|a| a.family().split_whitespace().next()));
    let year = reference.date.as_ref().and_then(Date::year).map_or(String::new(), |y| y.to_string());
    let words = || tokens(&reference.title).map(|r| plain(&reference.title[r])).filter(|w| !w.is_empty());
    let word = words().find(|w| !SMALL.contains(&w.as_str())).or_else(|| words().next()).unwrap_or_default();
    let key = format!("{}{year}{word}", plain(author.unwrap_or("")));
    if key.is_empty() { "text".to_owned() } else { key }
}

/// Letters and digits without their marks, in lower case; what is not written in Latin letters is left out.
fn plain(word: &str) -> String {
    word.nfkd().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
