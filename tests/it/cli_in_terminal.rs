//! The command line in a terminal: what is printed through a pager is as wide as the terminal it ends on.

use std::io::Read as _;

use pty_process::blocking::Command;

use crate::terminal::{Terminal, size, spawn};

/// What `command` of a shell prints in a terminal of so many columns.
fn printed(columns: u16, command: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let shell = Command::new("/bin/sh").args(["-c", command]).env_clear().env("PATH", "/usr/bin:/bin");
    let shell = shell.env("DIPTYCH", env!("CARGO_BIN_EXE_diptych")).env("HOME", home.path());
    let (terminal, mut child) = spawn(shell.current_dir(home.path()), size(30, columns));
    let mut bytes = Vec::new();
    // At its end, a terminal says that it is gone.
    while let Ok(1..) = (&*terminal).take(1 << 16).read_to_end(&mut bytes) {}
    child.wait().unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_comparison_is_as_wide_as_the_terminal_it_ends_on() {
    let compare = "compare embedded:power-from-below embedded:against-the-charge";
    for (command, expected) in [
        (format!("$DIPTYCH {compare}"), 90),
        (format!("$DIPTYCH {compare} | cat"), 90),
        (format!("COLUMNS=70 $DIPTYCH {compare} | cat"), 70),
        (format!("COLUMNS=70 $DIPTYCH {compare} --width 80 | cat"), 80),
        // What stays is not as wide as the window happens to be.
        (format!("$DIPTYCH {compare} > kept && cat kept"), 100),
    ] {
        let text = printed(90, &command);
        let longest = text.lines().map(|line| diptych::layout::cells::width(line.trim_end())).max();
        assert_eq!(longest, Some(expected), "{command}");
    }
}

/// The first line of the README, and what a link in another program has.
#[test]
fn the_texts_that_come_with_it_are_opened_by_their_library_and_by_a_url() {
    for (asked, heads) in [
        ("embedded:", ["The Party as Instrument", "Power from Below"]),
        ("diptych://read?left=embedded:power-from-below:12&right=embedded%3Aintroduction", ["¶12/40", "Reading with"]),
    ] {
        let mut terminal = Terminal::start(&[asked], "xterm-256color");
        for head in heads {
            terminal.until(head);
        }
        terminal.keys("q");
        assert_eq!(terminal.ends(), 0);
    }
}
