//! A text searched part by part: between two of them it is asked whether anybody still waits.

use std::ops::Range;

use regex_automata::{Input, meta};

use crate::text::Text;

/// How much is searched for words before it is asked whether anybody still waits.
pub(super) const PART: usize = 1 << 20;

/// As above, for a pattern: the slowest patterns take seconds per megabyte.
pub(super) const PART_OF_PATTERN: usize = 1 << 16;

/// So much after its part a hit of a pattern may reach.
pub(super) const BEYOND: usize = 1 << 14;

/// How far a hit of a pattern may reach whose part ends here: to the end of a block, of a very long one into it.
pub(super) fn reach(text: &Text, part: usize) -> usize {
    let string = text.string();
    let beyond = string.floor_char_boundary(part + BEYOND);
    let end = text.block_at(beyond).map_or(string.len(), |b| text.blocks()[b].range().end);
    if end > beyond + PART_OF_PATTERN { beyond } else { end.max(part) }
}

/// The parts of a text's string in the order in which they are searched: what comes after byte `from`, then what comes
/// before. Parts end with blocks, but for those of a pattern: it can take so long that nobody waits for a long block.
pub(super) fn parts(text: &Text, from: usize, is_pattern: bool) -> impl Iterator<Item = Range<usize>> + '_ {
    let size = if is_pattern { PART_OF_PATTERN } else { PART };
    let cut = move |range: Range<usize>| {
        let mut at = range.start;
        std::iter::from_fn(move || {
            let start = at;
            let nominal = text.string().floor_char_boundary((start + size).min(range.end));
            let end = text.block_at(nominal).map_or(range.end, |b| text.blocks()[b].range().end + 1);
            at = if is_pattern && end > nominal + size { nominal } else { end.clamp(nominal, range.end) };
            (start < range.end).then_some(start..at)
        })
    };
    cut(from..text.string().len()).chain(cut(0..from))
}

/// Where `part` of a string has a pattern, whose hits go on until `end` at most, and which may look at what is around it.
pub(super) fn matches<'s>(
    pattern: &'s meta::Regex,
    string: &'s str,
    part: Range<usize>,
    end: usize,
) -> impl Iterator<Item = (u32, u32)> + 's {
    let mut at = part.start;
    std::iter::from_fn(move || {
        let next = |at: usize| pattern.search(&Input::new(string).range(at..end.max(at)));
        while let Some(m) = next(at).filter(|m| m.start() < part.end) {
            at = m.end();
            if !m.is_empty() {
                return Some((m.start() as u32, m.end() as u32));
            }
            at += string[at..].chars().next()?.len_utf8();
        }
        None
    })
}
