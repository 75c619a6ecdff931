//! Lists of terms as programs set them in plain text: a term on a line of its own, and below it, further in, what it means.
//!
//! Nothing marks such a term but its place, so a list is believed only where several stand in the same places, no two of
//! them say the same (as those who speak in a play do), each left room for the first word below it, and what stands
//! below them is broken to fit a width, as no verse is.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::layout;
use super::paragraphs::block_end;
use crate::import::lines::draft::Draft;
use crate::import::lines::list;
use crate::import::lines::marks;
use crate::import::lines::width::Metric;
use crate::import::lines::{Join, Lines};
use crate::text::block::{BlockKind, Marker};

/// Fewer terms make no list.
const FEWEST: usize = 3;

/// Terms are no wider, in cells.
const WIDEST: f32 = 50.0;

/// The terms of a text, by the first bytes of their lines.
#[derive(Debug, Default)]
pub(super) struct Terms(HashSet<u32>);

impl Terms {
    /// Finds the lists.
    pub(super) fn of(lines: &Lines<'_>) -> Self {
        let mut places: BTreeMap<(u16, u16), Vec<Range<usize>>> = BTreeMap::new();
        let mut at = 0;
        while lines.print.is_none() && at < lines.all.len() {
            let end = block_end(lines, at);
            if let Some(place) = place_of(lines, at, end) {
                places.entry(place).or_default().push(at..end);
            }
            at = end;
        }
        let mut found = HashSet::new();
        for ((out, _), mut blocks) in places {
            let widest = blocks.iter().flat_map(Clone::clone).map(|i| edge(lines, i)).fold(0.0, f32::max);
            // What was not broken to fit is program text, or verse.
            blocks.retain(|block| {
                let breaks = || breaks_below(lines, std::slice::from_ref(block));
                breaks().filter(|i| fits_above(lines, *i, widest)).count() * 5 <= breaks().count()
            });
            let terms: Vec<usize> =
                blocks.iter().flat_map(|block| block.clone()).filter(|i| lines.all[*i].indent == out).collect();
            if are_terms(lines, &blocks, &terms, widest) {
                found.extend(terms.into_iter().map(|i| lines.all[i].start));
            }
        }
        Self(found)
    }

    fn has(&self, lines: &Lines<'_>, i: usize) -> bool {
        self.0.contains(&lines.all[i].start)
    }

    /// Divides a block of terms, where it is one.
    pub(super) fn divide(&self, lines: &mut Lines<'_>, at: usize, end: usize) -> bool {
        if !self.has(lines, at) {
            return false;
        }
        for i in at..end {
            let dense = i > at && marks::is_dense(lines.str(i - 1), lines.str(i));
            lines.all[i].join = if self.has(lines, i) || i > at && self.has(lines, i - 1) {
                Join::Start
            } else if dense {
                Join::Glue
            } else {
                Join::Space
            };
        }
        true
    }

    /// Makes an item of each term, with what stands below it, once it is known what else is set in and how far.
    pub(super) fn recognise(&self, lines: &Lines<'_>, drafts: &mut [Draft]) {
        let mut within: Option<u16> = None;
        for draft in drafts {
            let first = draft.first as usize;
            let term = self.has(lines, first);
            let below = within.is_some_and(|out| (first..draft.end as usize).all(|i| lines.all[i].indent > out + 1));
            if term {
                within = Some(lines.all[first].indent);
                (draft.kind, draft.depth, draft.quoted, draft.marker) = (BlockKind::Item, 1, 0, Marker::Bullet);
            } else if !below {
                within = None;
            } else if draft.kind == BlockKind::Item {
                draft.depth += 1;
            } else if draft.is_prose() || draft.kind == BlockKind::Quotation {
                (draft.kind, draft.depth, draft.quoted) = (BlockKind::Item, 1, 0);
            }
        }
    }
}

/// How far the terms of a block stand in, and what is below them, where it is such a block.
fn place_of(lines: &Lines<'_>, at: usize, end: usize) -> Option<(u16, u16)> {
    let rows = &lines.all[at..end];
    let (out, below) = (rows[0].indent, rows.get(1)?.indent);
    let alike = rows.iter().all(|l| l.indent == out || l.indent == below);
    let each = rows.windows(2).all(|w| w[0].indent != out || w[1].indent == below);
    let term = |i: usize| {
        let line = lines.str(i);
        let said = !marks::ends_sentence(line) || line.ends_with(':');
        said && Metric::Cells.width(line) <= WIDEST && list::opens(line).is_none() && !list::is_enumerated(line)
    };
    let terms = || (at..end).filter(|i| lines.all[*i].indent == out);
    let shaped = below >= out + 2 && alike && each && rows.last()?.indent == below;
    (shaped && terms().all(term) && !layout::is_set_in_columns(lines, rows)).then_some((out, below))
}

/// Whether these lines are terms: several, all of them different, each with room for more; and below them is prose.
fn are_terms(lines: &Lines<'_>, blocks: &[Range<usize>], terms: &[usize], widest: f32) -> bool {
    let different: HashSet<&str> = terms.iter().map(|i| lines.str(*i)).collect();
    if terms.len() < FEWEST || different.len() * 10 < terms.len() * 9 {
        return false;
    }
    breaks_below(lines, blocks).count() >= FEWEST && terms.iter().all(|i| fits_above(lines, *i, widest))
}

/// Whether the first word of the line after line `i` would have found room on it.
fn fits_above(lines: &Lines<'_>, i: usize, widest: f32) -> bool {
    edge(lines, i) + 1.0 + Metric::Cells.width(marks::first_word(lines.str(i + 1))) <= widest
}

fn edge(lines: &Lines<'_>, i: usize) -> f32 {
    f32::from(lines.all[i].indent) + Metric::Cells.width(lines.str(i))
}

/// The lines below terms that have another one below them.
fn breaks_below(lines: &Lines<'_>, blocks: &[Range<usize>]) -> impl Iterator<Item = usize> {
    let within = move |block: &Range<usize>| {
        let out = lines.all[block.start].indent;
        (block.start..block.end - 1).filter(move |i| lines.all[*i].indent != out && lines.all[*i + 1].indent != out)
    };
    blocks.iter().flat_map(within)
}
