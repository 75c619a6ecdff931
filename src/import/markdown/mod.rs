//! Markdown: `CommonMark` with footnotes, tables, strikethrough and front matter, as pulldown-cmark reads it.
//!
//! What nests is flattened to the model of [`crate::text::block`]: a block says how deep in lists and quotations it is.
//! Headings stand at the top level only; inside a list, a quotation or a note they are strong paragraphs, because they
//! divide that item and not the text. Reference marks of footnotes stay in the string as `[label]`. HTML tags are
//! dropped and their text is kept. Formulas are letters, with the signs around them. What Obsidian and GitHub have added
//! is read as they show it ([`dialect`], [`callout`]).

mod callout;
mod detail;
pub(super) mod dialect;
mod flatten;
pub(super) mod formula;
mod html;
mod labels;

use pulldown_cmark::{Options, Parser};

use crate::text::voice::Voice;
use crate::text::{Builder, Text};

use super::front::{self, Front};
use super::title;
use super::warning::Warning;

use self::flatten::Flattener;
use self::labels::Labels;

/// Lines of verse have fewer characters than this; hard breaks in longer ones are breaks within prose.
const LONGEST_VERSE: usize = 160;

/// The extensions that are read; all others are letters.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
}

/// Reads a Markdown document, front matter first.
pub(super) fn read(source: &str, warnings: &mut Vec<Warning>) -> Text {
    let front = front::read_markdown(source, warnings).unwrap_or_default();
    let mut builder = Builder::new();
    builder.reserve(source.len() - front.body);
    match blocks(&mut builder, &source[front.body..], front.lines) {
        0 => {}
        1 => warnings.push(Warning::left("left out 1 comment (%% … %%)")),
        n => warnings.push(Warning::left(&format!("left out {n} comments (%% … %%)"))),
    }
    finish(builder, front)
}

/// Whether a paragraph with nothing but hard breaks is verse: short lines, more than one. The line under a quotation that
/// says whose it is makes no verse of the quotation.
pub(super) fn is_verse(string: &str) -> bool {
    let string = string.trim();
    let attributed = |line: &str| line.trim_start().starts_with(['—', '–', '―']) || line.trim_start().starts_with("--");
    let body = string.rsplit_once('\n').filter(|(_, last)| attributed(last)).map_or(string, |(body, _)| body);
    body.contains('\n') && string.lines().all(|l| l.len() < LONGEST_VERSE || l.chars().count() < LONGEST_VERSE)
}

/// Whether a paragraph is a formula set apart, on lines of its own.
pub(super) fn is_display(string: &str) -> bool {
    let string = string.trim();
    string.contains('\n') && string.starts_with("$$") && formula::length(string) == Some(string.len())
}

/// Adds the blocks of a document without front matter, and says how many comments were left out.
pub(super) fn blocks(builder: &mut Builder, source: &str, lines_before: u32) -> usize {
    let known = dialect::known(source);
    let labels = Labels::of(&known.source, options());
    let events = Parser::new_ext(&known.source, options()).into_offset_iter();
    Flattener::new(builder, &known.source, labels, lines_before).run(events);
    known.comments
}

/// Adds what the front matter said and makes the text.
pub(super) fn finish(mut builder: Builder, front: Front) -> Text {
    let Front { meta, voices, titled, opens, .. } = front;
    builder.meta(meta);
    builder.opens_with(opens);
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
