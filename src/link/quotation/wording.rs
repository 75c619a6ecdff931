//! Word by word: what each of two wordings kept, cut or changed, as an edition in parallel columns would print it.
//!
//! Words are laid along each other so that as many as possible are the same, in runs rather than one by one. What stands
//! in the same gap of both is a change, unless it is found elsewhere in the other wording: then it was moved, and is
//! shown as left out here and put in there.

use std::collections::HashSet;
use std::ops::Range;

use crate::word::fold::fold;
use crate::word::hash::WordMap;
use crate::word::language::Language;
use crate::word::stem::Stemmer;
use crate::word::stop::is_stop;
use crate::word::token::{is_apostrophe, tokens};

use super::{Fate, Step};

/// What the same word adds: a content word, a stop word; and another form of a content word.
const SAME: [f32; 2] = [3.0, 1.0];
const FORM: f32 = 2.0;
/// What a pair adds that goes on where the last one ended.
const RUN: f32 = 0.6;
/// More pairs of words than this are not all tried: words that stand once in both divide the wordings first.
const MOST: usize = 4_000_000;
/// A kept run of at most this many stop words between two changes is an accident.
const ACCIDENT: usize = 2;

struct Word {
    /// Its bytes, with the punctuation and blanks that go with it. All together cover the string.
    cell: Range<usize>,
    folded: String,
    stem: String,
    stop: bool,
}

/// Compares two wordings: the steps cover both.
pub(super) fn compare(left: &str, right: &str) -> Vec<Step> {
    let language = Language::detect(&format!("{left}\n{right}"));
    let (one, other) = (words(left, language), words(right, language));
    let mut pairs = Vec::new();
    pair_up(&one, &other, [0..one.len(), 0..other.len()], &mut pairs);
    let mut steps = Steps { one: &one, other: &other, pairs: &pairs, done: Vec::new() };
    steps.lay_out();
    let mut steps = steps.done;
    cover(&mut steps, left.len(), right.len());
    steps
}

fn words(string: &str, language: Language) -> Vec<Word> {
    let stemmer = Stemmer::new(language);
    let mut words: Vec<Word> = Vec::new();
    let mut end = 0;
    for range in tokens(string) {
        let begin = match words.last_mut() {
            None => 0,
            Some(last) => {
                last.cell.end = end + parting(&string[end..range.start]);
                last.cell.end
            }
        };
        let folded = fold(&string[range.clone()], language);
        let (stem, stop) = (stemmer.stem_folded(&folded), is_stop(&folded, language));
        words.push(Word { cell: begin..range.end, folded, stem, stop });
        end = range.end;
    }
    if let Some(last) = words.last_mut() {
        last.cell.end = string.len();
    }
    words
}

/// Where what stands between two words is parted: blanks and closing marks go with the first, opening marks with the
/// second.
fn parting(between: &str) -> usize {
    let opens = |c: char| matches!(c, '“' | '„' | '«' | '(' | '[' | '"' | '‘' | '¿' | '¡');
    match between.rfind(char::is_whitespace) {
        Some(at) => at + between[at..].chars().next().map_or(0, char::len_utf8),
        None => between.find(|c| opens(c) && !is_apostrophe(c)).unwrap_or(between.len()),
    }
}

/// Finds which words of the two ranges are the same, in order.
fn pair_up(one: &[Word], other: &[Word], [left, right]: [Range<usize>; 2], pairs: &mut Vec<(usize, usize)>) {
    if left.is_empty() || right.is_empty() {
        return;
    }
    if left.len() * right.len() <= MOST {
        align(one, other, [left, right], pairs);
        return;
    }
    let anchors = anchors(one, other, [left.clone(), right.clone()]);
    let (mut i, mut j) = (left.start, right.start);
    for (a, b) in anchors.into_iter().chain([(left.end, right.end)]) {
        let part = [i..a, j..b];
        // Without anything to divide it by, so long a part is something else altogether.
        if part[0].len() * part[1].len() <= MOST {
            pair_up(one, other, part, pairs);
        }
        if a < left.end {
            pairs.push((a, b));
        }
        (i, j) = (a + 1, b + 1);
    }
}

/// Words that stand once in each of the two ranges, as many as come in the same order (patience sorting).
fn anchors(one: &[Word], other: &[Word], [left, right]: [Range<usize>; 2]) -> Vec<(usize, usize)> {
    let mut seen: WordMap<&str, (u32, u32, usize, usize)> = WordMap::default();
    for at in left {
        let entry = seen.entry(&one[at].folded).or_default();
        (entry.0, entry.2) = (entry.0 + 1, at);
    }
    for at in right {
        let entry = seen.entry(&other[at].folded).or_default();
        (entry.1, entry.3) = (entry.1 + 1, at);
    }
    let mut found: Vec<(usize, usize)> = seen.values().filter(|e| (e.0, e.1) == (1, 1)).map(|e| (e.2, e.3)).collect();
    found.sort_unstable();
    let mut piles: Vec<usize> = Vec::new();
    let mut below = vec![usize::MAX; found.len()];
    for at in 0..found.len() {
        let pile = piles.partition_point(|top| found[*top].1 < found[at].1);
        below[at] = if pile == 0 { usize::MAX } else { piles[pile - 1] };
        if pile == piles.len() { piles.push(at) } else { piles[pile] = at }
    }
    let mut chain = Vec::new();
    let mut at = piles.last().copied();
    while let Some(here) = at {
        chain.push(found[here]);
        at = (below[here] != usize::MAX).then_some(below[here]);
    }
    chain.reverse();
    chain
}

fn likeness(one: &Word, other: &Word) -> Option<f32> {
    if one.folded == other.folded {
        return Some(SAME[usize::from(one.stop)]);
    }
    (!one.stop && !other.stop && one.stem == other.stem).then_some(FORM)
}

/// Pairs the words of two ranges so that what the pairs add is the most.
fn align(one: &[Word], other: &[Word], [left, right]: [Range<usize>; 2], pairs: &mut Vec<(usize, usize)>) {
    const ENDS: u8 = 1;
    const GOES_ON: u8 = 2;
    const UP: u8 = 4;
    let width = right.len() + 1;
    let mut from = vec![0_u8; (left.len() + 1) * width];
    // The best so far, and the best of what ends with a pair.
    let (mut best, mut ends) = (vec![0.0_f32; width], vec![f32::NEG_INFINITY; width]);
    for i in 1..=left.len() {
        let (mut over, mut ends_over) = (best[0], ends[0]);
        for j in 1..width {
            let cell = &mut from[i * width + j];
            let pair = likeness(&one[left.start + i - 1], &other[right.start + j - 1]).map(|adds| {
                if ends_over + RUN > over {
                    *cell |= GOES_ON;
                }
                adds + over.max(ends_over + RUN)
            });
            (over, ends_over) = (best[j], ends[j]);
            ends[j] = pair.unwrap_or(f32::NEG_INFINITY);
            if best[j - 1] > best[j] {
                best[j] = best[j - 1];
            } else {
                *cell |= UP;
            }
            if ends[j] > best[j] {
                best[j] = ends[j];
                *cell |= ENDS;
            }
        }
    }
    let first = pairs.len();
    let (mut i, mut j) = (left.len(), right.len());
    let mut must = false;
    while i > 0 && j > 0 {
        let cell = from[i * width + j];
        if must || cell & ENDS != 0 {
            pairs.push((left.start + i - 1, right.start + j - 1));
            must = cell & GOES_ON != 0;
            (i, j) = (i - 1, j - 1);
        } else if cell & UP != 0 {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    pairs[first..].reverse();
}

/// Lays out steps from pairs.
struct Steps<'a> {
    one: &'a [Word],
    other: &'a [Word],
    pairs: &'a [(usize, usize)],
    done: Vec<Step>,
}

impl Steps<'_> {
    fn lay_out(&mut self) {
        let pairs = self.without_accidents();
        let (left_over, right_over) = self.unpaired(&pairs);
        let (mut i, mut j) = (0, 0);
        for (a, b) in pairs.into_iter().chain([(self.one.len(), self.other.len())]) {
            self.gap(i..a, j..b, &left_over, &right_over);
            if a < self.one.len() {
                let kept = self.one[a].folded == self.other[b].folded;
                self.push(if kept { Fate::Kept } else { Fate::Changed }, a..a + 1, b..b + 1);
            }
            (i, j) = (a + 1, b + 1);
        }
    }

    /// The pairs, but for a few stop words that happen to be the same between two changes.
    fn without_accidents(&self) -> Vec<(usize, usize)> {
        let adjoin = |a: &(usize, usize), b: &(usize, usize)| a.0 + 1 == b.0 && a.1 + 1 == b.1;
        let mut kept: Vec<(usize, usize)> = Vec::new();
        let mut runs = self.pairs.chunk_by(adjoin).peekable();
        while let Some(run) = runs.next() {
            let (first, last) = (run[0], run[run.len() - 1]);
            let before = kept.last().map_or((0, 0), |p| (p.0 + 1, p.1 + 1));
            let after = runs.peek().map_or((self.one.len(), self.other.len()), |next| next[0]);
            let change_before = before.0 < first.0 && before.1 < first.1;
            let change_after = last.0 + 1 < after.0 && last.1 + 1 < after.1;
            let slight = run.len() <= ACCIDENT && run.iter().all(|p| self.one[p.0].stop);
            if !(slight && change_before && change_after) {
                kept.extend_from_slice(run);
            }
        }
        kept
    }

    /// The stems that are in no pair, on each side, as often as they are.
    fn unpaired(&self, pairs: &[(usize, usize)]) -> (Vec<String>, Vec<String>) {
        let of = |words: &[Word], paired: HashSet<usize>| {
            let left_over = words.iter().enumerate().filter(|(at, w)| !w.stop && !paired.contains(at));
            left_over.map(|(_, w)| w.stem.clone()).collect()
        };
        (of(self.one, pairs.iter().map(|p| p.0).collect()), of(self.other, pairs.iter().map(|p| p.1).collect()))
    }

    fn gap(&mut self, left: Range<usize>, right: Range<usize>, left_over: &[String], right_over: &[String]) {
        if left.is_empty() && right.is_empty() {
            return;
        }
        let changed = !left.is_empty() && !right.is_empty() && {
            let (one, other) = (&self.one[left.clone()], &self.other[right.clone()]);
            !moved(one, other, right_over) && !moved(other, one, left_over) && comparable(one, other)
        };
        if changed {
            self.push(Fate::Changed, left, right);
        } else {
            self.push(Fate::OnlyLeft, left.clone(), right.start..right.start);
            self.push(Fate::OnlyRight, left.end..left.end, right);
        }
    }

    /// Adds a step for these words; kept words join those before them.
    fn push(&mut self, fate: Fate, left: Range<usize>, right: Range<usize>) {
        if left.is_empty() && right.is_empty() {
            return;
        }
        let span = |words: &[Word], range: &Range<usize>| {
            let begin = words.get(range.start).map_or_else(|| words.last().map_or(0, |w| w.cell.end), |w| w.cell.start);
            let end = if range.is_empty() { begin } else { words[range.end - 1].cell.end };
            begin..end
        };
        let step = Step { fate, left: span(self.one, &left), right: span(self.other, &right) };
        if let Some(last) = self.done.last_mut()
            && fate == Fate::Kept
            && last.fate == Fate::Kept
        {
            (last.left.end, last.right.end) = (step.left.end, step.right.end);
        } else {
            self.done.push(step);
        }
    }
}

/// Whether most of what `words` say stands in the other wording too, only not here.
fn moved(words: &[Word], here: &[Word], over_there: &[String]) -> bool {
    let content = || words.iter().filter(|w| !w.stop);
    let elsewhere = |w: &&Word| {
        let all = over_there.iter().filter(|s| **s == w.stem).count();
        all > here.iter().filter(|h| h.stem == w.stem).count()
    };
    let count = content().count();
    count > 0 && content().filter(elsewhere).count() * 2 > count
}

/// Whether one can stand in the place of the other: a stop word does not for a clause.
fn comparable(one: &[Word], other: &[Word]) -> bool {
    let content = |words: &[Word]| words.iter().filter(|w| !w.stop).count();
    let (a, b) = (content(one), content(other));
    a.min(b) > 0 || a.max(b) < 3
}

/// Makes the steps cover both strings, whatever stands where there are no words.
fn cover(steps: &mut Vec<Step>, left: usize, right: usize) {
    let (from_left, from_right) = steps.last().map_or((0, 0), |s| (s.left.end, s.right.end));
    let rest = Step { fate: Fate::Changed, left: from_left..left, right: from_right..right };
    match (rest.left.is_empty(), rest.right.is_empty()) {
        (true, true) => {}
        (false, true) => steps.push(Step { fate: Fate::OnlyLeft, ..rest }),
        (true, false) => steps.push(Step { fate: Fate::OnlyRight, ..rest }),
        (false, false) => steps.push(rest),
    }
}
