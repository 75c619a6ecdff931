//! Importing in a process of its own: what reads books, documents and pages may fail, hang or eat up the memory, and the
//! reader goes on.
//!
//! The process is this program once more, asked for [`COMMAND`]. It gets the bytes of a file through a pipe and answers
//! with canonical Markdown ([`wire`]); [`inside`] says what it may not do. Whoever asked waits here, hears how far it
//! is, and can stop it at any time.
//!
//! What is limited is work, not waiting: seconds of processor time in all, and from one sign of progress to the next.
//! The process counts them itself, so that a slow or busy machine gives up nothing that another reads. While it lives
//! it says so; only one that is not even heard to live is given up by the clock.

pub(crate) mod inside;
pub mod sandbox;
pub mod wire;

use std::io::{self, BufReader, Read, Write as _};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use thiserror::Error;

use self::sandbox::Confined;
use crate::import::Hint;
use crate::import::Imported;
use crate::import::format::Format;

/// The argument that makes this program read for another.
pub const COMMAND: &str = "import-for-another-process";

/// Bytes of memory that an import may use.
const MEMORY: u64 = 440 << 20;

/// Seconds of processor time that any import may take, however long its file is.
const CPU_SECONDS: u64 = 120;

/// How much processor time an import may take without getting on.
const SILENCE: Duration = Duration::from_secs(6);

/// For how many bytes of the file an import may take a second more.
const BYTES_A_SECOND: usize = 8 << 20;

/// How long the process may not be heard to live.
const DEAF: Duration = Duration::from_mins(1);

/// Progress is shown for what takes longer, even where it is not known how far it is.
const LONG: Duration = Duration::from_millis(300);

/// How often an import that is waited for is asked whether it is still wanted.
const GLANCE: Duration = Duration::from_millis(20);

/// No file that a person reads comes to more Markdown than this.
const MOST: u64 = 160 << 20;

/// How much is kept of what libraries print.
const PRINTED: u64 = 16 << 10;

/// The program that reads: this one.
#[derive(Debug, Clone)]
pub struct Program {
    path: PathBuf,
    deaf: Duration,
}

/// Why an import in a process of its own brought no text.
#[derive(Debug, Error)]
pub enum ApartError {
    /// The file has none; the line says why and what to do.
    #[error("{0}")]
    Refused(String),
    /// The process could not be started.
    #[error("Diptych cannot start itself again to read {format} ({why}); start it anew, or convert the file to text")]
    NotStarted {
        /// What was to be read.
        format: Format,
        /// What the system says.
        why: io::Error,
    },
    /// The import took too long.
    #[error("reading it as {0} takes too long, and was given up; convert it to text with another program")]
    Slow(Format),
    /// The import needed too much memory.
    #[error("reading it as {0} takes too much memory, and was given up; split it, or convert it to text")]
    Large(Format),
    /// The import failed.
    #[error("it is broken in a way that the reader of {0} fails at; convert it to text with another program")]
    Failed(Format),
    /// Nobody waits for it any more.
    #[error("reading it was given up")]
    Stopped,
}

impl Program {
    /// This program, as it is now: on Linux also after its file was replaced or deleted.
    pub fn own() -> io::Result<Self> {
        let running = Path::new("/proc/self/exe");
        let path = if running.exists() { running.to_owned() } else { std::env::current_exe()? };
        Ok(Self::at(&path))
    }

    /// The program at `path`.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), deaf: DEAF }
    }

    /// Has `bytes` imported. `stopped` says whether nobody waits for it any more.
    pub fn import(
        &self,
        bytes: &[u8],
        format: Format,
        hint: &Hint<'_>,
        stopped: &dyn Fn() -> bool,
    ) -> Result<(Imported, Vec<u8>), ApartError> {
        let not_started = |why| ApartError::NotStarted { format, why };
        let mut child = self.start(hint).map_err(not_started)?;
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(mut stdin), Some(stdout), Some(stderr)) = (stdin, stdout, stderr) else {
            return Err(not_started(io::ErrorKind::BrokenPipe.into()));
        };
        let (answer, printed, status) = thread::scope(|scope| {
            // A process that ends early leaves the rest unread; its answer, or the lack of one, says why.
            scope.spawn(move || stdin.write_all(bytes));
            let printed = scope.spawn(move || head_of(stderr));
            let (sender, said) = channel();
            scope.spawn(move || listen(stdout, &sender));
            let answer = wait(&said, hint, self.deaf, stopped);
            if answer.is_err() {
                // It may have ended by itself in this moment.
                let _ = child.kill();
            }
            let status = child.wait();
            (answer, printed.join().unwrap_or_default(), status)
        });
        let answer = answer.map_err(|given_up| match given_up {
            GivenUp::Stopped => ApartError::Stopped,
            GivenUp::Slow => ApartError::Slow(format),
        })?;
        match wire::from_bytes(&answer) {
            Some(Ok(imported)) => Ok((imported, answer)),
            Some(Err(why)) => Err(ApartError::Refused(why)),
            None => Err(why_it_ended(format, &answer, &printed, status.ok())),
        }
    }

    /// What holds an importing process on this system.
    pub fn held(&self) -> io::Result<Confined> {
        let mut child = self.begin(&[inside::WHAT_HOLDS.to_owned()])?;
        let mut said = String::new();
        if let Some(out) = child.stdout.take() {
            out.take(PRINTED).read_to_string(&mut said)?;
        }
        child.wait()?;
        said.trim().parse().map_err(|()| io::Error::other("it does not say"))
    }

    fn start(&self, hint: &Hint<'_>) -> io::Result<Child> {
        self.begin(&inside::arguments(hint))
    }

    fn begin(&self, arguments: &[String]) -> io::Result<Child> {
        Command::new(&self.path)
            .arg0("diptych")
            .arg(COMMAND)
            .args(arguments)
            .env_clear()
            .current_dir("/")
            // What the terminal sends to the reader is not for this process.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
    }
}

#[derive(Debug, Clone, Copy)]
enum GivenUp {
    Stopped,
    Slow,
}

/// What a process says.
enum FromChild {
    /// The importing process is alive, and perhaps how far it is.
    Alive(Option<(usize, usize)>),
    Done(Vec<u8>),
}

fn listen(stdout: impl Read, sender: &Sender<FromChild>) {
    let alive = |progress| {
        let _ = sender.send(FromChild::Alive(progress));
    };
    let bytes = wire::read_all(&mut BufReader::with_capacity(64 << 10, stdout), MOST, alive);
    // A session that does not wait any more needs no answer.
    let _ = sender.send(FromChild::Done(bytes.unwrap_or_default()));
}

/// Waits for the answer as long as it is wanted and may still come.
fn wait(
    said: &std::sync::mpsc::Receiver<FromChild>,
    hint: &Hint<'_>,
    deaf: Duration,
    stopped: &dyn Fn() -> bool,
) -> Result<Vec<u8>, GivenUp> {
    let begin = Instant::now();
    let mut heard = begin;
    let mut spoken = false;
    loop {
        match said.recv_timeout(GLANCE) {
            Ok(FromChild::Done(bytes)) => return Ok(bytes),
            Ok(FromChild::Alive(progress)) => {
                heard = Instant::now();
                if let Some((done, of)) = progress {
                    spoken = true;
                    hint.watch.tell(done, of);
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Ok(Vec::new()),
        }
        if !spoken && begin.elapsed() > LONG {
            spoken = true;
            hint.watch.tell(0, 0);
        }
        if stopped() {
            return Err(GivenUp::Stopped);
        }
        if heard.elapsed() > deaf {
            return Err(GivenUp::Slow);
        }
    }
}

/// The beginning of what is printed; all of it is taken in, so that printing never waits.
fn head_of(mut from: impl Read) -> Vec<u8> {
    let mut head = Vec::new();
    // A pipe that breaks has nothing more to say.
    let _ = from.by_ref().take(PRINTED).read_to_end(&mut head);
    let _ = io::copy(&mut from, &mut io::sink());
    head
}

/// Why a process ended without an answer.
fn why_it_ended(format: Format, answer: &[u8], printed: &[u8], status: Option<ExitStatus>) -> ApartError {
    let says = |words: &[u8]| memchr::memmem::find(printed, words).is_some();
    let signal = status.and_then(|s| s.signal());
    // The words are those of Rust's standard library.
    if answer.len() as u64 > MOST || says(b"memory allocation of") {
        ApartError::Large(format)
    } else if signal == Some(rustix::process::Signal::XCPU.as_raw()) {
        ApartError::Slow(format)
    } else {
        ApartError::Failed(format)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::sync::Mutex;

    use super::*;
    use crate::import::watch::Meter;
    use crate::import::{Hint, import};

    /// A program that does what a script says, and waits for nothing long.
    fn script(dir: &Path, lines: &str) -> Program {
        let path = dir.join("program");
        fs::write(&path, format!("#!/bin/sh\n{lines}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Program { deaf: Duration::from_millis(400), ..Program::at(&path) }
    }

    fn run(program: &Program, bytes: &[u8]) -> Result<Imported, ApartError> {
        loop {
            match program.import(bytes, Format::Pdf, &Hint::named("a.pdf"), &|| false) {
                // Another test may be starting a process, which holds the script open for a moment.
                Err(ApartError::NotStarted { why, .. }) if why.kind() == io::ErrorKind::ExecutableFileBusy => {}
                ended => return ended.map(|(imported, _)| imported),
            }
        }
    }

    #[test]
    fn an_answer_is_taken_and_what_is_printed_beside_it_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let mut read = import(b"Words.", &Hint::named("a.md")).unwrap();
        read.format = Format::Pdf;
        fs::write(dir.path().join("answer"), wire::to_bytes(&Ok(read.clone()))).unwrap();
        let answer = dir.path().join("answer");
        let program =
            script(dir.path(), &format!("echo junk >&2; cat >/dev/null; echo reading 3 120; cat {}", answer.display()));
        let heard = Mutex::new(Vec::new());
        let tell = |done, of| heard.lock().unwrap().push((done, of));
        let hint = Hint { watch: Meter::new(&tell), ..Hint::named("a.pdf") };
        let _ = run(&program, b"x");
        // More than a pipe holds.
        let (imported, _) = program.import(&vec![b'x'; 1 << 20], Format::Pdf, &hint, &|| false).unwrap();
        assert_eq!(imported, read);
        assert!(heard.into_inner().unwrap().contains(&(3, 120)));
        fs::write(&answer, wire::to_bytes(&Err("it is locked: unlock it".to_owned()))).unwrap();
        assert_eq!(run(&program, b"x").unwrap_err().to_string(), "it is locked: unlock it");
    }

    #[test]
    fn a_process_that_fails_is_told_in_a_line() {
        let dir = tempfile::tempdir().unwrap();
        for (lines, expected) in [
            ("exit 0", "fails at"),
            ("cat >/dev/null; echo nonsense; exit 3", "fails at"),
            ("kill -SEGV $$", "fails at"),
            ("kill -XCPU $$", "takes too long"),
            ("echo 'memory allocation of 99 bytes failed' >&2; kill -ABRT $$", "too much memory"),
            ("while :; do echo alive; sleep 0.1; done & sleep 0.9; kill $!; wait; exit 3", "fails at"),
            // The shell's own children die with it: they hold its pipes.
            ("exec sleep 60", "takes too long"),
        ] {
            let said = run(&script(dir.path(), lines), &vec![b'x'; 1 << 20]).unwrap_err().to_string();
            assert!(said.contains(expected) && said.contains("PDF") && !said.contains('\n'), "{lines}: {said}");
        }
        let gone = Program::at(&dir.path().join("none"));
        assert!(run(&gone, b"x").unwrap_err().to_string().contains("cannot start itself"));
    }

    #[test]
    fn what_nobody_waits_for_ends_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let quick = Program { deaf: Duration::from_millis(1), ..script(dir.path(), "exec sleep 60") };
        assert!(run(&quick, b"x").is_err());
        let program = Program { deaf: Duration::from_mins(1), ..quick };
        let begin = Instant::now();
        let asked = Mutex::new(0);
        let stopped = || {
            *asked.lock().unwrap() += 1;
            *asked.lock().unwrap() > 3
        };
        let ended = program.import(b"x", Format::Pdf, &Hint::named("a.pdf"), &stopped);
        assert!(matches!(ended, Err(ApartError::Stopped)));
        assert!(begin.elapsed() < Duration::from_secs(30));
    }
}
