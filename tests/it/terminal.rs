//! A terminal for tests: the real program in a pseudo-terminal, and what is on its screen.

use std::io::{Read as _, Write as _};
use std::num::NonZero;
use std::os::unix::process::ExitStatusExt as _;
use std::process::Child;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use pty_process::Size;
use pty_process::blocking::{Command, Pty, open};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, tcgetattr};

/// How long anything may take before the test gives up; never what is tested.
pub const PATIENCE: Duration = Duration::from_secs(20);

pub struct Terminal {
    pub parser: vt100::Parser,
    pub bytes: Receiver<Vec<u8>>,
    pub seen: Vec<u8>,
    pub master: Arc<Pty>,
    pub child: Child,
    pub home: tempfile::TempDir,
}

pub fn size(rows: u16, columns: u16) -> Size {
    Size::new(rows, columns)
}

/// Starts a program in a terminal of its own.
pub fn spawn(command: Command, size: Size) -> (Arc<Pty>, Child) {
    let (master, terminal) = open().unwrap();
    master.resize(size).unwrap();
    let child = command.spawn(terminal).unwrap();
    (Arc::new(master), child)
}

impl Terminal {
    pub fn start(arguments: &[&str], term: &str) -> Self {
        Self::at_home(tempfile::tempdir().unwrap(), arguments, term)
    }

    pub fn at_home(home: tempfile::TempDir, arguments: &[&str], term: &str) -> Self {
        Self::with(home, arguments, &[("TERM", term)])
    }

    pub fn with(home: tempfile::TempDir, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        Self::of_command(home, env!("CARGO_BIN_EXE_diptych"), arguments, environment)
    }

    pub fn of_command(
        home: tempfile::TempDir,
        program: &str,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        let command = Command::new(program).args(arguments).env_clear().envs(environment.iter().copied());
        let command = command.env("HOME", home.path()).current_dir(home.path());
        let (master, child) = spawn(command, size(35, 120));
        let (send, bytes) = channel();
        let reader = Arc::clone(&master);
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(n) = (&*reader).read(&mut buffer) {
                if n == 0 || send.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self { parser: screen_of(35, 120), bytes, seen: Vec::new(), master, child, home }
    }

    pub fn keys(&mut self, keys: &str) {
        (&*self.master).write_all(keys.as_bytes()).unwrap();
    }

    pub fn read(&mut self, wait: Duration) {
        if let Ok(bytes) = self.bytes.recv_timeout(wait) {
            self.parser.process(&bytes);
            self.seen.extend(bytes);
        }
    }

    /// The rows of the screen, without the blanks at their ends, which a terminal may have been sent or not.
    pub fn shown(&self) -> Vec<String> {
        self.parser.screen().contents().lines().map(|row| row.trim_end().to_owned()).collect()
    }

    /// Takes in what is written until something is so.
    pub fn until_so(&mut self, what: &str, is: impl Fn(&Self) -> bool) {
        let begin = Instant::now();
        while !is(self) {
            assert!(begin.elapsed() < PATIENCE, "never {what}\n{}", self.parser.screen().contents());
            self.read(Duration::from_millis(50));
        }
    }

    pub fn until(&mut self, expected: &str) {
        let what = format!("on screen: {expected:?}");
        self.until_so(&what, |terminal| terminal.parser.screen().contents().contains(expected));
    }

    /// Reads until words are on the screen so many times.
    pub fn until_times(&mut self, words: &str, times: usize) {
        let what = format!("{times} times on screen: {words:?}");
        self.until_so(&what, |terminal| terminal.parser.screen().contents().matches(words).count() >= times);
    }

    /// Reads until a text is at a passage, as its head says.
    pub fn until_at(&mut self, title: &str, passage: u32) {
        let is_at = |terminal: &Self| crate::stage::is_at(&terminal.parser.screen().contents(), title, passage);
        self.until_so(&format!("{title} at ¶{passage}"), is_at);
    }

    /// Reads until the terminal was sent this.
    pub fn until_sent(&mut self, sent: &str) {
        let is_sent = |terminal: &Self| String::from_utf8_lossy(&terminal.seen).contains(sent);
        self.until_so(&format!("sent: {sent:?}"), is_sent);
    }

    pub fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// Takes in what is written until nothing more comes for a while: the texts have been studied, and all is told.
    pub fn settle(&mut self) {
        let begin = Instant::now();
        while let Ok(bytes) = self.bytes.recv_timeout(Duration::from_secs(1)) {
            assert!(begin.elapsed() < PATIENCE, "never still");
            self.parser.process(&bytes);
            self.seen.extend(bytes);
        }
    }

    /// Takes in what is written until nothing more comes for so long.
    pub fn settle_for(&mut self, quiet: Duration) {
        while let Ok(bytes) = self.bytes.recv_timeout(quiet) {
            self.parser.process(&bytes);
            self.seen.extend(bytes);
        }
    }

    /// Waits until the process is in this state of `/proc/PID/stat` (`T` is stopped).
    #[cfg(target_os = "linux")]
    pub fn until_state(&mut self, expected: char) {
        let begin = Instant::now();
        let path = format!("/proc/{}/stat", self.pid().as_raw_nonzero());
        let state = || {
            let stat = std::fs::read_to_string(&path).unwrap();
            stat.rsplit_once(") ").unwrap().1.chars().next().unwrap()
        };
        while state() != expected {
            assert!(begin.elapsed() < PATIENCE, "still {}", state());
            self.read(Duration::from_millis(20));
        }
        self.read(Duration::from_millis(20));
    }

    /// What is kept for the next session.
    pub fn state(&self) -> String {
        std::fs::read_to_string(self.home.path().join(".local/state/diptych/state.toml")).unwrap_or_default()
    }

    /// Whether the terminal reads whole lines, echoes, and turns keys into signals, as a shell's does.
    pub fn is_cooked(&self) -> bool {
        tcgetattr(&*self.master).unwrap().local_modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    pub fn ends(&mut self) -> i32 {
        let begin = Instant::now();
        loop {
            self.read(Duration::from_millis(20));
            if let Some(status) = self.child.try_wait().unwrap() {
                while self.bytes.recv_timeout(Duration::from_millis(50)).map(|b| self.seen.extend(b)).is_ok() {}
                // As a shell has it.
                return status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap();
            }
            assert!(begin.elapsed() < PATIENCE, "still running\n{}", self.parser.screen().contents());
        }
    }

    /// Every mode that was put on has been taken off again, in the bytes that were written (private modes, xterm's control
    /// sequences: `CSI ? N h` sets, `CSI ? N l` resets; what is set from the beginning is the cursor).
    pub fn is_restored(&self) {
        let said = String::from_utf8_lossy(&self.seen).into_owned();
        let mut on = std::collections::BTreeMap::from([("25", true)]);
        for rest in said.split("\x1b[?").skip(1) {
            let end = rest.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(rest.len());
            for mode in rest[..end].split(';') {
                match rest[end..].chars().next() {
                    Some('h') => on.insert(mode, true),
                    Some('l') => on.insert(mode, false),
                    _ => None,
                };
            }
        }
        let left: Vec<_> = on.into_iter().filter(|(_, on)| *on).map(|(mode, _)| mode).collect();
        assert_eq!(left, ["25"], "only the cursor is on");
        for flags in ["\x1b[>1u", "\x1b[>4;1m", "\x1b="] {
            assert!(!said.contains(flags), "a mode that nobody takes off: {flags:?}");
        }
    }
}

/// How soon a session that is asked to end has ended.
pub const SOON: Duration = Duration::from_secs(2);

/// A text of so many short paragraphs, in files `a.txt` and `b.txt` of a new home.
pub fn home_with_long_texts(paragraphs: usize) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let words: Vec<String> = (1..=paragraphs).map(|n| format!("Paragraph {n} is about matter {}.", n * 37)).collect();
    let words = words.join("\n\n");
    for name in ["a.txt", "b.txt"] {
        std::fs::write(home.path().join(name), &words).unwrap();
    }
    home
}

/// A new home with these settings in `config.toml`.
pub fn home_with_config(source: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    configure(home.path(), source);
    home
}

/// Writes these settings into a home.
pub fn configure(home: &std::path::Path, source: &str) {
    let config = home.join(".config/diptych");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), source).unwrap();
}

/// A screen of this size with nothing on it.
pub fn screen_of(rows: u16, columns: u16) -> vt100::Parser {
    let [rows, columns] = [rows, columns].map(|size| NonZero::new(size).unwrap());
    vt100::Parser::new(rows, columns, 0)
}
