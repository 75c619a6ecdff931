//! The sentences of beads laid along each other.

use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::align::Alignment;
use crate::app::App;
use crate::app::versions::inside::{Tie, ties};
use crate::library::Library;
use crate::text::clean::Clean;

/// Lay the sentences of some beads along each other.
#[derive(Debug)]
pub struct Inside {
    /// The alignment.
    pub alignment: Arc<Alignment>,
    /// The beads, by their places in it.
    pub beads: Vec<usize>,
}

impl Work for Inside {
    /// For each bead which places are across from each other.
    type Answer = Vec<(usize, Vec<Tie>)>;
    const CREW: Crew = Crew::Quick;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let (left, right) = self.alignment.texts();
        let found = |bead: usize| (bead, ties(&self.alignment, (left, right), bead));
        reply.say(self.beads.iter().map(|bead| found(*bead)).collect());
    }

    fn heard(app: &mut App, found: Self::Answer) {
        app.versions.looked_inside(&mut app.halves, &app.hinge, &mut app.out, found);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let beads = self.beads.clone();
        move |app: &mut App, _: &Clean| app.versions.not_looked_inside(&beads)
    }
}
