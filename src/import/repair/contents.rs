//! Lists of contents: lines with dots that lead to the number of a page, or with the spaces of a column of them. Each
//! becomes an item of a list, without its dots.

use crate::import::lines::draft::Draft;
use crate::import::lines::edit::Edits;
use crate::import::lines::{Join, Lines};
use crate::text::block::{BlockKind, Marker};

/// Fewer lines than this are no list of contents.
const FEWEST: usize = 3;

/// How many lines may stand between two that have a leader: a chapter without one, a title in two lines.
const BETWEEN: usize = 3;

/// Entries are at most this long, in bytes.
const LONGEST: usize = 160;

/// How many dots make a leader.
const DOTS: usize = 4;

/// How many spaces do; and how many lines with them make a list, all of whose pages rise: columns of other numbers do so
/// by accident.
const SPACES: usize = 3;
const FEWEST_SPACED: usize = 8;

/// A line with a leader: where in the line that is, and to which page it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Leader {
    from: usize,
    to: usize,
    page: Option<u32>,
    /// Whether spaces lead to the page, and no dots.
    spaced: bool,
}

/// Parts the entries of lists of contents from each other; says which lines end one.
pub(super) fn part(lines: &mut Lines<'_>) -> Vec<usize> {
    let found: Vec<(usize, Leader)> = (0..lines.all.len()).filter_map(|i| Some((i, leader(lines.str(i))?))).collect();
    let (mut ends, mut heads) = (Vec::new(), Vec::new());
    for run in found.chunk_by(|a, b| b.0 - a.0 <= BETWEEN) {
        let pages: Vec<u32> = run.iter().filter_map(|(_, leader)| leader.page).collect();
        let rising = pages.windows(2).filter(|w| w[0] <= w[1]).count();
        let most = pages.len().saturating_sub(1);
        let proven = if run.iter().all(|(_, leader)| leader.spaced) {
            run.len() >= FEWEST_SPACED && rising == most && pages.len() == run.len() && stand_alone(lines, run)
        } else {
            // Prices rise by accident, and not all of them.
            run.len() >= FEWEST && rising * 10 >= most * 8
        };
        if proven {
            ends.extend(run.iter().map(|(i, _)| *i));
            heads.extend((0..run[0].0).rev().take(BETWEEN));
        }
    }
    for i in &ends {
        if let Some(next) = lines.all.get_mut(i + 1) {
            next.join = Join::Start;
        }
    }
    // An entry of two lines is one: the first counts and leads to no page, and the second does not count.
    let counts = |line: &str| line.starts_with(|c: char| c.is_ascii_digit());
    for w in ends.windows(2).filter(|w| (w[0] + 2..=w[0] + BETWEEN).contains(&w[1])) {
        let (first, second) = (lines.str(w[1] - 1), lines.str(w[1]));
        if counts(first) && !counts(second) && page_of(first).is_none() {
            lines.all[w[1]].join = Join::Space;
        }
    }
    // A chapter that has no leader ends with its page all the same.
    heads.extend(ends.windows(2).flat_map(|w| w[0] + 1..w[1]));
    for i in heads {
        if page_of(lines.str(i)).is_some() {
            lines.all[i + 1].join = Join::Start;
        }
    }
    ends
}

/// Whether lines stand by themselves and end in one column. Lines of a table stand below each other.
fn stand_alone(lines: &Lines<'_>, run: &[(usize, Leader)]) -> bool {
    let end = |i: usize| usize::from(lines.all[i].indent) + lines.str(i).chars().count();
    let begins = |i: usize| lines.all.get(i).is_none_or(|line| line.join == Join::Start);
    run.iter().all(|(i, _)| end(*i) == end(run[0].0) && begins(*i) && begins(i + 1))
}

/// Makes items of the entries that end with these lines, and takes out their leaders. Says how many.
pub(super) fn items(lines: &Lines<'_>, drafts: &mut [Draft], ends: &[usize], edits: &mut Edits) -> usize {
    let mut count = 0;
    let mut pages: Vec<Option<u32>> = vec![None; drafts.len()];
    for (draft, page) in drafts.iter_mut().zip(&mut pages) {
        let last = draft.end as usize - 1;
        let Some(leader) = leader(lines.str(last)).filter(|_| draft.is_prose() && ends.binary_search(&last).is_ok())
        else {
            continue;
        };
        let from = lines.all[last].start + leader.from as u32;
        edits.add(from, (leader.to - leader.from) as u32, " ");
        *page = leader.page;
        make_item(lines, draft);
        count += 1;
    }
    // A chapter's own entry often has no leader: it stands between others, and so does its page, where it has one.
    let first_entry = drafts.iter().position(|draft| draft.kind == BlockKind::Item);
    let mut heads: Vec<usize> = Vec::new();
    for i in 0..drafts.len() {
        let draft = &drafts[i];
        if !draft.is_prose() || draft.count() > 2 || draft.len(lines) > LONGEST {
            continue;
        }
        let said = page_of(draft.last_line(lines));
        let before = i.checked_sub(1).and_then(|b| pages[b]);
        let after = pages.get(i + 1).copied().flatten();
        let between = |page: &u32| before.is_none_or(|b| b <= *page) && after.is_none_or(|a| *page <= a);
        // At the head and the end of a list it has a number too, as the others do.
        let numbered = draft.first_line(lines).starts_with(|c: char| c.is_ascii_digit());
        let inside = before.is_some() && after.is_some() || numbered && (before.is_some() || after.is_some());
        if let Some(page) = said.filter(between).filter(|_| inside) {
            pages[i] = Some(page);
            make_item(lines, &mut drafts[i]);
        } else if before.zip(after).is_some_and(|(before, after)| before <= after) {
            heads.push(i);
            make_item(lines, &mut drafts[i]);
        }
    }
    // The first of several such stands before the first entry, and begins as they do.
    let word = |draft: &Draft| draft.first_line(lines).split(' ').next().unwrap_or("").to_owned();
    let first = first_entry.filter(|_| heads.len() >= FEWEST).and_then(|i| i.checked_sub(1));
    if let Some(first) = first.filter(|i| drafts[*i].is_prose() && drafts[*i].count() <= 2)
        && word(&drafts[first]) == word(&drafts[heads[0]])
    {
        make_item(lines, &mut drafts[first]);
    }
    count
}

/// The number of a page that a line of an entry ends with.
fn page_of(line: &str) -> Option<u32> {
    let (_, page) = line.rsplit_once(' ')?;
    (page.len() <= 4 && page.bytes().all(|b| b.is_ascii_digit())).then(|| page.parse().ok())?
}

/// An entry is as deep as its number has parts.
fn make_item(lines: &Lines<'_>, draft: &mut Draft) {
    let number = draft.first_line(lines).split(' ').next().unwrap_or("").trim_end_matches('.');
    let parts = number.split('.').filter(|p| !p.is_empty() && p.len() <= 3 && p.chars().all(char::is_alphanumeric));
    let numbered = number.starts_with(|c: char| c.is_ascii_digit());
    draft.depth = if numbered { parts.count().clamp(1, 6) as u8 } else { 1 };
    draft.kind = BlockKind::Item;
    draft.marker = Marker::Bullet;
}

/// How many dots of a leader a character is: Chinese and Japanese have theirs at half height.
fn dots(c: char) -> usize {
    match c {
        '.' | '・' | '･' | '·' | '．' => 1,
        '‥' => 2,
        '…' | '⋯' => 3,
        _ => 0,
    }
}

/// The leader of a line: dots, close or spaced, or a row of spaces; and after it the number of a page, in digits or, after
/// dots, in small numerals.
fn leader(line: &str) -> Option<Leader> {
    let page = line.rsplit(|c: char| dots(c) > 0 || matches!(c, ' ' | '\u{a0}')).next().unwrap_or("");
    let roman = page.len() <= 7 && !page.is_empty() && page.chars().all(|c| "ivxlc".contains(c));
    let number = page.len() <= 4 && !page.is_empty() && page.bytes().all(|b| b.is_ascii_digit());
    if !roman && !number {
        return None;
    }
    let before = &line[..line.len() - page.len()];
    let title = before.trim_end_matches(|c: char| dots(c) > 0 || c.is_whitespace());
    let leader = &before[title.len()..];
    let spaced = number && leader.len() >= SPACES && leader.bytes().all(|b| b == b' ');
    let says = title.chars().any(char::is_alphabetic);
    let leads = spaced || leader.chars().map(dots).sum::<usize>() >= DOTS;
    (leads && says).then(|| Leader { from: title.len(), to: before.len(), page: page.parse().ok(), spaced })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::draft::drafts;

    fn read(source: &str) -> Vec<(BlockKind, u8, String)> {
        let mut lines = Lines::of(source, 0, 0);
        for line in lines.all.iter_mut().skip(1) {
            line.join = if line.indent > 0 { Join::Start } else { Join::Space };
        }
        let ends = part(&mut lines);
        let (mut all, mut edits) = (drafts(&lines), Edits::default());
        items(&lines, &mut all, &ends, &mut edits);
        edits.sort();
        let string = |d: &Draft| {
            let mut out = String::new();
            for line in &lines.all[d.first as usize..d.end as usize] {
                if !out.is_empty() {
                    out.push(' ');
                }
                edits.apply(source, line.start..line.end, &mut out);
            }
            out
        };
        all.iter().map(|d| (d.kind, d.depth, string(d))).collect()
    }

    #[test]
    fn contents_are_items_without_their_dots() {
        let source = "1 The River 1\n  1.0 Bends . . . . . . 1\n1.1 Of the mill and\nof its wheel ..... 4\n2 Grain 9\n2.0 What is meant by grain,\n  by meal and by flour .... 10\n2.1 Bread......12\n2.2 水車 ・・・・・・ 14\nPreface ….. xiv";
        let item = |depth, said: &str| (BlockKind::Item, depth, said.to_owned());
        assert_eq!(
            read(source),
            [
                item(1, "1 The River 1"),
                item(2, "1.0 Bends 1"),
                item(2, "1.1 Of the mill and of its wheel 4"),
                item(1, "2 Grain 9"),
                item(2, "2.0 What is meant by grain, by meal and by flour 10"),
                item(2, "2.1 Bread 12"),
                item(2, "2.2 水車 14"),
                item(1, "Preface xiv"),
            ]
        );
    }

    #[test]
    fn a_column_of_pages_after_spaces_makes_items_too_and_what_stands_between_them() {
        let entry =
            |n: usize, page: usize| format!("CHAPTER {n}\n\n{:<40}{page:>4}\n\n", format!("The road to mill {n}"));
        let read = |pages: &[usize]| {
            let source: String = pages.iter().enumerate().map(|(n, page)| entry(n + 1, *page)).collect();
            let mut lines = Lines::of(&source, 0, 0);
            let ends = part(&mut lines);
            let (mut all, mut edits) = (drafts(&lines), Edits::default());
            items(&lines, &mut all, &ends, &mut edits);
            all.iter().filter(|d| d.kind == BlockKind::Item).count()
        };
        assert_eq!(read(&[1, 9, 17, 30, 41, 58, 60, 102]), 16);
        // Numbers that fall are no pages, and a few that rise need not be.
        assert_eq!(read(&[1, 9, 17, 30, 41, 58, 60, 52]), 0);
        assert_eq!(read(&[1, 9, 17]), 0);
    }

    #[test]
    fn prose_prices_and_pauses_are_none() {
        for source in ["He waited.... 3 men\ncame.... 2 went", "Bread .... 9\nSalt .... 2\nFlour .... 7\nEggs .... 1"] {
            assert!(read(source).iter().all(|(kind, ..)| *kind == BlockKind::Paragraph), "{source}");
        }
    }
}
