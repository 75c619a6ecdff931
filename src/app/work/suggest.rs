//! Proposing topics from two texts.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::model::open::Open;
use crate::study::comparison::Comparison;
use crate::study::proposal::{PROPOSALS, Proposal};
use crate::text::clean::Clean;
use crate::topic::codebook::Codebook;

/// Propose topics that both texts treat.
#[derive(Debug)]
pub struct Suggest {
    /// The versions of the texts.
    pub versions: (u64, u64),
    /// The texts.
    pub texts: (Arc<Open>, Arc<Open>),
    /// The topics there are already.
    pub codebook: Arc<Codebook>,
}

impl Work for Suggest {
    /// The versions of the texts, and the proposals.
    type Answer = ((u64, u64), Vec<Proposal>);
    const CREW: Crew = Crew::Study;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let texts = [&*self.texts.0.text, &*self.texts.1.text];
        let found = Comparison::proposals(texts, &self.codebook, PROPOSALS, &|_, _| reply.rest());
        if let ControlFlow::Continue(found) = found {
            reply.say((self.versions, found));
        }
    }

    fn heard(app: &mut App, (versions, found): Self::Answer) {
        app.suggested(versions, found);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let versions = self.versions;
        move |app: &mut App, _: &Clean| app.topics.not_suggested(&app.halves, versions)
    }
}
