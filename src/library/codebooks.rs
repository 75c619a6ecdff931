//! The topics in use: those of the libraries that the open texts belong to.
//!
//! The codebook holds the topics of all of their homes, in the order in which they came; where there is none but loose
//! texts, the embedded topics are used. What the reader makes goes into the topics.toml of the first library, what the reader
//! changes into the file it is read from; and where that cannot be written, into an overlay in the data folder, whose topics
//! count before those of their id beneath.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use super::aside::Aside;
use super::disk::{Disk, Spot};
use super::embedded;
use super::folders::Folders;
use super::home::Home;
use super::meanwhile::Meanwhile;
use super::save::SaveError;
use super::topic_entry::is_changed;
use super::topics::{self, EditError, FaultIn};
use crate::text::clean::Clean;
use crate::topic::codebook::{Codebook, Topic, TopicId};
use crate::topic::fault::MOST;

/// So many bytes of topics are read before the first screen; more take a moment that is not waited for.
const READ_AT_ONCE: usize = 256 << 10;

/// Nor is a disk waited for that has not answered by then.
const ANSWERS: Duration = Duration::from_secs(1);

/// The homes of the texts that were opened, and what was accepted where.
#[derive(Debug, Default)]
pub(crate) struct Codebooks {
    homes: Vec<Home>,
    /// Faults that were told already.
    told: Vec<FaultIn>,
    last: Arc<Codebook>,
}

impl Codebooks {
    /// Whether no text has topics that are to be used alone, so that the embedded ones are used.
    pub(super) fn borrows(&self, disk: &dyn Disk) -> bool {
        self.homes.iter().all(|home| match home {
            Home::Library(folder) => topics::joins_bundled(disk, &Spot::within(folder, topics::NAME)),
            Home::Embedded => false,
            Home::Nowhere | Home::Across => true,
        })
    }

    /// The homes, in the order in which they came.
    pub(crate) fn homes(&self) -> &[Home] {
        &self.homes
    }

    /// Adds a home; says whether it is new.
    pub(crate) fn join(&mut self, home: Home) -> bool {
        let new = !self.homes.contains(&home);
        if new {
            self.homes.push(home);
        }
        new
    }

    /// The topics as they were last read.
    pub(crate) fn last(&self) -> Arc<Codebook> {
        Arc::clone(&self.last)
    }

    /// The topics files there are or may come to be, to be watched for changes.
    pub(crate) fn files(&self, folders: Option<&Folders>) -> Vec<Spot> {
        let own = self.homes.iter().filter_map(library);
        let overlays = self.homes.iter().filter_map(|home| overlay(folders, home));
        own.chain(overlays).collect()
    }

    /// Whether the topics are short, and on a disk that answers.
    pub(super) fn is_soon_read(&self, disk: &Arc<dyn Disk>, folders: Option<&Folders>) -> bool {
        let (disk, files) = (Arc::clone(disk), self.files(folders));
        let (say, said) = channel();
        let look = move || {
            let length = |file: &Spot| disk.read_beginning(file, READ_AT_ONCE + 1).map_or(0, |bytes| bytes.len());
            // Whoever asked may have gone on.
            let _ = say.send(files.iter().map(length).sum::<usize>());
        };
        let is_looking = thread::Builder::new().spawn(look).is_ok();
        is_looking && said.recv_timeout(ANSWERS).is_ok_and(|length| length <= READ_AT_ONCE)
    }

    /// Reads all topics, and the faults that were not told before.
    pub(crate) fn read(&mut self, disk: &dyn Disk, folders: Option<&Folders>) -> (Arc<Codebook>, Vec<FaultIn>) {
        let mut faults = Vec::new();
        let mut take = |file: Option<Spot>, (book, found): (Codebook, Vec<FaultIn>)| {
            faults.extend(found);
            (file, book)
        };
        let own: Vec<_> = self.homes.iter().map(|home| take(library(home), beneath(disk, home))).collect();
        let overlays = self.homes.iter().filter_map(|home| overlay(folders, home));
        let mut aside: Vec<_> = overlays.map(|file| take(Some(file.clone()), topics::read(disk, &file))).collect();
        let mut books = own;
        let mut borrowed: Vec<Arc<Topic>> = Vec::new();
        if self.borrows(disk) {
            // What stands beside the texts lies over the embedded topics, as what is kept aside does.
            aside.append(&mut books);
            let embedded = beneath(disk, &Home::Embedded);
            borrowed.extend(embedded.0.topics().iter().cloned());
            books.push(take(None, embedded));
        }
        // What the reader changed of a topic that cannot be changed where it is counts, in that one's place.
        let entries = |books: &[(Option<Spot>, Codebook)]| -> Vec<Arc<Topic>> {
            books.iter().flat_map(|(_, book)| book.entries()).cloned().collect()
        };
        let changed = Codebook::new(entries(&aside).iter().map(|t| Topic::clone(t)));
        let of_id: HashMap<&TopicId, &Arc<Topic>> = changed.entries().iter().map(|t| (&t.id, t)).collect();
        let of_homes = entries(&books);
        let beneath = of_homes.iter().map(|t| *of_id.get(&t.id).unwrap_or(&t));
        let all: Vec<Topic> = beneath.chain(changed.entries()).map(|t| Topic::clone(t)).collect();
        books.extend(aside);
        let sets = books.iter().flat_map(|(_, book)| book.sets()).cloned();
        // What the reader changed of one of these is the reader's own.
        borrowed.retain(|topic| changed.entry(topic.id.as_str()).is_none());
        let borrowed = borrowed.iter().map(|topic| topic.id.clone());
        self.last = Arc::new(Codebook::new(all).with_sets(sets).borrowing(borrowed));
        faults.extend(
            books.iter().flat_map(|(file, book)| merged_into_nothing(file.as_ref().map(Spot::path), book, &self.last)),
        );
        let new: Vec<FaultIn> = faults.into_iter().filter(|f| !self.told.contains(f)).collect();
        self.told.extend(new.iter().cloned());
        (self.last(), new)
    }

    /// Writes a topic, new or changed, where it is read from: into the file that has it, else into the first library's.
    /// Where that cannot be written, and for an embedded topic, into a file of the reader's own that is laid over it.
    /// Answers with what the reader should know of that.
    pub(crate) fn put(
        &self,
        disk: &dyn Disk,
        folders: Option<&Folders>,
        topic: &Topic,
        meanwhile: &mut Meanwhile<'_, Topic>,
    ) -> Result<Option<Aside>, EditError> {
        let id = topic.id.as_str();
        for file in self.homes.iter().filter_map(|home| overlay(folders, home)) {
            if !topics::has(disk, &file, id)? {
                continue;
            }
            // Back to what it is beneath: then nothing needs lie over it.
            let done = match self.beneath(disk, id)? {
                Some(same) if *same == *topic && !is_changed_in(disk, &file, id, meanwhile) => {
                    topics::remove(disk, &file, id)
                }
                _ => topics::put_since(disk, &file, topic, meanwhile),
            };
            return done.map(|()| None);
        }
        let aside = self.homes.first().and_then(|home| overlay(folders, home));
        let borrows = self.borrows(disk);
        let file = match self.home_of(disk, id)? {
            Some(Home::Embedded) if borrows => self.homes.iter().find_map(library),
            Some(home) => library(home),
            None => self.homes.iter().find_map(library),
        };
        if let (Some(file), true) = (&file, borrows) {
            // Back to what it is beneath: then nothing needs lie over it.
            let bundled = beneath(disk, &Home::Embedded).0;
            let is_back = bundled.entry(id).is_some_and(|t| **t == *topic);
            if is_back && topics::has(disk, file, id)? && !is_changed_in(disk, file, id, meanwhile) {
                return topics::remove(disk, file, id).map(|()| None);
            }
        }
        match (file, aside) {
            (Some(file), aside) => match (topics::put_beside(disk, &file, topic, borrows, meanwhile), aside) {
                (Ok(()), _) => Ok(None),
                // A library on a read-only disk, or somebody else's: not a disk that is full for a while.
                (Err(EditError::Save(why)), Some(aside)) if why.is_of_place() => {
                    topics::put(disk, &aside, topic)?;
                    Ok(Some(Aside { file: aside.path().to_owned(), why }))
                }
                (Err(e), _) => Err(e),
            },
            (None, Some(aside)) => topics::put(disk, &aside, topic).map(|()| None),
            (None, None) => Err(EditError::NoFolder),
        }
    }

    /// The home whose topic of this id is used, where nothing lies over it; an error where none has it and the file of one
    /// cannot be read now.
    fn home_of(&self, disk: &dyn Disk, id: &str) -> Result<Option<&Home>, SaveError> {
        let borrowed = self.borrows(disk).then_some(&Home::Embedded);
        let mut unread = None;
        for home in self.homes.iter().chain(borrowed) {
            let has = match library(home) {
                Some(file) => topics::has(disk, &file, id),
                None => Ok(beneath(disk, home).0.entry(id).is_some()),
            };
            match has {
                Ok(true) => return Ok(Some(home)),
                Ok(false) => {}
                Err(why) => unread = unread.or(Some(why)),
            }
        }
        // What is closed is not written to either, whatever it has.
        unread.filter(|why| !why.is_of_place()).map_or(Ok(None), Err)
    }

    /// The topic of this id as it is where nothing lies over it.
    fn beneath(&self, disk: &dyn Disk, id: &str) -> Result<Option<Arc<Topic>>, SaveError> {
        Ok(self.home_of(disk, id)?.and_then(|home| beneath(disk, home).0.entry(id).cloned()))
    }

    /// Takes the topic of this id out of the files that have it, unless others have changed it meanwhile: then it stays, and
    /// that is told.
    pub(crate) fn remove(
        &self,
        disk: &dyn Disk,
        folders: Option<&Folders>,
        id: &str,
        meanwhile: &mut Meanwhile<'_, Topic>,
    ) -> Result<(), EditError> {
        let mut having: Vec<Spot> = Vec::new();
        let mut closed = None;
        for file in self.files(folders) {
            match topics::has(disk, &file, id) {
                Ok(true) => having.push(file),
                Ok(false) => {}
                Err(why) if why.is_of_place() => closed = Some(why),
                Err(why) => return Err(why.into()),
            }
        }
        // What lies over the others is what the reader has seen of it.
        let mut aside = self.homes.iter().filter_map(|home| overlay(folders, home));
        let Some(seen) = aside.find(|file| having.contains(file)).or_else(|| having.first().cloned()) else {
            return closed.map_or(Ok(()), |why| Err(why.into()));
        };
        meanwhile.told = topics::remove_since(disk, &seen, id, meanwhile.before)?;
        if !meanwhile.told.is_empty() {
            return Ok(());
        }
        having.iter().filter(|file| **file != seen).try_for_each(|file| topics::remove(disk, file, id))
    }
}

/// Whether a file has something else of a topic than it was when a change to it began.
fn is_changed_in(disk: &dyn Disk, file: &Spot, id: &str, meanwhile: &Meanwhile<'_, Topic>) -> bool {
    let Some(before) = meanwhile.before else { return false };
    topics::read(disk, file).0.entry(id).is_some_and(|there| is_changed(before, there))
}

/// The topics of a home, without what the reader laid over them.
fn beneath(disk: &dyn Disk, home: &Home) -> (Codebook, Vec<FaultIn>) {
    match home {
        Home::Library(folder) => topics::read(disk, &Spot::within(folder, topics::NAME)),
        Home::Embedded => (Codebook::parse(embedded::TOPICS).0, Vec::new()),
        Home::Nowhere | Home::Across => Default::default(),
    }
}

/// What a file says was merged into a topic that is not in use.
fn merged_into_nothing(file: Option<&Path>, book: &Codebook, all: &Codebook) -> Vec<FaultIn> {
    let Some(path) = file else { return Vec::new() };
    let by_themselves: HashSet<&TopicId> = all.topics().iter().filter(|t| t.into.is_some()).map(|t| &t.id).collect();
    let alone = |topic: &&Arc<Topic>| by_themselves.contains(&topic.id);
    let fault = |topic: &Arc<Topic>| {
        let (id, into) = (&topic.id, topic.into.as_ref().map_or("", TopicId::as_str));
        let said = format!(
            "topic \"{id}\" was merged into \"{into}\", which is not a topic here; it counts by itself: mend or take out `into`"
        );
        FaultIn { path: path.to_owned(), fault: Err(Clean::line(&said)) }
    };
    book.entries().iter().filter(|t| t.into.is_some()).filter(alone).take(MOST).map(fault).collect()
}

/// The topics file of a home that has one of its own.
fn library(home: &Home) -> Option<Spot> {
    match home {
        Home::Library(folder) => Some(Spot::within(folder, topics::NAME)),
        Home::Embedded | Home::Nowhere | Home::Across => None,
    }
}

fn overlay(folders: Option<&Folders>, home: &Home) -> Option<Spot> {
    Some(Spot::own(folders?.of_library(&home.key()).join(topics::NAME)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::library::disk::Os;

    fn library(dir: &Path, name: &str, ids: &[&str]) -> Home {
        let folder = dir.join(name);
        fs::create_dir_all(&folder).unwrap();
        let entry = |id: &&str| format!("[[topic]]\nid = \"{id}\"\nterms = [\"{id}\"]\n");
        fs::write(folder.join(topics::NAME), ids.iter().map(entry).collect::<String>()).unwrap();
        Home::of_folder(Some(&folder))
    }

    fn ids(book: &Codebook) -> Vec<&str> {
        book.topics().iter().map(|t| t.id.as_str()).collect()
    }

    #[test]
    fn topics_are_those_of_the_libraries_in_their_order() {
        let dir = tempfile::tempdir().unwrap();
        let mut books = Codebooks::default();
        let loose = Home::of_folder(Some(dir.path()));
        assert!(loose.library().is_some());
        assert!(books.join(loose));
        let (borrowed, _) = books.read(&Os, None);
        assert!(books.borrows(&Os) && borrowed.get("soviets").is_some());
        for home in [library(dir.path(), "b", &["x", "y"]), library(dir.path(), "a", &["y", "z"])] {
            assert!(books.join(home.clone()) && !books.join(home));
        }
        assert_eq!(ids(&books.read(&Os, None).0), ["x", "y", "z"]);
        assert!(!books.borrows(&Os));
    }

    #[test]
    fn an_accepted_topic_goes_to_the_library_and_else_into_the_overlay() {
        let dir = tempfile::tempdir().unwrap();
        let folders = Folders::under(&dir.path().join("home"));
        let topic = Topic::of_terms("new", "New", &["newness"]);
        let home = library(dir.path(), "own", &["x"]);
        let own = home.library().unwrap().join(topics::NAME);
        for (home, expected) in [
            (home, own),
            (Home::Embedded, folders.data.join("libraries/embedded/topics.toml")),
            (Home::of_folder(None), folders.data.join("libraries/no-folder/topics.toml")),
        ] {
            let mut books = Codebooks::default();
            books.join(home);
            let before = books.read(&Os, Some(&folders)).0;
            assert!(books.put(&Os, Some(&folders), &topic, &mut Meanwhile::since(None)).unwrap().is_none());
            assert!(fs::read_to_string(&expected).unwrap().contains("newness"));
            assert_eq!(books.read(&Os, Some(&folders)).0.topics().len(), before.topics().len() + 1);
            books.remove(&Os, Some(&folders), "new", &mut Meanwhile::since(None)).unwrap();
            assert_eq!(books.read(&Os, Some(&folders)).0, before);
        }
    }

    #[test]
    fn a_fault_is_told_once() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join(topics::NAME), "[[topic]]\nid = \"a\"\n").unwrap();
        let mut books = Codebooks::default();
        books.join(Home::of_folder(Some(dir.path())));
        assert_eq!(books.read(&Os, None).1.len(), 1);
        assert_eq!(books.read(&Os, None).1.len(), 0);
    }

    #[test]
    fn a_merge_into_a_topic_that_is_not_in_use_is_told_and_counts_for_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let [one, two] = ["one", "two"].map(|name| library(dir.path(), name, &[name]));
        let file = one.library().unwrap().join(topics::NAME);
        let merged = format!("{}into = \"two\"\n", fs::read_to_string(&file).unwrap());
        fs::write(&file, merged).unwrap();
        let mut alone = Codebooks::default();
        alone.join(one.clone());
        let (book, faults) = alone.read(&Os, None);
        assert_eq!(ids(&book), ["one"]);
        assert!(
            faults[0].to_string().contains("\"one\" was merged into \"two\", which is not a topic here"),
            "{faults:?}"
        );
        let mut both = Codebooks::default();
        both.join(one);
        both.join(two);
        let (book, faults) = both.read(&Os, None);
        assert_eq!((ids(&book), faults), (vec!["two"], Vec::new()));
        assert_eq!(book.get("one").unwrap().id.as_str(), "two");
    }

    #[test]
    fn topics_of_the_program_are_merged_in_an_overlay_and_come_back() {
        let dir = tempfile::tempdir().unwrap();
        let folders = Folders::under(dir.path());
        let mut books = Codebooks::default();
        books.join(Home::Embedded);
        let before = books.read(&Os, Some(&folders)).0;
        let [gone, into] = ["dual-power", "soviets"].map(|id| Topic::clone(before.get(id).unwrap()));
        let merged = Topic { into: Some(into.id.clone()), ..gone.clone() };
        for topic in [&into.joined_by(&gone), &merged] {
            books.put(&Os, Some(&folders), topic, &mut Meanwhile::since(None)).unwrap();
        }
        let after = books.read(&Os, Some(&folders)).0;
        assert_eq!(after.topics().len() + 1, before.topics().len());
        assert_eq!(after.get("dual-power").unwrap().id.as_str(), "soviets");
        for topic in [&gone, &into] {
            books.put(&Os, Some(&folders), topic, &mut Meanwhile::since(None)).unwrap();
        }
        assert_eq!(books.read(&Os, Some(&folders)).0, before);
    }
}
