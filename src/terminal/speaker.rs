//! A program that speaks: it is run for each line, with the line as one more argument. The next line ends it where it still
//! speaks; that it cannot be run, or fails, is told once.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use crate::library::said::io_words;
use crate::text::clean::Clean;

/// How often it is looked whether it has failed.
const GLANCE: Duration = Duration::from_millis(200);

/// Where lines are handed in.
pub struct Speaker(Sender<String>);

/// The program, and the one that runs.
struct Voice {
    program: PathBuf,
    arguments: Vec<String>,
    home: PathBuf,
    speaking: Option<Child>,
    /// Whether a failure was told.
    has_failed: bool,
}

impl Speaker {
    /// Speaks with this program and these arguments, run in the home folder; what goes wrong is told.
    pub fn begin(
        (program, arguments): (PathBuf, Vec<String>),
        home: PathBuf,
        tell: impl Fn(Clean) + Send + 'static,
    ) -> Self {
        let (sender, lines) = channel();
        let voice = Voice { program, arguments, home, speaking: None, has_failed: false };
        // Where no thread can be started, nothing is spoken: the lines are on the screen.
        let _ = thread::Builder::new().name("diptych-speak".to_owned()).spawn(move || voice.speak(&lines, &tell));
        Self(sender)
    }

    /// Has a line spoken, in place of one that still is.
    pub fn say(&self, line: String) {
        let _ = self.0.send(line);
    }
}

impl Voice {
    fn speak(mut self, lines: &Receiver<String>, tell: &impl Fn(Clean)) {
        loop {
            let line = match (&self.speaking, lines.recv_timeout(GLANCE)) {
                (_, Ok(line)) => line,
                (_, Err(RecvTimeoutError::Disconnected)) => return self.hush(),
                (Some(_), Err(RecvTimeoutError::Timeout)) => {
                    self.look(tell);
                    continue;
                }
                (None, Err(RecvTimeoutError::Timeout)) => match lines.recv() {
                    Ok(line) => line,
                    Err(_) => return,
                },
            };
            // Of several that wait, the last one is what is read now.
            let line = lines.try_iter().last().unwrap_or(line);
            self.look(tell);
            self.hush();
            self.begin(&line, tell);
        }
    }

    fn begin(&mut self, line: &str, tell: &impl Fn(Clean)) {
        // It is an argument, and never an option.
        let line = if line.starts_with('-') { format!(" {line}") } else { line.to_owned() };
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).arg(line).current_dir(&self.home);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
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

    /// Ends what still speaks.
    fn hush(&mut self) {
        if let Some(mut child) = self.speaking.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    fn fail(&mut self, why: &str, tell: &impl Fn(Clean)) {
        if !std::mem::replace(&mut self.has_failed, true) {
            tell(Clean::line(&format!("{} does not speak: {why}; see `speak` in config.toml", self.program.display())));
        }
    }
}
