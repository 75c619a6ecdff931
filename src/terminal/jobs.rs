//! What is done for the session outside the loop: a job of a worker, and what is kept at the end.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::app::App;
use crate::app::work::{Desk, Job};
use crate::library::Library;
use crate::model::keeping::{Kept, Record};
use crate::model::notes::{DraftChanges, NoteChange};
use crate::model::snapshot::Snapshot;
use crate::text::clean::Clean;

/// Performs a job and hands in its answer. A job that fails for a mistake in this program is told as that, and reading
/// goes on.
pub fn perform_or_tell(job: Job, library: &Library, desk: &Desk) {
    let failure = job.failure();
    let done = catch_unwind(AssertUnwindSafe(|| {
        #[cfg(debug_assertions)]
        super::fail_if_asked("worker");
        job.perform(library, desk);
    }));
    let Err(panic) = done else { return };
    let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    let said = said.unwrap_or("no reason given");
    desk.tell(failure.because(Clean::line(&format!("a part of Diptych failed, which is a mistake in it: {said}"))));
}

/// Keeps a snapshot; what went wrong comes back in words.
pub fn remember(library: &Library, snapshot: &Snapshot) -> Option<Clean> {
    library.remember(snapshot).err()
}

/// Keeps what is not known to be kept when the session ends, `in_order` or by a failure. What went wrong comes back in
/// words.
pub fn keep_all(library: &Library, app: &App, in_order: bool) -> Vec<Clean> {
    let mut told: Vec<Clean> = Vec::new();
    let unfinished = app.notes.unfinished(&app.screens);
    let mut left: Vec<u64> = unfinished.iter().map(|draft| draft.number).collect();
    told.extend(library.keep_drafts(&DraftChanges { write: unfinished.clone(), ..DraftChanges::default() }).err());
    let mut done_with = DraftChanges::default();
    for order in app.made.unkept() {
        match library.keep(&order) {
            Ok(done) => {
                // A worker may have kept it a moment ago, and nobody has heard of that any more. What was typed since is
                // not in it.
                if let Record::Note(change) = &order.record
                    && let NoteChange::Draft(draft) = &**change
                    && unfinished.iter().all(|now| now.number != draft.number || now.body == draft.body)
                {
                    done_with.drop.push(draft.number);
                }
                if let Kept::Note(done) = done {
                    told.extend(done.told);
                }
            }
            Err(line) => told.push(line),
        }
    }
    left.retain(|number| !done_with.drop.contains(number));
    told.extend(library.keep_drafts(&done_with).err());
    // After a mistake of this program, what the session knows is not enough to throw anything away.
    if in_order {
        library.leave_drafts(&left);
    }
    told
}
