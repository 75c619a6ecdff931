//! The leader's sheet: a whole tour in the columns of a terminal, with remarks, times and both passages in short.

use std::io::{self, Write};

use super::TourSheet;
use crate::export::columns::wrapped;
use crate::layout::cells;
use crate::word::sentence::sentences;

/// Bytes of a passage that are printed at most; whole sentences, as far as they fit.
const SHORT: usize = 320;
/// Columns of the stop's number and of what stands under it.
const INDENT: u16 = 4;

/// Writes the sheet, `width` columns wide.
pub(crate) fn write(out: &mut dyn Write, sheet: &TourSheet<'_>, width: u16) -> io::Result<()> {
    headline(out, sheet.called(), &sheet.extent(), width)?;
    writeln!(out, "{}", "═".repeat(usize::from(width)))?;
    for (at, (stop, time)) in sheet.timed().enumerate() {
        writeln!(out)?;
        headline(out, &format!("{:<4}{}", at + 1, stop.name), &time, width)?;
        if let Some(author) = &stop.author {
            indented(out, &format!("by {author}"), INDENT, width)?;
        }
        for paragraph in stop.remark.lines() {
            indented(out, paragraph, INDENT, width)?;
        }
        for (mark, passage) in ["◧", "◨"].into_iter().zip(&stop.passages) {
            let Some(passage) = passage else {
                indented(out, &format!("{mark} (silent)"), INDENT, width)?;
                continue;
            };
            let label = format!("{mark} {}{}{}", passage.title, passage.number(" "), passage.since());
            indented(out, &label, INDENT, width)?;
            indented(out, &short(&passage.words), INDENT + 2, width)?;
        }
    }
    Ok(())
}

/// Words at the left, and at the right where there is room.
fn headline(out: &mut dyn Write, left: &str, right: &str, width: u16) -> io::Result<()> {
    let room = usize::from(width).saturating_sub(cells::width(left));
    if right.is_empty() || cells::width(right) + 2 > room {
        writeln!(out, "{left}")?;
        return if right.is_empty() { Ok(()) } else { indented(out, right, INDENT, width) };
    }
    writeln!(out, "{left}{}{right}", " ".repeat(room - cells::width(right)))
}

fn indented(out: &mut dyn Write, words: &str, indent: u16, width: u16) -> io::Result<()> {
    for row in wrapped(words, width.saturating_sub(indent).max(16)) {
        writeln!(out, "{:indent$}{row}", "", indent = usize::from(indent))?;
    }
    Ok(())
}

/// As many whole sentences as fit, at least one, and a sign that there is more.
fn short(words: &str) -> String {
    let all = sentences(words);
    let fits = all.iter().take_while(|s| s.end <= SHORT).count().max(1);
    let end = all.get(fits - 1).map_or(words.len(), |s| s.end);
    let cut = words[..end].trim_end();
    let cut = cut.split_whitespace().collect::<Vec<_>>().join(" ");
    if fits < all.len() { format!("{cut} …") } else { cut }
}
