//! What a text refers to is followed: addresses by the reader's browser, once they were shown; texts across.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use diptych::link::Side;

use crate::play::Play;
use crate::terminal::Terminal;

const LEFT: &str = "---
title: The Ledger
sources:
  - \"The clerk's own copy, 1881\"
  - \"The town's copy, https://town.example/copies?no=1\"
---

Bread is weighed, as [the scale](scale.md#how-it-weighs) shows.

Salt: https://salt.example/a_(b), and [[scale]].

Oil is nowhere.[^1]

Write to [the clerk](mailto:clerk@town.example), or see [the loft](../loft.md).

Nothing here leads away.

[^1]: So <https://oil.example/x> has it.
";

const SCALE: &str = "# What it is\n\nA beam and two pans.\n\n# How it weighs\n\nBy the beam alone, twice a day.\n";

fn ledger() -> (tempfile::TempDir, Play) {
    let dir = tempfile::tempdir().unwrap();
    let at = fs::canonicalize(dir.path()).unwrap().join("own");
    fs::create_dir(&at).unwrap();
    for (name, words) in [
        ("topics.toml", ""),
        ("ledger.md", LEFT),
        ("scale.md", SCALE),
        ("other.md", "Nobody weighed it.\n"),
        ("../loft.md", "Under the roof.\n"),
    ] {
        fs::write(at.join(name), words).unwrap();
    }
    let path = |name: &str| at.join(name).to_str().unwrap().to_owned();
    (dir, Play::new(120, 35, &path("ledger.md"), &path("other.md")))
}

/// The address that a browser was asked to open since.
fn browsed(play: &mut Play) -> Option<String> {
    play.browsed.pop()
}

#[test]
fn a_link_to_a_text_opens_it_across_at_its_heading() {
    let (_dir, mut play) = ledger();
    play.keys("g f");
    assert_eq!(play.pane(Side::Right).open().unwrap().name.as_str(), "What it is");
    assert_eq!((play.passage(Side::Left), play.passage(Side::Right)), (1, 2));
    play.shows("By the beam alone");
    play.keys("H");
    assert_eq!(play.pane(Side::Right).open().unwrap().name.as_str(), "other.md");
}

#[test]
fn an_address_is_shown_whole_before_a_browser_gets_it() {
    let (_dir, mut play) = ledger();
    // Two on one line: a choice.
    play.keys("2 G g f").shows("Links and addresses here").shows("https://salt.example/a_(b)").shows("scale");
    play.keys("enter").shows("Open this address?").shows("https://salt.example/a_(b)").shows("salt.example");
    assert_eq!(browsed(&mut play), None);
    play.keys("esc").hides("Open this address?");
    assert_eq!(browsed(&mut play), None);
    play.keys("g f enter enter").hides("Open this address?");
    assert_eq!(browsed(&mut play).as_deref(), Some("https://salt.example/a_(b)"));
    // One in the note that the passage cites, and on the page of that note.
    play.keys("3 G g f").shows("https://oil.example/x");
    play.keys("esc");
    play.keys("f o").shows("Open this address?").shows("oil.example");
}

#[test]
fn what_is_no_page_of_the_web_and_no_text_of_the_library_is_refused_or_asked_about() {
    let (_dir, mut play) = ledger();
    play.keys("4 G g f enter").shows("only http and https addresses are opened");
    play.keys("g f down enter").shows("is outside the library: open it? y/n");
    play.keys("\"n\" enter").shows("stays closed");
    assert_eq!(play.pane(Side::Right).open().unwrap().name.as_str(), "other.md");
    play.keys("g f down enter \"y\" enter");
    assert_eq!(play.pane(Side::Right).open().unwrap().name.as_str(), "loft.md");
    play.keys("5 G g f").shows("has a link, an address, or a note with one");
}

#[test]
fn the_sources_of_a_text_are_read_and_opened() {
    let (_dir, mut play) = ledger();
    play.keys("g o").shows("Sources").shows("The clerk's own copy, 1881").shows("no address").shows("town.example");
    play.keys("enter").shows("this source names no address");
    play.keys("g o down enter enter");
    assert_eq!(browsed(&mut play).as_deref(), Some("https://town.example/copies?no=1"));
    play.keys("tab g o").shows("other.md names no sources");
}

#[test]
fn a_range_of_passages_is_opened_as_a_selection() {
    let (dir, _) = ledger();
    let path = fs::canonicalize(dir.path()).unwrap().join("own/ledger.md").to_str().unwrap().to_owned();
    for written in ["2-4", "2–4", "4-2"] {
        let play = Play::new(120, 35, &format!("{path}:{written}"), "");
        let selection = play.app.halves.selection().unwrap_or_else(|| panic!("{written}"));
        let text = play.pane(Side::Left).text().unwrap();
        let words = &text.string()[selection.range.clone()];
        assert!(words.starts_with("Salt") && words.trim_end().ends_with("the loft."), "{written}: {words}");
        assert_eq!(play.passage(Side::Left), 2, "{written}");
    }
    let play = Play::new(120, 35, &format!("{path}:2-2"), "");
    assert!(play.app.halves.selection().is_none());
    let play = Play::new(120, 35, &format!("{path}:4-400"), "");
    assert!(play.app.halves.selection().is_some(), "to the end");
}

/// The real program on one text, in a terminal of this kind.
fn on_text(words: &str, environment: &[(&str, &str)]) -> Terminal {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("a.md"), words).unwrap();
    Terminal::with(home, &["a.md"], environment)
}

#[test]
fn a_browser_gets_the_address_as_an_argument_of_its_own() {
    let home = tempfile::tempdir().unwrap();
    let at = fs::canonicalize(home.path()).unwrap();
    fs::write(at.join("a.md"), "See <https://a.example/?q=$(touch${IFS}pwned);x'>.\n").unwrap();
    fs::write(at.join("browser"), "#!/bin/sh\nprintf '%s\\n' \"$#\" \"$@\" > \"$HOME/got\"\n").unwrap();
    fs::set_permissions(at.join("browser"), fs::Permissions::from_mode(0o755)).unwrap();
    let browser = format!("{} --new", at.join("browser").to_str().unwrap());
    let environment = [("TERM", "xterm-256color"), ("BROWSER", browser.as_str()), ("PATH", "/usr/bin:/bin")];
    let mut terminal = Terminal::with(home, &["a.md"], &environment);
    terminal.until("See");
    terminal.keys("gf");
    terminal.until("Open this address?");
    assert!(!at.join("got").exists());
    terminal.keys("\r");
    terminal.until("handed to");
    let got = fs::read_to_string(at.join("got")).unwrap();
    let lines: Vec<&str> = got.lines().collect();
    assert_eq!((lines[0], lines[1]), ("2", "--new"), "{got}");
    assert!(lines[2].starts_with("https://a.example/?q=$(touch$") && lines[2].ends_with(";x'"), "{got}");
    assert!(!at.join("pwned").exists());
    terminal.keys("q");
    assert_eq!(terminal.ends(), 0);
}

#[test]
fn letters_say_where_they_lead_to_terminals_that_take_it_and_to_no_others() {
    let words = "See [the page](https://a.example/x), and then the [other](b.md) one.\n";
    let mut terminal = on_text(words, &[("TERM", "xterm-256color")]);
    terminal.until_sent(";https://a.example/x\x1b\\");
    terminal.until("See the page, and then the other one.");
    let sent = String::from_utf8_lossy(&terminal.seen).into_owned();
    assert_eq!(sent.matches("\x1b]8;id=").count(), sent.matches("\x1b]8;;\x1b\\").count());
    assert!(!sent.contains("b.md\x1b\\"), "a text of the library is no page of the web");
    let mut console = on_text(words, &[("TERM", "linux")]);
    console.until("See the page, and then the other one.");
    console.settle();
    assert!(!String::from_utf8_lossy(&console.seen).contains("\x1b]8;"));
}

#[test]
fn a_terminal_that_says_so_is_shown_large_letters_and_no_other_is() {
    let words = "One sentence for the room, and no more than that.\n";
    for answer in ["\x1b[2;3R", "\x1b[2;1R"] {
        let mut terminal = on_text(words, &[("TERM", "xterm-kitty")]);
        terminal.keys("\x1b[?0u");
        terminal.until("One sentence");
        terminal.keys("gp ");
        terminal.until_sent("\x1b[6n");
        terminal.keys(answer);
        if answer.ends_with("3R") {
            terminal.until_sent("\x1b]66;s=3;");
        } else {
            terminal.until("One sentence");
            terminal.settle();
            let sent = String::from_utf8_lossy(&terminal.seen).into_owned();
            assert_eq!(sent.matches("\x1b]66;").count(), 1, "the question alone");
        }
        terminal.keys("q");
        terminal.until("One sentence");
        terminal.keys("q");
        assert_eq!(terminal.ends(), 0);
    }
}
