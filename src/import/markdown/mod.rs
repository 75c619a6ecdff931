//! Markdown: `CommonMark` with footnotes, tables, strikethrough and front matter, as pulldown-cmark reads it.
//!
//! What nests is flattened to the model of [`crate::text::block`]: a block says how deep in lists and quotations it is.
//! Headings stand at the top level only; inside a list, a quotation or a note they are strong paragraphs, because they
//! divide that item and not the text. Reference marks of footnotes stay in the string as `[label]`. HTML tags are
//! dropped and their text is kept.

mod flatten;
mod html;

use pulldown_cmark::{Options, Parser};

use crate::text::voice::Voice;
use crate::text::{Builder, Text};

use super::front::{self, Front};
use super::title;
use super::warning::Warning;

use self::flatten::Flattener;

/// The extensions that are read; all others are letters.
fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH
}

/// Reads a Markdown document, front matter first.
pub(super) fn read(source: &str, warnings: &mut Vec<Warning>) -> Text {
    let front = front::read(source, warnings).unwrap_or_default();
    let mut builder = Builder::new();
    builder.reserve(source.len() - front.body);
    let body = &source[front.body..];
    blocks(&mut builder, body, front.lines);
    finish(builder, front)
}

/// Whether a paragraph of this string, with nothing but hard breaks in it, is read as verse.
pub(super) fn is_verse(string: &str) -> bool {
    flatten::is_verse(string)
}

/// Adds the blocks of a document without front matter.
pub(super) fn blocks(builder: &mut Builder, source: &str, lines_before: u32) {
    Flattener::new(builder, source, lines_before).run(Parser::new_ext(source, options()).into_offset_iter());
}

/// Adds what the front matter said and makes the text.
pub(super) fn finish(mut builder: Builder, front: Front) -> Text {
    let Front { meta, voices, titled, .. } = front;
    builder.meta(meta);
    for v in voices {
        let voice = Voice { blocks: 0..0, by: v.by.map(Into::into), role: v.role };
        builder.voice_of_passages(v.first..v.last.saturating_add(1), voice);
    }
    builder.end();
    if !titled {
        title::from_first_heading(&mut builder);
    }
    builder.finish()
}

#[cfg(test)]
mod spec;
#[cfg(test)]
mod tests;
