//! The one way into the session: a message in, effects out.

use std::collections::VecDeque;

use super::App;
use super::message::{Effect, Msg};
use super::overlay::Overlay;
use super::sensing::MOST_TYPED;
use super::work::topics::ReadTopics;
use crate::app::hinge::joint::{Joint, Then};
use crate::app::key::Key;
use crate::app::keys::pressing::Pressed;
use crate::model::settings::Sync;

impl App {
    /// Takes in what happened, and says what is to be done about it.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Key(key) => self.key(key),
            Msg::Paste(text) => {
                let _ = self.screens.write_text(&mut self.notes, &mut self.out, &text) || self.type_text(&text);
            }
            Msg::Typed(letters) => {
                self.out.notice = None;
                self.type_text(&letters);
            }
            Msg::Mouse { act, column, row } => self.mouse(act, column, row),
            Msg::Answer(answer) => answer.hear(self),
            Msg::Resize(columns, rows) => {
                self.halves.resize((columns, rows));
                if let Some(Overlay::Editor(editor)) = self.screens.overlay_mut() {
                    editor.resized();
                }
            }
            Msg::Clock(now) => {
                self.screens.clock(&mut self.out, now);
                self.led.clock(self.screens.scene(), &mut self.out, now);
            }
            Msg::Asked { who, request } => self.obey_request(who, request),
            Msg::Led(heard) => self.led.hear_leader(&mut self.out, heard),
            Msg::Settled(number) => {
                if self.hinge.is_settled(number) {
                    self.settled();
                }
            }
            Msg::TopicsChanged => self.out.ask_for(ReadTopics),
            Msg::MadeElsewhere => {
                self.links.find_own(&self.halves, &self.made, &mut self.out);
                self.screens.read_silences(&mut self.out);
            }
            Msg::NotesChanged => self.notes.ask_notes_again(&mut self.out),
            Msg::DraftsDue => self.notes.drafts_due(&self.screens, &mut self.out),
            Msg::PlaceDue => self.place_due(),
            Msg::KeepDue => self.made.keep_due(&mut self.out),
            Msg::Copied { what, by } => self.out.copied(&what, by),
            Msg::Outside { draft, result } => {
                self.notes.written_outside(&mut self.screens, &mut self.made, &mut self.out, *draft, result);
            }
            Msg::TextSizing => self.screens.know_text_sizing(),
            Msg::Notice(message) => self.out.notice = Some(message.into()),
            Msg::Changed { side } => self.reload(side),
        }
        self.hinge.settle_pinned(&self.halves);
        self.settle_led();
        self.settle_notes();
        self.settle_shelf();
        self.screens.show_said_of_hook(&mut self.hooks);
        self.halves.settle(self.settings.measure);
        self.settle_said();
        self.settle_standing();
        self.foresee();
        self.versions.settle_wording(&self.halves, &mut self.out);
        self.out.take_effects()
    }

    /// What happened first, with those of the letters after it that are typed into the same open list: for each by itself the
    /// list would be gone through anew.
    pub fn with_typed(&self, first: Msg, rest: &mut VecDeque<Msg>) -> Msg {
        let letter = |msg: &Msg| match msg {
            Msg::Key(key) => self.keys.letter(&self.halves, &self.screens, *key),
            _ => None,
        };
        let is_list = matches!(self.screens.overlay(), Some(Overlay::Picker(_)));
        let Some(begin) = letter(&first).filter(|_| is_list) else { return first };
        let count = rest.iter().take(MOST_TYPED - 1).take_while(|msg| letter(msg).is_some()).count();
        if count == 0 {
            return first;
        }
        let more: Vec<Msg> = rest.drain(..count).collect();
        Msg::Typed([begin].into_iter().chain(more.iter().filter_map(letter)).collect())
    }

    fn key(&mut self, key: Key) {
        self.out.notice = None;
        match self.keys.press(&self.halves, &mut self.screens, key) {
            Pressed::Nothing => {}
            Pressed::Command(command, call) => (command.run)(self, call),
            Pressed::Hook(hook) => self.run_hook(hook),
            Pressed::Told(words) => self.out.tell(words),
            Pressed::Unbound(chord, typed) => {
                if !typed.is_some_and(|letter| self.type_text(letter.encode_utf8(&mut [0; 4]))) {
                    self.out.tell(self.keys.said_of_unbound(&self.halves, &self.screens, &chord));
                }
            }
        }
        self.out.tell_what_waited();
    }

    /// Scrolling has come to rest: time to ask for the counterparts of where it rests.
    fn settled(&mut self) {
        if self.hinge.pinned() {
            return;
        }
        let lead = self.halves.lead();
        let Some(passage) = lead.current() else { return };
        let known = |j: &Joint| {
            j.lead == self.halves.focus()
                && j.from == passage
                && j.topic.as_ref() == self.topics.held_id()
                && j.found.is_some()
        };
        if self.hinge.joint().is_some_and(known) {
            return;
        }
        let then = if self.hinge.sync() == Sync::Topic { Then::Follow } else { Then::Tell };
        self.ask(passage, then);
    }
}
