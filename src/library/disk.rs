//! The steps that saving a file takes, behind a trait: so that a test can make each of them fail, as full and read-only
//! disks do.
//!
//! [`os::Os`] is the real disk, [`way`] how it finds what a [`Spot`] names. How the steps follow each other is in
//! [`super::save`].

pub(crate) mod apart;
pub(crate) mod os;
pub(crate) mod spot;
pub(crate) mod way;

use std::fmt;
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::time::SystemTime;

pub use self::os::Os;
pub use self::spot::Spot;

/// What a file will be that is written under a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfinished {
    /// The new contents of a file, or of one that is its owner's alone: nobody else may read it yet.
    Change,
    /// A new file of the library, for whom the user's mask lets read it.
    New,
    /// A new file anywhere, for them too; nobody's lock is held.
    Export,
}

/// What is done to files that Diptych itself keeps. Every method is one step that can fail by itself.
pub trait Disk: fmt::Debug + Send + Sync {
    /// The bytes of a file that has at most `most`: [`io::ErrorKind::FileTooLarge`] where it has more, and an error at
    /// once where it is a pipe, a device or a folder.
    fn read(&self, file: &Spot, most: u64) -> io::Result<Vec<u8>>;

    /// What is there, symbolic links followed.
    fn real(&self, spot: &Spot) -> io::Result<Spot>;

    /// Where the links end that lead on from here; nothing need be there.
    fn end(&self, spot: &Spot) -> io::Result<Spot> {
        match self.real(spot) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(spot.clone()),
            found => found,
        }
    }

    /// Makes a folder, and those it is in.
    fn create_folder(&self, folder: &Spot) -> io::Result<()>;

    /// Writes a new file with a name of its own into `folder`.
    fn write_temp(&self, folder: &Spot, bytes: &[u8], what: Unfinished) -> io::Result<Spot>;

    /// Gives `to` the permissions of `from`.
    fn copy_mode(&self, from: &Spot, to: &Spot) -> io::Result<()>;

    /// Whether a file may be replaced by one with other contents: an error where it is there and read-only. The system
    /// itself only asks whether its folder is.
    fn may_replace(&self, _file: &Spot) -> io::Result<()> {
        Ok(())
    }

    /// Waits until the contents of a file have reached the disk.
    fn sync_file(&self, file: &Spot) -> io::Result<()>;

    /// Gives a file another name, in place of the file or the link that had it.
    fn rename(&self, from: &Spot, to: &Spot) -> io::Result<()>;

    /// Gives a file another name, where nothing has it: else [`io::ErrorKind::AlreadyExists`].
    fn rename_new(&self, from: &Spot, to: &Spot) -> io::Result<()> {
        if self.real(to).is_ok() { Err(io::ErrorKind::AlreadyExists.into()) } else { self.rename(from, to) }
    }

    /// Waits until the names in a folder have reached the disk.
    fn sync_folder(&self, folder: &Spot) -> io::Result<()>;

    /// Deletes a file, or a link.
    fn remove(&self, file: &Spot) -> io::Result<()>;

    /// Locks a file, which is made where there is none, until the answer is dropped.
    /// [`io::ErrorKind::WouldBlock`] where another process holds the lock.
    fn lock(&self, file: &Spot) -> io::Result<Lock>;

    /// Locks a folder that is there, as [`Disk::lock`] does a file; [`io::ErrorKind::Unsupported`] where this disk
    /// knows no locks.
    fn lock_folder(&self, folder: &Spot) -> io::Result<Lock>;

    /// Makes a file where nothing has its name, in the one step that every disk knows, and takes it away when the answer
    /// is dropped: a lock for disks that know none. [`io::ErrorKind::WouldBlock`] where the file is there.
    fn claim(&self, _file: &Spot) -> io::Result<Lock> {
        Err(io::ErrorKind::Unsupported.into())
    }

    /// What is in a folder, in no particular order.
    fn list(&self, folder: &Spot) -> io::Result<Vec<Listed>>;

    /// The first bytes of a file, `most` of them at most.
    fn read_beginning(&self, file: &Spot, most: usize) -> io::Result<Vec<u8>>;

    /// Has two files change names, in one step; [`io::ErrorKind::Unsupported`] where this disk cannot.
    fn exchange(&self, one: &Spot, other: &Spot) -> io::Result<()>;
}

/// Something in a folder. Two that are equal were read at the same state of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: PathBuf,
    /// What it is.
    pub kind: ListedKind,
    /// Bytes of the file, or of the one that the link leads to.
    pub length: u64,
    /// When its contents were last changed.
    pub modified: Option<SystemTime>,
    /// Number of the file on its disk.
    pub inode: u64,
}

/// What is in a folder under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListedKind {
    /// A file.
    File,
    /// A symbolic link to a file, or to nothing.
    Link,
    /// A symbolic link that leads out of the library.
    Leaving,
    /// Anything else: a folder, a pipe, a device.
    Other,
}

/// A lock that is held; dropping it gives it back.
#[derive(Debug)]
pub struct Lock(Held);

#[derive(Debug)]
enum Held {
    Nothing,
    Locked(File),
    Claimed(os::Claimed),
}

impl Lock {
    /// A lock of nothing, for disks of tests.
    pub fn none() -> Self {
        Self(Held::Nothing)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        match &self.0 {
            Held::Nothing => {}
            // Closing the file would do as well; a failure here leaves nothing that could be done.
            Held::Locked(file) => drop(file.unlock()),
            Held::Claimed(claimed) => claimed.give_back(),
        }
    }
}
