//! A third text: the next one of the library that treats the held topic comes into the other pane, and neither the topic
//! nor the place is lost. Whether a text treats it is found out by the workers, who read one after another.

use super::App;
use super::intent::Intent;
use super::work::text_on_topic::TextOnTopic;
use super::work::ticket::Ticket;
use crate::app::halves::Halves;
use crate::app::shelf::Shelf;
use crate::link::Side;
use crate::text::clean::Clean;

impl App {
    /// Brings the next text on the held topic into the other pane; without a held topic the next one of the library.
    pub(super) fn bring_third_text(&mut self) {
        let among = self.shelf.third_texts(&self.halves);
        let Some(first) = among.first().cloned() else {
            return self.out.tell("this library has no third text");
        };
        let topic = self.topics.held_id().and_then(|id| self.topics.codebook().get(id.as_str())).cloned();
        let Some(topic) = topic else {
            self.bring(self.halves.focus().other(), &first);
            return self.out.tell(format!(
                "no topic is held: {}, the next text of the library",
                self.shelf.title_on_shelf(&first)
            ));
        };
        self.out.tell(format!("looking for another text on {}…", topic.name));
        let number = self.out.number();
        let ticket = Ticket::new();
        self.out.ask_while(&ticket, TextOnTopic { number, topic, among });
        let from = self.halves.lead().open().map_or_else(String::new, |open| open.request.clone());
        self.intent = Intent::Text { question: number, from, ticket };
    }

    /// A text on the held topic was found, or none.
    pub(super) fn text_on_topic(&mut self, number: u64, found: Option<&str>) {
        // The other pane may lead by now: the text stands across from the one it was looked for beside.
        let Some(from) = self.intent.text(number) else { return };
        let Some(side) = self.halves.side_of(&from) else { return };
        let topic = self.topics.held().map_or_else(String::new, |topic| topic.name.clone());
        match found {
            Some(request) => {
                self.bring(side.other(), request);
                self.out.tell(format!("{} on {topic}", self.shelf.title_on_shelf(request)));
            }
            None => self.out.tell(format!("no other text of this library treats {topic}")),
        }
    }

    fn bring(&mut self, side: Side, request: &str) {
        self.leave();
        self.halves.bring_to_topic(&mut self.intent, &mut self.out, side, request);
    }
}

impl Shelf {
    fn title_on_shelf(&self, request: &str) -> Clean {
        let shelved = self.texts().iter().find(|text| text.request == request);
        shelved.map_or_else(|| Clean::line(request), |text| text.title.clone())
    }

    /// The texts that are not open, from the one after the text across.
    fn third_texts(&self, halves: &Halves) -> Vec<String> {
        let request = |side: Side| halves.pane(side).open().map(|open| open.request.as_str());
        let (here, across) = (request(halves.focus()), request(halves.focus().other()));
        let at = self.texts().iter().position(|text| Some(text.request.as_str()) == across);
        let (before, after) = self.texts().split_at(at.map_or(0, |at| at + 1));
        let all = after.iter().chain(before).map(|text| text.request.as_str());
        all.filter(|text| ![here, across].contains(&Some(text))).map(str::to_owned).collect()
    }
}
