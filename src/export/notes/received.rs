//! Web Annotations of other programs, read as notes.
//!
//! Accepted are a collection, a page, a list and a single annotation of <https://www.w3.org/TR/annotation-model/>, in
//! the spellings that the model allows (one or many, a string or an object), and the list that the Hypothes.is interface
//! answers with (`rows`). Nothing is fetched: contexts are taken as known, and texts are looked for among those at hand.

use std::collections::HashMap;

use serde_json::Value;
use thiserror::Error;

use super::annotations::path;
use crate::anchor::selector::Selector;
use crate::note::stamp::Stamp;
use crate::text::clean::clean_text;

/// An annotation as far as it is of use.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Received {
    /// When it was made.
    pub created: Option<Stamp>,
    /// Who made it.
    pub author: Option<String>,
    /// When it was last changed.
    pub modified: Option<Stamp>,
    /// Its words.
    pub body: String,
    /// Its tags, without `#`.
    pub tags: Vec<String>,
    /// The id of a topic.
    pub topic: Option<String>,
    /// What it is about.
    pub targets: Vec<ReceivedTarget>,
    /// What it is called.
    id: Option<String>,
    /// What the annotations are called that it answers, the nearest last.
    answers: Vec<String>,
}

/// A target of an annotation.
#[derive(Debug, Clone, PartialEq)]
pub struct ReceivedTarget {
    /// What it is in: an address, or the path of a text.
    pub source: String,
    /// Where in it.
    pub selectors: Vec<Selector>,
    /// How it is cited.
    pub citation: String,
}

/// Why a file holds no annotations.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoAnnotations {
    /// No JSON.
    #[error("{line}:{column}: is not JSON ({what}); export the annotations as JSON")]
    Json {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// In the words of the parser.
        what: String,
    },
    /// JSON of something else.
    #[error("1:1: has no Web Annotations in it; export annotations, a page or a collection of them")]
    Other,
}

/// Reads a file. With the annotations come the numbers (from 1) of those that hold nothing to make a note of.
pub fn read(source: &str) -> Result<(Vec<Received>, Vec<usize>), NoAnnotations> {
    let value: Value =
        serde_json::from_str(source.trim_start_matches('\u{feff}')).map_err(|e| NoAnnotations::Json {
            line: e.line().max(1),
            column: e.column().max(1),
            what: e.to_string().split(" at line").next().unwrap_or_default().to_owned(),
        })?;
    let items = items(&value).ok_or(NoAnnotations::Other)?;
    let mut received = Vec::new();
    let mut empty = Vec::new();
    for (nth, item) in items.into_iter().enumerate() {
        match annotation(item) {
            Some(annotation) => received.push(annotation),
            None => empty.push(nth + 1),
        }
    }
    answer(&mut received);
    Ok((received, empty))
}

/// Gives replies the places of what they answer, and the words, as one quotes them.
fn answer(received: &mut [Received]) {
    let by_id: HashMap<String, usize> =
        received.iter().enumerate().filter_map(|(at, one)| Some((one.id.clone()?, at))).collect();
    let before = |at: usize, all: &[Received]| {
        let named = all[at].answers.iter().rev().chain(all[at].targets.iter().map(|target| &target.source));
        named.filter_map(|name| by_id.get(name)).copied().find(|parent| *parent != at)
    };
    let parents: Vec<Option<usize>> = (0..received.len()).map(|at| before(at, received)).collect();
    let first = beginnings(&parents);
    let bodies: Vec<String> = received.iter().map(|one| one.body.clone()).collect();
    for at in 0..received.len() {
        let Some(parent) = parents[at] else { continue };
        let targets = received[first[at]].targets.clone();
        received[at].targets = targets;
        let quoted: Vec<String> =
            bodies[parent].trim().lines().map(|line| format!("> {line}").trim_end().to_owned()).collect();
        if !quoted.is_empty() {
            received[at].body = format!("{}\n\n{}", quoted.join("\n"), bodies[at]);
        }
    }
}

/// The annotations of whatever holds some.
fn items(value: &Value) -> Option<Vec<&Value>> {
    match value {
        Value::Array(all) => Some(all.iter().collect()),
        Value::Object(object) => {
            let list = |key: &str| object.get(key).and_then(Value::as_array).map(|all| all.iter().collect());
            list("items")
                .or_else(|| list("rows"))
                .or_else(|| object.get("first").and_then(items))
                .or_else(|| object.contains_key("target").then(|| vec![value]))
        }
        _ => None,
    }
}

/// One or many.
fn many(value: Option<&Value>) -> Vec<&Value> {
    match value {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(all)) => all.iter().collect(),
        Some(one) => vec![one],
    }
}

fn string(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::trim).filter(|s| !s.is_empty()).map(str::to_owned)
}

/// For each of them the one that began, however many answers to answers there are.
fn beginnings(parents: &[Option<usize>]) -> Vec<usize> {
    let mut known: Vec<Option<usize>> = vec![None; parents.len()];
    for start in 0..parents.len() {
        let (mut way, mut at) = (vec![start], start);
        // A circle of answers has no beginning: where it closes will do.
        let first = loop {
            match (known[at], parents[at]) {
                (Some(first), _) => break first,
                (None, Some(before)) if way.len() <= parents.len() => {
                    way.push(before);
                    at = before;
                }
                (None, _) => break at,
            }
        };
        for at in way {
            known[at] = Some(first);
        }
    }
    known.into_iter().enumerate().map(|(at, first)| first.unwrap_or(at)).collect()
}

/// The name of a creator: one that is written out, or is an agent with a name.
fn creator(agent: &Value) -> Option<String> {
    let named = ["name", "nickname", "foaf:name"].iter().find_map(|key| string(agent, key));
    let written = || agent.as_str().map(str::trim).filter(|name| !name.is_empty() && !name.contains("://"));
    named.or_else(|| written().map(str::to_owned))
}

/// Who made it, as the Hypothes.is interface says it: by the name that is shown, else `acct:name@host`.
fn account(item: &Value) -> Option<String> {
    let shown = item.get("user_info").and_then(|user| string(user, "display_name"));
    shown.or_else(|| {
        let user = string(item, "user")?;
        let name = user.strip_prefix("acct:").unwrap_or(&user);
        Some(name.split_once('@').map_or(name, |(name, _)| name).to_owned())
    })
}

fn annotation(item: &Value) -> Option<Received> {
    let moment = |keys: [&str; 2]| keys.iter().find_map(|key| string(item, key)?.parse().ok());
    let mut received = Received {
        created: moment(["created", "dcterms:created"]),
        author: many(item.get("creator")).into_iter().find_map(creator).or_else(|| account(item)),
        modified: moment(["modified", "updated"]),
        id: string(item, "id"),
        answers: many(item.get("references")).into_iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        ..Received::default()
    };
    let mut words = Vec::new();
    for body in many(item.get("body")).into_iter().chain(many(item.get("bodyValue"))) {
        take_body(&mut received, &mut words, body);
    }
    // As the Hypothes.is interface has them.
    words.extend(string(item, "text").map(|words| clean_text(&words).into_owned()));
    received.tags.extend(many(item.get("tags")).into_iter().filter_map(Value::as_str).map(tag));
    received.body = words.join("\n\n");
    received.targets = many(item.get("target")).into_iter().filter_map(target).take(2).collect();
    let says = !received.body.is_empty() || received.targets.iter().any(|t| !t.selectors.is_empty());
    says.then_some(received)
}

fn take_body(received: &mut Received, words: &mut Vec<String>, body: &Value) {
    let value = body.as_str().map(str::to_owned).or_else(|| string(body, "value"));
    // What another program wrote is kept in a file that its reader may look at with anything.
    let Some(value) = value.map(|words| clean_text(&words).into_owned()) else { return };
    let purposes: Vec<&str> = many(body.get("purpose")).into_iter().filter_map(Value::as_str).collect();
    if purposes.contains(&"tagging") {
        received.tags.push(tag(&value));
    } else if purposes.contains(&"classifying") {
        received.topic = Some(value);
    } else {
        words.push(value);
    }
}

fn tag(written: &str) -> String {
    written.trim().trim_start_matches('#').to_owned()
}

fn target(target: &Value) -> Option<ReceivedTarget> {
    let source = target.as_str().map(str::to_owned).or_else(|| {
        let source = target.get("source").or_else(|| target.get("id"))?;
        source.as_str().map(str::to_owned).or_else(|| string(source, "id"))
    })?;
    let mut selectors = Vec::new();
    for selector in many(target.get("selector")) {
        take_selector(&mut selectors, selector);
    }
    let citation = string(target, "citation").unwrap_or_default();
    Some(ReceivedTarget { source: path(&source), selectors, citation })
}

/// A selector and those that refine it, of the kinds that name a stretch of text.
fn take_selector(selectors: &mut Vec<Selector>, selector: &Value) {
    if let Ok(known) = serde_json::from_value(selector.clone()) {
        selectors.push(known);
    }
    if let Some(refined) = selector.get("refinedBy") {
        take_selector(selectors, refined);
    }
}
