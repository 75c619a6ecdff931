//! Which files of a folder look like texts, and of those below it. Nothing of them is read but their names.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::import::format::is_text_by_name;
use crate::note::name::is_stem;

/// The folder of notes beside the texts they are about.
pub(super) const NOTES: &str = "notes";

/// How many names of a folder are looked at, so that a strange folder delays nothing.
const NAMES: usize = 20_000;

/// How many folders down texts are looked for.
const DEEPEST: usize = 8;

/// What belongs to a folder besides the files in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// Whether the folders below it do.
    pub below: bool,
    /// Whether links do that lead out of it. Whoever handed the folder on may have laid them: they are not even read.
    pub links_out: bool,
}

/// The names of the files in a folder that look like texts, sorted. Empty where the folder cannot be read.
pub(super) fn names_in(folder: &Path) -> Vec<OsString> {
    let mut left = NAMES;
    read(folder, &mut left).texts
}

/// The files in a folder that look like texts, by their paths from it; where it reaches there, those in the folders
/// below it too. What is in a folder comes before what is in the next.
pub fn files_in(folder: &Path, reach: Reach) -> Vec<PathBuf> {
    files_and_links_in(folder, reach).0
}

/// The links in a folder that look like texts, and lead out of it: each with the file it leads to.
pub(super) fn links_out_of(folder: &Path, reach: Reach) -> Vec<(PathBuf, PathBuf)> {
    files_and_links_in(folder, reach).1
}

/// Both, looked for once.
pub(super) fn files_and_links_in(folder: &Path, reach: Reach) -> (Vec<PathBuf>, Vec<(PathBuf, PathBuf)>) {
    let (mut files, mut links) = (Vec::new(), Vec::new());
    visit(folder, reach, &mut |file, leads_to| {
        match leads_to {
            Some(there) => links.push((file, there)),
            None => files.push(file),
        }
        ControlFlow::Continue(())
    });
    (files, links)
}

/// The file outside of a folder that a link in it leads to.
pub fn leads_out(file: &Path, folder: &Path) -> Option<PathBuf> {
    fs::symlink_metadata(file).ok().filter(fs::Metadata::is_symlink)?;
    let (there, folder) = (file.canonicalize().ok()?, folder.canonicalize().ok()?);
    (!there.starts_with(folder)).then_some(there)
}

/// Whether there is a file in a folder that looks like a text, or where it reaches there, in one below it.
pub(super) fn holds_text(folder: &Path, reach: Reach) -> bool {
    let mut found = false;
    visit(folder, reach, &mut |_, leads_to| {
        found |= leads_to.is_none();
        if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    found
}

/// Hears of a file by its path from the folder; of a link that is none of its texts also where it leads.
type Hear<'a> = dyn FnMut(PathBuf, Option<PathBuf>) -> ControlFlow<()> + 'a;

fn visit(folder: &Path, reach: Reach, hear: &mut Hear<'_>) {
    let mut left = NAMES;
    let root = fs::canonicalize(folder).ok();
    let out_of = |file: &Path| {
        let there = fs::canonicalize(file).ok()?;
        root.as_ref().is_none_or(|root| !there.starts_with(root)).then_some(there)
    };
    let mut waiting = vec![(PathBuf::new(), 0)];
    while let Some((below, depth)) = waiting.pop() {
        let Inside { texts, links, folders } = read(&folder.join(&below), &mut left);
        for name in texts {
            let leads_to =
                (!reach.links_out && links.contains(&name)).then(|| out_of(&folder.join(&below).join(&name)));
            if hear(below.join(name), leads_to.flatten()).is_break() {
                return;
            }
        }
        if reach.below && depth < DEEPEST {
            // A stack: what is pushed last is taken first.
            waiting.extend(folders.into_iter().rev().map(|name| (below.join(name), depth + 1)));
        }
    }
}

/// What is in a folder.
#[derive(Default)]
struct Inside {
    texts: Vec<OsString>,
    /// Those of the texts that are symbolic links.
    links: HashSet<OsString>,
    folders: Vec<OsString>,
}

/// What is in a folder, sorted; at most so many names as are `left`.
fn read(folder: &Path, left: &mut usize) -> Inside {
    let Ok(entries) = fs::read_dir(folder) else { return Inside::default() };
    let mut inside = Inside::default();
    for entry in entries.take(*left).flatten() {
        *left = left.saturating_sub(1);
        let Ok(kind) = entry.file_type() else { continue };
        let name = entry.file_name();
        if kind.is_dir() {
            inside.folders.extend(Some(name).filter(|name| may_hold_texts(&folder.join(name))));
        } else if looks_like_text(&name.to_string_lossy()) {
            // A link to a pipe, to a device or to nothing is no text, as these themselves are none.
            let leads_to_file = || fs::metadata(folder.join(&name)).is_ok_and(|meta| meta.is_file());
            if kind.is_symlink() && leads_to_file() {
                inside.links.insert(name.clone());
                inside.texts.push(name);
            } else if kind.is_file() {
                inside.texts.push(name);
            }
        }
    }
    for names in [&mut inside.texts, &mut inside.folders] {
        names.sort_by_cached_key(|name| (name.to_string_lossy().to_lowercase(), name.clone()));
    }
    inside
}

/// Whether a folder below may have texts of the reader's: not what is hidden, what programs make and unmake, or our notes.
fn may_hold_texts(folder: &Path) -> bool {
    let name = folder.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let is_made = name == "node_modules" || folder.join("CACHEDIR.TAG").exists();
    let is_notes = name == NOTES && holds_notes(folder);
    !(name.starts_with('.') || is_made || is_notes)
}

/// How many names of a folder are looked at to tell whether its files are notes.
const LOOKED_AT: usize = 200;

/// Whether a folder is one that Diptych keeps notes in, by the names of its files.
pub(super) fn holds_notes(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    entries.take(LOOKED_AT).flatten().any(|e| e.file_name().to_str().is_some_and(is_stem))
}

fn looks_like_text(name: &str) -> bool {
    // What begins with a dot is a program's: a lock, a copy for another system.
    !name.starts_with('.') && name.contains('.') && is_text_by_name(name)
}
