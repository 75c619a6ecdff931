//! The room: following a session that another terminal leads, and leading one from a second screen.

use crate::app::command::{Command, Context, Group, Takes};
use crate::wire::message::Request;

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "follow-leader",
        group: Group::Seminar,
        contexts: &[Context::Reading, Context::Room],
        help: "Follow the leader of the room, or look around and let the leader go on",
        hint: "follow or look around",
        takes: Takes::Nothing,
        run: |app, _| app.follow_or_not(),
    },
    Command {
        name: "leader-next",
        group: Group::Seminar,
        contexts: &[Context::Lectern],
        help: "Take a step on the presenting screen",
        hint: "on",
        takes: Takes::Nothing,
        run: |app, _| app.led.ask_leader(&mut app.out, Request::Next),
    },
    Command {
        name: "leader-back",
        group: Group::Seminar,
        contexts: &[Context::Lectern],
        help: "Take a step of the presenting screen back",
        hint: "back",
        takes: Takes::Nothing,
        run: |app, _| app.led.ask_leader(&mut app.out, Request::Back),
    },
    Command {
        name: "leader-return",
        group: Group::Seminar,
        contexts: &[Context::Lectern],
        help: "Make the presenting screen come back from a digression",
        hint: "return",
        takes: Takes::Nothing,
        run: |app, _| app.led.ask_leader(&mut app.out, Request::Return),
    },
    Command {
        name: "leader-stop",
        group: Group::Seminar,
        contexts: &[Context::Lectern],
        help: "Make the presenting screen go to the stop whose number was typed",
        hint: "go to stop",
        takes: Takes::Count,
        run: |app, call| app.led.ask_leader_for_stop(&mut app.out, call.count),
    },
    Command {
        name: "room-down",
        group: Group::Seminar,
        contexts: &[Context::Lectern, Context::Room],
        help: "Show the next row of what the leader sent",
        hint: "down",
        takes: Takes::Count,
        run: |app, call| app.scroll_led(call.times()),
    },
    Command {
        name: "room-up",
        group: Group::Seminar,
        contexts: &[Context::Lectern, Context::Room],
        help: "Show the previous row of what the leader sent",
        hint: "up",
        takes: Takes::Count,
        run: |app, call| app.scroll_led(-call.times()),
    },
];
