//! Changes to the letters of a piece that keep its marks where they were.

use std::ops::Range;

use super::Piece;

/// Replaces stretches of a piece's string. They must not overlap; a mark that loses all its letters goes.
pub(super) fn replace(piece: &mut Piece, mut changes: Vec<(Range<usize>, String)>) {
    if changes.is_empty() {
        return;
    }
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    changes.dedup_by(|next, kept| next.0.start < kept.0.end);
    let mut string = String::with_capacity(piece.string.len());
    let mut at = 0;
    // Where each old offset at the seams is now.
    let mut seams = Vec::with_capacity(changes.len() * 2);
    for (range, new) in &changes {
        string.push_str(&piece.string[at..range.start]);
        seams.push((range.start, string.len()));
        string.push_str(new);
        seams.push((range.end, string.len()));
        at = range.end;
    }
    string.push_str(&piece.string[at..]);
    let moved = |offset: usize| {
        let seam = seams.iter().rev().find(|(old, _)| *old <= offset);
        seam.map_or(offset, |(old, new)| new + (offset - old))
    };
    for mark in &mut piece.marks {
        // Within a stretch that was replaced there is no place any more but its ends.
        let inside = |offset: usize| changes.iter().find(|(r, _)| r.start < offset && offset < r.end);
        let start = inside(mark.range.start).map_or(mark.range.start, |(r, _)| r.end);
        let end = inside(mark.range.end).map_or(mark.range.end, |(r, _)| r.start);
        mark.range = moved(start)..moved(end).max(moved(start));
    }
    piece.string = string;
    piece.marks.retain(|m| !m.range.is_empty());
}
