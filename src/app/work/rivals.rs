//! Places that match a draft's place as well as the one it was found at.

use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::anchor::Rival;
use crate::anchor::find::Finder;
use crate::app::App;
use crate::library::Library;
use crate::model::open::Open;
use crate::note::Target;

/// Find out how alike to the places of a draft other places of their texts are.
#[derive(Debug)]
pub struct Rivals {
    /// The number of the draft.
    pub draft: u64,
    /// The text of each place.
    pub texts: Vec<Arc<Open>>,
    /// The places.
    pub targets: Vec<Target>,
}

impl Work for Rivals {
    /// The number of the draft, and one for each place.
    type Answer = (u64, Vec<Rival>);
    const CREW: Crew = Crew::Study;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let of = |(open, target): (&Arc<Open>, &Target)| Finder::new(&open.text).rival(&target.anchor);
        reply.say((self.draft, self.texts.iter().zip(&self.targets).map(of).collect()));
    }

    fn heard(app: &mut App, (draft, rivals): Self::Answer) {
        app.notes.rivals_found(&mut app.screens, draft, &rivals);
    }
}
