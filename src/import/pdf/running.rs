//! Running heads and page numbers: rows at the edge of page after page, in the same place or with the same words.

use std::collections::HashMap;

use super::sheet::{Edge, Sheet};
use crate::import::repair::furniture::{key_of, number};

/// What was dropped.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dropped {
    pub heads: usize,
    pub numbers: usize,
}

/// Rows within so many points of each other stand in the same place on their pages.
const PLACE: f32 = 2.5;

/// Drops furniture from the pages' edges and puts the rest of the edges back; with `keep`, puts all back.
pub(super) fn drop_from(sheets: &mut [Sheet], keep: bool) -> Dropped {
    let mut dropped = Dropped::default();
    let (words, places) = if keep { Default::default() } else { (recurring(sheets), Places::of(sheets)) };
    let pages = sheets.len();
    for sheet in sheets.iter_mut() {
        let page = sheet.number;
        let head = std::mem::take(&mut sheet.head);
        let foot = std::mem::take(&mut sheet.foot);
        let all = head.into_iter().rev().map(|e| (e, true)).chain(foot.into_iter().map(|e| (e, false)));
        for (edge, at_head) in all {
            let key = (at_head, key_of(&edge.row.text).unwrap_or_default());
            let lone = number(&edge.row.text);
            let often =
                words.get(&key).is_some_and(|seen| seen.pages >= 3 || seen.pages == 2 && pages <= 8 && seen.same_place);
            let numbered = lone.is_some_and(|n| pages > 1 && (n as usize == page || places.numbers(at_head) >= 2));
            let furniture = !keep && (often || numbered || places.is_usual(&edge, at_head, &words, pages));
            if !furniture {
                sheet.put_back(edge, at_head);
            } else if key.1.contains(char::is_alphabetic) {
                dropped.heads += 1;
            } else {
                dropped.numbers += 1;
            }
        }
    }
    dropped
}

/// How often a row comes.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    pages: usize,
    base: f32,
    same_place: bool,
}

type Words = HashMap<(bool, String), Seen>;

fn recurring(sheets: &[Sheet]) -> Words {
    let mut words: Words = HashMap::new();
    for sheet in sheets {
        for (edge, at_head) in edges(sheet) {
            let Some(key) = key_of(&edge.row.text) else { continue };
            let new = Seen { pages: 0, base: edge.row.base, same_place: true };
            let seen = words.entry((at_head, key)).or_insert(new);
            seen.pages += 1;
            seen.same_place &= (seen.base - edge.row.base).abs() < PLACE;
        }
    }
    words
}

/// Where rows stand at the edges of pages.
#[derive(Debug, Default)]
struct Places {
    /// At the head or the foot, and the base line in steps of [`PLACE`]: on how many pages.
    pages: HashMap<(bool, i32), usize>,
    numbers: [usize; 2],
}

impl Places {
    fn of(sheets: &[Sheet]) -> Self {
        let mut places = Self::default();
        for sheet in sheets {
            for (edge, at_head) in edges(sheet) {
                *places.pages.entry((at_head, step(edge.row.base))).or_default() += 1;
                places.numbers[usize::from(at_head)] += usize::from(number(&edge.row.text).is_some());
            }
        }
        places
    }

    /// Bare numbers at the heads, or the feet, of pages.
    fn numbers(&self, at_head: bool) -> usize {
        self.numbers[usize::from(at_head)]
    }

    /// Whether most pages have furniture in the place of this row: then so has this one, be its words new.
    fn is_usual(&self, edge: &Edge, at_head: bool, words: &Words, pages: usize) -> bool {
        let known = words.iter().filter(|((head, _), seen)| {
            *head == at_head && seen.pages >= 3 && (seen.base - edge.row.base).abs() < PLACE
        });
        let recurring: usize = known.map(|(_, seen)| seen.pages).sum();
        let here = step(edge.row.base);
        let at: usize = (here - 1..=here + 1).filter_map(|s| self.pages.get(&(at_head, s))).sum();
        pages >= 6 && recurring * 3 >= pages && at * 2 >= pages && edge.row.text.chars().count() < 120
    }
}

fn edges(sheet: &Sheet) -> impl Iterator<Item = (&Edge, bool)> {
    sheet.head.iter().map(|e| (e, true)).chain(sheet.foot.iter().map(|e| (e, false)))
}

fn step(base: f32) -> i32 {
    (base / PLACE).round() as i32
}
