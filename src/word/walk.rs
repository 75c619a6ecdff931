//! A walk over what is written, letter by letter, ahead or back, as far as it is what was typed.

use std::ops::Range;

use super::letter::{HYPHENS, Letter, letter_at, letter_before};
use super::typed::Written;

/// The block that is looked into.
pub(super) struct Bounds<'t> {
    pub written: Written<'t>,
    pub block: Range<usize>,
}

/// A walk over letters, ahead or back.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'b> {
    bounds: &'b Bounds<'b>,
    letter: Letter,
    /// How many of its bases are left.
    left: usize,
    /// Where the letters end that were accepted.
    pub reached: usize,
    back: bool,
}

impl<'b> Cursor<'b> {
    /// Ahead, the first letter is `letter` from its base number `base` on; back, what is before that.
    pub(super) fn new(bounds: &'b Bounds<'b>, letter: Letter, base: usize, back: bool) -> Self {
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
        let Written { string, marks, .. } = self.bounds.written;
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

    pub(super) fn accept(&mut self, is_it: impl Fn(char, &[char]) -> bool) -> bool {
        let accepted = self.peek().is_some_and(|(base, accents)| is_it(base, accents));
        if accepted {
            self.left -= 1;
            self.reached = if self.back { self.letter.start } else { self.letter.end };
        }
        accepted
    }

    /// Accepts a hyphen, but no dash: it joins what a space may part.
    pub(super) fn accept_hyphen(&mut self) -> bool {
        self.peek().is_some()
            && self.bounds.written.string[self.letter.start..].starts_with(HYPHENS)
            && self.accept(|c, _| c == '-')
    }

    /// Accepts every `one` that is next; whether there was any.
    pub(super) fn accept_all(&mut self, one: char) -> bool {
        let mut any = false;
        while self.accept(|c, _| c == one) {
            any = true;
        }
        any
    }

    /// Accepts a quotation mark, and the space that French puts inside.
    pub(super) fn accept_quote(&mut self) -> bool {
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
