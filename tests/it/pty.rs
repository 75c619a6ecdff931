//! The real program in a pseudo-terminal: it starts, draws, obeys keys and signals, and gives the terminal back.

use std::io::Write as _;
use std::num::NonZero;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::terminal::{PATIENCE, SOON, Terminal, home_with_long_texts, size};

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
    terminal.parser.screen_mut().set_size(NonZero::new(24).unwrap(), NonZero::new(80).unwrap());
    terminal.until("Kronstadt");
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    terminal.is_restored();
}

#[test]
fn resumes_where_the_reader_left() {
    let mut terminal = Terminal::start(&[], "xterm-256color");
    terminal.until_at("Power from Below", 1);
    terminal.keys("12Gl7Gq");
    assert_eq!(terminal.ends(), 0);
    let mut again = Terminal::at_home(terminal.home, &[], "xterm-256color");
    again.until_at("The Party as Instrument", 12);
    again.until_at("Power from Below", 7);
    again.keys("q");
    assert_eq!(again.ends(), 0);
}

#[test]
fn a_signal_ends_the_session_with_the_terminal_restored_and_the_place_kept() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let mut terminal = Terminal::start(&[], "xterm-256color");
        terminal.until_at("Power from Below", 1);
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
    terminal.until_at("Power from Below", 1);
    terminal.keys("12G");
    terminal.until("¶12/");
    terminal.until_so("what is in the texts", |t| !t.shown().join("").contains("looking through"));
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
        terminal.until_so("what was there", |t| t.shown() == before);
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
    terminal.until_at("Power from Below", 1);
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
    terminal.until_at("Power from Below", 1);
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
        terminal.until_at("Power from Below", 1);
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
    terminal.until_at("Power from Below", 1);
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
    terminal.until_times("¶1/8999", 2);
    terminal.keys("8000Gl7000G");
    terminal.until("¶7000/");
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    let mut again = Terminal::at_home(terminal.home, &texts, "xterm-256color");
    again.until_at("a.txt", 8000);
    again.until_at("b.txt", 7000);
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
    terminal.until_at("Power from Below", 1);
    terminal.keys("12G");
    terminal.until("¶12/");
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    terminal.is_restored();
}

#[test]
fn a_terminal_that_is_gone_ends_the_session() {
    let mut terminal = Terminal::start(&[], "xterm-256color");
    terminal.until("Power from Below");
    // The thread that reads holds the terminal open until it has something to read and nobody to give it to.
    let Terminal { master, mut child, bytes, .. } = terminal;
    drop(bytes);
    (&*master).write_all(b"j").unwrap();
    thread::sleep(Duration::from_millis(300));
    drop(master);
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
