//! Where the reader is is kept for the next session.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::model::snapshot::Snapshot;

/// Keep this for the next session.
#[derive(Debug)]
pub struct Remember(pub Box<Snapshot>);

impl Work for Remember {
    type Answer = ();
    const CREW: Crew = Crew::Keeping;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        if let Err(line) = library.remember(&self.0) {
            reply.notice(line);
        }
    }

    fn heard(_: &mut App, (): ()) {}
}
