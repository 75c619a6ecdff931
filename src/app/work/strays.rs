//! Things made for a text that has another name or another folder by now.

use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::model::open::Open;
use crate::model::strays::Stray;
use crate::text::clean::Clean;

/// Look whether something was made for a text under another name.
#[derive(Debug)]
pub struct FindStrays(pub Arc<Open>);

impl Work for FindStrays {
    /// What there is, with the question about it.
    type Answer = (Arc<Open>, Vec<(Stray, Clean)>);
    const CREW: Crew = Crew::Keeping;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let strays = library.strays_of(&self.0, false).into_iter();
        let asked = strays.map(|stray| (stray.clone(), library.question_of(&stray))).collect();
        reply.say((self.0, asked));
    }

    fn heard(app: &mut App, (open, strays): Self::Answer) {
        app.screens.strays_found(&mut app.made, &open, strays);
    }
}

/// Take over what was found, or have it not asked about again.
#[derive(Debug)]
pub struct SettleStray {
    /// What was found.
    pub stray: Stray,
    /// The text that it is about.
    pub open: Arc<Open>,
    /// What the reader has answered.
    pub takes: bool,
}

impl Work for SettleStray {
    type Answer = Clean;
    const CREW: Crew = Crew::Keeping;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        if self.takes {
            reply.say(library.take_over(&self.stray, &self.open).unwrap_or_else(|line| line));
        } else {
            library.decline(&self.stray);
            let what = self.stray.told();
            let (are, them) = if self.stray.count() == 1 { ("it is", "it") } else { ("they are", "them") };
            reply.say(Clean::line(&format!("{what}: left where {are}; `diptych mend` takes {them} over")));
        }
    }

    fn heard(app: &mut App, told: Clean) {
        app.stray_settled(told);
    }
}
