//! Writing notes so that none is ever lost, whoever else writes beside us.
//!
//! A new note takes a name that nothing has, and takes it in one step that fails where something has it by then. A
//! change is made under the lock of the library, and only to the file as it was read ([`super::super::save`]). If another
//! program has written meanwhile, its file stays, and ours gets a name of its own: both are kept, and the reader is told.
//!
//! Nothing is called saved before the file and its folder have reached the disk.

use std::io;
use std::path::PathBuf;

use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

use super::folder::LONGEST;
use crate::library::disk::{Disk, Spot};
use crate::library::said::{io_words, shown};
use crate::library::save::{Outcome, SaveError, advice, claim, make_folder, swap, take_away};
use crate::note::name;
use crate::text::clean::Clean;

/// Why a note was not kept.
#[derive(Debug, Error)]
pub enum KeepError {
    /// The disk does not do it. Why comes first: in the reader, a line is short.
    #[error("not saved: {} (cannot {}: {}); {}", io_words(&.0.why), .0.doing, shown(&.0.path), advice(&.0.why))]
    Save(#[from] SaveError),
    /// There is nowhere to keep it.
    #[error("not saved: there is no folder to keep notes in; set HOME, or put a topics.toml beside the texts")]
    NoFolder,
    /// The text it is about cannot be reached, and so not what is beside it.
    #[error("not saved: {0}; it is tried again when the text is there")]
    NoText(Clean),
    /// A note that was to be changed cannot be read.
    #[error("{}: cannot be read ({}); {}", shown(path), io_words(why), advice(why))]
    Unread {
        /// The file.
        path: PathBuf,
        /// Why.
        why: io::Error,
    },
}

/// How often a name is tried with another number before it is given up.
const NAMES: u32 = 10_000;

/// Writes a new note into the first of `folders` that can be written to. `stem` gives the name for the first try, the
/// second and so on; `source` the contents under a name. Answers also with why the folders before it would not do.
pub(crate) fn make(
    disk: &dyn Disk,
    folders: &[Spot],
    stem: &dyn Fn(u32) -> String,
    source: &dyn Fn(&str) -> String,
) -> Result<NewNote, KeepError> {
    let mut refused = None;
    for folder in folders {
        match make_in(disk, folder, stem, source) {
            Err(KeepError::Save(e)) if e.is_of_place() => refused = Some(e),
            done => return done.map(|(path, source)| NewNote { path, source, refused }),
        }
    }
    Err(refused.map_or(KeepError::NoFolder, KeepError::Save))
}

/// A new note's file.
#[derive(Debug)]
pub(crate) struct NewNote {
    /// Where it is.
    pub path: PathBuf,
    /// What is in it.
    pub source: String,
    /// Why it is not where it should be.
    pub refused: Option<SaveError>,
}

fn make_in(
    disk: &dyn Disk,
    folder: &Spot,
    stem: &dyn Fn(u32) -> String,
    source: &dyn Fn(&str) -> String,
) -> Result<(PathBuf, String), KeepError> {
    make_folder(disk, folder)?;
    let mut taken = io::Error::from(io::ErrorKind::AlreadyExists);
    for nth in 1..=NAMES {
        let stem = stem(nth);
        let file = folder.join(format!("{stem}.{}", name::ENDING));
        if disk.real(&file).is_ok() {
            continue;
        }
        let source = source(&stem);
        match claim(disk, &file, source.as_bytes()) {
            Ok(()) => return Ok((file.path().to_owned(), source)),
            Err(e) if e.why.kind() == io::ErrorKind::AlreadyExists => taken = e.why,
            Err(e) => return Err(e.into()),
        }
    }
    Err(SaveError::of(folder, "find a free name in it")(taken).into())
}

/// Gives the file of a note, whose bytes had the hash `expected`, the new contents `wanted`; or takes it away. The lock of
/// its library is held.
pub(crate) fn change(disk: &dyn Disk, file: &Spot, expected: u64, wanted: Option<&[u8]>) -> Result<Outcome, KeepError> {
    let now = match disk.read(file, LONGEST) {
        Ok(bytes) => Some(xxh3_64(&bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => None,
        Err(why) => return Err(KeepError::Unread { path: file.path().to_owned(), why }),
    };
    let sure = || disk.sync_folder(&file.folder()).map_err(SaveError::of(file, "be sure that it was written"));
    match (now, wanted) {
        // It was done before, and only the last step is missing.
        (None, None) => sure()?,
        (Some(now), Some(wanted)) if now == xxh3_64(wanted) => sure()?,
        (Some(now), None) if now == expected => return Ok(take_away(disk, file, expected)?),
        (Some(now), Some(wanted)) if now == expected => return Ok(swap(disk, file, expected, wanted)?),
        _ => return Ok(Outcome::Collided),
    }
    Ok(Outcome::Done)
}
