//! Headings that are underlined by a row of signs, as typists and most manuals set them.

use crate::text::block::BlockKind;

use crate::import::lines::Lines;
use crate::import::lines::draft::Draft;

/// With this many of them, they are how this text sets its headings; no others are guessed.
const ENOUGH: usize = 3;
/// A heading is at most this long, in characters.
const LONGEST: usize = 90;

/// Marks underlined headings and drops their rules. Each sign is a level, in the order in which they first come. The
/// first line of a text stays what it is: it may be the title. Says whether the text sets its headings so.
pub(super) fn recognise(lines: &Lines<'_>, drafts: &mut Vec<Draft>) -> bool {
    let mut levels: Vec<char> = Vec::new();
    let mut found = 0;
    let mut dropped = vec![false; drafts.len()];
    for at in 1..drafts.len() {
        let Some(sign) = sign_under(lines, &drafts[at - 1], &drafts[at]) else { continue };
        dropped[at] = true;
        if let Some(next) = drafts.get_mut(at + 1) {
            next.parted = true;
        }
        if at == 1 {
            continue;
        }
        if !levels.contains(&sign) {
            levels.push(sign);
        }
        let level = levels.iter().position(|l| *l == sign).unwrap_or(0);
        (drafts[at - 1].kind, drafts[at - 1].depth) = (BlockKind::Heading, 2 + level.min(4) as u8);
        found += 1;
    }
    let mut dropped = dropped.into_iter();
    drafts.retain(|_| !dropped.next().unwrap_or(false));
    found >= ENOUGH
}

/// The sign that underlines a paragraph of one line: the next line is nothing but it, and about as long.
fn sign_under(lines: &Lines<'_>, heading: &Draft, rule: &Draft) -> Option<char> {
    if rule.kind != BlockKind::Rule || rule.parted || !heading.is_prose() || heading.count() != 1 {
        return None;
    }
    let row = rule.first_line(lines);
    let sign = row.chars().next()?;
    let (over, under) = (heading.first_line(lines).chars().count(), row.chars().count());
    let alike = over.abs_diff(under) <= 2 + over / 5;
    (heading.parted && alike && over <= LONGEST && row.chars().all(|c| c == sign)).then_some(sign)
}
