//! What the reader has judged of the two texts, and the quotations that both of them have.

pub mod list;
pub mod own;
pub mod quotations;

mod form;
mod judging;
mod meant;

use crate::app::links::meant::Meant;
use crate::app::links::own::JudgementsRead;
use crate::app::links::quotations::Seeking;
use crate::link::judgement::Relation;
use crate::link::quotation::SharedQuotation;
use crate::study::own::PlacedJudgements;

/// What joins passages of the two texts besides counterparts.
#[derive(Debug)]
pub struct Links {
    /// What the reader has judged.
    own: PlacedJudgements,
    /// How it was read.
    own_read: JudgementsRead,
    /// The quotations that both texts have, in the order of the left one; `None` until they are known.
    quotations: Option<Vec<SharedQuotation>>,
    /// The search for them that is under way.
    seeking: Option<Seeking>,
    /// What the reader's sentence model says of them.
    meant: Option<Meant>,
    /// How the reader joined two passages last.
    last_relation: Relation,
}

impl Links {
    /// What the reader has judged.
    pub fn own(&self) -> &PlacedJudgements {
        &self.own
    }

    /// The shared quotations found so far.
    pub fn quotations(&self) -> Option<&[SharedQuotation]> {
        self.quotations.as_deref()
    }

    /// Forgets the quotations, and stops a search for them.
    pub fn forget_quotations(&mut self) {
        (self.quotations, self.seeking) = (None, None);
    }

    /// Forgets what was found in the texts: others are open now.
    pub(super) fn forget_texts(&mut self) {
        self.forget_quotations();
        self.meant = None;
    }
}

impl Default for Links {
    fn default() -> Self {
        let (own, own_read) = (PlacedJudgements::default(), JudgementsRead::default());
        Self { own, own_read, quotations: None, seeking: None, meant: None, last_relation: Relation::Contrasts }
    }
}
