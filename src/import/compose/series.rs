//! Headings in series: `CHAPTER I`, `CHAPTER II`; `Kapitel 1`, `Kapitel 2`; `第一章`, `第二章`; `I.`, `II.`
//!
//! What counts the parts of a text is a heading whatever stands below it, and all of a series are alike. A series is a word
//! and a number, or a number alone, that counts up from line to line, each standing by itself.

use std::collections::{HashMap, HashSet};

use crate::import::lines::Lines;
use crate::import::lines::draft::Draft;
use crate::import::lines::marks;
use crate::text::block::{BlockKind, Marker};
use crate::word::roman;

/// Parts are counted up to here in Roman numerals; beyond are words (`MIX`).
const GREATEST_ROMAN: u32 = 399;

/// Headings are at most this long, in bytes, and this many lines.
const LONGEST: usize = 160;
const MOST_LINES: usize = 3;

/// A paragraph that counts.
struct Member<'a> {
    draft: usize,
    /// The word before the number; empty where there is none.
    word: String,
    number: u32,
    /// What stands after the number.
    rest: &'a str,
    /// The word that counts before the part, in small letters; empty where a number does.
    ordinal: String,
}

/// The paragraphs that are headings in series, each with its rank: the grander, the fewer of its kind there are.
pub(super) fn of(lines: &Lines<'_>, drafts: &[Draft]) -> HashMap<usize, u8> {
    let mut kinds: HashMap<String, Vec<Member<'_>>> = HashMap::new();
    let letters = letters(lines, drafts);
    let mut ordinals: HashMap<String, Vec<String>> = HashMap::new();
    for (i, draft) in drafts.iter().enumerate() {
        let next_parted = drafts.get(i + 1).is_some_and(|next| next.parted);
        let alone = draft.is_prose()
            && (draft.parted && next_parted || is_line_of_its_own(lines, draft, drafts.get(i + 1)))
            && draft.count() <= MOST_LINES
            && draft.len(lines) <= LONGEST;
        // A bare number and words are an item, or a sentence.
        let counts =
            |(word, _, rest): &(String, u32, &str)| !word.is_empty() || rest.is_empty() && !letters.contains(&i);
        if let Some((word, number, rest)) = alone.then(|| counted(draft.first_line(lines))).flatten().filter(counts) {
            kinds.entry(word.clone()).or_default().push(Member {
                draft: i,
                word,
                number,
                rest,
                ordinal: String::new(),
            });
        } else if let Some((word, number)) = alone.then(|| in_words(draft.first_line(lines))).flatten() {
            kinds.entry(word.clone()).or_default().push(Member {
                draft: i,
                word,
                number,
                rest: "",
                ordinal: String::new(),
            });
        } else if let Some((first, part)) = alone.then(|| ordinal(draft.first_line(lines))).flatten() {
            // Which ordinal it is, the order of their first coming says.
            let known = ordinals.entry(part.clone()).or_default();
            let place = known.iter().position(|o| *o == first).unwrap_or(known.len());
            if place == known.len() {
                known.push(first.clone());
            }
            let (word, number) = (format!(" {part}"), place as u32 + 1);
            kinds.entry(word.clone()).or_default().push(Member { draft: i, word, number, rest: "", ordinal: first });
        }
    }
    let (mut series, others): (Vec<_>, Vec<_>) = kinds.into_values().partition(|members| is_series(members));
    series.extend(chapters(lines, drafts, &series));
    // The first act of a play, though it be the only one, stands over its scenes.
    let known: HashMap<usize, &str> = series.iter().flatten().map(|m| (m.draft, m.ordinal.as_str())).collect();
    let over = |members: &Vec<Member<'_>>| {
        let [first] = members.as_slice() else { return false };
        let counts = first.number == 1 && !first.word.is_empty() && first.rest.is_empty();
        // Two words are an ordinal and a part where the first scene below is counted by the same.
        counts && known.get(&(first.draft + 1)).is_some_and(|ordinal| *ordinal == first.ordinal)
    };
    let over: Vec<Vec<Member<'_>>> = others.into_iter().filter(over).collect();
    series.extend(over);
    // Chapters, then sections by the depth of their numbers; bare numbers are the smallest parts.
    series.sort_by_key(|members| {
        let word = members[0].word.as_str();
        let class = if word.is_empty() { u8::MAX } else { word.bytes().filter(|b| *b == b'.').count() as u8 };
        (class, members.len(), members[0].draft)
    });
    let ranked = series.iter().enumerate();
    ranked.flat_map(|(rank, members)| members.iter().map(move |m| (m.draft, rank.min(90) as u8))).collect()
}

/// Lines such as `3. Files` that stand over sections whose numbers go on from theirs, `3.1`: one deeper series proves
/// them. What was taken for an item of a list by its number is one of them too.
fn chapters<'a>(lines: &Lines<'a>, drafts: &[Draft], series: &[Vec<Member<'a>>]) -> Option<Vec<Member<'a>>> {
    const FEWEST: usize = 2;
    let mut sections: Vec<usize> = series.iter().flatten().filter(|m| m.word == "..").map(|m| m.draft).collect();
    sections.sort_unstable();
    let leads = |i: usize, number: u32| {
        let next = sections.get(sections.partition_point(|section| *section < i))?;
        let label = drafts[*next].first_line(lines).split([' ', '\u{a0}']).next().unwrap_or("");
        let mut parts = label.trim_start_matches('§').trim_end_matches('.').split('.');
        (parts.next()?.parse() == Ok(number) && parts.next() == Some("1")).then_some(())
    };
    let member = |i: usize| {
        let draft = &drafts[i];
        let line = lines.str(draft.first as usize);
        let item = draft.kind == BlockKind::Item && matches!(draft.marker, Marker::Number(_));
        let alone = (draft.is_prose() || item) && draft.parted && draft.count() == 1 && draft.len(lines) <= LONGEST;
        let next_parted = drafts.get(i + 1).is_some_and(|next| next.parted);
        let (first, rest) = line.split_once([' ', '\u{a0}']).filter(|_| alone && next_parted)?;
        let digits = first.trim_end_matches('.');
        let number: u32 = digits.parse().ok().filter(|_| digits.len() <= 2)?;
        let titled = rest.contains(char::is_alphabetic) && !marks::ends_sentence(rest);
        leads(i, number).filter(|()| titled)?;
        Some(Member { draft: i, word: ".".to_owned(), number, rest: rest.trim_start(), ordinal: String::new() })
    };
    let found: Vec<Member<'_>> = (0..drafts.len()).filter_map(member).collect();
    let rises = found.windows(2).all(|w| w[1].number > w[0].number);
    (found.len() >= FEWEST && rises).then_some(found)
}

/// The lines of one letter that stand in a run of the alphabet: `B.`, `C.`, `D.` Then `C.` counts nothing.
fn letters(lines: &Lines<'_>, drafts: &[Draft]) -> HashSet<usize> {
    let letter = |draft: &Draft| {
        let mut all = draft.first_line(lines).trim().trim_end_matches('.').chars();
        let first = all.next().filter(char::is_ascii_uppercase);
        first.filter(|_| all.next().is_none() && draft.count() == 1 && draft.is_prose())
    };
    let all: Vec<(usize, char)> = drafts.iter().enumerate().filter_map(|(i, d)| Some((i, letter(d)?))).collect();
    let rises = |a: char, b: char| (1..=3).contains(&(b as i32 - a as i32));
    let plain = |c: char| roman::number(&c.to_string(), GREATEST_ROMAN).is_none();
    let in_run = |n: usize| {
        let before = n.checked_sub(1).map(|n| all[n].1).filter(|a| rises(*a, all[n].1));
        let after = all.get(n + 1).map(|(_, b)| *b).filter(|b| rises(all[n].1, *b));
        let beside = |c: Option<char>| c.is_some_and(plain);
        beside(before) || beside(after) || before.is_some() && after.is_some()
    };
    (0..all.len()).filter(|n| in_run(*n)).map(|n| all[n].0).collect()
}

/// Whether a draft is a line such as `第三章` among paragraphs of one line each, as Chinese and Japanese novels have them
/// without blank lines.
fn is_line_of_its_own(lines: &Lines<'_>, draft: &Draft, next: Option<&Draft>) -> bool {
    let line = draft.first_line(lines);
    draft.count() == 1
        && next.is_some_and(|next| next.count() == 1 && next.is_prose())
        && chinese(line).is_some()
        && !marks::ends_sentence(line)
}

/// Whether the members count up: most by one, the others from the beginning again.
fn is_series(members: &[Member<'_>]) -> bool {
    let bare = members[0].word.is_empty();
    if members[0].word.starts_with(' ') && !are_ordinals(members) {
        return false;
    }
    // Of two that come again and again, an old man and a young man, neither is a part of the text.
    let kinds = members.iter().map(|m| m.number).max().unwrap_or(0) as usize;
    if members[0].word.starts_with(' ') && kinds < 3 && members.len() > kinds {
        return false;
    }
    if members.len() < 2 || bare && members.len() < 3 || members[0].number > 3 {
        return false;
    }
    let steps = members.windows(2).filter(|w| w[1].number == w[0].number + 1 || w[1].number == 1).count();
    // A number and a sentence is an item of a list; a word, a number and a sentence says something.
    let said = members
        .iter()
        .filter(|m| marks::ends_sentence(m.rest) && m.rest.len() > 40 || marks::continues_sentence(m.rest))
        .count();
    let bare_alone = !bare || members.iter().all(|m| m.rest.is_empty());
    steps * 10 >= (members.len() - 1) * 8 && said * 5 <= members.len() && bare_alone
}

/// Whether the words before a part count it: in most languages all of these end alike, and in the others they are known.
fn are_ordinals(members: &[Member<'_>]) -> bool {
    let last = |m: &Member<'_>| m.ordinal.chars().next_back();
    let known = members.iter().filter(|m| IN_WORDS.iter().any(|words| words.contains(&m.ordinal.as_str()))).count();
    known * 2 >= members.len() || members.iter().all(|m| last(m) == last(&members[0]))
}

/// The two words of a line of no more, `Erster Auftritt`, `Second Part`, in small letters: the second may be the name of the
/// parts of a text, and the first count them.
fn ordinal(line: &str) -> Option<(String, String)> {
    let (first, part) = line.trim_end_matches('.').split_once(' ')?;
    // `The First Book`: an article may stand before it.
    let (first, part) = match part.split_once(' ') {
        Some(own) if first.chars().count() <= 3 && first.chars().all(char::is_alphabetic) => own,
        _ => (first, part),
    };
    let word = |w: &str, least: usize| w.chars().count() >= least && w.chars().all(char::is_alphabetic);
    let named = first.starts_with(char::is_uppercase) && word(first, 4) && word(part, 3);
    named.then(|| (first.to_lowercase(), part.to_lowercase()))
}

/// The first numbers in words, as parts of books are counted: `Part One`, `Livre premier`, `Часть первая`. Which stand before their part
/// are told by [`ordinal`].
const IN_WORDS: [&[&str]; 10] = [
    &[
        "one",
        "first",
        "eins",
        "un",
        "premier",
        "première",
        "uno",
        "primero",
        "primera",
        "primo",
        "prima",
        "primeiro",
        "primeira",
        "первая",
        "первый",
        "первое",
        "een",
    ],
    &[
        "two",
        "second",
        "zwei",
        "deux",
        "deuxième",
        "seconde",
        "dos",
        "segundo",
        "segunda",
        "secondo",
        "seconda",
        "вторая",
        "второй",
        "второе",
        "twee",
    ],
    &[
        "three",
        "third",
        "drei",
        "trois",
        "troisième",
        "tres",
        "tercero",
        "tercera",
        "terzo",
        "terza",
        "terceiro",
        "terceira",
        "третья",
        "третий",
        "третье",
        "drie",
    ],
    &[
        "four",
        "fourth",
        "vier",
        "quatre",
        "quatrième",
        "cuatro",
        "cuarto",
        "cuarta",
        "quarto",
        "quarta",
        "четвертая",
        "четвёртая",
        "четвертый",
        "четвёртый",
    ],
    &["five", "fifth", "fünf", "cinq", "cinquième", "cinco", "quinto", "quinta", "пятая", "пятый", "vijf"],
    &["six", "sixth", "sechs", "sixième", "seis", "sexto", "sexta", "sesto", "sesta", "шестая", "шестой", "zes"],
    &[
        "seven",
        "seventh",
        "sieben",
        "sept",
        "septième",
        "siete",
        "séptimo",
        "séptima",
        "settimo",
        "settima",
        "sétimo",
        "sétima",
        "седьмая",
        "седьмой",
        "zeven",
    ],
    &[
        "eight",
        "eighth",
        "acht",
        "huit",
        "huitième",
        "ocho",
        "octavo",
        "octava",
        "ottavo",
        "ottava",
        "oitavo",
        "oitava",
        "восьмая",
        "восьмой",
    ],
    &[
        "nine",
        "ninth",
        "neun",
        "neuf",
        "neuvième",
        "nueve",
        "noveno",
        "novena",
        "nono",
        "nona",
        "девятая",
        "девятый",
        "negen",
    ],
    &[
        "ten",
        "tenth",
        "zehn",
        "dix",
        "dixième",
        "diez",
        "décimo",
        "décima",
        "decimo",
        "decima",
        "десятая",
        "десятый",
        "tien",
    ],
];

/// The word and the number of a line of these two and no more.
fn in_words(line: &str) -> Option<(String, u32)> {
    let (part, last) = line.trim_end_matches(['.', ':']).split_once(' ')?;
    let named =
        part.chars().count() >= 3 && part.chars().all(char::is_alphabetic) && part.starts_with(char::is_uppercase);
    let last = last.to_lowercase();
    let last = last.strip_prefix("the ").unwrap_or(&last);
    let number = IN_WORDS.iter().position(|words| words.contains(&last)).filter(|_| named)?;
    Some((part.to_lowercase(), number as u32 + 1))
}

/// The word, the number, and what follows, of a line that begins so: `Chapter IV. The end`, `§ 3`, `第三章 …`, `12.`
fn counted(line: &str) -> Option<(String, u32, &str)> {
    let line = line.trim_start_matches(['*', '_', '[', '(']);
    if let Some(found) = chinese(line) {
        return Some(found);
    }
    let (first, after) = line.split_once([' ', '\u{a0}']).unwrap_or((line, ""));
    if let Some((depth, number)) = dotted(first).filter(|_| !after.trim().is_empty()) {
        return Some((".".repeat(depth), number, after.trim_start()));
    }
    if let Some(number) = number(first) {
        return Some((String::new(), number, after.trim_start()));
    }
    let word = first.trim_end_matches(['.', ':']);
    let named =
        word.chars().all(|c| c.is_alphabetic() || c == '§') && word.starts_with(|c: char| c.is_uppercase() || c == '§');
    let after = after.trim_start();
    let (second, rest) = after.split_once([' ', '\u{a0}']).unwrap_or((after, ""));
    let closed = second.ends_with(['.', ':', ',', ']', ')', '-', '—', '_', '*'])
        || rest.is_empty()
        || rest.starts_with(['-', '—', '–', ':']);
    let number = number(second)?;
    (named && (closed || rest.starts_with(|c: char| c.is_uppercase())) && word.chars().count() <= 16)
        .then(|| (word.to_lowercase(), number, rest.trim_start()))
}

/// `3.4.1.`: how deep it is, and its last number.
fn dotted(word: &str) -> Option<(usize, u32)> {
    let numbers: Vec<&str> = word.strip_prefix('§').unwrap_or(word).trim_end_matches(['.', ')']).split('.').collect();
    let plain = |n: &&str| !n.is_empty() && n.len() <= 3 && n.bytes().all(|b| b.is_ascii_digit());
    if !(2..=6).contains(&numbers.len()) || !numbers.iter().all(plain) {
        return None;
    }
    Some((numbers.len(), numbers.last()?.parse().ok()?))
}

/// A number in digits or Roman numerals, with the signs after it.
fn number(word: &str) -> Option<u32> {
    let bare = word.trim_matches(|c: char| matches!(c, '.' | ':' | ',' | ')' | ']' | '_' | '*' | '-' | '—' | '('));
    if bare.is_empty() || bare.len() > 8 {
        return None;
    }
    if bare.bytes().all(|b| b.is_ascii_digit()) {
        return bare.parse().ok().filter(|n| *n < 1000);
    }
    roman::number(bare, GREATEST_ROMAN)
}

/// `第三章`, `第12回`: a number between 第 and the word for the part.
fn chinese(line: &str) -> Option<(String, u32, &str)> {
    let rest = line.strip_prefix('第')?;
    let end = rest.find(|c| !"一二三四五六七八九十百〇零0123456789０１２３４５６７８９".contains(c))?;
    let (digits, after) = rest.split_at(end);
    let part = after.chars().next()?;
    let mut number = 0u32;
    let mut digit = 0u32;
    for c in digits.chars() {
        match c {
            '十' => (number, digit) = (number + digit.max(1) * 10, 0),
            '百' => (number, digit) = (number + digit.max(1) * 100, 0),
            _ => {
                let place = "〇一二三四五六七八九".chars().position(|d| d == c);
                let plain = c.to_digit(10).or_else(|| (c as u32).checked_sub('０' as u32).filter(|d| *d < 10));
                digit = digit * 10 + place.map_or(plain.unwrap_or(0), |p| p as u32);
            }
        }
        if number > 1000 || digit > 1000 {
            return None;
        }
    }
    Some((part.to_string(), number + digit, after[part.len_utf8()..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_count_are_told_from_sentences() {
        let cases = [
            ("CHAPTER IV. The end", Some(("chapter", 4, "The end"))),
            ("Kapitel 3", Some(("kapitel", 3, ""))),
            ("SCENE I. _The mill._", Some(("scene", 1, "_The mill._"))),
            ("XII.", Some(("", 12, ""))),
            ("3.4.1. Purpose", Some(("...", 1, "Purpose"))),
            ("第十二章 河", Some(("章", 12, "河"))),
            ("Article 5", Some(("article", 5, ""))),
            ("In 1917 the war went on", None),
            ("He I know not", None),
            ("the 3", None),
        ];
        for (line, expected) in cases {
            let found = counted(line);
            let found = found.as_ref().map(|(word, number, rest)| (word.as_str(), *number, *rest));
            assert_eq!(found, expected, "{line}");
        }
    }
}
