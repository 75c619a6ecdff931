//! Which format a file is in: by its content first, then by its name.

use std::fmt;

use memchr::memmem;
use serde::{Deserialize, Serialize};

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
}

impl Format {
    /// Whether this build has the importer of this format.
    pub fn is_built(self) -> bool {
        match self {
            Self::Plain | Self::Markdown => true,
            Self::Html => cfg!(feature = "html"),
            Self::Epub => cfg!(feature = "epub"),
            Self::Docx => cfg!(feature = "docx"),
            Self::Pdf => cfg!(feature = "pdf"),
        }
    }

    /// Whether a file of this format is read in a process of its own: its grammar is large, its files come from
    /// anywhere, and what reads them may fail, hang, or eat up the memory.
    pub fn is_read_apart(self) -> bool {
        !matches!(self, Self::Plain | Self::Markdown)
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
        })
    }
}

/// How much of a file its format is told by.
const HEAD: usize = 4096;

/// The container or page format that the first bytes say, where they say one.
pub fn by_content(bytes: &[u8]) -> Option<Format> {
    let head = &bytes[..bytes.len().min(HEAD)];
    // A PDF may begin with a little junk: its readers look for the mark in the first 1024 bytes.
    if memmem::find(&head[..head.len().min(1024)], b"%PDF-").is_some() {
        return Some(Format::Pdf);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return zipped(bytes);
    }
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let lower = start[..start.len().min(512)].to_ascii_lowercase();
    let opens = |tag: &[u8]| {
        lower.starts_with(tag) && lower.get(tag.len()).is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'-')
    };
    let page = opens(b"<!doctype html") || opens(b"<html") || opens(b"<head") || opens(b"<body");
    let xhtml = lower.starts_with(b"<?xml") && memmem::find(&lower, b"<html").is_some();
    (page || xhtml).then_some(Format::Html)
}

/// EPUB and DOCX are told apart by the names of their parts, which stand uncompressed in the archive.
fn zipped(bytes: &[u8]) -> Option<Format> {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let tail = &bytes[bytes.len().saturating_sub(64 * 1024)..];
    let has = |name: &[u8]| memmem::find(head, name).is_some() || memmem::find(tail, name).is_some();
    if has(b"application/epub+zip") || has(b"META-INF/container.xml") {
        Some(Format::Epub)
    } else if has(b"word/document.xml") || has(b"[Content_Types].xml") {
        Some(Format::Docx)
    } else {
        None
    }
}

/// The format that a name's ending says.
pub fn by_name(name: &str) -> Option<Format> {
    let (_, ending) = name.rsplit_once('.')?;
    Some(match ending.to_ascii_lowercase().as_str() {
        "txt" | "text" | "asc" | "log" => Format::Plain,
        "md" | "markdown" | "mkd" | "mdown" => Format::Markdown,
        "html" | "htm" | "xhtml" | "xht" => Format::Html,
        "epub" => Format::Epub,
        "docx" => Format::Docx,
        "pdf" => Format::Pdf,
        _ => return None,
    })
}

/// Whether bytes without a name are Markdown beyond doubt: they begin with front matter or with a heading that stands
/// alone, they have two such headings, or a footnote. Of a file that is named this is never asked: a `.txt` has no markup.
pub fn is_evident_markdown(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if by_content(bytes).is_some() {
        return false;
    }
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

/// What a file is that is no text, by its first bytes.
pub(super) fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"\x89PNG\r\n", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90", "a program"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"PK\x05\x06", "an empty ZIP archive"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\xfd7zXZ", "an xz archive"),
        (b"7z\xbc\xaf", "a 7z archive"),
        (b"Rar!", "a RAR archive"),
        (b"\x28\xb5\x2f\xfd", "a zstd archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
        (b"{\\rtf", "an RTF document"),
        (b"SQLite format 3\0", "a database"),
        (b"AT&TFORM", "a DjVu document"),
        (b"OggS", "a sound file"),
        (b"ID3", "a sound file"),
        (b"fLaC", "a sound file"),
    ];
    let what = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, what)| what)?;
    let has = |sign: &[u8]| memmem::find(bytes, sign).is_some();
    // Containers that say what is in them.
    Some(match what {
        "a ZIP archive" if has(b"application/vnd.oasis.opendocument.text") => "an OpenDocument text (.odt)",
        OLD_OFFICE if has(&ENCRYPTED_PACKAGE) => "a document that is encrypted with a password",
        other => other,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
    }
}
