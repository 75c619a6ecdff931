//! The codebook: the topics of a library, read from `topics.toml` ([`super::topics_file`]).
//!
//! The id of a topic never changes: links, notes and tours name topics by it. A topic that was merged into another keeps
//! its entry and says so, `into = "soviets"`; from then on its id means the other topic, wherever it is written. So a
//! merge is one line in one file: it cannot be left half-done, nothing that names the topic has to be found and
//! rewritten, and taking the line out again brings everything back.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::code::{Code, Set, Tree};
use super::fault::Fault;
use super::term::Term;
use super::topics_file;
use crate::word::language::Language;

/// The name by which files and links refer to a topic. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct TopicId(Arc<str>);

/// What a reader looks for in texts: a name, and the terms that signal it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Unique in its codebook.
    pub id: TopicId,
    /// As shown to the reader.
    pub name: String,
    /// What it is about, in a sentence; may be empty.
    pub about: String,
    /// The terms that signal it.
    pub terms: Vec<Term>,
    /// Terms that cancel a match they cover: `Soviet Union` for the topic of the soviets.
    pub not: Vec<Term>,
    /// The topic it was merged into: what names this one means that one.
    pub into: Option<TopicId>,
    /// What it is to programs for coding texts.
    pub code: Code,
}

/// The topics of a library, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Codebook {
    /// Every entry, those merged into others included.
    entries: Vec<Arc<Topic>>,
    /// The topics that were not merged into another.
    topics: Vec<Arc<Topic>>,
    /// For each id the topic that it means, as an index into `topics`.
    meant: HashMap<TopicId, usize>,
    sets: Vec<Set>,
    /// The topics that were made for other texts than those that are open.
    borrowed: HashSet<TopicId>,
}

impl TopicId {
    /// An id as written in a file.
    pub fn new(id: &str) -> Self {
        Self(id.into())
    }

    /// The id as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for TopicId {
    fn from(id: String) -> Self {
        Self(id.into())
    }
}

impl From<TopicId> for String {
    fn from(id: TopicId) -> Self {
        id.as_str().to_owned()
    }
}

impl fmt::Display for TopicId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Borrow<str> for TopicId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Topic {
    /// A topic of its terms, for a selection made into a topic and for tests. What is no term is left out.
    pub fn of_terms(id: &str, name: &str, terms: &[&str]) -> Self {
        let terms = terms.iter().filter_map(|t| Term::parse(t).ok()).collect();
        let code = Code::default();
        let (about, not) = (String::new(), Vec::new());
        Self { id: TopicId::new(id), name: name.to_owned(), about, terms, not, into: None, code }
    }

    /// This topic with everything changed that changes from `before` to `after`; the rest stays as it is here.
    #[must_use]
    pub fn changed(&self, before: &Self, after: &Self) -> Self {
        let mut changed = self.clone();
        if before.name != after.name {
            changed.name.clone_from(&after.name);
        }
        if before.about != after.about {
            changed.about.clone_from(&after.about);
        }
        if before.into != after.into {
            changed.into.clone_from(&after.into);
        }
        changed.terms = changed_terms(&self.terms, &before.terms, &after.terms);
        changed.not = changed_terms(&self.not, &before.not, &after.not);
        changed
    }

    /// This topic with everything that `other` catches: its terms, and what cancels them. A phrase that one of the two
    /// cancels and the other has as a term is a term of both: it was said to be the topic.
    #[must_use]
    pub fn joined_by(&self, other: &Self) -> Self {
        let mut joined = self.clone();
        for (all, more) in [(&mut joined.terms, &other.terms), (&mut joined.not, &other.not)] {
            let known: HashSet<Term> = all.iter().cloned().collect();
            all.extend(more.iter().filter(|t| !known.contains(t)).cloned());
        }
        let spelled = |t: &Term| t.words().iter().map(|w| (w.text.to_lowercase(), w.prefix)).collect::<Vec<_>>();
        let terms: HashSet<Vec<(String, bool)>> = joined.terms.iter().map(spelled).collect();
        joined.not.retain(|t| !terms.contains(&spelled(t)));
        if joined.about.is_empty() {
            joined.about.clone_from(&other.about);
        }
        joined
    }
}

/// `now` with the terms that go from `before` to `after` taken out, and those that come put in: each after the one it
/// follows there.
fn changed_terms(now: &[Term], before: &[Term], after: &[Term]) -> Vec<Term> {
    let (old, new): (HashSet<&Term>, HashSet<&Term>) = (before.iter().collect(), after.iter().collect());
    let mut changed: Vec<Term> = now.iter().filter(|t| new.contains(t) || !old.contains(t)).cloned().collect();
    let mut known: HashSet<Term> = changed.iter().cloned().collect();
    for (at, term) in after.iter().enumerate().filter(|(_, t)| !old.contains(t)) {
        if known.insert(term.clone()) {
            let follows = at.checked_sub(1).and_then(|at| changed.iter().position(|t| *t == after[at]));
            let place = if at == 0 { 0 } else { follows.map_or(changed.len(), |at| at + 1) };
            changed.insert(place, term.clone());
        }
    }
    changed
}

impl Codebook {
    /// The language that its names, descriptions and terms are in; `None` where there is too little to tell.
    pub fn language(&self) -> Option<Language> {
        let words = |topic: &Arc<Topic>| {
            let terms: Vec<&str> = topic.terms.iter().map(Term::as_str).collect();
            format!("{}. {} {}. ", topic.name, topic.about, terms.join(", "))
        };
        Language::told_by(&self.topics().iter().map(words).collect::<String>())
    }

    /// A codebook of these topics; a later topic with the id of an earlier one is left out.
    pub fn new(topics: impl IntoIterator<Item = Topic>) -> Self {
        let mut known = HashSet::new();
        Self::of(topics.into_iter().filter(|t| known.insert(t.id.clone())).map(Arc::new).collect(), Vec::new())
    }

    /// A codebook of entries with ids of their own.
    fn of(entries: Vec<Arc<Topic>>, sets: Vec<Set>) -> Self {
        let ends = ends(&entries);
        let (mut topics, mut meant) = (Vec::new(), HashMap::new());
        for (at, entry) in entries.iter().enumerate() {
            // What leads nowhere counts by itself.
            if ends[at].is_none_or(|end| end == at) {
                meant.insert(entry.id.clone(), topics.len());
                topics.push(Arc::clone(entry));
            }
        }
        for (entry, end) in entries.iter().zip(&ends) {
            if let Some(place) = end.and_then(|end| meant.get(&entries[end].id).copied()) {
                meant.insert(entry.id.clone(), place);
            }
        }
        Self { entries, topics, meant, sets, borrowed: HashSet::new() }
    }

    /// This codebook, the topics of these ids known to have been made for other texts.
    #[must_use]
    pub fn borrowing(mut self, ids: impl IntoIterator<Item = TopicId>) -> Self {
        self.borrowed = ids.into_iter().collect();
        self
    }

    /// Whether a topic was made for other texts: one that the reader has made or changed never was.
    pub fn is_borrowed(&self, id: &TopicId) -> bool {
        self.borrowed.contains(id)
    }

    /// Whether there are any such topics.
    pub fn borrows(&self) -> bool {
        !self.borrowed.is_empty()
    }

    /// This codebook with these topics before its own.
    #[must_use]
    pub fn led_by(&self, topics: impl IntoIterator<Item = Topic>) -> Self {
        let known = self.entries.iter().map(|topic| Topic::clone(topic));
        Self::new(topics.into_iter().chain(known)).borrowing(self.borrowed.iter().cloned())
    }

    /// This codebook with these sets; a later set with the name of an earlier one is left out.
    #[must_use]
    pub fn with_sets(mut self, sets: impl IntoIterator<Item = Set>) -> Self {
        let mut known = HashSet::new();
        self.sets = sets.into_iter().filter(|s| known.insert(s.name.clone())).collect();
        self
    }

    /// The sets, in the order of the file.
    pub fn sets(&self) -> &[Set] {
        &self.sets
    }

    /// What stands under what.
    pub fn tree(&self) -> Tree<'_> {
        let above = |t: &Topic| self.get(t.code.under.as_ref()?.as_str()).map(|above| &above.id);
        Tree::of(self.topics.iter().map(|t| (&t.id, above(t))))
    }

    /// The topics, in the order of the file, without those that were merged into others.
    pub fn topics(&self) -> &[Arc<Topic>] {
        &self.topics
    }

    /// Every entry of the file, in its order, merged or not.
    pub fn entries(&self) -> &[Arc<Topic>] {
        &self.entries
    }

    /// The topic that this id means: the one that has it, or the one that this was merged into.
    pub fn get(&self, id: &str) -> Option<&Arc<Topic>> {
        self.meant.get(id).map(|at| &self.topics[*at])
    }

    /// The id of the topic that an id means, as [`Codebook::get`] does; of one that is gone, itself.
    pub fn meant<'a>(&'a self, id: &'a TopicId) -> &'a TopicId {
        self.get(id.as_str()).map_or(id, |topic| &topic.id)
    }

    /// The entry that has this id, whether it was merged into another topic or not.
    pub fn entry(&self, id: &str) -> Option<&Arc<Topic>> {
        self.entries.iter().find(|t| t.id.as_str() == id)
    }

    /// This codebook with `topic` in the place of the one with its id, or added at the end.
    #[must_use]
    pub fn with(&self, topic: Topic) -> Self {
        let (mut entries, mut borrowed) = (self.entries.clone(), self.borrowed.clone());
        borrowed.remove(&topic.id);
        match entries.iter().position(|t| t.id == topic.id) {
            Some(at) => entries[at] = Arc::new(topic),
            None => entries.push(Arc::new(topic)),
        }
        Self { borrowed, ..Self::of(entries, self.sets.clone()) }
    }

    /// This codebook without the topic of this id.
    #[must_use]
    pub fn without(&self, id: &str) -> Self {
        let entries = self.entries.iter().filter(|t| t.id.as_str() != id).cloned().collect();
        let mut borrowed = self.borrowed.clone();
        borrowed.remove(id);
        Self { borrowed, ..Self::of(entries, self.sets.clone()) }
    }

    /// Reads a topics file. Never fails: what is wrong is listed, in the order of the file, and the rest is used.
    pub fn parse(source: &str) -> (Self, Vec<Fault>) {
        let (topics, sets, faults) = topics_file::read(source);
        (Self::new(topics).with_sets(sets), faults)
    }
}

/// For each entry where its merges end, over however many others: the place of a topic of its own, itself where it was
/// not merged. `None` for one that was merged into one that is not there, or in a circle: it counts by itself too.
fn ends(entries: &[Arc<Topic>]) -> Vec<Option<usize>> {
    let by_id: HashMap<&TopicId, usize> = entries.iter().enumerate().map(|(at, t)| (&t.id, at)).collect();
    // Known ends, so that each step is gone once however the chains are tied.
    let mut known: Vec<Option<Option<usize>>> = vec![None; entries.len()];
    let mut under_way = vec![false; entries.len()];
    for start in 0..entries.len() {
        let (mut way, mut at) = (Vec::new(), start);
        let end = loop {
            if let Some(end) = known[at] {
                break end;
            }
            if std::mem::replace(&mut under_way[at], true) {
                break None;
            }
            way.push(at);
            match entries[at].into.as_ref() {
                None => break Some(at),
                Some(into) => match by_id.get(into) {
                    Some(next) => at = *next,
                    None => break None,
                },
            }
        };
        for at in way {
            known[at] = Some(end);
        }
    }
    known.into_iter().map(Option::flatten).collect()
}

/// A lower-case id made of a name: letters and digits, joined by hyphens.
pub fn id_of_name(name: &str) -> String {
    let words: Vec<String> = crate::word::token::tokens(name)
        .map(|r| name[r].chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect())
        .collect();
    words.join("-")
}

#[cfg(test)]
mod tests;
