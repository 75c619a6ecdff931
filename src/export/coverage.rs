//! `diptych topics`: which texts treat which topics, as JSON. As a table it is a [`super::grid`].

use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use super::json::{line, rounded};
use crate::study::grid::Covered;
use crate::topic::codebook::{Codebook, TopicId};
use crate::topic::coverage::TopicCoverage;

#[derive(Serialize)]
struct TopicsJson<'a> {
    topics: Vec<TopicJson<'a>>,
}

#[derive(Serialize)]
struct TopicJson<'a> {
    id: &'a str,
    name: &'a str,
    /// Whether it was proposed from the texts, and is no topic of theirs yet.
    proposed: bool,
    texts: Vec<TextJson<'a>>,
}

#[derive(Serialize)]
struct TextJson<'a> {
    id: &'a str,
    treatments: Vec<TreatmentJson>,
    /// Whether it was checked that the text is silent.
    checked_silent: bool,
}

#[derive(Serialize)]
struct TreatmentJson {
    from: u32,
    to: u32,
    strength: f32,
    mentions: u32,
}

/// Writes the coverage as JSON:
/// `{"topics":[{"id","name","proposed","texts":[{"id","treatments":[{"from","to","strength","mentions"}],"checked_silent"}]}]}`.
pub(crate) fn write_json(
    out: &mut dyn Write,
    codebook: &Codebook,
    proposed: &[TopicId],
    texts: &[Covered],
) -> io::Result<()> {
    let treatments = |covered: Option<&Arc<TopicCoverage>>| {
        let all = covered.into_iter().flat_map(|c| c.treatments());
        all.map(|t| TreatmentJson { from: t.from.0, to: t.to.0, strength: rounded(t.strength), mentions: t.mentions })
            .collect()
    };
    let topics = codebook.topics().iter().map(|topic| TopicJson {
        id: topic.id.as_str(),
        name: &topic.name,
        proposed: proposed.contains(&topic.id),
        texts: texts
            .iter()
            .map(|text| TextJson {
                id: &text.id,
                treatments: treatments(text.coverage.get(&topic.id)),
                checked_silent: text.checked.contains(&topic.id),
            })
            .collect(),
    });
    line(out, &TopicsJson { topics: topics.collect() })
}
