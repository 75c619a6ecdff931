//! A whole library asked at once.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::library::archive::ANOTHER;
use crate::library::elsewhere::Asking;
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
    /// It is done.
    Done {
        /// Whether anything was taken in.
        changed: bool,
        /// What is to be told.
        told: Option<Clean>,
        /// What is to be said of files that it does not know.
        left: Option<Clean>,
    },
}

/// Find out whether the index of a text's library knows its texts as they are, before that is seen to.
#[derive(Debug)]
pub struct LookAtIndex(pub String);

impl Work for LookAtIndex {
    /// What opens the text, and that its index is fresh; `None` where it is to be seen to.
    type Answer = (String, Option<Freshening>);
    const CREW: Crew = Crew::Quick;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let known = library.archive_of(&self.0).and_then(|archive| library.index_as_it_is(&archive));
        let fresh = known.map(|known| Freshening::Done { changed: false, told: None, left: known.not_searched() });
        reply.say((self.0, fresh));
    }

    fn heard(app: &mut App, (text, fresh): Self::Answer) {
        match fresh {
            Some(fresh) => app.index_freshened(fresh),
            None => app.out.ask_for(Freshen(text)),
        }
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        |app: &mut App, _: &Clean| app.whole.not_freshened()
    }
}

impl Work for Freshen {
    type Answer = Freshening;
    const CREW: Crew = Crew::Study;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let only_told = |told: Clean| Freshening::Done { changed: false, told: Some(told), left: None };
        let Some(archive) = library.archive_of(&self.0) else {
            return reply.say(only_told(Clean::line("piped text belongs to no library")));
        };
        let done = library.freshen_index(&archive, &mut |done, of| {
            reply.say(Freshening::Part(done, of));
            reply.rest()
        });
        library.warm_index(&archive);
        reply.say(match done {
            Ok(Some((done, told))) => {
                let changed = done.taken > 0 || done.unusable.is_some();
                Freshening::Done { changed, told, left: done.not_searched() }
            }
            Ok(None) => only_told(Clean::line(ANOTHER)),
            Err(line) => only_told(line),
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
        let Self { open, study, codebook, passage } = &self;
        library.elsewhere(&archive, Asking { open, study, codebook, passage: *passage }, &mut |found, done, of| {
            reply.say((found, done, of));
            if reply.is_wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }

    fn heard(app: &mut App, (found, done, of): Self::Answer) {
        app.whole.found_elsewhere(&mut app.screens, found, done, of);
        app.whole.tell_left(&app.screens, &mut app.out);
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
        app.whole.tell_left(&app.screens, &mut app.out);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        |app: &mut App, _: &Clean| app.whole.not_answered()
    }
}
