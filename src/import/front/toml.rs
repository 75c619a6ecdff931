//! TOML front matter, in the order of the file.

use toml_edit::{DocumentMut, Item, TableLike, Value};

use super::raw::Raw;

/// The entries, or `None` where it is not TOML.
pub(super) fn read(inner: &str) -> Option<Vec<(String, Raw)>> {
    let document: DocumentMut = inner.parse().ok()?;
    Some(entries(document.as_table()))
}

fn entries(table: &dyn TableLike) -> Vec<(String, Raw)> {
    table.iter().map(|(key, item)| (key.to_owned(), item_of(item))).collect()
}

fn item_of(item: &Item) -> Raw {
    match item {
        Item::None => Raw::Null,
        Item::Value(v) => value_of(v),
        Item::Table(t) => Raw::Map(entries(t)),
        Item::ArrayOfTables(all) => Raw::Many(all.iter().map(|t| Raw::Map(entries(t))).collect()),
    }
}

fn value_of(value: &Value) -> Raw {
    match value {
        Value::String(s) => Raw::One(s.value().clone()),
        Value::Array(all) => Raw::Many(all.iter().map(value_of).collect()),
        Value::InlineTable(t) => Raw::Map(entries(t)),
        other => Raw::One(other.to_string().trim().to_owned()),
    }
}
