//! The map: the topics of the codebook against all texts of the library.
//!
//! Every text is charted by a worker, one message a text, so that the map fills while one looks at it. What was charted
//! stays for the next time, and is charted anew behind what is shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::App;
use super::message::Effect;
use super::scene::Scene;
use super::side::BOTH;
use crate::anchor::TextId;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::topic::codebook::{Topic, TopicId};
use crate::topic::coverage::Coverage;
use crate::word::sentence::sentence_at;

/// The state of the screen.
#[derive(Debug, Clone, Default)]
pub struct Map {
    /// The texts, in the order of the shelf.
    pub columns: Vec<Column>,
    /// The selected topic, an index into [`App::map_rows`].
    pub row: usize,
    /// The selected text; `None` on the topic itself.
    pub column: Option<usize>,
    /// The text that another one is to be set against.
    pub chosen: Option<usize>,
    /// How the topics are put in order.
    pub order: Order,
    /// Which topics are shown.
    pub show: Show,
    number: u64,
}

/// One text.
#[derive(Debug, Clone)]
pub struct Column {
    /// What to ask for to open it.
    pub request: String,
    /// Its title.
    pub name: Clean,
    /// What is known of it.
    pub chart: Charted,
}

/// What is known of a text.
#[derive(Debug, Clone, Default)]
pub enum Charted {
    /// Nothing yet.
    #[default]
    Waiting,
    /// Which topics it treats.
    Known(Arc<Chart>),
    /// It could not be read.
    Failed(Clean),
}

/// Which topics a text treats.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The text.
    pub id: TextId,
    /// By topic; those it is silent on are missing.
    pub treated: BTreeMap<TopicId, Treated>,
}

/// How a text treats a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Treated {
    /// In how many treatments.
    pub count: usize,
    /// The strength of the strongest, 0 to 1.
    pub strength: f32,
    /// The sentence that says most about it.
    pub sentence: Clean,
}

/// How the topics are put in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// As in topics.toml.
    #[default]
    Codebook,
    /// What most texts treat first.
    Widest,
    /// What is left to be compared first.
    Open,
}

/// Which topics are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// All.
    #[default]
    All,
    /// Those that two texts or more treat, so that there is something to compare.
    Shared,
    /// Those that one text treats, or none.
    Gaps,
}

/// How much there is to compare, and how much of it was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Topics of which a pair was read.
    pub topics: usize,
    /// Topics that two texts or more treat.
    pub of_topics: usize,
    /// Pairs of texts that were read on a topic both treat, counted for each topic.
    pub pairs: usize,
    /// All such pairs.
    pub of_pairs: usize,
}

/// Bytes of a sentence that are kept.
const SENTENCE: usize = 300;

impl Order {
    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Codebook => Self::Widest,
            Self::Widest => Self::Open,
            Self::Open => Self::Codebook,
        }
    }

    /// As the footer says it.
    pub fn shown(self) -> &'static str {
        match self {
            Self::Codebook => "in the order of topics.toml",
            Self::Widest => "what most texts treat first",
            Self::Open => "what is not compared first",
        }
    }
}

impl Show {
    /// The next one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::All => Self::Shared,
            Self::Shared => Self::Gaps,
            Self::Gaps => Self::All,
        }
    }

    /// As the footer says it.
    pub fn shown(self) -> &'static str {
        match self {
            Self::All => "all topics",
            Self::Shared => "topics of two texts or more",
            Self::Gaps => "topics of one text or none",
        }
    }

    fn has(self, texts: usize) -> bool {
        match self {
            Self::All => true,
            Self::Shared => texts >= 2,
            Self::Gaps => texts < 2,
        }
    }
}

impl Chart {
    /// What `coverage` says of `text`.
    pub fn of(id: TextId, text: &Text, coverage: &Coverage) -> Self {
        let treated = coverage.topics().iter().filter(|t| !t.is_silent()).map(|topic| {
            let treatments = topic.treatments();
            let strongest = treatments.iter().max_by(|a, b| a.strength.total_cmp(&b.strength));
            let sentence = strongest.map_or("", |t| {
                let block = text.block_str(t.decisive.block as usize);
                let sentence = &block[sentence_at(block, t.decisive.offset as usize)];
                &sentence[..sentence.floor_char_boundary(SENTENCE)]
            });
            let treated =
                Treated { count: treatments.len(), strength: topic.strength(), sentence: Clean::line(sentence) };
            (topic.topic().id.clone(), treated)
        });
        Self { id, treated: treated.collect() }
    }
}

impl Column {
    /// How the text treats a topic; `None` where it is silent or not charted.
    pub fn treated(&self, topic: &TopicId) -> Option<&Treated> {
        self.chart()?.treated.get(topic)
    }

    /// The chart, where there is one.
    pub fn chart(&self) -> Option<&Chart> {
        match &self.chart {
            Charted::Known(chart) => Some(chart),
            Charted::Waiting | Charted::Failed(_) => None,
        }
    }
}

impl Map {
    /// How many texts treat a topic.
    pub fn texts_on(&self, topic: &TopicId) -> usize {
        self.columns.iter().filter(|c| c.treated(topic).is_some()).count()
    }

    /// How many texts are charted, or cannot be.
    pub fn charted(&self) -> usize {
        self.columns.iter().filter(|c| !matches!(c.chart, Charted::Waiting)).count()
    }

    /// The two texts that say most about a topic: the strongest, and the strongest after it.
    fn best_pair(&self, topic: &TopicId) -> Option<(usize, usize)> {
        let mut by_strength: Vec<(usize, &Treated)> =
            self.columns.iter().enumerate().filter_map(|(i, c)| Some((i, c.treated(topic)?))).collect();
        by_strength.sort_by(|a, b| b.1.strength.total_cmp(&a.1.strength).then(b.1.count.cmp(&a.1.count)));
        let [(a, _), (b, _), ..] = by_strength[..] else { return None };
        Some((a.min(b), a.max(b)))
    }

    /// The text that says most about a topic besides `column`.
    fn best_against(&self, column: usize, topic: &TopicId) -> Option<usize> {
        let others = self.columns.iter().enumerate().filter(|(i, _)| *i != column);
        let treating = others.filter_map(|(i, c)| Some((i, c.treated(topic)?.strength)));
        treating.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i)
    }
}

impl App {
    /// Shows the map and has every text charted.
    pub(super) fn open_map(&mut self) {
        self.remember();
        let known = std::mem::take(&mut self.last_map);
        let open = BOTH.into_iter().filter_map(|side| self.panes[side].open());
        let mut texts: Vec<(String, Clean)> = self.shelf.iter().map(|s| (s.request.clone(), s.title.clone())).collect();
        for open in open {
            if !texts.iter().any(|(request, _)| *request == open.request) {
                texts.push((open.request.clone(), open.name.clone()));
            }
        }
        let columns = texts.into_iter().map(|(request, name)| {
            let before = known.columns.iter().find(|c| c.request == request).map(|c| c.chart.clone());
            Column { request, name, chart: before.unwrap_or_default() }
        });
        let map = Map { columns: columns.collect(), number: self.numbers.next(), ..known };
        self.scene = Scene::Map(map);
        self.select_on_map(self.topic.clone());
        self.chart_texts();
    }

    /// Has the texts of the map charted, those that wait first.
    pub(super) fn chart_texts(&mut self) {
        let Scene::Map(map) = &self.scene else { return };
        let codebook = &self.codebook;
        let chart = |(column, text): (usize, &Column)| Effect::Chart {
            number: map.number,
            column,
            request: text.request.clone(),
            codebook: Arc::clone(codebook),
        };
        let waits = |c: &Column| matches!(c.chart, Charted::Waiting);
        let columns = || map.columns.iter().enumerate();
        let first = columns().filter(|(_, c)| waits(c)).map(chart);
        let effects: Vec<Effect> = first.chain(columns().filter(|(_, c)| !waits(c)).map(chart)).collect();
        self.effects.extend(effects);
    }

    pub(super) fn charted(&mut self, number: u64, column: usize, result: Result<Chart, Clean>) {
        let selected = self.map_topic().map(|t| t.id.clone());
        let Scene::Map(map) = &mut self.scene else { return };
        if map.number != number {
            return;
        }
        map.columns[column].chart = match result {
            Ok(chart) => Charted::Known(Arc::new(chart)),
            Err(why) => Charted::Failed(why),
        };
        // What arrives may change the order; the reader stays on the topic.
        self.select_on_map(selected);
    }

    fn select_on_map(&mut self, topic: Option<TopicId>) {
        let at = topic.and_then(|topic| self.map_rows().iter().position(|t| t.id == topic));
        let Scene::Map(map) = &mut self.scene else { return };
        map.row = at.unwrap_or(map.row);
    }

    /// Keeps the map for the next time it is opened.
    pub(super) fn leave_map(&mut self) {
        if let Scene::Map(map) = &mut self.scene {
            map.chosen = None;
            self.last_map = std::mem::take(map);
            self.effect(Effect::StopCharting);
        }
        self.scene = Scene::Reading;
    }

    /// The topics of the map in their order.
    pub fn map_rows(&self) -> Vec<&Topic> {
        let Scene::Map(map) = &self.scene else { return Vec::new() };
        let mut rows: Vec<&Topic> =
            self.codebook.topics().iter().map(|t| &**t).filter(|t| map.show.has(map.texts_on(&t.id))).collect();
        match map.order {
            Order::Codebook => {}
            Order::Widest => rows.sort_by_key(|t| std::cmp::Reverse(map.texts_on(&t.id))),
            Order::Open => rows.sort_by_key(|t| {
                let texts = map.texts_on(&t.id);
                (texts < 2, self.compared_on(map, &t.id))
            }),
        }
        rows
    }

    /// The selected topic.
    pub fn map_topic(&self) -> Option<&Topic> {
        let Scene::Map(map) = &self.scene else { return None };
        self.map_rows().get(map.row).copied()
    }

    /// In how many pairs of texts a topic was read, of those that both treat it.
    pub fn compared_on(&self, map: &Map, topic: &TopicId) -> usize {
        let treating: Vec<&str> = map
            .columns
            .iter()
            .filter(|c| c.treated(topic).is_some())
            .filter_map(|c| Some(c.chart()?.id.as_str()))
            .collect();
        let mut pairs: Vec<(&str, &str)> = self
            .memory
            .pairs
            .iter()
            .filter(|(_, pair)| pair.last_pairs.contains_key(topic.as_str()))
            .filter_map(|(key, _)| key.split_once(" | "))
            .filter(|(a, b)| a != b && treating.contains(a) && treating.contains(b))
            .map(|(a, b)| (a.min(b), a.max(b)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs.len()
    }

    /// How much of the library was compared.
    pub fn map_progress(&self, map: &Map) -> Progress {
        let mut progress = Progress::default();
        for topic in self.codebook.topics() {
            let texts = map.texts_on(&topic.id);
            if texts < 2 {
                continue;
            }
            let compared = self.compared_on(map, &topic.id);
            progress.of_topics += 1;
            progress.topics += usize::from(compared > 0);
            progress.of_pairs += texts * (texts - 1) / 2;
            progress.pairs += compared;
        }
        progress
    }

    pub(super) fn step_map_row(&mut self, by: i64) {
        let rows = self.map_rows().len();
        if let Scene::Map(map) = &mut self.scene {
            map.row = (map.row as i64 + by).clamp(0, rows.saturating_sub(1) as i64) as usize;
        }
    }

    /// Moves to another text; before the first one is the topic itself.
    pub(super) fn step_map_column(&mut self, by: i64) {
        if let Scene::Map(map) = &mut self.scene {
            let at = map.column.map_or(-1, |c| c as i64);
            let target = (at + by).clamp(-1, map.columns.len() as i64 - 1);
            map.column = usize::try_from(target).ok();
        }
    }

    pub(super) fn reorder_map(&mut self) {
        let selected = self.map_topic().map(|t| t.id.clone());
        if let Scene::Map(map) = &mut self.scene {
            map.order = map.order.next();
        }
        self.select_on_map(selected);
    }

    pub(super) fn refilter_map(&mut self) {
        let selected = self.map_topic().map(|t| t.id.clone());
        if let Scene::Map(map) = &mut self.scene {
            map.show = map.show.next();
            map.row = 0;
        }
        self.select_on_map(selected);
    }

    /// Marks the selected text as one side of a pair, or takes the mark back.
    pub(super) fn choose_on_map(&mut self) {
        let Scene::Map(map) = &mut self.scene else { return };
        if map.column.is_none() {
            return self.tell("move right to a text first; a second one then makes the pair");
        }
        map.chosen = map.column.filter(|c| map.chosen != Some(*c));
    }

    /// Opens what is selected: on a topic its best pair, on a text that text against the chosen one, or against the one
    /// that says most about the topic.
    pub(super) fn open_from_map(&mut self) {
        let Scene::Map(map) = &self.scene else { return };
        let Some(topic) = self.map_topic() else { return };
        let (id, name) = (topic.id.clone(), topic.name.clone());
        let pair = match (map.column, map.chosen) {
            (None, _) => map.best_pair(&id),
            (Some(here), Some(other)) if here != other => Some((other, here)),
            (Some(here), _) => map.best_against(here, &id).map(|other| (here.min(other), here.max(other))),
        };
        let Some((left, right)) = pair else {
            let all = map.charted() == map.columns.len();
            let why = if all { format!("no two texts treat {name}") } else { "still charting the library".to_owned() };
            return self.tell(why);
        };
        let texts = [left, right].map(|c| map.columns[c].request.clone());
        self.leave_map();
        self.open_pair_on(texts, id);
    }
}
