//! From point to counterpoint: the trail, the counterparts, and why.

use crate::app::App;
use crate::app::command::{Call, Command, Context, Group, Takes};
use crate::app::commands::command;
use crate::app::hinge::joint::Then;
use crate::app::overlay::{Overlay, Page, PageKind};

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "next-on-trail",
        group: Group::Trail,
        contexts: &[Context::Reading],
        help: "Go to the next treatment of the topic, or the next search hit",
        hint: "next",
        takes: Takes::Count,
        run: |app, call| walk(app, i64::from(call.times())),
    },
    Command {
        name: "previous-on-trail",
        group: Group::Trail,
        contexts: &[Context::Reading],
        help: "Go to the previous treatment of the topic, or the previous search hit",
        hint: "previous",
        takes: Takes::Count,
        run: |app, call| walk(app, -i64::from(call.times())),
    },
    Command {
        name: "next-counterpart",
        group: Group::Trail,
        contexts: &[Context::Reading, Context::Present],
        help: "Show the next counterpart of this passage in the other text",
        hint: "counterpart",
        takes: Takes::Nothing,
        run: |app, _| app.step_counterpart(1),
    },
    Command {
        name: "previous-counterpart",
        group: Group::Trail,
        contexts: &[Context::Reading, Context::Present],
        help: "Show the previous counterpart",
        hint: "previous counterpart",
        takes: Takes::Nothing,
        run: |app, _| app.step_counterpart(-1),
    },
    Command {
        name: "why",
        group: Group::Trail,
        contexts: &[Context::Reading],
        help: "Say why this is a counterpart, and what else there was",
        hint: "why",
        takes: Takes::Nothing,
        run: why,
    },
    Command {
        name: "pin",
        group: Group::Trail,
        contexts: &[Context::Reading],
        help: "Pin the pair, so that scrolling moves one pane only; or unpin it",
        hint: "pin",
        takes: Takes::Nothing,
        run: pin,
    },
];

fn walk(app: &mut App, by: i64) {
    if app.search.is_some() {
        app.step_hit(by);
    } else if app.topics.held_id().is_some() {
        app.step_treatment(by);
    } else {
        let (topics, search) = (app.keys.key_of(command!("topics")), app.keys.key_of(command!("search")));
        app.out.tell(format!("nothing to step through: {topics} topic, {search} search"));
    }
}

fn why(app: &mut App, _: Call) {
    let Some(passage) = app.halves.lead().current() else { return };
    let asked = app.hinge.joint().is_some_and(|j| j.lead == app.halves.focus() && j.from == passage);
    if !asked && !app.pinned_in_sight().is_some_and(|pair| app.hinge.is_joint_of(pair)) {
        app.ask(passage, Then::Tell);
    }
    app.screens.lay(Overlay::Page(Page::new(PageKind::Why)));
}

fn pin(app: &mut App, _: Call) {
    app.hinge.set_pinned(!app.hinge.pinned());
    if app.hinge.pinned() {
        app.out.tell("pinned: the pair stays while you scroll");
    } else {
        app.out.tell("unpinned: the other pane follows again");
        app.moved();
    }
}
