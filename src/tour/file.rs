//! tour.toml: a tour as it stands in its file.
//!
//! ```toml
//! title = "Who governs the workshop?"
//!
//! [[stop]]
//! id = "5f0c2a9d1e77"
//! topic = "worker-control"
//! minutes = 6
//! author = "Anna Example"
//! remark = "Let the room say who the one will is before the right side shows."
//!
//! [stop.left]
//! text = "the-party-as-instrument.md"
//! passage = 14
//! exact = "..."
//!
//! [stop.right]
//! text = "power-from-below.md"
//! passage = 22
//! exact = "..."
//! ```
//!
//! The order of the file is the order of the tour. Everything but one passage has a default, so that a stop can be
//! written by hand; fields of other programs are left alone. A fault costs no more than the stop it is in.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde::de::IntoDeserializer as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Stop, StopId, Tour};
use crate::anchor::Anchor;
use crate::text::clean::{Clean, clean_text};
use crate::topic::codebook::TopicId;
use crate::topic::fault::{Fault, line_column, ordinal};

/// The fields of a stop.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StopFields {
    id: String,
    topic: String,
    minutes: Option<u32>,
    remark: String,
    author: String,
    left: Option<Anchor>,
    right: Option<Anchor>,
}

/// What a file says, and its faults in its order. Where it is no TOML at all, the first place where it is not is the
/// only fault.
pub fn parse(source: &str) -> (Tour, Vec<Fault>) {
    let (entries, title, faults) = entries(source);
    (Tour { title, stops: entries.into_iter().map(|(_, stop)| stop).collect() }, faults)
}

/// The stops of a file as they stand, each with its place in the list and a name of its own; the title; the faults.
pub fn entries(source: &str) -> (Vec<(usize, Stop)>, String, Vec<Fault>) {
    let (document, errors) = DeTable::parse_recoverable(source);
    let fault = |at: usize, field: &str, what: String, advice: &str| {
        let (line, column) = line_column(source, at);
        Fault { line, column, field: field.to_owned(), what, advice: advice.to_owned() }
    };
    if let Some(first) = errors.first() {
        let at = first.span().map_or(0, |s| s.start);
        let broken = fault(at, "", first.message().to_owned(), "nothing is written to this file until it is mended");
        return (Vec::new(), String::new(), vec![broken]);
    }
    let mut faults = Vec::new();
    let title = match document.get_ref().get("title").map(|t| (t.get_ref(), t.span())) {
        Some((DeValue::String(title), _)) => Clean::line(title.trim()).as_str().to_owned(),
        Some((other, span)) => {
            let what = format!("is of type {}, not a string", other.type_str());
            faults.push(fault(span.start, "title", what, "write it in quotes"));
            String::new()
        }
        None => String::new(),
    };
    let mut found: Vec<(usize, Stop)> = Vec::new();
    let (mut known, mut tried) = (HashSet::new(), HashMap::new());
    match document.get_ref().get("stop").map(|s| (s.get_ref(), s.span())) {
        Some((DeValue::Array(all), _)) => {
            for (at, entry) in all.iter().enumerate() {
                match stop(entry) {
                    Ok(mut stop) => {
                        if stop.id.0.is_empty() || known.contains(&stop.id) {
                            stop.id = own_name(&stop, &known, &mut tried);
                        }
                        known.insert(stop.id.clone());
                        found.push((at, stop));
                    }
                    Err((place, what)) => {
                        let field = format!("the {} stop", ordinal(at + 1));
                        faults.push(fault(place, &field, what, "it is kept as it stands, and left out"));
                    }
                }
            }
        }
        Some((other, span)) => {
            let what = format!("`stop` is of type {}, not a list", other.type_str());
            faults.push(fault(span.start, "", what, "write [[stop]]"));
        }
        None => {}
    }
    (found, title, faults)
}

/// A name that no stop has yet. Of stops that are alike, each goes on trying where the last one found its name.
fn own_name(stop: &Stop, known: &HashSet<StopId>, tried: &mut HashMap<StopId, u32>) -> StopId {
    let name = |again| StopId::of(stop.topic.as_ref(), stop.left.as_ref(), stop.right.as_ref(), again);
    let again = tried.entry(name(0)).or_default();
    loop {
        let id = name(*again);
        *again += 1;
        if !known.contains(&id) {
            return id;
        }
    }
}

/// What an entry says; else where it is wrong, and how.
fn stop(entry: &Spanned<DeValue<'_>>) -> Result<Stop, (usize, String)> {
    let start = entry.span().start;
    let read = StopFields::deserialize(entry.clone().into_deserializer()).map_err(|e| {
        let what = e.message().lines().next().unwrap_or_default().to_owned();
        (e.span().map_or(start, |s| s.start), what)
    })?;
    if read.left.is_none() && read.right.is_none() {
        return Err((start, "has no passage: write one as [stop.left] or [stop.right]".to_owned()));
    }
    if [&read.left, &read.right].into_iter().flatten().any(|a| a.exact.trim().is_empty() && a.passage == 0) {
        return Err((start, "a place with neither words (`exact`) nor `passage` cannot be found".to_owned()));
    }
    let topic = Clean::line(read.topic.trim());
    Ok(Stop {
        id: StopId(Clean::line(read.id.trim()).as_str().to_owned()),
        topic: (!topic.as_str().is_empty()).then(|| TopicId::new(topic.as_str())),
        left: read.left,
        right: read.right,
        remark: clean_text(read.remark.trim()).into_owned(),
        minutes: read.minutes,
        author: Some(Clean::line(read.author.trim()).as_str().to_owned()).filter(|author| !author.is_empty()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[[stop]]\ntopic = \"soviets\"\nminutes = 6\nremark = \"Ask.\"\n\
                        [stop.left]\ntext = \"a.md\"\npassage = 3\nexact = \"one\"\n";

    #[test]
    fn a_stop_written_by_hand_is_enough_and_gets_a_name() {
        let (tour, faults) = parse(&format!("title = \"T\"\n{GOOD}{GOOD}"));
        assert_eq!(faults, []);
        assert_eq!((tour.title.as_str(), tour.stops.len(), tour.minutes()), ("T", 2, 12));
        assert!(!tour.stops[0].id.0.is_empty() && tour.stops[0].id != tour.stops[1].id);
        assert_eq!(tour.stops[0].topic.as_ref().map(TopicId::as_str), Some("soviets"));
    }

    #[test]
    fn faults_say_where_and_cost_only_their_stop() {
        let cases = [
            ("[[stop]]\nminutes = \"six\"\n", "2:11: the 1st stop: invalid type: string"),
            ("[[stop]]\ntopic = \"x\"\n", "1:1: the 1st stop: has no passage"),
            ("[[stop]]\nleft = { text = \"a\", exact = \"\" }\n", "1:1: the 1st stop: a place with neither words"),
            ("[[stop]]\nleft = { text = \"a\" }\n", "2:8: the 1st stop: missing field `exact`"),
        ];
        for (broken, expected) in cases {
            let (tour, faults) = parse(&format!("{broken}{GOOD}"));
            assert_eq!(tour.stops.len(), 1, "{broken}");
            assert!(faults[0].to_string().starts_with(expected), "{}\n{broken}", faults[0]);
        }
        let (tour, faults) = parse("title = 3\nstop = 4\n");
        assert_eq!((tour, faults.len()), (Tour::default(), 2));
        let (_, faults) = parse("[[stop\n");
        assert_eq!(faults.len(), 1);
    }
}
