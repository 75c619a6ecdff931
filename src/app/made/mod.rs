//! What the reader makes: what can be unmade, and what is still to be kept.

pub(in crate::app) mod deed;
mod journal;
pub(crate) mod keeping;

use std::sync::Arc;

use crate::link::judgement::Judgement;
use crate::model::keeping::KeepOrder;
use crate::model::notes::FileVersion;
use crate::model::open::Open;
use crate::model::strays::Stray;
use crate::text::clean::Clean;
use crate::topic::codebook::Topic;
use crate::tour::Tour;

/// What the reader makes.
#[derive(Debug, Default)]
pub struct Made {
    journal: Journal,
    keeping: Keeping,
    /// What the reader is still to be asked about.
    pub(in crate::app) strays: Vec<AskedOfStray>,
}

/// What the reader made, in the order it was made.
#[derive(Debug, Default)]
struct Journal {
    done: Vec<UndoStep>,
    undone: Vec<UndoStep>,
}

/// What is undone at once.
#[derive(Debug)]
struct UndoStep {
    /// What was done, for `undone: …`.
    what: String,
    edits: Vec<Edit>,
}

/// One thing that changed: before and after; `None` where it was not there.
// A journal has as many entries as a person made things: their size does not matter.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, Clone)]
pub(in crate::app) enum Edit {
    /// A topic of the codebook.
    Topic(Changed<Topic>),
    /// The file of a note.
    Note(Changed<FileVersion>),
    /// The tour of two texts as a whole, named as [`crate::model::keeping::Record::Tour`] does.
    Tour([String; 2], Changed<Tour>),
    /// A judgement on two texts, named as [`crate::model::keeping::Record::Judgement`] does.
    Judgement([String; 2], Changed<Judgement>),
}

/// A thing before and after.
#[derive(Debug, Clone)]
pub(in crate::app) struct Changed<T> {
    /// What it was; `None` where there was nothing.
    pub before: Option<T>,
    /// What it is; `None` where there is nothing any more.
    pub after: Option<T>,
}

/// What is not known to be kept, in the order it was made.
#[derive(Debug, Default)]
struct Keeping {
    pending: Vec<Pending>,
    /// Whether the reader was told that leaving would lose something.
    warned: bool,
    /// Whether a next try is due by itself.
    again: bool,
}

/// What was made, on its way to a file.
#[derive(Debug)]
struct Pending {
    order: KeepOrder,
    /// Why it was not kept; `None` while it is under way.
    failed: Option<Clean>,
    /// Why it was not kept when it was tried last; `None` where it is tried for the first time.
    tried: Option<Clean>,
    /// Whether it is told where it fails: not again where it is only the clock that has it tried.
    aloud: bool,
}

/// A question about something that is astray.
#[derive(Debug, Clone)]
pub struct AskedOfStray {
    /// What it is.
    pub stray: Stray,
    /// The text that it is about.
    pub open: Arc<Open>,
    /// The question.
    pub question: Clean,
}
