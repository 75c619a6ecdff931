//! What is a word: what the text itself uses, and a list of common English ones.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::import::lines::Lines;

/// How much of a text its words are counted in, in bytes: enough of any book, and no burden for a larger file.
const SAMPLE: u32 = 4 * 1024 * 1024;

static LISTED: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("words.txt").lines().filter(|l| !l.starts_with('#')).collect());

/// Endings that stand as words of their own only by accident.
const ENDINGS: &[&str] = &[
    "able", "age", "ally", "ant", "ate", "ations", "ation", "ence", "ent", "ful", "hood", "ion", "ions", "ism", "less",
    "lings", "man", "ment", "men", "ness", "ship", "tion", "tions", "ward", "wards", "wise", "ings", "ties", "ting",
    "ring", "sing", "king", "ding", "ping", "tory", "ted", "red", "led", "let", "lets", "ten", "ter", "ties",
];

/// The words of a text, folded to lower case, and how often each comes.
#[derive(Debug)]
pub(super) struct Words<'a> {
    counts: HashMap<std::borrow::Cow<'a, str>, u32>,
}

impl<'a> Words<'a> {
    /// Counts the words of the lines. A word with a hyphen counts as a whole, and its parts count too. What stands at
    /// the two sides of a line's end may be half a word and is not counted.
    pub(super) fn of(lines: &Lines<'a>) -> Self {
        let mut counts: HashMap<std::borrow::Cow<'a, str>, u32> = HashMap::new();
        let mut cut = false;
        for line in lines.first(SAMPLE) {
            let mut str = lines.of_line(line);
            if cut {
                str = str.find(' ').map_or("", |at| &str[at..]);
            }
            cut = str.ends_with(['-', '\u{ad}', '\u{2010}']);
            if cut {
                str = str.rfind(' ').map_or("", |at| &str[..at]);
            }
            for word in split(str) {
                let mut add = |w: &'a str| {
                    if !w.is_empty() {
                        *counts.entry(folded(w)).or_default() += 1;
                    }
                };
                add(word);
                if word.contains('-') {
                    word.split('-').for_each(add);
                }
            }
        }
        Self { counts }
    }

    /// How often a word (in lower case) comes.
    pub(super) fn count(&self, word: &str) -> u32 {
        self.counts.get(word).copied().unwrap_or(0)
    }
}

/// Common endings, and what stands in their place in the list.
const DERIVED: &[(&str, &[&str])] = &[
    ("ies", &["y"]),
    ("ied", &["y"]),
    ("es", &["", "e"]),
    ("s", &[""]),
    ("ed", &["", "e"]),
    ("ings", &["", "e"]),
    ("ing", &["", "e"]),
    ("ly", &[""]),
    ("ers", &["", "e"]),
    ("er", &["", "e"]),
    ("ness", &[""]),
    ("less", &[""]),
    ("able", &["", "e"]),
    ("d", &[""]),
];

/// Whether a word is in the list, or derived by a common ending from one that is.
pub(in crate::import) fn is_listed(word: &str) -> bool {
    if LISTED.contains(word) {
        return true;
    }
    DERIVED.iter().any(|(ending, bases)| {
        let Some(stem) = word.strip_suffix(ending).filter(|s| s.len() >= 2) else { return false };
        bases.iter().any(|base| LISTED.contains(format!("{stem}{base}").as_str())) || is_doubled(stem)
    })
}

/// Whether what looks like a word is the ending of one.
pub(super) fn is_ending(word: &str) -> bool {
    ENDINGS.contains(&word)
}

/// `stopp` of `stopped`.
fn is_doubled(stem: &str) -> bool {
    let mut ends = stem.chars().rev();
    let (last, before) = (ends.next(), ends.next());
    last == before && last.is_some_and(|c| stem.len() > 3 && LISTED.contains(&stem[..stem.len() - c.len_utf8()]))
}

/// The words of a line, with their hyphens.
pub(super) fn split(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '-').map(|w| w.trim_matches('-')).filter(|w| !w.is_empty())
}

/// In lower case, without a copy where it is so already.
fn folded(word: &str) -> std::borrow::Cow<'_, str> {
    if word.chars().any(char::is_uppercase) { word.to_lowercase().into() } else { word.into() }
}
