//! The real program in a pseudo-terminal: it starts, draws, obeys keys and signals, and gives the terminal back.

use std::io::{Read as _, Write as _};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take before the test gives up; never what is tested.
const PATIENCE: Duration = Duration::from_secs(20);

struct Terminal {
    parser: vt100::Parser,
    bytes: Receiver<Vec<u8>>,
    seen: Vec<u8>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn std::io::Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    home: tempfile::TempDir,
}

fn size(rows: u16, cols: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

impl Terminal {
    fn start(arguments: &[&str], term: &str) -> Self {
        Self::at_home(tempfile::tempdir().unwrap(), arguments, term)
    }

    fn at_home(home: tempfile::TempDir, arguments: &[&str], term: &str) -> Self {
        let pair = native_pty_system().openpty(size(35, 120)).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_diptych"));
        command.args(arguments);
        command.env_clear();
        command.env("TERM", term);
        command.env("HOME", home.path());
        command.cwd(home.path());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (send, bytes) = channel();
        thread::spawn(move || {
            let mut buffer = [0; 1 << 16];
            while let Ok(n) = reader.read(&mut buffer) {
                if n == 0 || send.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            parser: vt100::Parser::new(35, 120, 0),
            bytes,
            seen: Vec::new(),
            master: pair.master,
            writer,
            child,
            home,
        }
    }

    fn keys(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    fn read(&mut self, wait: Duration) {
        if let Ok(bytes) = self.bytes.recv_timeout(wait) {
            self.parser.process(&bytes);
            self.seen.extend(bytes);
        }
    }

    fn until(&mut self, expected: &str) {
        let begin = Instant::now();
        while !self.parser.screen().contents().contains(expected) {
            assert!(begin.elapsed() < PATIENCE, "never on screen: {expected:?}\n{}", self.parser.screen().contents());
            self.read(Duration::from_millis(50));
        }
    }

    fn ends(&mut self) -> u32 {
        let begin = Instant::now();
        loop {
            self.read(Duration::from_millis(20));
            if let Some(status) = self.child.try_wait().unwrap() {
                while self.bytes.recv_timeout(Duration::from_millis(50)).map(|b| self.seen.extend(b)).is_ok() {}
                return status.exit_code();
            }
            assert!(begin.elapsed() < PATIENCE, "still running\n{}", self.parser.screen().contents());
        }
    }

    /// Every mode that was put on has been taken off again, in the bytes that were written.
    fn is_restored(&self) {
        let said = String::from_utf8_lossy(&self.seen).into_owned();
        for mode in ["?1049", "?2004", "?1000", "?1006"] {
            let (on, off) = (said.rfind(&format!("\x1b[{mode}h")), said.rfind(&format!("\x1b[{mode}l")));
            assert!(on.is_none() || off > on, "{mode} is still on");
        }
        assert!(said.rfind("\x1b[?25h") > said.rfind("\x1b[?25l"), "the cursor is still hidden");
    }
}

#[test]
fn starts_on_the_bundled_library_reads_and_leaves_the_terminal_as_it_was() {
    let mut terminal = Terminal::start(&[], "xterm-256color");
    terminal.until("The Party as Instrument");
    terminal.until("Power from Below");
    terminal.keys("t");
    terminal.until("Democratic centralism");
    terminal.keys("kronstadt\r");
    terminal.until("Kronstadt · treatment");
    terminal.master.resize(size(24, 80)).unwrap();
    terminal.parser.screen_mut().set_size(24, 80);
    terminal.until("Kronstadt");
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    terminal.is_restored();
}

#[test]
fn resumes_where_the_reader_left() {
    let mut terminal = Terminal::start(&[], "xterm-256color");
    terminal.until("Power from Below · ¶1/");
    terminal.keys("12Gl7Gq");
    assert_eq!(terminal.ends(), 0);
    let mut again = Terminal::at_home(terminal.home, &[], "xterm-256color");
    again.until("The Party as Instrument · ¶12/");
    again.until("Power from Below · ¶7/");
    again.keys("q");
    assert_eq!(again.ends(), 0);
}

#[test]
fn a_signal_ends_the_session_with_the_terminal_restored() {
    for signal in [rustix::process::Signal::TERM, rustix::process::Signal::HUP] {
        let mut terminal = Terminal::start(&[], "xterm-256color");
        terminal.until("Power from Below");
        let id = terminal.child.process_id().unwrap();
        let id = rustix::process::Pid::from_raw(id.cast_signed()).unwrap();
        rustix::process::kill_process(id, signal).unwrap();
        terminal.ends();
        terminal.is_restored();
    }
}

#[test]
fn a_terminal_that_is_gone_ends_the_session() {
    let mut terminal = Terminal::start(&[], "xterm-256color");
    terminal.until("Power from Below");
    // The thread that reads holds the terminal open until it has something to read and nobody to give it to.
    let Terminal { master, mut writer, mut child, bytes, .. } = terminal;
    drop((master, bytes));
    writer.write_all(b"j").unwrap();
    thread::sleep(Duration::from_millis(300));
    drop(writer);
    let begin = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(begin.elapsed() < PATIENCE, "still running without a terminal");
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_dumb_terminal_is_refused_politely() {
    let mut terminal = Terminal::start(&[], "dumb");
    assert_ne!(terminal.ends(), 0);
    let said = String::from_utf8_lossy(&terminal.seen).into_owned();
    assert!(said.contains("diptych compare"), "{said}");
    assert!(!said.contains('\x1b'), "{said:?}");
}
