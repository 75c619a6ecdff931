//! The first minute: what the last row says before anything was jumped to.

use crate::app::App;
use crate::app::command::{Command, Context};
use crate::app::commands::command;
use crate::link::sides::BOTH;
use crate::model::address::is_bundled;
use crate::topic::codebook::TopicId;
use crate::word::counted::counted;

/// The way in; nothing once something was jumped to, sought, or held.
pub(super) fn words(app: &App) -> Option<String> {
    invitation(app).or_else(|| with_own_texts(app))
}

/// The way in, for whoever has never been here and has not jumped anywhere yet.
fn invitation(app: &App) -> Option<String> {
    let text = app.shelf.invitation().filter(|_| {
        app.made.unsaved() == 0 && app.hinge.fresh() && app.topics.held_id().is_none() && app.search.is_none()
    })?;
    let key = app.keys.keymap().first_key(Context::Reading, command!("open-text"))?;
    Some(format!("new here? {key} “{}”", text.title))
}

/// What can be done first with two texts of the reader's own: which topics they have, and how to come to any. Nothing once
/// something was jumped to.
fn with_own_texts(app: &App) -> Option<String> {
    let quiet = app.made.unsaved() == 0 && app.topics.held_id().is_none() && app.search.is_none();
    let quiet = quiet
        && app.links.awaited_quotations(&app.halves).is_none()
        && app.versions.awaited_alignment(&app.hinge).is_none();
    // What was found on the way is said instead, once one is on it.
    let found = app.hinge.joint().and_then(|joint| joint.found.as_ref()).is_some_and(|found| !found.is_empty());
    let found = found && app.halves.lead().current().is_some_and(|passage| passage.0 > 1);
    let quiet = quiet && !found && app.link_in_sight().is_none();
    let own = BOTH.map(|side| app.halves.pane(side).open().is_some_and(|open| !is_bundled(&open.request)));
    let studied = BOTH.iter().all(|side| app.halves.pane(*side).study.is_some());
    if !(quiet && app.hinge.fresh() && studied && own.contains(&true))
        || app.versions.is_one_work(&app.hinge)
        || app.halves.is_linear()
    {
        return None;
    }
    let topics = app.topics.codebook().topics();
    let treated = |topic: &TopicId| BOTH.map(|side| !app.halves.treatments(side, topic).is_empty());
    let (both, one) = topics.iter().fold((0, 0), |(both, one), topic| match treated(&topic.id) {
        [true, true] => (both + 1, one),
        [false, false] => (both, one),
        _ => (both, one + 1),
    });
    let (pick, make) = (key(app, command!("topics")), key(app, command!("new-topic")));
    let many = |n: usize| counted(n, "topic");
    let proposed = app.topics.proposals().len();
    // What can be pressed is said first: it is not what a narrow screen cuts.
    let (listed, makes) = (format!("{pick}:"), format!("{make} makes a topic"));
    Some(match (both, one) {
        (0, _) if proposed > 0 => format!("{listed} {} proposed here · {makes}", many(proposed)),
        // It may be told in a moment.
        (0, 0) if app.topics.awaits_proposals() => return None,
        (0, 0) if topics.is_empty() => format!("{makes}: none is known here yet"),
        (0, 0) => match topics.len() {
            1 => format!("{makes}; the one known is not here"),
            known => format!("{makes}; none of the {known} known is here"),
        },
        (0, one) => format!("{listed} {} in one of these texts · {makes}", many(one)),
        (both, _) => format!("{listed} {} in both texts · {makes}", many(both)),
    })
}

fn key(app: &App, command: &'static Command) -> String {
    app.keys.keymap().first_key(Context::Reading, command).unwrap_or_else(|| format!(":{}", command.name))
}
