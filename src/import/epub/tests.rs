//! Books made in code, and what becomes of them.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::import::error::ImportError;
use crate::import::format::Format;
use crate::import::tests::reads_back;
use crate::import::to_markdown::to_markdown;
use crate::import::warning::Warning;
use crate::import::{Hint, import, of_markdown};
use crate::text::Text;

const CONTAINER: &str =
    r#"<?xml version="1.0"?><container><rootfiles><rootfile full-path="OEBPS/c.opf"/></rootfiles></container>"#;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [("mimetype", "application/epub+zip")].iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A package document with these chapters, in this order.
fn package(chapters: &[&str], more: &str) -> String {
    let (mut items, mut spine) = (String::new(), String::new());
    for (i, chapter) in chapters.iter().enumerate() {
        let _ = write!(items, r#"<item id="i{i}" href="{chapter}" media-type="application/xhtml+xml"/>"#);
        let _ = write!(spine, r#"<itemref idref="i{i}"/>"#);
    }
    format!(
        r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
        <dc:title>The &amp; Book</dc:title><dc:creator opf:role="aut">A. Writer</dc:creator><dc:creator opf:role="ill">P. Painter</dc:creator>
        <dc:date>1917-11-07T00:00:00Z</dc:date><dc:language>en</dc:language><dc:publisher>Press</dc:publisher>
        <dc:identifier>urn:isbn:123</dc:identifier></metadata><manifest>{items}{more}</manifest><spine toc="ncx">{spine}</spine></package>"#
    )
}

fn page(body: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head><body>{body}</body></html>"#
    )
}

fn read(parts: &[(&str, &str)]) -> Result<(Text, Vec<Warning>), ImportError> {
    let mut warnings = Vec::new();
    super::read(&archive(parts), &Hint::default(), &mut warnings).map(|text| (text, warnings))
}

/// The book as Markdown without its front matter; it must read back to the same text.
fn markdown(text: &Text) -> String {
    let written = to_markdown(text);
    let again = of_markdown(&written);
    assert_eq!((again.string(), again.meta(), again.notes()), (text.string(), text.meta(), text.notes()), "{written}");
    written.split_once("---\n\n").map_or(written.clone(), |(_, body)| body.to_owned())
}

#[test]
fn chapters_come_in_the_order_of_the_spine_with_the_headings_of_the_contents() {
    let ncx = r#"<ncx><navMap><navPoint><navLabel><text>Part One</text></navLabel><content src="b.xhtml"/>
        <navPoint><navLabel><text>1 The first</text></navLabel><content src="b.xhtml#one"/></navPoint></navPoint>
        <navPoint><navLabel><text>Second</text></navLabel><content src="a.xhtml"/></navPoint>
        <navPoint><navLabel><text>Third</text></navLabel><content src="d.xhtml"/></navPoint></navMap></ncx>"#;
    let list = page(
        "<p><a href='b.xhtml'>Part One</a></p><p><a href='b.xhtml#one'>The first</a></p><p><a href='a.xhtml'>Second</a></p><p><a href='d.xhtml'>Third</a></p>",
    );
    let parts = [
        ("META-INF/container.xml", CONTAINER),
        (
            "OEBPS/c.opf",
            &package(
                &["toc.xhtml", "b.xhtml", "a.xhtml", "d.xhtml"],
                r#"<item id="ncx" href="t.ncx" media-type="application/x-dtbncx+xml"/>"#,
            ),
        ),
        ("OEBPS/t.ncx", ncx),
        ("OEBPS/toc.xhtml", &list),
        ("OEBPS/b.xhtml", &page("<p>Motto.</p><p id='one'>1 The first</p><p>Begins <a id='x'/>here.</p>")),
        ("OEBPS/a.xhtml", &page("<h2>Second</h2><p>Goes on.</p>")),
        ("OEBPS/d.xhtml", &page("<p>Ends.</p>")),
    ];
    let (text, warnings) = read(&parts).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    let meta = text.meta();
    assert_eq!((meta.title.as_deref(), meta.author.as_deref()), (Some("The & Book"), Some("A. Writer")));
    assert_eq!((meta.date.as_deref(), meta.language.as_deref()), (Some("1917-11-07"), Some("en")));
    assert_eq!(meta.sources, ["urn:isbn:123"]);
    let expected =
        "# Part One\n\nMotto.\n\n## 1 The first\n\nBegins here.\n\n## Second\n\nGoes on.\n\n# Third\n\nEnds.\n";
    assert_eq!(markdown(&text), expected);
}

#[test]
fn notes_are_found_in_their_chapter_and_in_a_file_of_their_own() {
    let parts = [
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/c.opf", &package(&["a.xhtml", "b.xhtml", "notes.xhtml"], "")),
        (
            "OEBPS/a.xhtml",
            &page(
                "<h1>A</h1><p>One<a epub:type='noteref' href='#n'>*</a> two<sup><a id='r1' href='notes.xhtml#e1'>1</a></sup>.</p><aside epub:type='footnote' id='n'><p>Below.</p></aside>",
            ),
        ),
        ("OEBPS/b.xhtml", &page("<h1>B</h1><p>Three<sup><a id='r1' href='notes.xhtml#e2'>1</a></sup>.</p>")),
        (
            "OEBPS/notes.xhtml",
            &page(
                "<h1>Notes</h1><p id='e1'><a href='a.xhtml#r1'>1.</a> First.</p><p id='e2'><a href='b.xhtml#r1'>1.</a> Second.</p>",
            ),
        ),
    ];
    let (text, _) = read(&parts).unwrap();
    let expected =
        "# A\n\nOne[^1] two[^2].\n\n[^1]: Below.\n\n# B\n\nThree[^3].\n\n# Notes\n\n[^2]: First.\n\n[^3]: Second.\n";
    assert_eq!(markdown(&text), expected);
}

#[test]
fn what_is_missing_is_told_and_the_rest_is_read() {
    let parts = [
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/c.opf", &package(&["a.xhtml", "gone.xhtml", "b.xhtml", "a.xhtml"], "")),
        ("OEBPS/a.xhtml", &page("<p>One.</p>")),
        ("OEBPS/B.XHTML", &page("<p>Two.</p>")),
    ];
    let (text, warnings) = read(&parts).unwrap();
    assert_eq!(text.string(), "One.\nTwo.");
    assert_eq!(warnings[0].as_str(), "the book's part OEBPS/gone.xhtml is not there: the rest was read");
    assert!(warnings[0].is_fault());
}

#[test]
fn chapters_that_share_a_file_are_read_once() {
    let book = [
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/c.opf", &package(&["a.xhtml", "a.xhtml#two", "b.xhtml#three"], "")),
        ("OEBPS/a.xhtml", &page("<h1>One</h1><p>First.</p><h1 id='two'>Two</h1><p>Second.</p>")),
        (
            "OEBPS/b.xhtml",
            &page("<h1 id='three'>Three</h1><label class='ocn'><a href='#o4'>4</a></label><p id='o4'>Third.</p>"),
        ),
    ];
    let (text, warnings) = read(&book).unwrap();
    assert_eq!(markdown(&text), "# One\n\nFirst.\n\n# Two\n\nSecond.\n\n# Three\n\nThird.\n");
    assert_eq!(warnings, []);
}

#[test]
fn a_book_opens_where_its_landmarks_say() {
    let nav =
        page("<nav epub:type='landmarks'><ol><li><a epub:type='bodymatter' href='b.xhtml'>Begin</a></li></ol></nav>");
    let item = r#"<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>"#;
    let long: String = (0..8).map(|n| format!("<p>Paragraph {n}.</p>")).collect();
    let parts = [
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/c.opf", &package(&["a.xhtml", "b.xhtml"], item)),
        ("OEBPS/nav.xhtml", &nav),
        ("OEBPS/a.xhtml", &page("<p>Imprint.</p><p>All rights.</p>")),
        ("OEBPS/b.xhtml", &page(&format!("<h1>One</h1>{long}"))),
    ];
    let (text, _) = read(&parts).unwrap();
    assert_eq!((text.opens().0, text.block_str(text.opening())), (3, "One"));
    let again = of_markdown(&to_markdown(&text));
    assert_eq!((again.opens(), again.opening()), (text.opens(), text.opening()));
}

#[test]
fn names_are_told_whatever_their_letters_are_made_of() {
    let spaced = package(&["u\u{308}ber.xhtml"], "").replace("id=\"i0\"", "id=\" i0 \"");
    let parts = [
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/c.opf", spaced.as_str()),
        ("OEBPS/\u{fc}ber.xhtml", &page("<p>One.</p>")),
    ];
    assert_eq!(read(&parts).unwrap().0.string(), "One.");
}

#[test]
fn a_book_of_pictures_says_so_and_words_in_drawings_are_read() {
    let item = r#"<item id="p" href="p.jpg" media-type="image/jpeg"/>"#;
    let painted = [
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/c.opf", &package(&["a.xhtml"], item)),
        ("OEBPS/a.xhtml", &page("<img src='p.jpg' alt=''/>")),
    ];
    assert_eq!(read(&painted).unwrap_err(), ImportError::Pictures(Format::Epub));
    let only = package(&[], item).replace("</spine>", "<itemref idref=\"p\"/></spine>");
    let parts = [("META-INF/container.xml", CONTAINER), ("OEBPS/c.opf", only.as_str())];
    assert_eq!(read(&parts).unwrap_err(), ImportError::Pictures(Format::Epub));
    let drawing =
        "<svg><title>no</title><text>The cup <tspan>fell &amp; broke.</tspan></text><text>It rang.</text></svg>";
    let parts = [
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/c.opf", &package(&["a.svg", "b.xhtml"], "").replacen("application/xhtml+xml", "image/svg+xml", 1)),
        ("OEBPS/a.svg", drawing),
        ("OEBPS/b.xhtml", &page(&format!("<p>Before.</p>{drawing}"))),
    ];
    let words = "The cup fell & broke.\nIt rang.";
    assert_eq!(read(&parts).unwrap().0.string(), format!("{words}\nBefore.\n{words}"));
}

#[test]
fn what_cannot_be_read_says_why() {
    let drm = r#"<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/></EncryptedData></encryption>"#;
    let fonts = r#"<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></EncryptedData></encryption>"#;
    let package = package(&["a.xhtml"], "");
    let book = |encryption| {
        let parts = [
            ("META-INF/container.xml", CONTAINER),
            ("META-INF/encryption.xml", encryption),
            ("OEBPS/c.opf", package.as_str()),
            ("OEBPS/a.xhtml", "<p>One."),
        ];
        read(&parts).map(|(text, _)| text.string().to_owned())
    };
    assert_eq!(book(fonts).as_deref(), Ok("One."));
    assert_eq!(book(drm), Err(ImportError::Protected(Format::Epub)));
    let bomb = "B".repeat(25 << 20);
    let parts = [("META-INF/container.xml", CONTAINER), ("OEBPS/c.opf", package.as_str()), ("OEBPS/a.xhtml", &bomb)];
    assert_eq!(read(&parts).unwrap_err(), ImportError::Swollen { format: Format::Epub, mib: 24 });
    for parts in [&[("META-INF/container.xml", "<container/>")][..], &[("META-INF/container.xml", CONTAINER)], &[]] {
        assert!(matches!(read(parts).unwrap_err(), ImportError::Broken { format: Format::Epub, .. }));
    }
}

#[test]
fn the_bars_of_a_website_around_chapters_go_and_are_told() {
    let bar =
        "<div class='related' role='navigation'><h3>Navigation</h3><ul><li><a href='b.xhtml'>next</a></li></ul></div>";
    let said = "It turns by day and by night, and nobody in the valley remembers it still.";
    let chapter =
        |n: u32| page(&format!("{bar}<h1>Part {n}</h1><p>{said}</p>{bar}<div role='contentinfo'>© Mill</div>"));
    let (one, two, bare) = (chapter(1), chapter(2), page(bar));
    let package = package(&["a.xhtml", "b.xhtml", "c.xhtml"], "");
    let parts = [
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/c.opf", package.as_str()),
        ("OEBPS/a.xhtml", &one),
        ("OEBPS/b.xhtml", &two),
        ("OEBPS/c.xhtml", &bare),
    ];
    let (text, warnings) = read(&parts).unwrap();
    let written = markdown(&text);
    assert_eq!(written, format!("# Part 1\n\n{said}\n\n# Part 2\n\n{said}\n\n### Navigation\n\n- next\n"));
    let told: Vec<&str> = warnings.iter().map(Warning::as_str).collect();
    assert_eq!(told, ["dropped the links from chapter to chapter around 2 chapters"]);
    let mut warnings = Vec::new();
    let kept = super::read(&archive(&parts), &Hint { as_is: true, ..Hint::default() }, &mut warnings).unwrap();
    assert!(kept.string().contains("© Mill") && warnings.is_empty());
}

/// A chapter of whatever comes.
fn chapter() -> impl Strategy<Value = String> {
    let parts = vec![
        "<h2>One</h2>",
        "<p>",
        "</p>",
        "<a href='b.xhtml#n' epub:type='noteref'>1</a>",
        "<aside id='n' epub:type='footnote'>",
        "</aside>",
        "<blockquote>",
        "</blockquote>",
        "<ol><li>",
        "</li></ol>",
        "<em>a</em>",
        "<table><tr><td>b</td></tr></table>",
        "* c",
        "# d",
        "1. e",
        "*** START OF THE PROJECT GUTENBERG EBOOK F ***",
        "*** END OF THE PROJECT GUTENBERG EBOOK F ***",
        "<img alt='g'/>",
        "<pre>h\n i</pre>",
        "<br/>",
        " ",
    ];
    prop::collection::vec(prop::sample::select(parts), 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_chapters_read_back(first in chapter(), second in chapter()) {
        let parts = [
            ("META-INF/container.xml", CONTAINER),
            ("OEBPS/c.opf", &package(&["a.xhtml", "b.xhtml"], "")),
            ("OEBPS/a.xhtml", &page(&first)),
            ("OEBPS/b.xhtml", &page(&second)),
        ];
        if let Ok((text, _)) = read(&parts) {
            reads_back(&format!("{first}\n{second}"), &text)?;
        }
    }

    #[test]
    fn a_damaged_book_is_read_or_refused(at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()) {
        let parts = [
            ("META-INF/container.xml", CONTAINER),
            ("OEBPS/c.opf", &package(&["a.xhtml"], "")),
            ("OEBPS/a.xhtml", &page("<p>One <b>two</b>.</p>")),
        ];
        let mut bytes = archive(&parts);
        for (index, byte) in at {
            let i = index.index(bytes.len());
            bytes[i] = byte;
        }
        let _ = import(&bytes, &Hint::named("a.epub"));
        bytes.truncate(cut.index(bytes.len()));
        let _ = import(&bytes, &Hint::named("a.epub"));
    }
}
