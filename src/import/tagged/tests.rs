//! Documents of each vocabulary, and what becomes of them.

use std::io::{Cursor, Write as _};

use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_oneof, proptest};
use proptest::test_runner::TestCaseError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::import::error::ImportError;
use crate::import::format::Format;
use crate::import::to_markdown::to_markdown;
use crate::import::{Hint, import, of_markdown, tests};

/// The document as Markdown, which must read back to the same text.
fn markdown(source: &[u8], format: Format) -> String {
    let imported = import(source, &Hint::default()).unwrap();
    assert_eq!(imported.format, format);
    let text = imported.text;
    let written = to_markdown(&text);
    let again = of_markdown(&written);
    assert_eq!((again.string(), again.meta(), again.notes()), (text.string(), text.meta(), text.notes()), "{written}");
    written
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let packing = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(packing)).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const BOOK: &str = r##"<?xml version="1.0" encoding="UTF-8"?><FictionBook xmlns="x" xmlns:l="y"><description><title-info>
    <author><first-name>A.</first-name><last-name>Miller</last-name><email>a@b.c</email></author><book-title>The Mill</book-title>
    <date value="1917-01-01">1917</date><lang>en</lang></title-info></description>
    <body><title><p>The Mill</p></title><epigraph><p>All flows.</p><text-author>H.</text-author></epigraph>
    <section><title><p>One</p><p>The river</p></title><p>It <emphasis>stands</emphasis> by the <strong>river</strong>.<a l:href="#n1" type="note">[1]</a></p>
    <poem><stanza><v>Turn, wheel,</v><v>turn.</v></stanza></poem><subtitle>* * *</subtitle>
    <section><title><p>Deeper</p></title><p>More.</p></section></section></body>
    <body name="notes"><title><p>Notes</p></title><section id="n1"><title><p>1</p></title><p>A note.</p></section></body>
    <binary id="a">AAAA</binary></FictionBook>"##;

#[test]
fn a_book_has_sections_verse_and_notes() {
    let expected = "---\ntitle: The Mill\nauthor: A. Miller\ndate: 1917\nlanguage: en\n---\n\n# The Mill\n\n> All flows.\n>\n> H.\n\n# One The river\n\nIt *stands* by the **river**.[^1]\n\nTurn, wheel,\\\nturn.\n\n***\n\n## Deeper\n\nMore.\n\n[^1]: A note.\n";
    assert_eq!(markdown(BOOK.as_bytes(), Format::Fb2), expected);
    assert_eq!(markdown(&archive(&[("book.fb2", BOOK)]), Format::Fb2), expected);
}

#[test]
fn an_edition_has_divisions_speeches_and_notes() {
    let source = r##"<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY house "The Mill">]><TEI xmlns="x"><teiHeader><fileDesc><titleStmt><title>&house;</title><author>A. Miller</author></titleStmt></fileDesc>
        <profileDesc><creation><date>1917</date></creation></profileDesc></teiHeader>
        <text xml:lang="de"><body><div><head>One</head><p>It <hi rend="italic">stands</hi><note place="foot">A note with
        <q>speech</q>.</note> by<lb/>the ri<lb break="no"/>ver, <choice><sic>teh</sic><corr>the</corr></choice> old one.<pb n="3"/> He said: <q>come</q> and <q>“go”</q>.<ref target="#n2">*</ref></p>
        <quote><p>Set apart.</p></quote><div><head>Two</head><sp><speaker>Anna.</speaker><l>Turn, wheel,</l><l>turn.</l></sp>
        <lg><l>And</l><l>again.</l></lg><list type="ordered"><item>first</item><item>second</item></list>
        <table><row><cell>a</cell><cell>b</cell></row><row><cell>1</cell><cell>2</cell></row></table></div></div></body>
        <back><note xml:id="n2"><p>Elsewhere.</p></note></back></text></TEI>"##;
    let expected = "---\ntitle: The Mill\nauthor: A. Miller\ndate: 1917\nlanguage: de\n---\n\n# One\n\nIt *stands*[^1] by the river, the old one. He said: “come” and “go”.[^2]\n\n> Set apart.\n\n## Two\n\n**Anna.**\n\nTurn, wheel,\\\nturn.\n\nAnd\\\nagain.\n\n1. first\n2. second\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n[^1]: A note with “speech”.\n\n[^2]: Elsewhere.\n";
    assert_eq!(markdown(source.as_bytes(), Format::Tei), expected);
}

#[test]
fn an_entry_of_a_dictionary_is_one_paragraph() {
    let source = r#"<?xml version="1.0"?><TEI><text><body>
        <entry><form><orth>Mühle</orth><pron>ˈmyːlə</pron></form><gramGrp><pos>n</pos></gramGrp>
        <sense><cit type="trans"><quote>mill</quote></cit> <cit type="trans"><quote>grinder</quote></cit></sense></entry>
        <entry><form><orth>Rad</orth></form><sense><cit type="trans"><quote>wheel</quote></cit></sense></entry></body></text></TEI>"#;
    let expected = "**Mühle** [ˈmyːlə] *n* · mill · grinder\n\n**Rad** · wheel\n";
    assert_eq!(markdown(source.as_bytes(), Format::Tei).replace("\\[", "[").replace("\\]", "]"), expected);
}

#[test]
fn a_manual_has_parts_lists_and_remarks() {
    let source = r#"<?xml version="1.0"?><!DOCTYPE book PUBLIC "-//OASIS//DTD DocBook XML V4.2//EN" "x"><book lang="en"><bookinfo><title>The Mill</title>
        <author><firstname>A.</firstname><surname>Miller</surname></author><pubdate>1917</pubdate></bookinfo>
        <chapter id="c1"><title>One</title><para>See <xref linkend="c2"/>, <ulink url="https://a.b/"/> and <command>ls</command>.<footnote id="f"><para>A note.</para></footnote> Again.<footnoteref linkend="f"/></para>
        <note><para>Mind <quote>this</quote>.</para></note><programlisting>a
  b</programlisting><variablelist><varlistentry><term>key</term><listitem><para>what it is</para></listitem></varlistentry></variablelist>
        <orderedlist><listitem><para>first</para></listitem></orderedlist></chapter>
        <chapter id="c2"><title>Two</title><sect1><title>Inner</title><para>Words &mdash; more.</para><indexterm><primary>x</primary></indexterm></sect1></chapter></book>"#;
    let expected = "---\ntitle: The Mill\nauthor: A. Miller\ndate: 1917\nlanguage: en\n---\n\n# One\n\nSee Two, [https://a.b/](https://a.b/) and `ls`.[^1] Again.[^1]\n\n**Note:** Mind “this”.\n\n```\na\n  b\n```\n\n- key\n\n  what it is\n\n1. first\n\n# Two\n\n## Inner\n\nWords — more.\n\n[^1]: A note.\n";
    assert_eq!(markdown(source.as_bytes(), Format::DocBook), expected);
}

const STYLES: &str = r#"<office:automatic-styles><style:style style:name="P1" style:parent-style-name="Quotations"/><style:style style:name="P2" style:parent-style-name="Preformatted_20_Text"/>
    <style:style style:name="T1"><style:text-properties fo:font-style="italic"/></style:style><style:style style:name="T2"><style:text-properties fo:font-weight="bold"/></style:style>
    <text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1"/><text:list-level-style-bullet text:level="2"/></text:list-style></office:automatic-styles>"#;

const BODY: &str = r#"<office:body><office:text><text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion></text:tracked-changes>
    <text:h text:outline-level="1">One</text:h><text:p>It<text:s text:c="2"/><text:span text:style-name="T1">stands</text:span> and <text:span text:style-name="T2">turns</text:span>.<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note></text:p>
    <text:p text:style-name="P1">Said by another.</text:p><text:p text:style-name="P2">a<text:s text:c="2"/>b</text:p>
    <text:p text:style-name="P2">c</text:p><text:list text:style-name="L1"><text:list-item><text:p>first</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>second</text:p></text:list-item></text:list>
    <table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>2</text:p></table:table-cell></table:table-row></table:table>
    <text:p>Turn<text:line-break/>wheel <text:a xlink:href="https://a.b/">there</text:a></text:p></office:text></office:body>"#;

#[test]
fn a_word_processors_text_packed_or_flat() {
    let expected = "---\ntitle: The Mill\nauthor: A. Miller\ndate: 1917-11-07\n---\n\n# One\n\nIt *stands* and **turns**.[^1]\n\n> Said by another.\n\n```\na  b\nc\n```\n\n1. first\n\n   - inner\n2. second\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\nTurn\\\nwheel [there](https://a.b/)\n\n[^1]: A note.\n";
    let meta = "<office:meta><dc:title>The Mill</dc:title><meta:initial-creator>A. Miller</meta:initial-creator><meta:creation-date>1917-11-07T10:00:00</meta:creation-date></office:meta>";
    let content = format!("<?xml version=\"1.0\"?><office:document-content>{STYLES}{BODY}</office:document-content>");
    let kind = "application/vnd.oasis.opendocument.text";
    let packed = archive(&[
        ("mimetype", kind),
        ("content.xml", &content),
        ("meta.xml", &format!("<office:document-meta>{meta}</office:document-meta>")),
    ]);
    assert_eq!(markdown(&packed, Format::Odt), expected);
    let flat = format!(
        "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">{meta}{STYLES}{BODY}</office:document>"
    );
    assert_eq!(markdown(flat.as_bytes(), Format::Odt), expected);
}

#[test]
fn formulas_are_read_and_other_objects_told() {
    let kind = "application/vnd.oasis.opendocument.text";
    let object = |n: u8| {
        format!("<draw:frame><draw:object xlink:href='./Object {n}'/><draw:image xlink:href='x'/></draw:frame>")
    };
    let body = |inner: &str| {
        format!(
            "<office:document-content><office:body><office:text>{inner}</office:text></office:body></office:document-content>"
        )
    };
    let formula = "<math><mi>a</mi><annotation>a + b</annotation></math>";
    let two = body(&format!("<text:p>So {} and{}.</text:p>", object(1), object(2)));
    let parts = [("mimetype", kind), ("content.xml", &*two), ("Object 1/content.xml", formula)];
    let imported = import(&archive(&parts), &Hint::named("a.odt")).unwrap();
    assert_eq!(imported.text.string().trim_end(), "So a + b and.");
    assert_eq!(imported.warnings.len(), 1, "{:?}", imported.warnings);
    let pictures = archive(&[("mimetype", kind), ("content.xml", &body(&format!("<text:p>{}</text:p>", object(2))))]);
    assert_eq!(import(&pictures, &Hint::named("a.odt")).unwrap_err(), ImportError::Pictures(Format::Odt));
}

#[test]
fn what_cannot_be_read_says_why() {
    let kind = |kind: &str, parts: &[(&str, &str)]| {
        let kind = format!("application/vnd.oasis.opendocument.{kind}");
        let all: Vec<(&str, &str)> =
            std::iter::once(("mimetype", kind.as_str())).chain(parts.iter().copied()).collect();
        import(&archive(&all), &Hint::named("a.odt")).unwrap_err()
    };
    let sheet = kind("spreadsheet", &[]).to_string();
    assert!(sheet.contains("a spreadsheet"), "{sheet}");
    let locked = kind("text", &[("META-INF/manifest.xml", "<manifest:encryption-data/>")]);
    assert_eq!(locked, ImportError::Protected(Format::Odt));
    assert!(matches!(kind("text", &[]), ImportError::Broken { .. }));
    let mut warnings = import(b"<TEI><text><body><p>half &far; <hi>a</p><![CDATA[", &Hint::default()).unwrap().warnings;
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    warnings.clear();
}

#[test]
fn depth_and_attributes_have_limits() {
    let deep = format!("<TEI><text><body>{}<p>in</p>", "<div><list><item><q>".repeat(50_000));
    assert!(import(deep.as_bytes(), &Hint::default()).unwrap().text.string().contains("in"));
    let wide = format!("<TEI><text><body><p rend='{}'>in</p></body></text></TEI>", "x ".repeat(2_000_000));
    assert_eq!(import(wide.as_bytes(), &Hint::default()).unwrap().text.string(), "in");
    let bomb =
        archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &" ".repeat(97 << 20))]);
    assert!(matches!(import(&bomb, &Hint::default()), Err(ImportError::Swollen { .. })));
}

/// Tags of a vocabulary in any order.
fn soup(names: &'static str) -> impl Strategy<Value = String> {
    let tag = (prop::sample::select(names.split('|').collect::<Vec<_>>()), any::<bool>()).prop_map(|(name, close)| {
        if close { format!("</{}>", name.split(' ').next().unwrap_or(name)) } else { format!("<{name}>") }
    });
    let letters = "[a-z*_0-9.\\[\\]#> ]{1,8}";
    prop::collection::vec(prop_oneof![3 => tag, 2 => letters], 0..40).prop_map(|parts| parts.concat())
}

fn reads_back(source: &str) -> Result<(), TestCaseError> {
    let Ok(imported) = import(source.as_bytes(), &Hint::default()) else { return Ok(()) };
    tests::reads_back(source, &imported.text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_book_reads_back(body in soup("section|section id='n1'|title|p|v|stanza|poem|cite|epigraph|emphasis|strong|a type='note' l:href='#n1'|table|tr|td|sup|subtitle|code")) {
        reads_back(&format!("<FictionBook><body>{body}"))?;
    }

    #[test]
    fn any_edition_reads_back(body in soup("div|head|p|l|lg|q|quote|note|note xml:id='n'|ref target='#n'|list type='ordered'|item|table|row|cell|hi rend='bold'|hi|sp|speaker|lb/|gap/|eg|figure")) {
        reads_back(&format!("<TEI><text><body>{body}"))?;
    }

    #[test]
    fn any_manual_reads_back(body in soup("chapter|sect1|title|para|itemizedlist|orderedlist|listitem|varlistentry|term|footnote|footnote id='f'|footnoteref linkend='f'|note|programlisting|emphasis|literal|blockquote|informaltable|row|entry|ulink url='u:v'|quote|xref linkend='z'")) {
        reads_back(&format!("<book><para></para>{body}"))?;
    }

    #[test]
    fn any_text_reads_back(body in soup("text:p|text:h text:outline-level='2'|text:p text:style-name='P1'|text:p text:style-name='P2'|text:list text:style-name='L1'|text:list-item|text:note|text:note-body|text:span text:style-name='T1'|text:span text:style-name='T2'|text:line-break/|text:tab/|table:table|table:table-row|table:table-cell|text:a xlink:href='u:v'|text:s text:c='3'/")) {
        reads_back(&format!("<office:document xmlns:office='urn:oasis:names:tc:opendocument'>{STYLES}<office:body><office:text>{body}"))?;
    }
}
