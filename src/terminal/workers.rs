//! The workers: threads that do what is slow, and answer with messages.
//!
//! Each kind of job has its own, so that none stands before what a reader waits for: a search and the counterparts of a
//! passage never wait for the reading of a large text, nor that for a study, which also gives way to everything else.

use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::jobs::{self, Answer};
use super::precedence::Precedence;
use super::wake::Waker;
use crate::app::message::{Effect, Msg};
use crate::library::Library;

/// The workers, and their answers.
pub struct Workers {
    library: Arc<Library>,
    quick: Sender<Effect>,
    reading: Sender<Effect>,
    study: Sender<Effect>,
    keeping: Sender<Effect>,
    answers: Receiver<Msg>,
    answer: Answer,
}

/// What a thread is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Quick,
    Reading,
    Study,
    /// Only one: what is made later is kept later.
    Keeping,
}

/// One for each pane.
const PANES: usize = 2;

impl Kind {
    /// How many threads of this kind there are. Studies leave one processor to the frames.
    fn threads(self) -> usize {
        match self {
            Self::Keeping => 1,
            Self::Quick => PANES,
            // Two long imports must not keep the shelf waiting.
            Self::Reading => PANES + 1,
            Self::Study => thread::available_parallelism().map_or(1, |n| (n.get() - 1).clamp(1, PANES)),
        }
    }

    /// How far behind the session's its priority is. Never the last one there is: beside other busy programs a study must
    /// still come to its end. The reading of a long text goes on behind its first screen.
    fn niceness(self) -> i32 {
        match self {
            Self::Quick | Self::Keeping => 0,
            Self::Reading => 5,
            Self::Study => 10,
        }
    }
}

impl Workers {
    /// Starts the threads.
    pub fn start(library: Arc<Library>, waker: Waker, precedence: &Precedence) -> Self {
        let (sender, answers) = channel();
        let answer = Answer::new(move |message| {
            // A session that has ended needs no answer.
            if sender.send(message).is_ok() {
                waker.wake();
            }
        })
        .giving_way(precedence.clone());
        let pool = |kind| pool(kind, &library, &answer);
        let (quick, reading, study) = (pool(Kind::Quick), pool(Kind::Reading), pool(Kind::Study));
        let keeping = pool(Kind::Keeping);
        Self { library, quick, reading, study, keeping, answers, answer }
    }

    /// Gives a job to the threads it belongs to.
    pub fn give(&mut self, effect: Effect) {
        match &effect {
            Effect::Search { number, .. } => self.answer.newest_search.store(*number, Ordering::Relaxed),
            Effect::Catch { number, .. } => self.answer.newest_catch.store(*number, Ordering::Relaxed),
            Effect::Quotations { number, .. } => self.answer.quotations_wanted.store(*number, Ordering::Relaxed),
            Effect::StopQuotations => return self.answer.quotations_wanted.store(0, Ordering::Relaxed),
            Effect::Chart { number, .. } => self.answer.map_shown.store(*number, Ordering::Relaxed),
            Effect::StopCharting => return self.answer.map_shown.store(0, Ordering::Relaxed),
            _ => {}
        }
        let workers = match effect {
            // Whoever reads it is busy: it must not wait for that.
            Effect::Forget(request) => return self.answer.forget(request),
            Effect::Rank(_)
            | Effect::FirstPair { .. }
            | Effect::Synopsis { .. }
            | Effect::Search { .. }
            | Effect::Catch { .. } => &self.quick,
            Effect::FindNotes { .. }
            | Effect::Rivals { .. }
            | Effect::Study { .. }
            | Effect::Quotations { .. }
            | Effect::Name { .. }
            | Effect::Pair { .. }
            | Effect::Suggest { .. } => &self.study,
            // What is read after something was kept has it.
            Effect::Keep(_)
            | Effect::FindOwn { .. }
            | Effect::Silences { .. }
            | Effect::Remember(_)
            | Effect::Drafts(_)
            | Effect::FindDrafts
            | Effect::SaveNotesTo { .. } => &self.keeping,
            _ => &self.reading,
        };
        // The threads live as long as this does.
        let _ = workers.send(effect);
    }

    /// What the workers have answered.
    pub fn answers(&self) -> impl Iterator<Item = Msg> + '_ {
        self.answers.try_iter()
    }

    /// The library that the workers read from.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The topics as their files say now. Faults are told; what is whole counts.
    pub fn topics_again(&self) -> impl Iterator<Item = Msg> {
        let (codebook, faults) = self.library.topics_again();
        std::iter::once(Msg::Codebook(codebook)).chain(faults.into_iter().next().map(Msg::Notice))
    }
}

fn pool(kind: Kind, library: &Arc<Library>, answer: &Answer) -> Sender<Effect> {
    let (sender, jobs) = channel::<Effect>();
    let jobs = Arc::new(Mutex::new(jobs));
    let name = match kind {
        Kind::Quick => "diptych-quick",
        Kind::Reading => "diptych-read",
        Kind::Study => "diptych-study",
        Kind::Keeping => "diptych-keep",
    };
    for _ in 0..kind.threads() {
        let (jobs, library, answer) = (Arc::clone(&jobs), Arc::clone(library), answer.clone());
        let work = move || {
            lower_priority(kind.niceness());
            loop {
                let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok(effect) = next else { return };
                jobs::perform_or_tell(effect, &library, &answer);
            }
        };
        // A system without threads is told by the job that is never answered; there is nothing better to do here.
        let _ = thread::Builder::new().name(name.to_owned()).spawn(work);
    }
    sender
}

/// Lets what the reader waits for have the processor before this thread, frames above all.
fn lower_priority(niceness: i32) {
    // On Linux a priority is a thread's own; elsewhere it would be that of the whole session.
    #[cfg(target_os = "linux")]
    if niceness > 0 {
        let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), niceness);
    }
}
