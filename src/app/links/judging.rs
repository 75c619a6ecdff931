//! Judging: the reader joins two passages, rejects a counterpart, or notes that a silence was checked.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use crate::anchor::{Anchor, TextId};
use crate::app::App;
use crate::app::command::Command;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::hinge::joint::{Joint, Then};
use crate::app::keys::Keys;
use crate::app::links::Links;
use crate::app::made::deed::Deed;
use crate::app::made::{Changed, Edit};
use crate::app::memory::{BothPanes, Seat};
use crate::app::overlay::{Ask, Asked, Overlay};
use crate::app::topics::Topics;
use crate::import::IMPORTER_VERSION;
use crate::link::Side;
use crate::link::judgement::{Judgement, JudgementId, Verdict};
use crate::link::sides::{BOTH, Sides};
use crate::model::address::{address_of, is_bundled, path_within};
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::topic::codebook::TopicId;
use crate::word::sentence::sentences;

/// Of a longer passage, its first sentences up to so many bytes are remembered: enough to find it by.
const QUOTED: usize = 1200;

impl App {
    /// Says no to what is shown: takes a link apart, rejects a counterpart, or notes that a silence was checked. A link
    /// that is more than this pair on this topic, with a note or on another topic, is not taken apart unasked.
    pub(in crate::app) fn reject(&mut self) {
        let Some(joint) = self.hinge.joint().cloned().filter(|j| j.lead == self.halves.focus()) else {
            return self.out.tell("nothing is shown here that could be rejected");
        };
        if joint.found.is_none() {
            return self.out.tell("still comparing the two texts");
        }
        let pinned = self.pinned_in_sight().filter(|pair| !self.hinge.is_joint_of(*pair));
        if let Some((left, right)) = self.pinned_and_left().filter(|pair| self.hinge.is_joint_of(*pair)) {
            return self
                .out
                .tell(format!("¶{left}⇄¶{right}, pinned, is elsewhere; nothing shown here could be rejected"));
        }
        let Some((left, right)) = pinned.or_else(|| joint.pair()) else {
            let deed = self.links.checking_silence(&self.halves, &self.topics, &self.keys, &joint);
            return self.carry_out(deed);
        };
        match self.links.link_to_take_apart(left, right, self.settings.author()).cloned() {
            Some(link)
                if link.note.is_empty()
                    && link.is_by(self.settings.author())
                    && self.links.judged_for(&self.topics, joint.topic.as_ref()).joins(left, right) =>
            {
                self.carry_out(self.halves.taking_back(&self.keys, &link));
            }
            Some(link) => self.screens.lay(Overlay::Asked(Asked::new(Ask::TakeApart(link.id)))),
            None if pinned.is_some() => self
                .out
                .tell(format!("¶{left} and ¶{right}, pinned, were not found to be a pair: nothing is to be rejected")),
            None => self.reject_pair(&joint, left, right),
        }
    }

    fn reject_pair(&mut self, joint: &Joint, left: PassageNo, right: PassageNo) {
        let (Some(texts), Some(one), Some(other)) = (
            self.halves.texts_of_pair(),
            self.halves.whole_place(Side::Left, left),
            self.halves.whole_place(Side::Right, right),
        ) else {
            return;
        };
        let rejection = Judgement::reject(one, other, joint.topic.clone());
        let level = self.hinge.is_level(&self.halves);
        self.make(format!("rejecting ¶{left}⇄¶{right}"), vec![Edit::Judgement(texts, Changed::made(rejection))]);
        // In place sync the other pane goes where the texts are level by what was said.
        let follows = self.versions.keeps_level(&self.hinge);
        let then = if level && !follows { Then::Pin(joint.at as i64) } else { Then::Tell };
        self.ask(joint.from, then);
        self.out.tell(format!(
            "¶{left} and ¶{right} are not shown as a pair again; {} undoes it",
            self.keys.key_of(command!("undo"))
        ));
    }

    /// Goes to what a judgement is about, opening its texts where others are open.
    pub(in crate::app) fn go_to_judgement(&mut self, id: &JudgementId) {
        let Some(judgement) = self.links.own.get(id).cloned() else { return };
        if let Some((left, right)) = self.links.passages_of(&self.halves, &judgement).first().copied() {
            let topic = judgement.topic.as_ref().and_then(|id| self.topics.known(id));
            self.topics.hold(topic.or(self.topics.held_id().cloned()));
            self.go_to_pair(left, right);
            return;
        }
        let places = judgement.places();
        let opens = |side: Side, place: &Anchor| {
            self.halves.pane(side).open().is_some_and(|o| o.request == self.halves.request_of(&place.text))
        };
        let turned = places.first().is_some_and(|p| opens(Side::Right, p))
            || places.get(1).is_some_and(|p| opens(Side::Left, p));
        let mut seats = places.iter().map(|place| {
            let request = self.halves.request_of(&place.text);
            Some(Seat { request, anchor: (*place).clone(), line: None, named_by: Some(Clean::line("links.toml")) })
        });
        let (one, other) = (seats.next().flatten(), seats.next().flatten());
        let panes = if turned { Sides { left: other, right: one } } else { Sides { left: one, right: other } };
        if panes == Sides::default() {
            return self.out.tell("this is about a whole text");
        }
        self.leave();
        self.restore(BothPanes { panes, topic: judgement.topic.clone(), focus: self.halves.focus() });
    }
}

impl Keys {
    /// The key of a command while reading, for a line that names it.
    pub(in crate::app) fn key_of(&self, command: &Command) -> String {
        let key = self.keymap().first_key(crate::app::command::Context::Reading, command);
        key.unwrap_or_else(|| format!(":{}", command.name))
    }
}

impl Halves {
    /// The taking back of a judgement.
    pub(in crate::app) fn taking_back(&self, keys: &Keys, judgement: &Judgement) -> Option<Deed> {
        let texts = self.texts_of_pair()?;
        let what = match &judgement.verdict {
            Verdict::Joined(..) => "taking the link apart",
            Verdict::Rejected(_) => "letting the rejected pair be shown again",
            Verdict::Silent(..) => "taking back that the silence was checked",
        };
        let change = Changed { before: Some(judgement.clone()), after: None };
        let said = match &judgement.verdict {
            Verdict::Joined(..) => "the link is taken apart",
            Verdict::Rejected(_) => "the pair may be shown again",
            Verdict::Silent(..) => "the silence counts as unchecked again",
        };
        let said = format!("{said}; {} undoes it", keys.key_of(command!("undo")));
        Some(Deed::told(what, vec![Edit::Judgement(texts, change)], said))
    }

    /// What opens the text that a judgement of the open pair calls so.
    pub(in crate::app) fn request_of(&self, id: &TextId) -> String {
        let open = BOTH.map(|side| self.pane(side).open());
        let known = open.iter().flatten().find(|text| match open {
            [Some(left), Some(right)] if Arc::ptr_eq(text, left) => text.name_beside(right) == *id,
            [Some(left), Some(_)] => text.name_beside(left) == *id,
            _ => text.id == *id,
        });
        if let Some(text) = known {
            return text.request.clone();
        }
        let library = match open {
            [Some(left), Some(right)] => left.library_with(right).or_else(|| left.library.clone()),
            _ => open.iter().flatten().find_map(|text| text.library.clone()),
        };
        let within = |library: PathBuf| path_within(&library, id.as_str()).map(|path| address_of(&path));
        let elsewhere = is_bundled(id.as_str());
        library.filter(|_| !elsewhere).and_then(within).unwrap_or_else(|| id.as_str().to_owned())
    }

    /// The place to join: the selection where there is one in this passage, else the passage.
    pub(in crate::app) fn place_of(&self, side: Side, passage: PassageNo) -> Option<Anchor> {
        let text = self.pane(side).text()?;
        let selection = self.selection().filter(|s| s.side == side);
        let within =
            |r: &Range<usize>| text.block_at(r.start).and_then(|b| text.numbering().passage_near(b)) == Some(passage);
        match selection.map(|s| s.range.clone()).filter(within) {
            Some(range) => self.anchor_of(side, range),
            None => self.whole_place(side, passage),
        }
    }

    /// A passage as a place; of a very long one, its beginning.
    fn whole_place(&self, side: Side, passage: PassageNo) -> Option<Anchor> {
        let text = self.pane(side).text()?;
        let block = text.blocks()[text.numbering().block_of(passage)?].range();
        let string = &text.string()[block.clone()];
        if string.len() <= QUOTED {
            return self.anchor_of(side, block);
        }
        let head = &string[..string.floor_char_boundary(QUOTED)];
        let whole = sentences(head).into_iter().rev().nth(1).map_or(head.len(), |s| s.end);
        self.anchor_of(side, block.start..block.start + whole)
    }

    fn anchor_of(&self, side: Side, range: Range<usize>) -> Option<Anchor> {
        let open = self.pane(side).open()?;
        let other = self.pane(side.other()).open().unwrap_or(open);
        let places = open.text.place_of(range.start)..open.text.place_of(range.end);
        Some(Anchor::of(open.name_beside(other), IMPORTER_VERSION, &open.text, places))
    }

    /// The strongest topic that both passages treat.
    pub(in crate::app) fn topic_of_both(&self, left: PassageNo, right: PassageNo) -> Option<TopicId> {
        let of = |side: Side, passage| {
            let study = self.pane(side).study.as_ref();
            study
                .map_or_else(Vec::new, |s| s.coverage.topics_of(passage).into_iter().map(|t| t.topic.clone()).collect())
        };
        let across = of(Side::Right, right);
        of(Side::Left, left).into_iter().find(|topic| across.contains(topic))
    }
}

impl Links {
    /// That the reader has checked a silence; where that is noted already, that it is not.
    fn checking_silence(&self, halves: &Halves, topics: &Topics, keys: &Keys, joint: &Joint) -> Option<Deed> {
        let across = joint.lead.other();
        let name = halves.name_of(across);
        if let Some(checked) = self.silence_checked(halves, joint.lead, joint.from, joint.topic.as_ref()).cloned() {
            return halves.taking_back(keys, &checked);
        }
        let (Some(texts), Some(open), Some(here)) =
            (halves.texts_of_pair(), halves.pane(across).open(), halves.pane(joint.lead).open())
        else {
            return None;
        };
        let text = open.name_beside(here);
        let (silence, what) = match &joint.topic {
            Some(topic) if halves.treatments(across, topic).is_empty() => {
                (Judgement::silence(text, None, Some(topic.clone())), format!("on {}", topics.name(topic)))
            }
            Some(_) if !self.rejected_of(halves, topics, joint).is_empty() => {
                let key = keys.key_of(command!("links"));
                let why = format!("what answered this passage is rejected already: {key} lists it, and takes it back");
                return Some(Deed::not(why));
            }
            Some(topic) => {
                let topic = topics.name(topic);
                let why = format!("¶{} does not treat {topic} itself: there is nothing to check", joint.from);
                return Some(Deed::not(why));
            }
            None => {
                let place = halves.whole_place(joint.lead, joint.from)?;
                (Judgement::silence(text, Some(place), None), format!("to ¶{}", joint.from))
            }
        };
        let change = Changed::made(silence);
        let said = format!("checked: {name} says nothing {what}; {} undoes it", keys.key_of(command!("undo")));
        let edit = Edit::Judgement(texts, change);
        Some(Deed::told(format!("noting that {name} is silent {what}"), vec![edit], said))
    }

    /// The link of two passages: the reader's own before those of others.
    fn link_to_take_apart(&self, left: PassageNo, right: PassageNo, reader: Option<&str>) -> Option<&Judgement> {
        let mut links = self.own.links_between(left, right);
        links.find(|link| link.is_by(reader)).or_else(|| self.own.link_between(left, right))
    }

    /// The id of a new judgement is that of what it says, unless that was given away before.
    pub(in crate::app) fn with_free_id(&self, mut judgement: Judgement) -> Judgement {
        let base = judgement.id.0.clone();
        let taken = |id: &JudgementId| self.own.get(id).is_some_and(|other| !other.says_the_same(&judgement));
        let mut id = judgement.id.clone();
        for n in 2.. {
            if !taken(&id) {
                break;
            }
            id = JudgementId(format!("{base}-{n}"));
        }
        judgement.id = id;
        judgement
    }

    /// The pairs of passages of the open texts that a judgement names.
    fn passages_of(&self, halves: &Halves, judgement: &Judgement) -> Vec<(PassageNo, PassageNo)> {
        let place = |at, side: Side| {
            let text = halves.pane(side).text()?;
            crate::study::own::passage_of(self.own.found(judgement, at, side)?, text)
        };
        [(0, 1), (1, 0)].into_iter().filter_map(|(l, r)| place(l, Side::Left).zip(place(r, Side::Right))).collect()
    }

    fn rejections(&self, halves: &Halves, left: PassageNo, right: PassageNo) -> impl Iterator<Item = &Judgement> {
        self.own.all().iter().filter(move |judgement| {
            matches!(judgement.verdict, Verdict::Rejected(_))
                && self.passages_of(halves, judgement).contains(&(left, right))
        })
    }

    /// What a rejection of the pair would stand in the way of goes with the link that says otherwise.
    pub(in crate::app) fn unreject(
        &self,
        halves: &Halves,
        left: PassageNo,
        right: PassageNo,
        texts: &[String; 2],
    ) -> Vec<Edit> {
        let rejected = self.rejections(halves, left, right);
        rejected.map(|j| Edit::Judgement(texts.clone(), Changed { before: Some(j.clone()), after: None })).collect()
    }
}
