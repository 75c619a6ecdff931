//! How the hinge joins the two panes: what it knows of them, and how the other one is set level and pinned.

use std::sync::Arc;
use std::time::Duration;

use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::intent::Intent;
use crate::app::message::{Effect, Timer};
use crate::app::out::Out;
use crate::app::overlay::{Overlay, PageKind};
use crate::app::pane::Pane;
use crate::app::scene::Screens;
use crate::app::selection::sentence_at;
use crate::link::Side;
use crate::link::pairing::{Counterpart, Pairing};
use crate::model::open::{Open, told_apart};
use crate::study::text::Study;
use crate::text::Place;
use crate::text::passage::PassageNo;

/// How long scrolling must rest before the other pane follows.
const REST: Duration = Duration::from_millis(90);

impl Halves {
    /// The two current passages.
    pub(in crate::app) fn pair_in_sight(&self) -> Option<(PassageNo, PassageNo)> {
        Some((self.pane(Side::Left).current()?, self.pane(Side::Right).current()?))
    }

    /// The versions of the two open texts.
    pub(in crate::app) fn versions(&self) -> Option<(u64, u64)> {
        Some((self.pane(Side::Left).open()?.version, self.pane(Side::Right).open()?.version))
    }

    /// The two open texts.
    pub(in crate::app) fn both_open(&self) -> Option<(Arc<Open>, Arc<Open>)> {
        let open = |side: Side| self.pane(side).open().cloned();
        Some((open(Side::Left)?, open(Side::Right)?))
    }

    /// What was found out about both texts.
    pub(in crate::app) fn studies(&self) -> Option<(Study, Study)> {
        Some((self.pane(Side::Left).study.clone()?, self.pane(Side::Right).study.clone()?))
    }

    /// The screen row on which the leading pane's current passage begins, where that is on screen; else its reading
    /// line.
    fn row_of_current(&self, side: Side) -> u16 {
        let pane = self.pane(side);
        let block = pane.place.block;
        let first = pane.rows().iter().position(|r| r.is_some_and(|r| r.block == block && r.is_text()));
        first.map_or(pane.line, |row| row as u16)
    }

    /// The title of a pane's text, with its file where the other one has the same title.
    pub fn name_of(&self, side: Side) -> String {
        let Some(open) = self.pane(side).open() else { return "the other pane".to_owned() };
        let both = [Some(open), self.pane(side.other()).open()];
        let both: Vec<_> = both.into_iter().flatten().map(|open| open.called()).collect();
        told_apart(&both).first().unwrap_or(&open.name).to_string()
    }
}

impl Hinge {
    /// The languages of the two texts, where they are two, so that nothing was looked for by words and nothing found is no
    /// silence.
    pub fn languages_apart(&self) -> Option<String> {
        self.pairing.as_ref()?.1.comparable().languages()
    }

    /// The language of the text at a side, where the two are in two.
    pub fn language_apart(&self, side: Side) -> Option<String> {
        self.pairing.as_ref()?.1.comparable().language(side)
    }

    /// How many counterparts the open page lets one choose from.
    pub(in crate::app) fn choices(&self, screens: &Screens) -> usize {
        let is_why = matches!(screens.overlay(), Some(Overlay::Page(page)) if page.kind == PageKind::Why);
        let found = self.joint.as_ref().and_then(|j| j.found.as_ref());
        found.filter(|_| is_why).map_or(0, Vec::len)
    }

    /// Shows another counterpart on the page. The panes stay until the reader takes it.
    pub(in crate::app) fn look_at_counterpart(&mut self, screens: &Screens, by: i64) {
        if self.choices(screens) > 0 {
            self.turn_to(by);
        }
    }

    /// What answers questions about the two texts that are open now.
    pub(in crate::app) fn current_pairing(&self, halves: &Halves) -> Option<Arc<Pairing>> {
        let (versions, pairing) = self.pairing.as_ref()?;
        (Some(*versions) == halves.versions()).then(|| Arc::clone(pairing))
    }

    /// Whether the counterpart that the joint names is the other pane's current passage.
    pub fn is_level(&self, halves: &Halves) -> bool {
        self.joint
            .as_ref()
            .is_some_and(|j| j.counterpart().is_some_and(|c| halves.pane(j.lead.other()).current() == Some(c.passage)))
    }

    /// To be called after the leading pane has moved by scrolling.
    pub(in crate::app) fn moved(&mut self, out: &mut Out) {
        if self.pinned {
            return;
        }
        self.settles = out.number();
        out.effect(Effect::Later(REST, Timer::Settled(self.settles)));
    }

    /// The question with the workers will not be answered.
    pub(in crate::app) fn not_ranked(&mut self, intent: &mut Intent, number: u64) {
        if self.asked.as_ref().is_some_and(|question| question.number == number) {
            self.asked = None;
            self.joint = None;
            intent.counterpart(number);
        }
    }

    /// Moves the other pane so that the joint is level. Without a counterpart it stays where it is.
    pub(in crate::app) fn follow(&mut self, halves: &mut Halves) {
        let Some((lead, counterpart)) = self.joint.as_ref().and_then(|j| Some((j.lead, j.counterpart()?.clone())))
        else {
            return;
        };
        let line = halves.row_of_current(lead);
        let other = halves.pane_mut(lead.other());
        other.jump_to_passage(counterpart.passage, sentence_of(other, &counterpart));
        let place = other.place;
        other.jump_level(place, line);
    }

    /// The pinned pair, where a passage of it is not read any more: what is known of the joint is not about what is read.
    pub fn pinned_elsewhere(&self, halves: &Halves) -> Option<(PassageNo, PassageNo)> {
        // Until it is known what answers the passage, that is what is told.
        self.joint().filter(|joint| self.pinned() && joint.found.is_some())?;
        self.pinned_pair.filter(|pair| halves.pair_in_sight() != Some(*pair))
    }

    /// Whether nothing answers the joint's passage because that does not treat the held topic, which the other text does.
    pub fn is_off_topic(&self, halves: &Halves) -> bool {
        self.joint().filter(|joint| joint.is_silent()).is_some_and(|joint| {
            joint.topic.as_ref().is_some_and(|topic| {
                !halves.treatments(joint.lead.other(), topic).is_empty()
                    && !halves.treatments(joint.lead, topic).iter().any(|treatment| treatment.contains(joint.from))
            })
        })
    }

    /// Sets the pair of the joint level, a third down, and pins it. Answers with the pair, where there is one.
    pub(in crate::app) fn pin(&mut self, halves: &mut Halves) -> Option<(PassageNo, PassageNo)> {
        let joint = self.joint.clone()?;
        self.set_pinned(true);
        self.fresh = false;
        let counterpart = joint.counterpart()?;
        let other = halves.pane_mut(joint.lead.other());
        other.jump_to_passage(counterpart.passage, sentence_of(other, counterpart));
        // Both at the reading line of their own pane, which is the same row side by side.
        joint.pair()
    }
}

/// The sentence of a counterpart that carries the likeness, for a passage taller than its pane.
fn sentence_of(pane: &Pane, counterpart: &Counterpart) -> Option<Place> {
    let text = pane.text()?;
    let reason = counterpart.because.first()?;
    Some(text.place_of(sentence_at(text, reason.there.start)?.start))
}
