//! Saving a file so that it is never lost: at any moment its name leads to the old contents or to the new, whole.
//!
//! The new contents are written beside the file, made to reach the disk, and only then given its name; at last the
//! folder is made to reach the disk. A symbolic link stays one, and the file keeps its permissions. (A rename without
//! the first step leaves an empty file after a power cut on common file systems.)

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::disk::Disk;
use super::said::{io_words, shown};

/// A file that could not be saved; what was there before is still there.
#[derive(Debug, Error)]
#[error("{}: cannot {doing} ({}); {}", shown(path), io_words(why), advice(why))]
pub struct SaveError {
    /// The file.
    pub path: PathBuf,
    /// What was being done: "make its folder", "write it".
    pub doing: &'static str,
    /// Why it failed.
    pub why: io::Error,
}

/// Puts `bytes` at `path`, whole or not at all. Makes its folder where there is none.
pub fn save(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let failed = |doing| move |why| SaveError { path: path.to_owned(), doing, why };
    let (target, is_new) = match disk.real_path(path) {
        Ok(real) => (real, false),
        Err(e) if e.kind() == io::ErrorKind::NotFound => (path.to_owned(), true),
        Err(e) => return Err(failed("follow its name")(e)),
    };
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if is_new {
        disk.create_folder(folder).map_err(failed("make its folder"))?;
    }
    let temp = disk.write_temp(folder, bytes).map_err(failed("write it"))?;
    let persisted = (|| {
        if !is_new {
            disk.copy_mode(&target, &temp).map_err(failed("keep its permissions"))?;
        }
        disk.sync_file(&temp).map_err(failed("write it"))?;
        disk.rename(&temp, &target).map_err(failed("put the new contents in its place"))
    })();
    if persisted.is_err() {
        // The disk may be so broken that this fails too; then a hidden file is left over, and nothing is lost.
        let _ = disk.remove(&temp);
    }
    persisted?;
    disk.sync_folder(folder).map_err(failed("be sure that it was written"))
}

/// Puts a new file for others to read at `path`, whole or not at all; in place of what has this name only if `replace`
/// says so, else [`io::ErrorKind::AlreadyExists`]. A symbolic link of this name is replaced, not followed.
pub fn publish(disk: &dyn Disk, path: &Path, bytes: &[u8], replace: bool) -> Result<(), SaveError> {
    let failed = |doing| move |why| SaveError { path: path.to_owned(), doing, why };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    disk.create_folder(folder).map_err(failed("make its folder"))?;
    let temp = disk.write_shared_temp(folder, bytes).map_err(failed("write it"))?;
    let named = (|| {
        disk.sync_file(&temp).map_err(failed("write it"))?;
        let name = if replace { disk.rename(&temp, path) } else { disk.rename_new(&temp, path) };
        name.map_err(failed("give it its name"))
    })();
    if named.is_err() {
        // As above.
        let _ = disk.remove(&temp);
    }
    named?;
    disk.sync_folder(folder).map_err(failed("be sure that it was written"))
}

/// What a reader can do about an error of the disk.
pub fn advice(e: &io::Error) -> &'static str {
    match e.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "make its folder writable",
        _ => "what was there before is unchanged",
    }
}
