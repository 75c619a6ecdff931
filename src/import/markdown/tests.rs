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
        (
            "$$\na_1 &= b \\\\\n  \\{ x \\}\n$$\n\n$a_1 * b_1 * c$ and $\\{1,\\,2\\}$ and \\(x_1\\)\n",
            &[
                "verse 00 $$/a_1 &= b \\\\/  \\{ x \\}/$$",
                "paragraph 00 $a_1 * b_1 * c$ and $\\{1,\\,2\\}$ and \\(x_1\\)",
            ],
        ),
        (
            "\\begin{align*}\na_1 &= b \\\\\nc_1 &= *d*\n\\end{align*}\n",
            &["verse 00 \\begin{align*}/a_1 &= b \\\\/c_1 &= *d*/\\end{align*}"],
        ),
        // What is not closed, or no formula, is prose.
        ("\\begin{align}\na\n\nb\n", &["paragraph 00 \\begin{align} a", "paragraph 00 b"]),
        ("- [ ] one\n- [x] *two*\n", &["item 10 • ☐ one", "item 10 • ☑ two"]),
        (
            "> [!note]- A *title*\n> text\n>\n> more\n",
            &["paragraph 00 A title", "paragraph 00 text", "paragraph 00 more"],
        ),
        ("> [!WARNING]\n> text\n", &["paragraph 00 Warning", "paragraph 00 text"]),
        ("> [!quote] A box\n> text of it ^abc123\n", &["quotation 01 A box", "quotation 01 text of it"]),
        ("See [[Beta|the other]], ==marked==%%x%%. %%y%%\n", &["paragraph 00 See the other, marked%%x%%."]),
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
        ("## What a lock is\n\nA promise.\n\n### Why\n", Some("What a lock is")),
        ("A promise.\n\n## What a lock is\n", None),
        ("### Not one\n", None),
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

#[test]
fn chapters_that_count_their_notes_from_one_keep_their_own() {
    let cases = [
        // Each chapter with its notes.
        (
            "# A\n\nx[^1]\n\n[^1]: of a\n\n# B\n\ny[^1] z[^2]\n\n[^1]: of b\n\n[^2]: too\n",
            vec![("1", "of a"), ("2", "of b"), ("3", "too")],
        ),
        // All notes at the end, by chapters.
        (
            "# A\n\nx[^1]\n\n# B\n\ny[^1] z[^2]\n\n# Notes\n\n## A\n\n[^1]: of a\n\n## B\n\n[^1]: of b\n\n[^2]: too\n",
            vec![("1", "of a"), ("2", "of b"), ("3", "too")],
        ),
        // Labels that come once are the author's.
        ("x[^7] y[^n]\n\n[^7]: seven\n\n[^n]: word\n", vec![("7", "seven"), ("n", "word")]),
    ];
    for (source, expected) in cases {
        let text = parse(source);
        let notes: Vec<_> = text.notes().iter().map(|n| (&*n.label, text.block_str(n.blocks.start))).collect();
        assert_eq!(notes, expected, "{source}");
        let marks: Vec<_> = text.spans().iter().filter(|s| matches!(s.kind, K::NoteRef(_))).collect();
        for (mark, (label, _)) in marks.iter().zip(&expected) {
            assert_eq!(text.string()[mark.range()], format!("[{label}]"), "{source}");
        }
        assert_eq!(
            crate::import::to_markdown::to_markdown(&parse(&crate::import::to_markdown::to_markdown(&text))),
            crate::import::to_markdown::to_markdown(&text)
        );
    }
}

#[test]
fn languages_and_alignment_stay() {
    let text = parse("```rust,ignore\nx\n```\n\n| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n\n    y\n");
    assert_eq!((text.detail(0), text.detail(1), text.detail(2)), ("rust", "lcr", ""));
    let written = crate::import::to_markdown::to_markdown(&text);
    assert!(written.contains("```rust\n") && written.contains("| :--- | :---: | ---: |"), "{written}");
}
