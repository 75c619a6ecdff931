//! Something that the reader made is kept.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::library::places::holds_made;
use crate::model::keeping::{KeepOrder, Kept};
use crate::text::clean::Clean;

/// Keep something.
#[derive(Debug)]
pub struct Keep(pub KeepOrder);

impl Work for Keep {
    /// The number of the order, and what came of it, or one line that says why it is not kept.
    type Answer = (u64, Result<Kept, Clean>);
    const CREW: Crew = Crew::Keeping;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let first = library.first_kept(&self.0.record);
        let kept = library.keep(&self.0);
        // It may be kept elsewhere, where that folder is closed; then that is told.
        let told = first.filter(|(folder, _)| kept.is_ok() && holds_made(folder)).map(|(_, line)| line);
        reply.say((self.0.number, kept));
        if let Some(line) = told {
            reply.notice(line);
        }
    }

    fn heard(app: &mut App, (number, result): Self::Answer) {
        app.kept(number, result);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let number = self.0.number;
        move |app: &mut App, why: &Clean| app.kept(number, Err(Clean::line(&format!("not saved: {why}"))))
    }
}
