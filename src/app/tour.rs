//! The tour in the session: adding the pair that is read, putting stops in order, going to one.

use super::App;
use super::commands::command;
use super::form::{Amiss, Field, Filled, Purpose};
use super::scene::{Scene, StopList};
use super::work::tour::ReadTour;
use crate::anchor::Anchor;
use crate::app::command::Context;
use crate::app::halves::Halves;
use crate::app::keys::Keys;
use crate::app::made::Made;
use crate::app::made::deed::Deed;
use crate::app::made::{Changed, Edit};
use crate::app::memory::{BothPanes, Seat};
use crate::app::out::Out;
use crate::app::overlay::{Ask, Asked, Overlay};
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::import::IMPORTER_VERSION;
use crate::link::Side;
use crate::link::sides::{BOTH, Sides};
use crate::model::exporting::Export;
use crate::model::keeping::RecordKey;
use crate::model::touring::Touring;
use crate::text::Place;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::tour::{Stop, Tour};

/// To share so many minutes out among the stops.
#[derive(Debug)]
struct ShareOut;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ShareOutField {
    Minutes,
}

impl Purpose for ShareOut {
    type Field = ShareOutField;

    fn title(&self, _: &App) -> String {
        "Time for the tour".to_owned()
    }

    fn about(&self, app: &App) -> Vec<(String, String)> {
        let (stops, planned) = (app.touring.tour.stops.len(), app.touring.tour.minutes());
        vec![(String::new(), format!("minutes for all {stops} stops, each as many; {planned} are planned now"))]
    }

    fn enter(&self) -> &'static str {
        "shares them out"
    }

    fn accept(&self, said: &Filled<'_, ShareOutField>, app: &mut App) -> Result<(), Amiss<ShareOutField>> {
        let typed = said.typed(ShareOutField::Minutes);
        let minutes = typed.parse::<u32>().ok().filter(|minutes| (1..=9_999).contains(minutes));
        let minutes =
            minutes.ok_or_else(|| Amiss::at(ShareOutField::Minutes, "how many minutes is the tour to take?"))?;
        let mut after = app.touring.tour.clone();
        let count = after.stops.len() as u32;
        for (stop, nth) in after.stops.iter_mut().zip(0..) {
            // What does not go round goes to the first.
            stop.minutes = Some(minutes / count + u32::from(nth < minutes % count)).filter(|m| *m > 0);
        }
        let edit = app.touring.tour_edit(after);
        app.make(format!("the sharing out of {minutes} minutes"), vec![edit]);
        Ok(())
    }
}

impl App {
    /// Adds the pair that is shown to the tour, after the stop that was added or selected last.
    pub(super) fn add_stop(&mut self) {
        if !self.screens.is_presenting() && self.halves.texts_of_pair().is_some_and(|pair| !self.touring.is_of(&pair)) {
            return self.out.tell("the tour of these two texts is still being read: P in a moment");
        }
        if self.hinge.other_pane_may_move(&self.halves) {
            return self.out.tell("still comparing the two texts: the passage across may change in a moment");
        }
        let pair = self.shown_pair().map(|(left, right)| Sides { left, right });
        let here = |side: Side| {
            let passage = pair.map(|pair| pair[side]).or_else(|| self.halves.pane(side).current())?;
            self.halves.passage_anchor(side, passage)
        };
        let silent = self.hinge.joint().is_some_and(crate::app::hinge::joint::Joint::is_silent);
        let mut places = Sides { left: here(Side::Left), right: here(Side::Right) };
        let across = self.halves.focus().other();
        // A passage that does not treat the topic itself has no answer on it; that is no silence of the other text.
        let treats = self.topics.held_id().is_some_and(|topic| !self.halves.treatments(across, topic).is_empty());
        if silent && !treats && !self.hinge.is_level(&self.halves) {
            // Nothing answers: the stop shows the one passage, and that the other text is silent.
            places[across] = None;
        }
        if places.left.is_none() && places.right.is_none() {
            return self.out.tell("a stop needs a text; none is open");
        }
        for side in BOTH {
            if let Some(open) = self.halves.pane(side).open() {
                let name =
                    self.halves.pane(side.other()).open().map_or_else(|| open.id.clone(), |o| open.name_beside(o));
                let request = open.request.clone();
                self.touring.requests.insert(name, request);
            }
        }
        let tour = &self.touring.tour;
        let stop = tour.stop(self.topics.held_id().cloned(), places.left, places.right);
        let reader = self.settings.signature();
        let others = tour.stops.iter().position(|known| known.author != reader && known.shows_the_same(&stop));
        if let Some((at, who)) = others.and_then(|at| Some((at, tour.stops[at].author.clone()?))) {
            return self.out.tell(format!("this pair is stop {} of the tour already, by {who}", at + 1));
        }
        if let Some(last) = tour.stops.last().filter(|last| last.shows_the_same(&stop)) {
            let (count, name) = (tour.stops.len(), self.topics.name_of_stop(last));
            return self.out.tell(format!("this pair is stop {count} of the tour already: {name}"));
        }
        let stop = Stop { author: reader, ..stop };
        let name = self.topics.name_of_stop(&stop);
        let mut after = tour.clone();
        after.stops.push(stop);
        let count = after.stops.len();
        self.make(format!("stop {count}, {name}"), vec![self.touring.tour_edit(after)]);
        let key = self.keys.keymap().first_key(Context::Reading, command!("tour")).unwrap_or_default();
        self.out.tell(format!("stop {count} of the tour: {name}; {key} lists them"));
    }

    /// Reads the selected stop in the two panes.
    pub(super) fn read_stop(&mut self) {
        let Some(at) = self.screens.selected_stop(&self.touring) else { return };
        if self.screens.has_presentation_behind() {
            return self.present(None);
        }
        self.screens.show(Scene::Reading);
        self.go_to_stop(at);
    }

    /// Brings a stop's passages into the panes.
    pub(super) fn go_to_stop(&mut self, at: usize) {
        let Some(stop) = self.touring.tour.stops.get(at).cloned() else { return };
        self.leave();
        let spot = self.touring.spot_of(&stop);
        self.restore(spot);
        self.hinge.begin();
    }
}

impl Topics {
    /// What a stop is called among the others: of two of one name the passages as well.
    pub fn name_among(&self, stop: &Stop, all: &[Stop]) -> String {
        let name = self.name_of_stop(stop);
        let is_shared = || all.iter().any(|other| other.id != stop.id && self.name_of_stop(other) == name);
        if stop.topic.is_some() && is_shared() { format!("{name} {}", stop.numbers()) } else { name }
    }

    /// What a stop is called on the screen: its topic, else its passages.
    pub fn name_of_stop(&self, stop: &Stop) -> String {
        match &stop.topic {
            Some(id) => self.codebook().get(id.as_str()).map_or_else(|| id.to_string(), |t| t.name.clone()),
            None => stop.numbers(),
        }
    }
}

impl Halves {
    /// A passage of the pane's text as an anchor.
    fn passage_anchor(&self, side: Side, passage: PassageNo) -> Option<Anchor> {
        let open = self.pane(side).open()?;
        let block = open.text.numbering().block_of(passage)? as u32;
        let length = open.text.block_str(block as usize).len() as u32;
        let (start, end) = (Place::new(block, 0), Place::new(block, length));
        let name = self.pane(side.other()).open().map_or_else(|| open.id.clone(), |other| open.name_beside(other));
        Some(Anchor::of(name, IMPORTER_VERSION, &open.text, start..end))
    }

    /// Has the tour of the open texts read, unless it is the one already loaded.
    pub(super) fn read_tour(&mut self, screens: &Screens, out: &mut Out) {
        let [Some(left), Some(right)] = BOTH.map(|side| self.pane(side).open().map(|o| o.request.clone())) else {
            return;
        };
        if !screens.is_presenting() {
            out.ask_for(ReadTour([left, right]));
        }
    }
}

impl Screens {
    pub(super) fn selected_stop(&self, touring: &Touring) -> Option<usize> {
        match self.scene() {
            Scene::Tour(list) if list.selected < touring.tour.stops.len() => Some(list.selected),
            _ => None,
        }
    }

    pub(super) fn step_stop(&mut self, touring: &Touring, by: i64) {
        let count = touring.tour.stops.len() as i64;
        if let Scene::Tour(list) = self.scene_mut() {
            list.selected = (list.selected as i64 + by).clamp(0, (count - 1).max(0)) as usize;
        }
    }

    /// Asks for the file that the handout of the tour is to be written into.
    pub(super) fn ask_for_handout_of_tour(&mut self, touring: &Touring, out: &mut Out) {
        if touring.tour.stops.is_empty() {
            return out.tell("there is no stop to hand out");
        }
        self.lay(Overlay::Asked(Asked::new(Ask::Export(Export::Tour))));
    }

    /// Asks how long the tour is to take, to share that out among its stops.
    pub(super) fn ask_minutes(&mut self, touring: &Touring, out: &mut Out) {
        if touring.tour.stops.is_empty() {
            return out.tell("there is no stop to plan time for");
        }
        self.open_form(ShareOut, [(ShareOutField::Minutes, Field::new("minutes", ""))]);
    }

    pub(super) fn open_tour(&mut self, halves: &mut Halves, touring: &Touring, out: &mut Out) {
        let selected = match self.scene() {
            Scene::Present(present) => present.stop.unwrap_or(0),
            _ => 0,
        };
        halves.read_tour(self, out);
        self.show_over(Scene::Tour(StopList { selected, ..StopList::default() }));
        self.step_stop(touring, 0);
    }
}

impl Touring {
    /// Where a stop's passages are.
    pub(super) fn spot_of(&self, stop: &Stop) -> BothPanes {
        let seat = |anchor: &Option<Anchor>| {
            let anchor = anchor.clone()?;
            let request = self.request_of(&anchor.text);
            Some(Seat { request, anchor, line: None, named_by: Some(Clean::line("tour.toml")) })
        };
        let panes = Sides { left: seat(&stop.left), right: seat(&stop.right) };
        let focus = if stop.left.is_none() { Side::Right } else { Side::Left };
        BothPanes { panes, topic: stop.topic.clone(), focus }
    }

    /// The selected stop moved by so many; `None` where it is at that end already.
    pub(super) fn moved(&self, screens: &Screens, topics: &Topics, by: i64) -> Option<Deed> {
        let at = screens.selected_stop(self)?;
        let after = self.tour.moved(at, by);
        let name = topics.name_among(&self.tour.stops[at], &self.tour.stops);
        (after != self.tour)
            .then(|| Deed::new(format!("the move of stop {}, {name}", at + 1), vec![self.tour_edit(after)]))
    }

    /// The tour without the selected stop.
    pub(super) fn without_selected(&self, screens: &Screens, topics: &Topics, keys: &Keys) -> Option<Deed> {
        let at = screens.selected_stop(self)?;
        let mut after = self.tour.clone();
        let gone = after.stops.remove(at);
        let name = topics.name_among(&gone, &self.tour.stops);
        let key = keys.keymap().first_key(Context::Tour, command!("undo")).unwrap_or_default();
        let said = format!("{name} is no longer a stop; {key} undoes it");
        Some(Deed::told(format!("the removal of {name}"), vec![self.tour_edit(after)], said))
    }

    /// More or less time for the selected stop.
    pub(super) fn with_minutes(&self, screens: &Screens, by: i32) -> Option<Deed> {
        let at = screens.selected_stop(self)?;
        let mut after = self.tour.clone();
        let minutes = after.stops[at].minutes.unwrap_or(0).saturating_add_signed(by).min(999);
        after.stops[at].minutes = (minutes > 0).then_some(minutes);
        Some(Deed::new(format!("the time of stop {}", at + 1), vec![self.tour_edit(after)]))
    }

    pub(super) fn tour_edit(&self, after: Tour) -> Edit {
        Edit::Tour(self.texts.clone(), Changed { before: Some(self.tour.clone()), after: Some(after) })
    }

    /// The tour is this from now on.
    pub(super) fn change_tour(&mut self, screens: &mut Screens, tour: Tour) {
        for stop in &tour.stops {
            if !self.seen.contains(&stop.id) {
                self.seen.push(stop.id.clone());
            }
        }
        let before = std::mem::replace(&mut self.tour, tour);
        self.find_presented(screens, &before);
        screens.step_stop(self, 0);
    }

    /// Whether it is that of these two texts, named as [`Halves::texts_of_pair`] does.
    fn is_of(&self, pair: &[String; 2]) -> bool {
        let mut own = self.texts.each_ref();
        own.sort();
        own == pair.each_ref()
    }

    /// The tour of two texts could not be read: what is added goes to their file all the same.
    pub(super) fn tour_not_read(&mut self, texts: [String; 2]) {
        if self.texts != texts {
            *self = Touring { texts, ..Touring::default() };
        }
    }

    pub(super) fn tour_read(&mut self, screens: &mut Screens, halves: &Halves, made: &Made, touring: Touring) {
        // That of the texts before may come last; a tour belongs to two texts in either order.
        if !halves.texts_of_pair().is_some_and(|pair| touring.is_of(&pair)) {
            return;
        }
        // A tour that is being given stays what it is, and what is not saved yet is not taken back.
        if screens.is_presenting() || made.is_unkept(&RecordKey::Tour(touring.texts.clone())) {
            return;
        }
        let mut seen = std::mem::take(&mut self.seen);
        if self.texts != touring.texts {
            seen.clear();
        }
        seen.extend(touring.seen.iter().filter(|id| !seen.contains(id)).cloned().collect::<Vec<_>>());
        *self = Touring { seen, ..touring };
        screens.step_stop(self, 0);
    }
}
