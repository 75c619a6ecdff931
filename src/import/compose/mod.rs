//! Lines to a text, whatever file they are from: a plain text, or the pages of a PDF.
//!
//! The way of a text: lines ([`super::lines`]), how they were set ([`super::lines::measure`]), repair of the debris of
//! pages ([`super::repair`]), paragraphs ([`paragraphs`], [`printed`]), what they are ([`recognise`], [`heading`],
//! [`notes`], [`quotation`]), blocks ([`emit`]). Brackets, stars and numbers are letters unless the text itself proves
//! otherwise.

mod alike;
mod apart;
mod bracketed_notes;
mod emit;
mod emphasis;
mod head;
mod heading;
mod layout;
mod notes;
mod paragraphs;
mod printed;
mod quotation;
mod quoted;
mod recognise;
mod series;
mod type_heading;
mod underlined;

use std::collections::HashMap;

use crate::text::block::BlockKind;
use crate::text::{Builder, Text};

use super::error::ImportError;
use super::front::Front;
use super::lines::Lines;
use super::lines::draft::{self, Draft};
use super::lines::edit::Edits;
use super::lines::measure::Measure;
use super::markdown;
use super::repair::Repair;
use super::warning::Warning;

use self::emit::Manner;

/// Makes a text of lines. Nothing but an order of pages that it does not have makes it fail.
pub(super) fn compose(
    mut lines: Lines<'_>,
    mut front: Front,
    mut repair: Repair<'_>,
    warnings: &mut Vec<Warning>,
) -> Result<Text, ImportError> {
    repair.library(&mut lines, &mut front.meta);
    repair.pages(&mut lines)?;
    let marked = quoted::unmark(&mut lines);
    let measure = Measure::of(&lines);
    let measure = paragraphs::divide(&mut lines, measure);
    repair.lines(&mut lines, measure);
    repair.contents(&mut lines);
    let mut drafts = draft::drafts(&lines);
    let mut edits = Edits::default();
    repair.entries(&lines, &mut drafts, &mut edits);
    recognise::rules(&lines, &mut drafts);
    let underlined = underlined::recognise(&lines, &mut drafts);
    repair.site(&lines, &mut drafts);
    recognise::lists(&lines, &mut drafts);
    let mut labels = notes::recognise(&lines, &mut drafts, &repair.page_notes, &mut edits);
    if labels.is_empty() && lines.print.is_none() {
        labels = bracketed_notes::recognise(&lines, &mut drafts, &mut edits);
    }
    if labels.is_empty() && lines.print.is_none() {
        labels = notes::raised(&lines, &mut drafts, &mut edits);
    }
    repair.comments(&lines, &mut drafts);
    recognise::set_in(&lines, &mut drafts, measure);
    quoted::recognise(&lines, &mut drafts, &marked);
    if !underlined && !type_heading::recognise(&lines, &mut drafts, &mut front.meta) {
        heading::headings(&lines, &mut drafts);
    }
    let taken = head::read(&lines, &mut drafts, &mut front.meta, repair.is_on());
    repair.taken(&taken);
    quotation::recognise(&lines, &mut drafts);
    repair.letters(&lines, &drafts, &mut edits);
    let emphasis = emphasis_is_proven(&lines, &drafts);
    if emphasis && lines.print.is_none() {
        emphasis::carry_over(&lines, &drafts, &mut edits);
    }
    edits.sort();
    let cited = match lines.print {
        Some(_) => repair.page_notes.iter().map(|note| (note.mark().start, note)).collect(),
        None => HashMap::new(),
    };
    let manner = Manner { edits: &edits, emphasis, labels: &labels, cited: &cited };
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
