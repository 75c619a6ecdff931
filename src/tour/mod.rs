//! A tour: pairs of passages in the order in which a seminar is to go through them.
//!
//! Each stop names its passages by anchors, so that a tour outlives changes of its texts; what cannot be found again is
//! shown with the words it had. How a tour stands in its file is in [`file`].

pub mod file;

use xxhash_rust::xxh3::xxh3_64;

use crate::anchor::Anchor;
use crate::text::clean::Clean;
use crate::topic::codebook::TopicId;

/// What stands between two titles of one tour, and two names of those who made a stop.
const BETWEEN: &str = " / ";

/// The stops, in order, and what is said of the whole.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tour {
    /// What it is called; empty where it has no name.
    pub title: String,
    /// The stops.
    pub stops: Vec<Stop>,
}

/// What a stop is called in its file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StopId(pub String);

/// One stop: a pair of passages, or a passage that nothing is set against.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// Its name.
    pub id: StopId,
    /// What it is about.
    pub topic: Option<TopicId>,
    /// The passage on the left.
    pub left: Option<Anchor>,
    /// The passage on the right.
    pub right: Option<Anchor>,
    /// What the leader wants to say or ask there.
    pub remark: String,
    /// How long it is meant to take.
    pub minutes: Option<u32>,
    /// Who added it; of several their names, with ` / ` between them. `None` where that is not known.
    pub author: Option<String>,
}

impl Tour {
    /// The planned minutes of all stops that say how long they take.
    pub fn minutes(&self) -> u64 {
        self.stops.iter().filter_map(|s| s.minutes).map(u64::from).sum()
    }

    /// The index of a stop.
    pub fn position(&self, id: &StopId) -> Option<usize> {
        self.stops.iter().position(|s| s.id == *id)
    }

    /// A new stop of this tour, with a name of its own.
    pub fn stop(&self, topic: Option<TopicId>, left: Option<Anchor>, right: Option<Anchor>) -> Stop {
        let mut id = StopId::of(topic.as_ref(), left.as_ref(), right.as_ref(), 0);
        let mut again = 1;
        while self.position(&id).is_some() {
            id = StopId::of(topic.as_ref(), left.as_ref(), right.as_ref(), again);
            again += 1;
        }
        Stop { id, topic, left, right, remark: String::new(), minutes: None, author: None }
    }

    /// With the stops of another tour after its own, each once, under the names of all who made it; where they said different
    /// things there, what each said. Where both have titles, both stay.
    #[must_use]
    pub fn joined_by(&self, other: &Self) -> Self {
        let mut joined = self.clone();
        for stop in &other.stops {
            let same = |known: &&mut Stop| {
                Stop { id: known.id.clone(), author: known.author.clone(), ..stop.clone() } == **known
            };
            if let Some(known) = joined.stops.iter_mut().find(same) {
                known.author = of_both(known.author.as_deref(), stop.author.as_deref());
                continue;
            }
            // Of one number more than there are stops, one is free.
            let numbered = (2..joined.stops.len() + 3).map(|n| StopId(format!("{}-{n}", stop.id.0)));
            let mut names = std::iter::once(stop.id.clone()).chain(numbered);
            let id = names.find(|id| joined.position(id).is_none()).unwrap_or_else(|| stop.id.clone());
            joined.stops.push(Stop { id, ..stop.clone() });
        }
        joined.title = once(self.title.split(BETWEEN).chain(other.title.split(BETWEEN))).join(BETWEEN);
        joined
    }

    /// With the stop `by` places on from where it is, as far as there are places.
    #[must_use]
    pub fn moved(&self, at: usize, by: i64) -> Self {
        let mut tour = self.clone();
        if at < tour.stops.len() {
            let stop = tour.stops.remove(at);
            let to = (at as i64 + by).clamp(0, tour.stops.len() as i64) as usize;
            tour.stops.insert(to, stop);
        }
        tour
    }
}

/// What is not empty, each once.
fn once<'a>(all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut once = Vec::new();
    for one in all.filter(|one| !one.is_empty()) {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}

/// All who made a stop, in the order of their names.
fn of_both(some: Option<&str>, others: Option<&str>) -> Option<String> {
    let mut names = once([some, others].into_iter().flatten().flat_map(|names| names.split(BETWEEN)));
    names.sort_unstable();
    (!names.is_empty()).then(|| names.join(BETWEEN))
}

impl StopId {
    /// Twelve hexadecimal digits that follow from what the stop shows.
    pub(super) fn of(topic: Option<&TopicId>, left: Option<&Anchor>, right: Option<&Anchor>, again: u32) -> Self {
        let words =
            |a: Option<&Anchor>| a.map_or_else(String::new, |a| format!("{}\0{}\0{}", a.text, a.passage, a.exact));
        let whole = format!("{}\0{}\0{}\0{again}", topic.map_or("", TopicId::as_str), words(left), words(right));
        Self(format!("{:012x}", xxh3_64(whole.as_bytes()) & 0xffff_ffff_ffff))
    }
}

impl Stop {
    /// The anchors it has, left before right.
    pub fn anchors(&self) -> impl Iterator<Item = &Anchor> {
        self.left.iter().chain(&self.right)
    }

    /// Whether it shows the same passages on the same topic.
    pub fn shows_the_same(&self, other: &Self) -> bool {
        let shown = |stop: &Self| StopId::of(stop.topic.as_ref(), stop.left.as_ref(), stop.right.as_ref(), 0);
        shown(self) == shown(other)
    }

    /// The numbers of its passages: `¶14 ⇄ ¶22`; `¶?` where one is not known.
    pub fn numbers(&self) -> String {
        let number = |anchor: &Option<Anchor>| anchor.as_ref().map_or_else(|| "–".to_owned(), Anchor::locator);
        format!("{} ⇄ {}", number(&self.left), number(&self.right))
    }

    /// The remark in one line.
    pub fn remark_line(&self) -> Clean {
        Clean::line(&self.remark.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn any_tour() -> impl Strategy<Value = Tour> {
        let (topic, remark) = (prop::sample::select(vec!["x", "y"]), prop::sample::select(vec!["", "Ask."]));
        let author = prop::option::of(prop::sample::select(vec!["Anna", "Bert"]));
        let stops = prop::collection::vec((topic, remark, author), 0..4);
        (prop::sample::select(vec!["", "One", "Two"]), stops).prop_map(|(title, stops)| {
            let mut tour = Tour { title: title.to_owned(), ..Tour::default() };
            for (topic, remark, author) in stops {
                let stop = Tour::default().stop(Some(TopicId::new(topic)), None, None);
                let stop = Stop { remark: remark.to_owned(), author: author.map(str::to_owned), ..stop };
                tour = tour.joined_by(&Tour { stops: vec![stop], ..Tour::default() });
            }
            tour
        })
    }

    /// What a tour says, in no order and whatever its stops are called.
    fn said(tour: &Tour) -> BTreeSet<String> {
        let names =
            |s: &Stop| s.author.iter().flat_map(|names| names.split(BETWEEN)).map(str::to_owned).collect::<Vec<_>>();
        let said = |s: &Stop| format!("{:?} {}", s.topic, s.remark);
        let stops = tour.stops.iter().flat_map(|s| {
            names(s).into_iter().map(|name| format!("{} {name}", said(s))).chain(Some(said(s))).collect::<Vec<_>>()
        });
        stops.chain(tour.title.split(BETWEEN).map(str::to_owned).filter(|t| !t.is_empty())).collect()
    }

    proptest! {
        #[test]
        fn tours_are_joined_in_any_order_and_no_stop_is_lost(a in any_tour(), b in any_tour(), c in any_tour()) {
            let ab = a.joined_by(&b);
            prop_assert_eq!(said(&ab), said(&b.joined_by(&a)));
            prop_assert_eq!(said(&ab.joined_by(&c)), said(&a.joined_by(&b.joined_by(&c))));
            prop_assert_eq!(&a.joined_by(&a), &a);
            prop_assert_eq!(&ab.joined_by(&b), &ab);
            prop_assert!(said(&a).is_subset(&said(&ab)) && said(&b).is_subset(&said(&ab)));
            let names: BTreeSet<&StopId> = ab.stops.iter().map(|s| &s.id).collect();
            prop_assert_eq!(names.len(), ab.stops.len());
        }
    }

    #[test]
    fn the_same_stop_by_two_stands_once_under_both_names() {
        let by = |author: &str, remark: &str| {
            let stop = Tour::default().stop(Some(TopicId::new("soviets")), None, None);
            let stop = Stop { author: Some(author.to_owned()), remark: remark.to_owned(), ..stop };
            Tour { stops: vec![stop], ..Tour::default() }
        };
        let joined = by("Bert", "Ask.").joined_by(&by("Anna", "Ask.")).joined_by(&by("Cem", "Wait."));
        let authors: Vec<_> = joined.stops.iter().map(|stop| stop.author.as_deref()).collect();
        assert_eq!(authors, [Some("Anna / Bert"), Some("Cem")]);
    }

    #[test]
    fn stops_have_names_of_their_own_and_move_within_the_tour() {
        let mut tour = Tour::default();
        for _ in 0..3 {
            let stop = tour.stop(Some(TopicId::new("soviets")), None, None);
            tour.stops.push(stop);
        }
        let ids = |tour: &Tour| tour.stops.iter().map(|s| s.id.clone()).collect::<Vec<_>>();
        let [a, b, c] = <[StopId; 3]>::try_from(ids(&tour)).unwrap();
        assert!(a != b && b != c && a != c);
        assert_eq!(ids(&tour.moved(0, 1)), [b.clone(), a.clone(), c.clone()]);
        assert_eq!(ids(&tour.moved(1, 9)), [a.clone(), c.clone(), b.clone()]);
        assert_eq!(ids(&tour.moved(2, -9)), [c, a, b]);
        assert_eq!(tour.moved(7, 1), tour);
    }
}
