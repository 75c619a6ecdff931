//! Requests of other programs: they can do what a key could, and no more.

use super::side_name;
use crate::app::App;
use crate::app::command::{Call, Command};
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::message::{Effect, Terminal};
use crate::app::out::Out;
use crate::app::overlay::Overlay;
use crate::app::present::Shown as Extent;
use crate::app::scene::Scene;
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::model::address::is_whole;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::text::{Place, Text};
use crate::topic::codebook::TopicId;
use crate::wire::message::{Answer, Request, Where};

/// Why something is not done, in one line.
type Why = String;

impl App {
    /// Does what is asked, and has it answered.
    pub(in crate::app) fn obey_request(&mut self, who: u64, request: Request) {
        let answer = match request {
            Request::State { remarks } => Answer::Shown(Box::new(self.shown_with(remarks))),
            // Who wants to know is told by the terminal, after every frame.
            Request::Subscribe { .. } => Answer::Done,
            request => match self.follow_request(request) {
                Ok(()) => Answer::Done,
                Err(why) => Answer::refused(Clean::line(&why).as_str()),
            },
        };
        self.out.effect(Effect::Terminal(Terminal::Answer(who, answer)));
    }

    fn shown_with(&self, remarks: bool) -> crate::wire::message::Shown {
        let mut shown = self.shown();
        if let Some(tour) = shown.tour.as_mut().filter(|_| !remarks) {
            tour.remark = None;
        }
        shown
    }

    fn follow_request(&mut self, request: Request) -> Result<(), Why> {
        if let Request::Say { words } = request {
            self.out.tell(words);
            return Ok(());
        }
        self.screens.make_way(&mut self.halves, &mut self.out)?;
        match request {
            Request::Go { left, right } | Request::Open { left, right } => self.visit(&Sides { left, right })?,
            Request::Topic { topic } => self.take_up(topic.as_deref())?,
            Request::Stop { stop } => self.visit_stop(stop)?,
            Request::Next => self.step(command!("present-next"), command!("next-on-trail")),
            Request::Back => self.step(command!("present-back"), command!("previous-on-trail")),
            Request::Return if self.screens.is_presenting() => self.present_return(),
            Request::Return => return Err("there is no presentation to come back to".to_owned()),
            Request::Say { .. } | Request::State { .. } | Request::Subscribe { .. } => {}
        }
        Ok(())
    }

    fn step(&mut self, presenting: &'static Command, reading: &'static Command) {
        if self.screens.is_presenting() {
            return (presenting.run)(self, Call::default());
        }
        self.screens.back_to_reading();
        (reading.run)(self, Call::default());
    }

    fn visit_stop(&mut self, stop: usize) -> Result<(), Why> {
        let count = self.touring.tour.stops.len();
        if count == 0 {
            return Err("no tour is open there".to_owned());
        }
        let at = stop.checked_sub(1).filter(|at| *at < count);
        let at = at.ok_or_else(|| format!("the tour has stops 1 to {count}, and no stop {stop}"))?;
        if self.screens.is_presenting() {
            self.present_stop(at, Extent::Title);
        } else {
            self.screens.back_to_reading();
            self.go_to_stop(at);
        }
        Ok(())
    }

    fn take_up(&mut self, topic: Option<&str>) -> Result<(), Why> {
        let id = topic
            .map(|name| self.topics.topic_named(name).ok_or_else(|| format!("there is no topic {name}")))
            .transpose()?;
        if !matches!(self.screens.scene(), Scene::Present(_) | Scene::Synopsis(_)) {
            self.screens.back_to_reading();
        }
        self.hold(id);
        Ok(())
    }

    /// Goes to places, opening the texts that are not open.
    fn visit(&mut self, places: &Sides<Option<Where>>) -> Result<(), Why> {
        let mut steps = Sides { left: None, right: None };
        for side in BOTH {
            steps[side] = places[side].as_ref().map(|place| self.halves.way_to(side, place)).transpose()?;
        }
        if BOTH.iter().all(|side| steps[*side].is_none()) {
            return Err("no place is named".to_owned());
        }
        self.screens.come_to_panes();
        match (&steps.left, &steps.right) {
            (Some(Way::Passage(left)), Some(Way::Passage(right))) => self.go_to_pair(*left, *right),
            (Some(Way::Passage(passage)), None) => self.visit_alone(Side::Left, *passage),
            (None, Some(Way::Passage(passage))) => self.visit_alone(Side::Right, *passage),
            _ => {
                self.leave();
                self.search = None;
                for side in BOTH {
                    match steps[side].take() {
                        Some(Way::Text(written)) => self.open_text(side, &written),
                        Some(Way::Passage(passage)) => {
                            self.halves.direct(side, true);
                            self.halves.pane_mut(side).jump_to_passage(passage, None);
                        }
                        Some(Way::Here) | None => {}
                    }
                }
            }
        }
        Ok(())
    }

    /// A place in the text of one side: that side leads, and the other one follows as it does after a jump.
    fn visit_alone(&mut self, side: Side, passage: PassageNo) {
        self.halves.lead_with(side);
        let block = self.halves.pane(side).text().and_then(|text| text.numbering().block_of(passage));
        self.jump_on_trail(passage, Place::new(block.unwrap_or_default() as u32, 0));
    }
}

impl Screens {
    /// To the two panes, or to a digression of what is presented.
    fn come_to_panes(&mut self) {
        if self.is_presenting() {
            self.digress();
        } else {
            self.back_to_reading();
        }
    }

    /// Puts away a list, a page, the map or the tour's list over a presentation; what is being written is not disturbed.
    fn make_way(&mut self, halves: &mut Halves, out: &mut Out) -> Result<(), Why> {
        match self.overlay() {
            Some(Overlay::Editor(_) | Overlay::Form(_) | Overlay::Prompt(_) | Overlay::Asked(_)) => {
                return Err("something is being typed there; ask again when that is done".to_owned());
            }
            Some(Overlay::Picker(_) | Overlay::Page(_)) => self.close(),
            None => {}
        }
        self.uncover_presentation();
        out.notice = None;
        halves.select(None);
        Ok(())
    }
}

impl Topics {
    /// The topic of this id, else of this name.
    fn topic_named(&self, name: &str) -> Option<TopicId> {
        let codebook = self.codebook();
        let by_name = || codebook.topics().iter().find(|topic| topic.name.to_lowercase() == name.to_lowercase());
        codebook.get(name).or_else(by_name).map(|topic| topic.id.clone())
    }
}

impl Halves {
    fn way_to(&self, side: Side, place: &Where) -> Result<Way, Why> {
        let open = self.pane(side).open();
        let is_open = |written: &String| open.is_some_and(|open| open.request == *written);
        if let Some(written) = place.text.as_ref().filter(|written| !is_open(written)) {
            if !is_whole(written) {
                return Err(format!("{written}: a text is named in full, by a whole path or `embedded:` and a name"));
            }
            if place.line.is_some() {
                return Err("only in an open text can one go to a line; a text is opened at a passage".to_owned());
            }
            return Ok(Way::Text(place.passage.map_or_else(|| written.clone(), |p| format!("{written}:{p}"))));
        }
        let open = open.ok_or_else(|| format!("no text is open on the {}", side_name(side)))?;
        let count = open.text.passage_count() as u32;
        match (place.passage, place.line) {
            (Some(passage), _) if (1..=count).contains(&passage) => Ok(Way::Passage(PassageNo(passage))),
            (Some(passage), _) => Err(format!("{} has passages 1 to {count}, and no ¶{passage}", open.name)),
            (None, Some(line)) => at_line(&open.text, line)
                .map(Way::Passage)
                .ok_or_else(|| format!("it is not known which lines the passages of {} are on", open.name)),
            (None, None) if place.text.is_some() => Ok(Way::Here),
            (None, None) => Err("a place is a passage or a line".to_owned()),
        }
    }
}

/// How a place is reached.
enum Way {
    /// By a passage of the text that is open.
    Passage(PassageNo),
    /// By opening a text.
    Text(String),
    /// By staying there.
    Here,
}

/// The passage that a line of the file is in, as far as the import has kept which lines those are.
fn at_line(text: &Text, line: u32) -> Option<PassageNo> {
    let begins = |at: &usize| (1..=line).contains(&text.blocks()[*at].line);
    let block = (0..text.blocks().len()).rev().find(begins)?;
    text.numbering().passage_near(block)
}
