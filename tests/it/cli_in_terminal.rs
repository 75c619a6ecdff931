//! The command line in a terminal: what is printed through a pager is as wide as the terminal it ends on.

use std::io::Read as _;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// What `command` of a shell prints in a terminal of so many columns.
fn printed(columns: u16, command: &str) -> String {
    let size = PtySize { rows: 30, cols: columns, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let home = tempfile::tempdir().unwrap();
    let mut shell = CommandBuilder::new("/bin/sh");
    shell.args(["-c", command]);
    shell.env_clear();
    shell.env("PATH", "/usr/bin:/bin");
    shell.env("DIPTYCH", env!("CARGO_BIN_EXE_diptych"));
    shell.env("HOME", home.path());
    shell.cwd(home.path());
    let mut child = pair.slave.spawn_command(shell).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut bytes = Vec::new();
    // At its end, a terminal says that it is gone.
    while let Ok(1..) = reader.by_ref().take(1 << 16).read_to_end(&mut bytes) {}
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
