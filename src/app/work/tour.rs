//! The tour of the open texts.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::model::touring::Touring;
use crate::text::clean::Clean;

/// Read the tour that belongs to these two texts.
#[derive(Debug)]
pub struct ReadTour(pub [String; 2]);

impl Work for ReadTour {
    type Answer = Touring;
    const CREW: Crew = Crew::Reading;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let (touring, faults) = library.tour(&self.0);
        reply.say(touring);
        faults.into_iter().take(1).for_each(|fault| reply.notice(fault));
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let texts = self.0.clone();
        move |app: &mut App, _: &Clean| {
            if !app.screens.is_presenting() {
                app.touring.tour_not_read(texts);
            }
        }
    }

    fn heard(app: &mut App, touring: Touring) {
        app.touring.tour_read(&mut app.screens, &app.halves, &app.made, touring);
    }
}
