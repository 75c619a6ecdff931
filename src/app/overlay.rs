//! What lies over the panes: a list, a page, or a line being typed. One at a time; Esc closes it.

use tui_input::Input;

use super::form::Form;
use super::made::AskedOfStray;
use super::memory::Seat;
use super::notes::editor::Editor;
use super::picker::Picker;
use crate::link::Side;
use crate::link::judgement::JudgementId;
use crate::model::exporting::Export;
use crate::model::notes::Draft;
use crate::text::Place;
use crate::text::clean::Clean;

/// Something over the panes.
#[derive(Debug)]
pub enum Overlay {
    /// A list to pick from.
    Picker(Picker),
    /// A page to read.
    Page(Page),
    /// The search line.
    Prompt(Prompt),
    /// A few fields to fill in.
    Form(Form),
    /// A question that is answered in a line.
    Asked(Asked),
    /// A note being written.
    Editor(Box<Editor>),
}

/// A page to read, with a place it leads to.
#[derive(Debug, Clone)]
pub struct Page {
    /// What the page is.
    pub kind: PageKind,
    /// How many of its rows are scrolled out at the top. The drawing stops at the end of the page.
    pub scroll: u16,
    /// Where Enter goes.
    pub leads_to: Option<(Side, Place)>,
    /// What narrows it: typed on the page of keys.
    pub narrowing: Input,
}

/// The pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageKind {
    /// Every command with its keys.
    Help,
    /// Why the pair is one, and what else there was.
    Why,
    /// Two wordings, compared word by word.
    Wordings {
        /// Bytes of the left text's string.
        left: std::ops::Range<usize>,
        /// Bytes of the right text's string.
        right: std::ops::Range<usize>,
    },
    /// What one of the reader's own commands said.
    Said,
    /// What the leader wants to say at the stop that is presented.
    Remark,
    /// An address of the web, whole, before it is opened.
    Address(String),
    /// A footnote, by its number in the text of a pane.
    Footnote {
        /// The pane.
        side: Side,
        /// The note's index in its text.
        note: usize,
    },
}

/// The search line.
#[derive(Debug, Clone, Default)]
pub struct Prompt {
    /// What was typed.
    pub input: Input,
    /// Whether it is a regular expression.
    pub regex: bool,
}

impl PageKind {
    /// Whether the page is about the pair on the screen, which is to be seen beside it.
    pub fn leaves_the_pair_in_sight(&self) -> bool {
        *self == Self::Why
    }
}

/// A question, and the line that answers it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// What is asked.
    pub ask: Ask,
    /// What was typed.
    pub input: Input,
}

/// What can be asked.
#[derive(Debug, Clone)]
pub enum Ask {
    /// The words of a note.
    Jot(Box<Draft>),
    /// A folder for the notes that are not saved.
    SaveNotesTo,
    /// A file for what is exported.
    Export(Export),
    /// Whether the file that is there is to be replaced by what is exported.
    Replace(Export, String),
    /// Words to search the whole library for.
    SearchAll,
    /// Words that narrow the map.
    Narrow,
    /// Whether a text is to be opened that a file of the library names, and that lies outside it.
    Open(Side, Box<Seat>),
    /// Whether a link on the shelf is to be followed that leads out of its folder.
    Linked {
        /// What opens it.
        request: String,
        /// Whether the session begins with it.
        begins: bool,
        /// What it is.
        question: Clean,
    },
    /// Whether a text outside the library that a reference names is to be opened, and which it is.
    Follow(Box<Followed>, Clean),
    /// Whether a link that says more than that two passages are a pair is to be taken apart.
    TakeApart(JudgementId),
    /// Whether what was made for a text under another name is to be taken over.
    TakeOver(Box<AskedOfStray>),
}

/// A reference to a text that is followed.
#[derive(Debug, Clone)]
pub struct Followed {
    /// What opens the text that has it.
    pub from: String,
    /// What it names.
    pub path: String,
    /// The part of it.
    pub part: Option<String>,
    /// Whether the reader has said that a text outside the library may be opened.
    pub allowed: bool,
}

impl Asked {
    /// The question, with nothing typed yet.
    pub fn new(ask: Ask) -> Self {
        Self::with(ask, "")
    }

    /// The question, with something in the line already.
    pub fn with(ask: Ask, typed: &str) -> Self {
        Self { ask, input: Input::new(typed.to_owned()) }
    }
}

impl Page {
    /// The page, from its top.
    pub fn new(kind: PageKind) -> Self {
        Self { kind, scroll: 0, leads_to: None, narrowing: Input::default() }
    }
}
