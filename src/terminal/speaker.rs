//! A program that speaks: it is run for each line, with the line as one more argument. The line that a key brings ends it
//! where it still speaks, what comes by itself waits until it has ended; that it cannot be run, or fails, is told once.

use std::collections::VecDeque;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use crate::library::said::io_words;
use crate::text::clean::Clean;

/// How often it is looked whether it has failed.
const GLANCE: Duration = Duration::from_millis(200);

/// So many lines wait at most; the older ones are left out.
const MOST_WAITING: usize = 4;

/// Where lines are handed in. Nothing is spoken any more when this is dropped.
pub(super) struct Speaker {
    lines: Option<Sender<Utterance>>,
    thread: Option<JoinHandle<()>>,
}

/// A line, and whether it is spoken in place of one that still is.
struct Utterance {
    words: String,
    cuts_in: bool,
}

/// The program, and the one that runs.
struct Voice {
    program: PathBuf,
    arguments: Vec<String>,
    home: PathBuf,
    speaking: Option<Child>,
    /// What is spoken after that.
    waiting: VecDeque<String>,
    /// Whether a failure was told.
    has_failed: bool,
}

impl Speaker {
    /// Speaks with this program and these arguments, run in the home folder; what goes wrong is told.
    pub(super) fn begin(
        (program, arguments): (PathBuf, Vec<String>),
        home: PathBuf,
        tell: impl Fn(Clean) + Send + 'static,
    ) -> Self {
        let (sender, lines) = channel();
        let voice = Voice { program, arguments, home, speaking: None, waiting: VecDeque::new(), has_failed: false };
        // Where no thread can be started, nothing is spoken: the lines are on the screen.
        let thread = thread::Builder::new().name("diptych-speak".to_owned()).spawn(move || voice.speak(&lines, &tell));
        Self { lines: Some(sender), thread: thread.ok() }
    }

    /// Has a line spoken: in place of one that still is, or after it.
    pub(super) fn say(&self, words: String, cuts_in: bool) {
        if let Some(lines) = &self.lines {
            let _ = lines.send(Utterance { words, cuts_in });
        }
    }
}

impl Drop for Speaker {
    fn drop(&mut self) {
        // The thread ends when nobody hands it lines; what still speaks is to end with the session.
        self.lines = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Voice {
    fn speak(mut self, lines: &Receiver<Utterance>, tell: &impl Fn(Clean)) {
        loop {
            let came = if self.speaking.is_some() {
                lines.recv_timeout(GLANCE)
            } else {
                lines.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            if came.as_ref().is_err_and(|e| *e == RecvTimeoutError::Disconnected) {
                return self.hush();
            }
            self.look(tell);
            for line in came.into_iter().chain(lines.try_iter()) {
                if line.cuts_in {
                    self.waiting.clear();
                    self.hush();
                } else if self.waiting.len() == MOST_WAITING {
                    self.waiting.pop_front();
                }
                self.waiting.push_back(line.words);
            }
            if self.speaking.is_none() && !self.waiting.is_empty() {
                let words = Vec::from(std::mem::take(&mut self.waiting)).join("\n");
                self.begin(&words, tell);
            }
        }
    }

    fn begin(&mut self, line: &str, tell: &impl Fn(Clean)) {
        // It is an argument, and never an option.
        let line = if line.starts_with('-') { format!(" {line}") } else { line.to_owned() };
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).arg(line).current_dir(&self.home);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        match command.spawn() {
            Ok(child) => self.speaking = Some(child),
            Err(e) => self.fail(&io_words(&e), tell),
        }
    }

    /// Looks whether it has ended, and how.
    fn look(&mut self, tell: &impl Fn(Clean)) {
        let Some(child) = &mut self.speaking else { return };
        let Ok(Some(status)) = child.try_wait() else { return };
        self.speaking = None;
        if !status.success() {
            self.fail(&status.to_string(), tell);
        }
    }

    /// Ends what still speaks, and all that it has started.
    fn hush(&mut self) {
        if let Some(mut child) = self.speaking.take() {
            let _ = kill_process_group(Pid::from_child(&child), Signal::KILL);
            let _ = child.wait();
        }
    }

    fn fail(&mut self, why: &str, tell: &impl Fn(Clean)) {
        if !std::mem::replace(&mut self.has_failed, true) {
            tell(Clean::line(&format!("{} does not speak: {why}; see `speak` in config.toml", self.program.display())));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn until_said(file: &Path, expected: &str) {
        for _ in 0..500 {
            if fs::read_to_string(file).is_ok_and(|said| said == expected) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("{expected:?} and not {:?}", fs::read_to_string(file));
    }

    #[test]
    fn what_comes_by_itself_waits_and_a_key_ends_all_that_was_started() {
        let home = tempfile::tempdir().unwrap();
        let (said, pipe) = (home.path().join("said"), home.path().join("pipe"));
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let heard = thread::spawn(move || fs::read_to_string(pipe).unwrap());
        let script = "if [ \"$1\" = long ]; then { printf 'long;' >> said; sleep 5; echo never; } > pipe & wait; \
                      else printf '%s;' \"$1\" >> said; sleep 0.2; fi";
        let arguments = ["-c", script, "sh"].map(str::to_owned).to_vec();
        let speaker = Speaker::begin(("sh".into(), arguments), home.path().to_owned(), |_| {});
        speaker.say("long".to_owned(), true);
        until_said(&said, "long;");
        speaker.say("by itself".to_owned(), false);
        speaker.say("short".to_owned(), true);
        until_said(&said, "long;short;");
        speaker.say("across".to_owned(), false);
        until_said(&said, "long;short;across;");
        assert_eq!(heard.join().unwrap(), "");
    }
}
