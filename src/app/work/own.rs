//! What the reader has judged of two texts.

use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::link::judgement::Judgement;
use crate::model::open::{Open, called};
use crate::study::own::{FoundJudgements, find_places};

/// Read what the reader has judged of two texts, and find where in them it is.
#[derive(Debug)]
pub struct FindOwn {
    /// Comes back with the answer.
    pub stamp: u64,
    /// The texts, left and right.
    pub texts: (Arc<Open>, Arc<Open>),
    /// What is not in the files yet, and is to be found too.
    pub wished: Vec<Judgement>,
}

impl Work for FindOwn {
    /// The versions of the texts, the stamp of the question, and what was found.
    type Answer = ((u64, u64), u64, FoundJudgements);
    // What is read after something was kept has it.
    const CREW: Crew = Crew::Keeping;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let Self { stamp, texts: (left, right), wished } = self;
        let (judgements, faults) = library.judgements([&left.request, &right.request]);
        let all: Vec<Judgement> = judgements.iter().chain(&wished).cloned().collect();
        let places = find_places(&all, called(&left, &right));
        reply.say(((left.version, right.version), stamp, FoundJudgements { judgements, places, faults }));
    }

    fn heard(app: &mut App, (versions, stamp, found): Self::Answer) {
        app.found_own(versions, stamp, found);
    }
}
