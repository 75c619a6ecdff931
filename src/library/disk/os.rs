//! The real disk.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::os::fd::{AsFd as _, BorrowedFd};
use std::os::unix::ffi::OsStringExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use rustix::fs::{
    Access, AtFlags, CWD, Dir, FileType, Mode, OFlags, RenameFlags, Stat, accessat, fchmod, fstat, fsync, linkat,
    mkdirat, openat, renameat, renameat_with, statat, unlinkat,
};
use rustix::io::Errno;
use thiserror::Error;

use super::spot::Spot;
use super::way::{Last, Reached, open_folder, reach};
use super::{Disk, Held, Listed, ListedKind, Lock, Unfinished};

/// What the names of unfinished files begin with.
pub(crate) const UNFINISHED: &str = ".diptych-";

/// What follows where the file is for others, in whatever folder.
pub(crate) const EXPORT: &str = "export";

/// The real disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct Os;

/// Opens a file to be read: never what would make whoever reads it wait, and nothing that is no file.
pub(crate) fn open_file(path: &Path) -> io::Result<File> {
    open_at(CWD, path, OFlags::empty())
}

/// Reads a file of at most so many bytes, as [`open_file`] does.
pub(crate) fn read_file(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    whole(open_file(path)?, most)
}

fn open_at(folder: BorrowedFd<'_>, name: &Path, flags: OFlags) -> io::Result<File> {
    // A pipe, a terminal or a sleeping device is opened without waiting, looked at, and let go.
    let flags = flags | OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = File::from(openat(folder, name, flags, Mode::empty())?);
    let kind = file.metadata()?.file_type();
    if kind.is_file() { Ok(file) } else { Err(no_file(FileType::from_raw_mode(fstat(&file)?.st_mode))) }
}

/// A file that is not to be written to.
#[derive(Debug, Error)]
#[error("the file is read-only")]
struct ReadOnly;

/// Whether an error says that it is the file itself that is read-only, and not its place.
pub(crate) fn is_read_only_file(e: &io::Error) -> bool {
    e.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<ReadOnly>)
}

/// Something at a place of a file that is none.
#[derive(Debug, Error)]
#[error("it is a {0}, not a file")]
struct NoFile(&'static str);

/// Whether an error says that something is there that is no file, or none that is read.
pub(crate) fn is_no_file(e: &io::Error) -> bool {
    matches!(e.kind(), io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory | io::ErrorKind::FileTooLarge)
        || e.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<NoFile>)
}

fn no_file(kind: FileType) -> io::Error {
    let what = match kind {
        FileType::Directory => return io::ErrorKind::IsADirectory.into(),
        FileType::Fifo => "pipe",
        FileType::Socket => "socket",
        _ => "device",
    };
    io::Error::new(io::ErrorKind::InvalidInput, NoFile(what))
}

fn whole(file: File, most: u64) -> io::Result<Vec<u8>> {
    let length = file.metadata()?.len();
    if length > most {
        return Err(too_large(length, most));
    }
    let mut bytes = Vec::with_capacity(length as usize);
    // It may grow while it is read.
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_large(bytes.len() as u64, most)) } else { Ok(bytes) }
}

fn too_large(length: u64, most: u64) -> io::Error {
    let [length, most] = [length, most].map(|bytes| bytes.div_ceil(1 << 20));
    io::Error::new(io::ErrorKind::FileTooLarge, format!("it has {length} MiB, and at most {most} are read"))
}

fn open(spot: &Spot) -> io::Result<File> {
    let at = reach(spot, Last::Followed)?;
    open_at(at.folder.as_fd(), Path::new(&at.name), OFlags::NOFOLLOW)
}

/// A folder, open for what is done to its names or to itself.
fn folder(spot: &Spot) -> io::Result<File> {
    let at = reach(spot, Last::Followed)?;
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(File::from(openat(&at.folder, &at.name, flags, Mode::empty())?))
}

fn locked(file: File) -> io::Result<Lock> {
    match file.try_lock() {
        Ok(()) => Ok(Lock(Held::Locked(file))),
        Err(TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
        Err(TryLockError::Error(e)) => Err(e),
    }
}

/// A file that was made so that nobody else makes it.
#[derive(Debug)]
pub(super) struct Claimed {
    at: Reached,
    file: File,
}

impl Claimed {
    /// Takes the file away, unless somebody has put another in its place.
    pub(super) fn give_back(&self) {
        let number = |stat: rustix::io::Result<Stat>| stat.ok().map(|stat| stat.st_ino);
        let there = number(statat(&self.at.folder, &self.at.name, AtFlags::SYMLINK_NOFOLLOW));
        if there.is_some() && there == number(fstat(&self.file)) {
            // Where this fails it is left over, and whoever comes next waits a while for nobody.
            let _ = unlinkat(&self.at.folder, &self.at.name, AtFlags::empty());
        }
    }
}

fn is_unknown(e: Errno) -> bool {
    matches!(e, Errno::INVAL | Errno::NOSYS | Errno::NOTSUP)
}

impl Disk for Os {
    fn read(&self, file: &Spot, most: u64) -> io::Result<Vec<u8>> {
        whole(open(file)?, most)
    }

    fn real(&self, spot: &Spot) -> io::Result<Spot> {
        let at = reach(spot, Last::Followed)?;
        statat(&at.folder, &at.name, AtFlags::SYMLINK_NOFOLLOW)?;
        Ok(spot.at(at.path))
    }

    fn end(&self, spot: &Spot) -> io::Result<Spot> {
        match reach(spot, Last::Followed) {
            Ok(at) => Ok(spot.at(at.path)),
            // Its folder is yet to be made.
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(spot.clone()),
            Err(e) => Err(e),
        }
    }

    fn create_folder(&self, folder: &Spot) -> io::Result<()> {
        if folder.bound().is_none() {
            return fs::create_dir_all(folder.path());
        }
        let at = match reach(folder, Last::Followed) {
            Err(e) if e.kind() == io::ErrorKind::NotFound && folder.bound() != Some(folder.path()) => {
                self.create_folder(&folder.folder())?;
                reach(folder, Last::Followed)?
            }
            reached => reached?,
        };
        match mkdirat(&at.folder, &at.name, Mode::from_raw_mode(0o777)) {
            Err(Errno::EXIST) => open_folder(&at.folder, Path::new(&at.name)).map(drop),
            made => Ok(made?),
        }
    }

    fn write_temp(&self, folder: &Spot, bytes: &[u8], what: Unfinished) -> io::Result<Spot> {
        let open = self::folder(folder)?;
        let (mode, prefix) = match what {
            Unfinished::Change => (0o600, UNFINISHED.to_owned()),
            Unfinished::New => (0o666, UNFINISHED.to_owned()),
            Unfinished::Export => (0o666, format!("{UNFINISHED}{EXPORT}-")),
        };
        let mode = Mode::from_raw_mode(mode);
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let make = |path: &Path| Ok(File::from(openat(&open, path.file_name().unwrap_or_default(), flags, mode)?));
        // Only for its names: what it makes is made by us, and given up by it at once.
        let (mut file, path) =
            tempfile::Builder::new().prefix(&prefix).make_in(folder.path(), make)?.keep().map_err(|e| e.error)?;
        let temp = folder.at(path);
        if let Err(e) = file.write_all(bytes) {
            let _ = self.remove(&temp);
            return Err(e);
        }
        Ok(temp)
    }

    fn copy_mode(&self, from: &Spot, to: &Spot) -> io::Result<()> {
        let (from, to) = (open(from)?, open(to)?);
        let mode = |file: &File| {
            Ok::<_, io::Error>(Mode::from_raw_mode(rustix::fs::fstat(file)?.st_mode) & Mode::from_raw_mode(0o777))
        };
        let wanted = mode(&from)?;
        match fchmod(&to, wanted) {
            // A disk that knows no permissions has none to keep.
            Err(Errno::PERM | Errno::NOTSUP) => Ok(()),
            done => Ok(done?),
        }
    }

    fn may_replace(&self, file: &Spot) -> io::Result<()> {
        let at = match reach(file, Last::Followed) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            reached => reached?,
        };
        let stat = match statat(&at.folder, &at.name, AtFlags::SYMLINK_NOFOLLOW) {
            Err(Errno::NOENT) => return Ok(()),
            stat => stat?,
        };
        let nobody_may = !Mode::from_raw_mode(stat.st_mode).intersects(Mode::WUSR | Mode::WGRP | Mode::WOTH);
        let is_file = FileType::from_raw_mode(stat.st_mode).is_file();
        // The mode is asked as well: an administrator may write everything.
        if is_file && (nobody_may || accessat(&at.folder, &at.name, Access::WRITE_OK, AtFlags::empty()).is_err()) {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, ReadOnly));
        }
        Ok(())
    }

    fn sync_file(&self, file: &Spot) -> io::Result<()> {
        open(file)?.sync_all()
    }

    fn rename(&self, from: &Spot, to: &Spot) -> io::Result<()> {
        let (from, to) = (reach(from, Last::Kept)?, reach(to, Last::Kept)?);
        Ok(renameat(&from.folder, &from.name, &to.folder, &to.name)?)
    }

    fn rename_new(&self, from: &Spot, to: &Spot) -> io::Result<()> {
        let (from, to) = (reach(from, Last::Kept)?, reach(to, Last::Kept)?);
        match renameat_with(&from.folder, &from.name, &to.folder, &to.name, RenameFlags::NOREPLACE) {
            Err(e) if is_unknown(e) => {}
            done => return Ok(done?),
        }
        match linkat(&from.folder, &from.name, &to.folder, &to.name, AtFlags::empty()) {
            Ok(()) => return Ok(unlinkat(&from.folder, &from.name, AtFlags::empty())?),
            // Of a disk that knows no second names.
            Err(e) if is_unknown(e) || e == Errno::PERM => {}
            Err(e) => return Err(e.into()),
        }
        take_name(&from, &to)
    }

    fn sync_folder(&self, folder: &Spot) -> io::Result<()> {
        match fsync(self::folder(folder)?) {
            // Some disks keep no folders, and have nothing to wait for.
            Err(Errno::INVAL | Errno::NOTSUP) => Ok(()),
            done => Ok(done?),
        }
    }

    fn remove(&self, file: &Spot) -> io::Result<()> {
        let at = reach(file, Last::Kept)?;
        Ok(unlinkat(&at.folder, &at.name, AtFlags::empty())?)
    }

    fn lock(&self, file: &Spot) -> io::Result<Lock> {
        let at = reach(file, Last::Followed)?;
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        locked(File::from(openat(&at.folder, &at.name, flags, Mode::from_raw_mode(0o666))?))
    }

    fn lock_folder(&self, folder: &Spot) -> io::Result<Lock> {
        match locked(self::folder(folder)?) {
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => Err(e),
            // Over a network only files that are open for writing can be locked.
            Err(_) => Err(io::ErrorKind::Unsupported.into()),
            done => done,
        }
    }

    fn claim(&self, file: &Spot) -> io::Result<Lock> {
        let at = reach(file, Last::Kept)?;
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mut made = match openat(&at.folder, &at.name, flags, Mode::from_raw_mode(0o666)) {
            Err(Errno::EXIST) => return Err(io::ErrorKind::WouldBlock.into()),
            made => File::from(made?),
        };
        // Nobody else writes this: so it can be told from the claim of another.
        let own = UNIX_EPOCH.elapsed().unwrap_or_default().as_nanos();
        let written = writeln!(made, "{} {own}", std::process::id());
        let lock = Lock(Held::Claimed(Claimed { at, file: made }));
        written.map(|()| lock)
    }

    fn list(&self, folder: &Spot) -> io::Result<Vec<Listed>> {
        let open = self::folder(folder)?;
        let mut all = Vec::new();
        for entry in Dir::read_from(&open)? {
            let name = PathBuf::from(OsString::from_vec(entry?.file_name().to_bytes().to_vec()));
            if name.as_os_str() == "." || name.as_os_str() == ".." {
                continue;
            }
            match listed(&open, folder, name) {
                // Gone since the folder was read.
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                found => all.push(found?),
            }
        }
        Ok(all)
    }

    fn read_beginning(&self, file: &Spot, most: usize) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        open(file)?.take(most as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn exchange(&self, one: &Spot, other: &Spot) -> io::Result<()> {
        let (one, other) = (reach(one, Last::Kept)?, reach(other, Last::Kept)?);
        match renameat_with(&one.folder, &one.name, &other.folder, &other.name, RenameFlags::EXCHANGE) {
            Err(e) if is_unknown(e) => Err(io::ErrorKind::Unsupported.into()),
            done => Ok(done?),
        }
    }
}

/// Gives a file a name that nothing has, on a disk that cannot do so in one step: first the name is taken.
fn take_name(from: &Reached, to: &Reached) -> io::Result<()> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    drop(openat(&to.folder, &to.name, flags, Mode::from_raw_mode(0o600))?);
    let named = renameat(&from.folder, &from.name, &to.folder, &to.name);
    if named.is_err() {
        let _ = unlinkat(&to.folder, &to.name, AtFlags::empty());
    }
    Ok(named?)
}

fn listed(open: &File, folder: &Spot, name: PathBuf) -> io::Result<Listed> {
    let own = statat(open, &name, AtFlags::SYMLINK_NOFOLLOW)?;
    let is_link = FileType::from_raw_mode(own.st_mode).is_symlink();
    let (kind, stat) = if is_link {
        let end = reach(&folder.join(&name), Last::Followed);
        match end.and_then(|at| Ok(statat(&at.folder, &at.name, AtFlags::SYMLINK_NOFOLLOW)?)) {
            Ok(stat) if FileType::from_raw_mode(stat.st_mode).is_file() => (ListedKind::Link, stat),
            Ok(stat) => (ListedKind::Other, stat),
            Err(e) if super::way::leaves(&e) => (ListedKind::Leaving, own),
            // Of a link that leads nowhere, the link itself.
            Err(_) => (ListedKind::Link, own),
        }
    } else if FileType::from_raw_mode(own.st_mode).is_file() {
        (ListedKind::File, own)
    } else {
        (ListedKind::Other, own)
    };
    Ok(Listed { name, kind, length: stat.st_size as u64, modified: modified(&stat), inode: stat.st_ino })
}

fn modified(stat: &Stat) -> Option<std::time::SystemTime> {
    let since = Duration::new(u64::try_from(stat.st_mtime).ok()?, u32::try_from(stat.st_mtime_nsec).ok()?);
    Some(UNIX_EPOCH + since)
}
