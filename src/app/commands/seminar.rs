//! The seminar: the tour, and presenting it.

use crate::app::App;
use crate::app::command::{Call, Command, Context, Group, Takes};
use crate::app::notes::editor::Editor;
use crate::app::overlay::Overlay;

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "add-stop",
        group: Group::Seminar,
        contexts: &[Context::Reading],
        help: "Add the pair you read to the tour",
        hint: "add to tour",
        takes: Takes::Nothing,
        run: |app, _| app.add_stop(),
    },
    Command {
        name: "tour",
        group: Group::Seminar,
        contexts: &[Context::Reading, Context::Present],
        help: "List the stops of the tour",
        hint: "tour",
        takes: Takes::Nothing,
        run: |app, _| app.screens.open_tour(&mut app.halves, &app.touring, &mut app.out),
    },
    Command {
        name: "present",
        group: Group::Seminar,
        contexts: &[Context::Reading, Context::Tour],
        help: "Present the tour to a room, from the stop whose number was typed; without a tour, the pair you read",
        hint: "present",
        takes: Takes::Count,
        run: |app, call| app.present(call.count),
    },
    Command {
        name: "next-stop",
        group: Group::Seminar,
        contexts: &[Context::Tour],
        help: "Select the next stop",
        hint: "next",
        takes: Takes::Count,
        run: |app, call| app.screens.step_stop(&app.touring, i64::from(call.times())),
    },
    Command {
        name: "previous-stop",
        group: Group::Seminar,
        contexts: &[Context::Tour],
        help: "Select the previous stop",
        hint: "previous",
        takes: Takes::Count,
        run: |app, call| app.screens.step_stop(&app.touring, -i64::from(call.times())),
    },
    Command {
        name: "stop-later",
        group: Group::Seminar,
        contexts: &[Context::Tour],
        help: "Move the selected stop down",
        hint: "move down",
        takes: Takes::Count,
        run: |app, call| move_stop(app, i64::from(call.times())),
    },
    Command {
        name: "stop-earlier",
        group: Group::Seminar,
        contexts: &[Context::Tour],
        help: "Move the selected stop up",
        hint: "move up",
        takes: Takes::Count,
        run: |app, call| move_stop(app, -i64::from(call.times())),
    },
    Command {
        name: "remark",
        group: Group::Seminar,
        contexts: &[Context::Tour],
        help: "Write what you want to say at the stop, in as many lines as it takes",
        hint: "remark",
        takes: Takes::Nothing,
        run: write_remark,
    },
    Command {
        name: "title-tour",
        group: Group::Seminar,
        contexts: &[Context::Tour],
        help: "Say what the tour is called",
        hint: "title",
        takes: Takes::Nothing,
        run: |app, _| app.screens.ask_title(&app.touring, &mut app.out),
    },
    Command {
        name: "silent-side",
        group: Group::Seminar,
        contexts: &[Context::Tour],
        help: "Make the right side of the stop silent, then the left one, then neither",
        hint: "silent side",
        takes: Takes::Nothing,
        run: turn_silent_side,
    },
    Command {
        name: "more-minutes",
        group: Group::Seminar,
        contexts: &[Context::Tour],
        help: "Plan a minute more for the selected stop",
        hint: "minutes",
        takes: Takes::Count,
        run: |app, call| app.carry_out(app.touring.with_minutes(&app.screens, call.times())),
    },
    Command {
        name: "fewer-minutes",
        group: Group::Seminar,
        contexts: &[Context::Tour],
        help: "Plan a minute less for it",
        hint: "fewer",
        takes: Takes::Count,
        run: |app, call| app.carry_out(app.touring.with_minutes(&app.screens, -call.times())),
    },
    Command {
        name: "share-minutes",
        group: Group::Seminar,
        contexts: &[Context::Tour],
        help: "Share the minutes of the whole tour out among its stops",
        hint: "plan the time",
        takes: Takes::Nothing,
        run: |app, _| app.screens.ask_minutes(&app.touring, &mut app.out),
    },
    Command {
        name: "drop-stop",
        group: Group::Seminar,
        contexts: &[Context::Tour],
        help: "Take the selected stop out of the tour",
        hint: "take out",
        takes: Takes::Nothing,
        run: |app, _| app.carry_out(app.touring.without_selected(&app.screens, &app.topics, &app.keys)),
    },
    Command {
        name: "read-stop",
        group: Group::Seminar,
        contexts: &[Context::Tour],
        help: "Read the selected stop in the two panes",
        hint: "read",
        takes: Takes::Nothing,
        run: |app, _| app.read_stop(),
    },
    Command {
        name: "export-tour",
        group: Group::Seminar,
        contexts: &[Context::Tour],
        help: "Write the tour into a file to be handed out, both passages of every stop, your remarks left out: .html or .md",
        hint: "handout",
        takes: Takes::Nothing,
        run: |app, _| app.screens.ask_for_handout_of_tour(&app.touring, &mut app.out),
    },
    Command {
        name: "present-next",
        group: Group::Seminar,
        contexts: &[Context::Present],
        help: "Show the left passage, the right one, the next stop",
        hint: "on",
        takes: Takes::Nothing,
        run: |app, _| app.present_next(),
    },
    Command {
        name: "present-back",
        group: Group::Seminar,
        contexts: &[Context::Present],
        help: "Take a step of the presentation back",
        hint: "back",
        takes: Takes::Nothing,
        run: |app, _| app.present_back(),
    },
    Command {
        name: "present-stop",
        group: Group::Seminar,
        contexts: &[Context::Present],
        help: "Go to the stop of this number",
        hint: "stop",
        takes: Takes::Itself,
        run: |app, call| app.present_number(call.letter.and_then(|key| key.to_digit(10))),
    },
    Command {
        name: "present-together",
        group: Group::Seminar,
        contexts: &[Context::Present],
        help: "Show both passages side by side, or one in the whole width",
        hint: "both",
        takes: Takes::Nothing,
        run: |app, _| app.screens.present_together(),
    },
    Command {
        name: "spotlight",
        group: Group::Seminar,
        contexts: &[Context::Present],
        help: "Light the next sentence of the passage",
        hint: "spotlight",
        takes: Takes::Nothing,
        run: |app, _| app.screens.spotlight(&app.halves, 1),
    },
    Command {
        name: "spotlight-back",
        group: Group::Seminar,
        contexts: &[Context::Present],
        help: "Light the previous sentence",
        hint: "previous sentence",
        takes: Takes::Nothing,
        run: |app, _| app.screens.spotlight(&app.halves, -1),
    },
    Command {
        name: "return",
        group: Group::Seminar,
        contexts: &[Context::Present, Context::Map, Context::Tour, Context::Page, Context::Picker, Context::Help],
        help: "While presenting, come back from a digression to the stop",
        hint: "return",
        takes: Takes::Nothing,
        run: |app, _| app.present_return(),
    },
    Command {
        name: "blank",
        group: Group::Seminar,
        contexts: &[Context::Present],
        help: "Darken the screen, or light it again",
        hint: "blank",
        takes: Takes::Nothing,
        run: |app, _| app.screens.blank(),
    },
    Command {
        name: "clock",
        group: Group::Seminar,
        contexts: &[Context::Present],
        help: "Show or hide the time",
        hint: "clock",
        takes: Takes::Nothing,
        run: |app, _| app.screens.toggle_clock(),
    },
    Command {
        name: "show-remark",
        group: Group::Seminar,
        contexts: &[Context::Present],
        help: "Show your remark at the stop, for the room to see too; `diptych tour speak` in another terminal shows it to you",
        hint: "your remark",
        takes: Takes::Nothing,
        run: |app, _| app.screens.show_remark(&app.touring, &mut app.out),
    },
    Command {
        name: "presented-down",
        group: Group::Seminar,
        contexts: &[Context::Present],
        help: "Move the presented passages a row down",
        hint: "down",
        takes: Takes::Count,
        run: |app, call| app.scroll_presented(call.times()),
    },
    Command {
        name: "presented-up",
        group: Group::Seminar,
        contexts: &[Context::Present],
        help: "Move them a row up",
        hint: "up",
        takes: Takes::Count,
        run: |app, call| app.scroll_presented(-call.times()),
    },
    Command {
        name: "other-side",
        group: Group::Seminar,
        contexts: &[Context::Present],
        help: "Turn to the passage on the other side",
        hint: "other side",
        takes: Takes::Nothing,
        run: |app, _| app.halves.lead_with(app.halves.focus().other()),
    },
    Command {
        name: "stop-presenting",
        group: Group::Seminar,
        contexts: &[Context::Present],
        help: "Put out the spotlight, then leave the presentation",
        hint: "leave",
        takes: Takes::Nothing,
        run: |app, _| app.screens.stop_presenting(&mut app.halves),
    },
];

/// Opens the editor on the leader's remark at the selected stop; on the words that were left there, where there are some.
fn write_remark(app: &mut App, _: Call) {
    let number = app.out.number();
    let Some(draft) = app.touring.remark_as_draft(&app.screens, number) else { return };
    match draft.stop.as_ref().and_then(|stop| app.notes.draft_for(stop)).cloned() {
        Some(left) => app.screens.edit_draft(&mut app.notes, &mut app.made, left),
        None => app.screens.lay(Overlay::Editor(Box::new(Editor::new(draft)))),
    }
}

fn move_stop(app: &mut App, by: i64) {
    if let Some(deed) = app.touring.moved(&app.screens, &app.topics, by) {
        app.carry_out(deed);
        app.screens.step_stop(&app.touring, by);
    }
}

fn turn_silent_side(app: &mut App, _: Call) {
    let treats = app.touring.sides_that_treat(&app.screens, &app.halves, &app.topics);
    let deed = app.touring.with_other_silence(&mut app.screens, &app.keys, &treats);
    app.carry_out(deed);
}
