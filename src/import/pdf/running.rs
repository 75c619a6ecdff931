//! Running heads and page numbers: rows at the edge of page after page, in the same place or with the same words.

use std::collections::{HashMap, HashSet};

use super::piece::Piece;
use super::row::{Row, cluster, row};
use crate::import::repair::furniture::{key_of, number};
use crate::import::repair::settled;

/// How many rows at the head and at the foot of a page may be its furniture.
const EDGE: usize = 3;

/// Rows within this many points of each other stand in the same place on their pages.
const PLACE: f32 = 2.5;

/// Longer rows are none, in characters.
const LONGEST: usize = 120;

/// Furniture is not set in type this much larger than the text; headings are.
const LARGER: f32 = 1.15;

/// What was dropped.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dropped {
    pub heads: usize,
    pub numbers: usize,
    /// Whether the numbers printed on the pages count up in the order of the file.
    pub counts_up: bool,
}

/// A row at the edge of a page.
#[derive(Debug)]
struct Edge {
    page: usize,
    at_head: bool,
    /// How many rows stand between it and the edge.
    depth: usize,
    key: String,
    row: Row,
    pieces: Vec<usize>,
}

/// Drops the furniture of all pages.
pub(super) fn drop_from(pages: &mut [Vec<Piece>]) -> Dropped {
    let mut dropped = Dropped::default();
    let edges: Vec<Edge> = pages.iter().enumerate().flat_map(|(page, pieces)| edges_of(page, pieces)).collect();
    let words = recurring(&edges);
    let places = Places::of(&edges, &words, pages.len(), body_size(pages));
    let mut numbers: Vec<Vec<u32>> = vec![Vec::new(); pages.len()];
    for edge in edges.iter().filter(|e| e.depth < 2) {
        numbers[edge.page].extend(settled::numbers_of(&edge.row.text));
    }
    dropped.counts_up = settled::counts_up(&numbers);
    let mut gone: HashMap<usize, HashSet<usize>> = HashMap::new();
    for edge in edges.chunk_by(|a, b| (a.page, a.at_head) == (b.page, b.at_head)).flat_map(|side| {
        // Within what is none there is no furniture: the page's own words have begun.
        side.iter().take_while(|edge| is_furniture(edge, &words, &places))
    }) {
        gone.entry(edge.page).or_default().extend(&edge.pieces);
        if edge.key.contains(char::is_alphabetic) { dropped.heads += 1 } else { dropped.numbers += 1 }
    }
    for (page, gone) in gone {
        let mut index = 0;
        pages[page].retain(|_| {
            index += 1;
            !gone.contains(&(index - 1))
        });
    }
    dropped
}

/// The size of type of most letters.
fn body_size(pages: &[Vec<Piece>]) -> f32 {
    let mut letters = HashMap::<i32, usize>::new();
    for piece in pages.iter().flatten() {
        *letters.entry((piece.size * 4.0).round() as i32).or_default() += piece.text.len();
    }
    letters.into_iter().max_by_key(|(size, count)| (*count, *size)).map_or(f32::MAX, |(size, _)| size as f32 / 4.0)
}

fn edges_of(page: usize, pieces: &[Piece]) -> Vec<Edge> {
    let all: Vec<usize> = (0..pieces.len()).collect();
    let rows = cluster(pieces, &all);
    let count = rows.len();
    let edge = |i: usize, at_head: bool, depth: usize| {
        let row = row(pieces, &rows[i]);
        let key = key_of(&row.text)?;
        Some(Edge { page, at_head, depth, key, row, pieces: rows[i].clone() })
    };
    let short = |edge: &Edge| edge.row.text.chars().count() <= LONGEST;
    let heads = (0..EDGE.min(count)).filter_map(|i| edge(i, true, i)).take_while(short);
    // The last page may have few rows, of which the last is its number.
    let below = count.saturating_sub(EDGE).max(usize::from(count > 1));
    let feet = (0..EDGE.min(below)).filter_map(|n| edge(count - 1 - n, false, n));
    heads.chain(feet.take_while(short)).collect()
}

fn is_furniture(edge: &Edge, words: &Words, places: &Places) -> bool {
    let seen = words.get(&(edge.at_head, edge.key.clone())).copied().unwrap_or_default();
    // At the head of a page a large number may be that of a chapter, or of a poem.
    let counts = edge.depth == 0 && !edge.at_head && places.counts(edge);
    if is_note(&edge.row) || edge.row.size > places.body * LARGER && !counts || places.is_inside(edge, &seen) {
        return false;
    }
    if seen.is_often() || seen.pages == 2 && places.count <= 8 && seen.same_place && edge.depth == 0 {
        return true;
    }
    let outermost = edge.depth == 0;
    let numbered = outermost
        && places.count > 1
        && number(&edge.row.text)
            .is_some_and(|n| n as usize == edge.page + 1 || places.numbers[usize::from(edge.at_head)] >= 2);
    numbered || places.is_usual(edge)
}

/// Whether a row is a footnote: many say no more than where the last one was from.
fn is_note(row: &Row) -> bool {
    let counted = row.text.starts_with(|c: char| c.is_ascii_digit()) && row.text.ends_with('.');
    row.raised.first().is_some_and(|r| r.start == 0) || counted && row.text.contains(char::is_alphabetic)
}

/// How often a row comes.
#[derive(Debug, Default, Clone, Copy)]
struct Seen {
    pages: usize,
    /// The last page, and how many follow the one before directly, or but for one.
    last: usize,
    close: usize,
    base: f32,
    same_place: bool,
    /// On how many pages something stands nearer to the edge.
    inner: usize,
}

impl Seen {
    /// The headings of chapters recur too, but far between.
    fn is_often(&self) -> bool {
        self.pages >= 3 && self.close * 2 >= self.pages - 1
    }
}

type Words = HashMap<(bool, String), Seen>;

fn recurring(edges: &[Edge]) -> Words {
    let mut words: Words = HashMap::new();
    for edge in edges {
        let new = Seen { pages: 0, last: edge.page, close: 0, base: edge.row.base, same_place: true, inner: 0 };
        let seen = words.entry((edge.at_head, edge.key.clone())).or_insert(new);
        seen.pages += 1;
        seen.inner += usize::from(edge.depth > 0);
        seen.close += usize::from((1..=2).contains(&(edge.page - seen.last)));
        seen.last = edge.page;
        seen.same_place &= (seen.base - edge.row.base).abs() < PLACE;
    }
    words
}

/// What the edges of pages have in common.
#[derive(Debug, Default)]
struct Places {
    /// By how much the number at the foot, and at the head, of most pages is more than their number in the file.
    ahead: [Option<i64>; 2],
    /// Pages in all.
    count: usize,
    /// Pages whose outermost row is a bare number, at the foot and at the head.
    numbers: [usize; 2],
    /// Where furniture stands: at the head or the foot, on which base line, on how many pages.
    usual: Vec<(bool, f32, usize)>,
    /// The base lines of the outermost rows, at the foot and at the head of all pages, in rising order.
    outermost: [Vec<f32>; 2],
    /// Size of the type that most of the text is set in.
    body: f32,
}

impl Places {
    fn of(edges: &[Edge], words: &Words, count: usize, body: f32) -> Self {
        let (mut numbers, mut outermost) = ([0; 2], [Vec::new(), Vec::new()]);
        let mut counts = [HashMap::<i64, usize>::new(), HashMap::new()];
        for edge in edges.iter().filter(|e| e.depth == 0) {
            let side = usize::from(edge.at_head);
            outermost[side].push(edge.row.base);
            if let Some(n) = number(&edge.row.text) {
                numbers[side] += 1;
                *counts[side].entry(i64::from(n) - edge.page as i64).or_default() += 1;
            }
        }
        for bases in &mut outermost {
            bases.sort_by(f32::total_cmp);
        }
        let ahead = counts.map(|counts| {
            let most = counts.into_iter().max_by_key(|(by, pages)| (*pages, -*by));
            most.filter(|(_, pages)| *pages >= 2 && *pages * 3 >= count * 2).map(|(by, _)| by)
        });
        let often = words.iter().filter(|(_, seen)| seen.is_often() && seen.same_place);
        let usual = often.map(|((at_head, _), seen)| (*at_head, seen.base, seen.pages)).collect();
        Self { ahead, count, numbers, usual, outermost, body }
    }

    /// Whether a row is the number that its page has as most pages have theirs: the number of a chapter comes now and then.
    fn counts(&self, edge: &Edge) -> bool {
        let ahead = self.ahead[usize::from(edge.at_head)];
        number(&edge.row.text).is_some_and(|n| Some(i64::from(n) - edge.page as i64) == ahead)
    }

    /// Whether pages without this row go on further out than where it stands: then that is no margin.
    fn is_inside(&self, edge: &Edge, seen: &Seen) -> bool {
        let bases = &self.outermost[usize::from(edge.at_head)];
        let beyond = if edge.at_head {
            bases.len() - bases.partition_point(|base| *base <= edge.row.base + edge.row.size)
        } else {
            bases.partition_point(|base| *base < edge.row.base - edge.row.size)
        };
        let beyond = beyond.saturating_sub(seen.inner);
        beyond >= 2 && beyond * 4 > self.count.saturating_sub(seen.pages)
    }

    /// Whether many pages have furniture in the place of this row: then so has this one, be its words new.
    fn is_usual(&self, edge: &Edge) -> bool {
        let here = self
            .usual
            .iter()
            .filter(|(at_head, base, _)| *at_head == edge.at_head && (base - edge.row.base).abs() < PLACE);
        let pages: usize = here.map(|(.., pages)| pages).sum();
        self.count >= 6 && pages * 3 >= self.count
    }
}
