//! The spots of a text where letters are written otherwise than they are typed: accents, ligatures, what nobody sees, wide
//! forms, odd spaces, hyphens, dashes and marks.
//!
//! They are gathered once, a stretch of the text at a time, when a search first comes there. A search then looks for plain
//! letters at the speed of plain letters, and besides at the few spots that could be one of its own.

use std::ops::Range;
use std::sync::OnceLock;

use super::letter::{HYPHENS, PLAIN_APOSTROPHES, is_double_quote, is_odd, one_for_all};

/// The spots of one text, as far as they are known.
#[derive(Debug, Default)]
pub struct Spots {
    tables: OnceLock<Box<[OnceLock<SpotsByKind>]>>,
}

/// The spots of a stretch of a text, each kind in order.
#[derive(Debug, Default)]
pub(super) struct SpotsByKind {
    odd: Vec<(char, Vec<u32>)>,
    spaces: Vec<u32>,
    hyphens: Vec<u32>,
    dashes: Vec<u32>,
}

/// What stands at a spot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    /// A character that folds into others.
    Odd(char),
    /// The first of several spaces, or one that is no plain one.
    Spaces,
    /// A plain hyphen that joins what is on its sides.
    Hyphen,
    /// The first of several plain hyphens.
    Dashes,
}

/// The length of a stretch.
const STRETCH: usize = 1 << 20;

/// So many bytes are looked over at once.
const RUN: usize = 32;

impl Spots {
    /// The spots of the stretches of `string` that `range` touches.
    pub(super) fn tables<'s>(&'s self, string: &'s str, range: Range<usize>) -> impl Iterator<Item = &'s SpotsByKind> {
        let count = string.len().div_ceil(STRETCH);
        let tables = self.tables.get_or_init(|| (0..count).map(|_| OnceLock::new()).collect());
        let end = range.end.div_ceil(STRETCH).min(tables.len());
        (range.start / STRETCH..end).map(move |n| {
            tables[n].get_or_init(|| {
                let bound = |n: usize| string.floor_char_boundary((n * STRETCH).min(string.len()));
                SpotsByKind::of(string, bound(n)..bound(n + 1))
            })
        })
    }

    /// Gathers the spots of all of `string`, while `go_on` says so.
    pub fn gather(&self, string: &str, go_on: &dyn Fn() -> bool) {
        for _ in self.tables(string, 0..string.len()).take_while(|_| go_on()) {}
    }
}

impl SpotsByKind {
    fn of(string: &str, range: Range<usize>) -> Self {
        let mut table = Self::default();
        // For each character whether it is odd, once it is known: 1 for no, 2 and more for its list.
        let mut known = vec![0u16; 1 << 16];
        let bytes = &string.as_bytes()[..range.end];
        let mut at = range.start;
        while at < range.end {
            // Most of most texts is looked over by the dozen.
            if let Some(run) = bytes.get(at..at + RUN)
                && run.iter().map(|byte| u8::from(!matches!(byte, b' '..=b',' | b'.'..=0x7f))).sum::<u8>() == 0
                && run.iter().zip(&bytes[at + 1..]).map(|(a, b)| u8::from(a.max(b) <= &b' ')).sum::<u8>() == 0
                && bytes.get(at + RUN).is_none_or(u8::is_ascii)
            {
                at += RUN;
                continue;
            }
            let end = (at + RUN).min(range.end);
            while at < end {
                at += table.take(string, at, &mut known);
            }
        }
        table.odd.iter_mut().for_each(|(_, all)| all.shrink_to_fit());
        [&mut table.spaces, &mut table.hyphens, &mut table.dashes].into_iter().for_each(Vec::shrink_to_fit);
        table
    }

    /// Takes in what stands at byte `at`: how many bytes it has.
    fn take(&mut self, string: &str, at: usize, known: &mut [u16]) -> usize {
        let bytes = string.as_bytes();
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        let before = at.checked_sub(1).map_or(0, |at| bytes[at]);
        match bytes[at] {
            b' ' if next > b' ' && next < 0x80 && before > b' ' && before < 0x80 => {}
            byte if byte.is_ascii_whitespace() => {
                let is_first = !string[..at].ends_with(char::is_whitespace);
                let is_alone = byte == b' ' && !string[at + 1..].starts_with(char::is_whitespace);
                if is_first && !is_alone {
                    self.spaces.push(at as u32);
                }
            }
            b'-' => match (before == b'-', next == b'-') {
                (false, false) if before > b' ' && next > b' ' => self.hyphens.push(at as u32),
                (false, true) => self.dashes.push(at as u32),
                _ => {}
            },
            byte if byte.is_ascii() => {}
            _ => {
                let c = string[at..].chars().next().unwrap_or_default();
                self.take_odd(c, string, at, known);
                return c.len_utf8().max(1);
            }
        }
        1
    }

    fn take_odd(&mut self, c: char, string: &str, at: usize, known: &mut [u16]) {
        if c.is_whitespace() {
            if !string[..at].ends_with(char::is_whitespace) {
                self.spaces.push(at as u32);
            }
            return;
        }
        let list = match known.get(c as usize) {
            Some(0) | None => {
                let list = if is_written_otherwise(c) { self.list_of(c) } else { None };
                if let Some(known) = known.get_mut(c as usize) {
                    *known = list.map_or(1, |list| 2 + list as u16);
                }
                list
            }
            Some(known) => known.checked_sub(2).map(usize::from),
        };
        if let Some(list) = list {
            self.odd[list].1.push(at as u32);
        }
    }

    /// The list of an odd character.
    fn list_of(&mut self, c: char) -> Option<usize> {
        let at = self.odd.iter().position(|(known, _)| *known == c);
        at.or_else(|| {
            self.odd.push((c, Vec::new()));
            Some(self.odd.len() - 1)
        })
    }

    /// Each kind of spot with where it is.
    pub(super) fn kinds(&self) -> impl Iterator<Item = (Spot, &[u32])> {
        let odd = self.odd.iter().map(|(c, all)| (Spot::Odd(*c), &all[..]));
        let others = [(Spot::Spaces, &self.spaces), (Spot::Hyphen, &self.hyphens), (Spot::Dashes, &self.dashes)];
        odd.chain(others.into_iter().map(|(spot, all)| (spot, &all[..])))
    }
}

/// Whether a search for the plain form of `c` would miss it. Double quotation marks are looked for around other letters.
fn is_written_otherwise(c: char) -> bool {
    is_odd(c)
        || one_for_all(c).is_some() && !is_double_quote(c) && !PLAIN_APOSTROPHES.contains(c)
        || HYPHENS.contains(&c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{RUN, Spot, Spots, SpotsByKind};

    proptest! {
        #[test]
        fn spots_are_the_same_however_the_text_is_cut(s in "([a-z]{1,40}|[ é\u{301}—«\u{a0}-]| \n|’){0,24}", at in 0..900usize) {
            let cut = s.floor_char_boundary(at.min(s.len()));
            let of = |table: &SpotsByKind| table.kinds().map(|(spot, all)| (format!("{spot:?}"), all.to_vec())).collect::<Vec<_>>();
            let mut whole: Vec<_> = of(&SpotsByKind::of(&s, 0..s.len())).into_iter().filter(|(_, all)| !all.is_empty()).collect();
            let mut halves: Vec<(String, Vec<u32>)> = Vec::new();
            for (spot, all) in of(&SpotsByKind::of(&s, 0..cut)).into_iter().chain(of(&SpotsByKind::of(&s, cut..s.len()))) {
                match halves.iter_mut().find(|(known, _)| *known == spot) {
                    Some((_, known)) => known.extend(all),
                    None => halves.push((spot, all)),
                }
            }
            halves.retain(|(_, all)| !all.is_empty());
            whole.sort();
            halves.sort();
            prop_assert_eq!(whole, halves);
        }
    }

    #[test]
    fn plain_letters_are_no_spots() {
        let plain = "The soviets’ own words, “as they were”, and ‘no’ other. ".repeat(RUN);
        let spots = Spots::default();
        let found: Vec<Spot> = spots
            .tables(&plain, 0..plain.len())
            .flat_map(|t| t.kinds().filter(|(_, all)| !all.is_empty()).map(|(spot, _)| spot).collect::<Vec<_>>())
            .collect();
        assert_eq!(found, []);
    }
}
