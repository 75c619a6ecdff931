//! A topic's terms within the description of a code, where the format of another program has no place for them.
//!
//! ```text
//! Councils of workers' and soldiers' delegates
//!
//! Terms: soviet*; workers' council; delegates
//! Not: Soviet Union
//! Id: soviets
//! ```
//!
//! So they are read by people there, survive whatever that program does with the code, and can be written there: a
//! description that ends with such lines is read back as terms. A term with a semicolon stands in quotation marks,
//! those within it doubled. A line is left out where the name says the same: the only term, and the id made of it.

use super::codebook::{Topic, id_of_name};
use super::term::Term;
use crate::text::clean::Clean;

/// What a description says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Described {
    /// What the topic is about, in one line.
    pub about: String,
    /// Its terms, where the description names them.
    pub terms: Option<Vec<String>>,
    /// The terms that cancel others.
    pub not: Vec<String>,
    /// Its id.
    pub id: Option<String>,
}

const TERMS: &str = "Terms:";
const NOT: &str = "Not:";
const ID: &str = "Id:";

/// The description of a topic; empty where there is nothing to say.
pub(crate) fn describe(topic: &Topic) -> String {
    let mut lines = Vec::new();
    let only_its_name = topic.terms.len() == 1 && topic.terms[0].as_str() == topic.name;
    if !topic.terms.is_empty() && !only_its_name {
        lines.push(format!("{TERMS} {}", listed(&topic.terms)));
    }
    if !topic.not.is_empty() {
        lines.push(format!("{NOT} {}", listed(&topic.not)));
    }
    if id_of_name(&topic.name) != topic.id.as_str() {
        lines.push(format!("{ID} {}", topic.id));
    }
    // An empty description before the lines keeps an `about` that looks like one of them apart.
    let looks_like_one = topic.about.lines().next_back().is_some_and(|l| parted(l).is_some());
    if lines.is_empty() && !looks_like_one {
        return topic.about.clone();
    }
    if looks_like_one && lines.is_empty() {
        lines.push(format!("{ID} {}", topic.id));
    }
    let gap = if topic.about.is_empty() { "" } else { "\n\n" };
    format!("{}{gap}{}", topic.about, lines.join("\n"))
}

/// Reads a description, whoever wrote it.
pub(crate) fn read(description: &str) -> Described {
    let mut found = Described::default();
    let mut lines: Vec<&str> = description.lines().map(str::trim).collect();
    while lines.last().is_some_and(|l| l.is_empty()) {
        lines.pop();
    }
    while let Some((label, rest)) = lines.last().and_then(|l| parted(l)) {
        match label {
            TERMS if found.terms.is_none() => found.terms = Some(items(rest)),
            NOT if found.not.is_empty() => found.not = items(rest),
            ID if found.id.is_none() => found.id = Some(one_line(rest)),
            _ => break,
        }
        lines.pop();
    }
    found.about = one_line(&lines.join(" "));
    found
}

/// A line of the lists: its label, and what follows.
fn parted(line: &str) -> Option<(&'static str, &str)> {
    [TERMS, NOT, ID].into_iter().find_map(|label| {
        let rest = line.trim().strip_prefix(label)?.trim();
        (!rest.is_empty()).then_some((label, rest))
    })
}

fn listed(terms: &[Term]) -> String {
    let one = |term: &Term| {
        let written = one_line(term.as_str());
        if written.contains([';', '"']) { format!("\"{}\"", written.replace('"', "\"\"")) } else { written }
    };
    terms.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The items of a list, as written between its semicolons.
fn items(list: &str) -> Vec<String> {
    let mut items = Vec::new();
    let mut item = String::new();
    let mut quoted = false;
    let mut chars = list.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                item.push('"');
            }
            '"' if quoted || item.trim().is_empty() => quoted = !quoted,
            ';' if !quoted => items.push(std::mem::take(&mut item)),
            _ => item.push(c),
        }
    }
    items.push(item);
    items.iter().map(|i| one_line(i)).filter(|i| !i.is_empty()).collect()
}

/// Clean, and with single spaces.
pub(super) fn one_line(s: &str) -> String {
    Clean::line(s).as_str().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_may_write_it_too() {
        let said =
            read("The councils,\nlocal ones.\n\nTerms: soviet*;  workers' council ;\"odd; one\"\nId: soviets\n\n");
        assert_eq!(said.about, "The councils, local ones.");
        assert_eq!(said.terms.unwrap(), ["soviet*", "workers' council", "odd; one"]);
        assert_eq!((said.not.len(), said.id.as_deref()), (0, Some("soviets")));
        assert_eq!(read("Terms of trade").about, "Terms of trade");
        assert_eq!(read("Terms:").terms, None);
        assert_eq!(read(""), Described::default());
    }

    #[test]
    fn what_the_name_says_is_not_said_again() {
        let mut topic = Topic::of_terms("one-man-management", "One-man management", &["One-man management"]);
        assert_eq!(describe(&topic), "");
        topic.about = "Not: a list".to_owned();
        assert_eq!(read(&describe(&topic)).about, topic.about);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn a_description_is_read_back(
            about in "(|[A-Za-z;:\" ]{0,40}|Terms: a|Id: b|Not: c; d)",
            terms in prop::collection::vec("[a-z]{2,8}[*]?([;\" ]{1,3}[a-z]{2,5})?", 1..4),
            not in prop::collection::vec("[a-z]{2,8}( ;[a-z]{1,3})?", 0..3),
        ) {
            let mut topic = Topic::of_terms("id", "A name", &[]);
            topic.about = one_line(&about);
            topic.terms = terms.iter().filter_map(|t| Term::parse(&one_line(t)).ok()).collect();
            topic.not = not.iter().filter_map(|t| Term::parse(&one_line(t)).ok()).collect();
            let read = read(&describe(&topic));
            let written = |terms: &[Term]| terms.iter().map(|t| t.as_str().to_owned()).collect::<Vec<_>>();
            prop_assert_eq!(&read.about, &topic.about);
            prop_assert_eq!(read.terms.unwrap_or_default(), written(&topic.terms));
            prop_assert_eq!(read.not, written(&topic.not));
            prop_assert_eq!(read.id.as_deref(), Some("id"));
        }
    }
}
