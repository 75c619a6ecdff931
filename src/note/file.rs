//! A note as the file it is kept in.
//!
//! ```markdown
//! ---
//! id: 20260803-121503-centralism-left-the-base
//! created: 2026-08-03T12:15:03Z
//! modified: 2026-08-03T12:15:03Z
//! author: Anna Example
//! topic: democratic-centralism
//! anchors:
//! - text: "power-from-below.md"
//!   passage: 22
//!   start: 0
//!   end: 74
//!   exact: "A delegate who can be recalled the same afternoon is not a representative."
//!   prefix: "…"
//!   suffix: "…"
//!   hash: "5f3c0d3e9a7b1c22"
//!   importer: 1
//! ---
//!
//! > A delegate who can be recalled the same afternoon is not a representative.
//! >
//! > — Anna Example, *Power from Below*, 1920, ¶22
//!
//! Against this: who recalls the recallers? #recall
//! ```
//!
//! The keys of an anchor are those of the Web Annotation model where it has them (see [`Anchor`]); Diptych adds the number
//! of the passage, the hash of the text, and how alike the nearest lookalike was. [`parse`] reads what can be read of a
//! file that was edited by hand, and says by line what cannot.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::de::DeserializeOwned;

use crate::anchor::Anchor;
use crate::import::front::write::scalar;
use crate::note::fault::Fault;
use crate::note::front::{self, Entry, Front, lines, value};
use crate::note::quoted::{self, Head};
use crate::note::stamp::Stamp;
use crate::note::{Note, NoteId, Target};
use crate::text::clean::clean_text;

/// The parts of a note's file, by their bytes.
#[derive(Debug, Clone)]
pub(super) struct FileParts {
    pub front: Option<Front>,
    pub head: Head,
    /// Whether every line of the file ends as on Windows.
    pub is_crlf: bool,
}

/// The note in a file whose name without the ending is `stem`, and what is wrong with the file. Whatever is in it, it is
/// a note: at worst one that is all words.
pub fn parse(source: &str, stem: &str) -> (Note, Vec<Fault>) {
    let mut faults = Vec::new();
    let (note, _) = read(source, stem, &mut faults);
    if let Some(line) = lines(source, 0, 1).find(|line| clean_text(line.words).as_ref() != line.words) {
        let what = "there are control characters in this line; they are shown by signs and left as they are";
        faults.push(Fault::new(line.number, what));
    }
    faults.sort_by_key(|f| f.line);
    (note, faults)
}

/// The file of a new note.
pub fn write(note: &Note) -> String {
    write_with(note, &[])
}

/// The file of a new note, with further entries in its front matter.
pub fn write_with(note: &Note, more: &[(&str, String)]) -> String {
    let mut out = String::from("---\n");
    for (key, value) in more {
        let _ = writeln!(out, "{key}: {}", quoted_scalar(value));
    }
    let _ = writeln!(out, "id: {}", scalar(&note.id.0));
    for (key, moment) in [("created", note.created), ("modified", note.modified)] {
        if let Some(moment) = moment {
            let _ = writeln!(out, "{key}: {moment}");
        }
    }
    if let Some(author) = &note.author {
        let _ = writeln!(out, "author: {}", scalar(author));
    }
    if let Some(topic) = &note.topic {
        let _ = writeln!(out, "topic: {}", scalar(topic));
    }
    if !note.listed_tags.is_empty() {
        let tags: Vec<String> = note.listed_tags.iter().map(|t| scalar(t)).collect();
        let _ = writeln!(out, "tags: [{}]", tags.join(", "));
    }
    out.push_str(&anchors_entry(&note.targets));
    out.push_str("---\n");
    out.push_str(&quoted::write(&note.targets));
    out.push_str(&note.body);
    out.push('\n');
    out
}

/// The value of a key of the front matter that notes themselves know nothing of.
pub fn field(source: &str, key: &str) -> Option<String> {
    let mut faults = Vec::new();
    let front = front::read(source, &mut faults)?;
    text_of(source, &front, key, &mut faults)
}

/// The note and the parts of its file.
pub(super) fn read(source: &str, stem: &str, faults: &mut Vec<Fault>) -> (Note, FileParts) {
    let front = front::read(source, faults);
    let mut note = Note::empty(NoteId(stem.to_owned()));
    let mut anchors = Vec::new();
    if let Some(front) = &front {
        front.tell_twins(faults);
        anchors = take_front(&mut note, source, front, faults);
    }
    let from = front.as_ref().map_or(0, |f| f.end);
    let head = quoted::read(source, from, anchors.len());
    let mut citations = head.citations.iter().cloned();
    note.targets =
        anchors.into_iter().map(|anchor| Target { anchor, citation: citations.next().unwrap_or_default() }).collect();
    let is_crlf = source.contains("\r\n") && source.matches('\n').count() == source.matches("\r\n").count();
    note.body = words(&source[head.range.end..], is_crlf);
    (note, FileParts { front, head, is_crlf })
}

fn words(rest: &str, is_crlf: bool) -> String {
    if is_crlf {
        let plain = rest.replace("\r\n", "\n");
        return plain.strip_suffix('\n').map(str::to_owned).unwrap_or(plain);
    }
    rest.strip_suffix('\n').unwrap_or(rest).to_owned()
}

/// Fills the fields of a note from its front matter; answers with its anchors.
fn take_front(note: &mut Note, source: &str, front: &Front, faults: &mut Vec<Fault>) -> Vec<Anchor> {
    if let Some(id) = text_of(source, front, "id", faults) {
        note.id = NoteId(id);
    }
    note.created = moment_of(source, front, "created", faults);
    note.modified = moment_of(source, front, "modified", faults);
    note.topic = text_of(source, front, "topic", faults);
    // Other programs have lists and maps there, which are none of our business.
    note.author = text_of(source, front, "author", &mut Vec::new());
    if let Some(entry) = front.get("tags") {
        note.listed_tags = tags_of(source, entry, faults);
    }
    match front.get("anchors") {
        Some(entry) => anchors_of(source, entry, faults),
        None if front.get("id").is_some() => {
            faults.push(Fault::new(
                1,
                "there are no `anchors`, so the note belongs to no passage; attach it in the list",
            ));
            Vec::new()
        }
        None => Vec::new(),
    }
}

fn entry_value<T: DeserializeOwned>(source: &str, entry: &Entry) -> Result<Option<T>, Fault> {
    let map: BTreeMap<String, Option<T>> = value(&source[entry.range.clone()], entry.line)?;
    Ok(map.into_values().next().flatten())
}

/// The value of `key` as it is written; empty counts as not there.
fn text_of(source: &str, front: &Front, key: &str, faults: &mut Vec<Fault>) -> Option<String> {
    let entry = front.get(key)?;
    match entry_value::<String>(source, entry) {
        Ok(words) => words.filter(|w| !w.trim().is_empty()),
        Err(fault) => {
            faults.push(Fault { what: format!("`{key}`: {}", fault.what), ..fault });
            None
        }
    }
}

fn moment_of(source: &str, front: &Front, key: &str, faults: &mut Vec<Fault>) -> Option<Stamp> {
    let written = text_of(source, front, key, faults)?;
    let line = front.get(key)?.line;
    let moment = written.parse().map_err(|e| Fault::new(line, format!("`{key}`: {written:?} {e}")));
    moment.map_err(|fault| faults.push(fault)).ok()
}

fn tags_of(source: &str, entry: &Entry, faults: &mut Vec<Fault>) -> Vec<String> {
    let many = entry_value::<Vec<String>>(source, entry).map(Option::unwrap_or_default);
    let tags = many.or_else(|fault| match entry_value::<String>(source, entry) {
        // `tags: one, two` is how some programs write it.
        Ok(one) => Ok(one.unwrap_or_default().split([',', ' ']).map(str::to_owned).collect()),
        Err(_) => Err(fault),
    });
    match tags {
        Ok(tags) => {
            let plain = tags.iter().map(|t| t.trim().trim_start_matches('#').to_owned());
            plain.filter(|t| !t.is_empty()).collect()
        }
        Err(fault) => {
            faults.push(Fault { what: format!("`tags`: {}", fault.what), ..fault });
            Vec::new()
        }
    }
}

/// How many anchors a note has at most.
const MOST: usize = 2;

fn anchors_of(source: &str, entry: &Entry, faults: &mut Vec<Fault>) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    let told = |fault: Fault| Fault { what: format!("`anchors`: {}", fault.what), ..fault };
    let items = items_of(source, entry);
    if items.is_empty() {
        match entry_value::<Vec<Anchor>>(source, entry) {
            Ok(all) => anchors = all.unwrap_or_default(),
            Err(fault) => faults.push(told(fault)),
        }
    }
    for (line, yaml) in items {
        match value::<Vec<Anchor>>(yaml, line) {
            Ok(one) => anchors.extend(one),
            Err(fault) => faults.push(told(fault)),
        }
    }
    if anchors.len() > MOST {
        let what = format!("`anchors`: a note has one or two, and here are {}; the first two count", anchors.len());
        faults.push(Fault::new(entry.line, what));
        anchors.truncate(MOST);
    }
    anchors
}

/// The items of a list that is written one below the other: the line of each, and its YAML. None for a list in brackets.
fn items_of<'s>(source: &'s str, entry: &Entry) -> Vec<(usize, &'s str)> {
    let text = &source[..entry.range.end];
    let dash = |words: &str| words.trim_start().starts_with("- ") || words.trim() == "-";
    let below = || lines(text, entry.range.start, entry.line).skip(1);
    let Some(first) = below().find(|line| dash(line.words)) else { return Vec::new() };
    let indent = |words: &str| words.len() - words.trim_start().len();
    let starts: Vec<_> = below()
        .filter(|l| dash(l.words) && indent(l.words) == indent(first.words))
        .map(|l| (l.number, l.start))
        .collect();
    let ends = starts.iter().skip(1).map(|(_, start)| *start).chain([entry.range.end]);
    starts.iter().zip(ends).map(|((line, start), end)| (*line, &text[*start..end])).collect()
}

/// The entry of the anchors, as it is written; empty for none.
pub(super) fn anchors_entry(targets: &[Target]) -> String {
    let mut out = String::new();
    if targets.is_empty() {
        return out;
    }
    out.push_str("anchors:\n");
    for Target { anchor, .. } in targets {
        let Anchor { text, hash, importer, passage, heading, note, start, end, point, rival, exact, prefix, suffix } =
            anchor;
        let _ = writeln!(out, "- text: {}", quoted_scalar(text.as_str()));
        let _ = writeln!(out, "  passage: {passage}");
        if let Some(heading) = heading {
            let _ = writeln!(out, "  heading: {heading}");
        }
        if let Some(note) = note {
            let _ = writeln!(out, "  note: {}", quoted_scalar(note));
        }
        let _ = writeln!(out, "  start: {start}\n  end: {end}");
        if let Some(point) = point {
            let _ = writeln!(out, "  point: {point}");
        }
        for (key, words) in [("exact", exact), ("prefix", prefix), ("suffix", suffix)] {
            let _ = writeln!(out, "  {key}: {}", quoted_scalar(words));
        }
        let _ = writeln!(out, "  hash: \"{hash:016x}\"\n  importer: {importer}");
        if let Some(rival) = rival {
            let _ = writeln!(out, "  rival: [{}, {}]", rival.quote, rival.whole);
        }
    }
    out
}

/// A string in double quotes, whatever is in it: spaces at its ends are part of it.
fn quoted_scalar(words: &str) -> String {
    let written = scalar(words);
    if written.starts_with('"') { written } else { format!("\"{written}\"") }
}

#[cfg(test)]
mod tests;
