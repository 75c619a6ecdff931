//! Making what the reader makes, unmaking it, and what follows once it is kept: what moves every part that knows of it.

use super::App;
use super::made::deed::Deed;
use super::made::{Changed, Edit};
use super::work::topics::ReadTopics;
use super::work::tour::ReadTour;
use crate::model::keeping::{Kept, Record};
use crate::model::notes::NoteChange;
use crate::model::touring::Touring;
use crate::text::clean::Clean;

impl App {
    /// Makes what a part would make, if anything, and tells the reader.
    pub(super) fn carry_out(&mut self, deed: impl Into<Option<Deed>>) {
        match deed.into() {
            None => {}
            Some(Deed::Done { what, edits, said }) => {
                self.make(what, edits);
                if let Some(said) = said {
                    self.out.tell(said);
                }
            }
            Some(Deed::Not(why)) => self.out.tell(why),
        }
    }

    /// Makes something: from now on it is so, it will be kept, and it can be undone. `what` says what was done, as in
    /// `undone: the link ¶14⇄¶22`.
    pub(super) fn make(&mut self, what: impl Into<String>, mut edits: Vec<Edit>) {
        for edit in &mut edits {
            edit.sign(self.settings.signature());
        }
        for edit in &edits {
            self.perform(edit.clone());
        }
        self.made.made(what, edits);
    }

    /// Unmakes what the reader made last.
    pub(super) fn undo_last(&mut self) {
        let Some((what, edits)) = self.made.undo() else { return self.out.tell("nothing to undo") };
        self.topics.forget_catch();
        for edit in edits {
            self.perform(edit);
        }
        self.out.tell(format!("undone: {what}"));
    }

    /// Makes again what was unmade last.
    pub(super) fn redo_last(&mut self) {
        let Some((what, edits)) = self.made.redo() else { return self.out.tell("nothing to redo") };
        for edit in edits {
            self.perform(edit);
        }
        self.out.tell(format!("redone: {what}"));
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
            Edit::Tour(texts, Changed { before, after }) => {
                let after = after.unwrap_or_default();
                // Other texts may be open by now, with a tour of their own; or they are of the same library, and so it is the same.
                let is_same = !self.touring.tour.stops.is_empty() && before.as_ref() == Some(&self.touring.tour);
                if self.touring.texts == texts || is_same {
                    self.touring.change_tour(&mut self.screens, after);
                    let Touring { tour, texts, seen, .. } = self.touring.clone();
                    return self.made.keep(&mut self.out, Record::Tour { texts, tour, seen, before });
                }
                let stops = before.iter().chain([&after]).flat_map(|tour| &tour.stops);
                let seen = stops.map(|stop| stop.id.clone()).collect();
                self.made.keep(&mut self.out, Record::Tour { texts, tour: after, seen, before });
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

    /// What was made is in its file, or could not be put there.
    pub(super) fn kept(&mut self, number: u64, result: Result<Kept, Clean>) {
        let done = match result {
            Ok(done) => done,
            Err(line) => return self.made.not_kept(&self.keys, &mut self.out, number, line),
        };
        let Some((record, had_failed)) = self.made.kept(number) else { return };
        self.halves.watch_files(&mut self.out);
        if had_failed {
            self.out.tell("saved after all");
        }
        if matches!(record, Record::Judgement { .. }) {
            // The file knows when it was made, and what others have written meanwhile.
            self.links.find_own(&self.halves, &self.made, &mut self.out);
            self.screens.read_silences(&mut self.out);
        }
        if let Record::Tour { texts, .. } = &record
            && *texts != self.touring.texts
        {
            // What was undone of other texts may be in the same file.
            self.out.ask_for(ReadTour(self.touring.texts.clone()));
        }
        match done {
            Kept::Plain => {}
            Kept::Told(line) => {
                if matches!(record, Record::Topic { .. }) {
                    // Others' changes of it count, and it may not have been taken away.
                    self.out.ask_for(ReadTopics);
                }
                self.out.notice = Some(line.into());
            }
            Kept::Note(done) => self.note_done(*done),
        }
        if self.made.is_saved_after_warning() {
            self.out.tell("all is saved now");
        }
    }
}
