//! Terminals that hang, flood, change size without end, and homes that keep nothing.

use std::io::{Read as _, Write as _};
use std::thread;
use std::time::{Duration, Instant};

use pty_process::blocking::Command;
use rustix::process::{Pid, Signal, kill_process};

use crate::terminal::{SOON, Terminal, home_with_long_texts, screen_of, size, spawn};

#[test]
fn keys_held_down_are_answered_by_few_frames_and_arrive_where_they_should() {
    let mut terminal = Terminal::at_home(home_with_long_texts(2000), &["a.txt", "b.txt"], "xterm-256color");
    terminal.until_at("a.txt", 1);
    // Each pane by itself: whether the two are one work is found out meanwhile, and would move the other one.
    for _ in 0..5 {
        terminal.keys("s");
        terminal.settle();
        if terminal.shown().join("").contains("each pane moves by itself") {
            break;
        }
    }
    terminal.until_so("what is in the texts", |t| !t.shown().join("").contains("looking"));
    terminal.keys("1000j");
    terminal.settle();
    let counted = terminal.shown();
    terminal.keys("gg");
    terminal.settle();
    terminal.seen.clear();
    terminal.keys(&"j".repeat(1000));
    terminal.settle();
    // What is told in the last row comes when it is known.
    let texts = |shown: &[String]| shown.split_last().map(|(_, texts)| texts.to_vec());
    terminal.until_so("the same place", |t| texts(&t.shown()) == texts(&counted));
    let frames = String::from_utf8_lossy(&terminal.seen).matches("\x1b[?2026h").count();
    assert!(frames < 200, "{frames} frames for 1000 keys that came at once");
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn a_terminal_that_takes_nothing_more_holds_nobody_fast() {
    let home = home_with_long_texts(2000);
    let command = Command::new(env!("CARGO_BIN_EXE_diptych")).args(["a.txt", "b.txt"]).env_clear();
    let command = command.env("TERM", "xterm-256color").env("HOME", home.path()).current_dir(home.path());
    let (terminal, mut child) = spawn(command, size(60, 200));
    let mut seen = vec![0; 1 << 16];
    let mut count = 0;
    while !String::from_utf8_lossy(&seen[..count]).contains("1/2000") {
        count += (&*terminal).read(&mut seen[count..]).unwrap();
    }
    // From here on nobody reads, as a stopped window or a hanging connection does. More frames than a terminal holds.
    for _ in 0..60 {
        (&*terminal).write_all(b" ").unwrap();
        thread::sleep(Duration::from_millis(15));
    }
    let begin = Instant::now();
    kill_process(Pid::from_child(&child), Signal::TERM).unwrap();
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
    terminal.until_at("Power from Below", 1);
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
    terminal.parser = screen_of(35, 120);
    terminal.until_at("The Party as Instrument", 12);
    terminal.settle();
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    terminal.is_restored();
}

#[test]
fn a_place_that_cannot_be_kept_is_told_when_the_reader_has_left() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = Terminal::at_home(home, &["power-from-below", "the-party-as-instrument"], "xterm-256color");
    terminal.until_at("", 1);
    terminal.settle();
    // The place is kept as it changes: once this one is, nothing more is written before the reader moves again.
    terminal.keys("j");
    let state = terminal.home.path().join(".local/state");
    let kept = state.join("diptych/state.toml");
    let begin = Instant::now();
    while !std::fs::read_to_string(&kept).is_ok_and(|place| place.contains("power-from-below")) {
        assert!(begin.elapsed() < Duration::from_mins(1), "the place is not kept");
        terminal.settle();
    }
    // A file where the folder should be: an obstacle for every user, even the one who may write everywhere.
    std::fs::rename(&state, terminal.home.path().join("moved")).unwrap();
    std::fs::write(&state, "").unwrap();
    // In one go, so that the place is still to be kept when the reader leaves.
    terminal.keys("jq");
    assert_eq!(terminal.ends(), 0);
    let said = String::from_utf8_lossy(&terminal.seen).into_owned();
    let after = said.rsplit("\x1b[?1049l").next().unwrap();
    let lines = after.matches("your place is not kept").count();
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
    terminal.until_at("thai.txt", 1);
    terminal.settle();
    terminal.keys("G");
    terminal.settle();
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    assert_eq!(std::fs::read_to_string(terminal.home.path().join("said")).unwrap(), "");
}
