//! Stars and underscores around words, where their balanced use proves that they mean emphasis.

use crate::import::lines::Lines;
use crate::import::lines::draft::Draft;
use crate::import::lines::edit::Edits;
use crate::import::looked::looked;
use crate::text::block::BlockKind;
use crate::text::span::SpanKind;

/// A stretch of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Piece<'a> {
    Text(&'a str),
    /// What stood between signs, without them.
    Styled(SpanKind, &'a str),
}

/// How many stretches a text must have between signs before they are taken for emphasis.
const PROOF: usize = 3;

/// Whether the paragraphs of a text use signs of emphasis: nearly all of them stand in pairs.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::import) struct Evidence {
    pairs: usize,
    single: usize,
}

impl Evidence {
    /// Takes a paragraph into account.
    pub(super) fn see(&mut self, paragraph: &str) {
        if !paragraph.contains(['*', '_']) {
            return;
        }
        let mut left = String::new();
        for piece in pieces(paragraph, true) {
            match piece {
                Piece::Styled(..) => self.pairs += 1,
                Piece::Text(s) => left.push_str(s),
            }
        }
        self.single += left.bytes().filter(|b| *b == b'*').count();
    }

    /// Whether it is proven.
    pub(super) fn proven(&self) -> bool {
        self.pairs >= PROOF && self.single * 10 <= self.pairs
    }
}

/// The paragraph in stretches; one stretch where `read` is false or a sign is left over.
pub(in crate::import) fn pieces(paragraph: &str, read: bool) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut at = 0;
    // Signs that nothing closes from somewhere on have no closer further on either.
    let mut dead = [false; 4];
    while read && let Some(found) = paragraph[at..].find(['*', '_']) {
        let open = at + found;
        let sign = &paragraph[open..=open];
        let run = paragraph[open..].len() - paragraph[open..].trim_start_matches(sign).len();
        at = open + run;
        if run > 2 || !opens_here(paragraph, open, run) {
            continue;
        }
        let fence = &paragraph[open..open + run];
        let kind = run - 1 + if sign == "*" { 0 } else { 2 };
        if dead[kind] {
            continue;
        }
        if let Some(close) = closing(paragraph, open + run, fence) {
            if from < open {
                out.push(Piece::Text(&paragraph[from..open]));
            }
            let style = if run == 2 { SpanKind::Strong } else { SpanKind::Emphasis };
            out.push(Piece::Styled(style, &paragraph[open + run..close]));
            from = close + run;
            at = from;
        } else {
            dead[kind] = true;
        }
    }
    if from < paragraph.len() {
        out.push(Piece::Text(&paragraph[from..]));
    }
    out
}

/// Stress that goes on over paragraphs, as over the stanzas of a song, is closed at the end of each and opened again.
pub(in crate::import) fn carry_over(lines: &Lines<'_>, drafts: &[Draft], edits: &mut Edits) {
    const MOST_PARAGRAPHS: usize = 24;
    let plain = |d: &Draft| d.given.is_none() && matches!(d.kind, BlockKind::Paragraph | BlockKind::Verse);
    let mut at = 0;
    while at < drafts.len() {
        let from = at;
        at += 1;
        if !plain(&drafts[from]) || left_over(&drafts[from].string(lines)) != Some(Edge::Opens) {
            continue;
        }
        let after = drafts[from + 1..].iter().take(MOST_PARAGRAPHS).take_while(|d| plain(d));
        let marked = after.enumerate().find_map(|(n, d)| {
            let said = d.string(lines);
            said.contains('_').then(|| (from + 1 + n, left_over(&said)))
        });
        let Some((to, Some(Edge::Closes))) = marked else { continue };
        for (n, draft) in drafts.iter().enumerate().take(to + 1).skip(from) {
            let (first, last) = (&lines.all[draft.first as usize], &lines.all[draft.end as usize - 1]);
            if n > from {
                edits.add(first.start + u32::from(draft.skip), 0, "_");
            }
            if n < to
                && let Some(letter) = lines.of_line(last).chars().next_back()
            {
                let length = letter.len_utf8() as u32;
                edits.add(last.end - length, length, &format!("{letter}_"));
            }
        }
        at = to;
    }
}

/// What the one underscore does that has no other in its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Opens,
    Closes,
}

fn left_over(paragraph: &str) -> Option<Edge> {
    let pieces = pieces(paragraph, true);
    let texts = pieces.iter().filter_map(|piece| match piece {
        Piece::Text(s) if s.contains('_') => Some(*s),
        _ => None,
    });
    let [text] = texts.collect::<Vec<_>>()[..] else { return None };
    let at = text.find('_').filter(|at| !text[at + 1..].contains('_'))?;
    let (before, after) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    if !letter(before) && !blank(after) {
        Some(Edge::Opens)
    } else if !letter(after) && !blank(before) {
        Some(Edge::Closes)
    } else {
        None
    }
}

fn opens_here(s: &str, open: usize, run: usize) -> bool {
    let before = s[..open].chars().next_back();
    let after = s[open + run..].chars().next();
    before.is_none_or(|c| !c.is_alphanumeric()) && after.is_some_and(|c| !c.is_whitespace())
}

/// Where the same signs close: after a letter or a mark, and not within a word.
fn closing(s: &str, from: usize, fence: &str) -> Option<usize> {
    let sign = &fence[..1];
    let mut at = from;
    while let Some(found) = s[at..].find(sign) {
        looked(1);
        let close = at + found;
        let run = s[close..].len() - s[close..].trim_start_matches(sign).len();
        let before = s[..close].chars().next_back();
        let after = s[close + run..].chars().next();
        let ends = before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric());
        if run == fence.len() && ends && close > from {
            return Some(close);
        }
        at = close + run;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pairs_are_emphasis() {
        let em = |s| Piece::Styled(SpanKind::Emphasis, s);
        let cases: &[(&str, &[Piece])] = &[
            ("a *b c* d", &[Piece::Text("a "), em("b c"), Piece::Text(" d")]),
            ("_b_, **c**", &[em("b"), Piece::Text(", "), Piece::Styled(SpanKind::Strong, "c")]),
            ("2 * 3 * 4", &[Piece::Text("2 * 3 * 4")]),
            ("snake_case_name", &[Piece::Text("snake_case_name")]),
            ("a* footnote", &[Piece::Text("a* footnote")]),
            ("said: *“yes!”* and", &[Piece::Text("said: "), em("“yes!”"), Piece::Text(" and")]),
        ];
        for (paragraph, expected) in cases {
            assert_eq!(pieces(paragraph, true), *expected, "{paragraph}");
        }
        let looks = |n: usize| crate::import::looked::while_(|| pieces(&"*a _b **c __d ".repeat(n), true).len()).1;
        assert!(looks(2000) <= looks(1000) * 5 / 2, "linear");
        let mut evidence = Evidence::default();
        evidence.see("one *a* two *b*, three *c* and 2 * 3");
        assert!(!evidence.proven());
        evidence.see("*d* *e* *f* *g* *h* *i* *j*");
        assert!(evidence.proven());
    }
}
