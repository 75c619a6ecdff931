//! The tour in the session: adding the pair that is read, putting stops in order, going to one.

use super::App;
use super::commands::command;
use super::form::{Field, Form, FormKind};
use super::history::{Seat, Spot};
use super::journal::{Change, Edit};
use super::overlay::Overlay;
use super::scene::Scene;
use super::work::tour::ReadTour;
use crate::anchor::Anchor;
use crate::app::halves::Halves;
use crate::app::topics::Topics;
use crate::import::IMPORTER_VERSION;
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::model::keeping::RecordKey;
use crate::model::touring::Touring;
use crate::text::Place;
use crate::tour::{Stop, Tour};

/// The list of stops.
#[derive(Debug, Clone, Default)]
pub struct StopList {
    /// Which is selected.
    pub selected: usize,
}

impl App {
    /// Has the tour of the open texts read, where it is not the one that is there.
    pub(super) fn read_tour(&mut self) {
        let [Some(left), Some(right)] = BOTH.map(|side| self.halves[side].pane.open().map(|o| o.request.clone()))
        else {
            return;
        };
        if !matches!(self.screens.scene, Scene::Present(_)) {
            self.ask_for(ReadTour([left, right]));
        }
    }

    pub(super) fn tour_read(&mut self, touring: Touring) {
        // A tour that is being given stays what it is, and what is not saved yet is not taken back.
        if matches!(self.screens.scene, Scene::Present(_))
            || self.made.is_unkept(&RecordKey::Tour(touring.texts.clone()))
        {
            return;
        }
        let mut seen = std::mem::take(&mut self.touring.seen);
        if self.touring.texts != touring.texts {
            seen.clear();
        }
        seen.extend(touring.seen.iter().filter(|id| !seen.contains(id)).cloned().collect::<Vec<_>>());
        self.touring = Touring { seen, ..touring };
        self.step_stop(0);
    }

    /// Adds the pair that is read to the tour, after the stop that was added or selected last.
    pub(super) fn add_stop(&mut self) {
        let here = |side: Side| self.halves[side].pane.open().and_then(|_| self.halves.passage_anchor(side));
        let silent = self.hinge.joint.as_ref().is_some_and(super::joint::Joint::is_silent);
        let mut places = Sides { left: here(Side::Left), right: here(Side::Right) };
        if silent && !self.is_level() {
            // Nothing answers: the stop shows the one passage, and that the other text is silent.
            places[self.halves.focus.other()] = None;
        }
        if places.left.is_none() && places.right.is_none() {
            return self.tell("there is no text to make a stop of");
        }
        for side in BOTH {
            if let Some(open) = self.halves[side].pane.open() {
                let name =
                    self.halves[side.other()].pane.open().map_or_else(|| open.id.clone(), |o| open.name_beside(o));
                let request = open.request.clone();
                self.touring.requests.insert(name, request);
            }
        }
        let tour = &self.touring.tour;
        let stop = tour.stop(self.topics.held.clone(), places.left, places.right);
        let name = self.topics.name_of_stop(&stop);
        let mut after = tour.clone();
        after.stops.push(stop);
        let count = after.stops.len();
        self.make(format!("stop {count}, {name}"), vec![self.tour_edit(after)]);
        let key = self.keys.keymap.first_key(super::command::Context::Reading, command!("tour")).unwrap_or_default();
        self.tell(format!("stop {count} of the tour: {name}; {key} lists them"));
    }

    pub(super) fn tour_edit(&self, after: Tour) -> Edit {
        Edit::Tour(Change { before: Some(self.touring.tour.clone()), after: Some(after) })
    }

    /// The tour is this from now on.
    pub(super) fn change_tour(&mut self, tour: Tour) {
        for stop in &tour.stops {
            if !self.touring.seen.contains(&stop.id) {
                self.touring.seen.push(stop.id.clone());
            }
        }
        self.touring.tour = tour;
        self.step_stop(0);
    }

    pub(super) fn open_tour(&mut self) {
        let selected = match &self.screens.scene {
            Scene::Present(present) => present.stop.unwrap_or(0),
            _ => 0,
        };
        self.read_tour();
        self.screens.scene = Scene::Tour(StopList { selected });
        self.step_stop(0);
    }

    pub(super) fn step_stop(&mut self, by: i64) {
        let count = self.touring.tour.stops.len() as i64;
        if let Scene::Tour(list) = &mut self.screens.scene {
            list.selected = (list.selected as i64 + by).clamp(0, (count - 1).max(0)) as usize;
        }
    }

    fn selected_stop(&self) -> Option<usize> {
        match &self.screens.scene {
            Scene::Tour(list) if list.selected < self.touring.tour.stops.len() => Some(list.selected),
            _ => None,
        }
    }

    pub(super) fn move_stop(&mut self, by: i64) {
        let Some(at) = self.selected_stop() else { return };
        let after = self.touring.tour.moved(at, by);
        if after != self.touring.tour {
            let name = self.topics.name_of_stop(&self.touring.tour.stops[at]);
            self.make(format!("the move of stop {}, {name}", at + 1), vec![self.tour_edit(after)]);
            self.step_stop(by);
        }
    }

    pub(super) fn drop_stop(&mut self) {
        let Some(at) = self.selected_stop() else { return };
        let mut after = self.touring.tour.clone();
        let gone = after.stops.remove(at);
        let name = self.topics.name_of_stop(&gone);
        self.make(format!("the removal of {name}"), vec![self.tour_edit(after)]);
        let key = self.keys.keymap.first_key(super::command::Context::Tour, command!("undo")).unwrap_or_default();
        self.tell(format!("{name} is no stop any more; {key} takes it back"));
    }

    /// Plans more or less time for the selected stop.
    pub(super) fn change_minutes(&mut self, by: i32) {
        let Some(at) = self.selected_stop() else { return };
        let mut after = self.touring.tour.clone();
        let minutes = after.stops[at].minutes.unwrap_or(0).saturating_add_signed(by).min(999);
        after.stops[at].minutes = (minutes > 0).then_some(minutes);
        self.make(format!("the time of stop {}", at + 1), vec![self.tour_edit(after)]);
    }

    /// Asks what the leader wants to say at the selected stop, and how long it is to take.
    pub(super) fn ask_remark(&mut self) {
        let Some(at) = self.selected_stop() else { return };
        let stop = &self.touring.tour.stops[at];
        let minutes = stop.minutes.map_or_else(String::new, |m| m.to_string());
        let fields = vec![Field::new("remark", stop.remark_line().as_str()), Field::new("minutes", &minutes)];
        self.screens.overlay = Some(Overlay::Form(Form { kind: FormKind::Stop(at), fields, at: 0 }));
    }

    pub(super) fn accept_stop(&mut self, form: &Form, at: usize) {
        let (remark, minutes) = (form.said(0), form.said(1));
        let Ok(minutes) = (if minutes.is_empty() { Ok(0) } else { minutes.parse::<u32>() }) else {
            self.tell(format!("{minutes} is no number of minutes"));
            self.screens.overlay = Some(Overlay::Form(Form { at: 1, ..form.clone() }));
            return;
        };
        let mut after = self.touring.tour.clone();
        let Some(stop) = after.stops.get_mut(at) else { return };
        // A remark of several lines, written by hand, is not made one line by changing the minutes.
        if remark != stop.remark_line().as_str() {
            stop.remark = remark;
        }
        stop.minutes = Some(minutes.min(999)).filter(|m| *m > 0);
        if after != self.touring.tour {
            self.make(format!("the remark at stop {}", at + 1), vec![self.tour_edit(after)]);
        }
    }

    /// Reads the selected stop in the two panes.
    pub(super) fn read_stop(&mut self) {
        let Some(at) = self.selected_stop() else { return };
        self.screens.scene = Scene::Reading;
        self.go_to_stop(at);
    }

    /// Brings a stop's passages into the panes.
    pub(super) fn go_to_stop(&mut self, at: usize) {
        let Some(stop) = self.touring.tour.stops.get(at).cloned() else { return };
        self.leave();
        let spot = self.spot_of(&stop);
        self.restore(spot);
        self.hinge.fresh = false;
    }

    /// Where a stop's passages are.
    pub(super) fn spot_of(&self, stop: &Stop) -> Spot {
        let seat = |anchor: &Option<Anchor>| {
            let anchor = anchor.clone()?;
            let known = self.touring.requests.get(&anchor.text);
            let request = known.map_or_else(|| anchor.text.as_str().to_owned(), Clone::clone);
            Some(Seat { request, anchor, line: None })
        };
        let panes = Sides { left: seat(&stop.left), right: seat(&stop.right) };
        let focus = if stop.left.is_none() { Side::Right } else { Side::Left };
        Spot { panes, topic: stop.topic.clone(), focus }
    }
}

impl Topics {
    /// What a stop is called on the screen: its topic, else its passages.
    pub fn name_of_stop(&self, stop: &Stop) -> String {
        match &stop.topic {
            Some(id) => self.codebook.get(id.as_str()).map_or_else(|| id.to_string(), |t| t.name.clone()),
            None => stop.numbers(),
        }
    }
}

impl Halves {
    /// The pane's current passage as an anchor.
    fn passage_anchor(&self, side: Side) -> Option<Anchor> {
        let (open, passage) = (self[side].pane.open()?, self[side].pane.current()?);
        let block = open.text.numbering().block_of(passage)? as u32;
        let length = open.text.block_str(block as usize).len() as u32;
        let (start, end) = (Place::new(block, 0), Place::new(block, length));
        let name = self[side.other()].pane.open().map_or_else(|| open.id.clone(), |other| open.name_beside(other));
        Some(Anchor::of(name, IMPORTER_VERSION, &open.text, start..end))
    }
}
