//! The way to a file, step by step through open folders, so that it ends where it should whatever is moved meanwhile.
//!
//! A path is looked up anew by every call that gets it, and between two of them somebody may put a link in the place of
//! a folder. Here each folder is opened in the one before it, without following a link; a link is read, and gone along
//! only as long as it stays in the bounds of its [`Spot`]. What is then done is done in the folder that was reached.

use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Component, Path, PathBuf};

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, openat, readlinkat, statat};
use rustix::io::Errno;
use thiserror::Error;

use super::spot::Spot;

/// How many links may follow each other, as on Linux.
const LINKS: usize = 40;

/// A link that is not followed.
#[derive(Debug, Error)]
#[error("{} is a link that leads out of the library, to {}, and is not followed", name.display(), to.display())]
struct Leaves {
    name: PathBuf,
    to: PathBuf,
}

/// Whether an error says that a link leads out of its library.
pub(crate) fn leaves(e: &io::Error) -> bool {
    e.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Leaves>)
}

/// Whether a link that a path ends in is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Last {
    Followed,
    Kept,
}

/// Where a way has led.
#[derive(Debug)]
pub(crate) struct Reached {
    /// The folder.
    pub folder: OwnedFd,
    /// The name in it, of something or of nothing yet; `.` where the way led to a folder that is its own bound.
    pub name: OsString,
    /// The path of both.
    pub path: PathBuf,
}

/// Goes the way to `spot`. Its folder has to be there, it itself need not.
pub(crate) fn reach(spot: &Spot, last: Last) -> io::Result<Reached> {
    match spot.bound() {
        Some(bound) => {
            let below = spot.path().strip_prefix(bound).map_err(|_| leaving(spot.path(), spot.path()))?;
            Walk::from(bound)?.go(below, last)
        }
        None => free(spot.path(), last),
    }
}

fn free(path: &Path, last: Last) -> io::Result<Reached> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Some(name) = path.file_name() else {
            return Ok(Reached { folder: open_folder(CWD, &path)?, name: ".".into(), path });
        };
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let open = open_folder(CWD, folder)?;
        match target(&open, name)? {
            Some(to) if last == Last::Followed => path = folder.join(to),
            _ => return Ok(Reached { folder: open, name: name.to_owned(), path }),
        }
    }
    Err(Errno::LOOP.into())
}

/// Where the link of this name leads; `None` where there is none.
fn target(folder: impl AsFd, name: &OsStr) -> io::Result<Option<PathBuf>> {
    match statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(stat) if FileType::from_raw_mode(stat.st_mode).is_symlink() => {
            let to = readlinkat(&folder, name, Vec::new())?;
            Ok(Some(PathBuf::from(OsString::from_vec(to.into_bytes()))))
        }
        Ok(_) | Err(Errno::NOENT) => Ok(None),
        Err(e) => Err(e.into()),
    }
}

fn leaving(name: &Path, to: &Path) -> io::Error {
    io::Error::other(Leaves { name: name.file_name().map_or(name, Path::new).to_owned(), to: to.to_owned() })
}

/// Opens a folder; below another one no link is followed.
pub(super) fn open_folder(at: impl AsFd, name: &Path) -> io::Result<OwnedFd> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    let access = OFlags::PATH;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let access = OFlags::RDONLY;
    Ok(openat(at, name, access | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?)
}

/// A walk from the folder that may not be left.
struct Walk<'a> {
    bound: &'a Path,
    start: OwnedFd,
    /// The folders that were entered, by their names.
    entered: Vec<(OsString, OwnedFd)>,
}

impl<'a> Walk<'a> {
    fn from(bound: &'a Path) -> io::Result<Self> {
        Ok(Self { bound, start: open_folder(CWD, bound)?, entered: Vec::new() })
    }

    fn here(&self) -> &OwnedFd {
        self.entered.last().map_or(&self.start, |(_, folder)| folder)
    }

    fn path(&self) -> PathBuf {
        self.entered.iter().fold(self.bound.to_owned(), |path, (name, _)| path.join(name))
    }

    fn go(mut self, below: &Path, last: Last) -> io::Result<Reached> {
        let mut todo: VecDeque<OsString> = parts(below);
        let mut links = 0;
        while let Some(name) = todo.pop_front() {
            if name.as_bytes() == b".." {
                if self.entered.pop().is_none() {
                    return Err(leaving(below, below));
                }
                continue;
            }
            let is_last = todo.is_empty();
            if let Some(to) = target(self.here(), &name)?.filter(|_| !is_last || last == Last::Followed) {
                links += 1;
                if links > LINKS {
                    return Err(Errno::LOOP.into());
                }
                let rest = if to.is_absolute() { self.begin_again(&to) } else { Some(to.clone()) };
                let rest = rest.ok_or_else(|| leaving(Path::new(&name), &to))?;
                if self.depth_of(&rest).is_none() {
                    return Err(leaving(Path::new(&name), &to));
                }
                let mut first = parts(&rest);
                first.append(&mut todo);
                todo = first;
            } else if is_last {
                let path = self.path().join(&name);
                let folder = self.entered.pop().map_or(self.start, |(_, folder)| folder);
                return Ok(Reached { folder, name, path });
            } else {
                let flags = OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
                #[cfg(any(target_os = "linux", target_os = "android"))]
                let flags = flags | OFlags::PATH;
                let folder = openat(self.here(), &name, flags, Mode::empty())?;
                self.entered.push((name, folder));
            }
        }
        let path = self.path();
        let folder = self.entered.pop().map_or(self.start, |(_, folder)| folder);
        Ok(Reached { folder, name: ".".into(), path })
    }

    /// The rest of an absolute path below the bound, from which it is gone along anew.
    fn begin_again(&mut self, to: &Path) -> Option<PathBuf> {
        let real = std::fs::canonicalize(self.bound).ok();
        let mut bounds = [Some(self.bound.to_owned()), real].into_iter().flatten();
        let rest = bounds.find_map(|bound| to.strip_prefix(bound).map(Path::to_owned).ok())?;
        self.entered.clear();
        Some(rest)
    }

    /// How deep below the bound a relative path ends, gone from here; `None` where it leaves it.
    fn depth_of(&self, rest: &Path) -> Option<usize> {
        rest.components().try_fold(self.entered.len(), |depth, part| match part {
            Component::ParentDir => depth.checked_sub(1),
            Component::Normal(_) => Some(depth + 1),
            _ => Some(depth),
        })
    }
}

/// The names of a path, with `..` among them.
fn parts(path: &Path) -> VecDeque<OsString> {
    let part = |part: Component<'_>| match part {
        Component::Normal(name) => Some(name.to_owned()),
        Component::ParentDir => Some("..".into()),
        _ => None,
    };
    path.components().filter_map(part).collect()
}
