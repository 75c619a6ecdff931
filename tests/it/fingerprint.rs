//! What the importers make, and the version that keys the cache: one does not change without the other.
//!
//! The cache and the anchors of notes trust that one version of the importers makes the same text of the same bytes.
//! Here are a few inputs of each format and the fingerprint of what becomes of them.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use xxhash_rust::xxh3::xxh3_64;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use diptych::import::to_markdown::to_markdown;
use diptych::import::{Hint, IMPORTER_VERSION, import};

/// Of each format: the version since which it reads as it does, and the fingerprint of what it makes.
const KNOWN: &[(&str, u32, u64)] = &[
    ("txt", 12, 0x26d0_9f57_6069_1f72),
    ("md", 8, 0xc1b4_3c45_e40d_4f51),
    ("html", 6, 0x00e0_4a3f_bdcc_9e92),
    ("epub", 5, 0xe829_6403_e2b4_c810),
    ("docx", 5, 0xa86b_3f92_3c78_8c55),
    ("pdf", 10, 0x8e70_5137_f533_cf2b),
    ("odt", 7, 0x116c_e2b7_c192_89d5),
    ("fb2", 7, 0x7259_ee87_a60b_0ab8),
    ("rtf", 7, 0x72c3_4d5e_3e77_7839),
    ("mobi", 7, 0xdf42_5298_fce1_4e85),
    ("mhtml", 7, 0xe3c7_d24b_197f_907c),
    ("tei", 9, 0x3bde_a70d_680b_7713),
    ("dbk", 7, 0x20b8_1271_3afc_c169),
    ("org", 7, 0x3c89_b17d_cb8b_e3f5),
    ("muse", 7, 0xe810_d26e_fb99_c9cb),
    ("rst", 7, 0x92b9_db4f_f9f1_300e),
    ("adoc", 7, 0xd5fa_b286_cc2f_2451),
    ("tex", 11, 0xb91c_c45f_7343_09e6),
    ("srt", 7, 0x50e4_76c0_c75b_5ea1),
];

const PROSE: &str = "The councils were elected at the works, and whoever was elected could be called back on the same day. \
                     Nobody had planned it so. It was the habit of the strike committees, which met in the morning and \
                     reported at night, and it outlived the strike: a delegate who did not report was a delegate no more.";

const DEBRIS: &str = "On Councils\n\nby Ann Lee\n\nTHE REVIEW\n\n1  Delegates\n\nThe first page of the file has a sentence \
that is bro-\nken by the end of its line, as printed pages have\nthem in great numbers.The next has lost a space.\n\n    A \
passage that is set in\n    from both of the edges.\n\n1\n\x0cTHE REVIEW\n\nThe second page says some-\nthing else, and it \
says\n\n  - one thing\n  - another thing\n\n\u{201c}A voice,\u{201d} says Ben Hall.[1]\n\n2\n\x0cTHE REVIEW\n\nA third one \
ends it:\n\nBread and roses,\nroses and bread,\nso they had said it,\nand so it was said.\n\n[1] He said so.\n\n3\n";

const MARKDOWN: &str = "---\ntitle: On Councils\nauthor: Ann Lee\nunknown: kept\n---\n\n# On Councils\n\nWords with *stress* and \
`code`.[^1]\n\n> A quotation\n\n1. one\n2. two\n   - below\n\n| a | b |\n| --- | ---: |\n| 1 | 2 |\n\n```rust\nfn main() {}\n\
```\n\n- [ ] a task\n- [x] done\n\nAnd $x^2$, [a link](https://example.org/a), ==marked==.\n\n\\begin{align}\na_1 &= *b*\n\\end{align}\n\n[^1]: The note.\n";

fn html() -> Vec<u8> {
    format!(
        "<!doctype html><html lang=en><head><title>On Councils | The Review</title><meta name=author content='Ann Lee'></head>\
         <body><nav><a href=/>Home</a> <a href=/all>All issues</a></nav><article><h1>On Councils</h1><p>{PROSE}</p>\
         <blockquote><p>{PROSE}</p></blockquote><h2>Delegates</h2><ul><li>one<li>two <em>things</em></ul>\
         <table><tr><th>a<th>b<tr><td>1<td>2</table><pre>a\n  b</pre><p>{PROSE}<sup><a href='#n1' id='r1'>1</a></sup></p>\
         <p id=n1><a href='#r1'>1</a> The note.</p></article><footer>Share this</footer></body></html>"
    )
    .into_bytes()
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        // The kind of an archive is told before anything is unpacked.
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let options = if *name == "mimetype" { stored } else { SimpleFileOptions::default() };
        zip.start_file(*name, options).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn epub() -> Vec<u8> {
    let page = |body: &str| {
        format!("<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>{body}</body></html>")
    };
    archive(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<container><rootfiles><rootfile full-path='c.opf'/></rootfiles></container>"),
        (
            "c.opf",
            "<package xmlns='http://www.idpf.org/2007/opf'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'>\
             <dc:title>On Councils</dc:title><dc:creator>Ann Lee</dc:creator><dc:language>en</dc:language></metadata><manifest>\
             <item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
             <item id='b' href='b.xhtml' media-type='application/xhtml+xml'/></manifest>\
             <spine><itemref idref='a'/><itemref idref='b'/></spine></package>",
        ),
        ("a.xhtml", &page(&format!("<h1>One</h1><p>{PROSE}</p><p>See <a href='b.xhtml#n'>1</a></p>"))),
        ("b.xhtml", &page(&format!("<h1>Two</h1><blockquote><p>{PROSE}</p></blockquote><p id='n'>The end.</p>"))),
    ])
}

fn docx() -> Vec<u8> {
    let paragraph = |properties: &str, runs: &str| format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>");
    let run = |properties: &str, words: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>")
    };
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", paragraph("", &run("", words)));
    let body = [
        paragraph("<w:pStyle w:val='H1'/>", &run("", "On Councils")),
        paragraph("", &(run("", PROSE) + &run("<w:i/>", " All of it.") + "<w:r><w:footnoteReference w:id='2'/></w:r>")),
        paragraph("<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>", &run("", "one")),
        paragraph("<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>", &run("", "two")),
        format!("<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>", cell("a"), cell("b"), cell("1"), cell("2")),
    ]
    .concat();
    archive(&[
        (
            "_rels/.rels",
            "<Relationships><Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>",
        ),
        ("word/document.xml", &format!("<w:document xmlns:w='x'><w:body>{body}</w:body></w:document>")),
        ("word/styles.xml", "<w:styles><w:style w:styleId='H1'><w:name w:val='heading 1'/></w:style></w:styles>"),
        (
            "word/numbering.xml",
            "<w:numbering><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/></w:lvl></w:abstractNum>\
             <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>",
        ),
        (
            "word/footnotes.xml",
            "<w:footnotes xmlns:w='x'><w:footnote w:id='2'><w:p><w:r><w:t>The note.</w:t></w:r></w:p></w:footnote></w:footnotes>",
        ),
    ])
}

/// Three pages with a running head, a heading, prose in lines, a list, a note and a page number each.
fn pdf() -> Vec<u8> {
    let page = |number: usize| {
        let mut content = String::new();
        let mut set = |font: &str, size: u32, x: u32, y: u32, words: &str| {
            let _ = writeln!(content, "BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET");
        };
        set("F1", 9, 240, 760, "THE REVIEW");
        set("F2", 14, 72, 730, ["On Councils", "Delegates", "The end"][number]);
        let mut y = 700;
        let heads = ["Of those who met it is said:", "How they met nobody knew.", "When it ended, many were left."];
        for line in textwrap::wrap(&format!("{} {PROSE}", heads[number]), [64, 60, 68][number]) {
            set("F1", 11, 72, y, &line);
            y -= 14;
        }
        set("F1", 11, 84, y - 8, &format!("\\225 {}", ["bread for all of them", "a hall to meet in", "roses"][number]));
        set(
            "F1",
            11,
            84,
            y - 22,
            &format!("\\225 {}", ["a free press", "the eight hours", "and songs, as many as there are"][number]),
        );
        set("F1", 9, 300, 40, &(number + 1).to_string());
        content
    };
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [5 0 R 7 0 R 9 0 R] /Count 3 >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for number in 0..3 {
        let (content, at) = (page(number), objects.len() + 2);
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {at} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (i, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = writeln!(file, "{} 0 obj\n{object}\nendobj", i + 1);
    }
    let start = file.len();
    let _ = writeln!(file, "{table}trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF", objects.len() + 1);
    file.into_bytes()
}

/// Of each format that is one string of letters: a heading, prose with stress, a list, a quotation, a note.
const MARKED: &[(&str, &str)] = &[
    (
        "fb2",
        "<?xml version='1.0'?><FictionBook><description><title-info><author><first-name>Ann</first-name><last-name>Lee\
         </last-name></author><book-title>On Councils</book-title></title-info></description><body><section><title><p>\
         Delegates</p></title><p>Words with <emphasis>stress</emphasis><a type='note' href='#n'>1</a>.</p><cite><p>Said.</p>\
         </cite></section></body><body name='notes'><section id='n'><p>The note.</p></section></body></FictionBook>",
    ),
    (
        "rtf",
        "{\\rtf1\\ansi{\\info{\\title On Councils}{\\author Ann Lee}}\\pard Words with {\\i stress}{\\footnote The note.} and \\'e9.\\par \
         \\trowd\\cellx100\\cellx200 a\\cell b\\cell\\row\\pard The end.\\par}",
    ),
    (
        "mhtml",
        "MIME-Version: 1.0\nSubject: On Councils\nContent-Type: multipart/related; boundary=\"x\"\n\n--x\nContent-Type: text/html; \
         charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<h1>On Councils</h1><p>Words with <em>stress</em> and caf=C3=A9.\
         <ul><li>one<li>two</ul>\n--x--\n",
    ),
    (
        "tei",
        "<?xml version='1.0'?><TEI><teiHeader><fileDesc><titleStmt><title>On Councils</title><author>Ann Lee</author></titleStmt>\
         </fileDesc></teiHeader><text><body><div><head>Delegates</head><p>Words with <hi rend='italic'>stress</hi><note>The note.\
         </note>.</p><lg><l>Bread and roses,</l><l>roses and bread.</l></lg><entry><form><orth>Mill</orth></form>\
         <sense><cit type='trans'><quote>M\u{fc}hle</quote></cit></sense></entry></div></body></text></TEI>",
    ),
    (
        "dbk",
        "<?xml version='1.0'?><article xmlns='http://docbook.org/ns/docbook'><title>On Councils</title><section><title>Delegates\
         </title><para>Words with <emphasis>stress</emphasis><footnote><para>The note.</para></footnote>.</para><itemizedlist>\
         <listitem><para>one</para></listitem><listitem><para>two</para></listitem></itemizedlist></section></article>",
    ),
    (
        "org",
        "#+TITLE: On Councils\n#+AUTHOR: Ann Lee\n\n* Delegates\nWords with /stress/ and a note[fn:1].\n\n- one\n- two\n\n#+BEGIN_QUOTE\n\
         Said.\n#+END_QUOTE\n\n| a | b |\n| 1 | 2 |\n\n[fn:1] The note.\n",
    ),
    (
        "muse",
        "#title On Councils\n#author Ann Lee\n\n* Delegates\n\nWords with *stress* and a note[1].\n\n - one\n - two\n\n<quote>\nSaid.\n\
         </quote>\n\n[1] The note.\n",
    ),
    (
        "rst",
        "On Councils\n===========\n\nDelegates\n---------\n\nWords with *stress* and a note [1]_.\n\n* one\n* two\n\n    Said.\n\n.. [1] The \
         note.\n",
    ),
    (
        "adoc",
        "= On Councils\nAnn Lee\n\n== Delegates\n\nWords with _stress_ and a note.footnote:[The note.]\n\n* one\n* two\n\n____\nSaid.\n\
         ____\n",
    ),
    (
        "tex",
        "\\documentclass{article}\n\\title{On Councils}\n\\author{Ann Lee}\n\\newtheorem{claim}{Claim}\n\\begin{document}\n\\maketitle\n\\section{Delegates}\nWords with \
         \\emph{stress}\\footnote{The note.} and $x^2$.\n\\begin{itemize}\n\\item one\n\\item two\n\\end{itemize}\n\\begin{claim}It holds.\\end{claim}\n\\section{Works}\\label{w}\nSee \\ref{w}.\n\\end{document}\n",
    ),
    ("srt", "1\n00:00:01,000 --> 00:00:02,000\nWords that go\n\n2\n00:00:02,100 --> 00:00:04,000\non <i>here</i>.\n"),
];

fn odt() -> Vec<u8> {
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            "<office:document-content><office:body><office:text><text:h text:outline-level='1'>On Councils</text:h><text:p>Words \
             with a note<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body><text:p>The \
             note.</text:p></text:note-body></text:note>.</text:p><text:list><text:list-item><text:p>one</text:p></text:list-item>\
             </text:list></office:text></office:body></office:document-content>",
        ),
    ])
}

/// A book of one record, not compressed.
fn mobi() -> Vec<u8> {
    let body = b"<html><body><h1>On Councils</h1><p>Words with <i>stress</i>.</p></body></html>";
    let mut book = vec![0; 60];
    book.extend(b"TEXtREAd\0\0\0\0\0\0\0\0\0\x02\0\0\0\x60\0\0\0\0\0\0\0\x70\0\0\0\0\0\0");
    book.extend(b"\0\x01\0\0\0\0\0\0\0\x01\0\0\0\0\0\0");
    book.extend(body);
    book
}

fn made_of(ending: &str) -> String {
    let bytes = match ending {
        "txt" => DEBRIS.as_bytes().to_vec(),
        "md" => MARKDOWN.as_bytes().to_vec(),
        "html" => html(),
        "epub" => epub(),
        "docx" => docx(),
        "pdf" => pdf(),
        "odt" => odt(),
        "mobi" => mobi(),
        other if MARKED.iter().any(|(ending, _)| *ending == other) => MARKED
            .iter()
            .find(|(ending, _)| *ending == other)
            .map_or_else(Vec::new, |(_, source)| source.as_bytes().to_vec()),
        other => panic!("no input for {other}"),
    };
    let imported = import(&bytes, &Hint::named(&format!("a.{ending}"))).unwrap();
    let warnings: Vec<String> = imported.warnings.iter().map(ToString::to_string).collect();
    format!("{}\n{}", warnings.join("\n"), to_markdown(&imported.text))
}

#[test]
fn what_an_importer_makes_changes_only_with_the_version_that_keys_the_cache() {
    let changed: Vec<String> = KNOWN
        .iter()
        .map(|(ending, _, known)| (ending, known, made_of(ending)))
        .filter(|(_, known, made)| xxh3_64(made.as_bytes()) != **known)
        .map(|(ending, _, made)| {
            format!("(\"{ending}\", {}, {:#018x}) makes\n{made}", IMPORTER_VERSION, xxh3_64(made.as_bytes()))
        })
        .collect();
    assert!(
        changed.is_empty(),
        "What an importer makes has changed. If that is meant, raise IMPORTER_VERSION, unless it has been raised since the \
         last release, and write it with the new fingerprint into the line of each of these formats:\n{}",
        changed.join("\n\n")
    );
    let newest = KNOWN.iter().map(|(_, since, _)| *since).max();
    assert_eq!(newest, Some(IMPORTER_VERSION), "the version is that of the last change");
}
