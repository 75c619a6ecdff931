//! The texts that can be opened.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::model::open::Shelved;

/// Find out which texts there are to open beside these, and in the folder that was opened as a library.
#[derive(Debug)]
pub struct FindTexts(pub Vec<String>);

impl Work for FindTexts {
    type Answer = Vec<Shelved>;
    const CREW: Crew = Crew::Reading;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        reply.say(library.shelf_beside(&self.0));
    }

    fn heard(app: &mut App, texts: Vec<Shelved>) {
        app.shelf.texts_found(texts);
    }
}
