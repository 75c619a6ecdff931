//! Joins letters into pieces: runs drawn in one go, on one base line, without a gap wider than a letter.
//!
//! What stands between two pieces may be a wide space, the gutter between columns, or the rest of a page. A piece keeps
//! its words and forgets where each letter stood: the pieces of all pages are kept until it is known what recurs on them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::accent;
use super::content::{Glyph, Page};
use super::font::Face;
use super::grid::{Grid, Place, grids};

/// A wider gap than this, in parts of the type's size, parts two pieces.
pub(super) const GAP: f32 = 0.9;

/// Between the letters of two cells, on either side of a rule, is this much room at least, in parts of the size.
const RULED: f32 = 0.2;

/// By how much letters may overlap, as an accent does with its letter.
const OVERLAP: f32 = 0.75;

/// What is drawn twice to look bold is moved by less than this, in parts of the size.
const NEAR: f32 = 0.1;

/// The least gap after a slanted letter and before an upright one that is a space, in parts of the size.
const LEAST_AFTER_SLANTED: f32 = 0.2;

/// A narrower gap than this, in parts of the size, is none: letters are set so in any word.
const TIGHT: f32 = 0.06;

/// Stands for letters whose font does not say what they are.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// A run of letters.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    pub text: String,
    /// Stretches of its text that are not in the plain face, in their order.
    pub faces: Vec<(Range<usize>, Face)>,
    pub left: f32,
    pub right: f32,
    pub base: f32,
    pub size: f32,
    /// Where its first word ends, where it has more than one.
    pub word: Option<f32>,
    /// Whether a space is written before it, and after it.
    pub spaced: (bool, bool),
    /// The least gap that is a space here, in parts of the size.
    pub space: f32,
    /// Where in its text letters stand apart, and yet too near for a space.
    pub tight: Vec<u32>,
    /// The number of the element of the document's structure that it belongs to; 0 where it is of none.
    pub element: u32,
    /// The cell of a ruled table that it stands in.
    pub cell: Option<Place>,
    /// The number of the row of a ruled table that it stands for; 0 where it has letters of its own.
    pub row: u32,
}

impl Piece {
    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    /// How much of it is in letters of one width, in bytes.
    pub(super) fn mono(&self) -> usize {
        self.faces.iter().filter(|(_, face)| face.mono).map(|(range, _)| range.len()).sum()
    }

    pub(super) fn middle(&self) -> f32 {
        f32::midpoint(self.left, self.right)
    }
}

/// The pieces of a page, in the order in which it draws them, and the grids of its rules. Letters that are turned otherwise than most are left out,
/// and so are letters drawn twice to look bold.
pub(super) fn pieces(mut page: Page) -> (Vec<Piece>, Vec<Grid>) {
    let turn = upright(&mut page);
    let grids = grids(&page.rules.turned(turn));
    accent::compose(&mut page);
    accent::raise_quotation_marks(&mut page);
    once(&mut page);
    let runs = runs(&page, &grids);
    let space = space_of(&page);
    let mut out: Vec<Piece> = Vec::new();
    // How far the letters of a line stand apart, all of its words tell together.
    for line in runs.chunk_by(|a, b| on_one_line(a, b)) {
        let space = least_space(&page, line, space);
        out.extend(line.iter().filter_map(|run| piece(&page, run, space)));
    }
    drop_doubled(&mut out);
    (out, grids)
}

/// A run of glyphs, and whether a space is written before it, and after it.
struct Run<'p> {
    glyphs: Vec<&'p Glyph>,
    spaced: (bool, bool),
}

/// Whether one run goes on with the line of another, in the same type.
fn on_one_line(before: &Run<'_>, after: &Run<'_>) -> bool {
    let (Some(last), Some(next)) = (before.glyphs.last(), after.glyphs.first()) else { return false };
    let size = last.size.max(next.size);
    (next.base - last.base).abs() < size * 0.08
        && (next.size - last.size).abs() < size * 0.15
        && next.left > last.left
        && last.face == next.face
}

/// The runs of a page, in the order in which it draws them.
fn runs<'p>(page: &'p Page, grids: &[Grid]) -> Vec<Run<'p>> {
    let mut out: Vec<Run<'_>> = Vec::new();
    let mut run: Vec<&Glyph> = Vec::new();
    let (mut end, mut spaced, mut before) = (f32::MIN, false, false);
    for glyph in &page.glyphs {
        if is_blank(page, glyph) {
            spaced = true;
            continue;
        }
        let goes_on = run.last().is_some_and(|last| {
            let gap = glyph.left - end;
            let size = last.size.max(glyph.size);
            glyph.element == run[0].element
                && (glyph.base - run[0].base).abs() < size * 0.08
                && glyph.size < run[0].size * 1.15
                && glyph.size > run[0].size * 0.85
                && gap < size * GAP
                && gap > -size * OVERLAP
                && !((spaced || gap > size * RULED)
                    && grids.iter().any(|grid| grid.stands_between(end, glyph.left, glyph.base, size)))
        });
        if !goes_on {
            out.push(Run { glyphs: std::mem::take(&mut run), spaced: (before, spaced) });
            (end, before) = (f32::MIN, spaced);
        }
        run.push(glyph);
        end = end.max(glyph.right);
        spaced = false;
    }
    out.push(Run { glyphs: run, spaced: (before, spaced) });
    out.retain(|run| !run.glyphs.is_empty());
    out
}

/// The piece that a run of glyphs makes. Between two of them stands a space where one is written there, or where the
/// gap is as wide as one.
fn piece(page: &Page, run: &Run<'_>, space: f32) -> Option<Piece> {
    let (run, spaced) = (&run.glyphs, run.spaced);
    let first = run.first()?;
    let mut piece = Piece {
        left: first.left,
        right: first.right,
        base: first.base,
        size: first.size,
        spaced,
        space,
        element: first.element,
        ..Piece::default()
    };
    // Written spaces are no part of the run: they stand between its glyphs in the letters of the page.
    let mut end: Option<(f32, u32)> = None;
    let mut slanted = false;
    for glyph in run {
        let str = page.str(glyph);
        // A slanted letter leans over its right edge, and an upright one after it is set off.
        let least = if slanted && !glyph.face.italic { space.max(LEAST_AFTER_SLANTED) } else { space };
        slanted = glyph.face.italic;
        if let Some((right, at)) = end {
            let gap = glyph.left - right;
            let between = page.letters.get(at as usize..glyph.at as usize).unwrap_or("");
            let written = str.starts_with(' ') || between.contains(' ');
            if (written && gap > -glyph.size * 0.3 || gap > least * glyph.size) && !piece.text.ends_with(' ') {
                piece.word.get_or_insert(right);
                piece.text.push(' ');
                // Program text is set in a grid.
                let columns = if glyph.face.mono { (gap / (glyph.right - glyph.left).max(1.0)).round() } else { 1.0 };
                piece.text.extend(std::iter::repeat_n(' ', (columns as usize).clamp(1, 80) - 1));
            } else if is_apart(gap, glyph.size) {
                piece.tight.push(piece.text.len() as u32);
            }
        }
        let start = piece.text.len();
        match str {
            "" if piece.text.ends_with(UNKNOWN) => {}
            "" => piece.text.push(UNKNOWN),
            _ => piece.text.push_str(str.trim()),
        }
        add_face(&mut piece.faces, start..piece.text.len(), glyph.face);
        let after = glyph.at + str.trim_end().len() as u32;
        end = Some((end.map_or(glyph.right, |(right, _)| right.max(glyph.right)), after));
        piece.left = piece.left.min(glyph.left);
        piece.right = piece.right.max(glyph.right);
    }
    Some(piece)
}

/// Whether a gap in type of a size is wider than the letters of a word stand apart.
pub(super) fn is_apart(gap: f32, size: f32) -> bool {
    gap > TIGHT * size
}

/// Adds a stretch in a face of its own; one space may stand between two words of a stretch.
pub(super) fn add_face(faces: &mut Vec<(Range<usize>, Face)>, range: Range<usize>, face: Face) {
    if face == Face::default() {
        return;
    }
    match faces.last_mut() {
        Some((last, before)) if *before == face && last.end + 1 >= range.start => last.end = range.end,
        _ => faces.push((range, face)),
    }
}

fn is_blank(page: &Page, glyph: &Glyph) -> bool {
    glyph.len > 0 && page.str(glyph).trim().is_empty()
}

/// Keeps the letters that are turned as most of them are, and says how. Their places are given for a page that is read upright.
fn upright(page: &mut Page) -> u8 {
    let mut counts = [0usize; 4];
    for glyph in &page.glyphs {
        counts[usize::from(glyph.turn) & 3] += 1;
    }
    let most = (0..4u8).max_by_key(|t| (counts[usize::from(*t)], 4 - t)).unwrap_or(0);
    page.glyphs.retain(|g| g.turn == most);
    most
}

/// Drops letters that follow on the same letter in the same place.
fn once(page: &mut Page) {
    const AMONG: usize = 3;
    let glyphs = std::mem::take(&mut page.glyphs);
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        let near = glyph.size * NEAR;
        let doubled = kept.iter().rev().take(AMONG).any(|k| {
            (k.left - glyph.left).abs() < near
                && (k.base - glyph.base).abs() < near
                && !is_blank(page, k)
                && page.str(k) == page.str(&glyph)
        });
        if !doubled {
            kept.push(glyph);
        }
    }
    page.glyphs = kept;
}

/// Drops pieces that stand where a piece of the same letters stands.
fn drop_doubled(pieces: &mut Vec<Piece>) {
    let mut same: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, piece) in pieces.iter().enumerate() {
        same.entry(&piece.text).or_default().push(i);
    }
    let mut gone = HashSet::new();
    for all in same.values().filter(|all| all.len() > 1) {
        // Letters that recur by the thousand are drawing, not text.
        for (n, i) in all.iter().enumerate().take(200) {
            let (this, before) = (&pieces[*i], &all[..n]);
            let near = this.size * NEAR;
            let over =
                |k: &usize| (pieces[*k].left - this.left).abs() < near && (pieces[*k].base - this.base).abs() < near;
            if before.iter().any(over) {
                gone.insert(*i);
            }
        }
    }
    let mut index = 0;
    pieces.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
}

/// The least gap between two letters that is a space between words, in parts of their size. A page that writes its
/// spaces needs a wider one.
fn space_of(page: &Page) -> f32 {
    let spaces = page.glyphs.iter().filter(|g| is_blank(page, g)).count();
    if spaces * 12 > page.glyphs.len() { 0.2 } else { 0.15 }
}

/// The least gap between words on a line: wider where its letters are set apart. Then there are two kinds of gaps, and
/// what is not far wider than most is none between words.
fn least_space(page: &Page, line: &[Run<'_>], space: f32) -> f32 {
    let glyphs = || line.iter().map(|run| run.glyphs.as_slice());
    let count = glyphs().map(<[_]>::len).sum::<usize>();
    if count < 5 {
        return space;
    }
    // The dots that lead to a page number stand apart, and say nothing of the letters before them.
    let is_dot = |g: &Glyph| page.str(g) == ".";
    let pairs = glyphs().flat_map(|run| run.windows(2)).filter(|w| !is_dot(w[0]) && !is_dot(w[1]));
    let mut gaps: Vec<f32> = pairs.map(|w| (w[1].left - w[0].right) / w[1].size).collect();
    if gaps.len() < 4 {
        return space;
    }
    // Letters of which every other one is a capital are no word that is set apart, but letters: `Á á Č č`.
    let small = |g: &Glyph| page.str(g).starts_with(char::is_lowercase);
    let large = |g: &Glyph| page.str(g).starts_with(char::is_uppercase);
    let turns = glyphs().flat_map(|run| run.windows(2)).filter(|w| small(w[0]) && large(w[1])).count();
    if turns * 3 > count {
        return space;
    }
    gaps.sort_by(f32::total_cmp);
    let middle = gaps[gaps.len() / 2];
    if middle > space * 0.6 && gaps[gaps.len() / 4] > space * 0.4 { (middle * 1.7).max(space) } else { space }
}
