//! What a reader can set once for all sessions.

use serde::{Deserialize, Serialize};

use super::hook::Hook;

/// The settings, from the settings file; what it leaves out has these defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Colours: `auto`, `dark`, `light`, `projector-dark`, `projector-light`, `mono`.
    pub theme: ThemeName,
    /// The widest a column of text may be, in cells.
    pub measure: u16,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// How the other pane follows at the start.
    pub sync: Sync,
    /// Whether the pair is shown as labelled passages in one column at the start, for screen readers.
    pub linear: bool,
    /// The folder of a sentence model, absolute, from `~/`, or from the folder of the settings; empty for none.
    pub meaning: String,
    /// Where what the reader makes is kept: `beside` the texts, or in this folder.
    pub keep: String,
    /// Under which name notes, links and stops are made: `git` for the one that git has, empty for none.
    pub author: String,
    /// Commands of the reader's own, which are read apart from the rest.
    #[serde(skip)]
    pub commands: Vec<Hook>,
}

/// How the other pane follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sync {
    /// To the same place of two versions of one work.
    Place,
    /// To the counterpart of the current passage.
    #[default]
    Topic,
    /// By as many rows.
    Scroll,
    /// Not at all.
    Off,
}

impl Sync {
    /// The next mode.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Place => Self::Topic,
            Self::Topic => Self::Scroll,
            Self::Scroll => Self::Off,
            Self::Off => Self::Place,
        }
    }

    /// For the footer.
    pub fn shown(self) -> &'static str {
        match self {
            Self::Place => "place sync",
            Self::Topic => "topic sync",
            Self::Scroll => "scroll sync",
            Self::Off => "sync off",
        }
    }
}

/// The themes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum ThemeName {
    /// By the terminal's ground.
    #[default]
    Auto,
    /// For a dark ground.
    Dark,
    /// For a light ground.
    Light,
    /// Black and white and few bright colours, for a room: on black.
    #[serde(rename = "projector-dark")]
    ProjectorDark,
    /// The same on white.
    #[serde(rename = "projector-light")]
    ProjectorLight,
    /// No colour: text styles and glyphs only.
    Mono,
}

impl ThemeName {
    /// The next one, for stepping through them.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Auto => Self::Dark,
            Self::Dark => Self::Light,
            Self::Light => Self::ProjectorDark,
            Self::ProjectorDark => Self::ProjectorLight,
            Self::ProjectorLight => Self::Mono,
            Self::Mono => Self::Auto,
        }
    }

    /// The name in the settings file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::ProjectorDark => "projector-dark",
            Self::ProjectorLight => "projector-light",
            Self::Mono => "mono",
        }
    }
}

/// The setting by which git is asked who the reader is.
const BY_GIT: &str = "git";

/// The setting by which what is made is kept beside the texts.
const BESIDE: &str = "beside";

impl Settings {
    /// The folder that what is made is kept in; `None` where it is kept beside the texts.
    pub fn keeps_in(&self) -> Option<&str> {
        Some(self.keep.trim()).filter(|keep| *keep != BESIDE && is_folder(keep))
    }

    /// The name under which things are made, where there is one.
    pub fn author(&self) -> Option<&str> {
        Some(self.author.trim()).filter(|author| !author.is_empty() && !self.asks_git())
    }

    /// Whether git is to say who the reader is.
    pub fn asks_git(&self) -> bool {
        self.author.trim() == BY_GIT
    }

    /// Whether what the settings say of where to keep things means something.
    pub fn says_where_to_keep(&self) -> bool {
        self.keep.trim() == BESIDE || self.keeps_in().is_some()
    }
}

/// Whether a setting is written as a folder is: a single word would sooner be a mistake.
fn is_folder(written: &str) -> bool {
    written.starts_with('/') || written.starts_with("~/")
}

/// The narrowest and the widest measure that can be set.
pub const MEASURES: std::ops::RangeInclusive<u16> = 20..=200;

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeName::Auto,
            measure: 72,
            mouse: true,
            sync: Sync::Topic,
            linear: false,
            meaning: String::new(),
            keep: BESIDE.to_owned(),
            author: BY_GIT.to_owned(),
            commands: Vec::new(),
        }
    }
}
