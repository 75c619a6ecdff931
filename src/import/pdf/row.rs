//! Pieces to rows: what stands on one base line, from left to right, with its spaces.

use std::ops::Range;

use super::content::Page;
use super::font::Face;
use super::piece::Piece;

/// A line of a column.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub base: f32,
    /// Size of most of its letters.
    pub size: f32,
    /// Width of its first word.
    pub word: f32,
    /// Stretches of its text that are not in the plain face, in their order.
    pub faces: Vec<(Range<usize>, Face)>,
    /// Stretches that are set small and high: marks of notes, powers.
    pub raised: Vec<Range<usize>>,
}

/// Stands for letters whose font does not say what they are.
const UNKNOWN: char = '\u{fffd}';

impl Row {
    /// Whether there is anything in it that can be read.
    pub fn says(&self) -> bool {
        let unknown = self.text.contains(UNKNOWN);
        !self.text.trim().is_empty() && (!unknown || self.text.contains(char::is_alphanumeric))
    }
}

/// The pieces that stand on one base line each, from the top of the page down; each row from left to right.
pub(super) fn cluster(pieces: &[Piece], among: &[usize]) -> Vec<Vec<usize>> {
    let mut sorted = among.to_vec();
    sorted.sort_by(|a, b| pieces[*b].base.total_cmp(&pieces[*a].base));
    // A row's base line is that of its largest type.
    let mut rows: Vec<(f32, f32, Vec<usize>)> = Vec::new();
    for i in sorted {
        let piece = &pieces[i];
        let row = rows.iter_mut().rev().take(3).find(|(base, size, _)| {
            let (large, small) = (size.max(piece.size), size.min(piece.size));
            let reach = if small < large * 0.85 { 0.55 } else { 0.4 };
            (*base - piece.base).abs() < large * reach
        });
        match row {
            Some((base, size, all)) => {
                all.push(i);
                if piece.size > *size * 1.02 {
                    (*base, *size) = (piece.base, piece.size);
                }
            }
            None => rows.push((piece.base, piece.size, vec![i])),
        }
    }
    let left = |a: &usize, b: &usize| pieces[*a].left.total_cmp(&pieces[*b].left);
    rows.into_iter()
        .map(|(_, _, mut all)| {
            all.sort_by(left);
            all
        })
        .collect()
}

/// The row that some pieces make, which stand from left to right; `space` is the least gap between words, in parts of
/// their size.
pub(super) fn row(page: &Page, pieces: &[Piece], all: &[usize], space: f32) -> Row {
    let mut row = Row { left: f32::MAX, right: f32::MIN, ..Row::default() };
    let weight = |i: &&usize| (pieces[**i].width() * 100.0) as i64;
    let Some(main) = all.iter().max_by_key(weight).map(|i| &pieces[*i]) else { return row };
    (row.base, row.size) = (main.base, main.size);
    let mut end: Option<f32> = None;
    let mut word_ended = false;
    for i in all {
        let piece = &pieces[*i];
        row.left = row.left.min(piece.left);
        row.right = row.right.max(piece.right);
        let from = row.text.len();
        let least = least_space(page, piece, space);
        let mut spaced = false;
        for glyph in &page.glyphs[piece.glyphs.clone()] {
            let str = page.str(glyph);
            if str.trim().is_empty() && glyph.len > 0 {
                spaced = true;
                continue;
            }
            let gap = end.map_or(0.0, |end| glyph.left - end);
            spaced |= str.starts_with(' ');
            if end.is_some()
                && (spaced && gap > -glyph.size * 0.3 || gap > least * glyph.size)
                && !row.text.ends_with(' ')
            {
                if !word_ended {
                    row.word = end.unwrap_or(row.left) - row.left;
                    word_ended = true;
                }
                row.text.push(' ');
                // Program text is set in a grid.
                let columns = if glyph.face.mono { (gap / (glyph.right - glyph.left).max(1.0)).round() } else { 1.0 };
                row.text.extend(std::iter::repeat_n(' ', (columns as usize).clamp(1, 80) - 1));
            }
            let start = row.text.len();
            match str {
                "" if row.text.ends_with(UNKNOWN) => {}
                "" => row.text.push(UNKNOWN),
                _ => row.text.push_str(str.trim_start()),
            }
            spaced = str.len() > 1 && str.ends_with(' ');
            if spaced {
                let trimmed = row.text.trim_end().len();
                row.text.truncate(trimmed.max(start));
            }
            add_face(&mut row.faces, start..row.text.len(), glyph.face);
            end = Some(end.map_or(glyph.right, |e| e.max(glyph.right)));
        }
        if piece.size < row.size * 0.87 && piece.base > row.base + row.size * 0.12 {
            let blank = row.text[from..].len() - row.text[from..].trim_start().len();
            row.raised.push(from + blank..row.text.len());
        }
    }
    if !word_ended {
        row.word = row.right - row.left;
    }
    row
}

fn add_face(faces: &mut Vec<(Range<usize>, Face)>, range: Range<usize>, face: Face) {
    if face == Face::default() {
        return;
    }
    match faces.last_mut() {
        // One space may stand between two words of a stretch.
        Some((last, before)) if *before == face && last.end + 1 >= range.start => last.end = range.end,
        _ => faces.push((range, face)),
    }
}

/// The least gap between words within a piece: wider where its letters are set apart.
fn least_space(page: &Page, piece: &Piece, space: f32) -> f32 {
    let glyphs = &page.glyphs[piece.glyphs.clone()];
    if glyphs.len() < 5 {
        return space;
    }
    let mut gaps: Vec<f32> = glyphs.windows(2).map(|w| (w[1].left - w[0].right) / w[1].size).collect();
    gaps.sort_by(f32::total_cmp);
    let middle = gaps[gaps.len() / 2];
    if middle > space * 0.6 && gaps[gaps.len() / 4] > space * 0.4 { (middle * 1.7).max(space) } else { space }
}
