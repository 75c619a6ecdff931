//! The pass over a text's bytes that finds the words at which a term may begin, at about a nanosecond a byte.
//!
//! Bytes fall into four classes; a word begins where a letter follows what is no letter. Most words are then put aside
//! by their first three letters alone, which folding and stemming hardly change. Where classes do not tell (apostrophes,
//! points, anything that is not ASCII), the tokens of the stretch are taken as [`crate::word::token`] finds them.

use std::ops::ControlFlow;

use crate::word::language::Language;
use crate::word::spelling::respelt;
use crate::word::token::tokens;

use super::lexicon::{InTerm, Lexicon};

/// Which first letters a word must have to be looked at.
pub(super) struct Filter {
    /// For each three letters, whether; `None` where every word must be looked at.
    bits: Option<Box<[bool]>>,
}

/// How many keys there are: a key is three codes of 5 bits.
const KEYS: usize = 1 << 15;
/// The code of a digit.
const DIGIT: u8 = 27;
/// The code of a byte that does not tell.
const WILD: u8 = 31;
/// Bytes looked at before what was found is used.
const CHUNK: usize = 4096;

/// Where in a chunk words may begin.
pub(super) struct Events(Box<[u32; CHUNK]>);

impl Default for Events {
    fn default() -> Self {
        Self(Box::new([0; CHUNK]))
    }
}

/// Parts words for certain.
const PARTS: u8 = 0;
/// A letter or digit.
const LETTER: u8 = 1;
/// May join two parts of a word: apostrophe, point, comma.
const JOINS: u8 = 2;
/// Not ASCII.
const OTHER: u8 = 3;

const CLASS: [u8; 256] = {
    let mut table = [PARTS; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        table[byte] = match b {
            b'\'' | b'.' | b',' => JOINS,
            0x80.. => OTHER,
            _ if b.is_ascii_alphanumeric() => LETTER,
            _ => PARTS,
        };
        byte += 1;
    }
    table
};

/// The code of a byte in a key. `y` is `i`, as stemming has it.
const CODE: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        table[byte] = match b.to_ascii_lowercase() {
            b'y' => b'i' - b'a' + 1,
            l @ b'a'..=b'z' => l - b'a' + 1,
            b'0'..=b'9' => DIGIT,
            b'\'' | 0x80.. => WILD,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// The code of the third letter: `e` is `i` too there, since `dying` and `using` are stemmed to `die` and `use`.
const fn third(byte: u8) -> u8 {
    if matches!(byte, b'e' | b'E') { CODE[b'i' as usize] } else { CODE[byte as usize] }
}

const THIRD: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = third(byte as u8);
        byte += 1;
    }
    table
};

fn key(first: u8, second: u8, third: u8) -> usize {
    usize::from(first) << 10 | usize::from(second) << 5 | usize::from(third)
}

impl Filter {
    /// The filter for the words with which terms of `lexicon` begin, or go on.
    pub(super) fn new(lexicon: &Lexicon<'_>, place: InTerm) -> Self {
        // Other stemmers change the beginnings of words (German `ä`, Dutch `ge-`).
        if !matches!(lexicon.language(), Language::English | Language::Other) {
            return Self { bits: None };
        }
        let wild = |key: usize| key & 31 == usize::from(WILD) || key >> 5 & 31 == usize::from(WILD);
        let mut bits: Box<[bool]> = (0..KEYS).map(wild).collect();
        for form in lexicon.forms(place) {
            allow(&mut bits, form.as_bytes());
            for (written, folded) in respelt() {
                let known = form.len().min(3);
                if lexicon.language() == Language::English && alike(&form.as_bytes()[..known], folded.as_bytes()) {
                    allow(&mut bits, &written.as_bytes()[..3]);
                }
            }
        }
        Self { bits: Some(bits) }
    }

    fn lets(&self, bytes: &[u8]) -> bool {
        let Some(bits) = &self.bits else { return true };
        let at = |n: usize| bytes.get(n).copied().unwrap_or(0);
        let first = CODE[usize::from(at(0))];
        let second = CODE[usize::from(at(1))];
        let third = if second == 0 { 0 } else { THIRD[usize::from(at(2))] };
        // A mark after the third letter would be composed with it.
        bits[key(first, second, third)] || at(3) >= 0x80
    }
}

/// Whether the letters of `form` may be the first ones of a word that begins with `other`.
fn alike(form: &[u8], other: &[u8]) -> bool {
    form.iter().zip(other).enumerate().all(|(at, (a, b))| {
        let code = if at == 2 { &THIRD } else { &CODE };
        code[usize::from(*a)] == code[usize::from(*b)]
    })
}

/// Lets words pass that begin as `form` does.
fn allow(bits: &mut [bool], form: &[u8]) {
    let Some(first) = form.first().map(|b| CODE[usize::from(*b)]).filter(|c| *c != WILD) else { return };
    let all = 0..=WILD;
    let second = form.get(1).map_or(all.clone(), |b| CODE[usize::from(*b)]..=CODE[usize::from(*b)]);
    let third = form.get(2).map_or(all.clone(), |b| THIRD[usize::from(*b)]..=THIRD[usize::from(*b)]);
    // `1,000` is `1000`.
    let (second, third) = if first == DIGIT { (all.clone(), all) } else { (second, third) };
    for s in second {
        for t in third.clone() {
            bits[key(first, s, t)] = true;
        }
    }
}

/// Calls `found` with the first and last byte offset of every word of `string` at which a term may begin, in order, and
/// of some others. `events` is room to work in.
pub(super) fn scan(
    string: &str,
    filter: &Filter,
    events: &mut Events,
    mut found: impl FnMut(usize, usize) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let bytes = string.as_bytes();
    let events = &mut events.0;
    let mut before = PARTS;
    // Words that begin before this are done.
    let mut done = 0;
    let mut chunk = 0;
    while chunk < bytes.len() {
        let end = (chunk + CHUNK).min(bytes.len());
        let mut count = 0;
        for (nth, byte) in bytes[chunk..end].iter().enumerate() {
            let class = CLASS[usize::from(*byte)];
            events[count] = nth as u32;
            // LETTER and OTHER are the odd classes.
            count += usize::from(class & 1 & u8::from(class != before));
            before = class;
        }
        for event in &events[..count] {
            let at = chunk + *event as usize;
            if at < done {
                continue;
            }
            let class = at.checked_sub(1).map_or(PARTS, |b| CLASS[usize::from(bytes[b])]);
            if class == PARTS && CLASS[usize::from(bytes[at])] == LETTER {
                if filter.lets(&bytes[at..]) {
                    found(at, word_end(string, at))?;
                }
                continue;
            }
            let stretch = stretch_around(bytes, at, done);
            for token in tokens(&string[stretch.clone()]) {
                let (from, to) = (stretch.start + token.start, stretch.start + token.end);
                // The first word was seen where it begins, unless it begins with a letter that is not ASCII.
                let seen = token.start == 0 && CLASS[usize::from(bytes[from])] == LETTER;
                if !seen && filter.lets_any(&bytes[from..]) {
                    found(from, to)?;
                }
            }
            done = stretch.end;
        }
        chunk = end;
    }
    ControlFlow::Continue(())
}

impl Filter {
    /// Whether what follows a word for certain does not go on a term: a space and an ASCII word that does not pass.
    pub(super) fn rules_out(&self, follows: &[u8]) -> bool {
        matches!(follows, [b' ', first, ..] if CLASS[usize::from(*first)] == LETTER && !self.lets(&follows[1..]))
    }

    /// Whether a word of any letters passes.
    pub(super) fn lets_any(&self, bytes: &[u8]) -> bool {
        bytes[0] >= 0x80 || self.lets(bytes)
    }
}

/// The stretch between two bytes that part words for certain, around `at`, not before `done`.
fn stretch_around(bytes: &[u8], at: usize, done: usize) -> std::ops::Range<usize> {
    let parts = |b: &u8| CLASS[usize::from(*b)] == PARTS;
    let start = bytes[done..at].iter().rposition(parts).map_or(done, |p| done + p + 1);
    let end = bytes[at..].iter().position(parts).map_or(bytes.len(), |p| at + p);
    start..end
}

/// The end of the word that begins with the ASCII letter at `at`.
fn word_end(string: &str, at: usize) -> usize {
    let bytes = string.as_bytes();
    let end = bytes[at..].iter().position(|b| CLASS[usize::from(*b)] != LETTER).map_or(bytes.len(), |p| at + p);
    match bytes.get(end) {
        Some(b) if CLASS[usize::from(*b)] != PARTS => tokens(&string[at..]).next().map_or(end, |t| at + t.end),
        _ => end,
    }
}
