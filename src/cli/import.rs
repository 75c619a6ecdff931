//! `diptych import`: texts of any format to clean Markdown, several at once.
//!
//! Worker threads read the files; this thread writes what they have read and reports it, in the order of the arguments.
//! A signal stops everything between two files, so that none is left half written.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

use super::args::Import;
use super::ending::{Ending, Usage, say};
use super::print::to_stdout;
use super::progress::{Part, Progress};
use crate::import::to_markdown::to_file;
use crate::import::warning::Warning;
use crate::import::watch::Meter;
use crate::import::{Hint, Imported};
use crate::library::Library;
use crate::library::outputs::{Outputs, Written};
use crate::library::request::{Request, Source};
use crate::text::clean::Clean;

/// How often the progress line is redrawn.
const GLANCE: Duration = Duration::from_millis(50);

/// Signals that ask for an end.
const ENDING: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];

/// Where imports go.
enum Destination<'a> {
    Stdout,
    Folder(Outputs<'a>),
}

/// What a worker says.
enum ImportEvent {
    Reading(usize, (usize, usize)),
    Done(usize, Result<Box<Done>, Clean>),
}

/// A file that was read.
struct Done {
    file: String,
    title: Option<String>,
    markdown: String,
    passages: usize,
    warnings: Vec<Warning>,
}

/// Runs it.
pub(super) fn run(library: &Library, asked: &Import) -> Result<Ending> {
    refuse_misuse(asked)?;
    let signals = Signals::listen()?;
    let requests: Vec<_> = asked.files.iter().map(|file| library.request(file)).collect();
    let paths = requests.iter().filter_map(|request| match &request.as_ref().ok()?.source {
        Source::File(path) => Some(path.as_path()),
        _ => None,
    });
    let mut destination = destination(library, asked, paths);
    let requests: Vec<_> = requests.into_iter().map(|request| request.map_err(|e| e.line()).and_then(whole)).collect();
    let failed = thread::scope(|scope| {
        let (sender, said) = channel();
        let next = Arc::new(AtomicUsize::new(0));
        let workers = thread::available_parallelism().map_or(1, usize::from).min(requests.len());
        for _ in 0..workers {
            let (sender, next, requests, signals) = (sender.clone(), Arc::clone(&next), &requests, &signals);
            scope.spawn(move || work(library, asked, requests, &next, &sender, signals));
        }
        drop(sender);
        let names = asked.files.iter().map(|file| Clean::line(file)).collect();
        let mut report = Report::new(names, asked.quiet);
        while let Some(came) = report.next(&said, &signals) {
            for done in came {
                report.progress.clear();
                let written = match done {
                    Ok(done) => write(&mut destination, &done, asked.quiet)?,
                    Err(line) => Err(line),
                };
                if let Err(line) = written {
                    say(&line);
                    report.failed += 1;
                }
            }
        }
        report.progress.clear();
        if let Some(signal) = signals.came() {
            library.close();
            // A reader may be waiting for standard input that never ends: nobody waits for that reader. Nothing is half
            // written, for this thread alone writes.
            process::exit(128 + signal);
        }
        anyhow::Ok(report.failed)
    })?;
    Ok(if failed > 0 { Ending::Found } else { Ending::Done })
}

fn refuse_misuse(asked: &Import) -> Result<()> {
    let wrong = |said: &str| bail!(Usage(format!("{said}; see `diptych import --help`")));
    if asked.files.iter().filter(|file| *file == "-").count() > 1 {
        return wrong("-: standard input can be given only once");
    }
    if asked.output.as_deref() == Some("-") && asked.files.len() > 1 {
        return wrong("-o -: standard output takes one text; give -o a folder for several");
    }
    if asked.pages.is_some() && asked.files.len() > 1 {
        return wrong("--pages is the order of one text; import the others by themselves");
    }
    if let Some(file) = asked.output.as_deref().filter(|out| *out != "-" && Path::new(out).exists())
        && !Path::new(file).is_dir()
    {
        return wrong(&format!("-o {file}: this is not a folder; name one, or one to be made"));
    }
    let is_named_as_text = |out: &&str| Path::new(out).extension().is_some_and(|e| e.eq_ignore_ascii_case("md"));
    if let Some(file) = asked.output.as_deref().filter(is_named_as_text).filter(|out| !Path::new(out).is_dir()) {
        return wrong(&format!("-o {file}: a folder is named here; `-o - > {file}` writes one file"));
    }
    Ok(())
}

fn destination<'a, 'p>(
    library: &'a Library,
    asked: &Import,
    originals: impl Iterator<Item = &'p Path>,
) -> Destination<'a> {
    match asked.output.as_deref() {
        Some("-") => Destination::Stdout,
        None if asked.files == ["-"] => Destination::Stdout,
        folder => {
            let folder = Path::new(folder.unwrap_or(""));
            Destination::Folder(Outputs::new(library.disk(), folder, asked.force, originals))
        }
    }
}

fn whole(request: Request) -> Result<Request, Clean> {
    match request.passage {
        Some(passage) => {
            Err(Clean::line(&format!("{}: texts are imported as a whole; leave :{passage} away", request.written)))
        }
        None => Ok(request),
    }
}

/// Reads files until there are no more.
fn work(
    library: &Library,
    asked: &Import,
    requests: &[Result<Request, Clean>],
    next: &AtomicUsize,
    sender: &Sender<ImportEvent>,
    signals: &Signals,
) {
    let stopped = || signals.came().is_some();
    loop {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let Some(request) = requests.get(at).filter(|_| !stopped()) else { return };
        let telling = Mutex::new(sender.clone());
        let tell = |done, of| {
            // A receiver that is gone has ended.
            let _ = telling.lock().unwrap_or_else(PoisonError::into_inner).send(ImportEvent::Reading(at, (done, of)));
        };
        tell(0, 0);
        let hint =
            Hint { as_is: asked.as_is, pages: asked.pages.as_ref(), watch: Meter::new(&tell), ..Hint::default() };
        let done = request.as_ref().map_err(Clone::clone).and_then(|request| {
            let read = || library.import(request, &hint, &stopped).map_err(|e| e.line());
            let failed =
                |_| Err(Clean::line(&format!("{}: Diptych failed on it, which is a bug in Diptych", request.written)));
            let imported = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(failed)?;
            Ok(Box::new(done(request, &imported)))
        });
        if sender.send(ImportEvent::Done(at, done)).is_err() {
            return;
        }
    }
}

fn done(request: &Request, imported: &Imported) -> Done {
    let original = request.file_name();
    Done {
        markdown: to_file(&imported.text, &original),
        title: imported.text.meta().title.clone(),
        passages: imported.text.passage_count(),
        warnings: imported.warnings.clone(),
        file: original,
    }
}

/// Writes one import, and says what became of it; or in one line why it was not written. Without standard output, there
/// is no use in going on.
fn write(destination: &mut Destination<'_>, done: &Done, quiet: bool) -> Result<Result<(), Clean>> {
    let file = if done.file.is_empty() { "standard input" } else { &done.file };
    let place = match destination {
        Destination::Stdout => {
            to_stdout(|out| out.write_all(done.markdown.as_bytes()))?;
            String::new()
        }
        Destination::Folder(outputs) => {
            let written = outputs.write(&done.file, done.title.as_deref(), &done.markdown);
            match written {
                Ok(Written::New(path)) => format!(" → {}", path.display()),
                Ok(Written::Unchanged(path)) => format!(" → {}, as it was", path.display()),
                Err(e) => return Ok(Err(Clean::line(&format!("{file}: {e}")))),
            }
        }
    };
    let (faults, told): (Vec<_>, Vec<_>) = done.warnings.iter().partition(|w| w.is_fault());
    if !quiet {
        let count = match done.passages {
            1 => "1 passage".to_owned(),
            n => format!("{n} passages"),
        };
        let told: Vec<_> = told.iter().map(|w| w.as_str()).collect();
        let repairs = if told.is_empty() { String::new() } else { format!("; {}", told.join(", ")) };
        say(&format!("{file}{place}: {count}{repairs}"));
    }
    for fault in faults {
        say(&fault.of_file(file));
    }
    Ok(Ok(()))
}

/// What the workers have said, put back into the order of the arguments.
struct Report {
    progress: Progress,
    names: Vec<Clean>,
    failed: usize,
    /// The next file to report.
    next: usize,
    waiting: BTreeMap<usize, Result<Box<Done>, Clean>>,
    reading: BTreeMap<usize, (usize, usize)>,
}

impl Report {
    fn new(names: Vec<Clean>, quiet: bool) -> Self {
        let (waiting, reading) = (BTreeMap::new(), BTreeMap::new());
        Self { progress: Progress::new(quiet), names, failed: 0, next: 0, waiting, reading }
    }

    /// Waits for the next files in order, perhaps none; `None` when all are done, or a signal came.
    fn next(
        &mut self,
        said: &std::sync::mpsc::Receiver<ImportEvent>,
        signals: &Signals,
    ) -> Option<Vec<Result<Box<Done>, Clean>>> {
        if self.next == self.names.len() || signals.came().is_some() {
            return None;
        }
        match said.recv_timeout(GLANCE) {
            Ok(ImportEvent::Reading(at, pages)) => {
                self.reading.insert(at, pages);
            }
            Ok(ImportEvent::Done(at, done)) => {
                self.reading.remove(&at);
                self.waiting.insert(at, done);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return None,
        }
        if let Some((at, pages)) = self.reading.first_key_value() {
            let files = (self.next + self.waiting.len(), self.names.len());
            self.progress.show(&Part { name: self.names[*at].clone(), pages: *pages, files });
        }
        let mut in_order = Vec::new();
        while let Some(done) = self.waiting.remove(&self.next) {
            self.next += 1;
            in_order.push(done);
        }
        Some(in_order)
    }
}

/// Signals that came.
struct Signals(Vec<(i32, Arc<AtomicBool>)>);

impl Signals {
    /// Notes the signals that ask for an end; the second of a kind ends at once.
    fn listen() -> Result<Self> {
        let mut noted = Vec::new();
        for signal in ENDING {
            let came = Arc::new(AtomicBool::new(false));
            signal_hook::flag::register_conditional_default(signal, Arc::clone(&came))?;
            signal_hook::flag::register(signal, Arc::clone(&came))?;
            noted.push((signal, came));
        }
        Ok(Self(noted))
    }

    fn came(&self) -> Option<i32> {
        self.0.iter().find(|(_, came)| came.load(Ordering::Relaxed)).map(|(signal, _)| *signal)
    }
}
