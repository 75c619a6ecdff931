//! The list of a topic's terms: how often each is met on either side, and where first; to go there, to change one, and
//! to take out what catches wrongly.

use crate::app::App;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::keys::Keys;
use crate::app::made::deed::Deed;
use crate::app::made::{Changed, Edit};
use crate::app::out::Out;
use crate::app::overlay::Overlay;
use crate::app::picker::{Choice, Item, Picker, PickerKind};
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::text::passage::PassageNo;
use crate::topic::codebook::{Topic, TopicId};
use crate::topic::matcher::Mention;
use crate::topic::term::Term;

impl App {
    /// Goes to where a term is met first: in the leading text, else in the other.
    pub(in crate::app) fn go_to_term(&mut self, topic: &TopicId, term: usize, cancels: bool) {
        let first = |side: Side| {
            self.topics.first_place_of(&self.halves, side, topic, term).map(|(mention, _)| (side, mention.place))
        };
        let place =
            (!cancels).then(|| first(self.halves.focus()).or_else(|| first(self.halves.focus().other()))).flatten();
        let Some((side, place)) = place else {
            return self.out.tell(if cancels {
                "an exception has no places of its own"
            } else {
                "neither text has it"
            });
        };
        self.leave();
        self.halves.lead_with(side);
        self.halves.pane_mut(side).jump_to(place);
        self.moved();
    }
}

impl Topics {
    /// The list of a topic's terms.
    pub(in crate::app) fn list_of_terms(&self, halves: &Halves, topic: &Topic) -> Result<Picker, String> {
        let items = self.term_items(halves, topic);
        if items.is_empty() {
            return Err(format!("{} has no terms", topic.name));
        }
        Ok(Picker::new(PickerKind::Terms, items, 0))
    }

    /// Takes the selected term out of its topic; it can be undone.
    pub(in crate::app) fn without_chosen(&self, screens: &Screens, keys: &Keys) -> Option<Deed> {
        let (before, term, cancels) = self.chosen_term(screens)?;
        let mut after = before.clone();
        let list = if cancels { &mut after.not } else { &mut after.terms };
        list.retain(|t| *t != term);
        if after.terms.is_empty() {
            let name = &before.name;
            return Some(Deed::not(format!("{name} needs a term: no text would treat it without one")));
        }
        let said = format!("“{term}” is taken out of {}; {} undoes it", before.name, keys.key_of(command!("undo")));
        let edit = Edit::Topic(Changed { before: Some(before), after: Some(after) });
        Some(Deed::told(format!("taking out “{term}”"), vec![edit], said))
    }

    /// Opens the form that changes the selected term.
    pub(in crate::app) fn edit_term(&self, screens: &mut Screens) {
        if let Some((topic, term, cancels)) = self.chosen_term(screens) {
            screens.change_term(topic.id, term, cancels);
        }
    }

    /// Brings an open list of terms up to date; one that has become empty closes.
    pub(in crate::app) fn refill_terms(&self, halves: &Halves, screens: &mut Screens) {
        if !matches!(screens.overlay(), Some(Overlay::Picker(picker)) if picker.kind == PickerKind::Terms) {
            return;
        }
        let items = self.topic_of_terms(screens).map_or_else(Vec::new, |topic| self.term_items(halves, &topic));
        if items.is_empty() {
            screens.close();
        } else if let Some(Overlay::Picker(picker)) = screens.overlay_mut() {
            picker.refill(items);
        }
    }

    /// For each term of a topic how often a pane's text has it; `None` while that is not known.
    fn counts_of(&self, halves: &Halves, side: Side, topic: &Topic) -> Option<Vec<usize>> {
        let study = halves.pane(side).study.as_ref().filter(|_| self.is_studied(halves, side))?;
        let mut counts = vec![0; topic.terms.len()];
        for mention in study.coverage.get(&topic.id)?.mentions() {
            if let Some(count) = counts.get_mut(mention.term as usize) {
                *count += 1;
            }
        }
        Some(counts)
    }

    /// Where a pane's text has a term of a topic, in text order; `None` while that is not known.
    fn places_of<'a>(
        &self,
        halves: &'a Halves,
        side: Side,
        topic: &TopicId,
        term: usize,
    ) -> Option<impl Iterator<Item = &'a Mention> + use<'a>> {
        let study = halves.pane(side).study.as_ref().filter(|_| self.is_studied(halves, side))?;
        let mentions = study.coverage.get(topic)?.mentions();
        Some(mentions.iter().filter(move |m| m.term as usize == term))
    }

    /// Where a pane's text has a term of a topic first, and in which passage; `None` where it does not, or while that
    /// is not known.
    fn first_place_of(
        &self,
        halves: &Halves,
        side: Side,
        topic: &TopicId,
        term: usize,
    ) -> Option<(Mention, PassageNo)> {
        let first = *self.places_of(halves, side, topic, term)?.next()?;
        Some((first, halves.pane(side).text()?.numbering().passage_near(first.place.block as usize)?))
    }

    /// Whether a pane's text has been looked through for the topics as they are now.
    fn is_studied(&self, halves: &Halves, side: Side) -> bool {
        halves.pane(side).study.as_ref().is_some_and(|s| s.codebook == self.version)
    }

    /// How often a pane's text has a term of a topic, in words, and where first.
    pub fn met(
        &self,
        halves: &Halves,
        side: Side,
        topic: &TopicId,
        term: usize,
    ) -> (String, Option<(Mention, PassageNo)>) {
        let words = match self.places_of(halves, side, topic, term).map(Iterator::count) {
            Some(0) => "nowhere".to_owned(),
            Some(1) => "1 mention".to_owned(),
            Some(count) => format!("{count} mentions, this one first"),
            None if halves.pane(side).open().is_none() => "no text".to_owned(),
            None => "counting…".to_owned(),
        };
        (words, self.first_place_of(halves, side, topic, term))
    }

    fn term_items(&self, halves: &Halves, topic: &Topic) -> Vec<Item> {
        let met = BOTH.map(|side| self.counts_of(halves, side, topic));
        let counts = |term: usize| {
            let [left, right] = met.each_ref().map(|met| met.as_ref().map_or("…".to_owned(), |n| shown(n[term])));
            format!("{left:>3} ┊ {right:<3}")
        };
        let nowhere = |term: usize| met.iter().all(|met| met.as_ref().is_some_and(|n| n[term] == 0));
        let terms = topic.terms.iter().enumerate().map(|(nth, term)| Item {
            label: term.to_string(),
            detail: counts(nth),
            about: String::new(),
            depth: 0,
            dim: nowhere(nth),
            choice: Choice::Term { topic: topic.id.clone(), term: nth, cancels: false },
        });
        let exceptions = topic.not.iter().enumerate().map(|(nth, term)| Item {
            label: term.to_string(),
            detail: "exception".to_owned(),
            about: "Where a term is part of these words, it does not count.".to_owned(),
            depth: 0,
            dim: true,
            choice: Choice::Term { topic: topic.id.clone(), term: nth, cancels: true },
        });
        terms.chain(exceptions).collect()
    }

    /// The topic, and the term of it that is selected in the list.
    fn chosen_term(&self, screens: &Screens) -> Option<(Topic, Term, bool)> {
        let Some(Overlay::Picker(picker)) = screens.overlay() else { return None };
        let Choice::Term { topic, term, cancels } = &picker.chosen()?.choice else { return None };
        let topic = Topic::clone(self.codebook.get(topic.as_str())?);
        let list = if *cancels { &topic.not } else { &topic.terms };
        let term = list.get(*term)?.clone();
        Some((topic, term, *cancels))
    }

    /// The topic whose terms are listed.
    pub fn topic_of_terms(&self, screens: &Screens) -> Option<Topic> {
        let Some(Overlay::Picker(picker)) = screens.overlay() else { return None };
        let id = picker.items.iter().find_map(|item| match &item.choice {
            Choice::Term { topic, .. } => Some(topic.as_str()),
            _ => None,
        })?;
        self.codebook.get(id).map(|t| Topic::clone(t))
    }
}

impl Keys {
    /// A topic is not taken out of topics.toml from a list: what names it would be orphaned.
    pub(in crate::app) fn tell_how_a_topic_goes(&mut self, out: &mut Out) {
        let merge =
            self.keymap().first_key(crate::app::command::Context::Picker, command!("merge-topic")).unwrap_or_default();
        out.tell(format!("{merge} merges it into another; to be rid of it, take it out of topics.toml"));
    }
}

fn shown(count: usize) -> String {
    if count == 0 { "–".to_owned() } else { count.to_string() }
}
