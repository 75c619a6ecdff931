//! The forms of topic work: a topic of its own, a term, another name, one topic merged into another. What each would
//! change is worked out in one place, for the form to foretell and for the reader to accept.

use super::App;
use super::commands::command;
use super::foreseen::{Comes, Planned};
use super::form::{AS, Field, Form, FormKind, INTO, NAME, TERM, TERMS, TermForm};
use super::journal::{Change, Edit};
use super::overlay::Overlay;
use crate::app::topics::Topics;
use crate::topic::codebook::{Topic, TopicId, id_of_name};
use crate::topic::term::{Term, TermError};

/// What a term can be: one that counts, or one that cancels.
const KINDS: [&str; 2] = ["term", "exception"];

impl App {
    /// Opens the form that makes a topic, of the selected words where there are some.
    pub(super) fn begin_topic(&mut self) {
        let words = self.halves.selected_words().unwrap_or_default();
        if let Err(e @ TermError::Long) = Term::parse(&words) {
            return self.tell(no_term(&words, &e));
        }
        let mut terms = Field::new("terms", &words);
        "the name itself".clone_into(&mut terms.default);
        self.open_form(FormKind::Topic, vec![Field::new("name", &words), terms]);
    }

    /// Opens the form that adds the selected words to the held topic, as a term.
    pub(super) fn begin_term(&mut self) {
        let Some(words) = self.halves.selected_words() else { return self.tell("select the words of the term first") };
        let Some(topic) = self.topics.held() else {
            let (pick, make) = (self.keys.key_of(command!("topics")), self.keys.key_of(command!("new-topic")));
            return self.tell(format!("no topic is held: {pick} picks one, {make} makes one of these words"));
        };
        match Term::parse(&words) {
            Ok(term) if topic.terms.contains(&term) => {
                let name = topic.name.clone();
                self.tell(format!("“{words}” is a term of {name} already"));
            }
            Ok(_) => self.term_form(TermForm { topic: topic.id.clone(), before: None }, &words, false),
            Err(e) => self.tell(no_term(&words, &e)),
        }
    }

    /// Opens the form of a term: of a new one, or to change one.
    pub(super) fn term_form(&mut self, form: TermForm, words: &str, cancels: bool) {
        let mut kind = Field::new("as", if cancels { KINDS[1] } else { "" });
        kind.options = KINDS.map(str::to_owned).to_vec();
        KINDS[0].clone_into(&mut kind.default);
        self.open_form(FormKind::Term(Box::new(form)), vec![Field::new("term", words), kind]);
    }

    /// Opens the form that gives a topic another name, and says what it is about.
    pub(super) fn begin_rename(&mut self) {
        let Some(topic) = self.topic_meant() else { return };
        let fields = vec![Field::new("name", &topic.name), Field::new("about", &topic.about)];
        self.open_form(FormKind::Rename(topic.id), fields);
    }

    /// Opens the form that merges a topic into another.
    pub(super) fn begin_merge(&mut self) {
        let Some(topic) = self.topic_meant() else { return };
        let others = self.topics.codebook.topics().iter().filter(|t| t.id != topic.id);
        let mut into = Field::new("into", "");
        into.hint = "a few letters of its name";
        into.options = others.map(|t| t.name.clone()).collect();
        if into.options.is_empty() {
            return self.tell("there is no other topic to merge it into");
        }
        self.open_form(FormKind::Merge(topic.id), vec![into]);
    }

    fn open_form(&mut self, kind: FormKind, fields: Vec<Field>) {
        self.screens.overlay = Some(Overlay::Form(Form { kind, fields, at: NAME }));
        self.foresee();
    }

    /// Takes what a form about topics says; where that cannot be, says why and leaves the form open.
    pub(super) fn accept_topic_form(&mut self, form: Form) {
        let done = match &form.kind {
            FormKind::Rename(topic) => self.accept_rename(&form, &topic.clone()),
            FormKind::Merge(topic) => {
                self.plan_of(&form).map_or(Ok(()), |plan| plan.map(|planned| self.merge_topic(&topic.clone(), planned)))
            }
            FormKind::Term(_) => self.plan_of(&form).map_or(Ok(()), |plan| plan.map(|planned| self.keep_term(planned))),
            _ => self.plan_of(&form).map_or(Ok(()), |plan| plan.map(|planned| self.make_topic(planned.then))),
        };
        if let Err((at, why)) = done {
            self.screens.overlay = Some(Overlay::Form(Form { at, ..form }));
            self.tell(why);
        }
        self.foresee();
    }

    /// What a form would change, where that is to be foretold; else the field to mend, and why.
    pub(super) fn plan_of(&self, form: &Form) -> Option<Result<Planned, (usize, String)>> {
        match &form.kind {
            FormKind::Topic => Some(self.topic_of(form).map(|then| Planned { now: None, then, comes: None })),
            FormKind::Term(term) => Some(self.topics.with_term(form, term)),
            FormKind::Merge(topic) => Some(self.topics.merged(form, topic)),
            FormKind::Link(_) | FormKind::Stop(_) | FormKind::Rename(_) => None,
        }
    }

    /// The topic that a form describes; else the field to mend, and why.
    fn topic_of(&self, form: &Form) -> Result<Topic, (usize, String)> {
        let name = form.said(NAME);
        let id = id_of_name(&name);
        if id.is_empty() {
            return Err((NAME, "a topic needs a name with a word in it".to_owned()));
        }
        self.is_free(&name, None)?;
        let typed = form.fields.get(TERMS).map_or("", |field| field.input.value().trim());
        let typed = if typed.is_empty() { &name } else { typed };
        let mut topic = Topic::of_terms(&self.topics.free_id(&id), &name, &[]);
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

    /// Says that a name is taken by another topic than `own`, if it is.
    fn is_free(&self, name: &str, own: Option<&TopicId>) -> Result<(), (usize, String)> {
        let same = |other: &str| id_of_name(other) == id_of_name(name);
        let named = |t: &Topic| same(&t.name) || (own.is_none() && t.id.as_str() == id_of_name(name));
        let there = self.topics.codebook.topics().iter().find(|t| Some(&t.id) != own && named(t));
        match there {
            Some(there) if own.is_some() => {
                let merge = self
                    .keys
                    .keymap
                    .first_key(super::command::Context::Picker, command!("merge-topic"))
                    .unwrap_or_default();
                Err((NAME, format!("there is a topic {} already; {merge} in the list merges the two", there.name)))
            }
            Some(there) => Err((NAME, format!("there is a topic {} already; give this one another name", there.name))),
            None => Ok(()),
        }
    }

    /// Takes a topic into the codebook and holds it; the reader stays where the words were found.
    fn make_topic(&mut self, topic: Topic) {
        self.halves.selection = None;
        let (id, name) = (topic.id.clone(), topic.name.clone());
        self.topics.catching = Some(id.clone());
        self.make(format!("the topic {name}"), vec![Edit::Topic(Change::made(topic))]);
        self.topics.held = Some(id);
        // The pair in sight was one on something else.
        self.hinge.pinned = false;
        self.search = None;
        self.ask_joint_again();
        self.tell(format!("{name} is now one of your topics"));
    }

    /// Gives a topic the term that was planned.
    fn keep_term(&mut self, planned: Planned) {
        let Planned { now, then, comes } = planned;
        let (name, id) = (then.name.clone(), then.id.clone());
        let cancels = comes.as_ref().is_some_and(|(_, comes)| *comes == Comes::Exception);
        let words = comes.and_then(|(alone, _)| Some(alone.terms.first()?.as_str().to_owned())).unwrap_or_default();
        self.halves.selection = None;
        self.topics.catching = Some(id);
        let what = if cancels { "exception" } else { "term" };
        self.make(format!("the {what} “{words}”"), vec![Edit::Topic(Change { before: now, after: Some(then) })]);
        let what = if cancels { "an exception" } else { "a term" };
        self.tell(format!("“{words}” is now {what} of {name}"));
    }

    /// Gives a topic another name. Its id stays, and with it everything that names it.
    fn accept_rename(&mut self, form: &Form, id: &TopicId) -> Result<(), (usize, String)> {
        let Some(before) = self.topics.codebook.get(id.as_str()).map(|t| Topic::clone(t)) else { return Ok(()) };
        let (name, about) = (form.said(NAME), form.said(NAME + 1));
        if id_of_name(&name).is_empty() {
            return Err((NAME, "a topic needs a name with a word in it".to_owned()));
        }
        if name != before.name {
            self.is_free(&name, Some(id))?;
        }
        let after = Topic { name: name.clone(), about, ..before.clone() };
        if after == before {
            return Ok(());
        }
        let renamed = after.name != before.name;
        let old = before.name.clone();
        let what = if renamed { format!("renaming {old}") } else { format!("what {name} is about") };
        self.make(what, vec![Edit::Topic(Change { before: Some(before), after: Some(after) })]);
        let said =
            if renamed { format!("{old} is now called {name}") } else { format!("{name} says what it is about") };
        self.tell(format!("{said}; {} takes it back", self.keys.key_of(command!("undo"))));
        Ok(())
    }

    /// Merges a topic into the one that was planned to take it in. Its entry stays and says where it went, so that what
    /// names it means the other from now on.
    fn merge_topic(&mut self, gone: &TopicId, planned: Planned) {
        let Some(before) = self.topics.codebook.get(gone.as_str()).map(|t| Topic::clone(t)) else { return };
        let Planned { now, then, .. } = planned;
        let (old, name, id) = (before.name.clone(), then.name.clone(), then.id.clone());
        let after = Topic { into: Some(id.clone()), ..before.clone() };
        let mut edits = Vec::new();
        if now.as_ref() != Some(&then) {
            edits.push(Edit::Topic(Change { before: now, after: Some(then) }));
        }
        edits.push(Edit::Topic(Change { before: Some(before), after: Some(after) }));
        self.topics.catching = Some(id);
        self.make(format!("merging {old} into {name}"), edits);
        self.tell(format!("{old} is now part of {name}, and what names it means that"));
    }
}

impl Topics {
    /// An id that means nothing yet, not even a topic that was merged into another.
    fn free_id(&self, id: &str) -> String {
        let numbered = (2..).map(|n| format!("{id}-{n}"));
        std::iter::once(id.to_owned()).chain(numbered).find(|id| self.codebook.entry(id).is_none()).unwrap_or_default()
    }

    /// A topic with the term that a form describes.
    fn with_term(&self, form: &Form, of: &TermForm) -> Result<Planned, (usize, String)> {
        let now = self.codebook.get(of.topic.as_str()).map(|t| Topic::clone(t));
        let now = now.ok_or_else(|| (TERM, "the topic is gone".to_owned()))?;
        let words = form.said(TERM);
        let term = Term::parse(&words).map_err(|e| (TERM, no_term(&words, &e)))?;
        let cancels = match KINDS.iter().position(|kind| *kind == form.said(AS)) {
            Some(kind) => kind == 1,
            None => return Err((AS, format!("it is a {} or an {}", KINDS[0], KINDS[1]))),
        };
        let mut then = now.clone();
        // One that is changed gives its place to the new one, or leaves it.
        let at = of.before.as_ref().and_then(|(before, was)| {
            let list = if *was { &mut then.not } else { &mut then.terms };
            let at = list.iter().position(|t| t == before)?;
            list.remove(at);
            (*was == cancels).then_some(at)
        });
        let list = if cancels { &mut then.not } else { &mut then.terms };
        if list.contains(&term) {
            let what = if cancels { "an exception" } else { "a term" };
            return Err((TERM, format!("“{words}” is {what} of {} already", now.name)));
        }
        list.insert(at.unwrap_or(list.len()), term.clone());
        let mut alone = Topic::of_terms(now.id.as_str(), &now.name, &[]);
        alone.terms.push(term);
        let comes = if cancels { Comes::Exception } else { Comes::Term };
        Ok(Planned { now: Some(now), then, comes: Some((alone, comes)) })
    }

    /// The topic that takes in another one, as it is and as it would be.
    fn merged(&self, form: &Form, gone: &TopicId) -> Result<Planned, (usize, String)> {
        let named = form.said(INTO);
        let all = || self.codebook.topics().iter().filter(|t| t.id != *gone);
        let into = all().find(|t| t.name == named || t.id.as_str() == named);
        let Some(into) = into else {
            let why = if named.is_empty() {
                "say which topic is to take it in".to_owned()
            } else {
                format!("there is no other topic “{named}”")
            };
            return Err((INTO, why));
        };
        let gone = self.codebook.get(gone.as_str()).ok_or_else(|| (INTO, "the topic is gone".to_owned()))?;
        let comes = Some((Topic::clone(gone), Comes::Topic));
        Ok(Planned { now: Some(Topic::clone(into)), then: into.joined_by(gone), comes })
    }
}

/// Why these words are no term, with what to do.
pub(super) fn no_term(words: &str, e: &TermError) -> String {
    match e {
        TermError::Long => "these are too many words for a term: select at most 16".to_owned(),
        e => format!("“{words}” {e}"),
    }
}
