//! Marks and the way back.

use crate::app::App;
use crate::app::command::{Call, Command, Context, Group, Takes};

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "set-mark",
        group: Group::Marks,
        contexts: &[Context::Reading],
        help: "Mark both places with a letter",
        hint: "mark",
        takes: Takes::Letter,
        run: set,
    },
    Command {
        name: "go-to-mark",
        group: Group::Marks,
        contexts: &[Context::Reading],
        help: "Go back to both places marked with a letter",
        hint: "to mark",
        takes: Takes::Letter,
        run: go,
    },
    Command {
        name: "back",
        group: Group::Marks,
        contexts: &[Context::Reading],
        help: "Go back to both places before the last jump",
        hint: "back",
        takes: Takes::Nothing,
        run: back,
    },
    Command {
        name: "forward",
        group: Group::Marks,
        contexts: &[Context::Reading],
        help: "Go forward again",
        hint: "forward",
        takes: Takes::Nothing,
        run: forward,
    },
];

fn set(app: &mut App, call: Call) {
    let Some(letter) = call.letter else { return };
    let spot = app.halves.spot(&app.topics);
    app.memory.history().marks.insert(letter, spot);
    app.out.tell(format!("marked {letter}"));
    app.save();
}

fn go(app: &mut App, call: Call) {
    let Some(letter) = call.letter else { return };
    match app.memory.history().marks.get(&letter).cloned() {
        Some(spot) => {
            app.leave();
            app.restore(spot);
        }
        None => app.out.tell(format!("nothing is marked {letter}")),
    }
}

fn back(app: &mut App, _: Call) {
    let here = app.halves.spot(&app.topics);
    match app.memory.history().back(here) {
        Some(spot) => app.restore(spot),
        None => app.out.tell("this is where you began"),
    }
}

fn forward(app: &mut App, _: Call) {
    let here = app.halves.spot(&app.topics);
    match app.memory.history().forward(here) {
        Some(spot) => app.restore(spot),
        None => app.out.tell("there is nothing to go forward to"),
    }
}
