//! Plain text: nothing in it is markup, and yet most of it shows what it is.
//!
//! The way of a text: lines ([`lines`]), how they were set ([`measure`]), repair of the debris of pages
//! ([`super::repair`]), paragraphs ([`paragraphs`], [`draft`]), what they are ([`recognise`], [`heading`], [`notes`],
//! [`quotation`]), blocks ([`emit`]). Brackets, stars and numbers are letters unless the text itself proves otherwise.

pub(super) mod draft;
pub(super) mod edit;
mod emit;
pub(super) mod emphasis;
pub(super) mod head;
mod heading;
pub(super) mod lines;
pub(super) mod list;
pub(super) mod marks;
pub(super) mod measure;
mod notes;
mod paragraphs;
pub(super) mod print;
pub(super) mod printed;
mod quotation;
mod recognise;
mod speaker;
mod type_heading;
mod underlined;
pub(super) mod width;

use std::borrow::Cow;

use memchr::memmem;

use crate::text::block::BlockKind;
use crate::text::{Builder, Text};

use super::Hint;
use super::error::ImportError;
use super::front::{self, Front};
use super::markdown;
use super::repair::Repair;
use super::warning::Warning;

use self::draft::Draft;
use self::edit::Edits;
use self::emit::Manner;
use self::lines::Lines;
use self::measure::Measure;

/// Reads a plain text. Nothing but an order of pages that it does not have makes it fail.
pub(super) fn read(source: &str, hint: &Hint<'_>, warnings: &mut Vec<Warning>) -> Result<Text, ImportError> {
    let source = &*with_known_line_ends(source);
    let front = front::read(source, warnings).unwrap_or_default();
    let lines = Lines::of(source, front.body, front.lines);
    compose(lines, front, Repair::new(!hint.as_is, hint.pages), warnings)
}

/// Lines to a text, whatever file they are from.
pub(super) fn compose(
    mut lines: Lines<'_>,
    mut front: Front,
    mut repair: Repair<'_>,
    warnings: &mut Vec<Warning>,
) -> Result<Text, ImportError> {
    repair.library(&mut lines, &mut front.meta);
    repair.pages(&mut lines)?;
    let measure = Measure::of(&lines);
    paragraphs::divide(&mut lines, measure);
    repair.lines(&mut lines, measure);
    let mut drafts = draft::drafts(&lines);
    recognise::rules(&lines, &mut drafts);
    let underlined = underlined::recognise(&lines, &mut drafts);
    repair.site(&lines, &mut drafts);
    recognise::lists(&lines, &mut drafts);
    let mut edits = Edits::default();
    let labels = notes::recognise(&lines, &mut drafts, &repair.page_notes);
    repair.comments(&lines, &mut drafts);
    recognise::set_in(&lines, &mut drafts, measure);
    if !underlined && !type_heading::recognise(&lines, &mut drafts, &mut front.meta) {
        heading::headings(&lines, &mut drafts);
    }
    let taken = head::read(&lines, &mut drafts, &mut front.meta, repair.is_on());
    repair.taken(&taken);
    quotation::recognise(&lines, &mut drafts, &front.meta);
    repair.letters(&lines, &drafts, &mut edits);
    edits.sort();
    let manner = Manner { edits: &edits, emphasis: emphasis_is_proven(&lines, &drafts), labels: &labels };
    let mut builder = Builder::new();
    emit::emit(&mut builder, &lines, &drafts, &manner);
    warnings.extend(repair.report());
    Ok(markdown::finish(builder, front))
}

/// Whether stars and underscores mean emphasis in this text.
fn emphasis_is_proven(lines: &Lines<'_>, drafts: &[Draft]) -> bool {
    let mut evidence = emphasis::Evidence::default();
    if memchr::memchr2(b'*', b'_', lines.source.as_bytes()).is_none() {
        return false;
    }
    for draft in drafts.iter().filter(|d| d.given.is_none() && d.kind != BlockKind::Rule) {
        let signs = |i: u32| memchr::memchr2(b'*', b'_', lines.str(i as usize).as_bytes()).is_some();
        if (draft.first..draft.end).any(signs) {
            evidence.see(&draft.string(lines));
        }
    }
    evidence.proven()
}

/// The rarer ends of lines (U+2028, U+2029, U+0085, vertical tab) as the usual one.
fn with_known_line_ends(source: &str) -> Cow<'_, str> {
    let bytes = source.as_bytes();
    let rare = [b"\xe2\x80\xa8".as_slice(), b"\xe2\x80\xa9", b"\xc2\x85", b"\x0b"];
    if rare.iter().all(|end| memmem::find(bytes, end).is_none()) {
        return Cow::Borrowed(source);
    }
    Cow::Owned(source.replace(['\u{2028}', '\u{2029}', '\u{85}', '\u{b}'], "\n"))
}

/// Where the last whole paragraph of the beginning of a text ends; in one endless paragraph, the last whole word.
pub(super) fn whole_paragraphs(prefix: &str) -> usize {
    let bytes = prefix.as_bytes();
    let blank = memmem::rfind(bytes, b"\n\n").or_else(|| memmem::rfind(bytes, b"\n\r\n"));
    let end = blank.or_else(|| memchr::memrchr2(b'\n', b'\r', bytes)).or_else(|| memchr::memrchr(b' ', bytes));
    end.filter(|at| *at > 0).unwrap_or(prefix.len())
}

#[cfg(test)]
mod tests;
