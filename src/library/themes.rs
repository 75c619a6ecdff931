//! The reader's own themes: TOML files in `themes/` of the configuration folder, which may build on each other.

use std::path::Path;

use toml_edit::{Document, Item};

use super::Library;
use super::disk::Disk;
use super::preferences::read;
use super::said::shown;
use crate::model::own_theme::{INHERITS, OwnTheme, ThemeFile};
use crate::model::settings::ThemeName;

/// So many themes may build on each other, one on the next.
const DEEPEST: usize = 8;

impl Library {
    /// A theme of the reader's own, by its name; an error says in words why there is none.
    pub fn theme(&self, name: &str) -> Result<OwnTheme, String> {
        let Some(folders) = &self.folders else { return Err("this system names no home for themes".to_owned()) };
        theme(&*self.disk, &folders.themes(), name)?
            .ok_or_else(|| format!("there is no theme \"{name}\"; `diptych theme` lists those there are"))
    }

    /// The names of the reader's own themes.
    pub fn theme_names(&self) -> Vec<String> {
        self.folders.as_ref().map_or_else(Vec::new, |folders| names(&folders.themes()))
    }
}

/// The theme of this name in a folder, with all that it builds on; `None` where there is no such file. An error says in
/// words why there is none.
pub(super) fn theme(disk: &dyn Disk, folder: &Path, name: &str) -> Result<Option<OwnTheme>, String> {
    let mut files: Vec<ThemeFile> = Vec::new();
    let mut next = name.to_owned();
    let base = loop {
        let path = folder.join(format!("{next}.toml"));
        if !is_name(&next) {
            return Err(format!("\"{next}\" is not a name for a theme: letters, digits, - and _"));
        }
        if files.iter().any(|file| file.path == path) || files.len() == DEEPEST {
            return Err(format!("the theme \"{next}\" begins with itself, or with too many others"));
        }
        let source = match read(disk, &path) {
            Ok(Some(source)) => source,
            Ok(None) if files.is_empty() => return Ok(None),
            Ok(None) => {
                let from = files.last().map_or_else(String::new, |file| shown(&file.path).to_string());
                return Err(format!("{from} begins with \"{next}\", which is neither built in nor a file beside it"));
            }
            Err(mistake) => return Err(mistake.to_string()),
        };
        // What is wrong with a file is told when its colours are read.
        let inherits = Document::parse(source.as_str())
            .ok()
            .and_then(|document| document.get(INHERITS).and_then(Item::as_str).map(str::to_owned));
        files.push(ThemeFile { path, source });
        match inherits {
            None => break ThemeName::Auto,
            Some(inherits) => match ThemeName::of(&inherits) {
                Some(base) => break base,
                None => next = inherits,
            },
        }
    };
    files.reverse();
    Ok(Some(OwnTheme { name: name.to_owned(), base, files }))
}

/// The names of the themes in a folder, in order.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| Some(entry.file_name().to_str()?.strip_suffix(".toml")?.to_owned()))
        .filter(|name| is_name(name))
        .collect();
    names.sort_unstable();
    names
}

/// Whether a name is one of a theme: it is that of a file too, and leads nowhere else.
pub(super) fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    !name.is_empty() && name.len() <= 64 && name.chars().all(plain)
}
