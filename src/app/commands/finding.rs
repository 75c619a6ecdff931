//! Finding: search, commands, help.

use tui_input::Input;

use super::possible;

use crate::app::command::{Call, Command, Context, Group, Takes};
use crate::app::overlay::{Overlay, Page, PageKind, Prompt};
use crate::app::picker::{Choice, Item, Picker, PickerKind};
use crate::app::search::Search;
use crate::app::{App, commands};

/// The rows of the table.
pub(super) static COMMANDS: &[Command] = &[
    Command {
        name: "search",
        group: Group::Finding,
        contexts: &[Context::Reading, Context::Present],
        help: "Search both texts, as you type",
        hint: "search",
        takes: Takes::Nothing,
        run: search,
    },
    Command {
        name: "accept-search",
        group: Group::Finding,
        contexts: &[Context::Prompt],
        help: "Take what was typed: make the hits of a search the trail",
        hint: "done",
        takes: Takes::Nothing,
        run: accept,
    },
    Command {
        name: "next-hit",
        group: Group::Finding,
        contexts: &[Context::Prompt],
        help: "Go to the next hit, typing on",
        hint: "next hit",
        takes: Takes::Nothing,
        run: |app, _| app.step_hit(1),
    },
    Command {
        name: "previous-hit",
        group: Group::Finding,
        contexts: &[Context::Prompt],
        help: "Go to the previous hit, typing on",
        hint: "previous hit",
        takes: Takes::Nothing,
        run: |app, _| app.step_hit(-1),
    },
    Command {
        name: "regex",
        group: Group::Finding,
        contexts: &[Context::Prompt],
        help: "Take what is typed as a regular expression, or as words",
        hint: "pattern",
        takes: Takes::Nothing,
        run: regex,
    },
    Command {
        name: "palette",
        group: Group::Finding,
        contexts: Context::SCENES,
        help: "Pick from all commands by name",
        hint: "commands",
        takes: Takes::Nothing,
        run: palette,
    },
    Command {
        name: "help",
        group: Group::Finding,
        contexts: Context::SCENES,
        help: "Show all commands with their keys",
        hint: "help",
        takes: Takes::Nothing,
        run: |app, _| app.screens.lay(Overlay::Page(Page::new(PageKind::Help))),
    },
];

fn search(app: &mut App, _: Call) {
    app.screens.lay(Overlay::Prompt(Prompt { input: Input::default(), regex: false }));
    let mut search = Search::begin(&app.halves);
    search.send(&app.halves, &mut app.out);
    app.search = Some(search);
}

fn accept(app: &mut App, _: Call) {
    if app.answer_asked() {
        return;
    }
    app.screens.close();
    app.accept_search();
}

fn regex(app: &mut App, _: Call) {
    if let Some(Overlay::Prompt(prompt)) = app.screens.overlay_mut() {
        prompt.regex = !prompt.regex;
    }
    app.search_typed();
}

fn palette(app: &mut App, _: Call) {
    let context = app.screens.scene().context();
    let mut items: Vec<Item> = commands::all()
        .filter(|c| c.contexts.contains(&context))
        .map(|command| {
            let keys = app.keys.keymap().keys_for(context, command).join(" ");
            let obstacle = possible::obstacle(app, command);
            Item {
                label: command.name.to_owned(),
                detail: obstacle.map_or_else(|| keys.clone(), |why| format!("{why}   {keys}")),
                about: obstacle.map_or_else(
                    || command.help.to_owned(),
                    |why| format!("{}. Not possible now: {why}.", command.help),
                ),
                depth: 0,
                dim: obstacle.is_some(),
                choice: Choice::Run(command),
            }
        })
        .collect();
    if context == Context::Reading {
        items.extend(app.keys.hooks_to_pick(&app.settings));
    }
    app.screens.lay(Overlay::Picker(Picker::new(PickerKind::Palette, items, 0)));
}
