//! The bytes of the text that a quote has become, given what became of its words.

use std::ops::Range;

use super::align::{Alignment, Fate};
use super::query::Query;
use super::units::{Unit, fold, mark};

/// Bytes of `string` that answer to the quote, and the byte that answers to `point` (an offset into the quote, 0 if
/// none); `None` where no word of the quote is left.
pub(super) fn bounds(
    query: &Query,
    alignment: &Alignment,
    string: &str,
    units: &[Unit],
    point: Option<u32>,
) -> Option<(Range<usize>, usize)> {
    let span = alignment.span(query.quoted.clone())?;
    let first = query.quoted.clone().find(|&w| is_kept(alignment.fates[w]))?;
    let last = query.quoted.clone().rfind(|&w| is_kept(alignment.fates[w]))?;
    let lead = lead(query);
    let trail = trail(query);
    let mut start = within(query, alignment, first, query.quote.start, string, units);
    let mut end = within(query, alignment, last, query.quote.end, string, units);
    if !lead.is_empty() && start == units[span.start].start() {
        // The quote's own marks before its first word, possibly with new words behind them.
        // A word joined to its neighbour outside the quote is on both sides.
        let floor = before(query, alignment, units, &span).min(start);
        start = extend_back(string, floor..start, lead);
    }
    if !trail.is_empty() && end == units[span.end - 1].end() {
        let ceiling = behind(query, alignment, units, &span, string.len()).max(end);
        end = extend(string, end..ceiling, trail);
    }
    let at = point.map_or(start, |p| locate(query, alignment, p as usize, string, units).clamp(start, end));
    Some((start..end, at))
}

fn is_kept(fate: Fate) -> bool {
    matches!(fate, Fate::Kept { .. })
}

/// What the quote has before its first word.
fn lead(query: &Query) -> &str {
    let first = query.words[query.quoted.start].unit.start().max(query.quote.start);
    &query.string[query.quote.start..first]
}

/// What the quote has after its last word.
fn trail(query: &Query) -> &str {
    let last = query.words[query.quoted.end - 1].unit.end().min(query.quote.end);
    &query.string[last..query.quote.end]
}

/// Where what stood before the quote ends now; at the latest where the word before it does.
fn before(query: &Query, alignment: &Alignment, units: &[Unit], span: &Range<usize>) -> usize {
    let behind = alignment.span(0..query.quoted.start).map(|s| units[s.end - 1].end());
    behind.unwrap_or_else(|| span.start.checked_sub(1).map_or(0, |word| units[word].end()))
}

/// Where what stood after the quote begins now; where that is gone, the next word.
fn behind(query: &Query, alignment: &Alignment, units: &[Unit], span: &Range<usize>, end: usize) -> usize {
    let before = alignment.span(query.quoted.end..query.words.len()).map(|s| units[s.start].start());
    before.unwrap_or_else(|| units.get(span.end).map_or(end, Unit::start))
}

/// The byte of the text that answers to byte `at` of the query, in or at an end of word `word`.
fn within(query: &Query, alignment: &Alignment, word: usize, at: usize, string: &str, units: &[Unit]) -> usize {
    let Fate::Kept { from, to, likeness } = alignment.fates[word] else { return 0 };
    let (mut start, mut end) = (units[from as usize].start(), units[to as usize - 1].end());
    let (unit, raw) = (query.words[word].unit, query.raw(word));
    if likeness >= 1.0 && fold(&string[start..end]).len() > query.words[word].folded.len() {
        // The word was joined to a neighbour: only its own letters count.
        if string[start..end].starts_with(raw) {
            end = start + raw.len();
        } else if string[start..end].ends_with(raw) {
            start = end - raw.len();
        }
    }
    if at <= unit.start() {
        return start;
    } else if at >= unit.end() {
        return end;
    }
    let offset = at - unit.start();
    if string[start..end].starts_with(&raw[..offset]) {
        start + offset
    } else if string[start..end].ends_with(&raw[offset..]) {
        end - (raw.len() - offset)
    } else if offset * 2 < raw.len() {
        start
    } else {
        end
    }
}

/// The byte that answers to byte `point` of the quote.
fn locate(query: &Query, alignment: &Alignment, point: usize, string: &str, units: &[Unit]) -> usize {
    let at = query.quote.start + point;
    let word = query.words.partition_point(|w| w.unit.end() <= at).clamp(query.quoted.start, query.quoted.end - 1);
    let kept = (word..query.quoted.end).chain((query.quoted.start..word).rev()).find(|&w| is_kept(alignment.fates[w]));
    match kept {
        Some(w) if w < word => within(query, alignment, w, query.string.len(), string, units),
        Some(w) => within(query, alignment, w, if w == word { at } else { 0 }, string, units),
        None => 0,
    }
}

/// Goes on from `gap.start` over marks like those of `trail`, if they are there; new words may stand before them.
fn extend(string: &str, gap: Range<usize>, trail: &str) -> usize {
    if string[gap.clone()].starts_with(trail) {
        return gap.start + trail.len();
    }
    let marks = string[gap.clone()].char_indices().map(|(i, c)| (gap.start + i + c.len_utf8(), c));
    follow(marks, trail.chars().filter_map(mark)).unwrap_or(gap.start)
}

/// Goes back from `gap.end` over marks like those of `lead`.
fn extend_back(string: &str, gap: Range<usize>, lead: &str) -> usize {
    if string[gap.clone()].ends_with(lead) {
        return gap.end - lead.len();
    }
    let marks = string[gap.clone()].char_indices().rev().map(|(i, c)| (gap.start + i, c));
    follow(marks, lead.chars().rev().filter_map(mark)).unwrap_or(gap.end)
}

/// How far the `wanted` marks are met with, one after the other, once the first of them has come.
fn follow(marks: impl Iterator<Item = (usize, char)>, wanted: impl Iterator<Item = char>) -> Option<usize> {
    let mut wanted = wanted.peekable();
    let mut reached = None;
    for (at, c) in marks.filter(|(_, c)| mark(*c).is_some()) {
        let Some(next) = wanted.peek() else { break };
        if mark(c) == Some(*next) {
            wanted.next();
            reached = Some(at);
        } else if reached.is_some() || !c.is_alphanumeric() {
            break;
        }
    }
    reached
}
