//! Screens beside the two panes: the synopsis.

use crate::app::command::{Command, Context, Group, Takes};

/// The rows of the table.
pub(super) const COMMANDS: &[Command] = &[
    Command {
        name: "synopsis",
        group: Group::Scenes,
        contexts: &[Context::Reading],
        help: "Set all that both texts say on the topic side by side, row by row",
        hint: "synopsis",
        takes: Takes::Nothing,
        run: |app, _| app.open_synopsis(),
    },
    Command {
        name: "next-row",
        group: Group::Scenes,
        contexts: &[Context::Synopsis],
        help: "Select the next row",
        hint: "next",
        takes: Takes::Count,
        run: |app, call| app.step_synopsis(i64::from(call.times())),
    },
    Command {
        name: "previous-row",
        group: Group::Scenes,
        contexts: &[Context::Synopsis],
        help: "Select the row before",
        hint: "previous",
        takes: Takes::Count,
        run: |app, call| app.step_synopsis(-i64::from(call.times())),
    },
    Command {
        name: "next-rows",
        group: Group::Scenes,
        contexts: &[Context::Synopsis],
        help: "Go a screen down",
        hint: "page",
        takes: Takes::Nothing,
        run: |app, _| app.page_synopsis(1),
    },
    Command {
        name: "previous-rows",
        group: Group::Scenes,
        contexts: &[Context::Synopsis],
        help: "Go a screen up",
        hint: "page back",
        takes: Takes::Nothing,
        run: |app, _| app.page_synopsis(-1),
    },
    Command {
        name: "first-row",
        group: Group::Scenes,
        contexts: &[Context::Synopsis],
        help: "Select the first row",
        hint: "first",
        takes: Takes::Nothing,
        run: |app, _| app.step_synopsis(-FAR),
    },
    Command {
        name: "last-row",
        group: Group::Scenes,
        contexts: &[Context::Synopsis],
        help: "Select the last row",
        hint: "last",
        takes: Takes::Nothing,
        run: |app, _| app.step_synopsis(FAR),
    },
    Command {
        name: "read-row",
        group: Group::Scenes,
        contexts: &[Context::Synopsis],
        help: "Read the selected row in the two panes",
        hint: "read",
        takes: Takes::Nothing,
        run: |app, _| app.read_synopsis_row(),
    },
];

/// More rows than there are.
const FAR: i64 = 1 << 32;
