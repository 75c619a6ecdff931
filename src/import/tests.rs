//! The doors of the layer: formats, prefixes, and what is refused.

use std::fmt::Write as _;
use std::io::Write as _;

use proptest::prelude::{ProptestConfig, any, prop, prop_assert_eq, proptest};
use proptest::test_runner::TestCaseError;

use super::error::ImportError;
use super::format::Format;
use super::to_markdown::to_markdown;
use super::{Hint, import, import_prefix, looked, of_markdown};
use crate::text::Text;

/// The law of every reader: what it makes of a source is written as Markdown that reads back to the same text.
pub(in crate::import) fn reads_back(source: &str, text: &Text) -> Result<(), TestCaseError> {
    let written = to_markdown(text);
    let again = of_markdown(&written);
    prop_assert_eq!(again.string(), text.string(), "source:\n{}\nwritten:\n{}", source, written);
    prop_assert_eq!(again.notes(), text.notes(), "source:\n{}\nwritten:\n{}", source, written);
    prop_assert_eq!(to_markdown(&again), written);
    Ok(())
}

fn named(name: &str) -> Hint<'_> {
    Hint::named(name)
}

/// A lean build refuses what it was made without.
fn built(format: Format) -> Result<Format, ImportError> {
    if format.is_built() { Ok(format) } else { Err(ImportError::NotBuilt(format)) }
}

#[test]
fn a_format_is_told_by_content_then_by_name() {
    let broken_pdf = if cfg!(feature = "pdf") { ImportError::Damaged } else { ImportError::NotBuilt(Format::Pdf) };
    let cases: &[(&[u8], &str, Result<Format, ImportError>)] = &[
        (b"# A\n\ntext", "a.md", Ok(Format::Markdown)),
        (b"# A\n\ntext", "a.txt", Ok(Format::Plain)),
        (b"# A\n\ntext", "", Ok(Format::Plain)),
        (b"A file begins with %PDF-1.4.", "a.md", Ok(Format::Markdown)),
        (b"%PDF-1.4 x", "a.txt", Err(broken_pdf.clone())),
        (b"One\n===\n:a: b\n\n----\nOne and\ntwo.\n----\n", "a.txt", Ok(Format::AsciiDoc)),
        (b"One\n===\n:a: b\n\n----\nOne and\ntwo.\n----\n", "a.md", Ok(Format::Markdown)),
        (b"= One\n:a: b\n\nWords.\n", "a.md", Ok(Format::AsciiDoc)),
        (b"# A\n\ntext\n\n# B\n\ntext", "a.pdf", Ok(Format::Markdown)),
        (b"Words, and no more than that.", "a.pdf", Ok(Format::Plain)),
        (b"# A\n\ntext\n\n# B\n\ntext", "a.epub", Ok(Format::Markdown)),
        (b"---\ntitle: A\n---\n\ntext, 1 < 2", "a.html", Ok(Format::Markdown)),
        (b"\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "a.pdf", Err(broken_pdf)),
        (b"<!doctype html><p>x", "a", built(Format::Html)),
        (b"<p>x", "a.html", built(Format::Html)),
        (b"<!doctype html><p>x", "a.txt", built(Format::Html)),
        (b"", "a.txt", Err(ImportError::Empty)),
        (b" \n\t\n", "a.txt", Err(ImportError::Empty)),
        (b"", "a.epub", Err(ImportError::Empty)),
        (b"\x89PNG\r\n\x1a\n\xff\xfe\x00", "a.txt", Err(ImportError::Binary { what: "a PNG picture" })),
    ];
    for (bytes, name, expected) in cases {
        let got = import(bytes, &named(name)).map(|i| i.format);
        assert_eq!(got, *expected, "{} as {name}", bytes.escape_ascii());
    }
}

#[test]
fn what_is_refused_says_what_it_is_and_what_to_do() {
    let cases = [
        (ImportError::Empty, "empty"),
        (ImportError::Binary { what: "a PNG picture" }, "a PNG picture, not a text: run OCR"),
        (ImportError::TooLarge { bytes: 5_000_000_000 }, "4 GiB (5000000000 bytes): split"),
        (ImportError::NotBuilt(Format::Pdf), "does not read PDF"),
    ];
    for (error, said) in cases {
        assert!(error.to_string().contains(said), "{error}");
    }
}

#[test]
fn a_prefix_is_cut_at_its_last_whole_paragraph() {
    let text = "One is here.\n\nTwo is here.\n\nThree is cut off somew";
    let cases = [("a.txt", 2), ("a.md", 2)];
    for (name, passages) in cases {
        let got = import_prefix(text.as_bytes(), 1_000_000, &named(name)).unwrap().unwrap();
        assert_eq!((got.text.passage_count(), got.provisional), (passages, true), "{name}");
        let whole = import_prefix(text.as_bytes(), text.len() as u64, &named(name)).unwrap().unwrap();
        assert_eq!((whole.text.passage_count(), whole.provisional), (3, false), "{name}");
    }
    let endless = "word ".repeat(100);
    let got = import_prefix(endless.as_bytes(), 50_000_000, &named("a.txt")).unwrap().unwrap();
    assert_eq!(got.text.string(), endless.trim_end());
    assert_eq!(import_prefix(b"\n\n", 100, &named("a.txt")).unwrap(), None);
}

#[test]
fn nothing_reaches_a_text_raw() {
    let hostile = "\u{1b}]0;title\u{7} \u{202e}evil\u{9b}2J &#27;[31m <b>\u{e0041}</b>\0\u{85}x";
    for name in ["a.txt", "a.md"] {
        let source = format!("---\ntitle: \"a\\u001bb {}\"\n---\n{hostile}\n", '\u{202e}');
        let got = import(source.as_bytes(), &named(name)).unwrap();
        let bad = |c: char| {
            c.is_control() && c != '\n' && c != '\t'
                || ('\u{202a}'..='\u{202e}').contains(&c)
                || ('\u{e0000}'..='\u{e007f}').contains(&c)
        };
        assert!(!got.text.string().contains(bad), "{name}: {:?}", got.text.string());
        let title = got.text.meta().title.clone().unwrap_or_default();
        assert!(!title.contains(bad), "{name}: {title:?}");
    }
}

/// An archive of these parts, not compressed.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(&mut packed));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        zip.start_file(*name, stored).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
    packed
}

fn odt() -> Vec<u8> {
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        (
            "content.xml",
            "<office:document-content><office:body><text:p>Words.</text:p></office:body></office:document-content>",
        ),
    ])
}

fn epub() -> Vec<u8> {
    packed(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<container><rootfiles><rootfile full-path='c.opf'/></rootfiles></container>"),
        (
            "c.opf",
            "<package xmlns='http://www.idpf.org/2007/opf'><metadata/><manifest><item id='a' href='a.xhtml' \
             media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>",
        ),
        ("a.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>One</h1><p>Words.</p></body></html>"),
    ])
}

fn docx() -> Vec<u8> {
    packed(&[
        (
            "_rels/.rels",
            "<Relationships><Relationship Id='r1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument' Target='word/document.xml'/></Relationships>",
        ),
        (
            "word/document.xml",
            "<w:document xmlns:w='x'><w:body><w:p><w:r><w:t>Words.</w:t></w:r></w:p></w:body></w:document>",
        ),
    ])
}

fn pdf() -> Vec<u8> {
    let content = "BT /F1 10 Tf 72 700 Td (Words.) Tj ET";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>".to_owned(),
    ];
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

/// Something of each format that says by its content what it is.
pub(super) fn samples() -> Vec<(Format, Vec<u8>)> {
    let of = |format, source: &str| (format, source.as_bytes().to_vec());
    let mut book = vec![0; 60];
    book.extend(b"TEXtREAd\0\0\0\0\0\0\0\0\0\x02\0\0\0\x60\0\0\0\0\0\0\0\x70\0\0\0\0\0\0");
    book.extend(b"\0\x01\0\0\0\0\0\0\0\x01\0\0\0\0\0\0Words.");
    vec![
        (Format::Odt, odt()),
        (Format::Epub, epub()),
        (Format::Docx, docx()),
        (Format::Pdf, pdf()),
        (Format::Mobi, book),
        of(Format::Html, "<!doctype html><p>Words."),
        of(Format::Rtf, "{\\rtf1 Words.}"),
        of(Format::Fb2, "<?xml version=\"1.0\"?><FictionBook><body><p>Words.</p></body></FictionBook>"),
        of(Format::Tei, "<?xml version=\"1.0\"?><TEI><text><body><p>Words.</p></body></text></TEI>"),
        of(
            Format::DocBook,
            "<?xml version=\"1.0\"?><article xmlns=\"http://docbook.org/ns/docbook\"><para>Words.</para></article>",
        ),
        of(Format::Mhtml, "MIME-Version: 1.0\nContent-Type: text/html\n\n<p>Words.\n"),
        of(Format::Subtitles, "1\n00:00:01,000 --> 00:00:02,000\nWords.\n"),
        of(Format::Org, "#+TITLE: One\n\nWords.\n"),
        of(Format::Muse, "#title One\n\nWords.\n"),
        of(Format::Rst, "One\n===\n\n.. comment:: x\n\nWords [1]_.\n\n.. [1] Note.\n"),
        of(Format::AsciiDoc, "= One\n:name: x\n\nWords.\n"),
        of(Format::Latex, "\\documentclass{article}\n\\begin{document}Words.\\end{document}\n"),
    ]
}

#[test]
fn a_wrong_name_hides_no_format() {
    let names =
        ["", "a", "a.txt", "a.md", "a.pdf", "a.docx", "a.epub", "a.odt", "a.org", "a.tex", "a.xml", "a.doc", "a.srt"];
    for (format, bytes) in samples().into_iter().filter(|(format, _)| format.is_built()) {
        for name in names {
            let imported = import(&bytes, &named(name)).unwrap();
            assert_eq!(imported.format, format, "{format} as {name}");
            assert!(imported.text.string().contains("Words"), "{format} as {name}: {}", imported.text.string());
            let told = imported.warnings.iter().any(|w| w.as_str().contains("by its content"));
            let misnamed = super::format::by_name(name).is_some_and(|said| said != format);
            assert_eq!(told, misnamed, "{format} as {name}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    /// Whatever befalls a file of any format, it is read or refused; and what was read is read again from its Markdown.
    #[test]
    fn a_damaged_file_of_any_format_is_read_or_refused(
        nth in 0..64usize, cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4u8), 0..6),
    ) {
        let samples: Vec<_> = samples().into_iter().filter(|(format, _)| format.is_built()).collect();
        let (format, mut bytes) = samples[nth % samples.len()].clone();
        for (at, byte, how) in cuts {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at),
                2 => bytes.insert(at, byte),
                _ => bytes.extend_from_within(at..),
            }
        }
        if let Ok(imported) = import(&bytes, &named("a")) {
            let again = of_markdown(&to_markdown(&imported.text));
            prop_assert_eq!(again.string(), imported.text.string(), "{}", format);
        }
    }
}

#[test]
fn what_stays_unread_is_told_in_a_line() {
    let cases: &[(&[u8], &str, &str)] = &[
        (b"AT&TFORM\0\0\0\0DJVM", "a.djvu", "a DjVu document, not a text: write out its text first"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "an old Office document (.doc), not a text: save it as DOCX"),
        (b"ITOLITLS\x01", "a.lit", "a Microsoft Reader book (.lit), not a text: convert it to EPUB"),
        (b"%!PS-Adobe-3.0\n(words) show\n", "a.ps", "PostScript, not a text: make a PDF"),
        (b"PK\x03\x04\0\0photo.jpg", "a.txt", "a ZIP archive, not a text: unpack it"),
        (b"PK\x03\x04\0\0photo.jpg", "a.odt", "this OpenDocument cannot be read: its archive is damaged"),
        (&[0; 4000], "a.txt", "a file of nothing but zeros, not a text"),
        (b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><p", "a.xml", "there is no text in this TEI"),
        (
            b"<?xml version='1.0'?><opml><body/></opml>",
            "a.txt",
            "XML of a kind that Diptych does not know (<opml>): convert",
        ),
        (b"<catalog><entry>x</entry></catalog>", "a.xml", "(<catalog>)"),
    ];
    for (bytes, name, expected) in cases {
        let said = import(bytes, &named(name)).unwrap_err().to_string();
        assert!(said.contains(expected) && !said.contains('\n'), "{said}");
    }
    let manual = import(b".TH LS 1\n.SH NAME\nls\n", &named("ls.1")).unwrap();
    assert!(manual.warnings.iter().any(|w| w.is_fault() && w.as_str().contains("mandoc")), "{:?}", manual.warnings);
}

#[test]
fn twice_the_length_of_plain_text_is_looked_at_no_more_than_twice() {
    let shapes: [fn(usize) -> String; 3] = [
        |n| {
            let end = "*** END OF THE PROJECT GUTENBERG EBOOK X ***\n\n".repeat(n);
            format!(
                "The Project Gutenberg eBook of X\n\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\nwords\n\n{end}{}",
                "a\n\n".repeat(n)
            )
        },
        |n| "*a _b ".repeat(n),
        |n| "* * *\n*- ".repeat(n),
    ];
    for (at, shape) in shapes.iter().enumerate() {
        let looks = |n: usize| looked::while_(|| import(shape(n).as_bytes(), &Hint::named("a.txt")).is_ok()).1;
        let (once, twice) = (looks(500), looks(1000));
        assert!(twice <= once * 5 / 2 + 10_000, "shape {at}: {once}, {twice}");
    }
}
