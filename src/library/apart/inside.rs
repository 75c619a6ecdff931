//! What runs in the process of its own: bytes in on standard input, an import out on standard output, and no other way
//! in or out.
//!
//! Before a byte is read, the process gives up what it does not need: it may open no file and no socket (it has no
//! number left for one), write to no file, dump no core; its memory and its time are bounded. What libraries print goes
//! to standard error, where nobody shows it.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Resource, Rlimit, setrlimit};

use super::wire::{Outcome, to_bytes, write_alive, write_reading};
use super::{BYTES_A_SECOND, CPU_SECONDS, MEMORY, SILENCE};
use crate::import::pages::PageOrder;
use crate::import::watch::Meter;
use crate::import::{Hint, import};

/// Nested documents are read by functions that call themselves.
const STACK: usize = 64 << 20;

/// Progress is told at most this often.
const OFTEN: Duration = Duration::from_millis(40);

/// How often the process says that it lives, and looks at how much it has worked.
const BEAT: Duration = Duration::from_millis(200);

/// Files that may be open: the three standard streams, and the copy of one.
const FILES: u64 = 4;

/// Reads and writes. An error is for nobody to see: whoever started this process sees that it ended without an answer.
pub fn run(arguments: &[String]) -> io::Result<()> {
    let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    rustix::stdio::dup2_stdout(io::stderr())?;
    give_up_the_rest()?;
    panic::set_hook(Box::new(|_| {}));
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let silence = SILENCE + Duration::from_secs((bytes.len() / BYTES_A_SECOND) as u64);
    let out = Mutex::new(BufWriter::new(out));
    let told = Mutex::new(Instant::now());
    let progress = Mutex::new(worked());
    let tell = |done, of| {
        *progress.lock().unwrap_or_else(PoisonError::into_inner) = worked();
        let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.elapsed() >= OFTEN {
            *told = Instant::now();
            let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
            // Who does not listen any more has no use for the import either: writing that will fail.
            let _ = write_reading(&mut *out, done, of).and_then(|()| out.flush());
        }
    };
    let (waiting, ended) = (thread::current(), AtomicBool::new(false));
    let outcome = thread::scope(|scope| {
        let work = || {
            let outcome = read(&bytes, arguments, &tell);
            ended.store(true, Ordering::Release);
            waiting.unpark();
            outcome
        };
        let reader = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work)?;
        while !ended.load(Ordering::Acquire) && !reader.is_finished() {
            thread::park_timeout(BEAT);
            let last = *progress.lock().unwrap_or_else(PoisonError::into_inner);
            if worked().saturating_sub(last) > silence {
                // As the system does with a process that has used up its time.
                rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::XCPU)?;
            }
            let mut out = out.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = write_alive(&mut *out).and_then(|()| out.flush());
        }
        reader.join().map_err(|_| io::Error::other("the importer panicked"))
    })?;
    let mut out = out.into_inner().unwrap_or_else(PoisonError::into_inner);
    out.write_all(&to_bytes(&outcome))?;
    out.flush()
}

/// The processor time that this process has taken.
fn worked() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap_or(0), time.tv_nsec.try_into().unwrap_or(0))
}

/// The arguments of a process: the name of the file, whether to leave the text as it is, the order of its pages.
pub(super) fn arguments(hint: &Hint<'_>) -> Vec<String> {
    let pages = hint.pages.map_or_else(String::new, ToString::to_string);
    vec![hint.name.to_owned(), if hint.as_is { AS_IS } else { "" }.to_owned(), pages]
}

const AS_IS: &str = "as-is";

fn read(bytes: &[u8], arguments: &[String], tell: &(dyn Fn(usize, usize) + Sync)) -> Outcome {
    let argument = |at: usize| arguments.get(at).map_or("", String::as_str);
    let pages: Option<PageOrder> = argument(2).parse().ok();
    let watch = Meter::new(tell);
    let hint = Hint { name: argument(0), as_is: argument(1) == AS_IS, pages: pages.as_ref(), watch };
    import(bytes, &hint).map_err(|e| e.to_string())
}

fn give_up_the_rest() -> io::Result<()> {
    // Whoever waits for the import may be killed: then nobody does.
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    let to = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    // On Linux the bound is on memory in use; elsewhere only the addresses can be bounded, or nothing.
    let memory = if cfg!(target_os = "linux") { Resource::Data } else { Resource::As };
    for (resource, limit) in [
        (Resource::Core, to(0)),
        (Resource::Fsize, to(0)),
        (Resource::Nofile, to(FILES)),
        (Resource::Cpu, to(CPU_SECONDS)),
        (memory, to(MEMORY)),
    ] {
        match setrlimit(resource, limit) {
            Ok(()) => {}
            // Some systems do not bound memory; the other limits hold.
            Err(_) if resource == memory && !cfg!(target_os = "linux") => {}
            Err(e) => return Err(e.into()),
        }
    }
    Ok(())
}
