//! Holding a topic and going to it, switching, and what comes of proposals.

use std::sync::Arc;

use crate::app::App;
use crate::app::commands::command;
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::hinge::joint::Then;
use crate::app::intent::Intent;
use crate::app::out::Out;
use crate::app::scene::Scene;
use crate::app::topics::Topics;
use crate::app::work::first_pair::FirstPair;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::keeping::Record;
use crate::model::settings::Sync;
use crate::study::proposal::Proposal;
use crate::text::passage::PassageNo;
use crate::topic::codebook::{Codebook, Topic, TopicId};
use crate::topic::treatment::Treatment;

impl App {
    /// Holds a topic and goes to where it was last read, else to its first pair; or lets go of it.
    pub(in crate::app) fn hold(&mut self, topic: Option<TopicId>) {
        self.search = None;
        self.topics.held.clone_from(&topic);
        self.hinge.forget_joint();
        self.hinge.forget_question();
        self.intent = Intent::None;
        self.hinge.set_pinned(false);
        self.screens.digress();
        if let Some(topic) = topic {
            self.go_to_topic(&topic, false);
        } else {
            if matches!(self.screens.scene(), Scene::Synopsis(_)) && !self.links.are_some_on_none(&self.topics.codebook)
            {
                self.screens.back_to_reading();
            }
            self.moved();
        }
        self.compare_for_synopsis();
    }

    /// Goes to a topic's pair, once both texts are known well enough. `left`: whether where the jump began is remembered
    /// already.
    pub(in crate::app) fn go_to_topic(&mut self, topic: &TopicId, left: bool) {
        let known = self.hinge.comparison(&self.halves, &self.topics, &self.links);
        let Some(comparison) = known.filter(|known| known.is_studied_on(topic)) else {
            return self.intent.go_to_topic_later(&self.halves, topic.clone(), left);
        };
        // What was kept may be of a text or a topic that has changed since.
        let last = self
            .hinge
            .last_pair(&self.halves, topic)
            .filter(|(left, right)| self.links.is_pair_on(&self.halves, &self.topics, topic, *left, *right));
        if let Some((one, other)) = last.or_else(|| self.links.own().first_on(topic, &self.topics.codebook)) {
            if !left {
                self.leave();
            }
            return self.arrive_at_pair(one, other);
        }
        let question = self.out.number();
        self.intent = Intent::FirstPair { question, topic: topic.clone(), left };
        self.out.ask_for(FirstPair { question, comparison, topic: topic.clone() });
    }

    /// The pair to begin a topic with was found, or there is none.
    pub(in crate::app) fn first_pair(&mut self, number: u64, pair: Option<(PassageNo, PassageNo)>) {
        let Some(has_left) = self.intent.first_pair(number) else { return };
        if !has_left {
            self.leave();
        }
        match pair {
            Some((left, right)) => {
                self.arrive_at_pair(left, right);
                self.remember_pair((left, right));
            }
            None => self.go_to_first_treatments(),
        }
    }

    /// For a topic of which no treatment answers another: a text that treats it goes to its strongest treatment, the
    /// other one is silent and stays; so it does where every pair was rejected.
    fn go_to_first_treatments(&mut self) {
        let Some(topic) = self.topics.held.clone() else { return };
        let name = self.topics.held().map_or_else(String::new, |t| t.name.clone());
        let best = |app: &Self, side| strongest(app.halves.treatments(side, &topic)).map(|t| (t.best, t.decisive));
        let mut found = [best(self, Side::Left), best(self, Side::Right)];
        if let [Some(_), Some(_)] = found {
            found[usize::from(self.halves.focus() == Side::Left)] = None;
        }
        for (side, place) in BOTH.into_iter().zip(found) {
            if let Some((passage, decisive)) = place {
                self.halves.pane_mut(side).jump_to_passage(passage, Some(decisive));
            }
        }
        self.hinge.begin();
        match found {
            [None, None] => self.out.tell(format!("neither text treats {name}")),
            [Some(_), None] => self.hinge.lead_alone(&mut self.halves, &mut self.out, Side::Left),
            [None, Some(_)] => self.hinge.lead_alone(&mut self.halves, &mut self.out, Side::Right),
            [Some(_), Some(_)] => {}
        }
        let pinned = found.iter().any(Option::is_some);
        if pinned && self.hinge.languages_apart().is_some() && self.versions.is_one_work(&self.hinge) {
            // What the terms do not find in the other language the alignment does.
            self.versions.set_level(&mut self.halves, &mut self.out);
        }
        self.hinge.set_pinned(pinned);
        self.tell_counterparts();
    }

    /// Walks the treatments of the held topic in the leading text.
    pub(in crate::app) fn step_treatment(&mut self, by: i64) {
        let Some(topic) = self.topics.held.clone() else { return };
        let Some(here) = self.halves.lead().current() else { return };
        if self.halves.lead().study.is_none() {
            self.out.tell_still_looking();
            return;
        }
        let treatments = self.halves.treatments(self.halves.focus(), &topic);
        let Some(target) = step(treatments, here, by) else {
            let name = self.topics.held().map_or("", |t| &t.name).to_owned();
            let text = self.halves.name_of(self.halves.focus());
            self.out.tell(match self.hinge.languages_apart() {
                Some(_) => format!("no term of {name} occurs in {text}, which is not silence: the languages differ"),
                None => format!("{text} is silent on {name}"),
            });
            return;
        };
        let (passage, place, count) = (treatments[target].best, treatments[target].decisive, treatments.len());
        let around = if by > 0 { treatments[target].to < here } else { treatments[target].from > here };
        self.jump_on_trail(passage, place);
        if count == 1 {
            self.out.tell("this is the only treatment in this text");
        } else if around {
            self.out.tell(if by > 0 { "back to the first" } else { "back to the last" });
        }
    }

    /// Holds the next one of the topics that the leading passage treats; the leading pane stays.
    pub(in crate::app) fn switch_topic(&mut self, by: i64) {
        let here = self.halves.topics_here(self.halves.focus());
        let others = here.iter().filter(|t| Some(*t) != self.topics.held.as_ref()).count();
        if others == 0 {
            let key = self
                .keys
                .keymap()
                .first_key(crate::app::command::Context::Reading, command!("topics"))
                .unwrap_or_default();
            self.out.tell(format!("this passage treats no other topic; {key} picks one"));
            return;
        }
        let at = self.topics.held.as_ref().and_then(|held| here.iter().position(|t| t == held));
        let next = match at {
            Some(at) => (at as i64 + by).rem_euclid(here.len() as i64),
            None if by > 0 => 0,
            None => here.len() as i64 - 1,
        };
        self.topics.held = Some(here[next as usize].clone());
        self.search = None;
        let Some(passage) = self.halves.lead().current() else { return };
        self.leave();
        let then = if self.hinge.sync() == Sync::Topic { Then::Pin(0) } else { Then::Tell };
        self.ask(passage, then);
    }

    /// Holds the next one of the topics that both texts treat, in the order of the codebook.
    pub(in crate::app) fn switch_shared_topic(&mut self, by: i64) {
        let treats = |side: Side, topic: &TopicId| !self.halves.treatments(side, topic).is_empty();
        let ids = self.topics.codebook.topics().iter().map(|t| &t.id);
        let shared: Vec<TopicId> = ids.filter(|t| BOTH.iter().all(|side| treats(*side, t))).cloned().collect();
        if shared.is_empty() {
            return self.topics.tell_of_proposals(&self.halves, &self.keys, &mut self.out);
        }
        let at = self.topics.held.as_ref().and_then(|held| shared.iter().position(|t| t == held));
        let next = match at {
            Some(at) => (at as i64 + by).rem_euclid(shared.len() as i64),
            None if by > 0 => 0,
            None => shared.len() as i64 - 1,
        };
        self.hold(Some(shared[next as usize].clone()));
    }

    pub(in crate::app) fn suggested(&mut self, versions: (u64, u64), found: Vec<Proposal>) {
        if Some(versions) != self.halves.versions() {
            return;
        }
        self.topics.suggested = found;
        self.topics.is_sought = true;
        self.topics.propose();
        self.refill_topics();
        self.screens.chart_proposals(&self.halves, &self.topics, &mut self.out);
    }

    /// Replaces a topic of the codebook by `topic`, or removes it.
    pub(in crate::app) fn change_topic(&mut self, id: &TopicId, topic: Option<Topic>) {
        let codebook = match topic {
            Some(topic) => self.topics.codebook.with(topic),
            None => self.topics.codebook.without(id.as_str()),
        };
        self.replace_codebook(Arc::new(codebook));
    }

    /// The topics files were read: what they say counts, but for what the reader made and is still to be written.
    pub(in crate::app) fn read_codebook(&mut self, mut codebook: Arc<Codebook>) {
        for order in self.made.unkept() {
            if let Record::Topic { id, topic, .. } = order.record {
                codebook = Arc::new(match topic {
                    Some(topic) => codebook.with(topic),
                    None => codebook.without(id.as_str()),
                });
            }
        }
        if codebook != self.topics.codebook {
            self.replace_codebook(codebook);
        }
    }

    /// Switches to another codebook. The held topic stays held if it still exists.
    fn replace_codebook(&mut self, codebook: Arc<Codebook>) {
        self.topics.replace(codebook);
        let topics = &self.topics;
        self.intent.rename(|id| topics.known(id));
        for side in BOTH {
            self.halves.study_pane(&self.topics, &mut self.out, side);
        }
        self.hinge.take_up();
        self.ask_joint_again();
        self.refill_topics();
        self.screens.dye_loom(&self.halves, &self.topics);
    }
}

impl Hinge {
    /// The only text that treats the held topic leads.
    fn lead_alone(&self, halves: &mut Halves, out: &mut Out, side: Side) {
        if halves.focus() == side {
            return;
        }
        halves.lead_with(side);
        let name = halves.name_of(side);
        out.tell(match self.languages_apart() {
            Some(_) => {
                format!("its terms occur only in {name}, which leads now; the other text is in another language")
            }
            None => format!("only {name} treats it, and leads now"),
        });
    }
}

impl Topics {
    /// What can be proposed cannot be found out: nobody waits for it any more.
    pub(in crate::app) fn not_suggested(&mut self, halves: &Halves, versions: (u64, u64)) {
        if Some(versions) == halves.versions() {
            self.is_sought = true;
        }
    }
}

fn strongest(treatments: &[Treatment]) -> Option<&Treatment> {
    treatments.iter().reduce(|best, t| if t.strength > best.strength { t } else { best })
}

/// The treatment `by` steps on from passage `here`, around the ends.
fn step(treatments: &[Treatment], here: PassageNo, by: i64) -> Option<usize> {
    let count = i64::try_from(treatments.len()).ok().filter(|&n| n > 0)?;
    let inside = treatments.iter().position(|t| t.contains(here));
    let target = if let Some(at) = inside {
        at as i64 + by
    } else {
        let after = treatments.partition_point(|t| t.to < here) as i64;
        if by > 0 { after + by - 1 } else { after + by }
    };
    Some(target.rem_euclid(count) as usize)
}
