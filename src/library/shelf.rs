//! The texts that there are to open: those of the embedded library, or those of a folder.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::disk::os::open_file;
use super::embedded::{self, EmbeddedText};
use super::request::{Request, Source};
use super::said::shown;
use super::walk::{Reach, files_and_links_in};
use crate::export::made_here::is_made_here;
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
    let (files, links) = files_and_links_in(folder, reach);
    let mut shelf = texts_of(folder, files);
    shelf.extend(links.into_iter().map(|(name, there)| Shelved {
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

/// Whether a file is a page or a document that was exported from here, perhaps into the folder of its texts.
pub(super) fn is_export(path: &Path) -> bool {
    may_be_export(path) && head_of(path).is_some_and(|(head, _)| is_made_here(&head))
}

fn may_be_export(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "html" || e == "md")
}

pub(super) fn head_of(path: &Path) -> Option<(Vec<u8>, u64)> {
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
    use std::fs;

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
