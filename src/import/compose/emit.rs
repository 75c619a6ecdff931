//! Paragraphs to the blocks of a text.

use std::collections::HashMap;
use std::ops::Range;

use crate::text::Builder;
use crate::text::block::BlockKind;
use crate::text::clean::clean_text;
use crate::text::span::SpanKind;
use crate::text::voice::{Voice, VoiceRole};

use super::emphasis::{self, Piece};
use crate::import::lines::draft::Draft;
use crate::import::lines::edit::Edits;
use crate::import::lines::print::Print;
use crate::import::lines::width::cells_of;
use crate::import::lines::{Join, Line, Lines};
use crate::import::markdown;
use crate::import::repair::page_notes::PageNote;

/// What emission needs to know besides the paragraphs.
pub(in crate::import) struct Manner<'a> {
    pub edits: &'a Edits,
    /// Whether stars and underscores are proven to be emphasis.
    pub emphasis: bool,
    /// Labels of the notes that are defined.
    pub labels: &'a HashMap<Box<str>, u32>,
    /// On printed pages, where notes from the ends of pages are cited, by their first bytes in the source: no other
    /// number in brackets cites one.
    pub cited: &'a HashMap<u32, &'a PageNote>,
}

/// Adds all paragraphs to a text.
pub(in crate::import) fn emit(builder: &mut Builder, lines: &Lines<'_>, drafts: &[Draft], manner: &Manner<'_>) {
    builder.reserve(lines.all.iter().map(|l| (l.end - l.start) as usize + 1).sum());
    let mut scratch = String::new();
    let mut voice: Option<(usize, usize)> = None;
    let mut speaker: Option<(usize, usize)> = None;
    let mut note: Option<(u32, usize)> = None;
    for (index, draft) in drafts.iter().enumerate() {
        builder.end();
        if note.is_some() && (draft.kind != BlockKind::Footnote || draft.label.is_some()) {
            close_note(builder, &mut note);
        }
        if voice.is_some_and(|(from, _)| drafts[from].voice != draft.voice) {
            close_voice(builder, drafts, &mut voice);
        }
        if speaker.is_some_and(|(from, _)| drafts[from].speaker != draft.speaker) {
            close_speaker(builder, drafts, &mut speaker);
        }
        if draft.speaker.is_some() && speaker.is_none() {
            speaker = Some((index, builder.block_count()));
        }
        if draft.voice.is_some() && voice.is_none() {
            voice = Some((index, builder.block_count()));
        }
        if let Some(label) = &draft.label {
            note = Some((builder.note(label), builder.block_count()));
        }
        // A page has no lines that one could go to.
        let line = lines.all.get(draft.first as usize).filter(|_| lines.print.is_none()).map_or(0, |l| l.number);
        builder.begin(draft.kind, line).depth(draft.depth).quoted(draft.quoted).marker(draft.marker);
        if let Some(given) = draft.given {
            builder.push(given);
        } else if draft.kind != BlockKind::Rule {
            body(builder, lines, draft, manner, &mut scratch);
        }
    }
    builder.end();
    close_note(builder, &mut note);
    close_voice(builder, drafts, &mut voice);
    close_speaker(builder, drafts, &mut speaker);
}

fn close_note(builder: &mut Builder, note: &mut Option<(u32, usize)>) {
    if let Some((number, first)) = note.take() {
        builder.define_note(number, first);
    }
}

fn close_voice(builder: &mut Builder, drafts: &[Draft], voice: &mut Option<(usize, usize)>) {
    if let Some((from, first)) = voice.take()
        && let Some((role, by)) = &drafts[from].voice
        && builder.block_count() > first
    {
        let blocks = first as u32..builder.block_count() as u32;
        builder.voice(Voice { blocks, by: by.clone(), role: *role });
    }
}

fn close_speaker(builder: &mut Builder, drafts: &[Draft], speaker: &mut Option<(usize, usize)>) {
    if let Some((from, first)) = speaker.take()
        && builder.block_count() > first
    {
        let blocks = first as u32..builder.block_count() as u32;
        builder.voice(Voice { blocks, by: drafts[from].speaker.clone(), role: VoiceRole::Quoted });
    }
}

/// Adds a printed paragraph: its bold and slanted stretches are known.
fn printed_body(builder: &mut Builder, lines: &Lines<'_>, print: &Print, draft: &Draft, manner: &Manner<'_>) {
    let mut open: [Option<usize>; 2] = [None; 2];
    let kinds = [SpanKind::Emphasis, SpanKind::Strong];
    for i in draft.first..draft.end {
        let line = &lines.all[i as usize];
        let before = builder.here();
        if i > draft.first && !matches!(line.join, Join::Glue) {
            builder.push(" ");
        }
        let skip = if i == draft.first { u32::from(draft.skip) } else { 0 };
        let all = (line.start + skip).min(line.end)..line.end;
        let styles = &print.styles[Print::within(&print.styles, &all, |(r, _)| r.clone())];
        let mut cuts: Vec<u32> = styles.iter().flat_map(|(r, _)| [r.start, r.end]).collect();
        let cited: Vec<Range<u32>> = if manner.cited.is_empty() {
            Vec::new()
        } else {
            all.clone().filter_map(|at| manner.cited.get(&at)).map(|note| note.mark()).collect()
        };
        cuts.extend(cited.iter().flat_map(|mark| [mark.start, mark.end]));
        cuts.extend([all.start, all.end]);
        cuts.retain(|at| (all.start..=all.end).contains(at));
        cuts.sort_unstable();
        cuts.dedup();
        for (n, cut) in cuts.windows(2).enumerate() {
            for (kind, open) in kinds.iter().zip(&mut open) {
                // The face of a heading is that of all headings.
                let on = (draft.kind != BlockKind::Heading || *kind == SpanKind::Emphasis)
                    && styles.iter().any(|(r, k)| k == kind && r.start <= cut[0] && r.end >= cut[1]);
                if on && open.is_none() {
                    *open = Some(builder.here());
                } else if !on && let Some(start) = open.take() {
                    styled(builder, *kind, start, if n == 0 { before } else { builder.here() });
                }
            }
            let inner = |mark: &&Range<u32>| mark.start <= cut[0] && cut[1] <= mark.end;
            if let Some(mark) = cited.iter().find(inner) {
                if let Some(note) = manner.cited.get(&mark.start).filter(|_| cut[0] == mark.start) {
                    cite(builder, &note.label);
                }
                continue;
            }
            let mut piece = String::new();
            manner.edits.apply(lines.source, cut[0]..cut[1], &mut piece);
            let clean = clean_text(&piece).replace(['\n', '\t'], " ");
            if manner.cited.is_empty() {
                with_marks(builder, &single_spaced(&clean), manner);
            } else {
                builder.push(&single_spaced(&clean));
            }
        }
    }
    let end = builder.here();
    for (kind, open) in kinds.into_iter().zip(open) {
        if let Some(start) = open {
            styled(builder, kind, start, end);
        }
    }
}

/// With one space where there are more.
fn single_spaced(s: &str) -> std::borrow::Cow<'_, str> {
    if !s.contains("  ") {
        return s.into();
    }
    let mut last = None;
    let kept = |c: &char| {
        let doubled = *c == ' ' && last == Some(' ');
        last = Some(*c);
        !doubled
    };
    s.chars().filter(kept).collect()
}

/// Marks a stretch, without the blanks at its ends; a part of a word, or a lone sign, stresses nothing.
fn styled(builder: &mut Builder, kind: SpanKind, start: usize, end: usize) {
    let string = builder.string();
    let stretch = &string[start..end];
    let start = start + stretch.len() - stretch.trim_start().len();
    let end = start + stretch.trim().len();
    let inner = |at: usize| {
        let ends = string[..at].ends_with(char::is_alphanumeric);
        ends && string[at..].starts_with(char::is_alphanumeric)
    };
    if string[start..end].contains(char::is_alphanumeric) && !inner(start) && !inner(end) {
        builder.span_of(kind, start..end);
    }
}

fn body(builder: &mut Builder, lines: &Lines<'_>, draft: &Draft, manner: &Manner<'_>, scratch: &mut String) {
    if let Some(print) = lines.print
        && !matches!(draft.kind, BlockKind::Verse | BlockKind::Code | BlockKind::Table)
    {
        printed_body(builder, lines, print, draft, manner);
        return;
    }
    let verse = matches!(draft.kind, BlockKind::Verse | BlockKind::Code);
    let deepest = if draft.kind == BlockKind::Code { 200 } else { 40 };
    scratch.clear();
    let margin = (draft.first..draft.end).map(|i| lines.all[i as usize].indent).min().unwrap_or(0);
    for i in draft.first..draft.end {
        let line = &lines.all[i as usize];
        if i > draft.first {
            match line.join {
                Join::Glue => {}
                Join::Break | Join::Row => scratch.push('\n'),
                Join::Start | Join::Space => scratch.push(' '),
            }
        }
        if verse {
            scratch.extend(std::iter::repeat_n(' ', usize::from((line.indent - margin).min(deepest))));
        }
        if draft.kind == BlockKind::Code && lines.print.is_none() {
            row(lines, line, scratch);
            continue;
        }
        let skip = if i == draft.first { u32::from(draft.skip) } else { 0 };
        manner.edits.apply(lines.source, (line.start + skip).min(line.end)..line.end, scratch);
    }
    let clean = clean_text(scratch);
    let clean = if verse || draft.kind == BlockKind::Table || memchr::memchr2(b'\n', b'\t', clean.as_bytes()).is_none()
    {
        clean
    } else {
        clean.replace(['\n', '\t'], " ").into()
    };
    if draft.kind == BlockKind::Verse && !markdown::is_verse(&clean) {
        // A line and whose it is, or lines that are long: as it is read back.
        builder.kind(BlockKind::Paragraph);
    }
    if !manner.emphasis && manner.labels.is_empty() {
        builder.push(&clean);
        return;
    }
    for piece in emphasis::pieces(&clean, manner.emphasis) {
        match piece {
            Piece::Text(s) => with_marks(builder, s, manner),
            Piece::Styled(kind, s) => {
                let start = builder.here();
                with_marks(builder, s, manner);
                builder.span(kind, start);
            }
        }
    }
}

/// Adds a row of columns: its tabs are blanks, because they lead to columns that are no longer there once the margin is
/// gone.
fn row(lines: &Lines<'_>, line: &Line, out: &mut String) {
    let mut column = usize::from(line.indent);
    for c in lines.of_line(line).chars() {
        if c == '\t' {
            let next = (column / 8 + 1) * 8;
            out.extend(std::iter::repeat_n(' ', next - column));
            column = next;
        } else {
            out.push(c);
            column += cells_of(c);
        }
    }
}

/// Adds the mark of a note.
fn cite(builder: &mut Builder, label: &str) {
    let start = builder.here();
    let number = builder.note(label);
    builder.push(&format!("[{label}]"));
    builder.span(SpanKind::NoteRef(number), start);
}

/// Adds a stretch of text and marks the references to notes in it.
fn with_marks(builder: &mut Builder, mut s: &str, manner: &Manner<'_>) {
    while let Some(at) = s.find('[') {
        let label = s[at + 1..].split(']').next().filter(|l| l.len() <= 4 && s.len() > at + 1 + l.len());
        let number = label.and_then(|l| manner.labels.get(l));
        if let (Some(label), Some(_)) = (label, number) {
            builder.push(&s[..at]);
            cite(builder, label);
            s = &s[at + label.len() + 2..];
        } else {
            builder.push(&s[..=at]);
            s = &s[at + 1..];
        }
    }
    builder.push(s);
}
