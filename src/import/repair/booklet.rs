//! Pages in the order in which they were printed for folding, put back into the order of reading.
//!
//! A booklet's sheets carry the first pages and the last side by side. Copied out of such a file, the first half of the
//! pages comes in rising and the second half in falling order, mixed. Where sentences break off at the end of one page
//! and go on at the head of another, they prove which half each page belongs to.
//!
//! Nearly all files are in order, and a search among many orders always finds one in which something goes on better.
//! So what it finds is held against chance: the heads of the pages are dealt out anew, a thousand times, and the same
//! search is made; only what it then reaches at most once is taken for proof.

use std::ops::Range;

use memchr::memmem;

use super::furniture;
use super::settled;
use super::words::{self, Words};
use crate::import::error::ImportError;
use crate::import::lines::Lines;
use crate::import::lines::marks;
use crate::import::pages::PageOrder;
use crate::import::warning::Warning;

/// More pages than this were not printed as one booklet.
const MOST: usize = 128;

/// Longer texts than this, in bytes, are not searched for pairs of words; a booklet is short.
const LONGEST_SEARCHED: usize = 512 * 1024;

/// How much better, in points of proof, the order of a booklet must be than the order as it stands.
const MARGIN: i32 = 8;

/// How often the heads of the pages are dealt out anew, and how often chance may do as well.
const DEALS: u32 = 1999;
const MAY_REACH: u32 = 1;

/// Puts the pages in the order that the reader has set, and says which it leaves out, from 1.
pub(super) fn set_order(lines: &mut Lines<'_>, order: &PageOrder) -> Result<Vec<usize>, ImportError> {
    if order.is_as_in_file() {
        return Ok(Vec::new());
    }
    let pages = furniture::pages(lines);
    let (order, left_out) = order.of(pages.len())?;
    reorder(lines, &pages, &order);
    Ok(left_out)
}

/// Puts the pages in order where that is proven, and says so with the evidence.
pub(super) fn put_in_order(lines: &mut Lines<'_>) -> Option<Warning> {
    let pages = furniture::pages(lines);
    let count = pages.len();
    if !(4..=MOST).contains(&count) || settled::sections_rise(lines, &pages) {
        return None;
    }
    let as_it_stands: Vec<usize> = (0..count).collect();
    // Most texts are in order: nothing is counted for them.
    let faults = (1..count).filter(|i| plain_junction(lines, pages[i - 1].end - 1, pages[*i].start) < 0).count();
    if faults < 2 || faults * 8 < count {
        return None;
    }
    let vocabulary = Words::of(lines);
    let mut junctions = Junctions { count, points: vec![0; count * count] };
    for a in 0..count {
        for b in 0..count {
            junctions.points[a * count + b] = junction(lines, &vocabulary, pages[a].end - 1, pages[b].start);
        }
    }
    let (order, points) = junctions.folded()?;
    let gain = points - junctions.score(&as_it_stands);
    let going_on = |order: &[usize]| order.windows(2).filter(|w| junctions.of(w[0], w[1]) >= 2).count();
    let broken = order.windows(2).any(|w| junctions.of(w[0], w[1]) <= -3);
    if order == as_it_stands {
        return None;
    }
    if gain < MARGIN || broken || !is_folded_sheet_by_sheet(&order) || !junctions.beats_chance(gain) {
        // Printed pages end with tables, formulas and pictures too, and these break off no sentence.
        if lines.print.is_some() {
            return None;
        }
        let said = format!(
            "{faults} of {count} pages break off where the next does not go on: they may be out of order, and were left as they stand; --pages sets an order"
        );
        // A manual of lists and listings looks so, too: this is told, and is no fault of the text.
        return Some(Warning::new(&said));
    }
    let (after, before) = (going_on(&order), going_on(&as_it_stands));
    reorder(lines, &pages, &order);
    let numbers: Vec<String> = order.iter().map(|p| (p + 1).to_string()).collect();
    Some(Warning::moved(&format!(
        "THE {count} PAGES STAND IN ANOTHER ORDER THAN IN THE FILE: they came as printed for folding, and {after} sentences now go on from page to page, {before} did before; --pages file reads them as they came (now {})",
        numbers.join(" "),
    )))
}

/// Whether the pages change sides as those of folded sheets do, every second page or so; long runs on one side are the
/// order of the file.
fn is_folded_sheet_by_sheet(order: &[usize]) -> bool {
    let turn = (1..order.len()).find(|i| order[*i] < order[*i - 1]).unwrap_or(order.len());
    let mut in_front = vec![false; order.len()];
    for page in &order[..turn] {
        in_front[*page] = true;
    }
    let runs = 1 + in_front.windows(2).filter(|w| w[0] != w[1]).count();
    runs * 3 >= order.len()
}

fn reorder(lines: &mut Lines<'_>, pages: &[Range<usize>], order: &[usize]) {
    let mut all = Vec::with_capacity(lines.all.len());
    for page in order {
        all.extend_from_slice(&lines.all[pages[*page].clone()]);
        let first = all.len() - pages[*page].len();
        all[first].page = true;
    }
    lines.all = all;
}

/// Points that it costs where the pages after `other` up to `page` come in a run on one side: of folded sheets it is two.
/// What comes before the first change of sides may be longer: the first sheet carries the title and empty pages.
fn irregular(page: usize, other: usize) -> i32 {
    let run = page - other;
    if other == 0 { run.saturating_sub(4) as i32 * 2 } else { run.abs_diff(2) as i32 * 2 }
}

/// Points for each page following each other.
struct Junctions {
    count: usize,
    points: Vec<i32>,
}

/// The best points of the orders in which a page stands last on its side, one for each page that the other side ends
/// with (0 for none), and how many pages are in front.
type Best = Vec<Option<(i32, u32)>>;

impl Junctions {
    fn of(&self, a: usize, b: usize) -> i32 {
        self.points[a * self.count + b]
    }

    fn score(&self, order: &[usize]) -> i32 {
        order.windows(2).map(|w| self.of(w[0], w[1])).sum()
    }

    /// Pages are counted from 1 here; 0 is none.
    fn joins(&self, a: usize, b: usize) -> i32 {
        if a == 0 || b == 0 { 0 } else { self.of(a - 1, b - 1) }
    }

    /// The best order of which a part of the pages rises to the middle and the rest falls from there; and its points.
    fn folded(&self) -> Option<(Vec<usize>, i32)> {
        let mut turns = Vec::with_capacity(self.count);
        let (points, mut in_front, mut other) = self.search(|turn| turns.push(turn))?;
        let (mut fronts, mut backs) = (Vec::new(), Vec::new());
        for page in (1..=self.count).rev() {
            if in_front {
                fronts.push(page - 1);
            } else {
                backs.push(page - 1);
            }
            // The page before it is on the same side, unless that is where the other side ends.
            if other + 1 == page && page > 1 {
                let (to_front, to_back): (usize, usize) = turns[page - 2];
                other = if in_front { to_front } else { to_back };
                in_front = !in_front;
            }
        }
        fronts.reverse();
        // The back was taken off from its latest page, which is the first to be read.
        fronts.extend(backs);
        Some((fronts, points))
    }

    /// The points of the best balanced order; whether its last page is in front, and with which page the other side ends.
    /// `turned` is told for each page but the last with which page the other side ended before, where the next page
    /// changes sides: to the front, and to the back.
    fn search(&self, mut turned: impl FnMut((usize, usize))) -> Option<(i32, bool, usize)> {
        let mut front: Best = vec![None; self.count + 1];
        let mut back = front.clone();
        (front[0], back[0]) = (Some((0, 1)), Some((0, 0)));
        for page in 1..self.count {
            let next = page + 1;
            let best = |side: &Best, join: &dyn Fn(usize) -> i32| {
                let all = (0..page).filter_map(|o| side[o].map(|(points, fronts)| (points + join(o), fronts, o)));
                all.max_by_key(|(points, ..)| *points)
            };
            let to_front = best(&back, &|f| self.joins(f, next) - irregular(page, f));
            let to_back = best(&front, &|b| self.joins(next, b) - irregular(page, b));
            turned((to_front.map_or(0, |t| t.2), to_back.map_or(0, |t| t.2)));
            for o in 0..page {
                front[o] = front[o].map(|(points, fronts)| (points + self.joins(page, next), fronts + 1));
                back[o] = back[o].map(|(points, fronts)| (points + self.joins(next, page), fronts));
            }
            front[page] = to_front.map(|(points, fronts, _)| (points, fronts + 1));
            back[page] = to_back.map(|(points, fronts, _)| (points, fronts));
        }
        let last = self.count;
        let halves = |fronts: u32| (fronts as usize * 2).abs_diff(self.count);
        let ends = (0..last).flat_map(|o| {
            let as_front = front[o].map(|(p, fronts)| (p + self.joins(last, o), fronts, true, o));
            let as_back = back[o].map(|(p, fronts)| (p + self.joins(o, last), fronts, false, o));
            [as_front, as_back].into_iter().flatten()
        });
        ends.filter(|(_, fronts, ..)| halves(*fronts) <= 2 + self.count / 8)
            .max_by_key(|(points, fronts, ..)| (*points, std::cmp::Reverse(halves(*fronts))))
            .map(|(points, _, in_front, other)| (points, in_front, other))
    }

    /// Whether the gain of a folded order over the order of the file is more than chance gives: the heads of the pages
    /// are dealt out anew to all junctions but those of the file.
    fn beats_chance(&self, gain: i32) -> bool {
        let as_it_stands: i32 = (1..self.count).map(|b| self.of(b - 1, b)).sum();
        let mut dice = 0x9e37_79b9_7f4a_7c15_u64;
        let mut heads: Vec<usize> = (0..self.count).collect();
        let mut dealt = Self { count: self.count, points: vec![0; self.points.len()] };
        let mut reached = 0;
        for _ in 0..DEALS {
            for i in (1..heads.len()).rev() {
                // xorshift64 (Marsaglia 2003)
                dice ^= dice << 13;
                dice ^= dice >> 7;
                dice ^= dice << 17;
                heads.swap(i, (dice % (i as u64 + 1)) as usize);
            }
            for a in 0..self.count {
                for (b, dealt_head) in heads.iter().enumerate().take(self.count) {
                    let head = if b == a + 1 { b } else { *dealt_head };
                    dealt.points[a * self.count + b] = self.of(a, head);
                }
            }
            let found = dealt.search(|_| {}).map_or(0, |(points, ..)| points - as_it_stands);
            reached += u32::from(found >= gain);
            if reached > MAY_REACH {
                return false;
            }
        }
        true
    }
}

/// What the letters alone say of two lines that may follow each other.
fn plain_junction(lines: &Lines<'_>, end: usize, start: usize) -> i32 {
    let (before, this) = (lines.str(end), lines.str(start));
    let open = !marks::ends_sentence(before);
    match (open, marks::continues_sentence(this)) {
        (true, true) => 2,
        (false, true) => -3,
        (true, false) if before.ends_with('-') => -3,
        (true, false) => -1,
        (false, false) => 0,
    }
}

/// Points for one page following another: a word that the break has cut and that is known whole is the best proof.
fn junction(lines: &Lines<'_>, vocabulary: &Words<'_>, end: usize, start: usize) -> i32 {
    let plain = plain_junction(lines, end, start);
    let (before, this) = (lines.str(end), lines.str(start));
    let right: String = this.chars().take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let left = |s: &str| s.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    if let Some(stem) = before.strip_suffix('-') {
        let whole = format!("{}{right}", left(stem));
        let known = vocabulary.count(&whole) > 0 || words::is_listed(&whole);
        return if plain < 0 {
            plain
        } else if known {
            5
        } else {
            -1
        };
    }
    if plain == 2 && !words::is_listed(&right) && vocabulary.count(&right) == 0 {
        // The second half of a word needs its first half.
        return -1;
    }
    if plain == 2 && right.len() >= 4 && lines.source.len() < LONGEST_SEARCHED {
        // The two words stand side by side elsewhere, be it with another ending.
        let stem = &right[..right.char_indices().nth(6).map_or(right.len(), |(at, _)| at)];
        let pair = format!("{} {stem}", left(before));
        if memmem::find(lines.source.as_bytes(), pair.as_bytes()).is_some() {
            return 4;
        }
    }
    if plain == -1 {
        // Within a sentence, only a name begins with a capital.
        return if words::is_listed(&right) { -2 } else { 0 };
    }
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, prop, prop_assert_eq, proptest};

    use super::*;

    /// Pages of prose that end with a sentence, within one, or within a word.
    fn pages(count: usize, mut dice: u64) -> Vec<String> {
        const WORDS: &[&str] = &[
            "bridge", "miller", "warden", "river", "council", "carter", "ledger", "bench", "counter", "winter",
            "basket", "spooner", "doorway", "lantern", "market", "garden", "horseman", "roadside", "letter", "window",
        ];
        let mut roll = |sides: usize| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) as usize % sides
        };
        let (mut pages, mut head) = (Vec::new(), String::new());
        for page in 0..count {
            let mut said = head;
            for _ in 0..6 {
                let [a, b, c, d] = [(); 4].map(|()| WORDS[roll(WORDS.len())]);
                said +=
                    &format!("The {a} of the {b} had never been near the {c}, and nobody knew of any {d} that was. ");
            }
            let [a, b, c] = [(); 3].map(|()| WORDS[roll(WORDS.len())]);
            let (end, next) = match roll(3) {
                0 if page + 1 < count => (format!("{a} with the {b}"), format!("in front of the {c} after all. ")),
                1 if page + 1 < count => (format!("{}-", &b[..3]), format!("{} of the {c} after all. ", &b[3..])),
                _ => (format!("{a}."), String::new()),
            };
            pages.push(format!("{said}It was the {end}"));
            head = next;
        }
        pages
    }

    /// The order in which a printer sets pages on sheets that are to be folded.
    fn for_folding(count: usize) -> Vec<usize> {
        let sheet = |i: usize| [count - 1 - 2 * i, 2 * i, 2 * i + 1, count - 2 - 2 * i];
        (0..count / 4).flat_map(sheet).collect()
    }

    fn put(pages: &[String]) -> (Vec<String>, Option<Warning>) {
        let file = pages.join("\n\x0c");
        let mut lines = Lines::of(&file, 0, 0);
        let said = put_in_order(&mut lines);
        (lines.all.iter().map(|l| lines.of_line(l).to_owned()).collect(), said)
    }

    #[test]
    fn a_folded_booklet_is_unfolded_and_says_so() {
        for (count, dice) in [(16, 1), (20, 2), (32, 3)] {
            let pages = pages(count, dice);
            let file: Vec<String> = for_folding(count).iter().map(|i| pages[*i].clone()).collect();
            let (read, said) = put(&file);
            let said = said.unwrap();
            assert_eq!(read, pages, "{said}");
            assert!(said.is_fault() && said.as_str().contains("--pages file"), "{said}");
            assert_eq!(put(&pages), (pages.clone(), None), "what is in order stays so");
        }
    }

    #[test]
    fn a_few_pages_prove_nothing() {
        let pages = pages(8, 7);
        let file: Vec<String> = for_folding(8).iter().map(|i| pages[*i].clone()).collect();
        assert_eq!(put(&file).0, file);
    }

    #[test]
    fn chance_reaches_the_proof_in_one_of_a_thousand_at_most() {
        const SHUFFLES: u32 = 300;
        let (mut taken, mut dice) = (0, 0x2545_f491_4f6c_dd1d_u64);
        for n in 0..SHUFFLES {
            let mut pages = pages(12 + n as usize % 9, u64::from(n));
            for i in (1..pages.len()).rev() {
                dice ^= dice << 13;
                dice ^= dice >> 7;
                dice ^= dice << 17;
                pages.swap(i, (dice % (i as u64 + 1)) as usize);
            }
            taken += u32::from(put(&pages).1.is_some_and(|said| said.is_fault()));
        }
        assert_eq!(taken, 0, "of {SHUFFLES} shuffled texts");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn sound_pages_stay_in_their_order(count in 4..40usize, dice in 0..u64::MAX, ends in prop::collection::vec(0..4u8, 40)) {
            let mut pages = pages(count, dice);
            // Tables, listings and headings at the ends and the heads of pages.
            for (page, end) in pages.iter_mut().zip(ends) {
                match end {
                    0 => page.push_str(" \n\nset carter 14\nset ledger 3"),
                    1 => *page = format!("horse := road 4\n\n{page}"),
                    2 => *page = format!("Of the Market\n\n{page}"),
                    _ => {}
                }
            }
            let file = pages.join("\n\x0c");
            let mut lines = Lines::of(&file, 0, 0);
            let before: Vec<u32> = lines.all.iter().map(|l| l.start).collect();
            put_in_order(&mut lines);
            prop_assert_eq!(lines.all.iter().map(|l| l.start).collect::<Vec<_>>(), before);
        }
    }
}
