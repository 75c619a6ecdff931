//! The forms about topics: to make one, give it a term, call it otherwise, or merge it into another. What each would
//! change is worked out in one place, for the form to foretell and for the reader to accept.

use crate::app::App;
use crate::app::command::Context;
use crate::app::commands::command;
use crate::app::foreseen::{Comes, Planned};
use crate::app::form::{Amiss, Field, Filled, Purpose};
use crate::app::halves::Halves;
use crate::app::hinge::joint::Then;
use crate::app::keys::Keys;
use crate::app::made::deed::Deed;
use crate::app::made::{Changed, Edit};
use crate::app::out::Out;
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::text::clean::Clean;
use crate::topic::codebook::{Topic, TopicId, id_of_name};
use crate::topic::term::{Term, TermError};

/// What a term can be: one that counts, or one that cancels.
const KINDS: [&str; 2] = ["term", "exception"];

/// Why a name is none.
const NAMELESS: &str = "a topic needs a name with a word in it";

/// To make a topic.
#[derive(Debug)]
struct NewTopic;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NewTopicField {
    Name,
    /// Its terms, separated by commas.
    Terms,
}

/// To give a topic a term, or to change one.
#[derive(Debug)]
struct TermOf {
    topic: TopicId,
    /// The term as it is, and whether it is one that cancels others; `None` where it is new.
    before: Option<(Term, bool)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TermField {
    Words,
    /// Whether it counts or cancels.
    As,
}

/// To give a topic another name.
#[derive(Debug)]
struct Rename(TopicId);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RenameField {
    Name,
    About,
}

/// To merge a topic into another.
#[derive(Debug)]
struct Merge(TopicId);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MergeField {
    /// The topic that takes in the other.
    Into,
}

impl Purpose for NewTopic {
    type Field = NewTopicField;
    const FORETOLD: bool = true;

    fn title(&self, _: &App) -> String {
        "A new topic".to_owned()
    }

    fn about(&self, _: &App) -> Vec<(String, String)> {
        a_line("words or phrases, separated with commas; soviet* = any ending")
    }

    fn enter(&self) -> &'static str {
        "makes it"
    }

    fn plan(&self, said: &Filled<'_, NewTopicField>, app: &App) -> Option<Result<Planned, Amiss<NewTopicField>>> {
        Some(app.topics.described(said).map(|then| Planned { now: None, then, comes: None }))
    }

    fn accept(&self, said: &Filled<'_, NewTopicField>, app: &mut App) -> Result<(), Amiss<NewTopicField>> {
        let topic = app.topics.described(said)?;
        app.make_topic(topic);
        Ok(())
    }
}

impl Purpose for TermOf {
    type Field = TermField;
    const FORETOLD: bool = true;

    fn title(&self, app: &App) -> String {
        let name = clean_name(app, &self.topic);
        if self.before.is_some() { format!("A term of {name}") } else { format!("A new term of {name}") }
    }

    fn about(&self, _: &App) -> Vec<(String, String)> {
        a_line("soviet* = any ending; an exception cancels what it covers")
    }

    fn enter(&self) -> &'static str {
        if self.before.is_some() { "keeps the change" } else { "adds it" }
    }

    fn plan(&self, said: &Filled<'_, TermField>, app: &App) -> Option<Result<Planned, Amiss<TermField>>> {
        Some(app.topics.with_term(said, self))
    }

    fn accept(&self, said: &Filled<'_, TermField>, app: &mut App) -> Result<(), Amiss<TermField>> {
        let planned = app.topics.with_term(said, self)?;
        app.halves.select(None);
        let deed = app.topics.with_planned(planned);
        app.carry_out(deed);
        Ok(())
    }
}

impl Purpose for Rename {
    type Field = RenameField;

    fn title(&self, app: &App) -> String {
        format!("The topic {}", clean_name(app, &self.0))
    }

    fn about(&self, _: &App) -> Vec<(String, String)> {
        a_line(&format!("its id stays {}, so that links, notes and tours keep it", self.0))
    }

    fn enter(&self) -> &'static str {
        "keeps it"
    }

    fn accept(&self, said: &Filled<'_, RenameField>, app: &mut App) -> Result<(), Amiss<RenameField>> {
        app.carry_out(app.topics.renamed(&app.keys, &self.0, said)?);
        Ok(())
    }
}

impl Purpose for Merge {
    type Field = MergeField;
    const FORETOLD: bool = true;

    fn title(&self, app: &App) -> String {
        format!("Merge {} into another topic", clean_name(app, &self.0))
    }

    fn about(&self, _: &App) -> Vec<(String, String)> {
        a_line("the other takes in its terms; links, notes and tours go with it")
    }

    fn enter(&self) -> &'static str {
        "merges them"
    }

    fn plan(&self, said: &Filled<'_, MergeField>, app: &App) -> Option<Result<Planned, Amiss<MergeField>>> {
        Some(app.topics.merged(said, &self.0))
    }

    fn accept(&self, said: &Filled<'_, MergeField>, app: &mut App) -> Result<(), Amiss<MergeField>> {
        let planned = app.topics.merged(said, &self.0)?;
        let deed = app.topics.merging(&self.0, planned);
        app.carry_out(deed);
        Ok(())
    }
}

fn a_line(words: &str) -> Vec<(String, String)> {
    vec![(String::new(), words.to_owned())]
}

fn clean_name(app: &App, topic: &TopicId) -> String {
    Clean::line(&app.topics.name(topic)).as_str().to_owned()
}

impl Screens {
    /// Opens the form that makes a topic, of the selected words where there are some.
    pub(in crate::app) fn begin_topic(&mut self, halves: &Halves, out: &mut Out) {
        let words = halves.selected_words().unwrap_or_default();
        if let Err(e @ TermError::Long) = Term::parse(&words) {
            return out.tell(no_term(&words, &e));
        }
        let mut terms = Field::new("terms", &words);
        "the name itself".clone_into(&mut terms.default);
        self.open_form(NewTopic, [(NewTopicField::Name, Field::new("name", &words)), (NewTopicField::Terms, terms)]);
    }

    /// Opens the form that adds the selected words to the held topic, as a term.
    pub(in crate::app) fn begin_term(&mut self, halves: &Halves, topics: &Topics, keys: &Keys) -> Result<(), String> {
        let Some(words) = halves.selected_words() else {
            return Err("select the words of the term first".to_owned());
        };
        let Some(topic) = topics.held() else {
            let (pick, make) = (keys.key_of(command!("topics")), keys.key_of(command!("new-topic")));
            return Err(format!("no topic is held: {pick} picks one, {make} makes one of these words"));
        };
        match Term::parse(&words) {
            Ok(term) if topic.terms.contains(&term) => Err(format!("“{words}” is a term of {} already", topic.name)),
            Ok(_) => {
                self.open_term(TermOf { topic: topic.id.clone(), before: None }, &words, false);
                Ok(())
            }
            Err(e) => Err(no_term(&words, &e)),
        }
    }

    /// Opens the form that changes a term.
    pub(in crate::app) fn change_term(&mut self, topic: TopicId, term: Term, cancels: bool) {
        let words = term.to_string();
        self.open_term(TermOf { topic, before: Some((term, cancels)) }, &words, cancels);
    }

    fn open_term(&mut self, term: TermOf, words: &str, cancels: bool) {
        let mut kind = Field::new("as", if cancels { KINDS[1] } else { "" });
        kind.options = KINDS.map(str::to_owned).to_vec();
        KINDS[0].clone_into(&mut kind.default);
        self.open_form(term, [(TermField::Words, Field::new("term", words)), (TermField::As, kind)]);
    }
}

impl App {
    /// Takes a proposed topic into the codebook; it is then the reader's own, and held.
    pub(in crate::app) fn accept_proposal(&mut self, index: usize) {
        let Some(topic) = self.topics.proposals.get(index).map(|p| p.topic.clone()) else { return };
        self.make(format!("the topic {}", topic.name), vec![Edit::Topic(Changed::made(topic.clone()))]);
        self.topics.held = Some(topic.id.clone());
        self.hinge.set_pinned(false);
        self.intent.go_to_topic_later(&self.halves, topic.id.clone(), false);
        self.out.tell(format!("{} is now one of your topics", topic.name));
    }

    /// Takes a topic into the codebook and holds it; the reader stays where the words were found.
    fn make_topic(&mut self, topic: Topic) {
        self.halves.select(None);
        let (id, name) = (topic.id.clone(), topic.name.clone());
        self.topics.catching = Some(id.clone());
        self.make(format!("the topic {name}"), vec![Edit::Topic(Changed::made(topic))]);
        self.topics.held = Some(id);
        // The pair in sight was one on something else.
        self.hinge.set_pinned(false);
        self.versions.level(&mut self.halves, &self.hinge, &mut self.out);
        self.search = None;
        // What is read now, not what the pair was about that one has come from.
        let is_joined = self.hinge.take_joint().is_some();
        if let Some(passage) = self.halves.lead().current().filter(|_| is_joined) {
            self.ask(passage, Then::Tell);
        }
        self.out.tell(format!("{name} is now one of your topics"));
    }
}

impl Topics {
    /// Opens the form that gives a topic another name, and says what it is about.
    pub(in crate::app) fn begin_rename(&self, screens: &mut Screens, keys: &Keys, out: &mut Out) {
        let Some(topic) = self.topic_meant(screens, keys, out) else { return };
        let (name, about) = (Field::new("name", &topic.name), Field::new("about", &topic.about));
        screens.open_form(Rename(topic.id), [(RenameField::Name, name), (RenameField::About, about)]);
    }

    /// Opens the form that merges a topic into another.
    pub(in crate::app) fn begin_merge(&self, screens: &mut Screens, keys: &Keys, out: &mut Out) {
        let Some(topic) = self.topic_meant(screens, keys, out) else { return };
        let others = self.codebook.topics().iter().filter(|t| t.id != topic.id);
        let mut into = Field::new("into", "");
        into.hint = "a few letters of its name";
        into.options = others.map(|t| t.name.clone()).collect();
        if into.options.is_empty() {
            return out.tell("there is no other topic to merge it into");
        }
        screens.open_form(Merge(topic.id), [(MergeField::Into, into)]);
    }

    /// Gives a topic the term that was planned.
    fn with_planned(&mut self, planned: Planned) -> Deed {
        let Planned { now, then, comes } = planned;
        let (name, id) = (then.name.clone(), then.id.clone());
        let cancels = comes.as_ref().is_some_and(|(_, comes)| *comes == Comes::Exception);
        let words = comes.and_then(|(alone, _)| Some(alone.terms.first()?.as_str().to_owned())).unwrap_or_default();
        self.catching = Some(id);
        let what = if cancels { "exception" } else { "term" };
        let done = format!("the {what} “{words}”");
        let what = if cancels { "an exception" } else { "a term" };
        let said = format!("“{words}” is now {what} of {name}");
        Deed::told(done, vec![Edit::Topic(Changed { before: now, after: Some(then) })], said)
    }

    /// Gives a topic another name. Its id stays, and with it everything that names it.
    fn renamed(
        &self,
        keys: &Keys,
        id: &TopicId,
        said: &Filled<'_, RenameField>,
    ) -> Result<Option<Deed>, Amiss<RenameField>> {
        let Some(before) = self.codebook.get(id.as_str()).map(|t| Topic::clone(t)) else { return Ok(None) };
        let (name, about) = (said.of(RenameField::Name), said.of(RenameField::About));
        if id_of_name(&name).is_empty() {
            return Err(Amiss::at(RenameField::Name, NAMELESS));
        }
        if name != before.name
            && let Some(other) = self.of_name(&name, Some(id))
        {
            let merge = keys.keymap().first_key(Context::Picker, command!("merge-topic")).unwrap_or_default();
            let why = format!("there is a topic {} already; {merge} in the list merges the two", other.name);
            return Err(Amiss::at(RenameField::Name, why));
        }
        let after = Topic { name: name.clone(), about, ..before.clone() };
        if after == before {
            return Ok(None);
        }
        let renamed = after.name != before.name;
        let old = before.name.clone();
        let what = if renamed { format!("renaming {old}") } else { format!("what {name} is about") };
        let edit = Edit::Topic(Changed { before: Some(before), after: Some(after) });
        let said =
            if renamed { format!("{old} is now called {name}") } else { format!("{name} says what it is about") };
        let said = format!("{said}; {} undoes it", keys.key_of(command!("undo")));
        Ok(Some(Deed::told(what, vec![edit], said)))
    }

    /// Merges a topic into the one that was planned to take it in. Its entry stays and says where it went, so that what
    /// names it means the other from now on.
    fn merging(&mut self, gone: &TopicId, planned: Planned) -> Option<Deed> {
        let before = self.codebook.get(gone.as_str()).map(|t| Topic::clone(t))?;
        let Planned { now, then, .. } = planned;
        let (old, name, id) = (before.name.clone(), then.name.clone(), then.id.clone());
        let after = Topic { into: Some(id.clone()), ..before.clone() };
        let mut edits = Vec::new();
        if now.as_ref() != Some(&then) {
            edits.push(Edit::Topic(Changed { before: now, after: Some(then) }));
        }
        edits.push(Edit::Topic(Changed { before: Some(before), after: Some(after) }));
        self.catching = Some(id);
        let said = format!("{old} is now part of {name}, and what names it means that");
        Some(Deed::told(format!("merging {old} into {name}"), edits, said))
    }

    /// The topic of this name, but for `own`.
    fn of_name(&self, name: &str, own: Option<&TopicId>) -> Option<&Topic> {
        let same = |other: &str| id_of_name(other) == id_of_name(name);
        let named = |t: &Topic| same(&t.name) || (own.is_none() && t.id.as_str() == id_of_name(name));
        self.codebook.topics().iter().map(|t| &**t).find(|t| Some(&t.id) != own && named(t))
    }

    /// The new topic that a form describes.
    fn described(&self, said: &Filled<'_, NewTopicField>) -> Result<Topic, Amiss<NewTopicField>> {
        let name = said.of(NewTopicField::Name);
        let id = id_of_name(&name);
        if id.is_empty() {
            return Err(Amiss::at(NewTopicField::Name, NAMELESS));
        }
        if let Some(there) = self.of_name(&name, None) {
            let why = format!("there is a topic {} already; give this one another name", there.name);
            return Err(Amiss::at(NewTopicField::Name, why));
        }
        let typed = said.typed(NewTopicField::Terms);
        let typed = if typed.is_empty() { &name } else { typed };
        let mut topic = Topic::of_terms(&self.free_id(&id), &name, &[]);
        for words in typed.split(',').map(str::trim).filter(|words| !words.is_empty()) {
            let term = Term::parse(words).map_err(|e| Amiss::at(NewTopicField::Terms, no_term(words, &e)))?;
            if !topic.terms.contains(&term) {
                topic.terms.push(term);
            }
        }
        if topic.terms.is_empty() {
            return Err(Amiss::at(NewTopicField::Terms, "a topic needs a term; left empty, its name is its term"));
        }
        Ok(topic)
    }

    /// An id that means nothing yet, not even a topic that was merged into another.
    fn free_id(&self, id: &str) -> String {
        let numbered = (2..).map(|n| format!("{id}-{n}"));
        std::iter::once(id.to_owned()).chain(numbered).find(|id| self.codebook.entry(id).is_none()).unwrap_or_default()
    }

    /// A topic with the term that a form describes.
    fn with_term(&self, said: &Filled<'_, TermField>, of: &TermOf) -> Result<Planned, Amiss<TermField>> {
        let now = self.codebook.get(of.topic.as_str()).map(|t| Topic::clone(t));
        let now = now.ok_or_else(|| Amiss::at(TermField::Words, "the topic is gone"))?;
        let words = said.of(TermField::Words);
        let term = Term::parse(&words).map_err(|e| Amiss::at(TermField::Words, no_term(&words, &e)))?;
        let cancels = match KINDS.iter().position(|kind| *kind == said.of(TermField::As)) {
            Some(kind) => kind == 1,
            None => return Err(Amiss::at(TermField::As, format!("it is a {} or an {}", KINDS[0], KINDS[1]))),
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
            return Err(Amiss::at(TermField::Words, format!("“{words}” is {what} of {} already", now.name)));
        }
        list.insert(at.unwrap_or(list.len()), term.clone());
        let mut alone = Topic::of_terms(now.id.as_str(), &now.name, &[]);
        alone.terms.push(term);
        let comes = if cancels { Comes::Exception } else { Comes::Term };
        Ok(Planned { now: Some(now), then, comes: Some((alone, comes)) })
    }

    /// The topic that takes in another one, as it is and as it would be.
    fn merged(&self, said: &Filled<'_, MergeField>, gone: &TopicId) -> Result<Planned, Amiss<MergeField>> {
        let named = said.of(MergeField::Into);
        let all = || self.codebook.topics().iter().filter(|t| t.id != *gone);
        let into = all().find(|t| t.name == named || t.id.as_str() == named);
        let Some(into) = into else {
            let why = if named.is_empty() {
                "say which topic is to take it in".to_owned()
            } else {
                format!("there is no other topic “{named}”")
            };
            return Err(Amiss::at(MergeField::Into, why));
        };
        let gone = self.codebook.get(gone.as_str()).ok_or_else(|| Amiss::at(MergeField::Into, "the topic is gone"))?;
        let comes = Some((Topic::clone(gone), Comes::Topic));
        Ok(Planned { now: Some(Topic::clone(into)), then: into.joined_by(gone), comes })
    }
}

/// Why these words are no term, with what to do.
fn no_term(words: &str, e: &TermError) -> String {
    match e {
        TermError::Long => "these are too many words for a term: select at most 16".to_owned(),
        e => format!("“{words}” {e}"),
    }
}
