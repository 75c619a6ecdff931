//! Segments: a long block is laid out in stretches of at most 8 KiB, so that one line of 50 MB costs what is shown.
//!
//! Where a segment ends depends only on the string near its nominal end, so any segment is found without looking at
//! those before it. A segment's end is a row's end.

use std::ops::Range;

/// The longest segment, in bytes.
const LONGEST: usize = 8 << 10;
/// How far back from the nominal end a better place to break is looked for.
const REACH: usize = 512;

/// How many segments a block of `len` bytes has; an empty block has one.
pub(super) fn count(len: usize) -> usize {
    len.div_ceil(LONGEST).max(1)
}

/// The bytes of segment `index` of `block`.
pub(super) fn range(block: &str, index: usize) -> Range<usize> {
    boundary(block, index)..boundary(block, index + 1)
}

/// The segment that holds byte `offset`; the last one for an offset at or past the end.
pub(super) fn of_offset(block: &str, offset: usize) -> usize {
    let nominal = (offset / LONGEST).min(count(block.len()) - 1);
    // A boundary lies at or before its nominal place, so the offset may already be in the next segment.
    let next = boundary(block, nominal + 1);
    if offset >= next && nominal + 1 < count(block.len()) { nominal + 1 } else { nominal }
}

fn boundary(block: &str, index: usize) -> usize {
    let nominal = index * LONGEST;
    if nominal == 0 || nominal >= block.len() {
        return nominal.min(block.len());
    }
    let end = block.floor_char_boundary(nominal);
    let from = block.ceil_char_boundary(nominal - REACH);
    match block[from..end].rfind(char::is_whitespace) {
        Some(at) => block.ceil_char_boundary(from + at + 1),
        None => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn segments_cover_a_block_once(words in proptest::collection::vec("[a-zé語]{1,12}", 0..3000), glue in prop_oneof![Just(" "), Just("")]) {
            let block = words.join(glue);
            let mut at = 0;
            for i in 0..count(block.len()) {
                let r = range(&block, i);
                prop_assert_eq!(r.start, at);
                prop_assert!(r.len() <= LONGEST + REACH);
                prop_assert!(block.is_char_boundary(r.end));
                for offset in [r.start, usize::midpoint(r.start, r.end), r.end.saturating_sub(1).max(r.start)] {
                    prop_assert_eq!(of_offset(&block, offset), i);
                }
                at = r.end;
            }
            prop_assert_eq!(at, block.len());
        }
    }
}
