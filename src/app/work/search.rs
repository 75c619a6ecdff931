//! Searching a text for words.

use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::app::search::{First, Query, SearchHits, search};
use crate::library::Library;
use crate::link::Side;
use crate::model::open::Open;
use crate::text::clean::Clean;

/// Search a text.
#[derive(Debug)]
pub struct SearchText {
    /// Which pane.
    pub side: Side,
    /// The number of the search.
    pub number: u64,
    /// The text.
    pub open: Arc<Open>,
    /// What for; where nothing is typed yet, the text is made ready.
    pub query: Query,
    /// The byte offset from which on the first hit is waited for, and told at once.
    pub from: Option<usize>,
}

impl Work for SearchText {
    /// Which pane, the number of the search, and the hits.
    type Answer = (Side, u64, SearchHits);
    const CREW: Crew = Crew::Quick;

    fn perform(self, _: &Library, reply: &Reply<'_, Self>) {
        let Self { side, number, open, query, from } = self;
        let tell = |found| reply.say((side, number, found));
        if query.words.is_empty() {
            open.spots.gather(open.text.string(), &|| reply.go_on().is_continue());
            return;
        }
        let first = from.map(|from| First { from, tell: &tell });
        let found = search(&open.text, &open.spots, &query, first.as_ref(), &|| reply.go_on());
        // What was broken off is not all there is.
        if reply.is_wanted() {
            tell(found);
        }
    }

    fn heard(app: &mut App, (side, number, found): Self::Answer) {
        app.found(side, number, found);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let (side, number) = (self.side, self.number);
        let error = Some("the search failed".to_owned());
        move |app: &mut App, _: &Clean| app.found(side, number, SearchHits { error, ..SearchHits::default() })
    }
}
