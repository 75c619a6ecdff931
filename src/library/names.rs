//! Finding a file by a name that is not spelt as the disk spells it.
//!
//! Canonically equal names are one name: iCloud, archives of macOS and some network disks leave decomposed letters where
//! a keyboard makes composed ones. Names that differ in case alone are one name where nothing else has it.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use crate::model::address::composed;

/// The file that a path means, spelt as the disk spells it; `None` where there is none.
pub(super) fn found(path: &Path) -> Option<PathBuf> {
    spelt(path, true)
}

/// Finds a path that a reader has typed: in another case it is meant only where the disk knows no case.
pub(super) fn typed(path: &Path) -> Option<PathBuf> {
    spelt(path, false)
}

fn spelt(path: &Path, caseless: bool) -> Option<PathBuf> {
    if fs::symlink_metadata(path).is_ok() {
        return Some(if knows_no_case(path) { spelt_on_disk(path)? } else { path.to_owned() });
    }
    let (name, folder) = (path.file_name()?, path.parent()?);
    let folder = if folder.as_os_str().is_empty() { PathBuf::new() } else { spelt(folder, caseless)? };
    let wanted = composed(name.to_str()?);
    let names = names_in(&folder);
    let same = names.iter().find(|n| n.to_str().is_some_and(|n| composed(n) == wanted));
    if let Some(same) = same {
        return Some(folder.join(same));
    }
    let lower = wanted.to_lowercase();
    let mut alike = names.iter().filter(|n| n.to_str().is_some_and(|n| composed(n).to_lowercase() == lower));
    match (alike.next(), alike.next()) {
        (Some(only), None) if caseless => Some(folder.join(only)),
        _ => None,
    }
}

/// Whether a file answers to its name in another case too.
fn knows_no_case(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|n| n.to_str()) else { return false };
    let turned: String = name
        .chars()
        .map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect();
    if turned == name {
        return false;
    }
    let number = |path: &Path| fs::symlink_metadata(path).ok().map(|m| (m.dev(), m.ino()));
    match number(&path.with_file_name(&turned)) {
        // Two names of one file may also stand side by side.
        Some(other) => {
            Some(other) == number(path)
                && !names_in(path.parent().unwrap_or(Path::new(""))).contains(&OsString::from(turned))
        }
        None => false,
    }
}

fn spelt_on_disk(path: &Path) -> Option<PathBuf> {
    let (name, folder) = (path.file_name()?, path.parent()?);
    let lower = composed(name.to_str()?).to_lowercase();
    let names = names_in(folder);
    let exact = names.iter().find(|n| *n == name);
    let same = exact.or_else(|| names.iter().find(|n| n.to_str().is_some_and(|n| composed(n).to_lowercase() == lower)));
    Some(same.map_or_else(|| path.to_owned(), |same| folder.join(same)))
}

fn names_in(folder: &Path) -> Vec<OsString> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    fs::read_dir(folder).map(|entries| entries.flatten().map(|e| e.file_name()).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_either_form() {
        let dir = tempfile::tempdir().unwrap();
        let [whole, decomposed] = ["Caf\u{e9}", "Cafe\u{301}"];
        for (there, asked) in [(decomposed, whole), (whole, decomposed)] {
            let folder = dir.path().join(there);
            fs::create_dir(&folder).unwrap();
            let file = folder.join(format!("{there} r\u{e9}volution.md"));
            fs::write(&file, "Words.").unwrap();
            let written = dir.path().join(asked).join(format!("{asked} r\u{e9}volution.md"));
            for find in [found, typed] {
                assert!(
                    find(&written).is_some_and(|f| f.ends_with(file.strip_prefix(dir.path()).unwrap())),
                    "{written:?}"
                );
            }
            fs::remove_dir_all(folder).unwrap();
        }
    }

    #[test]
    fn another_case_is_meant_where_nothing_else_is() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("B.md"), "Words.").unwrap();
        assert_eq!(found(&dir.path().join("b.md")), Some(dir.path().join("B.md")));
        fs::write(dir.path().join("b.MD"), "Others.").unwrap();
        assert_eq!(found(&dir.path().join("b.md")), None);
        assert_eq!(found(&dir.path().join("b.MD")), Some(dir.path().join("b.MD")));
        assert_eq!(typed(&dir.path().join("none.md")), None);
    }
}
