//! Columns whose paragraphs were copied in turn: one of the left column, one of the right, and so on down the page.
//!
//! Sentences that break off and go on elsewhere show that it is so. Then each page is read as two columns: its blocks
//! are dealt out, in their order, so that the columns are about as long as each other and sentences go on.

use std::ops::Range;

use super::furniture;
use crate::import::lines::marks;
use crate::import::lines::{Line, Lines};

/// How many ways of dealing out a page are kept.
const WIDTH: usize = 512;

/// More blocks than this are not dealt out.
const MOST: usize = 40;

/// Puts the columns of all pages in order, and says how many pages changed.
pub(super) fn put_in_order(lines: &mut Lines<'_>) -> usize {
    let pages = furniture::pages(lines);
    if pages.len() < 3 {
        return 0;
    }
    let blocks: Vec<Vec<Range<usize>>> = pages.iter().map(|p| blocks_of(lines, p.clone())).collect();
    let breaks_off = |page: &&Vec<Range<usize>>| page.windows(2).any(|w| fault(lines, &w[0], &w[1]) >= 2);
    let faults = blocks.iter().filter(breaks_off).count();
    if faults < 3 || faults * 10 < pages.len() * 4 {
        return 0;
    }
    let mut changed = 0;
    let mut all: Vec<Line> = Vec::with_capacity(lines.all.len());
    let mut before: Option<Range<usize>> = None;
    for page in blocks {
        let (left, right) = deal(lines, &page, before.as_ref());
        let order: Vec<usize> = left.iter().chain(&right).copied().collect();
        changed += usize::from(order.windows(2).any(|w| w[0] > w[1]));
        for (n, block) in order.iter().enumerate() {
            let first = all.len();
            all.extend_from_slice(&lines.all[page[*block].clone()]);
            // The head of a page and the head of a column break paragraphs alike.
            all[first].page = n == 0 || n == left.len();
            all[first].gap = 1;
        }
        before = order.last().map(|last| page[*last].clone());
    }
    lines.all = all;
    changed
}

fn blocks_of(lines: &Lines<'_>, page: Range<usize>) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = page.clone().filter(|i| *i == page.start || lines.all[*i].gap > 0).collect();
    starts.push(page.end);
    starts.windows(2).map(|w| w[0]..w[1]).collect()
}

/// How badly two blocks follow each other.
fn fault(lines: &Lines<'_>, a: &Range<usize>, b: &Range<usize>) -> u32 {
    let (before, this) = (lines.str(a.end - 1), lines.str(b.start));
    let open = !marks::ends_sentence(before);
    match (open, marks::continues_sentence(this)) {
        (true, true) | (false, false) => 0,
        (true, false) if before.ends_with('-') => 4,
        // A name may follow; a heading has no full stop either.
        (true, false) if a.len() <= 2 => 1,
        (true, false) => 2,
        (false, true) => 4,
    }
}

#[derive(Debug, Clone)]
struct Hand {
    faults: u32,
    left: Option<usize>,
    right: Option<usize>,
    first_right: Option<usize>,
    rows: [u32; 2],
    /// Bit n: block n is in the right column.
    dealt: u64,
}

/// The blocks of the left and of the right column.
fn deal(lines: &Lines<'_>, page: &[Range<usize>], before: Option<&Range<usize>>) -> (Vec<usize>, Vec<usize>) {
    let straight = || ((0..page.len()).collect(), Vec::new());
    if page.len() < 2 || page.len() > MOST {
        return straight();
    }
    let faults: Vec<Vec<u32>> = page.iter().map(|a| page.iter().map(|b| fault(lines, a, b)).collect()).collect();
    let after: Vec<u32> = page.iter().map(|b| before.map_or(0, |a| fault(lines, a, b))).collect();
    let rows: Vec<u32> =
        page.iter().map(|b| lines.all[b.clone()].iter().map(|l| 1 + (l.end - l.start) / 60).sum()).collect();
    let mut hands = vec![Hand { faults: 0, left: None, right: None, first_right: None, rows: [0, 0], dealt: 0 }];
    for block in 0..page.len() {
        let mut next = Vec::with_capacity(hands.len() * 2);
        for hand in &hands {
            let mut to_left = hand.clone();
            to_left.faults += hand.left.map_or(after[block], |last| faults[last][block]);
            to_left.left = Some(block);
            to_left.rows[0] += rows[block];
            next.push(to_left);
            let mut to_right = hand.clone();
            to_right.faults += hand.right.map_or(0, |last| faults[last][block]);
            to_right.right = Some(block);
            to_right.first_right = hand.first_right.or(Some(block));
            to_right.rows[1] += rows[block];
            to_right.dealt |= 1 << block;
            next.push(to_right);
        }
        next.sort_by_key(|h| h.faults);
        next.truncate(WIDTH);
        hands = next;
    }
    let cost = |hand: &Hand| {
        let middle = match (hand.left, hand.first_right) {
            (Some(last), Some(first)) => faults[last][first],
            _ => 0,
        };
        // A tenth of the page's rows too many in one column weighs as much as half a fault.
        let uneven = hand.rows[0].abs_diff(hand.rows[1]) * 100 / (hand.rows[0] + hand.rows[1]).max(1);
        (hand.faults + middle) * 20 + uneven
    };
    let Some(best) = hands.iter().filter(|h| h.left.is_some()).min_by_key(|h| cost(h)) else { return straight() };
    (0..page.len()).partition(|block| best.dealt & (1 << block) == 0)
}
