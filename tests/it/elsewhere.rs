//! Notes that another program writes while the reader runs: they are seen at once, and never written over.

use std::fs;
use std::path::{Path, PathBuf};

use crate::terminal::Terminal;

/// Writes a file as editors do: a new one takes its place.
fn edit(path: &Path, change: impl Fn(&str) -> String) {
    let temp = path.with_extension("tmp");
    fs::write(&temp, change(&fs::read_to_string(path).unwrap())).unwrap();
    fs::rename(temp, path).unwrap();
}

fn notes(folder: &Path) -> Vec<PathBuf> {
    let mut notes: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    notes.retain(|path| path.extension().is_some_and(|e| e == "md"));
    notes.sort();
    notes
}

#[test]
fn what_another_program_writes_is_seen_and_both_versions_are_kept() {
    let mut terminal = Terminal::start(&[], "xterm-256color");
    terminal.until_at("Power from Below", 1);
    // The folder of notes is made by the first of them.
    terminal.keys("iMine\r");
    terminal.until("saved; what you make");
    let folder = terminal.home.path().join(".local/share/diptych/libraries/embedded/notes");
    let mine = notes(&folder).remove(0);
    terminal.keys("gn");
    terminal.until("▸ Mine");
    edit(&mine, |source| source.replace("Mine", "Theirs #elsewhere"));
    terminal.until("▸ Theirs #elsewhere");
    fs::write(folder.join("by-hand.md"), "Written by hand, about nothing\n").unwrap();
    terminal.until("Written by hand, about nothing");
    fs::remove_file(folder.join("by-hand.md")).unwrap();
    terminal.keys("theirs");
    terminal.until("1 · Enter go there");
    // Changed here and there at once: neither is lost.
    terminal.keys("\x05");
    terminal.until("Change the note · ¶1");
    terminal.keys(", said I");
    terminal.until("#elsewhere, said I");
    edit(&mine, |source| source.replace("#elsewhere", "and once more"));
    terminal.keys("\x13");
    terminal.until("was changed by another program meanwhile; both are kept, yours as");
    let bodies: Vec<String> = notes(&folder).iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    assert_eq!(bodies.len(), 2);
    assert!(bodies.iter().any(|b| b.ends_with("\n\nTheirs and once more\n")), "{bodies:?}");
    assert!(bodies.iter().any(|b| b.ends_with("\n\nTheirs #elsewhere, said I\n")), "{bodies:?}");
    terminal.keys("gn");
    terminal.until("Theirs and once more");
    terminal.until("Theirs #elsewhere, said I");
    terminal.keys("\x03q");
    assert_eq!(terminal.ends(), 0);
}
