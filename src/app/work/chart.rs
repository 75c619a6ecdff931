//! A text charted for the map.

use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::import::watch::Meter;
use crate::library::Library;
use crate::library::load::Waiting;
use crate::study::chart::Chart as Charted;
use crate::study::text::coverage;
use crate::text::clean::Clean;
use crate::topic::codebook::Codebook;

/// Find out which topics a text treats.
#[derive(Debug)]
pub struct Chart {
    /// The number of the map.
    pub number: u64,
    /// The index of the text on the map.
    pub column: usize,
    /// What to ask for to read it.
    pub request: String,
    /// The topics.
    pub codebook: Arc<Codebook>,
}

impl Work for Chart {
    /// The number of the map, the index of the text on it, and which topics it treats, or one line that says why that is
    /// not known.
    type Answer = (u64, usize, Result<Charted, Clean>);
    const CREW: Crew = Crew::Reading;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let Self { number, column, request, codebook } = self;
        let waiting = Waiting { watch: Meter::default(), stopped: &|| !reply.is_wanted() };
        let open = match library.peek(&request, &waiting) {
            Ok(open) => open,
            Err(e) if e.is_stopped() => return,
            Err(e) => return reply.say((number, column, Err(e.line()))),
        };
        let coverage = coverage(&open.text, &codebook, &|_, _| reply.go_on());
        if let Some(coverage) = coverage.continue_value() {
            reply.say((number, column, Ok(Charted::of(open.id, &open.text, &coverage))));
        }
    }

    fn heard(app: &mut App, (number, column, result): Self::Answer) {
        take(app, number, column, result);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let (number, column) = (self.number, self.column);
        move |app: &mut App, why: &Clean| take(app, number, column, Err(why.clone()))
    }
}

fn take(app: &mut App, number: u64, column: usize, result: Result<Charted, Clean>) {
    if let Some(map) = app.screens.map_of(number) {
        map.take_chart(column, result, &app.topics, &app.memory);
    }
}
