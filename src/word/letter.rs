//! Letters, as what a reader types is compared with what is written.
//!
//! Typed words are folded letter by letter, unlike the words of a topic, which are folded as wholes ([`super::fold`]): a
//! reader types half a word, and sees every letter that was found. A letter is its base and its accents, composed or not;
//! ligatures are the letters they join; invisible characters are none; and of spaces, hyphens, dashes, quotation
//! marks and apostrophes there is one each.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

use super::token::{is_dash, is_invisible};

/// The most bases and accents that one character is taken apart into; what has more stays as it is.
const MOST: usize = 4;

/// One written character with the accents that follow it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Letter {
    bases: [char; MOST],
    base_count: u8,
    accents: [char; MOST],
    accent_count: u8,
    /// First byte in the string.
    pub start: usize,
    /// The byte after it and its accents.
    pub end: usize,
}

impl Letter {
    /// A stretch that is known to be what was typed.
    pub(super) fn without_bases(range: Range<usize>) -> Self {
        Self { end: range.end, ..Self::new(range.start) }
    }

    fn new(start: usize) -> Self {
        Self { start, end: start, ..Self::default() }
    }

    /// What it is without accents: one letter, or those that it joins.
    pub(super) fn bases(&self) -> &[char] {
        &self.bases[..usize::from(self.base_count)]
    }

    /// The accents of its last base.
    pub(super) fn accents(&self) -> &[char] {
        &self.accents[..usize::from(self.accent_count)]
    }

    fn push_base(&mut self, c: char) -> bool {
        let at = usize::from(self.base_count);
        if at < MOST {
            self.bases[at] = c;
            self.base_count += 1;
        }
        at < MOST
    }

    fn push_accent(&mut self, c: char) {
        let at = usize::from(self.accent_count);
        if at < MOST {
            self.accents[at] = c;
            self.accent_count += 1;
        }
    }

    /// Takes `c` apart; `self` has no base yet.
    pub(super) fn take_apart(&mut self, c: char) {
        if c.is_ascii() && !c.is_ascii_whitespace() {
            self.push_base(c);
            return;
        }
        if let Some(bases) = joined(c) {
            bases.chars().for_each(|b| {
                self.push_base(b);
            });
            return;
        }
        if let Some((base, stroke)) = stroked(c) {
            self.push_base(base);
            self.push_accent(stroke);
            return;
        }
        if let Some(one) = one_for_all(c) {
            self.push_base(one);
            return;
        }
        let mut fits = true;
        if !is_letter_of_its_own(c) && !is_composed(c) {
            for part in std::iter::once(c).nfkd() {
                match part {
                    part if is_accent(part) => self.push_accent(part),
                    part => fits &= self.push_base(one_for_all(part).unwrap_or(part)),
                }
            }
        } else {
            std::iter::once(c).nfkc().for_each(|part| fits &= self.push_base(part));
        }
        if !fits || self.base_count == 0 {
            (self.bases[0], self.base_count, self.accent_count) = (c, 1, 0);
        }
    }

    /// Takes in a character that follows, if it is a part of this one.
    fn take_in(&mut self, c: char) -> bool {
        let last = usize::from(self.base_count) - 1;
        if (is_accent(c) || needs_composing(c))
            && let Some(whole) = compose(self.bases[last], c).filter(|w| needs_composing(c) || is_letter_of_its_own(*w))
        {
            self.bases[last] = whole;
            return true;
        }
        if is_accent(c) {
            self.push_accent(c);
        }
        is_accent(c)
    }
}

/// The letter that begins at byte `at` of `string`, or after invisible characters there.
pub(super) fn letter_at(string: &str, at: usize) -> Option<Letter> {
    let bytes = string.as_bytes();
    if bytes.get(at)?.is_ascii_graphic() && bytes.get(at + 1).is_none_or(u8::is_ascii) {
        let mut letter = Letter::new(at);
        letter.push_base(char::from(bytes[at]));
        letter.end = at + 1;
        return Some(letter);
    }
    let mut rest = string[at..].char_indices().skip_while(|(_, c)| is_unseen(*c) || is_accent(*c));
    let (first, c) = rest.next()?;
    let mut letter = Letter::new(at + first);
    letter.take_apart(c);
    letter.end = letter.start + c.len_utf8();
    for (offset, c) in rest {
        if letter.take_in(c) {
            letter.end = at + offset + c.len_utf8();
        } else if !is_unseen(c) {
            break;
        }
    }
    Some(letter)
}

/// The letter that ends at byte `at` of `string`, or before invisible characters there.
pub(super) fn letter_before(string: &str, at: usize) -> Option<Letter> {
    let before = &string[..at];
    let (start, _) = before.char_indices().rev().find(|(_, c)| !is_part(*c)).unwrap_or_default();
    let mut last = letter_at(before, start)?;
    // A sign that could not be composed is a letter of its own.
    while let Some(next) = letter_at(before, last.end) {
        last = next;
    }
    Some(last)
}

/// Whether `c` is a part of the letter before it, or invisible.
pub(super) fn is_part(c: char) -> bool {
    is_unseen(c) || is_accent(c) || needs_composing(c)
}

/// Whether a search for `c` itself would miss what folds into other letters: ligatures, accents, wide forms.
pub(super) fn is_odd(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    let mut letter = Letter::new(0);
    letter.take_apart(c);
    is_part(c) || one_for_all(c).is_none() && (letter.bases() != [c] || !letter.accents().is_empty())
}

/// The small letter of a base.
pub(super) fn lower(c: char) -> char {
    match c {
        'ς' => 'σ',
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c => {
            let mut small = c.to_lowercase();
            small.next().filter(|_| small.next().is_none()).unwrap_or(c)
        }
    }
}

/// `words` as lists compare them: small letters without accents, one space between words.
pub(crate) fn plain(words: &str) -> Cow<'_, str> {
    let is_plain = |b: &u8| b.is_ascii_graphic() && !b.is_ascii_uppercase();
    if words.bytes().all(|b| is_plain(&b)) {
        return Cow::Borrowed(words);
    }
    Cow::Owned(plain_letters(words).map(|(c, _)| c).collect())
}

/// The letters of [`plain`], each with the byte of `words` that it stands at.
pub(crate) fn plain_letters(words: &str) -> impl Iterator<Item = (char, usize)> + '_ {
    let mut at = 0;
    let mut after_space = false;
    let letters = std::iter::from_fn(move || {
        let letter = letter_at(words, at)?;
        at = letter.end;
        Some(letter)
    });
    let all = letters.flat_map(|letter| {
        let start = letter.start;
        letter.bases.into_iter().take(usize::from(letter.base_count)).map(move |c| (lower(c), start))
    });
    all.filter(move |(c, _)| !(std::mem::replace(&mut after_space, *c == ' ') && *c == ' '))
}

/// The letters that a ligature joins.
fn joined(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'ẞ' => "SS",
        'œ' => "oe",
        'Œ' => "OE",
        'æ' => "ae",
        'Æ' => "AE",
        'þ' => "th",
        'Þ' => "TH",
        'ı' => "i",
        _ => return None,
    })
}

/// A letter with a stroke, which Unicode does not take apart, and the stroke.
pub(super) fn stroked(c: char) -> Option<(char, char)> {
    Some(match c {
        'ø' => ('o', '\u{338}'),
        'Ø' => ('O', '\u{338}'),
        'ł' => ('l', '\u{335}'),
        'Ł' => ('L', '\u{335}'),
        'đ' => ('d', '\u{335}'),
        'Đ' => ('D', '\u{335}'),
        'ħ' => ('h', '\u{335}'),
        'Ħ' => ('H', '\u{335}'),
        'ŧ' => ('t', '\u{335}'),
        'Ŧ' => ('T', '\u{335}'),
        _ => return None,
    })
}

/// The one character that stands for all spaces, hyphens and dashes, quotation marks or apostrophes.
pub(super) fn one_for_all(c: char) -> Option<char> {
    match c {
        c if c.is_whitespace() => Some(' '),
        c if is_dash(c) || matches!(c, '\u{2043}' | '\u{2e3a}' | '\u{2e3b}') => Some('-'),
        c if DOUBLE_QUOTES.contains(c) => Some('"'),
        c if SINGLE_QUOTES.contains(c) => Some('\''),
        _ => None,
    }
}

/// What is written for `"`.
pub(super) const DOUBLE_QUOTES: &str = "\"“”„‟«»″〝〞＂";
/// What is written for `'`.
const SINGLE_QUOTES: &str = "'’‘‚‛ʼʻ′‹›´＇";
/// Whether `c` is written for `"`.
pub(super) fn is_double_quote(c: char) -> bool {
    DOUBLE_QUOTES.contains(c)
}

/// Of what is written for `'`, what most texts have.
pub(super) const PLAIN_APOSTROPHES: &str = "'’‘";
/// Of what is written for `-`, what joins words.
pub(super) const HYPHENS: [char; 3] = ['-', '‐', '‑'];
/// What is written for `-`: hyphens, then dashes.
pub(super) const DASHES: &str = "-‐‑‒–—―−⁃⸺⸻﹘﹣－";

/// Letters with a mark that are no accented form of another one.
fn is_letter_of_its_own(c: char) -> bool {
    matches!(c, 'Ѓ' | 'Ї' | 'Ќ' | 'Ў' | 'Й' | 'й' | 'ѓ' | 'ї' | 'ќ' | 'ў')
}

/// Korean and Japanese signs that are a letter only together with the one before.
fn needs_composing(c: char) -> bool {
    matches!(c, '\u{1160}'..='\u{11ff}' | '\u{3099}' | '\u{309a}')
}

/// Korean and Japanese letters that have such signs in them.
fn is_composed(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{3041}'..='\u{30ff}')
}

/// Accents and points, which are left out at will. Signs that are vowels are none.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{34e}' | '\u{350}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'
        | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// What takes no room: soft hyphens, joiners, signs of direction, variation selectors.
fn is_unseen(c: char) -> bool {
    is_invisible(c)
        || matches!(c, '\u{34f}' | '\u{180e}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2061}'..='\u{2069}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{letter_at, letter_before, plain, plain_letters};

    #[test]
    fn lists_compare_without_accents_and_styles() {
        for (one, other) in [
            ("L’État", "l'etat"),
            ("E\u{301}lections", "élections"),
            ("oﬃcial", "official"),
            ("Straße", "STRASSE"),
            ("com\u{ad}mit\u{ad}tee", "committee"),
            ("worker\u{a0}  control", "Worker control"),
            ("trade‑union — then", "trade-union - then"),
            ("«oui»", "\"oui\""),
            ("Ｗｏｒｋｅｒｓ", "workers"),
            ("Ёлки", "елки"),
            ("и\u{306}", "й"),
            ("İSTANBUL", "ıstanbul"),
            ("Łódź, Tromsø", "lodz, tromso"),
            ("œuvre", "oeuvre"),
            ("ΟΔΟΣ", "οδος"),
            ("\u{1112}\u{1161}\u{11ab}", "한"),
            ("wait…", "wait..."),
        ] {
            assert_eq!(plain(one), plain(other), "{one} {other}");
        }
        for (one, other) in [("мой", "мои"), ("が", "か"), ("각", "가"), ("के", "का"), ("re", "rs")] {
            assert_ne!(plain(one), plain(other), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn letters_are_the_same_from_either_end(s in "[ a-zé\u{301}\u{ad}ßﬁ…й\u{200b}—«»가\u{11a8}]{0,24}") {
            let mut ahead = Vec::new();
            let mut at = 0;
            while let Some(letter) = letter_at(&s, at) {
                prop_assert!(letter.end > letter.start && letter.start >= at);
                ahead.push((letter.start, letter.end));
                at = letter.end;
            }
            let mut back = Vec::new();
            let mut at = s.len();
            while let Some(letter) = letter_before(&s, at) {
                back.push((letter.start, letter.end));
                at = letter.start;
            }
            back.reverse();
            prop_assert_eq!(ahead, back);
            prop_assert!(plain_letters(&s).all(|(_, at)| s.is_char_boundary(at)));
            let once = plain(&s).into_owned();
            prop_assert_eq!(plain(&once).into_owned(), once);
        }
    }
}
