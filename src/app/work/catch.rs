//! What topics catch in the open texts, for a form that is being filled in.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::model::open::Open;
use crate::text::clean::Clean;
use crate::topic::catch::{Catch as Caught, catches};
use crate::topic::codebook::Topic;

/// Find what topics catch in texts.
#[derive(Debug)]
pub struct Catch {
    /// The number of the question.
    pub number: u64,
    /// The topics.
    pub topics: Vec<Arc<Topic>>,
    /// The text of each pane.
    pub texts: Sides<Option<Arc<Open>>>,
}

impl Work for Catch {
    /// The number of the question, which pane's text, and for each topic what it catches there.
    type Answer = (u64, Side, Vec<Caught>);
    const CREW: Crew = Crew::Quick;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        for (side, open) in BOTH.into_iter().filter_map(|side| Some((side, self.texts[side].as_ref()?))) {
            let ControlFlow::Continue(found) = catches(&open.text, &self.topics, &|_, _| reply.go_on()) else { return };
            reply.say((self.number, side, found));
        }
    }

    fn heard(app: &mut App, (number, side, found): Self::Answer) {
        app.screens.caught(number, side, found);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let number = self.number;
        move |app: &mut App, why: &Clean| app.screens.not_caught(number, why)
    }
}
