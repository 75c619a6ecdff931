//! Which quotations two passages share, for the reasons that are given for a pair.

use std::ops::Range;

use crate::text::Text;
use crate::text::passage::PassageNo;

use super::Side;
use super::quotation::SharedQuotation;

/// Where the asking passage has a quotation, and where the other one: bytes of their texts' strings.
pub(super) type Ranges = (Range<usize>, Range<usize>);

/// Shared quotations by the passages that have them. Those in footnotes are left out: a reason should be seen where the
/// reader looks.
#[derive(Debug, Default)]
pub(super) struct Quoted {
    /// Passage of the left text, of the right text, and where each has it; sorted.
    found: Vec<(PassageNo, PassageNo, Range<usize>, Range<usize>)>,
}

impl Quoted {
    /// Sorts the quotations that `left` and `right` share.
    pub(super) fn of(found: &[SharedQuotation], left: &Text, right: &Text) -> Self {
        let passage = |text: &Text, at: usize| text.block_at(at).and_then(|b| text.numbering().passage_of(b));
        let places = found.iter().filter_map(|q| {
            let places = (passage(left, q.left.start)?, passage(right, q.right.start)?);
            Some((places.0, places.1, q.left.clone(), q.right.clone()))
        });
        let mut found: Vec<_> = places.collect();
        found.sort_by_key(|f| (f.0, f.1, f.2.start));
        Self { found }
    }

    /// Whether `here`, a passage of `side`, shares a quotation with `there`.
    pub(super) fn share(&self, side: Side, here: PassageNo, there: PassageNo) -> bool {
        let pair = match side {
            Side::Left => (here, there),
            Side::Right => (there, here),
        };
        self.found.binary_search_by_key(&pair, |f| (f.0, f.1)).is_ok()
    }

    /// The quotations that `here`, a passage of `side`, shares with `there`, in the order of the left text.
    pub(super) fn between(&self, side: Side, here: PassageNo, there: PassageNo) -> Vec<Ranges> {
        let pair = match side {
            Side::Left => (here, there),
            Side::Right => (there, here),
        };
        let from = self.found.partition_point(|f| (f.0, f.1) < pair);
        let of_pair = self.found[from..].iter().take_while(|f| (f.0, f.1) == pair);
        of_pair
            .map(|f| match side {
                Side::Left => (f.2.clone(), f.3.clone()),
                Side::Right => (f.3.clone(), f.2.clone()),
            })
            .collect()
    }
}
