//! Stars and underscores around words, where their balanced use proves that they mean emphasis.

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
    pub fn see(&mut self, paragraph: &str) {
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
    pub fn proven(&self) -> bool {
        self.pairs >= PROOF && self.single * 10 <= self.pairs
    }
}

/// The paragraph in stretches; one stretch where `read` is false or a sign is left over.
pub(in crate::import) fn pieces(paragraph: &str, read: bool) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while read && let Some(found) = paragraph[at..].find(['*', '_']) {
        let open = at + found;
        let sign = &paragraph[open..=open];
        let run = paragraph[open..].len() - paragraph[open..].trim_start_matches(sign).len();
        at = open + run;
        if run > 2 || !opens_here(paragraph, open, run) {
            continue;
        }
        let fence = &paragraph[open..open + run];
        if let Some(close) = closing(paragraph, open + run, fence) {
            if from < open {
                out.push(Piece::Text(&paragraph[from..open]));
            }
            let kind = if run == 2 { SpanKind::Strong } else { SpanKind::Emphasis };
            out.push(Piece::Styled(kind, &paragraph[open + run..close]));
            from = close + run;
            at = from;
        }
    }
    if from < paragraph.len() {
        out.push(Piece::Text(&paragraph[from..]));
    }
    out
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
        let mut evidence = Evidence::default();
        evidence.see("one *a* two *b*, three *c* and 2 * 3");
        assert!(!evidence.proven());
        evidence.see("*d* *e* *f* *g* *h* *i* *j*");
        assert!(evidence.proven());
    }
}
