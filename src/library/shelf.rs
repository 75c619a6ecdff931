//! The texts that there are to open: those of the embedded library, or those of a folder.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::disk::os::open_file;
use super::embedded::{self, EmbeddedText};
use super::notes::FOLDER as NOTES;
use super::places::holds_notes;
use super::request::{Request, Source};
use super::said::shown;
use crate::export::made_here::is_made_here;
use crate::import::format::is_text_by_name;
use crate::import::title::plain_title;
use crate::import::{Hint, import_prefix};
use crate::model::address::address_of;
use crate::model::open::Shelved;
use crate::text::clean::Clean;
use crate::text::meta::Meta;

/// A folder of up to this many texts is shown by their titles, which have to be read; a larger one by its files' names.
const TITLED: usize = 40;

/// How much of a file is read for its title: a long front matter.
const HEAD: usize = 4 << 10;

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

/// The texts of the embedded library.
pub fn embedded() -> Vec<Shelved> {
    let shelved = |text: &EmbeddedText| {
        entry(text.id(), &text.file_name(), meta_of_embedded(text).as_ref(), "the embedded library")
    };
    embedded::TEXTS.iter().map(shelved).collect()
}

/// The texts of a folder, by name; those below it too where it reaches there, and last the links that lead out of it. At
/// most the beginnings of the files are read.
pub fn of_folder(folder: &Path, reach: Reach) -> Vec<Shelved> {
    let mut shelf = texts_of(folder, files_in(folder, reach));
    shelf.extend(links_out_of(folder, reach).into_iter().map(|(name, there)| Shelved {
        request: address_of(&folder.join(&name)),
        title: Clean::line(&name.to_string_lossy()),
        about: Clean::line(&format!("a link that leads out of this folder, to {}", shown(&there))),
        leads_to: Some(shown(&there)),
    }));
    shelf
}

fn texts_of(folder: &Path, names: Vec<PathBuf>) -> Vec<Shelved> {
    let titled = names.len() <= TITLED;
    let shelved = |file: PathBuf| {
        let path = folder.join(&file);
        let name = file.to_string_lossy().into_owned();
        let head = if titled || may_be_export(&path) { head_of(&path) } else { None };
        if may_be_export(&path) && head.as_ref().is_some_and(|(head, _)| is_made_here(head)) {
            return None;
        }
        let meta = head.filter(|_| titled).and_then(|(head, length)| meta_of(&head, length, &name));
        let entry = entry(address_of(&path), &name, meta.as_ref(), shown(folder).as_str());
        // A reader who looks for a text may know only the name of its file.
        let by_file = entry.title.as_str() == Clean::line(&name).as_str();
        let about = if by_file { entry.about } else { Clean::line(&format!("{} · {name}", entry.about)) };
        Some((Shelved { about, ..entry }, name))
    };
    apart(names.into_iter().filter_map(shelved).collect())
}

/// Texts of one title are told apart by their files.
fn apart(shelf: Vec<(Shelved, String)>) -> Vec<Shelved> {
    let mut times: HashMap<Clean, usize> = HashMap::new();
    for (text, _) in &shelf {
        *times.entry(text.title.clone()).or_default() += 1;
    }
    let title = |text: &Shelved, name: &str| match times.get(&text.title) {
        Some(2..) => Clean::line(&format!("{} ({name})", text.title)),
        _ => text.title.clone(),
    };
    shelf.into_iter().map(|(text, name)| Shelved { title: title(&text, &name), ..text }).collect()
}

/// What a text is called, by its beginning: its title, else the name of its file.
pub fn title_of(text: &Request) -> Clean {
    let name = text.file_name();
    let meta = match &text.source {
        Source::Embedded(text) => meta_of_embedded(text),
        Source::File(path) => head_of(path).and_then(|(head, length)| meta_of(&head, length, &name)),
        Source::Pipe(_) | Source::Stdin => None,
    };
    Clean::line(meta.as_ref().and_then(plain_title).as_deref().unwrap_or(&name))
}

/// The names of the files in a folder that look like texts, sorted. Empty where the folder cannot be read.
pub(super) fn names_in(folder: &Path) -> Vec<OsString> {
    let mut left = NAMES;
    read(folder, &mut left).texts
}

/// The files in a folder that look like texts, by their paths from it; where it reaches there, those in the folders
/// below it too. What is in a folder comes before what is in the next.
pub fn files_in(folder: &Path, reach: Reach) -> Vec<PathBuf> {
    let mut files = Vec::new();
    visit(folder, reach, &mut |file, leads_to| {
        files.extend(leads_to.is_none().then_some(file));
        ControlFlow::Continue(())
    });
    files
}

/// The links in a folder that look like texts, and lead out of it: each with the file it leads to.
pub(super) fn links_out_of(folder: &Path, reach: Reach) -> Vec<(PathBuf, PathBuf)> {
    let mut links = Vec::new();
    visit(folder, reach, &mut |file, leads_to| {
        links.extend(leads_to.map(|there| (file, there)));
        ControlFlow::Continue(())
    });
    links
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

/// Whether a file is a page or a document that was exported from here, perhaps into the folder of its texts.
pub(super) fn is_export(path: &Path) -> bool {
    may_be_export(path) && head_of(path).is_some_and(|(head, _)| is_made_here(&head))
}

fn may_be_export(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "html" || e == "md")
}

fn looks_like_text(name: &str) -> bool {
    // What begins with a dot is a program's: a lock, a copy for another system.
    !name.starts_with('.') && name.contains('.') && is_text_by_name(name)
}

fn head_of(path: &Path) -> Option<(Vec<u8>, u64)> {
    // A name may lead anywhere (a link to a pipe would wait for ever): only files are opened.
    let file = open_file(path).ok()?;
    let length = file.metadata().ok()?.len();
    let mut head = Vec::with_capacity(HEAD);
    file.take(HEAD as u64).read_to_end(&mut head).ok()?;
    Some((head, length))
}

fn meta_of_embedded(text: &EmbeddedText) -> Option<Meta> {
    let head = &text.source[..text.source.floor_char_boundary(HEAD)];
    meta_of(head.as_bytes(), text.source.len() as u64, &text.file_name())
}

fn meta_of(head: &[u8], length: u64, name: &str) -> Option<Meta> {
    Some(import_prefix(head, length, &Hint { as_is: true, ..Hint::named(name) }).ok()??.text.meta().clone())
}

fn entry(request: String, name: &str, meta: Option<&Meta>, place: &str) -> Shelved {
    let title = meta.and_then(plain_title);
    let title = title.as_deref().unwrap_or(name);
    let said: Vec<&str> =
        meta.into_iter().flat_map(|m| [m.author.as_deref(), m.position.as_deref()]).flatten().collect();
    let about = if said.is_empty() { place.to_owned() } else { said.join(" · ") };
    Shelved { request, title: Clean::line(title), about: Clean::line(&about), leads_to: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_shows_its_texts_by_name() {
        let dir = tempfile::tempdir().unwrap();
        for (name, bytes) in [
            ("b.md", &b"---\ntitle: The Title\nauthor: Someone\n---\n\nWords.\n"[..]),
            ("A.TXT", b"Words.\n"),
            ("empty.txt", b""),
            (".hidden", b"x"),
            (".#b.md", b"x"),
            ("d1.md", b"# Twice\n\nWords.\n"),
            ("d2.md", b"# Twice\n\nWords.\n"),
            (".md", b"x"),
            ("topics.toml", b"x"),
            ("c.pdf", b"%PDF-1.7"),
            ("notes.md", b"---\ngenerator: Diptych\n---\n\n# Notes\n"),
            ("handout.html", b"<!DOCTYPE html><meta name=\"generator\" content=\"Diptych\"><p>x"),
        ] {
            fs::write(dir.path().join(name), bytes).unwrap();
        }
        fs::create_dir(dir.path().join("folder.md")).unwrap();
        let reach = Reach { below: true, links_out: false };
        let shelf = of_folder(dir.path(), reach);
        let titles: Vec<&str> = shelf.iter().map(|s| s.title.as_str()).collect();
        assert_eq!(titles, ["A.TXT", "The Title", "c.pdf", "Twice (d1.md)", "Twice (d2.md)", "empty.txt"]);
        assert_eq!(shelf[1].about.as_str(), "Someone · b.md");
        assert_eq!(shelf[0].about, shown(dir.path()));
        assert_eq!(of_folder(&dir.path().join("none"), reach), []);
    }

    #[test]
    fn the_embedded_texts_have_titles() {
        let shelf = embedded();
        assert_eq!(shelf.len(), 7);
        assert_eq!(
            (shelf[1].request.as_str(), shelf[1].title.as_str()),
            ("embedded:power-from-below", "Power from Below")
        );
    }
}
