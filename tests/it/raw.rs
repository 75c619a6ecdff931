//! Nothing of a text, a name, a topic or a setting reaches a terminal raw, whichever way it goes.
//!
//! The files here are full of escape sequences, C1 controls, bidirectional controls and tag characters, written as they
//! are and by every way of writing them that a format has. They are sent through every subcommand, and through the
//! reader in a pseudo-terminal.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::play::Play;
use crate::terminal::Terminal;

/// What must come through nowhere: it would set the window's title, ring, colour, clear, reorder, hide.
const RAW: &str = "\u{1b}]0;PWN\u{7}\u{1b}[31;45mRED\u{9b}2J\u{9d}0;PWN\u{9c}\u{202e}nimda\u{2066}x\u{2069}\u{200f}\u{e0041}\u{e007f}\u{7f}\u{8}\u{85}\u{2028}\u{feff}";

/// The same in the escapes of YAML, TOML and JSON strings.
const ESCAPED: &str = "\\u001b]0;PWN\\u0007\\u001b[31;45mRED\\u009b2J\\u202enimda\\u2066x\\u200f\\u007f\\u0008";

/// The same as characters of HTML and XML are written by number.
const NUMBERED: &str =
    "&#27;]0;PWN&#7;&#x1b;[31;45mRED&#x9b;2J&#155;2J&#x202e;nimda&#x2066;x&#x200f;&#xe0041;&#127;&#8;";

fn is_raw(c: char) -> bool {
    let reorders = matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() && !matches!(c, '\n' | '\t') || reorders || matches!(c, '\u{e0000}'..='\u{e007f}' | '\u{feff}')
}

fn check(what: &str, said: &[u8]) {
    let said = String::from_utf8(said.to_vec()).unwrap_or_else(|_| panic!("{what}: no UTF-8"));
    assert!(!said.contains(is_raw), "{what}: {said:?}");
}

fn check_json(what: &str, value: &Value) {
    match value {
        Value::String(s) => assert!(!s.contains(is_raw), "{what}: {s:?}"),
        Value::Array(all) => all.iter().for_each(|v| check_json(what, v)),
        Value::Object(all) => all.values().for_each(|v| check_json(what, v)),
        _ => {}
    }
}

/// A folder of hostile texts, and their names.
fn hostile() -> (tempfile::TempDir, Vec<String>) {
    let dir = tempfile::tempdir().unwrap();
    let front = format!(
        "---\ntitle: \"T {ESCAPED}\"\nauthor: \"A {ESCAPED}\"\ndate: \"{ESCAPED}\"\nsource: \"{ESCAPED}\"\n---\n"
    );
    let body = |s: &str| {
        format!(
            "# Head {s}\n\nThe oven {s} must be hot, says “the {s} baker”.[^{s}]\n\n> Quoted {s} words of the baker.\n\n\
             - item {s}\n\n[^{s}]: A note {s}.\n\n| a {s} | b |\n|---|---|\n| c | {s} |\n\n```\ncode {s}\n```\n\n[link {s}](http://x/{s})\n\n"
        )
    };
    let page = format!(
        "<!doctype html><html><head><title>T {NUMBERED}</title><meta name=author content=\"A {NUMBERED}\"></head><body><article>\
         <h1>Head {NUMBERED}</h1>{}</article></body></html>",
        format!("<p>The oven {NUMBERED} must be hot, and {RAW} is what the baker says about the bread of the day.</p>")
            .repeat(8)
    );
    let name = "evil\u{1b}]0;PWN\u{7}\u{9b}2J\u{202e}";
    let files = [
        ("a.md".to_owned(), format!("{front}{}{}", body(RAW), body(NUMBERED))),
        ("b.txt".to_owned(), format!("Title: T {RAW}\nAuthor: A {RAW}\n\n{}", body(RAW))),
        (format!("{name}.md"), format!("{front}{}", body(RAW))),
        (format!("{name}.html"), page),
        ("broken.pdf".to_owned(), format!("%PDF-1.7\n{RAW}")),
        ("broken.epub".to_owned(), format!("PK\u{3}\u{4}{RAW}")),
        ("broken.docx".to_owned(), format!("PK\u{3}\u{4}word/document.xml{RAW}")),
    ];
    for (name, words) in &files {
        fs::write(dir.path().join(name), words).unwrap();
    }
    let topics = format!(
        "[[topic]]\nid = \"ovens\"\nname = \"N {ESCAPED}\"\nabout = \"{ESCAPED}\"\nterms = [\"oven\", \"{ESCAPED}\"]\n\n\
         [[topic]]\nid = \"{ESCAPED}\"\nname = 3\nterms = [\"baker\"]\n"
    );
    fs::write(dir.path().join("topics.toml"), topics).unwrap();
    let config = dir.path().join("home/.config/diptych");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("keymap.toml"), format!("[reading]\n\"{ESCAPED}\" = \"quit\"\n\"q\" = \"{ESCAPED}\"\n"))
        .unwrap();
    fs::write(config.join("config.toml"), format!("theme = \"{ESCAPED}\"\n\"{ESCAPED}\" = 1\n")).unwrap();
    (dir, files.into_iter().map(|(name, _)| name).collect())
}

fn run(folder: &Path, args: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_diptych"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder.join("home"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let what = args.join(" ").escape_debug().to_string();
    assert!(matches!(output.status.code(), Some(0..=2)), "{what}: {:?}", output.status);
    check(&what, &output.stdout);
    check(&what, &output.stderr);
    for line in output.stdout.split(|b| *b == b'\n') {
        if let Ok(value) = serde_json::from_slice(line) {
            check_json(&what, &value);
        }
    }
    if let Ok(value) = serde_json::from_slice(&output.stdout) {
        check_json(&what, &value);
    }
}

#[test]
fn no_subcommand_prints_anything_raw() {
    let (dir, names) = hostile();
    for name in &names {
        run(dir.path(), &["passages", name]);
        run(dir.path(), &["passages", name, "--format", "jsonl"]);
        run(dir.path(), &["topics", name, "--format", "json"]);
        run(dir.path(), &["import", name, "-o", "-"]);
        run(dir.path(), &["import", name, "-o", "out"]);
    }
    for other in &names[1..4] {
        let (a, b) = (names[0].as_str(), other.as_str());
        for args in [
            &["compare", a, b][..],
            &["compare", a, b, "--format", "json"],
            &["topics", a, b],
            &["topics", "suggest", a, b],
            &["topics", "suggest", a, b, "--format", "json"],
            &["links", a, b, "--all"],
            &["links", a, b, "--all", "--format", "jsonl"],
            &["links", a, b, "--quotations"],
        ] {
            run(dir.path(), args);
        }
    }
    for args in [
        &["check", ".", "--verbose"][..],
        &["keys"],
        &["passages", &format!("none{RAW}")],
        &["compare", "a.md", "b.txt", "--topic", RAW],
        &["import", "a.md", "--pages", RAW],
        &["import", "a.md", "b.txt", "-o", &format!("out{RAW}")],
        &[RAW],
        &["passages", "--width", RAW],
    ] {
        run(dir.path(), args);
    }
    for entry in fs::read_dir(dir.path().join("out")).unwrap() {
        let path = entry.unwrap().path();
        check("the name of an import", path.file_name().unwrap().as_encoded_bytes());
        check("an import", &fs::read(&path).unwrap());
    }
}

/// What the session writes of its own, taken out: the sequences that place and colour, and those that it asks with.
fn words_of(seen: &[u8]) -> String {
    let said = String::from_utf8(seen.to_vec()).unwrap();
    let own = regex::Regex::new(
        r"\x1b\[[?>=]?[0-9;:]*[A-Za-z]|\x1b\]11;\?\x1b\\|\x1b\]52;c;[A-Za-z0-9+/=]*(\x07|\x1b\\)|\x1b[78=>]|\r",
    )
    .unwrap();
    // A sequence of the texts would be taken for one of the session: so their own marks are looked for first.
    for forged in ["\x1b]0;", "\x1b[31;45m", "\u{9b}", "\u{9d}"] {
        assert!(!said.contains(forged), "{forged:?}");
    }
    own.replace_all(&said, "").into_owned()
}

#[test]
fn the_reader_writes_nothing_raw() {
    let (dir, names) = hostile();
    let at = |name: &String| dir.path().join(name).to_str().unwrap().to_owned();
    let pairs = [(at(&names[0]), at(&names[1])), (at(&names[2]), at(&names[3]))];
    for (left, right) in &pairs {
        let mut terminal = Terminal::with(tempfile::tempdir().unwrap(), &[left, right], &[("TERM", "xterm-256color")]);
        terminal.until("oven");
        for keys in
            ["t", "\x1b", "o", "\x1b", "?", "\x1b", "w", "\x1b", "c", "\x1b", "f", "\x1b", "yy", "/RED\r", "n", "\x1b"]
        {
            terminal.keys(keys);
            terminal.settle_for(std::time::Duration::from_millis(120));
        }
        terminal.keys("q");
        terminal.ends();
        let words = words_of(&terminal.seen);
        let raw = words.char_indices().find(|(_, c)| is_raw(*c));
        assert!(raw.is_none(), "{:?}", raw.map(|(at, _)| words[at..].chars().take(20).collect::<String>()));
    }
}

#[test]
fn nothing_raw_is_copied() {
    let (dir, names) = hostile();
    let at = |name: &String| dir.path().join(name).to_str().unwrap().to_owned();
    let mut play = Play::new(120, 35, &at(&names[0]), &at(&names[1]));
    for _ in 0..8 {
        play.keys("y y y p J V y");
    }
    assert!(play.copied.len() > 8);
    for copied in &play.copied {
        check("the clipboard", copied.as_bytes());
    }
}
