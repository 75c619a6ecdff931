//! Books for Kindles (MOBI, AZW, AZW3), as the readers of the format on the web have described it.
//!
//! A book is a Palm database of records: a head, its text in packed pieces, and tables. Older books (KF7) are one page of
//! HTML whose links count bytes; newer ones (KF8) are pages cut to pieces, which are put together again. Of a file that
//! holds a book in both forms the newer one is read.

mod database;
mod index;
mod pages;
mod unpack;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use dom_query::Document;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::text::clean::Clean;
use crate::text::meta::Meta;
use crate::text::{Builder, Text};

use super::dom::tame::{Syntax, tame};
use super::dom::walk::walk;
use super::error::ImportError;
use super::flow::notes;
use super::flow::write::Writer;
use super::flow::{Kind, Mark, Nest, Piece};
use super::format::Format;
use super::tagged::metadata::language;
use super::warning::Warning;
use super::{Hint, plain, title};

use self::database::{Database, Head};

/// A book's words are a few million bytes at most.
const MOST: usize = 64 << 20;

/// Reads a book.
pub(super) fn read(bytes: &[u8], hint: &Hint<'_>, warnings: &mut Vec<Warning>) -> Result<Text, ImportError> {
    let database = Database::open(bytes).ok_or_else(|| broken("its table of records is damaged"))?;
    let head = Head::of(&database, 0).ok_or_else(|| broken("its head is damaged"))?;
    if head.encrypted {
        return Err(ImportError::Protected(Format::Mobi));
    }
    let newer =
        head.newer.and_then(|at| Head::of(&database, at)).filter(|newer| newer.version >= 8 && !newer.encrypted);
    let head = newer.unwrap_or(head);
    let mut text = Vec::new();
    let missed = unpack::text(&database, &head, MOST, hint.watch, &mut text)?;
    if missed > 0 {
        let parts = if missed == 1 { "part of the book is" } else { "parts of the book are" };
        warnings.push(Warning::fault(&format!("{missed} {parts} damaged: the rest was read")));
    }
    let encoding: &'static Encoding = if head.utf8 { UTF_8 } else { WINDOWS_1252 };
    if !head.is_book && !text.trim_ascii_start().starts_with(b"<") {
        let letters = encoding.decode(&text).0;
        return plain::read(&letters, hint, warnings);
    }
    let page = if head.version >= 8 { pages::newer(&database, &head, &text) } else { pages::older(&text) };
    let source = encoding.decode(&page).0;
    Ok(of_page(&source, &head))
}

fn broken(why: &str) -> ImportError {
    ImportError::Broken { format: Format::Mobi, why: why.to_owned() }
}

/// The text of the page that a book is.
fn of_page(source: &str, head: &Head) -> Text {
    let page = Document::from(tame(source, Syntax::Html).as_str());
    let mut nest = Nest::new();
    let mut walked = walk(page.root(), &mut nest, "", &|_| None);
    let notes = notes::recognise(&mut walked.pieces, &mut nest, &walked.places);
    let mut builder = Builder::new();
    builder.meta(meta(head));
    let mut writer = Writer::new(&mut builder, &notes.labels);
    for piece in walked.pieces {
        if piece.kind != Kind::Picture || piece.string.split_whitespace().count() > 1 {
            writer.piece(&nest, without_aims(piece));
        }
    }
    writer.finish();
    title::from_first_heading(&mut builder);
    builder.finish()
}

/// A piece without links that lead to other places of the book.
fn without_aims(mut piece: Piece) -> Piece {
    piece.marks.retain(
        |m| !matches!(&m.mark, Mark::Link(address) if !address.contains("://") && !address.starts_with("mailto:")),
    );
    piece
}

fn meta(head: &Head) -> Meta {
    let line = |bytes: &Vec<u8>| {
        let letters: Cow<'_, str> =
            if head.utf8 { String::from_utf8_lossy(bytes) } else { WINDOWS_1252.decode(bytes).0 };
        let decoded = html_escape::decode_html_entities(&*letters);
        let line = Clean::line(decoded.trim()).as_str().split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    };
    let all = |kind: u32| head.said.iter().filter(move |(k, _)| *k == kind).filter_map(|(_, said)| line(said));
    let authors: Vec<String> = all(100).take(8).collect();
    Meta {
        title: all(503).next().or_else(|| line(&head.title)),
        author: (!authors.is_empty()).then(|| authors.join(", ")),
        date: all(106).next().map(|d| d.split('T').next().unwrap_or(&d).to_owned()),
        language: all(524).next().and_then(|l| language(&l)),
        ..Meta::default()
    }
}
