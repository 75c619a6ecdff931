//! Screens beside the two panes: the synopsis and the map.

use crate::app::App;
use crate::app::command::{Command, Context, Group, Takes};
use crate::app::map::Map;
use crate::app::memory::Memory;
use crate::app::overlay::{Ask, Asked, Overlay};
use crate::app::scene::Scene;
use crate::app::synopsis::{LaidOut, Synopsis};
use crate::app::topics::Topics;
use crate::model::exporting::Export;

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "synopsis",
        group: Group::Scenes,
        contexts: &[Context::Reading],
        help: "Set all that both texts say on the topic side by side, row by row",
        hint: "synopsis",
        takes: Takes::Nothing,
        run: |app, _| open_synopsis(app),
    },
    Command {
        name: "next-row",
        group: Group::Scenes,
        contexts: &[Context::Synopsis],
        help: "Select the next row",
        hint: "next",
        takes: Takes::Count,
        run: |app, call| select_row(app, |laid_out| laid_out.stepped(i64::from(call.times()))),
    },
    Command {
        name: "previous-row",
        group: Group::Scenes,
        contexts: &[Context::Synopsis],
        help: "Select the previous row",
        hint: "previous",
        takes: Takes::Count,
        run: |app, call| select_row(app, |laid_out| laid_out.stepped(-i64::from(call.times()))),
    },
    Command {
        name: "next-rows",
        group: Group::Scenes,
        contexts: &[Context::Synopsis],
        help: "Go a screen down",
        hint: "page",
        takes: Takes::Nothing,
        run: |app, _| select_row(app, |laid_out| laid_out.paged(1)),
    },
    Command {
        name: "previous-rows",
        group: Group::Scenes,
        contexts: &[Context::Synopsis],
        help: "Go a screen up",
        hint: "page up",
        takes: Takes::Nothing,
        run: |app, _| select_row(app, |laid_out| laid_out.paged(-1)),
    },
    Command {
        name: "first-row",
        group: Group::Scenes,
        contexts: &[Context::Synopsis],
        help: "Select the first row",
        hint: "first",
        takes: Takes::Nothing,
        run: |app, _| select_row(app, |laid_out| laid_out.stepped(-FAR)),
    },
    Command {
        name: "last-row",
        group: Group::Scenes,
        contexts: &[Context::Synopsis],
        help: "Select the last row",
        hint: "last",
        takes: Takes::Nothing,
        run: |app, _| select_row(app, |laid_out| laid_out.stepped(FAR)),
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
    Command {
        name: "notes-between",
        group: Group::Scenes,
        contexts: &[Context::Synopsis],
        help: "Show what you have written to the rows in full, or only that it is there",
        hint: "notes",
        takes: Takes::Nothing,
        run: |app, _| app.toggle_between(),
    },
    Command {
        name: "map",
        group: Group::Scenes,
        contexts: &[Context::Reading, Context::Synopsis, Context::Present],
        help: "Show the map: which text of the library treats which topic",
        hint: "map",
        takes: Takes::Nothing,
        run: |app, _| app.open_map(),
    },
    Command {
        name: "next-map-row",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Select the next topic of the map",
        hint: "next",
        takes: Takes::Count,
        run: |app, call| on_map(app, |map, topics, memory| map.step_row(i64::from(call.times()), topics, memory)),
    },
    Command {
        name: "previous-map-row",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Select the previous topic of the map",
        hint: "previous",
        takes: Takes::Count,
        run: |app, call| on_map(app, |map, topics, memory| map.step_row(-i64::from(call.times()), topics, memory)),
    },
    Command {
        name: "next-map-rows",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Select the topic ten rows down",
        hint: "ten down",
        takes: Takes::Nothing,
        run: |app, _| on_map(app, |map, topics, memory| map.step_row(10, topics, memory)),
    },
    Command {
        name: "previous-map-rows",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Select the topic ten rows up",
        hint: "ten up",
        takes: Takes::Nothing,
        run: |app, _| on_map(app, |map, topics, memory| map.step_row(-10, topics, memory)),
    },
    Command {
        name: "first-map-row",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Select the first topic of the map",
        hint: "first",
        takes: Takes::Nothing,
        run: |app, _| on_map(app, |map, topics, memory| map.step_row(-FAR, topics, memory)),
    },
    Command {
        name: "last-map-row",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Select the last topic of the map",
        hint: "last",
        takes: Takes::Nothing,
        run: |app, _| on_map(app, |map, topics, memory| map.step_row(FAR, topics, memory)),
    },
    Command {
        name: "next-text",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Select the next text",
        hint: "texts",
        takes: Takes::Count,
        run: |app, call| on_map(app, |map, _, _| map.step_column(i64::from(call.times()))),
    },
    Command {
        name: "previous-text",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Select the previous text; before the first is the topic itself",
        hint: "previous text",
        takes: Takes::Count,
        run: |app, call| on_map(app, |map, _, _| map.step_column(-i64::from(call.times()))),
    },
    Command {
        name: "choose-text",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Set this text against the one chosen next",
        hint: "against…",
        takes: Takes::Nothing,
        run: |app, _| app.screens.choose_on_map(&mut app.out),
    },
    Command {
        name: "open-cell",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Read the pair: the best one of a topic, or the two texts chosen",
        hint: "read the pair",
        takes: Takes::Nothing,
        run: |app, _| app.open_from_map(),
    },
    Command {
        name: "reorder",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Put the topics in another order: as in topics.toml, what most texts treat, what is not compared yet",
        hint: "order",
        takes: Takes::Nothing,
        run: |app, _| on_map(app, Map::reorder),
    },
    Command {
        name: "filter",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Show all topics, those of several texts, or the gaps",
        hint: "filter",
        takes: Takes::Nothing,
        run: |app, _| on_map(app, Map::refilter),
    },
    Command {
        name: "reorder-texts",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Put the texts in another order: as on the shelf, the fullest first, the strongest on this topic",
        hint: "order texts",
        takes: Takes::Nothing,
        run: |app, _| on_map(app, Map::reorder_texts),
    },
    Command {
        name: "filter-texts",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Show only the texts that treat this topic, or all again",
        hint: "filter texts",
        takes: Takes::Nothing,
        run: |app, _| on_map(app, Map::refilter_texts),
    },
    Command {
        name: "narrow",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Narrow the map by typing: words of topics, and of titles after text:",
        hint: "narrow",
        takes: Takes::Nothing,
        run: |app, _| app.screens.ask_narrowing(),
    },
    Command {
        name: "check-silence",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Note that you have checked that the text is silent on the topic, or undo that",
        hint: "checked silent",
        takes: Takes::Nothing,
        run: |app, _| {
            let deed = app.screens.checking_silence(&app.topics, &app.memory);
            app.carry_out(deed);
        },
    },
    Command {
        name: "export-map",
        group: Group::Scenes,
        contexts: &[Context::Map],
        help: "Write the map as it is shown into a file: .html, .svg or .txt",
        hint: "export map",
        takes: Takes::Nothing,
        run: |app, _| app.screens.lay(Overlay::Asked(Asked::new(Ask::Export(Export::Map)))),
    },
];

/// Shows the synopsis of the held topic; with none held, asks for one first.
fn open_synopsis(app: &mut App) {
    app.screens.show(Scene::Synopsis(Synopsis::default()));
    if app.topics.held_id().is_none() {
        app.pick_topic();
    }
    app.compare_for_synopsis();
}

/// More rows than there are.
const FAR: i64 = 1 << 32;

fn select_row(app: &mut App, to: impl FnOnce(&LaidOut<'_>) -> (usize, usize)) {
    app.screens.move_in_synopsis(&app.halves, &app.settings, to);
}

fn on_map(app: &mut App, act: impl FnOnce(&mut Map, &Topics, &Memory)) {
    if let Some(map) = app.screens.map_mut() {
        act(map, &app.topics, &app.memory);
    }
}
