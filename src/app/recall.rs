//! Cards of the pair: a link's one passage is shown, the other is to be recalled, then looked at and judged.
//!
//! The cards are the links of the two open texts, by the ids that `diptych cards --all` gives them. When each comes again
//! is a worker's to find out and to keep: the session knows no clock.

use super::App;
use super::commands::command;
use super::scene::Scene;
use crate::app::command::Context;
use crate::app::work::recall::{FindCards, KeepRecall};
use crate::export::cards::{Which, cards};
use crate::link::judgement::{Judgement, JudgementId};
use crate::model::recall::{Recalled, Scheduled};
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;

/// What comes again within so many seconds is waited for: it is shown once more in this session.
const SOON: u64 = 20 * 60;

/// The cards that are due.
#[derive(Debug, Default)]
pub struct Review {
    /// Those that are still to be recalled, the next one first.
    pub left: Vec<Scheduled>,
    /// Whether its other side is shown.
    pub shown: bool,
    /// How many were recalled.
    pub done: usize,
    /// How many rows are scrolled out at the top.
    pub scrolled: u16,
}

/// How long until a card comes again: `10 min`, `3 days`.
pub fn span(seconds: u64) -> String {
    let plural = |count: u64, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    match seconds {
        0..60 => "now".to_owned(),
        60..5_400 => format!("{} min", seconds.div_ceil(60)),
        5_400..86_400 => plural((seconds + 1_800) / 3_600, "hour"),
        86_400..5_184_000 => plural((seconds + 43_200) / 86_400, "day"),
        5_184_000..63_072_000 => plural(seconds / 2_592_000, "month"),
        _ => plural(seconds / 31_536_000, "year"),
    }
}

impl App {
    /// Asks for the cards of the pair that are due.
    pub(super) fn review_cards(&mut self) {
        let ids: Vec<JudgementId> = cards(self.links.own(), Which::All).iter().map(|c| c.link.id.clone()).collect();
        if ids.is_empty() {
            let join = self.keys.key_of(command!("join"));
            return self
                .tell(format!("a card is made of a link, and there is none yet: {join} joins the two passages"));
        }
        self.out.ask_for(FindCards(ids));
    }

    /// It has become known when the cards come.
    pub(super) fn cards_found(&mut self, mut found: Vec<Scheduled>) {
        // The reader may be elsewhere by now.
        if !matches!(self.screens.scene(), Scene::Reading) || self.screens.overlay().is_some() {
            return;
        }
        found.retain(|card| self.card(&card.id).is_some());
        let (mut due, later): (Vec<Scheduled>, Vec<Scheduled>) = found.into_iter().partition(|card| card.wait == 0);
        if due.is_empty() {
            let next = later.iter().map(|card| card.wait).min().map_or_else(String::new, span);
            return self.tell(format!("no card is due; the next of {} comes in {next}", later.len()));
        }
        // What was learned before and may be forgotten comes before what is new.
        due.sort_by_key(|card| card.is_new);
        self.halves.select(None);
        self.screens.show(Scene::Cards(Box::new(Review { left: due, ..Review::default() })));
    }

    /// Shows the other side of the card.
    pub(super) fn show_other_side(&mut self) {
        if let Scene::Cards(review) = self.screens.scene_mut() {
            review.shown = true;
        }
    }

    /// Says how well the card was recalled, and goes to the next.
    pub(super) fn recalled(&mut self, how: Recalled) {
        let Scene::Cards(review) = self.screens.scene_mut() else { return };
        if !review.shown {
            let key = self.keys.keymap().first_key(Context::Cards, command!("other-side-of-card")).unwrap_or_default();
            return self.tell(format!("recall it first; {key} shows the other side"));
        }
        if review.left.is_empty() {
            return;
        }
        let card = review.left.remove(0);
        (review.shown, review.scrolled) = (false, 0);
        review.done += 1;
        self.out.ask_for(KeepRecall { id: card.id, how });
        self.leave_done_review();
    }

    /// It was kept how well a card was recalled.
    pub(super) fn recall_kept(&mut self, kept: Result<Scheduled, Clean>) {
        match (kept, self.screens.scene_mut()) {
            (Err(line), _) => self.out.notice = Some(line),
            (Ok(card), Scene::Cards(review)) if card.wait < SOON => {
                // Another session may have it too.
                review.left.retain(|other| other.id != card.id);
                review.left.push(card);
            }
            (Ok(card), _) => {
                self.tell(format!("it comes again in {}", span(card.wait)));
            }
        }
    }

    /// Scrolls the card.
    pub(super) fn scroll_card(&mut self, by: i32) {
        if let Scene::Cards(review) = self.screens.scene_mut() {
            review.scrolled = review.scrolled.saturating_add_signed(by.clamp(-10_000, 10_000) as i16);
        }
    }

    /// Reads the pair of the card in the two panes.
    pub(super) fn read_card(&mut self) {
        let Scene::Cards(review) = self.screens.scene() else { return };
        let Some((_, (left, right))) = review.left.first().and_then(|card| self.card(&card.id)) else { return };
        self.screens.show(Scene::Reading);
        self.go_to_pair(left, right);
    }

    /// The link and the passages of a card, as long as there is such a link.
    pub fn card(&self, id: &JudgementId) -> Option<(&Judgement, (PassageNo, PassageNo))> {
        self.links.own().links().find(|(_, link)| link.id == *id).map(|(pair, link)| (link, pair))
    }

    fn leave_done_review(&mut self) {
        if let Scene::Cards(review) = self.screens.scene()
            && review.left.is_empty()
        {
            let done = review.done;
            let cards = if done == 1 { "card" } else { "cards" };
            self.tell(format!("{done} {cards} recalled; what was not comes again shortly"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_as_people_say_them() {
        let day = 86_400;
        for (seconds, words) in [
            (0, "now"),
            (60, "1 min"),
            (600, "10 min"),
            (7_200, "2 hours"),
            (day, "1 day"),
            (15 * day + 3, "15 days"),
            (90 * day, "3 months"),
            (800 * day, "2 years"),
        ] {
            assert_eq!(span(seconds), words);
        }
    }
}
