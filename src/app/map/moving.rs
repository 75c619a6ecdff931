//! Moving over the map, putting it in order, and what is done from there: opening a pair, checking a silence.

use super::Map;
use super::sorting::{Narrowing, TextOrder};
use crate::app::App;
use crate::app::halves::Halves;
use crate::app::made::deed::Deed;
use crate::app::made::{Changed, Edit};
use crate::app::memory::Memory;
use crate::app::out::Out;
use crate::app::overlay::{Ask, Asked, Overlay};
use crate::app::scene::{Scene, Screens};
use crate::app::topics::Topics;
use crate::link::judgement::Judgement;
use crate::link::sides::BOTH;
use crate::study::grid::GridCell;
use crate::topic::codebook::{Topic, TopicId};

/// Two texts that Enter on the map reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairOfMap {
    /// Their columns, as they will stand.
    pub columns: [usize; 2],
    /// Whether a text that is open gives way.
    pub replaces: bool,
    /// The pair to be opened, and which open text each would replace.
    pub said: String,
}

impl Map {
    /// The selected topic.
    pub fn topic<'a>(&self, topics: &'a Topics, memory: &Memory) -> Option<&'a Topic> {
        self.rows(topics, memory).get(self.row).copied()
    }

    fn topic_id(&self, topics: &Topics, memory: &Memory) -> Option<TopicId> {
        self.topic(topics, memory).map(|topic| topic.id.clone())
    }

    /// Selects a topic, where it is shown.
    pub(super) fn select(&mut self, topic: Option<&TopicId>, topics: &Topics, memory: &Memory) {
        let at = topic.and_then(|topic| self.rows(topics, memory).iter().position(|t| t.id == *topic));
        self.row = at.unwrap_or(self.row);
    }

    /// Changes what is shown, and in which order; the reader stays on the topic.
    pub(super) fn rearrange(&mut self, topics: &Topics, memory: &Memory, change: impl FnOnce(&mut Self)) {
        let selected = self.topic_id(topics, memory);
        change(self);
        self.select(selected.as_ref(), topics, memory);
        let shown = self.shown_columns();
        self.column = self.column.filter(|c| shown.contains(c));
    }

    /// Whether the selected line is the one for the topics that have no row.
    fn is_on_fold(&self, topics: &Topics, memory: &Memory) -> bool {
        self.folded(topics) > 0 && self.row >= self.rows(topics, memory).len()
    }

    /// Gives all topics a row.
    fn unfold(&mut self) {
        self.unfolded = true;
    }

    /// Moves to another topic.
    pub(in crate::app) fn step_row(&mut self, by: i64, topics: &Topics, memory: &Memory) {
        // The line that stands for the topics without rows can be selected too.
        let rows = self.rows(topics, memory).len() + usize::from(self.folded(topics) > 0);
        self.row = (self.row as i64 + by).clamp(0, rows.saturating_sub(1) as i64) as usize;
    }

    /// Moves to another text; before the first one is the topic itself.
    pub(in crate::app) fn step_column(&mut self, by: i64) {
        let shown = self.shown_columns();
        let at = self.column.and_then(|c| shown.iter().position(|s| *s == c)).map_or(-1, |at| at as i64);
        let target = (at + by).clamp(-1, shown.len() as i64 - 1);
        self.column = usize::try_from(target).ok().map(|at| shown[at]);
    }

    /// Puts the topics in another order.
    pub(in crate::app) fn reorder(&mut self, topics: &Topics, memory: &Memory) {
        self.rearrange(topics, memory, |map| map.order = map.order.next());
    }

    /// Shows other topics: all, those that can be compared, those that cannot.
    pub(in crate::app) fn refilter(&mut self, topics: &Topics, memory: &Memory) {
        self.rearrange(topics, memory, |map| (map.show, map.row) = (map.show.next(), 0));
    }

    /// Puts the texts in another order: as on the shelf, the fullest first, the strongest on the selected topic first.
    pub(in crate::app) fn reorder_texts(&mut self, topics: &Topics, memory: &Memory) {
        self.text_order = match (&self.text_order, self.topic_id(topics, memory)) {
            (TextOrder::Shelf, _) => TextOrder::Fullest,
            (TextOrder::Fullest, Some(topic)) => TextOrder::Strongest(topic),
            (TextOrder::Fullest, None) | (TextOrder::Strongest(_), _) => TextOrder::Shelf,
        };
    }

    /// Shows only the texts that treat the selected topic, or all again.
    pub(in crate::app) fn refilter_texts(&mut self, topics: &Topics, memory: &Memory) {
        let topic = self.topic_id(topics, memory).filter(|_| self.only_on.is_none());
        self.rearrange(topics, memory, |map| map.only_on = topic);
    }

    /// Narrows both to what is typed.
    pub(in crate::app) fn narrow(&mut self, typed: &str, topics: &Topics, memory: &Memory) {
        self.rearrange(topics, memory, |map| (map.narrowing, map.row) = (Narrowing::of(typed.trim()), 0));
    }

    /// Drops what narrows it; `false` where nothing does.
    pub(in crate::app) fn widen(&mut self, topics: &Topics, memory: &Memory) -> bool {
        let narrowed = !self.narrowing.is_empty();
        if narrowed {
            self.narrow("", topics, memory);
        }
        narrowed
    }
}

impl App {
    /// Opens what is selected. Where that puts other texts into the panes, says so.
    pub(in crate::app) fn open_from_map(&mut self) {
        if let Some(map) = self.screens.map_mut()
            && map.is_on_fold(&self.topics, &self.memory)
        {
            return map.unfold();
        }
        let Some(map) = self.screens.map() else { return };
        let Some(topic) = map.topic(&self.topics, &self.memory) else { return };
        let (id, name) = (topic.id.clone(), topic.name.clone());
        let proposal = self.topics.proposal_of(&id);
        let Some(plan) = self.screens.pair_of_map(&self.halves, &self.topics, &self.memory) else {
            let all = map.charted() == map.columns.len();
            let why = if all { format!("no two texts treat {name}") } else { "still charting the library".to_owned() };
            return self.out.tell(why);
        };
        let texts = plan.columns.map(|c| map.columns[c].request.clone());
        self.screens.leave_map();
        self.screens.digress();
        if let Some(proposal) = proposal {
            self.accept_proposal(proposal);
        }
        self.open_pair_on(texts, id);
        if plan.replaces {
            self.out.tell(plan.said);
        }
    }
}

impl Screens {
    /// That the reader has checked that the selected text says nothing on the topic, or takes that back.
    pub(in crate::app) fn checking_silence(&mut self, topics: &Topics, memory: &Memory) -> Option<Deed> {
        let map = self.map()?;
        let topic = map.topic(topics, memory)?;
        let Some(column) = map.column.and_then(|at| map.columns.get(at)) else {
            return Some(Deed::not("move right to a text first"));
        };
        if topics.proposal_of(&topic.id).is_some() {
            return Some(Deed::not("this topic is only proposed; take it into your topics first"));
        }
        let (name, request, topic_name) = (column.name.clone(), column.request.clone(), topic.name.clone());
        let known = map.silence(column, &topic.id).cloned();
        let change = match (known, map.cell(column, &topic.id), column.chart()) {
            (Some(known), ..) => Changed { before: Some(known), after: None },
            (None, GridCell::Treated { .. }, _) => return Some(Deed::not(format!("{name} treats {topic_name}"))),
            (None, _, None) => return Some(Deed::not(format!("{name} is not charted"))),
            (None, _, Some(chart)) => Changed::made(Judgement::silence(chart.id.clone(), None, Some(topic.id.clone()))),
        };
        let taken_back = change.after.is_none();
        let key = (request.clone(), topic.id.clone());
        let after = change.after.clone();
        if let Scene::Map(map) = self.scene_mut() {
            match after {
                Some(judgement) => drop(map.checked.insert(key, judgement)),
                None => drop(map.checked.remove(&key)),
            }
        }
        let done = format!("noting that {name} is silent on {topic_name}");
        let said = if taken_back {
            format!("{name} counts as unchecked on {topic_name} again")
        } else {
            format!("checked: {name} says nothing on {topic_name}")
        };
        Some(Deed::told(done, vec![Edit::Judgement([request.clone(), request], change)], said))
    }

    /// Which two texts are to be read from here: with a text chosen or selected those; else the pair that is open, as long
    /// as both treat the topic; else one of them against the text that says most about it, else the two that say most.
    pub fn pair_of_map(&self, halves: &Halves, topics: &Topics, memory: &Memory) -> Option<PairOfMap> {
        let map = self.map()?;
        let id = &map.topic(topics, memory)?.id;
        let treats = |at: &usize| map.columns[*at].treated(id).is_some();
        let open = BOTH.map(|side| {
            let request = &halves.pane(side).open()?.request;
            map.columns.iter().position(|column| column.request == *request)
        });
        let kept = |here: usize| {
            let others = open.into_iter().flatten().filter(|at| *at != here);
            others.into_iter().find(treats).filter(|_| open.contains(&Some(here)))
        };
        let (left, right) = match (map.column, map.chosen, open) {
            (Some(here), Some(other), _) if here != other => (other, here),
            (None, _, [Some(left), Some(right)]) if treats(&left) && treats(&right) => (left, right),
            (None, ..) => map.best_pair(id)?,
            (Some(here), ..) => {
                let other = kept(here).or_else(|| map.best_against(here, id))?;
                (here.min(other), here.max(other))
            }
        };
        let (left, right) = if open[0] == Some(right) || open[1] == Some(left) { (right, left) } else { (left, right) };
        let name = |at: usize| map.columns[at].name.to_string();
        let gone: Vec<String> = [(open[0], left), (open[1], right)]
            .into_iter()
            .filter_map(|(before, after)| before.filter(|before| *before != after))
            .map(name)
            .collect();
        let replaces = !gone.is_empty();
        let takes = if topics.proposal_of(id).is_some() { "takes it into your topics, " } else { "" };
        let said = if replaces {
            format!("{takes}opens {} beside {}, in place of {}", name(left), name(right), gone.join(" and "))
        } else {
            format!("{takes}reads on in {} and {}", name(left), name(right))
        };
        Some(PairOfMap { columns: [left, right], replaces, said })
    }

    /// Asks for the words that narrow the map.
    pub(in crate::app) fn ask_narrowing(&mut self) {
        if let Scene::Map(map) = self.scene() {
            let typed = map.narrowing.typed().to_owned();
            self.lay(Overlay::Asked(Asked::with(Ask::Narrow, &typed)));
        }
    }

    /// Marks the selected text as one side of a pair, or takes the mark back.
    pub(in crate::app) fn choose_on_map(&mut self, out: &mut Out) {
        let Scene::Map(map) = self.scene_mut() else { return };
        if map.column.is_none() {
            return out.tell("move right to a text first; a second one then makes the pair");
        }
        map.chosen = map.column.filter(|c| map.chosen != Some(*c));
    }
}
