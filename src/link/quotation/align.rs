//! Laying two places along each other: which words are the same, in the order of both.
//!
//! Local alignment with affine gaps (Smith & Waterman 1981, Gotoh 1982). Common words count what they tell ([`Info`]);
//! words left out or put in count against it, stop words hardly: translations differ in those first. Where an ellipsis
//! stands, the other side may have anything.

use super::info::Info;
use super::stream::{Stems, Word};

/// What a stop word that both have adds, and what it adds where the words before are the same too.
const STOP: [f32; 2] = [0.3, 1.0];
/// Two words of one root count this part of the lesser word.
const RELATED: f32 = 0.35;
/// A content word against another one.
const OTHER: f32 = -1.6;
/// A stop word against another word.
const OTHER_STOP: f32 = -0.3;
/// The first content word left out, a further one, and a stop word.
const OPEN: f32 = -2.2;
const FURTHER: f32 = -1.2;
const FURTHER_STOP: f32 = -0.2;
/// What is left out for an ellipsis, however long.
const ELLIPSIS: f32 = -0.5;

/// Words of two places in the same order.
#[derive(Debug)]
pub(super) struct Alignment {
    /// What it tells, in nats.
    pub score: f32,
    /// Indices of words that are the same, or of one root.
    pub pairs: Vec<(usize, usize)>,
    /// How many of them are content words.
    pub content: usize,
}

impl Alignment {
    /// Counts the words from these on.
    pub(super) fn begin_at(&mut self, left: usize, right: usize) {
        for pair in &mut self.pairs {
            *pair = (pair.0 - left, pair.1 - right);
        }
    }
}

/// Aligns places one after another, in the same room.
#[derive(Debug, Default)]
pub(super) struct Aligner {
    /// Best scores of the last row and this one: of all, and of those that end by leaving out a left word.
    rows: [Vec<f32>; 3],
    /// How each cell was reached.
    from: Vec<u8>,
    /// For each word the content word before it.
    before: [Vec<u32>; 2],
}

/// Words that an alignment must not use again.
pub(super) type Taken<'a> = [&'a [bool]; 2];

const FROM: u8 = 3;
const DIAGONAL: u8 = 1;
const LEFT_OUT: u8 = 2;
const RIGHT_OUT: u8 = 3;
const LEFT_GOES_ON: u8 = 4;
const RIGHT_GOES_ON: u8 = 8;
const SAME: u8 = 16;

impl Aligner {
    /// The best alignment of two places; `None` where they have no word in common.
    pub(super) fn align(
        &mut self,
        words: [&[Word]; 2],
        taken: Taken<'_>,
        info: &Info,
        stems: &Stems,
    ) -> Option<Alignment> {
        let [left, right] = words;
        for (before, words) in self.before.iter_mut().zip(words) {
            before.clear();
            let mut last = u32::MAX;
            for word in words {
                before.push(last);
                if !word.stop {
                    last = word.stem;
                }
            }
        }
        let width = right.len() + 1;
        let before = &self.before;
        let [over, row, left_out] = &mut self.rows;
        for line in [&mut *over, &mut *row, &mut *left_out] {
            line.clear();
            line.resize(width, 0.0);
        }
        left_out.fill(f32::NEG_INFINITY);
        self.from.clear();
        self.from.resize((left.len() + 1) * width, 0);
        let mut best = (0.0, 0, 0);
        for i in 1..=left.len() {
            std::mem::swap(over, row);
            row[0] = 0.0;
            let mut right_out = f32::NEG_INFINITY;
            let one = &left[i - 1];
            let leave = if one.stop { [FURTHER_STOP; 2] } else { [OPEN, FURTHER] };
            let gap_after_left = left.get(i).is_some_and(|w| w.gap);
            for j in 1..width {
                let other = &right[j - 1];
                let cell = &mut self.from[i * width + j];
                // The left word is left out.
                let [open, further] = if right.get(j).is_some_and(|w| w.gap) { [ELLIPSIS, 0.0] } else { leave };
                let (opened, longer) = (over[j] + open, left_out[j] + further);
                left_out[j] = opened.max(longer);
                if longer > opened {
                    *cell |= LEFT_GOES_ON;
                }
                // The right word is left out.
                let leave = if other.stop { [FURTHER_STOP; 2] } else { [OPEN, FURTHER] };
                let [open, further] = if gap_after_left { [ELLIPSIS, 0.0] } else { leave };
                let (opened, longer) = (row[j - 1] + open, right_out + further);
                right_out = opened.max(longer);
                if longer > opened {
                    *cell |= RIGHT_GOES_ON;
                }
                let free = !taken[0][i - 1] && !taken[1][j - 1];
                let befores = [before[0][i - 1], before[1][j - 1]];
                let same = if free { told([one, other], befores, info, stems) } else { None };
                let step = match same {
                    Some(told) if one.stop => {
                        told + if self.from[(i - 1) * width + j - 1] & SAME == 0 { STOP[0] } else { STOP[1] }
                    }
                    Some(told) => told,
                    None if one.stop || other.stop => OTHER_STOP,
                    None => OTHER,
                };
                let diagonal = over[j - 1] + step;
                let most = diagonal.max(left_out[j]).max(right_out);
                let cell = &mut self.from[i * width + j];
                row[j] = most.max(0.0);
                if most <= 0.0 {
                    continue;
                }
                if diagonal >= most {
                    *cell |= DIAGONAL | if same.is_some() { SAME } else { 0 };
                } else if left_out[j] >= most {
                    *cell |= LEFT_OUT;
                } else {
                    *cell |= RIGHT_OUT;
                }
                if most > best.0 {
                    best = (most, i, j);
                }
            }
        }
        let (score, i, j) = best;
        let pairs = self.trace(i, j, width);
        let content = pairs.iter().filter(|(i, _)| !left[*i].stop).count();
        (!pairs.is_empty()).then_some(Alignment { score, pairs, content })
    }

    fn trace(&self, mut i: usize, mut j: usize, width: usize) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        loop {
            let cell = self.from[i * width + j];
            match cell & FROM {
                DIAGONAL => {
                    (i, j) = (i - 1, j - 1);
                    if cell & SAME != 0 {
                        pairs.push((i, j));
                    }
                }
                LEFT_OUT => {
                    while self.from[i * width + j] & LEFT_GOES_ON != 0 {
                        i -= 1;
                    }
                    i -= 1;
                }
                RIGHT_OUT => {
                    while self.from[i * width + j] & RIGHT_GOES_ON != 0 {
                        j -= 1;
                    }
                    j -= 1;
                }
                _ => break,
            }
        }
        pairs.reverse();
        pairs
    }
}

/// What two words tell if they are the same, given the content words before them; 0 for a stop word; `None` where they
/// are not the same.
fn told([one, other]: [&Word; 2], before: [u32; 2], info: &Info, stems: &Stems) -> Option<f32> {
    if one.stop || other.stop {
        return (one.stem == other.stem && one.stop && other.stop).then_some(0.0);
    }
    if one.stem == other.stem {
        let follows = before[0] != u32::MAX && before[0] == before[1];
        return Some(if follows { info.after(before[0], one.stem) } else { info.alone(one.stem) });
    }
    let root = stems.root[one.stem as usize]?;
    let related = stems.root[other.stem as usize] == Some(root);
    related.then(|| RELATED * info.alone(one.stem).min(info.alone(other.stem)))
}
