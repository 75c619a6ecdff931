//! Notes on the disk: asking for them, what of them has changed, and where they belong in the open texts.

use std::ops::Range;
use std::sync::Arc;

use super::{Listing, Notes, called, newest_first};
use crate::anchor::find::Finder;
use crate::anchor::found::Found;
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::made::{Changed, Edit, Made};
use crate::app::margin::SignKind;
use crate::app::out::Out;
use crate::app::overlay::Overlay;
use crate::app::work::notes::ReadNotes;
use crate::app::work::notes_in_text::FindNotes;
use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::keeping::Record;
use crate::model::notes::{FiledNote, NoteChange, NoteChanged, NoteFile, NotesRead, PlacedNote};
use crate::model::open::Open;
use crate::text::clean::Clean;

impl App {
    /// A change of a note was made.
    pub(in crate::app) fn note_done(&mut self, done: NoteChanged) {
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
            (Some(line), _) => self.out.notice = Some(line.into()),
            (None, Some(_)) => self.out.tell(format!("saved: {file}")),
            (None, None) if can_be_undone => {
                let is_listing =
                    matches!(self.screens.overlay(), Some(Overlay::Picker(picker)) if picker.kind.is_of_notes());
                let context = if is_listing { Context::Notes } else { Context::Reading };
                let key = self.keys.keymap().first_key(context, command!("undo")).unwrap_or_default();
                self.out.tell(format!("deleted: {words} ({key} brings it back)"));
            }
            (None, None) => {}
        }
        for side in BOTH {
            self.notes.find_notes(&mut self.halves, &mut self.out, side);
        }
        self.notes.listed = Listing::Behind;
    }
}

impl Halves {
    /// Another text is in a pane: what was known of its notes is not of it.
    pub(in crate::app) fn forget_places(&mut self, side: Side) {
        self.place_notes(side, Vec::new());
    }

    fn mark_notes(&mut self, side: Side, open: &Open) {
        let hits = self.notes(side).iter().filter_map(|p| p.found.hit());
        let ranges: Vec<Range<usize>> =
            hits.map(|hit| open.text.offset_of(hit.range.start)..open.text.offset_of(hit.range.end)).collect();
        self.margin_mut(side).set(SignKind::Note, ranges);
    }

    /// What became of the places of a note that are in open texts, each with its pane.
    pub(in crate::app) fn found_of(&self, file: &NoteFile) -> impl Iterator<Item = (Side, usize, &Found)> {
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
    /// It was found where notes belong in a text.
    pub(in crate::app) fn found(&mut self, halves: &mut Halves, version: u64, found: &[PlacedNote]) {
        self.finding.remove(&version);
        for side in BOTH {
            let pane = halves.pane(side);
            let Some(open) = pane.open().filter(|o| o.version == version).cloned() else { continue };
            halves.place_notes(side, found.to_vec());
            halves.mark_notes(side, &open);
        }
        self.listed = Listing::Behind;
    }

    /// The notes of the open texts were read.
    pub(in crate::app) fn read(&mut self, halves: &mut Halves, out: &mut Out, read: NotesRead) {
        let NotesRead { mut notes, told } = read;
        newest_first(&mut notes);
        // What was told before is not told over what has come of a key since.
        if let Some(line) = told.iter().find(|line| !self.told.contains(line)) {
            out.notice = Some(line.clone().into());
        }
        self.told = told;
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
        self.listed = Listing::Behind;
    }

    /// Asks for the notes of the open texts, unless they are known.
    pub(in crate::app) fn ask_notes(&mut self, halves: &Halves, out: &mut Out) {
        let texts: Vec<String> = BOTH.iter().filter_map(|s| Some(halves.pane(*s).open()?.request.clone())).collect();
        if !texts.is_empty() && texts != self.asked {
            self.asked = texts;
            self.ask_notes_again(out);
        }
    }

    /// Asks for the notes again: their files have changed.
    pub(in crate::app) fn ask_notes_again(&mut self, out: &mut Out) {
        self.ticket = Ticket::new();
        out.ask_while(&self.ticket, ReadNotes(self.asked.clone()));
    }

    /// Asks the workers where the notes are in a pane's text.
    pub(in crate::app) fn find_notes(&mut self, halves: &mut Halves, out: &mut Out, side: Side) {
        let Some(open) = halves.pane(side).open().filter(|o| !o.provisional).cloned() else { return };
        let notes: Vec<Arc<FiledNote>> =
            self.all.iter().flatten().filter(|n| n.is_about(&open.request)).cloned().collect();
        // Where the notes of before were, and what is in texts that are closed, is asked no more.
        let versions = BOTH.map(|side| halves.pane(side).open().map(|open| open.version));
        self.finding.retain(|version, _| *version != open.version && versions.contains(&Some(*version)));
        if notes.is_empty() {
            halves.place_notes(side, Vec::new());
            halves.margin_mut(side).set(SignKind::Note, []);
        } else {
            // What is known stays until the answer comes, so that no sign flickers.
            let ticket = self.finding.entry(open.version).or_default();
            out.ask_while(ticket, FindNotes { open, notes });
        }
    }

    /// Deletes a note, if it is still as it was read.
    pub(in crate::app) fn delete_note(&mut self, made: &mut Made, out: &mut Out, file: &NoteFile) {
        let Some(note) = self.get(file).cloned() else { return };
        if note.hash == 0 {
            return out.tell(format!("{file}: {}", note.fixed.as_ref().map_or("it was not read", Clean::as_str)));
        }
        made.keep(out, Record::Note(Box::new(NoteChange::Delete(file.clone(), note.hash))));
    }

    /// The notes could not be read: they are asked for again with the next text.
    pub(in crate::app) fn notes_not_read(&mut self) {
        self.asked.clear();
    }
}
