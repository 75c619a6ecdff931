//! Homes: where what a reader makes for a text is kept, and what the text is called there.
//!
//! A text belongs to the library whose topics.toml is nearest above it, or to the embedded library, or it is loose. In
//! a library a text is called by its path within it, so that the whole folder can be moved; anything else by what opens
//! it again. What is made for a text is kept beside it where it belongs to a library that can be written to, else in
//! the data folder. Topics, links, notes and tours all ask here.

use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};

use super::disk::Spot;
use super::embedded;
use super::folders::Folders;
use super::request::{Request, Source};
use super::topics;
use crate::anchor::TextId;
use crate::model::address::{SCHEME, address_of};

/// Where what is made for a text, or for a pair of texts, is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// This folder, which has a topics.toml.
    Library(PathBuf),
    /// The library in the program.
    Embedded,
    /// A folder without a topics.toml, or none.
    Loose(PathBuf),
    /// No one place: for two texts whose own homes differ.
    Across,
}

impl Home {
    /// The home of a text.
    pub fn of(text: &Request) -> Self {
        match &text.source {
            Source::Embedded(_) => Self::Embedded,
            Source::File(_) => Self::of_folder(text.folder()),
            Source::Pipe(_) | Source::Stdin => Self::of_folder(None),
        }
    }

    /// The home of a pair of texts: their own where it is the same.
    pub fn of_pair(left: &Request, right: &Request) -> Self {
        let (left, right) = (Self::of(left), Self::of(right));
        if left == right { left } else { Self::Across }
    }

    /// The home of a text in `folder`; of one that is in no folder (standard input) with `None`.
    pub fn of_folder(folder: Option<&Path>) -> Self {
        let folder = folder.unwrap_or(Path::new(""));
        match topics::nearest_to(folder).as_deref().and_then(Path::parent) {
            Some(library) if !folder.as_os_str().is_empty() => Self::Library(library.to_owned()),
            _ => Self::Loose(folder.to_owned()),
        }
    }

    /// What a text is called here.
    pub fn id_of(&self, text: &Request) -> TextId {
        let within = match (self, &text.source) {
            (Self::Library(folder), Source::File(path)) => path.strip_prefix(folder).ok().and_then(slashed),
            _ => None,
        };
        TextId(within.unwrap_or_else(|| text.lasting()))
    }

    /// What opens the text that is called `id` here.
    pub fn request_of(&self, id: &TextId) -> String {
        match self {
            Self::Library(folder) if is_within(id) => address_of(&folder.join(id.as_str())),
            _ => id.as_str().to_owned(),
        }
    }

    /// The folder of the library, in which the names of its texts are paths.
    pub fn library(&self) -> Option<&Path> {
        match self {
            Self::Library(folder) => Some(folder),
            Self::Embedded | Self::Loose(_) | Self::Across => None,
        }
    }

    /// The folders that what is made here is kept in. It is written to the first, or where that is not allowed, to the
    /// next; and read from all of them. Empty where there is no home folder either.
    pub fn folders(&self, folders: Option<&Folders>) -> Vec<PathBuf> {
        let aside = folders.map(|f| match self {
            Self::Across => f.data.clone(),
            _ => f.of_library(&self.key()),
        });
        self.library().map(Path::to_path_buf).into_iter().chain(aside).collect()
    }

    /// The files or folders of this name in those folders.
    pub fn spots(&self, folders: Option<&Folders>, name: &str) -> Vec<Spot> {
        let is_own = |folder: &Path| folders.is_some_and(|f| folder.starts_with(&f.data));
        let spot =
            |folder: PathBuf| if is_own(&folder) { Spot::own(folder.join(name)) } else { Spot::within(&folder, name) };
        self.folders(folders).into_iter().map(spot).collect()
    }

    /// The name of its folder in the data folder: readable, and its own.
    pub fn key(&self) -> String {
        let folder = match self {
            Self::Embedded => return "embedded".to_owned(),
            Self::Across => return "across".to_owned(),
            Self::Loose(folder) if folder.as_os_str().is_empty() => return "no-folder".to_owned(),
            Self::Library(folder) | Self::Loose(folder) => folder,
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

/// A path below a library with `/` between folders, whatever the system writes there.
fn slashed(path: &Path) -> Option<String> {
    let parts = path.components().map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

/// Whether an id is a path within a library, and stays within it.
fn is_within(id: &TextId) -> bool {
    let inside = Path::new(id.as_str()).components().all(|part| matches!(part, Component::Normal(_)));
    let elsewhere = [embedded::PREFIX, SCHEME].iter().any(|prefix| id.as_str().starts_with(prefix));
    inside && id.as_str() != "-" && !elsewhere
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
        let first = |left, right| Home::of_pair(left, right).folders(Some(&folders))[0].clone();
        assert_eq!(first(&own, &own_b), at.join("own"));
        assert_eq!(first(&own, &other), folders.data);
        assert_eq!(first(&own, &loose), folders.data);
        assert_eq!(first(&embedded, &embedded), folders.data.join("libraries/embedded"));
        assert!(first(&loose, &loose).starts_with(folders.data.join("libraries")));
        assert_eq!(Home::of_pair(&own, &other).id_of(&own).as_str(), at.join("own/a.md").to_str().unwrap());
        assert_eq!(Home::Across.folders(None), Vec::<PathBuf>::new());
    }
}
