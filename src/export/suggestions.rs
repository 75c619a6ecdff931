//! `diptych topics suggest`: topics that both texts treat, found in the texts, as topics.toml or JSON.

use std::io::{self, Write};

use serde::Serialize;
use toml_edit::{Array, value};

use super::json::{line, rounded};
use crate::study::proposal::Proposal;
use crate::topic::term::Term;

/// Writes the proposals as the topics.toml they would make, the best first.
pub(crate) fn write_toml(out: &mut dyn Write, found: &[Proposal]) -> io::Result<()> {
    for Proposal { topic, caught, .. } in found {
        let mut table = toml_edit::Table::new();
        table.insert("id", value(topic.id.as_str()));
        table.insert("name", value(&topic.name));
        table.insert("terms", value(topic.terms.iter().map(Term::as_str).collect::<Array>()));
        writeln!(out, "# named in {} and {} passages", caught.left.passages, caught.right.passages)?;
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
    left: usize,
    /// Passages of the right text that name it.
    right: usize,
    score: f32,
}

/// Writes the proposals as JSON: `{"topics":[{"id","name","terms","left","right","score"}]}`.
pub(crate) fn write_json(out: &mut dyn Write, found: &[Proposal]) -> io::Result<()> {
    let one = |s| suggestion_json(s);
    line(out, &SuggestionsJson { topics: found.iter().map(one).collect() })
}

fn suggestion_json(s: &Proposal) -> SuggestionJson<'_> {
    SuggestionJson {
        id: s.topic.id.as_str(),
        name: &s.topic.name,
        terms: s.topic.terms.iter().map(Term::as_str).collect(),
        left: s.caught.left.passages,
        right: s.caught.right.passages,
        score: rounded(s.score),
    }
}
