//! What is a passage in one text and a heading, or the beginning of a passage, in the other: a title set as a line of its own
//! is no difference of two versions, though headings have no numbers.

use std::ops::Range;

use super::beads::{confidence, is_across};
use super::beside::gain;
use super::breaks::letters;
use super::dots::cosines_of;
use super::judged_pairs::Fixed;
use super::pass::{Found, Units};
use super::signs::Signs;
use super::{Bead, BeadKind, titles};
use crate::text::Text;
use crate::text::passage::PassageNo;

/// A heading in other words than the passage must be so much alike.
const ALIKE: f32 = 0.5;
/// And so much, where the passage ends as a sentence does, and so long at most.
const MUCH_ALIKE: f32 = 0.7;
pub(super) const SHORT: usize = 160;
/// In a text of so many counted parts, of which so many begin with a passage that is as short as a title, those are titles.
const PARTS: usize = 4;
const ENTITLED: f32 = 0.9;

/// A heading of a text: its block, and how many passages stand before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heading {
    pub block: u32,
    pub before: u32,
}

/// The beads with those passages that only one text has as a passage level with the heading that the other has there, or
/// taken in by the passage that begins with them.
pub(super) fn with_headings(
    (units, found, fixed): (&Units, &Found, &Fixed),
    texts: [&Text; 2],
    beads: Vec<Bead>,
) -> Vec<Bead> {
    let headings = texts.map(headings_of);
    let are_entitled = [0, 1].map(|side| is_entitled(units, texts[side], (side, &headings[side])));
    let mut beads = taken_out((units, found, fixed), texts, (&headings, are_entitled), beads);
    let mut from = 0;
    let mut reached = [0, 0];
    while from < beads.len() {
        let to = (from..beads.len()).find(|at| is_across(&beads[*at])).unwrap_or(beads.len());
        if from < to {
            let next = beads.get(to).map_or_else(
                || texts.map(|text| text.passage_count() as u32),
                |bead| [bead.left.start, bead.right.start],
            );
            let between = [0, 1].map(|side| {
                let of = &headings[side];
                let first = of.partition_point(|heading| heading.before < reached[side]);
                let last = of.partition_point(|heading| heading.before <= next[side]);
                &of[first..last.max(first)]
            });
            level(units, found, texts, between, &mut beads[from..to]);
            let place = [0, 1].map(|side| reached[side]..next[side]);
            titles::level((units, found, fixed), texts, between, &place, are_entitled, &mut beads[from..to]);
            take_in(units, texts, &mut beads[from..], to - from);
        }
        if let Some(bead) = beads.get(to) {
            reached = [bead.left.end, bead.right.end];
        }
        from = to + 1;
    }
    beads.retain(|bead| !bead.left.is_empty() || !bead.right.is_empty());
    beads
}

fn headings_of(text: &Text) -> Vec<Heading> {
    let passages = |block: u32| text.numbering().passage_before(block as usize).map_or(0, |passage| passage.0);
    text.numbering().headings().iter().map(|&block| Heading { block, before: passages(block) }).collect()
}

/// The beads without those titles at either end of one that are headings right beside its other side: the path counts them
/// as a part of their neighbours, since it goes through passages only.
fn taken_out(
    (units, found, fixed): (&Units, &Found, &Fixed),
    texts: [&Text; 2],
    (headings, are_entitled): (&[Vec<Heading>; 2], [bool; 2]),
    beads: Vec<Bead>,
) -> Vec<Bead> {
    let is_heading = |side: usize, at: u32, before: u32| {
        let beside = |heading: &&Heading| heading.before == before;
        let titles = || headings[1 - side].iter().filter(beside).map(|h| texts[1 - side].block_str(h.block as usize));
        let title = letters(texts[side].passage_str(PassageNo(at + 1)));
        let (signs, others) = if side == 0 { (units.left(), units.right()) } else { (units.right(), units.left()) };
        let alike = || likeness(found, (signs, at), others, titles(), side).into_iter().fold(0.0, f32::max);
        titles().any(|other| !title.is_empty() && letters(other) == title)
            || signs.headings()[at as usize] && titles().next().is_some() && alike() > found.chance.high.max(ALIKE)
    };
    // Behind the heading that it has as well, `V`, a text may have as a passage what is one more heading in the other.
    let is_under_heading = |side: usize, bead: &Bead| {
        let (own, other) = (side_of(bead, side).start, side_of(bead, 1 - side).start);
        let count = |side: usize, before: u32| headings[side].iter().filter(|h| h.before == before).count();
        let (here, there) = (count(side, own), count(1 - side, other));
        let string = texts[side].passage_str(PassageNo(own + 1));
        here > 0 && there > here && string.len() <= SHORT && {
            let (signs, others) = if side == 0 { (units.left(), units.right()) } else { (units.right(), units.left()) };
            let titles = headings[1 - side].iter().filter(|h| h.before == other);
            let titles = titles.map(|h| texts[1 - side].block_str(h.block as usize));
            let alike = || likeness(found, (signs, own), others, titles, side).into_iter().fold(0.0, f32::max);
            let passage = || std::iter::once(texts[1 - side].passage_str(PassageNo(other + 1)));
            // Where both count their parts, the number says which heading it is under.
            let (here, there) = (signs.breaks()[own as usize], others.breaks()[other as usize]);
            let are_counted = here.is_numbered() && there.is_numbered();
            (!are_counted || here == there)
                && (are_counted && are_entitled[side]
                    || alike() > likeness(found, (signs, own), others, passage(), side)[0])
        }
    };
    let mut all: Vec<Bead> = Vec::with_capacity(beads.len());
    // What a title was across from, where it was that alone.
    let mut freed: Option<(usize, Range<u32>)> = None;
    for mut bead in beads {
        if let Some((side, range)) = freed.take() {
            let own = side_of(&bead, side);
            if is_across(&bead)
                && own.start == range.end
                && gain(units, found, fixed, [&alone(side, range.clone()), &bead]).is_some()
            {
                let whole = range.start..own.end;
                if side == 0 { bead.left = whole } else { bead.right = whole }
            } else {
                all.extend(range.map(|at| alone(side, at..at + 1)));
            }
        }
        let mut after = Vec::new();
        for side in [0, 1] {
            let title = |at: u32| alone(side, at..at + 1);
            let other = side_of(&bead, 1 - side).clone();
            let own = side_of(&bead, side).clone();
            let (mut start, mut end) = (own.start, own.end);
            let is_title = |bead: &Bead| is_heading(side, start, other.start) || is_under_heading(side, bead);
            let is_said = if side == 0 { fixed.holds_left(start as usize) } else { fixed.holds_right(start as usize) };
            let is_whole = end - start == 1 && !is_said;
            if is_across(&bead) && is_whole && is_under_heading(side, &bead) {
                all.push(title(start));
                freed = Some((1 - side, other));
                bead = Bead { left: 0..0, right: 0..0, ..bead };
                break;
            }
            if is_across(&bead) && end - start > 1 && is_title(&bead) {
                all.push(title(start));
                start += 1;
            }
            if is_across(&bead) && end - start > 1 && is_heading(side, end - 1, other.end) {
                end -= 1;
                after.push(title(end));
            }
            if side == 0 { bead.left = start..end } else { bead.right = start..end }
        }
        all.push(bead);
        all.extend(after);
    }
    all.extend(freed.into_iter().flat_map(|(side, range)| range.map(move |at| alone(side, at..at + 1))));
    all.retain(|bead| !bead.left.is_empty() || !bead.right.is_empty());
    all
}

/// Whether a text has as a passage of its own, right behind the heading that counts it, the title of each part.
fn is_entitled(units: &Units, text: &Text, (side, headings): (usize, &[Heading])) -> bool {
    let signs = if side == 0 { units.left() } else { units.right() };
    let mut parts: Vec<u32> = headings.iter().map(|heading| heading.before).collect();
    parts.dedup();
    parts.retain(|at| signs.breaks().get(*at as usize).is_some_and(|part| part.is_numbered()));
    let titled = parts.iter().filter(|at| text.passage_str(PassageNo(**at + 1)).len() <= SHORT).count();
    parts.len() >= PARTS && titled as f32 >= ENTITLED * parts.len() as f32
}

/// Sets passages level with the headings between two beads.
fn level(units: &Units, found: &Found, texts: [&Text; 2], between: [&[Heading]; 2], gaps: &mut [Bead]) {
    for side in [0, 1] {
        let (own, others) = (between[side], between[1 - side]);
        let (here, there) = (texts[side], texts[1 - side]);
        let words = |text: &'_ Text, heading: &Heading| letters(text.block_str(heading.block as usize));
        // A heading that the same text has too is level with that.
        let own: Vec<String> = own.iter().map(|heading| words(here, heading)).collect();
        let mut free: Vec<(Heading, String)> =
            others.iter().map(|heading| (*heading, words(there, heading))).filter(|(_, w)| !own.contains(w)).collect();
        let kind = [BeadKind::OnlyLeft, BeadKind::OnlyRight][side];
        for bead in gaps.iter_mut().filter(|bead| bead.kind == kind) {
            let at = if side == 0 { bead.left.start } else { bead.right.start };
            let (signs, other_signs) =
                if side == 0 { (units.left(), units.right()) } else { (units.right(), units.left()) };
            let string = here.passage_str(PassageNo(at + 1));
            let passage = letters(string);
            let same = free.iter().position(|(_, words)| !passage.is_empty() && *words == passage);
            let titles = || free.iter().map(|(heading, _)| there.block_str(heading.block as usize));
            // In other words only a title is, and what is as short as one.
            let is_title = signs.headings()[at as usize] || string.len() <= SHORT;
            let twin = same.map(|twin| (twin, 1.0)).or_else(|| {
                let least = if signs.headings()[at as usize] { ALIKE } else { MUCH_ALIKE };
                let cosines = likeness(found, (signs, at), other_signs, titles(), side);
                let best = cosines.into_iter().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
                best.filter(|(_, cosine)| is_title && *cosine > found.chance.high.max(least))
            });
            let Some((twin, cosine)) = twin else { continue };
            let heading = free[twin].0;
            let title = there.block_str(heading.block as usize);
            let is_same = title.split_whitespace().eq(string.split_whitespace());
            bead.kind = if is_same { BeadKind::Same } else { BeadKind::Changed };
            bead.confidence = confidence((cosine - found.chance.mean) / found.chance.spread);
            bead.heading = Some(heading.block);
            let place = heading.before..heading.before;
            if side == 0 {
                bead.right = place;
            } else {
                bead.left = place;
            }
            // Those before it are over: what follows is level with those that follow.
            free.drain(..=twin);
        }
    }
}

/// How much a passage has in common with each of some headings of the other text.
pub(super) fn likeness<'a>(
    found: &Found,
    (signs, at): (&Signs, u32),
    others: &Signs,
    titles: impl Iterator<Item = &'a str>,
    side: usize,
) -> Vec<f32> {
    let titles = others.of_parts(titles);
    let own = signs.of_units(std::iter::once(at as usize));
    let count = titles.count() as u32;
    if side == 0 {
        cosines_of(&own, &titles, &found.table, &mut (0..count).map(|title| (0, title)).collect::<Vec<_>>())
    } else {
        cosines_of(&titles, &own, &found.table, &mut (0..count).map(|title| (title, 0)).collect::<Vec<_>>())
    }
}

/// Has the bead at `next` take in a title before it that its other side begins with.
fn take_in(units: &Units, texts: [&Text; 2], beads: &mut [Bead], next: usize) {
    let (gaps, rest) = beads.split_at_mut(next);
    let Some(bead) = rest.first_mut() else { return };
    for (side, kind) in [BeadKind::OnlyLeft, BeadKind::OnlyRight].into_iter().enumerate() {
        let (own, other) = if side == 0 { (&bead.left, &bead.right) } else { (&bead.right, &bead.left) };
        let [before, first, across] = [own.start.checked_sub(1), Some(own.start), Some(other.start)];
        let (Some(before), Some(first), Some(across)) = (before, first, across) else { continue };
        let signs = if side == 0 { units.left() } else { units.right() };
        let is_before = |gap: &&mut Bead| gap.kind == kind && side_of(gap, side).start == before;
        let Some(gap) = gaps.iter_mut().find(is_before).filter(|_| signs.headings()[before as usize]) else { continue };
        let begins =
            |text: &Text, at: u32, title: &str| letters(text.passage_str(PassageNo(at + 1))).starts_with(title);
        let title = letters(texts[side].passage_str(PassageNo(before + 1)));
        if !title.is_empty() && begins(texts[1 - side], across, &title) && !begins(texts[side], first, &title) {
            if side == 0 {
                (bead.left.start, gap.left) = (before, 0..0);
            } else {
                (bead.right.start, gap.right) = (before, 0..0);
            }
        }
    }
}

/// What only the text of a side has.
fn alone(side: usize, range: Range<u32>) -> Bead {
    let kind = [BeadKind::OnlyLeft, BeadKind::OnlyRight][side];
    let (left, right) = if side == 0 { (range, 0..0) } else { (0..0, range) };
    Bead { left, right, kind, confidence: 0.0, heading: None }
}

fn side_of(bead: &Bead, side: usize) -> &Range<u32> {
    if side == 0 { &bead.left } else { &bead.right }
}
