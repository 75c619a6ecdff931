//! Electronic books (EPUB 2 and 3): the chapters in the order of the spine, as one text.
//!
//! A chapter is a page and is read as one ([`super::dom`]). What the whole book knows is added: metadata, the headings that
//! only its table of contents has, and notes that stand in files of their own.

mod contents;
mod drawn;
mod package;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use dom_query::Document;

use crate::text::{Builder, Text};

use super::Hint;
use super::archive::{Archive, Limits, Unread};
use super::dom::tame::{Syntax, tame};
use super::dom::walk::walk;
use super::error::ImportError;
use super::flow::notes::{self, NamedPlaces};
use super::flow::write::Writer;
use super::flow::{Kind, Mark, Nest, Piece};
use super::format::Format;
use super::repair::gutenberg;
use super::title;
use super::warning::Warning;
use super::watch::Meter;
use super::xml;

use self::package::Package;

/// A book's words are a few million bytes at most; the rest of it is pictures, which are never unpacked.
const LIMITS: Limits = Limits { part: 24 << 20, all: 64 << 20 };

/// How many parts that could not be read are named.
const MOST_NAMED: usize = 5;

/// Reads a book.
pub(super) fn read(bytes: &[u8], hint: &Hint<'_>, warnings: &mut Vec<Warning>) -> Result<Text, ImportError> {
    let mut archive = Archive::open(bytes, Format::Epub, LIMITS)?;
    refuse_protected(&mut archive)?;
    let package = package::read(&mut archive)?;
    let contents = contents::read(&mut archive, &package);
    let body = contents::body(&mut archive, &package);
    let mut book =
        Book { nest: Nest::new(), pieces: Vec::new(), places: NamedPlaces::default(), as_is: hint.as_is, bars: 0 };
    let missed = chapters(&mut archive, &package, !contents.is_empty(), &mut book, hint.watch);
    if let (true, Some((path, why))) = (book.pieces.is_empty(), missed.first()) {
        return Err(why.clone().of(Format::Epub, path));
    }
    if package.pictures && !book.pieces.iter().any(|p| p.kind != Kind::Rule && worth_reading(p)) {
        return Err(ImportError::Pictures(Format::Epub));
    }
    tell(&missed, warnings);
    if book.bars > 0 {
        let noun = if book.bars == 1 { "chapter" } else { "chapters" };
        warnings.push(Warning::left(&format!("dropped the links from chapter to chapter around {} {noun}", book.bars)));
    }
    // What stands before the book's body is a few pages at most; a guide that says otherwise is wrong.
    let body = body.and_then(|address| book.places.first_piece(&address));
    let body = body.filter(|at| *at > 0 && *at * 3 < book.pieces.len());
    let headings = contents::headings(&contents, &mut book.pieces, &book.places);
    let notes = notes::recognise(&mut book.pieces, &mut book.nest, &book.places);
    let mut builder = Builder::new();
    builder.meta(package.meta);
    let library = if hint.as_is { None } else { gutenberg::pages(&book.pieces, builder.meta_mut(), warnings) };
    let mut writer = Writer::new(&mut builder, &notes.labels);
    let mut headings = headings.into_iter().peekable();
    for (i, piece) in book.pieces.into_iter().enumerate() {
        if body == Some(i) {
            writer.opens_here();
        }
        let gone = |at: usize| library.as_ref().is_some_and(|gone| gone[at]);
        while let Some((at, heading)) = headings.next_if(|(at, _)| *at <= i) {
            if !gone(at) {
                writer.piece(&book.nest, heading);
            }
        }
        if worth_reading(&piece) && !gone(i) {
            writer.piece(&book.nest, without_inner_links(piece));
        }
    }
    writer.finish();
    title::from_first_heading(&mut builder);
    Ok(builder.finish())
}

/// What has been read of a book.
struct Book {
    nest: Nest,
    pieces: Vec<Piece>,
    places: NamedPlaces,
    /// Whether all of it is to be kept.
    as_is: bool,
    /// Chapters that had the bars of a website around them.
    bars: usize,
}

/// A part of a book that could not be read, and why.
type Missed = (String, Unread);

/// Reads the chapters in their order; the answer is what could not be read.
fn chapters(
    archive: &mut Archive<'_>,
    package: &Package,
    listed: bool,
    book: &mut Book,
    watch: Meter<'_>,
) -> Vec<Missed> {
    let mut missed = Vec::new();
    let mut read = HashSet::new();
    for (done, path) in package.spine.iter().enumerate() {
        watch.tell(done, package.spine.len());
        // A book that names a chapter twice has it once.
        if !read.insert(path) {
            continue;
        }
        match archive.part(path) {
            Ok(bytes) => chapter(path, &source(&bytes), listed, book),
            Err(why) => {
                let full = matches!(why, Unread::Swollen(_));
                missed.push((path.clone(), why));
                if full {
                    break;
                }
            }
        }
    }
    missed
}

/// Adds the pieces of a chapter. The book's own list of its chapters is left out where the reader has it anyway.
fn chapter(path: &str, source: &str, listed: bool, book: &mut Book) {
    let page = Document::from(tame(&drawn::with_words(source), Syntax::Xml).as_str());
    if !book.as_is && drop_bars(&page) {
        book.bars += 1;
    }
    let walked = walk(page.root(), &mut book.nest, path, &|_| None);
    if listed && is_contents(&walked.pieces) {
        return;
    }
    let first = book.pieces.len();
    book.pieces.extend(walked.pieces);
    book.places.append(walked.places, first);
    book.places.name(path.to_owned(), first..book.pieces.len());
}

/// Drops what a chapter itself calls the navigation or the imprint of a website, as programs leave it that make books of
/// manuals; a page that is nothing else keeps it. Says whether there was any.
fn drop_bars(page: &Document) -> bool {
    const FEWEST_LETTERS: usize = 40;
    let bars = page.select("[role=navigation], [role=contentinfo]");
    if bars.is_empty() {
        return false;
    }
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
    let around = letters(&page.select("body").text()).saturating_sub(letters(&bars.text()));
    let most = around >= FEWEST_LETTERS;
    if most {
        bars.remove();
    }
    most
}

/// Whether most of what stands on a page leads to other pages of the book.
fn is_contents(pieces: &[Piece]) -> bool {
    let links = |p: &&Piece| {
        let inner = |m: &&super::flow::Marked| matches!(&m.mark, Mark::Link(a) if is_inner(a));
        let linked: usize = p.marks.iter().filter(inner).map(|m| m.range.len()).sum();
        linked * 2 > p.string.len() && p.string.chars().filter(|c| c.is_alphabetic()).count() > 2
    };
    let (linked, all) = (pieces.iter().filter(links).count(), pieces.iter().filter(|p| !p.is_empty()).count());
    linked >= 4 && linked * 10 >= all * 7
}

/// The letters of a part, whatever its encoding.
pub(super) fn source(bytes: &[u8]) -> String {
    super::decode::declared(bytes, &mut Vec::new()).map_or_else(|_| String::new(), std::borrow::Cow::into_owned)
}

/// Whether an address leads to a place in the book.
fn is_inner(address: &str) -> bool {
    !address.contains("://") && !address.starts_with("mailto:")
}

fn without_inner_links(mut piece: Piece) -> Piece {
    piece.marks.retain(|m| !matches!(&m.mark, Mark::Link(address) if is_inner(address)));
    piece
}

/// A picture is worth a line if its description is more than a word or the name of a file.
fn worth_reading(piece: &Piece) -> bool {
    let words = piece.string.split_whitespace().count();
    match piece.kind {
        Kind::Picture => words > 1 && !piece.string.to_lowercase().starts_with("cover"),
        Kind::Rule => true,
        _ => words > 0,
    }
}

/// Parts of books are encrypted by whoever sells them. Only fonts may be without harm: those are never read.
fn refuse_protected(archive: &mut Archive<'_>) -> Result<(), ImportError> {
    const FONTS: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];
    let Ok(bytes) = archive.part("META-INF/encryption.xml") else { return Ok(()) };
    let source = source(&bytes);
    let mut methods = xml::Xml::new(&source).filter_map(|token| match token {
        xml::Token::Open(tag) if xml::name(&tag) == "EncryptionMethod" => xml::attribute(&tag, "Algorithm"),
        _ => None,
    });
    if methods.any(|method| !FONTS.contains(&method.as_str())) {
        return Err(ImportError::Protected(Format::Epub));
    }
    Ok(())
}

fn tell(missed: &[Missed], warnings: &mut Vec<Warning>) {
    for (path, why) in missed.iter().take(MOST_NAMED) {
        warnings.push(Warning::fault(&format!("the book's part {path} {why}: the rest was read")));
    }
    if missed.len() > MOST_NAMED {
        let more = missed.len() - MOST_NAMED;
        warnings.push(Warning::fault(&format!("{more} more parts of the book could not be read")));
    }
}
