//! Topics: picking, switching, accepting.

use crate::app::App;
use crate::app::command::{Call, Command, Context, Group, Takes};
use crate::app::overlay::Overlay;
use crate::app::picker::{Choice, PickerKind};

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "topics",
        group: Group::Topics,
        contexts: &[Context::Reading, Context::Synopsis, Context::Present],
        help: "Pick a topic: what both texts treat first, then what is proposed for them",
        hint: "topics",
        takes: Takes::Nothing,
        run: |app, _| app.pick_topic(),
    },
    Command {
        name: "next-topic",
        group: Group::Topics,
        contexts: &[Context::Reading],
        help: "Hold the next topic that this passage treats",
        hint: "next topic",
        takes: Takes::Nothing,
        run: |app, _| app.switch_topic(1),
    },
    Command {
        name: "previous-topic",
        group: Group::Topics,
        contexts: &[Context::Reading],
        help: "Hold the previous topic of those that this passage treats",
        hint: "previous topic",
        takes: Takes::Nothing,
        run: |app, _| app.switch_topic(-1),
    },
    Command {
        name: "next-shared-topic",
        group: Group::Topics,
        contexts: &[Context::Reading, Context::Synopsis],
        help: "Go on to the next topic that both texts treat",
        hint: "next topic",
        takes: Takes::Nothing,
        run: |app, _| app.switch_shared_topic(1),
    },
    Command {
        name: "previous-shared-topic",
        group: Group::Topics,
        contexts: &[Context::Reading, Context::Synopsis],
        help: "Go back to the previous topic that both texts treat",
        hint: "previous topic",
        takes: Takes::Nothing,
        run: |app, _| app.switch_shared_topic(-1),
    },
    Command {
        name: "add-term",
        group: Group::Topics,
        contexts: &[Context::Selecting],
        help: "Add the selected words to the held topic: as a term, or as an exception",
        hint: "term",
        takes: Takes::Nothing,
        run: |app, _| {
            if let Err(why) = app.screens.begin_term(&app.halves, &app.topics, &app.keys) {
                app.out.tell(why);
            }
        },
    },
    Command {
        name: "new-topic",
        group: Group::Topics,
        contexts: &[Context::Reading, Context::Selecting],
        help: "Make a topic of the selected words, or of words you type",
        hint: "new topic",
        takes: Takes::Nothing,
        run: |app, _| app.screens.begin_topic(&app.halves, &mut app.out),
    },
    Command {
        name: "terms",
        group: Group::Topics,
        contexts: &[Context::Reading, Context::Picker],
        help: "List the terms of the topic, with what each catches; change them, take them out",
        hint: "terms",
        takes: Takes::Nothing,
        run: |app, _| {
            if let Some(topic) = app.topics.topic_meant(&app.screens, &app.keys, &mut app.out) {
                app.screens.offer(app.topics.list_of_terms(&app.halves, &topic), &mut app.out);
            }
        },
    },
    Command {
        name: "rename-topic",
        group: Group::Topics,
        contexts: &[Context::Reading],
        help: "Give the held topic another name, or say what it is about",
        hint: "rename",
        takes: Takes::Nothing,
        run: |app, _| app.topics.begin_rename(&mut app.screens, &app.keys, &mut app.out),
    },
    Command {
        name: "merge-topic",
        group: Group::Topics,
        contexts: &[Context::Reading, Context::Picker],
        help: "Merge the topic into another, with its terms and all that names it",
        hint: "merge",
        takes: Takes::Nothing,
        run: |app, _| app.topics.begin_merge(&mut app.screens, &app.keys, &mut app.out),
    },
    Command {
        name: "accept-topic",
        group: Group::Topics,
        contexts: &[Context::Picker],
        help: "Take a proposed topic into topics.toml",
        hint: "accept",
        takes: Takes::Nothing,
        run: accept,
    },
    Command {
        name: "undo",
        group: Group::Topics,
        contexts: &[Context::Reading, Context::Map, Context::Tour, Context::Notes],
        help: "Undo what you made last",
        hint: "undo",
        takes: Takes::Nothing,
        run: |app, _| app.undo_last(),
    },
    Command {
        name: "redo",
        group: Group::Topics,
        contexts: &[Context::Reading, Context::Map, Context::Tour, Context::Notes],
        help: "Redo what was undone",
        hint: "redo",
        takes: Takes::Nothing,
        run: |app, _| app.redo_last(),
    },
];

fn accept(app: &mut App, _: Call) {
    let Some(Overlay::Picker(picker)) = app.screens.overlay_mut() else { return };
    if picker.kind != PickerKind::Topics {
        // In any other list the key goes on to the next line.
        return picker.step(1);
    }
    match picker.chosen().map(|item| item.choice.clone()) {
        Some(Choice::Proposal(index)) => {
            app.screens.close();
            app.accept_proposal(index);
        }
        Some(Choice::Unfold) => picker.unfold(),
        Some(Choice::Topic(None)) => app.out.tell("this lets go of the topic; a proposed one can be accepted"),
        Some(_) => app.out.tell("this is one of your topics already"),
        None if app.topics.is_looking(&app.halves) => app.out.tell("topics that both texts treat are being looked for"),
        None if app.topics.proposals().is_empty() => app.out.tell("no topic is proposed for these two texts"),
        None => app.out.tell("no match"),
    }
}
