//! Reading the topics files again.

use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::topic::codebook::Codebook;

/// Read the topics files again: they have changed. Faults are told; what is whole counts.
#[derive(Debug)]
pub struct ReadTopics;

impl Work for ReadTopics {
    type Answer = Arc<Codebook>;
    // What is read after something was kept has it.
    const CREW: Crew = Crew::Keeping;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let (codebook, faults) = library.topics_again();
        reply.say(codebook);
        faults.into_iter().take(1).for_each(|fault| reply.notice(fault));
    }

    fn heard(app: &mut App, codebook: Arc<Codebook>) {
        app.read_codebook(codebook);
    }
}
