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
pub const RAW: &str = "\u{1b}]0;PWN\u{7}\u{1b}[31;45mRED\u{9b}2J\u{9d}0;PWN\u{9c}\u{202e}nimda\u{2066}x\u{2069}\u{200f}\u{e0041}\u{e007f}\u{7f}\u{8}\u{85}\u{2028}\u{feff}";

/// The same in the escapes of YAML, TOML and JSON strings.
const ESCAPED: &str = "\\u001b]0;PWN\\u0007\\u001b[31;45mRED\\u009b2J\\u202enimda\\u2066x\\u200f\\u007f\\u0008";

/// What may stand as it is in a string of TOML.
const UNESCAPED: &str = "\u{9b}2J\u{202e}nimda\u{2066}x\u{2069}\u{200f}\u{e0041}\u{e007f}\u{85}\u{2028}\u{feff}";

/// The same as characters of HTML and XML are written by number.
const NUMBERED: &str =
    "&#27;]0;PWN&#7;&#x1b;[31;45mRED&#x9b;2J&#155;2J&#x202e;nimda&#x2066;x&#x200f;&#xe0041;&#127;&#8;";

pub fn is_raw(c: char) -> bool {
    let reorders = matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() && !matches!(c, '\n' | '\t') || reorders || matches!(c, '\u{e0000}'..='\u{e007f}' | '\u{feff}')
}

pub fn check(what: &str, said: &[u8]) {
    let said = String::from_utf8(said.to_vec()).unwrap_or_else(|_| panic!("{what}: no UTF-8"));
    // Tables of commas end their lines so.
    assert!(!said.replace("\r\n", "\n").contains(is_raw), "{what}: {said:?}");
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

/// The same with all that may lie beside the texts, hostile in every field.
pub fn hostile_library() -> (tempfile::TempDir, Vec<String>) {
    let (dir, names) = hostile();
    let all = format!("{ESCAPED}{UNESCAPED}");
    let place = |text: &str| {
        format!("text = \"{text}\"\npassage = 1\nexact = \"The oven {all}\"\nprefix = \"{all}\"\nsuffix = \"{all}\"\n")
    };
    let (here, gone) = (place("a.md"), place(&format!("gone {all}")));
    let link = format!(
        "[[link]]\nid = \"l {all}\"\nrelation = \"r {all}\"\ntopic = \"{all}\"\nremark = \"{all}\"\nmade = \"{all}\"\n\
         [[link.between]]\n{here}[[link.between]]\n{}\n[[link]]\nid = \"2\"\nrelation = \"answers\"\n\
         [[link.between]]\n{here}[[link.between]]\n{gone}\n[[silent]]\ntext = \"a.md\"\ntopic = \"{all}\"\n",
        place("b.txt")
    );
    let tour = format!(
        "title = \"{all}\"\n[[stop]]\nid = \"{all}\"\ntopic = \"{all}\"\nremark = \"{all}\"\nminutes = 4294967295\n\
         [stop.left]\n{here}[stop.right]\n{gone}[[stop]]\nid = \"2\"\n[stop.left]\n{here}"
    );
    let topics = format!(
        "[[topic]]\nid = \"ovens\"\nname = \"N {all}\"\nabout = \"{all}\"\nterms = [\"oven\", \"{all}\"]\nguid = \"{all}\"\n\
         color = \"{all}\"\nunder = \"{all}\"\n[[topic]]\nid = \"i {all}\"\nname = \"{all}\"\nterms = [\"baker\"]\n\
         into = \"{all}\"\n[[set]]\nname = \"{all}\"\ntopics = [\"ovens\", \"{all}\"]\n\"{all}\" = 1\n"
    );
    let note = format!(
        "---\nid: \"{ESCAPED}\"\ntopic: \"{ESCAPED}\"\ntags: [\"{ESCAPED}\"]\nauthor: \"{ESCAPED}\"\ncreated: \"{ESCAPED}\"\n\
         \"{ESCAPED}\": 1\nanchors:\n- text: a.md\n  passage: 1\n  exact: \"The oven {ESCAPED}\"\n- text: \"{ESCAPED}\"\n  passage: 2\n\
         \x20 exact: \"{ESCAPED}\"\n---\n\nBody {RAW} #tag{RAW} [x](javascript:alert(1)) <script>1</script> <img src=x onerror=y>\n"
    );
    let body = serde_json::json!({ "type": "TextualBody", "value": RAW, "purpose": RAW });
    let selector = serde_json::json!({ "type": "TextQuoteSelector", "exact": "oven", "prefix": RAW });
    let annotations = serde_json::json!([
        { "id": RAW, "type": "Annotation", "creator": { "name": RAW }, "created": RAW, "body": body,
          "target": { "source": "a.md", "selector": selector } },
        { "type": "Annotation", "bodyValue": RAW, "tags": [RAW], "target": { "source": RAW, "selector": selector } },
    ]);
    let codes = format!(
        "<?xml version=\"1.0\"?><CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes><Code name=\"n {UNESCAPED}\" isCodable=\"true\" \
         guid=\"0000000a-0000-0000-0000-000000000000\" color=\"{UNESCAPED}\"><Description>oven {UNESCAPED}</Description></Code></Codes>\
         <Sets><Set name=\"{UNESCAPED}\"/></Sets></CodeBook>"
    );
    fs::create_dir(dir.path().join("notes")).unwrap();
    for (name, words) in [
        ("links.toml", link),
        ("tour.toml", tour),
        ("topics.toml", topics),
        ("notes/n.md", note.clone()),
        ("notes/\u{1b}]0;PWN\u{7}\u{202e}.md", note.replace("Body", "Other")),
        ("annotations.json", annotations.to_string()),
        ("codes.qdc", codes),
    ] {
        fs::write(dir.path().join(name), words).unwrap();
    }
    (dir, names)
}

pub fn run(folder: &Path, args: &[&str]) {
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
    if args[0] == "notes" {
        // Notes are handed on with their own characters, which stand in JSON as escapes.
        return;
    }
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

/// Every command that reads what lies beside the texts, in every form that it prints.
#[test]
fn nothing_that_lies_beside_the_texts_comes_out_raw() {
    let (dir, names) = hostile_library();
    let (a, b) = ("a.md", names[2].as_str());
    let forms: [(&[&str], &[&str]); 11] = [
        (&["compare", a, b, "--notes", "all"], &["text", "markdown", "html", "json", "csv"]),
        (&["links", a, b, "--all"], &["text", "jsonl"]),
        (&["align", a, b], &["text", "jsonl", "html", "tmx"]),
        (&["topics", a, b], &["text", "json", "html", "svg"]),
        (&["cite", a, b], &["bibtex", "csl-json"]),
        (&["notes", "list"], &["text", "jsonl"]),
        (&["notes", "export"], &["markdown", "html", "json"]),
        (&["tour", "print"], &["text", "markdown", "html", "json"]),
        (&["search", "oven"], &["text", "json", "jsonl"]),
        (&["topics", "suggest", a, b], &["text", "json"]),
        (&["passages", b], &["text", "jsonl"]),
    ];
    for (command, forms) in forms {
        for form in forms {
            run(dir.path(), &[command, &["--format", *form][..]].concat());
        }
    }
    for args in [
        &["compare", a, b, "--linear"][..],
        &["tour", "check"],
        &["topics", "export"],
        &["topics", "import", "codes.qdc"],
        &["notes", "check"],
        &["notes", "import", "annotations.json", "a.md", "b.txt"],
        &["notes", "export", "a.md", "b.txt", "--format", "qdpx", "-o", "notes.qdpx"],
        &["check", ".", "--verbose"],
        &["mend", "."],
        &["doctor"],
        &["--version", "--verbose"],
        &["search", RAW],
        &["notes", "import", RAW],
        &["topics", "import", RAW],
        &["check", RAW],
        &["tour", "print", RAW],
    ] {
        run(dir.path(), args);
    }
    let mut project = zip::ZipArchive::new(fs::File::open(dir.path().join("notes.qdpx")).unwrap()).unwrap();
    for at in 0..project.len() {
        let mut part = project.by_index(at).unwrap();
        let mut words = Vec::new();
        std::io::Read::read_to_end(&mut part, &mut words).unwrap();
        let name = part.name().unwrap().into_owned();
        check(&name, &words);
    }
    // What was taken in from another program is a file that its owner may look at with anything.
    let notes = fs::read_dir(dir.path().join("notes")).unwrap().map(|entry| entry.unwrap().path());
    let taken: Vec<_> = notes.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with('2')).collect();
    assert_eq!(taken.len(), 2);
    for path in taken {
        check("a note that was taken in", path.file_name().unwrap().as_encoded_bytes());
        check("a note that was taken in", &fs::read(path).unwrap());
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
fn no_screen_shows_anything_raw_of_what_lies_beside_the_texts() {
    let (dir, names) = hostile_library();
    let at = |name: &String| dir.path().join(name).to_str().unwrap().to_owned();
    let mut terminal =
        Terminal::with(tempfile::tempdir().unwrap(), &[&at(&names[0]), &at(&names[1])], &[("TERM", "xterm-256color")]);
    terminal.until("oven");
    for keys in [
        "t", "\r", "gt", "\x1b", "gl", "\r", "\x1b", "gn", "\r", "\x1b", "e", "\x1b", "gr", "\r", "y", "\x1b", "gp",
        " ", "t", "r", "\x1b", "gs", "\x1b", "gm", "\r", "gq", "\x1b", "gb", "\x1b", "ga", "\x1b", "gv", "\x1b", ":",
        "\x1b", "g/", "oven\r", "\x1b", "T", "\x1b", "w", "\x1b", "yp",
    ] {
        terminal.keys(keys);
        terminal.settle_for(std::time::Duration::from_millis(120));
    }
    terminal.signal(rustix::process::Signal::KILL);
    let words = words_of(&terminal.seen);
    let raw = words.char_indices().find(|(_, c)| is_raw(*c));
    assert!(raw.is_none(), "{:?}", raw.map(|(at, _)| words[at..].chars().take(20).collect::<String>()));
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
