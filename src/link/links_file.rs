//! links.toml: what the reader has judged, as it stands in the file.
//!
//! ```toml
//! [[link]]
//! id = "5f0c2a9d1e77"
//! relation = "contrasts"
//! topic = "soviets"
//! remark = "Recall against discipline."
//! made = "2026-11-22T03:11:00Z"
//! author = "Anna Example"
//!
//! [[link.between]]
//! text = "the-party-as-instrument.md"
//! passage = 14
//! exact = "..."
//!
//! [[link.between]]
//! text = "power-from-below.md"
//! passage = 22
//! exact = "..."
//! ```
//!
//! A `[[rejected]]` has two places as well and no relation; a `[[silence]]` has the `text` that is silent, and either a
//! `[silence.passage]` to which it says nothing or a `topic`. Everything but the places has a default, so that an entry
//! can be written by hand. An `author` is a name, or a list of names where several said the same. Fields of other programs are left alone. A fault costs no more than the entry it is in.

use serde::Deserialize;
use serde::de::IntoDeserializer as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::judgement::{Judgement, JudgementId, Relation, Verdict, fold};
use crate::anchor::{Anchor, TextId};
use crate::text::clean::{Clean, clean_text};
use crate::topic::codebook::TopicId;
use crate::topic::fault::{Fault, line_column, ordinal};

/// The kinds of entries: the name of the list, and what one of them is called.
pub const KINDS: [(&str, &str); 3] = [("link", "link"), ("silence", "silence"), ("rejected", "rejection")];

/// The fields all kinds have.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct JudgementFields {
    id: String,
    relation: String,
    topic: String,
    #[serde(rename = "remark")]
    note: String,
    made: Option<WrittenDate>,
    author: Option<WrittenAuthors>,
    between: Vec<Anchor>,
    text: String,
    passage: Option<Anchor>,
}

/// A date as a string, or as TOML has them.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum WrittenDate {
    Written(String),
    Date(toml::value::Datetime),
}

/// Who says so: one name, or the names of all.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum WrittenAuthors {
    One(String),
    All(Vec<String>),
}

/// Where an entry stands: the name of its list, and its place there.
pub type Entered = (&'static str, usize);

/// The judgements of a file, each once, and its faults in the order of the file. Where it is no TOML at all, only the
/// first place where it is not is a fault.
pub fn parse(source: &str) -> (Vec<Judgement>, Vec<Fault>) {
    let (found, faults) = entries(source);
    (fold(found.into_iter().map(|(_, judgement)| judgement)), faults)
}

/// The entries of a file as they stand, each with its list and its place in it.
pub fn entries(source: &str) -> (Vec<(Entered, Judgement)>, Vec<Fault>) {
    let (document, errors) = DeTable::parse_recoverable(source);
    let fault = |at: usize, field: &str, what: String, advice: &str| {
        let (line, column) = line_column(source, at);
        Fault { line, column, field: field.to_owned(), what, advice: advice.to_owned() }
    };
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for (list, called) in KINDS {
        let Some(value) = document.get_ref().get(list) else { continue };
        let DeValue::Array(all) = value.get_ref() else {
            let what = format!("`{list}` is of type {}, not a list", value.get_ref().type_str());
            faults.push(fault(value.span().start, "", what, &format!("write [[{list}]]")));
            continue;
        };
        for (at, entry) in all.iter().enumerate() {
            match judgement(list, entry) {
                Ok(judgement) => found.push(((list, at), judgement)),
                Err((place, what)) => {
                    let field = format!("the {} {called}", ordinal(at + 1));
                    faults.push(fault(place, &field, what, "it is kept as it stands, and not used"));
                }
            }
        }
    }
    faults.sort_by_key(|f| (f.line, f.column));
    if let Some(first) = errors.first() {
        let at = first.span().map_or(0, |s| s.start);
        let broken = fault(at, "", first.message().to_owned(), "nothing is written to this file until it is mended");
        faults = vec![broken];
    }
    (found, faults)
}

/// What an entry says; else where it is wrong, and how.
fn judgement(list: &str, entry: &Spanned<DeValue<'_>>) -> Result<Judgement, (usize, String)> {
    let start = entry.span().start;
    let read = JudgementFields::deserialize(entry.clone().into_deserializer()).map_err(|e| {
        let what = e.message().lines().next().unwrap_or_default().to_owned();
        (e.span().map_or(start, |s| s.start), what)
    })?;
    let topic = Some(Clean::line(read.topic.trim())).filter(|t| !t.as_str().is_empty());
    let topic = topic.map(|t| TopicId::new(t.as_str()));
    let note = clean_text(read.note.trim()).into_owned();
    let two = |between: Vec<Anchor>| match <[Anchor; 2]>::try_from(between) {
        Ok([a, b]) if a.exact.trim().is_empty() || b.exact.trim().is_empty() => {
            Err((start, "a place without its words (`exact`) cannot be found".to_owned()))
        }
        Ok(two) => Ok(two),
        Err(places) => Err((start, format!("has {} places in [[{list}.between]] and needs two", places.len()))),
    };
    let mut judgement = match list {
        "link" => {
            let [a, b] = two(read.between)?;
            let Some(relation) = Relation::of_word(Clean::line(&read.relation).as_str()) else {
                return Err((start, "has no relation: write one, as relation = \"contrasts\"".to_owned()));
            };
            Judgement::join(a, b, relation, topic, &note)
        }
        "rejected" => {
            let [a, b] = two(read.between)?;
            Judgement::reject(a, b, topic)
        }
        _ if read.text.is_empty() => return Err((start, "does not say which text is silent (`text`)".to_owned())),
        _ if read.passage.is_none() && topic.is_none() => {
            return Err((start, "says neither to which passage nor on which topic".to_owned()));
        }
        _ => Judgement::silence(TextId(read.text), read.passage, topic),
    };
    judgement.note = note;
    let id = Clean::line(read.id.trim());
    if !id.as_str().is_empty() {
        judgement.id = JudgementId(id.as_str().to_owned());
    }
    let authors = match read.author {
        None => Vec::new(),
        Some(WrittenAuthors::One(name)) => vec![name],
        Some(WrittenAuthors::All(names)) => names,
    };
    judgement.authors = authors.iter().map(|name| Clean::line(name.trim()).as_str().to_owned()).collect();
    judgement.authors.retain(|name| !name.is_empty());
    judgement.authors.sort_unstable();
    judgement.authors.dedup();
    judgement.made = read.made.map(|made| match made {
        WrittenDate::Written(words) => Clean::line(&words).as_str().to_owned(),
        WrittenDate::Date(date) => date.to_string(),
    });
    Ok(judgement)
}

/// The list that a judgement belongs to.
pub fn list_of(judgement: &Judgement) -> &'static str {
    match judgement.verdict {
        Verdict::Joined(..) => "link",
        Verdict::Silent(..) => "silence",
        Verdict::Rejected(_) => "rejected",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: &str = "[[link.between]]\ntext = \"a.md\"\nexact = \"one\"\n\
                          [[link.between]]\ntext = \"b.md\"\nexact = \"two\"\n";

    #[test]
    fn an_entry_written_by_hand_is_enough() {
        let (all, faults) = parse(&format!("[[link]]\nrelation = \"Contrasts\"\n{PLACES}"));
        assert_eq!(faults, []);
        assert_eq!(all[0].relation(), Some(&Relation::Contrasts));
        assert!(!all[0].id.0.is_empty());
        assert_eq!(all[0].places()[1].text.as_str(), "b.md");
    }

    #[test]
    fn faults_say_where_and_cost_only_their_entry() {
        let good = format!("[[link]]\nrelation = \"agrees\"\nmade = 2026-11-22T03:11:00Z\n{PLACES}");
        let cases = [
            ("[[link]]\nrelation = 3\n", "3:12: the 1st link: invalid type: integer `3`, expected a string"),
            ("[[link]]\nrelation = \"agrees\"\n", "2:1: the 1st link: has 0 places in [[link.between]] and needs two"),
            ("[[link]]\n[[link.between]]\ntext = \"a\"\n", "3:1: the 1st link: missing field `exact`"),
            ("[[silence]]\nid = \"x\"\n", "2:1: the 1st silence: does not say which text is silent"),
            ("[[silence]]\ntext = \"a\"\n", "2:1: the 1st silence: says neither to which passage"),
            ("rejected = 3\n", "2:12: `rejected` is of type integer, not a list"),
        ];
        for (broken, expected) in cases {
            let (all, faults) = parse(&format!("# mine\n{broken}{good}"));
            assert_eq!(all.len(), 1, "{broken}");
            let said = faults[0].to_string();
            assert!(said.starts_with(expected), "{said}\n{broken}");
        }
        assert_eq!(parse(&good).0[0].made.as_deref(), Some("2026-11-22T03:11:00Z"));
    }

    #[test]
    fn what_is_no_toml_is_one_fault() {
        let conflict = format!("<<<<<<< ours\n[[link]]\nrelation = \"agrees\"\n{PLACES}=======\n>>>>>>> theirs\n");
        let (_, faults) = parse(&conflict);
        assert_eq!(faults.len(), 1);
        assert!(faults[0].to_string().starts_with("1:"), "{}", faults[0]);
    }
}
