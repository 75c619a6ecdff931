//! Words that a reader types, and where a text has them.
//!
//! What is typed plainly finds every way of writing it: any accents or none, ligatures, wide forms, any space, hyphen,
//! dash, quotation mark or apostrophe, with or without what nobody sees, over the end of a line and the mark of a note.
//! What is typed with an accent or a capital asks for it.
//!
//! Nearly everything is found by a pattern for the letters as they were typed, at the speed of such a search. What is
//! written otherwise is found at the spots where that can be ([`super::spots`]): each one that could be a letter of the
//! words ([`super::chance`]) is compared with them, before and behind ([`super::walk`]).

use std::cmp::Reverse;
use std::ops::Range;

use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization as _;

use super::chance::{Chances, bit};
use super::letter::{
    DASHES, DOUBLE_QUOTES, Letter, PLAIN_APOSTROPHES, is_part, letter_at, letter_before, lower, stroked,
};
use super::spots::Spots;
use super::walk::{Bounds, Cursor};

/// Words as they were typed, taken apart.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    parts: Vec<Part>,
    /// Whether a capital was typed.
    is_exact: bool,
    /// The longest run of parts that most texts write as they are typed: what is looked for. Empty where there is no letter.
    run: Range<usize>,
    /// What finds the run written so; where there is none, all of it.
    pattern: Regex,
    /// What the spots of a text could be of the run.
    chances: Box<Chances>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// A letter, or any other sign.
    Letter(char, Vec<char>),
    /// Space; between two words also a hyphen that joins them.
    Space { joins: bool },
    /// A hyphen or a dash.
    Dash,
    /// A dash that may have space on its sides.
    Parting,
    /// A quotation mark.
    Quote,
}

/// Where typed words may be found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written<'t> {
    /// All of the text.
    pub string: &'t str,
    /// The marks of notes in it, in order. Words are found over them.
    pub marks: &'t [(u32, u32)],
    /// Where it is written otherwise than it is typed.
    pub spots: &'t Spots,
}

impl Typed {
    /// Takes apart what was typed.
    pub(crate) fn of(words: &str) -> Result<Self, regex::Error> {
        let is_exact = words.chars().any(char::is_uppercase);
        let mut parts: Vec<Part> = Vec::new();
        let mut at = 0;
        while let Some(letter) = letter_at(words, at) {
            at = letter.end;
            let is_long = words[letter.start..].starts_with(['—', '―', '⸺', '⸻']);
            let (last, others) = letter.bases().split_last().map_or(('\0', &[][..]), |(last, others)| (*last, others));
            let plainly = |c: &char| Part::Letter(if is_exact { *c } else { lower(*c) }, Vec::new());
            parts.extend(others.iter().map(plainly));
            parts.push(match last {
                ' ' => Part::Space { joins: true },
                '-' if is_long => Part::Parting,
                '-' => Part::Dash,
                '"' => Part::Quote,
                // Printed Russian leaves the dots off at will.
                c if lower(c) == 'е' => plainly(&c),
                c => Part::Letter(if is_exact { c } else { lower(c) }, letter.accents().to_vec()),
            });
        }
        let mut parts = with_loose_dashes(parts);
        let last = parts.len().saturating_sub(1);
        for at in [0, last] {
            if let Some(part @ Part::Space { .. }) = parts.get_mut(at) {
                *part = Part::Space { joins: false };
            }
        }
        let run = longest_run(&parts);
        let source = pattern(if run.is_empty() { &parts } else { &parts[run.clone()] }, run.is_empty());
        let pattern = RegexBuilder::new(&source).case_insensitive(!is_exact).size_limit(1 << 24).build()?;
        let chances = Box::new(Chances::of(&parts, run.clone()));
        Ok(Self { parts, is_exact, run, pattern, chances })
    }

    pub(super) fn parts(&self) -> &[Part] {
        &self.parts
    }

    pub(super) fn run(&self) -> Range<usize> {
        self.run.clone()
    }

    /// Where the byte range `range` of a text has it, in order, none within another; of what is found with the letters that
    /// were typed no more than `most`. The range begins and ends with a block; `block_of` knows the blocks.
    pub(crate) fn find(
        &self,
        written: Written<'_>,
        range: Range<usize>,
        block_of: &dyn Fn(usize) -> Range<usize>,
        most: usize,
    ) -> Vec<(u32, u32)> {
        let mut hits = Vec::new();
        let mut range = range;
        self.find_as_typed(written, range.clone(), block_of, most, &mut hits);
        if let Some(last) = hits.last().filter(|_| hits.len() == most) {
            range.end = range.end.min(block_of(last.0 as usize).end);
        }
        let as_typed = hits.len();
        if self.has_run() {
            self.find_folded(written, range, block_of, &mut hits);
        }
        if hits.len() > as_typed {
            hits.sort_unstable_by_key(|hit| (hit.0, Reverse(hit.1)));
            let mut end = 0;
            hits.retain(|hit| {
                hit.0 >= end && {
                    end = hit.1;
                    true
                }
            });
        }
        hits
    }

    /// Whether a part of the words is looked for letter by letter; else the pattern is all there is to them.
    fn has_run(&self) -> bool {
        !self.run.is_empty()
    }

    /// Where the longest part of it without a mark of its own is written with the letters that were typed, and the rest
    /// of it stands around.
    fn find_as_typed(
        &self,
        written: Written<'_>,
        range: Range<usize>,
        block_of: &dyn Fn(usize) -> Range<usize>,
        most: usize,
        hits: &mut Vec<(u32, u32)>,
    ) {
        // What is looked at ends with the range.
        let string = &written.string[..range.end];
        let is_all = self.run == (0..self.parts.len());
        let mut block = 0..0;
        let mut at = range.start;
        while let Some(m) = self.pattern.find_at(string, at).filter(|m| !m.is_empty() && hits.len() < most) {
            at = m.end();
            if is_all {
                hits.push((m.start() as u32, m.end() as u32));
                continue;
            }
            if !self.may_go_on(string.as_bytes(), m.range()) {
                continue;
            }
            if !block.contains(&m.start()) {
                block = block_of(m.start());
            }
            if !self.has_run() {
                if m.end() <= block.end {
                    hits.push((m.start() as u32, m.end() as u32));
                } else {
                    at = m.start() + m.as_str().chars().next().map_or(1, char::len_utf8);
                }
                continue;
            }
            let bounds = Bounds { written, block: block.clone() };
            let found = Letter::without_bases(m.range());
            let ahead = Cursor::new(&bounds, found, 0, false);
            let Some(end) = self.follow(self.parts[self.run.end..].iter(), ahead) else { continue };
            let back = Cursor::new(&bounds, found, 0, true);
            let Some(start) = self.follow(self.parts[..self.run.start].iter().rev(), back) else { continue };
            hits.push((start as u32, end as u32));
            at = at.max(end);
        }
    }

    /// Whether the bytes on both sides of the run allow for the rest. Asked first, for it costs next to nothing.
    fn may_go_on(&self, bytes: &[u8], run: Range<usize>) -> bool {
        let may = |part: Option<&Part>, near: Option<&u8>, far: Option<&u8>| match part {
            None => true,
            Some(_) => match (near, far) {
                (Some(b' '), Some(far)) if part == Some(&Part::Quote) => *far <= b' ' || !far.is_ascii(),
                (Some(near), _) => !near.is_ascii_alphanumeric(),
                (None, _) => false,
            },
        };
        let at = |at: Option<usize>| at.and_then(|at| bytes.get(at));
        let (start, end) = (run.start, run.end);
        !self.has_run()
            || may(self.parts.get(self.run.end), at(Some(end)), at(Some(end + 1)))
                && may(
                    self.run.start.checked_sub(1).map(|at| &self.parts[at]),
                    at(start.checked_sub(1)),
                    at(start.checked_sub(2)),
                )
    }

    /// Where the byte range `range` of a text has it with letters that fold into those typed.
    fn find_folded(
        &self,
        written: Written<'_>,
        range: Range<usize>,
        block_of: &dyn Fn(usize) -> Range<usize>,
        found: &mut Vec<(u32, u32)>,
    ) {
        let bytes = written.string.as_bytes();
        let mut block = 0..0;
        let mut seek = |at: usize, places: u64| {
            if !block.contains(&at) {
                block = block_of(at);
            }
            let before = &written.string[..block.end.max(at)];
            // An accent is a part of the letter before it.
            let letter = match before[at..].chars().next() {
                Some(c) if is_part(c) => letter_before(&before[..at + c.len_utf8()], at + c.len_utf8()),
                _ => letter_at(before, at),
            };
            if let Some(letter) = letter.filter(|l| l.start >= block.start) {
                self.around(letter, places, &Bounds { written, block: block.clone() }, found);
            }
        };
        for table in written.spots.tables(written.string, range.clone()) {
            for (spot, all) in table.kinds() {
                let chance = Chances::of_spot(self, spot);
                if chance.places == 0 {
                    continue;
                }
                let first = all.partition_point(|at| (*at as usize) < range.start);
                for at in all[first..].iter().map(|at| *at as usize).take_while(|at| *at < range.end) {
                    match self.chances.left(chance, bytes, at) {
                        0 => {}
                        places => seek(at, places),
                    }
                }
            }
        }
        if self.parts.len() < 2 {
            return;
        }
        let first = written.marks.partition_point(|mark| (mark.0 as usize) < range.start);
        for mark in written.marks[first..].iter().take_while(|mark| (mark.0 as usize) < range.end) {
            let before = written.string[range.start..mark.0 as usize].trim_end();
            if let Some(last) = before.chars().next_back() {
                seek(range.start + before.len() - last.len_utf8(), u64::MAX);
            }
        }
    }

    /// Finds the words where `letter` is the one of theirs at one of the places.
    fn around(&self, letter: Letter, places: u64, bounds: &Bounds<'_>, found: &mut Vec<(u32, u32)>) {
        for at in (0..self.parts.len()).filter(|at| places & bit(*at) != 0) {
            // Words may begin within a ligature, but then with it.
            let most = if at == 0 { letter.bases().len() } else { 1 };
            for base in 0..most {
                let ahead = Cursor::new(bounds, letter, base, false);
                let Some(end) = self.follow(self.parts[at..].iter(), ahead) else { continue };
                let back = Cursor::new(bounds, letter, base, true);
                let Some(start) = self.follow(self.parts[..at].iter().rev(), back) else { continue };
                found.push((start as u32, end as u32));
            }
        }
    }

    /// Follows parts of the words from a letter on, in either direction: where they end.
    fn follow<'p>(&self, parts: impl Iterator<Item = &'p Part>, mut cursor: Cursor<'_>) -> Option<usize> {
        for part in parts {
            let accepted = match part {
                Part::Letter(base, accents) => cursor.accept(|c, of| {
                    (if self.is_exact { c } else { lower(c) }) == *base && accents.iter().all(|a| of.contains(a))
                }),
                Part::Space { joins } => cursor.accept_all(' ') || *joins && cursor.accept_hyphen(),
                Part::Dash => cursor.accept_all('-'),
                Part::Parting => {
                    cursor.accept_all(' ');
                    let is_there = cursor.accept_all('-');
                    cursor.accept_all(' ');
                    is_there
                }
                Part::Quote => cursor.accept_quote(),
            };
            if !accepted {
                return None;
            }
        }
        Some(cursor.reached)
    }
}

/// The run of parts with the most letters that are neither quotation marks nor loose dashes.
fn longest_run(parts: &[Part]) -> Range<usize> {
    let mut longest = (0, 0..0);
    let mut at = 0;
    for run in parts.split(|part| matches!(part, Part::Quote | Part::Parting)) {
        let letters = run.iter().filter(|part| matches!(part, Part::Letter(..))).count();
        if letters > longest.0 {
            longest = (letters, at..at + run.len());
        }
        at += run.len() + 1;
    }
    longest.1
}

/// The pattern of parts: as most texts write them, or in every way that can be written.
fn pattern(parts: &[Part], every_way: bool) -> String {
    let mut source = String::new();
    for part in parts {
        match part {
            Part::Letter('\'', accents) if accents.is_empty() => push_class(&mut source, PLAIN_APOSTROPHES, ""),
            Part::Letter(base, accents) => source.push_str(&regex::escape(&composed(*base, accents))),
            Part::Space { .. } if every_way => source.push_str(r"\s+"),
            Part::Space { .. } => source.push(' '),
            Part::Dash if every_way => push_class(&mut source, DASHES, "+"),
            Part::Dash => source.push('-'),
            Part::Parting => {
                source.push_str(r"\s*");
                push_class(&mut source, DASHES, "+");
                source.push_str(r"\s*");
            }
            Part::Quote => {
                source.push_str("(?:");
                push_class(&mut source, DOUBLE_QUOTES, "");
                source.push_str(r"|«\s*|\s*»)");
            }
        }
    }
    source
}

/// A dash typed with space on its sides, or as two hyphens, parts what is on both sides of it.
fn with_loose_dashes(parts: Vec<Part>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        match (out.as_slice(), &part) {
            ([.., Part::Space { .. }], Part::Space { .. })
            | ([.., Part::Parting], Part::Space { .. } | Part::Dash | Part::Parting) => {}
            ([.., Part::Dash] | [_, .., Part::Space { .. }], Part::Dash | Part::Parting) => {
                out.pop();
                out.push(Part::Parting);
            }
            _ => out.push(part),
        }
    }
    out
}

/// A letter as one character, where there is one.
fn composed(base: char, accents: &[char]) -> String {
    let whole = std::iter::once(base).chain(accents.iter().copied()).nfc().collect::<String>();
    let is_stroke = matches!(accents, ['\u{335}' | '\u{338}']);
    let with_stroke = "øØłŁđĐħĦŧŦ".chars().find(|c| is_stroke && stroked(*c) == Some((base, accents[0])));
    with_stroke.map_or(whole, String::from)
}

fn push_class(source: &mut String, members: &str, times: &str) {
    source.push('[');
    source.push_str(members);
    source.push(']');
    source.push_str(times);
}
