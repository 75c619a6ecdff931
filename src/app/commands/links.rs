//! The reader's own links: joining, rejecting, listing; and the form that asks how.

use tui_input::InputRequest;

use crate::app::App;
use crate::app::command::{Call, Command, Context, Group, Takes};
use crate::app::links::Links;
use crate::app::overlay::{Overlay, PageKind};
use crate::app::picker::{Choice, PickerKind};
use crate::app::scene::Screens;

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "join",
        group: Group::Links,
        contexts: &[Context::Reading, Context::Page],
        help: "Join the two passages, or change how they are joined",
        hint: "join",
        takes: Takes::Nothing,
        run: join,
    },
    Command {
        name: "reject",
        group: Group::Links,
        contexts: &[Context::Reading, Context::Page],
        help: "Reject this counterpart, take a link apart, or note that a silence was checked",
        hint: "reject",
        takes: Takes::Nothing,
        run: |app, _| app.reject(),
    },
    Command {
        name: "links",
        group: Group::Links,
        contexts: &[Context::Reading],
        help: "List what you joined, rejected and checked, and go there",
        hint: "links",
        takes: Takes::Nothing,
        run: |app, _| app.list_links(),
    },
    Command {
        name: "quotations",
        group: Group::Links,
        contexts: &[Context::Reading, Context::Dispute],
        help: "List the quotations that both texts have, and show what each makes of one",
        hint: "quotations",
        takes: Takes::Nothing,
        run: |app, _| app.list_quotations(),
    },
    Command {
        name: "compare-wordings",
        group: Group::Links,
        contexts: &[Context::Reading, Context::Picker],
        help: "Compare word by word the quotation here, or the two passages",
        hint: "wordings",
        takes: Takes::Nothing,
        run: |app, _| app.compare_wordings(),
    },
    Command {
        name: "remove-item",
        group: Group::Links,
        contexts: &[Context::Picker],
        help: "Take the selected link or term away; it can be undone",
        hint: "take away",
        takes: Takes::Nothing,
        run: remove,
    },
    Command {
        name: "edit-item",
        group: Group::Links,
        contexts: &[Context::Picker],
        help: "Change the selected link or term, or the name of the topic",
        hint: "change",
        takes: Takes::Nothing,
        run: edit,
    },
    Command {
        name: "accept-form",
        group: Group::Links,
        contexts: &[Context::Form],
        help: "Take what the form says",
        hint: "done",
        takes: Takes::Nothing,
        run: |app, _| app.accept_form(),
    },
    Command {
        name: "next-field",
        group: Group::Links,
        contexts: &[Context::Form],
        help: "Go to the next field of the form",
        hint: "next field",
        takes: Takes::Nothing,
        run: |app, _| step(app, 1),
    },
    Command {
        name: "previous-field",
        group: Group::Links,
        contexts: &[Context::Form],
        help: "Go to the previous field",
        hint: "previous field",
        takes: Takes::Nothing,
        run: |app, _| step(app, -1),
    },
    Command {
        name: "next-option",
        group: Group::Links,
        contexts: &[Context::Form],
        help: "Take the next of the words there are to choose from",
        hint: "next word",
        takes: Takes::Nothing,
        run: |app, _| option(app, 1),
    },
    Command {
        name: "previous-option",
        group: Group::Links,
        contexts: &[Context::Form],
        help: "Take the previous word",
        hint: "previous word",
        takes: Takes::Nothing,
        run: |app, _| option(app, -1),
    },
];

fn join(app: &mut App, _: Call) {
    if let Some(Overlay::Page(page)) = app.screens.overlay() {
        if page.kind != PageKind::Why {
            return app.out.tell("there is no pair here to join");
        }
        let pair = app.hinge.joint().and_then(crate::app::hinge::joint::Joint::pair);
        let Some((left, right)) = pair else { return app.out.tell("there is no counterpart to join") };
        app.screens.close();
        app.take_counterpart();
        return app.link_form(left, right);
    }
    app.begin_link();
}

fn remove(app: &mut App, _: Call) {
    if let Some(kind) = app.screens.kind_of_list() {
        match kind {
            PickerKind::Terms => {
                app.carry_out(app.topics.without_chosen(&app.screens, &app.keys));
                return;
            }
            PickerKind::Topics => return app.keys.tell_how_a_topic_goes(&mut app.out),
            _ => {}
        }
    }
    match app.links.chosen_judgement(&app.screens) {
        Some(judgement) => {
            app.carry_out(app.halves.taking_back(&app.keys, &judgement));
        }
        None => app.out.tell("only what you made yourself can be taken away"),
    }
}

fn edit(app: &mut App, _: Call) {
    match app.screens.kind_of_list() {
        Some(PickerKind::Terms) => return app.topics.edit_term(&mut app.screens),
        Some(PickerKind::Topics) => return app.topics.begin_rename(&mut app.screens, &app.keys, &mut app.out),
        _ => {}
    }
    let Some(judgement) = app.links.chosen_judgement(&app.screens) else {
        return app.out.tell("this cannot be changed here");
    };
    app.screens.close();
    app.go_to_judgement(&judgement.id);
    let pair = app.links.own().links().find(|(_, j)| j.id == judgement.id).map(|(pair, _)| pair);
    match pair {
        Some((left, right)) => app.link_form(left, right),
        None => app.out.tell("only a link between the two open texts can be changed"),
    }
}

fn step(app: &mut App, by: i64) {
    if let Some(Overlay::Form(form)) = app.screens.overlay_mut() {
        form.step(by);
    }
}

/// Walks the options of a field; in a field without any, and within what was typed, moves the cursor.
fn option(app: &mut App, by: i64) {
    let Some(Overlay::Form(form)) = app.screens.overlay_mut() else { return };
    let Some(field) = form.field() else { return };
    let said = field.said();
    let count = field.options.len() as i64;
    if count == 0 {
        let request = if by > 0 { InputRequest::GoToNextChar } else { InputRequest::GoToPrevChar };
        app.edit_line(&[request]);
        return;
    }
    let at = field.options.iter().position(|o| *o == said).map_or(if by > 0 { -1 } else { 0 }, |at| at as i64);
    let next = &field.options[(at + by).rem_euclid(count) as usize];
    field.input = tui_input::Input::new(next.clone());
}

impl Screens {
    /// What the open list is of.
    fn kind_of_list(&self) -> Option<PickerKind> {
        match self.overlay() {
            Some(Overlay::Picker(picker)) => Some(picker.kind),
            _ => None,
        }
    }
}

impl Links {
    /// What the selected line of an open list of links is about.
    fn chosen_judgement(&self, screens: &Screens) -> Option<crate::link::judgement::Judgement> {
        let Some(Overlay::Picker(picker)) = screens.overlay() else { return None };
        match &picker.chosen()?.choice {
            Choice::Judgement { id, .. } => self.own().get(id).cloned(),
            _ => None,
        }
    }
}
