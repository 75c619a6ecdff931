//! The letters of a block as Markdown: what would be taken for markup is escaped, and spans get their delimiters.
//!
//! There are two ways of writing. The first looks as a person would write it, with few escapes. It is read back at
//! once, and where that gives anything else than the block, the second is taken, which leaves nothing to chance: every
//! sign escaped, every style a tag.

use std::fmt::Write;

use crate::import::markdown;
use crate::text::block::{Block, BlockKind, Marker};
use crate::text::span::{Span, SpanKind};
use crate::text::{Builder, Text};

use super::escape::{self, Care};

/// The Markdown of block number `index`, without the prefixes of what it stands in.
pub(super) fn source(text: &Text, index: usize, block: &Block) -> String {
    let string = text.block_str(index);
    let spans: Vec<&Span> = text.spans_in(block.range()).collect();
    let formed = matches!(block.kind, BlockKind::Table | BlockKind::Picture);
    if spans.is_empty() && !formed && escape::is_plain(string) {
        return with_form(block, string.to_owned());
    }
    let nice = write(text, index, block, &spans, Care::Few);
    let source = if reads_back(text, block, string, &spans, &nice) {
        nice
    } else {
        write(text, index, block, &spans, Care::All)
    };
    // A quotation within an item has no box.
    let boxed = block.marker != Marker::None && block.kind != BlockKind::Quotation;
    if boxed { with_box(source) } else { source }
}

/// The box of a task, which is a sign in a text, as Markdown writes it.
fn with_box(source: String) -> String {
    for (sign, written) in [("☐", "[ ]"), ("☑", "[x]")] {
        if let Some(rest) = source.strip_prefix(sign).and_then(|rest| rest.strip_prefix(' ')).filter(|r| !r.is_empty())
        {
            // Spaces after a box are no part of what it holds, where they are not written as signs.
            return match rest.strip_prefix(' ') {
                Some(rest) => format!("{written} &#32;{rest}"),
                None => format!("{written} {rest}"),
            };
        }
    }
    source
}

/// Adds what makes the source the kind of block that it is.
fn with_form(block: &Block, inline: String) -> String {
    match block.kind {
        BlockKind::Heading => format!("{} {inline}", "#".repeat(usize::from(block.depth.clamp(1, 6)))),
        _ => inline,
    }
}

fn write(text: &Text, index: usize, block: &Block, spans: &[&Span], care: Care) -> String {
    let string = text.block_str(index);
    let offset = block.range().start;
    let hard_breaks = block.kind == BlockKind::Verse || !markdown::is_verse(string);
    let mut w = Writer { text, string, spans, offset, care, kind: block.kind, hard_breaks, out: String::new() };
    if block.kind == BlockKind::Picture {
        return w.picture();
    }
    if block.kind == BlockKind::Table {
        return w.table(text.detail(index));
    }
    w.run(0..string.len());
    with_form(block, w.out)
}

/// Whether `source`, standing by itself, is read as this block.
fn reads_back(text: &Text, block: &Block, string: &str, spans: &[&Span], source: &str) -> bool {
    let mut document = format!("{source}\n");
    for span in spans {
        if let SpanKind::NoteRef(n) = span.kind
            && let Some(note) = text.notes().get(n as usize)
        {
            let _ = write!(document, "\n[^{}]: x\n", note.label);
        }
    }
    let mut builder = Builder::new();
    markdown::blocks(&mut builder, &document, 0);
    let read = builder.finish();
    let Some(first) = read.blocks().first() else { return false };
    let only = read.blocks().iter().skip(1).all(|b| b.kind == BlockKind::Footnote);
    let kind = match block.kind {
        // What these stand in makes them what they are.
        BlockKind::Item | BlockKind::Quotation | BlockKind::Footnote => BlockKind::Paragraph,
        kind => kind,
    };
    let said: Vec<_> = read.spans_in(first.range()).map(|s| (resolved(&read, s.kind), s.range())).collect();
    let meant =
        spans.iter().map(|s| (resolved(text, s.kind), s.start() - block.range().start..s.end() - block.range().start));
    only && first.kind == kind && read.block_str(0) == string && said.len() == spans.len() && said.into_iter().eq(meant)
}

/// A kind of span with the numbers of its text replaced by what they stand for.
fn resolved(text: &Text, kind: SpanKind) -> (SpanKind, &str) {
    match kind {
        SpanKind::Link(n) => (SpanKind::Link(0), text.address(n)),
        SpanKind::NoteRef(n) => (SpanKind::NoteRef(0), text.notes().get(n as usize).map_or("", |n| &n.label)),
        style => (style, ""),
    }
}

struct Writer<'t> {
    text: &'t Text,
    string: &'t str,
    spans: &'t [&'t Span],
    /// Where the block begins in the text's string, from which spans are counted.
    offset: usize,
    care: Care,
    kind: BlockKind,
    /// Hard breaks make verse of some blocks: then `<br>` breaks the lines of others.
    hard_breaks: bool,
    out: String,
}

impl Writer<'_> {
    fn picture(&mut self) -> String {
        let whole = |s: &&&Span| s.end() - s.start() == self.string.len();
        let address = self.spans.iter().find(whole).and_then(|s| match s.kind {
            SpanKind::Link(n) => Some(self.text.address(n)),
            _ => None,
        });
        let described = escape::text(self.string, self.kind, Care::All);
        format!("![{described}]({})", escape::address(address.unwrap_or("")))
    }

    fn table(&mut self, alignment: &str) -> String {
        let columns = self.string.lines().map(|l| l.split('\t').count()).max().unwrap_or(1);
        let mut at = 0;
        for (row, line) in self.string.split('\n').enumerate() {
            if row > 0 {
                self.out.push('\n');
            }
            self.out.push('|');
            let mut cells = 0;
            for cell in line.split('\t') {
                self.out.push(' ');
                self.run(at..at + cell.len());
                self.out.push_str(" |");
                at += cell.len() + 1;
                cells += 1;
            }
            self.out.push_str(&"  |".repeat(columns - cells));
            if row == 0 {
                self.out.push('\n');
                self.out.push('|');
                for column in 0..columns {
                    self.out.push_str(match alignment.as_bytes().get(column) {
                        Some(b'l') => " :--- |",
                        Some(b'c') => " :---: |",
                        Some(b'r') => " ---: |",
                        _ => " --- |",
                    });
                }
            }
        }
        std::mem::take(&mut self.out)
    }

    /// Writes a stretch of the block with the spans that begin in it.
    fn run(&mut self, range: std::ops::Range<usize>) {
        // Where each open span ends, innermost last, with what ends it.
        let mut open: Vec<(usize, SpanKind, String)> = Vec::new();
        let mut at = range.start;
        let begin = self.spans.partition_point(|s| s.start() < self.offset + range.start);
        let mut next = begin;
        while at < range.end || !open.is_empty() {
            // What ends here, innermost first; tags may end in any order.
            while let Some(i) = open.iter().rposition(|(end, ..)| *end <= at) {
                let (_, _, closer) = open.remove(i);
                self.out.push_str(&closer);
            }
            if at >= range.end {
                break;
            }
            let mut skip = None;
            while let Some(span) = self.spans.get(next).filter(|s| s.start() == self.offset + at && at < range.end) {
                let end = span.end() - self.offset;
                next += 1;
                if let SpanKind::NoteRef(n) = span.kind {
                    let label = self.text.notes().get(n as usize).map_or("", |n| &n.label);
                    let _ = write!(self.out, "[^{label}]");
                    let touches = self.spans.get(next).is_some_and(|s| s.start() == self.offset + end);
                    if self.care == Care::All && touches {
                        // The bracket of a link would make one reference of both.
                        self.out.push_str("<!-- -->");
                    }
                    skip = Some(end);
                } else if span.kind == SpanKind::Code && self.care == Care::Few && self.bare(next, at..end) {
                    self.out.push_str(&escape::code(&self.string[at..end]));
                    skip = Some(end);
                } else {
                    let (opener, closer) = self.delimiters(span.kind, at..end, &open);
                    self.out.push_str(&opener);
                    open.push((end, span.kind, closer));
                }
            }
            if let Some(end) = skip {
                at = end;
                continue;
            }
            let mut to = range.end;
            if let Some(span) = self.spans.get(next) {
                to = to.min(span.start() - self.offset);
            }
            to = open.iter().fold(to, |to, (end, ..)| to.min(*end));
            let piece = &self.string[at..to];
            let line_start = at == range.start || self.string[..at].ends_with('\n');
            let line_end = to == self.string.len() || self.string[to..].starts_with('\n');
            let around = escape::Around {
                line_start,
                line_end,
                before: self.string[..at].chars().next_back(),
                after: self.string[to..].chars().next(),
                hard_breaks: self.hard_breaks,
            };
            escape::push(&mut self.out, piece, self.kind, self.care, around);
            at = to;
        }
    }

    /// Whether no span begins within a stretch of code, so that it can stand between backticks.
    fn bare(&self, next: usize, range: std::ops::Range<usize>) -> bool {
        let code = &self.string[range.clone()];
        let inner = self.spans.get(next).is_none_or(|s| s.start() >= self.offset + range.end);
        inner && !code.contains('\n') && !(self.kind == BlockKind::Table && code.contains('|'))
    }

    fn delimiters(
        &self,
        kind: SpanKind,
        range: std::ops::Range<usize>,
        open: &[(usize, SpanKind, String)],
    ) -> (String, String) {
        let tag = |name: &str| (format!("<{name}>"), format!("</{name}>"));
        let star = !open.iter().any(|(.., closer)| closer.contains('*'));
        match (kind, self.care) {
            (SpanKind::Link(n), _) => {
                let address = self.text.address(n);
                ("[".to_owned(), format!("]({})", escape::address(address)))
            }
            (SpanKind::Emphasis, Care::Few) if self.flanked(&range) => {
                let sign = if star && !self.out.ends_with('*') { "*" } else { "_" };
                (sign.to_owned(), sign.to_owned())
            }
            (SpanKind::Strong, Care::Few) if self.flanked(&range) => {
                let sign = if star && !self.out.ends_with('*') { "**" } else { "__" };
                (sign.to_owned(), sign.to_owned())
            }
            (SpanKind::Strike, Care::Few) if self.flanked(&range) => ("~~".to_owned(), "~~".to_owned()),
            (SpanKind::Strong, _) => tag("strong"),
            (SpanKind::Strike, _) => tag("s"),
            (SpanKind::Code, _) => tag("code"),
            (SpanKind::Emphasis | SpanKind::NoteRef(_), _) => tag("em"),
        }
    }

    /// Whether delimiters around the stretch can open and close: no white space inside at its ends.
    fn flanked(&self, range: &std::ops::Range<usize>) -> bool {
        let inner = &self.string[range.clone()];
        !inner.starts_with(char::is_whitespace) && !inner.ends_with(char::is_whitespace) && !inner.contains('\n')
    }
}
