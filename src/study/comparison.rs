//! Two texts compared: what is known of both, and what the reader has judged.
//!
//! [`Comparison`] says which passages stand across from each other on a topic, which of these pairs is read first, and what
//! the counterparts of every passage are. Shell, session and exports ask it, and not the pairing, which knows no judgements.
//! It is cheap to clone: a session that has come to know two texts bit by bit makes one of what it holds
//! ([`Comparison::known`]) with every question, and a worker answers it.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::thread;

use super::counterparts::{Linked, counterparts_of, with_judged};
use super::glosses::Gloss;
use super::own::PlacedJudgements;
use super::proposal::{PROPOSALS, Proposal, proposals};
use super::rows::{SynopsisRow, first_pair, rows, rows_on_no_topic};
use super::text::{Study, coverage};
use crate::link::Side;
use crate::link::comparable::Comparable;
use crate::link::judged::Judged;
use crate::link::pairing::{Ask, Counterpart, Pairing, TopicInBoth};
use crate::link::quotation::{UNASKED, shared_quotations};
use crate::link::sides::Sides;
use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::topic::Watcher;
use crate::topic::codebook::{Codebook, Topic, TopicId};
use crate::topic::coverage::Coverage;
use crate::word::related::Meanings;

/// Two studied texts, side by side.
#[derive(Debug, Clone)]
pub struct Comparison {
    coverage: Sides<Arc<Coverage>>,
    pairing: Arc<Pairing>,
    codebook: Arc<Codebook>,
    own: Arc<PlacedJudgements>,
}

/// A topic and how the two texts treat it.
#[derive(Debug)]
pub struct Compared {
    /// The topic.
    pub topic: Arc<Topic>,
    /// Whether it was proposed from the texts, and is in no topics.toml.
    pub proposed: bool,
    /// The rows; empty where neither text treats the topic.
    pub rows: Vec<SynopsisRow>,
    /// How each text treats it.
    pub held: TopicInBoth,
    /// What the reader has written to each row; empty where that does not go along.
    pub glosses: Vec<Vec<Gloss>>,
}

/// A text of a comparison, and what it is called.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// Its title, else the name of its file.
    pub name: &'a str,
    /// The text.
    pub text: &'a Text,
}

/// How a long job that is done on two threads tells how far it is; see [`crate::topic::Watcher`].
pub type SharedWatcher<'a> = &'a (dyn Fn(usize, usize) -> ControlFlow<()> + Sync);

impl Comparison {
    /// Compares two texts on the topics of `codebook`, from the beginning.
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn of(
        texts: [&Arc<Text>; 2],
        codebook: &Arc<Codebook>,
        own: PlacedJudgements,
        watch: SharedWatcher<'_>,
    ) -> ControlFlow<(), Self> {
        let study = |text: &Arc<Text>| Study::of(text, codebook, 0, None, watch);
        let (left, right) = thread::scope(|scope| {
            let right = scope.spawn(|| study(texts[1]));
            let left = study(texts[0]);
            (left, right.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
        });
        let (left, right) = (left?, right?);
        let pairing = Arc::new(left.paired_with(&right));
        if texts[0].string().len() + texts[1].string().len() <= UNASKED {
            pairing.know_quotations(&shared_quotations(texts[0], texts[1], watch)?);
        }
        ControlFlow::Continue(Self::known((left, right), pairing, Arc::clone(codebook), Arc::new(own)))
    }

    /// Two texts that were studied already and set against each other: nothing is worked out anew.
    pub fn known(
        (left, right): (Study, Study),
        pairing: Arc<Pairing>,
        codebook: Arc<Codebook>,
        own: Arc<PlacedJudgements>,
    ) -> Self {
        Self { coverage: Sides { left: left.coverage, right: right.coverage }, pairing, codebook, own }
    }

    /// This comparison, with what the reader has judged as it stands elsewhere, on disk say.
    #[must_use]
    pub fn with_own(self, own: PlacedJudgements) -> Self {
        Self { own: Arc::new(own), ..self }
    }

    /// The text of a side.
    pub fn text(&self, side: Side) -> &Arc<Text> {
        self.pairing.side(side).text()
    }

    /// This comparison, knowing what the reader's sentence model says of both texts.
    #[must_use]
    pub fn with_model(self, said: [Arc<Meanings>; 2]) -> Self {
        let pairing = Arc::new(self.pairing.with_model(said));
        Self { pairing, ..self }
    }

    /// Whether it knows that.
    pub fn is_by_model(&self) -> bool {
        self.pairing.is_by_model()
    }

    /// Whether the two texts can be compared by their words; where they cannot, no passage is to be called silent.
    pub fn comparable(&self) -> Comparable {
        self.pairing.comparable()
    }

    /// The topics they were compared on.
    pub fn codebook(&self) -> &Arc<Codebook> {
        &self.codebook
    }

    /// Whether both texts were studied on a topic; until then nothing can be said of it.
    pub fn is_studied_on(&self, topic: &TopicId) -> bool {
        self.coverage.left.get(topic).is_some() && self.coverage.right.get(topic).is_some()
    }

    /// A topic as both texts treat it; `None` for one that the texts were not studied on.
    pub fn on(&self, topic: &TopicId) -> Option<TopicInBoth> {
        let on = |side: Side| self.coverage[side].get(topic).cloned();
        Some(TopicInBoth { left: on(Side::Left)?, right: on(Side::Right)? })
    }

    /// What the reader has judged that counts for a topic, or where none is meant, all of it.
    pub fn judged(&self, topic: Option<&TopicId>) -> Judged {
        topic.map_or_else(|| self.own.judged(), |topic| self.own.judged_on(topic, &self.codebook))
    }

    /// The rows of a topic.
    pub fn rows(&self, topic: &TopicId) -> Vec<SynopsisRow> {
        self.on(topic).map_or_else(Vec::new, |held| rows(&self.pairing, &held, &self.judged(Some(topic))))
    }

    /// The rows of the reader's links that name no topic.
    pub fn rows_on_none(&self) -> Vec<SynopsisRow> {
        rows_on_no_topic(&self.pairing, &self.own.judged_on_none(&self.codebook)).1
    }

    /// The counterparts of a passage of `from`, while a topic is held or none: those that the reader joined to it, then the
    /// likeliest that were not rejected, at most `limit`. None on a topic that the texts were not studied on.
    pub fn counterparts(
        &self,
        from: Side,
        passage: PassageNo,
        topic: Option<&TopicId>,
        limit: usize,
    ) -> Vec<Counterpart> {
        let held = topic.map(|topic| self.on(topic));
        if let Some(None) = held {
            return Vec::new();
        }
        let judged = self.judged(topic);
        counterparts_of(&self.pairing, (from, passage), held.flatten().as_ref(), &judged, limit)
    }

    /// The pair of passages to read first on a topic, left and right: that of the best of its rows. `None` where none of
    /// them has two sides.
    pub fn first_pair(&self, topic: &TopicId) -> Option<(PassageNo, PassageNo)> {
        first_pair(&self.pairing, &self.on(topic)?, &self.judged(Some(topic)))
    }

    /// The counterparts of every passage of the left text, as `ask` has them, with the reader's own links. Of two long texts
    /// they take more room than the texts: [`Self::each_counterparts`] hands them out passage by passage.
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn all_counterparts(
        &self,
        ask: &Ask,
        watch: SharedWatcher<'_>,
    ) -> ControlFlow<(), Vec<(PassageNo, Vec<Linked>)>> {
        let mut all = Vec::new();
        self.each_counterparts(ask, watch, &mut |passage, linked| {
            all.push((passage, linked));
            ControlFlow::Continue(())
        })?;
        ControlFlow::Continue(all)
    }

    /// Hands the same to `take`, in the order of the text.
    ///
    /// # Errors
    /// Breaks where `watch` or `take` does.
    pub fn each_counterparts(
        &self,
        ask: &Ask,
        watch: SharedWatcher<'_>,
        take: &mut dyn FnMut(PassageNo, Vec<Linked>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let judged = self.judged(None);
        let most = ask.limit.saturating_add(judged.most_of_one(Side::Left));
        self.pairing.each(Side::Left, &Ask { limit: most, ..ask.clone() }, watch, &mut |passage, found| {
            let found = with_judged(&self.pairing, (Side::Left, passage), &judged, found, ask.limit);
            let linked = |counterpart: Counterpart| {
                let own = self.own.link_between(passage, counterpart.passage).cloned();
                Linked { counterpart, own }
            };
            take(passage, found.into_iter().map(linked).collect())
        })
    }

    /// The passages of a side that no counterpart worth showing is left for, and the reader has joined none to.
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn silent(&self, side: Side, watch: SharedWatcher<'_>) -> ControlFlow<(), Vec<PassageNo>> {
        let judged = self.judged(None);
        let ask = Ask { limit: 1 + judged.most_of_one(side), reasons: false, ..Ask::default() };
        let mut silent = Vec::new();
        self.pairing.each(side, &ask, watch, &mut |passage, found| {
            if with_judged(&self.pairing, (side, passage), &judged, found, 1).is_empty() {
                silent.push(passage);
            }
            ControlFlow::Continue(())
        })?;
        ControlFlow::Continue(silent)
    }

    /// What the two texts say on these topics.
    pub fn compared<'t>(&self, topics: impl IntoIterator<Item = &'t TopicId>) -> Vec<Compared> {
        topics.into_iter().filter_map(|topic| Some(self.compared_on(self.on(topic)?, false))).collect()
    }

    /// What they say on every topic of the codebook. Where that was `borrowed` from other texts and they share none of its
    /// topics, topics that are proposed from the two take their place. Borrowed topics that neither treats are left out. The
    /// links that name no topic come last.
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn compared_on_all(&self, borrowed: bool, watch: SharedWatcher<'_>) -> ControlFlow<(), Vec<Compared>> {
        let mut known = self.compared(self.codebook.topics().iter().map(|topic| &topic.id));
        known.retain(|on| !on.rows.is_empty() || !self.codebook.is_borrowed(&on.topic.id));
        if borrowed && !known.iter().any(Compared::is_shared) {
            let is_joined = |on: &Compared| on.rows.iter().any(|row| row.joined.is_some());
            known.retain(|on| is_joined(on) || !self.codebook.is_borrowed(&on.topic.id));
            known.extend(self.compared_on_proposals(watch)?);
        }
        known.extend(self.compared_on_none());
        ControlFlow::Continue(known)
    }

    /// The links that name no topic; `None` where there are none.
    fn compared_on_none(&self) -> Option<Compared> {
        let judged = self.own.judged_on_none(&self.codebook);
        if judged.joined.is_empty() {
            return None;
        }
        let (held, rows) = rows_on_no_topic(&self.pairing, &judged);
        Some(Compared { topic: Arc::clone(held.left.topic()), proposed: false, rows, held, glosses: Vec::new() })
    }

    fn compared_on_proposals(&self, watch: SharedWatcher<'_>) -> ControlFlow<(), Vec<Compared>> {
        let texts = [Side::Left, Side::Right].map(|side| &**self.text(side));
        let proposed = proposals(texts, &self.codebook, PROPOSALS, watch)?;
        let proposed = Codebook::new(proposed.into_iter().map(|proposal| proposal.topic));
        let studied = |side: Side| coverage(self.text(side), &proposed, watch);
        let (left, right) = (studied(Side::Left)?, studied(Side::Right)?);
        let held = left.topics().iter().zip(right.topics());
        let held = held.map(|(left, right)| TopicInBoth { left: Arc::clone(left), right: Arc::clone(right) });
        ControlFlow::Continue(held.map(|held| self.compared_on(held, true)).collect())
    }

    fn compared_on(&self, held: TopicInBoth, proposed: bool) -> Compared {
        let topic = Arc::clone(held.left.topic());
        let rows = rows(&self.pairing, &held, &self.judged(Some(&topic.id)));
        Compared { topic, proposed, rows, held, glosses: Vec::new() }
    }

    /// Topics that two texts both treat and `known` does not have, at most `limit`, the best first. They need not be set
    /// against each other for that.
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn proposals(
        texts: [&Text; 2],
        known: &Codebook,
        limit: usize,
        watch: Watcher<'_>,
    ) -> ControlFlow<(), Vec<Proposal>> {
        proposals(texts, known, limit, watch)
    }
}

impl Compared {
    /// What the reader has written to a row.
    pub fn glosses_on(&self, row: usize) -> &[Gloss] {
        self.glosses.get(row).map_or(&[], |r| r)
    }

    /// Whether both texts treat the topic.
    fn is_shared(&self) -> bool {
        !self.held.left.is_silent() && !self.held.right.is_silent()
    }
}
