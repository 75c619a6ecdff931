//! What the reader has judged of the two texts, and the quotations that both of them have.

pub(crate) mod list;
pub(crate) mod own;
pub(crate) mod quotations;

mod form;
mod judging;
mod meant;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::app::halves::TwoSided;
use crate::app::work::ticket::Ticket;
use crate::link::judgement::Relation;
use crate::link::quotation::SharedQuotation;
use crate::link::sides::Sides;
use crate::meaning::close::CloseTo;
use crate::study::own::PlacedJudgements;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::word::related::Meanings;

/// What joins passages of the two texts besides counterparts.
#[derive(Debug)]
pub struct Links {
    /// What the reader has judged.
    own: Arc<PlacedJudgements>,
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

/// How the reading of what was judged stands.
#[derive(Debug, Default)]
struct JudgementsRead {
    /// Incremented with every change, so that answers from before it are recognised.
    stamp: u64,
    /// What was told already.
    told: Vec<Clean>,
}

/// A search for quotations that is under way.
#[derive(Debug, Clone)]
pub struct Seeking {
    /// The versions of the texts it looks through.
    versions: (u64, u64),
    /// How far it is, in percent.
    pub percent: u8,
    /// Whether the reader asked for it, and is told how far it is.
    pub asked: bool,
    /// As long as it is held, they are looked for.
    #[expect(dead_code, reason = "held")]
    ticket: Ticket,
}

/// What a model says of two texts, as far as it has answered.
#[derive(Debug)]
struct Meant {
    /// The versions of the texts.
    versions: (u64, u64),
    /// What each passage means.
    said: Option<[Arc<Meanings>; 2]>,
    /// What is close to passages without a counterpart.
    close: Sides<BTreeMap<PassageNo, CloseTo>>,
    /// As long as it is held, the model is asked.
    #[expect(dead_code, reason = "held")]
    ticket: Ticket,
}

impl Links {
    /// What the reader has judged.
    pub fn own(&self) -> &Arc<PlacedJudgements> {
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
        let (own, own_read) = (Arc::default(), JudgementsRead::default());
        Self { own, own_read, quotations: None, seeking: None, meant: None, last_relation: Relation::Contrasts }
    }
}

impl TwoSided for Links {
    fn turn(&mut self) {
        Arc::make_mut(&mut self.own).swap();
        self.forget_texts();
    }
}
