//! Line numbers in the margin: a column of numbers that count up beside the lines, by one or by five, on page after page.
//!
//! They are told from the numbers of a list by standing alone in their margin, beside every line or every so many lines
//! of the page, and by doing so on most pages.

use super::piece::Piece;
use super::row::cluster;

/// How many numbers on a page prove it; where only one page does, it takes more: fewer where each counts several lines,
/// since then the lines between them say so too.
const FEWEST: usize = 3;
const ON_ONE_PAGE: usize = 12;
const COUNTING_LINES: usize = 4;

/// Rows at the head and the foot of a page that may be its furniture.
const EDGE: usize = 2;

/// The numbers that stand in one margin of a page.
#[derive(Debug, Clone)]
struct Margin {
    pieces: Vec<usize>,
    numbers: Vec<u32>,
    /// Whether they count up line by line.
    counts: bool,
    /// How many lines on each is from the one before.
    step: i64,
}

/// Drops the numbers of lines from all pages, and says how many.
pub(super) fn drop_numbers(pages: &mut [Vec<Piece>]) -> usize {
    let mut dropped = 0;
    for left in [true, false] {
        let found: Vec<Option<Margin>> = pages.iter().map(|pieces| margin(pieces, left)).collect();
        let filled = pages.iter().filter(|pieces| !pieces.is_empty()).count();
        let proven = found.iter().flatten().filter(|m| m.counts).count();
        let alone = |m: &Margin| m.pieces.len() >= if m.step > 1 { COUNTING_LINES } else { ON_ONE_PAGE };
        if proven == 0 || proven * 2 < filled || proven == 1 && !found.iter().flatten().any(|m| m.counts && alone(m)) {
            continue;
        }
        let step = found.iter().flatten().find(|m| m.counts).map_or(1, |m| m.step.unsigned_abs() as u32).max(1);
        for (page, margin) in pages.iter_mut().zip(found) {
            // A page with few numbers goes on counting as the others do.
            let Some(margin) = margin.filter(|m| m.counts || m.numbers.iter().all(|n| n % step == 0)) else { continue };
            dropped += margin.pieces.len();
            let mut index = 0;
            page.retain(|_| {
                index += 1;
                !margin.pieces.contains(&(index - 1))
            });
        }
    }
    dropped
}

/// The numbers that stand alone in the left or the right margin of a page, beside its lines.
fn margin(pieces: &[Piece], left: bool) -> Option<Margin> {
    let all: Vec<usize> = (0..pieces.len()).collect();
    let rows = cluster(pieces, &all);
    let outer = |row: &Vec<usize>| if left { row.first().copied() } else { row.last().copied() };
    let mut numbers: Vec<(usize, usize, u32)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if let Some(i) = outer(row).filter(|i| pieces[*i].cell.is_none())
            && let Some(number) = number(&pieces[i].text)
        {
            numbers.push((at, i, number));
        }
    }
    // Page numbers stand at the edges, and elsewhere.
    let inner = EDGE..rows.len().saturating_sub(EDGE);
    let among = |at: usize| inner.contains(&at);
    let edge = |i: usize| if left { pieces[i].right } else { pieces[i].left };
    let mut edges: Vec<f32> = numbers.iter().filter(|(at, ..)| among(*at)).map(|(_, i, _)| edge(*i)).collect();
    edges.sort_by(f32::total_cmp);
    let middle = *edges.get(edges.len() / 2)?;
    let near = |i: usize| (edge(i) - middle).abs() < pieces[i].size * 1.5;
    numbers.retain(|(_, i, _)| near(*i));
    let is_number = |i: &usize| numbers.iter().any(|(_, n, _)| n == i);
    // Nothing else stands in the margin.
    let intrudes = |i: &usize| {
        let piece = &pieces[*i];
        if left { piece.left < middle + piece.size * 0.2 } else { piece.right > middle - piece.size * 0.2 }
    };
    let others = rows.iter().enumerate().filter(|(at, _)| among(*at)).flat_map(|(_, row)| row);
    let strangers = others.filter(|i| !is_number(i) && intrudes(i)).count();
    if numbers.is_empty() || strangers * 20 > rows.len() {
        return None;
    }
    let steps: Vec<(usize, i64)> =
        numbers.windows(2).map(|w| (w[1].0 - w[0].0, i64::from(w[1].2) - i64::from(w[0].2))).collect();
    let step = steps.iter().map(|(_, step)| *step).find(|step| *step > 0).unwrap_or(0);
    let regular =
        steps.iter().filter(|(rows, s)| *s == step && (step == 1 && *rows <= 2 || *rows as i64 == step)).count();
    let counts = numbers.len() >= FEWEST && step > 0 && step <= 10 && regular * 10 >= steps.len() * 7;
    let (pieces, numbers) = numbers.into_iter().map(|(_, i, number)| (i, number)).unzip();
    Some(Margin { pieces, numbers, counts, step })
}

fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    (text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}
