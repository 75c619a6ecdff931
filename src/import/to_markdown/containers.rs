//! What a block stands in, as the prefixes of its lines: quotations, list items, notes.

use crate::text::block::{Block, BlockKind, Marker};

/// One thing that a block stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    Quote,
    Item { marker: Marker, closer: char },
    Note,
}

/// The containers of one block and how many of them are those of the block before.
#[derive(Debug)]
pub(super) struct Path {
    all: Vec<Container>,
    /// This many are open already.
    open: usize,
    /// The block begins a further item of the list that the block before is in.
    pub continues_list: bool,
}

impl Path {
    /// The prefix of a blank line between the last block and the one with this path.
    pub(super) fn common_prefix(&self) -> String {
        self.all[..self.open].iter().map(|c| rest_prefix(*c)).collect()
    }
}

/// The containers that are open after the last block.
#[derive(Debug, Default)]
pub(super) struct Containers {
    open: Vec<Container>,
    /// Whether the last block was an item's only line so far.
    pub last_was_item: bool,
}

impl Containers {
    /// The containers of `blocks[0]`; the blocks after it tell how far its items reach. `note` says that it is of a
    /// note, and whether it is the first block there.
    pub(super) fn path_of(&self, blocks: &[Block], note: Option<bool>) -> Path {
        let block = &blocks[0];
        let (lists, quotes) = (lists_of(block), usize::from(block.quoted));
        let begins = block.marker != Marker::None && lists > 0;
        // A block without a marker goes on in the item that is open; one with a marker begins the innermost item.
        let kept_lists = if begins { lists - 1 } else { lists };
        let same_note = note.is_some() == matches!(self.open.first(), Some(Container::Note)) && note != Some(true);
        let already: &[Container] = if same_note { &self.open } else { &[] };
        let around = quotes - usize::from(begins && block.kind == BlockKind::Quotation && quotes > 0);
        let stay = lists_that_stay(already, kept_lists, around);
        // Lists that no block has opened are opened here, with a bullet: it reads back as one that begins an item.
        let outside = if begins || lists > stay { quotes_outside(blocks, stay) } else { vec![quotes; lists] };
        let limit = |l: usize| if l < stay { around } else { outside.get(l).copied().unwrap_or(quotes) };
        let mut all = Vec::new();
        let (mut l, mut q) = (0, 0);
        let mut open = 0;
        if same_note {
            for c in already {
                match c {
                    Container::Quote if q < limit(l) => q += 1,
                    Container::Item { .. } if l < kept_lists => l += 1,
                    Container::Note => {}
                    _ => break,
                }
                all.push(*c);
                open += 1;
            }
        } else if note.is_some() {
            all.push(Container::Note);
        }
        let before = self.open.get(open).copied();
        let mut continues_list = false;
        for (level, &outside) in outside.iter().enumerate().skip(l) {
            all.extend((q..outside).map(|_| Container::Quote));
            q = q.max(outside);
            if level + 1 < lists || !begins {
                // An outer item that no block has opened is opened with a bullet on the same line.
                all.push(Container::Item { marker: Marker::Bullet, closer: '.' });
                continue;
            }
            let sibling = match before {
                Some(Container::Item { marker, closer }) if all.len() == open => Some((marker, closer)),
                _ => None,
            };
            let (closer, continued) = closer_after(sibling, block.marker);
            continues_list = continued;
            all.push(Container::Item { marker: block.marker, closer });
        }
        all.extend((q..quotes).map(|_| Container::Quote));
        Path { all, open, continues_list }
    }

    /// Writes `source` with the prefixes of `path`, which is open from now on.
    pub(super) fn write(&mut self, out: &mut String, path: &Path, label: &str, source: &str) {
        let rest: String = path.all.iter().map(|c| rest_prefix(*c)).collect();
        let mut first = path.common_prefix();
        for c in &path.all[path.open..] {
            match c {
                Container::Quote => first.push_str("> "),
                Container::Note => first.extend(["[^", label, "]: "]),
                Container::Item { marker, closer } => first.push_str(&marker_prefix(*marker, *closer)),
            }
        }
        for (i, line) in source.split('\n').enumerate() {
            let prefix = if i == 0 { &first } else { &rest };
            out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
            out.push_str(line);
            out.push('\n');
        }
        self.open.clone_from(&path.all);
        self.last_was_item = matches!(path.all.last(), Some(Container::Item { .. })) && !source.contains('\n');
    }
}

/// How many lists a block stands in.
fn lists_of(block: &Block) -> usize {
    if block.kind == BlockKind::Heading { 0 } else { usize::from(block.depth) }
}

/// How many of the open lists a block can stay in that is within this many lists and quotations.
fn lists_that_stay(open: &[Container], lists: usize, quotes: usize) -> usize {
    let (mut l, mut q) = (0, 0);
    for c in open {
        match c {
            Container::Quote if q < quotes => q += 1,
            Container::Item { .. } if l < lists => l += 1,
            Container::Note => {}
            _ => break,
        }
    }
    l
}

/// For each list around `blocks[0]`, which begins an item: how many quotations stand around that item. They are those
/// that no block of the item is without. The outermost `known` lists are open already and not looked at.
fn quotes_outside(blocks: &[Block], known: usize) -> Vec<usize> {
    let block = &blocks[0];
    let lists = lists_of(block);
    // A paragraph of a quotation has at least the innermost quote within its item.
    let at_most = |b: &Block| usize::from(b.quoted) - usize::from(b.kind == BlockKind::Quotation && b.quoted > 0);
    let mut outside = vec![at_most(block); lists];
    let mut level = lists;
    for next in &blocks[1..] {
        // An item ends where a block is less deep, or begins another item as deep.
        level = level.min(lists_of(next));
        if next.marker != Marker::None && lists_of(next) == level {
            level = level.saturating_sub(1);
        }
        // A paragraph of an item has all its quotations around the item: one with fewer is not of the same item.
        let fewer = block.kind == BlockKind::Item && at_most(next) < usize::from(block.quoted);
        if level <= known || (fewer && level == lists) {
            break;
        }
        for o in &mut outside[known..level] {
            *o = (*o).min(at_most(next));
        }
    }
    outside
}

fn rest_prefix(c: Container) -> String {
    match c {
        Container::Quote => "> ".to_owned(),
        Container::Note => "    ".to_owned(),
        Container::Item { marker, closer } => " ".repeat(marker_prefix(marker, closer).len()),
    }
}

fn marker_prefix(marker: Marker, closer: char) -> String {
    match marker {
        Marker::Number(n) => format!("{n}{closer} "),
        Marker::Bullet | Marker::None => format!("{} ", if closer == ')' { '+' } else { '-' }),
    }
}

/// The sign after an item's number, and whether the item goes on with the list of its elder sibling. A parser counts
/// on from a list's first number, so a number out of turn needs a list of its own, which another sign begins.
fn closer_after(sibling: Option<(Marker, char)>, marker: Marker) -> (char, bool) {
    match (sibling, marker) {
        (Some((Marker::Number(before), closer)), Marker::Number(n)) => {
            let next = before.checked_add(1) == Some(n);
            let other = if closer == '.' { ')' } else { '.' };
            if next { (closer, true) } else { (other, false) }
        }
        (Some((Marker::Bullet, closer)), Marker::Bullet) => (closer, true),
        _ => ('.', false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_out_of_turn_begins_a_list() {
        let cases = [
            (Some((Marker::Number(1), '.')), Marker::Number(2), ('.', true)),
            (Some((Marker::Number(1), '.')), Marker::Number(3), (')', false)),
            (Some((Marker::Number(1), ')')), Marker::Number(1), ('.', false)),
            (Some((Marker::Bullet, '.')), Marker::Number(1), ('.', false)),
            (None, Marker::Bullet, ('.', false)),
        ];
        for (sibling, marker, expected) in cases {
            assert_eq!(closer_after(sibling, marker), expected);
        }
    }
}
