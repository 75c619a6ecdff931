//! Comments of readers after an article, and the last words of its editor: in their own voice, in their own section.

use crate::text::block::{BlockKind, Marker};
use crate::text::voice::VoiceRole;

use crate::import::lines::Lines;
use crate::import::lines::draft::Draft;
use crate::import::lines::list;
use crate::import::lines::names;

/// The heading of a section of comments that has none.
const HEADING: &str = "Comments";

/// Marks the comments and the editor's note at the end of a text, and says how many comments there are. Only with
/// `give` does a section without a heading get one.
pub(super) fn recognise(lines: &Lines<'_>, drafts: &mut Vec<Draft>, give: bool) -> usize {
    editors_note(lines, drafts);
    let Some(begin) = first_after_article(lines, drafts) else { return 0 };
    let starts = comment_starts(lines, drafts, begin);
    if starts.is_empty() {
        return 0;
    }
    for (n, &start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(drafts.len());
        let by = signature(lines, &drafts[start..end]).map(Into::into);
        for (k, draft) in drafts[start..end].iter_mut().enumerate() {
            draft.voice = Some((VoiceRole::Comment, by.clone()));
            if k == 0
                && let Some(opening) = list::opens(draft.first_line(lines)).filter(|_| draft.skip == 0)
            {
                draft.skip = opening.length as u16;
                draft.marker = opening.marker;
            }
            if matches!(draft.kind, BlockKind::Paragraph | BlockKind::Item) {
                draft.kind = BlockKind::Item;
            }
            draft.depth = 1;
        }
    }
    let first = starts[0];
    let headed = first > 0 && drafts[first - 1].string(lines).to_lowercase().contains("comment");
    if headed {
        drafts[first - 1].kind = BlockKind::Heading;
        drafts[first - 1].depth = 2;
    } else if give {
        let line = drafts[first].first;
        drafts.insert(
            first,
            Draft {
                first: line,
                end: line,
                kind: BlockKind::Heading,
                depth: 2,
                quoted: 0,
                marker: Marker::None,
                skip: 0,
                parted: true,
                label: None,
                given: Some(HEADING),
                voice: None,
                speaker: None,
            },
        );
    }
    starts.len()
}

/// Where the article is over: after its notes, or at a line that says that comments follow.
fn first_after_article(lines: &Lines<'_>, drafts: &[Draft]) -> Option<usize> {
    if let Some(last) = drafts.iter().rposition(|d| d.kind == BlockKind::Footnote) {
        return (last + 1 < drafts.len()).then_some(last + 1);
    }
    let headed = drafts.iter().rposition(|d| {
        let line = d.first_line(lines).trim_end_matches(':').to_lowercase();
        d.count() == 1
            && line.len() < 40
            && (line == "comments" || line.ends_with(" comments") || line == "readers’ comments")
    })?;
    (headed + 1 < drafts.len()).then_some(headed + 1)
}

/// Numbered paragraphs after the article's notes, each with further paragraphs set in under it.
fn comment_starts(lines: &Lines<'_>, drafts: &[Draft], begin: usize) -> Vec<usize> {
    let indent = |d: &Draft| lines.all.get(d.first as usize).map_or(0, |l| l.indent);
    let mut starts = Vec::new();
    for (i, draft) in drafts.iter().enumerate().skip(begin) {
        let line = lines.str(draft.first as usize);
        if let Some(opening) = list::opens(line)
            && opening.marker == Marker::Number(starts.len() as u32 + 1)
        {
            starts.push(i);
        } else if starts.is_empty() && draft.kind != BlockKind::Rule {
            return Vec::new();
        }
    }
    // What goes on under a number is set in deeper than the number.
    let held = starts
        .iter()
        .all(|&s| drafts.get(s + 1).is_none_or(|next| starts.contains(&(s + 1)) || indent(next) > indent(&drafts[s])));
    if held && starts.len() + begin < drafts.len() { starts } else { Vec::new() }
}

/// The name that signs a comment: its last line, or its first where that is a name alone.
fn signature<'a>(lines: &Lines<'a>, comment: &[Draft]) -> Option<&'a str> {
    let last = comment.last().filter(|d| d.count() == 1)?.first_line(lines).trim_end_matches([',', ' ']);
    let last = last.trim_start_matches(['—', '–', '-', ' ']);
    if names::is_name(last) {
        return Some(last);
    }
    let first = comment.first()?.first_line(lines);
    let first = list::opens(first).map_or(first, |o| &first[o.length..]);
    let name = first.strip_suffix(" says:").or_else(|| first.strip_suffix(" wrote:")).unwrap_or(first);
    (comment.len() > 1 && names::is_name(name)).then_some(name)
}

/// The last words of a text, after a rule and in brackets from end to end, are an editor's note.
fn editors_note(lines: &Lines<'_>, drafts: &mut [Draft]) {
    let Some(rule) = drafts.iter().rposition(|d| d.kind == BlockKind::Rule) else { return };
    if rule + 1 >= drafts.len() || rule + 3 < drafts.len() {
        return;
    }
    let opens = drafts[rule + 1].first_line(lines).starts_with('[');
    let closes = drafts.last().is_some_and(|d| d.last_line(lines).ends_with(']'));
    if opens && closes && drafts[rule + 1].label.is_none() {
        for draft in &mut drafts[rule + 1..] {
            draft.voice = Some((VoiceRole::Editor, None));
        }
    }
}
