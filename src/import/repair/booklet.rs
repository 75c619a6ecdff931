//! Pages in the order in which they were printed for folding, put back into the order of reading.
//!
//! A booklet's sheets carry the first pages and the last side by side. Copied out of such a file, the first half of the
//! pages comes in rising and the second half in falling order, mixed. Where sentences break off at the end of one page
//! and go on at the head of another, they prove which half each page belongs to.

use std::ops::Range;

use memchr::memmem;

use super::furniture;
use super::words::{self, Words};
use crate::import::error::ImportError;
use crate::import::lines::Lines;
use crate::import::lines::marks;
use crate::import::pages::PageOrder;
use crate::import::warning::Warning;

/// More pages than this were not printed as one booklet.
const MOST: usize = 200;

/// Longer texts than this, in bytes, are not searched for pairs of words; a booklet is short.
const LONGEST_SEARCHED: usize = 512 * 1024;

/// How much better, in points of proof, the order of a booklet must be than the order as it stands.
const MARGIN: i32 = 8;

/// Puts the pages in the order that the reader has set, and says which it leaves out, from 1.
pub(super) fn set_order(lines: &mut Lines<'_>, order: &PageOrder) -> Result<Vec<usize>, ImportError> {
    let pages = furniture::pages(lines);
    let (order, left_out) = order.of(pages.len())?;
    reorder(lines, &pages, &order);
    Ok(left_out)
}

/// Puts the pages in order where that is proven, and says so with the evidence.
pub(super) fn put_in_order(lines: &mut Lines<'_>) -> Option<Warning> {
    let pages = furniture::pages(lines);
    let count = pages.len();
    if !(4..=MOST).contains(&count) {
        return None;
    }
    let as_it_stands: Vec<usize> = (0..count).collect();
    // Most texts are in order: nothing is counted for them.
    let faults = (1..count).filter(|i| plain_junction(lines, pages[i - 1].end - 1, pages[*i].start) < 0).count();
    if faults < 2 || faults * 8 < count {
        return None;
    }
    let vocabulary = Words::of(lines);
    let mut junctions = vec![0i32; count * count];
    for a in 0..count {
        for b in 0..count {
            junctions[a * count + b] = junction(lines, &vocabulary, pages[a].end - 1, pages[b].start);
        }
    }
    let score = |order: &[usize]| order.windows(2).map(|w| junctions[w[0] * count + w[1]]).sum::<i32>();
    let order = folded(count, &junctions)?;
    let (before, after) = (score(&as_it_stands), score(&order));
    let going_on = |order: &[usize]| order.windows(2).filter(|w| junctions[w[0] * count + w[1]] >= 2).count();
    let broken = order.windows(2).filter(|w| junctions[w[0] * count + w[1]] <= -3).count();
    if order == as_it_stands {
        return None;
    }
    if after - before < MARGIN || broken > 0 {
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
    reorder(lines, &pages, &order);
    let numbers: Vec<String> = order.iter().map(|p| (p + 1).to_string()).collect();
    Some(Warning::new(&format!(
        "put {count} pages in reading order ({}): they came as printed for folding; {} sentences now go on from page to page, {} did before",
        numbers.join(" "),
        going_on(&order),
        going_on(&as_it_stands)
    )))
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

/// The best order of which a part of the pages rises to the middle and the rest falls from there.
fn folded(count: usize, junctions: &[i32]) -> Option<Vec<usize>> {
    // After page k, one half ends with k and the other with some page before it, or with none (0).
    const NONE: usize = 0;
    let joins = |a: usize, b: usize| if a == NONE || b == NONE { 0 } else { junctions[(a - 1) * count + b - 1] };
    let size = count + 1;
    // best[front][back]: the points so far, and the number of pages in front.
    let mut best: Vec<Option<(i32, u32)>> = vec![None; size * size];
    let mut from: Vec<Vec<Option<(usize, usize)>>> = Vec::with_capacity(count);
    best[0] = Some((0, 0));
    for page in 1..=count {
        let mut next: Vec<Option<(i32, u32)>> = vec![None; size * size];
        let mut back_to = vec![None; size * size];
        for front in 0..page {
            for back in 0..page {
                let Some((points, fronts)) = best[front * size + back] else { continue };
                // The page goes to the end of the front, or to the head of the back.
                let to_front = (page * size + back, points + joins(front, page), fronts + 1);
                let to_back = (front * size + page, points + joins(page, back), fronts);
                for (state, points, fronts) in [to_front, to_back] {
                    if next[state].is_none_or(|(p, _)| points > p) {
                        next[state] = Some((points, fronts));
                        back_to[state] = Some((front, back));
                    }
                }
            }
        }
        best = next;
        from.push(back_to);
    }
    let balanced = |fronts: u32| (fronts as usize * 2).abs_diff(count) <= 2 + count / 8;
    let (mut front, mut back) = (0..size)
        .flat_map(|f| (0..size).map(move |b| (f, b)))
        .filter_map(|(f, b)| best[f * size + b].map(|(p, fronts)| (f, b, p + joins(f, b), fronts)))
        .filter(|(.., fronts)| balanced(*fronts))
        .max_by_key(|(.., points, fronts)| (*points, std::cmp::Reverse((*fronts as usize * 2).abs_diff(count))))
        .map(|(f, b, ..)| (f, b))?;
    let (mut fronts, mut backs) = (Vec::new(), Vec::new());
    for page in (1..=count).rev() {
        let (f, b) = from[page - 1][front * size + back]?;
        if f == front {
            backs.push(page - 1);
        } else {
            fronts.push(page - 1);
        }
        (front, back) = (f, b);
    }
    fronts.reverse();
    // The back was taken off from its latest page, which is the first to be read.
    fronts.extend(backs);
    Some(fronts)
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
    use super::*;

    #[test]
    fn a_folded_booklet_is_unfolded() {
        let pages = [
            "It begins on the first page and this sentence is not fin-",
            "ished before the second, where a chapter ends.",
            "Another begins on the third page, which is as long as all the",
            "others are. Here a page ends in the middle of a sen-",
            "tence that goes on to the next and comes to its end there.",
            "A new one begins with a capital and goes on and on to the",
            "next of them, on which all that is to be told is said and",
            "done on the last page, which has few words.",
        ];
        let file = [7, 0, 1, 6, 5, 2, 3, 4].map(|p| pages[p]).join("\n\x0c");
        let mut lines = Lines::of(&file, 0, 0);
        let said = put_in_order(&mut lines).unwrap();
        let read: Vec<_> = lines.all.iter().map(|l| lines.of_line(l)).collect();
        assert_eq!(read, pages, "{said}");
        let file = pages.join("\n\x0c");
        assert_eq!(put_in_order(&mut Lines::of(&file, 0, 0)), None);
    }
}
