//! Writing notes so that none is ever lost, whoever else writes beside us.
//!
//! A new note takes a name that nothing has, and takes it in one step that fails where something has it by then. A
//! change is made under a lock of the folder, and only to the file as it was read: the new contents and the old change
//! places in one step, and what came out is looked at. If another program has written meanwhile, its file goes back to
//! its place, and ours gets a name of its own: both are kept, and the reader is told.
//!
//! Nothing is called saved before the file and its folder have reached the disk.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use crate::library::disk::{Disk, Lock};
use crate::library::said::{io_words, shown};
use crate::library::save::{SaveError, advice};
use crate::note::name;

/// Why a note was not kept.
#[derive(Debug, Error)]
pub enum KeepError {
    /// The disk does not do it. Why comes first: in the reader, a line is short.
    #[error("not saved: {} (cannot {}: {}); {}", io_words(&.0.why), .0.doing, shown(&.0.path), advice(&.0.why))]
    Save(#[from] SaveError),
    /// There is nowhere to keep it.
    #[error("not saved: there is no folder to keep notes in; set HOME, or put a topics.toml beside the texts")]
    NoFolder,
    /// It was to be changed, and cannot be read.
    #[error("{}: cannot be read ({}); {}", shown(path), io_words(why), advice(why))]
    Unread {
        /// The file.
        path: PathBuf,
        /// Why.
        why: io::Error,
    },
}

impl KeepError {
    /// Whether another folder might do.
    fn is_of_place(&self) -> bool {
        let Self::Save(SaveError { why, .. }) = self else { return false };
        matches!(why.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
    }
}

/// How often a name is tried with another number before it is given up.
const NAMES: u32 = 10_000;

/// Writes a new note into the first of `folders` that can be written to. `stem` gives the name for the first try, the
/// second and so on; `source` the contents under a name.
pub fn make(
    disk: &dyn Disk,
    folders: &[PathBuf],
    stem: &dyn Fn(u32) -> String,
    source: &dyn Fn(&str) -> String,
) -> Result<(PathBuf, String), KeepError> {
    let mut refused = KeepError::NoFolder;
    for folder in folders {
        match make_in(disk, folder, stem, source) {
            Err(e) if e.is_of_place() => refused = e,
            done => return done,
        }
    }
    Err(refused)
}

fn make_in(
    disk: &dyn Disk,
    folder: &Path,
    stem: &dyn Fn(u32) -> String,
    source: &dyn Fn(&str) -> String,
) -> Result<(PathBuf, String), KeepError> {
    make_folder(disk, folder)?;
    let mut taken = io::Error::from(io::ErrorKind::AlreadyExists);
    for nth in 1..=NAMES {
        let stem = stem(nth);
        let path = folder.join(format!("{stem}.{}", name::ENDING));
        if disk.real_path(&path).is_ok() {
            continue;
        }
        let source = source(&stem);
        match claim(disk, &path, source.as_bytes()) {
            Ok(()) => return Ok((path, source)),
            Err(e) if e.why.kind() == io::ErrorKind::AlreadyExists => taken = e.why,
            Err(e) => return Err(e.into()),
        }
    }
    Err(SaveError { path: folder.to_owned(), doing: "find a free name in it", why: taken }.into())
}

/// Puts a new file at `path`, whole or not at all; [`io::ErrorKind::AlreadyExists`] where something is there.
pub fn claim(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let failed = |doing| move |why| SaveError { path: path.to_owned(), doing, why };
    let folder = folder_of(path);
    let temp = disk.write_shared_temp(folder, bytes).map_err(failed("write it"))?;
    let claimed = (|| {
        disk.sync_file(&temp).map_err(failed("write it"))?;
        disk.rename_new(&temp, path).map_err(failed("give it its name"))
    })();
    if claimed.is_err() {
        // What cannot be tidied up is a hidden file; nothing is lost by it.
        let _ = disk.remove(&temp);
    }
    claimed?;
    let sure = disk.sync_folder(folder).map_err(failed("be sure that it was written"));
    if sure.is_err() {
        // As long as it is not sure, it is not there: trying again must not make a second one.
        let _ = disk.remove(path);
    }
    sure
}

/// Makes a folder and those it is in, so that they are still there after a power cut.
fn make_folder(disk: &dyn Disk, folder: &Path) -> Result<(), SaveError> {
    let failed = |doing| move |why| SaveError { path: folder.to_owned(), doing, why };
    let missing: Vec<&Path> = folder.ancestors().take_while(|f| disk.real_path(f).is_err()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    disk.create_folder(folder).map_err(failed("make the folder"))?;
    for new in missing.into_iter().rev() {
        disk.sync_folder(folder_of(new)).map_err(failed("be sure that the folder was made"))?;
    }
    Ok(())
}

/// What came of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The file has the new contents.
    Done,
    /// Another program has written the file since it was read: it is as that program left it.
    Collided,
}

/// Gives the file at `path`, whose bytes had the hash `expected`, the new contents `wanted`; or takes it away.
pub fn change(disk: &dyn Disk, path: &Path, expected: u64, wanted: Option<&[u8]>) -> Result<Outcome, KeepError> {
    let failed = |doing| move |why| SaveError { path: path.to_owned(), doing, why };
    let folder = folder_of(path);
    let _lock = lock(disk, folder).map_err(failed("lock its folder"))?;
    let now = match disk.read(path) {
        Ok(bytes) => Some(xxh3_64(&bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(why) => return Err(KeepError::Unread { path: path.to_owned(), why }),
    };
    let sure = || disk.sync_folder(folder).map_err(failed("be sure that it was written"));
    match (now, wanted) {
        // It was done before, and only the last step is missing.
        (None, None) => sure()?,
        (Some(now), Some(wanted)) if now == xxh3_64(wanted) => sure()?,
        (Some(now), None) if now == expected => {
            disk.remove(path).map_err(failed("delete it"))?;
            sure()?;
        }
        (Some(now), Some(wanted)) if now == expected => return swap(disk, path, expected, wanted),
        _ => return Ok(Outcome::Collided),
    }
    Ok(Outcome::Done)
}

fn swap(disk: &dyn Disk, path: &Path, expected: u64, wanted: &[u8]) -> Result<Outcome, KeepError> {
    let failed = |doing| move |why| SaveError { path: path.to_owned(), doing, why };
    let folder = folder_of(path);
    let temp = disk.write_temp(folder, wanted).map_err(failed("write it"))?;
    let swapped = (|| {
        disk.copy_mode(path, &temp).map_err(failed("keep its permissions"))?;
        disk.sync_file(&temp).map_err(failed("write it"))?;
        disk.exchange(&temp, path).map_err(failed("put the new contents in its place"))
    })();
    if let Err(e) = swapped {
        let _ = disk.remove(&temp);
        return Err(e.into());
    }
    // Under `temp` is now what was at `path` a moment ago: what was read, unless another program was faster.
    let theirs = disk.read(&temp).map(|bytes| xxh3_64(&bytes) != expected);
    if theirs.unwrap_or(true) {
        disk.exchange(&temp, path).map_err(failed("put back what another program has written"))?;
        let _ = disk.remove(&temp);
        return Ok(Outcome::Collided);
    }
    let sure = disk.sync_folder(folder).map_err(failed("be sure that it was written"));
    let _ = disk.remove(&temp);
    sure?;
    Ok(Outcome::Done)
}

/// How long to wait for another Diptych that is changing a note, in milliseconds.
const WAITS: [u64; 8] = [5, 10, 20, 40, 80, 160, 320, 640];

fn lock(disk: &dyn Disk, folder: &Path) -> io::Result<Lock> {
    for wait in WAITS {
        match disk.lock_folder(folder) {
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(wait)),
            // Some network disks know no locks: the exchange still tells who was faster.
            Err(e) if e.kind() == io::ErrorKind::Unsupported => return Ok(Lock::none()),
            answer => return answer,
        }
    }
    disk.lock_folder(folder)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
