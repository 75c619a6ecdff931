//! tour.toml on disk: reading it, and writing the stops in their order.
//!
//! A change is made to the file as it is at that moment: stops that somebody else added meanwhile stay after the stop
//! they came after, and so does what cannot be read. Comments and unknown fields go with the stop they belong to.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value, value};

use super::disk::Disk;
use super::folders::Folders;
use super::home::Home;
use super::said::{io_words, shown};
use super::save::{SaveError, save};
use super::topics::{EditError, FaultIn};
use crate::anchor::Anchor;
use crate::text::clean::Clean;
use crate::tour::file::{entries, parse};
use crate::tour::{Stop, StopId, Tour};

/// The name of the file.
pub const NAME: &str = "tour.toml";

const HEADING: &str = "# The stops of a tour, in order: made with Diptych, plain to read and to edit.\n";

/// The tour of a home: that of the first of its folders which has one.
pub fn of_home(disk: &dyn Disk, folders: Option<&Folders>, home: &Home) -> (Tour, Vec<FaultIn>) {
    let files = files(folders, home);
    let file = files.iter().find(|file| disk.real_path(file).is_ok());
    file.map_or_else(Default::default, |file| read(disk, file))
}

/// The files that the tour of a home may be in; none need exist.
pub fn files(folders: Option<&Folders>, home: &Home) -> Vec<PathBuf> {
    home.folders(folders).into_iter().map(|folder| folder.join(NAME)).collect()
}

/// Reads a tour. What is wrong is listed, and what is whole is used; a file that is not there has no stops.
pub fn read(disk: &dyn Disk, path: &Path) -> (Tour, Vec<FaultIn>) {
    let whole = |message: &str| vec![FaultIn { path: path.to_owned(), fault: Err(Clean::line(message)) }];
    match source(disk, path) {
        Ok(source) => {
            let (tour, faults) = parse(&source);
            (tour, faults.into_iter().map(|fault| FaultIn { path: path.to_owned(), fault: Ok(fault) }).collect())
        }
        Err(e) if e.kind() == io::ErrorKind::InvalidData => {
            (Tour::default(), whole("is not UTF-8 text; save it as UTF-8"))
        }
        Err(e) => (Tour::default(), whole(&format!("cannot be read ({})", io_words(&e)))),
    }
}

/// Has the tour of a home be this one. `seen` are the stops that were ever in it: others in the file stay. It is written
/// where it is, else to the first folder that can be written to.
pub fn keep(
    disk: &dyn Disk,
    folders: Option<&Folders>,
    home: &Home,
    tour: &Tour,
    seen: &[StopId],
) -> Result<(), EditError> {
    let files = files(folders, home);
    let existing = files.iter().find(|file| disk.real_path(file).is_ok());
    let mut result = Err(EditError::NoFolder);
    for file in existing.map_or(&files[..], std::slice::from_ref) {
        result = put(disk, file, tour, seen);
        match &result {
            Err(EditError::Save(e)) if is_closed(&e.why) => {}
            _ => break,
        }
    }
    result
}

/// Adds the stops of a tour to the end of that in a file, which is made where there is none.
pub fn take_in(disk: &dyn Disk, path: &Path, coming: &Tour) -> Result<(), EditError> {
    let (mut tour, _) = read(disk, path);
    let seen: Vec<StopId> = tour.stops.iter().map(|s| s.id.clone()).collect();
    tour.stops.extend(coming.stops.iter().filter(|stop| !seen.contains(&stop.id)).cloned());
    put(disk, path, &tour, &seen)
}

/// Takes the stops of a tour out of that in a file; where no other stop is in it, the file goes.
pub fn take_out(disk: &dyn Disk, path: &Path, going: &Tour) -> Result<(), EditError> {
    let (mut tour, faults) = read(disk, path);
    let seen: Vec<StopId> = tour.stops.iter().map(|s| s.id.clone()).collect();
    tour.stops.retain(|stop| going.position(&stop.id).is_none());
    if tour.stops.is_empty() && faults.is_empty() {
        let gone = |why| EditError::Save(SaveError { path: path.to_owned(), doing: "take it away", why });
        return disk.remove(path).map_err(gone);
    }
    put(disk, path, &tour, &seen)
}

fn is_closed(e: &io::Error) -> bool {
    matches!(e.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// Writes the stops into a file, which is made where there is none.
fn put(disk: &dyn Disk, path: &Path, tour: &Tour, seen: &[StopId]) -> Result<(), EditError> {
    let unread = |why| EditError::Save(SaveError { path: path.to_owned(), doing: "read it", why });
    let before = source(disk, path).map_err(unread)?;
    let broken = || {
        let fault = parse(&before).1.into_iter().next();
        let place = fault.map_or_else(String::new, |f| format!(":{f}"));
        EditError::Broken(Clean::line(&format!("{}{place}", shown(path))))
    };
    let mut document: DocumentMut = before.parse().map_err(|_| broken())?;
    let named: BTreeMap<usize, StopId> = entries(&before).0.into_iter().map(|(at, stop)| (at, stop.id)).collect();
    let tables = match document.remove("stop") {
        Some(Item::ArrayOfTables(tables)) => tables.into_iter().collect(),
        Some(Item::Value(Value::Array(values))) => values.into_iter().filter_map(table_of).collect(),
        Some(_) => return Err(broken()),
        None => Vec::new(),
    };
    let stops = arrange(tables, &named, tour, seen);
    document.insert("stop", Item::ArrayOfTables(stops));
    let head = if before.trim().is_empty() { HEADING } else { "" };
    let after = format!("{head}{document}");
    if after != before {
        save(disk, path, after.as_bytes())?;
    }
    Ok(())
}

/// The tables of the file in the order of the tour, each as its stop says; what is not of this tour stays behind the
/// table it stood behind.
fn arrange(tables: Vec<Table>, named: &BTreeMap<usize, StopId>, tour: &Tour, seen: &[StopId]) -> ArrayOfTables {
    let mut own: BTreeMap<StopId, Table> = BTreeMap::new();
    let mut others: Vec<(Option<StopId>, Table)> = Vec::new();
    let mut last: Option<StopId> = None;
    for (at, table) in tables.into_iter().enumerate() {
        match named.get(&at) {
            Some(id) if seen.contains(id) => {
                last = Some(id.clone());
                own.insert(id.clone(), table);
            }
            _ => others.push((last.clone(), table)),
        }
    }
    let follows = |behind: &Option<StopId>| behind.as_ref().filter(|id| tour.position(id).is_some()).cloned();
    let mut arranged = ArrayOfTables::new();
    let mut take = |behind: Option<&StopId>, arranged: &mut ArrayOfTables| {
        let (these, rest) = std::mem::take(&mut others).into_iter().partition(|(b, _)| follows(b).as_ref() == behind);
        others = rest;
        let these: Vec<(Option<StopId>, Table)> = these;
        for (_, table) in these {
            arranged.push(unplaced(table));
        }
    };
    take(None, &mut arranged);
    for stop in &tour.stops {
        let mut table = own.remove(&stop.id).unwrap_or_else(|| {
            let mut new = Table::new();
            new.decor_mut().set_prefix("\n");
            new
        });
        write_stop(&mut table, stop);
        arranged.push(unplaced(table));
        take(Some(&stop.id), &mut arranged);
    }
    arranged
}

/// Says in the table what the stop says, and changes nothing that says it already.
fn write_stop(table: &mut Table, stop: &Stop) {
    let mut field = |key: &str, new: Option<Value>| {
        let old = table.get(key).and_then(Item::as_value);
        match new {
            None => drop(table.remove(key)),
            Some(new) if old.is_some_and(|old| says_the_same(old, &new)) => {}
            Some(new) => drop(table.insert(key, value(new))),
        }
    };
    let words = |words: &str| (!words.is_empty()).then(|| Value::from(words));
    field("id", words(&stop.id.0));
    field("topic", words(stop.topic.as_ref().map_or("", |t| t.as_str())));
    field("minutes", stop.minutes.map(|n| Value::from(i64::from(n))));
    field("remark", words(&stop.remark));
    for (key, anchor) in [("left", &stop.left), ("right", &stop.right)] {
        if let Some(anchor) = anchor
            && !table.contains_key(key)
            && let Some(place) = place(anchor)
        {
            table.insert(key, Item::Table(place));
        }
    }
}

fn says_the_same(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::String(a), Value::String(b)) => a.value() == b.value(),
        (Value::Integer(a), Value::Integer(b)) => a.value() == b.value(),
        _ => false,
    }
}

/// An anchor as a table.
fn place(anchor: &Anchor) -> Option<Table> {
    let mut table = toml::to_string(anchor).ok()?.parse::<DocumentMut>().ok()?.into_table();
    table.decor_mut().set_prefix("\n");
    Some(table)
}

/// Without the position it had in the file, so that it is written where it stands in the list now.
fn unplaced(mut table: Table) -> Table {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        if let Item::Table(place) = item {
            place.set_position(None);
        }
    }
    table
}

fn table_of(written: Value) -> Option<Table> {
    let Value::InlineTable(inline) = written else { return None };
    let mut table = inline.into_table();
    table.decor_mut().set_prefix("\n");
    Some(table)
}

/// The file as a string; empty where there is none.
fn source(disk: &dyn Disk, path: &Path) -> io::Result<String> {
    match disk.read(path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e)),
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(String::new()),
        Err(e) => Err(e),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::disk::Os;
    use crate::topic::codebook::TopicId;

    fn anchor(text: &str, passage: u32, exact: &str) -> Anchor {
        toml::from_str(&format!("text = {text:?}\npassage = {passage}\nexact = {exact:?}")).unwrap()
    }

    fn tour_of(names: &[&str]) -> Tour {
        let mut tour = Tour::default();
        for (n, name) in names.iter().enumerate() {
            let left = anchor("a.md", n as u32 + 1, &format!("the words of {name}"));
            let stop = tour.stop(Some(TopicId::new(name)), Some(left), None);
            tour.stops.push(stop);
        }
        tour
    }

    fn ids(tour: &Tour) -> Vec<StopId> {
        tour.stops.iter().map(|s| s.id.clone()).collect()
    }

    #[test]
    fn what_is_written_is_read_again_in_any_order() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(NAME);
        let mut tour = tour_of(&["one", "two", "three"]);
        tour.stops[1].remark = "Say “so” \\ and\nnot otherwise.".to_owned();
        tour.stops[2].minutes = Some(7);
        let seen = ids(&tour);
        for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
            let stops = order.map(|i| tour.stops[i].clone()).to_vec();
            let now = Tour { stops, ..tour.clone() };
            put(&Os, &path, &now, &seen).unwrap();
            assert_eq!(read(&Os, &path), (now, vec![]));
        }
        put(&Os, &path, &Tour::default(), &seen).unwrap();
        assert_eq!(read(&Os, &path).0.stops, []);
    }

    #[test]
    fn comments_go_with_their_stop_and_what_others_wrote_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(NAME);
        let tour = tour_of(&["one", "two"]);
        let seen = ids(&tour);
        put(&Os, &path, &tour, &seen).unwrap();
        let written = std::fs::read_to_string(&path).unwrap();
        let two = written.rfind("[[stop]]").unwrap();
        let foreign =
            "# by hand\n[[stop]]\ntopic = \"theirs\"\nmood = \"grim\"\n[stop.left]\ntext = \"b.md\"\nexact = \"x\"\n\n";
        let edited = format!("title = \"T\"\n{}{foreign}# about two\n{}", &written[..two], &written[two..]);
        std::fs::write(&path, edited).unwrap();
        let turned = Tour { stops: vec![tour.stops[1].clone(), tour.stops[0].clone()], ..tour };
        put(&Os, &path, &turned, &seen).unwrap();
        let after = std::fs::read_to_string(&path).unwrap();
        let topics: Vec<_> = after.lines().filter(|l| l.starts_with("topic")).collect();
        assert_eq!(topics, ["topic = \"two\"", "topic = \"one\"", "topic = \"theirs\""], "{after}");
        assert!(after.contains("# about two\n[[stop]]") && after.contains("# by hand\n[[stop]]"), "{after}");
        assert!(after.contains("mood = \"grim\"") && after.contains("title = \"T\""), "{after}");
    }

    #[test]
    fn a_broken_file_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(NAME);
        std::fs::write(&path, "[[stop]\n").unwrap();
        let tour = tour_of(&["one"]);
        let error = put(&Os, &path, &tour, &ids(&tour)).unwrap_err().to_string();
        assert!(error.contains("tour.toml:1:"), "{error}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "[[stop]\n");
    }
}
