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
    assert!(
        markdown.starts_with("---\ngenerator: Diptych\n---\n\n# On bread against soup.txt\n")
            && markdown.contains("\n## Ovens\n"),
        "{markdown}"
    );
    let linear = with(&["--linear", "--topic", "ovens"]);
    assert!(linear.starts_with("Left: On bread.\nRight: soup.txt.\n\nTopic: Ovens.\n"), "{linear}");
    assert!(!linear.contains(['│', '─', '¶']), "{linear}");
    assert_eq!(with(&["--format", "html", "-o", "out.html"]), "");
    assert_eq!(fs::read_to_string(dir.path().join("out.html")).unwrap(), html);
}

/// Two annotations as another program writes them: of a passage that is there, and of one that is not.
const ANNOTATIONS: &str = r#"{"type": "AnnotationPage", "items": [
    {"type": "Annotation", "created": "2026-08-03T12:15:03Z", "body": {"value": "How hot?"},
     "target": {"source": "bread.md", "selector": {"type": "TextQuoteSelector", "exact": "The oven must be hot."}}},
    {"type": "Annotation", "body": [{"value": "Where from?"}, {"value": "lost", "purpose": "tagging"}],
     "target": {"source": "https://example.org/x", "selector": {"type": "TextQuoteSelector", "exact": "Never said."}}}]}"#;

#[test]
fn notes_come_in_and_go_out() {
    let dir = library();
    fs::write(dir.path().join("in.json"), ANNOTATIONS).unwrap();
    let output = run(dir.path(), &["notes", "import", "in.json"]);
    let said = err(&output);
    assert!(said.contains("2 notes written to ") && said.contains("1 passage not found"), "{said}");
    assert_eq!((out(&output).as_str(), output.status.code()), ("", Some(0)));
    assert_eq!(fs::read_dir(dir.path().join("notes")).unwrap().count(), 2);
    let again = err(&run(dir.path(), &["notes", "import", "in.json"]));
    assert!(again.contains("0 notes; 2 notes there already"), "{again}");
    let markdown = printed(dir.path(), &["notes", "export"]);
    assert!(markdown.contains("> The oven must be hot.\n>\n> — *On bread*, ¶2\n\nHow hot?\n"), "{markdown}");
    assert!(markdown.contains("> Never said.") && markdown.contains("(the passage is no longer there)"), "{markdown}");
    let of_bread = printed(dir.path(), &["notes", "export", "bread.md", "--format", "html"]);
    assert!(of_bread.contains("<p>How hot?</p>"), "{of_bread}");
    let collection = json(dir.path(), &["notes", "export", "--format", "json"]);
    assert_eq!(collection["total"], 2);
    let target = &collection["first"]["items"][0]["target"][0];
    assert_eq!(
        (&target["source"], &target["passage"], &target["found"]),
        (&"bread.md".into(), &2.into(), &"exact".into())
    );
    printed(dir.path(), &["notes", "export", "--format", "qdpx", "-o", "notes.qdpx"]);
    assert!(fs::read(dir.path().join("notes.qdpx")).unwrap().starts_with(b"PK"));
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
        (&["topics", "export", "-o", "there.qdc"], 1, "there.qdc: this file exists already"),
        (&["topics", "export", "-o", "bread.md/x.qdc"], 1, "bread.md/x.qdc: cannot "),
        (&["topics", "export", "--topics", "none.toml"], 1, "there are no topics to export"),
        (&["topics", "export", "--force"], 2, ""),
        (&["compare", "bread.md", "soup.txt", "--format", "html", "-o", "there.qdc"], 1, "there.qdc: this file exists"),
        (&["compare", "bread.md", "soup.txt", "--format", "html", "--linear"], 2, "--linear is a form of text"),
        (&["notes", "import", "bread.md"], 1, "bread.md:1:1: is not JSON"),
        (&["notes", "import", "none.json"], 1, "none.json: cannot be read (there is no such file)"),
        (&["notes", "export", "-o", "there.qdc"], 1, "there.qdc: this file exists already"),
        (&["notes", "export", "none.md"], 1, "none.md: no such file"),
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
