//! Paragraphs on their way to being blocks.

use crate::text::block::{BlockKind, Marker};
use crate::text::voice::VoiceRole;

use super::{Join, Lines};

/// A paragraph: its lines, and what it has been recognised as.
#[derive(Debug, Clone)]
pub(in crate::import) struct Draft {
    /// First line.
    pub first: u32,
    /// First line after it.
    pub end: u32,
    pub kind: BlockKind,
    pub depth: u8,
    pub quoted: u8,
    pub marker: Marker,
    /// Bytes of the first line that are a mark and not part of the text.
    pub skip: u16,
    /// Whether a blank line stands before it.
    pub parted: bool,
    /// The label of the note that it begins.
    pub label: Option<Box<str>>,
    /// A line that is not in the source: the heading of a section that had none.
    pub given: Option<&'static str>,
    /// Whose words it is, where someone else's.
    pub voice: Option<(VoiceRole, Option<Box<str>>)>,
    /// Who is quoted, where it is a quotation that names its speaker.
    pub speaker: Option<Box<str>>,
}

impl Draft {
    /// How many lines it has.
    pub(crate) fn count(&self) -> usize {
        (self.end - self.first) as usize
    }

    /// Bytes from its first to its last letter.
    pub(crate) fn len(&self, lines: &Lines<'_>) -> usize {
        let all = &lines.all[self.first as usize..self.end as usize];
        all.iter().map(|l| (l.end - l.start) as usize + 1).sum()
    }

    /// Its first line without a mark.
    pub(crate) fn first_line<'a>(&self, lines: &Lines<'a>) -> &'a str {
        lines.str(self.first as usize).get(usize::from(self.skip)..).unwrap_or("")
    }

    /// Its last line.
    pub(crate) fn last_line<'a>(&self, lines: &Lines<'a>) -> &'a str {
        if self.count() == 1 { self.first_line(lines) } else { lines.str(self.end as usize - 1) }
    }

    /// What it says, as one string.
    pub(crate) fn string(&self, lines: &Lines<'_>) -> String {
        let mut out = String::with_capacity(self.len(lines));
        for i in self.first..self.end {
            let line = &lines.all[i as usize];
            let str = lines.of_line(line);
            if i == self.first {
                out.push_str(str.get(usize::from(self.skip)..).unwrap_or(""));
                continue;
            }
            match line.join {
                Join::Glue => {}
                Join::Break | Join::Row => out.push('\n'),
                Join::Start | Join::Space => out.push(' '),
            }
            out.push_str(str);
        }
        out
    }

    /// Whether it is running prose so far.
    pub(crate) fn is_prose(&self) -> bool {
        self.kind == BlockKind::Paragraph && self.given.is_none()
    }

    /// Makes it a paragraph of a note, whatever it has been taken for.
    pub(crate) fn make_note(&mut self) {
        self.kind = BlockKind::Footnote;
        (self.depth, self.quoted, self.skip, self.marker) = (0, 0, 0, Marker::None);
    }
}

/// The paragraphs that the lines have been divided into.
pub(in crate::import) fn drafts(lines: &Lines<'_>) -> Vec<Draft> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < lines.all.len() {
        let next = lines.all[at + 1..].iter().position(|l| l.join == Join::Start);
        let end = next.map_or(lines.all.len(), |n| at + 1 + n);
        let any = |join: Join| lines.all[at + 1..end].iter().any(|l| l.join == join);
        let (verse, rows) = (any(Join::Break), any(Join::Row));
        all.push(Draft {
            first: at as u32,
            end: end as u32,
            kind: match verse {
                _ if lines.setting(at).is_some_and(|s| s.table) => BlockKind::Table,
                _ if rows => BlockKind::Code,
                true if lines.setting(at).is_some_and(|s| s.mono) => BlockKind::Code,
                true => BlockKind::Verse,
                false if is_line_of_program(lines, at, end) => BlockKind::Code,
                false => BlockKind::Paragraph,
            },
            depth: 0,
            quoted: 0,
            marker: Marker::None,
            skip: 0,
            parted: at == 0 || lines.all[at].gap > 0 || lines.all[at].page,
            label: None,
            given: None,
            voice: None,
            speaker: None,
        });
        at = end;
    }
    all
}

/// Whether a line by itself is program text: set in, or beside others, where a page has parted them.
fn is_line_of_program(lines: &Lines<'_>, at: usize, end: usize) -> bool {
    let mono = |i: usize| lines.setting(i).is_some_and(|s| s.mono);
    let beside = at.checked_sub(1).is_some_and(mono) || mono(end);
    end == at + 1 && mono(at) && (lines.all[at].indent >= 2 || beside)
}
