//! Web pages: the article out of what a site has put around it, or the whole of a page that is a document by itself.
//!
//! The source is tamed and walked ([`super::dom`]); [`article`] says which of the pieces are kept, [`about`] what the page
//! says of itself.

mod about;
mod article;
mod regions;
#[cfg(test)]
mod tests;

use dom_query::Document;

use crate::text::{Builder, Text};

use super::dom::tame::{Syntax, tame};
use super::dom::walk::walk;
use super::flow::notes;
use super::flow::write::Writer;
use super::flow::{Mark, Nest, Piece};
use super::repair::gutenberg;
use super::title;
use super::warning::Warning;

use self::article::Article;

/// Reads a page. With `as_is` all of it is kept.
pub(super) fn read(source: &str, as_is: bool, warnings: &mut Vec<Warning>) -> Text {
    let syntax = if is_xhtml(source) { Syntax::Xml } else { Syntax::Html };
    let tamed = tame(source, syntax);
    let page = Document::from(tamed.as_str());
    let mut nest = Nest::new();
    let mut walked = walk(page.root(), &mut nest, "", &regions::of);
    let notes = notes::recognise(&mut walked.pieces, &mut nest, &walked.places);
    let mut builder = Builder::new();
    builder.meta(about::meta(&page, &walked));
    let library = if as_is { None } else { gutenberg::pages(&walked.pieces, builder.meta_mut(), warnings) };
    let article = if as_is || library.is_some() {
        Article::Pieces(article::shown(&walked))
    } else {
        article::choose(&tamed, &walked, &notes, about::article_body(&page), warnings)
    };
    let mut writer = Writer::new(&mut builder, &notes.labels);
    match article {
        Article::Pieces(mut kept) => {
            library.iter().flatten().zip(&mut kept).for_each(|(gone, kept)| *kept &= !gone);
            let kept = walked.pieces.into_iter().zip(kept).filter(|(_, kept)| *kept);
            kept.for_each(|(piece, _)| writer.piece(&nest, without_aims(piece)));
        }
        Article::Lines(lines) => lines.iter().for_each(|line| writer.piece(&nest, Piece::prose(line))),
    }
    writer.finish();
    title::from_first_heading(&mut builder);
    builder.finish()
}

/// A piece without the links that lead to other places of its page: a text has none of them.
fn without_aims(mut piece: Piece) -> Piece {
    piece.marks.retain(|m| !matches!(&m.mark, Mark::Link(address) if address.starts_with('#')));
    piece
}

/// Whether a page is XML by its own word, so that `<a/>` is an empty element.
fn is_xhtml(source: &str) -> bool {
    let head = &source.as_bytes()[..source.len().min(1024)];
    let has = |sign: &[u8]| memchr::memmem::find(head, sign).is_some();
    source.trim_start().starts_with("<?xml") && has(b"http://www.w3.org/1999/xhtml")
}
