//! How paths and the system's errors are put into words.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::apart::is_not_own;
use super::disk::os::is_read_only_file;
use crate::text::clean::Clean;

/// A path, safe to print.
pub(crate) fn shown(path: &Path) -> Clean {
    Clean::line(&path.to_string_lossy())
}

/// A path below the home folder as `~/…`, as the reader would write it.
pub(crate) fn shortened(path: &Path, home: &Path) -> PathBuf {
    match path.strip_prefix(home) {
        Ok(below) if !home.as_os_str().is_empty() => Path::new("~").join(below),
        _ => path.to_owned(),
    }
}

/// A finished line with the paths in it that are below the home folder as `~/…`. A path that only begins with the same
/// letters, or has them further on, is another path, and stays as it is.
pub(super) fn shortened_in(said: &str, home: &Path) -> String {
    let home = home.to_string_lossy();
    let home = home.trim_end_matches('/');
    if home.is_empty() {
        return said.to_owned();
    }
    let mut short = String::with_capacity(said.len());
    let mut rest = said;
    while let Some(at) = rest.find(home) {
        let (before, after) = (&rest[..at], &rest[at + home.len()..]);
        short.push_str(before);
        let begins = !short.ends_with(|c: char| c.is_alphanumeric() || "/._-~".contains(c));
        // A blank after it may be a part of a name.
        let ends = after.is_empty() || after.starts_with(['/', ':', ',', ';', '"', '”', '\'', '’', ')']);
        short.push_str(if begins && ends { "~" } else { home });
        rest = after;
    }
    short + rest
}

/// An error of the system in a few lower-case words, without its number.
pub(crate) fn io_words(e: &io::Error) -> String {
    let words = match e.kind() {
        _ if is_not_own(e) => "who follows writes nothing there",
        io::ErrorKind::NotFound => "there is no such file",
        io::ErrorKind::PermissionDenied if is_read_only_file(e) => "the file is read-only",
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
            return uncapitalized(Clean::line(plain).as_str());
        }
    };
    words.to_owned()
}

/// What stands within a line begins with a small letter, as long as it is no name in capitals.
fn uncapitalized(words: &str) -> String {
    let mut chars = words.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(chars).collect(),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_folder_is_shortened_where_a_path_begins_with_it_and_nowhere_else() {
        for (said, expected) in [
            ("/home/ann/lib/links.toml:2:1: a mistake", "~/lib/links.toml:2:1: a mistake"),
            ("/home/anna/lib/links.toml: a mistake", "/home/anna/lib/links.toml: a mistake"),
            ("saved in “/home/ann”, not in /home/ann/x", "saved in “~”, not in ~/x"),
            ("/mnt/home/ann/x and file:///home/ann/x", "/mnt/home/ann/x and file:///home/ann/x"),
            ("/home/ann b/x, /home/ann.old/x, /home/ann-2", "/home/ann b/x, /home/ann.old/x, /home/ann-2"),
            ("/home/ann: no permission", "~: no permission"),
            ("/home/ann", "~"),
        ] {
            assert_eq!(shortened_in(said, Path::new("/home/ann")), expected);
            assert_eq!(shortened_in(said, Path::new("/home/ann/")), expected);
            assert_eq!(shortened_in(said, Path::new("/")), said);
            assert_eq!(shortened_in(said, Path::new("")), said);
        }
    }
}
