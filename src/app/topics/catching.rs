//! Work on topics while reading: which topic is meant, the words that are selected for it, and what the one just made
//! catches in the two texts, told as soon as they are looked through again.

use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::keys::Keys;
use crate::app::made::Made;
use crate::app::out::Out;
use crate::app::overlay::Overlay;
use crate::app::picker::Choice;
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::text::clean::Clean;
use crate::topic::codebook::{Topic, TopicId};
use crate::word::counted::counted;
use crate::word::token::tokens;

impl Topics {
    /// What the topic just made or changed catches, once the open texts are looked through for it.
    pub(in crate::app) fn said_of_catch(&mut self, halves: &Halves, made: &Made, keys: &Keys) -> Option<String> {
        let caught = self.catching.as_ref().and_then(|id| self.codebook.get(id.as_str())).cloned();
        let Some(topic) = caught else {
            self.catching = None;
            return None;
        };
        let waits = |side: Side| {
            let pane = halves.pane(side);
            pane.open().is_some() && pane.study.as_ref().is_none_or(|s| s.codebook != self.version)
        };
        if BOTH.into_iter().any(waits) {
            return None;
        }
        self.catching = None;
        if made.unsaved() > 0 {
            // That it is not saved matters more.
            return None;
        }
        let words = match BOTH.map(|side| halves.mentions(side, &topic.id)) {
            [None, None] => return None,
            [Some(left), Some(right)] => format!("{left} ◧ {right} ◨ mentions"),
            [Some(one), None] | [None, Some(one)] => counted(one, "mention"),
        };
        Some(format!("{}: {words}; {} undoes it", topic.name, keys.key_of(command!("undo"))))
    }

    /// The topic that a command is about: the one selected in an open list, else the held one. Says so where there is
    /// none.
    pub(in crate::app) fn topic_meant(&self, screens: &Screens, keys: &Keys, out: &mut Out) -> Option<Topic> {
        let id = match screens.overlay() {
            Some(Overlay::Picker(picker)) => match picker.chosen().map(|item| &item.choice) {
                Some(Choice::Topic(topic)) => topic.clone(),
                Some(Choice::Term { topic, .. }) => Some(topic.clone()),
                _ => None,
            },
            _ => self.held.clone(),
        };
        let topic = id.and_then(|id| self.codebook.get(id.as_str())).map(|t| Topic::clone(t));
        if topic.is_none() {
            out.tell(match screens.overlay() {
                Some(Overlay::Picker(_)) => "this is not one of your topics yet".to_owned(),
                _ => format!("no topic is held: {} picks one", keys.key_of(command!("topics"))),
            });
        }
        topic
    }
}

impl Halves {
    /// How often a pane's text mentions a topic; `None` without a text.
    fn mentions(&self, side: Side, topic: &TopicId) -> Option<usize> {
        let study = self.pane(side).study.as_ref()?;
        Some(study.coverage.get(topic).map_or(0, |c| c.mentions().len()))
    }

    /// The selected words on one line, from the first word to the last.
    pub(in crate::app) fn selected_words(&self) -> Option<String> {
        let selection = self.selection()?;
        let selected = self.pane(selection.side).text()?.string().get(selection.range.clone())?;
        let line: String = Clean::line(selected).as_str().replace('*', " ");
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut words = tokens(&line);
        let first = words.next()?;
        let end = words.last().map_or(first.end, |last| last.end);
        Some(line[first.start..end].to_owned())
    }
}
