//! The rows of pages: what is in one, and how words are broken into them.

use textwrap::Options;

use crate::layout::cells;
use crate::study::dispute::Standing;

/// One row of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageLine {
    /// A heading.
    Heading(String),
    /// Something and what is to be said of it, in two columns: keys and a command, a word and its weight.
    Entry(String, String),
    /// Running words.
    Words(String),
    /// Less important words.
    Faint(String),
    /// Words of one of two wordings, with what became of them in the other.
    Wording(Vec<(String, Standing)>),
}

/// Columns of the first of the two columns of an entry.
const ENTRY: usize = 16;

/// On a page that is narrower, what is said of something stands under it, set in a little.
const NARROW: usize = 40;

/// Where the second column of an entry begins on a page of so many columns.
pub fn second_column(width: usize) -> usize {
    if width < NARROW { 2 } else { ENTRY }
}

pub(super) fn heading(lines: &mut Vec<PageLine>, title: &str) {
    if !lines.is_empty() {
        lines.push(PageLine::Words(String::new()));
    }
    lines.push(PageLine::Heading(title.to_owned()));
}

pub(super) fn words(lines: &mut Vec<PageLine>, text: &str, width: usize) {
    lines.extend(textwrap::wrap(text, width).into_iter().map(|row| PageLine::Words(row.into_owned())));
}

pub(super) fn faint(lines: &mut Vec<PageLine>, text: &str, width: usize) {
    lines.extend(textwrap::wrap(text, width).into_iter().map(|row| PageLine::Faint(row.into_owned())));
}

pub(super) fn entry(lines: &mut Vec<PageLine>, label: &str, text: &str, width: usize) {
    let column = second_column(width);
    let room = width.saturating_sub(column).max(8);
    // Most are short; to look for where they could be broken is what takes time.
    let rows = if text.len() <= room && !text.contains('\n') {
        vec![text.into()]
    } else {
        textwrap::wrap(text, Options::new(room))
    };
    let mut label = label.to_owned();
    if cells::width(&label) >= column {
        lines.push(PageLine::Entry(std::mem::take(&mut label), String::new()));
    }
    for row in rows {
        lines.push(PageLine::Entry(std::mem::take(&mut label), row.into_owned()));
    }
}
