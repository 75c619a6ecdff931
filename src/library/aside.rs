//! What was kept in another place than it belongs to, because that one is closed: and that this is said.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::Library;
use super::disk::apart::is_not_own;
use super::said::{io_words, shown};
use super::save::SaveError;
use super::topics::EditError;
use crate::model::keeping::Kept;
use crate::text::clean::Clean;

impl Library {
    /// Something was kept. Tells what others have changed in it meanwhile, or where it is kept aside, this once for each
    /// place.
    pub(super) fn plain(&self, aside: Option<Aside>, meanwhile: &[String], what: impl Fn() -> String) -> Kept {
        let aside = aside.and_then(|aside| self.told_aside(&aside));
        let both = (!meanwhile.is_empty())
            .then(|| self.at_home(&format!("others have changed {} meanwhile: {}", what(), meanwhile.join("; "))));
        both.or(aside).map_or(Kept::Plain, Kept::Told)
    }

    /// A change that could not be made. Who follows another session does not change what the leader has made: there is nothing
    /// to be tried again.
    pub(super) fn left_as_it_is(&self, e: &EditError) -> Result<Kept, Clean> {
        match e {
            EditError::Save(e) if is_not_own(&e.why) => Ok(Kept::Told(Clean::line(
                "that is the leader's, and stays as it is: who follows writes nothing there",
            ))),
            _ => Err(self.at_home(e)),
        }
    }

    pub(super) fn told_aside(&self, aside: &Aside) -> Option<Clean> {
        let mut told = self.told_aside.lock().unwrap_or_else(PoisonError::into_inner);
        if !is_not_own(&aside.why.why) {
            return told.insert(aside.why.path.clone()).then(|| self.at_home(aside));
        }
        // Whatever was made there, it is one place, and said once.
        let folders = self.folders()?;
        let is_place =
            |folder: &&Path| folder.parent().is_some_and(|f| f == folders.libraries()) || *folder == folders.data;
        let place = aside.file.ancestors().find(is_place)?;
        let line = || format!("yours, and kept in {}; nothing is written beside the leader's texts", shown(place));
        told.insert(place.to_owned()).then(|| self.at_home(&line()))
    }
}

/// A file that stands in for another one.
#[derive(Debug)]
pub struct Aside {
    /// The file.
    pub file: PathBuf,
    /// Why it is not the one it should be.
    pub why: SaveError,
}

impl fmt::Display for Aside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, why } = self;
        // The reason first: paths are long, and a line may be cut.
        let place = why.path.file_name().map_or_else(|| shown(&why.path), |name| shown(Path::new(name)));
        let reason = io_words(&why.why);
        let reason = if reason.starts_with(place.as_str()) { reason } else { format!("{place}: {reason}") };
        write!(f, "kept aside: {reason}; it is in {}", shown(file))
    }
}
