//! What cannot be done now, and why: the palette says it before it is tried.

use super::commands;
use crate::app::App;
use crate::app::command::Command;
use crate::link::sides::BOTH;

/// What some commands need.
struct Need {
    commands: &'static [&'static Command],
    /// What is missing, if it is.
    missing: fn(&App) -> Option<&'static str>,
}

/// What commands need; of one in several rows the first that is missing is told.
static NEEDS: &[Need] = &[
    Need {
        commands: commands!["next-on-trail", "previous-on-trail"],
        missing: |app| unless(app.topics.held_id().is_some() || app.search.is_some(), "no topic held, no search"),
    },
    Need {
        commands: commands!["synopsis"],
        missing: |app| {
            let has_rows = app.topics.held_id().is_some() || app.links.are_some_on_none(app.topics.codebook());
            unless(has_rows, "no topic is held")
        },
    },
    Need {
        commands: commands!["rename-topic", "terms", "merge-topic", "next-text-on-topic"],
        missing: |app| unless(app.topics.held_id().is_some(), "no topic is held"),
    },
    Need {
        commands: commands!["next-shared-topic", "previous-shared-topic"],
        missing: |app| unless(two_texts(app).is_some() || are_studied(app), "still reading the texts"),
    },
    Need {
        commands: commands!["quotations"],
        missing: |app| unless(app.links.quotations().is_none_or(|found| !found.is_empty()), "the texts share none"),
    },
    Need {
        commands: commands![
            "next-counterpart",
            "previous-counterpart",
            "why",
            "next-shared-topic",
            "previous-shared-topic",
            "compare-wordings",
            "loom",
            "join",
            "copy-pair",
            "note-on-pair",
            "align",
            "swap",
            "export-handout",
            "export-handout-with-notes",
            "quotations",
        ],
        missing: two_texts,
    },
    Need {
        commands: commands!["next-difference", "previous-difference", "differences", "changed-words"],
        missing: |app| unless(app.versions.is_one_work(&app.hinge), "not two versions of one work"),
    },
    Need { commands: commands!["undo"], missing: |app| unless(app.made.can_undo().0, "nothing to undo") },
    Need { commands: commands!["redo"], missing: |app| unless(app.made.can_undo().1, "nothing to redo") },
    Need {
        commands: commands!["edit-note"],
        missing: |app| {
            let notes = app.notes.notes_here(&app.halves, app.halves.focus());
            unless(!notes.is_empty(), "no note on this passage")
        },
    },
    Need { commands: commands!["save-again"], missing: |app| unless(app.made.unsaved() > 0, "all is saved") },
];

/// Why a command would come to nothing now; `None` where it can be run.
pub(super) fn obstacle(app: &App, command: &Command) -> Option<&'static str> {
    NEEDS.iter().filter(|need| need.commands.contains(&command)).find_map(|need| (need.missing)(app))
}

fn unless(possible: bool, why: &'static str) -> Option<&'static str> {
    (!possible).then_some(why)
}

fn two_texts(app: &App) -> Option<&'static str> {
    unless(BOTH.iter().all(|side| app.halves.pane(*side).open().is_some()), "needs two texts")
}

fn are_studied(app: &App) -> bool {
    BOTH.iter().all(|side| app.halves.pane(*side).study.is_some())
}
