//! Running heads and page numbers: lines that recur page after page.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::settled;
use crate::import::lines::Lines;
use crate::import::lines::marks;

/// Lines this near to the edge of a page may be its furniture.
const EDGE: usize = 4;

/// Furniture is at most this long, in bytes, with its inner white space.
pub(super) const LONGEST: usize = 160;

/// What was dropped.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Dropped {
    pub heads: usize,
    pub numbers: usize,
}

/// The pages as ranges of lines.
pub(super) fn pages(lines: &Lines<'_>) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = (0..lines.all.len()).filter(|i| *i == 0 || lines.all[*i].page).collect();
    starts.push(lines.all.len());
    starts.windows(2).map(|w| w[0]..w[1]).filter(|r| !r.is_empty()).collect()
}

/// Whether the numbers printed on the pages count up in the order of the file.
pub(super) fn counts_up(lines: &Lines<'_>) -> bool {
    let numbers_of = |page: &Range<usize>| {
        let edge = page.clone().filter(|i| *i < page.start + 2 || i + 2 >= page.end);
        edge.flat_map(|i| settled::numbers_of(lines.str(i))).collect()
    };
    settled::counts_up(&pages(lines).iter().map(numbers_of).collect::<Vec<_>>())
}

/// The number of a line like `12`, `- 12 -`, `[12]`, `Page 12`.
pub(in crate::import) fn number(line: &str) -> Option<u32> {
    let bare = line.trim_start_matches("Page ").trim_matches(['-', '–', '—', '[', ']', ' ', '|', '.']);
    let digits = !bare.is_empty() && bare.len() <= 4 && bare.bytes().all(|b| b.is_ascii_digit());
    if digits { bare.parse().ok() } else { None }
}

/// Drops the furniture of all pages; the lines that are `proved` to be furniture are.
pub(super) fn drop_furniture(lines: &mut Lines<'_>, proved: &HashSet<usize>) -> Dropped {
    let pages = pages(lines);
    let mut dropped = Dropped::default();
    if pages.len() < 3 {
        return dropped;
    }
    let mut seen: HashMap<String, (usize, usize, usize)> = HashMap::new();
    let mut candidates = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        for i in page.clone() {
            let line = &lines.all[i];
            let at_edge = i < page.start + EDGE || i + EDGE >= page.end;
            let before = i == page.start || line.gap > 0;
            let after = i + 1 == page.end || lines.all[i + 1].gap > 0;
            if !(at_edge || before && after) || (line.end - line.start) as usize > LONGEST {
                continue;
            }
            let Some(key) = key_of(lines.str(i)) else { continue };
            let (count, edge, last) = seen.entry(key.clone()).or_insert((0, 0, usize::MAX));
            if *last != number {
                *count += 1;
                *edge += usize::from(at_edge);
                *last = number;
            }
            candidates.push((i, key, at_edge));
        }
    }
    let headings = headings(lines, &pages, &candidates);
    let mut gone = HashSet::new();
    let mut broken = HashSet::new();
    for (i, key, at_edge) in candidates {
        let (count, edge, _) = seen[&key];
        let bare = !key.contains(char::is_alphabetic);
        let lone = bare && lone_number(lines, i);
        let often = if at_edge { edge >= 3 } else { count * 10 >= pages.len() * 4 };
        let proved = proved.contains(&i);
        if headings.contains(&key) && !proved {
            continue;
        }
        if (often && count >= 3) || lone || proved {
            gone.insert(i);
            if bare {
                dropped.numbers += 1;
            } else {
                dropped.heads += 1;
            }
            // A number set off by blank lines within a page ends a page whose break was lost.
            if lone && !at_edge_of(&pages, i) {
                broken.insert(i + 1);
            }
        }
    }
    for i in broken {
        if let Some(line) = lines.all.get_mut(i) {
            line.page = true;
        }
    }
    lines.drop_lines(|i| gone.contains(&i));
    dropped
}

/// Lines that count the parts of the text and not its pages: the number goes up by one from line to line, over several
/// pages.
fn headings(lines: &Lines<'_>, pages: &[Range<usize>], candidates: &[(usize, String, bool)]) -> HashSet<String> {
    let mut numbers: HashMap<&str, Vec<(u32, usize)>> = HashMap::new();
    for (i, key, _) in candidates.iter().filter(|(_, key, _)| key.contains('#') && key.contains(char::is_alphabetic)) {
        let digits = lines.str(*i).split(|c: char| !c.is_ascii_digit()).find(|d| !d.is_empty());
        if let Some(number) = digits.and_then(|d| d.parse().ok()) {
            let page = pages.partition_point(|p| p.end <= *i);
            numbers.entry(key).or_default().push((number, page));
        }
    }
    let counts = |found: &Vec<(u32, usize)>| {
        let steps = found.windows(2).filter(|w| w[1].0 == w[0].0 + 1);
        let (all, apart) = steps.fold((0, 0), |(all, apart), w| (all + 1, apart + usize::from(w[1].1 != w[0].1 + 1)));
        all * 10 >= (found.len() - 1) * 8 && apart * 3 >= all
    };
    numbers.into_iter().filter(|(_, found)| found.len() > 2 && counts(found)).map(|(key, _)| key.to_owned()).collect()
}

fn lone_number(lines: &Lines<'_>, i: usize) -> bool {
    let next = lines.all.get(i + 1);
    number(lines.str(i)).is_some() && lines.all[i].gap > 0 && next.is_none_or(|n| n.gap > 0 || n.page)
}

fn at_edge_of(pages: &[Range<usize>], i: usize) -> bool {
    pages.iter().any(|p| p.start == i || p.end == i + 1)
}

/// What a line has in common with its like on other pages: numbers aside, and white space. A rule or a line of prose
/// is no furniture.
pub(in crate::import) fn key_of(line: &str) -> Option<String> {
    let mut key = String::new();
    for word in line.split_whitespace() {
        let bare = word.trim_matches(['-', '–', '—', '[', ']', '(', ')', '.', '|']);
        let roman = bare.len() <= 6 && !bare.is_empty() && bare.chars().all(|c| "ivxlc".contains(c));
        let word: String = if roman {
            "#".to_owned()
        } else {
            word.to_lowercase().chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
        };
        let mut last = ' ';
        for c in word.chars() {
            if !(c == '#' && last == '#') {
                key.push(c);
            }
            last = c;
        }
        key.push(' ');
    }
    let says = key.chars().any(|c| c == '#' || c.is_alphabetic());
    (says && !marks::is_rule(line)).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::repair::lost_pages;

    fn rest(source: &str) -> Vec<&str> {
        let mut lines = Lines::of(source, 0, 0);
        let proved = lost_pages::mark(&mut lines);
        drop_furniture(&mut lines, &proved);
        lines.all.iter().map(|l| lines.of_line(l)).collect()
    }

    #[test]
    fn heads_and_numbers_that_recur_are_dropped() {
        let page = |n: u32, body: &str| format!("THE BOOK    {n}\n\nline {body}\nmore {body}\n\n- {n} -\n");
        let book = [page(9, "one"), page(10, "two"), page(11, "three")].join("\x0c");
        assert_eq!(rest(&book), ["line one", "more one", "line two", "more two", "line three", "more three"]);
        let chorus = "a\n\nO sing\n\nb\n\nO sing\n\nc\n\nO sing\n";
        assert_eq!(rest(chorus).len(), 6, "without pages nothing recurs");
        assert_eq!(rest("a\n\n1917\n\nb\n"), ["a", "1917", "b"]);
        // Numbers without form feeds: pages, as long as each other and within sentences.
        let page = |n: u32| format!("{}of it\n\n{n}\n\n", format!("line {n} of the page\n").repeat(9));
        let book: String = (3..9).map(page).collect();
        assert!(rest(&book).iter().all(|line| line.contains("of")), "{:?}", rest(&book));
    }
}
