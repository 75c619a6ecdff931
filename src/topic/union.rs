//! Topics of several people put together: the same topic catches what any of them has it catch, and two topics that
//! only share an id both stay.

use std::collections::{BTreeSet, HashSet};

use super::codebook::{Codebook, Topic, TopicId, id_of_name};
use super::term::Term;
use crate::word::letter::plain;

/// What stands between two descriptions of one topic.
const BETWEEN: &str = " / ";

/// Topics that were put together.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct United {
    /// All of them.
    pub book: Codebook,
    /// What topics of the one that came are called now, where that is another id.
    pub renamed: Vec<(TopicId, TopicId)>,
    /// What differed and could not be kept twice, a line each.
    pub told: Vec<String>,
}

/// The topics of `there` and of `coming`.
pub(crate) fn united(there: &Codebook, coming: &Codebook) -> United {
    let mut all = United { book: there.clone(), ..United::default() };
    for topic in coming.entries() {
        let id = free(&all.book, topic);
        if id != topic.id {
            all.told.push(format!("topic {}: “{}” is another topic there; it is {id} now", topic.id, topic.name));
            all.renamed.push((topic.id.clone(), id.clone()));
        }
        let topic = Topic { id: id.clone(), ..Topic::clone(topic) };
        let both = match all.book.entry(id.as_str()) {
            Some(known) => joined(known, &topic, &mut all.told),
            None => topic,
        };
        all.book = all.book.with(both);
    }
    let renamed = |id: &TopicId| all.renamed.iter().find(|(before, _)| before == id).map(|(_, now)| now.clone());
    let sets = coming.sets().iter().cloned().map(|mut set| {
        set.topics.iter_mut().for_each(|id| *id = renamed(id).unwrap_or_else(|| id.clone()));
        set
    });
    all.book = all.book.clone().with_sets(there.sets().iter().cloned().chain(sets));
    all
}

/// The id that a topic has among others: its own, unless that is another topic's.
fn free(book: &Codebook, topic: &Topic) -> TopicId {
    let is_free = |id: &TopicId| book.entry(id.as_str()).is_none_or(|known| !are_two(known, topic));
    let named = Some(id_of_name(&topic.name)).filter(|id| !id.is_empty()).map(|id| TopicId::new(&id));
    let numbered = (2..book.entries().len() + 3).map(|n| TopicId::new(&format!("{}-{n}", topic.id)));
    let mut all = std::iter::once(topic.id.clone()).chain(named).chain(numbered);
    all.find(is_free).unwrap_or_else(|| topic.id.clone())
}

/// Whether two topics of one id are two: they have neither a name nor a term in common.
fn are_two(one: &Topic, other: &Topic) -> bool {
    let terms: HashSet<String> = one.terms.iter().map(|t| plain(t.as_str()).into_owned()).collect();
    let share = other.terms.iter().any(|t| terms.contains(&*plain(t.as_str())));
    let have_terms = !one.terms.is_empty() && !other.terms.is_empty();
    have_terms && !share && plain(&one.name) != plain(&other.name)
}

/// One topic of two people: all terms, both descriptions.
fn joined(known: &Topic, coming: &Topic, told: &mut Vec<String>) -> Topic {
    let mut joined = known.joined_by(coming);
    let parts: BTreeSet<&str> = known.about.split(BETWEEN).collect();
    for about in coming.about.split(BETWEEN).filter(|about| !about.is_empty() && !parts.contains(about)) {
        if !known.about.is_empty() {
            joined.about = format!("{}{BETWEEN}{about}", joined.about);
        }
    }
    if joined.name != coming.name {
        told.push(format!(
            "topic {}: called “{}” by one, “{}” by another; it stays the first",
            known.id, known.name, coming.name
        ));
    }
    let gone: Vec<&str> =
        known.not.iter().chain(&coming.not).filter(|t| !joined.not.contains(t)).map(Term::as_str).collect();
    if !gone.is_empty() {
        told.push(format!(
            "topic {}: a term for one, cancelled by another; it is a term: {}",
            known.id,
            gone.join(", ")
        ));
    }
    match (&known.into, &coming.into) {
        (Some(into), Some(other)) if into != other => {
            told.push(format!(
                "topic {}: merged into {into} by one, into {other} by another; it stays the first",
                known.id
            ));
        }
        (None, Some(into)) => {
            told.push(format!("topic {}: merged into {into} by one, and not by another; it stays a topic", known.id));
        }
        _ => {}
    }
    let code = &coming.code;
    joined.code.guid = joined.code.guid.take().or(code.guid);
    joined.code.color = joined.code.color.take().or(code.color);
    joined.code.under = joined.code.under.take().or_else(|| code.under.clone());
    joined
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn book() -> impl Strategy<Value = Codebook> {
        let id = prop::sample::select(vec!["state", "press", "moon"]);
        let terms = prop::collection::btree_set(prop::sample::select(vec!["one", "two", "three", "four"]), 1..4);
        let about = prop::sample::select(vec!["", "This.", "That."]);
        let topic = (id, terms, about).prop_map(|(id, terms, about)| {
            let mut topic = Topic::of_terms(id, id, &terms.into_iter().collect::<Vec<_>>());
            about.clone_into(&mut topic.about);
            topic
        });
        prop::collection::vec(topic, 0..4).prop_map(Codebook::new)
    }

    /// What a codebook says, in no order.
    fn said(book: &Codebook) -> BTreeSet<(String, BTreeSet<String>, BTreeSet<String>)> {
        let topic = |t: &std::sync::Arc<Topic>| {
            let terms = t.terms.iter().map(|t| t.as_str().to_owned()).collect();
            let about = t.about.split(BETWEEN).filter(|a| !a.is_empty()).map(str::to_owned).collect();
            (t.id.to_string(), terms, about)
        };
        book.entries().iter().map(topic).collect()
    }

    proptest! {
        #[test]
        fn order_and_repetition_do_not_matter_and_no_term_is_lost(a in book(), b in book(), c in book()) {
            let join = |one: &Codebook, other: &Codebook| united(one, other).book;
            let (ab, bc) = (join(&a, &b), join(&b, &c));
            prop_assert_eq!(said(&ab), said(&join(&b, &a)));
            prop_assert_eq!(said(&join(&ab, &c)), said(&join(&a, &bc)));
            prop_assert_eq!(&join(&a, &a), &a);
            prop_assert_eq!(&join(&ab, &b), &ab);
            for topic in a.entries().iter().chain(b.entries()) {
                let kept = ab.entry(topic.id.as_str()).unwrap();
                prop_assert!(topic.terms.iter().all(|term| kept.terms.contains(term)));
            }
        }
    }

    #[test]
    fn two_topics_of_one_id_both_stay() {
        let anna = Codebook::new([Topic::of_terms("state", "The state", &["state", "ministry"])]);
        let bert = Codebook::new([Topic::of_terms("state", "State of mind", &["mood"])]);
        let both = united(&anna, &bert);
        let ids: Vec<_> = both.book.topics().iter().map(|t| t.id.as_str()).collect();
        assert_eq!(ids, ["state", "state-of-mind"]);
        assert_eq!(both.renamed, [(TopicId::new("state"), TopicId::new("state-of-mind"))]);
        assert_eq!(united(&both.book, &bert).book, both.book);
    }
}
