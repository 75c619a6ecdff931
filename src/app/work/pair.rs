//! Two studied texts set against each other.

use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::link::pairing::Pairing;
use crate::study::text::Study;
use crate::text::clean::Clean;

/// Set two studied texts against each other.
#[derive(Debug)]
pub struct Pair {
    /// The versions of the texts.
    pub versions: (u64, u64),
    /// What is known about the left text.
    pub left: Study,
    /// What is known about the right text.
    pub right: Study,
}

impl Work for Pair {
    /// The versions of the texts and of the topics, and what answers all questions about counterparts.
    type Answer = ((u64, u64), u64, Arc<Pairing>);
    const CREW: Crew = Crew::Study;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        reply.say((self.versions, self.left.codebook, Arc::new(self.left.paired_with(&self.right))));
    }

    fn heard(app: &mut App, (versions, codebook, pairing): Self::Answer) {
        app.paired(versions, codebook, pairing);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let versions = self.versions;
        move |app: &mut App, _: &Clean| {
            if app.halves.versions() == Some(versions) {
                app.texts_not_compared();
            }
        }
    }
}
