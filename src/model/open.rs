//! Texts as they are opened: one that is open, one that was just read, one there is to open.

use std::path::PathBuf;
use std::sync::Arc;

use crate::anchor::TextId;
use crate::import::warning::Warning;
use crate::study::own::Called;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::Codebook;

/// A text that is open in a pane.
#[derive(Debug)]
pub struct Open {
    /// What anchors call it within its home: its path in its library, else what opens it again.
    pub id: TextId,
    /// The folder of its library; `None` for one that belongs to no folder with topics of its own.
    pub library: Option<PathBuf>,
    /// What the reader asked for to get it: a path, or the id of a text of the library.
    pub request: String,
    /// Its title, else the name of its file.
    pub name: Clean,
    /// The text.
    pub text: Arc<Text>,
    /// Distinguishes this text from any other one that was ever open, so that late answers are dropped.
    pub version: u64,
    /// Only the start of the file, shown until the whole is read.
    pub provisional: bool,
    /// What its import has told, with the name of its file.
    pub warnings: Vec<Warning>,
}

/// A text that was read for a pane.
#[derive(Debug)]
pub struct Loaded {
    /// The text.
    pub open: Open,
    /// The passage to go to, from a deep link.
    pub at: Option<PassageNo>,
    /// The topics that belong to the text's library, where they are not those in use.
    pub codebook: Option<Arc<Codebook>>,
}

/// A text there is to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    /// What to ask for.
    pub request: String,
    /// Its title, else its name.
    pub title: Clean,
    /// Author and position, or the folder it is in.
    pub about: Clean,
}

impl Open {
    /// Whether its pages stand in another order than in the file.
    pub fn has_moved_pages(&self) -> bool {
        self.warnings.iter().any(Warning::is_of_moved_pages)
    }

    /// What it is called in the home it has together with another text: by its path in the library where both are of one.
    pub fn name_beside(&self, other: &Self) -> TextId {
        if self.library == other.library { self.id.clone() } else { TextId(self.request.clone()) }
    }
}

/// Two texts with what the judgements of the pair call them.
pub fn called<'a>(left: &'a Open, right: &'a Open) -> [Called<'a>; 2] {
    let named = |open: &'a Open, other| Called { name: open.name_beside(other), text: &open.text };
    [named(left, right), named(right, left)]
}
