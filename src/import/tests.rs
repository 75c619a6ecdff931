//! The doors of the layer: formats, prefixes, and what is refused.

use super::error::ImportError;
use super::format::Format;
use super::{Hint, import, import_prefix};

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
        (b"%PDF-1.4 x", "a.txt", Err(broken_pdf)),
        (b"<!doctype html><p>x", "a", built(Format::Html)),
        (b"<p>x", "a.html", built(Format::Html)),
        (b"<!doctype html><p>x", "a.txt", Ok(Format::Plain)),
        (b"", "a.txt", Err(ImportError::Empty)),
        (b" \n\t\n", "a.txt", Err(ImportError::Empty)),
        (b"", "a.epub", Err(ImportError::Empty)),
        (b"\x89PNG\r\n\x1a\n\xff\xfe\x00", "a.txt", Err(ImportError::Binary { what: "a PNG picture" })),
        (b"{\\rtf1 x}", "a", Err(ImportError::Binary { what: "an RTF document" })),
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
        (ImportError::Binary { what: "a PNG picture" }, "a PNG picture, not a text: convert"),
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
