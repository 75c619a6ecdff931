//! Writing: beginning a note, keeping it aside while it is typed, saving it.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use tui_input::Input;

use super::Listing;
use super::editor::{Editor, Stroke};
use crate::anchor::{Anchor, Rival};
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::keys::Keys;
use crate::app::made::Made;
use crate::app::message::{Effect, Timer};
use crate::app::notes::Notes;
use crate::app::out::Out;
use crate::app::overlay::{Ask, Asked, Overlay};
use crate::app::scene::Screens;
use crate::app::selection::{Selection, sentence_at};
use crate::app::topics::Topics;
use crate::app::work::drafts::KeepDrafts;
use crate::app::work::rivals::Rivals;
use crate::app::work::save_notes::SaveNotesTo;
use crate::import::IMPORTER_VERSION;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::citation::source_of;
use crate::model::keeping::{Record, RecordKey};
use crate::model::notes::{Base, Draft, DraftChanges, FiledNote, NoteChange, NoteFile};
use crate::model::open::Open;
use crate::note::Target;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// How far what is kept aside may be behind what is typed.
const BEHIND: Duration = Duration::from_millis(600);

/// Of a longer passage, a note is about the sentence at the reading line.
const LONG: usize = 4 << 10;

/// The longest stretch that a note can be about.
const LONGEST: usize = 64 << 10;

impl App {
    /// Attaches a note to the selection or the current passage: instead of the place that was not found, else
    /// of the one in the text that leads.
    pub(in crate::app) fn attach_note(&mut self, file: &NoteFile) {
        let Some(note) = self.notes.get(file).cloned() else { return };
        let mut draft = match self.notes.draft_of(&mut self.out, &note) {
            Ok(draft) => draft,
            Err(line) => return self.out.notice = Some(line.into()),
        };
        let Some(here) = self.notes.begun(&self.halves, &self.topics, &mut self.out) else { return };
        let (Some(target), Some(request)) = (here.targets.first().cloned(), here.requests.first().cloned()) else {
            return;
        };
        let lost = self.halves.found_of(file).find(|(.., found)| found.needs_person()).map(|(_, at, _)| at);
        let there = || draft.requests.iter().position(|r| *r == request);
        let at = lost.or_else(there).unwrap_or(0);
        if draft.targets.is_empty() {
            draft.targets.push(target);
            draft.requests.push(request);
        } else {
            draft.targets[at] = target;
            draft.requests[at] = request;
        }
        draft.anew = true;
        self.halves.select(None);
        self.notes.save_draft(&self.screens, &mut self.made, &mut self.out, draft);
    }

    /// A note whose words another program has written, on a stretch of a text: for the reader to save, or to put aside.
    /// `false` where there can be none on that.
    pub(in crate::app) fn propose_note(&mut self, place: (Arc<Open>, Range<usize>), words: &str) -> bool {
        let Some(mut draft) = self.notes.begun_on(&self.halves, &self.topics, &mut self.out, vec![place]) else {
            return false;
        };
        if !draft.body.trim().is_empty() {
            draft.body.push_str("\n\n");
        }
        draft.body.push_str(words);
        if self.screens.overlay().is_none() {
            self.screens.edit_draft(&mut self.notes, &mut self.made, draft);
        } else {
            self.notes.keep_aside(&self.screens, &mut self.out, draft);
            let key = self.keys.key_of(command!("notes"));
            self.out.tell(format!("a note was written for you and is kept as a draft: {key} lists it"));
        }
        true
    }

    /// Saves what the editor has, and closes it.
    pub(in crate::app) fn save_note(&mut self) {
        let Some(Overlay::Editor(editor)) = self.screens.take_overlay() else { return };
        let draft = editor.take();
        if let Some(stop) = editor.stop() {
            return self.remark_written(stop, &draft);
        }
        if draft.says_something() {
            self.notes.save_draft(&self.screens, &mut self.made, &mut self.out, draft);
        } else {
            self.notes.drop_draft(&mut self.made, &mut self.out, draft.number);
            self.out.tell(if draft.of.is_some() { "nothing was changed" } else { "no words, so no note" });
        }
    }

    /// Closes the editor without saving: the words are kept aside.
    pub(in crate::app) fn put_note_aside(&mut self) {
        let Some(Overlay::Editor(editor)) = self.screens.take_overlay() else { return };
        let draft = editor.take();
        if let Some(stop) = editor.stop() {
            return self.remark_written(stop, &draft);
        }
        if !draft.says_something() {
            return self.notes.drop_draft(&mut self.made, &mut self.out, draft.number);
        }
        self.notes.keep_aside(&self.screens, &mut self.out, draft);
        let key = |command| self.keys.keymap().first_key(Context::Reading, command).unwrap_or_default();
        let (here, list) = (key(command!("note")), key(command!("notes")));
        self.out.tell(format!("not saved, but kept as a draft: {here} goes on with it here, {list} lists it"));
    }
}

impl Halves {
    /// What a note in a pane would be about: the selection, or the current passage, of a long one the sentence.
    pub(in crate::app) fn stretch_at(&self, side: Side) -> Option<Range<usize>> {
        if let Some(Selection { range, .. }) = self.selection().filter(|s| s.side == side) {
            return Some(range.clone());
        }
        self.stretch_of(side, self.pane(side).current()?)
    }

    /// What a note on a passage would be about: of a long one the sentence at the reading line, or its first.
    fn stretch_of(&self, side: Side, passage: PassageNo) -> Option<Range<usize>> {
        let pane = self.pane(side);
        let text = pane.text()?;
        let block = text.numbering().block_of(passage)?;
        let passage = text.blocks()[block].range();
        let at = text.offset_of(pane.place);
        let sentence = || sentence_at(text, at.clamp(passage.start, passage.end.saturating_sub(1)));
        let range = if passage.len() > LONG { sentence()? } else { passage };
        (!range.is_empty()).then_some(range)
    }

    /// Whether one of these stretches of the open texts is on a topic, as far as that is known.
    fn treat(&self, topic: &TopicId, places: &[(Arc<Open>, Range<usize>)]) -> bool {
        places.iter().any(|(open, range)| {
            let stretch = Selection { side: Side::Left, range: range.clone(), at_start: false, is_fresh: false };
            let Some((first, last)) = stretch.passages(&open.text) else { return false };
            let is_in = |side: &&Side| self.pane(**side).open().is_some_and(|shown| shown.request == open.request);
            let side = BOTH.iter().find(is_in).copied();
            side.is_some_and(|side| self.treatments(side, topic).iter().any(|t| t.from <= last && first <= t.to))
        })
    }
}

impl Notes {
    /// Drops a draft when it is asked for twice: it was never saved, so nothing brings it back.
    pub(in crate::app) fn throw_away(&mut self, made: &mut Made, keys: &Keys, out: &mut Out, number: u64) {
        if self.doubted.replace(number) != Some(number) {
            let key = keys.keymap().first_key(Context::Notes, command!("delete-note")).unwrap_or_default();
            return out.tell(format!("this was never saved; {key} again throws it away for good"));
        }
        self.drop_draft(made, out, number);
        out.tell("thrown away");
    }

    /// Everything that was typed and is not saved, what the editor has among it.
    pub fn unfinished(&self, screens: &Screens) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = self.drafts.clone();
        let open = match screens.overlay() {
            Some(Overlay::Editor(editor)) => Some(editor.take()),
            Some(Overlay::Asked(Asked { ask: Ask::Jot(draft), input })) => {
                Some(Draft { body: input.value().to_owned(), ..(**draft).clone() })
            }
            _ => None,
        };
        if let Some(open) = open {
            drafts.retain(|draft| draft.number != open.number);
            drafts.push(open);
        }
        drafts.retain(Draft::says_something);
        drafts
    }

    /// Something was typed: in a moment it is kept aside.
    pub(in crate::app) fn typed(&mut self, out: &mut Out) {
        if !self.due {
            self.due = true;
            out.effect(Effect::Later(BEHIND, Timer::Drafts));
        }
    }

    /// Has everything that is not saved written to the state folder now.
    pub(in crate::app) fn drafts_due(&mut self, screens: &Screens, out: &mut Out) {
        self.due = false;
        let drafts = self.unfinished(screens);
        let old = std::mem::take(&mut self.old);
        if !drafts.is_empty() || !old.is_empty() {
            out.ask_for(KeepDrafts(DraftChanges { write: drafts, drop: Vec::new(), old }));
        }
    }

    pub(super) fn keep_aside(&mut self, screens: &Screens, out: &mut Out, draft: Draft) {
        self.drafts.retain(|d| d.number != draft.number);
        self.drafts.push(draft);
        self.drafts_due(screens, out);
    }

    pub(in crate::app) fn drop_draft(&mut self, made: &mut Made, out: &mut Out, number: u64) {
        self.listed = Listing::Behind;
        made.forget(&RecordKey::Draft(number));
        self.drafts.retain(|d| d.number != number);
        out.ask_for(KeepDrafts(DraftChanges { drop: vec![number], ..DraftChanges::default() }));
    }

    /// A draft has been saved as a note. What was typed since counts as a change of that note.
    pub(in crate::app) fn draft_kept(
        &mut self,
        screens: &mut Screens,
        out: &mut Out,
        number: u64,
        note: &Arc<FiledNote>,
    ) {
        let base = Base::of(note);
        if let Some(Overlay::Editor(editor)) = screens.overlay_mut()
            && editor.draft().number == number
        {
            editor.draft_mut().of = Some(base.clone());
        }
        for draft in self.drafts.iter_mut().filter(|d| d.number == number) {
            draft.of = Some(base.clone());
            draft.anew = false;
        }
        let is_done = |d: &Draft| d.number == number && !d.says_something();
        if self.drafts.iter().any(is_done) || self.drafts.iter().all(|d| d.number != number) {
            self.drafts.retain(|d| d.number != number);
            out.ask_for(KeepDrafts(DraftChanges { drop: vec![number], ..DraftChanges::default() }));
        }
    }

    /// A draft of a kept note, the one that was begun where there is one; why not, where it cannot be changed.
    pub(super) fn draft_of(&mut self, out: &mut Out, note: &Arc<FiledNote>) -> Result<Draft, Clean> {
        if let Some(why) = &note.fixed {
            return Err(Clean::line(&format!("{}: {why}", note.file)));
        }
        if let Some(begun) = self.drafts.iter().find(|d| d.of.as_ref().is_some_and(|b| b.file == note.file)) {
            return Ok(begun.clone());
        }
        Ok(Draft {
            number: out.number(),
            targets: note.note.targets.clone(),
            requests: note.requests.clone(),
            topic: note.note.topic.clone(),
            body: note.note.body.clone(),
            of: Some(Base::of(note)),
            anew: false,
            stop: None,
        })
    }

    /// Has everything that is not saved written into a folder of the reader's choice.
    pub(in crate::app) fn save_notes_to(&mut self, screens: &Screens, out: &mut Out, path: &str) {
        let drafts = self.unfinished(screens);
        if drafts.is_empty() {
            return out.tell("every note is saved");
        }
        if !path.trim().is_empty() {
            out.ask_for(SaveNotesTo { path: path.trim().to_owned(), drafts });
        }
    }

    pub(in crate::app) fn rivals_found(&mut self, screens: &mut Screens, draft: u64, rivals: &[Rival]) {
        let put = |d: &mut Draft| {
            for (target, rival) in d.targets.iter_mut().zip(rivals) {
                target.anchor.rival = Some(*rival);
            }
        };
        if let Some(Overlay::Editor(editor)) = screens.overlay_mut()
            && editor.draft().number == draft
        {
            put(editor.draft_mut());
        }
        self.drafts.iter_mut().filter(|d| d.number == draft).for_each(put);
    }

    /// A new draft on these places, or the one that was put aside there. It is on the held topic where that is treated there.
    fn begun_on(
        &self,
        halves: &Halves,
        topics: &Topics,
        out: &mut Out,
        places: Vec<(Arc<Open>, Range<usize>)>,
    ) -> Option<Draft> {
        if let Some((open, _)) = places.iter().find(|(open, _)| open.provisional) {
            let name = open.name.clone();
            out.tell(format!("{name} is still being read; try again in a moment"));
            return None;
        }
        if places.iter().any(|(_, range)| range.len() > LONGEST) {
            out.tell("this is too much for one note; select less of it");
            return None;
        }
        let mut draft = Draft {
            number: out.number(),
            targets: Vec::new(),
            requests: Vec::new(),
            topic: topics.held_id().filter(|topic| halves.treat(topic, &places)).map(ToString::to_string),
            body: String::new(),
            of: None,
            anew: false,
            stop: None,
        };
        let mut texts = Vec::new();
        for (open, range) in places {
            draft.targets.push(target(&open, &range));
            draft.requests.push(open.request.clone());
            texts.push(open);
        }
        let is_same =
            |d: &&Draft| d.of.is_none() && d.stop.is_none() && d.requests == draft.requests && same_places(d, &draft);
        if let Some(begun) = self.drafts.iter().find(is_same) {
            return Some(begun.clone());
        }
        // What is like the place elsewhere is found out while the reader writes.
        out.ask_for(Rivals { draft: draft.number, texts, targets: draft.targets.clone() });
        Some(draft)
    }

    /// A new draft on what is selected or current, or the one that was put aside there.
    pub(super) fn begun(&self, halves: &Halves, topics: &Topics, out: &mut Out) -> Option<Draft> {
        let side = halves.selection().map_or(halves.focus(), |s| s.side);
        let Some(place) = halves.pane(side).open().cloned().zip(halves.stretch_at(side)) else {
            out.tell("there is no passage to write on here");
            return None;
        };
        self.begun_on(halves, topics, out, vec![place])
    }

    /// The same on a pair; what is selected stands for its passage.
    fn begun_on_pair(
        &self,
        halves: &Halves,
        topics: &Topics,
        out: &mut Out,
        pair: Option<(PassageNo, PassageNo)>,
    ) -> Option<Draft> {
        let place = |side: Side, passage: PassageNo| {
            let stretch = match halves.selection() {
                Some(_) => halves.stretch_at(side),
                None => halves.stretch_of(side, passage),
            };
            halves.pane(side).open().cloned().zip(stretch)
        };
        let places = pair.and_then(|(left, right)| Some(vec![place(Side::Left, left)?, place(Side::Right, right)?]));
        let Some(places) = places else {
            out.tell("a pair needs a text in both panes");
            return None;
        };
        self.begun_on(halves, topics, out, places)
    }

    /// Saves a draft as a note. Its words are kept here until that has succeeded.
    pub(in crate::app) fn save_draft(&mut self, screens: &Screens, made: &mut Made, out: &mut Out, draft: Draft) {
        self.keep_aside(screens, out, draft.clone());
        out.tell("saving…");
        made.keep(out, Record::Note(Box::new(NoteChange::Draft(draft))));
    }

    /// Opens the editor on a note that is kept; the words can be changed, what it is about stays.
    pub(in crate::app) fn edit_note(
        &mut self,
        screens: &mut Screens,
        made: &mut Made,
        out: &mut Out,
        note: &Arc<FiledNote>,
    ) {
        match self.draft_of(out, note) {
            Ok(draft) => screens.edit_draft(self, made, draft),
            Err(line) => out.notice = Some(line.into()),
        }
    }

    /// Moves or changes something in the open editor.
    pub(in crate::app) fn stroke(&mut self, halves: &Halves, screens: &mut Screens, out: &mut Out, stroke: Stroke) {
        let height = crate::app::areas::editor_area(halves.screen().0, halves.screen().1).height.saturating_sub(4);
        if let Some(Overlay::Editor(editor)) = screens.overlay_mut() {
            editor.stroke(stroke, height);
            self.typed(out);
        }
    }
}

impl App {
    /// Opens the editor for a note on the selection, or the current passage; on the pair, for `pair`. What was begun and
    /// put aside there is gone on with.
    pub(in crate::app) fn write_note(&mut self, pair: bool) {
        let draft = if pair {
            let pair = self.shown_pair();
            self.notes.begun_on_pair(&self.halves, &self.topics, &mut self.out, pair)
        } else {
            self.notes.begun(&self.halves, &self.topics, &mut self.out)
        };
        if let Some(draft) = draft {
            self.halves.select(None);
            self.screens.edit_draft(&mut self.notes, &mut self.made, draft);
        }
    }

    /// Asks for a note of one line.
    pub(in crate::app) fn jot_note(&mut self) {
        let Some(draft) = self.notes.begun(&self.halves, &self.topics, &mut self.out) else { return };
        self.halves.select(None);
        if draft.body.contains('\n') {
            // What was begun here has no room on a line.
            return self.screens.edit_draft(&mut self.notes, &mut self.made, draft);
        }
        let input = Input::new(draft.body.clone());
        self.screens.lay(Overlay::Asked(Asked { ask: Ask::Jot(Box::new(draft)), input }));
    }
}

impl Screens {
    /// Types into the open editor; `false` where none is open.
    pub(in crate::app) fn write_text(&mut self, notes: &mut Notes, out: &mut Out, text: &str) -> bool {
        let Some(Overlay::Editor(editor)) = self.overlay_mut() else { return false };
        let signs = editor.write(text);
        if signs > 0 {
            let were = if signs == 1 {
                "1 control character in it was".to_owned()
            } else {
                format!("{signs} control characters in it were")
            };
            out.tell(format!("pasted; {were} made visible or left out"));
        }
        notes.typed(out);
        true
    }

    /// Opens the editor on a draft.
    pub(in crate::app) fn edit_draft(&mut self, notes: &mut Notes, made: &mut Made, draft: Draft) {
        notes.doubted = None;
        made.forget_failed(&draft.key());
        notes.drafts.retain(|d| d.number != draft.number);
        self.lay(Overlay::Editor(Box::new(Editor::new(draft))));
    }
}

/// A stretch of a text as the target of a note.
fn target(open: &Open, range: &Range<usize>) -> Target {
    let places = open.text.place_of(range.start)..open.text.place_of(range.end);
    let anchor = Anchor::of(open.id.clone(), IMPORTER_VERSION, &open.text, places);
    let passages =
        Selection { side: Side::Left, range: range.clone(), at_start: false, is_fresh: false }.passages(&open.text);
    let citation = passages.map(|passages| source_of(open, passages)).unwrap_or_default();
    Target { anchor, citation }
}

fn same_places(a: &Draft, b: &Draft) -> bool {
    let places =
        |d: &Draft| d.targets.iter().map(|t| (t.anchor.passage, t.anchor.start, t.anchor.end)).collect::<Vec<_>>();
    places(a) == places(b)
}
