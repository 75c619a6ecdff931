//! Search: one query, both panes.

mod parts;

use std::convert::Infallible;
use std::ops::{ControlFlow, Range};

use regex_automata::meta;
use regex_automata::util::syntax;
use regex_syntax::ast::{self, Ast, ClassSetItem};

use self::parts::{matches, parts, reach};
use super::halves::Halves;
use super::pane::Pane;
use super::work::ticket::Ticket;
use crate::app::halves::TwoSided;
use crate::link::Side;
use crate::link::sides::Sides;
use crate::text::{Place, Text};
use crate::word::spots::Spots;
use crate::word::typed::{Typed, Written};

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
pub struct SearchHits {
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
    query: Query,
    /// The hits found so far.
    found: Sides<Option<SearchHits>>,
    /// Whether that is of what is searched for now.
    answered: Sides<bool>,
    /// Distinguishes the answers of this search from those of earlier ones.
    number: u64,
    /// As long as it is held, the texts are searched.
    ticket: Ticket,
    /// Where the panes were when it began, for going back.
    origin: Sides<Position>,
}

/// Where a pane is, to put it back there.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Position {
    place: Place,
    gap: u8,
    line: u16,
}

/// A query made ready.
enum Ready {
    /// A pattern, which may look at all of the text.
    Pattern(meta::Regex),
    /// Words.
    Words(Typed),
}

impl Query {
    /// The query made ready, or why it is none.
    fn ready(&self) -> Result<Ready, String> {
        let (too_big, said) = if self.regex {
            let signs = syntax::Config::new().case_insensitive(!has_capital(&self.words)).multi_line(true);
            let within = meta::Config::new().nfa_size_limit(Some(1 << 22));
            match meta::Regex::builder().syntax(signs).configure(within).build(&self.words) {
                Ok(pattern) => return Ok(Ready::Pattern(pattern)),
                Err(e) => {
                    (e.size_limit().is_some(), e.syntax_error().map_or_else(|| e.to_string(), ToString::to_string))
                }
            }
        } else {
            match Typed::of(&self.words) {
                Ok(words) => return Ok(Ready::Words(words)),
                Err(e) => (matches!(e, regex::Error::CompiledTooBig(_)), e.to_string()),
            }
        };
        let last = said.lines().last().unwrap_or_default().trim();
        Err(if too_big { "the pattern is too big" } else { last }.to_owned())
    }
}

/// Whether a letter that a pattern asks for is a capital. Those of its signs (`\W`, `\pL`, `(?P<Name>`) are none.
fn has_capital(pattern: &str) -> bool {
    struct Capitals(bool);
    impl ast::Visitor for Capitals {
        type Output = bool;
        type Err = Infallible;
        fn finish(self) -> Result<bool, Infallible> {
            Ok(self.0)
        }
        fn visit_pre(&mut self, ast: &Ast) -> Result<(), Infallible> {
            self.0 |= matches!(ast, Ast::Literal(literal) if literal.c.is_uppercase());
            Ok(())
        }
        fn visit_class_set_item_pre(&mut self, item: &ClassSetItem) -> Result<(), Infallible> {
            self.0 |= match item {
                ClassSetItem::Literal(literal) => literal.c.is_uppercase(),
                ClassSetItem::Range(range) => range.start.c.is_uppercase() || range.end.c.is_uppercase(),
                _ => false,
            };
            Ok(())
        }
    }
    let parsed = ast::parse::Parser::new().parse(pattern);
    parsed.is_ok_and(|ast| ast::visit(&ast, Capitals(false)).unwrap_or(false))
}

/// Searches `text`, whose spots are `spots`. Where `first` is given, the search begins at that byte offset, and the first hit
/// is told as soon as it is found, in an answer that says it is [`SearchHits::partial`]. Stops early, with what it has, where
/// `go_on` breaks.
pub fn search(
    text: &Text,
    spots: &Spots,
    query: &Query,
    first: Option<&First<'_>>,
    go_on: &dyn Fn() -> ControlFlow<()>,
) -> SearchHits {
    if query.words.is_empty() {
        return SearchHits::default();
    }
    let ready = match query.ready() {
        Ok(ready) => ready,
        Err(error) => return SearchHits { error: Some(error), ..SearchHits::default() },
    };
    let marks = text.note_marks_in(0..text.string().len());
    let marks: Vec<(u32, u32)> = marks.into_iter().map(|mark| (mark.start as u32, mark.end as u32)).collect();
    let block_of = |at: usize| text.block_at(at).map_or(0..0, |b| text.blocks()[b].range());
    // A block's start: no words of a hit stand on both sides of it.
    let from = first.map_or(0, |f| text.block_at(f.from).map_or(0, |b| text.blocks()[b].range().start));
    let mut found = SearchHits::default();
    let mut told = first.is_none();
    // A hit of one part may reach into the next, where no other begins within it.
    let mut reached = 0;
    for part in parts(text, from, query.regex) {
        if part.start == 0 {
            // It is gone on at the beginning.
            reached = 0;
        }
        let hits: Box<dyn Iterator<Item = (u32, u32)> + '_> = match &ready {
            Ready::Pattern(pattern) => {
                let begins = part.start.max(reached)..part.end;
                Box::new(matches(pattern, text.string(), begins, reach(text, part.end)))
            }
            Ready::Words(typed) => {
                let written = Written { string: text.string(), marks: &marks, spots };
                Box::new(typed.find(written, part, &block_of, MOST_HITS + 1 - found.hits.len()).into_iter())
            }
        };
        for hit in hits {
            if found.hits.len() == MOST_HITS {
                found.more = true;
                break;
            }
            found.hits.push(hit);
            reached = hit.1 as usize;
            if let Some(first) = first.filter(|f| !told && hit.0 as usize >= f.from) {
                told = true;
                (first.tell)(SearchHits { hits: vec![hit], partial: true, ..SearchHits::default() });
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
    pub tell: &'a dyn Fn(SearchHits),
}

impl SearchHits {
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

impl Position {
    /// Where a pane is now.
    pub(super) fn of(pane: &Pane) -> Self {
        Self { place: pane.place, gap: pane.gap, line: pane.line }
    }

    /// Puts a pane there.
    pub(super) fn put(self, pane: &mut Pane) {
        (pane.place, pane.gap, pane.line) = (self.place, self.gap, self.line);
    }

    /// The place at the reading line.
    pub(super) fn place(self) -> Place {
        self.place
    }
}

impl Search {
    /// A search that begins where the panes are; nothing is searched for yet.
    pub(super) fn begin(halves: &Halves) -> Self {
        Self { origin: Sides::from_fn(|side| Position::of(halves.pane(side))), ..Self::default() }
    }

    /// What is searched for, as typed.
    pub fn words(&self) -> &str {
        &self.query.words
    }

    /// What is searched for.
    pub(super) fn query(&self) -> &Query {
        &self.query
    }

    /// Searches for something else from now on; says whether it is anything else.
    pub(super) fn change(&mut self, query: Query) -> bool {
        let changes = self.query != query;
        self.query = query;
        if self.query.words.is_empty() {
            self.found = Sides::default();
        }
        changes
    }

    /// The texts are asked under this number, as long as the ticket is held.
    pub(super) fn ask(&mut self, number: u64, ticket: Ticket) {
        (self.number, self.ticket) = (number, ticket);
        self.answered = Sides::default();
    }

    /// Distinguishes the answers of this search from those of earlier ones.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// What was found in the text of a pane.
    pub(super) fn hear(&mut self, side: Side, found: SearchHits) {
        self.found[side] = Some(found);
        self.answered[side] = true;
    }

    /// Where a pane was when it began.
    pub(super) fn origin(&self, side: Side) -> Position {
        self.origin[side]
    }

    /// The hits found in a pane's text; `None` while the search is running.
    pub fn hits(&self, side: Side) -> Option<&SearchHits> {
        self.found[side].as_ref()
    }

    /// What was found of what is searched for now.
    pub(super) fn answer(&self, side: Side) -> Option<&SearchHits> {
        self.hits(side).filter(|_| self.answered[side])
    }

    /// What was found in the text of a pane, once all of it was searched.
    pub fn all_hits(&self, side: Side) -> Option<&SearchHits> {
        self.hits(side).filter(|found| !found.partial)
    }
}

impl TwoSided for Search {
    fn turn(&mut self) {
        self.found.swap();
        self.origin.swap();
        self.answered.swap();
    }
}

#[cfg(test)]
mod tests {
    use super::parts::{BEYOND, PART, PART_OF_PATTERN};
    use super::*;
    use crate::text::Builder;
    use crate::text::block::BlockKind;

    fn hits(query: &str, regex: bool, text: &str) -> Vec<String> {
        let mut b = Builder::new();
        b.begin(BlockKind::Paragraph, 1).push(text);
        let text = b.finish();
        let found = hits_of(&text, &Query { words: query.into(), regex });
        found.iter().map(|h| text.string()[h.0 as usize..h.1 as usize].to_owned()).collect()
    }

    /// What a search finds in a text, from the beginning to the end.
    fn hits_of(text: &Text, query: &Query) -> Vec<(u32, u32)> {
        search(text, &Spots::default(), query, None, &|| ControlFlow::Continue(())).hits
    }

    /// What a pattern finds in a text as one string.
    fn hits_in_whole(text: &Text, pattern: &str) -> Vec<(u32, u32)> {
        let whole = regex::Regex::new(pattern).unwrap();
        whole.find_iter(text.string()).map(|m| (m.start() as u32, m.end() as u32)).collect()
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
        let error = Query { words: "a(".into(), regex: true }.ready().err().unwrap();
        assert!(error.contains("unclosed group"), "{error}");
    }

    #[test]
    fn a_pattern_is_found_alike_in_parts_and_is_left_off_between_two() {
        let mut b = Builder::new();
        for line in 1..10_000 {
            b.begin(BlockKind::Paragraph, line).push("Some words of a paragraph, and 7 more of them.");
        }
        let text = b.finish();
        let middle = text.string().len() / 2;
        for pattern in ["7 more", "them\\.\\n+Some", "^Some", "them\\.$", "(?s)paragraph.{300}"] {
            let query = Query { words: pattern.to_owned(), regex: true };
            let expected = hits_in_whole(&text, &format!("(?m){pattern}"));
            assert_eq!(hits_of(&text, &query), expected, "{pattern}");
            let tell = |_| {};
            let first = First { from: middle, tell: &tell };
            let from_the_middle =
                search(&text, &Spots::default(), &query, Some(&first), &|| ControlFlow::Continue(())).hits;
            assert!(from_the_middle.len().abs_diff(expected.len()) <= 1, "{pattern}");
        }
        let asked = std::cell::Cell::new(0);
        let stop = || {
            asked.set(asked.get() + 1);
            ControlFlow::Break(())
        };
        search(&text, &Spots::default(), &Query { words: "(\\w+\\s+){3}zzz".to_owned(), regex: true }, None, &stop);
        assert_eq!(asked.get(), 1, "a pattern that nobody waits for is not searched for to the end");
    }

    #[test]
    fn one_huge_paragraph_is_left_off_too_and_its_hits_are_those_of_the_whole() {
        let mut b = Builder::new();
        b.begin(BlockKind::Paragraph, 1).push(&"Many words of one paragraph, é and 7 more: a, b. ".repeat(20_000));
        let text = b.finish();
        for pattern in ["7 more", "\\bof\\b", "é and.{60}", "^Many", "b\\. $", "\\w+ph"] {
            let query = Query { words: pattern.to_owned(), regex: true };
            let expected = hits_in_whole(&text, &format!("(?mi){pattern}"));
            assert_eq!(hits_of(&text, &query), expected, "{pattern}");
        }
        let asked = std::cell::Cell::new(0);
        let stop = || {
            asked.set(asked.get() + 1);
            if asked.get() == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let query = Query { words: "(\\w+\\W+){3}7".to_owned(), regex: true };
        let hits = search(&text, &Spots::default(), &query, None, &stop).hits;
        assert!(hits.last().is_some_and(|hit| (hit.1 as usize) < 4 * (PART_OF_PATTERN + BEYOND)), "{hits:?}");
    }

    #[test]
    fn steps_around_the_ends() {
        let found = SearchHits { hits: vec![(10, 12), (20, 22), (30, 32)], ..SearchHits::default() };
        for (offset, steps, expected) in
            [(0, 1, 0), (10, 1, 1), (15, 1, 1), (30, 1, 0), (10, -1, 2), (15, -1, 0), (20, -1, 0)]
        {
            assert_eq!(found.step(offset, steps), Some(expected), "{offset} {steps}");
        }
        assert_eq!(SearchHits::default().step(0, 1), None);
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
            let spots = Spots::default();
            let all = search(&text, &spots, &query, None, &|| ControlFlow::Continue(()));
            assert_eq!(all.hits.len(), 5);
            let end = text.string().len();
            for from in [0, all.hits[0].0 as usize, all.hits[1].0 as usize + 1, PART, all.hits[4].1 as usize, end] {
                let told = std::cell::RefCell::new(Vec::new());
                let first = First { from, tell: &|found| told.borrow_mut().push(found) };
                assert_eq!(search(&text, &spots, &query, Some(&first), &|| ControlFlow::Continue(())), all, "{from}");
                let told = told.into_inner();
                let expected = all.hits.iter().find(|h| h.0 as usize >= from);
                assert_eq!(told.iter().flat_map(|f| &f.hits).next(), expected, "{from}");
                assert!(told.len() <= 1 && told.iter().all(|f| f.partial && f.count() == "…"));
            }
            let stopped = search(&text, &spots, &query, None, &|| ControlFlow::Break(()));
            assert!(regex || stopped.hits.len() < all.hits.len());
        }
    }
}
