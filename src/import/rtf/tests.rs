//! Documents, and what becomes of them.

use proptest::prelude::{ProptestConfig, prop, proptest};

use super::read;
use crate::import::of_markdown;
use crate::import::tests::reads_back;
use crate::import::to_markdown::to_markdown;
use crate::import::watch::Meter;

fn markdown(source: &str) -> String {
    let text = read(source.as_bytes(), Meter::default(), &mut Vec::new());
    let written = to_markdown(&text);
    let again = of_markdown(&written);
    assert_eq!((again.string(), again.meta(), again.notes()), (text.string(), text.meta(), text.notes()), "{written}");
    written
}

#[test]
fn letters_of_any_encoding() {
    let cases = [
        (r"{\rtf1\ansi caf\'e9 \u8212? \emdash\~x\_y \{z\}}", "café — —\u{a0}x\u{2011}y {z}\n"),
        (r"{\rtf1\ansi\ansicpg1251 \'c2\'f1\'ff}", "Вся\n"),
        (r"{\rtf1{\fonttbl{\f0 A;}{\f1\fcharset128 B;}}\f1\'93\'fa\f0 !}", "日!\n"),
        (r"{\rtf1\uc2\u-10179\'aa\'bb\u-8704 ab.}", "😀.\n"),
        (r"{\rtf1 a\bin3 {{{ b{\pict 00ff}{\*\unknown c}\par}", "a b\n"),
    ];
    for (source, expected) in cases {
        assert_eq!(markdown(source), expected, "{source}");
    }
}

#[test]
fn styles_and_markers_say_what_paragraphs_are() {
    let head = r"{\rtf1{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s3 Quotations;}{\*\cs9 Emphasis;}{\s5 Preformatted Text;}}{\info{\title The Mill}{\author A. B.}{\creatim\yr1917\mo11\dy7}}";
    let body = r#"\pard\s1 One\par\pard Words {\b bold} and {\i leaning}.{\super\chftn}{\footnote\pard\plain {\super\chftn} The {\i note}.}\par
\pard{\listtext\tab 1.\tab}\ls1\ilvl0 first\par{\listtext 2.}\ls1\ilvl0 second\par{\listtext\bullet}\ls1\ilvl1 inner\par
\pard\s3 Said by another.\par\pard\s5 a  b\par c\par\pard\intbl x\cell y\cell\row\intbl 1\cell 2\cell\row\pard
{\field{\*\fldinst HYPERLINK "https://a.b/"}{\fldrslt there}}{\v hidden}\line on.\par}"#;
    let expected = "---\ntitle: The Mill\nauthor: A. B.\ndate: 1917-11-07\n---\n\n# One\n\nWords **bold** and *leaning*.[^1]\n\n1. first\n2. second\n\n   - inner\n\n> Said by another.\n\n```\na  b\nc\n```\n\n| x | y |\n| --- | --- |\n| 1 | 2 |\n\n[there](https://a.b/)\\\non.\n\n[^1]: The *note*.\n";
    assert_eq!(markdown(&format!("{head}{body}")), expected);
}

#[test]
fn what_breaks_off_is_told() {
    let mut warnings = Vec::new();
    let text = read(b"{\\rtf1 half {\\b a", Meter::default(), &mut warnings);
    assert_eq!((text.string(), warnings.len()), ("half a", 1));
    let deep = format!("{{\\rtf1 a{}b", "{\\b ".repeat(100_000));
    assert_eq!(read(deep.as_bytes(), Meter::default(), &mut warnings).string(), "a");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_reads_back_from_its_markdown(parts in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "\\par ", "\\pard ", "\\b ", "\\i0 ", "\\s1 ", "\\s3 ", "\\s5 ", "\\cell ", "\\row ", "\\intbl ", "{\\listtext 3.}", "\\ls1 ",
        "\\ilvl1 ", "{\\footnote ", "a", " b *c* ", "# d", "1. e", "\\line ", "\\super ", "{\\field{\\*\\fldinst HYPERLINK \"u:v\"}{\\fldrslt f}}", "\\tab ", "\\u8212?",
    ]), 0..40)) {
        let styles = "{\\stylesheet{\\s1 heading 1;}{\\s3 Quote;}{\\s5 Preformatted Text;}}";
        let source = format!("{{\\rtf1{styles}{}}}", parts.concat());
        let text = read(source.as_bytes(), Meter::default(), &mut Vec::new());
        reads_back(&source, &text)?;
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(prop::num::u8::ANY, 0..200)) {
        let _ = read(&[b"{\\rtf1", bytes.as_slice()].concat(), Meter::default(), &mut Vec::new());
    }
}
