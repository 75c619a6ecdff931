//! Two versions of one work.

use crate::app::command::{Command, Context, Group, Takes};

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "next-difference",
        group: Group::Versions,
        contexts: &[Context::Reading],
        help: "Go to the next difference of two versions of one work",
        hint: "next difference",
        takes: Takes::Count,
        run: |app, call| app.step_difference(i64::from(call.times())),
    },
    Command {
        name: "previous-difference",
        group: Group::Versions,
        contexts: &[Context::Reading],
        help: "Go to the previous difference",
        hint: "previous difference",
        takes: Takes::Count,
        run: |app, call| app.step_difference(-i64::from(call.times())),
    },
    Command {
        name: "differences",
        group: Group::Versions,
        contexts: &[Context::Reading],
        help: "List what the two versions differ in: cut, added, moved, split, merged, reworded",
        hint: "differences",
        takes: Takes::Nothing,
        run: |app, _| {
            let list = app.versions.list(&app.halves, &app.hinge, &app.keys);
            app.screens.offer(list, &mut app.out);
        },
    },
    Command {
        name: "changed-words",
        group: Group::Versions,
        contexts: &[Context::Reading],
        help: "Underline the words that only one of two versions in one language has, or stop doing so",
        hint: "changed words",
        takes: Takes::Nothing,
        run: |app, _| {
            let said = app.versions.mark_changed_words(&app.halves, &app.hinge, &app.keys);
            app.out.tell(said);
        },
    },
];
