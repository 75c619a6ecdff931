//! The workers: threads that do what is slow, and answer with messages.
//!
//! Each kind of job has its own, so that none stands before what a reader waits for: a search and the counterparts of a
//! passage never wait for the reading of a large text, nor that for a study, which also gives way to everything else.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::jobs;
use super::precedence::Precedence;
use super::wake::Waker;
use super::watch::Watched;
use crate::app::message::Msg;
use crate::app::work::{Crew, Desk, Job};
use crate::library::Library;
use crate::link::sides::Sides;
use crate::text::clean::Clean;

/// The workers, and what they say.
pub(super) struct Workers {
    library: Arc<Library>,
    quick: Sender<Task>,
    reading: Sender<Task>,
    study: Sender<Task>,
    keeping: Sender<Task>,
    said: Receiver<FromWorker>,
    say: Say,
}

/// Something a worker says.
pub(super) enum FromWorker {
    /// To the session.
    Message(Msg),
    /// To the loop: which files are to be watched.
    Watched(Watched),
}

/// Something for a worker to do.
enum Task {
    /// For the session.
    Job(Job),
    /// To find out which files are those of these texts, and of what belongs to them.
    Watch(Sides<Option<String>>),
}

/// One for each pane.
const PANES: usize = 2;

/// How many threads a crew has. Studies leave one processor to the frames.
fn threads(crew: Crew) -> usize {
    match crew {
        Crew::Keeping => 1,
        Crew::Quick => PANES,
        // Two long imports must not keep the shelf waiting.
        Crew::Reading => PANES + 1,
        Crew::Study => thread::available_parallelism().map_or(1, |n| (n.get() - 1).clamp(1, PANES)),
    }
}

/// How far behind the session's the priority of a crew is. Never the last one there is: beside other busy programs a
/// study must still come to its end. The reading of a long text goes on behind its first screen.
fn niceness(crew: Crew) -> i32 {
    match crew {
        Crew::Quick | Crew::Keeping => 0,
        Crew::Reading => 5,
        Crew::Study => 10,
    }
}

impl Workers {
    /// Starts the threads.
    pub(super) fn start(library: Arc<Library>, waker: Waker, precedence: &Precedence) -> Self {
        let (sender, said) = channel();
        let say: Say = Arc::new(move |something| {
            // A session that has ended needs no answer.
            if sender.send(something).is_ok() {
                waker.wake();
            }
        });
        let crew = |crew| begin(crew, &library, &say, precedence);
        let (quick, reading, study) = (crew(Crew::Quick), crew(Crew::Reading), crew(Crew::Study));
        let keeping = crew(Crew::Keeping);
        Self { library, quick, reading, study, keeping, said, say }
    }

    /// Gives a job to the threads it belongs to.
    pub(super) fn give(&self, job: Job) {
        self.send(job.crew(), Task::Job(job));
    }

    /// Asks another program something beside all that, and has the answer told.
    pub(super) fn aside(&self, ask: impl FnOnce() -> Msg + Send + 'static) {
        let say = Arc::clone(&self.say);
        let _ = thread::Builder::new().name("diptych-aside".to_owned()).spawn(move || say(FromWorker::Message(ask())));
    }

    /// What tells the reader something from another thread.
    pub(super) fn telling(&self) -> impl Fn(Clean) + Send + 'static {
        let say = Arc::clone(&self.say);
        move |line| say(FromWorker::Message(Msg::Notice(line)))
    }

    /// Has it found out which files are those of these texts.
    pub(super) fn watch(&self, texts: Sides<Option<String>>) {
        self.send(Crew::Reading, Task::Watch(texts));
    }

    fn send(&self, crew: Crew, task: Task) {
        let workers = match crew {
            Crew::Quick => &self.quick,
            Crew::Reading => &self.reading,
            Crew::Study => &self.study,
            Crew::Keeping => &self.keeping,
        };
        // The threads live as long as this does.
        let _ = workers.send(task);
    }

    /// What the workers have said.
    pub(super) fn said(&self) -> impl Iterator<Item = FromWorker> + '_ {
        self.said.try_iter()
    }

    /// The library that the workers read from.
    pub(super) fn library(&self) -> &Arc<Library> {
        &self.library
    }
}

/// How a worker says something.
type Say = Arc<dyn Fn(FromWorker) + Send + Sync>;

fn begin(crew: Crew, library: &Arc<Library>, say: &Say, precedence: &Precedence) -> Sender<Task> {
    let (sender, tasks) = channel::<Task>();
    let tasks = Arc::new(Mutex::new(tasks));
    let name = match crew {
        Crew::Quick => "diptych-quick",
        Crew::Reading => "diptych-read",
        Crew::Study => "diptych-study",
        Crew::Keeping => "diptych-keep",
    };
    for _ in 0..threads(crew) {
        let (tasks, library, say, precedence) =
            (Arc::clone(&tasks), Arc::clone(library), Arc::clone(say), precedence.clone());
        let answering = Arc::clone(&say);
        let desk = Desk::new(move |message| answering(FromWorker::Message(message)), move || precedence.give_way());
        let work = move || {
            lower_priority(niceness(crew));
            loop {
                let next = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
                match next {
                    Ok(Task::Job(job)) => jobs::perform_or_tell(job, &library, &desk),
                    Ok(Task::Watch(texts)) => {
                        say(FromWorker::Watched(watched(&texts, &library)));
                        let open: Vec<String> = texts.iter().filter_map(|(_, text)| text.clone()).collect();
                        library.tidy(&open).into_iter().for_each(|line| say(FromWorker::Message(Msg::Notice(line))));
                    }
                    Err(_) => return,
                }
            }
        };
        // If no thread can be started, its jobs are never answered; there is nothing better to do here.
        let _ = thread::Builder::new().name(name.to_owned()).spawn(work);
    }
    sender
}

/// The files of texts, and of what belongs to them.
fn watched(texts: &Sides<Option<String>>, library: &Library) -> Watched {
    let file = |text: &Option<String>| -> Option<PathBuf> { library.file_of(text.as_ref()?) };
    let open: Vec<String> = texts.iter().filter_map(|(_, text)| text.clone()).collect();
    Watched {
        texts: Sides::from_fn(|side| file(&texts[side])),
        topics: library.topics_files(),
        notes: library.notes_folders_of(&open).iter().map(|folder| folder.path().to_owned()).collect(),
        made: library.made_files().iter().map(|file| file.path().to_owned()).collect(),
    }
}

/// Lets what the reader waits for have the processor before this thread, frames above all.
fn lower_priority(niceness: i32) {
    // On Linux a priority is a thread's own; elsewhere it would be that of the whole session.
    #[cfg(not(target_os = "linux"))]
    let _ = niceness;
    #[cfg(target_os = "linux")]
    if niceness > 0 {
        let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), niceness);
    }
}
