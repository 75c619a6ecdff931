//! Leaving: one thing at a time, or the program.

use crate::app::App;
use crate::app::command::{Call, Command, Context, Group, Takes};
use crate::app::commands::command;
use crate::app::message::{Effect, Terminal};
use crate::word::counted::counted;

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "clear",
        group: Group::Leaving,
        contexts: &[
            Context::Reading,
            Context::Synopsis,
            Context::Map,
            Context::Loom,
            Context::Dispute,
            Context::Tour,
            Context::Cards,
            Context::Picker,
            Context::Prompt,
            Context::Form,
            Context::Page,
            Context::Help,
        ],
        help: "Close what is open: selection, list or page, screen, search",
        hint: "close",
        takes: Takes::Nothing,
        run: |app, _| app.clear(),
    },
    Command {
        name: "quit",
        group: Group::Leaving,
        contexts: &[Context::Reading, Context::Lectern, Context::Room],
        help: "Leave Diptych; it resumes here",
        hint: "quit",
        takes: Takes::Nothing,
        run: quit,
    },
    Command {
        name: "save-again",
        group: Group::Leaving,
        contexts: &[Context::Reading],
        help: "Try again to save what could not be saved",
        hint: "save again",
        takes: Takes::Nothing,
        run: save_again,
    },
    Command {
        name: "suspend",
        group: Group::Leaving,
        contexts: &[
            Context::Reading,
            Context::Synopsis,
            Context::Map,
            Context::Loom,
            Context::Dispute,
            Context::Tour,
            Context::Cards,
            Context::Present,
            Context::Lectern,
            Context::Room,
            Context::Picker,
            Context::Prompt,
            Context::Form,
            Context::Page,
            Context::Help,
            Context::Note,
        ],
        help: "Give the terminal back to the shell until you return",
        hint: "suspend",
        takes: Takes::Nothing,
        run: |app, _| app.out.effect(Effect::Terminal(Terminal::Suspend)),
    },
];

fn save_again(app: &mut App, _: Call) {
    match app.made.keep_again(&mut app.out) {
        0 if !app.notes.drafts().is_empty() => {
            let key = app.keys.keymap().first_key(Context::Reading, command!("notes")).unwrap_or_default();
            let left = counted(app.notes.drafts().len(), "unfinished note");
            app.out.tell(format!("all is saved but {left}, kept as a draft; {key} lists it"));
        }
        0 => app.out.tell("everything you made is saved"),
        count => app.out.tell(format!("saving again: {count}")),
    }
}

/// What is to be kept is kept by whoever runs the session, however it ends.
fn quit(app: &mut App, _: Call) {
    if app.made.may_leave(&app.keys, &mut app.out) {
        app.out.effect(Effect::Terminal(Terminal::Quit));
    }
}
