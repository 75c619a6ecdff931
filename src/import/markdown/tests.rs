//! What Markdown becomes: blocks, spans, titles.

use super::read;
use crate::text::Text;
use crate::text::block::Marker;
use crate::text::span::SpanKind as K;

fn parse(source: &str) -> Text {
    read(source, &mut Vec::new())
}

/// One line a block: kind, depth, quoted, marker, string.
fn shape(text: &Text) -> Vec<String> {
    text.blocks()
        .iter()
        .enumerate()
        .map(|(i, b)| {
            let marker = match b.marker {
                Marker::None => String::new(),
                Marker::Bullet => "• ".to_owned(),
                Marker::Number(n) => format!("{n}. "),
            };
            format!("{} {}{} {marker}{}", b.kind.name(), b.depth, b.quoted, text.block_str(i).replace('\n', "/"))
        })
        .collect()
}

#[test]
fn nested_blocks_are_flattened() {
    let cases: &[(&str, &[&str])] = &[
        ("# One\n\ntext\nmore\n\nTwo\n===\n", &["heading 10 One", "paragraph 00 text more", "heading 10 Two"]),
        ("- a\n- b\n\n  more\n  - c\n", &["item 10 • a", "item 10 • b", "item 10 more", "item 20 • c"]),
        ("3. a\n4. b\n\n> q\n> - r\n", &["item 10 3. a", "item 10 4. b", "quotation 01 q", "item 11 • r"]),
        ("- > q\n\n  p\n- # h\n", &["quotation 11 • q", "item 10 p", "item 10 • h"]),
        ("> Said once.\\\n> — A. B., 1917\n", &["quotation 01 Said once./— A. B., 1917"]),
        ("> O rose\\\n> thou art\\\n> — A. B.\n", &["verse 01 O rose/thou art/— A. B."]),
        ("a\\\nb  \nc\n", &["verse 00 a/b/c"]),
        ("a\\\nb\nc<br>d\n", &["paragraph 00 a/b c/d"]),
        ("| a | b |\n|---|---|\n| c | d\\|e |\n", &["table 00 a\tb/c\td|e"]),
        ("```rs\n  x\n\ny\n```\n***\n![a picture](p.png)\n", &["code 00   x//y", "rule 00 ", "picture 00 a picture"]),
        ("<div>seen <b>too</b></div>\n\n<!-- no -->\n", &["paragraph 00 seen too"]),
        ("x[^a] y\n\n[^A]: note\n\n    more\n", &["paragraph 00 x[a] y", "footnote 00 note", "footnote 00 more"]),
    ];
    for (source, expected) in cases {
        assert_eq!(shape(&parse(source)), *expected, "{source}");
    }
}

#[test]
fn the_first_heading_is_the_title_unless_the_front_matter_names_one() {
    let cases = [
        ("# A *title*\n", Some("A title")),
        ("## Not one\n\n# Later\n", None),
        ("---\ntitle: Other\n---\n# Heading\n", Some("Other")),
        ("---\ntitle:\n---\n# Heading\n", None),
        ("prose\n", None),
    ];
    for (source, title) in cases {
        assert_eq!(parse(source).meta().title.as_deref(), title, "{source}");
    }
}

#[test]
fn spans_and_notes_are_ranges_of_the_string() {
    let text = parse("A *b **c*** `d` [e](u) ~~f~~ <em>g</em>[^1]\n\n[^1]: n\n");
    let spans: Vec<_> = text.spans().iter().map(|s| (&text.string()[s.range()], s.kind)).collect();
    let expected = [
        ("b c", K::Emphasis),
        ("c", K::Strong),
        ("d", K::Code),
        ("e", K::Link(0)),
        ("f", K::Strike),
        ("g", K::Emphasis),
        ("[1]", K::NoteRef(0)),
    ];
    assert_eq!(spans, expected);
    assert_eq!(text.address(0), "u");
    assert_eq!((&*text.notes()[0].label, text.notes()[0].blocks.clone()), ("1", 1..2));
    assert_eq!(text.blocks()[1].line, 3);
}
