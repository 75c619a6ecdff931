//! Notes: writing them, the list of them, and what is done in the editor.

use crate::app::App;
use crate::app::command::{Call, Command, Context, Group, Takes};
use crate::app::commands::command;
use crate::app::message::{Effect, Terminal};
use crate::app::notes::editor::Stroke;
use crate::app::overlay::{Ask, Asked, Overlay};
use crate::app::picker::Listed;
use crate::model::exporting::Export;
use crate::model::notes::NoteFile;

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "note",
        group: Group::Notes,
        contexts: &[Context::Reading],
        help: "Write a note on the selection or the current passage",
        hint: "note",
        takes: Takes::Nothing,
        run: |app, _| app.write_note(false),
    },
    Command {
        name: "note-on-pair",
        group: Group::Notes,
        contexts: &[Context::Reading],
        help: "Write a note on both current passages",
        hint: "note on pair",
        takes: Takes::Nothing,
        run: |app, _| app.write_note(true),
    },
    Command {
        name: "jot",
        group: Group::Notes,
        contexts: &[Context::Reading],
        help: "Jot down a note of one line",
        hint: "jot",
        takes: Takes::Nothing,
        run: |app, _| app.jot_note(),
    },
    Command {
        name: "note-outside",
        group: Group::Notes,
        contexts: &[Context::Reading],
        help: "Write a note in $VISUAL or $EDITOR",
        hint: "in $EDITOR",
        takes: Takes::Nothing,
        run: |app, _| app.notes.write_note_outside(&mut app.halves, &app.topics, &mut app.out),
    },
    Command {
        name: "edit-note",
        group: Group::Notes,
        contexts: &[Context::Reading, Context::Notes],
        help: "Change the note here, or the selected one",
        hint: "edit",
        takes: Takes::Nothing,
        run: edit,
    },
    Command {
        name: "notes",
        group: Group::Notes,
        contexts: &[Context::Reading],
        help: "List the notes of this pair, and of the library",
        hint: "notes",
        takes: Takes::Nothing,
        run: |app, _| app.list_notes(false),
    },
    Command {
        name: "notes-beside",
        group: Group::Notes,
        contexts: &[Context::Reading],
        help: "Show the notes on the current passage beside it, or not",
        hint: "notes beside",
        takes: Takes::Nothing,
        run: |app, _| app.notes.toggle_beside(&app.halves, &mut app.out),
    },
    Command {
        name: "save-notes-to",
        group: Group::Notes,
        contexts: &[Context::Reading],
        help: "Write the notes that are not saved into a folder you name",
        hint: "save to",
        takes: Takes::Nothing,
        run: save_to,
    },
    Command {
        name: "export-notes",
        group: Group::Notes,
        contexts: &[Context::Reading],
        help: "Write the notes about these texts into a file: .md, .html, .json or .qdpx",
        hint: "export notes",
        takes: Takes::Nothing,
        run: |app, _| ask_for_file(app, Export::Notes),
    },
    Command {
        name: "export-handout",
        group: Group::Notes,
        contexts: &[Context::Reading],
        help: "Write the comparison of the two texts, with your links, into a file to be handed out",
        hint: "export handout",
        takes: Takes::Nothing,
        run: |app, _| ask_for_file(app, Export::Handout),
    },
    Command {
        name: "export-handout-with-notes",
        group: Group::Notes,
        contexts: &[Context::Reading],
        help: "The same with your notes, which a handout otherwise leaves out",
        hint: "handout, notes",
        takes: Takes::Nothing,
        run: |app, _| ask_for_file(app, Export::HandoutWithNotes),
    },
    Command {
        name: "widen-notes",
        group: Group::Notes,
        contexts: &[Context::Notes],
        help: "List the notes of the whole library, or of the pair",
        hint: "pair/library",
        takes: Takes::Nothing,
        run: |app, _| app.widen_notes(),
    },
    Command {
        name: "edit-note-outside",
        group: Group::Notes,
        contexts: &[Context::Notes],
        help: "Change the selected note in $VISUAL or $EDITOR",
        hint: "in $EDITOR",
        takes: Takes::Nothing,
        run: edit_outside,
    },
    Command {
        name: "delete-note",
        group: Group::Notes,
        contexts: &[Context::Notes],
        help: "Delete the selected note; undo brings it back",
        hint: "delete",
        takes: Takes::Nothing,
        run: delete,
    },
    Command {
        name: "attach-note",
        group: Group::Notes,
        contexts: &[Context::Notes],
        help: "Attach the selected note to the current passage or selection",
        hint: "attach here",
        takes: Takes::Nothing,
        run: attach,
    },
    Command {
        name: "save-note",
        group: Group::Writing,
        contexts: &[Context::Note],
        help: "Save the note, or the remark at a stop, and close it",
        hint: "save",
        takes: Takes::Nothing,
        run: |app, _| app.save_note(),
    },
    Command {
        name: "put-note-aside",
        group: Group::Writing,
        contexts: &[Context::Note],
        help: "Close the note without saving, the draft is kept; a remark at a stop is saved",
        hint: "keep as draft",
        takes: Takes::Nothing,
        run: |app, _| app.put_note_aside(),
    },
    Command {
        name: "go-on-outside",
        group: Group::Writing,
        contexts: &[Context::Note],
        help: "Go on with this note in $VISUAL or $EDITOR",
        hint: "$EDITOR",
        takes: Takes::Nothing,
        run: |app, _| app.notes.go_on_outside(&mut app.screens, &mut app.out),
    },
    Command {
        name: "note-topic",
        group: Group::Writing,
        contexts: &[Context::Note],
        help: "Give the note the next topic of its passage, or none",
        hint: "topic",
        takes: Takes::Nothing,
        run: |app, _| app.change_note_topic(),
    },
    Command {
        name: "new-line",
        group: Group::Writing,
        contexts: &[Context::Note],
        help: "Begin a new line",
        hint: "new line",
        takes: Takes::Nothing,
        run: |app, _| stroke(app, Stroke::NewLine),
    },
    Command {
        name: "line-above",
        group: Group::Writing,
        contexts: &[Context::Note],
        help: "Move the cursor to the line above",
        hint: "up",
        takes: Takes::Nothing,
        run: |app, _| stroke(app, Stroke::Up),
    },
    Command {
        name: "line-below",
        group: Group::Writing,
        contexts: &[Context::Note],
        help: "Move the cursor to the line below",
        hint: "down",
        takes: Takes::Nothing,
        run: |app, _| stroke(app, Stroke::Down),
    },
    Command {
        name: "page-above",
        group: Group::Writing,
        contexts: &[Context::Note],
        help: "Move the cursor a page up",
        hint: "page up",
        takes: Takes::Nothing,
        run: |app, _| stroke(app, Stroke::PageUp),
    },
    Command {
        name: "page-below",
        group: Group::Writing,
        contexts: &[Context::Note],
        help: "Move the cursor a page down",
        hint: "page down",
        takes: Takes::Nothing,
        run: |app, _| stroke(app, Stroke::PageDown),
    },
    Command {
        name: "note-start",
        group: Group::Writing,
        contexts: &[Context::Note],
        help: "Move the cursor to the first line",
        hint: "top",
        takes: Takes::Nothing,
        run: |app, _| stroke(app, Stroke::Top),
    },
    Command {
        name: "note-end",
        group: Group::Writing,
        contexts: &[Context::Note],
        help: "Move the cursor to the last line",
        hint: "end",
        takes: Takes::Nothing,
        run: |app, _| stroke(app, Stroke::Bottom),
    },
    Command {
        name: "undo-typing",
        group: Group::Writing,
        contexts: &[Context::Note],
        help: "Undo what was typed last",
        hint: "undo",
        takes: Takes::Nothing,
        run: |app, _| stroke(app, Stroke::Undo),
    },
    Command {
        name: "redo-typing",
        group: Group::Writing,
        contexts: &[Context::Note],
        help: "Type again what was undone last",
        hint: "redo",
        takes: Takes::Nothing,
        run: |app, _| stroke(app, Stroke::Redo),
    },
];

fn stroke(app: &mut App, stroke: Stroke) {
    app.notes.stroke(&app.halves, &mut app.screens, &mut app.out, stroke);
}

fn edit(app: &mut App, _: Call) {
    match app.screens.chosen_note() {
        Some(listed) => open(app, &listed),
        None => match app.notes.notes_here(&app.halves, app.halves.focus()).as_slice() {
            [] => {
                let key = app.keys.keymap().first_key(Context::Reading, command!("note")).unwrap_or_default();
                app.out.tell(format!("there is no note on this passage; {key} writes one"));
            }
            [one] => app.notes.edit_note(&mut app.screens, &mut app.made, &mut app.out, one),
            _ => app.list_notes(true),
        },
    }
}

/// Opens the editor on what is listed.
pub(super) fn open(app: &mut App, listed: &Listed) {
    match listed {
        Listed::Draft(number) => {
            if let Some(draft) = app.notes.drafts().iter().find(|d| d.number == *number).cloned() {
                app.screens.edit_draft(&mut app.notes, &mut app.made, draft);
            }
        }
        Listed::Note(file) => {
            if let Some(note) = app.notes.get(file).cloned() {
                app.screens.close();
                app.notes.edit_note(&mut app.screens, &mut app.made, &mut app.out, &note);
            }
        }
    }
}

fn edit_outside(app: &mut App, _: Call) {
    match app.screens.chosen_note() {
        Some(Listed::Note(file)) => {
            if let Some(note) = app.notes.get(&file).cloned() {
                app.screens.close();
                app.notes.edit_note_outside(&mut app.out, &note);
            }
        }
        Some(Listed::Draft(number)) => {
            if let Some(draft) = app.notes.drafts().iter().find(|d| d.number == number).cloned() {
                app.screens.close();
                app.out.effect(Effect::Terminal(Terminal::Outside(Box::new(draft))));
            }
        }
        None => {}
    }
}

fn delete(app: &mut App, _: Call) {
    match app.screens.chosen_note() {
        Some(Listed::Note(file)) => app.notes.delete_note(&mut app.made, &mut app.out, &file),
        Some(Listed::Draft(number)) => app.notes.throw_away(&mut app.made, &app.keys, &mut app.out, number),
        None => {}
    }
}

fn attach(app: &mut App, _: Call) {
    let Some(listed) = app.screens.chosen_note() else { return };
    attach_to_here(app, &listed);
}

fn attach_to_here(app: &mut App, listed: &Listed) {
    let file: &NoteFile = match listed {
        Listed::Note(file) => file,
        Listed::Draft(_) => return app.out.tell("a draft stays where it was begun; save it first"),
    };
    app.screens.close();
    app.attach_note(file);
}

fn save_to(app: &mut App, _: Call) {
    if app.notes.unfinished(&app.screens).is_empty() {
        return app.out.tell("every note is saved");
    }
    app.screens.lay(Overlay::Asked(Asked::new(Ask::SaveNotesTo)));
}

fn ask_for_file(app: &mut App, what: Export) {
    if what == Export::Notes && app.notes.has_none_on_open(&app.halves) {
        let key = app.keys.keymap().first_key(Context::Reading, command!("note")).unwrap_or_default();
        return app.out.tell(format!("there are no notes on these texts to export; {key} writes one"));
    }
    app.screens.lay(Overlay::Asked(Asked::new(Ask::Export(what))));
}
