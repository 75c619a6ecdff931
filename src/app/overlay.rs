//! What lies over the panes: a list, a page, or a line being typed. One at a time; Esc closes it.

use tui_input::Input;

use super::form::Form;
use super::picker::Picker;
use crate::link::Side;
use crate::text::Place;

/// Something over the panes.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// A list to pick from.
    Picker(Picker),
    /// A page to read.
    Page(Page),
    /// The search line.
    Prompt(Prompt),
    /// A few fields to fill in.
    Form(Form),
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

impl Page {
    /// The page, from its top.
    pub fn new(kind: PageKind) -> Self {
        Self { kind, scroll: 0, leads_to: None }
    }
}
