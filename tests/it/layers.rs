//! The layers of `src/` import one way: each only from those above it in the list of `src/lib.rs`.

use std::fs;
use std::path::{Path, PathBuf};

const LAYERS: &[&str] = &[
    "text", "word", "meaning", "anchor", "import", "topic", "link", "note", "tour", "layout", "align", "study",
    "model", "wire", "export", "library", "app", "view", "terminal", "cli",
];

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The layers that a file's `crate::layer` paths name, wherever they stand.
fn named_layers(source: &str) -> Vec<&str> {
    source
        .match_indices("crate::")
        .map(|(at, m)| &source[at + m.len()..])
        .filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next())
        .filter(|name| LAYERS.contains(name))
        .collect()
}

#[test]
fn every_layer_imports_only_from_those_above_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (rank, layer) in LAYERS.iter().enumerate() {
        let dir = src.join(layer);
        let mut files = Vec::new();
        if dir.is_dir() {
            sources(&dir, &mut files);
        }
        for file in files {
            let source = fs::read_to_string(&file).unwrap();
            seen += 1;
            for name in named_layers(&source) {
                let at = LAYERS.iter().position(|l| *l == name).unwrap();
                if at > rank {
                    wrong.push(format!("{} names crate::{name}, which is below {layer}", file.display()));
                }
            }
            if source.contains("use super::super")
                || source
                    .lines()
                    .any(|l| l.starts_with("use ") && l.ends_with("::*;") && !l.contains("proptest::prelude"))
            {
                wrong.push(format!("{} climbs out of its folder or imports a glob", file.display()));
            }
        }
    }
    assert!(seen > LAYERS.len(), "found the sources");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the session is, only these files of the shell know: they start it, and print its keys.
const KNOW_THE_SESSION: &[&str] = &["read.rs", "read_tests.rs", "keys.rs"];

#[test]
fn the_disk_knows_no_session_and_the_shell_only_where_it_reads() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (layer, may) in [("library", &[][..]), ("cli", KNOW_THE_SESSION)] {
        let mut files = Vec::new();
        sources(&src.join(layer), &mut files);
        assert!(!files.is_empty(), "{layer} has files");
        for file in files.iter().filter(|file| !may.iter().any(|name| file.ends_with(name))) {
            let source = fs::read_to_string(file).unwrap();
            assert!(!named_layers(&source).contains(&"app"), "{} names crate::app", file.display());
        }
    }
}

#[test]
fn only_what_workers_do_for_the_session_knows_the_disk() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for layer in ["app", "view"] {
        let mut files = Vec::new();
        sources(&src.join(layer), &mut files);
        let work = src.join("app/work");
        for file in files.iter().filter(|file| !file.starts_with(&work)) {
            let source = fs::read_to_string(file).unwrap();
            assert!(!named_layers(&source).contains(&"library"), "{} names crate::library", file.display());
        }
    }
}

#[test]
fn of_the_wire_the_session_knows_only_what_is_said() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut said = 0;
    for layer in ["app", "view"] {
        let mut files = Vec::new();
        sources(&src.join(layer), &mut files);
        for file in files {
            let source = fs::read_to_string(&file).unwrap();
            for rest in source.split("crate::wire::").skip(1) {
                said += 1;
                assert!(rest.starts_with("message"), "{} knows how it is said", file.display());
            }
        }
    }
    assert!(said > 0);
}

/// The rooms of `src/import/` in which lines become a text, each importing only from those above it; after them the
/// formats that are read as lines.
const ROOMS: &[&str] = &["lines", "repair", "compose", "plain", "pdf"];

#[test]
fn the_rooms_of_lines_import_one_way() {
    let import = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/import");
    let mut wrong = Vec::new();
    for (rank, room) in ROOMS.iter().enumerate() {
        let mut files = Vec::new();
        sources(&import.join(room), &mut files);
        assert!(!files.is_empty(), "found {room}");
        for file in files {
            let source = fs::read_to_string(&file).unwrap();
            let code =
                source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            for below in &ROOMS[rank + 1..] {
                let climbs = file.ends_with("mod.rs") && code.contains(&format!("super::{below}::"));
                if climbs || code.contains(&format!("import::{below}")) {
                    wrong.push(format!("{} names {below}, which is below {room}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_source_file_says_what_it_is_for_and_stays_small() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        assert!(source.starts_with("//!"), "{} does not open with //!", file.display());
        let lines = source.lines().count();
        assert!(lines <= 500, "{} has {lines} lines: split it by idea", file.display());
    }
}
