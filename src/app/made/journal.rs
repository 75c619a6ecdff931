//! The journal: everything the reader makes, so that it can be unmade.
//!
//! Whatever is made is an [`Edit`] that says what was there before and what is there now. Undoing it is the same edit
//! the other way round, so a kind of thing needs one piece of code to make, to unmake and to make again. What belongs
//! together (a topic merged into another, and the links that follow it) is one entry.

use crate::app::App;
use crate::app::made::{Changed, Edit, Made, UndoStep};
use crate::model::keeping::Record;
use crate::model::notes::NoteChange;
use crate::model::touring::Touring;

impl<T> Changed<T> {
    /// Something new.
    pub fn made(after: T) -> Self {
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
            Self::Tour(change) => Self::Tour(change.inverse()),
            Self::Judgement(texts, change) => Self::Judgement(texts, change.inverse()),
        }
    }

    /// Puts the reader's name under a judgement that is new.
    fn sign(&mut self, author: Option<String>) {
        if let Self::Judgement(_, Changed { before: None, after: Some(judgement) }) = self
            && judgement.authors.is_empty()
        {
            judgement.authors.extend(author);
        }
    }
}

impl App {
    /// Makes something: from now on it is so, it will be kept, and it can be undone. `what` says what was done, as in
    /// `undone: the link ¶14⇄¶22`.
    pub(in crate::app) fn make(&mut self, what: impl Into<String>, mut edits: Vec<Edit>) {
        for edit in &mut edits {
            edit.sign(self.settings.signature());
        }
        for edit in &edits {
            self.perform(edit.clone());
        }
        self.made.made(what, edits);
    }

    /// Unmakes what the reader made last.
    pub(in crate::app) fn undo_last(&mut self) {
        let Some(entry) = self.made.journal.done.pop() else { return self.tell("nothing to undo") };
        self.topics.forget_catch();
        for edit in entry.edits.iter().rev() {
            self.perform(edit.clone().inverse());
        }
        self.tell(format!("undone: {}", entry.what));
        self.made.journal.undone.push(entry);
    }

    /// Makes again what was unmade last.
    pub(in crate::app) fn redo_last(&mut self) {
        let Some(entry) = self.made.journal.undone.pop() else { return self.tell("nothing to redo") };
        for edit in &entry.edits {
            self.perform(edit.clone());
        }
        self.tell(format!("redone: {}", entry.what));
        self.made.journal.done.push(entry);
    }

    fn perform(&mut self, edit: Edit) {
        match edit {
            Edit::Topic(Changed { before, after }) => {
                let Some(id) = after.as_ref().or(before.as_ref()).map(|t| t.id.clone()) else { return };
                // What was changed in the file meanwhile stays: only what this edit changes is changed.
                let was = before.clone();
                let after = match (before, after, self.topics.codebook().entry(id.as_str())) {
                    (Some(before), Some(after), Some(now)) => Some(now.changed(&before, &after)),
                    (_, after, _) => after,
                };
                self.change_topic(&id, after.clone());
                self.made.keep(&mut self.out, Record::Topic { id, topic: after, before: was });
            }
            Edit::Note(Changed { before, after }) => {
                self.made.keep(&mut self.out, Record::Note(Box::new(NoteChange::Put { now: before, wanted: after })));
            }
            Edit::Tour(change) => {
                self.touring.change_tour(&mut self.screens, change.after.unwrap_or_default());
                let Touring { tour, texts, seen, .. } = self.touring.clone();
                self.made.keep(&mut self.out, Record::Tour { texts, tour, seen, before: change.before });
            }
            Edit::Judgement(texts, Changed { before, after }) => {
                let Some(id) = after.as_ref().or(before.as_ref()).map(|j| j.id.clone()) else { return };
                let is_open = Some(&texts) == self.halves.texts_of_pair().as_ref();
                self.made
                    .keep(&mut self.out, Record::Judgement { texts, id: id.clone(), judgement: after.clone(), before });
                if is_open {
                    self.change_judgement(&id, after);
                } else {
                    // Other texts are open by now; their files may be the same.
                    self.links.find_own(&self.halves, &self.made, &mut self.out);
                }
            }
        }
    }
}

impl Made {
    /// Whether there is something to undo, and something to redo.
    pub(in crate::app) fn can_undo(&self) -> (bool, bool) {
        (!self.journal.done.is_empty(), !self.journal.undone.is_empty())
    }

    /// Something was made already; from now on it can be undone.
    pub(in crate::app) fn made(&mut self, what: impl Into<String>, edits: Vec<Edit>) {
        self.journal.undone.clear();
        self.journal.done.push(UndoStep { what: what.into(), edits });
    }
}
