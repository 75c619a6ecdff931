//! When the cards of the pair come, and keeping how well one was recalled.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::library::Library;
use crate::link::judgement::JudgementId;
use crate::model::recall::{Recalled, Scheduled};
use crate::text::clean::Clean;

/// Find out when these cards come.
#[derive(Debug)]
pub struct FindCards(pub Vec<JudgementId>);

impl Work for FindCards {
    type Answer = Vec<Scheduled>;
    const CREW: Crew = Crew::Keeping;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        match library.cards_scheduled(&self.0) {
            Ok(cards) => reply.say(cards),
            Err(line) => reply.notice(line),
        }
    }

    fn heard(app: &mut App, cards: Self::Answer) {
        app.screens.cards_found(&mut app.halves, &app.links, &mut app.out, cards);
    }
}

/// Keep how well a card was recalled.
#[derive(Debug)]
pub struct KeepRecall {
    /// Which.
    pub id: JudgementId,
    /// How well.
    pub how: Recalled,
}

impl Work for KeepRecall {
    /// When it comes again, or why that could not be kept.
    type Answer = Result<Scheduled, Clean>;
    const CREW: Crew = Crew::Keeping;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        reply.say(library.card_recalled(&self.id, self.how));
    }

    fn heard(app: &mut App, kept: Self::Answer) {
        app.screens.recall_kept(&app.links, &mut app.out, kept);
    }
}
