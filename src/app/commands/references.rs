//! Following what a text refers to.

use crate::app::command::{Command, Context, Group, Takes};

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "follow-reference",
        group: Group::Moving,
        contexts: &[Context::Reading, Context::Page],
        help: "Follow the link or address at the reading line: a text opens across, a page of the web in $BROWSER",
        hint: "follow",
        takes: Takes::Nothing,
        run: |app, _| app.follow_reference(),
    },
    Command {
        name: "sources",
        group: Group::Moving,
        contexts: &[Context::Reading],
        help: "List the sources that the text names for itself, and open one",
        hint: "sources",
        takes: Takes::Nothing,
        run: |app, _| app.screens.list_sources(&app.halves, &mut app.out),
    },
];
