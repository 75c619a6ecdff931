//! `diptych topics`: which texts treat which topics, as a table or as JSON.

use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use super::columns::padded;
use super::json::{line, rounded};
use crate::layout::cells;
use crate::topic::codebook::Codebook;
use crate::topic::coverage::{Coverage, TopicCoverage};

/// A text and its coverage.
#[derive(Debug, Clone)]
pub struct Covered {
    /// What opens the text.
    pub id: String,
    /// Its title, else the name of its file.
    pub name: String,
    /// What it treats.
    pub coverage: Coverage,
}

/// The widest a column of topic names gets.
const WIDEST_NAME: usize = 32;

/// Columns of the cell of a topic and a text: `12 × 0.92`.
const CELL: usize = 9;

/// Writes a table: a row for each topic with its name and id, a column for each text, in it the number of treatments and the strength of
/// the strongest. A text that does not treat a topic has a dash.
pub fn write_text(out: &mut dyn Write, codebook: &Codebook, texts: &[Covered]) -> io::Result<()> {
    for (nth, text) in texts.iter().enumerate() {
        writeln!(out, "{}  {}  ({})", letter(nth), text.name, text.id)?;
    }
    let names = codebook.topics().iter().map(|t| cells::width(&t.name)).max().unwrap_or(0).clamp(5, WIDEST_NAME);
    // Never cut: they are there to be written after `--topic`.
    let ids = codebook.topics().iter().map(|t| cells::width(t.id.as_str())).max().unwrap_or(0).max(2);
    let heads: Vec<String> = (0..texts.len()).map(|nth| padded(&letter(nth), CELL)).collect();
    writeln!(out, "\n{}  {}  {}", padded("topic", names), padded("id", ids), heads.join("  ").trim_end())?;
    for topic in codebook.topics() {
        let cell = |text: &Covered| match text.coverage.get(&topic.id).filter(|t| !t.is_silent()) {
            Some(t) => padded(&format!("{:>2} × {:.2}", t.treatments().len(), t.strength()), CELL),
            None => padded(" –", CELL),
        };
        let row: Vec<String> = texts.iter().map(cell).collect();
        let name = cells::ellipsis(&topic.name, names);
        let id = padded(topic.id.as_str(), ids);
        writeln!(out, "{}  {id}  {}", padded(&name, names), row.join("  ").trim_end())?;
    }
    writeln!(out, "\ntreatments × strength of the strongest (0 to 1); – is silent")
}

/// A, B, C … for the columns; after Z their numbers.
fn letter(nth: usize) -> String {
    match u8::try_from(nth) {
        Ok(n) if n < 26 => char::from(b'A' + n).to_string(),
        _ => (nth + 1).to_string(),
    }
}

#[derive(Serialize)]
struct TopicsJson<'a> {
    topics: Vec<TopicJson<'a>>,
}

#[derive(Serialize)]
struct TopicJson<'a> {
    id: &'a str,
    name: &'a str,
    texts: Vec<TextJson<'a>>,
}

#[derive(Serialize)]
struct TextJson<'a> {
    id: &'a str,
    treatments: Vec<TreatmentJson>,
}

#[derive(Serialize)]
struct TreatmentJson {
    from: u32,
    to: u32,
    strength: f32,
    mentions: u32,
}

/// Writes the coverage as JSON:
/// `{"topics":[{"id","name","texts":[{"id","treatments":[{"from","to","strength","mentions"}]}]}]}`.
pub fn write_json(out: &mut dyn Write, codebook: &Codebook, texts: &[Covered]) -> io::Result<()> {
    let treatments = |covered: Option<&Arc<TopicCoverage>>| {
        let all = covered.into_iter().flat_map(|c| c.treatments());
        all.map(|t| TreatmentJson { from: t.from.0, to: t.to.0, strength: rounded(t.strength), mentions: t.mentions })
            .collect()
    };
    let topics = codebook.topics().iter().map(|topic| TopicJson {
        id: topic.id.as_str(),
        name: &topic.name,
        texts: texts
            .iter()
            .map(|text| TextJson { id: &text.id, treatments: treatments(text.coverage.get(&topic.id)) })
            .collect(),
    });
    line(out, &TopicsJson { topics: topics.collect() })
}
