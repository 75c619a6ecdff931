//! Notes as Web Annotations in JSON-LD: <https://www.w3.org/TR/annotation-model/>.
//!
//! One collection with one page. A note is an annotation; a passage is a target with its words and, where it was found,
//! its position in Unicode characters of the text's string. What the model has no name for (number of the passage,
//! citation) has names of its own, which the context declares: nothing is lost on the way through an RDF program.
//! Texts are named relative to the folder that the file is beside.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use serde_json::{Map, Value, json};

use super::characters::Characters;
use super::{Exported, NotesOut, TargetSpot};
use crate::anchor::selector::Selector;
use crate::export::json::pretty;
use crate::topic::guid::Guid;

/// The context of the Web Annotation model.
pub(crate) const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// What Diptych's own names stand for.
const OWN: &str = "urn:diptych:";

/// Writes the notes.
pub(crate) fn write(out: &mut dyn Write, notes: &NotesOut<'_>) -> io::Result<()> {
    let characters: Vec<Characters<'_>> = notes.sources.iter().map(|s| Characters::of(s.text)).collect();
    let items: Vec<Value> = notes.notes.iter().map(|note| annotation(notes, &characters, note)).collect();
    let urn = |name: &str| format!("urn:uuid:{}", Guid::derived("annotations", name));
    let own = json!({
        "passage": format!("{OWN}passage"), "citation": format!("{OWN}citation"),
        "footnote": format!("{OWN}footnote"), "found": format!("{OWN}found"),
    });
    let collection = json!({
        "@context": [CONTEXT, own],
        "id": urn("collection"),
        "type": "AnnotationCollection",
        "label": "Notes",
        "total": items.len(),
        "first": { "id": urn("page"), "type": "AnnotationPage", "startIndex": 0, "items": items },
    });
    pretty(out, &collection)
}

fn annotation(notes: &NotesOut<'_>, characters: &[Characters<'_>], exported: &Exported<'_>) -> Value {
    let note = exported.note;
    let mut item = Map::new();
    item.insert("id".into(), json!(format!("urn:uuid:{}", Guid::derived("note", &note.id.0))));
    item.insert("type".into(), json!("Annotation"));
    for (name, moment) in [("created", note.created), ("modified", note.modified)] {
        if let Some(moment) = moment {
            item.insert(name.into(), json!(moment.to_string()));
        }
    }
    if let Some(author) = &note.author {
        item.insert("creator".into(), json!({ "type": "Person", "name": author }));
    }
    let says = !note.body.trim().is_empty();
    item.insert("motivation".into(), json!(if says { "commenting" } else { "highlighting" }));
    let mut bodies = Vec::new();
    if says {
        let words = note.body.trim_end();
        bodies
            .push(json!({ "type": "TextualBody", "value": words, "format": "text/markdown", "purpose": "commenting" }));
    }
    let textual = |value: &str, purpose: &str| json!({ "type": "TextualBody", "value": value, "purpose": purpose });
    bodies.extend(note.topic.as_deref().map(|id| textual(id, "classifying")));
    bodies.extend(note.tags().iter().map(|tag| textual(tag, "tagging")));
    if !bodies.is_empty() {
        item.insert("body".into(), Value::Array(bodies));
    }
    // An annotation has a target in any case: of a note about no passage it is the note itself.
    let targets: Vec<Value> = exported.spots.iter().map(|spot| target(notes, characters, spot)).collect();
    let targets =
        if targets.is_empty() { vec![json!(format!("urn:diptych:note:{}", iri(&note.id.0)))] } else { targets };
    item.insert("target".into(), Value::Array(targets));
    Value::Object(item)
}

fn target(notes: &NotesOut<'_>, characters: &[Characters<'_>], spot: &TargetSpot<'_>) -> Value {
    let anchor = &spot.target.anchor;
    // Of a text as a whole there is nothing to select.
    let mut selectors = if anchor.is_whole() { Vec::new() } else { vec![json!(Selector::quote(anchor))] };
    if let (Some(source), Some(range), false) = (spot.source, spot.range(), anchor.is_whole()) {
        let Range { start, end } = characters[source].range(&range);
        selectors.push(json!(Selector::Position { start, end }));
    }
    let mut target = json!({
        "type": "SpecificResource",
        "source": iri(anchor.text.as_str()),
        "selector": selectors,
        "citation": spot.citation(notes.sources),
        "found": spot.found.name(),
    });
    if anchor.is_whole() {
        target.as_object_mut().and_then(|target| target.remove("selector"));
    }
    if anchor.passage > 0 {
        target["passage"] = json!(anchor.passage);
    }
    if let Some(label) = &anchor.note {
        target["footnote"] = json!(label);
    }
    target
}

/// A path as a relative reference (RFC 3986): everything but letters, digits and what paths are made of is escaped.
/// A first part with a colon would be read as a scheme, but for `embedded:`, which is meant as one.
fn iri(path: &str) -> String {
    let (scheme, rest) = path.strip_prefix("embedded:").map_or(("", path), |rest| ("embedded:", rest));
    let mut out = String::from(scheme);
    for byte in rest.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The path that [`iri`] made a reference of.
pub(super) fn path(iri: &str) -> String {
    let mut bytes = Vec::with_capacity(iri.len());
    let mut rest = iri.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let hex = |b: u8| char::from(b).to_digit(16).map(|d| d as u8);
        match (first, after) {
            (b'%', [high, low, after @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                bytes.push(hex(*high).unwrap_or(0) << 4 | hex(*low).unwrap_or(0));
                rest = after;
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
