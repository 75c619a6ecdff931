//! The topics in use: those of the libraries that the open texts belong to.
//!
//! The codebook holds the topics of all of their homes, in the order in which they came; where there is none but loose
//! texts, the embedded topics are used. What the reader accepts goes into the topics.toml of the first library, or where that
//! cannot be written, into an overlay in the data folder.

use std::path::PathBuf;
use std::sync::Arc;

use super::disk::Disk;
use super::embedded;
use super::folders::Folders;
use super::home::Home;
use super::topics::{self, EditError, FaultIn};
use crate::topic::codebook::{Codebook, Topic};

/// The homes of the texts that were opened, and what was accepted where.
#[derive(Debug, Default)]
pub struct Codebooks {
    homes: Vec<Home>,
    /// Faults that were told already.
    told: Vec<FaultIn>,
    last: Arc<Codebook>,
}

impl Codebooks {
    /// Whether no text has topics of its own, so that the embedded ones are used.
    pub fn borrows(&self) -> bool {
        self.homes.iter().all(|h| matches!(h, Home::Loose(_) | Home::Across))
    }

    /// The homes, in the order in which they came.
    pub fn homes(&self) -> &[Home] {
        &self.homes
    }

    /// Adds a home; says whether it is new.
    pub fn join(&mut self, home: Home) -> bool {
        let new = !self.homes.contains(&home);
        if new {
            self.homes.push(home);
        }
        new
    }

    /// The topics as they were last read.
    pub fn last(&self) -> Arc<Codebook> {
        Arc::clone(&self.last)
    }

    /// The topics files there are or may come to be, to be watched for changes.
    pub fn files(&self, folders: Option<&Folders>) -> Vec<PathBuf> {
        let own = self.homes.iter().filter_map(|home| match home {
            Home::Library(folder) => Some(folder.join(topics::NAME)),
            Home::Embedded | Home::Loose(_) | Home::Across => None,
        });
        let overlays = self.homes.iter().filter_map(|home| overlay(folders, home));
        own.chain(overlays).collect()
    }

    /// Reads all topics, and the faults that were not told before.
    pub fn read(&mut self, disk: &dyn Disk, folders: Option<&Folders>) -> (Arc<Codebook>, Vec<FaultIn>) {
        let mut books = Vec::new();
        let mut faults = Vec::new();
        let mut take = |(book, found): (Codebook, Vec<FaultIn>)| {
            books.push(book);
            faults.extend(found);
        };
        for home in &self.homes {
            match home {
                Home::Library(folder) => take(topics::read(disk, &folder.join(topics::NAME))),
                Home::Embedded => take((Codebook::parse(embedded::TOPICS).0, Vec::new())),
                Home::Loose(_) | Home::Across => {}
            }
        }
        if self.borrows() {
            take((Codebook::parse(embedded::TOPICS).0, Vec::new()));
        }
        for file in self.homes.iter().filter_map(|home| overlay(folders, home)) {
            take(topics::read(disk, &file));
        }
        let all = books.iter().flat_map(Codebook::topics).map(|t| Topic::clone(t));
        let new: Vec<FaultIn> = faults.into_iter().filter(|f| !self.told.contains(f)).collect();
        self.told.extend(new.iter().cloned());
        let sets = books.iter().flat_map(Codebook::sets).cloned();
        self.last = Arc::new(Codebook::new(all).with_sets(sets));
        (self.last(), new)
    }

    /// Writes an accepted topic. Says into which file.
    pub fn add(&self, disk: &dyn Disk, folders: Option<&Folders>, topic: &Topic) -> Result<PathBuf, EditError> {
        let library = self.homes.iter().find_map(|home| match home {
            Home::Library(folder) => Some(folder.join(topics::NAME)),
            Home::Embedded | Home::Loose(_) | Home::Across => None,
        });
        let kept_aside = self.homes.first().and_then(|home| overlay(folders, home));
        match (library, kept_aside) {
            (Some(file), overlay) => match (topics::add(disk, &file, topic), overlay) {
                (Ok(()), _) => Ok(file),
                // A library on a read-only disk, or somebody else's.
                (Err(EditError::Save(_)), Some(overlay)) => topics::add(disk, &overlay, topic).map(|()| overlay),
                (Err(e), _) => Err(e),
            },
            (None, Some(overlay)) => topics::add(disk, &overlay, topic).map(|()| overlay),
            (None, None) => Err(EditError::NoFolder),
        }
    }

    /// Takes the topic of this id out of the files that have it.
    pub fn remove(&self, disk: &dyn Disk, folders: Option<&Folders>, id: &str) -> Result<(), EditError> {
        let mut having = self.files(folders).into_iter().filter(|file| topics::has(disk, file, id));
        having.try_for_each(|file| topics::remove(disk, &file, id))
    }
}

fn overlay(folders: Option<&Folders>, home: &Home) -> Option<PathBuf> {
    Some(folders?.of_library(&home.key()).join(topics::NAME))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

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
        assert!(matches!(loose, Home::Loose(_)));
        assert!(books.join(loose));
        let (borrowed, _) = books.read(&Os, None);
        assert!(books.borrows() && borrowed.get("soviets").is_some());
        for home in [library(dir.path(), "b", &["x", "y"]), library(dir.path(), "a", &["y", "z"])] {
            assert!(books.join(home.clone()) && !books.join(home));
        }
        assert_eq!(ids(&books.read(&Os, None).0), ["x", "y", "z"]);
        assert!(!books.borrows());
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
            assert_eq!(books.add(&Os, Some(&folders), &topic).unwrap(), expected);
            assert_eq!(books.read(&Os, Some(&folders)).0.topics().len(), before.topics().len() + 1);
            books.remove(&Os, Some(&folders), "new").unwrap();
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
}
