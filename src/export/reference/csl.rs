//! CSL-JSON: what Zotero, pandoc and the citation processors read.
//!
//! The schema is <https://resource.citationstyles.org/schema/v1.0/input/json/csl-data.json>.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::date::Date;
use super::person::Person;
use super::{Reference, Set, title};
use crate::export::json::pretty;

/// Writes the entries as one array.
pub(crate) fn write(out: &mut dyn Write, references: &[Reference]) -> io::Result<()> {
    let items: Vec<Value> = references.iter().map(item).collect();
    pretty(out, &items)
}

fn item(reference: &Reference) -> Value {
    let mut item = Map::new();
    item.insert("id".into(), json!(reference.key));
    item.insert("type".into(), json!(reference.kind.csl));
    // The rich text of CSL-JSON; citation processors know these few marks.
    let title = title::written(&reference.title, &reference.set_apart, str::to_owned, |set| match set {
        Set::Italic => ("<i>", "</i>"),
        Set::Bold => ("<b>", "</b>"),
    });
    item.insert("title".into(), json!(title));
    for (name, people) in
        [("author", &reference.authors), ("editor", &reference.editors), ("translator", &reference.translators)]
    {
        if !people.is_empty() {
            item.insert(name.into(), people.iter().map(person).collect());
        }
    }
    for (name, moment) in [("issued", &reference.date), ("accessed", &reference.accessed)] {
        if let Some(moment) = moment {
            item.insert(name.into(), date(moment));
        }
    }
    let more = [("URL", &reference.url), ("language", &reference.language), ("note", &reference.note)];
    for (name, value) in more {
        if let Some(value) = value {
            item.insert(name.into(), json!(value));
        }
    }
    for (field, value) in &reference.fields {
        item.insert(field.csl.into(), json!(value));
    }
    Value::Object(item)
}

fn person(person: &Person) -> Value {
    match person {
        Person::Others => json!({ "literal": "et al." }),
        Person::Whole(name) => json!({ "literal": name }),
        Person::Named { particle, family, given, suffix } => {
            let parts = [("family", family), ("given", given), ("non-dropping-particle", particle), ("suffix", suffix)];
            parts.into_iter().filter(|(_, value)| !value.is_empty()).map(|(k, v)| (k.to_owned(), json!(v))).collect()
        }
    }
}

fn date(date: &Date) -> Value {
    match date {
        Date::Words(words) => json!({ "literal": words }),
        Date::Parts { year, month, day, circa } => {
            let parts: Vec<i16> =
                [Some(*year), month.map(i16::from), day.map(i16::from)].into_iter().flatten().collect();
            let mut date = json!({ "date-parts": [parts] });
            if *circa {
                date["circa"] = json!(true);
            }
            date
        }
    }
}
