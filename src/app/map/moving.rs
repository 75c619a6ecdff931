//! Moving over the map, putting it in order, and what is done from there: opening a pair, checking a silence.

use super::sorting::{Narrowing, TextOrder};
use crate::app::App;
use crate::app::journal::{Change, Edit};
use crate::app::overlay::{Ask, Asked, Overlay};
use crate::app::scene::Scene;
use crate::app::scene::Screens;
use crate::link::judgement::Judgement;
use crate::study::grid::Cell;
use crate::topic::codebook::Topic;

impl App {
    /// The selected topic.
    pub fn map_topic(&self) -> Option<&Topic> {
        let Scene::Map(map) = &self.screens.scene else { return None };
        self.map_rows().get(map.row).copied()
    }

    pub(in crate::app) fn step_map_row(&mut self, by: i64) {
        let rows = self.map_rows().len();
        if let Scene::Map(map) = &mut self.screens.scene {
            map.row = (map.row as i64 + by).clamp(0, rows.saturating_sub(1) as i64) as usize;
        }
    }

    /// Puts the texts in another order: as on the shelf, the fullest first, the strongest on the selected topic first.
    pub(in crate::app) fn reorder_texts(&mut self) {
        let topic = self.map_topic().map(|t| t.id.clone());
        if let Scene::Map(map) = &mut self.screens.scene {
            map.text_order = match (&map.text_order, topic) {
                (TextOrder::Shelf, _) => TextOrder::Fullest,
                (TextOrder::Fullest, Some(topic)) => TextOrder::Strongest(topic),
                (TextOrder::Fullest, None) | (TextOrder::Strongest(_), _) => TextOrder::Shelf,
            };
        }
    }

    /// Shows only the texts that treat the selected topic, or all again.
    pub(in crate::app) fn refilter_texts(&mut self) {
        let topic = self.map_topic().map(|t| t.id.clone());
        if let Scene::Map(map) = &mut self.screens.scene {
            map.only_on = if map.only_on.is_some() { None } else { topic };
        }
        self.screens.keep_column_shown();
    }

    /// Narrows the map to what is typed.
    pub(in crate::app) fn narrow_map(&mut self, typed: &str) {
        let selected = self.map_topic().map(|t| t.id.clone());
        if let Scene::Map(map) = &mut self.screens.scene {
            map.narrowing = Narrowing::of(typed.trim());
            map.row = 0;
        }
        self.select_on_map(selected);
        self.screens.keep_column_shown();
    }

    /// Drops what narrows the map; `false` where nothing does.
    pub(in crate::app) fn widen_map(&mut self) -> bool {
        let narrowed = matches!(&self.screens.scene, Scene::Map(map) if !map.narrowing.is_empty());
        if narrowed {
            self.narrow_map("");
        }
        narrowed
    }

    /// Notes that the reader has checked that the selected text says nothing on the topic, or takes that back.
    pub(in crate::app) fn check_silence_on_map(&mut self) {
        let (Scene::Map(map), Some(topic)) = (&self.screens.scene, self.map_topic()) else { return };
        let Some(column) = map.column.and_then(|at| map.columns.get(at)) else {
            return self.tell("move right to a text first");
        };
        let (name, request, topic_name) = (column.name.clone(), column.request.clone(), topic.name.clone());
        let known = map.silence(column, &topic.id).cloned();
        let change = match (known, map.cell(column, &topic.id), column.chart()) {
            (Some(known), ..) => Change { before: Some(known), after: None },
            (None, Cell::Treated { .. }, _) => return self.tell(format!("{name} treats {topic_name}")),
            (None, _, None) => return self.tell(format!("{name} is not charted")),
            (None, _, Some(chart)) => Change::made(Judgement::silence(chart.id.clone(), None, Some(topic.id.clone()))),
        };
        let taken_back = change.after.is_none();
        let key = (request.clone(), topic.id.clone());
        let after = change.after.clone();
        self.make(
            format!("noting that {name} is silent on {topic_name}"),
            vec![Edit::Judgement([request.clone(), request], change)],
        );
        if let Scene::Map(map) = &mut self.screens.scene {
            match after {
                Some(judgement) => drop(map.checked.insert(key, judgement)),
                None => drop(map.checked.remove(&key)),
            }
        }
        self.tell(if taken_back {
            format!("{name} counts as unchecked on {topic_name} again")
        } else {
            format!("checked: {name} says nothing on {topic_name}")
        });
    }

    pub(in crate::app) fn reorder_map(&mut self) {
        let selected = self.map_topic().map(|t| t.id.clone());
        if let Scene::Map(map) = &mut self.screens.scene {
            map.order = map.order.next();
        }
        self.select_on_map(selected);
    }

    pub(in crate::app) fn refilter_map(&mut self) {
        let selected = self.map_topic().map(|t| t.id.clone());
        if let Scene::Map(map) = &mut self.screens.scene {
            map.show = map.show.next();
            map.row = 0;
        }
        self.select_on_map(selected);
    }

    /// Marks the selected text as one side of a pair, or takes the mark back.
    pub(in crate::app) fn choose_on_map(&mut self) {
        let Scene::Map(map) = &mut self.screens.scene else { return };
        if map.column.is_none() {
            return self.tell("move right to a text first; a second one then makes the pair");
        }
        map.chosen = map.column.filter(|c| map.chosen != Some(*c));
    }

    /// Opens what is selected: on a topic its best pair, on a text that text against the chosen one, or against the one
    /// that says most about the topic.
    pub(in crate::app) fn open_from_map(&mut self) {
        let Scene::Map(map) = &self.screens.scene else { return };
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
        self.screens.leave_map();
        self.open_pair_on(texts, id);
    }
}

impl Screens {
    /// Moves to another text; before the first one is the topic itself.
    pub(in crate::app) fn step_map_column(&mut self, by: i64) {
        if let Scene::Map(map) = &mut self.scene {
            let shown = map.shown_columns();
            let at = map.column.and_then(|c| shown.iter().position(|s| *s == c)).map_or(-1, |at| at as i64);
            let target = (at + by).clamp(-1, shown.len() as i64 - 1);
            map.column = usize::try_from(target).ok().map(|at| shown[at]);
        }
    }

    /// Asks for the words that narrow the map.
    pub(in crate::app) fn ask_narrowing(&mut self) {
        if let Scene::Map(map) = &self.scene {
            let typed = map.narrowing.typed().to_owned();
            self.overlay = Some(Overlay::Asked(Asked::with(Ask::Narrow, &typed)));
        }
    }

    fn keep_column_shown(&mut self) {
        if let Scene::Map(map) = &mut self.scene {
            let shown = map.shown_columns();
            map.column = map.column.filter(|c| shown.contains(c));
        }
    }
}
