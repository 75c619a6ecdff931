//! Drafts in the state folder: what is typed is kept aside, and what an earlier session left is found.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::model::notes::{Draft, DraftChanges, NoteFile};

/// Keep drafts aside, and drop those that are done with.
#[derive(Debug)]
pub struct KeepDrafts(pub DraftChanges);

impl Work for KeepDrafts {
    type Answer = ();
    const CREW: Crew = Crew::Keeping;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        if let Err(line) = library.keep_drafts(&self.0) {
            reply.notice(line);
        }
    }

    fn heard(_: &mut App, (): ()) {}
}

/// Look for drafts that an earlier session left.
#[derive(Debug)]
pub struct FindDrafts;

impl Work for FindDrafts {
    /// The drafts, with their files.
    type Answer = Vec<(Draft, NoteFile)>;
    const CREW: Crew = Crew::Keeping;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        reply.say(library.left_drafts());
    }

    fn heard(app: &mut App, left: Self::Answer) {
        app.notes.drafts_left((&app.halves, &app.screens, &app.keys), &mut app.out, left);
    }
}
