//! What a command would make, worked out by the part that knows: what is undone at once, and what is said of it.

use crate::app::made::Edit;

/// Something to be made, or why it is not.
#[derive(Debug)]
pub(in crate::app) enum Deed {
    /// It is made, and can be undone.
    Done {
        /// What was done, for `undone: …`.
        what: String,
        /// What changes.
        edits: Vec<Edit>,
        /// What the reader is told.
        said: Option<String>,
    },
    /// Nothing is made, for this reason.
    Not(String),
}

impl Deed {
    /// Something of which nothing is said: it is seen.
    pub(crate) fn new(what: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self::Done { what: what.into(), edits, said: None }
    }

    /// Something, and what is said of it.
    pub(crate) fn told(what: impl Into<String>, edits: Vec<Edit>, said: impl Into<String>) -> Self {
        Self::Done { what: what.into(), edits, said: Some(said.into()) }
    }

    /// Nothing, and why.
    pub(crate) fn not(why: impl Into<String>) -> Self {
        Self::Not(why.into())
    }
}
