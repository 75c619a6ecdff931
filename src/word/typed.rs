//! Words that a reader types, and where a text has them.
//!
//! What is typed plainly finds every way of writing it: any accents or none, ligatures, wide forms, any space, hyphen,
//! dash, quotation mark or apostrophe, with or without what nobody sees, over the end of a line and the mark of a note.
//! What is typed with an accent or a capital asks for it.
//!
//! Nearly everything is found by a pattern for the letters as they were typed, at the speed of such a search. Letters that
//! fold into others are looked for by themselves: each one that could be a letter of the query is compared with it, before
//! and behind.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization as _;

use super::letter::{
    DASHES, DOUBLE_QUOTES, Letter, SINGLE_QUOTES, is_odd, is_part, letter_at, letter_before, lower, stroked,
};

/// Words as they were typed, taken apart.
#[derive(Debug, Clone)]
pub struct Typed {
    parts: Vec<Part>,
    /// Whether a capital was typed.
    is_exact: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// A letter, or any other sign.
    Letter(char, Vec<char>),
    /// Space between words.
    Space,
    /// A hyphen or a dash.
    Dash,
    /// A dash that may have space on its sides.
    Parting,
    /// A quotation mark.
    Quote,
}

/// Where typed words may be found.
#[derive(Debug, Clone, Copy)]
pub struct Written<'t> {
    /// All of the text.
    pub string: &'t str,
    /// The marks of notes in it, in order. Words are found over them.
    pub marks: &'t [(u32, u32)],
}

impl Typed {
    /// Takes apart what was typed.
    pub fn of(words: &str) -> Self {
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
                ' ' => Part::Space,
                '-' if is_long => Part::Parting,
                '-' => Part::Dash,
                '"' => Part::Quote,
                // Printed Russian leaves the dots off at will.
                c if lower(c) == 'е' => plainly(&c),
                c => Part::Letter(if is_exact { c } else { lower(c) }, letter.accents().to_vec()),
            });
        }
        Self { parts: with_loose_dashes(parts), is_exact }
    }

    /// Whether what it finds may reach over the end of a line.
    pub fn has_space(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Space | Part::Parting | Part::Quote))
    }

    /// The pattern that finds it where it is written with the letters that were typed.
    pub fn pattern(&self) -> Result<Regex, regex::Error> {
        let mut source = String::new();
        for (at, part) in self.parts.iter().enumerate() {
            let is_between = at > 0 && at + 1 < self.parts.len();
            match part {
                Part::Letter('\'', accents) if accents.is_empty() => push_class(&mut source, SINGLE_QUOTES, ""),
                Part::Letter(base, accents) => source.push_str(&regex::escape(&composed(*base, accents))),
                // One space is by far the most frequent.
                Part::Space if is_between => source.push_str(r"(?: |\s+|[-‐‑])"),
                Part::Space => source.push_str(r"\s+"),
                Part::Dash => push_class(&mut source, DASHES, "+"),
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
        RegexBuilder::new(&source).case_insensitive(!self.is_exact).size_limit(1 << 24).build()
    }

    /// Where the byte range `range` of a text has it with letters that fold into those typed. The range begins and ends
    /// with a block; `block_of` knows the blocks.
    pub fn find_folded(
        &self,
        written: Written<'_>,
        range: Range<usize>,
        block_of: &dyn Fn(usize) -> Range<usize>,
        found: &mut Vec<(u32, u32)>,
    ) {
        if self.parts.is_empty() {
            return;
        }
        let mut relevance = Relevance::of(self);
        let mut seek = |at: usize, block: &mut Range<usize>| {
            if !block.contains(&at) {
                *block = block_of(at);
            }
            let before = &written.string[..block.end.max(at)];
            // An accent is a part of the letter before it.
            let letter = match before[at..].chars().next() {
                Some(c) if is_part(c) => letter_before(&before[..at + c.len_utf8()], at + c.len_utf8()),
                _ => letter_at(before, at),
            };
            if let Some(letter) = letter.filter(|l| l.start >= block.start) {
                self.around(letter, &Bounds { written, block: block.clone() }, found);
            }
        };
        let bytes = &written.string.as_bytes()[..range.end];
        let mut block = 0..0;
        let mut at = range.start;
        while let Some(next) = not_ascii(bytes, at) {
            at = next;
            let Some(c) = written.string[at..].chars().next() else { break };
            if relevance.is_relevant(c) && !self.is_ruled_out(bytes, at, c) {
                seek(at, &mut block);
            }
            at += c.len_utf8();
        }
        if self.parts.len() < 2 {
            return;
        }
        let first = written.marks.partition_point(|mark| (mark.0 as usize) < range.start);
        for mark in written.marks[first..].iter().take_while(|mark| (mark.0 as usize) < range.end) {
            let before = written.string[range.start..mark.0 as usize].trim_end();
            if let Some(last) = before.chars().next_back() {
                seek(range.start + before.len() - last.len_utf8(), &mut block);
            }
        }
    }

    /// Whether the letters on both sides of the character at byte `at` say that it is none of these words. Asked first, for
    /// it costs next to nothing.
    fn is_ruled_out(&self, bytes: &[u8], at: usize, c: char) -> bool {
        let neighbour = |at: Option<usize>| at.and_then(|at| bytes.get(at)).copied().filter(u8::is_ascii_alphanumeric);
        let (before, after) = (neighbour(at.checked_sub(1)), neighbour(Some(at + c.len_utf8())));
        if is_part(c) || before.is_none() && after.is_none() {
            return false;
        }
        let may_be = |part: Option<&Part>, byte: Option<u8>| match (part, byte) {
            (Some(Part::Letter(c, _)), Some(byte)) if c.is_ascii_alphanumeric() => {
                byte.eq_ignore_ascii_case(&(*c as u8))
            }
            (Some(Part::Letter(..) | Part::Space | Part::Dash), Some(_)) => false,
            _ => true,
        };
        let mut letter = Letter::default();
        letter.take_apart(c);
        if letter.bases().len() > 1 {
            return false;
        }
        let fits = |at: &usize| {
            matches!(&self.parts[*at], Part::Letter(base, _) if lower(*base) == lower(letter.bases()[0]))
                && may_be(self.parts.get(at + 1), after)
                && may_be(at.checked_sub(1).and_then(|at| self.parts.get(at)), before)
        };
        !(0..self.parts.len()).any(|at| fits(&at))
    }

    /// Finds the words where `letter` is one of theirs.
    fn around(&self, letter: Letter, bounds: &Bounds<'_>, found: &mut Vec<(u32, u32)>) {
        for at in 0..self.parts.len() {
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
                Part::Space => cursor.accept_all(' ') || cursor.accept(|c, _| c == '-'),
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

/// How many bytes are looked over at once.
const RUN: usize = 64;

/// The first byte from `at` on that is not ASCII.
fn not_ascii(bytes: &[u8], mut at: usize) -> Option<usize> {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    loop {
        // Most text is ASCII: it is looked over in chunks.
        while bytes.get(at..at + RUN).is_some_and(|run| run.iter().fold(0, |all, byte| all | byte) < 0x80) {
            at += RUN;
        }
        let Some(eight) = bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok()) else {
            return (at..bytes.len()).find(|&at| !bytes[at].is_ascii());
        };
        let high = u64::from_le_bytes(eight) & HIGH;
        if high != 0 {
            return Some(at + high.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
}

/// A dash typed with space on its sides, or as two hyphens, separates what is on both sides of it.
fn with_loose_dashes(parts: Vec<Part>) -> Vec<Part> {
    let mut out: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        match (out.as_slice(), &part) {
            ([.., Part::Space], Part::Space) | ([.., Part::Parting], Part::Space | Part::Dash | Part::Parting) => {}
            ([.., Part::Dash] | [_, .., Part::Space], Part::Dash | Part::Parting) => {
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

/// Which characters could be a letter of the words; learnt as they are met.
struct Relevance {
    letters: Vec<char>,
    has_quote: bool,
    known: Vec<u8>,
}

impl Relevance {
    fn of(typed: &Typed) -> Self {
        let letters = typed.parts.iter().filter_map(|part| match part {
            Part::Letter(base, _) => Some(lower(*base)),
            _ => None,
        });
        Self { letters: letters.collect(), has_quote: typed.parts.contains(&Part::Quote), known: vec![0; 1 << 16] }
    }

    fn is_relevant(&mut self, c: char) -> bool {
        match self.known.get(c as usize) {
            Some(0) | None => {
                let is = self.weigh(c);
                if let Some(known) = self.known.get_mut(c as usize) {
                    *known = 1 + u8::from(is);
                }
                is
            }
            Some(known) => *known == 2,
        }
    }

    fn weigh(&self, c: char) -> bool {
        if !is_odd(c) {
            return false;
        }
        let mut letter = Letter::default();
        letter.take_apart(c);
        is_part(c)
            || letter.bases().iter().any(|base| self.letters.contains(&lower(*base)) || *base == '"' && self.has_quote)
    }
}

/// The block that is looked into.
struct Bounds<'t> {
    written: Written<'t>,
    block: Range<usize>,
}

/// A walk over letters, ahead or back.
#[derive(Clone, Copy)]
struct Cursor<'b> {
    bounds: &'b Bounds<'b>,
    letter: Letter,
    /// How many of its bases are left.
    left: usize,
    /// Where the letters end that were accepted.
    reached: usize,
    back: bool,
}

impl<'b> Cursor<'b> {
    /// Ahead, the first letter is `letter` from its base number `base` on; back, what is before that.
    fn new(bounds: &'b Bounds<'b>, letter: Letter, base: usize, back: bool) -> Self {
        let left = if back { base } else { letter.bases().len() - base };
        Self { bounds, letter, left, reached: if back { letter.start } else { letter.end }, back }
    }

    /// The base that comes next, and its accents.
    fn peek(&mut self) -> Option<(char, &[char])> {
        if self.left == 0 {
            self.letter = self.next_letter()?;
            self.left = self.letter.bases().len();
        }
        let bases = self.letter.bases();
        let at = if self.back { self.left - 1 } else { bases.len() - self.left };
        Some((bases[at], if at + 1 == bases.len() { self.letter.accents() } else { &[] }))
    }

    /// The letter beyond this one, and beyond the marks of notes that stand there.
    fn next_letter(&self) -> Option<Letter> {
        let Written { string, marks } = self.bounds.written;
        if self.back {
            let mut at = self.letter.start;
            loop {
                let letter = letter_before(string, at).filter(|l| l.start >= self.bounds.block.start)?;
                let after = marks.partition_point(|mark| (mark.0 as usize) < letter.end);
                match after.checked_sub(1).map(|i| marks[i]).filter(|mark| mark.1 as usize >= letter.end) {
                    Some(mark) => at = mark.0 as usize,
                    None => return Some(letter),
                }
            }
        }
        let mut at = self.letter.end;
        loop {
            let letter = letter_at(&string[..self.bounds.block.end], at)?;
            let after = marks.partition_point(|mark| (mark.0 as usize) <= letter.start);
            match after.checked_sub(1).map(|i| marks[i]).filter(|mark| mark.1 as usize > letter.start) {
                Some(mark) => at = mark.1 as usize,
                None => return Some(letter),
            }
        }
    }

    fn accept(&mut self, is_it: impl Fn(char, &[char]) -> bool) -> bool {
        let accepted = self.peek().is_some_and(|(base, accents)| is_it(base, accents));
        if accepted {
            self.left -= 1;
            self.reached = if self.back { self.letter.start } else { self.letter.end };
        }
        accepted
    }

    /// Accepts every `one` that is next; whether there was any.
    fn accept_all(&mut self, one: char) -> bool {
        let mut any = false;
        while self.accept(|c, _| c == one) {
            any = true;
        }
        any
    }

    /// Accepts a quotation mark, and the space that French puts inside.
    fn accept_quote(&mut self) -> bool {
        let mut ahead = *self;
        let spaced = ahead.accept_all(' ');
        if !ahead.accept(|c, _| c == '"') {
            return false;
        }
        let is_guillemet = self.bounds.written.string[ahead.letter.start..].starts_with(['«', '»']);
        if spaced && !is_guillemet {
            return false;
        }
        if is_guillemet {
            ahead.accept_all(' ');
        }
        *self = ahead;
        true
    }
}
