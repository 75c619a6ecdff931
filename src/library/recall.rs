//! When cards come again, kept in cards.toml beside state.toml: what was recalled well comes later, what was not comes soon.
//!
//! How long is computed by FSRS, the scheduler that Anki has too (<https://github.com/open-spaced-repetition>), with the
//! weights its authors found. A card is named as `diptych cards` names it. Two sessions may write at once: each changes
//! the cards it has shown, in the file as it is by then.

use std::collections::BTreeMap;
use std::io;

use chrono::{DateTime, Utc};
use rs_fsrs::{Card, FSRS, Parameters, Rating, State};
use serde::Deserialize;
use toml_edit::{DocumentMut, Item, Table, value};

use super::Library;
use super::disk::Spot;
use super::notes::now;
use super::said::{io_words, shown};
use super::save::{LONGEST, SaveError, is_missing, revise};
use super::topics::EditError;
use crate::export::cards::guid;
use crate::link::judgement::JudgementId;
use crate::model::recall::{Recalled, Scheduled};
use crate::note::stamp::Stamp;
use crate::text::clean::Clean;

/// The name of the file in the state folder.
const NAME: &str = "cards.toml";

const HEADING: &str = "# When your cards come again. Written by Diptych; without this file they begin afresh.\n";

/// Days after which a card comes again in any case: more is longer than people plan.
const LATEST: i32 = 3650;

/// cards.toml.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Contents {
    card: BTreeMap<String, KeptCard>,
}

/// A card as it is kept.
#[derive(Debug, Clone, PartialEq, Deserialize)]
struct KeptCard {
    due: String,
    last: String,
    stability: f64,
    difficulty: f64,
    /// `learning`, `review`, `relearning`.
    state: String,
    #[serde(default)]
    days: i64,
    #[serde(default)]
    times: i32,
    #[serde(default)]
    lapses: i32,
}

impl Library {
    /// When these cards come.
    pub fn cards_scheduled(&self, ids: &[JudgementId]) -> Result<Vec<Scheduled>, Clean> {
        let known = self.kept_cards()?;
        let now = moment(now());
        Ok(ids.iter().map(|id| scheduled(id, known.card.get(&guid(id)), now)).collect())
    }

    /// Keeps how well a card was recalled. Answers with when it comes again.
    pub fn card_recalled(&self, id: &JudgementId, how: Recalled) -> Result<Scheduled, Clean> {
        let file = self.cards_file().ok_or_else(|| self.at_home(&EditError::NoFolder))?;
        let now = moment(now());
        let mut after = None;
        let done: Result<(), EditError> = revise(&*self.disk, &file, &mut |bytes| {
            let broken = || EditError::Broken(shown(file.path()));
            let source = std::str::from_utf8(bytes).map_err(|_| broken())?;
            let mut document: DocumentMut = source.parse().map_err(|_| broken())?;
            let known = toml::from_str::<Contents>(source).unwrap_or_default();
            let card = known.card.get(&guid(id)).and_then(KeptCard::card).unwrap_or_default();
            let next = scheduler().next(card.clone(), not_before(&card, now), rating(how)).card;
            let kept = KeptCard::of(&next);
            after = Some(kept.clone());
            let cards = document.entry("card").or_insert_with(|| {
                let mut table = Table::new();
                table.set_implicit(true);
                Item::Table(table)
            });
            let cards = cards.as_table_mut().ok_or_else(broken)?;
            match cards.get_mut(&guid(id)).and_then(Item::as_table_like_mut) {
                // What stands above it, and what another program keeps with it, stays.
                Some(known) => kept.table().iter().for_each(|(key, new)| drop(known.insert(key, new.clone()))),
                None => drop(cards.insert(&guid(id), Item::Table(kept.table()))),
            }
            let head = if source.trim().is_empty() { HEADING } else { "" };
            Ok(Some(format!("{head}{document}").into_bytes()))
        });
        done.map_err(|e| self.at_home(&e))?;
        Ok(scheduled(id, after.as_ref(), now))
    }

    fn cards_file(&self) -> Option<Spot> {
        self.folders.as_ref().map(|folders| Spot::own(folders.state.join(NAME)))
    }

    fn kept_cards(&self) -> Result<Contents, Clean> {
        let Some(file) = self.cards_file() else { return Ok(Contents::default()) };
        let bytes = match self.disk.read(&file, LONGEST) {
            Ok(bytes) => bytes,
            Err(e) if is_missing(&e) => return Ok(Contents::default()),
            Err(e) => return Err(self.at_home(&SaveError::of(&file, "read it")(e))),
        };
        let source = String::from_utf8(bytes).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e));
        let read =
            source.map_err(|e| io_words(&e)).and_then(|s| toml::from_str(&s).map_err(|e| e.message().to_owned()));
        read.map_err(|why| self.at_home(&format!("{}: {why}; mend it, or take it away", shown(file.path()))))
    }
}

impl KeptCard {
    fn of(card: &Card) -> Self {
        let state = match card.state {
            State::New | State::Learning => "learning",
            State::Review => "review",
            State::Relearning => "relearning",
        };
        Self {
            due: written(card.due),
            last: written(card.last_review),
            stability: card.stability,
            difficulty: card.difficulty,
            state: state.to_owned(),
            days: card.scheduled_days,
            times: card.reps,
            lapses: card.lapses,
        }
    }

    /// The card; `None` where what is kept makes no sense: then it begins afresh.
    fn card(&self) -> Option<Card> {
        let at = |written: &str| written.parse::<Stamp>().ok().map(moment);
        let state = match self.state.as_str() {
            "learning" => State::Learning,
            "review" => State::Review,
            "relearning" => State::Relearning,
            _ => return None,
        };
        let makes_sense = (0.0..1e6).contains(&self.stability) && (1.0..=10.0).contains(&self.difficulty);
        makes_sense.then_some(())?;
        Some(Card {
            due: at(&self.due)?,
            last_review: at(&self.last)?,
            stability: self.stability.max(0.01),
            difficulty: self.difficulty,
            elapsed_days: 0,
            scheduled_days: self.days.clamp(0, i64::from(LATEST)),
            reps: self.times.clamp(0, 1_000_000),
            lapses: self.lapses.clamp(0, 1_000_000),
            state,
        })
    }

    fn table(&self) -> Table {
        let mut table = Table::new();
        table.insert("due", value(&self.due));
        table.insert("last", value(&self.last));
        table.insert("stability", value((self.stability * 1e4).round() / 1e4));
        table.insert("difficulty", value((self.difficulty * 1e4).round() / 1e4));
        table.insert("state", value(&self.state));
        table.insert("days", value(self.days));
        table.insert("times", value(i64::from(self.times)));
        table.insert("lapses", value(i64::from(self.lapses)));
        table
    }
}

fn scheduler() -> FSRS {
    FSRS::new(Parameters { maximum_interval: LATEST, ..Parameters::default() })
}

fn rating(how: Recalled) -> Rating {
    match how {
        Recalled::Again => Rating::Again,
        Recalled::Hard => Rating::Hard,
        Recalled::Good => Rating::Good,
        Recalled::Easy => Rating::Easy,
    }
}

fn scheduled(id: &JudgementId, kept: Option<&KeptCard>, now: DateTime<Utc>) -> Scheduled {
    let known = kept.and_then(KeptCard::card);
    let card = known.clone().unwrap_or_default();
    let seconds = |until: DateTime<Utc>, from: DateTime<Utc>| (until - from).num_seconds().try_into().unwrap_or(0);
    let at = not_before(&card, now);
    let next = scheduler().repeat(card.clone(), at);
    let then = Recalled::ALL.map(|how| next.get(&rating(how)).map_or(0, |next| seconds(next.card.due, at)));
    let wait = known.as_ref().map_or(0, |card| seconds(card.due, now));
    Scheduled { id: id.clone(), is_new: known.is_none(), wait, then }
}

/// A clock that was set back must not have a card be looked at before it was looked at last.
fn not_before(card: &Card, now: DateTime<Utc>) -> DateTime<Utc> {
    if card.state == State::New { now } else { now.max(card.last_review) }
}

fn moment(stamp: Stamp) -> DateTime<Utc> {
    DateTime::from_timestamp(stamp.seconds(), 0).unwrap_or_default()
}

fn written(moment: DateTime<Utc>) -> String {
    Stamp::of_seconds(moment.timestamp()).to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn now() -> DateTime<Utc> {
        moment(Stamp::of_seconds(1_790_000_000))
    }

    fn any_kept() -> impl Strategy<Value = KeptCard> {
        let number = prop_oneof![Just(f64::NAN), Just(f64::INFINITY), -10.0..1e9, 0.0..20.0];
        let date = prop::sample::select(vec!["2026-11-30T10:00:00Z", "9999-01-01", "1970-01-01", "never", ""]);
        let state = prop::sample::select(vec!["learning", "review", "relearning", "x"]);
        let counts = (any::<i64>(), any::<i32>(), any::<i32>());
        (date.clone(), date, number.clone(), number, state, counts).prop_map(|(due, last, s, d, state, counts)| {
            KeptCard {
                due: due.to_owned(),
                last: last.to_owned(),
                stability: s,
                difficulty: d,
                state: state.to_owned(),
                days: counts.0,
                times: counts.1,
                lapses: counts.2,
            }
        })
    }

    proptest! {
        #[test]
        fn whatever_is_kept_a_card_comes_again_and_sooner_the_worse_it_was_recalled(kept in any_kept()) {
            let id = JudgementId("x".to_owned());
            let card = scheduled(&id, Some(&kept), now());
            prop_assert!(card.then.iter().all(|wait| *wait > 0 && *wait <= 3651 * 86_400), "{card:?}");
            prop_assert!(card.then.is_sorted(), "{card:?}");
            let card = kept.card().unwrap_or_default();
            let next = scheduler().next(card.clone(), not_before(&card, now()), Rating::Good).card;
            prop_assert!(KeptCard::of(&next).card().is_some(), "{next:?}");
        }
    }

    #[test]
    fn a_card_that_is_known_waits_longer_each_time() {
        let (mut at, mut card, mut waits) = (now(), Card::default(), Vec::new());
        for _ in 0..4 {
            card = scheduler().next(card, at, Rating::Good).card;
            waits.push(card.due - at);
            at = card.due;
        }
        assert!(waits.is_sorted() && waits[3].num_days() > 7, "{waits:?}");
        let kept = KeptCard::of(&card);
        assert_eq!(KeptCard::of(&kept.card().unwrap()), kept);
    }
}
