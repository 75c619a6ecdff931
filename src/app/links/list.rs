//! The list of what the reader has judged: links first, then silences, then rejected pairs.

use crate::anchor::{Anchor, TextId};
use crate::app::App;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::links::Links;
use crate::app::overlay::Overlay;
use crate::app::picker::{Choice, Item, Picker, PickerKind};
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::link::Side;
use crate::link::judgement::{Judgement, Verdict};
use crate::link::sides::BOTH;
use crate::study::agreed::disputes;
use crate::study::own::passage_of;
use crate::text::clean::Clean;
use crate::topic::codebook::TopicId;
use crate::word::letter::plain;

/// How a place of a judgement is in the texts that are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceState {
    /// In this pane, as it was.
    There(Side),
    /// In this pane, elsewhere or in other words.
    Moved(Side, &'static str),
    /// In this text, but not to be found for certain.
    Lost(Side, &'static str),
    /// In a text that is not open.
    Closed,
}

impl App {
    /// Opens the list.
    pub(in crate::app) fn list_links(&mut self) {
        let items = self.links.link_items(&self.halves, &self.topics);
        if items.is_empty() {
            let (join, reject) = (self.keys.key_of(command!("join")), self.keys.key_of(command!("reject")));
            return self
                .out
                .tell(format!("nothing is joined yet: {join} joins the two passages, {reject} rejects a counterpart"));
        }
        let here = self.hinge.joint().and_then(crate::app::hinge::joint::Joint::pair);
        let link = here.and_then(|(left, right)| self.links.own.link_between(left, right)).map(|j| j.id.clone());
        let is_here = |i: &Item| matches!(&i.choice, Choice::Judgement { id, .. } if Some(id) == link.as_ref());
        let selected = items.iter().position(is_here).unwrap_or(0);
        let disputed = items.iter().filter(|i| matches!(&i.choice, Choice::Judgement { disputed: true, .. })).count();
        if disputed > 0 {
            self.out.tell(format!("readers differ on {disputed} of these: state:disputed lists them"));
        }
        self.screens.lay(Overlay::Picker(Picker::new(PickerKind::Links, items, selected)));
    }
}

impl Links {
    /// Brings an open list up to date; one that has become empty closes.
    pub(in crate::app) fn refill_links(&self, halves: &Halves, topics: &Topics, screens: &mut Screens) {
        let is_open = matches!(screens.overlay(), Some(Overlay::Picker(picker)) if picker.kind == PickerKind::Links);
        if !is_open {
            return;
        }
        let items = self.link_items(halves, topics);
        if items.is_empty() {
            screens.close();
        } else if let Some(Overlay::Picker(picker)) = screens.overlay_mut() {
            picker.refill(items);
        }
    }

    fn is_of_pair(&self, judgement: &Judgement) -> bool {
        let places = 0..judgement.places().len();
        places.into_iter().all(|at| self.place_state(judgement, at) != PlaceState::Closed)
    }

    /// The places of a judgement, that of the left pane's text first.
    pub fn places_as_shown(&self, judgement: &Judgement) -> Vec<usize> {
        let mut order: Vec<usize> = (0..judgement.places().len()).collect();
        order.sort_by_key(|at| match self.place_state(judgement, *at) {
            PlaceState::There(Side::Left) | PlaceState::Moved(Side::Left, _) | PlaceState::Lost(Side::Left, _) => 0,
            PlaceState::Closed => 1,
            PlaceState::There(_) | PlaceState::Moved(..) | PlaceState::Lost(..) => 2,
        });
        order
    }

    /// How a place of a judgement is in the open texts.
    pub fn place_state(&self, judgement: &Judgement, at: usize) -> PlaceState {
        use crate::anchor::found::Found;
        let found = BOTH.into_iter().find_map(|side| Some((side, self.own.found(judgement, at, side)?)));
        match found {
            None => PlaceState::Closed,
            Some((side, Found::Exact(_))) => PlaceState::There(side),
            Some((side, found @ (Found::Moved(_) | Found::Changed { .. }))) => PlaceState::Moved(side, found.name()),
            Some((side, found)) => PlaceState::Lost(side, found.name()),
        }
    }

    /// `¶14`; with the name of the text where that is not open.
    fn number_of(&self, halves: &Halves, judgement: &Judgement, at: usize, place: &Anchor) -> String {
        let side = BOTH.into_iter().find(|side| self.own.found(judgement, at, *side).is_some());
        let Some(side) = side else { return format!("{} {}", place.text, place.locator()) };
        let found = self.own.found(judgement, at, side).zip(halves.pane(side).text());
        found.and_then(|(found, text)| passage_of(found, text)).map_or_else(|| place.locator(), |p| format!("¶{p}"))
    }

    fn link_item(&self, halves: &Halves, topics: &Topics, judgement: &Judgement, dispute: Option<&String>) -> Item {
        let places = judgement.places();
        let order = self.places_as_shown(judgement);
        let numbers: Vec<String> = order.iter().map(|at| self.number_of(halves, judgement, *at, places[*at])).collect();
        let (word, sign) = match &judgement.verdict {
            Verdict::Joined(_, relation) => (relation.word().to_owned(), " ⇔ "),
            Verdict::Rejected(_) => ("rejected".to_owned(), " ≠ "),
            Verdict::Silent(..) => ("silent".to_owned(), ""),
        };
        // Silence was checked of the topic as it was before it was merged.
        let entry =
            |id: &TopicId| topics.codebook().entry(id.as_str()).map_or_else(|| id.to_string(), |t| t.name.clone());
        let topic = judgement.topic.as_ref().map_or_else(String::new, |id| match judgement.verdict {
            Verdict::Silent(..) => entry(id),
            _ => topics.name(id),
        });
        let label = match &judgement.verdict {
            Verdict::Silent(text, _) => {
                let of = if numbers.is_empty() { format!("on {topic}") } else { format!("to {}", numbers.join("")) };
                format!("{} {word} {of}", Clean::line(text.as_str()))
            }
            _ => format!("{}  {word}", numbers.join(sign)),
        };
        let label =
            if judgement.note.is_empty() { label } else { format!("{label}  {}", judgement.note.replace('\n', " ")) };
        let states = (0..places.len()).map(|at| self.place_state(judgement, at));
        let odd = states.filter_map(|state| match state {
            PlaceState::Moved(_, word) | PlaceState::Lost(_, word) => Some(word),
            PlaceState::There(_) | PlaceState::Closed => None,
        });
        let odd: Vec<_> = odd.collect();
        let detail = if odd.is_empty() { topic } else { odd.join(", ") };
        let authors = judgement.authors.join(", ");
        let disputed = if dispute.is_some() { "disputed" } else { "" }.to_owned();
        let said = [&disputed, &detail, &authors].into_iter().filter(|part| !part.is_empty()).map(String::as_str);
        let detail = said.collect::<Vec<_>>().join(" · ");
        let about = match dispute {
            Some(said) if judgement.note.is_empty() => format!("readers differ: {said}"),
            Some(said) => format!("readers differ: {said} · {}", judgement.note),
            None => judgement.note.clone(),
        };
        Item {
            label: Clean::line(&label).as_str().to_owned(),
            detail: Clean::line(&detail).as_str().to_owned(),
            about: Clean::line(&about).as_str().to_owned(),
            depth: 0,
            dim: judgement.relation().is_none(),
            choice: Choice::Judgement {
                id: judgement.id.clone(),
                authors: plain(&authors).into_owned(),
                disputed: dispute.is_some(),
            },
        }
    }

    fn link_items(&self, halves: &Halves, topics: &Topics) -> Vec<Item> {
        let mut judgements: Vec<&Judgement> = self.own.all().iter().collect();
        judgements.sort_by_key(|judgement| match judgement.verdict {
            Verdict::Joined(..) => (0, self.is_of_pair(judgement)),
            Verdict::Silent(..) => (1, false),
            Verdict::Rejected(_) => (2, false),
        });
        let disputes = disputes(&self.own);
        // Those of the open pair before others, and before all of them where readers differ, whatever each has said.
        judgements.sort_by_key(|j| j.relation().is_some() && !self.is_of_pair(j));
        judgements.sort_by_key(|j| j.relation().is_none());
        let places = |j: &Judgement| -> Vec<(TextId, u32)> {
            let mut places: Vec<_> = j.places().iter().map(|place| (place.text.clone(), place.passage)).collect();
            places.sort();
            places
        };
        // What was said of one pair stands together.
        judgements.sort_by_cached_key(|j| {
            if disputes.contains_key(&j.id) {
                (false, !self.is_of_pair(j), places(j))
            } else {
                (true, false, Vec::new())
            }
        });
        let item = |judgement: &Judgement| self.link_item(halves, topics, judgement, disputes.get(&judgement.id));
        judgements.into_iter().map(item).collect()
    }
}
