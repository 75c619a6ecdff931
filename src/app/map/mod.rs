//! The map: the topics of the codebook against all texts of the library.
//!
//! Every text is charted by a worker, one message a text, so that the map fills while one looks at it. What was charted
//! stays for the next time, and is charted anew behind what is shown.

pub(crate) mod moving;
pub(crate) mod sorting;

mod charting;

use std::sync::Arc;

use self::sorting::{Narrowing, Order, Show, TextOrder};
use crate::app::topics::Topics;
use crate::app::work::ticket::Ticket;
use crate::link::judgement::Judgement;
use crate::study::chart::{Chart, CheckedSilences, Treated};
use crate::study::grid::{Grid, GridCell, GridRow, GridText};
use crate::text::clean::Clean;
use crate::topic::codebook::{Topic, TopicId};

/// The state of the screen.
#[derive(Debug, Clone, Default)]
pub struct Map {
    /// The texts, in the order of the shelf.
    pub columns: Vec<Column>,
    /// The selected topic, an index into [`Map::rows`].
    pub row: usize,
    /// The selected text; `None` on the topic itself.
    pub column: Option<usize>,
    /// The text that another one is to be set against.
    pub chosen: Option<usize>,
    /// How the topics are put in order.
    pub order: Order,
    /// Which topics are shown.
    pub show: Show,
    /// How the texts are put in order.
    pub text_order: TextOrder,
    /// The topic that a text must treat to be shown.
    pub only_on: Option<TopicId>,
    /// What was typed to narrow both.
    pub narrowing: Narrowing,
    /// The silences that the reader has checked.
    pub checked: CheckedSilences,
    /// Whether what is proposed for the open texts has rows, before the topics.
    proposes: bool,
    /// Whether topics of the bundled library that none of the texts treats have rows.
    unfolded: bool,
    number: u64,
    /// As long as it is held, texts are charted.
    ticket: Ticket,
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

/// What is known about a text.
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

    /// The judgement that a text is silent on a topic.
    pub fn silence(&self, column: &Column, topic: &TopicId) -> Option<&Judgement> {
        if self.checked.is_empty() { None } else { self.checked.get(&(column.request.clone(), topic.clone())) }
    }

    /// What is known of a topic in a text.
    pub fn cell(&self, column: &Column, topic: &TopicId) -> GridCell {
        match &column.chart {
            Charted::Waiting | Charted::Failed(_) => GridCell::Unknown,
            Charted::Known(chart) if !chart.sought.contains(topic) => GridCell::Unknown,
            Charted::Known(chart) => {
                let treated = chart.treated.get(topic).map(|t| (t.count, t.strength));
                GridCell::of(treated, self.silence(column, topic).is_some())
            }
        }
    }

    /// What is shown, with these topics as rows, for a file.
    pub fn grid(&self, topics: &[&Topic], all: &Topics) -> Grid {
        let columns: Vec<&Column> = self.shown_columns().into_iter().map(|at| &self.columns[at]).collect();
        let row = |topic: &&Topic| GridRow {
            id: topic.id.to_string(),
            name: topic.name.clone(),
            proposed: all.proposal_of(&topic.id).is_some(),
            cells: columns.iter().map(|column| self.cell(column, &topic.id)).collect(),
        };
        let text = |column: &&Column| GridText { id: column.request.clone(), name: column.name.to_string() };
        Grid {
            texts: columns.iter().map(text).collect(),
            rows: topics.iter().map(row).collect(),
            folded: self.folded(all),
            unsure: self.texts_without_folded(all) == 0,
        }
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
