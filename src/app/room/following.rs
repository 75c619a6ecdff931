//! Following with one's own texts: what the leader shows is found by content, and the panes go where the leader is.
//!
//! A text that is not here is read from what travels along; so is the pair as long as one of the two is not here.

use std::sync::Arc;

use super::{Arrival, OwnCopy, side_name};
use crate::app::App;
use crate::app::commands::command;
use crate::app::out::Out;
use crate::app::room::Led;
use crate::app::scene::Scene;
use crate::app::scene::Screens;
use crate::app::work::led::FindLed;
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::model::open::Open;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;
use crate::wire::message::{Shown, ShownText};

impl App {
    /// Follows the leader, or looks around and lets the leader go on.
    pub(in crate::app) fn follow_or_not(&mut self) {
        if self.led.role().is_none() {
            return self.tell("nobody is followed; `diptych follow` in another terminal follows this session");
        }
        let Some(newest) = self.led.newest().cloned() else { return self.tell("the leader has shown nothing yet") };
        if self.led.apart.take().is_some() {
            self.led.at = None;
            let gone = self.led.gone().cloned();
            self.tell(gone.map_or_else(|| "you follow the leader".to_owned(), |gone| gone.to_string()));
        } else {
            self.led.apart = Some(newest);
            let key = self.keys.keymap().first_key(self.screens.scene().context(), command!("follow-leader"));
            let key = key.unwrap_or_default();
            self.tell(format!("looking around: the leader goes on without you; {key} follows again"));
        }
    }

    /// Goes where the leader is, as soon as that can be done.
    pub(in crate::app) fn settle_led(&mut self) {
        if self.led.role() == Some(super::Role::Speaker) && matches!(self.screens.scene(), Scene::Reading) {
            // There is nothing else to come back to.
            return self.screens.show(Scene::Lectern);
        }
        let is_there = match self.screens.scene() {
            Scene::Room => self.led.role() == Some(super::Role::Follower),
            // Who looks around in texts of one's own is left there.
            Scene::Reading => self.led.follows(),
            _ => false,
        };
        let Some(shown) = self.led.in_view().filter(|_| is_there).cloned() else { return };
        let here = Sides { left: self.led.here(shown.left.as_ref()), right: self.led.here(shown.right.as_ref()) };
        let shown_both = [&shown.left, &shown.right].into_iter().all(Option::is_some);
        let (Some(left), Some(right), true) = (&here.left, &here.right, shown_both) else {
            return self.led.read_along(&mut self.screens);
        };
        let arrival = arrival(&shown);
        if self.led.at.as_ref() == Some(&arrival) {
            return;
        }
        let mut is_open = true;
        for (side, request) in [(Side::Left, left), (Side::Right, right)] {
            is_open &= self.is_opened(side, request, &arrival);
        }
        if is_open {
            if self.led.at.replace(arrival).is_some() {
                // As a key of one's own would.
                self.out.notice = None;
            }
            self.screens.show(Scene::Reading);
            self.arrive(&shown);
        }
    }

    /// Whether a text of the leader's is in its pane; else it is asked for, once.
    fn is_opened(&mut self, side: Side, request: &str, arrival: &Arrival) -> bool {
        let Some((hash, passage)) = arrival.texts[side].clone() else { return false };
        let open = self.halves.pane(side).open();
        let is_it = |open: &Arc<Open>| open.request == request && format!("{:016x}", open.text.hash()) == hash;
        if open.is_some_and(is_it) {
            self.led.opening[side] = None;
            return true;
        }
        let asked = Some(format!("{hash} {request}"));
        if self.led.opening[side] != asked {
            self.led.opening[side] = asked;
            self.open_text(side, &format!("{request}:{passage}"));
        } else if self.halves.reading(side).is_none() {
            // It could not be read, or has changed since it was found.
            self.led.texts.insert(hash, OwnCopy::Missing);
        }
        false
    }

    fn arrive(&mut self, shown: &Shown) {
        let topic = shown.topic.as_ref().and_then(|topic| self.topics.known(&TopicId::new(&topic.id)));
        self.topics.hold(topic);
        self.halves.lead_with(if shown.leads == side_name(Side::Right) { Side::Right } else { Side::Left });
        let passage = |text: &Option<ShownText>| text.as_ref().and_then(|text| text.passage).map(PassageNo);
        if let (Some(left), Some(right)) = (passage(&shown.left), passage(&shown.right)) {
            self.leave();
            self.arrive_at_pair(left, right);
        }
    }
}

impl Led {
    /// Asks which of the texts here are the leader's, where that is not known yet.
    pub(super) fn seek_texts(&mut self, out: &mut Out) {
        if self.role() != Some(super::Role::Follower) {
            return;
        }
        let Some(shown) = self.newest().cloned() else { return };
        for text in [&shown.left, &shown.right].into_iter().flatten() {
            if !text.hash.is_empty() && !self.texts.contains_key(&text.hash) {
                self.texts.insert(text.hash.clone(), OwnCopy::Sought);
                out.ask_for(FindLed { hash: text.hash.clone(), named: text.text.clone() });
            }
        }
    }

    /// A text of the leader's was found, or that it is not here.
    pub(in crate::app) fn led_text_found(&mut self, out: &mut Out, hash: String, request: Option<String>) {
        if request.is_none()
            && let Some(text) = self.newest().and_then(|shown| text_of(shown, &hash))
        {
            let title = text.title.clone();
            out.tell(format!("{title} is not here; what the leader shows of it travels along"));
        }
        self.texts.insert(hash, request.map_or(OwnCopy::Missing, OwnCopy::Here));
    }

    /// It could not be found out whether a text of the leader's is here.
    pub(in crate::app) fn led_text_missing(&mut self, hash: String) {
        self.texts.insert(hash, OwnCopy::Missing);
    }

    /// What the panes cannot show is read from what travels along.
    fn read_along(&mut self, screens: &mut Screens) {
        self.at = None;
        if matches!(screens.scene(), Scene::Reading) {
            self.scrolled = 0;
            screens.show(Scene::Room);
        }
    }

    /// What opens a text of the leader's here.
    fn here(&self, text: Option<&ShownText>) -> Option<String> {
        match self.texts.get(&text?.hash)? {
            OwnCopy::Here(request) => Some(request.clone()),
            OwnCopy::Sought | OwnCopy::Missing => None,
        }
    }
}

fn arrival(shown: &Arc<Shown>) -> Arrival {
    let texts = Sides { left: &shown.left, right: &shown.right };
    let mut at = Sides { left: None, right: None };
    for side in BOTH {
        at[side] = texts[side].as_ref().map(|text| (text.hash.clone(), text.passage.unwrap_or(1)));
    }
    Arrival { texts: at, topic: shown.topic.as_ref().map(|t| t.id.clone()), leads: shown.leads.clone() }
}

fn text_of<'a>(shown: &'a Shown, hash: &str) -> Option<&'a ShownText> {
    [&shown.left, &shown.right].into_iter().flatten().find(|text| text.hash == hash)
}
