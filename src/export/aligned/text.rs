//! Two versions in columns of letters.

use std::io::{self, Write};
use std::ops::Range;

use super::{Aligned, difference, heading_on, numbers};
use crate::align::BeadKind;
use crate::export::columns::{halves, rows_of, side_by_side, wrapped};
use crate::link::Side;
use crate::text::Text;
use crate::text::passage::PassageNo;

/// Writes both texts, `width` columns wide altogether, each bead level.
pub(crate) fn write(out: &mut dyn Write, aligned: &Aligned<'_>, width: u16) -> io::Result<()> {
    let half = halves(width);
    let column = half.unwrap_or(width);
    let beside = |out: &mut dyn Write, left: &[String], right: &[String]| match half {
        Some(half) => side_by_side(out, half, left, right),
        None => left.iter().chain(right).try_for_each(|row| writeln!(out, "{row}")),
    };
    beside(out, &wrapped(aligned.left.name.as_str(), column), &wrapped(aligned.right.name.as_str(), column))?;
    for line in wrapped(&aligned.tally(), width) {
        writeln!(out, "{line}")?;
    }
    for bead in aligned.alignment.beads() {
        writeln!(out)?;
        let said: Vec<String> =
            [bead.is_unsure().then(|| "?".to_owned()), difference(bead)].into_iter().flatten().collect();
        let only = matches!(bead.kind, BeadKind::OnlyLeft | BeadKind::OnlyRight);
        if !said.is_empty() && !only {
            writeln!(out, "[{}]", said.join(" "))?;
        }
        let side = |text: &Text, range: &Range<u32>, side: Side| match heading_on(bead, side) {
            Some(block) => [vec!["§".to_owned()], rows_of(text, block, column)].concat(),
            None if range.is_empty() => vec!["(nothing across)".to_owned()],
            None => {
                let titles =
                    |at| aligned.headings_before(side, at).into_iter().flat_map(|block| rows_of(text, block, column));
                let mut rows: Vec<String> = titles(range.start).collect();
                rows.push(numbers(range));
                for at in range.clone() {
                    if at > range.start {
                        rows.extend(titles(at));
                    }
                    if let Some(block) = text.numbering().block_of(PassageNo(at + 1)) {
                        rows.extend(rows_of(text, block, column));
                    }
                }
                rows
            }
        };
        let left = side(&aligned.left.text, &bead.left, Side::Left);
        beside(out, &left, &side(&aligned.right.text, &bead.right, Side::Right))?;
    }
    Ok(())
}
