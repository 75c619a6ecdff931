//! What the reader has judged of the open pair, and where in the two texts it is.
//!
//! Files and anchors name places; the panes need passages. A worker reads the files and finds the places; what is made
//! in the session is found at once, because it is made of the text that is open. A judgement whose place cannot be found
//! for certain is listed, and drawn nowhere.

use std::collections::HashMap;
use std::ops::Range;

use super::App;
use super::joint::Then;
use super::keeping::Made;
use super::margin::SignKind;
use super::message::Effect;
use super::pane::Open;
use super::side::{BOTH, Sides};
use crate::anchor::TextId;
use crate::anchor::find::Finder;
use crate::anchor::found::Found;
use crate::link::Side;
use crate::link::judged::{Join, Judged};
use crate::link::judgement::{Judgement, JudgementId, Verdict, fold};
use crate::text::Text;
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::{Codebook, TopicId};

/// Where a place of a judgement is: which judgement, which of its places, in which pane.
pub type At = (JudgementId, usize, Side);

/// What was found in the files of the open pair.
#[derive(Debug, Default)]
pub struct FoundOwn {
    /// The judgements, each once.
    pub judgements: Vec<Judgement>,
    /// Where they are in the two texts.
    pub places: Vec<(At, Found)>,
    /// What is wrong with the files, a line each.
    pub faults: Vec<Clean>,
}

/// What the reader has judged of the open pair.
#[derive(Debug, Default)]
pub struct Own {
    judgements: Vec<Judgement>,
    places: HashMap<At, Found>,
    /// Pairs of passages that are joined, with the judgement's place in the list.
    joined: Vec<((PassageNo, PassageNo), usize)>,
    rejected: Vec<(PassageNo, PassageNo)>,
    /// Goes up with every change, so that what was read before it is recognised.
    stamp: u64,
    /// What was told already.
    told: Vec<Clean>,
}

impl Own {
    /// What was found in files about two texts.
    pub fn of(found: FoundOwn, texts: [&Text; 2]) -> Self {
        let places = found.places.into_iter().collect();
        let mut own = Self { judgements: found.judgements, places, ..Self::default() };
        own.settle(texts.map(Some));
        own
    }

    /// Works out which passages are joined and which rejected. Answers with the stretches of both texts that are joined.
    fn settle(&mut self, texts: [Option<&Text>; 2]) -> Sides<Vec<Range<usize>>> {
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
                    rejected.push((left, right));
                }
            }
        }
        joined.sort_unstable();
        (self.joined, self.rejected) = (joined, rejected);
        signs
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

    /// The first pair that the reader joined on a topic, or on one that was merged into it.
    pub fn first_on(&self, topic: &TopicId, codebook: &Codebook) -> Option<(PassageNo, PassageNo)> {
        let is_on = |judgement: &Judgement| judgement.topic.as_ref().map(|id| codebook.meant(id)) == Some(topic);
        self.links().find(|(_, judgement)| is_on(judgement)).map(|(pair, _)| pair)
    }

    /// The link that joins these two passages, whatever it is about.
    pub fn link_between(&self, left: PassageNo, right: PassageNo) -> Option<&Judgement> {
        self.links().find(|(pair, _)| *pair == (left, right)).map(|(_, judgement)| judgement)
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

    /// `counts` says of a link whether it counts, and if so, whether it names the topic.
    fn judged_as(&self, counts: &dyn Fn(&Judgement) -> Option<bool>) -> Judged {
        let join = |((left, right), link)| Some(Join { left, right, on_topic: counts(link)? });
        Judged { joined: self.links().filter_map(join).collect(), rejected: self.rejected.clone() }
    }
}

/// Where the places of judgements are in the open texts. Slow where a text has changed: for a worker.
pub fn find_places(judgements: &[Judgement], texts: [&Open; 2]) -> Vec<(At, Found)> {
    let mut found = Vec::new();
    for (side, open) in BOTH.into_iter().zip(texts) {
        let name = name_within(open, texts[usize::from(side == Side::Left)]);
        let finder = Finder::new(&open.text);
        for judgement in judgements {
            for (at, place) in judgement.places().into_iter().enumerate().filter(|(_, p)| p.text == name) {
                found.push(((judgement.id.clone(), at, side), finder.find(place)));
            }
        }
    }
    found
}

/// What a text is called in the home it has together with another: by its path in the library where both are of one.
pub fn name_within(open: &Open, other: &Open) -> TextId {
    if open.library == other.library { open.id.clone() } else { TextId(open.request.clone()) }
}

/// The passage that a place was found in; within a footnote the one that cites it or stands before it.
pub fn passage_of(found: &Found, text: &Text) -> Option<PassageNo> {
    let block = found.hit()?.range.start.block as usize;
    text.numbering().passage_near(block)
}

impl App {
    /// Has the files of the open pair read again.
    pub(super) fn find_own(&mut self) {
        if !self.is_whole() {
            return;
        }
        let (Some(left), Some(right)) = (self.panes.left.open().cloned(), self.panes.right.open().cloned()) else {
            return;
        };
        let wished = self.wished_judgements().into_iter().filter_map(|(_, judgement)| judgement).collect();
        self.effect(Effect::FindOwn { stamp: self.own.stamp, texts: (left, right), wished });
    }

    /// The texts of the pair have changed: nothing is known of it until the files are read again.
    pub(super) fn forget_own(&mut self) {
        let (stamp, told) = (self.own.stamp + 1, std::mem::take(&mut self.own.told));
        self.own = Own { stamp, told, ..Own::default() };
        self.settle_own();
        self.find_own();
    }

    pub(super) fn found_own(&mut self, versions: (u64, u64), stamp: u64, found: FoundOwn) {
        if Some(versions) != self.versions() {
            return;
        }
        if stamp != self.own.stamp {
            // Something was made while the files were read: what was read may lack it.
            return self.find_own();
        }
        let new = found.faults.iter().find(|fault| !self.own.told.contains(fault));
        if let Some(fault) = new {
            self.notice = Some(fault.clone());
        }
        self.own.told = found.faults;
        self.own.places = found.places.into_iter().collect();
        self.own.judgements = found.judgements;
        for (id, judgement) in self.wished_judgements() {
            self.set_judgement(&id, judgement);
        }
        self.settle_own();
        self.judged();
    }

    /// What is wished to be in the files, and not known to be there.
    fn wished_judgements(&self) -> Vec<(JudgementId, Option<Judgement>)> {
        let of_pair = self.texts_of_pair();
        let wish = |made| match made {
            Made::Judgement { texts, id, judgement } if Some(&texts) == of_pair.as_ref() => Some((id, judgement)),
            _ => None,
        };
        self.unkept().into_iter().filter_map(|keep| wish(keep.made)).collect()
    }

    /// What opens the two texts of the pair, in an order of their own.
    pub(super) fn texts_of_pair(&self) -> Option<[String; 2]> {
        let mut texts = [self.panes.left.open()?.request.clone(), self.panes.right.open()?.request.clone()];
        texts.sort();
        Some(texts)
    }

    /// Has a judgement be so from now on, or not be there.
    pub(super) fn change_judgement(&mut self, id: &JudgementId, judgement: Option<Judgement>) {
        self.own.stamp += 1;
        self.set_judgement(id, judgement);
        self.settle_own();
        self.judged();
    }

    fn set_judgement(&mut self, id: &JudgementId, judgement: Option<Judgement>) {
        self.own.judgements.retain(|j| j.id != *id);
        let Some(judgement) = judgement else { return };
        if let (Some(left), Some(right)) = (self.panes.left.open(), self.panes.right.open()) {
            let known = [0, 1].iter().any(|at| BOTH.iter().any(|s| self.own.found(&judgement, *at, *s).is_some()));
            let as_made = |open: &Open| judgement.places().iter().any(|p| p.hash == open.text.hash());
            // What is made of the texts as they are is found at once; anything else is a worker's to find.
            if !known && (as_made(left) || as_made(right)) {
                self.own.places.extend(find_places(std::slice::from_ref(&judgement), [left, right]));
            }
        }
        let all = std::mem::take(&mut self.own.judgements);
        self.own.judgements = fold(all.into_iter().chain([judgement]));
    }

    /// What the reader has judged that counts while a topic is held, or none.
    pub fn judged_for(&self, topic: Option<&TopicId>) -> Judged {
        topic.map_or_else(|| self.own.judged(), |topic| self.own.judged_on(topic, &self.codebook))
    }

    /// How a link joins its passages; of one on another topic than the held one, on which.
    pub fn said_of_link(&self, link: &Judgement) -> String {
        let relation = link.relation().map_or("", |r| r.word());
        match (&link.topic, &self.topic) {
            (Some(topic), Some(held)) if self.codebook.meant(topic) != held => {
                format!("{relation} on {}", self.topic_name(topic))
            }
            _ => relation.to_owned(),
        }
    }

    /// The link that joins the two current passages, whatever it is about.
    pub fn link_in_sight(&self) -> Option<&Judgement> {
        self.own.link_between(self.panes.left.current()?, self.panes.right.current()?)
    }

    /// Works out which passages are joined, and sets the signs beside them.
    fn settle_own(&mut self) {
        let texts = Sides::from_fn(|side| self.panes[side].open().cloned());
        let mut signs = self.own.settle(BOTH.map(|side| texts[side].as_ref().map(|open| &*open.text)));
        for side in BOTH {
            self.margin[side].set(SignKind::Link, std::mem::take(&mut signs[side]));
        }
    }

    /// Whether the reader has checked that the other text says nothing: on the topic, or to the passage. What was
    /// checked of a topic before it was merged was not checked of the other.
    pub fn silence_checked(&self, lead: Side, from: PassageNo, topic: Option<&TopicId>) -> Option<&Judgement> {
        let across = self.panes[lead.other()].open()?;
        let here = self.panes[lead].open()?;
        let name = name_within(across, here);
        self.own.judgements.iter().find(|judgement| match &judgement.verdict {
            Verdict::Silent(text, None) => *text == name && topic.is_some() && judgement.topic.as_ref() == topic,
            Verdict::Silent(text, Some(_)) => {
                let found = self.own.found(judgement, 0, lead);
                *text == name && found.and_then(|f| passage_of(f, &here.text)) == Some(from)
            }
            _ => false,
        })
    }

    /// Whether a pane's text was found silent on a topic, and the reader has checked it.
    pub fn topic_silence_checked(&self, side: Side, topic: &TopicId) -> bool {
        let Some(open) = self.panes[side].open() else { return false };
        let name = match self.panes[side.other()].open() {
            Some(other) => name_within(open, other),
            None => open.id.clone(),
        };
        self.own.judgements.iter().any(|judgement| match &judgement.verdict {
            Verdict::Silent(text, None) => *text == name && judgement.topic.as_ref() == Some(topic),
            _ => false,
        })
    }

    /// What was judged has changed: what the joint says of the passage may have too.
    fn judged(&mut self) {
        self.refill_links();
        self.compare_for_synopsis();
        if self.asked.is_some() {
            self.ask_again();
        } else if let Some((lead, from)) = self.joint.as_ref().map(|j| (j.lead, j.from))
            && lead == self.focus
        {
            self.ask(from, Then::Tell);
        }
    }

    /// The panes have changed sides, and with them everything that is beside their texts.
    pub(super) fn swap_own(&mut self) {
        let places = std::mem::take(&mut self.own.places);
        self.own.places = places.into_iter().map(|((id, at, side), found)| ((id, at, side.other()), found)).collect();
        self.settle_own();
    }
}
