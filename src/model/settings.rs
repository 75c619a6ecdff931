//! What a reader can set once for all sessions.

use serde::{Deserialize, Serialize};

use std::fmt::Write as _;
use std::sync::Arc;

use super::hook::Hook;
use super::own_theme::OwnTheme;
use crate::text::clean::Clean;

/// The settings, from the settings file; what it leaves out has these defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Settings {
    /// Colours: `auto`, `dark`, `light`, `projector-dark`, `projector-light`, `mono`.
    pub theme: ThemeName,
    /// With which signs the screen is drawn.
    pub signs: SignsName,
    /// The widest a column of text may be, in cells.
    pub measure: u16,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// How the other pane follows at the start.
    pub sync: Sync,
    /// Whether the pair is shown as labelled passages in one column at the start, for screen readers.
    pub linear: bool,
    /// Whether what is read is printed line by line instead, into the terminal as it is.
    pub lines: bool,
    /// A program that speaks, and its arguments: each line that is read in one column is one more. Empty for none.
    pub speak: Vec<String>,
    /// The folder of a sentence model, absolute, from `~/`, or from the folder of the settings; empty for none.
    pub meaning: String,
    /// Where what the reader makes is kept: `beside` the texts, or in this folder.
    pub keep: String,
    /// Folders whose texts may be symbolic links to files elsewhere.
    pub linked: Vec<String>,
    /// Under which name notes, links and stops are made: `git` for the one that git has, empty for none.
    pub author: String,
    /// Whether other programs of the same user may speak to a session.
    pub listen: bool,
    /// Whether exports carry addresses that open their passages here.
    pub addresses: bool,
    /// Commands of the reader's own, which are read apart from the rest.
    #[serde(skip)]
    pub commands: Vec<Hook>,
    /// The theme that the file names, where it is one of the reader's own; read apart from the rest too.
    #[serde(skip)]
    pub own_theme: Option<Arc<OwnTheme>>,
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
    /// One of the reader's own.
    #[serde(skip)]
    Own,
}

/// With which signs the screen is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum SignsName {
    /// By the terminal and the locale.
    #[default]
    Auto,
    /// With all there are.
    Unicode,
    /// In letters that every terminal has.
    Ascii,
}

impl ThemeName {
    /// Those that are built in.
    pub const BUILT_IN: [Self; 6] =
        [Self::Auto, Self::Dark, Self::Light, Self::ProjectorDark, Self::ProjectorLight, Self::Mono];

    /// The built-in one of this name.
    pub fn of(name: &str) -> Option<Self> {
        Self::BUILT_IN.into_iter().find(|theme| theme.name() == name)
    }

    /// The next one, for stepping through them, the reader's own among them where there is one.
    #[must_use]
    pub fn next(self, has_own: bool) -> Self {
        match self {
            Self::Mono if has_own => Self::Own,
            Self::Auto => Self::Dark,
            Self::Dark => Self::Light,
            Self::Light => Self::ProjectorDark,
            Self::ProjectorDark => Self::ProjectorLight,
            Self::ProjectorLight => Self::Mono,
            Self::Mono | Self::Own => Self::Auto,
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
            Self::Own => "own",
        }
    }
}

/// The setting by which git is asked who the reader is.
const BY_GIT: &str = "git";

/// The setting by which what is made is kept beside the texts.
const BESIDE: &str = "beside";

/// What is said of each setting where all of them are printed, in that order.
pub const EXPLAINED: [(&str, &str); 14] = [
    (
        "theme",
        "auto, dark, light, projector-dark, projector-light, mono, or a file of your own in themes/; NO_COLOR is obeyed",
    ),
    ("signs", "auto, unicode, or ascii: on the Linux console and without UTF-8 auto is ascii"),
    ("measure", "the widest a column of text may be, in cells: 20 to 200"),
    ("mouse", "whether the mouse is used; zm turns it off for a while"),
    ("sync", "how the other pane follows at the start: place (two versions of one work), topic, scroll, off"),
    ("linear", "true begins in one column of labelled passages, for screen readers"),
    ("lines", "true prints what is read line by line, into the terminal as it is: no screen, nothing drawn again"),
    ("speak", "a program that speaks the lines of linear reading, and its arguments: [\"spd-say\"]; [] for none"),
    ("keep", "where what you make is kept: beside the texts, or a folder from / or ~/"),
    ("linked", "folders of yours whose texts may be symbolic links to files elsewhere: [\"~/reading\"]"),
    ("author", "the name under what you make: git (its user.name), a name, or \"\" for none"),
    ("listen", "whether other programs of yours may speak to a session, over a socket of yours alone"),
    (
        "addresses",
        "true has handouts carry diptych:// addresses of your own texts, too; these name your files by their whole paths",
    ),
    (
        "meaning",
        "the folder of a sentence model (config.json, vocab.txt, model.safetensors of all-MiniLM-L6-v2); \"\" for none",
    ),
];

/// What stands for commands where there are none.
const NO_COMMANDS: &str =
    "# Commands of your own: a program that a key calls, which gets what is selected and read as JSON.
# [commands.dictionary]
# run = [\"dict-of-mine\"]      # the program and its arguments; no shell reads them
# key = \"D\"                   # as in keymap.toml; without it, from the palette
# about = \"Look a word up\"
# seconds = 10                # how long it may take
";

impl Settings {
    /// The name of the theme.
    pub fn theme_name(&self) -> &str {
        match (&self.own_theme, self.theme) {
            (Some(own), ThemeName::Own) => &own.name,
            _ => self.theme.name(),
        }
    }

    /// All of them as a file that reads back to the same, a line before each saying what it is.
    pub fn to_toml(&self) -> String {
        let built_in = Self { theme: ThemeName::Auto, ..self.clone() };
        let mut table = toml::Table::try_from(&built_in).unwrap_or_default();
        table.insert("theme".to_owned(), self.theme_name().into());
        let mut out = String::new();
        for (name, about) in EXPLAINED {
            if let Some(value) = table.get(name) {
                let _ = writeln!(out, "# {about}\n{name} = {value}\n");
            }
        }
        if self.commands.is_empty() {
            out.push_str(NO_COMMANDS);
        }
        for hook in &self.commands {
            let run = toml::Value::from(hook.run.clone());
            let words = [&hook.key, &hook.about].map(|words| toml::Value::from(words.as_str()));
            let [key, about] = words;
            let (name, seconds) = (&hook.name, hook.seconds);
            let _ =
                writeln!(out, "[commands.{name}]\nrun = {run}\nkey = {key}\nabout = {about}\nseconds = {seconds}\n");
        }
        out
    }

    /// The folder that what is made is kept in; `None` where it is kept beside the texts.
    pub fn keeps_in(&self) -> Option<&str> {
        Some(self.keep.trim()).filter(|keep| *keep != BESIDE && is_folder(keep))
    }

    /// The folders whose texts may be links; `None` where one is not written as a folder is.
    pub fn linked_folders(&self) -> Option<Vec<&str>> {
        self.linked.iter().map(|folder| Some(folder.trim()).filter(|folder| is_folder(folder))).collect()
    }

    /// The name under which things are made, where there is one.
    pub fn author(&self) -> Option<&str> {
        Some(self.author.trim()).filter(|author| !author.is_empty() && !self.asks_git())
    }

    /// The same, as it is put under what is made.
    pub fn signature(&self) -> Option<String> {
        self.author().map(|author| Clean::line(author).as_str().to_owned())
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
            signs: SignsName::Auto,
            measure: 72,
            mouse: true,
            sync: Sync::Topic,
            linear: false,
            lines: false,
            speak: Vec::new(),
            meaning: String::new(),
            keep: BESIDE.to_owned(),
            linked: Vec::new(),
            author: BY_GIT.to_owned(),
            listen: true,
            addresses: false,
            commands: Vec::new(),
            own_theme: None,
        }
    }
}
