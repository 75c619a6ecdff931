//! Cards of the pair: a link's one passage is shown, the other is to be recalled, then looked at and judged.
//!
//! The cards are the links of the two open texts, by the ids that `diptych cards --all` gives them. When each comes again
//! is a worker's to find out and to keep: the session knows no clock.

use std::borrow::Cow;

use super::App;
use super::commands::command;
use crate::app::command::Context;
use crate::app::halves::Halves;
use crate::app::keys::Keys;
use crate::app::links::Links;
use crate::app::out::Out;
use crate::app::overlay::{Ask, Asked, Overlay};
use crate::app::scene::{Review, Scene, Screens};
use crate::app::topics::Topics;
use crate::app::work::recall::{FindCards, KeepRecall};
use crate::export::cards::{Which, cards};
use crate::link::Side;
use crate::link::judgement::{Judgement, JudgementId, Relation};
use crate::model::exporting::Export;
use crate::model::recall::{Recalled, Scheduled};
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::word::counted::counted;

/// What comes again within so many seconds is waited for: it is shown once more in this session.
const SOON: u64 = 20 * 60;

/// The widest a passage is.
const WIDEST: u16 = 76;

/// Of a longer passage only the first bytes are shown, because it is wrapped again with every key.
const LONGEST: usize = 16 << 10;

/// A row of a card.
#[derive(Debug)]
pub struct CardRow {
    /// What it is.
    pub kind: CardRowKind,
    /// What it says.
    pub words: String,
}

/// What a row of a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardRowKind {
    /// Which passage it is.
    Title,
    /// The words of a passage.
    Words,
    /// What is to be recalled.
    Question,
    /// What the reader wrote to the link.
    Note,
}

/// How long until a card comes again: `10 min`, `3 days`.
pub(crate) fn span(seconds: u64) -> String {
    match seconds {
        0..60 => "now".to_owned(),
        60..5_400 => format!("{} min", seconds.div_ceil(60)),
        5_400..86_400 => counted((seconds + 1_800) / 3_600, "hour"),
        86_400..5_184_000 => counted((seconds + 43_200) / 86_400, "day"),
        5_184_000..63_072_000 => counted(seconds / 2_592_000, "month"),
        _ => counted(seconds / 31_536_000, "year"),
    }
}

impl App {
    /// Reads the pair of the card in the two panes.
    pub(super) fn read_card(&mut self) {
        let Scene::Cards(review) = self.screens.scene() else { return };
        let Some((_, (left, right))) = review.left.first().and_then(|card| self.links.card(&card.id)) else { return };
        self.screens.show(Scene::Reading);
        self.go_to_pair(left, right);
    }
}

impl Screens {
    /// Shows the other side of the card.
    pub(super) fn show_other_side(&mut self) {
        if let Scene::Cards(review) = self.scene_mut() {
            review.shown = true;
        }
    }

    /// Cards whose link is gone are not asked for any more.
    pub(super) fn drop_gone_cards(&mut self, links: &Links) {
        let Scene::Cards(review) = self.scene_mut() else { return };
        let there = |card: &Scheduled| links.card(&card.id).is_some();
        let is_first_gone = review.left.first().is_some_and(|card| !there(card));
        review.left.retain(there);
        if is_first_gone {
            (review.shown, review.scrolled) = (false, 0);
        }
    }

    /// It was kept how well a card was recalled.
    pub(super) fn recall_kept(&mut self, links: &Links, out: &mut Out, kept: Result<Scheduled, Clean>) {
        let is_gone = kept.as_ref().is_ok_and(|card| links.card(&card.id).is_none());
        match (kept, self.scene_mut()) {
            (Err(line), _) => out.notice = Some(line.into()),
            (Ok(_), Scene::Cards(_)) if is_gone => {}
            (Ok(card), Scene::Cards(review)) if card.wait < SOON => {
                // Another session may have it too.
                review.left.retain(|other| other.id != card.id);
                review.left.push(card);
            }
            (Ok(card), _) => {
                out.tell(format!("it comes again in {}", span(card.wait)));
            }
        }
    }

    /// The due dates of the cards have been read.
    pub(super) fn cards_found(&mut self, halves: &mut Halves, links: &Links, out: &mut Out, mut found: Vec<Scheduled>) {
        // The reader may be elsewhere by now.
        if !matches!(self.scene(), Scene::Reading) || self.overlay().is_some() {
            return;
        }
        found.retain(|card| links.card(&card.id).is_some());
        let (mut due, later): (Vec<Scheduled>, Vec<Scheduled>) = found.into_iter().partition(|card| card.wait == 0);
        if due.is_empty() {
            if later.is_empty() {
                return out.tell("no card is due, and none will be: the links they were made from are gone");
            }
            let next = later.iter().map(|card| card.wait).min().map_or_else(String::new, span);
            return out.tell(format!("no card is due; the next of {} comes in {next}", later.len()));
        }
        // What was learned before and may be forgotten comes before what is new.
        due.sort_by_key(|card| card.is_new);
        halves.select(None);
        self.show(Scene::Cards(Box::new(Review { left: due, ..Review::default() })));
    }

    /// Says how well the card was recalled, and goes to the next.
    pub(super) fn recalled(&mut self, links: &Links, keys: &Keys, out: &mut Out, how: Recalled) {
        let Scene::Cards(review) = self.scene_mut() else { return };
        if !review.shown {
            let key = keys.keymap().first_key(Context::Cards, command!("other-side-of-card")).unwrap_or_default();
            return out.tell(format!("recall it first; {key} shows the other side"));
        }
        let Some(card) = review.left.first().cloned() else { return };
        // While the texts are read anew it is not known whether there is such a link.
        if links.card(&card.id).is_none() {
            return;
        }
        review.left.remove(0);
        (review.shown, review.scrolled) = (false, 0);
        review.done += 1;
        out.ask_for(KeepRecall { id: card.id, how });
        if review.left.is_empty() {
            let done = counted(review.done, "card");
            out.tell(format!("{done} recalled; what was not comes again shortly"));
        }
    }

    /// Scrolls the card, but not beyond its last row.
    pub(super) fn scroll_card(&mut self, halves: &Halves, links: &Links, topics: &Topics, by: i32) {
        let Scene::Cards(review) = self.scene_mut() else { return };
        let hidden =
            halves.card_rows(links, topics, review).len().saturating_sub(usize::from(halves.room_for_card().1));
        let most = u16::try_from(hidden).unwrap_or(u16::MAX);
        let by = by.clamp(-10_000, 10_000) as i16;
        review.scrolled = review.scrolled.min(most).saturating_add_signed(by).min(most);
    }
}

impl Halves {
    /// How wide and how high a card is.
    pub fn room_for_card(&self) -> (u16, u16) {
        let (columns, rows) = self.screen();
        let rows = rows - u16::from(rows >= 3);
        (columns.saturating_sub(4).clamp(1, WIDEST), rows.saturating_sub(5))
    }

    /// A passage under the name of its text and its number.
    fn passage_of_card(&self, side: Side, passage: PassageNo, all: &mut Vec<CardRow>) {
        let (width, _) = self.room_for_card();
        let sign = if side == Side::Left { "◧" } else { "◨" };
        let title = format!("{sign} {} ¶{passage}", self.name_of(side));
        wrap(CardRowKind::Title, &title, width, all);
        let block = self.pane(side).text().and_then(|text| Some((text, text.numbering().block_of(passage)?)));
        let Some((text, block)) = block else { return };
        for at in text.with_announced(block) {
            for line in bounded(text.block_str(at)).lines() {
                wrap(CardRowKind::Words, line, width, all);
            }
        }
    }

    /// What the card says, as far as it is shown; nothing where its link is gone.
    pub fn card_rows(&self, links: &Links, topics: &Topics, review: &Review) -> Vec<CardRow> {
        let Some((link, pair)) = review.left.first().and_then(|card| links.card(&card.id)) else {
            return Vec::new();
        };
        let (width, _) = self.room_for_card();
        let mut all = Vec::new();
        self.passage_of_card(Side::Left, pair.0, &mut all);
        blank(&mut all);
        let relation = Clean::line(link.relation().map_or("", Relation::word));
        let topic = link.topic.as_ref().map_or_else(String::new, |id| format!(" on {}", topics.name(id)));
        let ask = format!("⇔ {relation}{topic} — {}: what does it say?", self.name_of(Side::Right));
        wrap(CardRowKind::Question, &ask, width, &mut all);
        blank(&mut all);
        if review.shown {
            self.passage_of_card(Side::Right, pair.1, &mut all);
            if !link.note.is_empty() {
                blank(&mut all);
                for line in bounded(&link.note).lines().filter(|line| !line.is_empty()) {
                    wrap(CardRowKind::Note, line, width, &mut all);
                }
            }
        }
        all
    }
}

impl Links {
    /// The link and the passages of a card, as long as there is such a link.
    pub fn card(&self, id: &JudgementId) -> Option<(&Judgement, (PassageNo, PassageNo))> {
        self.own().links().find(|(_, link)| link.id == *id).map(|(pair, link)| (link, pair))
    }

    /// Asks for the cards of the pair that are due.
    pub(super) fn review_cards(&self, keys: &Keys, out: &mut Out) {
        let ids: Vec<JudgementId> = cards(self.own(), Which::All).iter().map(|c| c.link.id.clone()).collect();
        if ids.is_empty() {
            return tell_no_cards(keys, out);
        }
        out.ask_for(FindCards(ids));
    }

    /// Asks where to write the cards of the pair, where there are any.
    pub(super) fn ask_to_export_cards(&self, screens: &mut Screens, keys: &Keys, out: &mut Out) {
        if cards(self.own(), Which::All).is_empty() {
            return tell_no_cards(keys, out);
        }
        screens.lay(Overlay::Asked(Asked::new(Ask::Export(Export::Cards))));
    }
}

fn tell_no_cards(keys: &Keys, out: &mut Out) {
    let join = keys.key_of(command!("join"));
    out.tell(format!("a card is made from a link, and there is none yet: {join} joins the two passages"));
}

fn blank(all: &mut Vec<CardRow>) {
    all.push(CardRow { kind: CardRowKind::Words, words: String::new() });
}

fn wrap(kind: CardRowKind, words: &str, width: u16, all: &mut Vec<CardRow>) {
    let clean = Clean::line(words);
    let rows = textwrap::wrap(clean.as_str(), usize::from(width));
    all.extend(rows.into_iter().map(|row| CardRow { kind, words: row.into_owned() }));
}

/// The words, or where they are many their beginning.
fn bounded(words: &str) -> Cow<'_, str> {
    if words.len() <= LONGEST {
        return Cow::Borrowed(words);
    }
    Cow::Owned(format!("{}…", words[..words.floor_char_boundary(LONGEST)].trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_words_the_beginning_is_shown() {
        assert_eq!(bounded("short"), "short");
        // The bound falls within a character.
        let long = "x".to_owned() + &"ü".repeat(LONGEST);
        let shown = bounded(&long);
        assert!(shown.ends_with("ü…") && shown.len() <= LONGEST + 3);
    }

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
