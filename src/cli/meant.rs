//! Which library a command means: the one that is named, else the folder one is in if it holds texts, else the bundled one.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::anchor::Anchor;
use crate::library::home::Home;
use crate::library::judgements::same_text;
use crate::library::load::Waiting;
use crate::library::places::holds_made;
use crate::library::{Library, embedded, topics};
use crate::model::address::{address_of, path_of, path_of_url};
use crate::model::notes::FiledNote;
use crate::text::clean::Clean;

/// What names the library that comes with the program.
pub(super) const BUNDLED: &str = "embedded:";

/// A library that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meant {
    /// The texts in and below this folder.
    Folder(PathBuf),
    /// The texts that come with the program.
    Bundled,
}

impl Meant {
    /// What is meant where nothing is named.
    pub(super) fn here(library: &Library) -> Self {
        let here = std::env::current_dir().ok().filter(|here| is_library(library, here));
        here.map_or(Self::Bundled, |here| Self::folder(library, &here))
    }

    /// The library of this name; `None` where it is that of a text.
    pub(super) fn named(library: &Library, name: &str) -> Option<Self> {
        if name == BUNDLED {
            return Some(Self::Bundled);
        }
        let path = match (name.strip_prefix("~/"), library.folders()) {
            (Some(below), Some(folders)) if !Path::new(name).exists() => folders.home.join(below),
            // What is not UTF-8 comes as the address of its path.
            _ => path_of_url(name).unwrap_or_else(|| PathBuf::from(name)),
        };
        path.is_dir().then(|| Self::folder(library, &path))
    }

    /// What is meant by the name of a library, or without one; `None` where a text is named.
    pub(super) fn by(library: &Library, name: Option<&str>) -> Option<Self> {
        name.map_or_else(|| Some(Self::here(library)), |name| Self::named(library, name))
    }

    fn folder(library: &Library, folder: &Path) -> Self {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        library.begin_in(&folder);
        Self::Folder(folder)
    }

    /// What opens its texts: in the folder one is in, their names.
    pub(super) fn texts(&self, library: &Library) -> Vec<String> {
        match self {
            Self::Bundled => embedded::TEXTS.iter().map(embedded::EmbeddedText::id).collect(),
            Self::Folder(folder) => {
                let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
                let below = |path: &Path| Some(path.strip_prefix(here.as_ref()?).ok()?.to_str()?.to_owned());
                let files = library.text_files_in(folder).into_iter();
                files.map(|path| below(&path).unwrap_or_else(|| address_of(&path))).collect()
            }
        }
    }

    /// A line for each link in it that looks like a text, and leads out of it.
    pub(super) fn links_out(&self, library: &Library) -> Vec<Clean> {
        match self {
            Self::Bundled => Vec::new(),
            Self::Folder(folder) => library.links_out_of(folder),
        }
    }

    /// One line on them, for those who only ask for the texts.
    pub(super) fn told_of_links_out(&self, library: &Library) -> Option<Clean> {
        match self {
            Self::Bundled => None,
            Self::Folder(folder) => library.told_of_links_out(folder),
        }
    }

    /// The homes in which something may be kept that was made for its texts.
    pub(super) fn homes(&self, library: &Library) -> Vec<Home> {
        let Self::Folder(folder) = self else { return vec![Home::Embedded] };
        let mut homes = vec![library.home_of_folder(folder)];
        for file in library.text_files_in(folder) {
            let Some(inside) = file.parent() else { continue };
            let own = library.home_of_folder(inside);
            let beside = Home::Library(inside.to_owned());
            let made = beside.folders(library.folders()).iter().any(|f| holds_made(f));
            for home in [Some(own), Some(beside).filter(|_| made)].into_iter().flatten() {
                if !homes.contains(&home) {
                    homes.push(home);
                }
            }
        }
        homes
    }

    /// Whether it is a folder inside a larger library.
    pub(super) fn is_part(&self, library: &Library) -> bool {
        match self {
            Self::Bundled => false,
            Self::Folder(folder) => library.home_of_folder(folder).library() != Some(folder),
        }
    }

    /// Its notes, and those on pairs that one of its texts makes with a text of another library; and what to tell.
    pub(super) fn notes(&self, library: &Library) -> (Vec<Arc<FiledNote>>, Vec<Clean>) {
        let read = library.notes_in(&self.homes(library));
        let across = library.notes_in(&[Home::Across]);
        let lasting = |text: &String| library.request(text).map(|r| r.lasting()).ok();
        let texts: Vec<String> = self.texts(library).iter().filter_map(lasting).collect();
        let is_here = |note: &Arc<FiledNote>| *self == Self::Bundled || texts.iter().any(|text| note.is_about(text));
        // In a folder of a library, those on the texts of the folder are meant, as everywhere.
        let below = |note: &Arc<FiledNote>| match self {
            Self::Folder(folder) if self.is_part(library) => {
                note.requests.iter().any(|text| path_of(text).is_some_and(|path| path.starts_with(folder)))
            }
            _ => true,
        };
        let notes = read.notes.into_iter().filter(below).chain(across.notes.into_iter().filter(is_here)).collect();
        (notes, read.told.into_iter().chain(across.told).collect())
    }
}

/// The texts of the library that is meant, by their content: for what names one by a name that none has any more.
#[derive(Debug)]
pub(super) struct SameTexts<'l> {
    library: &'l Library,
    names: OnceCell<HashMap<u64, String>>,
}

impl<'l> SameTexts<'l> {
    /// Those of a library that was opened; they are read when they are asked for first.
    pub(super) fn of(library: &'l Library) -> Self {
        Self { library, names: OnceCell::new() }
    }

    /// What to say of a place whose text is not there: where the same text is, as far as that is known, else `why`.
    pub(super) fn missed(&self, place: &Anchor, why: &Clean) -> Clean {
        if let Some(name) = self.name(place.hash) {
            return Clean::line(&format!("{}: no such file{}", place.text, same_text(name)));
        }
        let root = self.library.root().map(|root| format!("{}/", root.display()));
        let said = root.map(|root| why.as_str().replace(&root, ""));
        said.map_or_else(|| why.clone(), |said| Clean::line(&said))
    }

    /// What to say of a place that is not in the text of its name, where its text has another name.
    pub(super) fn elsewhere(&self, place: &Anchor) -> Option<Clean> {
        let name = self.name(place.hash)?;
        (name != place.text.as_str()).then(|| Clean::line(same_text(name).trim_start_matches("; ")))
    }

    fn name(&self, hash: u64) -> Option<&str> {
        let root = self.library.root().filter(|_| hash != 0)?;
        let names = self.names.get_or_init(|| {
            let texts = Meant::Folder(root.to_owned()).texts(self.library);
            let read = |text: String| Some((self.library.peek(&text, &Waiting::patiently()).ok()?.text.hash(), text));
            texts.into_iter().filter_map(read).collect()
        });
        names.get(&hash).map(String::as_str)
    }
}

/// Whether a folder holds texts, or something that was made for them.
fn is_library(library: &Library, folder: &Path) -> bool {
    library.holds_texts(folder) || folder.join(topics::NAME).is_file() || holds_made(folder)
}
