//! How paths and the system's errors are put into words.

use std::io;
use std::path::{Path, PathBuf};

use crate::text::clean::Clean;

/// A path, safe to print.
pub fn shown(path: &Path) -> Clean {
    Clean::line(&path.to_string_lossy())
}

/// A path below the home folder as `~/…`, as the reader would write it.
pub fn shortened(path: &Path, home: &Path) -> PathBuf {
    match path.strip_prefix(home) {
        Ok(below) if !home.as_os_str().is_empty() => Path::new("~").join(below),
        _ => path.to_owned(),
    }
}

/// An error of the system in a few lower-case words, without its number.
pub fn io_words(e: &io::Error) -> String {
    let words = match e.kind() {
        io::ErrorKind::NotFound => "there is no such file",
        io::ErrorKind::PermissionDenied => "no permission",
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only",
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::QuotaExceeded => "your quota on the disk is used up",
        io::ErrorKind::WouldBlock => "another Diptych is using it",
        io::ErrorKind::IsADirectory => "it is a folder",
        io::ErrorKind::NotADirectory => "a part of its path is not a folder",
        io::ErrorKind::InvalidFilename => "such a name is not possible",
        _ => {
            let said = e.to_string();
            let plain = said.split(" (os error").next().unwrap_or(&said);
            return Clean::line(plain).as_str().to_lowercase();
        }
    };
    words.to_owned()
}
