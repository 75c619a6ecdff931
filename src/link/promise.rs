//! What can be ruled out of two texts before all is known that speaks for their passages. Of the texts of a library most have
//! no counterpart of a passage, and what is cheap to find out says so of nearly all of them.

use std::collections::HashSet;
use std::sync::Arc;

use crate::text::passage::PassageNo;
use crate::topic::coverage::Coverage;

use super::Side;
use super::index::STEM;
use super::pairing::{Ask, Desk, Pairing, worth};
use super::quotation::SharedQuotation;
use super::quoted::Quoted;
use super::topical::Topical;
use super::weight::NONE;

/// How many words after the first the second word of a pair is looked for among, as for quotations.
const REACH: usize = 3;

impl Pairing {
    /// Whether a passage of the left text may have a counterpart that it shares no quotation with. Nothing need be known of the
    /// topics of the right text: where this says no, there is none, whatever they are.
    pub(crate) fn may_have_counterpart(&self, passage: PassageNo, mine: &Coverage) -> bool {
        let Some(here) = self.side(Side::Left).position(passage) else { return false };
        let across = self.side(Side::Right).passage_count();
        let at_best = Topical::at_best(mine, passage, across).map(|topical| Some(Arc::new(topical)));
        // A text that treats no topic may tell more than one that treats the same.
        [None].into_iter().chain(at_best).any(|topical| {
            let (mut pairing, ask) = (self.clone(), Ask::default());
            pairing.topical = topical;
            let candidates = pairing.choose(&mut pairing.window(Side::Left, here), ask.limit);
            let weighed = pairing.weigh_up(Side::Left, here, candidates, &mut Desk::default(), false);
            weighed.iter().any(|weighed| worth(weighed, &ask))
        })
    }

    /// Whether a passage may share a quotation with one across: two words stand near each other in both.
    pub(crate) fn may_quote(&self, side: Side, passage: PassageNo) -> bool {
        let ((mine, weights), other) = (self.weighed(side), self.side(side.other()));
        let Some(here) = mine.position(passage) else { return false };
        let twins = mine.forward.list(here).iter().map(|e| weights.twin[(e & STEM) as usize]);
        let mut pairs = HashSet::new();
        any_near(&twins.collect::<Vec<u32>>(), &mut |first, second| {
            if first != NONE && second != NONE {
                pairs.insert((first, second));
            }
            false
        });
        let mut words = Vec::new();
        !pairs.is_empty()
            && (0..other.passage_count()).any(|there| {
                words.clear();
                words.extend(other.forward.list(there).iter().map(|e| e & STEM));
                any_near(&words, &mut |first, second| pairs.contains(&(first, second)))
            })
    }

    /// This pairing, knowing these of the quotations that its texts share and no others.
    #[must_use]
    pub(crate) fn with_quotations(&self, found: &[SharedQuotation]) -> Self {
        let quoted = Quoted::of(found, self.side(Side::Left).text(), self.side(Side::Right).text());
        let mut pairing = self.clone();
        (pairing.quoted, pairing.tops) = (Arc::new(quoted.into()), Arc::default());
        pairing
    }
}

/// Whether `is` so of any two words that stand near each other.
fn any_near(words: &[u32], is: &mut dyn FnMut(u32, u32) -> bool) -> bool {
    let mut firsts = words.iter().enumerate();
    firsts.any(|(at, first)| words[at + 1..].iter().take(REACH).any(|second| second != first && is(*first, *second)))
}
