//! What a reader asks for: a path, a text of the embedded library, or what is piped in, perhaps with a passage to go to.
//!
//! `a.md` · `a.md:14` (passage 14) · `a.md:14-16` (these passages, selected) · `-` (standard input) · `embedded:power-from-below`, or `power-from-below` alone. A
//! file whose real name is what was written comes first, so one named `b:22` is opened, not passage 22 of `b`.

use std::fs;
use std::io;
use std::os::unix::fs::FileTypeExt as _;
use std::path::{Path, PathBuf};

use super::embedded::{self, EmbeddedText};
use super::error::LoadError;
use super::names;
use super::said::shown;
use super::walk::names_in;
use crate::model::address::{address_of, path_of_url};
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::word::nearest::nearest;

/// A text that is there, as far as its name tells, and a passage in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Where the text is.
    pub source: Source,
    /// The passage to go to.
    pub passage: Option<PassageNo>,
    /// The last of several passages, where more than one is meant.
    pub last: Option<PassageNo>,
    /// What was written, without the passage.
    pub written: String,
}

/// Where a text is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// In a file; the path is absolute.
    File(PathBuf),
    /// In a pipe with a name, which can be read only once.
    Pipe(PathBuf),
    /// Standard input.
    Stdin,
    /// In the program.
    Embedded(&'static EmbeddedText),
}

impl Request {
    /// Finds out what `written` means. `home` stands for a leading `~/`.
    pub fn parse(written: &str, home: Option<&Path>) -> Result<Self, LoadError> {
        let (stem, (passage, last)) = split_passage(written);
        for (name, passage, last) in [(written, None, None), (stem, passage, last)] {
            if let Some(source) = find(name, home)? {
                return Ok(Self { source, passage, last, written: name.to_owned() });
            }
            if passage.is_none() && stem == written {
                break;
            }
        }
        Err(LoadError::Missing { what: Clean::line(stem), advice: advice(stem, home) })
    }

    /// What opens the same text again, from any folder.
    pub fn lasting(&self) -> String {
        match &self.source {
            Source::File(path) | Source::Pipe(path) => address_of(path),
            Source::Stdin => "-".to_owned(),
            Source::Embedded(text) => text.id(),
        }
    }

    /// The name of the file, for its ending and as a stand-in for a title.
    pub fn file_name(&self) -> String {
        match &self.source {
            Source::File(path) | Source::Pipe(path) => {
                path.file_name().map_or_else(|| self.written.clone(), |n| n.to_string_lossy().into_owned())
            }
            Source::Stdin => String::new(),
            Source::Embedded(text) => text.file_name(),
        }
    }

    /// The folder of a file.
    pub fn folder(&self) -> Option<&Path> {
        match &self.source {
            Source::File(path) => path.parent(),
            _ => None,
        }
    }
}

/// The first and the last of the passages that are meant.
type Passages = (Option<PassageNo>, Option<PassageNo>);

/// `a.md:14` in two, and `a.md:14-16`; a colon that no number follows is part of the name.
fn split_passage(written: &str) -> (&str, Passages) {
    let number = |digits: &str| {
        let is_one = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        digits.parse().ok().filter(|_| is_one).map(PassageNo)
    };
    let Some((stem, told)) = written.rsplit_once(':').filter(|(stem, _)| !stem.is_empty()) else {
        return (written, (None, None));
    };
    match told.split_once(['-', '–']) {
        None => number(told).map_or((written, (None, None)), |passage| (stem, (Some(passage), None))),
        Some((from, to)) => match (number(from), number(to)) {
            (Some(from), Some(to)) => (stem, (Some(from.min(to)), Some(from.max(to)).filter(|_| from != to))),
            _ => (written, (None, None)),
        },
    }
}

/// The source of this very name; `None` where there is none.
fn find(name: &str, home: Option<&Path>) -> Result<Option<Source>, LoadError> {
    if name == "-" {
        return Ok(Some(Source::Stdin));
    }
    if let Some(found) = find_file(name, Path::new(name))? {
        return Ok(Some(found));
    }
    if let Some(path) = path_of_url(name) {
        return find_file(name, &path);
    }
    if let (Some(rest), Some(home)) = (name.strip_prefix("~/"), home)
        && let Some(found) = find_file(name, &home.join(rest))?
    {
        return Ok(Some(found));
    }
    let stem = name.strip_prefix(embedded::PREFIX).unwrap_or(name);
    Ok(EmbeddedText::of_stem(stem).map(Source::Embedded))
}

fn find_file(name: &str, path: &Path) -> Result<Option<Source>, LoadError> {
    let unreadable = |why| LoadError::Unreadable { what: Clean::line(name), why };
    let spelt = names::typed(path);
    let path = spelt.as_deref().unwrap_or(path);
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return Ok(None),
        // Too long or otherwise impossible as a name: so it names no file.
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidFilename | io::ErrorKind::InvalidInput) => return Ok(None),
        Err(e) => return Err(unreadable(e)),
    };
    let kind = meta.file_type();
    if kind.is_dir() {
        return Err(LoadError::Folder { what: Clean::line(name), example: example(path) });
    }
    if kind.is_fifo() {
        return Ok(Some(Source::Pipe(path.to_owned())));
    }
    if !kind.is_file() {
        return Err(LoadError::Device { what: Clean::line(name) });
    }
    lasting_path(path).map(|p| Some(Source::File(p))).map_err(unreadable)
}

/// The absolute path of a file, links in its folder's path resolved and its own name kept: one path for one name.
fn lasting_path(path: &Path) -> io::Result<PathBuf> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match path.file_name() {
        Some(name) => Ok(fs::canonicalize(folder)?.join(name)),
        None => fs::canonicalize(path),
    }
}

/// `, as folder/text.md`.
fn example(folder: &Path) -> Clean {
    let first = names_in(folder).into_iter().next();
    let named = |path: PathBuf| match path.to_str() {
        Some(path) => path.to_owned(),
        None => address_of(&std::path::absolute(&path).unwrap_or(path)),
    };
    Clean::line(&first.map_or(String::new(), |name| format!(", as {}", named(folder.join(name)))))
}

/// `; ` and the nearest name that there is; nothing where none is near.
fn advice(written: &str, home: Option<&Path>) -> Clean {
    let path = match (written.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(written),
    };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|f| !f.is_dir()) {
        return Clean::line(&format!("; there is no folder {} either", shown(folder)));
    }
    let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let names = names_in(folder.unwrap_or(Path::new(".")));
    let names: Vec<String> = names.into_iter().filter_map(|n| n.into_string().ok()).filter(|n| *n != name).collect();
    if let Some(near) = nearest_name(&name, &names) {
        let near = folder.map_or_else(|| PathBuf::from(near), |f| f.join(near));
        return Clean::line(&format!("; did you mean {}?", shown(&near)));
    }
    let wanted = written.strip_prefix(embedded::PREFIX).unwrap_or(written);
    let near = nearest(wanted, embedded::TEXTS.iter().map(|t| t.stem));
    Clean::line(&near.map_or_else(String::new, |near| format!("; did you mean {}{near}?", embedded::PREFIX)))
}

/// The name nearest to what was written, whether the ending was written or not.
fn nearest_name<'a>(written: &str, names: &'a [String]) -> Option<&'a str> {
    let stem = |name: &'a str| name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let whole = nearest(written, names.iter().map(String::as_str));
    whole.or_else(|| {
        let near = nearest(written, names.iter().map(|n| stem(n)))?;
        names.iter().map(String::as_str).find(|n| stem(n) == near)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A folder with some texts, and its path as a string.
    fn folder() -> (tempfile::TempDir, String) {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a.md", "b.txt", "c.md:22", "notes.md", "picture.png"] {
            fs::write(dir.path().join(name), "Words.\n").unwrap();
        }
        fs::create_dir(dir.path().join("sub")).unwrap();
        let path = fs::canonicalize(dir.path()).unwrap().to_str().unwrap().to_owned();
        (dir, path)
    }

    #[test]
    fn what_is_written_is_found() {
        let (_dir, at) = folder();
        let file = |name: &str| Source::File(Path::new(&at).join(name));
        let embedded = |stem| Source::Embedded(EmbeddedText::of_stem(stem).unwrap());
        let cases = [
            (format!("{at}/a.md"), file("a.md"), None),
            (format!("{at}/a.md:14"), file("a.md"), Some(14)),
            (format!("{at}/sub/../a.md:0"), file("a.md"), Some(0)),
            (format!("{at}/c.md:22"), file("c.md:22"), None),
            (format!("{at}/c.md:22:3"), file("c.md:22"), Some(3)),
            ("~/b.txt:2".to_owned(), file("b.txt"), Some(2)),
            ("-".to_owned(), Source::Stdin, None),
            ("-:7".to_owned(), Source::Stdin, Some(7)),
            ("power-from-below".to_owned(), embedded("power-from-below"), None),
            ("embedded:power-from-below:3".to_owned(), embedded("power-from-below"), Some(3)),
        ];
        for (written, source, passage) in cases {
            let request = Request::parse(&written, Some(Path::new(&at))).unwrap();
            assert_eq!((request.source.clone(), request.passage), (source, passage.map(PassageNo)), "{written}");
            let again = Request::parse(&request.lasting(), None).unwrap();
            assert_eq!(again.source, request.source, "{written} by its lasting name");
        }
    }

    #[test]
    fn what_is_not_there_is_said_with_the_nearest_name() {
        let (_dir, at) = folder();
        let cases = [
            ("/notse.md", "/notse.md: no such file; did you mean @/notes.md?"),
            ("/notes:3", "/notes: no such file; did you mean @/notes.md?"),
            ("/zzzzzzzz.md", "/zzzzzzzz.md: no such file"),
            ("/sub/x.md", "/sub/x.md: no such file"),
            ("/gone/x.md", "/gone/x.md: no such file; there is no folder @/gone either"),
            ("/a.md/x", "/a.md/x: no such file; there is no folder @/a.md either"),
            ("", ": this is a folder; name a text in it, as @/a.md"),
            ("/sub", "/sub: this is a folder; name a text in it"),
        ];
        for (written, expected) in cases {
            let error = Request::parse(&format!("{at}{written}"), None).unwrap_err();
            assert_eq!(error.line().as_str(), format!("{at}{}", expected.replace('@', &at)), "{written}");
        }
        let error = Request::parse("embedded:power-from-belwo", None).unwrap_err();
        assert!(error.to_string().ends_with("did you mean embedded:power-from-below?"), "{error}");
        let error = Request::parse("/dev/null", None).unwrap_err();
        assert!(matches!(error, LoadError::Device { .. }), "{error}");
        for odd in ["", ":", ":3", "a\0b", &"x".repeat(5000)] {
            assert!(matches!(Request::parse(odd, None), Err(LoadError::Missing { .. })), "{odd:?}");
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn two_folders_whose_names_look_alike_are_two() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;

        let dir = tempfile::tempdir().unwrap();
        let requests = [b"\xe9", b"\xe8"].map(|name| {
            let folder = dir.path().join(OsStr::from_bytes(name));
            fs::create_dir(&folder).unwrap();
            let path = folder.join("a.md");
            fs::write(&path, "Words.\n").unwrap();
            let request = Request::parse(&address_of(&path), None).unwrap();
            assert_eq!(request.source, Source::File(fs::canonicalize(folder).unwrap().join("a.md")));
            request.lasting()
        });
        assert_ne!(requests[0], requests[1]);
        assert!(Request::parse(&format!("{}:3", requests[0]), None).unwrap().passage.is_some());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn whatever_is_asked_for_the_answer_is_one_clean_line(written in any::<String>()) {
            if let Err(error) = Request::parse(&written, None) {
                let line = error.line();
                prop_assert!(!line.as_str().chars().any(char::is_control), "{line:?}");
            }
        }
    }
}
