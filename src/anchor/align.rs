//! Laying an anchor's words beside a stretch of the text: which became which, which are gone, what came in.
//!
//! A local alignment with affine gaps (Smith and Waterman 1981; Gotoh 1982) over words instead of letters, with one
//! addition: two words may answer to one, where a space or a hyphen came or went.

use std::ops::Range;

use super::query::Query;
use super::seed::Window;
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
    pub(super) fn likeness(self) -> f32 {
        match self {
            Self::Gone => 0.0,
            Self::Kept { likeness, .. } => likeness,
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

/// The cells of the alignment near its diagonals: a row for each word of the query (and one before the first), and in
/// it a cell for each diagonal.
struct Band {
    low: usize,
    width: usize,
    words: usize,
    cells: Vec<Cell>,
    traces: Vec<Trace>,
}

impl Band {
    fn new(window: &Window, words: usize) -> Self {
        let low = *window.diagonals.start();
        let width = window.diagonals.end() + 1 - low;
        let cells = (words + 1) * width;
        Self { low, width, words, cells: vec![NOWHERE; cells], traces: vec![UNTRACED; cells] }
    }

    /// The unit of the text that cell `k` of `row` pairs with word `row - 1` of the query.
    fn unit(&self, row: usize, k: usize) -> Option<usize> {
        (self.low + k + row - 1).checked_sub(self.words)
    }

    /// The cell from which a step that takes `of_query` words and `of_text` units leads to cell `k` of `row`.
    fn before(&self, row: usize, k: usize, of_query: usize, of_text: usize) -> Cell {
        let from = (k + of_query).checked_sub(of_text).filter(|from| *from < self.width);
        match (row.checked_sub(of_query), from) {
            (Some(row), Some(from)) => self.cells[row * self.width + from],
            _ => NOWHERE,
        }
    }
}

/// Aligns `query` with the units in `window` of `all`, the units of `string`.
pub(super) fn align(query: &Query, string: &str, all: &[Unit], window: &Window) -> Alignment {
    let mut band = Band::new(window, query.words.len());
    let stretch = Stretch::new(string, all, window, query.words.len());
    let mut end = (0.0, 0, 0);
    for row in 1..=query.words.len() {
        let word = &query.words[row - 1];
        let gap_after = query.words.get(row).map(|w| w.gap);
        for k in 0..band.width {
            let Some(at) = band.unit(row, k).and_then(|unit| stretch.index(unit)) else { continue };
            let likeness =
                if word.unit.key == stretch.keys[at] { 1.0 } else { likeness(&word.folded, &stretch.folded[at]) };
            let mut worth = pair_worth(likeness, word.bits);
            worth += if word.gap == stretch.gaps[at] { SAME_GAP } else { 0.0 };
            worth += if gap_after == Some(stretch.gaps[at + 1]) { SAME_GAP } else { 0.0 };
            let mut cell = NOWHERE;
            let mut trace = UNTRACED;
            let mut pair = |before: Cell, worth: f32, of: (u8, u8)| {
                let (before, from) = before.best();
                let (before, from) = if before > 0.0 { (before, from) } else { (0.0, From::Start) };
                if before + worth > cell.pair {
                    cell.pair = before + worth;
                    trace.pair = from;
                    trace.pair_of = of;
                }
            };
            pair(band.before(row, k, 1, 1), worth, (1, 1));
            if likeness < 1.0 {
                let joined = pair_worth(1.0, word.bits);
                if row > 1 && is_joined(&query.words[row - 2].folded, &word.folded, &stretch.folded[at]) {
                    pair(band.before(row, k, 2, 1), joined, (2, 1));
                }
                if at > 0 && is_joined(&stretch.folded[at - 1], &stretch.folded[at], &word.folded) {
                    pair(band.before(row, k, 1, 2), joined, (1, 2));
                }
            }
            let above = band.before(row, k, 1, 0);
            (cell.gone, trace.gone) = step(above.pair, (above.gone, From::Gone), (above.new, From::New));
            let left = band.before(row, k, 0, 1);
            (cell.new, trace.new) = step(left.pair, (left.new, From::New), (left.gone, From::Gone));
            if cell.pair > end.0 {
                end = (cell.pair, row, k);
            }
            band.cells[row * band.width + k] = cell;
            band.traces[row * band.width + k] = trace;
        }
    }
    Alignment { fates: walk_back(query, &band, &stretch, (end.1, end.2)) }
}

/// The units of the text that a window reaches, made ready to be compared.
struct Stretch {
    first: usize,
    keys: Vec<u64>,
    folded: Vec<String>,
    /// The gap before each unit, and that after the last.
    gaps: Vec<u64>,
}

impl Stretch {
    fn new(string: &str, all: &[Unit], window: &Window, words: usize) -> Self {
        let start = window.diagonals.start().saturating_sub(words).min(all.len());
        let end = (window.diagonals.end() + 1).clamp(start, all.len());
        let units = &all[start..end];
        Self {
            first: start,
            keys: units.iter().map(|u| u.key).collect(),
            folded: units.iter().map(|u| fold(&string[u.start()..u.end()])).collect(),
            gaps: (start..=end).map(|at| gap_before(string, all, at)).collect(),
        }
    }

    /// Where unit `unit` of the text is in the stretch.
    fn index(&self, unit: usize) -> Option<usize> {
        unit.checked_sub(self.first).filter(|at| *at < self.keys.len())
    }
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

fn walk_back(query: &Query, band: &Band, stretch: &Stretch, end: (usize, usize)) -> Vec<Fate> {
    let mut fates = vec![Fate::Gone; query.words.len()];
    let (mut row, mut k) = end;
    let mut last = From::Pair;
    while row > 0 && last != From::Start {
        let trace = band.traces[row * band.width + k];
        let (of_query, of_text, next) = match last {
            From::Pair => (usize::from(trace.pair_of.0), usize::from(trace.pair_of.1), trace.pair),
            From::Gone => (1, 0, trace.gone),
            From::New => (0, 1, trace.new),
            From::Start => break,
        };
        if last == From::Pair {
            let Some(unit) = band.unit(row, k) else { break };
            let likeness = match stretch.index(unit) {
                Some(at) if trace.pair_of == (1, 1) => likeness(&query.words[row - 1].folded, &stretch.folded[at]),
                _ => 1.0,
            };
            let to = unit as u32 + 1;
            fates[row - of_query..row].fill(Fate::Kept { from: to - of_text as u32, to, likeness });
        }
        row -= of_query;
        k = (k + of_query).saturating_sub(of_text);
        last = next;
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
    if (LEAST_LIKENESS..1.0).contains(&share) { share } else { 0.0 }
}

fn is_joined(a: &str, b: &str, whole: &str) -> bool {
    a.len() + b.len() == whole.len() && whole.starts_with(a) && whole.ends_with(b)
}
