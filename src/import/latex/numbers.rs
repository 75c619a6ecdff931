//! The numbers that LaTeX prints before headings and captions, and in a list of what is cited.
//!
//! Headings and captions get them only where the document refers to some by number: else nobody misses them.

use std::collections::{HashMap, VecDeque};

use super::LONGEST_TITLE;

/// So many headings or captions that the text does not have are passed over before one is given up.
const MOST_PASSED: usize = 64;

/// A document has no more headings, captions and cited works.
const MOST: usize = 20_000;

/// Numbers in the order in which they come, each with what it stands before.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    all: VecDeque<(String, String)>,
}

impl Numbers {
    /// One more: `number` stands before `words`; an empty one where nothing does.
    pub(super) fn add(&mut self, words: &str, number: String) {
        if self.all.len() < MOST {
            self.all.push_back((words.to_owned(), number));
        }
    }

    /// The number of the next that has these words.
    pub(super) fn take(&mut self, words: &str) -> Option<String> {
        let at = self.all.iter().take(MOST_PASSED).position(|(known, _)| known == words)?;
        self.all.drain(..=at).next_back().map(|(_, number)| number).filter(|number| !number.is_empty())
    }
}

/// The works that the document itself lists, each by its key.
#[derive(Debug, Default)]
pub(super) struct Works {
    labels: HashMap<String, String>,
    count: u32,
    /// Whether labels are authors and years: `Miller(1917)`.
    pub by_author: bool,
}

impl Works {
    /// `\bibitem[label]{key}`
    pub(super) fn add(&mut self, label: Option<&str>, key: &str) {
        let label = label.filter(|label| label.len() <= LONGEST_TITLE);
        if label.is_none() {
            self.count += 1;
        }
        let label = label.map_or_else(
            || self.count.to_string(),
            |label| label.replace(['{', '}'], "").replace('~', "\u{a0}").trim().to_owned(),
        );
        if self.labels.len() < MOST {
            self.labels.entry(key.trim().to_owned()).or_insert(label);
        }
    }

    /// What the list prints before a work: nothing where it tells works by author and year.
    pub(super) fn listed(&self, key: &str) -> Option<&str> {
        self.label(key).filter(|label| !self.by_author || author_and_year(label).is_none())
    }

    fn label(&self, key: &str) -> Option<&str> {
        self.labels.get(key.trim()).map(String::as_str)
    }

    /// What a citation prints: `[3, p. 4]`, `(Miller, 1917)`, `Miller (1917)`; a key that is not listed stands as it is.
    pub(super) fn cited(&self, command: &str, keys: &str, note: &str) -> String {
        let known: Vec<&str> = keys.split(',').map(|key| self.label(key).unwrap_or(key.trim())).collect();
        let dated: Option<Vec<(&str, &str)>> = known.iter().map(|label| author_and_year(label)).collect();
        let Some(dated) = dated.filter(|_| self.by_author) else { return format!("[{}{note}]", known.join(", ")) };
        let all = |said: fn(&str, &str) -> String, between: &str| -> String {
            dated.iter().map(|(author, year)| said(author, year)).collect::<Vec<_>>().join(between)
        };
        match command.trim_end_matches('*').to_lowercase().as_str() {
            "citep" | "parencite" => format!("({}{note})", all(|author, year| format!("{author}, {year}"), "; ")),
            "citealp" => all(|author, year| format!("{author}, {year}"), "; ") + note,
            "citealt" => all(|author, year| format!("{author} {year}"), "; ") + note,
            "citeauthor" => all(|author, _| author.to_owned(), ", "),
            "citeyear" => all(|_, year| year.to_owned(), ", "),
            "citeyearpar" => format!("({}{note})", all(|_, year| year.to_owned(), ", ")),
            _ => {
                let mut said = all(|author, year| format!("{author} ({year})"), ", ");
                said.insert_str(said.len() - 1, note);
                said
            }
        }
    }
}

/// `Miller and Carter(1917)A. Miller and B. Carter`
fn author_and_year(label: &str) -> Option<(&str, &str)> {
    let (author, rest) = label.split_once('(')?;
    let (year, _) = rest.split_once(')')?;
    (!author.trim().is_empty() && year.starts_with(|c: char| c.is_ascii_digit())).then_some((author.trim(), year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_in_their_order() {
        let mut numbers = Numbers::default();
        for (words, number) in [("One", "1"), ("Bare", ""), ("gone", "2"), ("One", "3")] {
            numbers.add(words, number.to_owned());
        }
        assert_eq!(numbers.take("One").as_deref(), Some("1"));
        assert_eq!(numbers.take("of a macro"), None);
        assert_eq!(numbers.take("Bare"), None);
        assert_eq!(numbers.take("One").as_deref(), Some("3"));
    }

    #[test]
    fn citations_say_what_the_list_says() {
        let mut works = Works::default();
        works.add(None, "a");
        works.add(Some("Miller(1917)"), "b");
        works.add(None, "c");
        assert_eq!(works.cited("cite", "c, a", ", p. 4"), "[2, 1, p. 4]");
        assert_eq!(works.cited("cite", "unlisted", ""), "[unlisted]");
        works.by_author = true;
        assert_eq!(works.cited("citep", "b", ""), "(Miller, 1917)");
        assert_eq!(works.cited("citet", "b", ""), "Miller (1917)");
        assert_eq!(works.cited("cite", "a", ""), "[1]");
    }
}
