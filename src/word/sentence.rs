//! Sentences: where they begin and end within a block.
//!
//! Unicode's default rules (UAX #29) end a sentence at `V. I. Lenin` and `pp. 34`. Here a full stop ends one only where
//! nothing speaks against it: the word before is no initial and no known abbreviation, what follows does not go on in
//! lower case, and the stop is not inside a number.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::hash::WordMap;
use super::token::is_apostrophe;

/// Abbreviations that are followed by a name, so that a capital after them proves nothing. Lower case, without the last
/// stop.
#[rustfmt::skip]
const BEFORE_NAMES: &[&str] = &[
    "abb", "adm", "akad", "anm", "bzw", "ca", "capt", "cf", "col", "comm", "cp", "d.h", "dr", "e.g", "ed", "eds", "esp",
    "fr", "gen", "gov", "hon", "hr", "hrsg", "i.e", "lieut", "lt", "mgr", "mlle", "mme", "mr", "mrs", "ms", "mt",
    "op", "pres", "prof", "rev", "sen", "sgt", "st", "ste", "trans", "transl", "u.a", "v", "vgl", "viz", "vs", "z.b",
    "г", "им", "ин", "напр", "проф", "р", "ред", "св", "см", "ср", "т.е", "тов", "тт", "ул",
];

/// Abbreviations that are followed by a number; before anything else they are words (`art`, `no`) or the end of a line.
#[rustfmt::skip]
const BEFORE_NUMBERS: &[&str] = &[
    "apr", "art", "aug", "aufl", "bd", "bl", "ch", "chap", "dec", "dez", "feb", "fig", "figs", "fn", "fol", "jan", "kap",
    "l", "ll", "n", "nn", "no", "nos", "nov", "nr", "oct", "okt", "p", "par", "pl", "pp", "pt", "s", "sc", "sec", "sect",
    "sep", "sept", "sq", "vol", "vols", "гл", "кн", "п", "пп", "рис", "с", "ст", "стр", "т", "№",
];

/// Abbreviations that may well end a sentence; what follows decides.
#[rustfmt::skip]
const ANYWHERE: &[&str] = &[
    "a.d", "a.m", "al", "b.c", "b.c.e", "bros", "c.e", "cit", "co", "corp", "d.c", "dept", "etc", "ibid", "inc", "jr",
    "ltd", "p.m", "ph.d", "sr", "u.k", "u.n", "u.s", "u.s.a", "u.s.s.r", "usw", "гг", "др", "т.д", "т.п",
];

/// What an abbreviation is followed by.
#[derive(Debug, Clone, Copy)]
enum Before {
    Names,
    Numbers,
    Anything,
}

/// All of them, to be looked up: sentences are taken apart often.
static ABBREVIATIONS: LazyLock<WordMap<&str, Before>> = LazyLock::new(|| {
    let lists = [(ANYWHERE, Before::Anything), (BEFORE_NUMBERS, Before::Numbers), (BEFORE_NAMES, Before::Names)];
    lists.into_iter().flat_map(|(list, before)| list.iter().map(move |word| (*word, before))).collect()
});

/// None of them has more bytes, in whatever case it is written.
const LONGEST: usize = 16;

/// Capitalised words that follow an ordinal.
#[rustfmt::skip]
const AFTER_ORDINALS: &[&str] = &[
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
    "Jahrhundert", "Jh", "Kapitel", "Kongreß", "Kongress", "Parteitag",
];

/// The sentences of `block`, as byte ranges without the white space around them, in order. Together they hold every
/// character that is not white space.
pub(crate) fn sentences(block: &str) -> Vec<Range<usize>> {
    sentences_up_to(block, usize::MAX)
}

/// The first sentence of `block`; `None` where it has none.
pub(crate) fn first_sentence(block: &str) -> Option<Range<usize>> {
    sentences_up_to(block, 1).pop()
}

/// The first sentences of `block`, so many.
fn sentences_up_to(block: &str, most: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut begin = 0;
    let mut from = 0;
    while let Some((stop, after)) = next_stop(block, from) {
        from = after;
        if ends_sentence(block, begin, stop, after) {
            push(block, begin..after, &mut found);
            begin = after;
            if found.len() >= most {
                return found;
            }
        }
    }
    push(block, begin..block.len(), &mut found);
    found
}

/// The sentence of `block` that holds byte `offset`; the last one before it where it falls between two.
pub(crate) fn sentence_at(block: &str, offset: usize) -> Range<usize> {
    let all = sentences(block);
    let after = all.partition_point(|s| s.start <= offset);
    all.get(after.saturating_sub(1)).cloned().unwrap_or(0..block.len())
}

fn push(block: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let part = &block[range.clone()];
    let lead = part.len() - part.trim_start().len();
    let kept = part.trim();
    if !kept.is_empty() {
        let begin = range.start + lead;
        found.push(begin..begin + kept.len());
    }
}

/// The next run of closing punctuation from `from`: where it starts, and where what belongs to it ends (further stops,
/// closing quotes and brackets, the mark of a footnote).
fn next_stop(block: &str, from: usize) -> Option<(usize, usize)> {
    let stop = from + find_stop(&block[from..])?;
    let mut after = stop;
    let mut rest = block[stop..].chars().peekable();
    while let Some(&c) = rest.peek() {
        if !is_stop(c) && !is_closing(c) {
            break;
        }
        after += c.len_utf8();
        rest.next();
    }
    // A reference mark set tight against the stop: `power.[1]`, `power.¹`.
    if let Some(mark) = block[after..].strip_prefix('[')
        && let Some(close) = mark.find(']')
        && close <= 8
    {
        after += close + 2;
    }
    let marks: usize = block[after..].chars().take_while(|c| "¹²³⁴⁵⁶⁷⁸⁹⁰*†‡".contains(*c)).map(char::len_utf8).sum();
    Some((stop, after + marks))
}

/// Where the first stop stands. Bytes that begin none are stepped over without being read as characters.
fn find_stop(rest: &str) -> Option<usize> {
    let begins_one = |b: &u8| matches!(b, b'.' | b'!' | b'?' | b'\n' | 0xe0 | 0xe2 | 0xe3 | 0xef);
    let mut at = 0;
    loop {
        at += rest.as_bytes()[at..].iter().position(begins_one)?;
        let c = rest[at..].chars().next()?;
        if is_stop(c) {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Whether a sentence may end with this sign.
pub(crate) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '‽' | '।' | '\n')
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '"' | '»' | '›' | '”' | '“' | '‘' | '」' | '』') || is_apostrophe(c)
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '"'
            | '«'
            | '‹'
            | '“'
            | '„'
            | '‘'
            | '‚'
            | '»'
            | '—'
            | '–'
            | '-'
            | '¿'
            | '¡'
            | '*'
            | '_'
            | '\''
    )
}

fn ends_sentence(block: &str, begin: usize, stop: usize, after: usize) -> bool {
    let marks = &block[stop..after];
    let Some(first) = marks.chars().next() else { return false };
    // A line break inside a block is a soft wrap or verse: only an empty line parts sentences.
    if first == '\n' {
        return marks.contains("\n\n");
    }
    if matches!(first, '。' | '！' | '？' | '।') {
        return true;
    }
    let rest = &block[after..];
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) && !rest.starts_with(is_opening) {
        return false;
    }
    let follows = rest.trim_start().trim_start_matches(is_opening);
    let Some(next) = follows.chars().next() else { return true };
    let goes_on = next.is_lowercase() || matches!(next, ',' | ';' | ':');
    match first {
        '!' | '?' | '‽' => !goes_on || !closes_quote(marks),
        '…' => !goes_on,
        _ if marks.starts_with("..") => !goes_on,
        _ => !goes_on && !is_abbreviation(&block[begin..stop], next, follows),
    }
}

/// Whether the marks close a quotation, after which lower case goes on with the sentence (`“Why?” she asked`).
fn closes_quote(marks: &str) -> bool {
    marks.chars().skip(1).any(is_closing)
}

/// Whether the stop after `before` (the sentence so far) marks an abbreviation, given what `follows` it and the `next`
/// character, its first.
fn is_abbreviation(before: &str, next: char, follows: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || is_opening(c)).next().unwrap_or("");
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    // Initials: `V. I. Lenin`, `J.-P. Sartre`. A lone `I` ends sentences too seldom to matter, except before a verb.
    let initials = letters > 0 && word.split(['.', '-']).all(|p| p.chars().count() <= 1);
    if initials && word.chars().any(char::is_uppercase) {
        return next.is_uppercase() || next.is_numeric();
    }
    match known(word) {
        Some(Before::Names) => return true,
        Some(Before::Numbers) => return next.is_numeric() || matches!(next, 'I' | 'V' | 'X' | 'L' | 'C'),
        Some(Before::Anything) => return !next.is_uppercase(),
        None => {}
    }
    // The number of an item, or an ordinal as German and its neighbours write it: `1. The first`, `am 3. Oktober`.
    let ordinal = word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit());
    ordinal && (before.trim() == word || AFTER_ORDINALS.iter().any(|m| follows.starts_with(m)))
}

/// What follows a word, where it is an abbreviation.
fn known(word: &str) -> Option<Before> {
    if word.len() > LONGEST {
        return None;
    }
    let is_lower = word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    let lower = if is_lower { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
    ABBREVIATIONS.get(&*lower).copied()
}

#[cfg(test)]
mod tests {
    use super::{sentence_at, sentences};
    use proptest::prelude::*;

    fn split(s: &str) -> Vec<&str> {
        sentences(s).into_iter().map(|r| &s[r]).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_says_so() {
        let cases: &[&[&str]] = &[
            &["One.", "Two!", "Three?", "Four"],
            &["So V. I. Lenin wrote it.", "Then he left."],
            &["See pp. 34 and 35, i.e. the end of ch. 2 and vol. V of the works.", "Next."],
            &["Dr. Smith met Mr. J. Post at No. 7.", "It rained."],
            &["It cost 3.5 million (cf. Pipes 1990).", "He paid."],
            &["“Why?” she asked.", "“Because.”", "He left."],
            &["He said “No.”", "Then he left."],
            &["Workers … and soldiers went on...", "The rest stayed."],
            &["unions, strikes, etc. are not enough.", "They are a start, etc.", "More follows."],
            &["It was so.[1]", "The other was not.²", "End."],
            &["the U.S. government and the U.S.S.R. of old.", "End."],
            &["a soft\nwrapped line.", "And another\none."],
            &["Это т.е. так.", "См. стр. 5 и далее.", "Конец."],
            &["Am 3. Oktober z.B. war es so.", "Danach nicht."],
            &["これは文です。", "次の文。"],
            &["1. The first point stands.", "It falls."],
        ];
        for expected in cases {
            let whole = expected.join(" ");
            assert_eq!(split(&whole), *expected, "{whole}");
        }
        assert_eq!(split("これは文です。次の文。"), ["これは文です。", "次の文。"]);
        assert!(split("  \n ").is_empty());
    }

    #[test]
    fn the_sentence_of_an_offset_holds_it() {
        let s = "One is here. Two is there.";
        assert_eq!(&s[sentence_at(s, 3)], "One is here.");
        assert_eq!(&s[sentence_at(s, 13)], "Two is there.");
        assert_eq!(&s[sentence_at(s, 99)], "Two is there.");
        assert_eq!(sentence_at("", 0), 0..0);
    }

    proptest! {
        #[test]
        fn stops_are_found_among_characters_that_begin_alike(s in "[a.!?…‽。।！？\n‘’—ऀ〜ﾟé]{0,12}") {
            prop_assert_eq!(super::find_stop(&s), s.find(super::is_stop));
        }

        #[test]
        fn sentences_lose_nothing_but_white_space(s in "([A-Za-z]{1,6}[.!?…,]{0,3}[ \n”\")]{0,2}){0,12}") {
            let mut at = 0;
            for r in sentences(&s) {
                prop_assert!(r.start >= at);
                prop_assert!(s[at..r.start].trim().is_empty());
                at = r.end;
            }
            prop_assert!(s[at..].trim().is_empty());
        }
    }
}
