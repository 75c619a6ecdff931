//! FictionBook 2: sections with titles, verse, epigraphs, and notes in a body of their own.

use std::cell::Cell;
use std::collections::HashSet;

use quick_xml::events::BytesStart;

use crate::import::archive::{Archive, Limits};
use crate::import::error::ImportError;
use crate::import::flow::Mark;
use crate::import::flow::compose::Composer;
use crate::import::format::Format;
use crate::import::warning::Warning;
use crate::import::watch::Meter;
use crate::import::xml::{Token, Xml, attribute, name};
use crate::text::Text;

use super::metadata::{PathValues, language};
use super::walk::Around;
use super::{Role, Vocabulary};

/// A book's words are a few million bytes at most; its pictures stand among them as letters.
const LIMITS: Limits = Limits { part: 160 << 20, all: 160 << 20 };

struct FictionBook {
    /// The places that marks of notes lead to.
    cited: HashSet<String>,
    /// Whether the body that is read is that of the notes.
    in_notes: Cell<bool>,
}

/// Reads a book, which may be packed.
pub(in crate::import) fn read(
    bytes: &[u8],
    watch: Meter<'_>,
    warnings: &mut Vec<Warning>,
) -> Result<Text, ImportError> {
    let unpacked;
    let bytes = if bytes.starts_with(b"PK") {
        let mut archive = Archive::open(bytes, Format::Fb2, LIMITS)?;
        let names = archive.names();
        let book = names.iter().find(|n| n.to_ascii_lowercase().ends_with(".fb2"));
        let book = book.ok_or_else(|| broken("no book (.fb2) is in its archive"))?;
        unpacked = archive.part(book).map_err(|why| why.of(Format::Fb2, book))?;
        &unpacked
    } else {
        bytes
    };
    let source = crate::import::decode::declared(bytes, warnings)?;
    let cites = |token| match token {
        Token::Open(tag) if name(&tag) == "a" && attribute(&tag, "type").is_some_and(|t| t == "note") => aim(&tag),
        _ => None,
    };
    let book = FictionBook { cited: Xml::new(&source).filter_map(cites).collect(), in_notes: Cell::new(false) };
    Ok(super::read(&source, &book, watch, warnings))
}

fn broken(why: &str) -> ImportError {
    ImportError::Broken { format: Format::Fb2, why: why.to_owned() }
}

/// The place in the book that a link leads to.
fn aim(tag: &BytesStart<'_>) -> Option<String> {
    attribute(tag, "href").and_then(|href| href.strip_prefix('#').map(str::to_owned))
}

impl Vocabulary for FictionBook {
    fn role(&self, tag: &BytesStart<'_>, around: &Around<'_>) -> Role {
        match name(tag) {
            "description" | "binary" | "stylesheet" => Role::Silent,
            "section" => match attribute(tag, "id").filter(|id| self.cited.contains(id)) {
                Some(id) => {
                    let label = id.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned();
                    Role::NoteUnder(id, label)
                }
                None => Role::Section,
            },
            // The title of a note is its number.
            "title" if around.parent() == "section" && self.is_note(around) => Role::Silent,
            "body" => {
                let notes = attribute(tag, "name").is_some_and(|name| matches!(name.as_str(), "notes" | "comments"));
                self.in_notes.set(notes && !self.cited.is_empty());
                Role::Plain
            }
            "title" if around.parent() == "body" && self.in_notes.get() => Role::Silent,
            "title" if around.parent() == "body" => Role::Heading(Some(1), 0),
            "title" if matches!(around.parent(), "section" | "poem") => {
                Role::Heading(None, u8::from(around.parent() == "poem"))
            }
            "subtitle" => Role::Heading(None, 1),
            "p" | "text-author" | "date" | "stanza" | "poem" | "title" | "annotation" | "empty-line" => Role::Block,
            "epigraph" | "cite" => Role::Quotation,
            "v" => Role::Line,
            "a" => match (attribute(tag, "type").is_some_and(|t| t == "note"), aim(tag)) {
                (true, Some(aim)) => {
                    let label = aim.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned();
                    Role::Cites(aim, label)
                }
                (_, None) => attribute(tag, "href").map_or(Role::Plain, |href| Role::Marked(Mark::Link(href))),
                (false, Some(_)) => Role::Plain,
            },
            "emphasis" => Role::Marked(Mark::Emphasis),
            "strong" => Role::Marked(Mark::Strong),
            "strikethrough" => Role::Marked(Mark::Strike),
            "code" => Role::Marked(Mark::Code),
            "sup" => Role::Marked(Mark::Raised),
            "sub" => Role::Marked(Mark::Lowered),
            "image" => Role::Picture(attribute(tag, "alt").unwrap_or_default(), String::new()),
            "table" => Role::Table,
            "tr" => Role::Row,
            "td" | "th" => Role::Cell,
            _ => Role::Plain,
        }
    }

    fn meta(&self, source: &str, composer: &mut Composer) {
        let paths =
            ["title-info/book-title", "title-info/author", "title-info/date", "title-info/lang", "publish-info/year"];
        let without = ["nickname", "home-page", "email", "id"];
        let said = PathValues::of(source, &paths, &["body"], &without);
        composer.meta.title = said.first(&["title-info/book-title"]);
        composer.meta.author = said.names(&["title-info/author"]);
        composer.meta.date = said.first(&["title-info/date", "publish-info/year"]);
        composer.meta.language = said.first(&["title-info/lang"]).and_then(|l| language(&l));
    }
}

impl FictionBook {
    /// Whether the element stands in a note and not in a section of the text.
    fn is_note(&self, around: &Around<'_>) -> bool {
        !self.cited.is_empty() && around.in_note()
    }
}
