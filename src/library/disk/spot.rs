//! Where a file is that Diptych keeps, and the folder that may not be left on the way to it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// A file or a folder of files that Diptych keeps. What is in a library may come from a stranger: a link on the way to
/// it is followed only as long as it stays in the library. What is the reader's own may be linked to anywhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    path: PathBuf,
    /// How much of the path is the folder that may not be left; `None` where there is none.
    bound: Option<PathBuf>,
}

impl Spot {
    /// Something of the reader's own.
    pub fn own(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), bound: None }
    }

    /// Something below the folder `bound`, which may not be left.
    pub fn within(bound: &Path, below: impl AsRef<Path>) -> Self {
        Self { path: bound.join(below), bound: Some(bound.to_owned()) }
    }

    /// Its path, as it is named.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder that may not be left.
    pub fn bound(&self) -> Option<&Path> {
        self.bound.as_deref()
    }

    /// Something in this folder, within the same bounds.
    #[must_use]
    pub fn join(&self, name: impl AsRef<Path>) -> Self {
        Self { path: self.path.join(name), bound: self.bound.clone() }
    }

    /// Another path, within the same bounds.
    #[must_use]
    pub fn at(&self, path: PathBuf) -> Self {
        Self { path, bound: self.bound.clone() }
    }

    /// The folder it is in.
    #[must_use]
    pub fn folder(&self) -> Self {
        let folder = self.path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        self.at(folder.to_owned())
    }

    /// Its name in its folder.
    pub fn name(&self) -> &OsStr {
        self.path.file_name().unwrap_or_default()
    }
}
