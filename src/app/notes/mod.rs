//! Notes in the session: what is on the disk, what is being written, and where in the open texts all of it belongs.

pub mod editor;
pub mod list;

mod about;
mod asking;
mod beside;
mod kept;
mod outside;
mod topic;
mod writing;

use std::sync::Arc;

use crate::app::halves::Halves;
use crate::link::Side;
use crate::model::notes::{Draft, FiledNote, NoteFile};

/// What the session knows of notes.
#[derive(Debug, Default)]
pub struct Notes {
    /// Those on the disk, the newest first; `None` while they are being read for the first time.
    all: Option<Vec<Arc<FiledNote>>>,
    /// What is being written, was put aside, or is not saved yet; the one that the editor has is not among them.
    drafts: Vec<Draft>,
    /// Whether the notes on the current passage are shown beside it.
    beside: bool,
    /// Whether what is written to the rows of a synopsis is shown between them in full.
    between: bool,
    /// The texts whose notes were asked for.
    asked: Vec<String>,
    /// Files of drafts that an earlier session left.
    old: Vec<NoteFile>,
    /// Whether what is typed will be kept aside in a moment.
    due: bool,
    /// The draft that the reader was asked about: whether to throw it away.
    doubted: Option<u64>,
}

impl Notes {
    /// The note in a file.
    pub fn get(&self, file: &NoteFile) -> Option<&Arc<FiledNote>> {
        self.all.as_ref()?.iter().find(|n| n.file == *file)
    }

    /// Puts a note in its place in the list, or takes it out.
    fn put(&mut self, file: &NoteFile, note: Option<Arc<FiledNote>>) {
        let all = self.all.get_or_insert_default();
        all.retain(|n| n.file != *file);
        all.extend(note);
        newest_first(all);
    }

    /// The notes on the current passage of a pane, in the order of the text.
    pub fn notes_here(&self, halves: &Halves, side: Side) -> Vec<Arc<FiledNote>> {
        let Some(text) = halves.pane(side).text() else { return Vec::new() };
        let current = halves.pane(side).current().and_then(|p| text.numbering().block_of(p));
        let Some(block) = current else { return Vec::new() };
        let mut here: Vec<_> = halves
            .notes(side)
            .iter()
            .filter_map(|p| Some((p.found.hit()?.range.clone(), &p.file)))
            .filter(|(range, _)| range.start.block as usize <= block && block <= range.end.block as usize)
            .collect();
        here.sort_by_key(|(range, file)| (range.start, *file));
        here.dedup_by_key(|(_, file)| *file);
        here.into_iter().filter_map(|(_, file)| self.get(file).cloned()).collect()
    }

    /// Those on the disk, the newest first; `None` while they are being read for the first time.
    pub fn all(&self) -> Option<&[Arc<FiledNote>]> {
        self.all.as_deref()
    }

    /// What is being written, was put aside, or is not saved yet.
    pub fn drafts(&self) -> &[Draft] {
        &self.drafts
    }

    /// Whether the notes on the current passage are shown beside it.
    pub fn wants_beside(&self) -> bool {
        self.beside
    }

    /// Whether the synopsis shows what is written to its rows in full.
    pub fn between(&self) -> bool {
        self.between
    }

    /// Shows it in full, or counted in a line.
    pub(in crate::app) fn turn_between(&mut self) {
        self.between = !self.between;
    }
}

/// Sorts by when they were made, the newest first; those that do not say come last.
fn newest_first(notes: &mut [Arc<FiledNote>]) {
    notes.sort_by(|a, b| (b.note.created, &b.file).cmp(&(a.note.created, &a.file)));
}
