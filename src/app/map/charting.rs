//! Opening the map, what the workers find out about its texts, and leaving it.

use std::sync::Arc;

use super::sorting::{Order, Show};
use super::{Charted, Column, Map};
use crate::app::App;
use crate::app::scene::Scene;
use crate::app::scene::Screens;
use crate::app::work::chart::Chart as ChartText;
use crate::app::work::silences::Silences;
use crate::app::work::ticket::Ticket;
use crate::link::sides::BOTH;
use crate::study::chart::{Chart, CheckedSilences};
use crate::text::clean::Clean;
use crate::topic::codebook::TopicId;

impl App {
    /// Shows the map and has every text charted.
    pub(in crate::app) fn open_map(&mut self) {
        self.remember();
        let known = std::mem::take(&mut self.screens.last_map);
        let open = BOTH.into_iter().filter_map(|side| self.halves[side].pane.open());
        let mut texts: Vec<(String, Clean)> =
            self.shelf.texts.iter().map(|s| (s.request.clone(), s.title.clone())).collect();
        for open in open {
            if !texts.iter().any(|(request, _)| *request == open.request) {
                texts.push((open.request.clone(), open.name.clone()));
            }
        }
        let columns = texts.into_iter().map(|(request, name)| {
            let before = known.columns.iter().find(|c| c.request == request).map(|c| c.chart.clone());
            Column { request, name, chart: before.unwrap_or_default() }
        });
        let columns: Vec<Column> = columns.collect();
        // There may be fewer texts than when it was left.
        let column = known.column.filter(|at| *at < columns.len());
        self.screens.scene =
            Scene::Map(Map { columns, column, number: self.numbers.next(), ticket: Ticket::new(), ..known });
        self.select_on_map(self.topics.held.clone());
        self.read_silences();
        self.chart_texts();
    }

    /// Asks which silences the reader has checked, where the map is on the screen.
    pub(in crate::app) fn read_silences(&mut self) {
        let Scene::Map(map) = &self.screens.scene else { return };
        let (number, texts) = (map.number, map.columns.iter().map(|c| c.request.clone()).collect());
        self.ask_for(Silences { number, texts });
    }

    /// Has the texts of the map charted, those that wait first.
    pub(in crate::app) fn chart_texts(&mut self) {
        let Scene::Map(map) = &self.screens.scene else { return };
        let codebook = &self.topics.codebook;
        let chart = |(column, text): (usize, &Column)| ChartText {
            number: map.number,
            column,
            request: text.request.clone(),
            codebook: Arc::clone(codebook),
        };
        let waits = |c: &Column| matches!(c.chart, Charted::Waiting);
        let columns = || map.columns.iter().enumerate();
        let first = columns().filter(|(_, c)| waits(c)).map(chart);
        let all: Vec<ChartText> = first.chain(columns().filter(|(_, c)| !waits(c)).map(chart)).collect();
        let ticket = map.ticket.clone();
        for text in all {
            self.ask_while(&ticket, text);
        }
    }

    pub(in crate::app) fn charted(&mut self, number: u64, column: usize, result: Result<Chart, Clean>) {
        let Scene::Map(map) = &self.screens.scene else { return };
        if map.number != number {
            return;
        }
        // What arrives may change the order; the reader stays on the topic.
        let moves = map.order != Order::Codebook || map.show != Show::All;
        let selected = self.map_topic().filter(|_| moves).map(|t| t.id.clone());
        let Scene::Map(map) = &mut self.screens.scene else { return };
        map.columns[column].chart = match result {
            Ok(chart) => Charted::Known(Arc::new(chart)),
            Err(why) => Charted::Failed(why),
        };
        if moves {
            self.select_on_map(selected);
        }
    }

    pub(super) fn select_on_map(&mut self, topic: Option<TopicId>) {
        let at = topic.and_then(|topic| self.map_rows().iter().position(|t| t.id == topic));
        let Scene::Map(map) = &mut self.screens.scene else { return };
        map.row = at.unwrap_or(map.row);
    }
}

impl Screens {
    pub(in crate::app) fn silences_read(&mut self, number: u64, checked: CheckedSilences) {
        if let Scene::Map(map) = &mut self.scene
            && map.number == number
        {
            map.checked = checked;
        }
    }

    /// Keeps the map for the next time it is opened.
    pub(in crate::app) fn leave_map(&mut self) {
        if let Scene::Map(map) = &mut self.scene {
            map.chosen = None;
            self.last_map = std::mem::take(map);
            // What is still to be charted is not any more.
            self.last_map.ticket = Ticket::new();
        }
        self.scene = Scene::Reading;
    }
}
