//! The counterparts of a passage.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::link::Side;
use crate::link::pairing::Counterpart;
use crate::study::comparison::Comparison;
use crate::study::counterparts::COUNTERPARTS;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// Rank the counterparts of a passage.
#[derive(Debug)]
pub struct Counterparts {
    /// The number of the question.
    pub question: u64,
    /// Whom to ask.
    pub comparison: Comparison,
    /// The side whose passage is asked about.
    pub from: Side,
    /// The passage.
    pub passage: PassageNo,
    /// The held topic.
    pub topic: Option<TopicId>,
}

impl Work for Counterparts {
    /// The number of the question, and the counterparts, best first.
    type Answer = (u64, Vec<Counterpart>);
    const CREW: Crew = Crew::Quick;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let found = self.comparison.counterparts(self.from, self.passage, self.topic.as_ref(), COUNTERPARTS);
        reply.say((self.question, found));
    }

    fn heard(app: &mut App, (question, found): Self::Answer) {
        app.ranked(question, found);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let question = self.question;
        move |app: &mut App, _: &Clean| app.hinge.not_ranked(&mut app.intent, question)
    }
}
