//! Drafts that an earlier session left unfinished: whoever opens a text that one is about is told of it.

use super::Listing;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::keys::Keys;
use crate::app::notes::Notes;
use crate::app::out::Out;
use crate::app::scene::Screens;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::notes::{Draft, NoteFile};

impl Halves {
    /// Whether a draft is about a text that is open, or about none at all.
    pub(super) fn is_about_open(&self, draft: &Draft) -> bool {
        let is_open = |side: &Side| self.pane(*side).open().is_some_and(|open| draft.requests.contains(&open.request));
        draft.requests.is_empty() || BOTH.iter().any(is_open)
    }
}

impl Notes {
    /// Drafts that an earlier session left: they are this one's now.
    pub(in crate::app) fn drafts_left(
        &mut self,
        (halves, screens, keys): (&Halves, &Screens, &Keys),
        out: &mut Out,
        left: Vec<(Draft, NoteFile)>,
    ) {
        if left.is_empty() {
            return;
        }
        for (draft, file) in left {
            let number = out.number();
            // What was to be said at a stop is asked about there.
            self.untold.extend(draft.stop.is_none().then_some(number));
            self.drafts.push(Draft { number, ..draft });
            self.old.push(file);
        }
        self.drafts_due(screens, out);
        self.listed = Listing::Behind;
        self.tell_left(halves, keys, out);
    }

    /// Tells the reader, once, that an earlier session left notes on the open texts unfinished: those on others wait until
    /// these are opened.
    pub(in crate::app) fn tell_left(&mut self, halves: &Halves, keys: &Keys, out: &mut Out) {
        let before = self.untold.len();
        let drafts = &self.drafts;
        self.untold.retain(|number| drafts.iter().any(|draft| draft.number == *number && !halves.is_about_open(draft)));
        let count = before - self.untold.len();
        if count == 0 {
            return;
        }
        let key = keys.keymap().first_key(Context::Reading, command!("notes")).unwrap_or_default();
        let what = if count == 1 { "a note was left unfinished" } else { "some notes were left unfinished" };
        out.tell(format!("{what}: {key} lists it at the top"));
    }
}
