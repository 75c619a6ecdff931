//! Errands: another program, run for the reader, that is given something and answers with a little.
//!
//! It gets no shell, no terminal and not the folder of the texts, but a time, a measure of output, and a word when it has to stop:
//! whatever it does, the session goes on.

use std::io::{self, Write as _};
use std::os::fd::AsFd;
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use regex::Regex;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

use super::Library;
use super::said::io_words;
use crate::model::hook::{Given, Hook, HookAnswer};
use crate::text::clean::{Clean, clean_text};

/// More than this is no answer for a reader, in bytes.
const MOST: usize = 256 << 10;

/// How often it is looked whether the answer is still wanted.
const GLANCE: Timespec = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };

/// How long a program that is told to end has for that.
const GRACE: Duration = Duration::from_millis(300);

/// The programs that run now, so that none outlives the session.
#[derive(Debug, Default)]
pub(super) struct Errands(Mutex<Vec<Pid>>);

impl Errands {
    /// Has all of them end: asked first, for they may be writing something.
    pub(super) fn end(&self) {
        let groups: Vec<Pid> = self.0.lock().unwrap_or_else(PoisonError::into_inner).drain(..).collect();
        for group in &groups {
            let _ = kill_process_group(*group, Signal::TERM);
        }
        let is_there = |group: &&Pid| test_kill_process_group(**group).is_ok();
        let until = Instant::now() + GRACE;
        while Instant::now() < until && groups.iter().any(|group| is_there(&group)) {
            let _ = poll(&mut [], Some(&GLANCE));
        }
        for group in groups.iter().filter(is_there) {
            let _ = kill_process_group(*group, Signal::KILL);
        }
    }
}

impl Library {
    /// The path of a program, as it is named in the settings: `~/` is the home folder.
    pub fn program(&self, named: &str) -> PathBuf {
        match (named.strip_prefix("~/"), &self.folders) {
            (Some(below), Some(folders)) => folders.home.join(below),
            _ => PathBuf::from(named),
        }
    }

    /// The folder that the reader's programs run in: home, for many an interpreter takes what lies in its folder for its own.
    pub fn errands_from(&self) -> PathBuf {
        let home = self.folders.as_ref().map(|folders| folders.home.clone());
        home.filter(|home| home.is_dir()).unwrap_or_else(|| "/".into())
    }

    /// Runs a command of the reader's own as long as it is `wanted`. Answers with what it said, or with one line that says
    /// why there is nothing; nothing at all where it was stopped.
    pub fn run_hook(&self, hook: &Hook, given: &Given, wanted: &dyn Fn() -> bool) -> Result<Vec<HookAnswer>, Clean> {
        let line = |why: &str| self.at_home(&format!("{}: {why}", hook.name));
        let input = serde_json::to_vec(given).map_err(|e| line(&e.to_string()))?;
        let program = self.program(&hook.run[0]);
        let mut command = Command::new(&program);
        command.args(&hook.run[1..]).current_dir(self.errands_from());
        let time = Duration::from_secs(u64::from(hook.seconds));
        let said = Errand::begin(command, input, &self.errands)
            .map_err(|e| line(&not_begun(&program, &e)))?
            .finish(time, wanted, &self.errands)
            .map_err(|why| line(&why))?;
        said.map_or(Ok(Vec::new()), |said| answers(&said).map_err(|why| line(&why)))
    }
}

fn not_begun(program: &Path, e: &io::Error) -> String {
    match e.kind() {
        io::ErrorKind::NotFound => {
            format!("there is no program {}; `run` in config.toml names it", program.display())
        }
        _ => format!("{} cannot be run: {}", program.display(), io_words(e)),
    }
}

/// A program under way.
struct Errand {
    child: Child,
    group: Option<Pid>,
    input: Vec<u8>,
    stdin: Option<ChildStdin>,
    stdout: Option<ChildStdout>,
    stderr: Option<ChildStderr>,
    said: Vec<u8>,
    complained: Vec<u8>,
}

impl Errand {
    fn begin(mut command: Command, input: Vec<u8>, errands: &Errands) -> io::Result<Self> {
        // A group of its own: what it starts ends with it, and no key meant for the session reaches it.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        let mut child = command.spawn()?;
        let group = Some(Pid::from_child(&child));
        errands.0.lock().unwrap_or_else(PoisonError::into_inner).extend(group);
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let mut errand = Self { child, group, input, stdin, stdout, stderr, said: Vec::new(), complained: Vec::new() };
        let fds = [
            errand.stdin.as_ref().map(AsFd::as_fd),
            errand.stdout.as_ref().map(AsFd::as_fd),
            errand.stderr.as_ref().map(AsFd::as_fd),
        ];
        let waits = fds.into_iter().flatten().try_for_each(|fd| rustix::io::ioctl_fionbio(fd, true));
        if let Err(e) = waits {
            errand.stop(errands);
            return Err(e.into());
        }
        Ok(errand)
    }

    /// What it said, when it has ended well; `None` where it was stopped because nobody wants to know any more.
    fn finish(
        mut self,
        time: Duration,
        wanted: &dyn Fn() -> bool,
        errands: &Errands,
    ) -> Result<Option<Vec<u8>>, String> {
        let until = Instant::now() + time;
        loop {
            let ended = self.ended(errands);
            self.exchange();
            if self.said.len() > MOST || self.complained.len() > MOST {
                self.stop(errands);
                return Err(format!("it wrote more than {} KiB and was stopped", MOST >> 10));
            }
            match ended {
                Ok(Some(status)) if status.success() => return Ok(Some(self.said)),
                Ok(Some(status)) => return Err(failed(status, &self.complained)),
                Err(e) => return Err(io_words(&e)),
                Ok(None) if !wanted() => {
                    self.stop(errands);
                    return Ok(None);
                }
                Ok(None) if Instant::now() >= until => {
                    self.stop(errands);
                    return Err(format!("it took more than {} s and was stopped", time.as_secs()));
                }
                Ok(None) => self.rest(),
            }
        }
    }

    /// Whether it has ended. What it said is all in the pipes then.
    fn ended(&mut self, errands: &Errands) -> io::Result<Option<ExitStatus>> {
        let mut running = errands.0.lock().unwrap_or_else(PoisonError::into_inner);
        let status = self.child.try_wait()?;
        if status.is_some() {
            running.retain(|group| Some(*group) != self.group);
            self.group = None;
        }
        Ok(status)
    }

    /// Gives it what it takes now, and takes what it says.
    fn exchange(&mut self) {
        if let Some(stdin) = &mut self.stdin {
            let done = match stdin.write(&self.input) {
                Ok(count) => {
                    self.input.drain(..count);
                    self.input.is_empty()
                }
                Err(e) => !is_for_later(&e),
            };
            if done {
                // The end of what it is given; or it does not want to know.
                self.stdin = None;
            }
        }
        if self.stdout.as_mut().is_some_and(|out| is_over(out, &mut self.said)) {
            self.stdout = None;
        }
        if self.stderr.as_mut().is_some_and(|out| is_over(out, &mut self.complained)) {
            self.stderr = None;
        }
    }

    /// Sleeps until it says or takes something, but not long.
    fn rest(&self) {
        let mut fds: Vec<PollFd<'_>> = Vec::with_capacity(3);
        fds.extend(self.stdin.as_ref().map(|fd| PollFd::new(fd, PollFlags::OUT)));
        fds.extend(self.stdout.as_ref().map(|fd| PollFd::new(fd, PollFlags::IN)));
        fds.extend(self.stderr.as_ref().map(|fd| PollFd::new(fd, PollFlags::IN)));
        let _ = poll(&mut fds, Some(&GLANCE));
    }

    /// Has it and all that it started end: asked first, for it may be writing something.
    fn stop(&mut self, errands: &Errands) {
        let Some(group) = self.group else { return };
        let _ = kill_process_group(group, Signal::TERM);
        let until = Instant::now() + GRACE;
        while Instant::now() < until && matches!(self.ended(errands), Ok(None)) {
            let _ = poll(&mut [], Some(&GLANCE));
        }
        let _ = kill_process_group(group, Signal::KILL);
        let _ = self.child.wait();
        let _ = self.ended(errands);
    }
}

/// Reads what there is, a little more than is allowed at most; whether there will be no more.
fn is_over(out: &mut impl io::Read, into: &mut Vec<u8>) -> bool {
    let mut bytes = [0; 1 << 13];
    loop {
        match out.read(&mut bytes) {
            Ok(0) => return true,
            Ok(count) => into.extend_from_slice(&bytes[..count]),
            Err(e) => return !is_for_later(&e),
        }
        if into.len() > MOST {
            return false;
        }
    }
}

fn is_for_later(e: &io::Error) -> bool {
    matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}

fn failed(status: ExitStatus, complained: &[u8]) -> String {
    let how = match (status.code(), status.signal()) {
        (Some(code), _) => format!("it failed (exit {code})"),
        (None, Some(signal)) => format!("it was ended by signal {signal}"),
        _ => "it failed".to_owned(),
    };
    let complained = without_escapes(&String::from_utf8_lossy(complained));
    match complained.lines().map(str::trim).find(|line| !line.is_empty()) {
        Some(line) => format!("{how}: {line}"),
        None => how,
    }
}

/// What was said: a JSON object, or one a line; all else is a message as it stands.
fn answers(said: &[u8]) -> Result<Vec<HookAnswer>, String> {
    let said = String::from_utf8_lossy(said);
    let trimmed = said.trim();
    if trimmed.is_empty() {
        return Ok(Vec::new());
    }
    let is_object = |words: &str| words.starts_with('{') && serde_json::from_str::<serde_json::Value>(words).is_ok();
    let lines = || trimmed.lines().map(str::trim).filter(|line| !line.is_empty());
    let objects: Vec<&str> = if is_object(trimmed) {
        vec![trimmed]
    } else if lines().all(is_object) {
        lines().collect()
    } else {
        return Ok(vec![HookAnswer { message: shown(trimmed), note: None }]);
    };
    let read = |object: &&str| -> Result<HookAnswer, String> {
        let answer: HookAnswer = serde_json::from_str(object)
            .map_err(|_| "in its answer `message` and `note` must be words in quotation marks".to_owned())?;
        if answer.message.is_none() && answer.note.is_none() {
            return Err("its answer has neither `message` nor `note`".to_owned());
        }
        let clean = |words: Option<String>| words.as_deref().and_then(shown);
        Ok(HookAnswer { message: clean(answer.message), note: clean(answer.note) })
    };
    objects.iter().map(read).collect()
}

/// Words as they can be shown; `None` where nothing is left.
fn shown(words: &str) -> Option<String> {
    let clean = clean_text(&without_escapes(words)).trim_matches('\n').trim_end().to_owned();
    (!clean.trim().is_empty()).then_some(clean)
}

/// Words without what would colour them or move them about (ECMA-48: control sequences, strings, single escapes), and
/// without letters struck over by the next.
fn without_escapes(words: &str) -> String {
    static ESCAPES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"(?s)(?:\x1b\[|\x{9b})[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x{9d}\x{90}\x{98}\x{9e}\x{9f}]).*?(?:\x07|\x1b\\|\x{9c}|$)|\x1b[ -/]*[0-~]|[^\n]\x08",
        )
        .ok()
    });
    ESCAPES.as_ref().map_or_else(|| words.to_owned(), |escapes| escapes.replace_all(words, "").into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_does_not_want_to_end_with_the_session_is_ended() {
        let errands = Errands::default();
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' TERM; echo deaf; while :; do sleep 1; done"]);
        let mut errand = Errand::begin(command, Vec::new(), &errands).unwrap();
        while !errand.said.starts_with(b"deaf") {
            errand.rest();
            errand.exchange();
        }
        errands.end();
        assert_eq!(errand.child.wait().unwrap().signal(), Some(9));
    }
}
