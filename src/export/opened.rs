//! Addresses that open passages of two texts in Diptych (`diptych://read?left=…&right=…`), for exports that carry them.

use crate::model::address::pair_address;
use crate::text::passage::PassageNo;

/// What opens two texts; by default nothing does, and no address is written.
#[derive(Debug, Clone, Copy, Default)]
pub struct Opens<'a>(Option<[&'a str; 2]>);

impl<'a> Opens<'a> {
    /// By what one would type for the left text and for the right one.
    pub fn by(left: &'a str, right: &'a str) -> Self {
        Self(Some([left, right]))
    }

    /// The address of two passages, or of one of them beside the other text. `None` where no address is to be written, or a text is
    /// not named in full, as one that was piped in.
    pub fn pair(self, left: Option<PassageNo>, right: Option<PassageNo>) -> Option<String> {
        let [one, other] = self.0?;
        pair_address(&[(one, left.map(|passage| passage.0)), (other, right.map(|passage| passage.0))])
    }
}
