//! Which format a file is in: by its content first, then by its name.

use std::fmt;

use memchr::memmem;
use serde::{Deserialize, Serialize};

use super::evidence;

/// A format that a file may be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text: nothing in it is markup.
    Plain,
    /// `CommonMark` with front matter, footnotes and tables.
    Markdown,
    /// A web page.
    Html,
    /// An electronic book.
    Epub,
    /// A word processor's document.
    Docx,
    /// A printed page's layout.
    Pdf,
    /// A document of `LibreOffice` and others, packed or flat.
    Odt,
    /// A word processor's document as one string of letters.
    Rtf,
    /// `FictionBook`, packed or not.
    Fb2,
    /// The XML of the Text Encoding Initiative.
    Tei,
    /// The XML of manuals.
    DocBook,
    /// A book for Kindles: MOBI, AZW and AZW3.
    Mobi,
    /// A web page with all it needs, or a letter.
    Mhtml,
    /// What is said in a film: SRT and `WebVTT`.
    Subtitles,
    /// The outlines of Emacs.
    Org,
    /// The markup of Python's documentation.
    Rst,
    /// The markup of manuals.
    AsciiDoc,
    /// The markup of papers.
    Latex,
    /// The markup of Emacs Muse, as libraries on the web keep it.
    Muse,
}

impl Format {
    /// Whether this build has the importer of this format.
    pub(super) fn is_built(self) -> bool {
        match self {
            Self::Html => cfg!(feature = "html"),
            Self::Epub => cfg!(feature = "epub"),
            Self::Docx => cfg!(feature = "docx"),
            Self::Pdf => cfg!(feature = "pdf"),
            Self::Mobi => cfg!(feature = "mobi"),
            Self::Mhtml => cfg!(feature = "mhtml"),
            _ => true,
        }
    }

    /// Whether a file of this format is read in a process of its own: its grammar is large, its files come from
    /// anywhere, and what reads them may fail, hang, or eat up the memory.
    pub fn is_read_apart(self) -> bool {
        !self.is_lines()
    }

    /// Whether a file of this format is lines of text, of which the beginning shows something before the rest is read.
    fn is_lines(self) -> bool {
        matches!(self, Self::Plain | Self::Markdown) || self.is_light()
    }

    /// Whether a file of this format is an archive of several files.
    pub(super) fn is_archive(self) -> bool {
        matches!(self, Self::Epub | Self::Docx | Self::Odt)
    }

    /// Whether a file of this format is lines of text with markup, which only some of them show beyond doubt.
    pub(super) fn is_light(self) -> bool {
        matches!(self, Self::Subtitles | Self::Org | Self::Rst | Self::AsciiDoc | Self::Latex | Self::Muse)
    }

    /// Whether the name of a file alone does not make it one of this format, since these bytes, the first of it, lack signs
    /// that are never missing.
    pub(super) fn is_unmarked(self, bytes: &[u8]) -> bool {
        let head = &bytes[..bytes.len().min(HEAD)];
        match self {
            // A damaged one has objects, or what is no text.
            Self::Pdf => {
                let is_text = !head.contains(&0) && head.utf8_chunks().count() <= 1;
                return is_text && memmem::find(head, b" obj").is_none();
            }
            Self::Html => {
                let opens =
                    |pair: &[u8]| pair[0] == b'<' && (pair[1].is_ascii_alphabetic() || b"/!?".contains(&pair[1]));
                return !head.windows(2).any(opens);
            }
            _ => {}
        }
        matches!(
            self,
            Self::Epub
                | Self::Docx
                | Self::Odt
                | Self::Rtf
                | Self::Fb2
                | Self::Tei
                | Self::DocBook
                | Self::Mobi
                | Self::Mhtml
        )
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Plain => "plain text",
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
            Self::Epub => "EPUB",
            Self::Docx => "DOCX",
            Self::Pdf => "PDF",
            Self::Odt => "OpenDocument",
            Self::Rtf => "RTF",
            Self::Fb2 => "FictionBook",
            Self::Tei => "TEI",
            Self::DocBook => "DocBook",
            Self::Mobi => "MOBI",
            Self::Mhtml => "MHTML",
            Self::Subtitles => "subtitles",
            Self::Org => "Org",
            Self::Rst => "reStructuredText",
            Self::AsciiDoc => "AsciiDoc",
            Self::Latex => "LaTeX",
            Self::Muse => "Muse",
        })
    }
}

/// How much of a file its format is told by.
pub(super) const HEAD: usize = 4096;

/// How far into a file of XML its first element may stand, after comments and the document type.
const XML_HEAD: usize = 64 * 1024;

/// The container or page format that the first bytes say, where they say one.
pub(super) fn by_content(bytes: &[u8]) -> Option<Format> {
    let head = &bytes[..bytes.len().min(HEAD)];
    // A PDF may begin with a little junk: its readers look for the mark in the first 1024 bytes.
    if memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some() {
        return Some(Format::Pdf);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return zipped(bytes);
    }
    if matches!(head.get(60..68), Some(b"BOOKMOBI" | b"TEXtREAd")) {
        return Some(Format::Mobi);
    }
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if start.starts_with(b"{\\rtf") {
        return Some(Format::Rtf);
    }
    let lower = start[..start.len().min(512)].to_ascii_lowercase();
    let opens = |tag: &[u8]| {
        lower.starts_with(tag) && lower.get(tag.len()).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'-')
    };
    let page = opens(b"<!doctype html") || opens(b"<html") || opens(b"<head") || opens(b"<body");
    let xhtml = lower.starts_with(b"<?xml") && memmem::find(&lower, b"<html").is_some();
    if page || xhtml {
        return Some(Format::Html);
    }
    evidence::vocabulary(&bytes[..bytes.len().min(XML_HEAD)]).or_else(|| evidence::markup(head))
}

/// Archives are told apart by the names of their parts, which stand uncompressed in them.
fn zipped(bytes: &[u8]) -> Option<Format> {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let tail = &bytes[bytes.len().saturating_sub(64 * 1024)..];
    let has = |name: &[u8]| memmem::find(head, name).is_some() || memmem::find(tail, name).is_some();
    let kind = &bytes[..bytes.len().min(160)];
    if memmem::find(kind, b"application/vnd.oasis.opendocument").is_some() {
        Some(Format::Odt)
    } else if has(b"application/epub+zip") || has(b"META-INF/container.xml") {
        Some(Format::Epub)
    } else if has(b"word/document.xml") || has(b"[Content_Types].xml") {
        Some(Format::Docx)
    } else if has(b"content.xml") && has(b"META-INF/manifest.xml") {
        Some(Format::Odt)
    } else if has(b".fb2PK") || has(b".fb2") {
        Some(Format::Fb2)
    } else {
        None
    }
}

/// The endings of names, and the formats that they say.
const ENDINGS: &[(Format, &[&str])] = &[
    (Format::Plain, &["txt", "text", "asc", "log"]),
    (Format::Markdown, &["md", "markdown", "mkd", "mdown"]),
    (Format::Html, &["html", "htm", "xhtml", "xht"]),
    (Format::Epub, &["epub"]),
    (Format::Docx, &["docx"]),
    (Format::Pdf, &["pdf"]),
    (Format::Odt, &["odt", "ott", "fodt"]),
    (Format::Rtf, &["rtf"]),
    (Format::Fb2, &["fb2", "fbz"]),
    (Format::Tei, &["tei"]),
    (Format::DocBook, &["dbk", "docbook"]),
    (Format::Mobi, &["mobi", "azw", "azw3", "prc"]),
    (Format::Mhtml, &["mhtml", "mht", "eml"]),
    (Format::Subtitles, &["srt", "vtt"]),
    (Format::Org, &["org"]),
    (Format::Rst, &["rst", "rest"]),
    (Format::AsciiDoc, &["adoc", "asciidoc"]),
    (Format::Latex, &["tex", "latex", "ltx"]),
    (Format::Muse, &["muse"]),
];

/// The format that a name's ending says.
pub fn by_name(name: &str) -> Option<Format> {
    let (_, ending) = name.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    ENDINGS.iter().find(|(_, endings)| endings.contains(&ending.as_str())).map(|(format, _)| *format)
}

/// Whether a file of this name looks like a text among others in a folder. Logs do not, and what is in a file of XML
/// its name does not say.
pub fn is_text_by_name(name: &str) -> bool {
    let ends = |ending: &str| name.len() > ending.len() && name.to_ascii_lowercase().ends_with(ending);
    (by_name(name).is_some() && !ends(".log")) || ends(".xml")
}

/// Whether bytes without a name are Markdown beyond doubt: they begin with front matter or with a heading that stands
/// alone, they have two such headings, or a footnote. Of a file that is named this is never asked: a `.txt` has no markup.
pub fn is_evident_markdown(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if by_content(bytes).is_some() {
        return false;
    }
    has_signs_of_markdown(bytes)
}

pub(super) fn has_signs_of_markdown(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|b| *b == b'\n').map(<[u8]>::trim_ascii_end).peekable();
    if lines.next_if_eq(&&b"---"[..]).is_some() {
        let head: Vec<&[u8]> = lines.take(64).collect();
        let end = head.iter().position(|l| *l == b"---" || *l == b"...").unwrap_or(0);
        return head[..end].iter().any(|l| memchr::memchr(b':', l).is_some_and(|at| at > 0));
    }
    let (mut after_blank, mut begun, mut headings) = (true, false, 0);
    while let Some(line) = lines.next() {
        let marks = line.iter().take_while(|b| **b == b'#').count();
        let is_heading = (1..=6).contains(&marks) && line.get(marks) == Some(&b' ');
        let alone = after_blank && lines.peek().is_none_or(|next| next.is_empty());
        headings += usize::from(is_heading && alone);
        let note = line.strip_prefix(b"[^").and_then(|rest| memmem::find(rest, b"]: "));
        if headings > usize::from(begun) || (after_blank && note.is_some_and(|at| at > 0)) {
            return true;
        }
        after_blank = line.is_empty();
        begun |= !line.is_empty();
    }
    false
}

/// What the compound files of Office before 2007 are called.
const OLD_OFFICE: &str = "an old Office document (.doc)";

/// The name of the stream that an encrypted document is in: `EncryptedPackage` in UTF-16.
const ENCRYPTED_PACKAGE: [u8; 32] = *b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

const OCR: &str = "run OCR first, e.g. with tesseract";
const SAVE_AS: &str = "save it as DOCX or ODT with a word processor first";
const AS_EPUB: &str = "convert it to EPUB first, e.g. with ebook-convert";
const UNPACK: &str = "unpack it, and open what is in it";
const BOUGHT: &str = "get it without protection, or as EPUB, where it is from";
const CONVERT: &str = "convert it to text, Markdown or HTML first";

/// The first bytes of what is no text, what it is, and what to do.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"\x89PNG\r\n", "a PNG picture", OCR),
    (b"\xff\xd8\xff", "a JPEG picture", OCR),
    (b"GIF8", "a GIF picture", OCR),
    (b"II*\0", "a TIFF picture", OCR),
    (b"MM\0*", "a TIFF picture", OCR),
    (b"\x7fELF", "a program", CONVERT),
    (b"MZ\x90", "a program", CONVERT),
    (b"PK\x03\x04", "a ZIP archive", UNPACK),
    (b"PK\x05\x06", "an empty ZIP archive", CONVERT),
    (b"\x1f\x8b", "a gzip archive", UNPACK),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xfd7zXZ", "an xz archive", UNPACK),
    (b"7z\xbc\xaf", "a 7z archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", UNPACK),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE, SAVE_AS),
    (b"\xffWPC", "a WordPerfect document", SAVE_AS),
    (b"SQLite format 3\0", "a database", CONVERT),
    (b"AT&TFORM", "a DjVu document", "write out its text first, e.g. with djvutxt, or run OCR"),
    (b"%!PS", "PostScript", "make a PDF of it first, e.g. with ps2pdf"),
    (b"\xf7\x02", "a DVI document", "make a PDF of it first, e.g. with dvipdfm"),
    (b"ITOLITLS", "a Microsoft Reader book (.lit)", AS_EPUB),
    (b"ITSF", "a compiled help file (.chm)", AS_EPUB),
    (b"L\0R\0F\0", "a Sony Reader book (.lrf)", AS_EPUB),
    (b"\xeaDRMION\xee", "a protected Kindle book (.kfx)", BOUGHT),
    (b"CONT\x02\0", "a Kindle book (.kfx)", BOUGHT),
    (b"TPZ", "a Kindle book of the Topaz kind (.azw)", BOUGHT),
    (b"OggS", "a sound file", CONVERT),
    (b"ID3", "a sound file", CONVERT),
    (b"fLaC", "a sound file", CONVERT),
];

/// What a disk leaves that lost what was written.
const ZEROS: &str = "a file of nothing but zeros";

/// The same of a part of it. A hole costs no room on a disk, and all of its length in memory.
const HOLE: &str = "a file with a hole of nothing but zeros in it";

/// A hole is at least so long.
const SHORTEST_HOLE: usize = 1 << 20;

/// Whether so many bytes in a row are zeros as in no text, whatever it is encoded in.
fn has_hole(bytes: &[u8]) -> bool {
    bytes.chunks_exact(SHORTEST_HOLE).any(|part| part.iter().all(|b| *b == 0))
}

/// What a file is that is no text, by its first bytes.
pub(super) fn binary(bytes: &[u8]) -> Option<&'static str> {
    if bytes.iter().all(|b| *b == 0) {
        return Some(ZEROS);
    }
    if has_hole(bytes) {
        return Some(HOLE);
    }
    let what = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic)).map(|&(_, what, _)| what)?;
    let has = |sign: &[u8]| memmem::find(bytes, sign).is_some();
    // Containers that say what is in them.
    Some(if what == OLD_OFFICE && has(&ENCRYPTED_PACKAGE) {
        "a document that is encrypted with a password"
    } else {
        what
    })
}

/// What to do about a file that is no text.
pub(super) fn remedy(what: &str) -> &'static str {
    if matches!(what, ZEROS | HOLE) {
        return "what was in it is lost, so get it again";
    }
    MAGIC.iter().find(|(_, known, _)| *known == what).map_or(CONVERT, |(.., remedy)| remedy)
}

/// Whether bytes are what they are beyond doubt, whatever their name says: no letters of a text begin so.
pub(super) fn is_evident_binary(bytes: &[u8]) -> bool {
    let nothing = bytes.iter().all(|b| *b == 0);
    nothing
        || has_hole(bytes)
        || [&b"PK"[..], b"%!PS", b"AT&TFORM", b"ITOLITLS"].iter().any(|magic| bytes.starts_with(magic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_in_a_file_is_no_text() {
        let file = |zeros: usize| [b"Words here.\n\n".repeat(9), vec![0; zeros], b"more\n".to_vec()].concat();
        assert_eq!(binary(&file(3 << 20)), Some(HOLE));
        assert!(is_evident_binary(&file(3 << 20)) && !is_evident_binary(&file(1000)));
        assert_eq!(binary(&file(1000)), None);
    }

    #[test]
    fn content_comes_before_the_name() {
        let cases: &[(&[u8], Option<Format>)] = &[
            (b"%PDF-1.7\n", Some(Format::Pdf)),
            (b"\xef\xbb\xbf\n <!DOCTYPE HTML>\n<title>x", Some(Format::Html)),
            (b"<html lang=en>", Some(Format::Html)),
            (b"<?xml version='1.0'?><html xmlns='x'>", Some(Format::Html)),
            (b"<header>is a word here", None),
            (b"PK\x03\x04....mimetypeapplication/epub+zip", Some(Format::Epub)),
            (b"PK\x03\x04....[Content_Types].xml", Some(Format::Docx)),
            (b"PK\x03\x04....photo.jpg", None),
            (b"# A heading\n", None),
        ];
        for (bytes, expected) in cases {
            assert_eq!(by_content(bytes), *expected, "{}", bytes.escape_ascii());
        }
        let markdown = [
            "---\ntitle: x\n---\nWords.",
            "\n# A heading\r\n\r\nWords.",
            "A.[^1]\n\n[^1]: Note.",
            "A.\n\n## B\n\nC.\n\n# D\n",
        ];
        let plain = [
            "---\n\nWords: one.\n",
            "#1 is\n",
            "# of things\nin a list",
            "A.\n\n# B\n\nC.",
            "[1]: x\n\n[^]: y",
            "<html>\n\n# A\n",
            "",
        ];
        for (cases, expected) in [(&markdown[..], true), (&plain, false)] {
            for source in cases {
                assert_eq!(is_evident_markdown(source.as_bytes()), expected, "{source:?}");
            }
        }
        assert_eq!(by_name("a.b/Notes.MD"), Some(Format::Markdown));
        assert_eq!(by_name("README"), None);
        assert!(is_text_by_name("edition.XML") && !is_text_by_name("system.log") && !is_text_by_name("a.png"));
    }
}
