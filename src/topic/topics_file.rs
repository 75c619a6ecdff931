//! Reading `topics.toml`.
//!
//! ```toml
//! [[topic]]
//! id = "soviets"
//! name = "The soviets"
//! about = "Councils of workers' and soldiers' delegates"
//! terms = ["soviet*", "workers' council", "delegates"]
//! not = ["Soviet Union"]
//! ```
//!
//! A fault never takes more with it than the entry it is in: every fault is reported with its line and column, and what
//! is whole is used.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::code::{Code, Color, Set, Tree};
use super::codebook::{Topic, TopicId, id_of_name};
use super::fault::{Fault, LineStarts, MOST, ordinal};
use super::guid::Guid;
use super::hint::proposed;
use super::term::Term;

const FIELDS: &[&str] = &["id", "name", "about", "terms", "not", "into", "guid", "color", "under"];
const SET_FIELDS: &[&str] = &["name", "about", "guid", "topics"];

/// The terms of a list, each once.
#[derive(Default)]
struct Terms {
    all: Vec<Term>,
    known: HashSet<Term>,
}

/// The topics, the sets and the faults of a file.
pub(super) fn read(source: &str) -> (Vec<Topic>, Vec<Set>, Vec<Fault>) {
    let mut reader = Reader { lines: LineStarts::of(source), ..Reader::default() };
    let (document, errors) = DeTable::parse_recoverable(source);
    for e in errors {
        let at = e.span().map_or(0, |s| s.start);
        reader.fault(at, "", e.message(), "the rest of the file was read without this");
    }
    reader.document(document.get_ref());
    reader.look_upwards();
    let mut faults = std::mem::take(&mut reader.faults);
    if reader.more.0 > 0 {
        let (line, column) = reader.lines.at(reader.more.1);
        let what = format!("there are {} more faults from here on", reader.more.0);
        faults.push(Fault { line, column, field: "file".to_owned(), what, advice: "mend these first".to_owned() });
    }
    faults.sort_by_key(|f| (f.line, f.column));
    (reader.topics, reader.sets, faults)
}

#[derive(Debug, Default)]
struct Reader<'a> {
    lines: LineStarts<'a>,
    faults: Vec<Fault>,
    /// Faults that are not listed, and where the first of them is.
    more: (usize, usize),
    /// Ids so far, and the lines they stand on.
    ids: HashMap<String, u32>,
    topics: Vec<Topic>,
    sets: Vec<Set>,
    /// For each topic that has one: its index, and where it says what it stands under.
    under: Vec<(usize, usize)>,
    /// Topics without a term: their index, where they begin, and what a fault calls them.
    termless: Vec<(usize, usize, String)>,
}

impl Reader<'_> {
    fn fault(&mut self, at: usize, field: &str, what: impl Into<String>, advice: impl Into<String>) {
        if self.faults.len() >= MOST {
            self.more = (self.more.0 + 1, if self.more.0 == 0 { at } else { self.more.1 });
            return;
        }
        let (line, column) = self.lines.at(at);
        self.faults.push(Fault { line, column, field: field.to_owned(), what: what.into(), advice: advice.into() });
    }

    fn document(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match (name, value.get_ref()) {
                ("topic", DeValue::Array(entries)) => {
                    for (nth, entry) in entries.iter().enumerate() {
                        match entry.get_ref() {
                            DeValue::Table(t) => self.topic(t, entry.span(), nth),
                            other => self.wrong_type(entry.span(), &format!("topic {}", nth + 1), "a table", other),
                        }
                    }
                }
                ("topic", DeValue::Table(t)) => {
                    self.fault(key.span().start, "topic", "is a single table", "write `[[topic]]`, with two brackets");
                    self.topic(t, value.span(), 0);
                }
                ("topic", other) => self.wrong_type(value.span(), "topic", "a list of tables", other),
                ("set", DeValue::Array(entries)) => {
                    for (nth, entry) in entries.iter().enumerate() {
                        match entry.get_ref() {
                            DeValue::Table(t) => self.set(t, entry.span(), nth),
                            other => self.wrong_type(entry.span(), &format!("set {}", nth + 1), "a table", other),
                        }
                    }
                }
                ("set", other) => self.wrong_type(value.span(), "set", "a list of tables", other),
                ("bundled", DeValue::Boolean(_)) => {}
                ("bundled", other) => self.wrong_type(value.span(), "bundled", "true or false", other),
                _ => self.fault(
                    key.span().start,
                    name,
                    "is not a field of a topics file",
                    "topics begin with `[[topic]]`",
                ),
            }
        }
    }

    fn topic(&mut self, table: &DeTable<'_>, span: Range<usize>, nth: usize) {
        let quoted = |v: &Spanned<DeValue<'_>>| v.get_ref().as_str().map(str::to_owned);
        let label = table.get("id").or_else(|| table.get("name")).and_then(quoted);
        let label = label.map_or_else(|| format!("topic {}", nth + 1), |l| format!("topic \"{}\"", l.trim()));
        self.fields(table, FIELDS, &label, "a topic");
        let id = self.string(table, "id", &label);
        let name = self.string(table, "name", &label);
        let about = self.string(table, "about", &label).unwrap_or_default();
        let terms = self.terms(table, "terms", &label);
        let not = self.terms(table, "not", &label);
        let into = self.string(table, "into", &label).as_deref().map(TopicId::new);
        let under = self.string(table, "under", &label);
        let code = Code {
            guid: self.parsed(table, "guid", &label, "a GUID", Guid::parse),
            color: self.parsed(table, "color", &label, "a colour as #46AA00", Color::parse),
            under: under.as_deref().map(TopicId::new),
        };
        let id = match (id, &name) {
            (Some(id), _) => id,
            (None, Some(name)) if !id_of_name(name).is_empty() => {
                let made = id_of_name(name);
                self.fault(span.start, &label, "has no id", format!("add id = \"{made}\" (used meanwhile)"));
                made
            }
            _ => {
                self.fault(span.start, &label, "has neither id nor name, and was left out", "add id = \"...\"");
                return;
            }
        };
        let at = table.get("id").map_or(span.start, |v| v.span().start);
        let line = self.lines.line(at);
        if let Some(first) = self.ids.get(&id) {
            let what = format!("is a second topic of this id (the first is on line {first}), and was left out");
            self.fault(at, &label, what, "give it another id, or merge the two");
            return;
        }
        self.ids.insert(id.clone(), line);
        if terms.is_empty() && into.is_none() {
            self.termless.push((self.topics.len(), span.start, label));
        }
        if let Some(value) = table.get("under") {
            self.under.push((self.topics.len(), value.span().start));
        }
        let name = name.unwrap_or_else(|| id.clone());
        self.topics.push(Topic { id: TopicId::new(&id), name, about, terms, not, into, code });
    }

    /// What can be said only when all topics are known: that one stands under a topic there is, and not under itself;
    /// and that one without terms has others under it.
    fn look_upwards(&mut self) {
        let topics = std::mem::take(&mut self.topics);
        let tree = Tree::of(topics.iter().map(|t| (&t.id, t.code.under.as_ref())));
        let roots: HashSet<&TopicId> = tree.roots().iter().copied().collect();
        for (nth, at) in std::mem::take(&mut self.under) {
            if let (id, Some(under)) = (&topics[nth].id, &topics[nth].code.under)
                && roots.contains(id)
            {
                let known = self.ids.contains_key(under.as_str());
                let what = if known { "stands under itself" } else { "stands under a topic that is not there" };
                self.fault(at, &format!("topic \"{id}\", under"), what, "write the id of another topic");
            }
        }
        let mut described = Vec::new();
        for (nth, at, label) in std::mem::take(&mut self.termless) {
            if tree.is_parent(&topics[nth].id) {
                continue;
            }
            let about = !topics[nth].about.is_empty();
            let terms = if about { proposed(&topics[nth]) } else { Vec::new() };
            if terms.is_empty() {
                self.fault(at, &label, "has no terms, so no text will treat it", "add terms = [\"...\"]");
                continue;
            }
            let words: Vec<&str> = terms.iter().map(Term::as_str).collect();
            let what =
                format!("has no terms: these words of its name and description are looked for: {}", words.join(", "));
            self.fault(at, &label, what, "add terms = [\"...\"] of your own");
            described.push((nth, terms));
        }
        let roots: HashSet<TopicId> = roots.into_iter().cloned().collect();
        self.topics = topics;
        for (nth, terms) in described {
            self.topics[nth].terms = terms;
        }
        for topic in self.topics.iter_mut().filter(|t| roots.contains(&t.id)) {
            topic.code.under = None;
        }
    }

    fn set(&mut self, table: &DeTable<'_>, span: Range<usize>, nth: usize) {
        let label = format!("set {}", nth + 1);
        self.fields(table, SET_FIELDS, &label, "a set");
        let Some(name) = self.string(table, "name", &label) else {
            return self.fault(span.start, &label, "has no name, and was left out", "add name = \"...\"");
        };
        let about = self.string(table, "about", &label).unwrap_or_default();
        let guid = self.parsed(table, "guid", &label, "a GUID", Guid::parse);
        let members = table.get("topics").and_then(|v| v.get_ref().as_array());
        let ids = members.into_iter().flatten().filter_map(|id| id.get_ref().as_str());
        let topics = ids.map(|id| TopicId::new(id.trim())).collect();
        self.sets.push(Set { name, about, guid, topics });
    }

    fn fields(&mut self, table: &DeTable<'_>, known: &[&str], label: &str, of: &str) {
        for (key, _) in table {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let advice = format!("fields are {}", known.join(", "));
                self.fault(key.span().start, label, format!("`{name}` is not a field of {of}"), advice);
            }
        }
    }

    /// The value of a field that is more than a string.
    fn parsed<T>(
        &mut self,
        table: &DeTable<'_>,
        field: &str,
        label: &str,
        wanted: &str,
        parse: fn(&str) -> Option<T>,
    ) -> Option<T> {
        let written = self.string(table, field, label)?;
        let parsed = parse(&written);
        if let (None, Some(value)) = (&parsed, table.get(field)) {
            let what = format!("is not {wanted}");
            self.fault(value.span().start, &format!("{label}, {field}"), what, "mend it or leave it out");
        }
        parsed
    }

    /// The string of a field, trimmed; `None` where it is missing, empty or no string.
    fn string(&mut self, table: &DeTable<'_>, field: &str, label: &str) -> Option<String> {
        let value = table.get(field)?;
        match value.get_ref() {
            DeValue::String(s) if s.trim().is_empty() => {
                self.fault(
                    value.span().start,
                    &format!("{label}, {field}"),
                    "is empty",
                    "write something or leave it out",
                );
                None
            }
            DeValue::String(s) => Some(crate::text::clean::Clean::line(s.trim()).as_str().to_owned()),
            other => {
                self.wrong_type(value.span(), &format!("{label}, {field}"), "a string in quotes", other);
                None
            }
        }
    }

    fn terms(&mut self, table: &DeTable<'_>, field: &str, label: &str) -> Vec<Term> {
        let Some(value) = table.get(field) else { return Vec::new() };
        let mut terms = Terms::default();
        match value.get_ref() {
            DeValue::Array(list) => {
                let what = if field == "terms" { "term".to_owned() } else { format!("term of `{field}`") };
                for (nth, entry) in list.iter().enumerate() {
                    self.term(entry, &|| format!("{label}, the {} {what}", ordinal(nth + 1)), &mut terms);
                }
            }
            DeValue::String(_) => {
                let place = format!("{label}, {field}");
                self.fault(value.span().start, &place, "is one string", "write a list: [\"...\", \"...\"]");
                self.term(value, &|| place.clone(), &mut terms);
            }
            other => self.wrong_type(value.span(), &format!("{label}, {field}"), "a list of strings", other),
        }
        terms.all
    }

    fn term(&mut self, entry: &Spanned<DeValue<'_>>, place: &dyn Fn() -> String, terms: &mut Terms) {
        let DeValue::String(written) = entry.get_ref() else {
            return self.wrong_type(entry.span(), &place(), "a string in quotes", entry.get_ref());
        };
        match Term::parse(written) {
            Ok(term) if terms.known.insert(term.clone()) => terms.all.push(term),
            Ok(_) => {}
            Err(e) => self.fault(entry.span().start, &place(), e.to_string(), "the term was left out"),
        }
    }

    fn wrong_type(&mut self, span: Range<usize>, field: &str, wanted: &str, got: &DeValue<'_>) {
        let what = format!("is of type {}, not {wanted}", got.type_str());
        self.fault(span.start, field, what, format!("write {wanted}"));
    }
}
