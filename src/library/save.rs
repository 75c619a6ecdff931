//! Saving a file so that it is never lost: at any moment its name leads to the old contents or to the new, whole.
//!
//! The new contents are written beside the file, made to reach the disk, and only then given its name; at last the
//! folder is made to reach the disk. A symbolic link stays one, and the file keeps its permissions. (A rename without
//! the first step leaves an empty file after a power cut on common file systems.)
//!
//! Others may write the same file. So what is changed is what was read ([`revise`]): the new contents and the old change
//! places in one step, and what came out is looked at. If another program has written meanwhile, its file goes back to its
//! place, and the change is made to that. On disks that cannot do this in one step, the file is looked at once more
//! before it is replaced.
//!
//! A process that is killed on the way leaves a hidden file, which [`sweep`] takes away; what another program wrote in
//! that very moment is in it, and gets a name instead.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use super::disk::apart::is_not_own;
use super::disk::os::{EXPORT, UNFINISHED, is_no_file, is_read_only_file};
use super::disk::way::leaves;
use super::disk::{Disk, Listed, ListedKind, Spot, Unfinished};
use super::said::{io_words, shown};

/// What a file that is kept beside the texts may have: more than a person writes in years.
pub const LONGEST: u64 = 16 << 20;

/// How often a change is made anew to what another program has written meanwhile.
const ROUNDS: usize = 20;

/// What the names of files begin with that are changing places with another.
const CHANGING: &str = "swap";

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

impl SaveError {
    /// For `map_err`: that this could not be done to a file.
    pub fn of(file: &Spot, doing: &'static str) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = file.path().to_owned();
        move |why| Self { path, doing, why }
    }

    /// Whether the place is closed, and another one might do.
    pub(super) fn is_of_place(&self) -> bool {
        is_closed(&self.why)
    }
}

/// Whether an error says that this place is not to be written to at all, now or later: that it is somebody else's, on a
/// disk that is read-only, that a link leads out of the library there, or that something is there which is no file.
pub fn is_closed(e: &io::Error) -> bool {
    use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    matches!(e.kind(), PermissionDenied | ReadOnlyFilesystem) || leaves(e) || is_no_file(e)
}

/// Puts `bytes` at `file`, which is this program's alone, whole or not at all. Makes its folder where there is none.
pub fn save(disk: &dyn Disk, file: &Spot, bytes: &[u8]) -> Result<(), SaveError> {
    let (target, is_new) = match disk.real(file) {
        Ok(real) => (real, false),
        Err(e) if e.kind() == io::ErrorKind::NotFound => (disk.end(file).unwrap_or_else(|_| file.clone()), true),
        Err(e) => return Err(SaveError::of(file, "follow its name")(e)),
    };
    let folder = target.folder();
    if is_new {
        disk.create_folder(&folder).map_err(SaveError::of(file, "make its folder"))?;
    } else {
        disk.may_replace(&target).map_err(SaveError::of(file, "write it"))?;
    }
    let temp = disk.write_temp(&folder, bytes, Unfinished::Change).map_err(SaveError::of(file, "write it"))?;
    let persisted = (|| {
        if !is_new {
            disk.copy_mode(&target, &temp).map_err(SaveError::of(file, "keep its permissions"))?;
        }
        disk.sync_file(&temp).map_err(SaveError::of(file, "write it"))?;
        disk.rename(&temp, &target).map_err(SaveError::of(file, "put the new contents in its place"))
    })();
    if persisted.is_err() {
        // The disk may be so broken that this fails too; then a hidden file is left over, and nothing is lost.
        let _ = disk.remove(&temp);
    }
    persisted?;
    disk.sync_folder(&folder).map_err(SaveError::of(file, "be sure that it was written"))
}

/// Puts a new file for others to read at `file`, whole or not at all; in place of what has this name only if `replace`
/// says so, else [`io::ErrorKind::AlreadyExists`]. A symbolic link of this name is replaced, not followed.
pub fn publish(disk: &dyn Disk, file: &Spot, bytes: &[u8], replace: bool) -> Result<(), SaveError> {
    let folder = file.folder();
    disk.create_folder(&folder).map_err(SaveError::of(file, "make its folder"))?;
    if replace {
        disk.may_replace(file).map_err(SaveError::of(file, "write it"))?;
    }
    let temp = disk.write_temp(&folder, bytes, Unfinished::Export).map_err(SaveError::of(file, "write it"))?;
    let named = (|| {
        disk.sync_file(&temp).map_err(SaveError::of(file, "write it"))?;
        let name = if replace { disk.rename(&temp, file) } else { disk.rename_new(&temp, file) };
        name.map_err(SaveError::of(file, "give it its name"))
    })();
    if named.is_err() {
        // As above.
        let _ = disk.remove(&temp);
    }
    named?;
    disk.sync_folder(&folder).map_err(SaveError::of(file, "be sure that it was written"))
}

/// What came of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The file has the new contents.
    Done,
    /// Another program has written the file since it was read: it is as that program left it.
    Collided,
}

/// What is to be in a file, of what is in it; `None` where that is to stay.
pub type Change<'a, E> = dyn FnMut(&[u8]) -> Result<Option<Vec<u8>>, E> + 'a;

/// Changes a file that others may be writing too. `change` gets what is in it, nothing where there is none, and answers
/// with what is to be in it, or with `None` where it is to stay; it is asked again where another program was faster.
/// The file is made where there is none, for whom the user's mask lets read it.
pub fn revise<E: From<SaveError>>(disk: &dyn Disk, file: &Spot, change: &mut Change<'_, E>) -> Result<(), E> {
    for _ in 0..ROUNDS {
        let file = disk.end(file).map_err(SaveError::of(file, "follow its name"))?;
        let before = match disk.read(&file, LONGEST) {
            Ok(bytes) => Some(bytes),
            Err(e) if is_missing(&e) => None,
            Err(e) => return Err(SaveError::of(&file, "read it")(e).into()),
        };
        let Some(wanted) = change(before.as_deref().unwrap_or_default())? else { return Ok(()) };
        let outcome = match before {
            Some(before) if before == wanted => return Ok(()),
            Some(before) => swap(disk, &file, xxh3_64(&before), &wanted)?,
            None => {
                make_folder(disk, &file.folder())?;
                match claim(disk, &file, &wanted) {
                    Err(e) if e.why.kind() == io::ErrorKind::AlreadyExists => Outcome::Collided,
                    done => done.map(|()| Outcome::Done)?,
                }
            }
        };
        if outcome == Outcome::Done {
            return Ok(());
        }
    }
    let why = io::Error::new(io::ErrorKind::ResourceBusy, "another program keeps writing it");
    Err(SaveError::of(file, "write it")(why).into())
}

/// The file as a string; empty where there is none.
pub fn source(disk: &dyn Disk, file: &Spot) -> io::Result<String> {
    match disk.read(file, LONGEST) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| no_utf8()),
        Err(e) if is_missing(&e) => Ok(String::new()),
        Err(e) => Err(e),
    }
}

/// Why a file that is not text is not read.
pub fn no_utf8() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8 text; save it as UTF-8")
}

/// Whether an error says that there is no such file.
pub fn is_missing(e: &io::Error) -> bool {
    matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Puts a new file in its place, whole or not at all; [`io::ErrorKind::AlreadyExists`] where something is there.
pub fn claim(disk: &dyn Disk, file: &Spot, bytes: &[u8]) -> Result<(), SaveError> {
    let folder = file.folder();
    let temp = disk.write_temp(&folder, bytes, Unfinished::New).map_err(SaveError::of(file, "write it"))?;
    let claimed = (|| {
        disk.sync_file(&temp).map_err(SaveError::of(file, "write it"))?;
        disk.rename_new(&temp, file).map_err(SaveError::of(file, "give it its name"))
    })();
    if claimed.is_err() {
        // What cannot be tidied up is a hidden file; nothing is lost by it.
        let _ = disk.remove(&temp);
    }
    claimed?;
    let sure = disk.sync_folder(&folder).map_err(SaveError::of(file, "be sure that it was written"));
    if sure.is_err() {
        // As long as it is not sure, it is not there: trying again must not make a second one.
        let _ = disk.remove(file);
    }
    sure
}

/// Makes a folder and those it is in, so that they are still there after a power cut.
pub(super) fn make_folder(disk: &dyn Disk, folder: &Spot) -> Result<(), SaveError> {
    let ancestors = folder.path().ancestors().map(|path| folder.at(path.to_owned()));
    let below = |f: &Spot| folder.bound().is_none_or(|bound| f.path().starts_with(bound));
    let missing = |f: &Spot| disk.real(f).is_err_and(|e| is_missing(&e));
    let missing: Vec<Spot> = ancestors.take_while(|f| below(f) && missing(f)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    disk.create_folder(folder).map_err(SaveError::of(folder, "make the folder"))?;
    for new in missing.into_iter().rev() {
        disk.sync_folder(&new.folder()).map_err(SaveError::of(folder, "be sure that the folder was made"))?;
    }
    Ok(())
}

/// Gives a file, whose bytes had the hash `expected`, the new contents `wanted`.
pub fn swap(disk: &dyn Disk, file: &Spot, expected: u64, wanted: &[u8]) -> Result<Outcome, SaveError> {
    let folder = file.folder();
    disk.may_replace(file).map_err(SaveError::of(file, "write it"))?;
    let temp = disk.write_temp(&folder, wanted, Unfinished::Change).map_err(SaveError::of(file, "write it"))?;
    let changing = changing(file, expected, xxh3_64(wanted), &temp);
    let prepared = (|| {
        disk.copy_mode(file, &temp).map_err(SaveError::of(file, "keep its permissions"))?;
        disk.sync_file(&temp).map_err(SaveError::of(file, "write it"))?;
        disk.rename(&temp, &changing).map_err(SaveError::of(file, "put the new contents in its place"))
    })();
    if let Err(e) = prepared {
        let _ = disk.remove(&temp);
        // Another program has taken it away.
        return if e.why.kind() == io::ErrorKind::NotFound { Ok(Outcome::Collided) } else { Err(e) };
    }
    match disk.exchange(&changing, file) {
        Ok(()) => exchanged(disk, file, &changing, expected, wanted),
        Err(e) if e.kind() == io::ErrorKind::Unsupported => replace_at_sight(disk, file, &changing, expected),
        Err(e) => {
            let _ = disk.remove(&changing);
            let is_same = || disk.read(file, LONGEST).is_ok_and(|bytes| xxh3_64(&bytes) == expected);
            // It may also be the new contents that are gone, swept up by another Diptych.
            if e.kind() == io::ErrorKind::NotFound && !is_same() {
                Ok(Outcome::Collided)
            } else {
                Err(SaveError::of(file, "put the new contents in its place")(e))
            }
        }
    }
}

/// Takes away a file whose bytes had the hash `expected`.
pub(super) fn take_away(disk: &dyn Disk, file: &Spot, expected: u64) -> Result<Outcome, SaveError> {
    disk.may_replace(file).map_err(SaveError::of(file, "delete it"))?;
    let changing = changing(file, expected, expected, file);
    match disk.rename(file, &changing) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Outcome::Collided),
        done => done.map_err(SaveError::of(file, "delete it"))?,
    }
    let read = disk.read(&changing, LONGEST);
    let is_as_read = read.as_ref().is_ok_and(|bytes| xxh3_64(bytes) == expected);
    if is_as_read {
        disk.remove(&changing).map_err(|why| {
            // It is there or it is not: nothing in between.
            let _ = disk.rename_new(&changing, file);
            SaveError::of(file, "delete it")(why)
        })?;
    } else if let Err(e) = disk.rename_new(&changing, file) {
        rescue(disk, &changing);
        return Err(SaveError::of(file, "put back what another program has written")(e));
    }
    if let Err(why) = read {
        // It is back, and nobody can say that it was changed.
        return Err(SaveError::of(file, "delete it")(why));
    }
    disk.sync_folder(&file.folder()).map_err(SaveError::of(file, "be sure that it was deleted"))?;
    Ok(if is_as_read { Outcome::Done } else { Outcome::Collided })
}

/// Looks at what was at `file` a moment ago, and is at `changing` now: what was read, unless another program was faster.
fn exchanged(
    disk: &dyn Disk,
    file: &Spot,
    changing: &Spot,
    expected: u64,
    wanted: &[u8],
) -> Result<Outcome, SaveError> {
    let hash_of = |file: &Spot| disk.read(file, LONGEST).map(|bytes| xxh3_64(&bytes));
    let folder = file.folder();
    let came_out = hash_of(changing);
    // Gone is what was read, too: another Diptych has swept it up, which gives all else a name.
    let is_as_read = came_out.as_ref().map_or_else(is_missing, |hash| *hash == expected);
    if is_as_read {
        let sure = disk.sync_folder(&folder).map_err(SaveError::of(file, "be sure that it was written"));
        let _ = disk.remove(changing);
        return sure.map(|()| Outcome::Done);
    }
    disk.exchange(changing, file).map_err(SaveError::of(file, "put back what another program has written"))?;
    match hash_of(changing) {
        Ok(hash) if hash == xxh3_64(wanted) => drop(disk.remove(changing)),
        // And once more, in this very moment.
        Ok(_) => drop(rescue(disk, changing)),
        // The next session sweeps up what it is.
        Err(_) => {}
    }
    let _ = disk.sync_folder(&folder);
    // What could not be looked at is back, and nobody can say that it was changed.
    came_out.map(|_| Outcome::Collided).map_err(SaveError::of(file, "look at what was there"))
}

/// Replaces a file on a disk that cannot exchange two, if it still is as it was read.
fn replace_at_sight(disk: &dyn Disk, file: &Spot, changing: &Spot, expected: u64) -> Result<Outcome, SaveError> {
    let is_as_read = disk.read(file, LONGEST).map(|bytes| xxh3_64(&bytes) == expected);
    if !is_as_read.as_ref().is_ok_and(|same| *same) {
        let _ = disk.remove(changing);
        return match is_as_read {
            Err(e) if !is_missing(&e) => Err(SaveError::of(file, "read it")(e)),
            _ => Ok(Outcome::Collided),
        };
    }
    if let Err(e) = disk.rename(changing, file) {
        let _ = disk.remove(changing);
        return Err(SaveError::of(file, "put the new contents in its place")(e));
    }
    disk.sync_folder(&file.folder()).map_err(SaveError::of(file, "be sure that it was written"))?;
    Ok(Outcome::Done)
}

/// What the new contents of a file are called while they change places with the old: it says of both what they are.
fn changing(file: &Spot, expected: u64, wanted: u64, temp: &Spot) -> Spot {
    let own = temp.name().to_string_lossy();
    let own = own.trim_start_matches(['.', '-']).trim_start_matches("diptych-");
    let name = file.name().to_string_lossy();
    file.folder().join(format!("{UNFINISHED}{CHANGING}-{expected:016x}-{wanted:016x}-{own}-{name}"))
}

/// What is older was left by a save that was killed, whoever holds a lock.
const OLD: Duration = Duration::from_hours(1);

/// Takes away what killed saves have left in a folder; where its lock is not held, only what is old. What another program
/// had written in that moment gets a name beside the file. Answers with these names.
pub fn sweep(disk: &dyn Disk, folder: &Spot, is_locked: bool) -> Vec<Spot> {
    let Ok(all) = disk.list(folder) else { return Vec::new() };
    let is_old = |left: &Listed| left.modified.and_then(|at| at.elapsed().ok()).is_some_and(|age| age > OLD);
    let mut rescued = Vec::new();
    for left in all.iter().filter(|l| l.kind == ListedKind::File) {
        let Some(rest) = left.name.to_str().and_then(|name| name.strip_prefix(UNFINISHED)) else { continue };
        if !is_old(left) && (!is_locked || rest.starts_with(EXPORT)) {
            continue;
        }
        let left = folder.join(&left.name);
        match hashes_of(&left) {
            None => drop(disk.remove(&left)),
            Some(own) => match disk.read(&left, LONGEST) {
                Ok(bytes) if own.contains(&xxh3_64(&bytes)) => drop(disk.remove(&left)),
                Ok(_) => rescued.extend(rescue(disk, &left)),
                Err(_) => {}
            },
        }
    }
    rescued
}

/// What a file that changes places may have, by its name.
fn hashes_of(changing: &Spot) -> Option<[u64; 2]> {
    let name = changing.name().to_str()?;
    let mut parts = name.strip_prefix(UNFINISHED)?.strip_prefix(CHANGING)?.strip_prefix('-')?.splitn(3, '-');
    let mut hash = || u64::from_str_radix(parts.next()?, 16).ok();
    Some([hash()?, hash()?])
}

/// Gives what another program wrote a name of its own, beside the file it was written to.
fn rescue(disk: &dyn Disk, changing: &Spot) -> Option<Spot> {
    let name = changing.name().to_str()?;
    let name = name.strip_prefix(UNFINISHED)?.splitn(5, '-').nth(4)?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    (1..=99)
        .map(|n| changing.folder().join(format!("{stem}-other-{n}.{ending}")))
        .find(|to| disk.rename_new(changing, to).is_ok())
}

/// What a reader can do about an error of the disk.
pub fn advice(e: &io::Error) -> &'static str {
    match e.kind() {
        _ if is_not_own(e) => "it stays as the leader has it",
        _ if is_read_only_file(e) => "make it writable with chmod u+w",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "make its folder writable",
        io::ErrorKind::FileTooLarge => "make it shorter",
        _ if leaves(e) || is_no_file(e) => "put a file in its place",
        _ => "what was there before is unchanged",
    }
}
