//! A disk on which only some folders are written to: for a session that follows another one, whose files are the leader's.
//!
//! Everywhere else it refuses as a disk that is read-only does, and says why; what is made goes where it goes then. What the
//! reader exports goes where he or she says.

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use thiserror::Error;

use super::{Disk, Listed, Lock, Spot, Unfinished};

/// A place that is not one's own.
#[derive(Debug, Error)]
#[error("who follows writes nothing there")]
struct NotOwn;

/// Whether an error says that a session that follows another does not write there.
pub(crate) fn is_not_own(e: &io::Error) -> bool {
    e.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<NotOwn>)
}

/// The disk beneath, and the folders that are written to.
#[derive(Debug)]
pub(crate) struct Apart {
    beneath: Arc<dyn Disk>,
    own: Vec<PathBuf>,
    /// Exports that have not their names yet.
    exports: Mutex<HashSet<PathBuf>>,
}

impl Apart {
    /// Writes to these folders, and to those below them.
    pub(crate) fn new(beneath: Arc<dyn Disk>, own: Vec<PathBuf>) -> Self {
        Self { beneath, own, exports: Mutex::default() }
    }

    fn may_write(&self, spot: &Spot) -> io::Result<()> {
        let is_own = self.own.iter().any(|own| spot.path().starts_with(own)) || self.is_export(spot);
        if is_own { Ok(()) } else { Err(io::Error::new(io::ErrorKind::ReadOnlyFilesystem, NotOwn)) }
    }

    fn is_export(&self, spot: &Spot) -> bool {
        self.exports.lock().unwrap_or_else(PoisonError::into_inner).contains(spot.path())
    }
}

impl Disk for Apart {
    fn read(&self, file: &Spot, most: u64) -> io::Result<Vec<u8>> {
        self.beneath.read(file, most)
    }

    fn real(&self, spot: &Spot) -> io::Result<Spot> {
        self.beneath.real(spot)
    }

    fn end(&self, spot: &Spot) -> io::Result<Spot> {
        self.beneath.end(spot)
    }

    fn may_replace(&self, file: &Spot) -> io::Result<()> {
        self.beneath.may_replace(file)
    }

    fn create_folder(&self, folder: &Spot) -> io::Result<()> {
        // Where it is there already nothing is written.
        if self.may_write(folder).is_err() && self.beneath.real(folder).is_ok() {
            return Ok(());
        }
        self.may_write(folder)?;
        self.beneath.create_folder(folder)
    }

    fn write_temp(&self, folder: &Spot, bytes: &[u8], what: Unfinished) -> io::Result<Spot> {
        if what != Unfinished::Export {
            self.may_write(folder)?;
        }
        let written = self.beneath.write_temp(folder, bytes, what)?;
        if what == Unfinished::Export {
            self.exports.lock().unwrap_or_else(PoisonError::into_inner).insert(written.path().to_owned());
        }
        Ok(written)
    }

    fn copy_mode(&self, from: &Spot, to: &Spot) -> io::Result<()> {
        self.may_write(to)?;
        self.beneath.copy_mode(from, to)
    }

    fn sync_file(&self, file: &Spot) -> io::Result<()> {
        self.beneath.sync_file(file)
    }

    fn rename(&self, from: &Spot, to: &Spot) -> io::Result<()> {
        if !self.is_export(from) {
            self.may_write(from)?;
            self.may_write(to)?;
        }
        self.beneath.rename(from, to)
    }

    fn rename_new(&self, from: &Spot, to: &Spot) -> io::Result<()> {
        if !self.is_export(from) {
            self.may_write(from)?;
            self.may_write(to)?;
        }
        self.beneath.rename_new(from, to)
    }

    fn sync_folder(&self, folder: &Spot) -> io::Result<()> {
        self.beneath.sync_folder(folder)
    }

    fn remove(&self, file: &Spot) -> io::Result<()> {
        self.may_write(file)?;
        self.beneath.remove(file)
    }

    fn lock(&self, file: &Spot) -> io::Result<Lock> {
        self.may_write(file)?;
        self.beneath.lock(file)
    }

    fn lock_folder(&self, folder: &Spot) -> io::Result<Lock> {
        // Nothing is written there that others would have to wait for.
        if self.may_write(folder).is_err() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.beneath.lock_folder(folder)
    }

    fn claim(&self, file: &Spot) -> io::Result<Lock> {
        self.may_write(file)?;
        self.beneath.claim(file)
    }

    fn list(&self, folder: &Spot) -> io::Result<Vec<Listed>> {
        self.beneath.list(folder)
    }

    fn read_beginning(&self, file: &Spot, most: usize) -> io::Result<Vec<u8>> {
        self.beneath.read_beginning(file, most)
    }

    fn exchange(&self, one: &Spot, other: &Spot) -> io::Result<()> {
        self.may_write(one)?;
        self.may_write(other)?;
        self.beneath.exchange(one, other)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::library::disk::Os;
    use crate::library::save::{is_closed, save};

    #[test]
    fn what_is_not_ones_own_is_read_and_never_written() {
        let dir = tempfile::tempdir().unwrap();
        let (own, theirs) = (dir.path().join("own"), dir.path().join("theirs"));
        fs::create_dir(&theirs).unwrap();
        fs::write(theirs.join("links.toml"), "theirs").unwrap();
        let disk = Apart::new(Arc::new(Os), vec![own.clone()]);
        save(&disk, &Spot::own(own.join("links.toml")), b"own").unwrap();
        assert_eq!(fs::read(own.join("links.toml")).unwrap(), b"own");
        let spot = Spot::own(theirs.join("links.toml"));
        assert!(save(&disk, &spot, b"mine").is_err());
        for refused in [
            disk.remove(&spot),
            disk.rename(&Spot::own(own.join("links.toml")), &spot),
            disk.lock(&Spot::own(theirs.join(".lock"))).map(drop),
            disk.create_folder(&Spot::own(theirs.join("notes"))),
        ] {
            let refused = refused.unwrap_err();
            assert!(is_closed(&refused) && is_not_own(&refused));
        }
        assert_eq!(disk.read(&spot, 100).unwrap(), b"theirs");
        assert_eq!(fs::read_dir(&theirs).unwrap().count(), 1);
        // What is exported goes where one says.
        let export = disk.write_temp(&Spot::own(&theirs), b"a handout", Unfinished::Export).unwrap();
        disk.rename_new(&export, &Spot::own(theirs.join("handout.md"))).unwrap();
    }
}
