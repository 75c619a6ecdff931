//! The pair to begin a topic with.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::study::comparison::Comparison;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;

/// Find the pair to begin a topic with.
#[derive(Debug)]
pub struct FirstPair {
    /// The number of the question.
    pub question: u64,
    /// Whom to ask.
    pub comparison: Comparison,
    /// The topic.
    pub topic: TopicId,
}

impl Work for FirstPair {
    /// The number of the question, and the pair, left and right; `None` where no pair of treatments answers another.
    type Answer = (u64, Option<(PassageNo, PassageNo)>);
    const CREW: Crew = Crew::Quick;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        reply.say((self.question, self.comparison.first_pair(&self.topic)));
    }

    fn heard(app: &mut App, (question, pair): Self::Answer) {
        app.first_pair(question, pair);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let question = self.question;
        move |app: &mut App, _: &Clean| {
            let _ = app.intent.first_pair(question);
        }
    }
}
