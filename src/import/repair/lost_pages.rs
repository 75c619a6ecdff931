//! Pages whose form feeds have been lost: what stood at their edges shows where they were.
//!
//! A text that is copied from a viewer, or scanned, keeps its running heads and page numbers and loses the breaks between
//! them. What counts chapters, stanzas or tables looks the same, but no sentence goes on across it: so only where sentences
//! do, again and again, is anything taken for the edge of a page.

use std::collections::{HashMap, HashSet};

use super::furniture::{self, LONGEST};
use crate::import::lines::Lines;
use crate::import::lines::marks;

/// Pages have no fewer lines than this, and no more.
const SHORTEST_PAGE: usize = 8;
const LONGEST_PAGE: usize = 120;

/// So few heads prove nothing.
const FEWEST: usize = 4;

/// So many pages in a row may be without a head, as those are on which chapters begin.
const MOST_WITHOUT: u32 = 2;

/// Lines of a head, or of a foot and the head below it.
const MOST_LINES: usize = 3;

/// Marks the first lines of such pages, and gives the lines that are proved to be heads.
pub(super) fn mark(lines: &mut Lines<'_>) -> HashSet<usize> {
    let none = HashSet::new();
    if lines.all.iter().any(|l| l.page) || mark_spaced(lines) || mark_numbered(lines) {
        return none;
    }
    let lines_of = edges(lines);
    let mut recurring: HashMap<&str, usize> = HashMap::new();
    for line in &lines_of {
        *recurring.entry(&line.key).or_default() += 1;
    }
    let often = |key: &str| recurring.get(key).is_some_and(|count| *count >= FEWEST);
    let heads = counting(&lines_of).into_iter().chain(repeated(&lines_of)).find(|run| {
        let at: Vec<usize> = run.iter().map(|n| lines_of[*n].at).collect();
        let known = run.iter().filter(|n| often(&lines_of[**n].key)).count();
        let furniture: HashSet<usize> = lines_of.iter().filter(|l| often(&l.key)).map(|l| l.at).collect();
        known * 2 >= run.len() && are_pages(&at) && cut_sentences(lines, &at, &furniture)
    });
    let Some(heads) = heads else { return none };
    let proved = |n: &&usize| often(&lines_of[**n].key) || lines_of[**n].alone;
    let proved: HashSet<usize> = heads.iter().filter(proved).map(|n| lines_of[*n].at).collect();
    for at in &proved {
        if let Some(next) = lines.all.get_mut(at + 1) {
            next.page = true;
        }
    }
    proved
}

/// Some programs put one space in the place of a form feed.
fn mark_spaced(lines: &mut Lines<'_>) -> bool {
    let spaced: Vec<usize> = (1..lines.all.len()).filter(|i| lines.all[*i].indent == 1).collect();
    let direct = spaced.iter().filter(|i| lines.all[**i].gap == 0).count();
    let apart = spaced.windows(2).all(|w| w[1] - w[0] >= SHORTEST_PAGE);
    if direct < 3 || direct * 10 < spaced.len() * 9 || !apart || !are_pages(&spaced) {
        return false;
    }
    for i in spaced {
        lines.all[i].page = true;
        lines.all[i].indent = 0;
    }
    if let Some(first) = lines.all.first_mut().filter(|l| l.indent == 1) {
        first.indent = 0;
    }
    true
}

/// Others leave nothing but the page numbers, which count up.
fn mark_numbered(lines: &mut Lines<'_>) -> bool {
    let numbers: Vec<(usize, u32)> = lone_numbers(lines);
    let mut run = 1;
    let mut counted = Vec::new();
    for w in numbers.windows(2) {
        run = if w[1].1 == w[0].1 + 1 && w[1].0 - w[0].0 >= SHORTEST_PAGE { run + 1 } else { 1 };
        if run == 3 {
            counted.extend(numbers.iter().filter(|n| n.0 <= w[1].0).rev().take(3).map(|n| n.0));
        } else if run > 3 {
            counted.push(w[1].0);
        }
    }
    counted.sort_unstable();
    counted.dedup();
    // Chapters are counted up, too; but no sentence goes on over the number of a chapter, and they are not as long as each
    // other.
    let cut = counted.iter().filter(|i| **i > 0 && !marks::ends_sentence(lines.str(**i - 1))).count();
    if counted.is_empty() || cut * 6 < counted.len() || !are_pages(&counted) {
        return false;
    }
    for i in counted {
        if let Some(next) = lines.all.get_mut(i + 1) {
            next.page = true;
        }
    }
    true
}

/// Lines with nothing but a number, set off by blank lines.
fn lone_numbers(lines: &Lines<'_>) -> Vec<(usize, u32)> {
    let alone = |i: usize| lines.all[i].gap > 0 && lines.all.get(i + 1).is_none_or(|n| n.gap > 0 || n.page);
    let number = |i: usize| Some((i, furniture::number(lines.str(i))?));
    (0..lines.all.len()).filter(|i| alone(*i)).filter_map(number).collect()
}

/// Whether the lines at which pages are said to begin are about as far apart as pages are.
fn are_pages(starts: &[usize]) -> bool {
    let mut lengths: Vec<usize> = starts.windows(2).map(|w| w[1] - w[0]).collect();
    lengths.sort_unstable();
    let Some(typical) = lengths.get(lengths.len() / 2).copied() else { return false };
    let alike = lengths.iter().filter(|l| **l * 2 >= typical && **l * 2 <= typical * 3 + 4).count();
    typical <= LONGEST_PAGE && alike * 10 >= lengths.len() * 7
}

/// A line that may stand at the edge of a page.
struct Edge {
    at: usize,
    /// What it has in common with others of its kind.
    key: String,
    /// The numbers in it that may be that of its page: its first word or its last.
    numbers: Vec<u32>,
    /// Whether blank lines set it off.
    alone: bool,
}

fn edges(lines: &Lines<'_>) -> Vec<Edge> {
    let edge = |at: usize| {
        let line = &lines.all[at];
        let str = lines.str(at);
        let alone = line.gap > 0 && lines.all.get(at + 1).is_none_or(|next| next.gap > 0);
        let words = [str.split_whitespace().next(), str.split_whitespace().next_back()];
        let mut numbers: Vec<u32> = words.into_iter().flatten().filter_map(furniture::number).collect();
        numbers.dedup();
        let short = (line.end - line.start) as usize <= LONGEST;
        let key = furniture::key_of(str).filter(|key| short && key.contains(char::is_alphabetic))?;
        (alone || !numbers.is_empty()).then_some(Edge { at, key, numbers, alone })
    };
    (0..lines.all.len()).filter_map(edge).collect()
}

/// The longest run of lines whose numbers count up by one from page to page.
fn counting(edges: &[Edge]) -> Option<Vec<usize>> {
    let mut by_number: HashMap<u32, Vec<(usize, usize)>> = HashMap::new();
    // The links of the runs: how long each is so far, and which line came before.
    let mut runs: Vec<(usize, Option<usize>, usize)> = Vec::new();
    for (n, edge) in edges.iter().enumerate() {
        for number in &edge.numbers {
            let before = (1..=MOST_WITHOUT + 1).filter_map(|step| {
                let earlier = by_number.get(&number.checked_sub(step)?)?;
                let pages = step as usize;
                let (from, to) =
                    (edge.at.checked_sub(pages * LONGEST_PAGE), edge.at.checked_sub(pages * SHORTEST_PAGE)?);
                let end = earlier.partition_point(|(at, _)| *at <= to);
                let near = earlier[..end].iter().rev().take_while(|(at, _)| from.is_none_or(|from| *at >= from));
                near.take(MOST_LINES).map(|(_, run)| *run).max_by_key(|run| runs[*run].0)
            });
            let before = before.max_by_key(|run| runs[*run].0);
            let length = before.map_or(0, |run| runs[run].0) + 1;
            by_number.entry(*number).or_default().push((edge.at, runs.len()));
            runs.push((length, before, n));
        }
    }
    let mut last = (0..runs.len()).max_by_key(|run| runs[*run].0).filter(|run| runs[*run].0 >= FEWEST);
    let mut run = Vec::new();
    while let Some(at) = last {
        run.push(runs[at].2);
        last = runs[at].1;
    }
    run.reverse();
    (!run.is_empty()).then_some(run)
}

/// The lines that come most often among those that are set off and have no number.
fn repeated(edges: &[Edge]) -> Option<Vec<usize>> {
    let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    for (n, edge) in edges.iter().enumerate().filter(|(_, edge)| edge.alone && edge.numbers.is_empty()) {
        by_key.entry(&edge.key).or_default().push(n);
    }
    let often = by_key.into_values().filter(|run| run.len() > FEWEST);
    often.max_by_key(|run| (run.len(), usize::MAX - run[0]))
}

/// Whether sentences go on across these lines so often that these do not stand between parts of the text: one in six
/// times, and more than once.
fn cut_sentences(lines: &Lines<'_>, at: &[usize], furniture: &HashSet<usize>) -> bool {
    let cut = |i: &&usize| {
        let before = (1..=MOST_LINES).filter_map(|n| i.checked_sub(n)).find(|i| !furniture.contains(i));
        let after = (1..=MOST_LINES).map(|n| *i + n).find(|i| !furniture.contains(i));
        before.is_some_and(|i| !marks::ends_sentence(lines.str(i)))
            && after.is_some_and(|i| marks::continues_sentence(lines.str(i)))
    };
    let count = at.iter().filter(cut).count();
    count > 1 && count * 6 >= at.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::repair::furniture::drop_furniture;

    const WORDS: [&str; 12] =
        ["the", "miller", "said", "that", "grain", "keeps", "where", "wind", "comes", "over", "dry", "stones"];

    /// Lines of prose whose sentences end now and then, as they do anywhere.
    fn prose(count: usize) -> Vec<String> {
        let (mut words, mut dice) = (0usize, 11u64);
        let mut line = |_| {
            let word = |_| {
                words += 1;
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let word = WORDS[(dice >> 33) as usize % 12];
                match words % 17 {
                    0 => format!("{word}."),
                    1 => word[..1].to_uppercase() + &word[1..],
                    _ => word.to_owned(),
                }
            };
            (0..10).map(word).collect::<Vec<_>>().join(" ")
        };
        (0..count).map(&mut line).collect()
    }

    /// Pages of 30 lines with what `edge` says between them.
    fn book(edge: impl Fn(usize) -> String) -> (Vec<String>, String) {
        let prose = prose(360);
        let pages: Vec<String> = prose.chunks(30).map(|page| page.join("\n")).collect();
        let mut source = pages[0].clone();
        for (n, page) in pages.iter().enumerate().skip(1) {
            source += &format!("\n{}\n{page}", edge(n));
        }
        (prose, source)
    }

    fn rest(source: &str) -> Vec<&str> {
        let mut lines = Lines::of(source, 0, 0);
        let proved = mark(&mut lines);
        drop_furniture(&mut lines, &proved);
        lines.all.iter().map(|l| lines.of_line(l)).collect()
    }

    #[test]
    fn heads_within_sentences_show_where_pages_were() {
        let edges: [&dyn Fn(usize) -> String; 6] = [
            &|n| {
                format!(
                    "\n\nLee & Fox            A Report           [Page {n}]\n\nMR 99        Mills and Weirs     March 2011\n\n"
                )
            },
            &|n| {
                if n % 2 == 0 {
                    format!("\n{} THE KEEPING OF GRAIN\n", n + 24)
                } else {
                    format!("\nLOFT AND DOOR {}\n", n + 24)
                }
            },
            &|_| "\nTHE KEEPING OF GRAIN\n".to_owned(),
            &|n| format!("The Keeping of Grain                   Seite {n}"),
            // The first page of a chapter has no head.
            &|n| if n == 5 { String::new() } else { format!("\nMills   {n}\n") },
            // The chapters have titles of their own.
            &|n| {
                if n % 2 == 1 { format!("\n{n} ON MILLS\n") } else { format!("\nOF {} {n}\n", WORDS[n].to_uppercase()) }
            },
        ];
        for (n, edge) in edges.iter().enumerate() {
            let (prose, source) = book(edge);
            assert_eq!(rest(&source), prose, "{n}");
        }
    }

    #[test]
    fn what_counts_parts_of_a_text_stays() {
        // No sentence goes on across it.
        let part = |n: usize| {
            format!("\nSonnet {n}\n\n{}\nand so the wheel went round.\n", "The wheel goes round,\n".repeat(12))
        };
        let sonnets: String = (1..12).map(part).collect();
        // A refrain, however often.
        let stanza = |_| format!("{}\nO turn again\n\n", "The wheel goes round and the water falls\n".repeat(12));
        let song: String = (0..12).map(stanza).collect();
        // Tables stand within sentences, but not at the distance of pages.
        let lines = prose(400);
        let mut tables = String::new();
        for (n, line) in lines.iter().enumerate() {
            tables += &format!("{line}\n");
            if let Some(at) = [9, 20, 90, 101, 280, 300].iter().position(|at| *at == n) {
                tables += &format!("\nTable {}\n\n", at + 1);
            }
        }
        for source in [&sonnets, &song, &tables] {
            let all = Lines::of(source, 0, 0);
            assert_eq!(rest(source).len(), all.all.len());
        }
    }
}
