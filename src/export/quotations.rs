//! `diptych links --quotations`: the sentences that both texts quote, or that one quotes from the other.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;

use super::columns::wrapped;
use super::json::{line, rounded};
use super::passages::{Label, Labels};
use crate::link::quotation::SharedQuotation;
use crate::link::score::told;
use crate::text::Text;

/// Writes each shared quotation with both wordings below each other.
pub(crate) fn write_text(
    out: &mut dyn Write,
    left: &Text,
    right: &Text,
    found: &[SharedQuotation],
    width: u16,
) -> io::Result<()> {
    let (of_left, of_right) = (Labels::of(left), Labels::of(right));
    for quotation in found {
        let (here, there) = (locate(left, &of_left, &quotation.left), locate(right, &of_right, &quotation.right));
        writeln!(out, "{} = {}  {}", here.label.shown(), there.label.shown(), told(quotation.score))?;
        for (mark, wording) in [("<", here.quotation), (">", there.quotation)] {
            for row in wrapped(wording, width.saturating_sub(2)) {
                writeln!(out, "{mark} {row}")?;
            }
        }
        writeln!(out)?;
    }
    if found.is_empty() { writeln!(out, "no shared quotation found") } else { Ok(()) }
}

#[derive(Serialize)]
struct QuotationJson<'a> {
    left: PlaceJson<'a>,
    right: PlaceJson<'a>,
    score: f32,
}

#[derive(Serialize)]
struct PlaceJson<'a> {
    /// `null` in a heading or a footnote.
    passage: Option<u32>,
    /// `14 n3` in a footnote.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// The whole passage, heading or footnote it stands in.
    text: &'a str,
    /// The words themselves.
    quotation: &'a str,
}

/// Writes a line for each shared quotation:
/// `{"left":{"passage","text","quotation"},"right":{…},"score"}`.
pub(crate) fn write_jsonl(out: &mut dyn Write, left: &Text, right: &Text, found: &[SharedQuotation]) -> io::Result<()> {
    let (of_left, of_right) = (Labels::of(left), Labels::of(right));
    for quotation in found {
        let place = |text, labels, range| {
            let place = locate(text, labels, range);
            let Label { passage, note } = place.label;
            PlaceJson { passage, note, text: place.text, quotation: place.quotation }
        };
        let (left, right) = (place(left, &of_left, &quotation.left), place(right, &of_right, &quotation.right));
        line(out, &QuotationJson { left, right, score: rounded(quotation.score) })?;
    }
    Ok(())
}

struct Located<'a> {
    label: Label,
    text: &'a str,
    quotation: &'a str,
}

fn locate<'a>(text: &'a Text, labels: &Labels<'_>, range: &Range<usize>) -> Located<'a> {
    let block = text.block_at(range.start).unwrap_or(0);
    let quotation = text.string().get(range.clone()).unwrap_or("");
    Located { label: labels.label(block), text: text.block_str(block), quotation }
}
