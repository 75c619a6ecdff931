//! Homes: where what a reader makes for a text is kept, and what the text is called there.
//!
//! A text belongs to the library whose topics.toml is nearest above it, else to the folder that was opened as a library,
//! else to the folder it is in; or to the embedded library. In a folder a text is called by its path within it, so that
//! the whole can be moved; anything else by what opens it again. What is made for a text is kept in that folder where it
//! can be written to, else in the data folder. Topics, links, notes and tours all ask here.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::disk::Spot;
use super::embedded;
use super::folders::Folders;
use super::names;
use super::request::{Request, Source};
use super::topics;
use crate::anchor::TextId;
use crate::model::address::{address_of, composed, name_within, path_of, path_within};

/// Where what is made for a text, or for a pair of texts, is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// This folder, which its texts are in or below.
    Library(PathBuf),
    /// The library in the program.
    Embedded,
    /// In no folder: what is piped in.
    Nowhere,
    /// No one place: for two texts whose own homes differ.
    Across,
}

impl Home {
    /// The home of a text.
    pub fn of(text: &Request) -> Self {
        match &text.source {
            Source::Embedded(_) => Self::Embedded,
            Source::File(_) => Self::of_folder(text.folder()),
            Source::Pipe(_) | Source::Stdin => Self::Nowhere,
        }
    }

    /// The home of a text in `folder`; of one that is in no folder (standard input) with `None`.
    pub fn of_folder(folder: Option<&Path>) -> Self {
        match folder.filter(|f| !f.as_os_str().is_empty()) {
            Some(folder) => {
                let library = topics::nearest_to(folder);
                Self::Library(library.as_deref().and_then(Path::parent).unwrap_or(folder).to_owned())
            }
            None => Self::Nowhere,
        }
    }

    /// This home, if the reader has opened the folder `root` as a library: its folders belong to it, but for those with
    /// topics of their own.
    #[must_use]
    pub(super) fn in_root(self, root: Option<&Path>) -> Self {
        match (self, root) {
            (Self::Library(folder), Some(root)) if folder.starts_with(root) && !has_topics(&folder) => {
                Self::Library(root.to_owned())
            }
            (home, _) => home,
        }
    }

    /// The home of two texts together: their own where it is the same, and the outer folder where one is in the other.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Library(one), Self::Library(other)) if other.starts_with(&one) => Self::Library(one),
            (Self::Library(one), Self::Library(other)) if one.starts_with(&other) => Self::Library(other),
            _ => Self::Across,
        }
    }

    /// The folders above a text that are not its home, from the inside out; so many at most.
    pub fn around(&self, text: &Request) -> Vec<Self> {
        let above = text.folder().into_iter().flat_map(Path::ancestors).take(AROUND);
        let above = above.filter(|f| f.parent().is_some()).map(|f| Self::Library(f.to_owned()));
        above.filter(|home| home != self).collect()
    }

    /// What a text is called here.
    pub(super) fn id_of(&self, text: &Request) -> TextId {
        let within = match (self, &text.source) {
            (Self::Library(folder), Source::File(path)) => name_within(folder, path),
            _ => None,
        };
        TextId(within.unwrap_or_else(|| text.lasting()))
    }

    /// What a text is called here that a file calls `id`: one by its path from here that was called by its whole path.
    pub fn called(&self, id: &TextId) -> TextId {
        let Self::Library(folder) = self else { return id.clone() };
        match path_of(id.as_str()) {
            Some(path) => name_within(folder, &path).map_or_else(|| id.clone(), TextId),
            None => TextId(composed(id.as_str())),
        }
    }

    /// What opens the text that is called `id` here.
    pub fn request_of(&self, id: &TextId) -> String {
        match self {
            Self::Library(folder) if !is_elsewhere(id) => {
                let path = path_within(folder, id.as_str());
                path.map_or_else(|| id.as_str().to_owned(), |path| address_of(&names::found(&path).unwrap_or(path)))
            }
            _ => id.as_str().to_owned(),
        }
    }

    /// The folder in which the names of its texts are paths.
    pub fn library(&self) -> Option<&Path> {
        match self {
            Self::Library(folder) => Some(folder),
            Self::Embedded | Self::Nowhere | Self::Across => None,
        }
    }

    /// The folders that what is made here is kept in. It is written to the first, or where that is not allowed, to the
    /// next; it is read from all.
    pub fn folders(&self, folders: Option<&Folders>) -> Vec<PathBuf> {
        let aside = folders.map(|f| match self {
            Self::Across => f.data.clone(),
            _ => f.of_library(&self.key()),
        });
        let beside = self.library().map(Path::to_path_buf);
        let chosen = beside.as_ref().and(folders).and_then(|f| Some(f.keep.as_ref()?.join(self.key())));
        chosen.into_iter().chain(beside).chain(aside).collect()
    }

    /// The files or folders of this name in those folders.
    pub fn spots(&self, folders: Option<&Folders>, name: &str) -> Vec<Spot> {
        let is_own = |folder: &Path| folders.is_some_and(|f| f.are_own(folder));
        let spot =
            |folder: PathBuf| if is_own(&folder) { Spot::own(folder.join(name)) } else { Spot::within(&folder, name) };
        self.folders(folders).into_iter().map(spot).collect()
    }

    /// The name of its folder in the data folder: readable, and its own.
    pub fn key(&self) -> String {
        let folder = match self {
            Self::Embedded => return "embedded".to_owned(),
            Self::Across => return "across".to_owned(),
            Self::Nowhere => return "no-folder".to_owned(),
            Self::Library(folder) => folder,
        };
        let name: String = folder
            .file_name()
            .map_or_else(|| "root".into(), OsStr::to_string_lossy)
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { '-' })
            .take(40)
            .collect();
        let hash = xxhash_rust::xxh3::xxh3_64(folder.as_os_str().as_encoded_bytes());
        format!("{name}-{hash:016x}")
    }
}

/// How many folders above a text are looked into for what was made for it.
const AROUND: usize = 6;

/// Whether a folder has topics of its own.
fn has_topics(folder: &Path) -> bool {
    folder.join(topics::NAME).is_file()
}

/// Whether an id is that of a text of the program.
fn is_elsewhere(id: &TextId) -> bool {
    id.as_str().starts_with(embedded::PREFIX)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn request(path: &Path) -> Request {
        Request::parse(path.to_str().unwrap(), None).unwrap()
    }

    #[test]
    fn a_text_is_called_by_its_path_in_the_library_and_opened_by_it_after_a_move() {
        let dir = tempfile::tempdir().unwrap();
        let (before, after) = (dir.path().join("before"), dir.path().join("after"));
        fs::create_dir_all(before.join("sub")).unwrap();
        for file in ["topics.toml", "a.md", "sub/b.md"] {
            fs::write(before.join(file), "Words.\n").unwrap();
        }
        let here = before.canonicalize().unwrap();
        let home = Home::of(&request(&here.join("sub/b.md")));
        assert_eq!(home, Home::Library(here.clone()));
        let ids = [home.id_of(&request(&here.join("a.md"))), home.id_of(&request(&here.join("sub/b.md")))];
        assert_eq!(ids, [TextId::from("a.md"), TextId::from("sub/b.md")]);
        fs::rename(&before, &after).unwrap();
        let there = after.canonicalize().unwrap();
        let home = Home::of(&request(&there.join("a.md")));
        assert_eq!(home.request_of(&ids[1]), there.join("sub/b.md").to_str().unwrap());
        assert_eq!(home.id_of(&request(&there.join("sub/b.md"))), ids[1]);
    }

    #[test]
    fn what_is_no_path_within_the_library_opens_as_it_says() {
        let home = Home::Library(PathBuf::from("/library"));
        for id in ["/elsewhere/a.md", "embedded:power-from-below", "-", "../a.md"] {
            assert_eq!(home.request_of(&TextId::from(id)), id);
        }
        assert_eq!(home.request_of(&TextId::from("a.md")), "/library/a.md");
    }

    #[test]
    fn every_pair_has_one_place() {
        let dir = tempfile::tempdir().unwrap();
        let at = dir.path().canonicalize().unwrap();
        for folder in ["own", "loose", "other"] {
            fs::create_dir(at.join(folder)).unwrap();
            fs::write(at.join(folder).join("a.md"), "Words.\n").unwrap();
            fs::write(at.join(folder).join("b.md"), "Words.\n").unwrap();
        }
        fs::write(at.join("own/topics.toml"), "").unwrap();
        fs::write(at.join("other/topics.toml"), "").unwrap();
        let folders = Folders::under(&at.join("home"));
        let embedded = Request::parse("embedded:introduction", None).unwrap();
        let [own, own_b, loose, other] =
            ["own/a.md", "own/b.md", "loose/a.md", "other/a.md"].map(|p| request(&at.join(p)));
        let of_pair = |left: &Request, right: &Request| Home::of(left).with(Home::of(right));
        let first = |left, right| of_pair(left, right).folders(Some(&folders))[0].clone();
        assert_eq!(first(&own, &own_b), at.join("own"));
        assert_eq!(first(&own, &other), folders.data);
        assert_eq!(first(&own, &loose), folders.data);
        assert_eq!(first(&embedded, &embedded), folders.data.join("libraries/embedded"));
        assert_eq!(first(&loose, &loose), at.join("loose"), "beside the texts, without topics too");
        let aside = Folders { keep: Some(at.join("kept")), ..folders.clone() };
        assert!(of_pair(&loose, &loose).folders(Some(&aside))[0].starts_with(at.join("kept")));
        assert_eq!(of_pair(&own, &other).id_of(&own).as_str(), at.join("own/a.md").to_str().unwrap());
        assert_eq!(Home::Across.folders(None), Vec::<PathBuf>::new());
    }
}
