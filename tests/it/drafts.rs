//! What is being written when the session ends, however it ends: nothing of it is lost, and the next session offers it.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::terminal::{PATIENCE, Terminal};

/// How a session ends that nobody asked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Terminated,
    HungUp,
    Killed,
    /// The window was closed.
    Closed,
    /// A mistake in the program.
    #[cfg(debug_assertions)]
    Failed,
}

const TERM: (&str, &str) = ("TERM", "xterm-256color");

/// A session at ¶12 of a home, with more in its environment.
fn session(home: TempDir, more: &[(&str, &str)]) -> Terminal {
    let environment: Vec<_> = [TERM].into_iter().chain(more.iter().copied()).collect();
    let mut terminal = Terminal::with(home, &[], &environment);
    terminal.until_at("Power from Below", 1);
    terminal.keys("12G");
    terminal.until("¶12/");
    terminal
}

/// Waits until something is so.
pub fn wait(what: &str, mut until: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !until() {
        assert!(begin.elapsed() < PATIENCE, "never: {what}");
        sleep(Duration::from_millis(20));
    }
}

/// The drafts and notes of a home, as paths.
fn markdown_in(home: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![home.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "md") {
                found.push(path);
            }
        }
    }
    found
}

fn is_kept(home: &Path, words: &str) -> bool {
    markdown_in(home).iter().any(|path| fs::read_to_string(path).is_ok_and(|source| source.contains(words)))
}

/// Ends a session; where there is still a terminal, it was given back.
fn end(mut terminal: Terminal, how: End) -> TempDir {
    let code = match how {
        End::Terminated => {
            terminal.signal(Signal::TERM);
            143
        }
        End::HungUp => {
            terminal.signal(Signal::HUP);
            129
        }
        #[cfg(debug_assertions)]
        End::Failed => {
            terminal.keys("~");
            101
        }
        End::Killed => {
            terminal.signal(Signal::KILL);
            terminal.ends();
            return terminal.home;
        }
        End::Closed => {
            // The thread that reads holds the terminal open until it has something to read and nobody to give it to.
            let Terminal { master, mut child, bytes, home, .. } = terminal;
            drop(bytes);
            let _ = (&*master).write_all(b"!");
            sleep(Duration::from_millis(300));
            drop(master);
            wait("the session ends with its terminal", || child.try_wait().unwrap().is_some());
            return home;
        }
    };
    assert_eq!(terminal.ends(), code, "{how:?}");
    terminal.is_restored();
    assert!(terminal.is_cooked(), "{how:?}");
    terminal.home
}

/// The next session offers the words, which become a note; then there is no draft any more.
fn is_offered(home: TempDir, words: &str) {
    let mut terminal = Terminal::at_home(home, &[], TERM.1);
    terminal.until("a note was left unfinished: gn lists it at the top");
    terminal.keys("gn");
    terminal.until("¶12 · not saved");
    terminal.keys("\r");
    terminal.until("Note · ¶12");
    terminal.until(words);
    terminal.keys("\x13");
    terminal.until("saved; what you make");
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    let left = markdown_in(terminal.home.path());
    let drafts: Vec<_> = left.iter().filter(|path| path.parent().unwrap().ends_with("drafts")).collect();
    assert_eq!((left.len(), drafts.len()), (1, 0), "{left:?}");
    assert!(fs::read_to_string(&left[0]).unwrap().contains(words));
}

fn in_place(how: End) {
    let words = "half a thought";
    let mut terminal = session(tempfile::tempdir().unwrap(), &[("DIPTYCH_TEST_FAILURE", "session at ~")]);
    terminal.keys("a");
    terminal.until("Note · ¶12");
    terminal.keys(words);
    terminal.until(words);
    if how == End::Killed {
        // Nothing can be done at the end, so it has to be done before: soon after the last letter.
        wait("the draft is kept aside", || is_kept(terminal.home.path(), words));
    }
    is_offered(end(terminal, how), words);
}

#[test]
fn a_note_in_place_survives_a_request_to_end() {
    in_place(End::Terminated);
}

#[test]
fn a_note_in_place_survives_a_hang_up_and_a_closed_window() {
    in_place(End::HungUp);
    in_place(End::Closed);
}

#[test]
fn a_note_in_place_survives_a_kill() {
    in_place(End::Killed);
}

#[test]
#[cfg(debug_assertions)]
fn a_note_in_place_survives_a_mistake_of_the_program() {
    in_place(End::Failed);
}

#[test]
fn a_line_that_is_jotted_down_survives_a_kill() {
    let mut terminal = session(tempfile::tempdir().unwrap(), &[]);
    terminal.keys("i");
    terminal.until("¶12 ✎");
    terminal.keys("check the date");
    wait("the line is kept aside", || is_kept(terminal.home.path(), "check the date"));
    is_offered(end(terminal, End::Killed), "check the date");
}

/// A home with an editor that says it runs, and then does as `then` says. What it has at the beginning is written.
fn home_with_editor(then: &str) -> (TempDir, String) {
    let home = tempfile::tempdir().unwrap();
    let script = home.path().join("editor.sh");
    let source = format!(
        "cat \"$1\" > \"$HOME/given\"\nprintf 'From the editor\\n' > \"$1\"\necho $$ > \"$HOME/pid.new\"\nmv \"$HOME/pid.new\" \"$HOME/pid\"\n{then}\n"
    );
    fs::write(&script, source).unwrap();
    let editor = format!("sh {}", script.display());
    (home, editor)
}

/// Waits until the editor runs; answers with its process.
fn editor_runs(home: &Path) -> Pid {
    wait("the editor runs", || home.join("pid").exists());
    let pid = fs::read_to_string(home.join("pid")).unwrap();
    Pid::from_raw(pid.trim().parse().unwrap()).unwrap()
}

fn outside(how: End) {
    // What it prints tells the closed window from an open one.
    let (home, editor) = home_with_editor("while sleep 0.1; do printf .; done");
    let mut terminal = session(home, &[("EDITOR", &editor)]);
    terminal.keys("E");
    let pid = editor_runs(terminal.home.path());
    let home = end(terminal, how);
    if how == End::Killed {
        // The system may have hung up already: the terminal was that of the session.
        let _ = kill_process(pid, Signal::KILL);
    }
    is_offered(home, "From the editor");
}

#[test]
fn what_an_editor_has_written_survives_a_request_to_end_and_a_kill() {
    outside(End::Terminated);
    outside(End::Killed);
}

#[test]
fn what_an_editor_has_written_survives_a_hang_up_and_a_closed_window() {
    outside(End::HungUp);
    outside(End::Closed);
}

#[test]
fn an_editor_that_goes_on_after_the_session_is_read_by_the_next() {
    let then = "trap '' HUP TERM\nwhile [ ! -e \"$HOME/go\" ]; do sleep 0.05; done\nprintf 'Later words\\n' > \"$1\"\ntouch \"$HOME/done\"";
    let (home, editor) = home_with_editor(then);
    let mut terminal = session(home, &[("VISUAL", &editor), ("EDITOR", "false")]);
    terminal.keys("E");
    editor_runs(terminal.home.path());
    let home = end(terminal, End::Terminated);
    fs::write(home.path().join("go"), "").unwrap();
    wait("the editor ends", || home.path().join("done").exists());
    is_offered(home, "Later words");
}

#[test]
fn an_editor_that_fails_loses_nothing_and_one_that_works_saves() {
    let (home, editor) = home_with_editor("exit 3");
    let mut terminal = session(home, &[("EDITOR", &editor)]);
    terminal.keys("a");
    terminal.until("Note · ¶12");
    terminal.keys("Begun here\x0f");
    terminal.until("failed; what it wrote is here");
    terminal.until("From the editor");
    assert_eq!(fs::read_to_string(terminal.home.path().join("given")).unwrap(), "Begun here\n");
    terminal.keys("\x13");
    terminal.until("saved; what you make");
    fs::write(terminal.home.path().join("editor.sh"), "cat >> \"$1\" <<END\nand more\nEND\n").unwrap();
    terminal.keys("e");
    terminal.until("Change the note · ¶12");
    terminal.keys("\x0f");
    terminal.until("saved: ");
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
    terminal.is_restored();
    let left = markdown_in(terminal.home.path());
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(fs::read_to_string(&left[0]).unwrap().ends_with("\n\nFrom the editor\nand more\n"));
}
