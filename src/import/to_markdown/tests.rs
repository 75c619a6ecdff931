//! The law of canonical Markdown, and how it looks.

use proptest::prelude::{
    Just, ProptestConfig, Strategy, TestCaseError, any, prop, prop_assert_eq, prop_oneof, proptest,
};

use super::to_markdown;
use crate::import::{Hint, import, markdown};
use crate::text::block::{BlockKind, Marker};
use crate::text::meta::{Meta, MetaValue};
use crate::text::span::SpanKind;
use crate::text::voice::{Voice, VoiceRole};
use crate::text::{Builder, Text};

fn parse(source: &str) -> Text {
    markdown::read(source, &mut Vec::new())
}

/// The law for one text: what is written reads the same (but for the lines, which are the Markdown's), and once read
/// so it reads exactly the same for ever, and writes the same bytes.
fn check(text: &Text) -> Result<(), TestCaseError> {
    let written = to_markdown(text);
    let read = parse(&written);
    let said = |t: &Text| {
        let blocks = t.blocks().iter().enumerate();
        blocks.map(|(i, b)| (b.kind, b.depth, b.quoted, b.marker, t.block_str(i).to_owned())).collect::<Vec<_>>()
    };
    prop_assert_eq!(said(&read), said(text), "written:\n{}\n", written);
    prop_assert_eq!(read.string(), text.string());
    let spans = |t: &Text| t.spans().iter().map(|s| (s.range(), resolved(t, s.kind))).collect::<Vec<_>>();
    prop_assert_eq!(spans(&read), spans(text), "written:\n{}\n", written);
    prop_assert_eq!(read.notes(), text.notes(), "written:\n{}\n", written);
    prop_assert_eq!(read.voices(), text.voices(), "written:\n{}\n", written);
    prop_assert_eq!(read.meta(), text.meta(), "written:\n{}\n", written);
    prop_assert_eq!(read.numbering(), text.numbering());
    let details = |t: &Text| (0..t.blocks().len()).map(|i| t.detail(i).to_owned()).collect::<Vec<_>>();
    prop_assert_eq!(details(&read), details(text), "written:\n{}\n", written);
    let again = to_markdown(&read);
    prop_assert_eq!(&again, &written);
    prop_assert_eq!(parse(&again), read);
    Ok(())
}

fn resolved(text: &Text, kind: SpanKind) -> (SpanKind, String) {
    match kind {
        SpanKind::Link(n) => (SpanKind::Link(0), text.address(n).to_owned()),
        SpanKind::NoteRef(n) => (SpanKind::NoteRef(0), text.notes()[n as usize].label.to_string()),
        style => (style, String::new()),
    }
}

/// Pieces of Markdown that bite.
fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[a-zé ]{1,8}",
        6 => "[*_`~\\[\\]()<>&#!|\\\\=+:.-]{1,4}",
        2 => "[0-9]{1,10}[.)]? ?",
        1 => Just("&amp;".to_owned()),
        1 => Just("&#42;".to_owned()),
        1 => Just("[^1]".to_owned()),
        1 => Just("[x](y)".to_owned()),
        1 => Just("![p](q)".to_owned()),
        1 => Just("<https://a.b>".to_owned()),
        1 => Just("<b>".to_owned()),
        1 => Just("</em>".to_owned()),
        1 => Just("<!-- -->".to_owned()),
        1 => "[$%=^\\[\\]\\\\(){}]{1,4}",
        1 => prop::sample::select(vec!["==", "%%", " ^ab1", "[[x]]", "$a_1$", "$$", "\\\\(x_1\\\\)", "\\\\[", "\\\\]", "[ ] ", "☐ ", "[!note] ", "{1}"]).prop_map(str::to_owned),
        1 => Just("---".to_owned()),
        1 => Just("> ".to_owned()),
        1 => Just("- ".to_owned()),
        1 => Just("# ".to_owned()),
        1 => Just("\t".to_owned()),
        1 => Just("\u{a0}".to_owned()),
        1 => Just("日本".to_owned()),
    ];
    prop::collection::vec(piece, 1..8).prop_map(|p| p.concat())
}

/// Lines of nasty Markdown, in the lists and quotations that nest.
fn document() -> impl Strategy<Value = String> {
    let prefix = prop_oneof![
        6 => Just(""), 2 => Just("- "), 2 => Just("> "), 1 => Just("  "), 1 => Just("1. "), 1 => Just("3) "),
        1 => Just("    "), 1 => Just("> - "), 1 => Just("- > "), 1 => Just("[^1]: "), 1 => Just("## "),
        1 => Just("```"), 1 => Just("```rust"), 1 => Just("$$"), 1 => Just("- [ ] "), 1 => Just("> [!note] "), 1 => Just("%%"),
        1 => Just("|:--|--:|"), 1 => Just("| "), 1 => Just("|---|---|"), 1 => Just("***"), 1 => Just("<div>"),
        1 => Just("[^1]:\n\n    - "),
    ];
    let end = prop_oneof![3 => Just("\n"), 3 => Just("\n\n"), 1 => Just("\\\n"), 1 => Just("  \n")];
    prop::collection::vec((prefix, nasty(), end), 1..12)
        .prop_map(|lines| lines.into_iter().flat_map(|(p, s, e)| [p.to_owned(), s, e.to_owned()]).collect())
}

/// A block to build: kind, string, spans (style, from, length), depth, whether it has a marker of another sort.
type Recipe = (u8, String, Vec<(u8, usize, usize)>, u8, bool);

fn recipes() -> impl Strategy<Value = Vec<Recipe>> {
    let block = (0..9u8, nasty(), prop::collection::vec((0..5u8, 0..40usize, 1..20usize), 0..3), 1..4u8, any::<bool>());
    prop::collection::vec(block, 1..8)
}

/// A text as an importer of plain text or of a word processor's file builds it: any letters, any spans.
fn built(blocks: Vec<Recipe>, title: Option<&str>) -> Text {
    let mut b = Builder::new();
    let mut in_list = 0;
    for (kind, string, spans, depth, marked) in blocks {
        let string = string.trim().to_owned();
        if string.is_empty() {
            continue;
        }
        let kind = [
            BlockKind::Paragraph,
            BlockKind::Item,
            BlockKind::Heading,
            BlockKind::Quotation,
            BlockKind::Verse,
            BlockKind::Code,
            BlockKind::Table,
            BlockKind::Rule,
            BlockKind::Picture,
        ][usize::from(kind)];
        b.begin(kind, 0);
        match kind {
            BlockKind::Item => {
                let depth = depth.min(in_list + 1);
                let number = u32::from(depth) * 7;
                let marker = match (marked, depth > in_list) {
                    (false, true) | (true, false) => Marker::Bullet,
                    (true, true) => Marker::Number(number),
                    (false, false) => Marker::None,
                };
                b.depth(depth).marker(marker);
                in_list = depth;
            }
            BlockKind::Heading => _ = b.depth(depth),
            _ => {}
        }
        if kind != BlockKind::Item {
            in_list = 0;
        }
        let start = b.here();
        match kind {
            BlockKind::Rule => continue,
            BlockKind::Verse => _ = b.push(&string).push("\n  ").push(&string).push("\n").push(&string),
            BlockKind::Code => _ = b.push("  ").push(&string).push("\n\n").push(&string),
            BlockKind::Table => {
                let cell = string.replace(['\t', '\n'], " ").trim().to_owned();
                b.push(&cell).push("\tx\n").push("y\t").push(&cell);
            }
            BlockKind::Heading => _ = b.push(&string.replace('\t', " ")),
            _ => _ = b.push(&string),
        }
        if matches!(kind, BlockKind::Code | BlockKind::Table | BlockKind::Picture) {
            continue;
        }
        for (style, from, length) in spans {
            mark(&mut b, start, style, from, length);
        }
    }
    if let Some(title) = title {
        let title = title.trim().replace('\t', " ");
        let extra = vec![
            ("tags".to_owned(), MetaValue::Many(vec![title.clone()])),
            ("odd: key".to_owned(), MetaValue::One("1.10".to_owned())),
        ];
        let sources = vec!["one".to_owned(), "two: 2".to_owned()];
        let title = (!title.is_empty()).then_some(title);
        b.meta(Meta { title, date: Some("1917".into()), sources, extra, ..Meta::default() });
        b.voice_of_passages(1..3, Voice { blocks: 0..0, by: Some("A: B".into()), role: VoiceRole::Comment });
    }
    b.finish()
}

/// Marks a stretch of the open block, on character boundaries, with the style of that number.
fn mark(b: &mut Builder, start: usize, style: u8, from: usize, length: usize) {
    let string = b.open_str().to_owned();
    let ends: Vec<usize> = string.char_indices().map(|(i, _)| i).chain([string.len()]).collect();
    let (from, to) = (ends[from % ends.len()], ends[(from + length) % ends.len()]);
    if from >= to || string[from..to].contains('\n') {
        return;
    }
    let kind = match style {
        0 | 1 => SpanKind::Emphasis,
        2 => SpanKind::Strong,
        3 => SpanKind::Strike,
        _ => SpanKind::Code,
    };
    b.span_of(kind, start + from..start + to);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_read_from_markdown_reads_back(source in document()) {
        check(&parse(&source))?;
    }

    #[test]
    fn what_was_built_reads_back(blocks in recipes(), title in prop::option::of(nasty())) {
        check(&built(blocks, title.as_deref()))?;
    }
}

#[test]
fn what_once_did_not_read_back() {
    for source in [
        "- > ☐ a\na\n",
        "- [ ] <b> \\\n",
        "- > - a\n\n  # b\n",
        "> - - a\n>\n>   b\n",
        "1. - a\n\n   b\n",
        "> - a\n1. > - # \n    b\n",
    ] {
        check(&parse(source)).unwrap();
    }
}

#[test]
fn it_looks_as_a_person_would_write_it() {
    let source = "---\ntitle: T\nauthor: A. B.\ntags: [x, \"y: z\"]\n---\n\n# T\n\nSome *words*, **strong** and `code`; 2 * 3 < 7 & so on[^1].\n\n\
                  1. one\n2. two\n   - deeper\n\n7. out of turn\n\n> A quotation.\n>\n> — V. I. Lenin, 1917\n\n\
                  Roses are red\\\nViolets are blue\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n***\n\n[^1]: The note.\n\n    More of it.\n";
    let expected = "---\ntitle: T\nauthor: A. B.\ntags:\n- x\n- \"y: z\"\n---\n\n# T\n\nSome *words*, **strong** and `code`; 2 * 3 < 7 & so on[^1].\n\n\
                    1. one\n2. two\n\n   - deeper\n3. out of turn\n\n> A quotation.\n>\n> — V. I. Lenin, 1917\n\n\
                    Roses are red\\\nViolets are blue\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n***\n\n[^1]: The note.\n\n    More of it.\n";
    assert_eq!(to_markdown(&parse(source)), expected);
}

#[test]
fn prose_that_begins_as_another_markup_is_prose_when_it_is_read_again() {
    let firsts = [
        "#+TITLE: T * A heading",
        "#+begin_quote of it",
        "\\documentclass{a} \\begin{document}",
        "#title of things",
        ":PROPERTIES:",
        "= A",
    ];
    for first in firsts {
        let mut builder = Builder::new();
        builder.begin(BlockKind::Paragraph, 1).push(first);
        builder.begin(BlockKind::Paragraph, 3).push("Words, :x: and a::b.");
        builder.begin(BlockKind::Paragraph, 5).push(":name: said");
        builder.begin(BlockKind::Paragraph, 7).push("of 5 %% and 6 %% each");
        let text = builder.finish();
        let written = to_markdown(&text);
        let read = import(written.as_bytes(), &Hint::named("a.md")).unwrap().text;
        assert_eq!((read.string(), read.meta()), (text.string(), text.meta()), "{written}");
        assert_eq!(to_markdown(&read), written);
    }
}

#[test]
fn prose_that_begins_as_a_head_of_another_program_is_prose_when_it_is_read_again() {
    for first in ["Title : of a plain text", "author: nobody", "% a title", "{\"a\": 1}", "Date: today\nand more"] {
        let mut builder = Builder::new();
        builder.begin(BlockKind::Paragraph, 1).push(first);
        builder.begin(BlockKind::Paragraph, 3).push("Words.");
        let text = builder.finish();
        let written = to_markdown(&text);
        let read = parse(&written);
        assert_eq!((read.string(), read.meta()), (text.string(), text.meta()), "{written}");
        assert_eq!(to_markdown(&read), written);
    }
}
