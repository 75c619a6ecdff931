//! Quotations: paragraphs in quotation marks from end to end, or led into by a sentence that quotes; and whose they are.
//!
//! The speaker is named where the sentence that leads in names one person and no other: no name rather than a wrong one.

use crate::text::block::{BlockKind, Marker};
use crate::text::meta::Meta;

use super::speaker;
use crate::import::lines::Lines;
use crate::import::lines::draft::Draft;
use crate::import::lines::marks;

/// A paragraph in quotation marks that nothing leads to is a quotation from this length on; shorter ones are speech.
const LONG: usize = 240;

/// A quotation that a sentence leads to has at most so many paragraphs of speech before the mark of its source.
const MOST: usize = 6;

/// Marks quotations and their speakers.
pub(in crate::import) fn recognise(lines: &Lines<'_>, drafts: &mut [Draft], meta: &Meta) {
    let mut i = 0;
    while i < drafts.len() {
        let opens = drafts[i].first_line(lines).trim_start_matches(['*', '_']).starts_with(['“', '"', '«', '„']);
        let follows = i > 0 && colon(drafts[i - 1].last_line(lines));
        let begins = may_quote(&drafts[i]) && (opens || follows || drafts[i].kind == BlockKind::Quotation);
        if !begins {
            i += 1;
            continue;
        }
        let lead = i.checked_sub(1).and_then(|l| lead_in(lines, &drafts[l]));
        let end = extent(lines, drafts, i, lead.as_deref());
        if end == i {
            i += 1;
            continue;
        }
        let before = lead.as_deref().and_then(|l| speaker::named(l, meta));
        let by = before.or_else(|| speaker::in_brackets(drafts.get(end)?.first_line(lines))).map(Into::into);
        for draft in &mut drafts[i..end] {
            draft.kind = BlockKind::Quotation;
            draft.quoted = draft.quoted.max(1);
            draft.speaker.clone_from(&by);
        }
        i = end;
    }
}

/// Whether a paragraph may be a quotation: one of the text, or of a comment on it.
fn may_quote(draft: &Draft) -> bool {
    let comment = draft.kind == BlockKind::Item && draft.marker == Marker::None && draft.voice.is_some();
    draft.given.is_none() && (comment || matches!(draft.kind, BlockKind::Paragraph | BlockKind::Quotation))
}

/// The last sentence of a paragraph that ends with a colon.
fn lead_in(lines: &Lines<'_>, draft: &Draft) -> Option<String> {
    if !matches!(draft.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::Heading) {
        return None;
    }
    if !colon(draft.last_line(lines)) {
        return None;
    }
    let string = draft.string(lines);
    Some(speaker::last_sentence(&string).to_owned())
}

/// Whether a line ends with a colon; the mark of a note may stick to it.
fn colon(line: &str) -> bool {
    line.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(':') || marks::last_sign(line) == Some(':')
}

/// The end of the quotation that begins at paragraph `i`; `i` where there is none.
fn extent(lines: &Lines<'_>, drafts: &[Draft], i: usize, lead: Option<&str>) -> usize {
    let string = drafts[i].string(lines);
    let set_in = drafts[i].kind == BlockKind::Quotation;
    match enclosed(&string) {
        Enclosed::Whole if set_in || lead.is_some() || string.len() >= LONG => return i + 1,
        // Each paragraph of a long quotation opens with a mark, and only the last one closes.
        Enclosed::Opens if set_in || lead.is_some() || string.len() >= LONG => {
            let rest = drafts.get(i + 1..).unwrap_or(&[]);
            let goes_on = |d: &&Draft| may_quote(d);
            for (n, next) in rest.iter().take_while(goes_on).take(MOST).enumerate() {
                let next = next.string(lines);
                match enclosed(&next) {
                    Enclosed::Whole => return i + n + 2,
                    Enclosed::Opens => {}
                    // A mark that closes what the first paragraph opened.
                    Enclosed::No if closes_alone(&next) => return i + n + 2,
                    Enclosed::No => break,
                }
            }
            return if set_in || lead.is_some() { i + 1 } else { i };
        }
        _ if set_in => return i + 1,
        _ => {}
    }
    let Some(lead) = lead else { return i };
    let quotes = speaker::leads_to_words(lead);
    if !quotes && !ends_with_page(&string) || string.len() < 80 {
        return i;
    }
    if ends_with_page(&string) || ends_with_mark(&string) || !quotes {
        return i + 1;
    }
    // Speech within the quotation, up to the mark of its source.
    let rest = drafts.get(i + 1..).unwrap_or(&[]);
    for (n, next) in rest.iter().take(MOST).enumerate() {
        let next = if may_quote(next) { next.string(lines) } else { break };
        if !next.starts_with(['“', '"']) {
            break;
        }
        if ends_with_mark(&next) || ends_with_page(&next) {
            return i + n + 2;
        }
    }
    i + 1
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
    let Some(open) = body.chars().next().filter(|c| matches!(c, '“' | '"' | '«' | '„')) else {
        return Enclosed::No;
    };
    let close = match open {
        '“' => '”',
        '«' => '»',
        '„' => '“',
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
    cut.trim_end()
}

/// `…(47-8).`, `… (p. 5)`: the page of the book that is quoted.
fn ends_with_page(s: &str) -> bool {
    let s = s.trim_end().trim_end_matches('.');
    let Some((_, page)) = s.strip_suffix(')').and_then(|r| r.rsplit_once('(')) else { return false };
    let page = page.trim_start_matches("pp. ").trim_start_matches("p. ");
    !page.is_empty()
        && page.len() <= 12
        && page.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '–' | ',' | ' '))
}

fn ends_with_mark(s: &str) -> bool {
    without_source(s).len() < s.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_enclose_the_whole_or_not() {
        let whole = ["“All of it.”", "“A “nested” one.”[2]", "*“In italics.”*", "“One.” “Two.” “Three.”", "\"Typed.\""];
        for s in whole {
            assert!(matches!(enclosed(s), Enclosed::Whole), "{s}");
        }
        for s in ["“What?” I asked.", "He said “no.”", "“A” and “b”"] {
            assert!(matches!(enclosed(s), Enclosed::No), "{s}");
        }
        assert!(matches!(enclosed("“It goes on"), Enclosed::Opens));
        assert!(ends_with_page("so it was (47-8).") && !ends_with_page("so it was (once)."));
    }
}
