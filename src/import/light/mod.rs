//! Markup of lines, as people type it: Org, Muse, reStructuredText, AsciiDoc.
//!
//! Each of them is a reader of blocks of its own; what stands within a line is read by one ([`inline`]), from the signs
//! and the constructs that a language has.

pub(super) mod asciidoc;
mod asciidoc_inline;
mod asciidoc_lines;
mod cells;
mod inline;
mod lines;
pub(super) mod muse;
pub(super) mod org;
mod org_macros;
mod room;
pub(super) mod rst;
mod rst_directive;
mod rst_inline;
mod rst_table;

#[cfg(test)]
mod tests;

use super::warning::Warning;
use crate::word::counted::counted;

/// Says that other files belong to a text, none of which is read.
fn tell_included(included: usize, warnings: &mut Vec<Warning>) {
    if included > 0 {
        let files = if included == 1 { "1 other file, which was" } else { "other files, which were" };
        warnings.push(Warning::fault(&format!("the text includes {files} not read: import it together with them")));
    }
}

/// Says that what is meant for a program that makes pages was not read.
fn tell_raw(raw: usize, warnings: &mut Vec<Warning>) {
    if raw > 0 {
        let blocks = counted(raw, "block");
        warnings.push(Warning::fault(&format!("left out {blocks} of HTML or LaTeX, meant for one kind of page alone")));
    }
}
