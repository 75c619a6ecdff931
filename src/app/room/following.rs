//! Following with one's own texts: what the leader shows is found by content, and the panes go where the leader is.
//!
//! A text that is not here is read from what travels along; so is the pair as long as one of the two is not here.

use std::path::Path;
use std::sync::Arc;

use super::{Arrival, OwnCopy, side_name};
use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::out::Out;
use crate::app::room::Led;
use crate::app::scene::Scene;
use crate::app::scene::Screens;
use crate::app::work::led::{FindLed, FoundHere};
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::model::address::path_of;
use crate::model::open::Open;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;
use crate::wire::message::{Shown, ShownText};

impl App {
    /// Follows the leader, or looks around and lets the leader go on.
    pub(in crate::app) fn follow_or_not(&mut self) {
        if self.led.role().is_none() {
            return self.out.tell("nobody is followed; `diptych follow` in another terminal follows this session");
        }
        let Some(newest) = self.led.newest().cloned() else { return self.out.tell("the leader has shown nothing yet") };
        if self.led.apart.take().is_some() {
            self.led.at = None;
            let gone = self.led.gone().cloned();
            self.out.tell(gone.map_or_else(|| "you follow the leader".to_owned(), |gone| gone.to_string()));
        } else {
            // With both texts here one reads on in the panes, from the next moment on.
            let are_here = [&newest.left, &newest.right].into_iter().all(|text| self.led.here(text.as_ref()).is_some());
            let context = if are_here { Context::Reading } else { self.screens.scene().context() };
            let key = self.keys.keymap().first_key(context, command!("follow-leader"));
            self.led.apart = Some(newest);
            let key = key.unwrap_or_default();
            self.out.tell(if self.led.gone().is_some() {
                format!("looking around: the leader has gone; {key} comes back to what was shown last")
            } else {
                format!("looking around: the leader goes on without you; {key} follows again")
            });
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
        // Panes show a passage each. What has none to show, silent or lost, is told as the leader's screen tells it; who
        // looks around reads on in the texts all the same.
        let is_told = self.led.follows() && !shows_passages(&shown);
        let (Some(left), Some(right), true) = (&here.left, &here.right, shown_both && !is_told) else {
            return self.led.read_along(&mut self.screens);
        };
        let arrival = arrival(&shown);
        if self.led.at.as_ref() == Some(&arrival) && !self.reads_otherwise([left, right], &arrival) {
            return;
        }
        let mut is_open = true;
        for (side, request) in [(Side::Left, left), (Side::Right, right)] {
            is_open &= self.is_opened(side, request, &arrival);
        }
        if !is_open {
            // It may just have turned out that one is not here after all.
            if [&shown.left, &shown.right].into_iter().any(|text| self.led.here(text.as_ref()).is_none()) {
                self.led.read_along(&mut self.screens);
            }
            return;
        }
        let has = |side: Side| {
            let passage = arrival.texts[side].as_ref().and_then(|(_, passage)| *passage).unwrap_or(0);
            self.halves.pane(side).text().is_some_and(|text| passage as usize <= text.passage_count())
        };
        if !BOTH.into_iter().all(has) {
            return self.led.read_along(&mut self.screens);
        }
        if self.led.at.replace(arrival).is_some() {
            // As a key of one's own would.
            self.out.notice = None;
        }
        self.screens.show(Scene::Reading);
        self.arrive(&shown);
    }

    /// Whether a file that the leader's text was found in has something else in it by now, while the leader is followed.
    fn reads_otherwise(&self, requests: [&String; 2], arrival: &Arrival) -> bool {
        let changed = |(side, request): (Side, &String)| {
            let open = self.halves.pane(side).open().filter(|open| open.request == *request && !open.provisional);
            open.zip(arrival.texts[side].as_ref()).is_some_and(|(open, (hash, _))| hash_of(open) != *hash)
        };
        self.led.follows() && BOTH.into_iter().zip(requests).any(changed)
    }

    /// Whether a text of the leader's is in its pane; else it is asked for, once.
    fn is_opened(&mut self, side: Side, request: &str, arrival: &Arrival) -> bool {
        let Some((hash, passage)) = arrival.texts[side].clone() else { return false };
        let open = self.halves.pane(side).open();
        let is_it = |open: &Arc<Open>| open.request == request && hash_of(open) == hash;
        if open.is_some_and(is_it) {
            self.led.opening[side] = None;
            return true;
        }
        let is_read = open.is_some_and(|open| open.request == request);
        let asked = Some(format!("{hash} {request}"));
        if self.led.opening[side] != asked {
            self.led.opening[side] = asked;
            self.open_text(side, &passage.map_or_else(|| request.to_owned(), |passage| format!("{request}:{passage}")));
        } else if self.halves.reading(side).is_none() {
            // It has changed since it was found, or cannot be read any more.
            let found = if is_read { FoundHere::Otherwise(Clean::line(request)) } else { FoundHere::Nothing };
            self.led.led_text_found(&mut self.out, hash, found);
        }
        false
    }

    fn arrive(&mut self, shown: &Shown) {
        let topic = shown.topic.as_ref().and_then(|topic| self.topics.known(&TopicId::new(&topic.id)));
        self.topics.hold(topic);
        self.halves.lead_with(if shown.leads == side_name(Side::Right) { Side::Right } else { Side::Left });
        let passage = |text: &Option<ShownText>| text.as_ref().and_then(passage_in).map(PassageNo);
        match (passage(&shown.left), passage(&shown.right)) {
            (Some(left), Some(right)) => {
                self.leave();
                self.arrive_at_pair(left, right);
            }
            // The other pane stays where it is: nothing of it is shown.
            (Some(passage), None) => self.halves.pane_mut(Side::Left).jump_to_passage(passage, None),
            (None, Some(passage)) => self.halves.pane_mut(Side::Right).jump_to_passage(passage, None),
            (None, None) => {}
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
    pub(in crate::app) fn led_text_found(&mut self, out: &mut Out, hash: String, found: FoundHere) {
        let own = match found {
            FoundHere::This(request) => OwnCopy::Here(request),
            FoundHere::Otherwise(file) => OwnCopy::Otherwise(file),
            FoundHere::Nothing => OwnCopy::Missing,
        };
        self.texts.insert(hash, own);
        self.tell_missing(out);
    }

    /// Tells of all texts that are not here in one line, as soon as it is known of each.
    fn tell_missing(&self, out: &mut Out) {
        let Some(shown) = self.newest() else { return };
        let texts: Vec<&ShownText> = [&shown.left, &shown.right].into_iter().flatten().collect();
        if texts.iter().any(|text| self.texts.get(&text.hash) == Some(&OwnCopy::Sought)) {
            return;
        }
        let said: Vec<String> = texts.iter().filter_map(|text| self.said_of_missing(text)).collect();
        if !said.is_empty() {
            out.tell(format!("{}; what the leader shows travels along", said.join("; ")));
        }
    }

    fn said_of_missing(&self, text: &ShownText) -> Option<String> {
        let (name, title) = (file_named(&text.text), &text.title);
        let both = if name == *title { name.clone() } else { format!("{name} (“{title}”)") };
        match self.texts.get(&text.hash)? {
            OwnCopy::Missing => Some(format!("{both} is not here")),
            OwnCopy::Otherwise(file) => Some(format!("{both} is not here: {file} has other words")),
            OwnCopy::Sought | OwnCopy::Here(_) => None,
        }
    }

    /// Whether a text that the leader shows is not here, in a few words; nothing where it is, or that is not known.
    pub fn is_not_here(&self, text: &ShownText) -> Option<&'static str> {
        match self.texts.get(&text.hash)? {
            OwnCopy::Missing => Some("not here"),
            OwnCopy::Otherwise(_) => Some("here with other words"),
            OwnCopy::Sought | OwnCopy::Here(_) => None,
        }
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
            OwnCopy::Sought | OwnCopy::Missing | OwnCopy::Otherwise(_) => None,
        }
    }
}

fn arrival(shown: &Arc<Shown>) -> Arrival {
    let texts = Sides { left: &shown.left, right: &shown.right };
    let at = Sides::from_fn(|side| texts[side].as_ref().map(|text| (text.hash.clone(), passage_in(text))));
    Arrival { texts: at, topic: shown.topic.as_ref().map(|t| t.id.clone()), leads: shown.leads.clone() }
}

/// The passage of a text that is shown; `None` where it is silent, or has none of that number.
fn passage_in(text: &ShownText) -> Option<u32> {
    text.passage.filter(|passage| !text.silent && (1..=text.of).contains(passage))
}

/// Whether each side has a passage to show.
fn shows_passages(shown: &Shown) -> bool {
    [&shown.left, &shown.right].into_iter().all(|text| text.as_ref().and_then(passage_in).is_some())
}

fn hash_of(open: &Open) -> String {
    format!("{:016x}", open.text.hash())
}

/// The name of a text's file, of what opens it where the leader is.
fn file_named(text: &str) -> String {
    let path = path_of(text);
    let name = path.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    Clean::line(&name.unwrap_or_else(|| text.to_owned())).to_string()
}
