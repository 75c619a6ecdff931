//! Opening the map, what the workers find out about its texts, and leaving it.

use std::sync::Arc;

use super::sorting::{Order, Show};
use super::{Charted, Column, Map};
use crate::app::App;
use crate::app::halves::Halves;
use crate::app::memory::Memory;
use crate::app::out::Out;
use crate::app::scene::{Scene, Screens};
use crate::app::topics::Topics;
use crate::app::work::chart::Chart as ChartText;
use crate::app::work::silences::Silences;
use crate::app::work::ticket::Ticket;
use crate::link::sides::BOTH;
use crate::model::open::told_apart;
use crate::study::chart::{Chart, CheckedSilences};
use crate::text::clean::Clean;
use crate::topic::codebook::Codebook;

impl App {
    /// Shows the map and has every text charted.
    pub(in crate::app) fn open_map(&mut self) {
        self.remember();
        let known = self.screens.take_map();
        let open = BOTH.into_iter().filter_map(|side| self.halves.pane(side).open());
        let mut texts: Vec<(String, Clean)> =
            self.shelf.texts().iter().map(|s| (s.request.clone(), s.title.clone())).collect();
        for open in open {
            if !texts.iter().any(|(request, _)| *request == open.request) {
                texts.push((open.request.clone(), open.name.clone()));
            }
        }
        let called: Vec<(Clean, String)> =
            texts.iter().map(|(request, name)| (name.clone(), request.clone())).collect();
        let columns = texts.into_iter().zip(told_apart(&called)).map(|((request, _), name)| {
            let before = known.columns.iter().find(|c| c.request == request).map(|c| c.chart.clone());
            Column { request, name, chart: before.unwrap_or_default() }
        });
        let columns: Vec<Column> = columns.collect();
        // There may be fewer texts than when it was left.
        let column = known.column.filter(|at| *at < columns.len());
        let proposes = self.topics.leads_with_proposals(&self.halves);
        let mut map = Map { columns, column, proposes, number: self.out.number(), ticket: Ticket::new(), ..known };
        map.select(self.topics.held_id(), &self.topics, &self.memory);
        self.screens.show_over(Scene::Map(map));
        self.screens.read_silences(&mut self.out);
        self.screens.chart_texts(&self.topics.charted(proposes), &mut self.out);
    }
}

impl Map {
    /// A text has been charted, or cannot be. What arrives may change the order; the reader stays on the topic.
    pub(in crate::app) fn take_chart(
        &mut self,
        column: usize,
        result: Result<Chart, Clean>,
        topics: &Topics,
        memory: &Memory,
    ) {
        let charted = match result {
            Ok(chart) => Charted::Known(Arc::new(chart)),
            Err(why) => Charted::Failed(why),
        };
        if self.order == Order::Codebook && self.show == Show::All && !topics.codebook().borrows() {
            self.columns[column].chart = charted;
        } else {
            self.rearrange(topics, memory, |map| map.columns[column].chart = charted);
        }
    }
}

impl Screens {
    /// The map, where it is on the screen.
    pub fn map(&self) -> Option<&Map> {
        match self.scene() {
            Scene::Map(map) => Some(map),
            _ => None,
        }
    }

    /// Mutable access to it.
    pub(in crate::app) fn map_mut(&mut self) -> Option<&mut Map> {
        match self.scene_mut() {
            Scene::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The map that these questions are about, where it is on the screen still.
    pub(in crate::app) fn map_of(&mut self, number: u64) -> Option<&mut Map> {
        self.map_mut().filter(|map| map.number == number)
    }

    /// Narrows the map to what is typed.
    pub(in crate::app) fn narrow_map(&mut self, typed: &str, topics: &Topics, memory: &Memory) {
        if let Some(map) = self.map_mut() {
            map.narrow(typed, topics, memory);
        }
    }

    pub(in crate::app) fn silences_read(&mut self, number: u64, checked: CheckedSilences) {
        if let Some(map) = self.map_of(number) {
            map.checked = checked;
        }
    }

    /// Keeps the map for the next time it is opened.
    pub(in crate::app) fn leave_map(&mut self) {
        if let Some(map) = self.map_mut().map(std::mem::take) {
            // What is still to be charted is not any more.
            self.put_map_by(Map { chosen: None, unfolded: false, ticket: Ticket::new(), ..map });
        }
    }

    /// Asks which silences the reader has checked, where the map is on the screen.
    pub(in crate::app) fn read_silences(&mut self, out: &mut Out) {
        let Scene::Map(map) = self.scene() else { return };
        let (number, texts) = (map.number, map.columns.iter().map(|c| c.request.clone()).collect());
        out.ask_for(Silences { number, texts });
    }

    /// Topics were proposed while the map is on the screen, or none are any more: the texts are charted on them too.
    pub(in crate::app) fn chart_proposals(&mut self, halves: &Halves, topics: &Topics, out: &mut Out) {
        let proposes = topics.leads_with_proposals(halves);
        if let Some(map) = self.map_mut()
            && (proposes || map.proposes)
        {
            map.proposes = proposes;
            map.ticket = Ticket::new();
            self.chart_texts(&topics.charted(proposes), out);
        }
    }

    /// Has the texts of the map charted, those still waiting first.
    fn chart_texts(&mut self, codebook: &Arc<Codebook>, out: &mut Out) {
        let Scene::Map(map) = self.scene() else { return };
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
            out.ask_while(&ticket, text);
        }
    }
}
