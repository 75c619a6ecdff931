//! `diptych merge`: notes, links, the tours and the topics of several people's folders put together in one.
//!
//! A folder is read as its reader reads it: texts, topics.toml, links.toml, tour.toml and notes. Texts are matched by
//! what they say, then by what they are called; what was made for them goes along under the names that they get. What
//! is there already takes part and is never written over; what a merge that was broken off has left undone, the next one
//! does. Folders are taken in an order of their own, each once, so that neither order nor repetition matters.

mod making;
mod naming;
mod placing;
mod reading;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use thiserror::Error;

use self::making::Making;
use self::naming::Naming;
use self::reading::{Source, advice_on_names, refuse_namesakes};
use super::Library;
use super::disk::Spot;
use super::error::LoadError;
use super::home::Home;
use super::said::{io_words, shown};
use super::save::{SaveError, publish};
use super::topics::EditError;
use super::walk::NOTES;
use super::{links, topics, tours};
use crate::text::clean::Clean;
use crate::word::counted::counted;

/// A folder of somebody's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Where it is.
    pub path: PathBuf,
    /// Whose it is, where that is said: what has no name in it, or is all under one and the same, is theirs.
    pub whose: Option<String>,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Merged {
    /// What was done and what should be known of it, a line each.
    pub told: Vec<Clean>,
    /// What could not be read, and is therefore missing.
    pub faults: Vec<Clean>,
}

/// Why nothing was put together.
#[derive(Debug, Error)]
pub enum MergeError {
    /// A folder is not there.
    #[error("{}: cannot be read ({why}); name a folder", shown(path))]
    NoFolder {
        /// Which.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// Two names were given for one folder.
    #[error("{}: is given twice, as {one}'s and as {other}'s; name it once", shown(path))]
    TwoNames {
        /// Which.
        path: PathBuf,
        /// The first name.
        one: String,
        /// The second.
        other: String,
    },
    /// One name is in two folders, and may be two people's.
    #[error(
        "“{name}” made things in {} and others in {}: {}; nothing was written",
        shown(one),
        shown(other),
        advice_on_names(name, one, other, target)
    )]
    Namesakes {
        /// The name.
        name: Clean,
        /// The first folder.
        one: PathBuf,
        /// The other.
        other: PathBuf,
        /// The folder in which all is put together.
        target: PathBuf,
    },
    /// What is to be added to cannot be read.
    #[error("{0}; mend it first, nothing was written")]
    Broken(Clean),
    /// The disk.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// A file of what was made.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// A text.
    #[error("{}", .0.line())]
    Load(#[from] LoadError),
}

impl Library {
    /// Puts what is in these folders together in `to`, which is made where it is not there.
    pub fn merge(&self, folders: &[Folder], to: &Path) -> Result<Merged, MergeError> {
        let mut done = Merged::default();
        let is_new = !to.exists();
        let to = self.folder_to_merge_into(to)?;
        let given = once(folders)?;
        let others: Vec<&Path> = given.iter().map(|folder| folder.path.as_path()).chain([to.as_path()]).collect();
        let there = self.source(&Folder { path: to.clone(), whose: None }, &others, &mut Vec::new());
        let mut sources = Vec::new();
        for folder in given.iter().filter(|folder| folder.path != to) {
            let mut source = self.source(folder, &others, &mut done.faults);
            // Not so of the target: only what is copied is there.
            source.take_bundled();
            sources.push(source);
        }
        reading::label(&mut sources);
        let refused = refuse_namesakes(&there, &sources).and_then(|()| self.refuse_broken(&to));
        if refused.is_err() && is_new {
            // Nothing is in it.
            let _ = std::fs::remove_dir(&to);
        }
        refused?;
        let _turn = self.turn(&Home::Library(to.clone()))?;
        let naming = Naming::of(self, &there, &sources);
        self.copy_texts(&naming, &sources, &to, &mut done)?;
        let topics = self.unite_topics(&there, &sources, &to, &mut done)?;
        let making = Making { disk: &*self.disk, sources: &sources, naming: &naming, topics: &topics, to: &to };
        making.links(&mut done)?;
        making.tours(&mut done)?;
        making.notes(&mut done)?;
        if done.told.is_empty() {
            done.told.push(Clean::line("nothing is new: all of it is there"));
        }
        done.told.extend(naming.told());
        done.told.extend(reading::told_of_unnamed(&there, &sources));
        Ok(done)
    }

    /// The folder, with no link in its name, so that nothing on the way to what is in it is followed out of it.
    fn folder_to_merge_into(&self, to: &Path) -> Result<PathBuf, MergeError> {
        let refused = |e: std::io::Error| MergeError::NoFolder { path: to.to_owned(), why: io_words(&e) };
        match to.canonicalize() {
            Ok(real) if real.is_dir() => Ok(real),
            Ok(_) => Err(refused(std::io::ErrorKind::NotADirectory.into())),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let spot = Spot::own(to);
                self.disk.create_folder(&spot).map_err(SaveError::of(&spot, "make the folder"))?;
                to.canonicalize().map_err(refused)
            }
            Err(e) => Err(refused(e)),
        }
    }

    /// What is to be added to must be whole, before anything is written.
    fn refuse_broken(&self, to: &Path) -> Result<(), MergeError> {
        let at = |name: &str| Spot::within(to, name);
        let faults = [
            topics::read(&*self.disk, &at(topics::NAME)).1,
            links::read(&*self.disk, &at(links::NAME)).1,
            tours::read(&*self.disk, &at(tours::NAME)).1,
        ];
        for (fault, name) in faults.iter().zip([topics::NAME, links::NAME, tours::NAME]) {
            let bytes = self.disk.read(&at(name), super::save::LONGEST).unwrap_or_default();
            let is_toml = std::str::from_utf8(&bytes).is_ok_and(|s| s.parse::<toml_edit::DocumentMut>().is_ok());
            if let Some(fault) = fault.first().filter(|_| !is_toml || bytes.is_empty()) {
                return Err(MergeError::Broken(self.at_home(fault)));
            }
        }
        Ok(())
    }

    /// Copies the texts that are not there.
    fn copy_texts(
        &self,
        naming: &Naming<'_>,
        sources: &[Source],
        to: &Path,
        done: &mut Merged,
    ) -> Result<(), MergeError> {
        let mut copied = 0;
        for (from, below, placed) in naming.to_copy() {
            let source = &sources[from];
            let Some(bytes) = source.bytes_of(&*self.disk, &below) else {
                done.faults.push(self.at_home(&format!("{}: cannot be read", shown(&source.folder.join(&below)))));
                continue;
            };
            let file = Spot::within(to, placed);
            match publish(&*self.disk, &file, &bytes, false) {
                // Whoever was faster has the name; the next merge finds another one.
                Err(e) if e.why.kind() == std::io::ErrorKind::AlreadyExists => {
                    done.faults.push(self.at_home(&format!("{}: came meanwhile; merge again", shown(file.path()))));
                }
                written => {
                    written?;
                    copied += 1;
                }
            }
        }
        if copied > 0 {
            done.told.push(Clean::line(&format!("{} copied", counted(copied, "text"))));
        }
        Ok(())
    }
}

/// Each folder once, in an order that does not depend on the one in which they were given.
fn once(folders: &[Folder]) -> Result<Vec<Folder>, MergeError> {
    let mut all: Vec<Folder> = Vec::new();
    for folder in folders {
        let refused = |e: std::io::Error| MergeError::NoFolder { path: folder.path.clone(), why: io_words(&e) };
        let path = folder.path.canonicalize().map_err(refused)?;
        if !path.is_dir() {
            return Err(refused(std::io::ErrorKind::NotADirectory.into()));
        }
        std::fs::read_dir(&path).map_err(refused)?;
        match all.iter_mut().find(|known| known.path == path) {
            Some(known) => match (&known.whose, &folder.whose) {
                (Some(one), Some(other)) if one != other => {
                    let (one, other) = (one.clone(), other.clone());
                    return Err(MergeError::TwoNames { path, one, other });
                }
                (None, Some(_)) => known.whose.clone_from(&folder.whose),
                _ => {}
            },
            None => all.push(Folder { path, whose: folder.whose.clone() }),
        }
    }
    all.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(all)
}

/// The names of folders that have something, in one line.
fn named(sources: &[Source], folders: &BTreeSet<usize>) -> String {
    folders.iter().filter_map(|nth| sources.get(*nth)).map(|s| s.label.as_str()).collect::<Vec<_>>().join(", ")
}

/// Where the notes of a folder are.
fn notes_folder(to: &Path) -> Spot {
    Spot::within(to, NOTES)
}
