//! Running one of the reader's own commands: what it is given, and what becomes of its answer.

use super::{Hooks, Running};
use crate::app::App;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::keys::Keys;
use crate::app::out::Out;
use crate::app::overlay::{Overlay, Page, PageKind};
use crate::app::picker::{Choice, Item};
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::app::work::hook::RunHook;
use crate::app::work::ticket::Ticket;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::address::pair_address;
use crate::model::hook::{Given, Hook, HookAnswer, OfPair, OfPassage, OfText, OfTopic, Selected};
use crate::model::settings::Settings;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;

impl App {
    /// Runs one of the reader's own commands, by its place among them.
    pub(in crate::app) fn run_hook(&mut self, at: usize) {
        let Some(hook) = self.settings.commands.get(at).cloned() else { return };
        if let Some(name) = self.hooks.running() {
            let stop = self.keys.key_of(command!("clear"));
            return self.out.tell(format!("{name} is still running; {stop} stops it"));
        }
        let side = self.halves.selection().map_or(self.halves.focus(), |selection| selection.side);
        let stretch = self.halves.stretch_at(side);
        let about = self.halves.pane(side).open().cloned().zip(stretch);
        let mut given = Box::new(self.hinge.given(&self.halves, &self.topics, &hook.name, side));
        given.pair = given.pair.filter(|_| self.pinned_and_left().is_none());
        self.halves.select(None);
        let ticket = Ticket::new();
        self.out.ask_while(&ticket, RunHook { hook: hook.clone(), given });
        self.hooks.running = Some(Running { name: hook.name, about, _ticket: ticket });
    }

    /// The command that runs has answered.
    pub(in crate::app) fn hook_answered(&mut self, answer: Result<Vec<HookAnswer>, Clean>) {
        let Some(Running { name, about, .. }) = self.hooks.running.take() else { return };
        let answers = match answer {
            Ok(answers) => answers,
            Err(line) => return self.out.notice = Some(line.into()),
        };
        let joined = |part: fn(HookAnswer) -> Option<String>| {
            answers.iter().cloned().filter_map(part).collect::<Vec<String>>().join("\n")
        };
        let (mut message, note) = (joined(|answer| answer.message), joined(|answer| answer.note));
        if !note.is_empty() && !about.is_some_and(|about| self.propose_note(about, &note)) {
            // No words are lost because there is nothing here that they could be a note on.
            message = [message, note].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n");
        }
        if message.is_empty() {
            if self.out.notice.is_none() && self.screens.overlay().is_none() {
                self.out.tell(format!("{name}: done, without an answer"));
            }
            return;
        }
        self.screens.say_of_hook(&self.halves, &mut self.hooks, &mut self.out, name, message);
    }
}

impl Hooks {
    /// Stops the command that runs; `false` where none does.
    pub(in crate::app) fn stop_hook(&mut self, out: &mut Out) -> bool {
        let Some(running) = self.running.take() else { return false };
        out.tell(format!("{} was stopped", running.name));
        true
    }
}

impl Hinge {
    /// What a command is given: all that is read now, seen from the pane on `side`.
    fn given(&self, halves: &Halves, topics: &Topics, command: &str, side: Side) -> Given {
        let pane = halves.pane(side);
        let selected = halves.selection().and_then(|selection| {
            let text = pane.text()?;
            let (from, to) = selection.passages(text)?;
            Some(Selected { text: text.string()[selection.range.clone()].to_owned(), from: from.0, to: to.0 })
        });
        let joint = self.joint();
        let pair = joint.and_then(|joint| {
            let ((left, right), counterpart) = (joint.pair()?, joint.counterpart()?);
            Some(OfPair {
                left: halves.given_passage(Side::Left, left)?,
                right: halves.given_passage(Side::Right, right)?,
                score: f64::from((counterpart.score * 100.0).round()) / 100.0,
                because: counterpart.because.iter().map(|reason| reason.text.trim().to_owned()).collect(),
            })
        });
        let place = |side: Side| {
            let pane = halves.pane(side);
            Some((pane.open()?.request.as_str(), pane.current().map(|passage| passage.0)))
        };
        // One that has only a right text could not be told apart from its left one.
        let places: Vec<_> = BOTH.into_iter().map_while(place).collect();
        Given {
            command: command.to_owned(),
            side: if side == Side::Left { "left" } else { "right" },
            selection: selected,
            passage: pane.current().and_then(|passage| halves.given_passage(side, passage)),
            pair,
            left: halves.given_text(Side::Left),
            right: halves.given_text(Side::Right),
            topic: topics.held().map(|topic| OfTopic { id: topic.id.to_string(), name: topic.name.clone() }),
            citation: halves.cited_selection().or_else(|| halves.cited_passage(side)),
            link: pair_address(&places),
        }
    }
}

impl Screens {
    /// Shows what a command has said at length, once nothing lies over the texts.
    pub(in crate::app) fn show_said_of_hook(&mut self, hooks: &mut Hooks) {
        if hooks.waits && self.overlay().is_none() {
            hooks.waits = false;
            self.lay(Overlay::Page(Page::new(PageKind::Said)));
        }
    }

    /// A line is told; more is a page. Where something lies over the texts, the first line is told and the page comes after.
    fn say_of_hook(&mut self, halves: &Halves, hooks: &mut Hooks, out: &mut Out, name: String, message: String) {
        let is_short = !message.contains('\n') && message.chars().count() <= usize::from(halves.screen().0);
        if is_short || self.overlay().is_some() {
            let first = message.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
            let more = if message.trim() == first.trim() { "" } else { " …" };
            out.tell(format!("{name}: {}{more}", first.trim()));
        }
        if !is_short {
            hooks.said = (name, message);
            hooks.waits = true;
            self.show_said_of_hook(hooks);
        }
    }
}

impl Keys {
    /// The reader's own commands for the palette.
    pub(in crate::app) fn hooks_to_pick(&self, settings: &Settings) -> Vec<Item> {
        let item = |(at, hook): (usize, &Hook)| Item {
            label: hook.name.clone(),
            detail: self.keymap().keys_of_hook(at).unwrap_or_default(),
            about: format!("{} (yours, from config.toml)", hook.help()),
            depth: 0,
            dim: false,
            choice: Choice::Hook(at),
        };
        settings.commands.iter().enumerate().map(item).collect()
    }
}

impl Halves {
    fn given_passage(&self, side: Side, passage: PassageNo) -> Option<OfPassage> {
        let text = self.pane(side).text()?;
        Some(OfPassage { passage: passage.0, text: text.passage_str(passage).to_owned() })
    }

    fn given_text(&self, side: Side) -> Option<OfText> {
        let pane = self.pane(side);
        let open = pane.open()?;
        let meta = open.text.meta();
        Some(OfText {
            id: open.request.clone(),
            title: meta.title.clone().unwrap_or_else(|| open.name.to_string()),
            author: meta.author.clone(),
            date: meta.date.clone(),
            passage: pane.current().map(|passage| passage.0),
        })
    }
}
