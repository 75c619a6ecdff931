//! The notes that several readers put to the same thing, as one note: each paragraph under the name of whoever wrote it.
//!
//! A judgement says who made it and what is said to it, once. Where two people judge the same, both are named; so that it
//! stays known who wrote which words, a paragraph then begins with its writer's name: `Anna: against recall`. What is
//! joined in any order, and however often, comes out the same.

use std::collections::BTreeSet;

/// Who wrote what stands under no name.
const UNNAMED: &str = "unnamed";

/// Who wrote a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Writer {
    /// All who judged it: it has no name though there are several.
    All,
    /// One of them.
    One(String),
    /// Somebody who is not named.
    Unnamed,
}

/// Two notes, each with the names of those who judged so, as one note of all of them.
pub(super) fn both(one: (&str, &[String]), other: (&str, &[String])) -> String {
    let authors: BTreeSet<&String> = one.1.iter().chain(other.1).collect();
    for ((words, own), (others, theirs)) in [(one, other), (other, one)] {
        // What nothing joins stays letter for letter, in its order.
        let is_alone = others.is_empty() || (others == words && own == theirs);
        if is_alone && authors.len() <= 1 && own.len() == authors.len() {
            return words.to_owned();
        }
    }
    let mut all: BTreeSet<(Writer, &str)> = paragraphs(one).chain(paragraphs(other)).collect();
    let said = all.clone();
    all.retain(|(writer, words)| match writer {
        Writer::All => true,
        Writer::One(_) => !said.contains(&(Writer::All, *words)),
        Writer::Unnamed => said.iter().filter(|(_, same)| same == words).count() == 1,
    });
    let mut written: Vec<String> = all.iter().map(|(writer, words)| signed(writer, words, authors.len())).collect();
    written.sort_unstable();
    written.dedup();
    written.join("\n\n")
}

/// A paragraph as it is written where so many are named.
fn signed(writer: &Writer, words: &str, authors: usize) -> String {
    match writer {
        Writer::One(name) if authors > 1 => format!("{name}: {words}"),
        Writer::Unnamed if authors > 0 => format!("{UNNAMED}: {words}"),
        Writer::All | Writer::One(_) | Writer::Unnamed => words.to_owned(),
    }
}

/// The paragraphs of a note, with their writers.
fn paragraphs<'r>((note, authors): (&'r str, &'r [String])) -> impl Iterator<Item = (Writer, &'r str)> {
    let said = note.split("\n\n").map(str::trim).filter(|words| !words.is_empty());
    said.map(|words| {
        let under = |name: &str| words.strip_prefix(name)?.strip_prefix(": ");
        if let Some(rest) = under(UNNAMED) {
            return (Writer::Unnamed, rest);
        }
        let named = authors.iter().find_map(|name| Some((Writer::One(name.clone()), under(name)?)));
        named.unwrap_or_else(|| match authors {
            [] => (Writer::Unnamed, words),
            [only] => (Writer::One(only.clone()), words),
            _ => (Writer::All, words),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_keeps_the_words_under_the_own_name() {
        let (anna, bert): (&[String], &[String]) = (&["Anna".to_owned()], &["Bert".to_owned()]);
        let together = both(("No.", anna), ("Yes.\n\nQuite.", bert));
        assert_eq!(together, "Anna: No.\n\nBert: Quite.\n\nBert: Yes.");
        let all = [anna, bert].concat();
        assert_eq!(both((&together, &all), ("No.", anna)), together, "what is there already does not come again");
        assert_eq!(both(("No.", anna), ("", bert)), "Anna: No.");
        assert_eq!(both(("b\n\na", anna), ("", anna)), "b\n\na", "one's own stays in its order");
        assert_eq!(both(("No.", &[]), ("Yes.", anna)), "Yes.\n\nunnamed: No.");
        assert_eq!(both(("No.", &[]), ("No.", anna)), "No.");
    }
}
