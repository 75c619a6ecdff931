//! Headings of a plain text: short lines that stand alone before prose and end without a full stop.

use std::collections::{HashMap, HashSet};

use crate::text::block::{BlockKind, Marker};

use super::series;
use crate::import::lines::draft::Draft;
use crate::import::lines::marks;
use crate::import::lines::width::is_wide;
use crate::import::lines::{Join, Lines};

/// Headings are at most this long, in characters and in words.
const LONGEST: usize = 90;
const MOST_WORDS: usize = 14;

/// So many lines of one make show what they are.
const MANY: usize = 5;

/// A paragraph of prose is at least this long; a heading stands before one.
const PROSE: usize = 90;

/// Marks headings; `levels` says whether a heading of the first level (the title) stands before them.
pub(in crate::import) fn headings(lines: &Lines<'_>, drafts: &mut [Draft]) {
    let mut sure = Vec::new();
    let mut doubtful = Vec::new();
    let again = lines_that_come_again(lines, drafts);
    let series = series::of(lines, drafts);
    let titles = titles(lines, drafts, &series);
    let speakers = speakers(lines, drafts);
    for i in 0..drafts.len() {
        if !drafts[i].is_prose()
            || series.contains_key(&i)
            || titles.contains_key(&i)
            || !stands_before_prose(lines, drafts, i)
        {
            continue;
        }
        let string = drafts[i].string(lines);
        // What comes again and again is a speaker of a play, a burden, a line of a form.
        if again.contains(string.trim()) || first_name(&string).is_some_and(|name| speakers.contains(name)) {
            continue;
        }
        match judge(&string) {
            HeadingVerdict::Heading => sure.push((i, string)),
            HeadingVerdict::Perhaps => doubtful.push((i, string)),
            HeadingVerdict::No => {}
        }
    }
    // A text in which every second paragraph is short and bare is a dialogue or a list, not a text with headings.
    let prose = drafts.iter().filter(|d| d.is_prose() && d.len(lines) >= PROSE).count();
    if sure.len() > prose {
        sure.clear();
    }
    let of_form = |all: &[(usize, String)], wanted: &str| all.iter().filter(|(_, s)| form(s) == Some(wanted)).count();
    let quoted = of_form(&sure, "quoted") >= 2;
    let numbered = of_form(&sure, "numbered") >= 2 || of_form(&doubtful, "numbered") >= 3;
    // Titles in capitals end with a full stop in many old books, and then in all of the book.
    let capitals = doubtful.iter().filter(|(_, s)| is_in_capitals(s)).count() >= MANY;
    let like = |s: &str| {
        capitals && is_in_capitals(s) || quoted && form(s) == Some("quoted") || numbered && form(s) == Some("numbered")
    };
    let found: Vec<(usize, String)> =
        doubtful.into_iter().filter(|(_, s)| like(s) || s.ends_with(['?', '!', '”', '’']) && is_titled(s)).collect();
    sure.extend(found);
    sure.extend(of_the_same_make(lines, drafts, &sure, &again));
    sure.extend(between_numbers(lines, drafts, &sure));
    let rank =
        |i: usize, s: &str| titles.get(&i).copied().unwrap_or(if form(s) == Some("numbered") { 200 } else { 201 });
    let mut all: Vec<(usize, u8)> = sure.iter().map(|(i, s)| (*i, rank(*i, s))).collect();
    all.extend(series.iter().map(|(i, rank)| (*i, rank * 2)));
    all.extend(titles.iter().filter(|(i, _)| sure.iter().all(|(s, _)| s != *i)).map(|(i, rank)| (*i, *rank)));
    let mut ranks: Vec<u8> = all.iter().map(|(_, rank)| *rank).collect();
    ranks.sort_unstable();
    ranks.dedup();
    for (i, rank) in all {
        let level = ranks.iter().position(|r| *r == rank).unwrap_or(0);
        drafts[i].kind = BlockKind::Heading;
        (drafts[i].skip, drafts[i].marker) = (0, Marker::None);
        drafts[i].depth = 2 + level.min(4) as u8;
    }
}

/// The titles of what a series counts, each with its rank, that of its series doubled and one more: where the line below
/// most of its numbers is a title, those below the others are too, whatever sign they end with.
fn titles(lines: &Lines<'_>, drafts: &[Draft], series: &HashMap<usize, u8>) -> HashMap<usize, u8> {
    const FEWEST: usize = 2;
    let bare = |i: usize| drafts[i].count() == 1 && drafts[i].first_line(lines).split_whitespace().count() <= 2;
    let title = |i: usize| {
        let (draft, next) = (drafts.get(i)?, drafts.get(i + 1)?);
        let string = draft.string(lines);
        let alone = draft.is_prose() && draft.parted && next.parted && draft.count() <= 2 && !series.contains_key(&i);
        let short = string.chars().count() <= LONGEST && string.split_whitespace().count() <= MOST_WORDS;
        let titled = is_in_capitals(&string) && !string.starts_with(['[', '(']);
        (alone && short && titled).then_some(i)
    };
    let mut ranks: HashMap<u8, (usize, Vec<usize>)> = HashMap::new();
    for (i, rank) in series.iter().filter(|(i, _)| bare(**i)) {
        let (count, found) = ranks.entry(*rank).or_default();
        *count += 1;
        found.extend(title(i + 1));
    }
    let most = ranks.into_iter().filter(|(_, (count, found))| found.len() >= FEWEST && found.len() * 3 >= count * 2);
    most.flat_map(|(rank, (_, found))| found.into_iter().map(move |i| (i, rank * 2 + 1))).collect()
}

/// The names that so many paragraphs begin with, each with a full stop, that they say who speaks: `Anna. A mill?`
fn speakers(lines: &Lines<'_>, drafts: &[Draft]) -> HashSet<String> {
    const OFTEN: usize = 4;
    const ALL: usize = 24;
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for draft in drafts.iter().filter(|d| d.given.is_none()) {
        if let Some(name) = first_name(draft.first_line(lines)) {
            *counts.entry(name).or_default() += 1;
        }
    }
    let often: Vec<(&str, usize)> = counts.into_iter().filter(|(_, count)| *count >= OFTEN).collect();
    if often.iter().map(|(_, count)| count).sum::<usize>() < ALL {
        return HashSet::new();
    }
    often.into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// The word and the full stop that a line begins with, if more words follow: `Anna.` Of a number they are a heading's.
fn first_name(line: &str) -> Option<&str> {
    let (name, rest) = line.trim_start_matches(['_', '*']).split_once(['.', ':'])?;
    let word = name.chars().count() >= 2 && name.chars().all(char::is_alphabetic);
    let named = word && name.starts_with(char::is_uppercase) && crate::word::roman::number(name, u32::MAX).is_none();
    (named && rest.trim_start_matches(['_', '*']).starts_with(' ')).then_some(name)
}

/// What short paragraphs say more than once.
fn lines_that_come_again(lines: &Lines<'_>, drafts: &[Draft]) -> HashSet<String> {
    let mut seen = HashSet::new();
    let mut again = HashSet::new();
    for draft in drafts.iter().filter(|d| d.is_prose() && d.len(lines) <= LONGEST) {
        let string = draft.string(lines).trim().to_owned();
        if !seen.insert(string.clone()) {
            again.insert(string);
        }
    }
    again
}

/// Lines in capitals that stand alone before a short section, where lines in capitals are this text's headings.
fn of_the_same_make(
    lines: &Lines<'_>,
    drafts: &[Draft],
    sure: &[(usize, String)],
    again: &HashSet<String>,
) -> Vec<(usize, String)> {
    let known: HashSet<usize> = sure.iter().filter(|(_, s)| is_in_capitals(s)).map(|(i, _)| *i).collect();
    let alike = |i: &usize| {
        let (draft, next) = (&drafts[*i], drafts.get(i + 1));
        let string = draft.string(lines);
        let alone = draft.is_prose() && draft.parted && draft.count() <= 2;
        let alone = alone && next.is_some_and(|n| n.parted && !matches!(n.kind, BlockKind::Rule | BlockKind::Footnote));
        (alone
            && is_in_capitals(&string)
            && matches!(judge(&string), HeadingVerdict::Heading)
            && !again.contains(string.trim()))
        .then_some((*i, string))
    };
    let all: Vec<(usize, String)> = (0..drafts.len()).filter_map(|i| alike(&i)).collect();
    if known.len() < 3 || known.len() * 2 < all.len() {
        return Vec::new();
    }
    all.into_iter().filter(|(i, _)| !known.contains(i)).collect()
}

/// Lines that stand alone and carry on the numbers of headings, `5.3`, `5.4`, whatever stands below them.
fn between_numbers(lines: &Lines<'_>, drafts: &[Draft], sure: &[(usize, String)]) -> Vec<(usize, String)> {
    const FEWEST: usize = 3;
    let known: HashSet<usize> = sure.iter().map(|(i, _)| *i).collect();
    let alone = |i: usize| {
        let parted = drafts[i].parted && drafts.get(i + 1).is_none_or(|next| next.parted);
        drafts[i].is_prose() && drafts[i].count() == 1 && parted && drafts[i].len(lines) <= LONGEST
    };
    let all: Vec<(usize, Vec<u32>)> = (0..drafts.len())
        .filter(|i| alone(*i))
        .filter_map(|i| Some((i, numbers(drafts[i].first_line(lines))?)))
        .collect();
    if all.iter().filter(|(i, _)| known.contains(i)).count() < FEWEST {
        return Vec::new();
    }
    let carries_on = |before: &[u32], this: &[u32]| {
        let same = before.iter().zip(this).take_while(|(a, b)| a == b).count();
        match this.get(same) {
            Some(next) if same == this.len() - 1 => before.get(same).map_or(*next == 1, |last| last + 1 == *next),
            // The first section of the next chapter.
            _ => {
                same == 0
                    && before.first().is_some_and(|last| this.first() == Some(&(last + 1)))
                    && this[1..].iter().all(|n| *n == 1)
            }
        }
    };
    let mut found = Vec::new();
    let mut before: Option<&[u32]> = None;
    for (i, this) in &all {
        let fits = before.is_some_and(|before| carries_on(before, this));
        if known.contains(i) || fits {
            before = Some(this);
        }
        if fits && !known.contains(i) {
            found.push((*i, drafts[*i].string(lines)));
        }
    }
    found
}

/// The numbers of a heading that has more than one: `5.4. Files`.
fn numbers(line: &str) -> Option<Vec<u32>> {
    let (label, rest) = line.split_once(' ')?;
    let parts: Vec<u32> = label.trim_end_matches('.').split('.').map(|n| n.parse().ok()).collect::<Option<_>>()?;
    (parts.len() > 1 && rest.contains(char::is_alphabetic)).then_some(parts)
}

fn is_in_capitals(s: &str) -> bool {
    s.chars().filter(|c| c.is_uppercase()).count() >= 4 && !s.chars().any(char::is_lowercase)
}

enum HeadingVerdict {
    Heading,
    /// The line ends as a sentence does, so other signs must speak for its being a heading.
    Perhaps,
    No,
}

fn judge(s: &str) -> HeadingVerdict {
    let words = s.split_whitespace().count();
    let letters = s.chars().filter(|c| c.is_alphabetic()).count();
    // Scripts that do not part words say more in fewer letters.
    if s.chars().filter(|c| is_wide(*c)).count() > LONGEST / 4 || marks::ends_sentence(s) && s.chars().any(is_wide) {
        return HeadingVerdict::No;
    }
    if s.chars().count() > LONGEST || words > MOST_WORDS || letters < 2 || !marks::begins_sentence(s) {
        return HeadingVerdict::No;
    }
    // Letters set apart are a printer's ornament on a page of titles.
    if words >= 4 && s.split_whitespace().all(|w| w.chars().count() == 1) {
        return HeadingVerdict::No;
    }
    // A quotation mark that nothing closes is speech, and what begins with brackets is said to an actor or an editor.
    if s.matches('"').count() % 2 == 1 || s.starts_with(['[', '{']) {
        return HeadingVerdict::No;
    }
    // So is what stands wholly in brackets; and what ends within itself is speech.
    let bracketed = s.strip_prefix('(').and_then(|s| s.strip_suffix(')')).is_some_and(|inner| !inner.contains(')'));
    if bracketed || s.ends_with(['?', '!']) && form(s).is_none() && ends_within(s) {
        return HeadingVerdict::No;
    }
    if is_entry(s) {
        return HeadingVerdict::No;
    }
    let opens = s.matches(['(', '[', '“']).count();
    let closes = s.matches([')', ']', '”']).count();
    if opens != closes || s.contains("://") || s.contains(['@', '©']) {
        return HeadingVerdict::No;
    }
    match s.chars().next_back() {
        Some('.') if words <= 12 && !s.ends_with("..") => HeadingVerdict::Perhaps,
        Some('?' | '!') if words <= 12 => HeadingVerdict::Perhaps,
        // What ends with a quotation mark may be speech.
        Some('”' | '’' | '»') => HeadingVerdict::Perhaps,
        Some(',' | ';' | ':' | '-' | '–' | '—' | '…' | '.' | '?' | '!' | '"' | '\'') | None => HeadingVerdict::No,
        // The sentence may end before brackets or stars.
        Some(')' | ']' | '*' | '_') if marks::ends_sentence(s) => HeadingVerdict::No,
        Some(_) if speaks(s) => HeadingVerdict::No,
        Some(_) => HeadingVerdict::Heading,
    }
}

/// Whether a line is one of a list of prices or pages, or says which picture stands below it: `Oats   1.20`, `The mill
/// [Figure 4]`.
fn is_entry(s: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let sum =
        s.split(char::is_whitespace).any(|w| w.strip_prefix(['$', '£', '€']).is_some_and(|n| n.starts_with(digit)));
    let remark = s.strip_suffix(']').and_then(|s| s.rsplit_once('[')).is_some_and(|(_, label)| !marks::is_label(label));
    // What stands far from a number at the beginning is its title.
    let rest = s.trim().split_once(' ').map_or("", |(_, rest)| rest.trim_start());
    sum || remark || rest.rsplit_once("  ").is_some_and(|(_, last)| last.contains(digit))
}

/// Whether a sentence ends before the last of a line does: `How! Part!`, `*Anna.* A mill?`
fn ends_within(s: &str) -> bool {
    // What is as short as `Mrs.` may be an abbreviation, where it is not set apart.
    let ends = |word: &str| {
        let bare = word.trim_end_matches(['*', '_']);
        bare.ends_with(['?', '!']) || bare.ends_with('.') && (bare.len() > 4 || bare.len() < word.len())
    };
    s.rsplit_once(char::is_whitespace).is_some_and(|(before, _)| before.split_whitespace().any(ends))
}

/// A line of a letter or of a scene, not of a contents: a signature, a date, a page of nothing.
fn speaks(s: &str) -> bool {
    let lower = s.to_lowercase();
    ["dear ", "yours ", "sincerely", "sign up", "subscribe", "share ", "by "].iter().any(|w| lower.starts_with(w))
}

/// Whether the next paragraph is prose and this one stands by itself.
fn stands_before_prose(lines: &Lines<'_>, drafts: &[Draft], i: usize) -> bool {
    let draft = &drafts[i];
    if draft.len(lines) > LONGEST * 4 || draft.count() > 3 {
        return false;
    }
    let parted =
        draft.parted || i == 0 || lines.all[draft.first as usize].join == Join::Start && drafts[i - 1].count() == 1;
    if is_signature(lines, draft.first as usize) {
        return false;
    }
    let Some(next) = drafts.get(i + 1) else { return false };
    // The heading of a chapter may stand before that of its section.
    let before_heading =
        |n: &Draft| n.is_prose() && n.parted && n.len(lines) < LONGEST && !marks::ends_sentence(n.last_line(lines));
    // What leads to a picture or to notes of music in brackets is a part of the text.
    let free = |n: &Draft| !n.first_line(lines).starts_with('[') || is_grand(&draft.string(lines));
    let prose =
        |n: &Draft| n.is_prose() && n.len(lines) >= PROSE && marks::begins_sentence(n.first_line(lines)) && free(n);
    let led_to = prose(next)
        || (matches!(next.kind, BlockKind::Quotation | BlockKind::Item) && next.len(lines) >= PROSE / 2)
        || (before_heading(next) && is_grand(&draft.string(lines)) && drafts.get(i + 2).is_some_and(prose));
    // A line that a verse, a list or a colon leads to belongs to them.
    let before = i.checked_sub(1).map(|b| &drafts[b]);
    let numbered = draft.parted && draft.count() == 1 && form(draft.first_line(lines)) == Some("numbered");
    let free = before.is_none_or(|b| {
        (!matches!(b.kind, BlockKind::Verse) || numbered) && marks::last_sign(b.last_line(lines)) != Some(':')
            || b.kind == BlockKind::Heading
    });
    parted && next.parted && led_to && free
}

/// Whether a line stands right below another and far to the right of it: whose words those are.
fn is_signature(lines: &Lines<'_>, i: usize) -> bool {
    const FAR: u16 = 12;
    let Some(above) = i.checked_sub(1).and_then(|i| lines.all.get(i)) else { return false };
    let Some(line) = lines.all.get(i) else { return false };
    let middle = |indent: u16, width: u32| u32::from(indent) * 2 + width;
    let far = middle(line.indent, line.end - line.start).abs_diff(middle(above.indent, above.end - above.start));
    lines.print.is_none() && line.gap == 0 && line.indent >= above.indent + FAR && far > u32::from(FAR)
}

/// Whether a heading may stand over other headings: in capitals.
fn is_grand(s: &str) -> bool {
    s.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !s.chars().any(char::is_lowercase)
}

/// The form of a heading that repeats: a quoted word and a colon, a number.
fn form(s: &str) -> Option<&'static str> {
    if s.starts_with(['‘', '“', '"']) && (s.contains("’:") || s.contains("”:") || s.contains("\":")) {
        return Some("quoted");
    }
    let number = s.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    let counts = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || "ivxlc".contains(c));
    (counts && s[number.len()..].starts_with('.')).then_some("numbered")
}

/// Whether most words are capitalised, as in a title.
fn is_titled(s: &str) -> bool {
    let words: Vec<&str> =
        s.split_whitespace().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 3).collect();
    let capital = |w: &&&str| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    words.len() >= 2 && words.iter().filter(capital).count() * 10 >= words.len() * 8
}
