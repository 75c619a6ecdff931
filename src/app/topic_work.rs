//! Work on topics while reading: selected words become a term of the held topic, or a topic of their own; and what that
//! catches in the two texts is told as soon as they are looked through again.

use super::App;
use super::form::{Field, Form, FormKind, NAME, TERMS};
use super::journal::{Change, Edit};
use super::overlay::Overlay;
use super::side::BOTH;
use crate::link::Side;
use crate::text::clean::Clean;
use crate::topic::codebook::{Topic, TopicId, id_of_name};
use crate::topic::term::{Term, TermError};
use crate::word::token::tokens;

impl App {
    /// Adds the selected words to the held topic, as a term.
    pub(super) fn add_term(&mut self) {
        let Some(words) = self.selected_words() else { return self.tell("select the words of the term first") };
        let Some(before) = self.held().cloned() else {
            let (pick, make) = (self.key_of("topics"), self.key_of("new-topic"));
            return self.tell(format!("no topic is held: {pick} picks one, {make} makes one of these words"));
        };
        let term = match Term::parse(&words) {
            Ok(term) => term,
            Err(e) => return self.tell(no_term(&words, &e)),
        };
        if before.terms.contains(&term) {
            return self.tell(format!("“{words}” is a term of {} already", before.name));
        }
        let mut after = before.clone();
        after.terms.push(term);
        self.selection = None;
        self.catching = Some(after.id.clone());
        let said = format!("“{words}” is now a term of {}", after.name);
        self.make(
            format!("the term “{words}”"),
            vec![Edit::Topic(Change { before: Some(before), after: Some(after) })],
        );
        self.tell(said);
    }

    /// Opens the form that makes a topic, of the selected words where there are some.
    pub(super) fn begin_topic(&mut self) {
        let words = self.selected_words().unwrap_or_default();
        if let Err(e @ TermError::Long) = Term::parse(&words) {
            return self.tell(no_term(&words, &e));
        }
        let mut terms = Field::new("terms", &words);
        "the name itself".clone_into(&mut terms.default);
        let fields = vec![Field::new("name", &words), terms];
        self.overlay = Some(Overlay::Form(Form { kind: FormKind::Topic, fields, at: NAME }));
    }

    /// Makes the topic that the form describes; where that cannot be, says why and leaves the form open.
    pub(super) fn accept_topic_form(&mut self, form: Form) {
        match self.topic_of(&form) {
            Ok(topic) => {
                self.selection = None;
                self.make_topic(topic);
            }
            Err((at, why)) => {
                self.overlay = Some(Overlay::Form(Form { at, ..form }));
                self.tell(why);
            }
        }
    }

    /// The topic that a form describes; else the field to mend, and why.
    fn topic_of(&self, form: &Form) -> Result<Topic, (usize, String)> {
        let name = form.said(NAME);
        let id = id_of_name(&name);
        if id.is_empty() {
            return Err((NAME, "a topic needs a name with a word in it".to_owned()));
        }
        let named = |t: &&std::sync::Arc<Topic>| t.id.as_str() == id || t.name.to_lowercase() == name.to_lowercase();
        if let Some(there) = self.codebook.topics().iter().find(named) {
            return Err((NAME, format!("there is a topic {} already; give this one another name", there.name)));
        }
        let typed = form.fields.get(TERMS).map_or("", |field| field.input.value().trim());
        let typed = if typed.is_empty() { &name } else { typed };
        let mut topic = Topic::of_terms(&id, &name, &[]);
        for words in typed.split(',').map(str::trim).filter(|words| !words.is_empty()) {
            let term = Term::parse(words).map_err(|e| (TERMS, no_term(words, &e)))?;
            if !topic.terms.contains(&term) {
                topic.terms.push(term);
            }
        }
        if topic.terms.is_empty() {
            return Err((TERMS, "a topic needs a term; empty, the name is its term".to_owned()));
        }
        Ok(topic)
    }

    /// Takes a topic into the codebook and holds it; the reader stays where the words were found.
    fn make_topic(&mut self, topic: Topic) {
        let (id, name) = (topic.id.clone(), topic.name.clone());
        self.catching = Some(id.clone());
        self.make(format!("the topic {name}"), vec![Edit::Topic(Change::made(topic))]);
        self.topic = Some(id);
        self.search = None;
        self.ask_joint_again();
        self.tell(format!("{name} is now one of your topics"));
    }

    /// Tells what the topic just made or changed catches, once the open texts are looked through for it.
    pub(super) fn tell_catch(&mut self) {
        let Some(topic) = self.catching.as_ref().and_then(|id| self.codebook.get(id.as_str())).cloned() else {
            self.catching = None;
            return;
        };
        let waits = |side: Side| {
            let study = self.panes[side].study.as_ref();
            self.panes[side].open().is_some() && study.is_none_or(|s| s.codebook != self.codebook_version)
        };
        if BOTH.into_iter().any(waits) {
            return;
        }
        self.catching = None;
        let counts = BOTH.map(|side| self.mentions(side, &topic.id));
        let words = match counts {
            [None, None] => return,
            [Some(left), Some(right)] => format!("{left} ◧ {right} ◨ mentions"),
            [Some(1), None] | [None, Some(1)] => "1 mention".to_owned(),
            [Some(one), None] | [None, Some(one)] => format!("{one} mentions"),
        };
        self.tell(format!("{}: {words}; {} takes it back", topic.name, self.key_of("undo")));
    }

    /// How often a pane's text mentions a topic; `None` without a text.
    fn mentions(&self, side: Side, topic: &TopicId) -> Option<usize> {
        let study = self.panes[side].study.as_ref()?;
        Some(study.coverage.get(topic).map_or(0, |c| c.mentions().len()))
    }

    /// The selected words on one line, from the first word to the last.
    fn selected_words(&self) -> Option<String> {
        let selection = self.selection.as_ref()?;
        let selected = self.panes[selection.side].text()?.string().get(selection.range.clone())?;
        let line: String = Clean::line(selected).as_str().replace('*', " ");
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut words = tokens(&line);
        let first = words.next()?;
        let end = words.last().map_or(first.end, |last| last.end);
        Some(line[first.start..end].to_owned())
    }
}

/// Why these words are no term, with what to do.
fn no_term(words: &str, e: &TermError) -> String {
    match e {
        TermError::Long => "these are too many words for a term: select at most 16".to_owned(),
        e => format!("“{words}” {e}"),
    }
}
