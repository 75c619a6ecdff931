//! The two panes.

use crate::app::App;
use crate::app::areas::Arrangement;
use crate::app::command::{Call, Command, Context, Group, Takes};
use crate::app::message::{Effect, Terminal};
use crate::app::overlay::Overlay;
use crate::app::picker::{Choice, Item, Picker, PickerKind};
use crate::link::Side;
use crate::text::Place;

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "other-pane",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Lead with the other pane",
        hint: "other pane",
        takes: Takes::Nothing,
        run: |app, _| lead_with(app, app.halves.focus().other()),
    },
    Command {
        name: "left-pane",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Lead with the left pane",
        hint: "left pane",
        takes: Takes::Nothing,
        run: |app, _| lead_with(app, Side::Left),
    },
    Command {
        name: "right-pane",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Lead with the right pane",
        hint: "right pane",
        takes: Takes::Nothing,
        run: |app, _| lead_with(app, Side::Right),
    },
    Command {
        name: "other-row-down",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Move the other pane one row down",
        hint: "other down",
        takes: Takes::Count,
        run: |app, call| other_rows(app, call.times()),
    },
    Command {
        name: "other-row-up",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Move the other pane one row up",
        hint: "other up",
        takes: Takes::Count,
        run: |app, call| other_rows(app, -call.times()),
    },
    Command {
        name: "sync",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Step through place sync of two versions, topic sync, scroll sync and none",
        hint: "sync",
        takes: Takes::Nothing,
        run: |app, _| app.versions.step_sync(&mut app.halves, &mut app.hinge, &mut app.out),
    },
    Command {
        name: "swap",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Exchange left and right",
        hint: "swap",
        takes: Takes::Nothing,
        run: |app, _| app.swap_panes(),
    },
    Command {
        name: "open-text",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Open another text in this pane",
        hint: "open",
        takes: Takes::Nothing,
        run: open_text,
    },
    Command {
        name: "page-order",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Show the pages of this text as they stand in the file, or put in order again",
        hint: "page order",
        takes: Takes::Nothing,
        run: |app, _| app.halves.turn_pages(&mut app.shelf, &mut app.intent, &mut app.out),
    },
    Command {
        name: "shelf",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Your shelf: the pairs you have read, where you left them, and the texts there are",
        hint: "shelf",
        takes: Takes::Nothing,
        run: |app, _| app.show_shelf(),
    },
    Command {
        name: "all-texts-on-passage",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "All your texts on this passage: its counterparts in every text of the library",
        hint: "all texts",
        takes: Takes::Nothing,
        run: |app, _| app.look_elsewhere(),
    },
    Command {
        name: "search-library",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Search all texts of the library for words, “those in quotation marks” side by side",
        hint: "search all",
        takes: Takes::Nothing,
        run: |app, _| app.ask_for_words(),
    },
    Command {
        name: "next-text-on-topic",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Bring the next text on this topic into the other pane",
        hint: "third text",
        takes: Takes::Nothing,
        run: |app, _| app.bring_third_text(),
    },
    Command {
        name: "align",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Set both current passages level, a third down",
        hint: "level",
        takes: Takes::Nothing,
        run: align,
    },
    Command {
        name: "solo",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Show one pane only, or both again",
        hint: "solo",
        takes: Takes::Nothing,
        run: |app, _| arrange(app, Arrangement::Solo),
    },
    Command {
        name: "stack",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Show one pane above the other, or side by side again",
        hint: "stack",
        takes: Takes::Nothing,
        run: |app, _| arrange(app, Arrangement::Stacked),
    },
    Command {
        name: "linear",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Show the pair as labelled passages in one column, for screen readers, or side by side again",
        hint: "linear",
        takes: Takes::Nothing,
        run: |app, _| arrange(app, Arrangement::Linear),
    },
    Command {
        name: "colours",
        group: Group::Panes,
        contexts: &[Context::Reading, Context::Map, Context::Page, Context::Present, Context::Lectern, Context::Room],
        help: "Step through the themes: auto, dark, light, for a projector dark and light, mono",
        hint: "colours",
        takes: Takes::Nothing,
        run: colours,
    },
    Command {
        name: "mouse",
        group: Group::Panes,
        contexts: &[Context::Reading],
        help: "Turn the mouse off, so that the terminal can select; or on",
        hint: "mouse",
        takes: Takes::Nothing,
        run: mouse,
    },
];

/// Moves nothing; asks again for the counterparts of the focused pane's passage.
fn lead_with(app: &mut App, side: Side) {
    if app.halves.focus() != side {
        app.halves.lead_with(side);
        app.tell_counterparts();
    }
}

fn other_rows(app: &mut App, by: i32) {
    let other = app.halves.focus().other();
    app.halves.pane_mut(other).scroll(by);
}

fn arrange(app: &mut App, to: Arrangement) {
    app.halves.arrange(if app.halves.arrangement() == to { Arrangement::Fitting } else { to });
}

fn colours(app: &mut App, _: Call) {
    app.settings.theme = app.settings.theme.next(app.settings.own_theme.is_some());
    app.out.tell(format!("theme: {}", app.settings.theme_name()));
}

fn mouse(app: &mut App, _: Call) {
    app.settings.mouse = !app.settings.mouse;
    let on = app.settings.mouse;
    app.out.effect(Effect::Terminal(Terminal::Mouse(on)));
    app.out.tell(if on { "mouse on" } else { "mouse off: the terminal selects" });
}

fn align(app: &mut App, _: Call) {
    for side in [Side::Left, Side::Right] {
        let pane = app.halves.pane_mut(side);
        let Some(text) = pane.text() else { continue };
        let Some(block) = pane.current().and_then(|p| text.numbering().block_of(p)) else { continue };
        pane.jump_to(Place::new(block as u32, 0));
    }
    app.versions.level_unless_pinned(&mut app.halves, &app.hinge, &mut app.out);
}

fn open_text(app: &mut App, _: Call) {
    if app.shelf.with_links().next().is_none() {
        app.out.tell("there is no other text in this library; open files as `diptych LEFT RIGHT`");
        return;
    }
    let open = [Side::Left, Side::Right].map(|s| app.halves.pane(s).open().map(|o| o.request.clone()));
    let items: Vec<Item> = app
        .shelf
        .with_links()
        .map(|shelved| Item {
            label: shelved.title.to_string(),
            detail: {
                let place = match open.iter().position(|o| o.as_ref() == Some(&shelved.request)) {
                    Some(0) => "open, left",
                    Some(_) => "open, right",
                    None if shelved.leads_to.is_some() => "leads out",
                    None => "",
                };
                let version = app.said_versions(&shelved.request);
                [place, &version].into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(", ")
            },
            about: shelved.about.to_string(),
            depth: 0,
            dim: false,
            choice: Choice::Open(shelved.request.clone()),
        })
        .collect();
    let invited = app.shelf.texts().iter().position(|s| app.shelf.invitation() == Some(s));
    let closed = || app.shelf.texts().iter().position(|s| !open.contains(&Some(s.request.clone())));
    let selected = invited.or_else(closed).unwrap_or(0);
    app.screens.lay(Overlay::Picker(Picker::new(PickerKind::Texts, items, selected)));
}
