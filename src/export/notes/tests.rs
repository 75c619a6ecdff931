//! Notes that go out, and come back.

use std::io::{Cursor, Read as _};

use super::{NotesOut, Source, annotations, html, markdown, project, received};
use crate::anchor::selector::Selector;
use crate::anchor::{Anchor, TextId};
use crate::import::{Hint, import};
use crate::note::{Note, NoteId, Target};
use crate::text::Text;
use crate::topic::codebook::{Codebook, Topic};

/// A text with what counts more than one byte in it, and one more.
fn texts() -> [Text; 2] {
    let one = "---\ntitle: Überall & <hier>\nlanguage: de\n---\n\nÜberall 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 und Brot.\n\nDie Räte waren überall, und niemand hatte sie erfunden.\n";
    let two = "# Soup\n\nNo council cooks a soup.\n\nA soup is cooked by whoever is hungry.\n";
    [one, two].map(|source| import(source.as_bytes(), &Hint::named("x.md")).unwrap().text)
}

/// The stretch of `text` that says `words`.
fn target(text: &Text, id: &str, words: &str) -> Target {
    let at = text.string().find(words).unwrap();
    let range = text.place_of(at)..text.place_of(at + words.len());
    let citation = format!("*{}*, ¶1", text.meta().title.as_deref().unwrap_or(id));
    Target { anchor: Anchor::of(TextId::from(id), 1, text, range), citation }
}

fn note(id: &str, topic: Option<&str>, targets: Vec<Target>, body: &str) -> Note {
    let created = "2026-08-03T12:15:03Z".parse().ok();
    let (topic, listed_tags) = (topic.map(str::to_owned), vec!["seminar".to_owned()]);
    Note {
        id: NoteId(id.to_owned()),
        created,
        author: None,
        modified: created,
        listed_tags,
        topic,
        targets,
        body: body.to_owned(),
    }
}

/// The words on the pair.
const PAIR: &str = "Both say <b>no</b> & *never*, or <do> they? `a<b>` 1<2 </end> <http://x.example>. #recall\n\nMore.";

/// A pair, a single passage, one whose passage is gone, and one about nothing.
fn notes(texts: &[Text; 2]) -> Vec<(Note, Vec<Option<usize>>)> {
    let left = target(&texts[0], "ä b.md", "niemand hatte sie erfunden");
    let right = target(&texts[1], "soup.md", "No council cooks a soup.");
    let mut gone = target(&texts[1], "soup.md", "whoever is hungry");
    gone.anchor.exact = "words that were never in that text at all".to_owned();
    vec![
        (note("1-pair", Some("councils"), vec![left.clone(), right], PAIR), vec![Some(0), Some(1)]),
        (note("2-one", None, vec![left], "One\nline"), vec![Some(0)]),
        (note("3-gone", Some("unheard-of"), vec![gone], "Gone."), vec![Some(1)]),
        (note("4-none", None, Vec::new(), "About nothing."), Vec::new()),
    ]
}

fn written(write: fn(&mut dyn std::io::Write, &NotesOut<'_>) -> std::io::Result<()>) -> Vec<u8> {
    let texts = texts();
    let notes = notes(&texts);
    let sources = [("ä b.md", "Überall & <hier>"), ("soup.md", "Soup")];
    let sources: Vec<Source<'_>> =
        sources.iter().zip(&texts).map(|((id, name), text)| Source { id, name, text }).collect();
    let codebook = Codebook::new([Topic::of_terms("councils", "The councils", &["council*"])]);
    let mut out = Vec::new();
    write(&mut out, &NotesOut::of(&codebook, &sources, &notes)).unwrap();
    out
}

#[test]
fn by_topic_with_the_passages_first() {
    insta::assert_snapshot!(String::from_utf8(written(markdown::write)).unwrap());
}

#[test]
fn the_page_holds_all_and_runs_nothing() {
    let page = String::from_utf8(written(html::write)).unwrap();
    for expected in [
        "<h2 id=\"topic-1\">The councils</h2>",
        "<p>niemand hatte sie erfunden</p>",
        "<em>Überall &amp; &lt;hier&gt;</em>",
        "<em>never</em>, or &lt;do&gt; they? <code>a&lt;b&gt;</code> 1&lt;2 &lt;/end&gt; ",
        "the passage is no longer there",
        "About nothing.",
        "#seminar",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    assert!(!page.contains("<script") && !page.contains("href=\"http") && !page.contains("src="), "{page}");
}

#[test]
fn annotations_come_back() {
    let json = String::from_utf8(written(annotations::write)).unwrap();
    let (back, empty) = received::read(&json).unwrap();
    assert_eq!((back.len(), empty.len()), (4, 0));
    let pair = &back[0];
    assert_eq!(pair.body, PAIR);
    assert_eq!((pair.topic.as_deref(), pair.tags.join(" ").as_str()), (Some("councils"), "seminar recall"));
    assert_eq!(pair.created, "2026-08-03T12:15:03Z".parse().ok());
    assert_eq!(pair.targets[0].source, "ä b.md");
    let texts = texts();
    for (place, text) in pair.targets.iter().zip(&texts) {
        let Some(Selector::Position { start, end }) = place.selectors.get(1) else { panic!("{place:?}") };
        let words: String = text.string().chars().skip(*start).take(end - start).collect();
        let anchor = Selector::anchor(&place.selectors, TextId::from("x"), text).unwrap();
        assert_eq!(anchor.exact, words);
    }
}

#[test]
fn annotations_of_others_are_read_as_they_are_written() {
    let cases = [
        (r#"{"type":"Annotation","bodyValue":"Hm.","target":"http://x.example/a"}"#, "Hm.", 0),
        (
            r#"[{"body":"http://not.words","target":{"source":"a%20b.md","selector":{"type":"TextQuoteSelector","exact":"q"}}}]"#,
            "http://not.words",
            1,
        ),
        (
            r#"{"rows":[{"text":"Hy","tags":["t"],"target":[{"source":"u","selector":[{"type":"RangeSelector"},{"type":"TextQuoteSelector","exact":"q"}]}]}]}"#,
            "Hy",
            1,
        ),
        (
            r#"{"first":{"items":[{"body":[{"value":"v"}],"target":{"source":"u","selector":{"type":"FragmentSelector","value":"x","refinedBy":{"type":"TextQuoteSelector","exact":"q"}}}}]}}"#,
            "v",
            1,
        ),
    ];
    for (json, body, selectors) in cases {
        let (back, _) = received::read(json).unwrap();
        assert_eq!((back[0].body.as_str(), back[0].targets[0].selectors.len()), (body, selectors), "{json}");
    }
    let wrong = |json: &str| received::read(json).unwrap_err().to_string();
    assert!(
        wrong("{\n  nonsense").starts_with("2:3: is not JSON (key must be a string)"),
        "{}",
        wrong("{\n  nonsense")
    );
    assert!(wrong("").starts_with("1:1: is not JSON"), "{}", wrong(""));
    for other in ["{}", "3", "\"x\""] {
        assert!(wrong(other).starts_with("1:1: has no Web Annotations"), "{other}");
    }
    assert_eq!(received::read(r#"[{"target":"u"}, 3]"#), Ok((Vec::new(), vec![1, 2])));
}

#[test]
fn a_project_counts_as_other_programs_do() {
    let bytes = written(project::write);
    assert_eq!(bytes, written(project::write), "the same notes are the same project");
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut read = |name: &str| {
        let mut string = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut string).unwrap();
        string
    };
    let qde = read("project.qde");
    for expected in
        ["name=\"The councils\"", "name=\"recall\"", "name=\"unheard-of\"", "<Link guid=", "name=\"3-gone\""]
    {
        assert!(qde.contains(expected), "{expected}\n{qde}");
    }
    let value = |from: &str, key: &str| {
        let at = from.find(&format!("{key}=\"")).unwrap() + key.len() + 2;
        from[at..].split('"').next().unwrap().to_owned()
    };
    let source = &qde[qde.find("<TextSource").unwrap()..];
    let text = read(&value(source, "plainTextPath").replace("internal://", "sources/"));
    let selection = &source[source.find("<PlainTextSelection").unwrap()..];
    let number = |key| value(selection, key).parse::<usize>().unwrap();
    let words: String =
        text.chars().skip(number("startPosition")).take(number("endPosition") - number("startPosition")).collect();
    assert_eq!(words, "niemand hatte sie erfunden");
    let loose = &qde[qde.find("name=\"3-gone\"").unwrap()..];
    let loose = read(&value(loose, "plainTextPath").replace("internal://", "sources/"));
    assert_eq!(loose, "“words that were never in that text at all” (*Soup*, ¶1)\n\nGone.\n");
}
