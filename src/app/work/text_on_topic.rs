//! A third text: the first of some that treats a topic.

use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::import::watch::Meter;
use crate::library::Library;
use crate::library::load::Waiting;
use crate::study::text::treats;
use crate::text::clean::Clean;
use crate::topic::codebook::Topic;

/// Find the first of some texts that treats a topic. One that cannot be read does not.
#[derive(Debug)]
pub struct TextOnTopic {
    /// The number of the question.
    pub number: u64,
    /// The topic.
    pub topic: Arc<Topic>,
    /// What to ask for to get the texts, in the order in which to look.
    pub among: Vec<String>,
}

impl Work for TextOnTopic {
    /// The number of the question, and what to ask for to get the text; `None` where all are silent.
    type Answer = (u64, Option<String>);
    const CREW: Crew = Crew::Reading;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let Self { number, topic, among } = self;
        let waiting = Waiting { watch: Meter::default(), stopped: &|| !reply.is_wanted() };
        let is_on = |what: &String| library.peek(what, &waiting).is_ok_and(|open| treats(&open.text, &topic));
        let found = among.into_iter().take_while(|_| reply.is_wanted()).find(is_on);
        reply.say((number, found));
    }

    fn heard(app: &mut App, (number, found): Self::Answer) {
        app.text_on_topic(number, found.as_deref());
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let number = self.number;
        move |app: &mut App, _: &Clean| {
            let _ = app.intent.text(number);
        }
    }
}
