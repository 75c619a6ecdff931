//! The pairing of two texts: for any passage of either, the ranked passages of the other on the same point.

use std::ops::{ControlFlow, Range};
use std::sync::{Arc, OnceLock};

use crate::text::passage::PassageNo;
use crate::topic::coverage::{Coverage, TopicCoverage};
use crate::word::related::Meanings;

use super::Side;
use super::calibration::{Evidence, LOOKED_FROM, THRESHOLD};
use super::close::{Close, Seen};
use super::closest::{LOWERED_FROM, Top, Tops, lowered};
use super::comparable::Comparable;
use super::index::PassageIndex;
use super::likeness::Likeness;
use super::nearness::Nearness;
use super::quotation::SharedQuotation;
use super::quoted::Quoted;
use super::reason::Reason;
use super::reasoner::Reasoner;
use super::shared::Sharing;
use super::spread::{Columns, Spread, Spreads};
use super::topical::Topical;
use super::weight::{SideWeights, coherence, strange, weigh, write_alike};
use super::window::{CANDIDATES, Candidate, Window};
use crate::topic::Watcher;

/// A passage of the other text on the same point.
#[derive(Debug, Clone, PartialEq)]
pub struct Counterpart {
    /// The passage.
    pub passage: PassageNo,
    /// How likely the two are on the same point, 0 to 1: the share of counterparts with this score that were right.
    pub score: f32,
    /// What the score was made of.
    pub evidence: Evidence,
    /// What carried it, the weightiest first.
    pub because: Vec<Reason>,
    /// With a topic held, the treatment that the passage stands for, as an index into
    /// [`TopicCoverage::treatments`] of the other side.
    pub treatment: Option<usize>,
}

/// The topic the reader holds, as each text treats it.
#[derive(Debug, Clone)]
pub struct TopicInBoth {
    /// The topic in the left text.
    pub left: Arc<TopicCoverage>,
    /// The topic in the right text.
    pub right: Arc<TopicCoverage>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Only treatments of this topic, one counterpart for each; with `None`, any passage.
    pub topic: Option<TopicInBoth>,
    /// At most so many.
    pub limit: usize,
    /// Also those below [`THRESHOLD`], which are not worth showing unasked.
    pub all: bool,
    /// Whether to say why; it costs more than the ranking.
    pub reasons: bool,
}

/// Two indexed texts, side by side. Immutable; shared between threads, and cheap to clone.
#[derive(Debug, Clone)]
pub struct Pairing {
    pub(super) left: Arc<PassageIndex>,
    right: Arc<PassageIndex>,
    weights: Arc<[SideWeights; 2]>,
    /// How much the neighbours of a passage speak for it, 0 to 1: much in texts that run on, not at all in lists.
    run: f32,
    /// The likeness to expect of any two passages.
    usual: f32,
    comparable: Comparable,
    /// How far the words of the two whole texts are from those of texts on one subject.
    strange: f32,
    /// For each side and passage the spread of its likenesses.
    spreads: Arc<[Spreads; 2]>,
    /// The quotations that both texts have, once they are known.
    pub(super) quoted: Arc<OnceLock<Quoted>>,
    /// For each passage the best scores it has.
    pub(super) tops: Arc<Tops>,
    pub(super) topical: Option<Arc<Topical>>,
    /// Where there is a table of related words for both, or a model has spoken of them.
    nearness: Option<Arc<Nearness>>,
}

/// A text this coherent runs on (see [`coherence`]).
const RUNS_ON: f32 = 0.3;
/// Texts are lists the less the more they run on, and those that do so for one part in so many not at all.
const LISTS: f32 = 3.0;
/// A likeness of less than this is as good as none.
const LITTLE: f32 = 0.005;
/// How many rows tell the usual likeness.
const SAMPLED: usize = 24;

/// A candidate whose evidence is complete.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighed {
    /// Its index.
    pub passage: u32,
    pub evidence: Evidence,
    pub score: f32,
}

/// What ranking works with, kept from one passage to the next.
#[derive(Default)]
pub(super) struct Desk {
    row: Likeness,
    sharing: Sharing,
}

impl Default for Ask {
    fn default() -> Self {
        Self { topic: None, limit: 5, all: false, reasons: true }
    }
}

impl Counterpart {
    /// Whether its score is worth showing unasked. With a topic held, others are shown too, as what they are: passages
    /// that treat the same topic.
    pub fn is_likely(&self) -> bool {
        self.score >= THRESHOLD && !self.evidence.is_slight()
    }
}

impl TopicInBoth {
    /// Puts counterparts of a passage in order: the closest first, then those whose treatment is the stronger.
    pub fn closest_first(&self, side: Side, found: &mut [Counterpart]) {
        let across = self.on(side.other()).treatments();
        let strength = |c: &Counterpart| c.treatment.map_or(0.0, |t| across[t].strength);
        found.sort_by(|a, b| {
            let closer = b.score.total_cmp(&a.score).then(strength(b).total_cmp(&strength(a)));
            closer.then(a.passage.cmp(&b.passage))
        });
    }

    /// The topic in the text of `side`.
    pub fn on(&self, side: Side) -> &Arc<TopicCoverage> {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }
}

impl Pairing {
    /// Lays two indexed texts side by side.
    pub fn new(left: Arc<PassageIndex>, right: Arc<PassageIndex>) -> Self {
        let (mut on_left, mut on_right) = weigh(&left, &right);
        let comparable = Comparable::of(&left, &right, &on_left);
        if !comparable.is_comparable() {
            write_alike((&left, &mut on_left), (&right, &mut on_right));
        }
        let coherent = coherence(&left, &on_left).min(coherence(&right, &on_right));
        let spreads = [Spreads::new(left.passage_count()), Spreads::new(right.passage_count())];
        let mut pairing = Self {
            run: (coherent / RUNS_ON).min(1.0),
            usual: 0.0,
            strange: strange(&left, &right, &on_left),
            comparable,
            weights: Arc::new([on_left, on_right]),
            spreads: Arc::new(spreads),
            quoted: Arc::default(),
            tops: Arc::default(),
            topical: None,
            nearness: Nearness::of_words(&left, &right).map(Arc::new),
            left,
            right,
        };
        pairing.usual = pairing.sampled();
        pairing
    }

    /// This pairing, knowing which topics the two texts treat: they speak for and against its pairs.
    #[must_use]
    pub fn with_topics(&self, left: &Coverage, right: &Coverage) -> Self {
        Self { topical: Topical::of(left, right).map(Arc::new), tops: Arc::default(), ..self.clone() }
    }

    /// This pairing, knowing what the reader's sentence model says of every passage of both texts: it speaks in the place of
    /// the table of related words. Meanings of another number of passages say nothing.
    #[must_use]
    pub fn with_model(&self, said: [Arc<Meanings>; 2]) -> Self {
        let whole = said[0].len() == self.left.passage_count() && said[1].len() == self.right.passage_count();
        if !whole {
            return self.clone();
        }
        Self { nearness: Some(Arc::new(Nearness::by_model(said))), tops: Arc::default(), ..self.clone() }
    }

    /// Whether the reader's model has spoken of its passages.
    pub fn is_by_model(&self) -> bool {
        self.nearness.as_ref().is_some_and(|nearness| nearness.is_by_model())
    }

    /// Whether the two texts can be compared by their words; where they cannot, no passage is to be called silent.
    pub fn comparable(&self) -> Comparable {
        self.comparable
    }

    /// The index of one side.
    pub fn side(&self, side: Side) -> &Arc<PassageIndex> {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    /// The counterparts of `passage` of `side` in the other text, the best first. Empty where there is none worth
    /// showing, or no such passage.
    pub fn counterparts(&self, side: Side, passage: PassageNo, ask: &Ask) -> Vec<Counterpart> {
        if let Some(held) = &ask.topic {
            return self.on_topic(side, passage, held, ask.limit);
        }
        let Some(here) = self.side(side).position(passage) else { return Vec::new() };
        let mut window = self.window(side, here);
        let candidates = window.candidates(self.run, self.usual, ask.limit);
        let mut desk = Desk { row: window.into_row(), sharing: Sharing::default() };
        let mut weighed = self.weigh_up(side, here, candidates, &mut desk, false);
        self.note_top(side, here, ask.limit, &weighed);
        self.lower(side, here, &mut weighed, &mut desk);
        told(here, weighed, ask, &mut self.reasoner(side))
    }

    /// The counterparts of every passage of `side`, in text order. Of two long texts they take more room than the texts:
    /// [`Self::each`] hands them out one by one.
    ///
    /// # Errors
    /// Breaks where `watch` does.
    pub fn all(&self, side: Side, ask: &Ask, watch: Watcher<'_>) -> ControlFlow<(), Vec<Vec<Counterpart>>> {
        let mut found = Vec::with_capacity(self.side(side).passage_count());
        self.each(side, ask, watch, &mut |_, counterparts| {
            found.push(counterparts);
            ControlFlow::Continue(())
        })?;
        ControlFlow::Continue(found)
    }

    /// Hands the counterparts of every passage of `side` to `take`, in text order.
    ///
    /// # Errors
    /// Breaks where `watch` or `take` does.
    pub fn each(
        &self,
        side: Side,
        ask: &Ask,
        watch: Watcher<'_>,
        take: &mut dyn FnMut(PassageNo, Vec<Counterpart>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let mut candidates = self.candidates(side, ask.limit, watch)?;
        let (mut desk, mut reasoner) = (Desk::default(), self.reasoner(side));
        // All passages are asked, so what each passage across has need not be looked for.
        let mut across = vec![Top::default(); self.side(side.other()).passage_count()];
        // What may be shown of all of them, one after the other: a list for each would leave holes of the size of its candidates.
        // All candidates would take more room than the texts, and are weighed again.
        let (mut kept, mut starts) = (Vec::new(), Vec::with_capacity(candidates.len()));
        let count = candidates.len();
        for (here, found) in candidates.iter_mut().enumerate() {
            if here.is_multiple_of(64) {
                watch(here, count)?;
            }
            let found = if ask.all { found.clone() } else { std::mem::take(found) };
            let weighed = self.weigh_up(side, here, found, &mut desk, false);
            self.note_top(side, here, ask.limit, &weighed);
            for w in &weighed {
                across[w.passage as usize].see(w.score);
            }
            starts.push((top_of(&weighed), kept.len()));
            if !ask.all {
                // Scores are only lowered.
                kept.extend(weighed.into_iter().filter(|w| worth(w, ask)));
            }
        }
        for (here, found) in candidates.into_iter().enumerate() {
            if here.is_multiple_of(64) {
                watch(here, count)?;
            }
            let (top, from) = starts[here];
            let to = starts.get(here + 1).map_or(kept.len(), |(_, from)| *from);
            let mut weighed =
                if ask.all { self.weigh_up(side, here, found, &mut desk, false) } else { kept[from..to].to_vec() };
            for w in &mut weighed {
                let there = across[w.passage as usize];
                w.lower(|score| top.before(score).min(there.before(score)));
            }
            best_first(&mut weighed);
            take(PassageNo(here as u32 + 1), told(here, weighed, ask, &mut reasoner))?;
        }
        ControlFlow::Continue(())
    }

    /// Lowers the scores of pairs that are the closest of neither passage, and puts them in order; see [`super::closest`].
    pub(super) fn lower(&self, side: Side, here: usize, weighed: &mut [Weighed], desk: &mut Desk) {
        for w in weighed.iter_mut() {
            let there = w.passage as usize;
            w.lower(|score| match self.top(side, here, desk).before(score) {
                0 => 0,
                before => before.min(self.top(side.other(), there, desk).before(score)),
            });
        }
        best_first(weighed);
    }

    /// The best scores of a passage: as noted before, or from a row of its own.
    fn top(&self, side: Side, passage: usize, desk: &mut Desk) -> Top {
        if let Some(known) = self.tops.get(side, self.quoted.get().is_some(), passage) {
            return known;
        }
        let candidates = self.window(side, passage).candidates(self.run, self.usual, 1);
        let weighed = self.weigh_up(side, passage, candidates, desk, false);
        self.note_top(side, passage, 1, &weighed);
        top_of(&weighed)
    }

    /// Notes the best scores of a passage whose candidates these are. More candidates than usual would tell otherwise what
    /// each passage has.
    fn note_top(&self, side: Side, passage: usize, limit: usize, weighed: &[Weighed]) {
        if limit <= CANDIDATES / 2 {
            let (quoted, count) = (self.quoted.get().is_some(), self.side(side).passage_count());
            self.tops.note(side, quoted, passage, count, top_of(weighed));
        }
    }

    /// Tells the pairing which quotations its two texts share (see [`super::quotation::shared_quotations`]): they are
    /// evidence, and given as reasons. Only the first time counts.
    pub fn know_quotations(&self, found: &[SharedQuotation]) {
        self.quoted.get_or_init(|| Quoted::of(found, self.left.text(), self.right.text()));
    }

    /// What the two passages have in common, the weightiest first.
    pub fn because(&self, side: Side, here: PassageNo, there: PassageNo) -> Vec<Reason> {
        self.reasoner(side).reasons(here, there)
    }

    /// The candidates of every passage of `side`; notes the spread of every passage of both texts.
    fn candidates(&self, side: Side, limit: usize, watch: Watcher<'_>) -> ControlFlow<(), Vec<Vec<Candidate>>> {
        let count = self.side(side).passage_count();
        let mut columns = Columns::new(self.side(side.other()).passage_count());
        let mut window = self.window(side, 0);
        let mut candidates = Vec::with_capacity(count);
        for here in 0..count {
            if here.is_multiple_of(64) {
                watch(here, count)?;
            }
            if here > 0 {
                window.advance(here, count, |passage, row| self.fill(side, passage, row));
            }
            self.spreads[side as usize].note(here, Spread::of(&window.here().likeness));
            columns.see(&window.here().likeness);
            candidates.push(window.candidates(self.run, self.usual, limit));
        }
        for (passage, spread) in columns.spreads().enumerate() {
            self.spreads[side.other() as usize].note(passage, spread);
        }
        ControlFlow::Continue(candidates)
    }

    pub(super) fn reasoner(&self, side: Side) -> Reasoner<'_> {
        Reasoner::new(self.weighed(side), self.side(side.other()), self.quoted.get().map(|q| (q, side)))
    }

    pub(super) fn weighed(&self, side: Side) -> (&PassageIndex, &SideWeights) {
        (self.side(side), &self.weights[side as usize])
    }

    pub(super) fn fill(&self, side: Side, passage: usize, row: &mut Likeness) {
        row.fill(passage, self.weighed(side), self.weighed(side.other()));
    }

    /// The spread of a passage: as noted before, or from a row of its own.
    fn spread(&self, side: Side, passage: usize, row: &mut Likeness) -> Spread {
        let spreads = &self.spreads[side as usize];
        spreads.get(passage).unwrap_or_else(|| {
            self.fill(side, passage, row);
            spreads.note(passage, Spread::of(&row.likeness))
        })
    }

    /// The mean likeness, from rows all over the left text.
    fn sampled(&self) -> f32 {
        let (count, across) = (self.left.passage_count(), self.right.passage_count());
        let rows = count.min(SAMPLED);
        let mut row = Likeness::default();
        let mut sum = 0.0;
        for nth in 0..rows {
            self.fill(Side::Left, nth * count / rows, &mut row);
            sum += row.likeness.iter().sum::<f32>();
        }
        sum / (rows * across).max(1) as f32
    }

    /// The rows of the passages around one.
    pub(super) fn window(&self, side: Side, here: usize) -> Window {
        Window::around(here, self.side(side).passage_count(), |passage, row| self.fill(side, passage, row))
    }

    pub(super) fn choose(&self, window: &mut Window, limit: usize) -> Vec<Candidate> {
        window.candidates(self.run, self.usual, limit)
    }

    pub(super) fn best_of(&self, window: &Window, passages: Range<usize>, most: usize) -> Vec<Candidate> {
        window.best_of(passages, most, self.run, self.usual)
    }

    /// Candidates with all that speaks for and against them, in no order; of a topic that is `held` where so.
    pub(super) fn weigh_up(
        &self,
        side: Side,
        here: usize,
        candidates: Vec<Candidate>,
        desk: &mut Desk,
        held: bool,
    ) -> Vec<Weighed> {
        let (mine, across) = (self.weighed(side), self.weighed(side.other()));
        desk.sharing.take(here, mine, across.0);
        let spread = self.spread(side, here, &mut desk.row);
        let number = |at: usize| PassageNo(at as u32 + 1);
        let mut seen = None;
        candidates
            .into_iter()
            .map(|Candidate { passage, likeness, around }| {
                let there = passage as usize;
                let other = self.spread(side.other(), there, &mut desk.row);
                let shared = desk.sharing.with(there, across.0);
                let quoted = self.quoted.get().is_some_and(|q| q.share(side, number(here), number(there)));
                let mut evidence = Evidence {
                    likeness,
                    around: (around + LITTLE) / (self.usual + LITTLE),
                    above: [
                        spread.above(likeness, across.0.passage_count()),
                        other.above(likeness, mine.0.passage_count()),
                    ],
                    shared: shared.roots,
                    breadth: shared.breadth,
                    names: shared.names,
                    phrases: shared.phrases,
                    words: [mine.0.words[here], across.0.words[there]],
                    quoted,
                    topics: self.topical.as_deref().map(|t| t.between(side, number(here), number(there))),
                    strange: self.strange,
                    near: self.nearness.as_deref().map(|n| n.between(side, here, there)),
                    passages: [mine.0.passage_count(), across.0.passage_count()],
                    listed: (1.0 - LISTS * self.run).max(0.0),
                    close: None,
                };
                let unseen = evidence.score();
                let looked = unseen >= LOOKED_FROM && self.comparable.is_comparable();
                if looked {
                    let one = seen.get_or_insert_with(|| Seen::of(here, mine, across.0, |_, twin| twin));
                    evidence.close = Some(Close::of(one, &Seen::of(there, across, mine.0, |root, _| root)));
                }
                let score = match (held, looked) {
                    (true, _) => evidence.score_on_topic(),
                    (false, true) => evidence.score(),
                    (false, false) => unseen,
                };
                Weighed { passage, evidence, score }
            })
            .collect()
    }
}

impl Weighed {
    /// Lowers the score by how many answers stand before the pair, where it is high enough to matter.
    fn lower(&mut self, before: impl FnOnce(f32) -> usize) {
        if self.score >= LOWERED_FROM {
            self.score = lowered(self.score, before(self.evidence.score()));
        }
    }
}

fn top_of(weighed: &[Weighed]) -> Top {
    Top::of(weighed.iter().map(|w| w.score))
}

/// Puts candidates in order.
fn best_first(weighed: &mut [Weighed]) {
    weighed.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.passage.cmp(&b.passage)));
}

/// Whether a candidate is worth showing to who asks so.
pub(super) fn worth(weighed: &Weighed, ask: &Ask) -> bool {
    ask.all || (weighed.score >= THRESHOLD && !weighed.evidence.is_slight())
}

/// The candidates of one passage cut to what was asked for, and given their reasons.
fn told(here: usize, weighed: Vec<Weighed>, ask: &Ask, reasoner: &mut Reasoner<'_>) -> Vec<Counterpart> {
    let shown = weighed.into_iter().filter(|w| worth(w, ask)).take(ask.limit);
    shown
        .map(|Weighed { passage, evidence, score }| {
            let (number, passage) = (PassageNo(here as u32 + 1), PassageNo(passage + 1));
            let because = if ask.reasons { reasoner.reasons(number, passage) } else { Vec::new() };
            Counterpart { passage, score, evidence, because, treatment: None }
        })
        .collect()
}
