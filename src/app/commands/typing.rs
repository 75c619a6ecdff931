//! While typing into a list or a search: the line editor.

use crate::app::command::{Command, Context, Group, Takes};
use tui_input::InputRequest;

use crate::app::App;

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "delete-back",
        group: Group::Typing,
        contexts: &[Context::Picker, Context::Prompt, Context::Form, Context::Note, Context::Help],
        help: "Delete the letter before the cursor",
        hint: "delete",
        takes: Takes::Nothing,
        run: |app, _| edit(app, InputRequest::DeletePrevChar),
    },
    Command {
        name: "delete-forward",
        group: Group::Typing,
        contexts: &[Context::Picker, Context::Prompt, Context::Form, Context::Note],
        help: "Delete the letter after the cursor",
        hint: "delete after",
        takes: Takes::Nothing,
        run: |app, _| edit(app, InputRequest::DeleteNextChar),
    },
    Command {
        name: "delete-word",
        group: Group::Typing,
        contexts: &[Context::Picker, Context::Prompt, Context::Form, Context::Note, Context::Help],
        help: "Delete the word before the cursor",
        hint: "delete word",
        takes: Takes::Nothing,
        run: |app, _| edit(app, InputRequest::DeletePrevWord),
    },
    Command {
        name: "delete-to-start",
        group: Group::Typing,
        contexts: &[Context::Picker, Context::Prompt, Context::Form, Context::Note, Context::Help],
        help: "Delete everything before the cursor",
        hint: "clear",
        takes: Takes::Nothing,
        run: |app, _| edit(app, InputRequest::DeleteLine),
    },
    Command {
        name: "delete-to-end",
        group: Group::Typing,
        contexts: &[Context::Picker, Context::Prompt, Context::Form, Context::Note],
        help: "Delete everything after the cursor",
        hint: "delete rest",
        takes: Takes::Nothing,
        run: |app, _| edit(app, InputRequest::DeleteTillEnd),
    },
    Command {
        name: "cursor-left",
        group: Group::Typing,
        contexts: &[Context::Picker, Context::Prompt, Context::Note],
        help: "Move the cursor left",
        hint: "left",
        takes: Takes::Nothing,
        run: |app, _| edit(app, InputRequest::GoToPrevChar),
    },
    Command {
        name: "cursor-right",
        group: Group::Typing,
        contexts: &[Context::Picker, Context::Prompt, Context::Note],
        help: "Move the cursor right",
        hint: "right",
        takes: Takes::Nothing,
        run: |app, _| edit(app, InputRequest::GoToNextChar),
    },
    Command {
        name: "word-left",
        group: Group::Typing,
        contexts: &[Context::Picker, Context::Prompt, Context::Note],
        help: "Move the cursor a word left",
        hint: "word left",
        takes: Takes::Nothing,
        run: |app, _| edit(app, InputRequest::GoToPrevWord),
    },
    Command {
        name: "word-right",
        group: Group::Typing,
        contexts: &[Context::Picker, Context::Prompt, Context::Note],
        help: "Move the cursor a word right",
        hint: "word right",
        takes: Takes::Nothing,
        run: |app, _| edit(app, InputRequest::GoToNextWord),
    },
    Command {
        name: "delete-next-word",
        group: Group::Typing,
        contexts: &[Context::Picker, Context::Prompt, Context::Note],
        help: "Delete the word after the cursor",
        hint: "delete word after",
        takes: Takes::Nothing,
        run: |app, _| edit(app, InputRequest::DeleteNextWord),
    },
    Command {
        name: "cursor-to-start",
        group: Group::Typing,
        contexts: &[Context::Picker, Context::Prompt, Context::Form, Context::Note],
        help: "Move the cursor to the start",
        hint: "start",
        takes: Takes::Nothing,
        run: |app, _| edit(app, InputRequest::GoToStart),
    },
    Command {
        name: "cursor-to-end",
        group: Group::Typing,
        contexts: &[Context::Picker, Context::Prompt, Context::Form, Context::Note],
        help: "Move the cursor to the end",
        hint: "end",
        takes: Takes::Nothing,
        run: |app, _| edit(app, InputRequest::GoToEnd),
    },
];

fn edit(app: &mut App, request: InputRequest) {
    app.edit_line(&[request]);
}
