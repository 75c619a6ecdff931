//! Who the reader is: what the settings say, else what git is told.
//!
//! git is not run and no folder of texts is asked: only the reader's own files say it.

use std::path::{Path, PathBuf};

use super::disk::{Disk, Spot};
use super::folders::Folders;
use crate::text::clean::Clean;

/// What a person writes by hand is shorter.
const LONGEST: u64 = 1 << 20;

/// So deep may one file of git name another.
const DEEPEST: u8 = 4;

/// The name that git puts under the reader's commits, by the files that hold for all of the reader's folders.
pub(super) fn of_git(disk: &dyn Disk, folders: &Folders) -> Option<String> {
    // The later one of two has the last word, as in git.
    let files = [folders.home.join(".gitconfig"), folders.config_home().join("git/config")];
    files.iter().find_map(|file| named_in(disk, folders, file, DEEPEST))
}

fn named_in(disk: &dyn Disk, folders: &Folders, file: &Path, deepest: u8) -> Option<String> {
    let source = String::from_utf8(disk.read(&Spot::own(file), LONGEST).ok()?).ok()?;
    let mut name = None;
    for (section, key, value) in entries(&source) {
        match (section.as_str(), key.as_str()) {
            ("user", "name") => name = Some(Clean::line(value.trim()).as_str().to_owned()),
            ("include", "path") if deepest > 0 => {
                let other = match value.strip_prefix("~/") {
                    Some(below) => folders.home.join(below),
                    None => file.parent().map_or_else(|| PathBuf::from(&value), |folder| folder.join(&value)),
                };
                name = named_in(disk, folders, &other, deepest - 1).or(name);
            }
            _ => {}
        }
    }
    name.filter(|name| !name.is_empty())
}

/// What a file of git's says: section and key in small letters, and the value
/// (<https://git-scm.com/docs/git-config#_syntax>). Sections with a name of their own are none of ours.
fn entries(source: &str) -> Vec<(String, String, String)> {
    let mut section = String::new();
    let mut found = Vec::new();
    for line in source.replace("\\\n", "").lines().map(str::trim) {
        let line = match line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((name, rest)) => {
                section = name.trim().to_lowercase();
                rest.trim()
            }
            None => line,
        };
        if let Some((key, value)) = line.split_once('=').filter(|_| !line.starts_with(['#', ';'])) {
            found.push((section.clone(), key.trim().to_lowercase(), value_of(value.trim())));
        }
    }
    found
}

/// A value without its quotes, its escapes and the comment behind it.
fn value_of(written: &str) -> String {
    let mut value = String::new();
    let mut is_quoted = false;
    let mut chars = written.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => is_quoted = !is_quoted,
            '#' | ';' if !is_quoted => break,
            '\\' => value.extend(chars.next().map(|c| if matches!(c, 'n' | 't' | 'b') { ' ' } else { c })),
            c => value.push(c),
        }
    }
    value.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::disk::Os;

    #[test]
    fn git_says_who_the_reader_is() {
        let home = tempfile::tempdir().unwrap();
        let at = |file: &str| home.path().join(file);
        let folders = Folders::under(home.path());
        let says = |file: &str, source: &str| {
            std::fs::create_dir_all(at(file).parent().unwrap()).unwrap();
            std::fs::write(at(file), source).unwrap();
        };
        assert_eq!(of_git(&Os, &folders), None);
        says(".config/git/config", "[core]\n\tname = no\n[user \"x\"]\nname = no\n");
        assert_eq!(of_git(&Os, &folders), None);
        for (source, name) in [
            ("[user]\n\tname = Anna Example ; me\n\temail = a@b\n", "Anna Example"),
            ("[User] Name = \"Anna; \\\"A\\\" Example\"\n", "Anna; \"A\" Example"),
            ("[user]\nname = One\n[core]\n[user]\nname = T\\\nwo\n", "Two"),
        ] {
            says(".config/git/config", source);
            assert_eq!(of_git(&Os, &folders).as_deref(), Some(name), "{source}");
        }
        says("me.inc", "[user]\nname = Included\n");
        says(".gitconfig", "[include]\npath = ~/me.inc\n[include]\npath = ~/.gitconfig\n");
        assert_eq!(of_git(&Os, &folders).as_deref(), Some("Included"));
    }
}
