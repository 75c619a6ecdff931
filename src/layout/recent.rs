//! What was wrapped last: a frame and the step before it look at the same segments several times.
//!
//! Rows depend on nothing but the letters of a segment and the width, so these are what they are kept under: there is
//! nothing to invalidate. Each thread keeps its own, and only a screen's worth or two.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use xxhash_rust::xxh3::xxh3_128;

use super::wrap::wrap;

/// How many segments are kept before the memory is emptied.
const KEPT: usize = 256;

/// The rows of a segment.
pub(super) type Rows = Rc<[Range<usize>]>;

thread_local! {
    static RECENT: RefCell<HashMap<(u128, u16), Rows>> = RefCell::default();
}

/// As [`wrap`], from memory where the same was wrapped recently.
pub(super) fn rows(segment: &str, width: u16) -> Rows {
    RECENT.with_borrow_mut(|recent| {
        if recent.len() >= KEPT {
            recent.clear();
        }
        let key = (xxh3_128(segment.as_bytes()), width);
        Rc::clone(recent.entry(key).or_insert_with(|| wrap(segment, width).into()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_what_would_be_computed() {
        let segments: Vec<String> =
            (0..400).map(|n| format!("the words of segment {n} and some more of them")).collect();
        for _ in 0..2 {
            for (segment, width) in segments.iter().zip([10, 20, 30].into_iter().cycle()) {
                assert_eq!(*rows(segment, width), *wrap(segment, width));
            }
        }
        assert!(RECENT.with_borrow(|recent| recent.len() <= KEPT));
    }
}
