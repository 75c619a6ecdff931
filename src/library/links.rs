//! links.toml on disk: reading it, and changing one entry without touching the others.
//!
//! A change is made to the file as it is at that moment, so that what another program or another person wrote meanwhile
//! stays. Comments, order and unknown fields are kept; new entries come where their places sort; what says the same as
//! an entry that is there becomes one with it. A file that is no TOML is left alone.

mod entry;

use std::io;

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TableLike, Value};

use self::entry::{inline, table};
use super::disk::{Disk, Spot};
use super::meanwhile::{Changed, Meanwhile, both, changed};
use super::said::{io_words, shown};
use super::save::{SaveError, revise, source};
use super::topics::{EditError, FaultIn, not_utf8};
use crate::link::judgement::{Judgement, JudgementId, Verdict};
use crate::link::links_file::{Entered, KINDS, entries, list_of, parse};
use crate::text::clean::Clean;

/// The name of the file.
pub const NAME: &str = "links.toml";

const HEADING: &str =
    "# Passages that belong together, and those that do not: made with Diptych, plain to read and to edit.\n";

/// Reads a links file. What is wrong is listed, and what is whole is used; a file that is not there says nothing.
pub fn read(disk: &dyn Disk, file: &Spot) -> (Vec<Judgement>, Vec<FaultIn>) {
    let path = file.path();
    let whole = |message: &str| vec![FaultIn { path: path.to_owned(), fault: Err(Clean::line(message)) }];
    match source(disk, file) {
        Ok(source) => {
            let (all, faults) = parse(&source);
            let of_file = |fault| FaultIn { path: path.to_owned(), fault: Ok(fault) };
            (all, faults.into_iter().map(of_file).collect())
        }
        Err(e) if e.kind() == io::ErrorKind::InvalidData => (Vec::new(), whole("is not UTF-8 text; save it as UTF-8")),
        Err(e) => (Vec::new(), whole(&format!("cannot be read ({})", io_words(&e)))),
    }
}

/// Has the file say this judgement: in place of the one of its name, else as a new entry, made `now`.
pub fn put(disk: &dyn Disk, file: &Spot, judgement: &Judgement, now: &str) -> Result<(), EditError> {
    put_since(disk, file, judgement, now, &mut Meanwhile::since(None))
}

/// Writes a judgement that others may have changed since.
pub fn put_since(
    disk: &dyn Disk,
    file: &Spot,
    judgement: &Judgement,
    now: &str,
    meanwhile: &mut Meanwhile<'_, Judgement>,
) -> Result<(), EditError> {
    edit(disk, file, |document, source| {
        meanwhile.told.clear();
        put_in(document, &mut entries(source).0, judgement, now, meanwhile);
    })
}

/// Has the file say all of these: each in place of the one of its name, else as a new entry, made `now`.
pub fn put_all(disk: &dyn Disk, file: &Spot, judgements: &[Judgement], now: &str) -> Result<(), EditError> {
    if judgements.is_empty() {
        return Ok(());
    }
    edit(disk, file, |document, source| {
        let mut all = entries(source).0;
        for judgement in judgements {
            if !put_in(document, &mut all, judgement, now, &mut Meanwhile::since(None)) {
                all = entries(&document.to_string()).0;
            }
        }
    })
}

/// Puts a judgement among `all`, those of the document. Whether nothing was taken out for it, so that `all` is still right.
fn put_in(
    document: &mut DocumentMut,
    all: &mut Vec<(Entered, Judgement)>,
    judgement: &Judgement,
    now: &str,
    meanwhile: &mut Meanwhile<'_, Judgement>,
) -> bool {
    let there = all.iter().find(|(_, j)| j.id == judgement.id).map(|(_, j)| j);
    let judgement = &match (meanwhile.before, there) {
        (Some(before), Some(there)) => merged(before, judgement, there, &mut meanwhile.told),
        _ => judgement.clone(),
    };
    let list = list_of(judgement);
    let known = all.iter().find(|(_, j)| j.id == judgement.id);
    let made = || known.and_then(|(_, j)| j.made.clone()).or_else(|| Some(now.to_owned()).filter(|n| !n.is_empty()));
    let judgement = &Judgement { made: judgement.made.clone().or_else(made), ..judgement.clone() };
    // Under another heading it is another kind of thing now.
    let elsewhere = known.map(|((list, at), _)| (*list, *at)).filter(|(other, _)| *other != list);
    let same = |j: &Judgement| j.id == judgement.id || j.says_the_same(judgement);
    let own: Vec<(usize, &Judgement)> =
        all.iter().filter(|((l, _), j)| *l == list && same(j)).map(|((_, at), j)| (*at, j)).collect();
    let Some(entries_of) = list_in(document, list) else { return false };
    if let Some(((first, _), rest)) = own.split_first() {
        // What another entry says in the same words is not lost when the two become one.
        let others = own.iter().filter(|(_, j)| j.id != judgement.id && j.says_the_same(judgement));
        let whole = others.fold(judgement.clone(), |whole, (_, j)| Judgement { id: whole.id.clone(), ..whole.with(j) });
        let (at, others): (usize, Vec<usize>) = (*first, rest.iter().map(|(at, _)| *at).collect());
        let is_in_place = others.is_empty() && elsewhere.is_none() && matches!(entries_of, List::Tables(_));
        entries_of.update(at, &table(&whole), &others);
        // Nothing moves then; but places that a reader wrote in one value stay as they are, whatever they should say.
        let is_known = |(place, j): &&mut (Entered, Judgement)| *place == (list, at) && j.places() == whole.places();
        if let Some((_, known)) = all.iter_mut().find(is_known).filter(|_| is_in_place) {
            *known = whole;
            return true;
        }
    } else {
        let after = all.iter().filter(|((l, _), j)| *l == list && j.order(judgement).is_lt());
        let at = after.map(|((_, at), _)| at + 1).max().unwrap_or(0);
        entries_of.insert(at, table(judgement));
        if elsewhere.is_none() {
            let later = all.iter_mut().filter(|((l, place), _)| *l == list && *place >= at);
            later.for_each(|((_, place), _)| *place += 1);
            all.push(((list, at), judgement.clone()));
            return true;
        }
    }
    if let Some((list, at)) = elsewhere {
        take_out(document, list, at);
    }
    false
}

/// What becomes of a judgement that was `before`, where others have made it `there` since, and we `ours`.
fn merged(before: &Judgement, ours: &Judgement, there: &Judgement, told: &mut Vec<String>) -> Judgement {
    let mut merged = ours.clone();
    match changed(&before.note, &ours.note, &there.note) {
        Changed::Ours => {}
        Changed::Theirs => merged.note.clone_from(&there.note),
        Changed::Both => {
            merged.note = both(&ours.note, &there.note);
            told.push("the words of both are kept".to_owned());
        }
    }
    match changed(&before.topic, &ours.topic, &there.topic) {
        Changed::Ours => {}
        Changed::Theirs => merged.topic.clone_from(&there.topic),
        Changed::Both => {
            told.push(format!("its topic there was {}", there.topic.as_ref().map_or("none", |t| t.as_str())));
        }
    }
    if let (Verdict::Joined(_, relation), Some(was), Some(theirs)) =
        (&mut merged.verdict, before.relation(), there.relation())
    {
        match changed(was, relation, theirs) {
            Changed::Ours => {}
            Changed::Theirs => relation.clone_from(theirs),
            Changed::Both => told.push(format!("its relation there was “{}”", theirs.word())),
        }
    }
    // Whoever joined them as well meanwhile stays named.
    merged.authors.extend(there.authors.iter().filter(|author| !before.authors.contains(author)).cloned());
    merged.authors.sort_unstable();
    merged.authors.dedup();
    merged
}

/// Whether others have changed what is to be taken out.
fn is_changed(before: &Judgement, there: &Judgement) -> bool {
    before.note != there.note
        || before.topic != there.topic
        || before.relation() != there.relation()
        || before.authors != there.authors
}

/// Takes judgements out of the file, and whatever says the same as one of them.
pub fn remove_all(disk: &dyn Disk, file: &Spot, ids: &[JudgementId]) -> Result<(), EditError> {
    edit(disk, file, |document, source| {
        let all = entries(source).0;
        let gone: Vec<&Judgement> = all.iter().map(|(_, j)| j).filter(|j| ids.contains(&j.id)).collect();
        take_all_out(document, &all, &gone);
    })
}

/// Takes a judgement out of the file, and whatever says the same. Where others have changed it since, it stays, and that is
/// told.
pub fn remove_since(
    disk: &dyn Disk,
    file: &Spot,
    id: &JudgementId,
    meanwhile: &mut Meanwhile<'_, Judgement>,
) -> Result<(), EditError> {
    edit(disk, file, |document, source| {
        meanwhile.told.clear();
        let all = entries(source).0;
        let Some((_, gone)) = all.iter().find(|(_, j)| j.id == *id) else { return };
        if meanwhile.before.is_some_and(|before| is_changed(before, gone)) {
            meanwhile.told.push("so it is not taken away".to_owned());
            return;
        }
        take_all_out(document, &all, &[gone]);
    })
}

/// Takes these out, and whatever says the same as one of them.
fn take_all_out(document: &mut DocumentMut, all: &[(Entered, Judgement)], gone: &[&Judgement]) {
    // From the end, so that the places of those before still hold.
    for ((list, at), judgement) in all.iter().rev() {
        if gone.iter().any(|gone| judgement.id == gone.id || judgement.says_the_same(gone)) {
            take_out(document, list, *at);
        }
    }
}

/// Whether the file has a judgement of this name.
pub fn has(disk: &dyn Disk, file: &Spot, id: &JudgementId) -> Result<bool, SaveError> {
    let source = source(disk, file).map_err(SaveError::of(file, "read it"))?;
    Ok(entries(&source).0.iter().any(|(_, j)| j.id == *id))
}

fn edit(disk: &dyn Disk, file: &Spot, mut change: impl FnMut(&mut DocumentMut, &str)) -> Result<(), EditError> {
    revise(disk, file, &mut |bytes| {
        let written = std::str::from_utf8(bytes).map_err(|_| not_utf8(file))?;
        let crlf = written.contains("\r\n");
        // The editor knows only one line break; the file keeps its own. No string of ours has one in it.
        let before = written.replace("\r\n", "\n");
        let mut document: DocumentMut = before.parse().map_err(|_| {
            let fault = parse(&before).1.into_iter().next();
            let place = fault.map_or_else(String::new, |f| format!(":{f}"));
            EditError::Broken(Clean::line(&format!("{}{place}", shown(file.path()))))
        })?;
        let head = if document.is_empty() { head_of_empty(&mut document, &before) } else { String::new() };
        change(&mut document, &before);
        let mut after = document.to_string();
        if document.iter().any(|(_, item)| !item.is_none()) {
            after = format!("{head}{after}");
        }
        if after == before || (after.is_empty() && head == HEADING) {
            return Ok(None);
        }
        Ok(Some(if crlf { after.replace('\n', "\r\n") } else { after }.into_bytes()))
    })
}

/// What stands at the head of a file without entries: what its owner wrote there, else what it is for.
fn head_of_empty(document: &mut DocumentMut, before: &str) -> String {
    document.set_trailing("");
    match before.trim_end() {
        "" => HEADING.to_owned(),
        words => format!("{words}\n"),
    }
}

/// The entries of one kind: as `[[link]]` tables, or as a list in one value.
enum List<'d> {
    Tables(&'d mut ArrayOfTables),
    Values(&'d mut Array),
}

/// The list of this name, which is made where there is none; `None` where something else has the name.
fn list_in<'d>(document: &'d mut DocumentMut, name: &str) -> Option<List<'d>> {
    debug_assert!(KINDS.iter().any(|(list, _)| *list == name));
    match document.entry(name).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new())) {
        Item::ArrayOfTables(tables) => Some(List::Tables(tables)),
        Item::Value(Value::Array(values)) => Some(List::Values(values)),
        _ => None,
    }
}

impl List<'_> {
    /// Puts a new entry at this place.
    fn insert(self, at: usize, mut table: Table) {
        match self {
            Self::Tables(tables) => {
                let at = at.min(tables.len());
                if at == 0
                    && let Some(first) = tables.get_mut(0)
                {
                    // What stands before the first entry may be said of the whole file.
                    let (head, own) = head_of(first);
                    table.decor_mut().set_prefix(head);
                    first.decor_mut().set_prefix(own);
                }
                tables.insert(at, table);
            }
            Self::Values(values) => values.insert(at.min(values.len()), inline(table)),
        }
    }

    /// Changes an entry to what `wanted` says, and takes in what `others` have besides, which go.
    fn update(self, at: usize, wanted: &Table, others: &[usize]) {
        match self {
            Self::Tables(tables) => {
                for other in others.iter().rev() {
                    let gone = tables.remove(*other);
                    if let Some(table) = tables.get_mut(at) {
                        take_in(table, &gone);
                    }
                }
                if let Some(table) = tables.get_mut(at) {
                    become_like(table, wanted);
                }
            }
            Self::Values(values) => {
                for other in others.iter().rev() {
                    values.remove(*other);
                }
                if let Some(table) = values.get_mut(at).and_then(Value::as_inline_table_mut) {
                    become_like(table, wanted);
                }
            }
        }
    }

    /// Takes an entry out. Answers with what was said above it of the whole file.
    fn remove(self, at: usize) -> String {
        match self {
            Self::Tables(tables) => {
                let gone = tables.remove(at);
                let (head, _) = if gone.position() == Some(0) || at == 0 { head_of(&gone) } else { Default::default() };
                if head.contains('#') { head } else { String::new() }
            }
            Self::Values(values) => {
                values.remove(at);
                String::new()
            }
        }
    }
}

/// Takes an entry out of a document, and leaves what was said above it of the whole file.
fn take_out(document: &mut DocumentMut, list: &str, at: usize) {
    let head = list_in(document, list).map_or_else(String::new, |entries_of| entries_of.remove(at));
    if !head.is_empty() {
        let before = document.decor().prefix().and_then(|p| p.as_str()).unwrap_or("").to_owned();
        document.decor_mut().set_prefix(format!("{before}{}", head.trim_end_matches('\n').to_owned() + "\n"));
    }
}

/// What stands before an entry, in two: what is said of the whole file, and what is said of the entry.
fn head_of(first: &Table) -> (String, String) {
    let prefix = prefix_of(first);
    match prefix.rfind("\n\n") {
        Some(end) => (prefix[..end + 2].to_owned(), prefix[end + 1..].to_owned()),
        None if prefix.contains('#') && first.position() == Some(0) => (format!("{prefix}\n"), "\n".to_owned()),
        None => (prefix.clone(), if prefix.is_empty() { "\n".to_owned() } else { prefix }),
    }
}

fn prefix_of(table: &Table) -> String {
    table.decor().prefix().and_then(|p| p.as_str()).unwrap_or("").to_owned()
}

/// Fields that `gone` has and `table` has not, and the words above it.
fn take_in(table: &mut Table, gone: &Table) {
    for (key, item) in gone.iter().filter(|(_, item)| item.is_value()) {
        if !table.contains_key(key) {
            table.insert(key, item.clone());
        }
    }
    let said = prefix_of(gone);
    if said.contains('#') {
        let own = prefix_of(table);
        table.decor_mut().set_prefix(format!("{own}{}", said.trim_start_matches('\n')));
    }
}

/// The fields this program writes: it takes out those an entry should not have. All others are somebody else's.
const FIELDS: &[&str] = &["id", "relation", "topic", "remark", "made", "author", "text", "between", "passage"];

/// Changes of `table` what differs from `wanted`, and nothing else.
fn become_like(table: &mut dyn TableLike, wanted: &dyn TableLike) {
    for field in FIELDS.iter().filter(|f| !wanted.contains_key(f)) {
        table.remove(field);
    }
    for (key, new) in wanted.iter() {
        match (table.get_mut(key), new) {
            (Some(Item::Value(old)), Item::Value(new)) if same(old, new) => {}
            (Some(Item::Value(old)), Item::Value(new)) => {
                let decor = old.decor().clone();
                *old = new.clone();
                *old.decor_mut() = decor;
            }
            (Some(Item::ArrayOfTables(old)), Item::ArrayOfTables(new)) if old.len() == new.len() => {
                for (old, new) in old.iter_mut().zip(new.iter()) {
                    update_place(old, new);
                }
            }
            (Some(Item::Table(old)), Item::Table(new)) => update_place(old, new),
            // Places within one value, as a reader may write them, are not rewritten for the look of it.
            (Some(Item::Value(_)), Item::ArrayOfTables(_) | Item::Table(_)) => {}
            _ => {
                table.insert(key, new.clone());
            }
        }
    }
}

fn update_place(old: &mut Table, new: &Table) {
    for (key, item) in new {
        let unchanged = old.get(key).and_then(Item::as_value).zip(item.as_value()).is_some_and(|(a, b)| same(a, b));
        if !unchanged {
            old.insert(key, item.clone());
        }
    }
}

/// Whether two values say the same, however they are written.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) => a.value() == b.value(),
        (Value::Integer(a), Value::Integer(b)) => a.value() == b.value(),
        // A date may be written without quotes.
        (Value::Datetime(a), Value::String(b)) => a.value().to_string() == *b.value(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same(a, b)),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
