//! The words that two versions do not have in common.

use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::align::changed::Marks;
use crate::align::{Alignment, BeadKind};
use crate::app::App;
use crate::library::Library;
use crate::text::clean::Clean;

/// Compare the words of some beads.
#[derive(Debug)]
pub struct Changes {
    /// The alignment.
    pub alignment: Arc<Alignment>,
    /// The beads, by their places in it.
    pub beads: Vec<usize>,
}

impl Work for Changes {
    /// For each bead the words that differ.
    type Answer = Vec<(usize, [Marks; 2])>;
    const CREW: Crew = Crew::Quick;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let beads = self.alignment.beads();
        let changed = |at: usize| Some((at, self.alignment.changed(beads.get(at)?)));
        reply.say(self.beads.iter().filter_map(|at| changed(*at)).collect());
    }

    fn heard(app: &mut App, found: Self::Answer) {
        app.versions.words_compared(&app.halves, &mut app.out, found);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let beads = self.beads.clone();
        move |app: &mut App, _: &Clean| {
            app.versions.words_compared(
                &app.halves,
                &mut app.out,
                beads.into_iter().map(|at| (at, [Vec::new(), Vec::new()])).collect(),
            );
        }
    }
}

/// Find out how much of each passage was reworded.
#[derive(Debug)]
pub struct Reworded(pub Arc<Alignment>);

impl Work for Reworded {
    /// The beads whose wording differs, each with the share of words that differ.
    type Answer = Vec<(usize, f32)>;
    const CREW: Crew = Crew::Study;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let mut found = Vec::new();
        for (at, bead) in self.0.beads().iter().enumerate() {
            if bead.kind == BeadKind::Changed {
                if reply.rest().is_break() {
                    return;
                }
                found.push((at, self.0.share_changed(bead)));
            }
        }
        reply.say(found);
    }

    fn heard(app: &mut App, found: Self::Answer) {
        app.versions.counted_reworded(found);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        |app: &mut App, _: &Clean| app.versions.not_counted()
    }
}
