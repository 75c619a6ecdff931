//! XML whose elements say what they are: FictionBook, TEI, DocBook and OpenDocument, by one walk over the tags.
//!
//! Each vocabulary says of an element what it is to a reader ([`Role`]); the walk makes pieces of that. An element that a
//! vocabulary does not know is passed through: its letters belong to what it stands in.

pub(super) mod docbook;
pub(super) mod fiction_book;
mod formulas;
pub(super) mod metadata;
pub(super) mod opendocument;
pub(super) mod tei;
mod walk;

#[cfg(test)]
mod tests;

use quick_xml::events::BytesStart;

use crate::text::Text;

use super::flow::Mark;
use super::flow::compose::Composer;
use super::warning::Warning;
use super::watch::Meter;
use super::xml::Xml;

use self::walk::{Around, Walk};

/// What an element is to a reader.
#[derive(Debug, Clone, PartialEq)]
enum Role {
    /// A stretch of letters, or nothing known.
    Plain,
    /// There is nothing to read in it.
    Silent,
    /// What is before it and after it is another paragraph.
    Block,
    /// A part of the text: headings within are a level deeper.
    Section,
    /// A heading of this level, or of that of the sections around it and so many deeper.
    Heading(Option<u8>, u8),
    /// The name of a figure or a table: a strong paragraph.
    Name,
    /// A line of verse; those that follow each other are one piece.
    Line,
    Quotation,
    /// A list, and the number of its first item where it is numbered.
    List(Option<u32>),
    /// An item, with its own number where it has one.
    Item(Option<u32>),
    /// A remark, and the word that says what kind of remark.
    Remark(&'static str),
    Table,
    Row,
    Cell,
    /// A note where it is cited, and its name where it is cited elsewhere too.
    Note(Option<String>),
    /// What is cited by a name elsewhere, and its label.
    NoteUnder(String, String),
    /// The mark of the note of this name. What is in it is the mark, and is left out; the label stands for it.
    Cites(String, String),
    /// Its letters are marked.
    Marked(Mark),
    /// Its letters stand between quotation marks, where they have none yet.
    Quoted,
    /// Its letters stand between these.
    Between(&'static str, &'static str),
    /// Program text.
    Code,
    /// A line of program text; those that follow each other are one piece.
    CodeLine,
    /// A line break.
    Break,
    /// Letters in place of the element.
    Letters(String),
    /// A picture by its description, and its address.
    Picture(String, String),
}

/// What the elements of a format are.
trait Vocabulary {
    /// What an element is, by its tag and by the elements around it.
    fn role(&self, tag: &BytesStart<'_>, around: &Around<'_>) -> Role;

    /// What the document says of itself.
    fn meta(&self, source: &str, composer: &mut Composer);
}

/// Reads a document of a vocabulary.
fn read(source: &str, vocabulary: &dyn Vocabulary, watch: Meter<'_>, warnings: &mut Vec<Warning>) -> Text {
    let mut composer = Composer::new();
    vocabulary.meta(source, &mut composer);
    watch.tell(0, 2);
    let mut tokens = Xml::new(source);
    let mut walk = Walk::new(vocabulary, composer);
    for token in tokens.by_ref() {
        walk.token(token);
    }
    tell(&tokens, warnings);
    watch.tell(1, 2);
    walk.finish()
}

fn tell(tokens: &Xml<'_>, warnings: &mut Vec<Warning>) {
    if tokens.broken {
        warnings.push(Warning::fault("the document breaks off within its markup: what stands before that was read"));
    }
    if tokens.unknown > 0 {
        let entities = if tokens.unknown == 1 { "entity stands" } else { "entities stand" };
        warnings.push(Warning::fault(&format!(
            "{} {entities} for what is in other files, or is too long: where a word stood there, its name is shown",
            tokens.unknown
        )));
    }
}
