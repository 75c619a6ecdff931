//! Drop caps: an initial several lines high, joined again to the word that it begins.
//!
//! It stands on the base line of the last of its lines and is moved to the first of them, in their size; the lines beside
//! it begin where it does.

use super::piece::Piece;
use crate::import::repair::words;

/// How many times as large as the text beside it an initial is at least.
const LARGER: f32 = 1.7;

/// Sets the initials of a page before the words that they begin.
pub(super) fn settle(pieces: &mut [Piece]) {
    let initials: Vec<usize> = (0..pieces.len()).filter(|i| is_initial(&pieces[*i])).collect();
    for cap in initials {
        let Some(beside) = lines_beside(pieces, cap) else { continue };
        let (left, right) = (pieces[cap].left, pieces[cap].right);
        let first = beside[0];
        let spaced = is_word(&pieces[cap].text, &pieces[first].text);
        let (base, size, from) = (pieces[first].base, pieces[first].size, pieces[first].left);
        let piece = &mut pieces[cap];
        (piece.base, piece.size, piece.right) = (base, size, right.min(from));
        // What is drawn as one word has no gap in it.
        piece.right = if spaced { right.min(from) } else { from };
        piece.spaced.1 = spaced;
        pieces[first].spaced.0 = spaced;
        for line in &beside[1..] {
            pieces[*line].left = left;
        }
    }
}

fn is_initial(piece: &Piece) -> bool {
    let mut letters = piece.text.trim().chars().filter(|c| c.is_alphanumeric());
    let one = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    one && piece.text.chars().count() <= 2
}

/// The first pieces of the two lines or more that stand beside an initial, from the top down.
fn lines_beside(pieces: &[Piece], cap: usize) -> Option<Vec<usize>> {
    let initial = &pieces[cap];
    let mut beside: Vec<usize> = (0..pieces.len())
        .filter(|i| {
            let piece = &pieces[*i];
            let gap = piece.left - initial.right;
            *i != cap
                && initial.size > piece.size * LARGER
                && (-piece.size * 0.5..piece.size * 1.2).contains(&gap)
                && piece.base > initial.base - piece.size * 0.5
                && piece.base < initial.base + initial.size * 0.95
        })
        .collect();
    beside.sort_by(|a, b| pieces[*b].base.total_cmp(&pieces[*a].base));
    let size = pieces[*beside.first()?].size;
    let alike = beside.iter().all(|i| (pieces[*i].size - size).abs() < size * 0.15);
    let apart = beside.windows(2).all(|w| pieces[w[0]].base - pieces[w[1]].base > size * 0.7);
    // The first line stands as high as the letter, and nothing stands before it.
    let reaches = pieces[beside[0]].base + size * 1.4 > initial.base + initial.size * 0.6;
    (beside.len() >= 2 && alike && apart && reaches).then_some(beside)
}

/// Whether the letter is a word of its own: `A mill`, and not `All`.
fn is_word(cap: &str, rest: &str) -> bool {
    let first = rest.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').next().unwrap_or("").to_lowercase();
    let whole = format!("{}{first}", cap.trim().to_lowercase());
    let alone = matches!(cap.trim(), "A" | "I" | "O" | "Y" | "E" | "À" | "È" | "И" | "В" | "К" | "С" | "Я" | "О" | "У");
    alone && !words::is_listed(&whole) && words::is_listed(&first)
}
