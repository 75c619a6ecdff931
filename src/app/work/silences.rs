//! The silences that the reader has checked, for the map.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::study::chart::CheckedSilences;

/// Read which silences the reader has checked.
#[derive(Debug)]
pub struct Silences {
    /// The number of the map.
    pub number: u64,
    /// What opens its texts.
    pub texts: Vec<String>,
}

impl Work for Silences {
    /// The number of the map, and the silences.
    type Answer = (u64, CheckedSilences);
    // What is read after something was kept has it.
    const CREW: Crew = Crew::Keeping;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        reply.say((self.number, library.checked_silences(&self.texts).0));
    }

    fn heard(app: &mut App, (number, checked): Self::Answer) {
        app.screens.silences_read(number, checked);
    }
}
