//! The workers: threads that do what is slow, and answer with messages.
//!
//! Some only take what a reader waits for (a search, the counterparts of a passage), so that reading and indexing a
//! large text never stand before it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::jobs::{self, Answer};
use super::wake::Waker;
use crate::app::message::{Effect, Msg};
use crate::app::snapshot::Snapshot;
use crate::library::Library;
use crate::text::clean::Clean;

/// The workers, and their answers.
pub struct Workers {
    library: Arc<Library>,
    quick: Sender<Effect>,
    slow: Sender<Effect>,
    answers: Receiver<Msg>,
    newest_search: Arc<AtomicU64>,
}

/// Threads of each kind: one for each pane.
const THREADS: usize = 2;

impl Workers {
    /// Starts the threads.
    pub fn start(library: Library, waker: Waker) -> Self {
        let library = Arc::new(library);
        let (sender, answers) = channel();
        let answer = Answer::new(move |message| {
            // A session that has ended needs no answer.
            if sender.send(message).is_ok() {
                waker.wake();
            }
        });
        let newest_search = Arc::clone(&answer.newest_search);
        let quick = pool("quick", &library, &answer);
        let slow = pool("slow", &library, &answer);
        Self { library, quick, slow, answers, newest_search }
    }

    /// Gives a job to the threads it belongs to.
    pub fn give(&mut self, effect: Effect) {
        if let Effect::Search { number, .. } = &effect {
            self.newest_search.store(*number, Ordering::Relaxed);
        }
        let quick = matches!(effect, Effect::Rank(_) | Effect::FirstPair { .. } | Effect::Search { .. });
        // The threads live as long as this does.
        let _ = if quick { self.quick.send(effect) } else { self.slow.send(effect) };
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

    /// Keeps what the session wants kept, before it ends: not on a thread that may not get to it.
    pub fn remember(&self, snapshot: &Snapshot) -> Option<Clean> {
        jobs::remember(&self.library, snapshot)
    }
}

fn pool(name: &str, library: &Arc<Library>, answer: &Answer) -> Sender<Effect> {
    let (sender, jobs) = channel::<Effect>();
    let jobs = Arc::new(Mutex::new(jobs));
    for _ in 0..THREADS {
        let (jobs, library, answer) = (Arc::clone(&jobs), Arc::clone(library), answer.clone());
        let work = move || {
            loop {
                let next = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok(effect) = next else { return };
                jobs::perform(effect, &library, &answer);
            }
        };
        // A system without threads is told by the job that is never answered; there is nothing better to do here.
        let _ = thread::Builder::new().name(format!("diptych-{name}")).spawn(work);
    }
    sender
}
