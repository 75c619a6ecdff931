//! What settles the order of pages: printed numbers that count up from page to page, and the numbers of sections.

use std::ops::Range;

use crate::import::lines::Lines;

/// How many pages must show it.
const FEWEST: usize = 3;

/// Whether the numbers printed on pages count up in the order of the file; `pages` are the numbers at the edges of each,
/// among which may be others.
pub(in crate::import) fn counts_up(pages: &[Vec<u32>]) -> bool {
    let mut offsets: Vec<i64> = Vec::new();
    for (page, numbers) in pages.iter().enumerate() {
        let mut own: Vec<i64> = numbers.iter().map(|n| i64::from(*n) - page as i64).collect();
        own.sort_unstable();
        own.dedup();
        offsets.extend(own);
    }
    offsets.sort_unstable();
    let numbered = pages.iter().filter(|numbers| !numbers.is_empty()).count();
    let most = offsets.chunk_by(|a, b| a == b).map(<[i64]>::len).max().unwrap_or(0);
    most >= FEWEST && most * 2 >= numbered
}

/// The numbers that a row at the edge of a page begins or ends with: `12`, `- 12 -`, `12 THE BOOK`, `THE BOOK | 3 of 20`.
pub(in crate::import) fn numbers_of(row: &str) -> Vec<u32> {
    let words: Vec<&str> = row.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let at = |i: usize| words.get(i).copied();
    let mut ends = vec![at(0), at(1), words.len().checked_sub(1).and_then(at)];
    // `Page 3 of 20`
    ends.extend([words.len().checked_sub(3).and_then(at), words.len().checked_sub(2).and_then(at)]);
    let number = |w: &str| (w.len() <= 4 && w.bytes().all(|b| b.is_ascii_digit())).then(|| w.parse().ok()).flatten();
    ends.into_iter().flatten().filter_map(number).collect()
}

/// Whether the numbered headings (`2`, `2.1`, `3`) of a text come in their order, page after page.
pub(super) fn sections_rise(lines: &Lines<'_>, pages: &[Range<usize>]) -> bool {
    let numbers: Vec<Vec<u32>> =
        pages.iter().filter_map(|page| page.clone().find_map(|i| section(lines.str(i)))).collect();
    let rising = numbers.windows(2).filter(|w| w[0] < w[1]).count();
    numbers.len() > FEWEST && rising * 10 >= (numbers.len() - 1) * 9
}

/// `2.1 Delegates`: the number of a section, of two parts or more; a lone number may count anything.
fn section(line: &str) -> Option<Vec<u32>> {
    let (number, title) = line.split_once(' ')?;
    let parts: Vec<u32> = number.trim_end_matches('.').split('.').map(|p| p.parse().ok()).collect::<Option<_>>()?;
    let says = title.trim_start().starts_with(char::is_uppercase) && line.len() < 100 && !title.contains(". .");
    (parts.len() >= 2 && parts[0] > 0 && parts.iter().all(|p| *p < 200) && says).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_count_up_settle_the_order() {
        let of = |rows: &[&str]| counts_up(&rows.iter().map(|r| numbers_of(r)).collect::<Vec<_>>());
        assert!(of(&["", "2", "THE BOOK 3", "4 THE BOOK", "", "6"]));
        assert!(of(&["Page 7 of 20", "Page 8 of 20", "Page 9 of 20"]));
        assert!(!of(&["8", "1", "2", "7", "6", "3", "4", "5"]), "as printed for folding");
        assert!(!of(&["1917", "1917", "1917", "1917"]));
        assert!(!of(&["1", "", ""]));
    }

    #[test]
    fn sections_that_rise_settle_the_order() {
        let pages = ["1.1 One", "words", "1.2 Two", "2.1 Three", "2.2.1 Four"];
        let settled = |pages: &[&str]| {
            let source = pages.join("\n\x0c");
            let lines = Lines::of(&source, 0, 0);
            let ranges: Vec<Range<usize>> = (0..pages.len()).map(|i| i..i + 1).collect();
            sections_rise(&lines, &ranges)
        };
        assert!(settled(&pages));
        assert!(!settled(&["2.2.1 Four", "1.1 One", "1.2 Two", "2.1 Three", "words"]));
        assert!(!settled(&["1.1 One", "1.2 Two", "words"]));
    }
}
