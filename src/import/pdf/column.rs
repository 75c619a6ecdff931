//! Columns: a page is cut along the gutters that it proves, and its parts are put in the order in which they are read.
//!
//! A gutter is an upright strip that no line crosses for a while, with lines of prose on both sides of it that fill
//! their columns. Lines that cross it (a title, a wide table) part the columns above them from those below. A table's
//! cells do not fill their columns; a list's numbers make no column.

use super::piece::{GAP, Piece};
use super::row::cluster;

/// Narrower columns than this are none, in sizes of their type.
const NARROWEST: f32 = 8.0;

/// Fewer lines than this on either side prove no gutter.
const FEWEST: usize = 4;

/// How much of a column its median line fills at least.
const FILLED: f32 = 0.5;

/// Columns within columns.
const DEEPEST: usize = 4;

/// Gutters that are tried on a page.
const TRIED: usize = 6;

/// Parts of a page in the order in which they are read: the pieces of each. `known` are gutters that other pages prove.
pub(super) fn regions(pieces: &[Piece], among: Vec<usize>, known: &[f32]) -> Vec<Vec<usize>> {
    let mut out = Vec::new();
    split(pieces, among, known, 0, &mut out);
    out
}

/// The gutter that a page proves by itself.
fn gutter(pieces: &[Piece]) -> Option<f32> {
    let all: Vec<usize> = (0..pieces.len()).collect();
    best(pieces, &cluster(pieces, &all), &[]).map(|(x, _)| x)
}

/// The gutters that pages prove, the commonest first, each told once.
pub(super) fn gutters<'a>(pages: impl Iterator<Item = &'a Vec<Piece>>) -> Vec<f32> {
    /// Gutters so near to each other are one, in points.
    const SAME: f32 = 4.0;
    let mut found: Vec<(usize, f32)> = Vec::new();
    for x in pages.filter_map(|pieces| gutter(pieces)) {
        match found.iter_mut().find(|(_, known)| (known - x).abs() < SAME) {
            Some((count, _)) => *count += 1,
            None => found.push((1, x)),
        }
    }
    found.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    found.into_iter().take(TRIED).map(|(_, x)| x).collect()
}

fn split(pieces: &[Piece], among: Vec<usize>, known: &[f32], depth: usize, out: &mut Vec<Vec<usize>>) {
    let rows = cluster(pieces, &among);
    let Some((x, bands)) = (depth < DEEPEST).then(|| best(pieces, &rows, known)).flatten() else {
        if !among.is_empty() {
            out.push(among);
        }
        return;
    };
    let mut whole: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let Some(band) = bands.iter().find(|b| b.start == at) else {
            whole.extend(&rows[at]);
            at += 1;
            continue;
        };
        if !whole.is_empty() {
            out.push(std::mem::take(&mut whole));
        }
        let (left, right): (Vec<usize>, Vec<usize>) =
            rows[band.clone()].iter().flatten().partition(|i| pieces[**i].middle() < x);
        for side in [left, right] {
            split(pieces, side, &[], depth + 1, out);
        }
        at = band.end;
    }
    if !whole.is_empty() {
        out.push(whole);
    }
}

type Bands = Vec<std::ops::Range<usize>>;

/// The gutter with the most lines beside it, and the runs of rows that it parts.
fn best(pieces: &[Piece], rows: &[Vec<usize>], known: &[f32]) -> Option<(f32, Bands)> {
    if rows.len() < 2 {
        return None;
    }
    let em = typical_size(pieces, rows);
    let proven = candidates(pieces, rows, em).into_iter().filter_map(|x| {
        let bands = bands(pieces, rows, x, em, false);
        let beside: usize = bands.iter().map(|b| beside(pieces, &rows[b.clone()], x)).sum();
        (beside > 0).then_some((x, bands, beside))
    });
    if let Some((x, _, _)) = proven.max_by_key(|(.., beside)| *beside) {
        // Where a gutter is proved, its shorter bands are columns too.
        return Some((x, bands(pieces, rows, x, em, true)));
    }
    known.iter().find_map(|x| {
        let bands = bands(pieces, rows, *x, em, true);
        (!bands.is_empty()).then_some((*x, bands))
    })
}

/// Places where many pieces begin after a gap: the left edges of columns, a little before them.
fn candidates(pieces: &[Piece], rows: &[Vec<usize>], em: f32) -> Vec<f32> {
    let mut edges: Vec<f32> = Vec::new();
    for row in rows {
        let gaps = row.windows(2).filter(|w| pieces[w[1]].left - pieces[w[0]].right > em * 0.8);
        edges.extend(gaps.map(|w| pieces[w[1]].left));
        // Lines of two columns need not stand on one base line.
        edges.extend(row.first().map(|i| pieces[*i].left));
    }
    edges.sort_by(f32::total_cmp);
    let mut groups: Vec<(usize, f32)> = Vec::new();
    let mut from = 0;
    for i in 1..=edges.len() {
        if i == edges.len() || edges[i] - edges[i - 1] > em * 0.25 {
            groups.push((i - from, edges[from]));
            from = i;
        }
    }
    groups.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    groups.iter().filter(|(count, _)| *count >= 2).take(TRIED).map(|(_, x)| x - em * 0.2).collect()
}

/// Runs of rows that no piece crosses `x` in, and that are columns there. `sure` asks for less.
fn bands(pieces: &[Piece], rows: &[Vec<usize>], x: f32, em: f32, sure: bool) -> Bands {
    let crossed = |row: &Vec<usize>| {
        row.iter().any(|i| pieces[*i].left < x - em * 0.3 && pieces[*i].right > x + em * 0.1)
            // A gap narrower than a gutter's is a space.
            || row.windows(2).any(|w| {
                let (a, b) = (&pieces[w[0]], &pieces[w[1]]);
                a.middle() < x && b.middle() >= x && (b.left - a.right < em * 0.6 || leads(a, b))
            })
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let end = rows[at..].iter().position(&crossed).map_or(rows.len(), |n| at + n);
        if end > at && is_band(pieces, &rows[at..end], x, em, sure) {
            out.push(at..end);
        }
        at = end + 1;
    }
    out
}

/// Whether dots lead from one piece of a line to the other, which is more of them, or a page's number.
fn leads(a: &Piece, b: &Piece) -> bool {
    let dots = |s: &str| s.trim_end().ends_with(['.', '…']);
    let led = |s: &str| {
        let s = s.trim_end();
        s.ends_with("..") || s.ends_with(". .") || s.ends_with('…') || s == "."
    };
    let page =
        |s: &str| s.len() <= 5 && !s.is_empty() && s.chars().all(|c| c.is_ascii_digit() || "ivxlcIVXLC".contains(c));
    led(&a.text) && (page(b.text.trim()) || dots(&b.text) && !b.text.contains(char::is_alphanumeric))
}

fn is_band(pieces: &[Piece], rows: &[Vec<usize>], x: f32, em: f32, sure: bool) -> bool {
    // Of each row on one side: its edges, how much of it is filled, and whether wide gaps part it.
    let side = |left: bool| -> Vec<(f32, f32, f32, bool)> {
        let of_row = |row: &Vec<usize>| {
            let own: Vec<&Piece> = row.iter().map(|i| &pieces[*i]).filter(|p| (p.middle() < x) == left).collect();
            let (first, last) = (own.first()?, own.last()?);
            let parted = own.windows(2).any(|w| w[1].left - w[0].right > w[0].size.max(w[1].size) * GAP);
            Some((first.left, last.right, own.iter().map(|p| p.width()).sum(), parted))
        };
        rows.iter().filter_map(of_row).collect()
    };
    let (left, right) = (side(true), side(false));
    if is_program(pieces, rows, x) {
        return false;
    }
    if sure {
        return !left.is_empty() && !right.is_empty();
    }
    // The rows of a table stand level on both sides; two lists beside each other do not.
    let is_left = |i: &usize| pieces[*i].middle() < x;
    let level = rows.iter().filter(|row| row.iter().any(is_left) && !row.iter().all(is_left)).count();
    let level = level * 5 >= left.len().max(right.len()) * 4;
    let prose = |side: &[(f32, f32, f32, bool)]| {
        // Rows of cells are those of a table, whose last column may well be prose.
        if side.len() < FEWEST || level && side.iter().filter(|s| s.3).count() * 2 > side.len() {
            return false;
        }
        let from = side.iter().map(|s| s.0).fold(f32::MAX, f32::min);
        let to = side.iter().map(|s| s.1).fold(f32::MIN, f32::max);
        let mut filled: Vec<f32> = side.iter().map(|s| s.2).collect();
        filled.sort_by(f32::total_cmp);
        to - from > em * NARROWEST && filled[filled.len() / 2] > (to - from) * FILLED
    };
    prose(&left) && prose(&right) && overlap(rows, pieces, x)
}

/// Whether most rows that have something on both sides are program text on both: a remark beside a command, and no second
/// column. Where all of a page is in such letters they say nothing.
fn is_program(pieces: &[Piece], rows: &[Vec<usize>], x: f32) -> bool {
    let mono = |piece: &Piece| piece.mono() * 2 > piece.text.len();
    let all: usize = pieces.iter().map(|p| p.text.len()).sum();
    if pieces.iter().map(Piece::mono).sum::<usize>() * 10 > all * 7 {
        return false;
    }
    let (mut both, mut program) = (0, 0);
    for row in rows {
        let of = |left: bool| row.iter().map(|i| &pieces[*i]).find(|p| (p.middle() < x) == left);
        if let (Some(left), Some(right)) = (of(true), of(false)) {
            both += 1;
            program += usize::from(mono(left) && mono(right));
        }
    }
    both > 0 && program * 2 > both
}

/// Whether both sides stand beside each other for a while, and not one below the other.
fn overlap(rows: &[Vec<usize>], pieces: &[Piece], x: f32) -> bool {
    let extent = |left: bool| {
        let bases = rows.iter().flatten().map(|i| &pieces[*i]).filter(|p| (p.middle() < x) == left).map(|p| p.base);
        bases.fold((f32::MAX, f32::MIN), |(low, high), b| (low.min(b), high.max(b)))
    };
    let (left, right) = (extent(true), extent(false));
    let shared = left.1.min(right.1) - left.0.max(right.0);
    shared > 0.4 * (left.1 - left.0).min(right.1 - right.0)
}

/// Lines on the side that has fewer.
fn beside(pieces: &[Piece], rows: &[Vec<usize>], x: f32) -> usize {
    let on = |left: bool| rows.iter().filter(|r| r.iter().any(|i| (pieces[*i].middle() < x) == left)).count();
    on(true).min(on(false))
}

fn typical_size(pieces: &[Piece], rows: &[Vec<usize>]) -> f32 {
    let mut sizes: Vec<f32> = rows.iter().flatten().map(|i| pieces[*i].size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}
