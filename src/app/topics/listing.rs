//! The list of topics: what both texts share first, then what is proposed for them, then what one of them treats. What was
//! borrowed from the bundled library and is in neither is folded into one line.

use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::keys::Keys;
use crate::app::out::Out;
use crate::app::overlay::Overlay;
use crate::app::picker::{Choice, Item, Picker, PickerKind};
use crate::app::scene::Scene;
use crate::app::topics::Topics;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::study::grid::said_of_folded;
use crate::study::proposal::Proposal;
use crate::topic::codebook::TopicId;
use crate::word::counted::counted;

/// Where a line stands in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// Both texts treat it, or it is not known yet whether they do.
    Shared,
    /// Both treat it, and it is nobody's topic yet.
    Proposed,
    /// One of them does.
    One,
    /// Neither does.
    Neither,
    /// The line that stands for those after it.
    Fold,
    /// Neither does, and it was made for other texts.
    Folded,
}

impl App {
    /// Opens the list of topics.
    pub(in crate::app) fn pick_topic(&mut self) {
        let items = self.topic_items();
        let held = self.topics.held.as_ref();
        let is_held = |i: &Item| matches!(&i.choice, Choice::Topic(Some(t)) if held == Some(t));
        let selected = items.iter().position(is_held).unwrap_or(0);
        self.screens.lay(Overlay::Picker(Picker::new(PickerKind::Topics, items, selected)));
    }

    /// Brings an open list of topics up to date.
    pub(in crate::app) fn refill_topics(&mut self) {
        if matches!(self.screens.overlay(), Some(Overlay::Picker(picker)) if picker.kind == PickerKind::Topics) {
            let items = self.topic_items();
            if let Some(Overlay::Picker(picker)) = self.screens.overlay_mut() {
                picker.refill(items);
            }
        }
        self.topics.refill_terms(&self.halves, &mut self.screens);
    }

    /// The lines of the list of topics; beside two languages each says of which its terms are.
    fn topic_items(&self) -> Vec<Item> {
        let mut items = self.topics.topic_items(&self.halves);
        // Whoever finds none of the topics in two texts is told what to do instead of picking one.
        if items.first().is_some_and(|item| matches!(item.choice, Choice::Unfold)) {
            let shut = self.keys.keymap().first_key(Context::Picker, command!("clear")).unwrap_or_default();
            let make = self.keys.keymap().first_key(Context::Reading, command!("new-topic"));
            let make = make.unwrap_or_else(|| format!(":{}", command!("new-topic").name));
            for item in items.iter_mut().take(1) {
                item.about = format!("{shut}, then {make} makes a topic of your own. {}", item.about);
            }
        }
        let links = self.links.own().judged_on_none(&self.topics.codebook).joined.len();
        let in_synopsis = matches!(self.screens.scene(), Scene::Synopsis(_));
        if self.topics.held.is_some() || (in_synopsis && links > 0) {
            items.insert(0, no_topic(links, self.topics.held.is_some()));
        }
        if self.hinge.languages_apart().is_some()
            && let Some(language) = self.topics.codebook.language()
        {
            for item in items.iter_mut().filter(|item| matches!(item.choice, Choice::Topic(Some(_)))) {
                let about = std::mem::take(&mut item.about);
                let space = if about.is_empty() { "" } else { " " };
                item.about = format!("{about}{space}(Its terms are {}.)", language.name());
            }
        }
        items
    }
}

impl Topics {
    /// That no topic is shared, and where there are some that could be.
    pub(super) fn tell_of_proposals(&self, halves: &Halves, keys: &Keys, out: &mut Out) {
        if BOTH.iter().any(|side| halves.pane(*side).study.is_none()) {
            return out.tell("still looking through the texts");
        }
        let key = keys.keymap().first_key(Context::Reading, command!("topics")).unwrap_or_default();
        let known = "the two texts share none of the topics known here";
        out.tell(match self.proposals.len() {
            0 => known.to_owned(),
            1 => format!("{known}; 1 is proposed: {key}"),
            many => format!("{known}; {many} are proposed: {key}"),
        });
    }

    fn topic_items(&self, halves: &Halves) -> Vec<Item> {
        // An empty pane has nothing that could be looked for; a text that is being read will have.
        let is_empty = BOTH.map(|s| halves.is_vacant(s));
        let known = BOTH.map(|s| halves.is_vacant(s) || halves.pane(s).study.is_some());
        let mut items: Vec<(Rank, Item)> = Vec::new();
        for topic in self.codebook.topics() {
            let counts = BOTH.map(|s| halves.treatments(s, &topic.id).len());
            // One that was just made is not looked for yet by a study of before.
            let known = [0, 1].map(|i| known[i] && (is_empty[i] || halves.is_studied_on(BOTH[i], &topic.id)));
            let shown = |i: usize| match (is_empty[i], known[i]) {
                (true, _) => String::new(),
                (_, true) => count(counts[i]),
                (_, false) => "…".to_owned(),
            };
            let rank = self.rank(&topic.id, known, counts.map(|count| count > 0));
            let item = Item {
                label: topic.name.clone(),
                detail: format!("{:>3} ┊ {:<3}", shown(0), shown(1)),
                about: topic.about.clone(),
                depth: 0,
                dim: known == [true, true] && counts == [0, 0],
                choice: Choice::Topic(Some(topic.id.clone())),
            };
            items.push((rank, item));
        }
        for (index, Proposal { topic, caught, .. }) in self.proposals.iter().enumerate() {
            let treatments = |side: Side| count(caught[side].treatments);
            let item = Item {
                label: topic.name.clone(),
                detail: format!("proposed  {:>3} ┊ {:<3}", treatments(Side::Left), treatments(Side::Right)),
                about: topic.about.clone(),
                depth: 0,
                dim: false,
                choice: Choice::Proposal(index),
            };
            items.push((Rank::Proposed, item));
        }
        let folded = items.iter().filter(|(rank, _)| *rank == Rank::Folded).count();
        let texts = BOTH.into_iter().filter(|s| halves.pane(*s).open().is_some()).count();
        items.extend((folded > 0).then(|| (Rank::Fold, fold(folded, (known == [true, true]).then_some(texts)))));
        // Among those that stand alike, the codebook's order.
        items.sort_by_key(|(rank, _)| *rank);
        items.into_iter().map(|(_, item)| item).collect()
    }

    fn rank(&self, topic: &TopicId, known: [bool; 2], treated: [bool; 2]) -> Rank {
        let is_borrowed = self.codebook.is_borrowed(topic) && self.held.as_ref() != Some(topic);
        match (treated, known) {
            ([false, false], _) if is_borrowed => Rank::Folded,
            ([true, true], _) | (_, [false, _] | [_, false]) => Rank::Shared,
            ([false, false], _) => Rank::Neither,
            _ => Rank::One,
        }
    }
}

/// The line that stands for so many topics; of how many texts it is known that they have none of them, if it is.
fn fold(count: usize, texts: Option<usize>) -> Item {
    Item {
        label: match texts {
            Some(texts) => said_of_folded(count, texts),
            None => format!("{}: being looked for", said_of_folded(count, 0)),
        },
        detail: String::new(),
        about: "They come with Diptych and were made for its own texts.".to_owned(),
        depth: 0,
        dim: true,
        choice: Choice::Unfold,
    }
}

/// The way out of a topic, and to what so many links joined without one.
fn no_topic(links: usize, held: bool) -> Item {
    Item {
        label: "No topic".to_owned(),
        detail: if links == 0 { String::new() } else { counted(links, "link") },
        about: if held {
            "Let go of the topic: counterparts are then those of the passage, whatever it is about.".to_owned()
        } else {
            "The passages that are joined without a topic.".to_owned()
        },
        depth: 0,
        dim: false,
        choice: Choice::Topic(None),
    }
}

fn count(treatments: usize) -> String {
    if treatments == 0 { "–".to_owned() } else { treatments.to_string() }
}
