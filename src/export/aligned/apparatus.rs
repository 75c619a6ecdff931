//! The apparatus of two versions: what only one of them has, what was moved, split or merged, and in one language the words
//! that differ, each with its place.

use std::ops::Range;

use super::{Aligned, difference};
use crate::align::{Bead, BeadKind};
use crate::text::Text;
use crate::text::passage::PassageNo;

/// Where more of the letters than this differ, passages were written anew: their words are not set against each other.
const WRITTEN_ANEW: f32 = 0.3;
/// So many places of a bead are listed at most.
const PLACES: usize = 24;
/// Longer wordings are cut in the middle, to so many words on either side of the cut.
const WORDS: usize = 5;
/// What only one text has is named by so many words.
const OPENING: usize = 12;

/// An entry of the apparatus.
#[derive(Debug)]
pub(super) struct Entry {
    /// The first bead it is of, by its place among them.
    pub bead: usize,
    /// The passages of the left text, counted from 0.
    pub left: Range<u32>,
    /// Those of the right text.
    pub right: Range<u32>,
    /// What differs, in a few words.
    pub what: String,
    /// How the passages begin that only one text has, or that were moved.
    pub opening: String,
    /// The words that differ: what the left text has, and what the right one.
    pub places: Vec<[String; 2]>,
    /// How many more such places there are.
    pub more: usize,
}

/// The entries, in the order of the beads. Neighbours that only one text has, or that were moved together, are one.
pub(super) fn entries(aligned: &Aligned<'_>) -> Vec<Entry> {
    let texts: [&Text; 2] = [&aligned.left.text, &aligned.right.text];
    let one_language = aligned.one_language();
    let mut all: Vec<Entry> = Vec::new();
    for (at, bead) in aligned.alignment.beads().iter().enumerate() {
        let is_run = bead.is_gap() || bead.kind == BeadKind::Moved;
        let mut places = if one_language { aligned.alignment.variants(bead) } else { Vec::new() };
        let is_anew = share(&places, aligned.alignment.length(bead)) > WRITTEN_ANEW;
        if is_anew {
            places.clear();
        }
        let what = match difference(bead) {
            Some(what) => what,
            None if bead.kind == BeadKind::Same || bead.heading.is_some() || !one_language => continue,
            None if is_anew => "written anew".to_owned(),
            None if !places.is_empty() => "reworded".to_owned(),
            None if aligned.alignment.is_too_long(bead) => "reworded; too long to be taken apart".to_owned(),
            None => "in punctuation or spelling".to_owned(),
        };
        if let Some(last) = all.last_mut().filter(|last| is_run && last.what == what && goes_on(last, bead)) {
            (last.left.end, last.right.end) = (last.left.end.max(bead.left.end), last.right.end.max(bead.right.end));
            take(last, places);
            continue;
        }
        let opening = match (is_run, bead.left.is_empty()) {
            (false, _) => String::new(),
            (true, false) => opening(texts[0], bead.left.start),
            (true, true) => opening(texts[1], bead.right.start),
        };
        let (left, right) = (bead.left.clone(), bead.right.clone());
        let mut entry = Entry { bead: at, left, right, what, opening, places: Vec::new(), more: 0 };
        take(&mut entry, places);
        all.push(entry);
    }
    all
}

/// Adds places to an entry, as many as it holds.
fn take(entry: &mut Entry, places: Vec<[String; 2]>) {
    let room = PLACES.saturating_sub(entry.places.len());
    entry.more += places.len().saturating_sub(room);
    entry.places.extend(places.into_iter().take(room).map(|place| place.map(|words| shortened(&words))));
}

/// Which share of so many letters of a bead differs.
fn share(places: &[[String; 2]], letters: usize) -> f32 {
    let differing: usize = places.iter().flatten().map(String::len).sum();
    differing as f32 / letters.max(1) as f32
}

/// Whether a bead follows right upon an entry in both texts.
fn goes_on(last: &Entry, bead: &Bead) -> bool {
    let follows = |one: &Range<u32>, other: &Range<u32>| one.is_empty() && other.is_empty() || one.end == other.start;
    let alike = (last.left.is_empty(), last.right.is_empty()) == (bead.left.is_empty(), bead.right.is_empty());
    alike && follows(&last.left, &bead.left) && follows(&last.right, &bead.right)
}

/// The first words of a passage that is counted from 0.
fn opening(text: &Text, at: u32) -> String {
    let mut words = text.passage_str(PassageNo(at + 1)).split_whitespace();
    let first: Vec<&str> = words.by_ref().take(OPENING).collect();
    let more = if words.next().is_some() { "…" } else { "" };
    first.join(" ") + more
}

fn shortened(wording: &str) -> String {
    let words: Vec<&str> = wording.split(' ').collect();
    if words.len() <= 2 * WORDS + 1 {
        return wording.to_owned();
    }
    format!("{} … {}", words[..WORDS].join(" "), words[words.len() - WORDS..].join(" "))
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn a_long_wording_keeps_both_ends() {
        assert_eq!(shortened("a b c"), "a b c");
        assert_eq!(shortened("1 2 3 4 5 6 7 8 9 10 11 12"), "1 2 3 4 5 … 8 9 10 11 12");
    }
}
