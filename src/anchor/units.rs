//! What anchors compare: runs of letters, without anything that typography, hyphenation or markup may change.
//!
//! A [`Unit`] is about a word, but not what a reader or a search calls one: `well-known`, `well-\nknown` and
//! `*well*known` are the same unit, `don't` and `don’t` too, and a script without spaces has a unit a character. So a
//! text that was wrapped, hyphenated or set anew has the same units in the same order. What stands between two units
//! is their gap; it matters little, and only by its kind ([`gap_key`]).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

/// One unit: its bytes in the string it was read from, and a hash of its folded letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub start: u32,
    pub end: u32,
    pub key: u64,
}

impl Unit {
    pub(super) fn start(&self) -> usize {
        self.start as usize
    }

    pub(super) fn end(&self) -> usize {
        self.end as usize
    }
}

/// The units of `string`, in order.
pub(super) fn units(string: &str) -> impl Iterator<Item = Unit> {
    let mut at = 0;
    let mut folded = String::new();
    std::iter::from_fn(move || {
        let start = at + string[at..].find(begins_unit)?;
        let end = end_of_unit(string, start);
        at = end;
        folded.clear();
        fold_into(&string[start..end], &mut folded);
        Some(Unit { start: start as u32, end: end as u32, key: xxh3_64(folded.as_bytes()) })
    })
}

/// The letters and digits of `raw`, lower-case, without accents, ligatures and what may stand within a word.
pub(super) fn fold(raw: &str) -> String {
    let mut folded = String::with_capacity(raw.len());
    fold_into(raw, &mut folded);
    folded
}

fn fold_into(raw: &str, folded: &mut String) {
    if raw.is_ascii() {
        folded.extend(raw.bytes().filter(u8::is_ascii_alphanumeric).map(|b| b.to_ascii_lowercase() as char));
        return;
    }
    for c in raw.nfkd().filter(|c| c.is_alphanumeric() && !is_combining_mark(*c)) {
        match c {
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ß' | 'ẞ' => folded.push_str("ss"),
            'ς' => folded.push('σ'),
            _ => folded.extend(c.to_lowercase()),
        }
    }
}

/// What stands between two units, boiled down to one number: 0 for nothing but space and markup.
///
/// All quotation marks are alike, all dashes are; three full stops are an ellipsis, and both count as one full stop.
fn gap_key(gap: &str) -> u64 {
    let mut key = 0_u64;
    let mut last = None;
    for mark in gap.chars().filter_map(mark) {
        if last != Some(mark) || !matches!(mark, '-' | '.') {
            key = key.wrapping_mul(1_000_003).wrapping_add(u64::from(u32::from(mark)));
        }
        last = Some(mark);
    }
    key
}

/// The kind of the gap before unit `at` of `units`, the units of `string`; see [`gap_key`].
pub(super) fn gap_before(string: &str, units: &[Unit], at: usize) -> u64 {
    let from = at.checked_sub(1).map_or(0, |before| units[before].end());
    let to = units.get(at).map_or(string.len(), Unit::start);
    gap_key(&string[from..to])
}

/// The kind of mark that `c` is; `None` for space and for what markup is made of.
pub(super) fn mark(c: char) -> Option<char> {
    match c {
        '\n' => Some('\n'),
        '"' | '\'' | '‘'..='‟' | '«' | '»' | '‹' | '›' | '′' | '″' | '´' | '「' | '」' => Some('"'),
        '-' | '‐'..='―' | '−' => Some('-'),
        '…' => Some('.'),
        '*' | '_' | '`' | '~' | '#' | '>' | '|' | '\\' => None,
        c if c.is_whitespace() || is_transparent(c) => None,
        c => Some(c),
    }
}

fn begins_unit(c: char) -> bool {
    c.is_alphanumeric() && !is_raised(c)
}

/// Superscript and subscript digits cite notes: they are no part of the word before them.
fn is_raised(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '\u{2070}'..='\u{209f}')
}

/// Characters that show nothing, or only where a word may be broken.
fn is_transparent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}')
}

/// Scripts written without spaces: each character is a unit.
fn stands_alone(c: char) -> bool {
    matches!(u32::from(c),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0x2fdf | 0x3040..=0x30ff | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0xff66..=0xff9f | 0x2_0000..=0x3_ffff)
}

fn end_of_unit(string: &str, start: usize) -> usize {
    let bytes = string.as_bytes();
    let mut end = start;
    loop {
        // Most letters of most texts.
        while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            end += 1;
        }
        let Some(c) = string[end..].chars().next() else { return end };
        let after = end + c.len_utf8();
        if stands_alone(c) {
            return if end == start { after } else { end };
        }
        if begins_unit(c) || is_combining_mark(c) {
            end = after;
            continue;
        }
        match continued(string, end, c) {
            Some(next) => end = next,
            None => return end,
        }
    }
}

/// Where the word goes on after what stands at `at`, beginning with `c`: a hyphen, an apostrophe, a line's end …
fn continued(string: &str, at: usize, c: char) -> Option<usize> {
    let rest = &string[at + c.len_utf8()..];
    let goes_on = |rest: &str| {
        let next = rest.chars().next()?;
        (begins_unit(next) && !stands_alone(next)).then(|| string.len() - rest.len())
    };
    match c {
        '*' | '_' | '`' | '~' => goes_on(rest.trim_start_matches(['*', '_', '`', '~'])),
        '\'' | '’' | 'ʼ' | '‘' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => goes_on(rest),
        '-' | '‐' | '‑' | '\u{ad}' | '¬' => goes_on(rest).or_else(|| {
            let line = rest.trim_start();
            let is_broken = line.len() < rest.len() && line.chars().next().is_some_and(char::is_lowercase);
            if is_broken { goes_on(line) } else { None }
        }),
        '–' if at > 0 && string.as_bytes()[at - 1].is_ascii_digit() => {
            rest.starts_with(|c: char| c.is_ascii_digit()).then(|| string.len() - rest.len())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(string: &str) -> Vec<String> {
        units(string).map(|u| fold(&string[u.start()..u.end()])).collect()
    }

    #[test]
    fn the_same_words_however_they_are_set() {
        let cases: &[(&[&str], &[&str])] = &[
            (&["don't stop", "don’t  stop", "Don’t\nstop", "*don't* _stop_"], &["dont", "stop"]),
            (&["well-known", "well‑known", "well-\n  known", "well\u{ad}known", "well- known"], &["wellknown"]),
            (&["the office—a", "the office -- a", "the oﬃce – a"], &["the", "office", "a"]),
            (&["naïve façade", "nai\u{308}ve fac\u{327}ade"], &["naive", "facade"]),
            (&["1914-1918", "1914–1918"], &["19141918"]),
            (&["word¹ and", "word and"], &["word", "and"]),
            (&["民主集中", "民主 集中"], &["民", "主", "集", "中"]),
            (&["", "— * …"], &[]),
        ];
        for (settings, expected) in cases {
            for setting in *settings {
                assert_eq!(folded(setting), *expected, "{setting:?}");
            }
        }
    }

    #[test]
    fn gaps_are_alike_whatever_the_typography() {
        for (a, b) in [(". “", ".  \""), (" — ", "--"), ("...", "…"), (" *", "_ "), ("", " ")] {
            assert_eq!(gap_key(a), gap_key(b), "{a:?} {b:?}");
        }
        for (a, b) in [(". ", ", "), ("", "."), (".\n", ". ")] {
            assert_ne!(gap_key(a), gap_key(b), "{a:?} {b:?}");
        }
    }
}
