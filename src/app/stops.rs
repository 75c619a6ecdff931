//! Changing the tour in its list: what the leader wants to say at a stop, which side of it is silent, the title.
//!
//! A remark is written where notes are, in several lines. Until it is kept its words are kept aside as those of a note are.

use super::App;
use super::commands::command;
use super::form::{Amiss, Field, Filled, Purpose};
use super::scene::Scene;
use crate::anchor::{Anchor, TextId};
use crate::app::command::Context;
use crate::app::halves::Halves;
use crate::app::keys::Keys;
use crate::app::made::deed::Deed;
use crate::app::out::Out;
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::model::notes::Draft;
use crate::model::touring::Touring;
use crate::note::Target;
use crate::text::clean::Clean;
use crate::tour::{Stop, StopId};
use crate::word::counted::counted;

/// To name the tour.
#[derive(Debug)]
struct Entitle;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EntitleField {
    Title,
}

impl Purpose for Entitle {
    type Field = EntitleField;

    fn title(&self, _: &App) -> String {
        "The tour".to_owned()
    }

    fn about(&self, _: &App) -> Vec<(String, String)> {
        vec![(String::new(), "what stands over its list, its handout and its first screen".to_owned())]
    }

    fn enter(&self) -> &'static str {
        "keeps it"
    }

    fn accept(&self, said: &Filled<'_, EntitleField>, app: &mut App) -> Result<(), Amiss<EntitleField>> {
        let mut after = app.touring.tour.clone();
        Clean::line(said.typed(EntitleField::Title)).as_str().clone_into(&mut after.title);
        if after != app.touring.tour {
            let edit = app.touring.tour_edit(after);
            app.make("the title of the tour", vec![edit]);
        }
        Ok(())
    }
}

impl App {
    /// Keeps what was written at a stop; what was there comes back by undoing.
    pub(super) fn remark_written(&mut self, id: &StopId, draft: &Draft) {
        self.notes.drop_draft(&mut self.made, &mut self.out, draft.number);
        let mut after = self.touring.tour.clone();
        let Some(at) = after.position(id) else {
            // Somebody has taken the stop away meanwhile: the words become a note on its passages.
            if draft.says_something() {
                let note = Draft { stop: None, ..draft.clone() };
                self.notes.save_draft(&self.screens, &mut self.made, &mut self.out, note);
                self.out.tell("the stop is gone; your words are kept as a note on its passages");
            }
            return;
        };
        draft.body.trim().clone_into(&mut after.stops[at].remark);
        if after == self.touring.tour {
            return self.out.tell("nothing was changed");
        }
        self.make(format!("the remark at stop {}", at + 1), vec![self.touring.tour_edit(after)]);
        let key = self.keys.keymap().first_key(Context::Tour, command!("undo")).unwrap_or_default();
        self.out.tell(format!("the remark is kept; {key} undoes it"));
    }
}

impl Halves {
    /// What the text is called that this opens, where it is open.
    fn name_of_request(&self, request: &str) -> Option<String> {
        self.side_of(request).map(|side| self.name_of(side))
    }
}

impl Screens {
    /// Asks what the tour is called.
    pub(super) fn ask_title(&mut self, touring: &Touring, out: &mut Out) {
        if touring.tour.stops.is_empty() {
            return out.tell("the tour has no stops yet, so there is nothing to give a title to");
        }
        let title = Field::new("title", &touring.tour.title);
        self.open_form(Entitle, [(EntitleField::Title, title)]);
    }
}

impl Touring {
    /// What opens a text of the tour.
    pub(super) fn request_of(&self, id: &TextId) -> String {
        self.requests.get(id).cloned().unwrap_or_else(|| id.as_str().to_owned())
    }

    /// What a text of the tour is called.
    pub fn name_of_stops_text(&self, halves: &Halves, id: &TextId) -> String {
        halves.name_of_request(&self.request_of(id)).unwrap_or_else(|| {
            let file = id.as_str().rsplit(['/', ':']).next().unwrap_or_default();
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            Clean::line(stem).to_string()
        })
    }

    /// Steps through which side of the selected stop is silent: the right one, the left one, neither. What treats its topic,
    /// as `treats` says of both sides, is not silent on it.
    pub(super) fn with_other_silence(
        &self,
        screens: &mut Screens,
        keys: &Keys,
        treats: &[Option<String>; 2],
    ) -> Option<Deed> {
        let at = screens.selected_stop(self)?;
        let mut after = self.tour.clone();
        let stop = &mut after.stops[at];
        if let [Some(left), Some(right)] = treats {
            let drop = keys.keymap().first_key(Context::Tour, command!("drop-stop")).unwrap_or_default();
            return Some(Deed::not(format!("neither side is silent: {left}, {right}; {drop} takes the stop out")));
        }
        let Scene::Tour(list) = screens.scene_mut() else { return None };
        let whole = list.silenced.get(&stop.id).cloned();
        // By undoing, or by another session, it may be another pair by now.
        let what = match (stop.left.clone(), stop.right.clone(), whole) {
            (Some(left), Some(right), _) => {
                list.silenced.insert(stop.id.clone(), [left, right]);
                if treats[1].is_some() {
                    stop.left = None;
                    "the left side is silent"
                } else {
                    stop.right = None;
                    "the right side is silent"
                }
            }
            (Some(left), None, Some([known, right])) if left == known => {
                stop.right = Some(right);
                if treats[0].is_some() {
                    "neither side is silent"
                } else {
                    stop.left = None;
                    "the left side is silent"
                }
            }
            (None, Some(right), Some([left, known])) if right == known => {
                stop.left = Some(left);
                "neither side is silent"
            }
            _ => {
                let add = keys.keymap().first_key(Context::Reading, command!("add-stop")).unwrap_or_default();
                return Some(Deed::not(format!("this stop has one passage; while reading, {add} adds a pair")));
            }
        };
        let key = keys.keymap().first_key(Context::Tour, command!("silent-side")).unwrap_or_default();
        let said = format!("stop {}: {what}; {key} again changes that", at + 1);
        Some(Deed::told(format!("the silent side of stop {}", at + 1), vec![self.tour_edit(after)], said))
    }

    /// Which sides of the selected stop treat its topic, with the words for that.
    pub(super) fn sides_that_treat(&self, screens: &Screens, halves: &Halves, topics: &Topics) -> [Option<String>; 2] {
        let stop = screens.selected_stop(self).map(|at| &self.tour.stops[at]);
        stop.map_or([None, None], |stop| {
            [&stop.left, &stop.right].map(|anchor| self.treats_topic_of(halves, topics, stop, anchor.as_ref()?))
        })
    }

    /// That the text of a passage treats the topic of a stop, where it is open and does: `Ours treats guilt in 3 places`.
    fn treats_topic_of(&self, halves: &Halves, topics: &Topics, stop: &Stop, anchor: &Anchor) -> Option<String> {
        let (topic, request) = (stop.topic.as_ref()?, self.request_of(&anchor.text));
        let side = halves.side_of(&request)?;
        let count = halves.treatments(side, topic).len();
        (count > 0).then(|| {
            format!("{} treats {} in {}", halves.name_of(side), topics.name_of_stop(stop), counted(count, "place"))
        })
    }

    /// The leader's remark at the selected stop, as a draft of this number.
    pub(super) fn remark_as_draft(&self, screens: &Screens, number: u64) -> Option<Draft> {
        let stop = &self.tour.stops[screens.selected_stop(self)?];
        let targets: Vec<Target> =
            stop.anchors().map(|anchor| Target { anchor: anchor.clone(), citation: String::new() }).collect();
        let requests = targets.iter().map(|target| self.request_of(&target.anchor.text)).collect();
        Some(Draft {
            number,
            targets,
            requests,
            topic: stop.topic.as_ref().map(ToString::to_string),
            body: stop.remark.clone(),
            of: None,
            anew: false,
            stop: Some(stop.id.clone()),
        })
    }
}
