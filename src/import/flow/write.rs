//! Pieces into a text: what nests is said by each block of itself, and what Markdown could not say is left out, so that
//! the text reads back from its Markdown as it is.

use std::collections::{HashMap, HashSet};

use crate::import::markdown;
use crate::text::Builder;
use crate::text::address::is_harmful;
use crate::text::block::{BlockKind, Marker};
use crate::text::clean::clean_text;
use crate::text::span::SpanKind;

use super::{Container, ContainerId, Kind, Mark, Marked, Nest, Piece, edit};

/// Puts pieces into a text, in the order in which they come.
pub(in crate::import) struct Writer<'b> {
    out: &'b mut Builder,
    /// Items whose marker has been given to a block.
    begun: HashSet<ContainerId>,
    /// The labels of the notes, by number.
    labels: &'b HashMap<u32, String>,
    /// The note that is open, and its first block.
    note: Option<(u32, usize)>,
}

impl<'b> Writer<'b> {
    /// A writer for a text whose notes have these labels. A mark of a note that has none is letters.
    pub(crate) fn new(out: &'b mut Builder, labels: &'b HashMap<u32, String>) -> Self {
        Self { out, begun: HashSet::new(), labels, note: None }
    }

    /// Adds a block for a piece. All pieces of a note are to come one after another.
    pub(crate) fn piece(&mut self, nest: &Nest, mut piece: Piece) {
        let path: Vec<ContainerId> = nest.path(piece.within).collect();
        let note = path.iter().position(|id| matches!(nest.container(*id), Container::Note(_)));
        self.enter_note(note.map(|at| nest.container(path[at])));
        // A piece that holds white space alone must not use up the marker of its item.
        if piece.is_empty() || (piece.kind == Kind::Rule && self.rule_says_nothing()) {
            return;
        }
        let inner = &path[..note.unwrap_or(path.len())];
        let count = |f: fn(Container) -> bool| inner.iter().filter(|id| f(nest.container(**id))).count() as u8;
        let depth = count(|c| c == Container::List);
        let quoted = count(|c| c == Container::Quotation);
        let innermost = inner.first().map_or(Container::Text, |id| nest.container(*id));
        let headed = matches!(piece.kind, Kind::Heading(_));
        if headed && (note.is_some() || innermost != Container::Text) {
            // A heading within an item or a quotation divides that and not the text.
            piece.kind = Kind::Prose;
            piece.marks.push(Marked { mark: Mark::Strong, range: 0..piece.string.len() });
        }
        fit(&mut piece);
        self.letters(&mut piece);
        if piece.is_empty() {
            return;
        }
        let kind = match (piece.kind, innermost) {
            (Kind::Rule, _) => BlockKind::Rule,
            _ if note.is_some() => BlockKind::Footnote,
            (Kind::Heading(_), _) => BlockKind::Heading,
            (Kind::Code, _) => BlockKind::Code,
            (Kind::Table, _) => BlockKind::Table,
            (Kind::Picture, _) => BlockKind::Picture,
            (Kind::Prose, _) if markdown::is_verse(&piece.string) => BlockKind::Verse,
            (Kind::Prose, Container::Quotation) => BlockKind::Quotation,
            (Kind::Prose, Container::List | Container::Item(_)) => BlockKind::Item,
            (Kind::Prose, _) => BlockKind::Paragraph,
        };
        let marker = inner.iter().find_map(|id| match nest.container(*id) {
            Container::Item(number) => Some((*id, number.map_or(Marker::Bullet, Marker::Number))),
            _ => None,
        });
        let marker = marker.filter(|(id, _)| self.begun.insert(*id)).map_or(Marker::None, |(_, marker)| marker);
        let depth = if let Kind::Heading(level) = piece.kind { level.clamp(1, 6) } else { depth };
        self.out.begin(kind, 0).depth(depth).quoted(quoted).marker(marker);
        self.spans(&piece);
        self.out.end();
    }

    /// The text itself begins with the piece to come.
    pub(crate) fn opens_here(&mut self) {
        self.out.opens_here();
    }

    /// Ends the last note.
    pub(crate) fn finish(mut self) {
        self.enter_note(None);
    }

    fn enter_note(&mut self, container: Option<Container>) {
        let number = match container {
            Some(Container::Note(number)) => Some(number),
            _ => None,
        };
        if self.note.map(|(open, _)| open) == number {
            return;
        }
        if let Some((open, first)) = self.note.take() {
            self.out.end();
            let label = self.labels.get(&open).cloned().unwrap_or_else(|| open.to_string());
            let note = self.out.note(&label);
            self.out.define_note(note, first);
        }
        self.note = number.map(|n| (n, self.out.block_count()));
    }

    /// Whether a break stands at the beginning, or after another break.
    fn rule_says_nothing(&self) -> bool {
        self.note.is_some() || self.out.blocks().last().is_none_or(|b| b.kind == BlockKind::Rule)
    }

    /// Replaces the marks of notes by their labels, and what is set above or below the line by letters that are.
    fn letters(&self, piece: &mut Piece) {
        let string = piece.string.clone();
        let labels = self.labels;
        let changes = piece.marks.iter().filter_map(|m| {
            let new = match &m.mark {
                Mark::Note(number) => format!("[{}]", labels.get(number)?),
                Mark::Raised => set(&string[m.range.clone()], RAISED)?,
                Mark::Lowered => set(&string[m.range.clone()], LOWERED)?,
                _ => return None,
            };
            Some((m.range.clone(), new))
        });
        let mut changes: Vec<_> = changes.collect();
        let notes: Vec<_> =
            piece.marks.iter().filter(|m| matches!(m.mark, Mark::Note(_))).map(|m| m.range.clone()).collect();
        // The mark of a note is often raised as well.
        changes.retain(|(r, new)| new.starts_with('[') || !notes.iter().any(|n| n.start < r.end && r.start < n.end));
        edit::replace(piece, changes);
    }

    fn spans(&mut self, piece: &Piece) {
        let start = self.out.here();
        self.out.push(&piece.string);
        let notes: Vec<_> =
            piece.marks.iter().filter(|m| matches!(m.mark, Mark::Note(_))).map(|m| m.range.clone()).collect();
        let code: Vec<_> = piece.marks.iter().filter(|m| m.mark == Mark::Code).map(|m| m.range.clone()).collect();
        let in_code = |m: &Marked| code.iter().any(|c| c.start <= m.range.start && m.range.end <= c.end);
        for m in &piece.marks {
            let within_note = notes.iter().any(|n| m.range.start < n.end && n.start < m.range.end);
            let kind = match &m.mark {
                Mark::Note(number) => match self.labels.get(number) {
                    Some(label) => SpanKind::NoteRef(self.out.note(label)),
                    None => continue,
                },
                Mark::Emphasis => SpanKind::Emphasis,
                Mark::Strong => SpanKind::Strong,
                Mark::Code => SpanKind::Code,
                Mark::Strike => SpanKind::Strike,
                Mark::Link(address) if !within_note && !in_code(m) && !is_harmful(address) => {
                    SpanKind::Link(self.out.address(&clean_text(address)))
                }
                Mark::Raised | Mark::Lowered | Mark::Link(_) => continue,
            };
            self.out.span_of(kind, start + m.range.start..start + m.range.end);
        }
    }
}

/// Makes the string and the marks of a piece such as its kind can have.
fn fit(piece: &mut Piece) {
    match piece.kind {
        Kind::Code | Kind::Rule => piece.marks.clear(),
        Kind::Picture => {
            one_line(piece);
            let whole = 0..piece.string.len();
            piece.marks.retain(|m| matches!(m.mark, Mark::Link(_)) && m.range == whole);
            piece.marks.truncate(1);
        }
        Kind::Heading(_) => one_line(piece),
        Kind::Prose | Kind::Table => {}
    }
    apart(piece);
    split_at_breaks(piece);
}

/// A heading and a picture's description are one line.
fn one_line(piece: &mut Piece) {
    if piece.string.contains(['\n', '\t']) {
        piece.string = piece.string.replace(['\n', '\t'], " ");
    }
}

/// Marks that cross a line or a cell become one in each; white space at their ends is left out.
fn split_at_breaks(piece: &mut Piece) {
    let string = &piece.string;
    let mut marks = Vec::with_capacity(piece.marks.len());
    for m in piece.marks.drain(..) {
        let mut at = m.range.start;
        for part in string[m.range.clone()].split_inclusive(['\n', '\t']) {
            let lead = part.len() - part.trim_start().len();
            let inner = part.trim();
            if !inner.is_empty() {
                let start = at + lead;
                marks.push(Marked { mark: m.mark.clone(), range: start..start + inner.len() });
            }
            at += part.len();
        }
    }
    piece.marks = marks;
}

/// Links do not hold links.
fn apart(piece: &mut Piece) {
    let mut whole: Vec<std::ops::Range<usize>> = Vec::new();
    // The innermost link is the one a reader meets.
    piece.marks.sort_by_key(|m| (m.range.start, m.range.len()));
    piece.marks.retain(|m| {
        if !matches!(m.mark, Mark::Link(_) | Mark::Note(_)) {
            return true;
        }
        let free = whole.last().is_none_or(|w| w.end <= m.range.start) && !m.range.is_empty();
        if free {
            whole.push(m.range.clone());
        }
        free
    });
}

const RAISED: &[(char, char)] = &[
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('−', '⁻'),
    ('n', 'ⁿ'),
    ('i', 'ⁱ'),
    ('(', '⁽'),
    (')', '⁾'),
];

const LOWERED: &[(char, char)] = &[
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('−', '₋'),
    ('(', '₍'),
    (')', '₎'),
];

/// Letters set above or below the line, where there are such for all of them.
fn set(letters: &str, table: &[(char, char)]) -> Option<String> {
    if letters.chars().count() > 6 {
        return None;
    }
    letters.chars().map(|c| table.iter().find(|(plain, _)| *plain == c).map(|(_, set)| *set)).collect()
}
