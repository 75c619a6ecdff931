//! The journal: everything the reader makes, so that it can be unmade.
//!
//! Whatever is made is an [`Edit`] that says what was there before and what is there now. Undoing it is the same edit
//! the other way round, so a kind of thing needs one piece of code to make, to unmake and to make again. What belongs
//! together (a topic merged into another, and the links that follow it) is one entry.

use crate::app::made::{Changed, Edit, Made, UndoStep};

impl<T> Changed<T> {
    /// Something new.
    pub(crate) fn made(after: T) -> Self {
        Self { before: None, after: Some(after) }
    }

    fn inverse(self) -> Self {
        Self { before: self.after, after: self.before }
    }
}

impl Edit {
    fn inverse(self) -> Self {
        match self {
            Self::Topic(change) => Self::Topic(change.inverse()),
            Self::Note(change) => Self::Note(change.inverse()),
            Self::Tour(texts, change) => Self::Tour(texts, change.inverse()),
            Self::Judgement(texts, change) => Self::Judgement(texts, change.inverse()),
        }
    }

    /// Puts the reader's name under a judgement that is new.
    pub(crate) fn sign(&mut self, author: Option<String>) {
        if let Self::Judgement(_, Changed { before: None, after: Some(judgement) }) = self
            && judgement.authors.is_empty()
        {
            judgement.authors.extend(author);
        }
    }
}

impl Made {
    /// Whether there is something to undo, and something to redo.
    pub(in crate::app) fn can_undo(&self) -> (bool, bool) {
        (!self.journal.done.is_empty(), !self.journal.undone.is_empty())
    }

    /// Takes back what was made last. Answers with what that was and what is to change for it.
    pub(in crate::app) fn undo(&mut self) -> Option<(String, Vec<Edit>)> {
        let step = self.journal.done.pop()?;
        let undone = (step.what.clone(), step.edits.iter().rev().cloned().map(Edit::inverse).collect());
        self.journal.undone.push(step);
        Some(undone)
    }

    /// The same for what was taken back last, which is so again.
    pub(in crate::app) fn redo(&mut self) -> Option<(String, Vec<Edit>)> {
        let step = self.journal.undone.pop()?;
        let redone = (step.what.clone(), step.edits.clone());
        self.journal.done.push(step);
        Some(redone)
    }

    /// Something was made already; from now on it can be undone.
    pub(in crate::app) fn made(&mut self, what: impl Into<String>, edits: Vec<Edit>) {
        self.journal.undone.clear();
        self.journal.done.push(UndoStep { what: what.into(), edits });
    }
}
