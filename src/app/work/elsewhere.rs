//! A whole library asked at once.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::model::elsewhere::{Elsewhere, SearchHit};
use crate::model::open::Open;
use crate::study::text::Study;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::Codebook;

/// Have the index of a text's library know its texts as they are.
#[derive(Debug)]
pub struct Freshen(pub String);

/// How far it is.
#[derive(Debug)]
pub enum Freshening {
    /// So many texts of so many are done.
    Part(usize, usize),
    /// It is done: whether anything was taken in, and what is to be told.
    Done(bool, Option<Clean>),
}

impl Work for Freshen {
    type Answer = Freshening;
    const CREW: Crew = Crew::Study;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let Some(archive) = library.archive_of(&self.0) else {
            let told = Clean::line("piped text belongs to no library");
            return reply.say(Freshening::Done(false, Some(told)));
        };
        let done = library.freshen_index(&archive, &mut |done, of| {
            reply.say(Freshening::Part(done, of));
            reply.rest()
        });
        library.warm_index(&archive);
        reply.say(match done {
            Ok(Some((done, told))) => Freshening::Done(done.taken > 0 || done.unusable.is_some(), told),
            Ok(None) => Freshening::Done(false, Some(Clean::line("another Diptych is making the index"))),
            Err(line) => Freshening::Done(false, Some(line)),
        });
    }

    fn heard(app: &mut App, freshening: Freshening) {
        app.index_freshened(freshening);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        |app: &mut App, _: &Clean| app.whole.not_freshened()
    }
}

/// Find the counterparts of a passage in all texts of its library.
#[derive(Debug)]
pub struct FindElsewhere {
    /// The text.
    pub open: Arc<Open>,
    /// What is known of it.
    pub study: Study,
    /// The topics it was studied on.
    pub codebook: Arc<Codebook>,
    /// The passage.
    pub passage: PassageNo,
}

impl Work for FindElsewhere {
    /// What was found, and how many texts of how many were looked at.
    type Answer = (Option<Elsewhere>, usize, usize);
    const CREW: Crew = Crew::Reading;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let Some(archive) = library.archive_of(&self.open.request) else { return reply.say((None, 0, 0)) };
        library.elsewhere(&archive, (&self.open, &self.study, &self.codebook), self.passage, &mut |found, done, of| {
            reply.say((found, done, of));
            if reply.is_wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }

    fn heard(app: &mut App, (found, done, of): Self::Answer) {
        app.whole.found_elsewhere(&mut app.screens, found, done, of);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        |app: &mut App, _: &Clean| app.whole.not_answered()
    }
}

/// Find the passages of a text's library that have some words.
#[derive(Debug)]
pub struct SearchAll {
    /// What opens the text.
    pub text: String,
    /// The words.
    pub words: String,
}

/// So many are listed.
const LISTED: usize = 200;

/// So many are shown before the other texts are read: more than a screen has room for.
const AT_ONCE: usize = 60;

impl Work for SearchAll {
    /// What was found, and how many texts of how many were read for it; the last answer has all of it.
    type Answer = (Vec<SearchHit>, usize, usize);
    const CREW: Crew = Crew::Reading;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let Some(archive) = library.archive_of(&self.text) else { return reply.say((Vec::new(), 0, 0)) };
        let mut shown = false;
        let found = library.search_all(&archive, &self.words, LISTED, &mut |found, done, of| {
            if found.len() >= AT_ONCE && !std::mem::replace(&mut shown, true) {
                reply.say((found.to_vec(), done, of));
            }
            if reply.is_wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        reply.say((found, 0, 0));
    }

    fn heard(app: &mut App, (found, done, of): Self::Answer) {
        app.whole.found_in_all(&mut app.screens, (found, done, of));
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        |app: &mut App, _: &Clean| app.whole.not_answered()
    }
}
