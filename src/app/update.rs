//! The one way into the session: a message in, effects out.

use super::App;
use super::joint::{Joint, Then};
use super::message::{Effect, Msg};
use super::overlay::Overlay;
use super::search::Found;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::settings::Sync;

impl App {
    /// Takes in what happened, and says what is to be done about it.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Key(key) => self.key(key),
            Msg::Paste(text) => {
                let _ = self.write_text(&text) || self.type_text(&text);
            }
            Msg::Mouse { act, column, row } => self.mouse(act, column, row),
            Msg::Loaded { request, result, .. } => self.loaded(request, result),
            Msg::Reading { request, done, of } => self.reading_goes_on(request, done, of),
            Msg::Resize(columns, rows) => {
                self.screen = (columns, rows);
                if let Some(Overlay::Editor(editor)) = &mut self.overlay {
                    editor.resized();
                }
            }
            Msg::Studied { version, study } => self.studied(version, &study),
            Msg::Progress { version, percent } => {
                for side in BOTH {
                    if self.panes[side].open().is_some_and(|o| o.version == version) {
                        self.progress[side] = (percent < 100).then_some(percent);
                    }
                }
            }
            Msg::Paired { versions, pairing } => self.paired(versions, pairing),
            Msg::Ranked { question, found } => self.ranked(question, found),
            Msg::FirstPair { question, pair } => self.first_pair(question, pair),
            Msg::Synopsis { question, rows } => self.synopsis_compared(question, rows),
            Msg::Charted { number, column, result } => self.charted(number, column, result),
            Msg::Silences { number, checked } => self.silences_read(number, checked),
            Msg::Taken { what, path } => self.ask_to_replace(what, path),
            Msg::Tour(touring) => self.tour_read(*touring),
            Msg::Clock(now) => self.clock(now),
            Msg::Quotations { versions, found } => self.found_quotations(versions, found),
            Msg::SeekingQuotations { versions, percent } => self.quotations_go_on(versions, percent),
            Msg::Suggested { versions, found } => self.suggested(versions, found),
            Msg::Caught { number, side, found } => self.caught(number, side, found),
            Msg::Found { side, number, found } => self.found(side, number, found),
            Msg::TextOnTopic { number, found } => self.text_on_topic(number, found.as_deref()),
            Msg::Shelf(texts) => self.shelf = texts,
            Msg::Settled(number) => {
                if number == self.numbers.settle {
                    self.settled();
                }
            }
            Msg::Codebook(codebook) => self.read_codebook(codebook),
            Msg::Own { versions, stamp, found } => self.found_own(versions, stamp, *found),
            Msg::Named { number, places } => self.named(number, places),
            Msg::MadeElsewhere => {
                self.find_own();
                self.read_silences();
            }
            Msg::Kept { number, result } => self.kept(number, result),
            Msg::Notes(read) => self.notes_read(read),
            Msg::NotesChanged => self.ask_notes_again(),
            Msg::NotesFound { version, found } => self.notes_found(version, &found),
            Msg::Rivals { draft, rivals } => self.rivals_found(draft, &rivals),
            Msg::DraftsDue => self.drafts_due(),
            Msg::DraftsLeft(left) => self.drafts_left(left),
            Msg::Outside { draft, result } => self.written_outside(*draft, result),
            Msg::NotesSavedTo { numbers, line } => self.notes_saved_to(&numbers, line),
            Msg::Notice(message) => self.notice = Some(message),
            Msg::Changed { side } => self.reload(side),
        }
        self.settle_areas();
        self.settle_said();
        std::mem::take(&mut self.effects)
    }

    fn found(&mut self, side: Side, number: u64, found: Found) {
        let Some(search) = &mut self.search else { return };
        if search.number != number {
            return;
        }
        search.found[side] = Some(found);
        if side == self.focus && matches!(self.overlay, Some(Overlay::Prompt(_))) {
            self.preview_hit();
        }
    }

    /// Scrolling has come to rest: time to ask for the counterparts of where it rests.
    fn settled(&mut self) {
        if self.pinned {
            return;
        }
        let lead = self.lead();
        let Some(passage) = lead.current() else { return };
        let known = |j: &Joint| j.lead == self.focus && j.from == passage && j.topic == self.topic && j.found.is_some();
        if self.joint.as_ref().is_some_and(known) {
            return;
        }
        let then = if self.sync == Sync::Topic { Then::Follow } else { Then::Tell };
        self.ask(passage, then);
    }
}
