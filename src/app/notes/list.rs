//! The list of notes: fuzzy, narrowed by topic, text, tag and date, with what was begun and not saved first.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::Listing;
use crate::anchor::found::Found;
use crate::app::App;
use crate::app::halves::Halves;
use crate::app::memory::{BothPanes, Seat};
use crate::app::notes::Notes;
use crate::app::overlay::Overlay;
use crate::app::picker::{Choice, Item, Listed, Picker, PickerKind};
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::layout::cells;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::citation::locators;
use crate::model::notes::{Draft, FiledNote, NoteFile};
use crate::model::sought::Sought;
use crate::note::Target;
use crate::note::stamp::Stamp;
use crate::study::own::passage_of;
use crate::text::clean::Clean;
use crate::topic::codebook::Topic;
use crate::tour::Tour;
use crate::word::letter::plain;

/// Columns for the titles of the texts that a note is about.
const TITLE: usize = 24;

/// So many characters of a note's first line are listed and looked through.
const LABEL: usize = 200;

impl Item {
    fn of_note<const N: usize>(first: &str, parts: [String; N], choice: Choice) -> Self {
        let first = first.char_indices().nth(LABEL).map_or(first, |(cut, _)| &first[..cut]);
        let label = Clean::line(first).as_str().to_owned();
        let detail = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        Self { label, detail, about: String::new(), depth: 0, dim: false, choice }
    }
}

impl App {
    /// Goes where a note belongs; a pair's places come into both panes.
    pub(in crate::app) fn go_to_note(&mut self, file: &NoteFile) {
        let Some(note) = self.notes.get(file).cloned() else { return };
        let seats: Vec<Seat> = note
            .note
            .targets
            .iter()
            .zip(&note.requests)
            .map(|(target, request)| Seat {
                request: request.clone(),
                anchor: target.anchor.clone(),
                line: None,
                named_by: Some(Clean::line(&format!("the note {file}"))),
            })
            .collect();
        let lost =
            self.halves.found_of(file).find(|(.., found)| found.needs_person()).map(|(_, _, found)| found.clone());
        self.leave();
        let here = self.halves.spot(&self.topics);
        let spot = match seats.as_slice() {
            [] => return self.out.tell(format!("{file} belongs to no passage")),
            [one] => {
                let pane_of = |side: &Side| self.halves.pane(*side).open().is_some_and(|o| o.request == one.request);
                let side = [self.halves.focus(), self.halves.focus().other()]
                    .into_iter()
                    .find(pane_of)
                    .unwrap_or(self.halves.focus());
                let mut panes = here.panes;
                panes[side] = Some(one.clone());
                BothPanes { panes, topic: here.topic, focus: side }
            }
            [left, right, ..] => {
                let mut panes = here.panes;
                let swapped = self.halves.pane(Side::Left).open().is_some_and(|o| o.request == right.request);
                let (l, r) = if swapped { (right, left) } else { (left, right) };
                (panes.left, panes.right) = (Some(l.clone()), Some(r.clone()));
                // What was written on a pair was written on a topic: with another one held, nothing would join the two.
                let topic =
                    note.note.topic.as_deref().and_then(|id| self.topics.codebook().get(id)).map(|t| t.id.clone());
                BothPanes { panes, topic: topic.or(here.topic), focus: here.focus }
            }
        };
        self.restore(spot);
        match lost {
            Some(Found::Ambiguous { candidates }) => {
                let side = self.halves.found_of(file).find(|(.., f)| f.needs_person()).map(|(side, ..)| side);
                if let (Some(hit), Some(side)) = (candidates.first(), side) {
                    self.halves.pane_mut(side).jump_to(hit.at);
                    self.halves.lead_with(side);
                }
                self.out.tell("this may be the place and is not sure; attach the note in the list if it is");
            }
            Some(_) => self.out.tell("its passage is gone; the list can attach the note to another one"),
            None => {}
        }
    }
}

impl Halves {
    fn draft_item(&self, notes: &Notes, draft: &Draft, kind: PickerKind) -> Item {
        let first = draft.body.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or("");
        let place = self.place_in_list(notes, &draft.targets, &draft.requests, kind);
        let sought = Arc::new(Sought::of_draft(&draft.body));
        let choice = Choice::Note { listed: Listed::Draft(draft.number), sought, topic: None, state: Some("draft") };
        let state = if draft.stop.is_some() { "its stop is gone, not saved" } else { "not saved" };
        Item::of_note(first, [place, state.to_owned()], choice)
    }

    fn note_item(
        &self,
        notes: &Notes,
        kept: &Arc<FiledNote>,
        kind: PickerKind,
        found: &[(Side, usize, &Found)],
        topics: &HashMap<String, Arc<str>>,
    ) -> Item {
        let note = &kept.note;
        let faulty = (!kept.faults.is_empty()).then_some("faults");
        let state = if kept.hash == 0 { Some("unreadable") } else { lost(found).or(faulty) };
        let day = note.created.map_or_else(String::new, Stamp::day);
        let now = self.numbered_now(kept, found.iter().copied());
        let place = self.place_in_list(notes, &now, &kept.requests, kind);
        let topic = note.topic.as_ref().and_then(|id| topics.get(id).cloned());
        let choice =
            Choice::Note { listed: Listed::Note(kept.file.clone()), sought: Arc::clone(&kept.sought), topic, state };
        let author = note.author.clone().unwrap_or_default();
        let parts = [state.map_or_else(String::new, |state| format!("! {state}")), place, author, day];
        match note.first_line() {
            "" => Item::of_note(&kept.file.to_string(), parts, choice),
            first => Item::of_note(first, parts, choice),
        }
    }

    /// The places of a note, with the numbers of their passages in the open texts as they are now: what was written before them
    /// moves them.
    pub fn targets_now<'n>(&self, kept: &'n FiledNote) -> Cow<'n, [Target]> {
        self.numbered_now(kept, self.found_of(&kept.file))
    }

    /// The same, where it is known what became of the places.
    fn numbered_now<'n, 'f>(
        &self,
        kept: &'n FiledNote,
        found: impl Iterator<Item = (Side, usize, &'f Found)>,
    ) -> Cow<'n, [Target]> {
        let mut targets = Cow::Borrowed(kept.note.targets.as_slice());
        for (side, at, found) in found {
            let now = self.pane(side).text().and_then(|text| passage_of(found, text));
            let Some((now, before)) = now.zip(kept.note.targets.get(at)) else { continue };
            if before.anchor.passage > 0 && before.anchor.passage != now.0 {
                targets.to_mut()[at].anchor.passage = now.0;
            }
        }
        targets
    }

    /// Where a note belongs: in the list of a pair by pane and number, in that of the library by text and number.
    fn place_in_list(&self, notes: &Notes, targets: &[Target], requests: &[String], kind: PickerKind) -> String {
        let numbers = locators(targets.iter().map(|t| &t.anchor));
        let room = TITLE / targets.len().max(1);
        match (kind, targets, requests) {
            (PickerKind::NotesOfLibrary, _, _) => {
                let name = |(target, request): (&Target, &String)| {
                    cells::ellipsis(notes.name_of_place(self, target, request).as_str(), room).into_owned()
                };
                let titles: Vec<String> = targets.iter().zip(requests).map(name).collect();
                format!("{} {numbers}", Clean::line(&titles.join(" ⇄ "))).trim().to_owned()
            }
            (_, [_], [request]) => {
                let is_in = |side: Side| self.pane(side).open().is_some_and(|open| open.request == *request);
                match (is_in(Side::Left), is_in(Side::Right)) {
                    (true, false) => format!("◧ {numbers}"),
                    (false, true) => format!("◨ {numbers}"),
                    _ => numbers,
                }
            }
            _ => numbers,
        }
    }
}

/// What to say of a note of which a place was not found.
fn lost(found: &[(Side, usize, &Found)]) -> Option<&'static str> {
    found.iter().rev().find_map(|(.., found)| match found {
        Found::Orphaned => Some("orphaned"),
        Found::Ambiguous { .. } => Some("ambiguous"),
        _ => None,
    })
}

impl App {
    /// Brings the list of notes up to date where it is open and behind.
    pub(in crate::app) fn settle_notes(&mut self) {
        if std::mem::take(&mut self.notes.listed) == Listing::UpToDate {
            return;
        }
        let Some(Overlay::Picker(picker)) = self.screens.overlay() else { return };
        if !picker.kind.is_of_notes() {
            return;
        }
        let (kind, selected) = (picker.kind, picker.selected);
        let items = self.notes.items(&self.halves, &self.topics, &self.touring.tour, kind);
        if let Some(Overlay::Picker(picker)) = self.screens.overlay_mut() {
            picker.items = items;
            picker.narrow();
            picker.selected = selected.min(picker.matching.len().saturating_sub(1));
        }
    }

    /// Shows the notes of the library instead of those of the pair, or the other way round.
    pub(in crate::app) fn widen_notes(&mut self) {
        let Some(Overlay::Picker(picker)) = self.screens.overlay() else { return };
        let kind = if picker.kind == PickerKind::NotesOfLibrary {
            PickerKind::NotesOfPair
        } else {
            PickerKind::NotesOfLibrary
        };
        let items = self.notes.items(&self.halves, &self.topics, &self.touring.tour, kind);
        if let Some(Overlay::Picker(picker)) = self.screens.overlay_mut() {
            picker.kind = kind;
            picker.refill(items);
        }
    }

    /// Opens the list; of those on the current passage alone, for `here`.
    pub(in crate::app) fn list_notes(&mut self, here: bool) {
        self.notes.doubted = None;
        let mut kind = if here { PickerKind::NotesHere } else { PickerKind::NotesOfPair };
        let mut items = self.notes.items(&self.halves, &self.topics, &self.touring.tour, kind);
        if !here && items.is_empty() {
            kind = PickerKind::NotesOfLibrary;
            items = self.notes.items(&self.halves, &self.topics, &self.touring.tour, kind);
        }
        self.screens.lay(Overlay::Picker(Picker::new(kind, items, 0)));
    }
}

impl Notes {
    /// Whether the notes are still being read.
    pub fn reads_notes(&self) -> bool {
        self.all.is_none()
    }

    fn items(&self, halves: &Halves, topics: &Topics, tour: &Tour, kind: PickerKind) -> Vec<Item> {
        let open: Vec<&str> = BOTH.iter().filter_map(|s| Some(halves.pane(*s).open()?.request.as_str())).collect();
        let here: Vec<NoteFile> = match kind {
            PickerKind::NotesHere => self.notes_here(halves, halves.focus()).iter().map(|n| n.file.clone()).collect(),
            _ => Vec::new(),
        };
        let belongs = |note: &Arc<FiledNote>| match kind {
            PickerKind::NotesOfLibrary => true,
            PickerKind::NotesHere => here.contains(&note.file),
            _ => note.requests.is_empty() || open.iter().any(|request| note.is_about(request)),
        };
        let is_of_open = |draft: &Draft| draft.requests.iter().all(|request| open.contains(&request.as_str()));
        let mut items: Vec<Item> = match kind {
            PickerKind::NotesHere => Vec::new(),
            _ => self
                .drafts
                .iter()
                .rev()
                // What was to be said at a stop is asked about there, as long as there is that stop: the tour of other
                // texts is not known here.
                .filter(|draft| kind == PickerKind::NotesOfLibrary || halves.is_about_open(draft))
                .filter(|draft| match &draft.stop {
                    Some(stop) => is_of_open(draft) && tour.position(stop).is_none(),
                    None => true,
                })
                .map(|draft| halves.draft_item(self, draft, kind))
                .collect(),
        };
        // Looked up for every note: gone through once.
        let mut placed: HashMap<&NoteFile, Vec<(Side, usize, &Found)>> = HashMap::new();
        for side in BOTH {
            for place in halves.notes(side) {
                placed.entry(&place.file).or_default().push((side, place.target, &place.found));
            }
        }
        // A note on a topic that was merged into another is found by the words of that one too.
        let lower = |t: &Arc<Topic>| {
            let meant = topics.codebook().get(t.id.as_str()).unwrap_or(t);
            (t.id.as_str().to_owned(), Arc::from(plain(&format!("{} {}", meant.name, meant.id))))
        };
        let topics: HashMap<String, Arc<str>> = topics.codebook().entries().iter().map(lower).collect();
        let item = |n: &Arc<FiledNote>| {
            let found = placed.get(&n.file).map(Vec::as_slice).unwrap_or_default();
            halves.note_item(self, n, kind, found, &topics)
        };
        items.extend(self.all.iter().flatten().filter(|n| belongs(n)).map(item));
        items
    }
}

impl Screens {
    /// The note or draft that is selected in the list.
    pub(in crate::app) fn chosen_note(&self) -> Option<Listed> {
        let Some(Overlay::Picker(picker)) = self.overlay() else { return None };
        match &picker.chosen()?.choice {
            Choice::Note { listed, .. } => Some(listed.clone()),
            _ => None,
        }
    }
}
