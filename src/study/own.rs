//! What the reader has judged of two texts, and where in them it is.
//!
//! Files and anchors name places; a comparison needs passages. A judgement whose place cannot be found for certain is
//! listed, and joins nothing.

use std::collections::HashMap;
use std::ops::Range;

use crate::align::judged_pairs::JudgedPairs;
use crate::anchor::TextId;
use crate::anchor::find::Finder;
use crate::anchor::found::Found;
use crate::link::Side;
use crate::link::judged::{Join, Judged};
use crate::link::judgement::{Judgement, JudgementId, Relation, Verdict, fold};
use crate::link::sides::{BOTH, Sides};
use crate::text::Text;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::{Codebook, TopicId};

/// Where a place of a judgement is: which judgement, which of its places, in which pane.
pub type At = (JudgementId, usize, Side);

/// A text, and what the judgements of the pair that it is in call it.
#[derive(Debug, Clone)]
pub struct Called<'a> {
    /// Its name in the home that the two texts share.
    pub name: TextId,
    /// The text.
    pub text: &'a Text,
}

/// What was found in the files of the open pair.
#[derive(Debug, Default)]
pub struct FoundJudgements {
    /// The judgements, each once.
    pub judgements: Vec<Judgement>,
    /// Where they are in the two texts.
    pub places: Vec<(At, Found)>,
    /// What is wrong with the files, a line each.
    pub faults: Vec<Clean>,
}

/// What the reader has judged of the open pair.
#[derive(Debug, Clone, Default)]
pub struct PlacedJudgements {
    judgements: Vec<Judgement>,
    places: HashMap<At, Found>,
    /// Pairs of passages that are joined, with the judgement's place in the list.
    joined: Vec<((PassageNo, PassageNo), usize)>,
    /// Pairs of passages that are rejected, with the judgement's place in the list.
    rejected: Vec<((PassageNo, PassageNo), usize)>,
}

impl PlacedJudgements {
    /// What was found in files about two texts.
    pub fn of(found: FoundJudgements, texts: [&Text; 2]) -> Self {
        let mut own = Self::found_at(found);
        own.settle(texts.map(Some));
        own
    }

    /// What was found in files about two texts, before it is worked out which passages are joined ([`Self::settle`]).
    pub fn found_at(found: FoundJudgements) -> Self {
        let places = found.places.into_iter().collect();
        Self { judgements: found.judgements, places, ..Self::default() }
    }

    /// Works out which passages are joined and which rejected. Answers with the stretches of both texts that are joined.
    pub fn settle(&mut self, texts: [Option<&Text>; 2]) -> Sides<Vec<Range<usize>>> {
        let mut signs: Sides<Vec<Range<usize>>> = Sides::default();
        let (mut joined, mut rejected) = (Vec::new(), Vec::new());
        let place = |judgement: &Judgement, at: usize, side: Side| {
            let found = self.places.get(&(judgement.id.clone(), at, side))?;
            let text = texts[usize::from(side == Side::Right)]?;
            let hit = found.hit()?;
            Some((passage_of(found, text)?, text.offset_of(hit.range.start)..text.offset_of(hit.range.end)))
        };
        for (index, judgement) in self.judgements.iter().enumerate() {
            if matches!(judgement.verdict, Verdict::Silent(..)) {
                continue;
            }
            let is_link = judgement.relation().is_some();
            for side in BOTH.into_iter().filter(|_| is_link) {
                signs[side].extend((0..2).filter_map(|at| place(judgement, at, side)).map(|(_, range)| range));
            }
            // Of two passages of one text, either may be on either side.
            for (l, r) in [(0, 1), (1, 0)] {
                let (left, right) = (place(judgement, l, Side::Left), place(judgement, r, Side::Right));
                let Some(((left, _), (right, _))) = left.zip(right) else { continue };
                if is_link && !joined.contains(&((left, right), index)) {
                    joined.push(((left, right), index));
                } else if !is_link {
                    rejected.push(((left, right), index));
                }
            }
        }
        joined.sort_unstable();
        (self.joined, self.rejected) = (joined, rejected);
        signs
    }

    /// Puts `judgement` in place of the one of this name, or takes that away. Where its places are is to be said with
    /// [`Self::know`], and which passages it joins is worked out by [`Self::settle`].
    pub fn set(&mut self, id: &JudgementId, judgement: Option<Judgement>) {
        self.judgements.retain(|j| j.id != *id);
        if judgement.is_some() {
            let all = std::mem::take(&mut self.judgements);
            self.judgements = fold(all.into_iter().chain(judgement));
        }
    }

    /// Whether the places of a judgement were looked for.
    pub fn knows(&self, judgement: &Judgement) -> bool {
        [0, 1].iter().any(|at| BOTH.iter().any(|side| self.found(judgement, *at, *side).is_some()))
    }

    /// Where places of judgements were found.
    pub fn know(&mut self, places: Vec<(At, Found)>) {
        self.places.extend(places);
    }

    /// The texts have changed sides.
    pub fn swap(&mut self) {
        let places = std::mem::take(&mut self.places);
        self.places = places.into_iter().map(|((id, at, side), found)| ((id, at, side.other()), found)).collect();
    }

    /// Everything there is, in the order of a file.
    pub fn all(&self) -> &[Judgement] {
        &self.judgements
    }

    /// The judgement of this name.
    pub fn get(&self, id: &JudgementId) -> Option<&Judgement> {
        self.judgements.iter().find(|j| j.id == *id)
    }

    /// How a place of a judgement was found in a pane's text; `None` where it is of another text.
    pub fn found(&self, judgement: &Judgement, place: usize, side: Side) -> Option<&Found> {
        self.places.get(&(judgement.id.clone(), place, side))
    }

    /// The links of the open pair, in the order of the left text.
    pub fn links(&self) -> impl Iterator<Item = ((PassageNo, PassageNo), &Judgement)> {
        self.joined.iter().map(|(pair, at)| (*pair, &self.judgements[*at]))
    }

    /// The rejections of the open pair.
    pub fn rejections(&self) -> impl Iterator<Item = ((PassageNo, PassageNo), &Judgement)> {
        self.rejected.iter().map(|(pair, at)| (*pair, &self.judgements[*at]))
    }

    /// The first pair that the reader joined on a topic, or on one that was merged into it.
    pub fn first_on(&self, topic: &TopicId, codebook: &Codebook) -> Option<(PassageNo, PassageNo)> {
        let is_on = |judgement: &Judgement| judgement.topic.as_ref().map(|id| codebook.meant(id)) == Some(topic);
        self.links().find(|(_, judgement)| is_on(judgement)).map(|(pair, _)| pair)
    }

    /// The link that joins these two passages, whatever it is about.
    pub fn link_between(&self, left: PassageNo, right: PassageNo) -> Option<&Judgement> {
        self.links_between(left, right).next()
    }

    /// All links that join these two passages: of several readers, each may have one.
    pub fn links_between(&self, left: PassageNo, right: PassageNo) -> impl Iterator<Item = &Judgement> {
        self.links().filter(move |(pair, _)| *pair == (left, right)).map(|(_, judgement)| judgement)
    }

    /// Everything that joins these two passages, then what rejects them: of several readers, each may say something else.
    pub fn said_between(&self, left: PassageNo, right: PassageNo) -> impl Iterator<Item = &Judgement> {
        self.links()
            .chain(self.rejections())
            .filter(move |(pair, _)| *pair == (left, right))
            .map(|(_, judgement)| judgement)
    }

    /// What counts whatever topic is meant: every link, and what is rejected.
    pub fn judged(&self) -> Judged {
        self.judged_as(&|_| Some(false))
    }

    /// What counts for a topic: the links that name it, or one that was merged into it, or none; and what is rejected.
    pub fn judged_on(&self, topic: &TopicId, codebook: &Codebook) -> Judged {
        self.judged_as(&|link| match &link.topic {
            Some(named) => (codebook.meant(named) == topic).then_some(true),
            None => Some(false),
        })
    }

    /// The links that name no topic, or one that is none any more.
    pub fn judged_on_none(&self, codebook: &Codebook) -> Judged {
        let is_known = |id: &TopicId| codebook.get(id.as_str()).is_some();
        let joined = self.judged_as(&|link| (!link.topic.as_ref().is_some_and(is_known)).then_some(true)).joined;
        Judged { joined, rejected: Vec::new() }
    }

    /// What it says of the two texts as versions of one work.
    pub fn said(&self) -> JudgedPairs {
        let same = |link: &Judgement| link.relation().is_some_and(Relation::says_the_same);
        let pairs = |wanted: bool| self.links().filter(move |(_, link)| same(link) == wanted).map(|(pair, _)| pair);
        let is_joined = |pair: &(PassageNo, PassageNo)| self.links().any(|(joined, _)| joined == *pair);
        JudgedPairs {
            joined: pairs(true).collect(),
            related: pairs(false).collect(),
            rejected: self.rejected.iter().map(|(pair, _)| *pair).filter(|pair| !is_joined(pair)).collect(),
        }
    }

    /// `counts` says of a link whether it counts, and if so, whether it names the topic.
    fn judged_as(&self, counts: &dyn Fn(&Judgement) -> Option<bool>) -> Judged {
        let join = |((left, right), link)| Some(Join { left, right, on_topic: counts(link)? });
        Judged {
            joined: self.links().filter_map(join).collect(),
            rejected: self.rejected.iter().map(|(pair, _)| *pair).collect(),
        }
    }
}

/// Where the places of judgements are in two texts, left and right. Slow where a text has changed: for a worker.
pub fn find_places(judgements: &[Judgement], texts: [Called<'_>; 2]) -> Vec<(At, Found)> {
    let mut found = Vec::new();
    for (side, Called { name, text }) in BOTH.into_iter().zip(texts) {
        let finder = Finder::new(text);
        for judgement in judgements {
            for (at, place) in judgement.places().into_iter().enumerate().filter(|(_, p)| p.text == name) {
                found.push(((judgement.id.clone(), at, side), finder.find(place)));
            }
        }
    }
    found
}

/// The passage that a place was found in; within a footnote the one that cites it or stands before it.
pub fn passage_of(found: &Found, text: &Text) -> Option<PassageNo> {
    let block = found.hit()?.range.start.block as usize;
    text.numbering().passage_near(block)
}
