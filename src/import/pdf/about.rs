//! What a PDF says of itself: title and author, unless they are junk left by the program that made it.

use lopdf::{Document, Object};

use super::object::{dict, stream, value};
use crate::text::clean::Clean;
use crate::text::meta::Meta;

/// Longer titles are none, in bytes.
const LONGEST: usize = 300;

/// Reads the document's information, and what XMP says where that is silent. A date there is that of the file, which is
/// not that of the text, and is left.
pub(super) fn read(doc: &Document) -> Meta {
    let info = dict(doc, &doc.trailer, b"Info");
    let said = |key: &[u8]| info.and_then(|i| value(doc, i, key)).and_then(string);
    let xmp = doc.catalog().ok().and_then(|c| stream(doc, c, b"Metadata"));
    let xmp = xmp.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default();
    let language = doc.catalog().ok().and_then(|c| value(doc, c, b"Lang")).and_then(string);
    Meta {
        title: said(b"Title").filter(|t| is_title(t)).or_else(|| element(&xmp, "dc:title").filter(|t| is_title(t))),
        author: said(b"Author")
            .filter(|a| is_author(a))
            .or_else(|| element(&xmp, "dc:creator").filter(|a| is_author(a))),
        language: language
            .filter(|l| (2..=12).contains(&l.len()) && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')),
        ..Meta::default()
    }
}

/// Whether the file says by an outline, by labels of its pages or by its structure in which order it is read: nobody makes
/// these for sheets that are to be folded.
pub(super) fn settles_order(doc: &Document) -> bool {
    let Ok(catalog) = doc.catalog() else { return false };
    let outlined = dict(doc, catalog, b"Outlines").is_some_and(|o| o.has(b"First"));
    outlined || dict(doc, catalog, b"PageLabels").is_some() || dict(doc, catalog, b"StructTreeRoot").is_some()
}

fn string(object: &Object) -> Option<String> {
    line(&lopdf::decode_text_string(object).ok()?)
}

fn line(raw: &str) -> Option<String> {
    let clean = Clean::line(raw);
    let line = clean.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty() && line.len() <= LONGEST).then_some(line)
}

/// The first item of a property's list: `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Title</rdf:li>…`.
fn element(xmp: &str, name: &str) -> Option<String> {
    let from = xmp.find(&format!("<{name}"))?;
    let inner = &xmp[from..from + xmp[from..].find(&format!("</{name}"))?];
    let item = inner.find("<rdf:li").map_or(inner, |at| &inner[at..]);
    let text = item.split_once('>')?.1.split('<').next()?;
    line(&quick_xml::escape::unescape(text).ok()?)
}

/// Whether it is a title, and not the name of a file or of a program's empty page.
fn is_title(s: &str) -> bool {
    let lower = s.to_lowercase();
    let junk =
        ["untitled", "no title", "title", "document", "slide 1", "layout 1", "powerpoint presentation", "none", "null"];
    let begins = [
        "microsoft word",
        "microsoft powerpoint",
        "microsoft excel",
        "untitled",
        "layout ",
        "untitled-",
        "file:",
        "http",
    ];
    let ends = [
        ".doc", ".docx", ".tex", ".dvi", ".indd", ".qxd", ".qxp", ".pdf", ".rtf", ".odt", ".ps", ".txt", ".html",
        ".htm", ".fm", ".pmd", ".xml", ".md", ".wpd", ".p65", ".eps",
    ];
    s.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && !s.contains(['/', '\\', '_', '\u{fffd}'])
        && !junk.contains(&lower.as_str())
        && !begins.iter().any(|b| lower.starts_with(b))
        && !ends.iter().any(|e| lower.ends_with(e))
}

/// Whether it is a person, and not the name under which somebody logs in.
fn is_author(s: &str) -> bool {
    let lower = s.to_lowercase();
    let junk =
        ["administrator", "unknown", "author", "default user", "anonymous", "microsoft office user", "windows user"];
    s.contains(' ')
        && s.chars().next().is_some_and(char::is_uppercase)
        && s.len() < 160
        && !s.contains(['@', '/', '\\', '\u{fffd}'])
        && !junk.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn junk_is_no_title_and_no_author() {
        for title in ["What Is to Be Done?", "On Councils", "1984 revisited"] {
            assert!(is_title(title), "{title}");
        }
        for junk in ["Microsoft Word - a.doc", "thesis.dvi", "untitled", "C:\\x\\y", "1", "paper_final", "http://a.b"] {
            assert!(!is_title(junk), "{junk}");
        }
        assert!(is_author("Rosa Luxemburg") && !is_author("rluxemb") && !is_author("Administrator"));
        let xmp = "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Bread &amp; Roses</rdf:li></rdf:Alt></dc:title>";
        assert_eq!(element(xmp, "dc:title").as_deref(), Some("Bread & Roses"));
    }
}
