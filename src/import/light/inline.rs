//! What stands within a line: stretches between signs, and the constructs of a language.

use crate::import::flow::Mark;
use crate::import::flow::compose::Composer;
use crate::import::looked::looked;

/// Stretches nest this deep; deeper ones are letters.
const DEEPEST: u8 = 8;

/// Signs around a stretch of letters.
#[derive(Debug, Clone)]
pub(super) struct Sign {
    pub open: &'static str,
    pub close: &'static str,
    pub mark: Option<Mark>,
    /// Nothing within is markup.
    pub verbatim: bool,
    /// The signs stand at the ends of words.
    pub at_words: bool,
}

impl Sign {
    /// A sign at the ends of words, the same at both.
    pub(super) const fn around(sign: &'static str, mark: Mark) -> Self {
        Self { open: sign, close: sign, mark: Some(mark), verbatim: false, at_words: true }
    }

    /// The same around what is no markup.
    pub(super) const fn verbatim(sign: &'static str, mark: Mark) -> Self {
        Self { open: sign, close: sign, mark: Some(mark), verbatim: true, at_words: true }
    }

    /// A sign anywhere.
    pub(super) const fn anywhere(sign: &'static str, mark: Mark) -> Self {
        Self { open: sign, close: sign, mark: Some(mark), verbatim: false, at_words: false }
    }
}

/// A language of markup within lines.
pub(super) trait Syntax {
    /// Its signs, the longer of two that begin alike first.
    fn signs(&self) -> &[Sign];

    /// Whether a construct may begin with this character, after that one.
    fn may_begin(&self, first: char, before: Option<char>) -> bool;

    /// Reads the construct that begins at `at`: how long it is, its letters being added; nothing where there is none.
    fn construct(&self, text: &str, at: usize, out: &mut Composer, depth: u8) -> Option<usize>;
}

/// Adds a stretch of text to the piece that is gathered.
pub(super) fn push(text: &str, syntax: &dyn Syntax, out: &mut Composer, depth: u8) {
    if depth > DEEPEST {
        out.push(text);
        return;
    }
    // A sign that nothing closes from somewhere on has no closer further on either.
    let mut dead = vec![false; syntax.signs().len()];
    let (mut at, mut from) = (0, 0);
    let mut before = None;
    while let Some(first) = text[at..].chars().next() {
        if syntax.may_begin(first, before) {
            out.push(&text[from..at]);
            from = at;
            if let Some(length) = syntax.construct(text, at, out, depth).filter(|l| *l > 0) {
                at += length;
                from = at;
                before = text[..at].chars().next_back();
                continue;
            }
        }
        if let Some((sign, inner)) = stretch(text, at, before, syntax, &mut dead) {
            out.push(&text[from..at]);
            sign.mark.iter().for_each(|mark| out.mark(mark.clone()));
            let letters = &text[inner.clone()];
            if sign.verbatim {
                out.push(letters);
            } else {
                push(letters, syntax, out, depth + 1);
            }
            sign.mark.iter().for_each(|_| out.unmark());
            at = inner.end + sign.close.len();
            from = at;
            before = text[..at].chars().next_back();
            continue;
        }
        before = Some(first);
        at += first.len_utf8();
    }
    out.push(&text[from..]);
}

/// The sign that begins a stretch at `at`, and what stands between it and its closer.
fn stretch<'x>(
    text: &str,
    at: usize,
    before: Option<char>,
    syntax: &'x dyn Syntax,
    dead: &mut [bool],
) -> Option<(&'x Sign, std::ops::Range<usize>)> {
    for (number, sign) in syntax.signs().iter().enumerate() {
        if !text[at..].starts_with(sign.open) {
            continue;
        }
        let start = at + sign.open.len();
        let next = text[start..].chars().next();
        let begins = next.is_some_and(|c| !c.is_whitespace())
            && (!sign.at_words || before.is_none_or(|c| !c.is_alphanumeric() && c != '\\'));
        if !begins || dead[number] {
            continue;
        }
        match closer(text, start, sign) {
            Some(end) => return Some((sign, start..end)),
            None => dead[number] = true,
        }
    }
    None
}

/// Where the closing sign stands.
fn closer(text: &str, start: usize, sign: &Sign) -> Option<usize> {
    let mut from = start;
    while let Some(found) = text[from..].find(sign.close).map(|found| from + found) {
        looked(found - from);
        let after = text[found + sign.close.len()..].chars().next();
        let before = text[..found].chars().next_back();
        let ends = found > start
            && before.is_some_and(|c| !c.is_whitespace() && (sign.verbatim || c != '\\'))
            && (!sign.at_words || after.is_none_or(|c| !c.is_alphanumeric()));
        // The first of two signs that touch is none that closes.
        let doubled = sign.close.len() == 1 && after.is_some_and(|c| sign.close.starts_with(c));
        if ends && !doubled {
            return Some(found);
        }
        from = found + sign.close.len();
    }
    looked(text.len() - from);
    None
}

/// Where a sign that ends a construct stands: one that comes at all comes soon.
pub(super) fn soon(text: &str, sign: &str) -> Option<usize> {
    let end = text.floor_char_boundary(4000);
    let found = text[..end].find(sign);
    looked(found.unwrap_or(end));
    found
}

/// What stands between brackets that begin at `at`, with those within it: the range of what is within.
pub(super) fn bracketed(text: &str, at: usize, open: char, close: char) -> Option<std::ops::Range<usize>> {
    let inner = at + open.len_utf8();
    let mut depth = 0usize;
    // A bracket that is closed at all is closed soon.
    for (offset, c) in text.get(at..)?.char_indices().take(4000) {
        looked(1);
        if c == open {
            depth += 1;
            if depth > usize::from(DEEPEST) * 2 {
                return None;
            }
        } else if c == close {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(inner..at + offset);
            }
        }
    }
    None
}

/// An address within a text: how long it is.
pub(super) fn address(text: &str) -> Option<usize> {
    let scheme = ["https://", "http://", "ftp://", "mailto:", "irc://"].iter().find(|s| text.starts_with(**s))?;
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '[' | ']' | '"' | '`' | '|' | '{' | '}');
    let length = text.find(ends).unwrap_or(text.len());
    looked(length);
    let bare = text[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '*', '_']);
    (bare.len() > scheme.len()).then_some(bare.len())
}
