//! The real program in a pseudo-terminal: it starts, draws, obeys keys and signals, and gives the terminal back.

use std::io::{Read as _, Write as _};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, tcgetattr};

/// How long anything may take before the test gives up; never what is tested.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Terminal {
    parser: vt100::Parser,
    bytes: Receiver<Vec<u8>>,
    pub seen: Vec<u8>,
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
        Self::with(home, arguments, &[("TERM", term)])
    }

    pub fn with(home: tempfile::TempDir, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        Self::of_command(home, env!("CARGO_BIN_EXE_diptych"), arguments, environment)
    }

    fn of_command(home: tempfile::TempDir, program: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let pair = native_pty_system().openpty(size(35, 120)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        for (name, value) in environment {
            command.env(name, value);
        }
        command.env("HOME", home.path());
        command.cwd(home.path());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (send, bytes) = channel();
        thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
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

    pub fn keys(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    fn read(&mut self, wait: Duration) {
        if let Ok(bytes) = self.bytes.recv_timeout(wait) {
            self.parser.process(&bytes);
            self.seen.extend(bytes);
        }
    }

    /// The rows of the screen, without the blanks at their ends, which a terminal may have been sent or not.
    fn shown(&self) -> Vec<String> {
        self.parser.screen().contents().lines().map(|row| row.trim_end().to_owned()).collect()
    }

    pub fn until(&mut self, expected: &str) {
        let begin = Instant::now();
        while !self.parser.screen().contents().contains(expected) {
            assert!(begin.elapsed() < PATIENCE, "never on screen: {expected:?}\n{}", self.parser.screen().contents());
            self.read(Duration::from_millis(50));
        }
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().cast_signed()).unwrap()
    }

    fn signal(&self, signal: Signal) {
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
    fn until_state(&mut self, expected: char) {
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
    fn state(&self) -> String {
        std::fs::read_to_string(self.home.path().join(".local/state/diptych/state.toml")).unwrap_or_default()
    }

    /// Whether the terminal reads whole lines, echoes, and turns keys into signals, as a shell's does.
    fn is_cooked(&self) -> bool {
        let name = self.master.tty_name().unwrap();
        let tty = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        tcgetattr(tty).unwrap().local_modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    pub fn ends(&mut self) -> u32 {
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

    /// Every mode that was put on has been taken off again, in the bytes that were written (private modes, xterm's control
    /// sequences: `CSI ? N h` sets, `CSI ? N l` resets; what is set from the beginning is the cursor).
    fn is_restored(&self) {
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

/// How soon a session that is asked to end has ended.
const SOON: Duration = Duration::from_secs(2);

#[test]
fn a_signal_ends_the_session_with_the_terminal_restored_and_the_place_kept() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let mut terminal = Terminal::start(&[], "xterm-256color");
        terminal.until("Power from Below · ¶1/");
        terminal.keys("12G");
        terminal.until("¶12/");
        let begin = Instant::now();
        terminal.signal(signal);
        assert_eq!(terminal.ends(), code, "{signal:?}");
        assert!(begin.elapsed() < SOON, "{signal:?} took {:?}", begin.elapsed());
        terminal.is_restored();
        assert!(terminal.is_cooked(), "{signal:?}");
        assert!(terminal.state().contains("passage = 12"), "{}", terminal.state());
    }
}

#[test]
#[cfg(target_os = "linux")]
fn stops_for_the_shell_and_comes_back_as_it_was() {
    let mut terminal = Terminal::start(&[], "xterm-256color");
    terminal.until("Power from Below · ¶1/");
    terminal.keys("12G");
    terminal.until("¶12/");
    terminal.settle();
    terminal.seen.clear();
    let before = terminal.shown();
    // The key, and the signal that a shell or another program sends.
    for by_key in [true, false] {
        if by_key {
            terminal.keys("\x1a");
        } else {
            terminal.signal(Signal::TSTP);
        }
        terminal.until_state('T');
        terminal.is_restored();
        assert!(terminal.is_cooked());
        assert!(terminal.state().contains("passage = 12"), "what is kept is kept before the stop");
        // Meanwhile the window has become smaller and larger again.
        terminal.master.resize(size(20, 70)).unwrap();
        terminal.master.resize(size(35, 120)).unwrap();
        terminal.signal(Signal::CONT);
        terminal.until("¶12/");
        terminal.settle();
        assert_eq!(terminal.shown(), before);
        assert!(!terminal.is_cooked());
    }
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    terminal.is_restored();
}

#[test]
#[cfg(debug_assertions)]
fn a_failure_inside_restores_the_terminal_keeps_the_place_and_says_so() {
    let environment = [("TERM", "xterm-256color"), ("DIPTYCH_TEST_FAILURE", "session")];
    let mut terminal = Terminal::with(tempfile::tempdir().unwrap(), &[], &environment);
    terminal.until("Power from Below · ¶1/");
    terminal.keys("j");
    assert_eq!(terminal.ends(), 101);
    terminal.is_restored();
    assert!(terminal.is_cooked());
    let said = String::from_utf8_lossy(&terminal.seen).into_owned();
    let (message, shown) = (said.rfind("a test asked the session to fail"), said.rfind("\x1b[?1049l"));
    assert!(message > shown && shown.is_some(), "said where it can be read");
    assert!(terminal.state().contains("power-from-below"), "{}", terminal.state());
}

#[test]
#[cfg(debug_assertions)]
fn a_failure_of_a_worker_is_told_and_reading_goes_on() {
    let environment = [("TERM", "xterm-256color"), ("DIPTYCH_TEST_FAILURE", "worker")];
    let mut terminal = Terminal::with(tempfile::tempdir().unwrap(), &[], &environment);
    terminal.until("a part of Diptych failed");
    terminal.keys("12G");
    terminal.until("¶12/");
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    terminal.is_restored();
}

#[test]
fn sizes_of_nothing_and_of_one_cell_break_nothing() {
    let mut terminal = Terminal::start(&[], "xterm-256color");
    terminal.until("Power from Below · ¶1/");
    terminal.keys("12G");
    terminal.until("¶12/");
    for (rows, columns) in [(0, 0), (1, 1), (0, 120), (35, 0), (2, 3)] {
        terminal.master.resize(size(rows, columns)).unwrap();
        for keys in ["t", "\x1b", "?", "\x1b"] {
            terminal.keys(keys);
            terminal.read(Duration::from_millis(60));
        }
    }
    terminal.master.resize(size(35, 120)).unwrap();
    terminal.until("¶12/");
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn colours_are_those_the_terminal_has() {
    let colored = |environment: &[(&str, &str)]| {
        let mut terminal = Terminal::with(tempfile::tempdir().unwrap(), &[], environment);
        terminal.until("Power from Below · ¶1/");
        terminal.keys("t");
        terminal.until("Democratic centralism");
        terminal.keys("\x03");
        terminal.settle();
        terminal.keys("q");
        assert_eq!(terminal.ends(), 0);
        String::from_utf8_lossy(&terminal.seen).into_owned()
    };
    // Every colour that was set (ECMA-48 SGR), as it was written: `38;5;12`, `48;2;0;0;0`, `31`.
    let colors = |said: &str| -> Vec<String> {
        let styles = said.split("\x1b[").skip(1).filter_map(|rest| {
            let (codes, last) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && c != ';')?);
            last.starts_with('m').then(|| codes.to_owned())
        });
        let default = |codes: &str| codes.split(';').all(|code| matches!(code.parse(), Ok(0..=29 | 39 | 49 | 59)));
        styles.filter(|codes| !codes.is_empty() && !default(codes)).collect()
    };
    let mono = colored(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("NO_COLOR", "1")]);
    assert_eq!(colors(&mono), [""; 0]);
    // The first sixteen of a palette are written as `38;5;N`.
    let sixteen = colors(&colored(&[("TERM", "linux")]));
    let low = |codes: &String| codes.split(';').nth(2).is_some_and(|n| n.parse::<u8>().unwrap() < 16);
    assert!(!sixteen.is_empty() && sixteen.iter().all(low), "{sixteen:?}");
    let many = colors(&colored(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]));
    assert!(many.iter().any(|codes| !low(codes)), "{many:?}");
}

#[test]
fn nothing_is_written_while_nothing_happens() {
    // No answer ever comes to what is asked of this terminal.
    let mut terminal = Terminal::start(&[], "xterm-256color");
    terminal.until("Power from Below · ¶1/");
    terminal.settle();
    let said = terminal.bytes.recv_timeout(Duration::from_millis(1500));
    assert!(said.is_err(), "{:?}", said.map(|b| String::from_utf8_lossy(&b).into_owned()));
    // And a key as always.
    terminal.keys("12G");
    terminal.until("¶12/");
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn a_long_text_is_read_on_where_the_reader_left_off() {
    let home = home_with_long_texts(8999);
    let texts = ["a.txt", "b.txt"];
    let mut terminal = Terminal::at_home(home, &texts, "xterm-256color");
    terminal.until("a.txt · ¶1/8999");
    terminal.until("b.txt · ¶1/8999");
    terminal.keys("8000Gl7000G");
    terminal.until("¶7000/");
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    let mut again = Terminal::at_home(terminal.home, &texts, "xterm-256color");
    again.until("a.txt · ¶8000/");
    again.until("b.txt · ¶7000/");
    assert!(!String::from_utf8_lossy(&again.seen).contains("Paragraph 1 is"), "the beginning never shows");
    // And a session that is left before the texts are there keeps the place too.
    again.keys("q");
    assert_eq!(again.ends(), 0);
}

#[test]
fn a_read_only_home_is_said_and_reading_goes_on() {
    let home = tempfile::tempdir().unwrap();
    // A file where a folder should be: nobody can write there, root neither.
    std::fs::write(home.path().join(".local"), "").unwrap();
    let mut terminal = Terminal::at_home(home, &[], "xterm-256color");
    terminal.until("Power from Below · ¶1/");
    terminal.keys("12G");
    terminal.until("¶12/");
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    terminal.is_restored();
}

/// Reads the paragraphs from their first to their last page beside an ordinary text, and looks at where the terminal has
/// put the hinge on every row. The terminal has its own opinion of how wide a letter is.
fn letters_leave_the_border_in_its_column(paragraphs: &[String]) {
    let home = tempfile::tempdir().unwrap();
    let end = "The end of the letters.";
    std::fs::write(home.path().join("letters.txt"), format!("{}\n\n{end}", paragraphs.join("\n\n"))).unwrap();
    let mut terminal = Terminal::at_home(home, &["letters.txt", "power-from-below"], "xterm-256color");
    terminal.until(" · ¶1/");
    terminal.settle();
    let columns = |screen: &vt100::Screen, row: u16| -> Vec<u16> {
        (0..120).filter(|x| screen.cell(row, *x).is_some_and(|c| c.contents() == "┊")).collect()
    };
    let expected = columns(terminal.parser.screen(), 5);
    assert_eq!(expected.len(), 2, "{}", terminal.parser.screen().contents());
    loop {
        let before = terminal.parser.screen().contents();
        for row in 2..34 {
            assert_eq!(columns(terminal.parser.screen(), row), expected, "row {row} of\n{before}");
        }
        if before.contains(end) {
            break;
        }
        terminal.keys(" ");
        let begin = Instant::now();
        while terminal.parser.screen().contents() == before {
            assert!(begin.elapsed() < PATIENCE, "stuck at\n{before}");
            terminal.read(Duration::from_millis(50));
        }
        while let Ok(bytes) = terminal.bytes.recv_timeout(Duration::from_millis(15)) {
            terminal.parser.process(&bytes);
        }
    }
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn no_letter_moves_the_border_in_the_terminal() {
    let letters = [
        "e\u{301}\u{301} a\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308} n\u{303} \u{301}alone",
        "日本語のテキスト、ｶﾀｶﾅ ＡＢＣ 한국어 ᄀᄀᄀ각ᆨᆨ 각",
        "👩‍👩‍👧‍👦 👩🏽‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇩🇪🇫🇷🇩 👍🏿 ❤️ ❤ ✋🏼 1️⃣ ☎︎ ☎️ 🧑‍🤝‍🧑 🫱🏻‍🫲🏿 🏳️‍🌈",
        "עברית: שלום עולם, العربية: مرحبا بالعالم ﷽ لا",
        "क्षि ക്ഷ བོད་ ᠮᠣᠩᠭᠣᠯ 𐍈 𝄞 𠀀",
        "tab\tafter\ttab soft\u{ad}hyphen zero\u{200b}width\u{200d}joined\u{2060} \u{fe0f} ﬁ ⸻ … ‰",
        "\u{1b}[31mred\u{1b}[0m \u{202e}reversed\u{2066} \u{e0041} nul:\0 bell:\u{7} del:\u{7f} c1:\u{9b}31m",
    ];
    let sized = |n: usize| letters.iter().map(move |l| format!("{l} ").repeat(n));
    letters_leave_the_border_in_its_column(&sized(1).chain(sized(4)).collect::<Vec<_>>());
}

/// Debian's `unicode-data` has the lists: `UNICODE_DATA=/usr/share/unicode cargo test --test it -- --ignored unicode`.
#[test]
#[ignore = "reads the lists of the package unicode-data, and takes a minute"]
fn no_letter_of_the_lists_of_unicode_moves_the_border() {
    let folder = std::env::var("UNICODE_DATA").unwrap_or_else(|_| "/usr/share/unicode".to_owned());
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
    let letters = |line: &str| -> String {
        let codes = line.split(|c: char| !c.is_ascii_hexdigit()).filter_map(|code| u32::from_str_radix(code, 16).ok());
        codes.filter_map(char::from_u32).collect()
    };
    let breaks = read("auxiliary/GraphemeBreakTest.txt");
    let breaks = breaks.lines().filter_map(|l| l.split('#').next()).filter(|l| !l.trim().is_empty());
    let emoji = read("emoji/emoji-test.txt");
    let emoji = emoji.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split(';').next());
    let all: Vec<String> = breaks.chain(emoji.filter(|l| !l.trim().is_empty())).map(letters).collect();
    assert!(all.len() > 5000, "{} lines", all.len());
    let paragraphs: Vec<String> = all.chunks(60).map(|c| c.join(" x ").replace(['\n', '\r'], " ")).collect();
    letters_leave_the_border_in_its_column(&paragraphs);
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

/// A text of so many short paragraphs, in files `a.txt` and `b.txt` of a new home.
fn home_with_long_texts(paragraphs: usize) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let words: Vec<String> = (1..=paragraphs).map(|n| format!("Paragraph {n} is about matter {}.", n * 37)).collect();
    let words = words.join("\n\n");
    for name in ["a.txt", "b.txt"] {
        std::fs::write(home.path().join(name), &words).unwrap();
    }
    home
}

#[test]
fn keys_held_down_are_answered_by_few_frames_and_arrive_where_they_should() {
    let mut terminal = Terminal::at_home(home_with_long_texts(2000), &["a.txt", "b.txt"], "xterm-256color");
    terminal.until("a.txt · ¶1/2000");
    terminal.settle();
    terminal.keys("1000j");
    terminal.settle();
    let counted = terminal.shown();
    terminal.keys("gg");
    terminal.settle();
    terminal.seen.clear();
    terminal.keys(&"j".repeat(1000));
    terminal.settle();
    assert_eq!(terminal.shown(), counted);
    let frames = String::from_utf8_lossy(&terminal.seen).matches("\x1b[?2026h").count();
    assert!(frames < 200, "{frames} frames for 1000 keys that came at once");
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn a_terminal_that_takes_nothing_more_holds_nobody_fast() {
    let home = home_with_long_texts(2000);
    let pair = native_pty_system().openpty(size(60, 200)).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_diptych"));
    command.args(["a.txt", "b.txt"]);
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("HOME", home.path());
    command.cwd(home.path());
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut writer = pair.master.take_writer().unwrap();
    let mut seen = vec![0; 1 << 16];
    let mut count = 0;
    while !String::from_utf8_lossy(&seen[..count]).contains("1/2000") {
        count += reader.read(&mut seen[count..]).unwrap();
    }
    // From here on nobody reads, as a stopped window or a hanging connection does. More frames than a terminal holds.
    for _ in 0..60 {
        writer.write_all(b" ").unwrap();
        thread::sleep(Duration::from_millis(15));
    }
    let begin = Instant::now();
    kill_process(Pid::from_raw(child.process_id().unwrap().cast_signed()).unwrap(), Signal::TERM).unwrap();
    while child.try_wait().unwrap().is_none() {
        assert!(begin.elapsed() < SOON, "still running {:?} after it was asked to end", begin.elapsed());
        thread::sleep(Duration::from_millis(20));
    }
    let state = std::fs::read_to_string(home.path().join(".local/state/diptych/state.toml")).unwrap();
    let passage = state.lines().find_map(|l| l.trim().strip_prefix("passage = ")).unwrap().parse::<u32>().unwrap();
    assert!(passage > 400, "all the keys were answered, seen or not: {state}");
}

#[test]
fn sizes_that_follow_each_other_leave_every_screen_whole() {
    let mut terminal = Terminal::start(&[], "xterm-256color");
    terminal.until("Power from Below · ¶1/");
    terminal.keys("12G");
    terminal.until("¶12/");
    let mut dice = crate::dice::Dice(1905);
    for screen in ["", "t", "?", "w", ":", "gs", "c"] {
        terminal.keys(screen);
        for _ in 0..25 {
            terminal.master.resize(size(dice.roll(201) as u16, dice.roll(501) as u16)).unwrap();
            terminal.read(Duration::from_millis(3));
        }
        terminal.keys("\x1b");
        // An escape and what follows it are told apart by the time between them.
        thread::sleep(Duration::from_millis(60));
    }
    terminal.master.resize(size(35, 120)).unwrap();
    terminal.parser = vt100::Parser::new(35, 120, 0);
    terminal.until("The Party as Instrument · ¶12/");
    terminal.settle();
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    terminal.is_restored();
}

#[test]
fn a_place_that_cannot_be_kept_is_told_when_the_reader_has_left() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::at_home(home, &["power-from-below", "the-party-as-instrument"], "xterm-256color");
    terminal.until(" · ¶1/");
    terminal.settle();
    // A file where the folder should be: an obstacle for every user, even the one who may write everywhere.
    std::fs::create_dir_all(terminal.home.path().join(".local")).unwrap();
    std::fs::write(terminal.home.path().join(".local/state"), "").unwrap();
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    let said = String::from_utf8_lossy(&terminal.seen).into_owned();
    let after = said.rsplit("\x1b[?1049l").next().unwrap();
    let lines = said.matches("your place is not kept").count();
    assert!(after.contains("diptych: ") && after.contains("your place is not kept") && lines == 1, "{after:?}");
}

#[test]
fn nothing_is_written_beside_the_screen() {
    let home = tempfile::tempdir().unwrap();
    // Scripts that are written without spaces: where their words end takes a dictionary.
    let letters = "ภาษาไทยเป็นภาษาที่มีระดับเสียงของคำแน่นอน ".repeat(20) + "\n\nພາສາລາວ ភាសាខ្មែរ မြန်မာဘာသာ 日本語の文章\n";
    std::fs::write(home.path().join("thai.txt"), letters).unwrap();
    std::fs::write(
        home.path().join("run.sh"),
        format!("exec {} thai.txt power-from-below 2>said", env!("CARGO_BIN_EXE_diptych")),
    )
    .unwrap();
    let mut terminal = Terminal::of_command(home, "/bin/sh", &["run.sh"], &[("TERM", "xterm-256color")]);
    terminal.until("thai.txt · ¶1/2");
    terminal.settle();
    terminal.keys("G");
    terminal.settle();
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    assert_eq!(std::fs::read_to_string(terminal.home.path().join("said")).unwrap(), "");
}

#[test]
fn a_dumb_terminal_is_refused_politely() {
    let mut terminal = Terminal::start(&[], "dumb");
    assert_ne!(terminal.ends(), 0);
    let said = String::from_utf8_lossy(&terminal.seen).into_owned();
    assert!(said.contains("diptych compare"), "{said}");
    assert!(!said.contains('\x1b'), "{said:?}");
}
