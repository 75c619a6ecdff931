//! PDF: what a page draws, put back into the lines that were set, and these into paragraphs.
//!
//! The way of a file: objects (lopdf), letters with their places ([`content`], [`font`]), pieces and rows ([`piece`],
//! [`row`]), tables within rules ([`rules`], [`grid`], [`ruled`]), columns in the order of reading ([`column`], [`sheet`]), without running heads ([`running`]), as the lines
//! that plain text is repaired by too ([`composition`]); what a tagged file says of itself ([`structure`]), and its
//! tables ([`table`]). A page shows what plain text has lost: indents, the ends of lines, sizes and faces of type.
//!
//! A damaged file gives what can be read of it. Whatever goes wrong on a page, the other pages are read.

mod about;
mod accent;
mod cell_lines;
mod cmap;
mod collection;
mod column;
mod composition;
mod content;
mod font;
mod glyph_name;
mod grid;
mod initial;
mod lexer;
mod margin;
mod matrix;
mod object;
mod piece;
mod readable;
mod row;
mod ruled;
mod rules;
mod running;
mod sheet;
mod structure;
mod table;

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{Document, LoadOptions, Object, ObjectId};

use super::Hint;
use super::compose::compose;
use super::error::ImportError;
use super::front::Front;
use super::lines::Lines;
use super::repair::Repair;
use super::warning::Warning;
use crate::text::Text;

use self::content::Reader;
use self::object::LARGEST_STREAM;
use self::piece::Piece;
use self::row::Row;
use self::sheet::Sheet;
use self::structure::{Headings, Structure};

/// More pages than this are not read.
const MOST_PAGES: usize = 20_000;

/// Reads a PDF. Should anything of it break a reader of its own or of others, that is told as damage.
pub(super) fn read(bytes: &[u8], hint: &Hint<'_>, warnings: &mut Vec<Warning>) -> Result<Text, ImportError> {
    catch_unwind(AssertUnwindSafe(|| read_whole(bytes, hint, warnings))).unwrap_or(Err(ImportError::Damaged))
}

fn read_whole(bytes: &[u8], hint: &Hint<'_>, warnings: &mut Vec<Warning>) -> Result<Text, ImportError> {
    let doc = load(bytes)?;
    let ids = pages(&doc);
    let (mut pages, headings, told) = read_pages(&doc, &ids, hint);
    let meta = about::read(&doc);
    let settled = about::settles_order(&doc);
    drop(doc);
    told.warn(ids.len(), warnings);
    let mut repair = Repair::new(!hint.as_is, None);
    if let Some(set) = hint.pages {
        repair.settle_order();
        let (order, left_out) = set.of(pages.len())?;
        repair.left_out(&left_out, set);
        pages = order.iter().map(|i| std::mem::take(&mut pages[*i])).collect();
    }
    if !hint.as_is {
        let numbers = margin::drop_numbers(&mut pages);
        repair.say(numbers, "dropped", "line number in the margin", "line numbers in the margin");
        let dropped = running::drop_from(&mut pages);
        if settled || dropped.counts_up {
            repair.settle_order();
        }
        repair.say(dropped.heads, "dropped", "running head", "running heads");
        repair.say(dropped.numbers, "dropped", "page number", "page numbers");
    }
    let typed = is_typed(&pages);
    let (pages, tables): (Vec<Vec<Piece>>, Vec<Vec<Row>>) = pages.into_iter().map(ruled::set_apart).unzip();
    let gutters = column::gutters(pages.iter());
    let of_page = |(pieces, rows): (&Vec<Piece>, &Vec<Row>)| Sheet::of(pieces, rows, &gutters, typed);
    let sheets: Vec<Sheet> = pages.iter().zip(&tables).map(of_page).collect();
    drop(pages);
    if sheets.iter().all(|s| s.columns.is_empty()) {
        return Err(told.error(ids.len()));
    }
    let columns = sheets.iter().filter(|s| s.columns.len() > 1).count();
    repair.say(columns, "read", "page in columns", "pages in columns");
    let set = composition::compose(&sheets, &headings);
    drop(sheets);
    let front = Front { meta, ..Front::default() };
    let lines = Lines { source: &set.source, all: set.lines, print: Some(&set.print) };
    compose(lines, front, repair, warnings)
}

/// Whether most of a document is in letters of one width.
fn is_typed(pages: &[Vec<Piece>]) -> bool {
    let (mut mono, mut all) = (0, 0);
    for piece in pages.iter().flatten() {
        all += piece.text.len();
        mono += piece.faces.iter().filter(|(_, face)| face.mono).map(|(range, _)| range.len()).sum::<usize>();
    }
    mono * 5 > all * 2
}

fn load(bytes: &[u8]) -> Result<Document, ImportError> {
    let options = || LoadOptions::with_max_decompressed_size(LARGEST_STREAM);
    let rebuilt = || Document::load_mem_with_options(bytes, LoadOptions { force_reconstruct: true, ..options() });
    let doc = match Document::load_mem_with_options(bytes, options()) {
        Ok(doc) => doc,
        Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => return Err(ImportError::Encrypted),
        // What a file says of its own objects may be wrong, and the objects be there.
        Err(_) => rebuilt().map_err(|_| ImportError::Damaged)?,
    };
    // The empty password has been tried.
    if doc.trailer.has(b"Encrypt") && !doc.was_encrypted() {
        return Err(ImportError::Encrypted);
    }
    if doc.page_iter().next().is_some() {
        return Ok(doc);
    }
    Ok(rebuilt().unwrap_or(doc))
}

/// The pages in their order; where their tree is lost, in the order of their numbers.
fn pages(doc: &Document) -> Vec<ObjectId> {
    let listed: Vec<ObjectId> = doc.page_iter().take(MOST_PAGES).collect();
    if !listed.is_empty() {
        return listed;
    }
    let is_page = |object: &Object| object.as_dict().is_ok_and(|d| d.has_type(b"Page"));
    doc.objects.iter().filter(|(_, object)| is_page(object)).map(|(id, _)| *id).take(MOST_PAGES).collect()
}

/// What is to be told of the pages, by their numbers.
#[derive(Debug, Default)]
struct Told {
    damaged: Vec<usize>,
    bare: Vec<usize>,
    unknown: Vec<usize>,
    exhausted: Option<usize>,
}

/// The pieces of each page, which of them are headings by the document's structure, and what is to be told.
fn read_pages(doc: &Document, ids: &[ObjectId], hint: &Hint<'_>) -> (Vec<Vec<Piece>>, Headings, Told) {
    let mut reader = Reader::new(doc);
    let mut structure = Structure::of(doc);
    let (mut pages, mut told) = (Vec::with_capacity(ids.len()), Told::default());
    for (i, id) in ids.iter().enumerate() {
        let number = i + 1;
        hint.watch.tell(i, ids.len());
        let read = catch_unwind(AssertUnwindSafe(|| {
            let mut page = reader.page(*id);
            structure.tell(&mut page, *id);
            let (damaged, unknown, letters) = (page.damaged, page.unknown, page.glyphs.len());
            let (mut pieces, grids) = piece::pieces(page);
            ruled::settle(&mut pieces, &grids);
            initial::settle(&mut pieces);
            (pieces, damaged, unknown, letters)
        }));
        let Ok((pieces, damaged, unknown, letters)) = read else {
            told.damaged.push(number);
            pages.push(Vec::new());
            continue;
        };
        if damaged {
            told.damaged.push(number);
        } else if unknown > 20 && unknown * 5 > letters {
            told.unknown.push(number);
        } else if letters == 0 {
            told.bare.push(number);
        }
        pages.push(pieces);
        if reader.exhausted() {
            told.exhausted = Some(number);
            break;
        }
    }
    let headings = structure.settle(&mut pages);
    (pages, headings, told)
}

impl Told {
    fn warn(&self, count: usize, warnings: &mut Vec<Warning>) {
        if !self.damaged.is_empty() {
            let said = format!("{} damaged: what could be read of it is here", numbered(&self.damaged, count));
            warnings.push(Warning::fault(&said));
        }
        if !self.unknown.is_empty() {
            let said = format!(
                "{} in fonts that do not say which letters they show: what cannot be known is left out; run OCR",
                numbered(&self.unknown, count)
            );
            warnings.push(Warning::fault(&said));
        }
        if !self.bare.is_empty() {
            let said = format!("{} without text: where it is a scan, run OCR first", numbered(&self.bare, count));
            warnings.push(Warning::fault(&said));
        }
        if let Some(last) = self.exhausted {
            warnings.push(Warning::fault(&format!("read up to page {last} of {count}: the rest is too much to read")));
        }
    }

    /// Why there is nothing to read.
    fn error(&self, count: usize) -> ImportError {
        if count == 0 || !self.damaged.is_empty() {
            ImportError::Damaged
        } else if !self.unknown.is_empty() {
            ImportError::NoLetters
        } else {
            ImportError::NoTextLayer
        }
    }
}

/// `page 3 of 20 is`, `pages 3, 5-9 of 20 are`.
fn numbered(pages: &[usize], count: usize) -> String {
    const MOST: usize = 12;
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for page in pages {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *page => *last = *page,
            _ => ranges.push((*page, *page)),
        }
    }
    let more = if ranges.len() > MOST { ", …" } else { "" };
    let shown = ranges.iter().take(MOST).map(|(a, b)| if a == b { a.to_string() } else { format!("{a}-{b}") });
    let list = shown.collect::<Vec<_>>().join(", ") + more;
    if pages.len() == 1 { format!("page {list} of {count} is") } else { format!("pages {list} of {count} are") }
}

#[cfg(test)]
mod paragraph_tests;
#[cfg(test)]
mod ruled_tests;
#[cfg(test)]
mod set_tests;
#[cfg(test)]
mod tests;
