//! A program of the reader's own, run.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::model::hook::{Given, Hook, HookAnswer};
use crate::text::clean::Clean;

/// Run it, and say what it answers.
#[derive(Debug)]
pub struct RunHook {
    /// The command.
    pub hook: Hook,
    /// What it is given.
    pub given: Box<Given>,
}

impl Work for RunHook {
    /// What it said, or one line that says why there is nothing.
    type Answer = Result<Vec<HookAnswer>, Clean>;
    // It may take its time, and takes it from nobody: one runs at a time.
    const CREW: Crew = Crew::Reading;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        reply.say(library.run_hook(&self.hook, &self.given, &|| reply.is_wanted()));
    }

    fn heard(app: &mut App, answer: Self::Answer) {
        app.hook_answered(answer);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        |app: &mut App, _: &Clean| {
            app.hooks.forget();
        }
    }
}
