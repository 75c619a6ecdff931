//! What cannot be done now, and why: the palette says it before it is tried.

use crate::app::App;
use crate::app::command::Command;
use crate::link::sides::BOTH;

/// Why a command would come to nothing now; `None` where it can be run.
pub(super) fn obstacle(app: &App, command: &Command) -> Option<&'static str> {
    let two_texts = BOTH.iter().all(|side| app.halves.pane(*side).open().is_some());
    let studied = BOTH.iter().all(|side| app.halves.pane(*side).study.is_some());
    let held = app.topics.held_id().is_some();
    let (undo, redo) = app.made.can_undo();
    let unless = |possible: bool, why| (!possible).then_some(why);
    match command.name {
        "next-on-trail" | "previous-on-trail" => unless(held || app.search.is_some(), "no topic held, no search"),
        "synopsis" => unless(held || app.topics.has_links_on_none(&app.links), "no topic is held"),
        "rename-topic" | "terms" | "merge-topic" | "next-text-on-topic" => unless(held, "no topic is held"),
        "next-shared-topic" | "previous-shared-topic" if two_texts && !studied => Some("still reading the texts"),
        "next-counterpart"
        | "previous-counterpart"
        | "why"
        | "next-shared-topic"
        | "previous-shared-topic"
        | "compare-wordings"
        | "loom"
        | "join"
        | "copy-pair"
        | "note-on-pair"
        | "align"
        | "swap"
        | "export-handout"
        | "export-handout-with-notes" => unless(two_texts, "needs two texts"),
        "quotations" => match app.links.quotations() {
            Some([]) => Some("the texts share none"),
            _ => unless(two_texts, "needs two texts"),
        },
        "next-difference" | "previous-difference" | "differences" | "changed-words" => {
            unless(app.versions.is_one_work(&app.hinge), "not two versions of one work")
        }
        "undo" => unless(undo, "nothing to undo"),
        "redo" => unless(redo, "nothing to redo"),
        "edit-note" => {
            unless(!app.notes.notes_here(&app.halves, app.halves.focus()).is_empty(), "no note on this passage")
        }
        "save-again" => unless(app.made.unsaved() > 0, "all is saved"),
        _ => None,
    }
}
