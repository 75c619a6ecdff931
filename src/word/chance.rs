//! Which letter of the words that were typed a spot of the text could be.
//!
//! Asked of every odd letter of a text for every search, so it costs next to nothing: what stands at the spot, the byte
//! before and the byte behind each leave some places of the words, as bits.

use std::ops::Range;

use super::letter::{HYPHENS, Letter, is_part, lower};
use super::spots::Spot;
use super::typed::{Part, Typed};

/// What each byte and each letter leaves of the places of the words.
#[derive(Debug, Clone)]
pub(super) struct Chances {
    before: [u64; 256],
    behind: [u64; 256],
    /// The places where this byte itself may stand, folded or not.
    itself: [u64; 256],
}

/// What a kind of spot leaves, and what is to be asked of each one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chance {
    /// The places it can have; none for a spot that cannot be one of the words' letters.
    pub places: u64,
    asks: Asks,
    /// Bytes of what stands there.
    len: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// What stands on both sides.
    BothSides,
    /// What stands before it; how far it reaches is not known.
    Before,
    /// What it is a part of.
    Whole,
}

/// The bit of a place. The last one stands for all from there on.
pub(super) fn bit(at: usize) -> u64 {
    1 << at.min(63)
}

impl Chances {
    /// Those of the run of these parts that is looked for.
    pub(super) fn of(parts: &[Part], run: Range<usize>) -> Self {
        let mut chances = Self { before: [0; 256], behind: [0; 256], itself: [0; 256] };
        for at in run {
            for byte in 0..=u8::MAX {
                let set = |to: &mut u64, is: bool| *to |= if is { bit(at) } else { 0 };
                set(&mut chances.before[usize::from(byte)], may_be(at.checked_sub(1).map(|at| &parts[at]), byte));
                set(&mut chances.behind[usize::from(byte)], may_be(parts.get(at + 1), byte));
                set(&mut chances.itself[usize::from(byte)], may_be(parts.get(at), byte));
            }
        }
        chances
    }

    /// What a kind of spot leaves.
    pub(super) fn of_spot(typed: &Typed, spot: Spot) -> Chance {
        let places = |is: &dyn Fn(usize, &Part) -> bool| {
            typed.run().filter(|at| is(*at, &typed.parts()[*at])).map(bit).fold(0, |all, bit| all | bit)
        };
        let (places, asks, len) = match spot {
            Spot::Spaces => (places(&|_, part| matches!(part, Part::Space { .. })), Asks::Before, 1),
            Spot::Hyphen => (places(&|_, part| *part == Part::Space { joins: true }), Asks::BothSides, 1),
            Spot::Dashes => (places(&|_, part| *part == Part::Dash), Asks::Before, 1),
            Spot::Odd(c) if is_part(c) => (u64::MAX, Asks::Whole, c.len_utf8()),
            Spot::Odd(c) => {
                let mut letter = Letter::default();
                letter.take_apart(c);
                let is_base = |base: &char, part: &Part| match part {
                    Part::Letter(typed, _) => lower(*base) == lower(*typed),
                    Part::Space { joins } => *joins && HYPHENS.contains(&c),
                    Part::Dash => *base == '-',
                    Part::Parting | Part::Quote => false,
                };
                // Words may begin within a ligature.
                let most = |at: usize| if at == 0 { letter.bases().len() } else { 1 };
                let places = places(&|at, part| letter.bases().iter().take(most(at)).any(|base| is_base(base, part)));
                let is_one = letter.bases().len() == 1 && letter.bases()[0] != '-';
                (places, if is_one { Asks::BothSides } else { Asks::Before }, c.len_utf8())
            }
        };
        Chance { places, asks, len }
    }

    /// The places that are left to the spot at byte `at`.
    pub(super) fn left(&self, chance: Chance, bytes: &[u8], at: usize) -> u64 {
        // Beyond either end there may be anything, and what is not ASCII may be anything.
        let byte = |at: Option<usize>| usize::from(at.and_then(|at| bytes.get(at)).copied().unwrap_or(u8::MAX));
        let before = byte(at.checked_sub(1));
        match chance.asks {
            Asks::Whole => self.itself[before],
            Asks::BothSides => chance.places & self.before[before] & self.behind[byte(Some(at + chance.len))],
            // Where the words begin, it may be within what stands there.
            Asks::Before => chance.places & (self.before[before] | 1),
        }
    }
}

/// Whether a byte may stand where a part of the words is: what is not ASCII may be anything.
fn may_be(part: Option<&Part>, byte: u8) -> bool {
    match part {
        Some(Part::Letter(c, _)) if c.is_ascii() && byte.is_ascii() => byte.eq_ignore_ascii_case(&(*c as u8)),
        Some(Part::Letter(..) | Part::Space { .. } | Part::Dash) => !byte.is_ascii_alphanumeric(),
        Some(Part::Parting | Part::Quote) | None => true,
    }
}
