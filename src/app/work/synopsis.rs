//! The rows of the synopsis.

use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::link::judged::Judged;
use crate::link::pairing::{Pairing, TopicInBoth};
use crate::study::rows::{SynopsisRow, rows, rows_on_no_topic};
use crate::text::clean::Clean;

/// Set the treatments of a topic against each other.
#[derive(Debug)]
pub struct FindRows {
    /// The number of the question.
    pub question: u64,
    /// Whom to ask.
    pub pairing: Arc<Pairing>,
    /// The topic in both texts; without one, the links that name none are meant.
    pub held: Option<TopicInBoth>,
    /// What the reader has judged that counts for it.
    pub judged: Judged,
}

impl Work for FindRows {
    /// The number of the question, and the rows.
    type Answer = (u64, Vec<SynopsisRow>);
    const CREW: Crew = Crew::Quick;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let found = match &self.held {
            Some(held) => rows(&self.pairing, held, &self.judged),
            None => rows_on_no_topic(&self.pairing, &self.judged).1,
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
