//! A block of a text as HTML: escaped, with its emphasis, and with what is looked for marked.

use std::fmt::Write as _;
use std::ops::Range;

use crate::import::{Hint, import};
use crate::text::Text;
use crate::text::block::{BlockKind, Marker};
use crate::text::span::SpanKind;
use crate::word::sentence::sentences;

/// `s` so that it is text and nothing else, in an element as well as in an attribute.
pub(super) fn escaped(s: &str) -> String {
    let mut out = String::with_capacity(s.len() + s.len() / 16);
    for c in s.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// Block `index` as an element. `marks` are sorted stretches of its string to be marked. Links lead nowhere: their
/// words are kept, so that a page needs nothing but itself.
pub(super) fn block(text: &Text, index: usize, marks: &[Range<usize>]) -> String {
    let Some(block) = text.blocks().get(index) else { return String::new() };
    let words = words(text, index, marks);
    let marker = match block.marker {
        Marker::None => String::new(),
        Marker::Bullet => "• ".to_owned(),
        Marker::Number(n) => format!("{n}. "),
    };
    if matches!(block.kind, BlockKind::Code | BlockKind::Table) {
        return format!("<pre>{words}</pre>");
    }
    let words = words.replace('\n', "<br>\n");
    match block.kind {
        BlockKind::Quotation => format!("<blockquote><p>{words}</p></blockquote>"),
        BlockKind::Verse => format!("<p class=\"verse\">{words}</p>"),
        BlockKind::Picture => format!("<p><em>[{words}]</em></p>"),
        _ => format!("<p>{marker}{words}</p>"),
    }
}

/// Several blocks, the first with marks.
pub(super) fn blocks(text: &Text, which: Range<usize>, marks: &[Range<usize>]) -> String {
    let first = which.start;
    let each = which.map(|at| block(text, at, if at == first { marks } else { &[] }));
    each.collect::<Vec<_>>().join("\n")
}

/// Words in Markdown, the reader's own, as elements.
pub(super) fn markdown(words: &str) -> String {
    // With an empty front matter before them, nothing that the words begin with is taken for one.
    let words = format!("---\n---\n{}", with_literal_tags(words));
    let read = import(words.as_bytes(), &Hint { as_is: true, ..Hint::named("note.md") }).ok();
    let blocks = |text: &Text| (0..text.blocks().len()).map(|at| block(text, at, &[])).collect::<Vec<_>>().join("\n");
    read.map_or_else(String::new, |imported| blocks(&imported.text))
}

/// Elements that a person writes in Markdown and means.
const MEANT: [&str; 16] =
    ["b", "i", "em", "strong", "sup", "sub", "s", "u", "del", "ins", "code", "kbd", "mark", "br", "a", "span"];

/// What looks like an element and is none that is meant (`<who?>`, `<Lih>`) would be left out as markup: it is marked as
/// letters. What stands in code is letters already.
fn with_literal_tags(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut in_code = false;
    for (at, c) in words.char_indices() {
        in_code ^= c == '`';
        if c == '<' && !in_code && !is_meant(&words[at + 1..]) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Whether what follows a `<` is an element that is meant, or an address.
fn is_meant(rest: &str) -> bool {
    let inside = rest.strip_prefix('/').unwrap_or(rest);
    let (name, after) = inside.split_at(inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len()));
    let is_address = !name.is_empty() && after.starts_with([':', '@', '.', '-', '+']);
    is_address || MEANT.contains(&name.to_ascii_lowercase().as_str())
}

/// The sentences of a block that have a mark, few of them, in a paragraph; where none has, the first.
pub(super) fn marked_sentences(text: &Text, index: usize, marks: &[Range<usize>]) -> String {
    let all = sentences(text.block_str(index));
    let has_mark = |s: &Range<usize>| marks.iter().any(|m| m.start < s.end && s.start < m.end);
    let marked: Vec<usize> = (0..all.len()).filter(|at| has_mark(&all[*at])).take(SENTENCES).collect();
    let chosen = if marked.is_empty() { vec![0] } else { marked };
    let mut out = String::new();
    let mut next = 0;
    for at in chosen {
        let Some(sentence) = all.get(at) else { break };
        out.push_str(if at == next { "" } else { "… " });
        out.push_str(words_in(text, index, marks, sentence.clone()).trim());
        out.push(' ');
        next = at + 1;
    }
    out.push_str(if next < all.len() { "…" } else { "" });
    format!("<p>{}</p>", out.trim_end().replace('\n', " "))
}

/// The most sentences that stand for a passage.
const SENTENCES: usize = 2;

/// The words of a block, cut wherever a span or a mark begins or ends.
fn words(text: &Text, index: usize, marks: &[Range<usize>]) -> String {
    words_in(text, index, marks, 0..text.block_str(index).len())
}

/// The same of a part of it.
fn words_in(text: &Text, index: usize, marks: &[Range<usize>], part: Range<usize>) -> String {
    let range = text.blocks()[index].range();
    let string = text.block_str(index);
    let spans: Vec<(Range<usize>, &str)> = text
        .spans_in(range.clone())
        .filter_map(|s| {
            let at = s.start().max(range.start) - range.start..s.end().min(range.end) - range.start;
            Some((at, element(s.kind)?))
        })
        .chain(marks.iter().map(|m| (m.start.min(string.len())..m.end.min(string.len()), "mark")))
        .collect();
    let mut cuts: Vec<usize> = spans.iter().flat_map(|(r, _)| [r.start, r.end]).chain([part.start, part.end]).collect();
    cuts.retain(|cut| (part.start..=part.end).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::new();
    for piece in cuts.windows(2) {
        let Some(piece_str) = string.get(piece[0]..piece[1]) else { continue };
        let around: Vec<&str> =
            spans.iter().filter(|(r, _)| r.start <= piece[0] && piece[1] <= r.end).map(|(_, e)| *e).collect();
        for element in &around {
            let _ = write!(out, "<{element}>");
        }
        out.push_str(&escaped(piece_str));
        for element in around.iter().rev() {
            let _ = write!(out, "</{element}>");
        }
    }
    out
}

fn element(kind: SpanKind) -> Option<&'static str> {
    match kind {
        SpanKind::Emphasis => Some("em"),
        SpanKind::Strong => Some("strong"),
        SpanKind::Code => Some("code"),
        SpanKind::Strike => Some("s"),
        SpanKind::NoteRef(_) => Some("sup"),
        SpanKind::Link(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_words_whatever_they_say() {
        let source = "A *b **c** d* <script>alert(1)</script> & \"e\"[^1] [link](http://x.example).\n\n> Quoted.\n\n- item\n\n[^1]: N.\n";
        let text = import(source.as_bytes(), &Hint::named("a.md")).unwrap().text;
        let at = text.block_str(0).find('d').unwrap();
        let marks = [0..1, at - 2..at + 3];
        let html = block(&text, 0, &marks);
        assert!(html.starts_with("<p><mark>A</mark> <em>b </em><em><strong>"), "{html}");
        assert!(!html.contains("<script") && !html.contains("http"), "{html}");
        assert_eq!(html.matches('<').count(), html.matches('>').count());
        assert_eq!(html.matches("<mark>").count(), html.matches("</mark>").count());
        assert_eq!(block(&text, 1, &[]), "<blockquote><p>Quoted.</p></blockquote>");
        assert_eq!(block(&text, 2, &[]), "<p>• item</p>");
        assert_eq!(block(&text, 99, &[]), "");
    }
}
