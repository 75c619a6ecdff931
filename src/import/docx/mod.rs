//! Documents of word processors (Office Open XML, ECMA-376 part 1): styles say what is a heading, a quotation, an item.
//!
//! The text is the final one: what a tracked change deleted is gone, what it inserted is there. Comments are notes, and
//! say whose they are.

mod body;
mod formulas;
mod lists;
mod paragraph;
mod styles;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::text::clean::Clean;
use crate::text::meta::Meta;
use crate::text::{Builder, Text};

use super::archive::{Archive, Limits, Unread};
use super::error::ImportError;
use super::flow::write::Writer;
use super::format::Format;
use super::title;
use super::warning::Warning;
use super::watch::Meter;
use super::xml::{Token, Xml, attribute, name};

use self::body::{Body, FIRST_COMMENT, NoteKind};
use self::lists::Numberings;
use self::styles::Styles;

/// A document's words are a few million bytes at most, but every one of them may have a style.
const LIMITS: Limits = Limits { part: 96 << 20, all: 160 << 20 };

/// The main part, where the document does not say another.
const MAIN: &str = "word/document.xml";

/// Reads a document.
pub(super) fn read(bytes: &[u8], watch: Meter<'_>, warnings: &mut Vec<Warning>) -> Result<Text, ImportError> {
    let mut parts = Package::open(bytes)?;
    let document = parts.main(warnings)?;
    let styles = Styles::read(&parts.beside("styles.xml", warnings));
    let numberings = Numberings::read(&parts.beside("numbering.xml", warnings));
    let notes =
        [(NoteKind::Foot, "footnotes.xml"), (NoteKind::End, "endnotes.xml"), (NoteKind::Comment, "comments.xml")];
    let notes = notes.map(|(kind, part)| (kind, parts.beside(part, warnings), parts.links(part)));
    let file = parts.file().to_owned();
    let links = parts.links(&file);
    let mut builder = Builder::new();
    builder.meta(meta(&parts.optional("docProps/core.xml", warnings)));
    watch.tell(0, 2);

    let cited = memchr::memmem::find_iter(document.as_bytes(), "noteReference").count();
    let comments = memchr::memmem::find_iter(document.as_bytes(), "commentReference").count() as u32;
    let remarks = (0..comments).map(|n| (FIRST_COMMENT + n, format!("c{}", n + 1)));
    let labels: HashMap<u32, String> = (1..=cited as u32).map(|n| (n, n.to_string())).chain(remarks).collect();
    let mut writer = Writer::new(&mut builder, &labels);
    let mut body = Body::new(&styles, &numberings, links);
    let mut tokens = Xml::new(&document);
    for token in tokens.by_ref() {
        body.token(token);
        for piece in body.pieces.drain(..) {
            writer.piece(&body.nest, piece);
        }
    }
    body.finish();
    for piece in body.pieces.drain(..) {
        writer.piece(&body.nest, piece);
    }
    if tokens.broken {
        warnings.push(Warning::fault("the document breaks off within its markup: what stands before that was read"));
    }
    watch.tell(1, 2);
    let mut found: Vec<_> =
        notes.into_iter().flat_map(|(kind, source, links)| body.notes(kind, &source, links)).collect();
    found.sort_by_key(|(number, _)| *number);
    match found.iter().filter(|(number, _)| *number >= FIRST_COMMENT).count() {
        0 => {}
        1 => warnings.push(Warning::new("kept 1 comment as a note, c1")),
        n => warnings.push(Warning::new(&format!("kept {n} comments as notes, c1 to c{n}"))),
    }
    for (_, pieces) in found {
        for piece in pieces {
            writer.piece(&body.nest, piece);
        }
    }
    writer.finish();
    title::from_first_heading(&mut builder);
    Ok(builder.finish())
}

/// The parts of a document.
struct Package<'b> {
    archive: Archive<'b>,
    /// The path of the main part.
    main: String,
}

impl<'b> Package<'b> {
    fn open(bytes: &'b [u8]) -> Result<Self, ImportError> {
        let mut archive = Archive::open(bytes, Format::Docx, LIMITS)?;
        let relations = archive.part("_rels/.rels").map(|bytes| string(&bytes)).unwrap_or_default();
        let main = relations_of(&relations).into_iter().find(|r| r.kind.ends_with("/officeDocument"));
        // What stands above the document is none of its parts.
        let main = main.map(|r| r.target.trim_start_matches('/').to_owned()).filter(|t| !t.contains(".."));
        Ok(Self { archive, main: main.unwrap_or_else(|| MAIN.to_owned()) })
    }

    fn main(&mut self, warnings: &mut Vec<Warning>) -> Result<String, ImportError> {
        let other = [("xl/", "it is a spreadsheet"), ("ppt/", "it is a presentation")];
        if let Some((_, why)) = other.iter().find(|(folder, _)| self.main.starts_with(folder)) {
            return Err(ImportError::Broken { format: Format::Docx, why: (*why).to_owned() });
        }
        let (bytes, path) = match self.archive.part(&self.main) {
            Err(Unread::Missing) => (self.archive.part(MAIN), MAIN),
            read => (read, self.main.as_str()),
        };
        let bytes = bytes.map_err(|why| why.of(Format::Docx, &format!("its main part {path}")))?;
        super::decode::declared(&bytes, warnings).map(std::borrow::Cow::into_owned)
    }

    /// The name of the main part without its folder.
    fn file(&self) -> &str {
        self.main.rsplit('/').next().unwrap_or(&self.main)
    }

    /// A part that a document need not have, beside the main one.
    fn beside(&mut self, part: &str, warnings: &mut Vec<Warning>) -> String {
        let folder = self.main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        self.optional(&format!("{folder}{part}"), warnings)
    }

    fn optional(&mut self, path: &str, warnings: &mut Vec<Warning>) -> String {
        match self.archive.part(path) {
            Ok(bytes) => string(&bytes),
            Err(Unread::Missing) => String::new(),
            Err(why) => {
                warnings.push(Warning::fault(&format!("the document's part {path} {why}: the rest was read")));
                String::new()
            }
        }
    }

    /// The addresses that the links of a part lead to, by their ids.
    fn links(&mut self, part: &str) -> HashMap<String, String> {
        let relations = self.beside(&format!("_rels/{part}.rels"), &mut Vec::new());
        let links = relations_of(&relations).into_iter().filter(|r| r.kind.ends_with("/hyperlink"));
        links.map(|r| (r.id, r.target)).collect()
    }
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

fn relations_of(source: &str) -> Vec<Relation> {
    let relation = |token| match token {
        Token::Open(tag) if name(&tag) == "Relationship" => Some(Relation {
            id: attribute(&tag, "Id")?,
            kind: attribute(&tag, "Type")?,
            target: attribute(&tag, "Target")?,
        }),
        _ => None,
    };
    Xml::new(source).filter_map(relation).collect()
}

fn string(bytes: &[u8]) -> String {
    super::decode::declared(bytes, &mut Vec::new()).map(std::borrow::Cow::into_owned).unwrap_or_default()
}

/// What the core properties say (ECMA-376 part 2, 11).
fn meta(core: &str) -> Meta {
    let mut meta = Meta::default();
    let mut open: Option<(String, String)> = None;
    for token in Xml::new(core) {
        match token {
            Token::Open(tag) => open = Some((name(&tag).to_owned(), String::new())),
            Token::Letters(letters) => {
                if let Some((_, said)) = &mut open {
                    said.push_str(&letters);
                }
            }
            Token::Close(_) => {
                let Some((field, said)) = open.take() else { continue };
                let said = Clean::line(said.trim()).as_str().trim().to_owned();
                match field.as_str() {
                    _ if said.is_empty() => {}
                    "title" => meta.title = Some(said),
                    "creator" => meta.author = Some(said.replace(';', ", ").replace(" ,", ",")),
                    "created" => meta.date = said.split('T').next().map(str::to_owned),
                    "language" => meta.language = Some(said),
                    _ => {}
                }
            }
        }
    }
    // What templates and converters leave in these fields says nothing.
    meta.title = meta.title.filter(|t| !matches!(t.as_str(), "Word Document" | "Document" | "Untitled"));
    meta.author = meta.author.filter(|a| !matches!(a.as_str(), "python-docx" | "Unknown" | "Un-named" | "Author"));
    meta.author = meta.author.map(|a| a.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|a| !a.is_empty());
    meta
}
