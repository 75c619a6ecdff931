//! The pairs that were read, for the shelf.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::model::open::ReadPair;
use crate::model::snapshot::{PairMemory, TextPair};

/// Find out about these pairs, the one read last first: what their texts are called, and what was made of them.
#[derive(Debug)]
pub struct Begin(pub Vec<(TextPair, PairMemory)>);

impl Work for Begin {
    type Answer = Vec<ReadPair>;
    // What was just made is counted.
    const CREW: Crew = Crew::Keeping;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        reply.say(library.read_pairs(&self.0));
    }

    fn heard(app: &mut App, pairs: Vec<ReadPair>) {
        app.shelf.pairs_found(pairs);
    }
}
