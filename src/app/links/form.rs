//! The form that joins two passages, or changes how they are joined.

use crate::anchor::Anchor;
use crate::app::App;
use crate::app::commands::command;
use crate::app::form::{Amiss, Field, Filled, Purpose};
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::hinge::joint::Then;
use crate::app::made::{Changed, Edit};
use crate::app::overlay::Overlay;
use crate::app::scene::Screens;
use crate::app::work::name::Name;
use crate::link::Side;
use crate::link::judgement::{Judgement, Relation, Verdict};
use crate::link::sides::BOTH;
use crate::model::settings::Sync;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;

/// One letter for each named relation, in their order.
const LETTERS: &[char] = &['c', 'a', 'n', 'u', 'q', 'f'];

/// To join two passages, or to change how they are joined.
#[derive(Debug)]
struct Join {
    /// The two passages.
    pair: (PassageNo, PassageNo),
    /// The two places, left and right.
    places: [Anchor; 2],
    /// The reader's link as it is, where there is one.
    before: Option<Judgement>,
    /// What others say of the pair, a line each.
    others: Vec<(String, String)>,
    /// The question about what else is like the places.
    question: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum JoinField {
    Relation,
    Topic,
    Note,
}

impl Purpose for Join {
    type Field = JoinField;

    fn title(&self, _: &App) -> String {
        let (left, right) = self.pair;
        let what = match &self.before {
            Some(_) => "Your link",
            None => "Join",
        };
        format!("{what} ¶{left} ⇔ ¶{right}")
    }

    /// The first words of both passages.
    fn about(&self, app: &App) -> Vec<(String, String)> {
        let words = |side: Side, passage: PassageNo| {
            app.halves.pane(side).text().map_or_else(String::new, |t| t.passage_str(passage).replace('\n', " "))
        };
        let (left, right) = self.pair;
        let passages =
            [(format!("◧ ¶{left} "), words(Side::Left, left)), (format!("◨ ¶{right} "), words(Side::Right, right))];
        passages.into_iter().chain(self.others.iter().cloned()).collect()
    }

    fn enter(&self) -> &'static str {
        if self.before.is_some() { "keeps the change" } else { "joins them" }
    }

    fn accept(&self, said: &Filled<'_, JoinField>, app: &mut App) -> Result<(), Amiss<JoinField>> {
        app.join(self, said)
    }
}

impl App {
    /// Opens the form for the pair that is shown.
    pub(in crate::app) fn begin_link(&mut self) {
        let Some((left, right)) = self.shown_pair() else {
            return self.out.tell("a link needs a passage in both panes");
        };
        if !self.halves.are_whole() {
            return self.out.tell("the texts are still being read");
        }
        if self.hinge.other_pane_may_move(&self.halves) {
            return self.out.tell("still comparing the two texts: the passage across may change in a moment");
        }
        self.link_form(left, right);
    }

    /// Opens the form for two passages.
    pub(in crate::app) fn link_form(&mut self, left: PassageNo, right: PassageNo) {
        let (Some(one), Some(other)) =
            (self.halves.place_of(Side::Left, left), self.halves.place_of(Side::Right, right))
        else {
            return;
        };
        // What others say stays theirs: beside it the reader says something of their own.
        let reader = self.settings.author();
        let (mine, others): (Vec<&Judgement>, Vec<&Judgement>) =
            self.links.own.links_between(left, right).partition(|said| said.is_by(reader));
        let said = |link: &Judgement| {
            let relation = link.relation().map_or("", Relation::word);
            let note = if link.note.is_empty() { String::new() } else { format!(": {}", link.note) };
            let line = Clean::line(&format!("{relation}{note}").replace('\n', " ")).to_string();
            (format!("{} ", link.made_by(reader)), line)
        };
        let others: Vec<(String, String)> = others.into_iter().map(said).collect();
        let before = mine.first().map(|link| Judgement::clone(link));
        let relation = before.as_ref().and_then(Judgement::relation).cloned();
        let topic = match &before {
            Some(link) => link.topic.clone(),
            None => self.topics.held_id().cloned().or_else(|| self.halves.topic_of_both(left, right)),
        };
        let name = topic.map_or_else(String::new, |id| self.topics.name(&id));
        let note = before.as_ref().map_or("", |link| &link.note);
        let mut relations = Field::new("relation", "");
        relations.options = Relation::NAMED.iter().map(|r| r.word().to_owned()).collect();
        relations.letters = LETTERS;
        // What is joined where two versions are kept level says the same.
        let usual = if self.versions.keeps_level(&self.hinge) { &Relation::Agrees } else { &self.links.last_relation };
        relation.as_ref().unwrap_or(usual).word().clone_into(&mut relations.default);
        let mut topics = Field::new("topic", &name);
        topics.options = self.topics.codebook().topics().iter().map(|t| t.name.clone()).collect();
        let note = Field::new("note", &note.replace('\n', " "));
        let question = self.out.number();
        let texts = BOTH.map(|side| self.halves.pane(side).open().cloned());
        if let ([Some(l), Some(r)], None) = (texts, &before) {
            self.out.ask_for(Name { number: question, places: vec![(l, one.clone()), (r, other.clone())] });
        }
        let join = Join { pair: (left, right), places: [one, other], before, others, question };
        let fields = [(JoinField::Relation, relations), (JoinField::Topic, topics), (JoinField::Note, note)];
        self.screens.open_form(join, fields);
    }

    fn join(&mut self, link: &Join, said: &Filled<'_, JoinField>) -> Result<(), Amiss<JoinField>> {
        let Some(texts) = self.halves.texts_of_pair() else { return Ok(()) };
        let Some(relation) = Relation::of_word(&said.of(JoinField::Relation)) else { return Ok(()) };
        let named = said.of(JoinField::Topic);
        let topic = self.topics.codebook().topics().iter().find(|t| t.name == named || t.id.as_str() == named);
        let Some(topic) = (if named.is_empty() { Some(None) } else { topic.map(|t| Some(t.id.clone())) }) else {
            let why = format!("there is no topic “{named}”; leave the field empty for none");
            return Err(Amiss::at(JoinField::Topic, why));
        };
        let [one, other] = link.places.clone();
        let (left, right) = link.pair;
        // A note of several paragraphs is shown on one line, and stays as it is where that line was not changed.
        let note = match &link.before {
            Some(before) if before.note.replace('\n', " ") == said.of(JoinField::Note) => before.note.clone(),
            _ => said.of(JoinField::Note),
        };
        let after = match &link.before {
            Some(Judgement { id, verdict: Verdict::Joined(between, _), made, authors, .. }) => Judgement {
                id: id.clone(),
                verdict: Verdict::Joined(between.clone(), relation.clone()),
                topic,
                note,
                made: made.clone(),
                authors: authors.clone(),
            },
            _ => self.links.with_free_id(Judgement::join(one, other, relation.clone(), topic, &note)),
        };
        // Of what others say already, in the same words, the reader's name is put under theirs.
        let known = self.links.own.get(&after.id).filter(|known| link.before.is_none() && known.says_the_same(&after));
        let (known, after) = match known.cloned() {
            Some(known) => {
                let authors = self.settings.signature().into_iter().collect();
                let after = known.with(&Judgement { authors, ..after });
                (Some(known), after)
            }
            None => (link.before.clone(), after),
        };
        self.links.last_relation = relation;
        self.halves.select(None);
        let mut edits = self.links.unreject(&self.halves, left, right, &texts);
        let what = if link.before.is_some() { "the change of the link" } else { "the link" };
        let change = Changed { before: known, after: Some(after.clone()) };
        edits.push(Edit::Judgement(texts, change));
        self.make(format!("{what} ¶{left}⇄¶{right}"), edits);
        let passage = if self.halves.focus() == Side::Left { left } else { right };
        self.ask(passage, Then::Tell);
        let word = after.relation().map_or("", |r| r.word());
        self.out.tell(format!("¶{left} ⇔ ¶{right}: {word}; {} undoes it", self.keys.key_of(command!("undo"))));
        Ok(())
    }
}

impl Hinge {
    /// Whether it is still being found out what stands across from the passage that is read.
    pub(in crate::app) fn other_pane_may_move(&self, halves: &Halves) -> bool {
        let waits = self.joint().is_some_and(|joint| joint.lead == halves.focus() && joint.found.is_none());
        waits && self.sync() == Sync::Topic && !self.pinned() && !self.fresh()
    }
}

impl Screens {
    /// What else is like the places of the open form has become known.
    pub(in crate::app) fn named(&mut self, number: u64, places: Vec<Anchor>) {
        if let Some(Overlay::Form(form)) = self.overlay_mut()
            && let Some(join) = form.purpose::<Join>().filter(|join| join.question == number)
            && let Ok(places) = places.try_into()
        {
            join.places = places;
        }
    }
}
