//! Which pieces of a page are its article.
//!
//! rs-trafilatura reads the article's letters out of a page, but loses what they were: notes, emphasis, the nesting of
//! lists. So its words are looked up in the pieces of the page itself, and those that it has are kept, with what only
//! stands between them and the notes that they cite.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::thread;

use crate::import::dom::walk::{Region, Walked};
use crate::import::flow::notes::Notes;
use crate::import::flow::{Mark, Piece};
use crate::import::warning::Warning;

/// Words in a row by which a piece is found again.
const RUN: usize = 4;

/// A piece is the article's if this share of its runs is.
const SHARE: f64 = 0.5;

/// The stack of the thread that reads the article: some of the crate's steps recurse, as deep as a tamed page nests.
const STACK: usize = 16 << 20;

/// A page with fewer words than this in its article has none.
const FEWEST: usize = 25;

/// All that a browser shows.
pub(super) fn shown(walked: &Walked) -> Vec<bool> {
    walked.regions.iter().map(|r| *r != Some(Region::Hidden)).collect()
}

/// What of a page is its article.
#[derive(Debug)]
pub(super) enum Article {
    /// These of its pieces.
    Pieces(Vec<bool>),
    /// Lines that are nowhere on the page, but in what it tells search engines.
    Lines(Vec<String>),
}

/// The article of a page; what is left out is told.
pub(super) fn choose(tamed: &str, walked: &Walked, notes: &Notes, warnings: &mut Vec<Warning>) -> Article {
    let words: Vec<Vec<String>> = walked.pieces.iter().map(|p| words(&p.string)).collect();
    let count = |kept: &[bool]| -> usize { words.iter().zip(kept).filter(|(_, k)| **k).map(|(w, _)| w.len()).sum() };
    let extracted = extracted(tamed);
    let mut kept = found(&words, &extracted);
    let extracted_words = self::words(&extracted).len();
    let found = count(&kept);
    if found < FEWEST && extracted_words >= 4 * FEWEST && tamed.contains("articleBody") {
        return Article::Lines(extracted.lines().map(str::to_owned).filter(|l| !l.trim().is_empty()).collect());
    }
    if found < FEWEST {
        kept = outside_regions(walked, &count);
    } else if is_document(tamed) {
        whole(&mut kept, walked, &count);
    } else {
        gaps(&mut kept, walked);
    }
    with_notes(&mut kept, notes);
    let shown = shown(walked);
    let (kept_words, all) = (count(&kept), count(&shown));
    if kept_words * 50 < all * 49 {
        warnings.push(Warning::new(&format!(
            "kept the article, {kept_words} of the {all} words of the page; --as-is keeps all of them"
        )));
    }
    Article::Pieces(kept)
}

/// All that stands in no part that a site puts around articles; all that is shown where that is nothing.
fn outside_regions(walked: &Walked, count: &dyn Fn(&[bool]) -> usize) -> Vec<bool> {
    let outside: Vec<bool> = walked.regions.iter().map(Option::is_none).collect();
    if count(&outside) > 0 { outside } else { shown(walked) }
}

/// Whether a page is a document by itself: there is nothing on it that a site needs.
fn is_document(tamed: &str) -> bool {
    let none = |tag: &str| memchr::memmem::find(tamed.as_bytes(), tag.as_bytes()).is_none();
    ["<nav", "<aside", "<form", "<footer", "<article", "<button"].into_iter().all(none)
}

/// Keeps all of a document but for the links to its neighbours before and after it, if those are few.
fn whole(kept: &mut Vec<bool>, walked: &Walked, count: &dyn Fn(&[bool]) -> usize) {
    let shown = shown(walked);
    let (first, last) = ends(kept);
    let between = |i: usize| (first..=last).contains(&i);
    let without: Vec<bool> =
        (0..kept.len()).map(|i| shown[i] && (between(i) || !mostly_links(&walked.pieces[i]))).collect();
    *kept = if count(&without) * 10 > count(&shown) * 9 { without } else { shown };
}

/// Keeps single pieces that stand between two of the article, beside them, and are no links.
fn gaps(kept: &mut [bool], walked: &Walked) {
    for i in 1..kept.len().saturating_sub(1) {
        let piece = &walked.pieces[i];
        let beside = |other: usize| kept[other] && walked.parents[other] == walked.parents[i];
        kept[i] |= beside(i - 1) && beside(i + 1) && walked.regions[i].is_none() && !mostly_links(piece);
    }
}

/// The first and the last piece that is kept.
fn ends(kept: &[bool]) -> (usize, usize) {
    let first = kept.iter().position(|k| *k).unwrap_or(0);
    (first, kept.iter().rposition(|k| *k).unwrap_or(0))
}

/// Whether more than half of a piece's letters lead elsewhere.
fn mostly_links(piece: &Piece) -> bool {
    let linked: usize = piece.marks.iter().filter(|m| matches!(m.mark, Mark::Link(_))).map(|m| m.range.len()).sum();
    linked * 2 > piece.string.len()
}

/// What rs-trafilatura takes for the article's words; nothing where it fails.
fn extracted(tamed: &str) -> String {
    thread::scope(|scope| {
        let read = || {
            // Where it cuts a long article, it may cut a character in two.
            let options =
                rs_trafilatura::Options { max_extracted_len: usize::MAX, ..rs_trafilatura::Options::default() };
            rs_trafilatura::extract_with_options(tamed, &options).map(|r| r.content_text).unwrap_or_default()
        };
        let reader = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read);
        reader.ok().and_then(|r| r.join().ok()).unwrap_or_default()
    })
}

/// Which pieces have their words in the extracted article. Each run of words there is used once.
fn found(pieces: &[Vec<String>], extracted: &str) -> Vec<bool> {
    let mut runs: HashMap<u64, usize> = HashMap::new();
    let mut lines: HashMap<u64, usize> = HashMap::new();
    let all = words(extracted);
    for run in all.windows(RUN) {
        *runs.entry(hash(run)).or_default() += 1;
    }
    for line in extracted.lines() {
        *lines.entry(hash(&words(line))).or_default() += 1;
    }
    pieces
        .iter()
        .map(|piece| {
            if piece.is_empty() {
                return false;
            }
            if piece.len() < RUN {
                return take(&mut lines, hash(piece));
            }
            let in_article = piece.windows(RUN).filter(|run| runs.get(&hash(run)).is_some_and(|n| *n > 0)).count();
            let kept = in_article as f64 >= SHARE * (piece.len() - RUN + 1) as f64;
            if kept {
                for run in piece.windows(RUN) {
                    take(&mut runs, hash(run));
                }
                take(&mut lines, hash(piece));
            }
            kept
        })
        .collect()
}

fn take(counts: &mut HashMap<u64, usize>, key: u64) -> bool {
    match counts.get_mut(&key) {
        Some(n) if *n > 0 => {
            *n -= 1;
            true
        }
        _ => false,
    }
}

/// A note is kept if a piece that cites it is, and not for its own sake.
fn with_notes(kept: &mut [bool], notes: &Notes) {
    let mut cited: Vec<u32> = notes.cited.iter().filter(|(piece, _)| kept[*piece]).map(|(_, note)| *note).collect();
    cited.sort_unstable();
    for (kept, note) in kept.iter_mut().zip(&notes.of) {
        if let Some(note) = note {
            *kept = cited.binary_search(note).is_ok();
        }
    }
}

fn words(string: &str) -> Vec<String> {
    string.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

fn hash(words: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}
