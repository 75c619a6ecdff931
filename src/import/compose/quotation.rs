//! Quotations: what the layout sets in, and paragraphs in quotation marks that say where they are from. Paragraphs in
//! quotation marks that say nothing more are speech, as every novel has it.
//!
//! Who is quoted is told by the text alone where it names the source: `— Rosa Luxemburg, 1918` below, or `(V. I. Lenin,
//! Works, vol. 7)`. No phrase that leads to a quotation is looked at: it is of one language, and its subject may be
//! anybody.

use crate::text::block::{BlockKind, Marker};

use crate::import::lines::Lines;
use crate::import::lines::draft::Draft;

/// How long a quotation that says where it is from is at least, in bytes; shorter ones are within a conversation.
const LONG: usize = 80;

/// Paragraphs that open with a mark and close none, before the last that does.
const MOST: usize = 6;

/// In a text of which this many in a hundred paragraphs open with a quotation mark, people speak.
const SPEECH: usize = 8;

/// Marks quotations, and who is quoted.
pub(in crate::import) fn recognise(lines: &Lines<'_>, drafts: &mut [Draft]) {
    let opens = |d: &Draft| d.first_line(lines).trim_start_matches(['*', '_']).starts_with(OPENING);
    let prose = drafts.iter().filter(|d| d.is_prose()).count();
    let speech = drafts.iter().filter(|d| d.is_prose() && opens(d)).count();
    let conversation = speech >= 4 && speech * 100 > prose * SPEECH;
    let mut i = 0;
    while i < drafts.len() {
        let set_in = drafts[i].kind == BlockKind::Quotation;
        let end = if set_in {
            end_of_set_in(drafts, i)
        } else if may_quote(&drafts[i]) && opens(&drafts[i]) && !conversation {
            extent(lines, drafts, i)
        } else {
            i
        };
        let Some(last) = end.checked_sub(1).filter(|_| end > i) else {
            i += 1;
            continue;
        };
        // The line below that names the source is the quotation's.
        let below = drafts.get(end).filter(|d| d.is_prose() && d.count() == 1);
        let dash = below.is_some_and(|d| names_after_dash(d.first_line(lines)));
        let by = drafts.get(end).and_then(|d| in_brackets(d.first_line(lines))).map(Into::into);
        for draft in &mut drafts[i..=last + usize::from(dash)] {
            draft.kind = BlockKind::Quotation;
            draft.quoted = draft.quoted.max(1);
            draft.speaker.clone_from(&by);
        }
        i = end + usize::from(dash);
    }
}

const OPENING: [char; 6] = ['“', '"', '«', '„', '「', '『'];

/// Whether a paragraph may be a quotation: one of the text, or of a comment on it.
fn may_quote(draft: &Draft) -> bool {
    let comment = draft.kind == BlockKind::Item && draft.marker == Marker::None && draft.voice.is_some();
    draft.given.is_none() && (comment || draft.kind == BlockKind::Paragraph)
}

fn end_of_set_in(drafts: &[Draft], from: usize) -> usize {
    from + drafts[from..].iter().take_while(|d| d.kind == BlockKind::Quotation).count()
}

/// The end of the quotation that begins at paragraph `i`; `i` where there is none.
fn extent(lines: &Lines<'_>, drafts: &[Draft], i: usize) -> usize {
    let mut length = 0;
    for (n, draft) in drafts[i..].iter().take_while(|d| may_quote(d)).take(MOST).enumerate() {
        let string = draft.string(lines);
        length += string.len();
        let whole = match enclosed(&string) {
            Enclosed::Whole => true,
            Enclosed::Opens => false,
            // A mark that closes what the first paragraph opened.
            Enclosed::No if n > 0 && closes_alone(&string) => true,
            Enclosed::No => return i,
        };
        if whole {
            let next = drafts.get(i + n + 1).filter(|d| d.is_prose());
            let below = next
                .is_some_and(|d| names_after_dash(d.first_line(lines)) || in_brackets(d.first_line(lines)).is_some());
            let from = below || length >= LONG && (ends_with_mark(&string) || ends_with_page(&string));
            return if from { i + n + 1 } else { i };
        }
    }
    i
}

enum Enclosed {
    /// Opened at its start and closed at its end, and not in between.
    Whole,
    /// Opened at its start and never closed.
    Opens,
    No,
}

fn enclosed(s: &str) -> Enclosed {
    let body = s.trim().trim_start_matches(['*', '_']);
    let end = without_source(body);
    let Some(open) = body.chars().next().filter(|c| OPENING.contains(c)) else {
        return Enclosed::No;
    };
    let close = match open {
        '“' => '”',
        '«' => '»',
        '„' => '“',
        '「' => '」',
        '『' => '』',
        other => other,
    };
    let inner = &end[open.len_utf8().min(end.len())..];
    let mut depth = 1usize;
    for (at, c) in inner.char_indices() {
        if c == close && depth == 0 {
            return Enclosed::No;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                let last = inner[at + c.len_utf8()..].trim_matches(['.', ',', '*', '_', ' ']).is_empty();
                // A gap between two quotations that belong together.
                let again = inner[at + c.len_utf8()..].trim_start_matches(['.', ' ', '…', ',']).starts_with(open);
                if last {
                    return Enclosed::Whole;
                }
                if !again {
                    return Enclosed::No;
                }
            }
        } else if c == open {
            depth += 1;
        }
    }
    if depth > 0 { Enclosed::Opens } else { Enclosed::No }
}

/// Whether the paragraph ends with a closing mark that it does not open.
fn closes_alone(s: &str) -> bool {
    let end = without_source(s);
    end.trim_end_matches(['.', ',']).ends_with('”') && end.matches('”').count() > end.matches('“').count()
}

/// Without the mark of a note or the page in brackets at the end.
fn without_source(s: &str) -> &str {
    let s = s.trim_end();
    let cut = match s.strip_suffix(']').and_then(|r| r.rsplit_once('[')) {
        Some((before, label)) if label.len() <= 4 => before,
        _ => s,
    };
    let cut = cut.trim_end();
    match cut.trim_end_matches('.').rsplit_once('(') {
        Some((before, _)) if ends_with_page(cut) => before.trim_end(),
        _ => cut,
    }
}

/// `…(47-8).`, `… (p. 5)`, `… (S. 12)`: the page of the book that is quoted.
fn ends_with_page(s: &str) -> bool {
    let s = s.trim_end().trim_end_matches('.');
    let Some((_, page)) = s.strip_suffix(')').and_then(|r| r.rsplit_once('(')) else { return false };
    // A letter or two and a full stop stand for "page" in most languages.
    let number = match page.split_once(". ") {
        Some((word, number)) if word.chars().count() <= 3 && word.chars().all(char::is_alphabetic) => number,
        _ => page,
    };
    !number.is_empty()
        && number.len() <= 12
        && number.contains(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | ',' | ' '))
}

fn ends_with_mark(s: &str) -> bool {
    s.trim_end().ends_with(']') && without_source(s).len() < s.trim_end().len()
}

/// `— Rosa Luxemburg, 1918`: a dash and a name. One who speaks after a dash ends a sentence.
fn names_after_dash(line: &str) -> bool {
    let Some(rest) = line.strip_prefix(['—', '―', '–']).or_else(|| line.strip_prefix("--")) else { return false };
    let name = rest.trim_start().split([',', '(', ';', ':']).next().unwrap_or("").trim();
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |w: &&&str| w.starts_with(char::is_uppercase);
    (1..=6).contains(&words.len())
        && words.first().as_ref().is_some_and(capital)
        && words.iter().filter(capital).count() * 2 >= words.len()
        && !name.ends_with(['!', '?', '…', '.'])
        && match rest.trim_start()[name.len()..].split_once([',', '(']) {
            // What comes after a name is a title, a place, a year; what comes after a word is more words.
            Some((_, more)) => {
                let more = more.trim_start_matches([' ', '*', '_', '“', '«', '"']);
                let abbreviated = more.split(' ').next().is_some_and(|w| w.ends_with('.') && w.chars().count() <= 4);
                more.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) || abbreviated
            }
            None => words.len() > 1,
        }
}

/// The person whom a line in brackets after a quotation names: `(V.I.Lenin, Selected Works, Vol. VII)`.
fn in_brackets(line: &str) -> Option<String> {
    let inner = line.strip_prefix('(')?;
    let name = inner.split([',', ')']).next()?.trim();
    (line.ends_with([')', '.']) && has_initials(name)).then(|| name.to_owned())
}

/// `V.I.Lenin`, `S. A. Smith`: initials before a surname.
fn has_initials(name: &str) -> bool {
    let parts: Vec<&str> = name.split(['.', ' ']).filter(|p| !p.is_empty()).collect();
    let [initials @ .., surname] = parts.as_slice() else { return false };
    let one = |p: &&str| p.chars().count() == 1 && p.starts_with(char::is_uppercase);
    let last = surname.chars().count() > 2 && surname.starts_with(char::is_uppercase);
    !initials.is_empty() && initials.iter().all(one) && last && surname.chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_enclose_the_whole_or_not() {
        let whole = [
            "“All of it.”",
            "“A “nested” one.”[2]",
            "*“In italics.”*",
            "“One.” “Two.” “Three.”",
            "\"Typed.\"",
            "„Ganz.“ (S. 47)",
            "「全部。」",
        ];
        for s in whole {
            assert!(matches!(enclosed(s), Enclosed::Whole), "{s}");
        }
        for s in ["“What?” I asked.", "He said “no.”", "“A” and “b”"] {
            assert!(matches!(enclosed(s), Enclosed::No), "{s}");
        }
        assert!(matches!(enclosed("“It goes on"), Enclosed::Opens));
        assert!(ends_with_page("so it was (47-8).") && !ends_with_page("so it was (once)."));
    }

    #[test]
    fn who_is_quoted_is_told_below() {
        for line in ["— Rosa Luxemburg, 1918", "-- V. I. Lenin", "– Лев Троцкий", "— Lih, p. 4"] {
            assert!(names_after_dash(line), "{line}");
        }
        for line in ["— Oui, dit-elle, je viens.", "— Komm!", "— she said", "— Yes.", "text — Name"] {
            assert!(!names_after_dash(line), "{line}");
        }
        assert_eq!(in_brackets("(V.I.Lenin, Works, Vol. VII)").as_deref(), Some("V.I.Lenin"));
        assert_eq!(in_brackets("(a remark, in brackets)"), None);
    }
}
