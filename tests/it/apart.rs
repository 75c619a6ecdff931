//! Imports in a process of their own: nothing of the program is needed but that it runs, what was imported is kept, and
//! a file that is broken is one line.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use diptych::import::{Hint, import};
use diptych::library::apart::wire;

/// A PDF of one page, with a table of its objects as a writer would make it (ISO 32000-1, 7.5).
fn pdf(words: &str) -> Vec<u8> {
    let line = |n: u32| format!("1 0 0 1 72 {} Tm ({words}, and this is line {n} of the page.) Tj\n", 700 - 14 * n);
    let lines = (0..8).map(line).collect::<Vec<_>>().concat();
    let stream = format!("BT /F1 11 Tf\n{lines}ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>\nstream\n{stream}\nendstream", stream.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = "xref\n0 6\n0000000000 65535 f \n".to_owned();
    for (n, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        writeln!(file, "{} 0 obj\n{object}\nendobj", n + 1).unwrap();
    }
    let start = file.len();
    writeln!(file, "{table}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF").unwrap();
    file.into_bytes()
}

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_diptych"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn printed(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.is_empty(), "{args:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn kept(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join(".cache/diptych/imports"));
    entries.map(|all| all.map(|e| e.unwrap().path()).collect()).unwrap_or_default()
}

#[test]
fn what_was_imported_is_kept_and_what_is_damaged_is_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("page.pdf"), pdf("The words of the page")).unwrap();
    let passages = ["passages", "page.pdf"];
    let first = printed(dir.path(), &passages);
    assert!(first.contains("The words of the page"), "{first}");
    let [entry] = kept(dir.path()).try_into().unwrap();
    assert_eq!(printed(dir.path(), &passages), first);

    // Somebody else's words under this key show that it is what is kept that is read.
    let mut other = import(b"Other words.\n", &Hint::named("a.md")).unwrap();
    other.format = diptych::import::format::Format::Pdf;
    fs::write(&entry, wire::to_bytes(&Ok(other))).unwrap();
    assert!(printed(dir.path(), &passages).contains("Other words."));

    let whole = fs::read(&entry).unwrap();
    for damaged in [&b""[..], &whole[..whole.len() - 1], b"nonsense"] {
        fs::write(&entry, damaged).unwrap();
        assert_eq!(printed(dir.path(), &passages), first);
        assert!(wire::from_bytes(&fs::read(&entry).unwrap()).is_some(), "it was replaced");
    }
    fs::write(dir.path().join("page.pdf"), pdf("Changed words")).unwrap();
    assert!(printed(dir.path(), &passages).contains("Changed words"));
    assert_eq!(kept(dir.path()).len(), 2);
}

#[test]
fn without_a_cache_folder_everything_is_read_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("page.pdf"), pdf("The words of the page")).unwrap();
    fs::write(dir.path().join(".cache"), "a file").unwrap();
    assert!(printed(dir.path(), &["passages", "page.pdf"]).contains("The words of the page"));
    let output = Command::new(env!("CARGO_BIN_EXE_diptych"))
        .args(["passages", "page.pdf"])
        .current_dir(dir.path())
        .env_clear()
        .output()
        .unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "without a home");
}

#[test]
fn a_page_and_its_import_are_numbered_alike() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("page.pdf"), pdf("The words of the page")).unwrap();
    assert!(run(dir.path(), &["import", "page.pdf"]).status.success());
    let of = |file| printed(dir.path(), &["passages", file, "--format", "jsonl"]);
    assert_eq!(of("page.pdf"), of("page.md"));
    let before = fs::read(dir.path().join("page.md")).unwrap();
    for entry in kept(dir.path()) {
        fs::remove_file(entry).unwrap();
    }
    assert!(run(dir.path(), &["import", "page.pdf", "--force"]).status.success());
    assert_eq!(fs::read(dir.path().join("page.md")).unwrap(), before, "twice the same bytes, kept or not");
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_was_deleted_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let copy = dir.path().join("copy");
    fs::copy(env!("CARGO_BIN_EXE_diptych"), &copy).unwrap();
    let start = || {
        let mut command = Command::new(&copy);
        command.args(["import", "-", "--quiet"]).env_clear().env("HOME", dir.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
    };
    let mut child = loop {
        match start() {
            Ok(child) => break child,
            // Another test may be starting a process, which holds the copy open for a moment.
            Err(e) if e.kind() == std::io::ErrorKind::ExecutableFileBusy => {}
            Err(e) => panic!("{e}"),
        }
    };
    fs::remove_file(&copy).unwrap();
    child.stdin.take().unwrap().write_all(&pdf("The words of the page")).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(String::from_utf8(output.stdout).unwrap().contains("The words of the page"));
}

#[test]
fn what_is_broken_is_one_line() {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("a.pdf", &b"%PDF-1.7\nnothing of the kind"[..]),
        ("a.epub", b"PK\x03\x04mimetypeapplication/epub+zip"),
        ("a.docx", b"PK\x03\x04 word/document.xml"),
        ("empty.html", b"<html></html>"),
        ("empty.pdf", b""),
    ] {
        fs::write(dir.path().join(name), bytes).unwrap();
        for args in [&["passages", name][..], &["import", name, "-o", "out"]] {
            let output = run(dir.path(), args);
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(1), "{args:?}: {said}");
            assert!(said.starts_with(&format!("diptych: {name}: ")) && said.lines().count() == 1, "{args:?}: {said}");
        }
    }
    assert!(kept(dir.path()).is_empty() && !dir.path().join("out").exists());
}
