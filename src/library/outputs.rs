//! The files that imports are written to: named after what they came from, in one folder, and never over another.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::disk::{Disk, Spot};
use super::said::shown;
use super::save::{self, SaveError};
use crate::text::clean::clean_text;

/// Bytes of a name before its ending; file systems have 255 for both.
const LONGEST: usize = 120;

/// A folder that imports are written to.
#[derive(Debug)]
pub(crate) struct Outputs<'a> {
    disk: &'a dyn Disk,
    folder: PathBuf,
    replace: bool,
    /// Names that were given in this call, in lower case: some file systems know no other.
    given: HashSet<String>,
    /// Device and number of the originals.
    originals: HashSet<(u64, u64)>,
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Written {
    /// The file was written.
    New(PathBuf),
    /// The file was there already, with these very bytes.
    Unchanged(PathBuf),
}

/// Why an import was not written.
#[derive(Debug, Error)]
pub(crate) enum OutputError {
    /// Something has this name.
    #[error("{} is there already; --force replaces it, -o takes another folder", shown(.0))]
    There(PathBuf),
    /// The original has this name.
    #[error("{} is an original, which import never changes; give -o another folder", shown(.0))]
    Original(PathBuf),
    /// The disk.
    #[error(transparent)]
    Save(#[from] SaveError),
}

impl<'a> Outputs<'a> {
    /// Writes into `folder`; with `replace` over what imports or others have left there, but never over one of the
    /// `originals`.
    pub(crate) fn new<'p>(
        disk: &'a dyn Disk,
        folder: &Path,
        replace: bool,
        originals: impl IntoIterator<Item = &'p Path>,
    ) -> Self {
        let id = |path: &Path| fs::metadata(path).ok().map(|meta| (meta.dev(), meta.ino()));
        let originals = originals.into_iter().filter_map(id).collect();
        Self { disk, folder: folder.to_owned(), replace, given: HashSet::new(), originals }
    }

    /// Writes the import of the file `original` (empty for standard input) with this title.
    pub(crate) fn write(
        &mut self,
        original: &str,
        title: Option<&str>,
        markdown: &str,
    ) -> Result<Written, OutputError> {
        let name = self.name(&stem(original, title));
        let path = self.folder.join(name);
        match fs::symlink_metadata(&path) {
            Ok(_) if self.is_original(&path) => return Err(OutputError::Original(path)),
            Ok(meta) if meta.is_dir() => return Err(OutputError::There(path)),
            Ok(meta) if meta.is_file() && self.has(&path, markdown) => return Ok(Written::Unchanged(path)),
            Ok(_) if !self.replace => return Err(OutputError::There(path)),
            _ => {}
        }
        match save::publish(self.disk, &Spot::own(&path), markdown.as_bytes(), self.replace) {
            Ok(()) => Ok(Written::New(path)),
            // It has come while this one was written.
            Err(e) if e.why.kind() == io::ErrorKind::AlreadyExists => Err(OutputError::There(path)),
            Err(e) => Err(e.into()),
        }
    }

    /// Two files of one call never get one name: the second is `name-2.md`.
    fn name(&mut self, stem: &str) -> String {
        let mut names = std::iter::once(format!("{stem}.md")).chain((2..).map(|n| format!("{stem}-{n}.md")));
        let free = names.find(|name| self.given.insert(name.to_lowercase()));
        free.unwrap_or_else(|| format!("{stem}.md"))
    }

    fn is_original(&self, path: &Path) -> bool {
        fs::metadata(path).is_ok_and(|meta| self.originals.contains(&(meta.dev(), meta.ino())))
    }

    fn has(&self, path: &Path, markdown: &str) -> bool {
        self.disk.read(&Spot::own(path), markdown.len() as u64).is_ok_and(|bytes| bytes == markdown.as_bytes())
    }
}

/// A name without its ending: that of the original, or where that says nothing, the title's.
fn stem(original: &str, title: Option<&str>) -> String {
    let own = original.rsplit_once('.').map_or(original, |(stem, _)| stem);
    let says_nothing = own.is_empty() || own.eq_ignore_ascii_case("index");
    let of_title = title.filter(|_| says_nothing).map(slug).filter(|slug| !slug.is_empty());
    let name = of_title.unwrap_or_else(|| safe(own));
    if name.is_empty() { "text".to_owned() } else { name }
}

/// A title as a name: its words in lower case, with hyphens between them.
fn slug(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let words: Vec<String> =
        words.map(|w| w.replace(['\'', '’'], "").to_lowercase()).filter(|w| !w.is_empty()).collect();
    cut(&words.join("-")).trim_end_matches('-').to_owned()
}

/// A name that is one file in its folder, visible, and no option: nothing in it that a system or a shell takes apart.
fn safe(name: &str) -> String {
    let clean = clean_text(name);
    let kept: String = clean
        .chars()
        .map(|c| {
            if c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\u{fffd}' | '␛')
            {
                '-'
            } else {
                c
            }
        })
        .collect();
    cut(kept.trim_start_matches(['.', '-', ' ', '~'])).trim_end_matches([' ', '.']).to_owned()
}

fn cut(name: &str) -> &str {
    &name[..name.floor_char_boundary(LONGEST)]
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;
    use crate::library::disk::Os;

    #[test]
    fn a_name_is_safe_whatever_it_came_from() {
        let cases = [
            ("a.pdf", None, "a"),
            ("The Book.v2.pdf", Some("Other"), "The Book.v2"),
            ("", Some("What: is/to be “done”?"), "what-is-to-be-done"),
            ("index.html", Some("It's Day One"), "its-day-one"),
            ("index.html", None, "index"),
            ("", None, "text"),
            ("", Some("…"), "text"),
            (".hidden", None, "text"),
            ("..", None, "text"),
            ("../../etc/passwd.txt", None, "etc-passwd"),
            ("-rf.txt", None, "rf"),
            ("a\u{1b}[31m\u{202e}b.txt", None, "a-[31m-b"),
            ("con:aux?.txt", None, "con-aux-"),
        ];
        for (original, title, expected) in cases {
            assert_eq!(stem(original, title), expected, "{original:?} {title:?}");
        }
        assert!(stem(&"é".repeat(300), None).len() <= LONGEST);
    }

    #[test]
    fn nothing_is_written_over_unasked_and_no_original_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("out");
        let original = dir.path().join("a.md");
        fs::write(&original, "original").unwrap();
        let write = |replace: bool, name: &str, words: &str| {
            let mut outputs = Outputs::new(&Os, &folder, replace, [original.as_path()]);
            outputs.write(name, None, words)
        };
        assert_eq!(write(false, "a.md", "words").unwrap(), Written::New(folder.join("a.md")));
        assert_eq!(write(false, "a.pdf", "words").unwrap(), Written::Unchanged(folder.join("a.md")));
        assert!(matches!(write(false, "a.pdf", "others"), Err(OutputError::There(_))));
        assert!(matches!(write(true, "a.pdf", "others"), Ok(Written::New(_))));
        assert_eq!(fs::read_to_string(folder.join("a.md")).unwrap(), "others");
        // What a name leads to elsewhere is not touched: the name itself is replaced.
        let elsewhere = dir.path().join("elsewhere");
        fs::write(&elsewhere, "mine").unwrap();
        symlink(&elsewhere, folder.join("b.md")).unwrap();
        symlink(dir.path().join("nowhere"), folder.join("c.md")).unwrap();
        for name in ["b.txt", "c.txt"] {
            assert!(matches!(write(false, name, "words"), Err(OutputError::There(_))), "{name}");
            assert!(matches!(write(true, name, "words"), Ok(Written::New(_))), "{name}");
        }
        assert_eq!(fs::read_to_string(elsewhere).unwrap(), "mine");
        assert!(!dir.path().join("nowhere").exists());
        fs::create_dir(folder.join("d.md")).unwrap();
        assert!(matches!(write(true, "d.txt", "words"), Err(OutputError::There(_))));
        let mut beside = Outputs::new(&Os, dir.path(), true, [original.as_path()]);
        assert!(matches!(beside.write("a.md", None, "words"), Err(OutputError::Original(_))));
        assert_eq!(fs::read_to_string(original).unwrap(), "original");
    }

    #[test]
    fn files_of_one_call_have_names_of_their_own() {
        let dir = tempfile::tempdir().unwrap();
        let mut outputs = Outputs::new(&Os, dir.path(), true, []);
        let written: Vec<_> = ["a.txt", "A.pdf", "a.epub"]
            .map(|name| outputs.write(name, None, name).unwrap())
            .into_iter()
            .map(|w| match w {
                Written::New(path) | Written::Unchanged(path) => path.file_name().unwrap().to_owned(),
            })
            .collect();
        assert_eq!(written, ["a.md", "A-2.md", "a-3.md"]);
        let mode = fs::metadata(dir.path().join("a.md")).unwrap().permissions().mode();
        assert_ne!(mode & 0o044, 0, "others may read it as the umask has it: {mode:o}");
        let left: Vec<_> = fs::read_dir(dir.path()).unwrap().collect();
        assert_eq!(left.len(), 3, "no temporary file is left");
    }
}
