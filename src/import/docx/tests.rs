//! Documents made in code, and what becomes of them.

use std::io::{Cursor, Write as _};

use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::import::error::ImportError;
use crate::import::tests::reads_back;
use crate::import::to_markdown::to_markdown;
use crate::import::watch::Meter;
use crate::import::{Hint, import, of_markdown};
use crate::text::Text;

const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const STYLES: &str = r#"<w:styles>
    <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
    <w:style w:styleId="Own"><w:name w:val="My heading"/><w:basedOn w:val="berschrift2"/></w:style>
    <w:style w:styleId="berschrift2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
    <w:style w:styleId="Q"><w:name w:val="Intense Quote"/></w:style>
    <w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
    <w:style w:styleId="Src"><w:name w:val="Source Code"/></w:style>
    <w:style w:styleId="LB"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
    <w:style w:styleId="Em"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style></w:styles>"#;

const NUMBERING: &str = r#"<w:numbering>
    <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;

fn archive(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="x"><w:body>{body}</w:body></w:document>"#
    );
    let own = [
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", document.as_str()),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in own.iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read(body: &str, parts: &[(&str, &str)]) -> Text {
    super::read(&archive(body, parts), Meter::default(), &mut Vec::new()).unwrap()
}

/// The document as Markdown, which must read back to the same text.
fn markdown(text: &Text) -> String {
    let written = to_markdown(text);
    let again = of_markdown(&written);
    assert_eq!((again.string(), again.meta(), again.notes()), (text.string(), text.meta(), text.notes()), "{written}");
    written
}

/// A paragraph with these properties, and these letters in one run.
fn p(properties: &str, letters: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{letters}</w:t></w:r></w:p>")
}

fn styled(style: &str, letters: &str) -> String {
    p(&format!("<w:pStyle w:val=\"{style}\"/>"), letters)
}

fn item(list: u32, level: u8, letters: &str) -> String {
    p(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"), letters)
}

#[test]
fn styles_say_what_paragraphs_are() {
    let body = [
        styled("berschrift1", "One"),
        styled("TOC1", "One 5"),
        styled("Own", "Two"),
        p("", "Words &amp; words."),
        styled("Q", "A quotation,"),
        styled("Q", "and more of it."),
        p(r#"<w:ind w:left="720" w:right="720"/>"#, "Set in from both sides."),
        p("", "After."),
        styled("Src", "fn a() {"),
        styled("Src", "}"),
        p(r#"<w:outlineLvl w:val="2"/>"#, "Three"),
    ];
    let expected = "# One\n\n## Two\n\nWords & words.\n\n> A quotation,\n>\n> and more of it.\n>\n> Set in from both sides.\n\nAfter.\n\n```\nfn a() {\n}\n```\n\n### Three\n";
    assert_eq!(markdown(&read(&body.concat(), &[])), expected);
}

#[test]
fn lists_nest_by_their_levels_and_count_on() {
    let body = [
        styled("LB", "bullet"),
        p("", "Between."),
        item(2, 0, "three"),
        item(2, 1, "a"),
        item(2, 1, "b"),
        item(2, 0, "four"),
        p("", "Between."),
        item(2, 0, "five"),
        item(2, 1, "a again"),
    ];
    let expected =
        "- bullet\n\nBetween.\n\n3. three\n\n   1. a\n   2. b\n4. four\n\nBetween.\n\n5. five\n\n   1. a again\n";
    assert_eq!(markdown(&read(&body.concat(), &[])), expected);
}

#[test]
fn runs_links_notes_and_changes() {
    let body = r#"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Bold </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>on</w:t></w:r>
        <w:r><w:rPr><w:rStyle w:val="Em"/></w:rPr><w:t xml:space="preserve"> styled</w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>, plain</w:t></w:r>
        <w:del><w:r><w:delText> gone</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space="preserve"> new</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>old place</w:t></w:r></w:moveFrom>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>
        <w:hyperlink r:id="l1"><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r><w:endnoteReference w:id="2"/></w:r>
        <w:r><w:t xml:space="preserve"> x</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Runs</w:t></w:r></w:p><w:p><w:r><w:t>on.</w:t></w:r></w:p>"#;
    let links = r#"<Relationships><Relationship Id="l1" Type="x/hyperlink" Target="https://a.b/"/></Relationships>"#;
    let foot = r#"<w:footnotes><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
        <w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> The foot.</w:t></w:r></w:p><w:p><w:r><w:t>More.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    let end = r#"<w:endnotes><w:endnote w:id="2"><w:p><w:r><w:t>The end.</w:t></w:r></w:p></w:endnote></w:endnotes>"#;
    let core = "<cp:coreProperties><dc:title>T</dc:title><dc:creator>A. B.</dc:creator><dcterms:created>1917-11-07T10:00:00Z</dcterms:created></cp:coreProperties>";
    let parts = [
        ("word/_rels/document.xml.rels", links),
        ("word/footnotes.xml", foot),
        ("word/endnotes.xml", end),
        ("docProps/core.xml", core),
    ];
    let expected = "---\ntitle: T\nauthor: A. B.\ndate: 1917-11-07\n---\n\n**Bold on** *styled*, plain new[^1] [link](https://a.b/)[^2] x²\n\nRuns on.\n\n[^1]: The foot.\n\n    More.\n\n[^2]: The end.\n";
    assert_eq!(markdown(&read(body, &parts)), expected);
}

#[test]
fn comments_are_notes_of_whoever_wrote_them() {
    let body = r#"<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Said.</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>
        <w:r><w:footnoteReference w:id="7"/></w:r></w:p>"#;
    let foot =
        r#"<w:footnotes><w:footnote w:id="7"><w:p><w:r><w:t>The foot.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    let comments = r#"<w:comments><w:comment w:id="0" w:author="A. Reader"><w:p><w:r><w:rPr><w:i/></w:rPr><w:t>Is it so?</w:t></w:r></w:p></w:comment></w:comments>"#;
    let mut warnings = Vec::new();
    let bytes = archive(body, &[("word/footnotes.xml", foot), ("word/comments.xml", comments)]);
    let text = super::read(&bytes, Meter::default(), &mut warnings).unwrap();
    assert_eq!(markdown(&text), "Said.[^c1][^1]\n\n[^1]: The foot.\n\n[^c1]: A. Reader: *Is it so?*\n");
    assert_eq!(warnings[0].as_str(), "kept 1 comment as a note, c1");
}

#[test]
fn an_initial_in_a_frame_belongs_to_its_word() {
    let body = p(r#"<w:framePr w:dropCap="drop" w:lines="3"/>"#, "T") + &p("", "he mill stood.") + &p("", "Next.");
    assert_eq!(read(&body, &[]).string(), "The mill stood.\nNext.");
    assert_eq!(read(&p(r#"<w:framePr w:dropCap="drop"/>"#, "T"), &[]).string(), "T");
}

#[test]
fn tables_hold_data_or_lay_out_a_page() {
    let cell = |s: &str| format!("<w:tc>{}</w:tc>", p("", s));
    let row = |cells: &[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(|c| cell(c)).collect::<String>());
    let data = format!("<w:tbl>{}{}</w:tbl>", row(&["a", "b"]), row(&["1", "2"]));
    assert_eq!(markdown(&read(&data, &[])), "| a | b |\n| --- | --- |\n| 1 | 2 |\n");
    let layout = format!("<w:tbl>{}</w:tbl>", row(&["left", "right"]));
    assert_eq!(markdown(&read(&layout, &[])), "left\n\nright\n");
    let contents = format!(
        r#"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>{}"#,
        p("", "Chapter 5"),
        p("", "Words.")
    );
    assert_eq!(markdown(&read(&contents, &[])), "Words.\n");
}

#[test]
fn what_is_broken_is_told() {
    let mut warnings = Vec::new();
    let text =
        super::read(&archive("<w:p><w:r><w:t>half</w:t></w:r></w:p><![CDATA[", &[]), Meter::default(), &mut warnings)
            .unwrap();
    assert_eq!((text.string(), warnings.len()), ("half", 1), "{warnings:?}");
    let encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 the rest of a compound file";
    let said = import(encrypted, &Hint::named("a.docx")).unwrap_err();
    assert!(matches!(said, ImportError::Binary { .. }), "{said}");
}

/// Tags of a body in any order.
fn soup() -> impl Strategy<Value = String> {
    let names = "p|r|t|tbl|tr|tc|pPr|rPr|del|ins|sdt|hyperlink|txbxContent|moveFrom|Fallback";
    let empty = "<w:b/>|<w:i/>|<w:br/>|<w:tab/>|<w:footnoteReference w:id=\"1\"/>|<w:pStyle w:val=\"Q\"/>|<w:pStyle w:val=\"berschrift1\"/>|<w:numId w:val=\"2\"/>|<w:ilvl w:val=\"1\"/>|<w:del/>|<w:vertAlign w:val=\"superscript\"/>";
    let tag = (prop::sample::select(names.split('|').collect::<Vec<_>>()), any::<bool>())
        .prop_map(|(name, close)| if close { format!("</w:{name}>") } else { format!("<w:{name}>") });
    let empty = prop::sample::select(empty.split('|').collect::<Vec<_>>()).prop_map(str::to_owned);
    let letters = "[a-z*_0-9.\\[\\] ]{1,8}".prop_map(|s: String| format!("<w:r><w:t>{s}</w:t></w:r>"));
    let paragraph = (0..4u8, "[a-z*#>1.+ -]{1,8}").prop_map(|(kind, s)| match kind {
        0 => item(2, 0, &s.replace('>', "")),
        1 => item(1, 1, &s.replace('>', "")),
        2 => styled("Q", &s.replace('>', "")),
        _ => p("", &s.replace('>', "")),
    });
    prop::collection::vec(proptest::prelude::prop_oneof![2 => tag, 1 => empty, 2 => letters, 4 => paragraph], 0..24)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_reads_back_from_its_markdown(body in soup()) {
        let notes = "<w:footnotes><w:footnote w:id=\"1\"><w:p><w:r><w:t>n</w:t></w:r></w:p></w:footnote></w:footnotes>";
        let text = read(&body, &[("word/footnotes.xml", notes)]);
        reads_back(&body, &text)?;
    }

    #[test]
    fn a_damaged_document_is_read_or_refused(at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()) {
        let mut bytes = archive(&p("", "One two."), &[]);
        for (index, byte) in at {
            let i = index.index(bytes.len());
            bytes[i] = byte;
        }
        let _ = import(&bytes, &Hint::named("a.docx"));
        bytes.truncate(cut.index(bytes.len()));
        let _ = import(&bytes, &Hint::named("a.docx"));
    }
}

#[test]
fn formulas_keep_what_stands_above_and_below() {
    let part = |name: &str, letters: &str| format!("<m:{name}><m:r><m:t>{letters}</m:t></m:r></m:{name}>");
    let body = format!(
        "<w:p><w:r><w:t>So a=</w:t></w:r><m:oMath><m:f>{}{}</m:f><m:sSup>{}{}</m:sSup><m:d>{}</m:d></m:oMath></w:p>",
        part("num", "1"),
        part("den", "b"),
        part("e", "10"),
        part("sup", "-6"),
        part("e", "c")
    );
    assert_eq!(read(&body, &[]).block_str(0), "So a=(1)/(b)10^(-6)(c)");
}
