//! Where Diptych keeps what is the reader's, by the XDG Base Directory Specification.
//!
//! A struct of paths, so that only [`Folders::of_system`] asks the environment, and a test needs none.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

/// The name of Diptych's folder in each of them.
const NAME: &str = "diptych";

/// The folders; none of them need exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// The home folder, for which `~` stands.
    pub home: PathBuf,
    /// For config.toml and keymap.toml.
    pub config: PathBuf,
    /// For what the reader makes and no library can hold.
    pub data: PathBuf,
    /// For where the reader left off.
    pub state: PathBuf,
    /// For what can be made again.
    pub cache: PathBuf,
    /// For what the reader makes, where the settings name a folder for that; else it is kept beside the texts.
    pub keep: Option<PathBuf>,
    /// Folders whose texts may be links that lead out of them, by the settings.
    pub linked: Vec<PathBuf>,
}

impl Folders {
    /// The folders of this system and user; `None` where the system names no home.
    pub fn of_system() -> Option<Self> {
        let base = etcetera::choose_base_strategy().ok()?;
        let data = base.data_dir().join(NAME);
        Some(Self {
            home: base.home_dir().to_owned(),
            config: base.config_dir().join(NAME),
            state: base.state_dir().map_or_else(|| data.join("state"), |dir| dir.join(NAME)),
            data,
            cache: base.cache_dir().join(NAME),
            keep: None,
            linked: Vec::new(),
        })
    }

    /// All of them in one folder, as the specification has them under a home.
    pub fn under(home: &Path) -> Self {
        Self {
            home: home.to_owned(),
            config: home.join(".config").join(NAME),
            data: home.join(".local/share").join(NAME),
            state: home.join(".local/state").join(NAME),
            cache: home.join(".cache").join(NAME),
            keep: None,
            linked: Vec::new(),
        }
    }

    /// The reader's settings.
    pub fn settings(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The reader's themes.
    pub fn themes(&self) -> PathBuf {
        self.config.join("themes")
    }

    /// Where all programs have their settings.
    pub fn config_home(&self) -> &Path {
        self.config.parent().unwrap_or(&self.config)
    }

    /// The reader's keys.
    pub fn keymap(&self) -> PathBuf {
        self.config.join("keymap.toml")
    }

    /// Where the reader left off.
    pub fn session(&self) -> PathBuf {
        self.state.join("state.toml")
    }

    /// Imports that took long.
    pub fn imports(&self) -> PathBuf {
        self.cache.join("imports")
    }

    /// What sentence models said of texts.
    pub fn meanings(&self) -> PathBuf {
        self.cache.join("meanings")
    }

    /// A folder that the settings name: absolute, from `~/`, or from where the settings are.
    pub fn named(&self, said: &str) -> PathBuf {
        match said.strip_prefix("~/") {
            Some(rest) => self.home.join(rest),
            None => self.config.join(said),
        }
    }

    /// Whether a folder is one of the reader's own for what is made, and no library.
    pub(super) fn are_own(&self, folder: &Path) -> bool {
        folder.starts_with(&self.data) || self.keep.as_ref().is_some_and(|keep| folder.starts_with(keep))
    }

    /// What belongs to the library `key` and cannot be kept in it.
    pub fn of_library(&self, key: &str) -> PathBuf {
        self.libraries().join(key)
    }

    /// Where each library has a folder for what cannot be kept in it.
    pub(super) fn libraries(&self) -> PathBuf {
        self.data.join("libraries")
    }
}
