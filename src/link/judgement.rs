//! What the reader has judged of two texts: passages joined for good, counterparts rejected, silence that was checked.
//!
//! A judgement is symmetric: its two places are kept in one order, whichever pane they were in. Of two that say the same
//! of the same places, as when the files of two people are merged, one is left ([`fold`]); nothing either has said in
//! words is lost by that.

use std::cmp::Ordering;
use std::fmt;

use xxhash_rust::xxh3::xxh3_64;

use super::signed::both;
use crate::anchor::{Anchor, TextId};
use crate::topic::codebook::TopicId;

/// The name of a judgement for good: notes and files refer to it by this.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JudgementId(pub String);

/// Something the reader has decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Its name.
    pub id: JudgementId,
    /// What was decided.
    pub verdict: Verdict,
    /// The topic it is about.
    pub topic: Option<TopicId>,
    /// What the reader says to it; may be empty.
    pub note: String,
    /// When it was made, by RFC 3339; `None` until it is kept.
    pub made: Option<String>,
    /// Who says so, in the order of their names; none where that is not known.
    pub authors: Vec<String>,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The two passages belong together: a link.
    Joined(Box<[Anchor; 2]>, Relation),
    /// Two passages that do not belong together, however alike: never to be shown as counterparts.
    Rejected(Box<[Anchor; 2]>),
    /// This text has nothing to say: to the passage where there is one, else to the topic as a whole.
    Silent(TextId, Option<Box<Anchor>>),
}

/// How two joined passages stand to each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The passages say opposite things on the same point.
    Contrasts,
    /// The passages say the same.
    Agrees,
    /// One is an answer to the other.
    Answers,
    /// One limits what the other says.
    Qualifies,
    /// One quotes the other, or both quote a third.
    Quotes,
    /// The passages report the same fact.
    SameFact,
    /// In the reader's own word.
    Own(String),
}

impl Relation {
    /// The relations that have a name of their own in the program.
    pub const NAMED: [Self; 6] =
        [Self::Contrasts, Self::Agrees, Self::Answers, Self::Qualifies, Self::Quotes, Self::SameFact];

    /// As it is shown and stored.
    pub fn word(&self) -> &str {
        match self {
            Self::Contrasts => "contrasts",
            Self::Agrees => "agrees",
            Self::Answers => "answers",
            Self::Qualifies => "qualifies",
            Self::Quotes => "quotes",
            Self::SameFact => "same fact",
            Self::Own(word) => word,
        }
    }

    /// Whether what it joins says the same, so that in two versions of one work it is the same place.
    pub fn says_the_same(&self) -> bool {
        matches!(self, Self::Agrees | Self::Quotes | Self::SameFact)
    }

    /// The relation that a word names; `None` for no word at all.
    pub fn of_word(word: &str) -> Option<Self> {
        let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
        if word.is_empty() {
            return None;
        }
        let lower = word.to_lowercase();
        Some(Self::NAMED.into_iter().find(|r| r.word() == lower).unwrap_or(Self::Own(word)))
    }
}

impl fmt::Display for JudgementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Judgement {
    /// A link of two places.
    pub fn join(one: Anchor, other: Anchor, relation: Relation, topic: Option<TopicId>, note: &str) -> Self {
        Self::new(Verdict::Joined(in_order(one, other), relation), topic, note)
    }

    /// A counterpart that is none.
    pub fn reject(one: Anchor, other: Anchor, topic: Option<TopicId>) -> Self {
        Self::new(Verdict::Rejected(in_order(one, other)), topic, "")
    }

    /// A text that has nothing to say to a passage, or with a topic instead of one, to the topic.
    pub fn silence(text: TextId, passage: Option<Anchor>, topic: Option<TopicId>) -> Self {
        Self::new(Verdict::Silent(text, passage.map(Box::new)), topic, "")
    }

    fn new(verdict: Verdict, topic: Option<TopicId>, note: &str) -> Self {
        let id = JudgementId(String::new());
        let mut new = Self { id, verdict, topic, note: note.trim().to_owned(), made: None, authors: Vec::new() };
        new.id = new.id_of_content();
        new
    }

    /// The id that what it says would have: the same for everyone who says it.
    pub(super) fn id_of_content(&self) -> JudgementId {
        JudgementId(format!("{:012x}", xxh3_64(self.content().written().as_bytes()) >> 16))
    }

    /// The places it names, in their order: two, or for a silence one or none.
    pub fn places(&self) -> Vec<&Anchor> {
        match &self.verdict {
            Verdict::Joined(between, _) | Verdict::Rejected(between) => between.iter().collect(),
            Verdict::Silent(_, passage) => passage.iter().map(|p| &**p).collect(),
        }
    }

    /// This judgement with its texts under other names. Its places keep their order, so that its id stays the same.
    #[must_use]
    pub fn calling(&self, name: &dyn Fn(&TextId) -> TextId) -> Self {
        self.calling_by_content(&|text, _| name(text))
    }

    /// This judgement with other names for its texts, which may also depend on the hash a text had when it was
    /// judged; a text that is silent as a whole has no hash.
    #[must_use]
    pub fn calling_by_content(&self, name: &dyn Fn(&TextId, Option<u64>) -> TextId) -> Self {
        let anchor = |place: &Anchor| Anchor { text: name(&place.text, Some(place.hash)), ..place.clone() };
        let between = |between: &[Anchor; 2]| Box::new([anchor(&between[0]), anchor(&between[1])]);
        let verdict = match &self.verdict {
            Verdict::Joined(pair, relation) => Verdict::Joined(between(pair), relation.clone()),
            Verdict::Rejected(pair) => Verdict::Rejected(between(pair)),
            Verdict::Silent(text, place) => {
                Verdict::Silent(name(text, None), place.as_ref().map(|p| Box::new(anchor(p))))
            }
        };
        Self { verdict, ..self.clone() }
    }

    /// Whether it is of a reader of this name alone, or of nobody who is named.
    pub fn is_by(&self, reader: Option<&str>) -> bool {
        self.authors.iter().all(|name| Some(name.as_str()) == reader)
    }

    /// The relation of the places, for a link.
    pub fn relation(&self) -> Option<&Relation> {
        match &self.verdict {
            Verdict::Joined(_, relation) => Some(relation),
            Verdict::Rejected(_) | Verdict::Silent(..) => None,
        }
    }

    /// What it says, apart from notes: judgements that agree here are the same.
    fn content(&self) -> Content<'_> {
        let (kind, word) = match &self.verdict {
            Verdict::Joined(_, relation) => (Kind::Joined, relation.word()),
            Verdict::Silent(text, _) => (Kind::Silent, text.as_str()),
            Verdict::Rejected(_) => (Kind::Rejected, ""),
        };
        // A pair is rejected or not, whatever topic was held; and so is a passage answered or not.
        let counts = kind == Kind::Joined || self.places().is_empty();
        let topic = self.topic.as_ref().map(TopicId::as_str).filter(|_| counts);
        Content {
            kind,
            places: self.places().into_iter().map(PlaceKey::of).collect(),
            word,
            topic: topic.unwrap_or(""),
        }
    }

    /// Whether two judgements say the same of the same places.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.content() == other.content()
    }

    /// The order of judgements in a file: by kind, then by place.
    pub fn order(&self, other: &Self) -> Ordering {
        self.content().cmp(&other.content()).then_with(|| self.id.cmp(&other.id))
    }

    /// What two judgements that say the same amount to: the older name and date, the words and the authors of both.
    #[must_use]
    pub fn with(&self, same: &Self) -> Self {
        let made = match (&self.made, &same.made) {
            (Some(a), Some(b)) => Some(a.min(b).clone()),
            (a, b) => a.clone().or_else(|| b.clone()),
        };
        let topic = self.topic.clone().min_by_name(same.topic.clone());
        // The places are the same; what they remember of each version of the text may differ.
        let verdict = if anchors_key(self) <= anchors_key(same) { &self.verdict } else { &same.verdict };
        Self {
            id: self.id.clone().min(same.id.clone()),
            verdict: verdict.clone(),
            topic,
            note: both((&self.note, &self.authors), (&same.note, &same.authors)),
            made,
            authors: of_both(&self.authors, &same.authors),
        }
    }
}

/// What decides whether two judgements are the same, and in which order they stand.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Content<'a> {
    kind: Kind,
    places: Vec<PlaceKey<'a>>,
    /// The relation, or the text that is silent.
    word: &'a str,
    topic: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Joined,
    Silent,
    Rejected,
}

/// What decides whether two places are the same.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct PlaceKey<'a> {
    text: &'a str,
    passage: u32,
    note: Option<&'a str>,
    heading: Option<u32>,
    /// The first byte.
    start: u32,
    /// The words.
    exact: &'a str,
}

impl Content<'_> {
    /// All of it in one string, which names made of it rest on: it must stay as it is. Fields end with a unit separator,
    /// places with a record separator; neither is in any text, which is cleaned of controls.
    fn written(&self) -> String {
        let kind = match self.kind {
            Kind::Joined => "joined",
            Kind::Silent => "silent",
            Kind::Rejected => "rejected",
        };
        let places: String = self.places.iter().map(PlaceKey::written).collect();
        format!("{kind}\u{1f}{}\u{1f}{}\u{1f}{places}", self.word, self.topic)
    }
}

impl<'a> PlaceKey<'a> {
    fn of(anchor: &'a Anchor) -> Self {
        let Anchor { text, passage, note, heading, start, exact, .. } = anchor;
        let (text, note) = (text.as_str(), note.as_deref());
        Self { text, passage: *passage, note, heading: *heading, start: *start, exact }
    }

    fn written(&self) -> String {
        let Self { text, passage, note, heading, start, exact } = self;
        let (note, heading) = (note.unwrap_or(""), heading.map_or_else(String::new, |h| h.to_string()));
        format!("{text}\u{1f}{passage}\u{1f}{note}\u{1f}{heading}\u{1f}{start}\u{1f}{exact}\u{1e}")
    }
}

/// What two judgements that say the same may still differ in, so that it does not matter which is met first.
fn anchors_key(judgement: &Judgement) -> Vec<impl Ord> {
    judgement
        .places()
        .into_iter()
        .map(|a| {
            let rival = a.rival.map(<[u8; 2]>::from);
            (a.importer, a.hash, a.prefix.as_str(), a.suffix.as_str(), rival, a.end, a.point)
        })
        .collect()
}

/// Two places in the order of their texts and numbers.
fn in_order(one: Anchor, other: Anchor) -> Box<[Anchor; 2]> {
    Box::new(if PlaceKey::of(&other) < PlaceKey::of(&one) { [other, one] } else { [one, other] })
}

/// The one of two topics whose name comes first; one is better than none.
trait MinByName {
    fn min_by_name(self, other: Self) -> Self;
}

impl MinByName for Option<TopicId> {
    fn min_by_name(self, other: Self) -> Self {
        match (self, other) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }
}

/// All names, each once.
fn of_both(some: &[String], others: &[String]) -> Vec<String> {
    let mut all = [some, others].concat();
    all.sort_unstable();
    all.dedup();
    all
}

/// Judgements with each said once: what says the same is one. In the order of a file.
pub fn fold(all: impl IntoIterator<Item = Judgement>) -> Vec<Judgement> {
    let mut sorted: Vec<Judgement> = all.into_iter().collect();
    sorted.sort_by(Judgement::order);
    let mut folded: Vec<Judgement> = Vec::with_capacity(sorted.len());
    for judgement in sorted {
        match folded.last_mut().filter(|last| last.says_the_same(&judgement)) {
            Some(last) => *last = last.with(&judgement),
            None => folded.push(judgement),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::link::union::to_put;

    fn anchor(text: &str, passage: u32) -> Anchor {
        toml::from_str(&format!("text = \"{text}\"\npassage = {passage}\nexact = \"words of {passage}\"")).unwrap()
    }

    fn any_judgement() -> impl Strategy<Value = Judgement> {
        let place = || (prop::sample::select(vec!["a.md", "b.md"]), 1..4u32).prop_map(|(t, p)| anchor(t, p));
        let relation = prop::sample::select(vec!["contrasts", "agrees", "mirrors"]);
        let topic = prop::option::of(prop::sample::select(vec!["x", "y"]));
        let note = prop::sample::select(vec!["", "one", "two", "one\n\ntwo", "two\n\none"]);
        let made = prop::option::of(prop::sample::select(vec!["2026-01-01", "2026-02-02"]));
        let author = prop::option::of(prop::sample::select(vec!["Anna", "Bert"]));
        let said = (note, made, author);
        (place(), place(), relation, topic, said, 0..3u8).prop_map(|(a, b, r, t, (note, made, author), kind)| {
            let topic = t.map(TopicId::new);
            let mut judgement = match kind {
                0 => Judgement::join(a, b, Relation::of_word(r).unwrap(), topic, note),
                1 => Judgement::reject(a, b, topic),
                _ => Judgement::silence("b.md".into(), Some(a).filter(|_| topic.is_none()), topic),
            };
            judgement.note = note.to_owned();
            judgement.made = made.map(str::to_owned);
            judgement.authors = author.map(str::to_owned).into_iter().collect();
            judgement
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn it_does_not_matter_who_merges_whose_file(
            a in prop::collection::vec(any_judgement(), 0..6),
            b in prop::collection::vec(any_judgement(), 0..6),
            c in prop::collection::vec(any_judgement(), 0..6),
        ) {
            let merge = |x: &[Judgement], y: &[Judgement]| fold(x.iter().chain(y).cloned());
            let (ab, bc) = (merge(&a, &b), merge(&b, &c));
            prop_assert_eq!(&ab, &merge(&b, &a));
            prop_assert_eq!(merge(&ab, &c), merge(&a, &bc));
            prop_assert_eq!(&merge(&ab, &ab), &ab);
            prop_assert_eq!(&fold(ab.clone()), &ab);
            // The same by what is to be written into a file.
            let put = |file: &[Judgement], more: &[Judgement]| fold(file.iter().cloned().chain(to_put(file, more.to_vec())));
            prop_assert_eq!(to_put(&ab, b.clone()), Vec::new());
            let written = put(&fold(a.clone()), &b);
            prop_assert_eq!(written.len(), ab.len());
            let names: std::collections::BTreeSet<_> = written.iter().map(|j| &j.id).collect();
            prop_assert_eq!(names.len(), written.len());
            for (one, other) in ab.iter().zip(ab.iter().skip(1)) {
                prop_assert!(!one.says_the_same(other));
            }
            for judgement in a.iter().chain(&b) {
                let kept = ab.iter().find(|j| j.says_the_same(judgement)).unwrap();
                for words in judgement.note.split("\n\n") {
                    prop_assert!(kept.note.contains(words));
                }
                prop_assert!(judgement.authors.iter().all(|author| kept.authors.contains(author)));
            }
        }

        #[test]
        fn the_order_of_the_panes_does_not_matter(judgement in any_judgement()) {
            if let Verdict::Joined(between, relation) = judgement.verdict.clone() {
                let [a, b] = *between;
                let swapped = Judgement::join(b, a, relation, judgement.topic.clone(), &judgement.note);
                prop_assert_eq!((&swapped.id, &swapped.verdict), (&judgement.id, &judgement.verdict));
            }
        }
    }

    /// Files have names that were made of this form: it must stay as it is.
    #[test]
    fn what_names_are_made_of_stays_as_it_is() {
        let topic = || Some(TopicId::new("x"));
        let (a, b) = ("a.md/1///0/words of 1;", "b.md/2///0/words of 2;");
        let places = || (anchor("a.md", 1), anchor("b.md", 2));
        for (judgement, expected) in [
            (
                Judgement::join(places().1, places().0, Relation::SameFact, topic(), "said"),
                format!("joined/same fact/x/{a}{b}"),
            ),
            (Judgement::reject(places().0, places().1, topic()), format!("rejected///{a}{b}")),
            (Judgement::silence("b.md".into(), Some(places().0), None), format!("silent/b.md//{a}")),
            (Judgement::silence("b.md".into(), None, topic()), "silent/b.md/x/".to_owned()),
        ] {
            let written = judgement.content().written();
            assert_eq!(written, expected.replace('/', "\u{1f}").replace(';', "\u{1e}"));
            assert_eq!(judgement.id, judgement.id_of_content());
        }
    }

    #[test]
    fn words_name_relations() {
        for relation in Relation::NAMED {
            assert_eq!(Relation::of_word(relation.word()), Some(relation.clone()));
            assert_eq!(Relation::of_word(&relation.word().to_uppercase()), Some(relation));
        }
        assert_eq!(Relation::of_word("  takes   up "), Some(Relation::Own("takes up".to_owned())));
        assert_eq!(Relation::of_word(" "), None);
    }
}
