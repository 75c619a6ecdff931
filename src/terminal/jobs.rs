//! What is done for the session outside the loop: a job of a worker, and what is kept at the end.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::App;
use crate::app::work::{Desk, Job};
use crate::library::Library;
use crate::model::keeping::{KeepOrder, Kept, Record};
use crate::model::notes::{Draft, DraftChanges, NoteChange};
use crate::model::snapshot::Snapshot;
use crate::text::clean::Clean;
use crate::word::counted::counted;

/// Performs a job and hands in its answer. A job that fails for a mistake in this program is told as that, and reading
/// goes on.
pub(super) fn perform_or_tell(job: Job, library: &Library, desk: &Desk) {
    let failure = job.failure();
    let done = catch_unwind(AssertUnwindSafe(|| {
        #[cfg(debug_assertions)]
        fail_if_asked("worker");
        job.perform(library, desk);
    }));
    let Err(panic) = done else { return };
    let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    let said = said.unwrap_or("no reason given");
    desk.tell(failure.because(Clean::line(&format!("a part of Diptych failed, which is a bug in it: {said}"))));
}

/// Fails where a test asks for it, so that it can see what becomes of the terminal. Only in debug builds.
#[cfg(debug_assertions)]
pub(super) fn fail_if_asked(part: &str) {
    let asked = std::env::var("DIPTYCH_TEST_FAILURE").is_ok_and(|asked| asked == part);
    assert!(!asked, "a test asked the {part} to fail");
}

/// Keeps a snapshot while the session stands still for it, and no longer than a moment: its file is locked and on a disk, and
/// both may take their time. What went wrong comes back in words.
pub(super) fn remember(library: &Arc<Library>, snapshot: Snapshot) -> Option<Clean> {
    let (sender, done) = channel();
    let keeper = Arc::clone(library);
    let keep = move || sender.send(keeper.remember(&snapshot).err());
    let begun = thread::Builder::new().name("diptych-place".to_owned()).spawn(keep);
    match done.recv_timeout(SILENT) {
        Ok(line) => line,
        Err(RecvTimeoutError::Timeout) => {
            Some(Clean::line("the disk is slow: where you left off is still being saved"))
        }
        // It could not be begun, or failed for a mistake in this program.
        Err(RecvTimeoutError::Disconnected) => {
            begun.err().map(|e| Clean::line(&format!("your place is not kept: {e}")))
        }
    }
}

/// What is to be kept when the session ends.
struct Last {
    snapshot: Snapshot,
    unfinished: Vec<Draft>,
    unkept: Vec<KeepOrder>,
    /// Whether the session ended as it should, and not by a failure.
    in_order: bool,
}

/// How long the end may take without a word.
const SILENT: Duration = Duration::from_secs(2);

/// How often it is looked whether the reader will not wait.
const GLANCE: Duration = Duration::from_millis(50);

/// Keeps what is not known to be kept when the session ends, `in_order` or by a failure. What went wrong is handed to
/// `tell`. A disk that takes long is waited for, and spoken of; an interrupt leaves without it, and is answered with.
pub(super) fn keep_all(library: &Arc<Library>, app: &mut App, in_order: bool, tell: &impl Fn(&Clean)) -> Option<i32> {
    let last = Last {
        snapshot: app.snapshot(),
        unfinished: app.notes.unfinished(&app.screens),
        unkept: app.made.unkept(),
        in_order,
    };
    let waits_for = in_words(&last.unkept);
    let left = Arc::new(AtomicBool::new(false));
    // Without it an interrupt ends the program, as it does everywhere.
    let heard = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&left)).ok();
    let (sender, done) = channel();
    let keeper = Arc::clone(library);
    let begun = thread::Builder::new().name("diptych-last".to_owned()).spawn(move || sender.send(last.keep(&keeper)));
    let since = Instant::now();
    let mut is_told = false;
    let interrupted = loop {
        match done.recv_timeout(GLANCE) {
            Ok(lines) => {
                lines.iter().for_each(tell);
                break None;
            }
            Err(RecvTimeoutError::Disconnected) => break None,
            Err(RecvTimeoutError::Timeout) if left.load(Ordering::Relaxed) => {
                tell(&Clean::line(&format!(
                    "left without saving {waits_for}; words of notes are kept as drafts where that could be done"
                )));
                break Some(signal_hook::consts::SIGINT);
            }
            Err(RecvTimeoutError::Timeout) if !is_told && since.elapsed() > SILENT => {
                is_told = true;
                tell(&Clean::line(&format!("the disk is slow: still saving {waits_for}; ^C leaves without that")));
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    };
    drop(begun);
    heard.map(signal_hook::low_level::unregister);
    interrupted
}

/// What is still to be kept, as the reader would call it.
fn in_words(unkept: &[KeepOrder]) -> String {
    let count = |is: fn(&Record) -> bool| unkept.iter().filter(|order| is(&order.record)).count();
    let kinds = [
        (count(|r| matches!(r, Record::Note(_))), "note"),
        (count(|r| matches!(r, Record::Judgement { .. })), "link"),
        (count(|r| matches!(r, Record::Tour { .. })), "tour"),
        (count(|r| matches!(r, Record::Topic { .. })), "topic"),
    ];
    let said: Vec<String> =
        kinds.into_iter().filter(|(count, _)| *count > 0).map(|(count, name)| counted(count, name)).collect();
    if said.is_empty() { "where you left off".to_owned() } else { said.join(", ") }
}

impl Last {
    /// Keeps it; what went wrong comes back in words.
    fn keep(self, library: &Library) -> Vec<Clean> {
        let Self { snapshot, unfinished, unkept, in_order } = self;
        let mut left: Vec<u64> = unfinished.iter().map(|draft| draft.number).collect();
        let drafts = DraftChanges { write: unfinished.clone(), ..DraftChanges::default() };
        // Words first.
        let mut told: Vec<Clean> = library.keep_drafts(&drafts).err().into_iter().collect();
        let mut done_with = DraftChanges::default();
        for order in unkept {
            match library.keep(&order) {
                Ok(done) => {
                    // A worker may have kept it a moment ago without the session having heard of it. What was typed
                    // since is not in it.
                    if let Record::Note(change) = &order.record
                        && let NoteChange::Draft(draft) = &**change
                        && unfinished.iter().all(|now| now.number != draft.number || now.body == draft.body)
                    {
                        done_with.drop.push(draft.number);
                    }
                    match done {
                        Kept::Plain => {}
                        Kept::Told(line) => told.push(line),
                        Kept::Note(done) => told.extend(done.told),
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
        told.extend(library.remember(&snapshot).err());
        told
    }
}
