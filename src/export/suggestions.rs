//! `diptych topics suggest`: topics that both texts treat, found in the texts, as topics.toml or JSON.

use std::io::{self, Write};

use serde::Serialize;
use toml_edit::{Array, value};

use super::json::{line, rounded};
use crate::topic::suggest::Suggestion;
use crate::topic::term::Term;

/// Writes the proposals as the topics.toml they would make, the best first.
pub fn write_toml(out: &mut dyn Write, found: &[Suggestion]) -> io::Result<()> {
    for suggestion in found {
        let topic = &suggestion.topic;
        let mut table = toml_edit::Table::new();
        table.insert("id", value(topic.id.as_str()));
        table.insert("name", value(&topic.name));
        table.insert("terms", value(topic.terms.iter().map(Term::as_str).collect::<Array>()));
        writeln!(out, "# named in {} and {} passages", suggestion.left, suggestion.right)?;
        writeln!(out, "[[topic]]\n{table}")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct SuggestionsJson<'a> {
    topics: Vec<SuggestionJson<'a>>,
}

#[derive(Serialize)]
struct SuggestionJson<'a> {
    id: &'a str,
    name: &'a str,
    terms: Vec<&'a str>,
    /// Passages of the left text that name it.
    left: u32,
    /// Passages of the right text that name it.
    right: u32,
    score: f32,
}

/// Writes the proposals as JSON: `{"topics":[{"id","name","terms","left","right","score"}]}`.
pub fn write_json(out: &mut dyn Write, found: &[Suggestion]) -> io::Result<()> {
    let one = |s| suggestion_json(s);
    line(out, &SuggestionsJson { topics: found.iter().map(one).collect() })
}

fn suggestion_json(s: &Suggestion) -> SuggestionJson<'_> {
    SuggestionJson {
        id: s.topic.id.as_str(),
        name: &s.topic.name,
        terms: s.topic.terms.iter().map(Term::as_str).collect(),
        left: s.left,
        right: s.right,
        score: rounded(s.score),
    }
}
