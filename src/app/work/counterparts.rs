//! The counterparts of a passage.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::link::pairing::Counterpart;
use crate::study::counterparts::{COUNTERPARTS, CounterpartsOf};
use crate::text::clean::Clean;

/// Rank the counterparts of a passage.
#[derive(Debug)]
pub struct Counterparts {
    /// The number of the question.
    pub question: u64,
    /// What is asked.
    pub asked: CounterpartsOf,
}

impl Work for Counterparts {
    /// The number of the question, and the counterparts, best first.
    type Answer = (u64, Vec<Counterpart>);
    const CREW: Crew = Crew::Quick;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        reply.say((self.question, self.asked.answer(COUNTERPARTS)));
    }

    fn heard(app: &mut App, (question, found): Self::Answer) {
        app.ranked(question, found);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let question = self.question;
        move |app: &mut App, _: &Clean| app.hinge.not_ranked(&mut app.intent, question)
    }
}
