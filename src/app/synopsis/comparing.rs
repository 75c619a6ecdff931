//! Opening the synopsis, having its rows found, and reading one of them in the panes.

use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::scene::{Scene, Screens};
use crate::app::synopsis::{LaidOut, Synopsis, counted, in_full};
use crate::app::work::synopsis::FindRows;
use crate::link::Side;
use crate::link::sides::Sides;
use crate::model::settings::Settings;
use crate::study::comparison::Comparison;
use crate::study::glosses::{Gloss, by_row};
use crate::study::rows::{SynopsisRow, no_topic};
use crate::text::passage::PassageNo;

impl App {
    /// Asks for the rows again, if the synopsis is on screen: another topic is held, or a text has changed.
    pub(in crate::app) fn compare_for_synopsis(&mut self) {
        let Scene::Synopsis(synopsis) = self.screens.scene_mut() else { return };
        let question = self.out.number();
        *synopsis = Synopsis { question, ..Synopsis::default() };
        let topic = self.topics.held_id().cloned();
        let known = self.hinge.comparison(&self.halves, &self.topics, &self.links);
        // A held topic that is still looked for in a text: the rows wait for it.
        let ready = |known: &Comparison| topic.as_ref().is_none_or(|topic| known.is_studied_on(topic));
        if let Some(comparison) = known.filter(ready) {
            self.out.ask_for(FindRows { question, comparison, topic });
        }
    }

    /// Goes to the selected row in the panes.
    pub(in crate::app) fn read_synopsis_row(&mut self) {
        let Scene::Synopsis(synopsis) = self.screens.scene() else { return };
        let Some(row) = synopsis.chosen() else { return };
        let pair = (row.passage(Side::Left), row.passage(Side::Right));
        self.screens.show(Scene::Reading);
        match pair {
            (Some(left), Some(right)) => self.go_to_pair(left, right),
            (Some(passage), None) => self.read_alone(Side::Left, passage),
            (None, Some(passage)) => self.read_alone(Side::Right, passage),
            (None, None) => {}
        }
    }

    fn read_alone(&mut self, side: Side, passage: PassageNo) {
        self.leave();
        self.halves.lead_with(side);
        let sentence = self.halves.decisive(&self.topics, side, passage);
        self.halves.pane_mut(side).jump_to_passage(passage, sentence);
        self.hinge.set_pinned(true);
        self.tell_counterparts();
    }

    /// Shows what is written to the rows in full, or counted in a line.
    pub(in crate::app) fn toggle_between(&mut self) {
        self.notes.turn_between();
        self.settle_said();
        if let Scene::Synopsis(synopsis) = self.screens.scene_mut() {
            synopsis.scrolled = 0;
            if synopsis.said.iter().all(Vec::is_empty) {
                self.out.tell("you have written nothing on these passages yet");
            }
        }
    }

    /// Works out what the reader has written to the rows, where the synopsis is on the screen.
    pub(in crate::app) fn settle_said(&mut self) {
        let Scene::Synopsis(synopsis) = self.screens.scene() else { return };
        let Some(rows) = &synopsis.rows else { return };
        let none = no_topic().id;
        let topic = self.topics.held_id().unwrap_or(&none);
        let width = synopsis.laid_out(&self.halves, self.areas()).said_width();
        let key = self.keys.keymap().first_key(Context::Synopsis, command!("notes-between")).unwrap_or_default();
        let line = |glosses: &Vec<Gloss>| match glosses.as_slice() {
            [] => Vec::new(),
            glosses if self.notes.between() => glosses.iter().flat_map(|r| in_full(r, width)).collect(),
            glosses => vec![counted(glosses, &key)],
        };
        let said = by_row(rows, topic, &self.notes.glosses(&self.halves, &self.links, &self.topics))
            .iter()
            .map(line)
            .collect();
        if let Scene::Synopsis(synopsis) = self.screens.scene_mut() {
            synopsis.said = said;
        }
    }
}

impl Screens {
    /// The rows have been computed.
    pub(in crate::app) fn synopsis_compared(&mut self, question: u64, rows: Vec<SynopsisRow>, halves: &Halves) {
        if let Scene::Synopsis(synopsis) = self.scene_mut()
            && synopsis.question == question
        {
            synopsis.take_rows(rows, &Sides::from_fn(|side| halves.pane(side).current()));
        }
    }

    /// The rows cannot be found: back to the panes, where the reader is told why.
    pub(in crate::app) fn synopsis_not_compared(&mut self, question: u64) {
        if matches!(self.scene(), Scene::Synopsis(synopsis) if synopsis.question == question) {
            self.back_to_reading();
        }
    }

    /// Moves to another row, or within a tall one.
    pub(in crate::app) fn move_in_synopsis(
        &mut self,
        halves: &Halves,
        settings: &Settings,
        to: impl FnOnce(&LaidOut<'_>) -> (usize, usize),
    ) {
        let areas = halves.areas(settings.measure);
        if let Scene::Synopsis(synopsis) = self.scene_mut() {
            (synopsis.selected, synopsis.scrolled) = to(&synopsis.laid_out(halves, areas));
        }
    }
}
