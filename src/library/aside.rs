//! What was kept in another place than it belongs to, because that one is closed: and that this is said.

use std::fmt;
use std::path::PathBuf;

use super::said::{io_words, shown};
use super::save::SaveError;

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
        write!(f, "kept aside, in {}: {} ({})", shown(file), shown(&why.path), io_words(&why.why))
    }
}
