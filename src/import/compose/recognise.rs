//! What paragraphs are: rules, items of lists, quotations set in, headings. Cautious: what is not evident stays prose.

use crate::text::block::{BlockKind, Marker};

use crate::import::lines::Lines;
use crate::import::lines::draft::Draft;
use crate::import::lines::list::{self, Opening};
use crate::import::lines::marks;
use crate::import::lines::measure::Measure;

/// Rules between sections.
pub(in crate::import) fn rules(lines: &Lines<'_>, drafts: &mut [Draft]) {
    for draft in drafts {
        if draft.count() == 1 && marks::is_rule(draft.first_line(lines)) {
            draft.kind = BlockKind::Rule;
        }
    }
}

/// Items of lists. A sign that can mean something else needs a second item beside it; numbers must count on.
pub(in crate::import) fn lists(lines: &Lines<'_>, drafts: &mut [Draft]) {
    let openings: Vec<Option<Opening>> =
        drafts.iter().map(|d| if d.is_prose() { list::opens(d.first_line(lines)) } else { None }).collect();
    let mut seen = vec![false; drafts.len()];
    for at in 0..drafts.len() {
        let Some(opening) = openings[at].filter(|_| !seen[at]) else { continue };
        let items = items_from(lines, drafts, &openings, at);
        for i in &items {
            seen[*i] = true;
        }
        let led = at > 0 && marks::last_sign(drafts[at - 1].last_line(lines)) == Some(':');
        let counts = matches!(opening.marker, Marker::Number(0 | 1)) || !matches!(opening.marker, Marker::Number(_));
        let bullet = led && opening.marker == Marker::Bullet;
        if opening.sure || bullet || (items.len() >= 2 && (counts || led)) {
            let margin = indent_of(lines, &drafts[at]);
            for i in items {
                let Some(opening) = openings[i] else { continue };
                let deeper = indent_of(lines, &drafts[i]).saturating_sub(margin);
                drafts[i].kind = BlockKind::Item;
                drafts[i].depth = if deeper >= 2 { 2 } else { 1 };
                drafts[i].marker = opening.marker;
                drafts[i].skip = opening.length as u16;
            }
        }
    }
}

/// The items of the list that begins at `at`: one after another, or with paragraphs between them that are set in below
/// the item before.
fn items_from(lines: &Lines<'_>, drafts: &[Draft], openings: &[Option<Opening>], at: usize) -> Vec<usize> {
    const MOST_BETWEEN: usize = 8;
    let mut items = vec![at];
    let (mut last, mut beside) = (at, true);
    for i in at + 1..drafts.len() {
        let indent = indent_of(lines, &drafts[i]);
        let level = beside || indent == indent_of(lines, &drafts[last]);
        if openings[i].is_some_and(|o| level && drafts[i].is_prose() && follows(openings[last], o)) {
            items.push(i);
            (last, beside) = (i, true);
            continue;
        }
        let below = drafts[i].is_prose() && lines.print.is_none() && indent >= indent_of(lines, &drafts[last]) + 2;
        if !below || i - last > MOST_BETWEEN {
            break;
        }
        beside = false;
    }
    items
}

/// Whether an item follows another in one list.
fn follows(before: Option<Opening>, this: Opening) -> bool {
    match (before.map(|o| o.marker), this.marker) {
        (Some(Marker::Bullet), Marker::Bullet) => true,
        (Some(Marker::Number(a)), Marker::Number(b)) => a.checked_add(1) == Some(b),
        _ => false,
    }
}

fn indent_of(lines: &Lines<'_>, draft: &Draft) -> u16 {
    lines.all.get(draft.first as usize).map_or(0, |l| l.indent)
}

/// How much of a text may be set in as quotations; where more is, that is how the text is laid out.
const MOST_SET_IN: (usize, usize) = (1, 5);

/// Blocks that are set in from the margin as a whole are quotations; on printed pages also those that are set in a
/// narrower column than the text. A text with several depths of indents, as manuals have, quotes nothing by them.
pub(in crate::import) fn set_in(lines: &Lines<'_>, drafts: &mut [Draft], measure: Measure) {
    if !measure.wrapped {
        return;
    }
    let margin = common_indent(lines, drafts);
    let speakers = drafts.iter().filter(|d| d.count() == 1 && is_stressed(d.first_line(lines), d.last_line(lines)));
    let play = speakers.take(FEWEST_SPEAKERS).count() == FEWEST_SPEAKERS;
    let mut found = Vec::new();
    // What is set in under an item goes on with the item.
    let mut under_item = false;
    for (at, draft) in drafts.iter().enumerate() {
        let margined = draft.kind != BlockKind::Item && indent_of(lines, draft) <= margin + 1;
        under_item = draft.kind == BlockKind::Item || under_item && !margined;
        if under_item
            || !draft.is_prose()
            || !draft.parted
            || draft.count() < 2
            || list::is_enumerated(draft.first_line(lines))
            || is_direction(draft.first_line(lines), draft.last_line(lines), play)
            || names_speaker(draft.first_line(lines))
        {
            continue;
        }
        let rows = &lines.all[draft.first as usize..draft.end as usize];
        let indented = rows.iter().all(|l| l.indent >= margin + 2 && l.indent < margin + 24);
        let width = |i: u32| measure.width(lines, i as usize);
        let print = lines.print.is_some();
        // Most paragraphs are neither, and their first line says so.
        if !indented && (!print || rows.len() < 3 || width(draft.first) >= measure.full * 0.86) {
            continue;
        }
        let widest = (draft.first..draft.end - 1).map(width).fold(0.0, f32::max);
        let narrow = print && rows.len() >= 3 && widest < measure.full * 0.86 && full_by(lines, draft, measure, widest);
        let set_in = indented && widest <= measure.full - 1.0 && (print || is_set_as_prose(lines, draft));
        if set_in || narrow {
            found.push(at);
        }
    }
    if lines.print.is_none() && quotes_nothing(lines, drafts, margin, &found) {
        return;
    }
    // A line between two of them that stands in as they do belongs to them.
    let between = |w: &[usize]| {
        let (before, at) = (&drafts[w[0]], w[0] + 1);
        let line = &drafts[at];
        let same = |d: &Draft| indent_of(lines, d) == indent_of(lines, line);
        let alike = w[1] == at + 1 && line.is_prose() && line.parted && line.count() == 1 && same(before);
        (alike && same(&drafts[w[1]])).then_some(at)
    };
    let lone: Vec<usize> = found.windows(2).filter_map(between).collect();
    found.extend(lone);
    for at in found {
        drafts[at].kind = BlockKind::Quotation;
        drafts[at].quoted = 1;
    }
}

/// Where so many lines alone are stressed, they say who speaks.
const FEWEST_SPEAKERS: usize = 12;

/// Whether a paragraph says what is done on a stage: all of it stands between brackets or, in a play, is stressed.
fn is_direction(first: &str, last: &str, play: bool) -> bool {
    let (open, close) = (first.trim_start_matches('_'), last.trim_end_matches(['_', '.']));
    open.starts_with('(') && close.ends_with(')') || play && is_stressed(first, last)
}

/// `MILLER: It is late.`: a name in capitals and a colon say who speaks.
fn names_speaker(first: &str) -> bool {
    const LONGEST: usize = 40;
    first.split_once(": ").is_some_and(|(name, _)| {
        let letters = || name.chars().filter(|c| c.is_alphabetic());
        name.len() <= LONGEST && letters().count() > 1 && letters().all(char::is_uppercase)
    })
}

/// Whether all from the first line to the last is stressed.
fn is_stressed(first: &str, last: &str) -> bool {
    first.starts_with('_') && last.trim_end_matches(['.', ',', ':', '!', '?']).ends_with('_')
}

/// Whether the lines of a paragraph stand below each other, but for its first, and it is no note in brackets.
fn is_set_as_prose(lines: &Lines<'_>, draft: &Draft) -> bool {
    let rest = &lines.all[draft.first as usize + 1..draft.end as usize];
    let level = rest.iter().all(|l| l.indent.abs_diff(rest[0].indent) <= 1);
    level && !draft.first_line(lines).starts_with(['[', '{', '*'])
}

/// Whether a text is indented for another reason than quoting: too much of it is, or to too many depths.
fn quotes_nothing(lines: &Lines<'_>, drafts: &[Draft], margin: u16, found: &[usize]) -> bool {
    let all: usize = drafts.iter().filter(|d| d.is_prose()).map(Draft::count).sum();
    let set_in: usize = found.iter().map(|at| drafts[*at].count()).sum();
    let mut depths = [0usize; 64];
    for draft in drafts.iter().filter(|d| d.is_prose() && d.count() > 1) {
        let last = lines.all[draft.end as usize - 1].indent;
        depths[usize::from(last.min(63))] += 1;
    }
    let paragraphs: usize = depths.iter().sum();
    let other = |(indent, count): &(usize, &usize)| {
        *indent > usize::from(margin) + 1 && **count * 50 > paragraphs && **count > 2
    };
    set_in * MOST_SET_IN.1 > all * MOST_SET_IN.0 || depths.iter().enumerate().filter(other).count() > 2
}

/// Whether the lines of a paragraph fill a column of this width.
fn full_by(lines: &Lines<'_>, draft: &Draft, measure: Measure, width: f32) -> bool {
    let pairs = draft.first as usize..draft.end as usize - 1;
    let count = pairs.len();
    let beyond = measure.full - width;
    let roomy = pairs.filter(|i| measure.would_fit(lines, *i, *i + 1, beyond + width * 0.08)).count();
    roomy * 4 <= count
}

/// The indent of most lines of prose.
fn common_indent(lines: &Lines<'_>, drafts: &[Draft]) -> u16 {
    let mut counts = [0usize; 64];
    for draft in drafts.iter().filter(|d| d.is_prose()) {
        let last = lines.all[draft.end as usize - 1].indent;
        counts[usize::from(last.min(63))] += draft.count();
    }
    (0..64).max_by_key(|i| (counts[*i], 64 - i)).unwrap_or(0) as u16
}
