//! tour.toml on disk: reading it, and writing the stops in their order.
//!
//! A change is made to the file as it is at that moment: stops that somebody else added meanwhile stay after the stop
//! they came after, and so does what cannot be read. Comments and unknown fields go with the stop they belong to.

use std::collections::BTreeMap;
use std::io;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value, value};

use super::Library;
use super::aside::Aside;
use super::disk::way::leaves;
use super::disk::{Disk, Spot};
use super::folders::Folders;
use super::home::Home;
use super::meanwhile::{Changed, Meanwhile, both, changed};
use super::said::{io_words, shown};
use super::save::{SaveError, revise, source};
use super::strays::copies::{copies_of, told_of_copy};
use super::topics::{EditError, FaultIn, not_utf8};
use crate::anchor::Anchor;
use crate::model::keeping::Kept;
use crate::model::touring::Touring;
use crate::text::clean::Clean;
use crate::tour::file::{entries, parse};
use crate::tour::{Stop, StopId, Tour};

/// The name of the file.
pub const NAME: &str = "tour.toml";

/// What says in a file that the reader's tour is here, because the library's own cannot be changed.
const STANDS_IN: &str = "stands-in-for-the-library";

const HEADING: &str = "# The stops of a tour, in order: made with Diptych, plain to read and to edit.\n";

impl Library {
    /// The tour of the home of two texts, and a line for each fault in its file.
    pub fn tour(&self, texts: &[String; 2]) -> (Touring, Vec<Clean>) {
        let Ok(home) = self.home_of(texts) else { return Default::default() };
        let (touring, mut faults) = self.tour_of(&home);
        let files = files(self.folders.as_ref(), &home);
        let copies = files.iter().flat_map(|file| copies_of(&*self.disk, file));
        faults.extend(copies.map(|copy| self.at_home(&told_of_copy(&copy))));
        (Touring { texts: texts.clone(), ..touring }, faults)
    }

    /// The tour of a home, and a line for each fault in its file.
    pub fn tour_of(&self, home: &Home) -> (Touring, Vec<Clean>) {
        let (mut tour, faults) = of_home(&*self.disk, self.folders.as_ref(), home);
        for anchor in tour.stops.iter_mut().flat_map(|s| [&mut s.left, &mut s.right]).flatten() {
            anchor.text = home.called(&anchor.text);
        }
        let requests = tour.stops.iter().flat_map(Stop::anchors).map(|a| (a.text.clone(), home.request_of(&a.text)));
        let (requests, seen) = (requests.collect(), tour.stops.iter().map(|s| s.id.clone()).collect());
        let faults = faults.iter().map(|fault| self.at_home(fault)).collect();
        (Touring { tour, requests, texts: Default::default(), seen }, faults)
    }

    pub(super) fn keep_tour(
        &self,
        texts: &[String; 2],
        tour: &Tour,
        seen: &[StopId],
        before: Option<&Tour>,
    ) -> Result<Kept, Clean> {
        let home = self.home_of(texts).map_err(|e| e.line())?;
        let _turn = self.turn(&home).map_err(|e| self.at_home(&e))?;
        let mut meanwhile = Meanwhile::since(before);
        let kept = keep(&*self.disk, self.folders.as_ref(), &home, tour, seen, &mut meanwhile);
        kept.map(|aside| self.plain(aside, &meanwhile.told, || "the tour".to_owned())).map_err(|e| self.at_home(&e))
    }
}

/// The tour of a home: that of the first of its folders which has one, or one that stands in for it.
fn of_home(disk: &dyn Disk, folders: Option<&Folders>, home: &Home) -> (Tour, Vec<FaultIn>) {
    let files = files(folders, home);
    which(disk, &files).map_or_else(Default::default, |at| read(disk, &files[at]))
}

/// The files that the tour of a home may be in; none need exist.
pub fn files(folders: Option<&Folders>, home: &Home) -> Vec<Spot> {
    home.spots(folders, NAME)
}

/// Reads a tour. What is wrong is listed, and what is whole is used; a file that is not there has no stops.
pub fn read(disk: &dyn Disk, file: &Spot) -> (Tour, Vec<FaultIn>) {
    let path = file.path();
    let whole = |message: &str| vec![FaultIn { path: path.to_owned(), fault: Err(Clean::line(message)) }];
    match source(disk, file) {
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
/// where it is, else to the first folder that can be written to. Answers with what the reader should know of that.
pub fn keep(
    disk: &dyn Disk,
    folders: Option<&Folders>,
    home: &Home,
    tour: &Tour,
    seen: &[StopId],
    meanwhile: &mut Meanwhile<'_, Tour>,
) -> Result<Option<Aside>, EditError> {
    let files = files(folders, home);
    let mut refused = None;
    for file in files.iter().skip(which(disk, &files).unwrap_or(0)) {
        match put(disk, file, tour, seen, refused.is_some(), meanwhile) {
            Err(EditError::Save(e)) if e.is_of_place() => refused = Some(e),
            done => return done.map(|()| refused.map(|why| Aside { file: file.path().to_owned(), why })),
        }
    }
    Err(refused.map_or(EditError::NoFolder, EditError::Save))
}

/// Adds the stops of a tour to the end of that in a file, which is made where there is none.
pub fn take_in(disk: &dyn Disk, file: &Spot, coming: &Tour) -> Result<(), EditError> {
    let (tour, _) = read(disk, file);
    let seen: Vec<StopId> = tour.stops.iter().map(|s| s.id.clone()).collect();
    let joined = tour.joined_by(coming);
    if joined == tour {
        return Ok(());
    }
    put(disk, file, &joined, &seen, false, &mut Meanwhile::since(None))
}

/// Takes the stops of a tour out of that in a file; where no other stop is in it, the file goes.
pub(super) fn take_out(disk: &dyn Disk, file: &Spot, going: &Tour) -> Result<(), EditError> {
    let (mut tour, faults) = read(disk, file);
    let seen: Vec<StopId> = tour.stops.iter().map(|s| s.id.clone()).collect();
    tour.stops.retain(|stop| going.position(&stop.id).is_none());
    if tour.stops.is_empty() && faults.is_empty() {
        let gone = |why| EditError::Save(SaveError::of(file, "take it away")(why));
        return disk.may_replace(file).and_then(|()| disk.remove(file)).map_err(gone);
    }
    put(disk, file, &tour, &seen, false, &mut Meanwhile::since(None))
}

/// Which of the files has the tour: none where there is none yet.
fn which(disk: &dyn Disk, files: &[Spot]) -> Option<usize> {
    let stands_in = |file: &Spot| {
        let document = source(disk, file).ok().and_then(|source| source.parse::<DocumentMut>().ok());
        document.is_some_and(|document| document.get(STANDS_IN).and_then(Item::as_bool) == Some(true))
    };
    let aside = files.iter().skip(1).position(stands_in).map(|at| at + 1);
    aside.or_else(|| files.iter().position(|file| disk.real(file).is_ok() || is_refused(disk, file)))
}

/// Whether there is something at this place that is not gone along to.
fn is_refused(disk: &dyn Disk, file: &Spot) -> bool {
    disk.real(file).is_err_and(|e| leaves(&e))
}

/// Writes the stops into a file, which is made where there is none. It stands in for another one, or it does not.
fn put(
    disk: &dyn Disk,
    file: &Spot,
    tour: &Tour,
    seen: &[StopId],
    stands_in: bool,
    meanwhile: &mut Meanwhile<'_, Tour>,
) -> Result<(), EditError> {
    revise(disk, file, &mut |bytes| {
        meanwhile.told.clear();
        let before = std::str::from_utf8(bytes).map_err(|_| not_utf8(file))?;
        let broken = || {
            let fault = parse(before).1.into_iter().next();
            let place = fault.map_or_else(String::new, |f| format!(":{f}"));
            EditError::Broken(Clean::line(&format!("{}{place}", shown(file.path()))))
        };
        let mut document: DocumentMut = before.parse().map_err(|_| broken())?;
        let named: BTreeMap<usize, StopId> = entries(before).0.into_iter().map(|(at, stop)| (at, stop.id)).collect();
        let tables = match document.remove("stop") {
            Some(Item::ArrayOfTables(tables)) => tables.into_iter().collect(),
            Some(Item::Value(Value::Array(values))) => values.into_iter().filter_map(table_of).collect(),
            Some(_) => return Err(broken()),
            None => Vec::new(),
        };
        let stops = arrange(tables, &named, tour, seen, meanwhile);
        if stands_in {
            document.insert(STANDS_IN, value(true));
        }
        let is_new = before.trim().is_empty();
        write_title(&mut document, tour, meanwhile, is_new);
        document.insert("stop", Item::ArrayOfTables(stops));
        let head = if is_new { HEADING } else { "" };
        let after = format!("{head}{document}");
        Ok((after != before).then(|| after.into_bytes()))
    })
}

/// The tables of the file in the order of the tour, each as its stop says; what is not of this tour stays behind the
/// table it stood behind. A stop that others have changed or taken away since is as they have it, but for what was
/// changed here too.
fn arrange(
    tables: Vec<Table>,
    named: &BTreeMap<usize, StopId>,
    tour: &Tour,
    seen: &[StopId],
    meanwhile: &mut Meanwhile<'_, Tour>,
) -> ArrayOfTables {
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
    let had_own = !own.is_empty();
    let was = |stop: &StopId| meanwhile.before.and_then(|tour| Some(&tour.stops[tour.position(stop)?]));
    let mut told = Vec::new();
    for stop in &tour.stops {
        let before = was(&stop.id);
        let table = own.remove(&stop.id);
        // Others have taken it away, and nothing was changed of it here.
        let is_gone = table.is_none() && had_own && before == Some(stop);
        if !is_gone {
            let is_new = table.is_none();
            let mut table = table.unwrap_or_else(|| {
                let mut new = Table::new();
                new.decor_mut().set_prefix("\n");
                new
            });
            write_stop(&mut table, stop, before.filter(|_| !is_new), &mut told);
            arranged.push(unplaced(table));
        }
        take(Some(&stop.id), &mut arranged);
    }
    for (id, table) in own {
        if was(&id).is_some_and(|before| !says(&table, before)) {
            told.push(format!("stop {} is not taken away", was(&id).map_or_else(String::new, Stop::numbers)));
            arranged.push(unplaced(table));
        }
    }
    meanwhile.told.append(&mut told);
    arranged
}

/// Says what the tour is called, unless only others have changed that since: in a new file nobody has.
fn write_title(document: &mut DocumentMut, tour: &Tour, meanwhile: &mut Meanwhile<'_, Tour>, is_new: bool) {
    let theirs = said(document.get("title").and_then(Item::as_value));
    let was = meanwhile.before.filter(|_| !is_new).map(|before| before.title.as_str());
    match was.map_or(Changed::Ours, |was| changed(was, &tour.title, theirs.trim())) {
        Changed::Theirs => {}
        // Who does not know what it was called does not mean to take that away.
        _ if tour.title == theirs.trim() || (was.is_none() && tour.title.is_empty()) => {}
        whose => {
            if whose == Changed::Both {
                meanwhile.told.push(format!("its title there: {theirs}"));
            }
            match tour.title.as_str() {
                "" => drop(document.remove("title")),
                title => {
                    let mut title = Value::from(title);
                    if let Some(old) = document.get("title").and_then(Item::as_value) {
                        *title.decor_mut() = old.decor().clone();
                    }
                    document.insert("title", value(title));
                }
            }
        }
    }
}

/// A stop's fields but for its places, as the file has them.
fn fields(stop: &Stop) -> [(&'static str, Option<Value>); 4] {
    let words = |words: &str| (!words.is_empty()).then(|| Value::from(words));
    [
        ("topic", words(stop.topic.as_ref().map_or("", |t| t.as_str()))),
        ("minutes", stop.minutes.map(|n| Value::from(i64::from(n)))),
        ("remark", words(&stop.remark)),
        ("author", words(stop.author.as_deref().unwrap_or(""))),
    ]
}

/// What a value says, however it is written.
fn said(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(words)) => words.value().clone(),
        Some(value) => value.to_string().trim().to_owned(),
        None => String::new(),
    }
}

/// Whether a table says what a stop says.
fn says(table: &Table, stop: &Stop) -> bool {
    fields(stop).iter().all(|(key, value)| said(table.get(key).and_then(Item::as_value)) == said(value.as_ref()))
}

/// Says in the table what the stop says, and changes nothing that says it already, nor what only others have changed
/// since the stop was `before`.
fn write_stop(table: &mut Table, stop: &Stop, before: Option<&Stop>, told: &mut Vec<String>) {
    if said(table.get("id").and_then(Item::as_value)) != stop.id.0 {
        table.insert("id", value(&stop.id.0));
    }
    let was = before.map(fields);
    for (nth, (key, ours)) in fields(stop).into_iter().enumerate() {
        let theirs = said(table.get(key).and_then(Item::as_value));
        let words = said(ours.as_ref());
        let whose = was.as_ref().map_or(Changed::Ours, |was| changed(&said(was[nth].1.as_ref()), &words, &theirs));
        match (whose, ours) {
            (Changed::Theirs, _) => {}
            (Changed::Both, _) if key == "remark" => {
                told.push(format!("both remarks of stop {} are kept", stop.numbers()));
                table.insert(key, value(both(&words, &theirs)));
            }
            _ if words == theirs => {}
            (_, None) => drop(table.remove(key)),
            (whose, Some(ours)) => {
                if whose == Changed::Both {
                    told.push(format!("the {key} of stop {} there: {theirs}", stop.numbers()));
                }
                table.insert(key, value(ours));
            }
        }
    }
    let sides = |stop: &Stop| [stop.left.clone(), stop.right.clone()];
    for ((key, anchor), was) in ["left", "right"].into_iter().zip(sides(stop)).zip(before.map_or([None, None], sides)) {
        match anchor {
            // A side that was made silent here; one that others have filled stays.
            None if was.is_some() => drop(table.remove(key)),
            Some(anchor) if !table.contains_key(key) => {
                table.extend(place(&anchor).map(|place| (key, Item::Table(place))));
            }
            _ => {}
        }
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
        let path = Spot::within(dir.path(), NAME);
        let mut tour = tour_of(&["one", "two", "three"]);
        tour.stops[1].remark = "Say “so” \\ and\nnot otherwise.".to_owned();
        tour.stops[2].minutes = Some(7);
        let seen = ids(&tour);
        for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
            let stops = order.map(|i| tour.stops[i].clone()).to_vec();
            let now = Tour { stops, ..tour.clone() };
            put(&Os, &path, &now, &seen, false, &mut Meanwhile::since(None)).unwrap();
            assert_eq!(read(&Os, &path), (now, vec![]));
        }
        put(&Os, &path, &Tour::default(), &seen, false, &mut Meanwhile::since(None)).unwrap();
        assert_eq!(read(&Os, &path).0.stops, []);
    }

    #[test]
    fn comments_go_with_their_stop_and_what_others_wrote_stays() {
        let dir = tempfile::tempdir().unwrap();
        let path = Spot::within(dir.path(), NAME);
        let tour = tour_of(&["one", "two"]);
        let seen = ids(&tour);
        put(&Os, &path, &tour, &seen, false, &mut Meanwhile::since(None)).unwrap();
        let written = std::fs::read_to_string(path.path()).unwrap();
        let two = written.rfind("[[stop]]").unwrap();
        let foreign =
            "# by hand\n[[stop]]\ntopic = \"theirs\"\nmood = \"grim\"\n[stop.left]\ntext = \"b.md\"\nexact = \"x\"\n\n";
        let edited = format!("title = \"T\"\n{}{foreign}# about two\n{}", &written[..two], &written[two..]);
        std::fs::write(path.path(), edited).unwrap();
        let turned = Tour { stops: vec![tour.stops[1].clone(), tour.stops[0].clone()], ..tour };
        put(&Os, &path, &turned, &seen, false, &mut Meanwhile::since(None)).unwrap();
        let after = std::fs::read_to_string(path.path()).unwrap();
        let topics: Vec<_> = after.lines().filter(|l| l.starts_with("topic")).collect();
        assert_eq!(topics, ["topic = \"two\"", "topic = \"one\"", "topic = \"theirs\""], "{after}");
        assert!(after.contains("# about two\n[[stop]]") && after.contains("# by hand\n[[stop]]"), "{after}");
        assert!(after.contains("mood = \"grim\"") && after.contains("title = \"T\""), "{after}");
    }

    #[test]
    fn a_broken_file_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = Spot::within(dir.path(), NAME);
        std::fs::write(path.path(), "[[stop]\n").unwrap();
        let tour = tour_of(&["one"]);
        let error = put(&Os, &path, &tour, &ids(&tour), false, &mut Meanwhile::since(None)).unwrap_err().to_string();
        assert!(error.contains("tour.toml:1:"), "{error}");
        assert_eq!(std::fs::read_to_string(path.path()).unwrap(), "[[stop]\n");
    }
}
