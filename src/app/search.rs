//! Search: one query, both panes.

use std::ops::{ControlFlow, Range};

use regex::{Regex, RegexBuilder};

use super::work::ticket::Ticket;
use crate::link::Side;
use crate::link::sides::Sides;
use crate::text::{Place, Text};

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The words or the pattern, as typed.
    pub words: String,
    /// Whether `words` is a regular expression.
    pub regex: bool,
}

/// The most hits that are kept of one text; a count past it is shown as "more than".
const MOST_HITS: usize = 100_000;

/// What a search found in one text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Byte ranges in the text's string, in order.
    pub hits: Vec<(u32, u32)>,
    /// Whether there are more hits than are kept.
    pub more: bool,
    /// Whether the rest of the text is still being searched: `hits` holds the first one that was found.
    pub partial: bool,
    /// Why the pattern is none.
    pub error: Option<String>,
}

/// A search that is on: being typed, or the trail.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// What for.
    pub query: Query,
    /// What was found, as far as it is known.
    pub found: Sides<Option<Found>>,
    /// Distinguishes the answers of this search from those of earlier ones.
    pub number: u64,
    /// As long as it is held, the texts are searched.
    pub(super) ticket: Ticket,
    /// Where the panes were when it began, for going back: place, gap and line of each.
    pub origin: Sides<(Place, u8, u16)>,
}

impl Query {
    /// The query as a pattern: letters as they are, unless it is a regular expression; any case unless a capital is in
    /// it.
    pub fn pattern(&self) -> Result<Regex, String> {
        let source = if self.regex { self.words.clone() } else { loosened(&self.words) };
        RegexBuilder::new(&source)
            .case_insensitive(!self.words.chars().any(char::is_uppercase))
            .multi_line(true)
            .size_limit(1 << 22)
            .build()
            .map_err(|e| match e {
                regex::Error::CompiledTooBig(_) => "the pattern is too big".to_owned(),
                other => other.to_string().lines().last().unwrap_or_default().trim().to_owned(),
            })
    }
}

/// The words with nothing special in them but the apostrophes and quotation marks, which match in any style.
fn loosened(words: &str) -> String {
    words
        .chars()
        .map(|c| match c {
            '\'' => "['’‘]".to_owned(),
            '"' => "[\"“”„]".to_owned(),
            other => regex::escape(other.encode_utf8(&mut [0; 4])),
        })
        .collect()
}

/// Searches `text`. Where `first` is given, the search begins at that byte offset, and the first hit is told as soon as it
/// is found, in an answer that says it is [`Found::partial`]. Stops early, with what it has, where `go_on` breaks.
pub fn search(text: &Text, query: &Query, first: Option<&First<'_>>, go_on: &dyn Fn() -> ControlFlow<()>) -> Found {
    if query.words.is_empty() {
        return Found::default();
    }
    let pattern = match query.pattern() {
        Ok(pattern) => pattern,
        Err(error) => return Found { error: Some(error), ..Found::default() },
    };
    let string = text.string();
    // A block's start: no words of a hit stand on both sides of it.
    let from = first.map_or(0, |f| text.block_at(f.from).map_or(0, |b| text.blocks()[b].range().start));
    let mut found = Found::default();
    let mut told = first.is_none();
    for part in parts(string, from, query.regex) {
        // A pattern may look at what is around it; words may not, so that what is looked at ends with the part.
        let haystack = if query.regex { string } else { &string[..part.end] };
        let mut at = part.start;
        while let Some(m) = pattern.find_at(haystack, at).filter(|m| m.start() < part.end) {
            at = m.end();
            if m.is_empty() {
                if at == haystack.len() {
                    break;
                }
                at += haystack[at..].chars().next().map_or(1, char::len_utf8);
                continue;
            }
            if found.hits.len() == MOST_HITS {
                found.more = true;
                break;
            }
            let hit = (m.start() as u32, m.end() as u32);
            found.hits.push(hit);
            if let Some(first) = first.filter(|f| !told && m.start() >= f.from) {
                told = true;
                (first.tell)(Found { hits: vec![hit], partial: true, ..Found::default() });
            }
            if found.hits.len() % 4096 == 0 && go_on().is_break() {
                return found;
            }
        }
        if found.more || go_on().is_break() {
            break;
        }
    }
    found.hits.sort_unstable();
    found
}

/// What a reader who is typing waits for.
pub struct First<'a> {
    /// The byte offset that the search begins at.
    pub from: usize,
    /// Told of the first hit from there on.
    pub tell: &'a dyn Fn(Found),
}

/// How much is searched for words before it is asked whether anybody still waits.
const PART: usize = 1 << 20;

/// The parts of a string in the order in which they are searched: what comes after byte `from`, then what comes before.
/// Parts end with lines; those of a search by pattern are not cut at all.
fn parts(string: &str, from: usize, whole: bool) -> impl Iterator<Item = Range<usize>> + '_ {
    let cut = move |range: Range<usize>| {
        let mut at = range.start;
        std::iter::from_fn(move || {
            let start = at;
            let nominal = if whole { range.end } else { (start + PART).min(range.end) };
            let rest = &string.as_bytes()[nominal..range.end];
            at = memchr::memchr(b'\n', rest).map_or(range.end, |n| nominal + n + 1);
            (start < range.end).then_some(start..at)
        })
    };
    cut(from..string.len()).chain(cut(0..from))
}

impl Found {
    /// The index of the first hit at or after byte `offset`, else of the first of all.
    pub fn from(&self, offset: usize) -> Option<usize> {
        let at = self.hits.partition_point(|h| (h.0 as usize) < offset);
        if self.hits.is_empty() { None } else { Some(at % self.hits.len()) }
    }

    /// The index of the hit `steps` after byte `offset` (before it for a negative number), around the ends.
    pub fn step(&self, offset: usize, steps: i64) -> Option<usize> {
        let count = i64::try_from(self.hits.len()).ok().filter(|&n| n > 0)?;
        let here = self.hits.partition_point(|h| (h.0 as usize) < offset) as i64;
        let on_hit = self.hits.get(here as usize).is_some_and(|h| h.0 as usize == offset);
        let target = if steps > 0 && !on_hit { here + steps - 1 } else { here + steps };
        Some(target.rem_euclid(count) as usize)
    }

    /// The hits that touch the byte range `range` of the text's string.
    pub fn in_range(&self, range: &Range<usize>) -> &[(u32, u32)] {
        let from = self.hits.partition_point(|h| h.1 as usize <= range.start);
        let to = self.hits.partition_point(|h| (h.0 as usize) < range.end);
        &self.hits[from..to.max(from)]
    }

    /// How many, for the reader: `12`, `100000+`, `…` while they are counted.
    pub fn count(&self) -> String {
        if self.partial {
            return "…".to_owned();
        }
        format!("{}{}", self.hits.len(), if self.more { "+" } else { "" })
    }
}

impl Search {
    /// What was found in the text of a pane, as far as that is known.
    pub fn hits(&self, side: Side) -> Option<&Found> {
        self.found[side].as_ref()
    }

    /// What was found in the text of a pane, once all of it was searched.
    pub fn all_hits(&self, side: Side) -> Option<&Found> {
        self.hits(side).filter(|found| !found.partial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Builder;
    use crate::text::block::BlockKind;

    fn hits(query: &str, regex: bool, text: &str) -> Vec<String> {
        let mut b = Builder::new();
        b.begin(BlockKind::Paragraph, 1).push(text);
        let text = b.finish();
        let found = search(&text, &Query { words: query.into(), regex }, None, &|| ControlFlow::Continue(()));
        found.hits.iter().map(|h| text.string()[h.0 as usize..h.1 as usize].to_owned()).collect()
    }

    #[test]
    fn matches_any_case_unless_a_capital_is_typed() {
        assert_eq!(hits("soviet", false, "Soviet soviets SOVIET"), ["Soviet", "soviet", "SOVIET"]);
        assert_eq!(hits("Soviet", false, "Soviet soviets SOVIET"), ["Soviet"]);
        assert_eq!(hits("workers'", false, "the workers’ councils"), ["workers’"]);
        assert_eq!(hits("a.c", false, "abc a.c"), ["a.c"]);
        assert_eq!(hits("a.c", true, "abc a.c"), ["abc", "a.c"]);
        assert!(hits("", false, "abc").is_empty());
        assert!(hits("x*", true, "abc").is_empty());
    }

    #[test]
    fn a_broken_pattern_says_why() {
        let error = Query { words: "a(".into(), regex: true }.pattern().unwrap_err();
        assert!(error.contains("unclosed group"), "{error}");
    }

    #[test]
    fn steps_around_the_ends() {
        let found = Found { hits: vec![(10, 12), (20, 22), (30, 32)], ..Found::default() };
        for (offset, steps, expected) in
            [(0, 1, 0), (10, 1, 1), (15, 1, 1), (30, 1, 0), (10, -1, 2), (15, -1, 0), (20, -1, 0)]
        {
            assert_eq!(found.step(offset, steps), Some(expected), "{offset} {steps}");
        }
        assert_eq!(Found::default().step(0, 1), None);
        assert_eq!(found.in_range(&(11..21)), &[(10, 12), (20, 22)]);
    }

    #[test]
    fn begins_where_the_reader_is_and_finds_all_the_same() {
        let mut b = Builder::new();
        for n in 0..80_000 {
            b.begin(BlockKind::Paragraph, n).push(if n % 18_000 == 5 {
                "the needle"
            } else {
                "hay and straw, dry and long"
            });
        }
        let text = b.finish();
        assert!(text.string().len() > PART);
        for regex in [false, true] {
            let query = Query { words: "needle".into(), regex };
            let all = search(&text, &query, None, &|| ControlFlow::Continue(()));
            assert_eq!(all.hits.len(), 5);
            let end = text.string().len();
            for from in [0, all.hits[0].0 as usize, all.hits[1].0 as usize + 1, PART, all.hits[4].1 as usize, end] {
                let told = std::cell::RefCell::new(Vec::new());
                let first = First { from, tell: &|found| told.borrow_mut().push(found) };
                assert_eq!(search(&text, &query, Some(&first), &|| ControlFlow::Continue(())), all, "{from}");
                let told = told.into_inner();
                let expected = all.hits.iter().find(|h| h.0 as usize >= from);
                assert_eq!(told.iter().flat_map(|f| &f.hits).next(), expected, "{from}");
                assert!(told.len() <= 1 && told.iter().all(|f| f.partial && f.count() == "…"));
            }
            let stopped = search(&text, &query, None, &|| ControlFlow::Break(()));
            assert!(regex || stopped.hits.len() < all.hits.len());
        }
    }
}
