//! The rows of the synopsis.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::study::comparison::Comparison;
use crate::study::rows::SynopsisRow;
use crate::text::clean::Clean;
use crate::topic::codebook::TopicId;

/// Set the treatments of a topic against each other.
#[derive(Debug)]
pub struct FindRows {
    /// The number of the question.
    pub question: u64,
    /// Whom to ask.
    pub comparison: Comparison,
    /// The topic; without one, the links that name none are meant.
    pub topic: Option<TopicId>,
}

impl Work for FindRows {
    /// The number of the question, and the rows.
    type Answer = (u64, Vec<SynopsisRow>);
    const CREW: Crew = Crew::Quick;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let found = match &self.topic {
            Some(topic) => self.comparison.rows(topic),
            None => self.comparison.rows_on_none(),
        };
        reply.say((self.question, found));
    }

    fn heard(app: &mut App, (question, rows): Self::Answer) {
        app.screens.synopsis_compared(question, rows, &app.halves);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let question = self.question;
        move |app: &mut App, _: &Clean| app.screens.synopsis_not_compared(question)
    }
}
