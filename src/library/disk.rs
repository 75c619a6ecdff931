//! The steps that saving a file takes, behind a trait: so that a test can make each of them fail, as full and read-only
//! disks do.
//!
//! [`Os`] is the real disk. How the steps follow each other is in [`super::save`].

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustix::fs::{CWD, RenameFlags, renameat_with};

/// What is done to files that Diptych itself writes. Every method is one step that can fail by itself.
pub trait Disk: fmt::Debug + Send + Sync {
    /// The bytes of a file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The file that a path leads to, symbolic links followed.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf>;

    /// Makes a folder, and those it is in.
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// Writes a new file with a name of its own into `folder`, readable by its owner only.
    fn write_temp(&self, folder: &Path, bytes: &[u8]) -> io::Result<PathBuf>;

    /// The same, readable by whom the user's mask lets read new files.
    fn write_shared_temp(&self, folder: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
        self.write_temp(folder, bytes)
    }

    /// Gives `to` the permissions of `from`.
    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Waits until the contents of a file have reached the disk.
    fn sync_file(&self, path: &Path) -> io::Result<()>;

    /// Gives a file another name, in place of the file that had it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Gives a file another name, where no file has it: else [`io::ErrorKind::AlreadyExists`].
    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        if self.real_path(to).is_ok() { Err(io::ErrorKind::AlreadyExists.into()) } else { self.rename(from, to) }
    }

    /// Waits until the names in a folder have reached the disk.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;

    /// Deletes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Locks the file at `path`, which is made where there is none, until the answer is dropped.
    /// [`io::ErrorKind::WouldBlock`] where another process holds the lock.
    fn lock(&self, path: &Path) -> io::Result<Lock>;

    /// Locks a folder that is there, as [`Disk::lock`] does a file.
    fn lock_folder(&self, path: &Path) -> io::Result<Lock>;

    /// What is in a folder, in no particular order.
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>>;

    /// The first bytes of a file, `most` of them at most.
    fn read_beginning(&self, path: &Path, most: usize) -> io::Result<Vec<u8>>;

    /// Has two files change names, in one step.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
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
    /// Anything else: a folder, a pipe, a device.
    Other,
}

/// A lock that is held; dropping it gives it back.
#[derive(Debug)]
pub struct Lock(Option<File>);

impl Lock {
    /// A lock of nothing, for disks of tests.
    pub fn none() -> Self {
        Self(None)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file would do as well; a failure here leaves nothing that could be done.
        if let Some(file) = &self.0 {
            let _ = file.unlock();
        }
    }
}

/// What the names of unfinished files begin with.
const PREFIX: &str = ".diptych-";

fn kept(mut temp: tempfile::NamedTempFile, bytes: &[u8]) -> io::Result<PathBuf> {
    temp.write_all(bytes)?;
    let (_, path) = temp.keep().map_err(|e| e.error)?;
    Ok(path)
}

/// The real disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct Os;

impl Disk for Os {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn write_temp(&self, folder: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
        kept(tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder)?, bytes)
    }

    fn write_shared_temp(&self, folder: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
        let mode = fs::Permissions::from_mode(0o666);
        kept(tempfile::Builder::new().prefix(PREFIX).permissions(mode).tempfile_in(folder)?, bytes)
    }

    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::set_permissions(to, fs::metadata(from)?.permissions())
    }

    fn sync_file(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn rename_new(&self, from: &Path, to: &Path) -> io::Result<()> {
        // Unlike a look before a rename, this leaves no moment for another program in between.
        tempfile::TempPath::try_from_path(from)?.persist_noclobber(to).map_err(|e| {
            // Whoever asked takes the file away.
            let _ = e.path.keep();
            e.error
        })
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn lock(&self, path: &Path) -> io::Result<Lock> {
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(Some(file))),
            Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
            Err(TryLockError::Error(e)) => Err(e),
        }
    }

    fn lock_folder(&self, path: &Path) -> io::Result<Lock> {
        let folder = File::open(path)?;
        match folder.try_lock() {
            Ok(()) => Ok(Lock(Some(folder))),
            Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
            // Over a network only files that are open for writing can be locked.
            Err(TryLockError::Error(_)) => Err(io::ErrorKind::Unsupported.into()),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        fs::read_dir(folder)?.map(|entry| listed(&entry?)).collect()
    }

    fn read_beginning(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(most as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
            // Then in three steps, the first of which leaves the second name as it is.
            Err(e) if is_unknown(e) => {
                let aside = one.with_extension("aside");
                fs::hard_link(other, &aside)?;
                fs::rename(one, other)?;
                fs::rename(aside, one)
            }
            done => Ok(done?),
        }
    }
}

fn is_unknown(e: rustix::io::Errno) -> bool {
    matches!(e, rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP)
}

fn listed(entry: &fs::DirEntry) -> io::Result<Listed> {
    let kind = entry.file_type()?;
    // Of a link that leads nowhere, the link itself.
    let meta =
        if kind.is_symlink() { fs::metadata(entry.path()).or_else(|_| entry.metadata())? } else { entry.metadata()? };
    let kind = match (kind.is_symlink(), meta.is_file() || meta.is_symlink()) {
        (true, true) => ListedKind::Link,
        (false, true) => ListedKind::File,
        (_, false) => ListedKind::Other,
    };
    Ok(Listed {
        name: PathBuf::from(entry.file_name()),
        kind,
        length: meta.len(),
        modified: meta.modified().ok(),
        inode: meta.ino(),
    })
}
