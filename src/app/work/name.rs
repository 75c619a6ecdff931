//! What else in their texts is like the places of a link, so that they can be told from it later.

use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::anchor::Anchor;
use crate::anchor::find::Finder;
use crate::app::App;
use crate::library::Library;
use crate::model::open::Open;

/// Learn what else in the texts is like these places.
#[derive(Debug)]
pub struct Name {
    /// The number of the question.
    pub number: u64,
    /// The places, each with its text.
    pub places: Vec<(Arc<Open>, Anchor)>,
}

impl Work for Name {
    /// The number of the question, and the places in its order.
    type Answer = (u64, Vec<Anchor>);
    const CREW: Crew = Crew::Study;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let name = |(open, mut anchor): (Arc<Open>, Anchor)| {
            anchor.rival = Some(Finder::new(&open.text).rival(&anchor));
            anchor
        };
        reply.say((self.number, self.places.into_iter().map(name).collect()));
    }

    fn heard(app: &mut App, (number, places): Self::Answer) {
        app.screens.named(number, places);
    }
}
