//! Notes in the session: what is on the disk, what is being written, and where in the open texts all of it belongs.

pub mod editor;
pub mod list;

mod about;
mod asking;
mod beside;
mod outside;
mod topic;
mod writing;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::App;
use super::command::Context;
use super::made::journal::{Changed, Edit};
use super::margin::SignKind;
use super::overlay::Overlay;
use super::work::notes::ReadNotes;
use super::work::notes_in_text::FindNotes;
use crate::anchor::find::Finder;
use crate::anchor::found::Found;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::made::Made;
use crate::app::out::Out;
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::keeping::Record;
use crate::model::notes::{Draft, FiledNote, NoteChange, NoteChanged, NoteFile, NotesRead, PlacedNote};
use crate::model::open::{Open, told_apart};
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

    /// Asks for the notes of the open texts, unless they are known.
    pub(super) fn ask_notes(&mut self, halves: &Halves, out: &mut Out) {
        let texts: Vec<String> = BOTH.iter().filter_map(|s| Some(halves.pane(*s).open()?.request.clone())).collect();
        if !texts.is_empty() && texts != self.asked {
            self.asked.clone_from(&texts);
            out.ask_for(ReadNotes(texts));
        }
    }

    /// Asks for the notes again: their files have changed.
    pub(super) fn ask_notes_again(&mut self, out: &mut Out) {
        let texts = self.asked.clone();
        out.ask_for(ReadNotes(texts));
    }

    /// Asks the workers where the notes are in a pane's text.
    pub(super) fn find_notes(&mut self, halves: &mut Halves, out: &mut Out, side: Side) {
        let Some(open) = halves.pane(side).open().filter(|o| !o.provisional).cloned() else { return };
        let notes: Vec<Arc<FiledNote>> =
            self.all.iter().flatten().filter(|n| n.is_about(&open.request)).cloned().collect();
        if notes.is_empty() {
            halves.place_notes(side, Vec::new());
            halves.margin_mut(side).set(SignKind::Note, []);
        } else {
            // What is known stays until the answer comes, so that no sign flickers.
            out.ask_for(FindNotes { open, notes });
        }
    }

    /// Deletes a note, if it is still as it was read.
    pub(super) fn delete_note(&mut self, made: &mut Made, out: &mut Out, file: &NoteFile) {
        let Some(note) = self.get(file).cloned() else { return };
        if note.hash == 0 {
            return out.tell(format!("{file}: {}", note.fixed.as_ref().map_or("it was not read", Clean::as_str)));
        }
        made.keep(out, Record::Note(Box::new(NoteChange::Delete(file.clone(), note.hash))));
    }

    /// Those on the disk, the newest first; `None` while they are being read for the first time.
    pub fn all(&self) -> Option<&[Arc<FiledNote>]> {
        self.all.as_deref()
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
    pub(super) fn turn_between(&mut self) {
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

impl App {
    /// A change of a note was made.
    pub(super) fn note_done(&mut self, done: NoteChanged) {
        let NoteChanged { draft, file, note, before, after, told } = done;
        if let (Some(number), Some(note)) = (draft, &note) {
            self.notes.draft_kept(&mut self.screens, &mut self.out, number, note);
        }
        let is_new = before.is_none();
        let is_gone = note.is_none();
        // It is named as a reader knows it: by its first words.
        let words = note.as_ref().or(self.notes.get(&file)).map_or_else(|| file.to_string(), |kept| kept.said());
        self.notes.put(&file, note);
        self.halves.place_at_once(&self.notes, &file);
        let what = match (is_new, is_gone) {
            (true, _) => format!("the note {words}"),
            (false, true) => format!("deleting the note {words}"),
            (false, false) => format!("the change of the note {words}"),
        };
        let can_be_undone = before.is_some() || after.is_some();
        if can_be_undone {
            self.made.made(what, vec![Edit::Note(Changed { before, after })]);
        }
        match (told, draft) {
            (Some(line), _) => self.out.notice = Some(line),
            (None, Some(_)) => self.tell(format!("saved: {file}")),
            (None, None) if can_be_undone => {
                let is_listing =
                    matches!(self.screens.overlay(), Some(Overlay::Picker(picker)) if picker.kind.is_of_notes());
                let context = if is_listing { Context::Notes } else { Context::Reading };
                let key = self.keys.keymap().first_key(context, command!("undo")).unwrap_or_default();
                self.tell(format!("deleted: {words} ({key} brings it back)"));
            }
            (None, None) => {}
        }
        for side in BOTH {
            self.notes.find_notes(&mut self.halves, &mut self.out, side);
        }
        self.notes.refill_notes(&self.halves, &self.topics, &mut self.screens);
    }
}

impl Halves {
    /// Another text is in a pane: what was known of its notes is not of it.
    pub(super) fn forget_places(&mut self, side: Side) {
        self.place_notes(side, Vec::new());
    }

    fn mark_notes(&mut self, side: Side, open: &Open) {
        let hits = self.notes(side).iter().filter_map(|p| p.found.hit());
        let ranges: Vec<Range<usize>> =
            hits.map(|hit| open.text.offset_of(hit.range.start)..open.text.offset_of(hit.range.end)).collect();
        self.margin_mut(side).set(SignKind::Note, ranges);
    }

    /// What became of the places of a note that are in open texts, each with its pane.
    pub(super) fn found_of(&self, file: &NoteFile) -> impl Iterator<Item = (Side, usize, &Found)> {
        let of = move |side: Side| {
            self.notes(side).iter().filter(|p| p.file == *file).map(move |p| (side, p.target, &p.found))
        };
        of(Side::Left).chain(of(Side::Right))
    }

    /// A note that was just kept, or that is gone: where its passage stands as it stood, nobody needs to wait.
    fn place_at_once(&mut self, notes: &Notes, file: &NoteFile) {
        let note = notes.get(file).cloned();
        for side in BOTH {
            let Some(open) = self.pane(side).open().filter(|o| !o.provisional).cloned() else { continue };
            self.notes_mut(side).retain(|placed| placed.file != *file);
            let finder = Finder::new(&open.text);
            for (target, (of, request)) in note.iter().flat_map(|n| n.note.targets.iter().zip(&n.requests)).enumerate()
            {
                let found = (*request == open.request).then(|| finder.in_place(&of.anchor)).flatten();
                let placed = found.map(|found| PlacedNote { file: file.clone(), target, found });
                self.notes_mut(side).extend(placed);
            }
            self.mark_notes(side, &open);
        }
    }
}

impl Notes {
    /// The notes could not be read: they are asked for again with the next text.
    pub(super) fn notes_not_read(&mut self) {
        self.asked.clear();
    }

    pub(super) fn notes_found(
        &self,
        halves: &mut Halves,
        topics: &Topics,
        screens: &mut Screens,
        version: u64,
        found: &[PlacedNote],
    ) {
        for side in BOTH {
            let Some(open) = halves.pane(side).open().filter(|o| o.version == version).cloned() else { continue };
            halves.place_notes(side, found.to_vec());
            halves.mark_notes(side, &open);
        }
        self.refill_notes(halves, topics, screens);
    }

    pub(super) fn notes_read(
        &mut self,
        halves: &mut Halves,
        topics: &Topics,
        screens: &mut Screens,
        out: &mut Out,
        read: NotesRead,
    ) {
        let NotesRead { mut notes, told } = read;
        newest_first(&mut notes);
        if let Some(line) = told.into_iter().next() {
            out.notice = Some(line);
        }
        let is_same = |a: &Arc<FiledNote>, b: &Arc<FiledNote>| {
            Arc::ptr_eq(a, b) || (&a.file, a.hash, a.faults.len()) == (&b.file, b.hash, b.faults.len())
        };
        let same =
            |all: &Vec<Arc<FiledNote>>| all.len() == notes.len() && all.iter().zip(&notes).all(|(a, b)| is_same(a, b));
        if self.all.as_ref().is_some_and(same) {
            return;
        }
        self.called = called(&notes);
        self.all = Some(notes);
        for side in BOTH {
            self.find_notes(halves, out, side);
        }
        self.refill_notes(halves, topics, screens);
    }
}
