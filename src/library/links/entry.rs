//! An entry of links.toml as it is written.

use toml_edit::{Array, ArrayOfTables, Item, Table, Value, value};

use crate::anchor::Anchor;
use crate::link::judgement::{Judgement, Verdict};

/// The entry as it stands in the file.
pub(super) fn table(judgement: &Judgement) -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    let mut field = |key: &str, words: &str| {
        if !words.is_empty() {
            table.insert(key, Item::Value(one_line(words)));
        }
    };
    field("id", &judgement.id.0);
    if let Verdict::Silent(text, _) = &judgement.verdict {
        field("text", text.as_str());
    }
    field("relation", judgement.relation().map_or("", |r| r.word()));
    field("topic", judgement.topic.as_ref().map_or("", |t| t.as_str()));
    field("remark", &judgement.note);
    field("made", judgement.made.as_deref().unwrap_or(""));
    match judgement.authors.as_slice() {
        [] => {}
        [one] => field("author", one),
        all => drop(table.insert("author", value(all.iter().map(String::as_str).collect::<Array>()))),
    }
    match &judgement.verdict {
        Verdict::Joined(between, _) | Verdict::Rejected(between) => {
            let places: ArrayOfTables = between.iter().map(place).collect();
            table.insert("between", Item::ArrayOfTables(places));
        }
        Verdict::Silent(_, Some(passage)) => {
            table.insert("passage", Item::Table(place(passage)));
        }
        Verdict::Silent(_, None) => {}
    }
    table
}

/// A list of tables as one inline value.
pub(super) fn inline(mut table: Table) -> Value {
    if let Some(places) = table.remove("between").and_then(|i| i.into_array_of_tables().ok()) {
        let places: Array = places.into_iter().map(|t| Value::InlineTable(t.into_inline_table())).collect();
        table.insert("between", value(places));
    }
    let mut inline = table.into_inline_table();
    inline.fmt();
    Value::InlineTable(inline)
}

/// A place: what a person looks for first comes first.
fn place(anchor: &Anchor) -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    let number = |n: u32| value(i64::from(n));
    table.insert("text", Item::Value(one_line(anchor.text.as_str())));
    table.insert("passage", number(anchor.passage));
    if let Some(heading) = anchor.heading {
        table.insert("heading", number(heading));
    }
    if let Some(note) = &anchor.note {
        table.insert("note", Item::Value(one_line(note)));
    }
    for (key, words) in [("exact", &anchor.exact), ("prefix", &anchor.prefix), ("suffix", &anchor.suffix)] {
        table.insert(key, Item::Value(one_line(words)));
    }
    table.insert("start", number(anchor.start));
    table.insert("end", number(anchor.end));
    if let Some(point) = anchor.point {
        table.insert("point", number(point));
    }
    table.insert("hash", value(format!("{:016x}", anchor.hash)));
    table.insert("importer", number(anchor.importer));
    if let Some(rival) = anchor.rival {
        let [quote, whole] = rival.into();
        table.insert("rival", value(Array::from_iter([i64::from(quote), i64::from(whole)])));
    }
    table
}

/// A string on one line, whatever is in it: so that a line is what differs, and no line break in it is taken for one of
/// the file's.
fn one_line(words: &str) -> Value {
    let mut written = String::with_capacity(words.len() + 2);
    written.push('"');
    for c in words.chars() {
        match c {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            c if c.is_control() => written.extend(format!("\\u{:04X}", c as u32).chars()),
            c => written.push(c),
        }
    }
    written.push('"');
    written.parse().unwrap_or_else(|_| Value::from(words))
}
