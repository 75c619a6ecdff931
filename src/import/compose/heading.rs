//! Headings of a plain text: short lines that stand alone before prose and end without a full stop.

use crate::text::block::BlockKind;

use crate::import::lines::draft::Draft;
use crate::import::lines::marks;
use crate::import::lines::{Join, Lines};

/// Headings are at most this long, in characters and in words.
const LONGEST: usize = 90;
const MOST_WORDS: usize = 14;

/// A paragraph of prose is at least this long; a heading stands before one.
const PROSE: usize = 90;

/// Marks headings; `levels` says whether a heading of the first level (the title) stands before them.
pub(in crate::import) fn headings(lines: &Lines<'_>, drafts: &mut [Draft]) {
    let mut sure = Vec::new();
    let mut doubtful = Vec::new();
    for i in 0..drafts.len() {
        if !drafts[i].is_prose() || !stands_before_prose(lines, drafts, i) {
            continue;
        }
        let string = drafts[i].string(lines);
        match judge(&string) {
            Judgement::Heading => sure.push((i, string)),
            Judgement::Perhaps => doubtful.push((i, string)),
            Judgement::No => {}
        }
    }
    // A text in which every second paragraph is short and bare is a dialogue or a list, not a text with headings.
    let prose = drafts.iter().filter(|d| d.is_prose() && d.len(lines) >= PROSE).count();
    if sure.len() > prose {
        sure.retain(|(_, s)| rank_of(s) < 3);
    }
    let of_form = |all: &[(usize, String)], wanted: &str| all.iter().filter(|(_, s)| form(s) == Some(wanted)).count();
    let quoted = of_form(&sure, "quoted") >= 2;
    let numbered = of_form(&sure, "numbered") >= 2 || of_form(&doubtful, "numbered") >= 3;
    let like = |s: &str| quoted && form(s) == Some("quoted") || numbered && form(s) == Some("numbered");
    let found: Vec<(usize, String)> = doubtful
        .into_iter()
        .filter(|(_, s)| {
            like(s) || (s.ends_with(['?', '!']) && sure.len() >= 2 || s.ends_with(['?', '”', '’']) && is_titled(s))
        })
        .collect();
    sure.extend(found);
    let mut ranks: Vec<u8> = sure.iter().map(|(_, s)| rank_of(s)).collect();
    ranks.sort_unstable();
    ranks.dedup();
    for (i, string) in sure {
        let level = ranks.iter().position(|r| *r == rank_of(&string)).unwrap_or(0);
        drafts[i].kind = BlockKind::Heading;
        drafts[i].depth = 2 + level as u8;
    }
}

enum Judgement {
    Heading,
    /// It ends as a sentence does; others must speak for it.
    Perhaps,
    No,
}

fn judge(s: &str) -> Judgement {
    let words = s.split_whitespace().count();
    let letters = s.chars().filter(|c| c.is_alphabetic()).count();
    if s.chars().count() > LONGEST || words > MOST_WORDS || letters < 2 || !marks::begins_sentence(s) {
        return Judgement::No;
    }
    let opens = s.matches(['(', '[', '“']).count();
    let closes = s.matches([')', ']', '”']).count();
    if opens != closes || s.contains("://") || s.contains('@') {
        return Judgement::No;
    }
    if rank_of(s) < 2 {
        return Judgement::Heading;
    }
    match s.chars().next_back() {
        Some('.') if words <= 12 && !s.ends_with("..") => Judgement::Perhaps,
        Some('?' | '!') if words <= 12 => Judgement::Perhaps,
        // What ends with a quotation mark may be speech.
        Some('”' | '’' | '»') => Judgement::Perhaps,
        Some(',' | ';' | ':' | '-' | '–' | '—' | '…' | '.' | '?' | '!' | '"') | None => Judgement::No,
        Some(_) if speaks(s) => Judgement::No,
        Some(_) => Judgement::Heading,
    }
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
    let Some(next) = drafts.get(i + 1) else { return false };
    // The heading of a chapter may stand before that of its section.
    let before_heading =
        |n: &Draft| n.is_prose() && n.parted && n.len(lines) < LONGEST && !marks::ends_sentence(n.last_line(lines));
    let prose = |n: &Draft| n.is_prose() && n.len(lines) >= PROSE && marks::begins_sentence(n.first_line(lines));
    let led_to = prose(next)
        || (matches!(next.kind, BlockKind::Quotation | BlockKind::Item) && next.len(lines) >= PROSE / 2)
        || (before_heading(next) && is_grand(&draft.string(lines)) && drafts.get(i + 2).is_some_and(prose));
    // A line that a verse, a list or a colon leads to belongs to them.
    let before = i.checked_sub(1).map(|b| &drafts[b]);
    let free = before.is_none_or(|b| {
        !matches!(b.kind, BlockKind::Verse) && marks::last_sign(b.last_line(lines)) != Some(':')
            || b.kind == BlockKind::Heading
    });
    parted && next.parted && led_to && free
}

/// Whether a heading may stand over other headings: of a part or a chapter, or in capitals.
fn is_grand(s: &str) -> bool {
    rank_of(s) < 2 || s.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !s.chars().any(char::is_lowercase)
}

/// 0 for parts and books, 1 for chapters, 2 for numbered sections, 3 for all else.
fn rank_of(s: &str) -> u8 {
    let word = s.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_lowercase();
    let numbered = |s: &str| {
        let second = s.split_whitespace().nth(1).unwrap_or("").trim_end_matches(['.', ':', ',']);
        let roman = !second.is_empty() && second.chars().all(|c| "IVXLCivxlc".contains(c));
        let counted = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        roman
            || second.chars().all(|c| c.is_ascii_digit()) && !second.is_empty()
            || counted.contains(&second.to_lowercase().as_str())
    };
    match word.as_str() {
        "part" | "book" | "volume" if numbered(s) => 0,
        "chapter" | "lecture" | "letter" | "act" if numbered(s) => 1,
        w if !w.is_empty() && w.chars().all(|c| c.is_ascii_digit() || "ivxlc".contains(c)) && s.contains('.') => 2,
        _ => 3,
    }
}

/// The form of a heading that repeats: a quoted word and a colon, a number.
fn form(s: &str) -> Option<&'static str> {
    if s.starts_with(['‘', '“', '"']) && (s.contains("’:") || s.contains("”:") || s.contains("\":")) {
        return Some("quoted");
    }
    (rank_of(s) == 2).then_some("numbered")
}

/// Whether most words are capitalised, as in a title.
fn is_titled(s: &str) -> bool {
    let words: Vec<&str> =
        s.split_whitespace().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 3).collect();
    let capital = |w: &&&str| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    words.len() >= 2 && words.iter().filter(capital).count() * 10 >= words.len() * 8
}
