//! A theme of the reader's own, as files that were read and not looked into yet: what looks how is the view's.

use std::path::PathBuf;

use super::settings::ThemeName;

/// The field in which a theme names the one it begins with.
pub const INHERITS: &str = "inherits";

/// A theme, and those that it begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTheme {
    /// Its name: that of its file, without the extension.
    pub name: String,
    /// The built-in theme at the bottom of it.
    pub base: ThemeName,
    /// The files, each laid over those before it; its own is the last.
    pub files: Vec<ThemeFile>,
}

/// A file of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFile {
    /// Where it is, as short as the reader would write it.
    pub path: PathBuf,
    /// What it says.
    pub source: String,
}
