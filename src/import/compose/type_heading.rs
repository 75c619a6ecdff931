//! Headings of a printed text: lines in larger or bolder type than the prose that they stand over.

use crate::text::block::BlockKind;
use crate::text::clean::Clean;
use crate::text::meta::Meta;

use crate::import::lines::Lines;
use crate::import::lines::draft::Draft;
use crate::import::lines::marks;

/// Type that is larger than the text's by this factor is a heading's.
const LARGER: f32 = 1.09;

/// How large the title of a text is set at least, in twentieths of the text's size.
const TITLE: u32 = 23;

/// Longer paragraphs are no headings, in bytes.
const LONGEST: usize = 200;

/// Within how many paragraphs of the start the title stands.
const AT_START: usize = 24;

/// The type of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Type {
    /// In twentieths of the text's size: the sizes of one kind of heading differ by less.
    size: u32,
    bold: bool,
}

/// Marks headings by their type, and takes the title where nothing names it. `false` where the text shows no headings
/// so, or is not printed.
pub(super) fn recognise(lines: &Lines<'_>, drafts: &mut [Draft], meta: &mut Meta) -> bool {
    if lines.print.is_none() {
        return false;
    }
    if tagged(lines, drafts, meta) {
        return true;
    }
    let mut found: Vec<(usize, Type)> = Vec::new();
    for i in 0..drafts.len() {
        if let Some(kind) = type_of(lines, drafts, i) {
            found.push((i, kind));
        }
    }
    let title = title(lines, drafts, &found, meta);
    if let Some(i) = title {
        let string = drafts[i].string(lines);
        meta.title.get_or_insert_with(|| Clean::line(&string).as_str().trim().to_owned());
        (drafts[i].kind, drafts[i].depth) = (BlockKind::Heading, 1);
    }
    found.retain(|(i, _)| Some(*i) != title);
    let mut types: Vec<Type> = Vec::new();
    for (_, kind) in &found {
        if !types.contains(kind) {
            types.push(*kind);
        }
    }
    types.sort_unstable_by(|a, b| b.cmp(a));
    for (i, kind) in &found {
        let rank = types.iter().position(|t| t == kind).unwrap_or(0);
        (drafts[*i].kind, drafts[*i].depth) = (BlockKind::Heading, 2 + rank.min(4) as u8);
    }
    found.len() >= 2
}

/// Marks the headings that the document's structure names, and takes the title. `false` where it names none.
fn tagged(lines: &Lines<'_>, drafts: &mut [Draft], meta: &mut Meta) -> bool {
    let level = |draft: &Draft| {
        let mut levels = (draft.first..draft.end).map(|n| lines.setting(n as usize).map_or(0, |s| s.heading));
        let first = levels.next().unwrap_or(0);
        let named = first > 0 && draft.is_prose() && draft.len(lines) <= LONGEST * 2;
        (named && levels.all(|l| l == first)).then_some(first)
    };
    let found: Vec<(usize, u8)> = drafts.iter().enumerate().filter_map(|(i, d)| Some((i, level(d)?))).collect();
    let Some(highest) = found.iter().map(|(_, level)| *level).min() else { return false };
    // One at the start stands above all others: the title. Else those of the highest rank are chapters.
    let first = found.iter().find(|(_, level)| *level == highest).filter(|(i, _)| *i < AT_START);
    let alone = found.iter().filter(|(_, level)| *level == highest).count() == 1;
    let title = first.filter(|_| alone).map(|(i, _)| *i);
    if let Some(i) = title {
        let string = drafts[i].string(lines);
        meta.title.get_or_insert_with(|| Clean::line(&string).as_str().trim().to_owned());
    }
    let below = if title.is_some() { 1 } else { 2 };
    for (i, level) in found {
        (drafts[i].kind, drafts[i].depth) = (BlockKind::Heading, (level - highest + below).min(6));
    }
    true
}

/// The type of a paragraph that is set as a heading.
fn type_of(lines: &Lines<'_>, drafts: &[Draft], i: usize) -> Option<Type> {
    let draft = &drafts[i];
    let length = draft.len(lines);
    if !draft.is_prose() || length > LONGEST || draft.count() > 4 {
        return None;
    }
    let rows = || (draft.first..draft.end).filter_map(|n| lines.setting(n as usize));
    let size = rows().map(|s| s.size).fold(f32::MAX, f32::min);
    let bold = rows().all(|s| s.bold);
    let string = draft.string(lines);
    let letters = string.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 || rows().any(|s| s.mono) || rows().count() == 0 {
        return None;
    }
    let kind = Type { size: (size * 20.0).round() as u32, bold };
    if size >= LARGER {
        // A first paragraph in larger type is no heading.
        return (!marks::ends_sentence(&string) || string.ends_with(['?', '!', ':']) || length < 80).then_some(kind);
    }
    let alone = draft.parted && drafts.get(i + 1).is_some_and(|n| n.len(lines) > length / 2);
    let closed = string.ends_with(['.', ',', ';', ':']) && !string.starts_with(|c: char| c.is_ascii_digit());
    (bold && size > 0.9 && alone && draft.count() <= 2 && !closed && length < 120).then_some(kind)
}

/// The paragraph that is the title: the one that says what the file says of itself, else the largest at the start.
fn title(lines: &Lines<'_>, drafts: &[Draft], found: &[(usize, Type)], meta: &Meta) -> Option<usize> {
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    if let Some(named) = &meta.title {
        let named = letters(named);
        let says = |d: &&Draft| d.is_prose() && d.len(lines) < LONGEST * 2 && letters(&d.string(lines)) == named;
        return drafts.iter().take(AT_START).position(|d| says(&d));
    }
    let largest = found.iter().map(|(_, t)| t.size).max().filter(|size| *size >= TITLE)?;
    let first = found.iter().find(|(_, t)| t.size == largest)?;
    // Chapters may be set as large as the title, and there are more of them.
    let like = found.iter().filter(|(_, t)| t.size == largest).count();
    (first.0 < AT_START && like <= 2).then_some(first.0)
}
