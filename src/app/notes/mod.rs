//! Notes in the session: what is on the disk, what is being written, and where in the open texts all of it belongs.

pub(crate) mod editor;
pub(crate) mod list;

mod about;
mod asking;
mod beside;
mod kept;
mod left;
mod outside;
mod topic;
mod writing;

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::halves::Halves;
use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::notes::{Draft, FiledNote, NoteFile};
use crate::model::open::told_apart;
use crate::note::Target;
use crate::text::clean::Clean;
use crate::tour::StopId;

/// What the session knows of notes.
#[derive(Debug, Default)]
pub struct Notes {
    /// Those on the disk, the newest first; `None` while they are being read for the first time.
    all: Option<Vec<Arc<FiledNote>>>,
    /// What the texts of these notes are called, by what opens them.
    called: HashMap<String, Clean>,
    /// What is being written, was put aside, or is not saved yet; the one that the editor has is not among them.
    drafts: Vec<Draft>,
    /// Whether the notes on the current passage are shown beside it.
    beside: bool,
    /// Whether what is written to the rows of a synopsis is shown between them in full.
    between: bool,
    /// The texts whose notes were asked for.
    asked: Vec<String>,
    /// Held as long as the answer is wanted: that for other texts, or of how they were before, may come last.
    ticket: Ticket,
    /// Held for each open text by its version, as long as it is wanted where these notes are in it: a note may be gone meanwhile.
    finding: HashMap<u64, Ticket>,
    /// Files of drafts that an earlier session left.
    old: Vec<NoteFile>,
    /// The numbers of the drafts among them that nobody was told of: their texts are not open.
    untold: Vec<u64>,
    /// Whether what is typed will be kept aside in a moment.
    due: bool,
    /// The draft that the reader was asked about: whether to throw it away.
    doubted: Option<u64>,
    /// How an open list of them is.
    listed: Listing,
    /// What was told when they were read last.
    told: Vec<Clean>,
}

/// How an open list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Listing {
    #[default]
    UpToDate,
    Behind,
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
        self.called = called(all);
    }

    /// What the text of a note's place is called: by its title, and where others have that too, by its file as well.
    pub fn name_of_place(&self, halves: &Halves, target: &Target, request: &str) -> Clean {
        let open = || BOTH.iter().find_map(|side| halves.pane(*side).open().filter(|open| open.request == request));
        self.called
            .get(request)
            .cloned()
            .or_else(|| open().map(|open| open.name.clone()))
            .unwrap_or_else(|| Clean::line(target.title()))
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

    /// Whether it is known that no note is on an open text.
    pub(in crate::app) fn has_none_on_open(&self, halves: &Halves) -> bool {
        let open = BOTH.map(|side| halves.pane(side).open());
        let is_on = |note: &Arc<FiledNote>| open.iter().flatten().any(|open| note.is_about(&open.request));
        self.all().is_some_and(|all| !all.iter().any(is_on))
    }

    /// What is being written, was put aside, or is not saved yet.
    pub fn drafts(&self) -> &[Draft] {
        &self.drafts
    }

    /// The words for a stop of the tour that an earlier session left.
    pub fn draft_for(&self, stop: &StopId) -> Option<&Draft> {
        self.drafts.iter().find(|draft| draft.stop.as_ref() == Some(stop))
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

/// What the texts of notes are called. A note that does not cite its text's title has it from another one that does.
fn called(notes: &[Arc<FiledNote>]) -> HashMap<String, Clean> {
    let mut titles: HashMap<&String, &str> = HashMap::new();
    let places = || notes.iter().flat_map(|note| note.note.targets.iter().zip(&note.requests));
    for (title, request) in places().filter_map(|(target, request)| Some((target.cited_title()?, request))) {
        titles.entry(request).or_insert(title);
    }
    for (target, request) in places() {
        titles.entry(request).or_insert_with(|| target.title());
    }
    let texts: Vec<(Clean, String)> =
        titles.into_iter().map(|(request, title)| (Clean::line(title), request.clone())).collect();
    let names = told_apart(&texts);
    texts.into_iter().map(|(_, request)| request).zip(names).collect()
}
