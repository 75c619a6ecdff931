//! `diptych import`: what it writes, what it never touches, and that a file and its import are numbered alike.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use proptest::prelude::*;

const DEBRIS: &str = "The first page of the file has a sentence that is bro-\nken by the end of its line, as printed pages \
                      have\nthem in great numbers.\n\x0cThe second page says some-\nthing else.\n\x0cA third one.\n";

fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
    command.args(args).current_dir(folder).env_clear().env("HOME", folder.join(".home")).env("TERM", "xterm-256color");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    program(folder, args).output().unwrap()
}

fn piped(folder: &Path, args: &[&str], words: &[u8]) -> Output {
    let mut child = program(folder, args).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(words).unwrap();
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != ".home");
    names.sort();
    names
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, words) in files {
        fs::write(dir.path().join(name), words).unwrap();
    }
    dir
}

#[test]
fn files_become_markdown_and_say_what_was_repaired() {
    let dir = folder(&[("debris.txt", DEBRIS), ("plain.md", "# A title\n\nWords.\n")]);
    let output = run(dir.path(), &["import", "plain.md", "debris.txt", "-o", "new/library"]);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(0), ""));
    let said = err(&output);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert_eq!(lines[0], "diptych: plain.md → new/library/plain.md: 1 passage");
    assert!(lines[1].starts_with("diptych: debris.txt → new/library/debris.md: 3 passages; "), "{said}");
    assert!(lines[1].contains("joined 2 hyphenated lines"), "{said}");
    assert_eq!(names(&dir.path().join("new/library")), ["debris.md", "plain.md"]);
    let written = fs::read_to_string(dir.path().join("new/library/plain.md")).unwrap();
    assert_eq!(
        written,
        "---\ntitle: A title\noriginal: plain.md\nimporter: 2\n---\n\n# A title\n\nWords.\n"
            .replace("importer: 2", &format!("importer: {}", diptych::import::IMPORTER_VERSION))
    );
    let quiet = run(dir.path(), &["import", "--quiet", "--as-is", "debris.txt", "-o", "as-is"]);
    assert_eq!((quiet.status.code(), err(&quiet).as_str()), (Some(0), ""));
    assert!(fs::read_to_string(dir.path().join("as-is/debris.md")).unwrap().contains("bro- "));
}

#[test]
fn the_same_again_is_the_same_and_nothing_is_replaced_unasked() {
    let dir = folder(&[("a.txt", DEBRIS), ("b.txt", "Other words.\n")]);
    let path = dir.path().join("out/a.md");
    assert!(run(dir.path(), &["import", "a.txt", "-o", "out"]).status.success());
    let first = fs::read(&path).unwrap();
    let again = run(dir.path(), &["import", "a.txt", "-o", "out"]);
    assert!(again.status.success() && err(&again).contains("as it was"), "{}", err(&again));
    assert!(run(dir.path(), &["import", "out/a.md", "-o", "again"]).status.success());
    assert_eq!(fs::read(dir.path().join("again/a.md")).unwrap(), first, "an import imported is itself");

    fs::write(dir.path().join("a.txt"), "Changed.\n").unwrap();
    let refused = run(dir.path(), &["import", "a.txt", "b.txt", "-o", "out"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(err(&refused).contains("out/a.md is there already; --force replaces it"), "{}", err(&refused));
    assert_eq!((fs::read(&path).unwrap(), names(&dir.path().join("out"))), (first, vec!["a.md".into(), "b.md".into()]));
    assert!(run(dir.path(), &["import", "a.txt", "--force", "-o", "out"]).status.success());
    assert!(fs::read_to_string(&path).unwrap().ends_with("\nChanged.\n"));

    fs::write(dir.path().join("own.md"), "Own words.\n").unwrap();
    let own = run(dir.path(), &["import", "own.md", "--force"]);
    assert_eq!(own.status.code(), Some(1));
    assert!(err(&own).contains("own.md is an original, which import never changes"), "{}", err(&own));
    assert_eq!(fs::read_to_string(dir.path().join("own.md")).unwrap(), "Own words.\n");
}

#[test]
fn one_bad_file_is_told_and_the_others_go_on() {
    let dir = folder(&[("a.txt", "A.\n"), ("empty.txt", ""), ("z.txt", "Z.\n")]);
    let output = run(dir.path(), &["import", "a.txt", "none.txt", "empty.txt", "z.txt:3", "z.txt", "-o", "out"]);
    assert_eq!(output.status.code(), Some(1));
    let said = err(&output);
    let begin: Vec<_> = said.lines().map(|l| l.split(": ").take(2).collect::<Vec<_>>().join(": ")).collect();
    assert_eq!(
        begin,
        [
            "diptych: a.txt → out/a.md",
            "diptych: none.txt",
            "diptych: empty.txt",
            "diptych: z.txt",
            "diptych: z.txt → out/z.md"
        ],
        "{said}"
    );
    assert_eq!(names(&dir.path().join("out")), ["a.md", "z.md"]);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let dir = folder(&[]);
    let titled = b"---\ntitle: What is to be Done?\n---\n\nWords.\n";
    let output = piped(dir.path(), &["import", "-", "--quiet"], titled);
    assert_eq!((output.status.code(), err(&output).as_str()), (Some(0), ""));
    assert!(out(&output).starts_with("---\ntitle: \"What is to be Done?\"\nimporter: "), "{}", out(&output));
    assert!(piped(dir.path(), &["import", "-", "-o", "out", "--quiet"], titled).status.success());
    assert_eq!(names(&dir.path().join("out")), ["what-is-to-be-done.md"]);
    let output = run(dir.path(), &["import", "out/what-is-to-be-done.md", "-o", "-", "--quiet"]);
    assert!(output.status.success() && out(&output).ends_with("\n\nWords.\n"));
    assert_eq!(names(dir.path()), ["out"]);
}

#[test]
fn pages_are_put_in_order_by_hand() {
    let dir = folder(&[("pages.txt", DEBRIS), ("whole.txt", "One page.\n")]);
    let output = run(dir.path(), &["import", "pages.txt", "--pages", "3,1", "-o", "-"]);
    let (third, first) = (out(&output).find("A third one.").unwrap(), out(&output).find("The first page").unwrap());
    assert!(third < first && !out(&output).contains("second page"), "{}", out(&output));
    assert!(err(&output).contains("page 2 is not in --pages 3,1 and left out"), "{}", err(&output));
    for (args, code, expected) in [
        (&["pages.txt", "--pages", "1-9"][..], 1, "pages.txt: --pages 1-9: this text has 3 pages: there is no page 4"),
        (&["whole.txt", "--pages", "1"], 1, "whole.txt: --pages 1: this text shows no page breaks"),
        (&["pages.txt", "--pages", "1,x"], 2, "`x` is neither a page nor a range"),
        (&["pages.txt", "whole.txt", "--pages", "1"], 2, "--pages is the order of one text"),
        (&["pages.txt", "whole.txt", "-o", "-"], 2, "standard output takes one text"),
        (&["pages.txt", "-o", "whole.txt"], 2, "this is not a folder"),
        (&["pages.txt", "-o", "book.md"], 2, "a folder is named here; `-o - > book.md` writes one file"),
        (&["-", "-"], 2, "only once"),
        (&[], 2, "FILE"),
    ] {
        let output = run(dir.path(), &[&["import"], args].concat());
        let said = err(&output);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
        assert!(said.contains(expected) && said.lines().count() == 1, "{args:?}: {said}");
    }
    assert_eq!(names(dir.path()), ["pages.txt", "whole.txt"]);
}

#[test]
fn the_order_of_pages_is_set_wherever_a_text_is_read() {
    let dir = folder(&[("pages.txt", DEBRIS), ("other.txt", "One page of other words.\n")]);
    let output = run(dir.path(), &["passages", "pages.txt", "--pages", "3,1"]);
    let (third, first) = (out(&output).find("A third one.").unwrap(), out(&output).find("The first page").unwrap());
    assert!(third < first && err(&output).contains("page 2 is not in --pages 3,1"), "{}", err(&output));
    for args in [
        &["links", "pages.txt", "other.txt", "--pages", "file"][..],
        &["compare", "pages.txt", "other.txt", "--pages", "file"],
        &["topics", "pages.txt", "other.txt", "--pages", "file"],
        &["align", "pages.txt", "other.txt", "--pages", "file"],
    ] {
        let output = run(dir.path(), args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", err(&output));
    }
    let output = run(dir.path(), &["compare", "pages.txt", "other.txt", "--pages", "2,x"]);
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn an_interrupt_leaves_no_half_file() {
    let dir = folder(&[]);
    // Words without an end: the import has begun, and is not done.
    let mut child = program(dir.path(), &["import", "-", "-o", "out"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"Words.\n").unwrap();
    let pid = rustix::process::Pid::from_raw(child.id().cast_signed()).unwrap();
    let status = format!("/proc/{}/status", child.id());
    // Signals are noted once both handlers are there.
    let caught = || {
        let status = fs::read_to_string(&status).unwrap();
        let mask = status.lines().find_map(|l| l.strip_prefix("SigCgt:")).unwrap().trim();
        u64::from_str_radix(mask, 16).unwrap() >> 14 & 1 == 1
    };
    while !caught() {
        std::thread::yield_now();
    }
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130), "though its input has not ended");
    assert_eq!(names(dir.path()), Vec::<String>::new());
}

/// What `passages` says of a file, the lines that a wrapped one says aside.
fn passages(folder: &Path, file: &str) -> String {
    let output = run(folder, &["passages", file, "--format", "jsonl"]);
    assert!(output.status.success(), "{file}: {}", err(&output));
    out(&output)
}

#[test]
fn a_file_and_its_import_are_numbered_alike() {
    let dir = folder(&[
        ("debris.txt", DEBRIS),
        ("markdown.md", "A\n===\n\n* one\n* two\n\n> quoted\n\nnote[^1]\n\n[^1]: n\n"),
    ]);
    let texts = concat!(env!("CARGO_MANIFEST_DIR"), "/texts");
    for text in diptych::library::embedded::TEXTS {
        fs::copy(Path::new(texts).join(text.file_name()), dir.path().join(text.file_name())).unwrap();
    }
    for file in names(dir.path()) {
        assert!(run(dir.path(), &["import", &file, "--quiet", "-o", "out"]).status.success(), "{file}");
        let import = format!("out/{}.md", file.rsplit_once('.').unwrap().0);
        assert_eq!(passages(dir.path(), &file), passages(dir.path(), &import), "{file}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_text_and_its_import_are_numbered_alike(source in "([ -~é“”•\n]{0,60}(\n|\n\n|\x0c|-\n)){1,12}", as_is in any::<bool>()) {
        use diptych::import::{Hint, import, to_markdown::to_file};
        let hint = Hint { as_is, ..Hint::named("a.txt") };
        if let Ok(read) = import(source.as_bytes(), &hint) {
            let file = to_file(&read.text, "a.txt");
            let again = import(file.as_bytes(), &Hint::named("a.md")).unwrap();
            prop_assert_eq!(again.warnings, Vec::new());
            prop_assert_eq!(read.text.numbering(), again.text.numbering());
            prop_assert_eq!(read.text.string(), again.text.string());
            prop_assert_eq!(to_file(&again.text, "a.md"), file);
        }
    }
}
