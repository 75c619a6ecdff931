//! What a command is. The table of all of them is in [`super::commands`].

use std::fmt;
use std::str::FromStr;

use super::App;

/// Where a key is pressed: which section of keymap.toml answers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// The two panes.
    Reading,
    /// A selection is open; what is not bound here is looked up under reading.
    Selecting,
    /// The synopsis of a topic.
    Synopsis,
    /// The map of the library.
    Map,
    /// The loom of both texts.
    Loom,
    /// The dispute page.
    Dispute,
    /// The list of stops.
    Tour,
    /// The cards of the pair.
    Cards,
    /// A presentation.
    Present,
    /// The second screen of who leads a room.
    Lectern,
    /// What the leader of a room shows.
    Room,
    /// A list to pick from by typing.
    Picker,
    /// A line being typed (a search).
    Prompt,
    /// A few fields to fill in: of a link, of a topic.
    Form,
    /// A page over the panes: a footnote, the reasons of a counterpart.
    Page,
    /// The page of all keys, which is narrowed by what is typed.
    Help,
    /// A note is being written.
    Note,
    /// The list of notes; what is not bound here is looked up under picker.
    Notes,
}

impl Context {
    /// All of them, in the order of keymap.toml.
    pub const ALL: [Self; 18] = [
        Self::Reading,
        Self::Selecting,
        Self::Synopsis,
        Self::Map,
        Self::Loom,
        Self::Dispute,
        Self::Tour,
        Self::Cards,
        Self::Present,
        Self::Lectern,
        Self::Room,
        Self::Picker,
        Self::Prompt,
        Self::Form,
        Self::Page,
        Self::Help,
        Self::Note,
        Self::Notes,
    ];

    /// Those of whole screens, in the same order.
    pub const SCENES: &'static [Self] = &{
        let mut scenes = [Self::Reading; Self::SCENE_COUNT];
        let (mut at, mut found) = (0, 0);
        while at < Self::ALL.len() {
            if Self::ALL[at].is_of_scene() {
                scenes[found] = Self::ALL[at];
                found += 1;
            }
            at += 1;
        }
        scenes
    };

    const SCENE_COUNT: usize = {
        let (mut at, mut count) = (0, 0);
        while at < Self::ALL.len() {
            count += Self::ALL[at].is_of_scene() as usize;
            at += 1;
        }
        count
    };

    /// Whether it is that of a whole screen, and not of what lies over one or is typed.
    const fn is_of_scene(self) -> bool {
        match self {
            Self::Reading
            | Self::Synopsis
            | Self::Map
            | Self::Loom
            | Self::Dispute
            | Self::Tour
            | Self::Cards
            | Self::Present
            | Self::Lectern
            | Self::Room => true,
            Self::Selecting
            | Self::Picker
            | Self::Prompt
            | Self::Form
            | Self::Page
            | Self::Help
            | Self::Note
            | Self::Notes => false,
        }
    }

    /// The name of the section in keymap.toml.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Selecting => "selecting",
            Self::Synopsis => "synopsis",
            Self::Map => "map",
            Self::Loom => "loom",
            Self::Dispute => "dispute",
            Self::Tour => "tour",
            Self::Cards => "cards",
            Self::Present => "present",
            Self::Lectern => "lectern",
            Self::Room => "room",
            Self::Picker => "picker",
            Self::Prompt => "prompt",
            Self::Form => "form",
            Self::Page => "page",
            Self::Help => "help",
            Self::Note => "note",
            Self::Notes => "notes",
        }
    }
}

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Context {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|c| c.name() == name).ok_or(())
    }
}

/// What a command asks for besides its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// A count may be typed before the key.
    Count,
    /// A letter is typed after the key.
    Letter,
    /// The key itself says what is meant: a digit.
    Itself,
}

/// What a command was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Call {
    /// The count typed before the key.
    pub count: Option<u32>,
    /// The letter typed after it, or the key itself.
    pub letter: Option<char>,
}

impl Call {
    /// How often to do it: the count, else once.
    pub fn times(self) -> i32 {
        self.count.unwrap_or(1).clamp(1, 100_000).cast_signed()
    }
}

/// One thing a reader can do: a row of the table that keymap.toml, help, footer, palette, `diptych keys` and the tests
/// read.
#[derive(Debug)]
pub struct Command {
    /// The name in keymap.toml.
    pub name: &'static str,
    /// Under which heading help lists it.
    pub group: Group,
    /// Where its keys work.
    pub contexts: &'static [Context],
    /// What it does, in one line that begins with a verb.
    pub help: &'static str,
    /// The one or two words the footer has room for.
    pub hint: &'static str,
    /// What it asks for.
    pub takes: Takes,
    /// The code.
    pub run: fn(&mut App, Call),
}

/// The headings of the help page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "title() says it")]
pub enum Group {
    Moving,
    Trail,
    Topics,
    Links,
    Panes,
    Versions,
    Scenes,
    Seminar,
    Finding,
    Selecting,
    Marks,
    Lists,
    Notes,
    Writing,
    Typing,
    Leaving,
}

impl Group {
    /// All of them, in the order of the help page.
    pub const ALL: [Self; 16] = [
        Self::Trail,
        Self::Topics,
        Self::Links,
        Self::Moving,
        Self::Panes,
        Self::Versions,
        Self::Scenes,
        Self::Seminar,
        Self::Finding,
        Self::Selecting,
        Self::Notes,
        Self::Marks,
        Self::Lists,
        Self::Writing,
        Self::Typing,
        Self::Leaving,
    ];

    /// The heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Moving => "Moving through a text",
            Self::Trail => "From point to counterpoint",
            Self::Topics => "Topics",
            Self::Links => "Links of your own",
            Self::Panes => "The two panes",
            Self::Versions => "Two versions of one work",
            Self::Scenes => "Other screens",
            Self::Seminar => "The seminar: tour and presentation",
            Self::Finding => "Finding",
            Self::Selecting => "Selecting and copying",
            Self::Marks => "Marks and the way back",
            Self::Lists => "In a list or on a page",
            Self::Notes => "Notes",
            Self::Writing => "In a note",
            Self::Typing => "While typing",
            Self::Leaving => "Leaving",
        }
    }
}

/// No two rows of the table have the same name.
impl PartialEq for Command {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Command {}
