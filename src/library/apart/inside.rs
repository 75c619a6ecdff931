//! What runs in the process of its own: bytes in on standard input, an import out on standard output, and no other way
//! in or out.
//!
//! Before a byte is read, the process gives up what it does not need ([`super::sandbox`]). What libraries print goes to
//! standard error, where nobody shows it.

use std::fs::File;
use std::io::{self, BufWriter, Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::sandbox::{self, Confined};
use super::wire::{Outcome, to_bytes, write_alive, write_reading};
use super::{BYTES_A_SECOND, SILENCE};
use crate::import::pages::PageOrder;
use crate::import::watch::Meter;
use crate::import::{Hint, import};

/// Nested documents are read by functions that call themselves.
const STACK: usize = 64 << 20;

/// Progress is told at most this often.
const OFTEN: Duration = Duration::from_millis(40);

/// How often the process says that it lives, and looks at how much it has worked.
const BEAT: Duration = Duration::from_millis(200);

/// Asks for what holds such a process, and for no import.
pub(super) const WHAT_HOLDS: &str = "what-holds";

/// Reads and writes. Errors are not shown: the process that started this one sees that it ended without an answer.
pub(crate) fn run(arguments: &[String]) -> io::Result<()> {
    let out = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    rustix::stdio::dup2_stdout(io::stderr())?;
    panic::set_hook(Box::new(|_| {}));
    let held = sandbox::enter(out.as_fd())?;
    if arguments == [WHAT_HOLDS] {
        return say(&out, held);
    }
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
            // If nobody listens any more, nobody needs the import either: writing it will fail.
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

fn say(mut out: &File, held: Confined) -> io::Result<()> {
    writeln!(out, "{held}")
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
