//! In a list or on a page.

use super::notes;
use crate::app::App;
use crate::app::command::{Call, Command, Context, Group, Takes};
use crate::app::overlay::{Overlay, Page, PageKind};
use crate::app::picker::{Choice, Listed};

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "next-item",
        group: Group::Lists,
        contexts: &[Context::Picker],
        help: "Select the next line",
        hint: "next",
        takes: Takes::Nothing,
        run: |app, _| step(app, 1),
    },
    Command {
        name: "previous-item",
        group: Group::Lists,
        contexts: &[Context::Picker],
        help: "Select the previous line",
        hint: "previous",
        takes: Takes::Nothing,
        run: |app, _| step(app, -1),
    },
    Command {
        name: "next-items",
        group: Group::Lists,
        contexts: &[Context::Picker],
        help: "Select the line ten rows down",
        hint: "ten down",
        takes: Takes::Nothing,
        run: |app, _| step(app, 10),
    },
    Command {
        name: "previous-items",
        group: Group::Lists,
        contexts: &[Context::Picker],
        help: "Select the line ten rows up",
        hint: "ten up",
        takes: Takes::Nothing,
        run: |app, _| step(app, -10),
    },
    Command {
        name: "choose",
        group: Group::Lists,
        contexts: &[Context::Picker],
        help: "Take the selected line",
        hint: "choose",
        takes: Takes::Nothing,
        run: choose,
    },
    Command {
        name: "line-down",
        group: Group::Lists,
        contexts: &[Context::Page, Context::Help],
        help: "Move the page one row down; among several counterparts, to the next",
        hint: "down",
        takes: Takes::Count,
        run: |app, call| walk(app, call.times()),
    },
    Command {
        name: "line-up",
        group: Group::Lists,
        contexts: &[Context::Page, Context::Help],
        help: "Move the page one row up, or to the previous counterpart",
        hint: "up",
        takes: Takes::Count,
        run: |app, call| walk(app, -call.times()),
    },
    Command {
        name: "next-lines",
        group: Group::Lists,
        contexts: &[Context::Page, Context::Help],
        help: "Move the page a screen down",
        hint: "page",
        takes: Takes::Nothing,
        run: |app, _| app.scroll_page(screen(app)),
    },
    Command {
        name: "previous-lines",
        group: Group::Lists,
        contexts: &[Context::Page, Context::Help],
        help: "Move the page a screen up",
        hint: "page up",
        takes: Takes::Nothing,
        run: |app, _| app.scroll_page(-screen(app)),
    },
    Command {
        name: "first-line",
        group: Group::Lists,
        contexts: &[Context::Page, Context::Help],
        help: "Go to the top of the page",
        hint: "top",
        takes: Takes::Nothing,
        run: |app, _| app.scroll_page(i32::MIN / 2),
    },
    Command {
        name: "last-line",
        group: Group::Lists,
        contexts: &[Context::Page, Context::Help],
        help: "Go to the end of the page",
        hint: "end",
        takes: Takes::Nothing,
        run: |app, _| app.scroll_page(i32::MAX / 2),
    },
    Command {
        name: "next-choice",
        group: Group::Lists,
        contexts: &[Context::Page],
        help: "Look at the next counterpart on the page",
        hint: "next one",
        takes: Takes::Nothing,
        run: |app, _| app.hinge.look_at_counterpart(&app.screens, 1),
    },
    Command {
        name: "previous-choice",
        group: Group::Lists,
        contexts: &[Context::Page],
        help: "Look at the previous counterpart",
        hint: "previous one",
        takes: Takes::Nothing,
        run: |app, _| app.hinge.look_at_counterpart(&app.screens, -1),
    },
    Command {
        name: "follow",
        group: Group::Lists,
        contexts: &[Context::Page],
        help: "Go to what the page is about",
        hint: "go there",
        takes: Takes::Nothing,
        run: follow,
    },
];

/// Moves the page by rows; where it lets one choose among counterparts, by these.
fn walk(app: &mut App, by: i32) {
    if app.hinge.choices(&app.screens) > 1 {
        app.hinge.look_at_counterpart(&app.screens, i64::from(by));
    } else {
        app.scroll_page(by);
    }
}

fn step(app: &mut App, by: i64) {
    if let Some(Overlay::Picker(picker)) = app.screens.overlay_mut() {
        picker.step(by);
    }
}

fn choose(app: &mut App, _: Call) {
    let Some(Overlay::Picker(picker)) = app.screens.overlay() else { return };
    let Some(choice) = picker.chosen().map(|i| i.choice.clone()) else { return };
    if let (Choice::Unfold, Some(Overlay::Picker(picker))) = (&choice, app.screens.overlay_mut()) {
        return picker.unfold();
    }
    app.screens.close();
    match choice {
        Choice::Topic(topic) => app.hold(topic),
        Choice::Term { topic, term, cancels } => app.go_to_term(&topic, term, cancels),
        Choice::Proposal(index) => app.accept_proposal(index),
        Choice::Unfold => {}
        Choice::Quotation(index) => app.screens.open_dispute(&app.halves, &app.links, index),
        Choice::Difference(index) => app.go_to_listed_difference(index),
        Choice::Judgement { id, .. } => app.go_to_judgement(&id),
        Choice::Reference(address) => app.open_reference(&address),
        Choice::Told(line) => app.out.tell(line),
        Choice::Run(command) => app.run(command, None),
        Choice::Hook(hook) => app.run_hook(hook),
        Choice::Colon(colon) => app.obey(colon),
        Choice::Note { listed: Listed::Note(file), .. } => app.go_to_note(&file),
        Choice::Note { listed, .. } => notes::open(app, &listed),
        Choice::Open(request) => app.open_chosen(&request, false),
        Choice::Pair(texts) => app.open_pair(&texts),
        Choice::Found { request, across } => app.open_found(&request, across),
        Choice::Begin(request) => app.open_chosen(&request, true),
        Choice::Go(side, place) => {
            app.leave();
            app.halves.lead_with(side);
            app.halves.pane_mut(side).jump_to(place);
            app.moved();
        }
    }
}

fn screen(app: &App) -> i32 {
    let area = match app.screens.overlay() {
        Some(Overlay::Page(page)) => app.halves.page_area(&page.kind),
        _ => app.screens.list_area(&app.halves, &app.settings).0,
    };
    i32::from(area.height.saturating_sub(3).max(1))
}

fn follow(app: &mut App, _: Call) {
    if app.hinge.choices(&app.screens) > 0 {
        app.screens.close();
        return app.take_counterpart();
    }
    let Some(Overlay::Page(Page { leads_to, kind, .. })) = app.screens.take_overlay() else { return };
    if let PageKind::Address(address) = kind {
        return app.out.browse(address);
    }
    if let Some((side, place)) = leads_to {
        app.leave();
        app.halves.lead_with(side);
        app.halves.pane_mut(side).jump_to(place);
        app.moved();
    }
}
