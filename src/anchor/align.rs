//! Laying an anchor's words beside a stretch of the text: which became which, which are gone, what came in.
//!
//! A local alignment with affine gaps (Smith and Waterman 1981; Gotoh 1982) over words instead of letters, with one
//! addition: two words may answer to one, where a space or a hyphen came or went.

use std::ops::Range;

use super::query::Query;
use super::units::{Unit, fold, gap_before};

/// How a word of the query fared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fate {
    /// Not there.
    Gone,
    /// There, in the text's units `from..to`; `likeness` is 1 for the same letters and 0 for another word in its place.
    Kept { from: u32, to: u32, likeness: f32 },
}

/// What became of each word of a query, in one window of the text.
#[derive(Debug)]
pub(super) struct Alignment {
    pub fates: Vec<Fate>,
}

impl Fate {
    pub(super) fn likeness(&self) -> f32 {
        match self {
            Self::Gone => 0.0,
            Self::Kept { likeness, .. } => *likeness,
        }
    }
}

impl Alignment {
    /// The text's units from the first to the last that answers to one of the query's `words`.
    pub(super) fn span(&self, words: Range<usize>) -> Option<Range<usize>> {
        let mut span: Option<Range<usize>> = None;
        for fate in &self.fates[words] {
            if let Fate::Kept { from, to, .. } = *fate {
                let start = span.as_ref().map_or(from as usize, |s| s.start);
                span = Some(start..to as usize);
            }
        }
        span
    }
}

const GAP_OPEN: f32 = 0.6;
const GAP_MORE: f32 = 0.25;
const OTHER_WORD: f32 = -0.7;
const SAME_GAP: f32 = 0.15;
/// Below this two words are not forms of one.
const LEAST_LIKENESS: f32 = 0.6;

/// A step of the alignment into a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Start,
    Pair,
    Gone,
    New,
}

/// The three best scores at a cell, by the last step: a pair of words, a word gone, a word that is new.
#[derive(Debug, Clone, Copy)]
struct Cell {
    pair: f32,
    gone: f32,
    new: f32,
}

/// How each of them was reached; `pair_of` is how many words of the query and of the text the pair takes.
#[derive(Debug, Clone, Copy)]
struct Trace {
    pair: From,
    pair_of: (u8, u8),
    gone: From,
    new: From,
}

const NOWHERE: Cell = Cell { pair: f32::NEG_INFINITY, gone: f32::NEG_INFINITY, new: f32::NEG_INFINITY };
const UNTRACED: Trace = Trace { pair: From::Start, pair_of: (1, 1), gone: From::Start, new: From::Start };

impl Cell {
    fn best(self) -> (f32, From) {
        let mut best = (self.pair, From::Pair);
        if self.gone > best.0 {
            best = (self.gone, From::Gone);
        }
        if self.new > best.0 {
            best = (self.new, From::New);
        }
        best
    }
}

/// Aligns `query` with the units `window` of `all`, the units of `string`.
pub(super) fn align(query: &Query, string: &str, all: &[Unit], window: Range<usize>) -> Alignment {
    let units = &all[window.clone()];
    let folded: Vec<String> = units.iter().map(|u| fold(&string[u.start()..u.end()])).collect();
    let gaps: Vec<u64> = (window.start..=window.end).map(|at| gap_before(string, all, at)).collect();
    let (rows, columns) = (query.words.len() + 1, units.len() + 1);
    let mut cells = vec![NOWHERE; rows * columns];
    let mut traces = vec![UNTRACED; rows * columns];
    let mut end = (0.0, 0, 0);
    for i in 1..rows {
        let word = &query.words[i - 1];
        let gap_after = query.words.get(i).map(|w| w.gap);
        for j in 1..columns {
            let at = i * columns + j;
            let same_key = word.unit.key == units[j - 1].key;
            let likeness = if same_key { 1.0 } else { likeness(&word.folded, &folded[j - 1]) };
            let mut worth = pair_worth(likeness, word.bits);
            worth += if word.gap == gaps[j - 1] { SAME_GAP } else { 0.0 };
            worth += if gap_after == Some(gaps[j]) { SAME_GAP } else { 0.0 };
            let mut cell = NOWHERE;
            let mut trace = UNTRACED;
            let mut pair = |row: usize, column: usize, worth: f32, of: (u8, u8)| {
                let (before, from) = cells[row * columns + column].best();
                let (before, from) = if before > 0.0 { (before, from) } else { (0.0, From::Start) };
                if before + worth > cell.pair {
                    cell.pair = before + worth;
                    trace.pair = from;
                    trace.pair_of = of;
                }
            };
            pair(i - 1, j - 1, worth, (1, 1));
            if !same_key && i > 1 && is_joined(&query.words[i - 2].folded, &word.folded, &folded[j - 1]) {
                pair(i - 2, j - 1, pair_worth(1.0, word.bits), (2, 1));
            }
            if !same_key && j > 1 && is_joined(&folded[j - 2], &folded[j - 1], &word.folded) {
                pair(i - 1, j - 2, pair_worth(1.0, word.bits), (1, 2));
            }
            let above = cells[at - columns];
            (cell.gone, trace.gone) = step(above.pair, (above.gone, From::Gone), (above.new, From::New));
            let left = cells[at - 1];
            (cell.new, trace.new) = step(left.pair, (left.new, From::New), (left.gone, From::Gone));
            if cell.pair > end.0 {
                end = (cell.pair, i, j);
            }
            cells[at] = cell;
            traces[at] = trace;
        }
    }
    Alignment { fates: walk_back(query, &folded, &traces, columns, (end.1, end.2), window.start) }
}

/// The best way into a gap: opened after a pair or after a gap of the other kind, or made longer.
fn step(pair: f32, same: (f32, From), other: (f32, From)) -> (f32, From) {
    let mut best = (pair - GAP_OPEN, From::Pair);
    if same.0 - GAP_MORE > best.0 {
        best = (same.0 - GAP_MORE, same.1);
    }
    if other.0 - GAP_OPEN > best.0 {
        best = (other.0 - GAP_OPEN, other.1);
    }
    best
}

fn walk_back(
    query: &Query,
    folded: &[String],
    traces: &[Trace],
    columns: usize,
    end: (usize, usize),
    offset: usize,
) -> Vec<Fate> {
    let mut fates = vec![Fate::Gone; query.words.len()];
    let (mut i, mut j) = end;
    let mut last = From::Pair;
    while i > 0 && j > 0 && last != From::Start {
        let trace = traces[i * columns + j];
        match last {
            From::Pair => {
                let (of_query, of_text) = (usize::from(trace.pair_of.0), usize::from(trace.pair_of.1));
                let is_single = of_query == 1 && of_text == 1;
                let likeness = if is_single { likeness(&query.words[i - 1].folded, &folded[j - 1]) } else { 1.0 };
                let (from, to) = ((offset + j - of_text) as u32, (offset + j) as u32);
                fates[i - of_query..i].fill(Fate::Kept { from, to, likeness });
                (i, j) = (i - of_query, j - of_text);
                last = trace.pair;
            }
            From::Gone => {
                i -= 1;
                last = trace.gone;
            }
            From::New => {
                j -= 1;
                last = trace.new;
            }
            From::Start => {}
        }
    }
    fates
}

/// What it is worth to pair two words: 1 to 2 for the same word, by how much it says; a cost for two different ones.
fn pair_worth(likeness: f32, bits: f32) -> f32 {
    let full = 1.0 + (bits / 12.0).clamp(0.0, 1.0);
    if likeness >= 1.0 { full } else { OTHER_WORD + likeness * (full - OTHER_WORD) * 0.9 }
}

/// How alike two words are: the share of letters they have in common at both ends; 0 where they are not forms of one.
fn likeness(a: &str, b: &str) -> f32 {
    if a == b {
        return 1.0;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let shorter = a.len().min(b.len());
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count().min(shorter - head);
    let share = (head + tail) as f32 / a.len().max(b.len()).max(1) as f32;
    if share >= LEAST_LIKENESS && share < 1.0 { share } else { 0.0 }
}

fn is_joined(a: &str, b: &str, whole: &str) -> bool {
    a.len() + b.len() == whole.len() && whole.starts_with(a) && whole.ends_with(b)
}
