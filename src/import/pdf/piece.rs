//! Letters to pieces: runs that a page draws in one go, on one base line, without a gap wider than a letter.
//!
//! What stands between two pieces may be a wide space, the gutter between columns, or the rest of a page.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::content::{Glyph, Page};

/// A wider gap than this, in parts of the type's size, parts two pieces.
const GAP: f32 = 0.9;

/// Letters may overlap by so much, as an accent does with its letter.
const OVERLAP: f32 = 0.75;

/// A run of glyphs.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub glyphs: Range<usize>,
    pub left: f32,
    pub right: f32,
    pub base: f32,
    pub size: f32,
}

impl Piece {
    pub fn width(&self) -> f32 {
        self.right - self.left
    }
}

/// The pieces of a page, in the order in which it draws them. Letters that are turned otherwise than most are left out,
/// and so are letters drawn twice to look bold.
pub(super) fn pieces(page: &mut Page) -> Vec<Piece> {
    upright(page);
    once(page);
    let mut out: Vec<Piece> = Vec::new();
    for (i, glyph) in page.glyphs.iter().enumerate() {
        if page.str(glyph).trim().is_empty() && glyph.len > 0 {
            continue;
        }
        let goes_on = out.last().is_some_and(|p| {
            let gap = glyph.left - p.right;
            let size = p.size.max(glyph.size);
            (glyph.base - p.base).abs() < size * 0.08
                && glyph.size < p.size * 1.15
                && glyph.size > p.size * 0.85
                && gap < size * GAP
                && gap > -size * OVERLAP
        });
        match out.last_mut().filter(|_| goes_on) {
            Some(piece) => {
                piece.glyphs.end = i + 1;
                piece.right = piece.right.max(glyph.right);
                piece.left = piece.left.min(glyph.left);
            }
            None => out.push(Piece {
                glyphs: i..i + 1,
                left: glyph.left,
                right: glyph.right,
                base: glyph.base,
                size: glyph.size,
            }),
        }
    }
    out
}

/// Keeps the letters that are turned as most of them are. Their places are given for a page that is read upright.
fn upright(page: &mut Page) {
    let mut counts = [0usize; 4];
    for glyph in &page.glyphs {
        counts[usize::from(glyph.turn) & 3] += 1;
    }
    let most = (0..4u8).max_by_key(|t| (counts[usize::from(*t)], 4 - t)).unwrap_or(0);
    page.glyphs.retain(|g| g.turn == most);
}

/// Drops letters that stand where the same letter stands already.
fn once(page: &mut Page) {
    let mut seen: HashSet<(u64, i32, i32)> = HashSet::with_capacity(page.glyphs.len());
    let glyphs = std::mem::take(&mut page.glyphs);
    let kept = glyphs.into_iter().filter(|glyph| {
        let str = page.str(glyph);
        if str.trim().is_empty() {
            return true;
        }
        let cell = (glyph.size * 0.1).max(0.05);
        let mut hasher = DefaultHasher::new();
        (str, (glyph.size * 2.0) as i32).hash(&mut hasher);
        let (key, x, y) = (hasher.finish(), (glyph.left / cell) as i32, (glyph.base / cell) as i32);
        let doubled =
            (-1..=1).any(|dx| (-1..=1).any(|dy| seen.contains(&(key, x.wrapping_add(dx), y.wrapping_add(dy)))));
        !doubled && seen.insert((key, x, y))
    });
    let kept: Vec<Glyph> = kept.collect();
    page.glyphs = kept;
}

/// The least gap between two letters that is a space between words, in parts of their size. A page that writes its
/// spaces needs a wider one.
pub(super) fn space_of(page: &Page) -> f32 {
    let spaces = page.glyphs.iter().filter(|g| page.str(g) == " ").count();
    if spaces * 12 > page.glyphs.len() { 0.28 } else { 0.15 }
}
