//! Exchange with other programs, by running the real program: files that are written, and files that are read.

use std::fs;

use crate::cli::{err, json, library, out, printed, run};

#[test]
fn a_codebook_goes_out_and_comes_back() {
    let dir = library();
    let qdc = printed(dir.path(), &["topics", "export", "bread.md"]);
    assert_eq!(printed(dir.path(), &["topics", "export"]), qdc, "the topics of this folder");
    assert!(qdc.contains("name=\"Ovens\" isCodable=\"true\""));
    fs::write(dir.path().join("topics.qdc"), &qdc).unwrap();
    let toml = printed(dir.path(), &["topics", "import", "topics.qdc"]);
    fs::write(dir.path().join("back.toml"), &toml).unwrap();
    assert_eq!(printed(dir.path(), &["topics", "export", "--topics", "back.toml"]), qdc);
}

#[test]
fn what_is_imported_joins_a_topics_file() {
    let dir = library();
    printed(dir.path(), &["topics", "export", "-o", "topics.qdc"]);
    fs::write(dir.path().join("mine.toml"), "# mine\n[[topic]]\nid = \"ships\"\nterms = [\"barque\"]\n").unwrap();
    let output = run(dir.path(), &["topics", "import", "topics.qdc", "-o", "mine.toml"]);
    assert_eq!((out(&output).as_str(), output.status.code()), ("", Some(0)));
    let said = err(&output);
    assert_eq!(said, "diptych: mine.toml: 2 topics added; it had these already, and they stay as they are: ships\n");
    let mine = fs::read_to_string(dir.path().join("mine.toml")).unwrap();
    assert!(mine.starts_with("# mine\n") && mine.contains("barque") && mine.contains("\"ovens\""));
}

#[test]
fn texts_are_cited() {
    let dir = library();
    let bib = printed(dir.path(), &["cite", "bread.md", "soup.txt", "embedded:power-from-below"]);
    assert!(bib.contains("title = {{On bread}}"), "{bib}");
    assert!(bib.contains("author = {{Diptych contributors}}") && bib.contains("month = nov,"), "{bib}");
    let items = json(dir.path(), &["cite", "bread.md", "--format", "csl-json"]);
    assert_eq!((items[0]["title"].as_str(), items[0]["type"].as_str()), (Some("On bread"), Some("document")));
}

#[test]
fn a_comparison_is_handed_out() {
    let dir = library();
    let pair = ["compare", "bread.md", "soup.txt"];
    let with = |more: &[&str]| printed(dir.path(), &[&pair, more].concat());
    let html = with(&["--format", "html"]);
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<mark>oven</mark>") && html.ends_with("</html>\n"));
    let markdown = with(&["--format", "markdown"]);
    assert!(markdown.starts_with("# On bread against soup.txt\n") && markdown.contains("\n## Ovens\n"), "{markdown}");
    let linear = with(&["--linear", "--topic", "ovens"]);
    assert!(linear.starts_with("Left: On bread.\nRight: soup.txt.\n\nTopic: Ovens.\n"), "{linear}");
    assert!(!linear.contains(['│', '─', '¶']), "{linear}");
    assert_eq!(with(&["--format", "html", "-o", "out.html"]), "");
    assert_eq!(fs::read_to_string(dir.path().join("out.html")).unwrap(), html);
}

#[test]
fn what_cannot_be_read_or_written_is_one_line() {
    let dir = library();
    fs::write(dir.path().join("broken.qdc"), "<CodeBook>\n<Codes></Code>").unwrap();
    fs::write(dir.path().join("there.qdc"), "mine").unwrap();
    fs::write(dir.path().join("none.toml"), "").unwrap();
    let cases: &[(&[&str], i32, &str)] = &[
        (&["topics", "import", "none.qdc"], 1, "none.qdc: cannot be read (there is no such file)"),
        (&["topics", "import", "broken.qdc"], 1, "broken.qdc:2:8: "),
        (&["topics", "import", "bread.md"], 1, "bread.md:1:1: is not XML; export a codebook as .qdc"),
        (&["topics", "export", "-o", "there.qdc"], 1, "there.qdc: there is such a file already"),
        (&["topics", "export", "-o", "bread.md/x.qdc"], 1, "bread.md/x.qdc: cannot "),
        (&["topics", "export", "--topics", "none.toml"], 1, "there are no topics to export"),
        (&["topics", "export", "--force"], 2, ""),
        (&["compare", "bread.md", "soup.txt", "--format", "html", "-o", "there.qdc"], 1, "there.qdc: there is such"),
        (&["compare", "bread.md", "soup.txt", "--format", "html", "--linear"], 2, "--linear is a form of text"),
        (&["cite", "bread.md:1"], 2, "bread.md:1: `cite` takes this text as a whole"),
    ];
    for (args, code, expected) in cases {
        let output = run(dir.path(), args);
        let said = err(&output);
        assert!(said.starts_with(&format!("diptych: {expected}")), "{args:?}: {said}");
        assert_eq!((said.lines().count(), output.status.code()), (1, Some(*code)), "{args:?}: {said}");
    }
    assert_eq!(fs::read_to_string(dir.path().join("there.qdc")).unwrap(), "mine");
    printed(dir.path(), &["topics", "export", "-o", "there.qdc", "--force"]);
    assert!(fs::read_to_string(dir.path().join("there.qdc")).unwrap().starts_with("<?xml"));
}
